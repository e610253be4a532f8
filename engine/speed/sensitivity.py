"""Finds the layers of a network that suffer most from 8-bit integers, by rounding each of them alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..backends.onnxruntime_backend import CPU
from ..progress import Progress
from .quantisation import Ranges, layers_of, quantise

LOOKED_AT = 4
"""How many tiles tell the layers apart."""

SPARED = (2, 4, 8)
"""How many layers are left as they are, one number after the other."""

MOST = 1 / 3
"""Share of the layers that are left at most: a network of more is hardly faster."""


def finer_sparings(
    prepared: Path, ranges: Ranges, tiles: Sequence[NDArray[np.float32]], progress: Progress
) -> Iterator[tuple[str, ...]]:
    """Layers to leave as they are where `sparings` did not do: more and more of those that suffer most.

    Args:
        prepared: The network as `prepare` wrote it.
        ranges: What `find_ranges` found.
        tiles: What the network gets, in a batch of one.
        progress: Asked before each layer whether to stop.
    """
    if SPARED[0] > MOST * len(layers_of(prepared)):
        return
    progress.log("Layers that suffer most from 8-bit integers are looked for, one by one.")
    layers = most_sensitive_first(prepared, ranges, tiles, progress)
    for count in SPARED:
        if count <= MOST * len(layers):
            yield layers[:count]


def most_sensitive_first(
    prepared: Path, ranges: Ranges, tiles: Sequence[NDArray[np.float32]], progress: Progress
) -> tuple[str, ...]:
    """All layers that compute, those first whose rounding changes the network's first output most.

    Args:
        prepared: The network as `prepare` wrote it.
        ranges: What `find_ranges` found.
        tiles: What the network gets, in a batch of one; the first few are looked at.
        progress: Asked before each layer whether to stop.
    """
    layers = layers_of(prepared)
    exact = _outputs(prepared, tiles[:LOOKED_AT])
    change: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for layer in layers:
            progress.update(0.0)
            path = Path(folder) / "rounded.onnx"
            quantise(prepared, ranges, tuple(other for other in layers if other != layer), path)
            rounded = _outputs(path, tiles[:LOOKED_AT])
            change[layer] = float(np.mean([((a - b) ** 2).mean() for a, b in zip(exact, rounded, strict=True)]))
    return tuple(sorted(layers, key=lambda layer: change[layer], reverse=True))


def _outputs(path: Path, tiles: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """The network's first output for each tile."""
    session = onnxruntime.InferenceSession(str(path), providers=[CPU])
    (door,) = session.get_inputs()
    batch = door.shape[0] if isinstance(door.shape[0], int) else 1
    feeds = (tile.repeat(batch, axis=0) if len(door.shape) == 4 else tile[0] for tile in tiles)
    return [session.run(None, {door.name: feed})[0] for feed in feeds]
