"""Turns a scene and a network of lines into centrelines, nodes and rasters, all in one go."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import rasterio

from ..classes.class_names import plain
from ..decoding import Decoder
from ..errors import ModelError
from ..familiarity.plausibility import unfamiliar_share
from ..grids.bearings import bearings_deg, map_steps_m
from ..grids.grid import Grid
from ..grids.placing import moved
from ..legend import NODATA, Legend, LegendEntry
from ..library.card import LINES, ModelCard
from ..outcome import Outcome
from ..prediction import bring_to_result_grid, predict
from ..progress import Progress
from ..requests.extract_roads import LineShaping, LineTargets
from ..results.journal import let_go
from ..results.outputs import finish_classes, finish_directions, finish_measurements
from ..results.workspace import Workspace
from ..scene import Scene
from ..tiles.mosaic import Layer, create
from .line_decoding import ClassLineDecoder, LineDecoder

if TYPE_CHECKING:
    from .network import LineNetwork

ROAD = frozenset({"road", "roads", "street", "streets", "strasse", "strassen", "line", "lines"})
"""Words by which the class of a segmentation is known that is to become lines."""

SHOWN = 0.1
"""ORIENTATION is shown where a line is at least so probable."""

LONG_GAP_PX = 500
"""Longer gaps take long to bridge, which is warned of."""

THRESHOLD = 0.5
"""Where neither the user nor the card says one."""


def make_line_map(
    scene: Scene, targets: LineTargets, shaping: LineShaping, workspace: Workspace, progress: Progress
) -> Outcome:
    """Predict, extract, measure and keep: everything between an open scene and published files."""
    card = scene.card
    decoder = _decoder(card)
    directed = isinstance(decoder, LineDecoder)
    if targets.orientation and not directed:
        raise ModelError(
            "{model} tells no directions of lines. Leave ORIENTATION empty, or use a model for {task}.",
            model=card.model_id,
            task=LINES,
        )
    threshold = shaping.threshold or card.output.threshold or THRESHOLD
    if targets.output or targets.nodes:
        from ..results.vectors import refuse_losing_crs  # with shapely

        grid = scene.result_grid
        refuse_losing_crs(grid.crs, grid.bounds, targets.output, targets.nodes)
        _warn_of_long_gaps(shaping.max_gap_m, scene.working_grid, progress)
    unfamiliar = unfamiliar_share(scene, progress)
    layers = _layers(workspace, next(iter(targets.made.values())), directed)
    done = predict(scene, layers, decoder, progress)
    metrics = done.metrics
    tags = scene.provenance(threshold=threshold)
    scene.release()
    if targets.output or targets.nodes:
        metrics |= _write_network(scene, targets, shaping, layers, threshold, tags, workspace, progress)
    progress.update(0.96)
    _keep_rasters(scene, targets, bring_to_result_grid(scene, layers, progress), threshold, tags, workspace)
    told = {} if unfamiliar is None else {"unfamiliar_share": unfamiliar}
    return Outcome(targets.made, {"model": card.model_id, "provider": scene.network.provider, **metrics, **told})


def _warn_of_long_gaps(max_gap_m: float, grid: Grid, progress: Progress) -> None:
    """Say it while nothing is done yet."""
    pixels = max_gap_m / _pixel_m(grid)
    if pixels > LONG_GAP_PX:
        progress.warn(
            "MAX_GAP is {metres:g} m, which is {pixels:.0f} pixels. Bridges of that length are guesses, and seeking "
            "them takes long: four times as long for twice the length. Lower MAX_GAP if that is not what you want.",
            metres=max_gap_m,
            pixels=pixels,
        )


def _decoder(card: ModelCard) -> Decoder:
    """What reads the model's output: that of a network of lines, or of a segmentation with a class of roads.

    Raises:
        ModelError: No class is one of roads, or several are.
    """
    if card.lines is not None:
        return LineDecoder(card.output, card.lines)
    names = card.legend.names if card.legend else ()
    roads = [number for number, name in enumerate(names) if ROAD & set(plain(name).split())]
    if len(roads) != 1:
        raise ModelError(
            "{model} tells apart {names}; one of them, and no more, must be called road. Choose another model, or name "
            "its classes with CLASSES in “Import a model”.",
            model=card.model_id,
            names=", ".join(names),
        )
    return ClassLineDecoder(card.output, roads[0])


def _layers(workspace: Workspace, beside: str, directed: bool) -> dict[str, Layer]:
    """The rasters that must be computed, in hidden places."""

    def layer(name: str, bands: tuple[str, ...]) -> Layer:
        return Layer(workspace.scratch(beside, f"{name}.working.tif"), bands, "float32", np.nan)

    layers = {"probability": layer("probability", ("probability",))}
    if directed:
        layers["direction"] = layer("direction", ("cosine of twice the angle", "sine of twice the angle"))
    return layers


def _write_network(
    scene: Scene,
    targets: LineTargets,
    shaping: LineShaping,
    layers: Mapping[str, Layer],
    threshold: float,
    tags: Mapping[str, str],
    workspace: Workspace,
    progress: Progress,
) -> dict[str, float]:
    """Extract the network and write its lines and nodes; gives what is told of it."""
    # scipy and shapely are imported where they are needed: a worker that makes no lines goes without
    from .cleaning import parts
    from .measures import lengths_m
    from .shaping import shaped
    from .tables import write_lines, write_nodes

    begin = time.monotonic()
    grid, crs = scene.working_grid, scene.result_grid.crs
    network = _extracted(scene, shaping, layers, threshold, progress)
    lines = shaped(network, shaping.simplify_m / _pixel_m(grid))
    lengths = lengths_m(lines, grid)
    if targets.output:
        write_lines(workspace.place(targets.output), network, lines, lengths, grid, crs, tags, progress)
    if targets.nodes:
        write_nodes(workspace.place(targets.nodes), network, grid, crs, tags)
    count = int(parts(network).max(initial=-1)) + 1
    progress.log(
        "{lines} lines of {length:.2f} km in {parts} connected part(s).",
        lines=len(lines),
        length=lengths.sum() / 1000,
        parts=count,
    )
    if not len(lines):
        progress.warn(
            "No line was found. Lower THRESHOLD or MIN_LENGTH, and see with PROBABILITY what the network says."
        )
    return {
        "lines": len(lines),
        "length_m": float(lengths.sum()),
        "connected_parts": count,
        "extracting_s": time.monotonic() - begin,
    }


def _extracted(
    scene: Scene, shaping: LineShaping, layers: Mapping[str, Layer], threshold: float, progress: Progress
) -> LineNetwork:
    """The network in what was computed, by rules in pixels."""
    from .extraction import WIDEST_LINE_PX, ExtractionRules, extract
    from .field import LineField
    from .measures import lengths_m
    from .shaping import drawn

    grid = scene.working_grid
    side_m = _pixel_m(grid)
    rules = ExtractionRules(
        threshold,
        shaping.min_length_m / side_m,
        shaping.max_gap_m / side_m,
        directed="direction" in layers,
        lengths_px=lambda ways: lengths_m(drawn(ways, shaping.simplify_m / side_m), grid) / side_m,
        tell_wide=lambda: progress.warn(
            "Areas more than {width:.0f} m wide ({pixels} pixels) were found. They get no line in their middle, and "
            "lines end at them. If they are no roads, raise THRESHOLD; if they are, give an image of larger pixels.",
            width=WIDEST_LINE_PX * side_m,
            pixels=WIDEST_LINE_PX,
        ),
        ask=lambda: progress.update(0.92),
        threads=1 if scene.network.gives_back else scene.network.threads,  # a limit of memory is a promise
    )
    with ExitStack() as opening:
        datasets = {name: opening.enter_context(rasterio.open(layer.path)) for name, layer in layers.items()}
        field = LineField.of_datasets(
            datasets["probability"],
            datasets.get("direction"),
            scene.shows if scene.warps_back else None,  # else what shows nothing is NaN already
            lambda: progress.update(0.92),
        )
        return extract(field, rules)


def _pixel_m(grid: Grid) -> float:
    """Side of a pixel on the ground; without a place on Earth a map unit is a metre."""
    across, down = grid.pixel_m or (1.0, abs(grid.transform.determinant))
    return float((across * down) ** 0.5)


def _keep_rasters(
    scene: Scene,
    targets: LineTargets,
    layers: Mapping[str, Layer],
    threshold: float,
    tags: Mapping[str, str],
    workspace: Workspace,
) -> None:
    """Keep the rasters that are wanted; those that only served others go."""
    probability = layers["probability"]
    if targets.mask_raster:
        path, legend = probability.path.with_name("mask.working.tif"), _mask_legend(scene.card)
        mask = replace(probability, path=path, names=("class",), dtype="uint8", nodata=NODATA)
        _write_mask(probability.path, mask, scene.result_grid, threshold, legend)
        finish_classes(mask.path, workspace.place(targets.mask_raster), legend, tags)
    if targets.orientation:
        bearing = replace(
            layers["direction"], path=probability.path.with_name("bearing.working.tif"), names=("bearing in degrees",)
        )
        _write_bearings(layers, bearing, scene.result_grid, scene.working_grid)
        finish_directions(bearing.path, workspace.place(targets.orientation), tags)
    if targets.probability:
        finish_measurements(probability.path, workspace.place(targets.probability), (0.0, 1.0), tags)
    for layer in layers.values():
        let_go(layer.path)


def _write_mask(probability: Path, mask: Layer, grid: Grid, threshold: float, legend: Legend) -> None:
    """The legend's second value where the probability reaches the threshold, its first where it does not."""
    below, above = legend.values
    with rasterio.open(probability) as source, create(mask, grid) as target:
        for _, window in target.block_windows(1):
            values = source.read(1, window=window)
            said = np.isfinite(values)
            target.write(
                np.where(said, np.where(values >= threshold, above, below), NODATA).astype(np.uint8), 1, window=window
            )


