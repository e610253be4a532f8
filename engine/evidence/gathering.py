"""Goes through a place window by window: counts what is found, writes it, and draws what the page shows."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from rasterio.io import DatasetWriter
from rasterio.windows import Window

from ..legend import NODATA
from ..pages.page_pictures import SIDE_PX
from ..pages.thumbnail import Thumbnail
from ..physics.magnitudes import Magnitudes
from ..progress import Progress
from ..requests.report_evidence import ReportEvidence
from ..tiles.windows import windows_of
from .findings import Bounds, Floats
from .place import EvidencePlace
from .tally import Tally

BANDS_HELD = 16
"""Bands of numbers that are in memory at once for a window."""

VISIBLE = 0.15
"""Share of the usual largest attribution from which it lowers the score: there its colour begins to show."""

USUAL_PERCENT = 99
"""Percentile of the magnitudes that are not 0: the usual largest."""


@dataclass
class Gathered:
    """What was found in a place.

    Args:
        tally: The counts.
        high: The usual largest attribution; 1 where there is none.
        pictures: What the page shows, by name, each `(bands, rows, cols)`.
        is_signed: Whether attributions speak both for and against.
    """

    tally: Tally
    high: float
    pictures: dict[str, Thumbnail] = field(default_factory=dict)
    is_signed: bool = False


def nothing_yet(request: ReportEvidence, place: EvidencePlace, progress: Progress) -> Gathered:
    """What is found before anything is counted: from where on something counts, by how large attributions are."""
    if not request.attribution:
        return Gathered(Tally(Bounds(request.sure_from, request.tolerance)), 1.0)
    magnitudes, is_signed = Magnitudes(0), False
    for window in windows_of(place.grid, BANDS_HELD):
        progress.update(0.0)  # so that it can be stopped here, too
        values = place.attribution(window)
        magnitudes.feed(values[np.isfinite(values) & (values != 0)])
        is_signed |= bool((values < 0).any())
    high = magnitudes.percentile(USUAL_PERCENT) if magnitudes.count else 1.0
    explained = place.explained() if is_signed else None  # magnitudes lower nothing
    bounds = Bounds(request.sure_from, request.tolerance, VISIBLE * high, explained)
    return Gathered(Tally(bounds), high, is_signed=is_signed)


def gather(
    request: ReportEvidence, place: EvidencePlace, target: DatasetWriter | None, progress: Progress, share: float
) -> Gathered:
    """Go through a place.

    Args:
        request: What is asked for.
        place: What is read.
        target: Where findings go, on the grid of the place; `None`: nowhere.
        progress: Is told how far this is.
        share: How much of the whole job this is, 0–1.
    """
    grid = place.grid
    found = nothing_yet(request, place, progress)
    areas_m2 = grid.row_areas_m2
    begun, done_px = time.monotonic(), 0
    for window in windows_of(grid, BANDS_HELD):
        layers, image = place.read(window), place.image(window)
        rows = slice(int(window.row_off), int(window.row_off + window.height))
        said = found.tally.add(layers, areas_m2[rows])
        if target is not None:
            target.write(said.found, 1, window=window)
        _pick(found, place, window, "image", image)
        _pick(found, place, window, "map", np.where(layers.known, layers.classes, np.nan).astype(np.float32))
        _pick(found, place, window, "attribution", layers.attribution)
        _pick(found, place, window, "confidence", layers.confidence)
        _raise(found, place, window, "residual", layers.residual)
        _raise(found, place, window, "findings", np.where(said.found == NODATA, np.nan, said.found).astype(np.float32))
        done_px += int(window.width * window.height)
        seconds = max(time.monotonic() - begun, 1e-3)
        progress.update(share * done_px / (grid.width * grid.height), done_px / 1e6 / seconds)
    return found


def _pick(found: Gathered, place: EvidencePlace, window: Window, name: str, values: Floats | None) -> None:
    """Draw what changes little from pixel to pixel: one of each square."""
    if values is not None:
        _picture(found, place, name, values.shape[0] if values.ndim == 3 else 1).pick(window, values)


def _raise(found: Gathered, place: EvidencePlace, window: Window, name: str, values: Floats | None) -> None:
    """Draw what is rare: the gravest of each square."""
    if values is not None:
        _picture(found, place, name, 1).raise_to(window, values)


def _picture(found: Gathered, place: EvidencePlace, name: str, bands: int) -> Thumbnail:
    """The picture of this name."""
    if name not in found.pictures:
        found.pictures[name] = Thumbnail(place.grid.height, place.grid.width, SIDE_PX, bands)
    return found.pictures[name]
