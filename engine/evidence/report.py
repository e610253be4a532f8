"""Sets what is known of a place as a page: side by side, where it does not fit together, and how to read that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from ..classes.class_names import ClassNames
from ..grids.grid import Grid
from ..grids.ground import M2_PER_HECTARE, on_earth
from ..images.urls import file_name, without_secrets
from ..legend import SPARE_COLOURS, Legend
from ..pages.page_pictures import Pixels, Shown, coloured, picture, pictures_side_by_side, ramped
from ..pages.report_page import key_figures, notes, page, percent, swatch, table
from ..phrases import Phrase
from ..requests.check_physics import ADVECTION, RANGE, WATER_LEVEL
from ..requests.report_evidence import ReportEvidence
from .disagreement import disagreements
from .findings import CONTRADICTED, DOUBTED, FINE, IMPOSSIBLE, LOWERING, UNSURE
from .gathering import Gathered
from .pictures import attributed, photograph
from .place import Residuals
from .tally import Count, share

WELL_COVERED = 0.95
"""Share of the map's pixels on which something is known from which no caution is needed."""

RULES = {
    WATER_LEVEL: "water stands above dry ground beside it",
    RANGE: "values lie outside their range",
    ADVECTION: "what should only flow changes by itself",
}

MEANING = {
    FINE: "Nothing of what is given speaks against the map here.",
    UNSURE: "The model doubts it itself. Check it, or label it, first.",
    LOWERING: "The map has the class that was explained, but what is seen right here lowers the score of the place "
    "that was explained.",
    IMPOSSIBLE: "It cannot be: an error of the map, or of what it was judged by.",
    DOUBTED: "It cannot be, and the model doubts it: most likely an error of the map.",
    CONTRADICTED: "It cannot be, and the model does not doubt it: an error of the map that confidence does not show, "
    "or of what it was judged by.",
}

MOST_CLASSES = 30
"""So many of a map's classes are told of, the largest first."""


@dataclass(frozen=True)
class Evidence:
    """All that a page tells.

    Args:
        request: What was asked for.
        found: What was found.
        names: Names and colours of the map's classes.
        legend: What may be found.
        grid: The place.
        residuals: What the raster of residuals says of itself.
        models: Hash of the model behind each raster that tells it.
        on_other_pixels: Rasters whose values are spread or lost on the way to the map's pixels.
    """

    request: ReportEvidence
    found: Gathered
    names: ClassNames
    legend: Legend
    grid: Grid
    residuals: Residuals
    models: Mapping[str, str]
    on_other_pixels: tuple[str, ...] = ()

    @property
    def colours(self) -> dict[int, str]:
        """A colour for each class of the place, those with none of their own included."""
        values = sorted(self.found.tally.by_class)
        spare = {value: f"#{SPARE_COLOURS[place % len(SPARE_COLOURS)]}" for place, value in enumerate(values)}
        return {value: self.names.colours.get(value) or spare[value] for value in values}

    @property
    def largest(self) -> list[int]:
        """The classes that are told of, in the order of their values."""
        by_class = self.found.tally.by_class
        return sorted(sorted(by_class, key=lambda value: -by_class[value].pixels)[:MOST_CLASSES])

    @property
    def cautions(self) -> tuple[Phrase, ...]:
        """What a reader should know before trusting the figures."""
        request, whole, told = self.request, self.found.tally.whole, []
        if len(set(self.models.values())) > 1:
            names = ", ".join(name.upper() for name in self.models)
            told.append(
                Phrase("{names} come from different models: what one says need not hold for the other.", names=names)
            )
        if self.residuals.prediction and not _is_same(self.residuals.prediction, request.prediction):
            told.append(
                Phrase(
                    "RESIDUAL was made of {judged}, and the map is {map}. Make sure that they are the same map.",
                    judged=without_secrets(self.residuals.prediction),
                    map=without_secrets(request.prediction),
                )
            )
        if request.residual and not self.residuals.rule:
            told.append(
                Phrase("RESIDUAL does not say how it was made: what is above TOLERANCE is taken for impossible.")
            )
        if self.residuals.tolerance is not None and self.residuals.tolerance != request.tolerance:
            told.append(
                Phrase(
                    "RESIDUAL was checked with a TOLERANCE of {checked:g}, and here it is {here:g}.",
                    checked=float(self.residuals.tolerance),
                    here=float(request.tolerance),
                )
            )
        for parameter, known in (
            ("ATTRIBUTION", whole.attributed),
            ("UNCERTAINTY", whole.told),
            ("RESIDUAL", whole.with_residual),
        ):
            covered = share(known, whole.pixels)
            only_water = parameter == "RESIDUAL" and self.residuals.rule == WATER_LEVEL  # the rest has no residual
            if getattr(request, parameter.lower()) and covered < WELL_COVERED and not (only_water and known):
                told.append(
                    Phrase(
                        "{name} tells something of {share} of the map's pixels at this place.",
                        name=parameter,
                        share=percent(covered),
                    )
                )
        for name in self.on_other_pixels:
            told.append(
                Phrase(
                    "{name} lies on other pixels than the map: values were spread, or lost, on the way to it, and "
                    "figures are about right only.",
                    name=name.upper(),
                )
            )
        if self.found.is_signed and self.found.tally.bounds.explained is None:
            told.append(
                Phrase(
                    "It is not known which class of this map ATTRIBUTION explains, so that it is not told where the "
                    "map has that class and lowers its score all the same."
                )
            )
        return tuple(told)

    @property
    def physics(self) -> str:
        """What contradicting physics means here."""
        return RULES.get(self.residuals.rule, "the residual is above its tolerance")


