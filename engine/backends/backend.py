"""Says what runs a network: its ports, what it really runs on, and how shapes that it cannot run are refused."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from numpy.typing import NDArray

from ..errors import ModelError
from ..worker.faults import MEMORY_MARKS

Array = NDArray[Any]

NOWHERE: Mapping[str, Array] = MappingProxyType({})
"""No places for outputs: the library makes its own."""

LONGEST_REASON = 300
"""Characters of a library's own words that a message quotes."""

TOO_NEW = re.compile(r"Unsupported model IR version: \d+|Opset \d+ is under development")
"""What onnxruntime says of files whose format, or whose operators, are newer than it is."""


@dataclass(frozen=True)
class Port:
    """One input or output of a network.

    Args:
        name: As the ONNX file names it.
        shape: Its size along each axis; `None` where any will do.
        dtype: As numpy names it, for example `float32`.
    """

    name: str
    shape: tuple[int | None, ...]
    dtype: str


class Backend(Protocol):
    """A network that is ready to run."""

    @property
    def name(self) -> str:
        """What really runs it: `CPUExecutionProvider`, `CUDAExecutionProvider`, `OpenVINO CPU` and so on."""

    @property
    def library(self) -> str:
        """The library and its version, for example `onnxruntime 1.31.1`."""

    @property
    def precision(self) -> str:
        """What it really computes with: `fp32`, `bf16` or `int8`."""

    @property
    def threads(self) -> int:
        """How many processor threads it may use."""

    @property
    def inputs(self) -> tuple[Port, ...]:
        """What it takes, in the file's order."""

    @property
    def outputs(self) -> tuple[Port, ...]:
        """What it gives, in the file's order."""

    def run(self, feeds: Mapping[str, Array], places: Mapping[str, Array] = NOWHERE) -> list[Array]:
        """Run the network once.

        Args:
            feeds: An array for each input, by name.
            places: Arrays that outputs may be written to, by name, of the shape that they will have.

        Returns:
            An array for each output, in the order of `outputs`; they are the caller's. One that was written to its
            place is that very array.

        Raises:
            ModelError: The network cannot be run on arrays of these shapes.
        """

    def close(self) -> None:
        """Let go of the network and its memory. It cannot be run any more; all else can still be asked."""


THREADS_PER_CORE = 8
"""More threads gain nothing; very many keep a library busy with making them, or crash it."""


def thread_count(threads: int) -> int:
    """So many threads, within reason; 0 stands for all cores that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(threads or cores, THREADS_PER_CORE * cores)


def unloadable(path: Path, error: Exception) -> ModelError:
    """The error for a file that a library cannot load."""
    too_new = TOO_NEW.search(str(error))
    if too_new:
        return ModelError(
            "The network in {path} was written for a newer ONNX than this environment reads ({reason}). Export it "
            "again with an older one: opset 17 and IR version 10 will do.",
            path=str(path),
            reason=too_new[0],
        )
    return ModelError("The network in {path} cannot be loaded: {reason}.", path=str(path), reason=_plain(error))


def unrunnable(feeds: Mapping[str, Array], error: Exception) -> Exception:
    """The error for arrays that a network cannot be run on; the library's own where memory ran out."""
    if any(mark in str(error).lower() for mark in MEMORY_MARKS):
        return error
    shapes = ", ".join(" x ".join(map(str, array.shape)) for array in feeds.values())
    return ModelError("The network cannot be run on arrays of {shapes}: {reason}.", shapes=shapes, reason=_plain(error))


def _plain(error: Exception) -> str:
    """A library's own words on one line, without where in its source they were written and without a full stop."""
    lines = (line.strip() for line in str(error).splitlines())
    words = " ".join(line for line in lines if line and not line.startswith("Exception from"))
    return words[:LONGEST_REASON].rstrip(". ")
