"""All that is known of a map's accuracy, and what a reader should know before trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..pages.report_page import percent
from ..phrases import Phrase
from .accuracy import Accuracy
from .by_area import ByArea

FEW_GROUPS = 20
"""With fewer polygons or blocks intervals are uncertain themselves."""

LEAST_COMPARED = {"points": 20, "polygons": 100, "blocks": 100}
"""Points or pixels of the reference that a region must have to be called the worst, by kind of reference."""

UNITS = {"points": "points", "polygons": "pixels", "blocks": "pixels"}
"""What is counted, by kind of reference."""


@dataclass(frozen=True)
class Assessment:
    """All that a report tells.

    Args:
        map_name: File name of the map.
        reference_name: File name of the reference.
        kind: `points`, `polygons` or `blocks`: what the reference is made of.
        names: Name of each class of the confusion matrix, in order.
        values: Value of each in the map.
        colours: Colour of each, empty where unknown.
        whole: Figures over everything.
        regions: Figures of each region; `None` where nothing could be compared.
        not_mapped: How many points or pixels of each class lie where the map says nothing, in the order of the classes.
        outside: How many points or polygons of each class lie outside the map, likewise.
        missing: Classes of the map's legend that neither the reference has nor the map shows there.
        left_out: What of the reference had to be left out, as sentences.
        block_px: Side of the blocks, of raster references.
        by_area: Figures weighted by the areas of the mapped classes, of points.
    """

    map_name: str
    reference_name: str
    kind: str
    names: tuple[str, ...]
    values: tuple[int, ...]
    colours: tuple[str, ...]
    whole: Accuracy
    regions: Mapping[str, Accuracy | None] = field(default_factory=dict)
    not_mapped: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[Phrase, ...] = ()
    block_px: int = 0
    by_area: ByArea | None = None

    @property
    def comparable(self) -> dict[str, Accuracy]:
        """The regions whose reference is large enough to be held against others."""
        least = LEAST_COMPARED[self.kind]
        return {name: each for name, each in self.regions.items() if each and each.confusion.total >= least}

    @property
    def worst_region(self) -> str | None:
        """The one of them with the lowest mean IoU; `None` where there are not two."""
        found = {name: each.mean_iou.value for name, each in self.comparable.items()}
        return min(found, key=lambda name: found[name]) if len(found) > 1 else None

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of the classes that the map shows where the reference never has them."""
        return tuple(self.names[place] for place in self.whole.absent if not self._is_elsewhere(place))

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Names of the classes that the reference has only where the map says nothing."""
        return tuple(self.names[place] for place in self.whole.absent if self._is_elsewhere(place))

    def _is_elsewhere(self, place: int) -> bool:
        return any(counts[place] for counts in (self.not_mapped, self.outside) if counts)

    @property
    def cautions(self) -> tuple[Phrase, ...]:
        """What a reader should know before trusting the figures."""
        whole, found = self.whole, []
        lost, beyond = sum(self.not_mapped), sum(self.outside)
        if self.by_area and self.by_area.unlike_random:
            found.append(
                Phrase(
                    "The points lie on the map’s classes in other shares than these have in the map: they were "
                    "probably drawn by class, or in a part of the map. Overall accuracy, producer’s accuracy, F1, IoU, "
                    "their means and kappa hold for simple random points only, and are those of the sample, not of the "
                    "map. User’s accuracy holds where points were drawn at random within each class; so do overall and "
                    "producer’s accuracy weighted by area."
                )
            )
        if lost:
            share = lost / (lost + float(whole.confusion.total))
            found.append(
                Phrase(
                    "Not mapped: {count} of the reference ({share}), where the map has no data. They do not count in "
                    "the figures.",
                    count=_several(lost, UNITS[self.kind]),
                    share=percent(share),
                )
            )
        if beyond:
            found.append(
                Phrase(
                    "Outside the map: {count} of the reference. What lies there does not count in the figures.",
                    count=_several(beyond, "polygons" if self.kind == "polygons" else "points"),
                )
            )
        if self.absent:
            found.append(
                Phrase(
                    "The reference has none of: {classes}. Where the map shows them it is wrong; they have no IoU, F1 "
                    "or producer’s accuracy, and means leave them out.",
                    classes=", ".join(self.absent),
                )
            )
        if self.elsewhere:
            found.append(
                Phrase(
                    "Only outside the map, or where it has no data, the reference has: {classes}. How well the map "
                    "tells these classes is not known; means leave them out.",
                    classes=", ".join(self.elsewhere),
                )
            )
        if self.missing:
            found.append(
                Phrase(
                    "Neither the reference nor the map at its places has: {classes}. Nothing is known of these "
                    "classes.",
                    classes=", ".join(self.missing),
                )
            )
        if whole.groups == 1:
            found.append(Phrase("All lies in a single group, so there are no intervals."))
        elif whole.groups < FEW_GROUPS and self.kind != "points":
            found.append(
                Phrase(
                    "The reference has only {count}; the intervals are likely too narrow.",
                    count=_several(whole.groups, self.kind),
                )
            )
        if len({each.absent for each in self.comparable.values()}) > 1:
            found.append(
                Phrase(
                    "The reference has other classes in one region than in another, so that their mean IoU and mean F1 "
                    "are means of different classes: a region may be worst since its classes are the hard ones."
                )
            )
        return (*found, *self.left_out)


def _several(number: int, what: str) -> Phrase:
    """A number with what is counted, points for example."""
    if number == 1:
        return {"points": Phrase("1 point"), "polygons": Phrase("1 polygon"), "pixels": Phrase("1 pixel")}[what]
    return {
        "points": Phrase("{count:,} points", count=int(number)),
        "polygons": Phrase("{count:,} polygons", count=int(number)),
        "pixels": Phrase("{count:,} pixels", count=int(number)),
        "blocks": Phrase("{count:,} blocks", count=int(number)),
    }[what]