def evidence_page(evidence: Evidence) -> str:
    """One HTML page that needs no other file."""
    return page(
        f"What speaks for {Path(file_name(evidence.request.prediction)).stem}, and what against",
        [
            key_figures(_key_figures(evidence)),
            notes(evidence.cautions),
            "<h2>Side by side</h2>",
            *_pictures(evidence),
            "<h2>Where they disagree</h2>",
            *_disagreements(evidence),
            "<h2>By class</h2>",
            _by_class(evidence),
            "<h2>How to read it</h2>",
            *_how_to_read(evidence),
            "<h2>Settings</h2>",
            _settings(evidence),
        ],
    )


def _key_figures(evidence: Evidence) -> list[tuple[str, str, str]]:
    tally, request = evidence.found.tally, evidence.request
    figures = [("Pixels of the map", f"{tally.whole.pixels:,}", f"{_hectares(evidence, tally.whole)} ha")]
    if request.uncertainty:
        remark = f"confidence below {percent(request.sure_from)}"
        figures.append(("Unsure", percent(tally.whole.unsure_share), remark))
    if request.residual:
        figures.append(
            ("Physically impossible", percent(tally.whole.impossible_share), "of the pixels with a residual")
        )
        contradicted = tally.by_finding.get(CONTRADICTED, Count())
        if request.uncertainty:
            figures.append(("Sure, yet impossible", percent(share(contradicted.pixels, tally.whole.pixels)), "of all"))
    if request.attribution and request.uncertainty:
        carried = share(tally.on_unsure.attribution, tally.whole.attribution)
        figures.append(("Attribution on unsure ground", percent(carried), "of all of it"))
    return figures


def _pictures(evidence: Evidence) -> list[str]:
    """All that is known, in the same frame, three in a row."""
    found = evidence.found
    drawn = {name: each.values[0] for name, each in found.pictures.items() if name != "image"}
    shown: list[tuple[Pixels, str]] = []
    image = photograph(found)
    if image is not None:
        shown.append((image, f"The image{_extent(evidence)}"))
    shown.append((coloured(drawn["map"], evidence.colours), "The map"))
    if "attribution" in drawn:
        shown.append((attributed(found), f"Attribution: {_attribution_key(evidence)}"))
    if "confidence" in drawn:
        shown.append((ramped(drawn["confidence"], 1.0), "Confidence: dark 0, yellow 1"))
    if "residual" in drawn:
        high = _high(evidence)
        unit = f" {evidence.residuals.unit}" if evidence.residuals.unit else ""
        shown.append((ramped(drawn["residual"], high), f"Residual: dark 0, yellow {high:.3g}{unit} and more"))
    colours = {entry.value: entry.colour for entry in evidence.legend.entries}
    shown.append((coloured(drawn["findings"], colours), "Where they disagree"))
    ready = [Shown(picture(pixels, None, caption), caption) for pixels, caption in shown]
    rows = [pictures_side_by_side(ready[first : first + 3]) for first in range(0, len(ready), 3)]
    classes = " &emsp; ".join(
        swatch(evidence.colours[value]) + escape(evidence.names.name(value)) for value in evidence.largest
    )
    return [*rows, f"<p>The map: {classes}</p>"]


def _attribution_key(evidence: Evidence) -> str:
    """What its colours mean."""
    explained = evidence.found.tally.bounds.explained
    name = "the class" if explained is None else evidence.names.name(explained)
    if evidence.found.is_signed:
        return f"red speaks for {name}, blue against it"
    return "the redder, the more the score depends on it"


def _extent(evidence: Evidence) -> str:
    """How large the place is."""
    grid = evidence.grid
    size_m = grid.pixel_m
    if size_m is None:
        return f", {grid.height} x {grid.width} px"
    return f", {grid.height * size_m[1]:,.0f} x {grid.width * size_m[0]:,.0f} m"


def _high(evidence: Evidence) -> float:
    """Where the colours of residuals end: the largest that are usual in the picture."""
    values = evidence.found.pictures["residual"].values
    some = values[np.isfinite(values) & (values > 0)]
    return float(np.percentile(some, 98)) if some.size else 1.0


