"""Runs the network over the scene, tile by tile, and feeds what it says to the mosaic."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling

from .decoding import classes, confidence, probabilities, values
from .library.card import ModelCard
from .mosaic import Layer, Mosaic, regrid
from .progress import Progress
from .scene import Scene
from .tiling import Tile

SHARE = 0.9
"""Part of a job's progress that the network takes; the rest is writing."""

CHECK_SECONDS = 2.0
"""How often the inputs are held against what they were when they were opened."""

RESAMPLING = {
    "classes": Resampling.nearest,
    "confidence": Resampling.bilinear,
    "probabilities": Resampling.bilinear,
    "values": Resampling.bilinear,
}
"""How each layer comes to another grid: classes are never mixed."""

Decode = Callable[[NDArray[np.float32], ModelCard], Mapping[str, NDArray[Any]]]


def predict(scene: Scene, layers: Mapping[str, Layer], decode: Decode, progress: Progress) -> float:
    """Fill the layers.

    Args:
        scene: What was opened.
        layers: The rasters to be made, by the names that `decode` gives.
        decode: Turns the network's output for a core, `(channels, rows, cols)`, into values for each layer.
        progress: Is told after each tile.

    Returns:
        Speed: pixels the network computed in a second, halos not counted.
    """
    begin = checked = time.monotonic()
    computed = mute = 0
    origin = int(scene.area.col_off), int(scene.area.row_off)
    with Mosaic(scene.working_grid, origin, layers) as mosaic:
        for number, tile in enumerate(scene.tiling, start=1):
            pixels, silent = _predict_tile(scene, tile, decode, mosaic)
            computed, mute = computed + pixels, mute + silent
            if time.monotonic() - checked > CHECK_SECONDS:
                scene.rasters.check_unchanged()
                checked = time.monotonic()
            speed = computed / (time.monotonic() - begin)
            progress.update(SHARE * number / len(scene.tiling), speed / 1e6)
    scene.rasters.check_unchanged()
    if mute:
        progress.warn("In {count} pixels the network gave no number; there the result holds nothing.", count=mute)
    return speed


def _predict_tile(scene: Scene, tile: Tile, decode: Decode, mosaic: Mosaic) -> tuple[int, int]:
    """Read, scale, run and feed one tile; one that no result needs is left out.

    Returns:
        How many pixels the network computed, halo not counted, and how many of them got no number.
    """
    if not scene.interest.near(tile.write, scene.reach_px):
        return 0, 0
    chunk = scene.reader.read(scene.tiling.on_image(tile.read))
    if scene.warps_back:  # results are masked on their own grid; whatever they may look at must be there
        needed = chunk.valid[tile.core_and(scene.reach_px)].any()
        known = np.ones((int(tile.write.height), int(tile.write.width)), bool)
    else:
        known = chunk.valid[tile.core] & scene.interest.inside(tile.write)
        needed = known.any()
    if not needed:
        return 0, 0
    scaled = scene.scaling.apply(chunk, int(tile.read.height), int(tile.read.width))
    rows, columns = tile.core
    output = scene.network(scaled)[:, rows, columns]
    finite: NDArray[np.bool_] = np.asarray(np.isfinite(output).all(axis=0))
    mosaic.feed(tile.write, decode(output, scene.card), known & finite)
    return known.size, int((known & ~finite).sum())


def bring_to_result_grid(scene: Scene, layers: Mapping[str, Layer]) -> Mapping[str, Layer]:
    """Warp the layers to the grid of the results where the network ran on another, and mask them there."""
    if scene.result_mask is None:
        return layers
    brought = {}
    for name, layer in layers.items():
        target = replace(layer, path=layer.path.with_suffix(".grid.tif"))
        regrid(target, layer.path, scene.result_grid, RESAMPLING[name], scene.result_mask)
        layer.path.unlink()
        brought[name] = target
    return brought


def decode_classes(output: NDArray[np.float32], card: ModelCard) -> Mapping[str, NDArray[Any]]:
    """Classes, confidence and probabilities of a segmentation."""
    if card.legend is None:
        raise ValueError("a segmentation without classes")
    probability = probabilities(output, card)
    return {
        "classes": classes(probability, card.legend),
        "confidence": confidence(probability),
        "probabilities": probability,
    }


def decode_values(output: NDArray[np.float32], card: ModelCard) -> Mapping[str, NDArray[Any]]:
    """The values of a regression."""
    return {"values": values(output, card)}
