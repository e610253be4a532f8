"""Finds the ground that a map of several sensors covers: what at least one image from after the event shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid, mosaic_grid
from ..grids.overlap import joined, overlap
from ..images.absent import Absent
from ..images.sources import Ground, Opened, Source, check_overlap, finest
from ..library.card import ModelCard
from ..library.model_input import ModelInput
from ..progress import Progress


def _find(opened: Sequence[Opened], card: ModelCard) -> tuple[Grid, ModelInput]:
    """The finest grid, extended to all images from after the event, or, where there are none, to all.

    That of a model that needs all its inputs stays as it is: it maps only where all of them show something.

    Raises:
        InputError: None is given, or they do not show one place.
    """
    grid, wants = finest(opened, card)
    if not any(each.optional for each in card.inputs):
        return grid, wants
    there = [(each, rasters) for rasters, each in zip(opened, card.inputs) if not isinstance(rasters, Absent)]
    grids = [rasters.grid for _, rasters in there]
    groups = joined([{other for other in range(own) if _meet(grids[own], grids[other])} for own in range(len(grids))])
    if len(groups) > 1:
        (first, one), (second, other) = (there[group[0]] for group in groups[:2])
        raise InputError(
            "{first} ({one}) and {second} ({other}) lie apart. Choose images of one place.",
            first=first.name.upper(),
            one=one.files[0],
            second=second.name.upper(),
            other=other.files[0],
        )
    after = [rasters.grid for each, rasters in there if not each.is_before]
    return mosaic_grid([grid, *(after or grids)]), wants


def _meet(one: Grid, other: Grid) -> bool:
    """Whether two grids overlap. That one has no reference system and the other has is told where they are joined."""
    if (one.crs is None) != (other.crs is None):
        return True
    return overlap(one, other) is not None


def _check(sources: Sequence[Source], area: Window, progress: Progress) -> None:
    """Refuse an area of which no image from after the event shows anything; others may be missing there.

    Raises:
        InputError: It is such, or an input that the model needs shows nothing of it.
    """
    there = [source for source in sources if source.is_there]
    after = [source for source in there if not source.wants.is_before]
    if not any(source.reader.covers(area) for source in after or there):
        raise InputError(
            "The extent lies outside the images from after the event. Choose one that overlaps at least one of them."
        )
    check_overlap(spared(sources, area), area, progress)


def spared(sources: Sequence[Source], area: Window) -> list[Source]:
    """The inputs, as if those were not given that show nothing of an area and that the model can do without."""
    lacks = [source.wants.optional and not source.reader.covers(area) for source in sources]
    return [replace(source, reader=Absent(source.wants)) if lack else source for source, lack in zip(sources, lacks)]


ALL_THAT_IS_SHOWN = Ground(_find, _check)
"""Of images of sensors."""