def _disagreements(evidence: Evidence) -> list[str]:
    """What is found where, as a table, and what is held against what, in sentences."""
    tally = evidence.found.tally
    has_attribution, has_confidence = bool(tally.whole.attributed), bool(tally.whole.told)
    rows = []
    for entry in evidence.legend.entries:
        count = tally.by_finding.get(entry.value, Count())
        row = [
            swatch(entry.colour) + escape(entry.name),
            percent(share(count.pixels, tally.whole.pixels)),
            _hectares(evidence, count),
        ]
        row += [percent(share(count.attribution, tally.whole.attribution))] if has_attribution else []
        row += [percent(count.mean_confidence)] if has_confidence else []
        rows.append(row)
    heads = ["Found", "Pixels", "ha"]
    heads += ["Attribution"] if has_attribution else []
    heads += ["Mean confidence"] if has_confidence else []
    sentences = [
        f"<p><b>{escape(title)}.</b> {escape(text)}</p>" for title, text in disagreements(tally, evidence.names)
    ]
    meanings = [
        f"<p>{swatch(entry.colour)}<b>{escape(entry.name)}</b>: {escape(MEANING[entry.value])}</p>"
        for entry in evidence.legend.entries
        if tally.by_finding.get(entry.value, Count()).pixels
    ]
    return [table(heads, rows, numbers=len(heads) - 1), *meanings, *sentences]


def _by_class(evidence: Evidence) -> str:
    """How the largest classes of the map fare."""
    tally, given = evidence.found.tally, evidence.request.beside
    columns: dict[str, Callable[[Count], float]] = {"Pixels": lambda count: share(count.pixels, tally.whole.pixels)}
    if "attribution" in given:
        columns["Attribution"] = lambda count: share(count.attribution, tally.whole.attribution)
    if "uncertainty" in given:
        columns |= {"Mean confidence": lambda count: count.mean_confidence, "Unsure": lambda count: count.unsure_share}
    if "residual" in given:
        columns["Impossible"] = lambda count: count.impossible_share
    rows = [
        (
            swatch(evidence.colours[value]) + escape(evidence.names.name(value)),
            *(percent(of(tally.by_class[value])) for of in columns.values()),
        )
        for value in evidence.largest
    ]
    return table(("Class", *columns), rows, numbers=len(columns))


def _how_to_read(evidence: Evidence) -> list[str]:
    """What each of them tells, and what none does."""
    request, parts = evidence.request, []
    if request.attribution:
        parts.append(
            "<p><b>Attribution</b> tells what one answer of the model rests on, at the place that was explained. It "
            "says nothing of whether the answer is right.</p>"
        )
    if request.uncertainty:
        parts.append(
            "<p><b>Confidence</b> is the probability of the class that was chosen. A model may be wrong and sure at "
            "once, above all on images unlike those of its training.</p>"
        )
    if request.residual:
        parts.append(
            f"<p><b>Physically impossible</b> means that {escape(evidence.physics)}. It needs no reference, but what "
            "it is judged by, such as an elevation model, has errors of its own; TOLERANCE allows for them.</p>"
        )
    several = "What two of them say is worth more than what one says. " if len(request.beside) > 1 else ""
    return [
        *parts,
        f"<p>{several}Where nothing objects the map may still be wrong: only a reference tells (“Assess "
        "accuracy”).</p>",
    ]


def _settings(evidence: Evidence) -> str:
    request, found = evidence.request, evidence.found
    rows = [("Map (PREDICTION)", file_name(request.prediction))]
    rows += [(f"{name.capitalize()} ({name.upper()})", file_name(path)) for name, path in request.beside.items()]
    if request.image:
        rows.append(("Image (IMAGE)", ", ".join(file_name(path) for path in request.image)))
    if request.uncertainty:
        rows.append(("Sure from (SURE_FROM)", f"{request.sure_from:g}"))
    if request.residual:
        unit = f" {evidence.residuals.unit}" if evidence.residuals.unit else ""
        rows.append(("Tolerance (TOLERANCE)", f"{request.tolerance:g}{unit}"))
    if np.isfinite(found.tally.bounds.lowering_from) and found.tally.bounds.explained is not None:
        rows.append(("Lowers the score from", f"-{found.tally.bounds.lowering_from:.3g}"))
    return table(("", ""), [(escape(name), escape(value)) for name, value in rows])


def _hectares(evidence: Evidence, count: Count) -> str:
    """An area; a dash where the map has no place on Earth."""
    return f"{count.square_metres / M2_PER_HECTARE:,.2f}" if on_earth(evidence.grid.crs) else "–"


def _is_same(one: str, other: str) -> bool:
    """Whether two paths are those of one map; of one that is not there any more only the name is known."""
    if Path(one).exists():
        return Path(one).resolve() == Path(other).resolve()
    return file_name(one) == file_name(other)
