"""Holds an uncertainty map against a reference: is the network unsure where it errs?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio

from ..class_names import ClassNames, class_names
from ..class_raster import ClassRaster
from ..errors import InputError
from ..features import POINT, POLYGON, read_features
from ..grid import Grid
from ..legend import NODATA, Legend
from ..reference import (
    PointReference,
    PolygonReference,
    RasterReference,
    Reference,
    classes_of_labels,
    classes_of_values,
)
from ..requests.estimate_uncertainty import Truth
from ..workspace import Workspace
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
        unmapped: Pixels of the reference where the map holds nothing.
        notes: What of the reference had to be left out, and how often.
    """

    name: str
    kind: str
    curves: Mapping[str, RiskCoverage]
    unmapped: int
    notes: Mapping[str, int]


class OpenTruth:
    """A reference on the grid of a map, looked through before any work.

    Args:
        truth: What is known.
        legend: The classes of the map.
        grid: Its grid.
        workspace: Keeps results from replacing what is read.
        stack: Closes what is opened.

    Raises:
        InputError: It cannot be read, does not overlap the map, or holds classes that the map does not know.
    """

    def __init__(self, truth: Truth, legend: Legend, grid: Grid, workspace: Workspace, stack: ExitStack) -> None:
        self.name = Path(truth.path).name
        names = ClassNames(
            {entry.value: entry.name for entry in legend.entries},
            {entry.value: entry.colour for entry in legend.entries},
        )
        self._reference = _open(truth, names, grid, workspace, stack)
        pixels = sum(len(batch.truth) for batch in self._reference.batches())
        self._notes = dict(self._reference.notes)  # a second look would count again what is left out
        if not pixels:
            raise InputError(
                "{reference} tells no class where the map will lie. Choose a reference that lies on the image, or "
                "within EXTENT, and check the coordinate reference systems of both.",
                reference=self.name,
            )

    def judge(self, values: Path, bands: tuple[str, ...], classes: Path, progress: Callable[[float], None]) -> Judged:
        """Compare with a map.

        Args:
            values: Its raster, of the bands' values from 0 to 1.
            bands: Their names.
            classes: Raster of the classes that were chosen, on the same pixels.
            progress: Is told the share that is done, so that a job can be stopped there.
        """
        ranked = {band: RankedErrors() for band in bands}
        unmapped = 0
        with rasterio.open(values) as dataset, rasterio.open(classes) as chosen:
            for batch in self._reference.batches():
                progress(batch.done)
                found = dataset.read(window=batch.window)[:, batch.rows, batch.columns]
                said = chosen.read(1, window=batch.window)[batch.rows, batch.columns]
                known = np.isfinite(found).all(axis=0) & (said != NODATA)
                unmapped += int((~known).sum())
                wrong = said[known] != batch.truth[known]
                for band, of_band in zip(bands, found[:, known]):
                    ranked[band].add(1 - of_band if band == CONFIDENCE else of_band, wrong)
        curves = {band: curve for band, errors in ranked.items() if (curve := errors.curve()) is not None}
        return Judged(self.name, self._reference.kind, curves, unmapped, self._notes)


def _open(truth: Truth, names: ClassNames, grid: Grid, workspace: Workspace, stack: ExitStack) -> Reference:
    """Open a reference and bring its classes to the map's."""
    if truth.is_raster:
        raster = stack.enter_context(ClassRaster(truth.path))
        workspace.protect(raster.files)
        return RasterReference(raster, classes_of_values(class_names(truth.path), names), grid)
    features = read_features(truth.path, truth.layer, truth.class_field, (POINT, POLYGON), grid)
    classes = classes_of_labels(features.labels, names, truth.class_field)
    kind = PointReference if features.kind == POINT else PolygonReference
    return kind(features, classes, grid)
