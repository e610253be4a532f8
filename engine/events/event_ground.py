"""Says on which ground the network runs for a reading of a series: on the pixels of the reading's first date."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid, mosaic_grid
from ..grids.overlap import overlap
from ..images.absent import Absent
from ..images.rasters import Rasters
from ..images.sources import Ground, Opened, Source, check_overlap
from ..library.card import ModelCard
from ..library.model_input import ModelInput
from ..progress import Progress
from ..sensors.common_ground import spared


def ground_of(places: Sequence[int], is_first: bool) -> Ground:
    """The ground of a reading; of the first one it is that of the results.

    Args:
        places: Which input each of its dates is, in order of time.
        is_first: Whether it is the first reading. A later one shows all of its dates where the model can do without
            its first: parts of the results may be known from the others alone.
    """

    def find(opened: Sequence[Opened], card: ModelCard) -> tuple[Grid, ModelInput]:
        dates = [opened[place] for place in places]
        grids = [rasters.grid for rasters in dates if not isinstance(rasters, Absent)]
        wants = card.inputs[places[0]]
        return mosaic_grid(grids[:1] if is_first or not wants.optional else grids), wants

    def check(sources: Sequence[Source], area: Window, progress: Progress) -> None:
        needed = spared(sources, area)
        needed[places[-1]] = sources[places[-1]]  # the map is of that date
        check_overlap(needed, area, progress)

    return Ground(find, check)


def check_dates_meet(rasters: Sequence[str], places: Sequence[int], card: ModelCard) -> None:
    """Refuse a reading whose dates show different places, unless the model can do without the first of them.

    Args:
        rasters: One for each date.
        places: Which input each of its dates is; a single one where one input takes them all.
        card: That of the model.

    Raises:
        InputError: It is such.
    """
    if card.inputs[places[0]].optional:
        return
    with ExitStack() as opening:
        first, *others = (opening.enter_context(Rasters((path,))).grid for path in rasters)
    for number, (path, grid) in enumerate(zip(rasters[1:], others), start=2):
        if overlap(first, grid) is None:
            raise InputError(
                "Date {number} of the series ({name}) does not overlap the first. Choose rasters of one place.",
                number=number,
                name=path,
            )
