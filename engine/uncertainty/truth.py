"""Holds an uncertainty map against a reference: is the network unsure where it errs?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio

from ..classes.class_names import ClassNames
from ..errors import InputError
from ..grids.grid import Grid
from ..images.urls import file_name
from ..legend import NODATA, Legend
from ..progress import Progress
from ..requests.estimate_uncertainty import Truth
from ..results.workspace import Workspace
from ..verification.reference import Batch, Integers, open_reference
from .aurc_interval import AurcInterval, BlockErrors, Ground
from .decoder import CONFIDENCE
from .risk_coverage import RankedErrors, RiskCoverage


@dataclass(frozen=True)
class Judged:
    """What a reference tells.

    Args:
        name: File name of the reference.
        kind: `points`, `polygons` or `blocks` of a raster.
        curves: By each band of the map, where the surest pixels are those that it says are; empty: nothing could be
            compared.
        intervals: Of the AURC of each of them.
        unmapped: Pixels of the reference where the map holds nothing.
        outside: Points or polygons of the reference that lie outside the map.
        notes: What of the reference had to be left out, and how often.
    """

    name: str
    kind: str
    curves: Mapping[str, RiskCoverage]
    intervals: Mapping[str, AurcInterval]
    unmapped: int
    outside: int
    notes: Mapping[str, int]


class OpenTruth:
    """A reference on the grid of a map, looked through before any work.

    Args:
        truth: What is known.
        legend: The classes of the map.
        grid: Its grid.
        workspace: Keeps results from replacing what is read.
        stack: Closes what is opened.
        progress: Is told where classes are matched by their numbers only.

    Raises:
        InputError: It cannot be read, does not overlap the map, or holds classes that the map does not know.
    """

    def __init__(
        self,
        truth: Truth,
        legend: Legend,
        grid: Grid,
        workspace: Workspace,
        stack: ExitStack,
        progress: Progress,
    ) -> None:
        self.name = file_name(truth.path)
        names = ClassNames(
            {entry.value: entry.name for entry in legend.entries},
            {entry.value: entry.colour for entry in legend.entries},
        )
        self._reference = open_reference(truth, names, grid, workspace, stack, progress)
        parts = []
        for batch in self._reference.batches():
            rows, columns = _on_map(batch)
            if len(rows):
                parts.append((int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())))
        self._notes = dict(self._reference.notes)  # a second look would count again what is left out
        self._outside = sum(self._reference.outside.values())
        if not parts:
            raise InputError(
                "{reference} tells no class where the map will lie. Choose a reference that lies on the image, or "
                "within EXTENT, and check the coordinate reference systems of both.",
                reference=self.name,
            )
        self._ground = Ground.around(parts)

    def judge(self, values: Path, bands: tuple[str, ...], classes: Path, progress: Callable[[float], None]) -> Judged:
        """Compare with a map.

        Args:
            values: Its raster, of the bands' values from 0 to 1.
            bands: Their names.
            classes: Raster of the classes that were chosen, on the same pixels.
            progress: Is told the share that is done, so that a job can be stopped there.
        """
        ranked = {band: (RankedErrors(), BlockErrors(self._ground)) for band in bands}
        unmapped = 0
        with rasterio.open(values) as dataset, rasterio.open(classes) as chosen:
            for batch in self._reference.batches():
                progress(batch.done)
                found = dataset.read(window=batch.window)[:, batch.rows, batch.columns]
                said = chosen.read(1, window=batch.window)[batch.rows, batch.columns]
                known = np.isfinite(found).all(axis=0) & (said != NODATA)
                unmapped += int((~known).sum())
                wrong = said[known] != batch.truth[known]
                rows, columns = (each[known] for each in _on_map(batch))
                for band, of_band in zip(bands, found[:, known]):
                    unsure = 1 - of_band if band == CONFIDENCE else of_band
                    whole, by_block = ranked[band]
                    whole.add(unsure, wrong)
                    by_block.add(unsure, wrong, rows, columns)
        curves = {band: curve for band, (errors, _) in ranked.items() if (curve := errors.curve()) is not None}
        intervals = {band: ranked[band][1].interval(curve.aurc) for band, curve in curves.items()}
        return Judged(self.name, self._reference.kind, curves, intervals, unmapped, self._outside, self._notes)


def _on_map(batch: Batch) -> tuple[Integers, Integers]:
    """Rows and columns of its pixels on the map."""
    return batch.rows + int(batch.window.row_off), batch.columns + int(batch.window.col_off)
