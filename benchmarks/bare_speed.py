"""How fast onnxruntime alone runs a network, on arrays that are there already: what no engine can surpass.

With `--serve` it opens the network that the first line names, then measures at the sides that each further line lists.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend

from .processes import Helper

SIDES_PX = (512, 1024, 1536, 2048)
NEAR = 0.95
"""After the first round only sides are measured on that come so near to the best."""

LEAST_S = 0.3
"""A side is measured on for so long at least."""


def main() -> None:
    """Answer each line of standard input with one of standard output: what `_speed` gives for each side."""
    task = json.loads(sys.stdin.readline())
    backend = OnnxruntimeBackend(Path(task["model"]), [CPU], task["threads"])
    arrays: dict[int, dict[str, Any]] = {}
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps([_speed(backend, task["bands"], side, arrays) for side in json.loads(line)]), flush=True)


def _speed(
    backend: OnnxruntimeBackend, bands: int, side_px: int, arrays: dict[int, dict[str, Any]]
) -> tuple[float, float]:
    """Pixels in a second, and in a second of a core, over some time; a side's first run only warms up."""
    if side_px not in arrays:
        values = np.random.default_rng(0).standard_normal((1, bands, side_px, side_px), np.float32)
        arrays[side_px] = {backend.inputs[0].name: values}
        backend.run(arrays[side_px])
    begun, begun_cpu, runs = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begun < LEAST_S:
        backend.run(arrays[side_px])
        runs += 1
    pixels = runs * side_px**2
    return pixels / (time.perf_counter() - begun), pixels / (time.process_time() - begun_cpu)


class BareSpeed:
    """Measurements of the bare network, taken in turns with those of the engine so that both meet the same load.

    Args:
        model: The `.onnx` file.
        bands: Bands that it reads.
        threads: Threads that it may use; 0: all cores.
        halo_px: What is added to a side on both ends.
        stride_px: Sides are multiples of it.
        sides_px: The sides, without halo.
    """

    def __init__(
        self, model: Path, bands: int, threads: int, halo_px: int, stride_px: int, sides_px: Sequence[int] = SIDES_PX
    ) -> None:
        self._helper = Helper("bare_speed", {"model": str(model), "bands": bands, "threads": threads})
        sides = (-(-(side + 2 * halo_px) // stride_px) * stride_px for side in sides_px)
        self._found: dict[int, list[tuple[float, float]]] = {side: [] for side in sides}

    def __enter__(self) -> BareSpeed:
        self._helper.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._helper.__exit__(*error)

    def measure(self) -> None:
        """Measure once more at each side that may be the best."""
        medians = self._medians()
        best = max(medians.values(), default=0.0)
        sides = [side for side in self._found if medians.get(side, best) >= NEAR * best]
        for side, speed in zip(sides, self._helper.ask(sides)):
            self._found[side].append(speed)

    @property
    def side_px(self) -> int:
        """The side at which it is fastest."""
        medians = self._medians()
        return max(medians, key=lambda side: medians[side])

    @property
    def px_per_s(self) -> float:
        """Pixels in a second at that side, the median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def px_per_cpu_s(self) -> float:
        """Pixels in a second of a core at that side, the median of the rounds."""
        return statistics.median(each for _, each in self._found[self.side_px])

    @property
    def rounds(self) -> list[float]:
        """Pixels in a second of each round at that side: how much the machine's load drifted."""
        return [speed for speed, _ in self._found[self.side_px]]

    def _medians(self) -> dict[int, float]:
        return {side: statistics.median(speed for speed, _ in found) for side, found in self._found.items() if found}


if __name__ == "__main__":
    main()
