"""Other ways to map an image with a network, as common tools go about it; our own code, theirs in idea only.

Each reads a raster, gives probabilities and writes a class raster, in one process (`--measure TASK`) and in series: no
step begins before the one before has ended. All run the network with the engine's session options, and make
probabilities of its output as the engine does, so that they differ in what is named here only.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.decoding import probabilities

from .processes import peak_mb

TILE_PX = 512
"""The usual side of a tile."""

CROP_SHARE = 0.1
"""Overlap of tiles whose centre is kept, as a share of their side: half of it is cut off on each side."""

BLEND_SHARE = 0.5
"""Overlap of tiles that are blended."""

CLASSES = {"driver": "GTiff", "count": 1, "dtype": "uint8", "tiled": True, "blockxsize": 512, "blockysize": 512}
CLASSES.update(compress="ZSTD", zstd_level=1)
"""How class rasters are written, as the engine does."""

Array = NDArray[np.float32]
Network = Callable[[Array], Array]
"""From scaled values `(bands, rows, cols)` to probabilities `(classes, rows, cols)`."""


def whole_array(dataset: rasterio.io.DatasetReader, scale: Network, network: Network) -> Array:
    """Read everything, run everything: exact, and as large in memory as the network makes the image."""
    return network(scale(dataset.read()))


def centre_crop(dataset: rasterio.io.DatasetReader, scale: Network, network: Network) -> Array:
    """Tiles of fixed size with little overlap, of which the centre is kept; beyond the image stands the mean."""
    margin = int(TILE_PX * CROP_SHARE / 2)
    core = TILE_PX - 2 * margin
    rows, columns = dataset.shape
    result: Array | None = None
    for row in range(0, rows, core):
        for column in range(0, columns, core):
            probability = network(_padded(dataset, scale, row - margin, column - margin))
            if result is None:
                result = np.zeros((len(probability), rows, columns), np.float32)
            part = probability[
                :, margin : margin + min(core, rows - row), margin : margin + min(core, columns - column)
            ]
            result[:, row : row + core, column : column + core] = part
    if result is None:
        raise ValueError("an empty raster")
    return result


def cosine_blend(dataset: rasterio.io.DatasetReader, scale: Network, network: Network) -> Array:
    """Tiles that overlap by half, averaged under a cosine window that is 0 on a tile's outermost pixels."""
    ramp = np.hanning(TILE_PX).astype(np.float32)
    window = ramp[:, np.newaxis] * ramp
    rows, columns = dataset.shape
    total: Array | None = None
    weight = np.zeros((rows, columns), np.float32)
    for row in _starts(rows):
        for column in _starts(columns):
            read = dataset.read(window=Window(column, row, TILE_PX, TILE_PX))
            probability = network(scale(read))
            if total is None:
                total = np.zeros((len(probability), rows, columns), np.float32)
            total[:, row : row + TILE_PX, column : column + TILE_PX] += probability * window
            weight[row : row + TILE_PX, column : column + TILE_PX] += window
    if total is None:
        raise ValueError("an empty raster")
    total /= np.maximum(weight, np.float32(1e-8))
    return total


WAYS = {"whole array": whole_array, "centre crop": centre_crop, "cosine blend": cosine_blend}
STEPS_PX = {
    "whole array": 0,
    "centre crop": TILE_PX - 2 * int(TILE_PX * CROP_SHARE / 2),
    "cosine blend": int(TILE_PX * (1 - BLEND_SHARE)),
}
"""At which distance tiles begin or end; 0: there is one only."""


def run_way(task: dict[str, Any]) -> dict[str, Any]:
    """Map a raster in one of the ways and tell what it took.

    Args:
        task: `way`; `raster`, `model`, `threads`; `classes`: the raster to write; `probabilities`: an array to keep
            (`.npy`), empty: none.
    """
    begun = time.perf_counter()
    backend = OnnxruntimeBackend(Path(task["model"]), [CPU], task["threads"])
    card = read_card(Path(task["model"]))
    mean = np.array([band.mean for band in card.inputs[0].bands], np.float32).reshape(-1, 1, 1)
    std = np.array([band.std for band in card.inputs[0].bands], np.float32).reshape(-1, 1, 1)

    def run(values: Array) -> Array:
        rows, columns = values.shape[1:]
        beyond = [(0, 0), (0, -rows % card.stride_px), (0, -columns % card.stride_px)]
        fed = np.pad(values, beyond)[np.newaxis] if np.any(beyond) else values[np.newaxis]
        scores = backend.run({backend.inputs[0].name: fed})[0][0]
        probability: Array = probabilities(scores, card.output)
        return probability[:, :rows, :columns]

    with rasterio.open(task["raster"]) as dataset:
        probability = WAYS[task["way"]](
            dataset,
            lambda raw: (raw.astype(np.float32) - mean) / std,
            run,
        )
        profile = {**CLASSES, "width": dataset.width, "height": dataset.height}
        profile.update(crs=dataset.crs, transform=dataset.transform)
    with rasterio.open(task["classes"], "w", **profile) as target:
        target.write(probability.argmax(axis=0).astype(np.uint8), 1)
    figures = {"seconds": time.perf_counter() - begun, "peak_mb": peak_mb()}
    if task["probabilities"]:
        np.save(task["probabilities"], probability)
    return figures


def _padded(dataset: rasterio.io.DatasetReader, scale: Network, row: int, column: int) -> Array:
    """A tile that may reach beyond the image, `(bands, rows, cols)`."""
    top, left = max(0, row), max(0, column)
    bottom, right = min(dataset.height, row + TILE_PX), min(dataset.width, column + TILE_PX)
    values = scale(dataset.read(window=Window(left, top, right - left, bottom - top)))
    tile = np.zeros((len(values), TILE_PX, TILE_PX), np.float32)
    tile[:, top - row : bottom - row, left - column : right - column] = values
    return tile


def _starts(length: int) -> Iterator[int]:
    """Where tiles begin along one axis; the last one ends where the image ends."""
    for start in range(0, length, int(TILE_PX * (1 - BLEND_SHARE))):
        if start + TILE_PX >= length:
            yield max(0, length - TILE_PX)
            return
        yield start


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", metavar="TASK", type=json.loads, required=True)
    print(json.dumps(run_way(parser.parse_args().measure)))


if __name__ == "__main__":
    main()
