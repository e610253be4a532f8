"""Chooses what runs a network: the device and precision that were asked for, and of those able the fastest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from ..errors import ModelError
from ..library.card import PRECISIONS
from ..progress import Progress
from . import openvino_backend, trials
from .backend import Array, Backend, thread_count
from .onnxruntime_backend import CPU, OnnxruntimeBackend, Provider, provider_name, providers
from .openvino_backend import OpenvinoBackend

AUTO = "auto"

RUNS = 3
"""Runs of each backend in a trial once it is warm; the best counts."""

TRIAL_S = 3.0
"""Where both together take longer than this for a tile, a single run of each decides."""

QUICK_S = 0.03
"""A network that runs a tile in less is not worth a trial: reading and writing take longer."""

GAIN = {"fp32": 1.25, "int8": 1.0}
"""How many times faster than onnxruntime the other library must be to be preferred. At fp32 the two differ in the last
digits, so that a small gain is not worth a change."""

ALIKE = {"fp32": 1e-4, "int8": 0.05}
"""By how much the two may differ on average, in standard deviations of the output. On noise the bundled models differ
by 3e-7 at fp32, and by 0.015 at int8, where a last digit may turn into a whole step (measured once by hand)."""

Opener = Callable[[], Backend]


def open_backend(
    path: Path,
    device: str,
    precision: str,
    threads: int,
    declared: str,
    trial_shapes: Sequence[tuple[int, ...]],
    progress: Progress,
    thrifty: bool = False,
) -> Backend:
    """Open a network where and as precisely as was asked, and tell what really runs.

    Args:
        path: The `.onnx` file.
        device: `auto`, `cpu`, `cuda:N`, `directml` or `coreml`.
        precision: `auto` (what the card declares), `fp32`, `bf16` or `int8`.
        threads: Threads on the processor; 0: all cores.
        declared: The precision in the model's card.
        trial_shapes: Shape of a tile as the network takes it, for each of its inputs: what a trial runs.
        progress: Told what runs; asked between the runs of a trial whether to stop.
        thrifty: Whether memory counts more than speed: no arena, and no second library without need.

    Raises:
        ModelError: The network cannot be loaded, or not run on that device at that precision.
    """
    _check_precision(path, precision, declared)
    wanted = providers(device, onnxruntime.get_available_providers())
    on_card = wanted[0] != CPU and not (device == AUTO and precision == "bf16")
    if on_card and precision == "bf16":
        raise ModelError(
            "PRECISION is bf16, which only processors compute here, and DEVICE is {device}. "
            "Set DEVICE to cpu, or PRECISION to auto.",
            device=device,
        )
    backend = _on_card(path, device, wanted, threads, declared, progress) if on_card else None
    if backend is None:
        level = declared if precision == AUTO else precision
        backend = _on_processor(path, level, precision == AUTO, threads, trial_shapes, progress, thrifty)
    progress.log(
        "The network runs on {provider} at {precision} with {threads} threads, {library}.",
        provider=backend.name,
        precision=backend.precision,
        threads=backend.threads,
        library=backend.library,
    )
    return backend


def _check_precision(path: Path, precision: str, declared: str) -> None:
    """Refuse a precision that the file's weights do not allow."""
    if precision not in (AUTO, *PRECISIONS):
        raise ModelError(
            "PRECISION is {precision}; it must be auto, {known}.", precision=precision, known=", ".join(PRECISIONS)
        )
    if precision == "int8" and declared != "int8":
        raise ModelError(
            "PRECISION is int8, but {path} is not quantised. Run 'Optimise a model' first and use the file it makes.",
            path=str(path),
        )
    if precision in ("fp32", "bf16") and declared == "int8":
        raise ModelError(
            "PRECISION is {precision}, but {path} is quantised to int8. Use the file it was made from, "
            "or set PRECISION to auto.",
            precision=precision,
            path=str(path),
        )


def _on_card(
    path: Path, device: str, wanted: Sequence[Provider], threads: int, declared: str, progress: Progress
) -> Backend | None:
    """The network on a graphics card, or `None` where that failed and any device will do.

    Cards run a bf16 variant at fp32: its weights are the same. Of quantised files they compute the quantised values.
    """
    backend = OnnxruntimeBackend(path, wanted, threads, "int8" if declared == "int8" else "fp32")
    if backend.name == provider_name(wanted[0]):
        return backend
    if device != AUTO:
        raise ModelError(
            "DEVICE is {device}, but onnxruntime could not use it and fell back to {found}. "
            "Run 'Check environment', or set DEVICE to auto or cpu.",
            device=device,
            found=backend.name,
        )
    progress.warn("The GPU could not be used; the network runs on the processor.")
    return None


def _on_processor(
    path: Path,
    precision: str,
    may_fall_back: bool,
    threads: int,
    trial_shapes: Sequence[tuple[int, ...]],
    progress: Progress,
    thrifty: bool,
) -> Backend:
    """The network on the processor, by the faster library of those that compute at this precision."""
    able = frozenset() if thrifty and precision == "fp32" else _openvino_abilities(progress)
    if precision == "bf16" and "BF16" not in able:
        if not may_fall_back:
            raise _no_bf16(able)
        progress.log("{reason} It runs at fp32.", reason=str(_no_bf16(able)))
        precision = "fp32"
    openers: dict[str, Opener] = {}
    if precision != "bf16":
        openers[CPU] = lambda: OnnxruntimeBackend(path, [CPU], threads, precision, thrifty)
    if able:
        openers[openvino_backend.NAME] = lambda: OpenvinoBackend(path, threads, precision)
    if len(openers) == 1:
        (opener,) = openers.values()
        return opener()
    return _faster(path, openers, precision, threads, trial_shapes, progress, thrifty)


