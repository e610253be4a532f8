"""Turns a scene and a segmentation network into a class map: rasters, polygons, areas, all in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from .areas import ClassShares, measure, write_areas
from .generalise import absorb_small_areas
from .grid import Grid
from .ground import pixel_areas_m2
from .legend import NODATA, Legend
from .mosaic import Layer
from .outcome import Outcome
from .outputs import finish_classes, finish_measurements
from .prediction import bring_to_result_grid, decode_classes, predict
from .progress import Progress
from .qml import polygon_style
from .requests.class_map import ClassTargets
from .scene import Scene
from .tiling import BLOCK_PX
from .vectors import keep_style, simplify, trace, write_polygons
from .workspace import Workspace

JOINING_BYTES_PER_PX, TRACING_BYTES_PER_PX = 72, 45
"""Memory for each pixel of an ordinary map, the rasters themselves included (`benchmarks/tracing_memory.py`)."""

MUCH_GB = 4.0
"""From so much on, the user is told beforehand."""


@dataclass(frozen=True)
class Generalisation:
    """What makes a class raster readable as a map.

    Args:
        min_area_m2: Smaller areas join their largest neighbour; 0: none do.
        smooth_m: Boundary details up to about this size are cut off; 0: boundaries follow pixel edges.
    """

    min_area_m2: float = 0.0
    smooth_m: float = 0.0


def make_class_map(
    scene: Scene,
    targets: ClassTargets,
    workspace: Workspace,
    progress: Progress,
    generalisation: Generalisation,
) -> Outcome:
    """Predict, generalise, measure, trace and keep: everything between an open scene and published files."""
    legend = scene.card.legend
    if legend is None:
        raise ValueError("a segmentation without classes")
    grid = scene.result_grid
    _warn_of_memory(grid, bool(generalisation.min_area_m2), bool(targets.polygons), progress)
    planned = _plan_layers(targets, legend, workspace)
    pixels_per_s = predict(scene, planned, decode_classes, progress)
    progress.log("The network mapped {speed:.2f} Mpx/s.", speed=pixels_per_s / 1e6)
    layers = bring_to_result_grid(scene, planned)
    joined = _generalise(layers["classes"], grid, generalisation.min_area_m2)
    shares = _measure(layers["classes"], grid, legend)
    if targets.areas:
        write_areas(workspace.place(targets.areas), shares, legend)
    progress.update(0.92)
    if targets.polygons:
        _write_polygons(targets.polygons, layers, joined, grid, legend, generalisation.smooth_m, workspace)
    progress.update(0.96)
    _finish_rasters(targets, layers, legend, scene.provenance, workspace)
    for name, hectares, share in zip(legend.names, shares.hectares, shares.shares):
        progress.log("{name}: {hectares:.2f} ha, {percent:.1f} %", name=name, hectares=hectares, percent=100 * share)
    return Outcome(
        targets.made,
        {
            "model": scene.card.model_id,
            "provider": scene.network.provider,
            "mpx_per_s": pixels_per_s / 1e6,
            "hectares": dict(zip(legend.names, shares.hectares.tolist())),
        },
    )


def _plan_layers(targets: ClassTargets, legend: Legend, workspace: Workspace) -> dict[str, Layer]:
    """The rasters that must be computed for the targets, in hidden places."""
    beside = next(iter(targets.made.values()))

    def layer(name: str, bands: tuple[str, ...], dtype: str, nodata: float) -> Layer:
        return Layer(workspace.scratch(beside, f"{name}.working.tif"), bands, dtype, nodata)

    layers = {"classes": layer("classes", ("class",), "uint8", NODATA)}
    if targets.confidence or targets.polygons:
        layers["confidence"] = layer("confidence", ("confidence",), "float32", np.nan)
    if targets.probabilities:
        layers["probabilities"] = layer("probabilities", legend.names, "float32", np.nan)
    return layers


def _warn_of_memory(grid: Grid, joining: bool, tracing: bool, progress: Progress) -> None:
    """Say beforehand that areas are joined and traced in memory, where that may not suffice."""
    bytes_per_px = max(joining * JOINING_BYTES_PER_PX, tracing * TRACING_BYTES_PER_PX)
    needed_gb = grid.width * grid.height * bytes_per_px / 1e9
    if needed_gb > MUCH_GB:
        progress.warn(
            "Joining and tracing areas takes about {needed:.0f} GB of memory for this image. If that is more than "
            "there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA to 0.",
            needed=needed_gb,
        )


def _generalise(layer: Layer, grid: Grid, min_area_m2: float) -> NDArray[np.bool_] | None:
    """Take areas that are too small out of the class raster.

    Returns:
        Which pixels changed their class, `(rows, cols)`; `None`: none did.
    """
    pixel_m2 = float(np.median(_pixel_areas(grid)))
    smallest_px = int(np.ceil(min_area_m2 / pixel_m2 - 1e-6))
    if smallest_px < 2:
        return None
    with rasterio.open(layer.path, "r+") as dataset:
        before = dataset.read(1)
        after = absorb_small_areas(before, smallest_px)
        dataset.write(after, 1)
    return np.asarray(before != after)


def _write_polygons(
    target: str,
    layers: Mapping[str, Layer],
    joined: NDArray[np.bool_] | None,
    grid: Grid,
    legend: Legend,
    smooth_m: float,
    workspace: Workspace,
) -> None:
    """Trace, smooth and write the class areas, with their style.

    Pixels that joined another class do not count in its confidence: the network was sure of something else there.
    """
    with rasterio.open(layers["classes"].path) as dataset:
        classes = dataset.read(1)
    with rasterio.open(layers["confidence"].path) as dataset:
        confidence = dataset.read(1)
    if joined is not None:
        confidence[joined] = np.nan
    areas = trace(classes, confidence, grid.transform, _pixel_areas(grid))
    metres_per_unit = (float(np.median(_pixel_areas(grid))) / abs(grid.transform.determinant)) ** 0.5
    place = workspace.place(target)
    write_polygons(place, simplify(areas, smooth_m / metres_per_unit), legend, grid.crs)
    keep_style(place, polygon_style(legend, "class"))


def _measure(layer: Layer, grid: Grid, legend: Legend) -> ClassShares:
    """Measure the classes, a strip at a time."""
    with rasterio.open(layer.path) as dataset:
        return measure(_strips(dataset), _pixel_areas(grid), legend)


def _finish_rasters(
    targets: ClassTargets,
    layers: Mapping[str, Layer],
    legend: Legend,
    provenance: dict[str, str],
    workspace: Workspace,
) -> None:
    """Keep the rasters that are wanted; those that only served others go."""
    if targets.output:
        finish_classes(layers["classes"].path, workspace.place(targets.output), legend, provenance)
    for name, target in (("confidence", targets.confidence), ("probabilities", targets.probabilities)):
        if target:
            finish_measurements(layers[name].path, workspace.place(target), (0.0, 1.0), provenance)
    for layer in layers.values():
        layer.path.unlink(missing_ok=True)


def _pixel_areas(grid: Grid) -> NDArray[np.float64]:
    return pixel_areas_m2(grid.crs, grid.transform, grid.width, grid.height)


def _strips(dataset: rasterio.io.DatasetReader) -> Iterator[NDArray[np.uint8]]:
    """Read a raster from top to bottom in strips of whole blocks."""
    for row in range(0, dataset.height, BLOCK_PX):
        height = min(BLOCK_PX, dataset.height - row)
        yield dataset.read(1, window=Window(0, row, dataset.width, height))
