"""Turns a scene and a segmentation network into a class map: rasters, polygons, areas, all in one go.

What only joining or polygons need is imported where they are made: scipy and scikit-image take 36 MB of a worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from .classes.areas import UNSURE, ClassShares, measure, write_areas
from .decoding import ClassDecoder
from .familiarity.plausibility import unfamiliar_share
from .grids.grid import Grid
from .grids.ground import in_parts
from .legend import NODATA, Legend
from .library.card import ModelOutput
from .outcome import Outcome
from .prediction import bring_to_result_grid, predict, warn_of_nothing
from .progress import Progress
from .requests.class_map import ClassTargets, Generalisation
from .results.journal import let_go
from .results.outputs import finish_classes, finish_measurements
from .results.qml import polygon_style
from .results.vectors import keep_style, refuse_losing_crs, write_polygons
from .results.workspace import Workspace
from .scene import Scene
from .tiles.mosaic import Layer, create
from .tiles.strips import Strips, strips_of_dataset

JOINING_BYTES, TRACING_BYTES = 210, 600
"""Memory for each area where they are very many (`benchmarks/tracing_memory.py`; for joining, in mere speckle)."""


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
    refuse_losing_crs(grid.crs, grid.bounds, targets.polygons)
    unfamiliar = unfamiliar_share(scene, progress)
    planned = _plan_layers(targets, scene.card.output, legend, workspace)
    decoder = ClassDecoder(scene.card.output, legend, set(planned), averaged=scene.averages)
    done = predict(scene, planned, decoder, progress)
    scene.release()
    layers = bring_to_result_grid(scene, planned, progress)
    layers = _generalise(layers, grid, generalisation.min_area_m2, scene.budget_mb, progress)
    shares = _measure(layers, grid, legend, progress)
    tags = scene.provenance()
    if targets.areas:
        write_areas(workspace.place(targets.areas), shares, legend, tags)
    progress.update(0.92)
    if targets.polygons:
        place = workspace.place(targets.polygons)
        _write_polygons(place, layers, grid, legend, generalisation.smooth_m, tags, scene.budget_mb, progress)
    progress.update(0.96)
    _finish_rasters(targets, layers, legend, tags, workspace)
    for name, hectares, share in zip(legend.names, shares.hectares, shares.shares):
        progress.log("{name}: {hectares:.2f} ha, {percent:.1f} %", name=name, hectares=hectares, percent=100 * share)
    if "unsure" in layers:
        progress.log(
            "No class reaches the threshold: {hectares:.2f} ha, {percent:.1f} %",
            hectares=shares.hectares[-1],
            percent=100 * shares.shares[-1],
        )
    if not shares.hectares.any():
        warn_of_nothing(progress)
    of_classes = shares.hectares[: len(legend.values)]
    return Outcome(
        targets.made,
        {
            "model": scene.card.model_id,
            "provider": scene.network.provider,
            **done.metrics,
            "hectares": dict(zip(legend.names, of_classes.tolist())),
            "mapped_hectares": float(of_classes[np.array(legend.values) != legend.rest].sum()),
            **({} if unfamiliar is None else {"unfamiliar_share": unfamiliar}),
        },
    )


def _plan_layers(targets: ClassTargets, output: ModelOutput, legend: Legend, workspace: Workspace) -> dict[str, Layer]:
    """The rasters that must be computed for the targets, in hidden places."""
    beside = next(iter(targets.made.values()))

    def layer(name: str, bands: tuple[str, ...], dtype: str, nodata: float) -> Layer:
        return Layer(workspace.scratch(beside, f"{name}.working.tif"), bands, dtype, nodata)

    layers = {"classes": layer("classes", ("class",), "uint8", NODATA)}
    if targets.confidence or targets.polygons:
        layers["confidence"] = layer("confidence", ("confidence",), "float32", np.nan)
    if targets.probabilities:
        layers["probabilities"] = layer("probabilities", legend.names, "float32", np.nan)
    if output.leaves_unsure:
        layers["unsure"] = layer("unsure", ("unsure",), "uint8", NODATA)
    return layers


def _warn_of_memory(areas: int, bytes_of_each: int, budget_mb: int, progress: Progress) -> None:
    """Say beforehand that areas are held in memory, where they take more than the run may."""
    needed_gb = areas * bytes_of_each / 1e9
    if 1000 * needed_gb > budget_mb:
        progress.warn(
            "The class map consists of {areas} separate areas; joining or tracing them takes about {needed:.1f} GB of "
            "memory. If that is more than there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA "
            "to 0.",
            areas=areas,
            needed=needed_gb,
        )


def _generalise(
    layers: Mapping[str, Layer], grid: Grid, min_area_m2: float, budget_mb: int, progress: Progress
) -> Mapping[str, Layer]:
    """Take areas that are too small out of the class raster.

    Returns:
        The layers; where areas joined, `classes` is a new one and the network's own are `predicted`.
    """
    row_sizes, smallest = in_parts(grid.row_areas_m2, min_area_m2)
    pixel = int(row_sizes.min())
    if smallest <= pixel:
        return layers
    from .polygons.generalise import absorb_small_areas
    from .polygons.regions import find_regions

    predicted = layers["classes"]
    generalised = replace(predicted, path=predicted.path.with_name("generalised.working.tif"))
    with rasterio.open(predicted.path) as source, create(generalised, grid) as target:
        regions = find_regions(strips_of_dataset(source, lambda: progress.update(0.9)), row_sizes)
        _warn_of_memory(regions.count, JOINING_BYTES, budget_mb, progress)
        for row, strip in absorb_small_areas(regions, smallest, pixel):
            target.write(strip, 1, window=Window(0, row, grid.width, len(strip)))
    return {**layers, "classes": generalised, "predicted": predicted}


def _write_polygons(
    place: Path,
    layers: Mapping[str, Layer],
    grid: Grid,
    legend: Legend,
    smooth_m: float,
    tags: Mapping[str, str],
    budget_mb: int,
    progress: Progress,
) -> None:
    """Trace, smooth and write the class areas, with their style.

    Pixels that joined another class do not count in its confidence: the network was sure of something else there.
    """
    from .polygons.regions import find_regions
    from .polygons.tracing import trace

    pixel_areas = grid.row_areas_m2
    smooth_px = smooth_m / float(np.median(pixel_areas)) ** 0.5
    with (
        rasterio.open(layers["classes"].path) as classes,
        rasterio.open(layers.get("predicted", layers["classes"]).path) as predicted,
        rasterio.open(layers["confidence"].path) as confidence,
    ):
        strips, before, sure = (
            strips_of_dataset(dataset, lambda: progress.update(0.94)) for dataset in (classes, predicted, confidence)
        )

        def counting(start: int, stop: int) -> NDArray[np.float32]:
            same = strips.read(start, stop) == before.read(start, stop)
            return np.where(same, sure.read(start, stop), np.float32(np.nan))

        regions = find_regions(strips)
        _warn_of_memory(regions.count, TRACING_BYTES, budget_mb, progress)
        areas = trace(
            regions, Strips(counting, grid.height, grid.width, strips.rows), grid.transform, pixel_areas, smooth_px
        )
        write_polygons(place, areas, legend, grid.crs, tags)
    keep_style(place, polygon_style(legend, "class"))


def _measure(layers: Mapping[str, Layer], grid: Grid, legend: Legend, progress: Progress) -> ClassShares:
    """Measure the classes, and last what has none because the network is unsure, a strip at a time."""
    areas_m2 = grid.row_areas_m2
    with ExitStack() as opening:
        classes, *doubts = (
            strips_of_dataset(opening.enter_context(rasterio.open(layers[name].path)), lambda: progress.update(0.9))
            for name in ("classes", "unsure")
            if name in layers
        )
        if not doubts:
            return measure((strip for _, strip in classes), areas_m2, legend.values)
        both = (np.where(mark == 1, np.int16(UNSURE), strip) for (_, strip), (_, mark) in zip(classes, doubts[0]))
        return measure(both, areas_m2, (*legend.values, UNSURE))


def _finish_rasters(
    targets: ClassTargets,
    layers: Mapping[str, Layer],
    legend: Legend,
    tags: Mapping[str, str],
    workspace: Workspace,
) -> None:
    """Keep the rasters that are wanted; those that only served others go."""
    if targets.output:
        finish_classes(layers["classes"].path, workspace.place(targets.output), legend, tags)
    thing = next((band for band, value in enumerate(legend.values, start=1) if value != legend.rest), 1)
    for name, target, shown in (
        ("confidence", targets.confidence, 1),
        ("probabilities", targets.probabilities, thing),
    ):
        if target:
            finish_measurements(layers[name].path, workspace.place(target), (0.0, 1.0), tags, shown)
    for layer in layers.values():
        let_go(layer.path)