def _no_bf16(able: frozenset[str]) -> ModelError:
    """Why bf16 cannot be had."""
    if able:
        return ModelError("This processor does not compute with bf16. Set PRECISION to auto or fp32.")
    return ModelError(
        'Networks run with bf16 by OpenVINO, which is not installed. Run "Set up environment" with EXTRAS = openvino.'
    )


def _openvino_abilities(progress: Progress) -> frozenset[str]:
    """What OpenVINO can compute with on this processor; nothing where it is not installed or does not load."""
    if not openvino_backend.is_installed():
        return frozenset()
    try:
        return openvino_backend.abilities()
    except (ImportError, OSError, RuntimeError) as error:
        progress.warn("OpenVINO is installed but does not load, and is not used: {reason}.", reason=str(error))
        return frozenset()


def _faster(
    path: Path,
    openers: dict[str, Opener],
    precision: str,
    threads: int,
    trial_shapes: Sequence[tuple[int, ...]],
    progress: Progress,
    thrifty: bool,
) -> Backend:
    """Of two backends the one that runs a tile faster, as remembered or as tried."""
    mark = trials.key(
        path,
        precision,
        thread_count(threads),
        os.cpu_count() or 1,
        openvino_backend.processor(),
        openvino_backend.library(),
        OnnxruntimeBackend.library,
        thrifty,
    )
    known = trials.recall(mark, tuple(openers))
    return openers[known or _winner(openers, precision, trial_shapes, progress, mark)]()


def _winner(
    openers: dict[str, Opener], precision: str, trial_shapes: Sequence[tuple[int, ...]], progress: Progress, mark: str
) -> str:
    """Which of two backends runs a tile faster; the first where both are quick, or the second gives other values.

    It is the first too, unremembered, where that cannot run the trial's tile: the network may take those of an image.
    Neither is used for more: onnxruntime plans memory for the first size that it meets, and an arena keeps what it has.
    """
    (first_name, open_first), (second_name, open_second) = openers.items()
    first = open_first()
    feeds = noise(first, trial_shapes)
    try:
        first_s, expected = _timed(first, feeds, progress)
    except ModelError as error:
        progress.log("{name} is not used: {reason}", name=second_name, reason=str(error))
        return first_name
    if first_s < TRIAL_S:
        first_s, expected = _timed(first, feeds, progress)  # the first run is slower
    if first_s < QUICK_S:
        trials.remember(mark, first_name)  # the same network on a busy machine is no other one
        return first_name
    try:
        second = open_second()
        second_s, found = _timed(second, feeds, progress)
        if not alike(expected, found, ALIKE[precision]):
            raise ModelError("it gives other values than {first} on a trial tile.", first=first_name)
        del expected, found
        for _ in range(RUNS):
            if first_s + second_s > TRIAL_S:
                break
            second_s = min(second_s, _timed(second, feeds, progress)[0])  # in turns: both meet what else runs
            first_s = min(first_s, _timed(first, feeds, progress)[0])
    except ModelError as error:  # not every network that one library knows is known to the other
        progress.log("{name} is not used: {reason}", name=second_name, reason=str(error))
        trials.remember(mark, first_name)
        return first_name
    progress.log(
        "A trial tile took {first_s:.3f} s with {first} and {second_s:.3f} s with {second}.",
        first=first_name,
        first_s=first_s,
        second=second_name,
        second_s=second_s,
    )
    winner = second_name if second_s * GAIN[precision] < first_s else first_name
    trials.remember(mark, winner)
    return winner


def alike(expected: Sequence[Array], found: Sequence[Array], tolerance: float) -> bool:
    """Whether two backends gave the same outputs, but for rounding.

    Args:
        expected: An array for each output.
        found: The same of the other.
        tolerance: By how much they may differ on average, in standard deviations of the first.
    """
    return len(expected) == len(found) and all(_alike(*pair, tolerance) for pair in zip(expected, found))


def _alike(expected: Array, found: Array, tolerance: float) -> bool:
    if (expected.shape, expected.dtype) != (found.shape, found.dtype):
        return False
    known = np.isfinite(expected)
    if not np.array_equal(expected[~known], found[~known], equal_nan=True):
        return False
    if not known.any():
        return True
    first, second = expected[known].astype(float), found[known].astype(float)
    slack = np.finfo(np.float32).eps * np.abs(first).max()  # of what is the same everywhere the last digit
    return bool(np.abs(first - second).mean() <= tolerance * first.std() + slack)


def noise(backend: Backend, shapes: Sequence[tuple[int, ...]]) -> dict[str, Array]:
    """Random arrays of these shapes, or of those that the network insists on.

    Whole numbers are 0: where they number something, any other might be too large.
    """
    rng = np.random.default_rng(0)
    feeds = {}
    for port, shape in zip(backend.inputs, shapes):
        sizes = [own or size for own, size in zip(port.shape, shape)]
        whole = np.issubdtype(np.dtype(port.dtype), np.integer)
        feeds[port.name] = np.zeros(sizes, port.dtype) if whole else rng.standard_normal(sizes).astype(port.dtype)
    return feeds


def _timed(backend: Backend, feeds: Mapping[str, Array], progress: Progress) -> tuple[float, list[Array]]:
    """What one run takes, in seconds, and gives.

    Raises:
        ModelError: The network cannot be run on these arrays.
        CancelledError: The user asked to stop.
    """
    progress.update(0.0)
    begun_s = time.perf_counter()
    outputs = backend.run(feeds)
    return time.perf_counter() - begun_s, outputs
