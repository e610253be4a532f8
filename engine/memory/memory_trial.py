"""Measures what a network takes while it runs a tile, where the system tells: estimates may be off by half or twice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import onnx

from ..backends.choice import noise
from ..backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from ..errors import ModelError
from ..library.card import ModelCard
from ..worker.memory import peak_during
from .memory_footprint import bytes_per_px

TRIAL_PX = 512
"""Side of the tile that something is tried with at most."""

MEASURED_MB = 64
"""What the tile may take on which memory is measured: no limit is broken by it. A network that takes tiles of one size
only is measured on that, as any run of it would begin."""

USUAL_FACTOR = 2.0
"""How much more than the arrays alive onnxruntime's arena usually holds; at most it is `ARENA_FACTOR`."""

TYPICAL_PX = 1024
"""Side of the tile that memory is estimated for."""

ROUNDS = 2
"""Measured runs, of which the highest counts."""


def taken_bytes(path: Path, threads: int, precision: str, shapes: Sequence[tuple[int, ...]]) -> int | None:
    """Bytes of all arrays of a tile at the peak, input and output included, without an arena; `None`: nobody tells.

    A session of its own runs the tile: onnxruntime plans memory for the first size that a session meets, and for no
    other. Its first run, which is not measured, makes that plan, and what stays for all tiles.

    Args:
        path: The `.onnx` file.
        threads: Threads on the processor.
        precision: What the file holds.
        shapes: Shape of the tile as the network takes it, for each of its inputs.
    """
    with closing(OnnxruntimeBackend(path, [CPU], threads, precision, thrifty=True)) as backend:
        feeds = noise(backend, shapes)
        try:
            backend.run(feeds)
            found = [peak_during(lambda: backend.run(feeds)) for _ in range(ROUNDS)]
        except ModelError:
            return None  # the first tile of the image will tell what is wrong with the network
    known = [taken for taken in found if taken is not None]
    return max(known) + sum(array.nbytes for array in feeds.values()) if known else None


def trial_px(path: Path, card: ModelCard, room_mb: float) -> int:
    """Side of a tile that something is tried with: a multiple of the stride for which there is usually room.

    Where the network takes tiles of one size only, that counts.
    """
    if card.only_px:
        return card.only_px
    model = onnx.load(str(path), load_external_data=False)
    needed_bytes = USUAL_FACTOR * bytes_per_px(model, card.inputs[0].layout, TYPICAL_PX)
    side_px = min(TRIAL_PX, int((room_mb * 1e6 / needed_bytes) ** 0.5))
    return max(1, side_px // card.stride_px) * card.stride_px