def _write_bearings(layers: Mapping[str, Layer], bearing: Layer, grid: Grid, of: Grid) -> None:
    """Degrees clockwise from the map's north, 0–180, where a line is not improbable; elsewhere nodata.

    Args:
        layers: Probability and direction, on `grid`.
        bearing: What is written.
        grid: The grid of the results.
        of: The grid whose columns and rows the directions count from: that of the network.
    """
    with (
        rasterio.open(layers["probability"].path) as probability,
        rasterio.open(layers["direction"].path) as direction,
        create(bearing, grid) as target,
    ):
        for _, window in target.block_windows(1):
            cos, sin = direction.read(window=window)
            angle = 0.5 * np.arctan2(sin, cos)
            right, down = np.cos(angle), -np.sin(angle)
            rows = window.row_off + np.arange(window.height) + 0.5
            middle = np.column_stack([np.full(len(rows), window.col_off + window.width / 2), rows])
            across_m, down_m = (step[..., np.newaxis] for step in map_steps_m(of, grid.crs, moved(middle, grid, of)))
            degrees = bearings_deg(*(across_m * right + down_m * down))
            said = (probability.read(1, window=window) >= SHOWN) & (np.hypot(cos, sin) > 0)  # NaN is neither
            target.write(np.where(said, degrees, np.nan).astype(np.float32), 1, window=window)


def _mask_legend(card: ModelCard) -> Legend:
    """Two classes: what the card says, or a colour of our own for one class of many."""
    if card.lines is not None and card.legend is not None:
        return card.legend
    return Legend((LegendEntry(0, "Background", "#FFFFFF"), LegendEntry(1, "Road", "#D7301F")))
