"""Shows what the worker's environment can do: versions, and each device that really computes a test."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import io
import platform
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..environment import lock
from ..environment.machine import has_nvidia_card
from ..environment.report import NOTE, PROBLEM, Row
from ..outcome import Outcome
from ..progress import Progress
from ..requests.check_environment import CheckEnvironment

TOLERANCE = 1e-3
"""GPUs may round the products of a convolution to 10 bits; a wrong kernel is off by far more."""

REMOTE = {"AzureExecutionProvider"}
"""Providers that compute elsewhere: not tried."""

ON_NVIDIA = ("CUDAExecutionProvider", "DmlExecutionProvider")
"""Providers of onnxruntime that map on NVIDIA's cards."""

UNUSED_CARD = Row(
    "There is an NVIDIA graphics card, but the onnxruntime of this environment is built for processors: maps are made "
    "without the card.",
    status=NOTE,
    mend='The README says under "On a graphics card" how to make an environment that uses it.',
)

Array = NDArray[np.float32]


def run(request: CheckEnvironment, progress: Progress) -> Outcome:
    """Try each device and report versions, devices and the sentences about them as metrics in JSON's terms."""
    image = np.random.default_rng(0).standard_normal((1, 3, 64, 64), np.float32)
    weights = np.random.default_rng(1).standard_normal((4, 3, 3, 3), np.float32)
    expected = convolve(image, weights)
    devices: list[dict[str, Any]] = []
    tried = (*onnxruntime_devices(weights), *openvino_devices(weights), *torch_devices(weights))
    for library, device, compute in tried:
        progress.update(len(devices) / 10)
        devices.append(attempt(library, device, compute, image, expected))
    packages = installed_packages()
    rows = [about_packages(packages), *map(about_device, devices)]
    if has_nvidia_card() and not any(tried["device"] in ON_NVIDIA for tried in devices):
        rows.append(UNUSED_CARD)
    return Outcome(
        metrics={
            "python": platform.python_version(),
            "packages": packages,
            "devices": devices,
            "rows": [dataclasses.asdict(row) for row in rows],
        }
    )


def convolve(image: Array, weights: Array) -> Array:
    """A 3x3 convolution without padding and the positive part of it, in numpy alone.

    Args:
        image: `(1, bands, rows, cols)`.
        weights: `(channels, bands, 3, 3)`.

    Returns:
        `(1, channels, rows - 2, cols - 2)`.
    """
    windows = np.lib.stride_tricks.sliding_window_view(image[0], (3, 3), axis=(1, 2))
    sums: Array = np.einsum("brcij,kbij->krc", windows, weights).astype(np.float32)
    return np.maximum(sums, np.float32(0))[None]


def attempt(
    library: str, device: str, compute: Callable[[Array], Array], image: Array, expected: Array
) -> dict[str, Any]:
    """Let a device compute and compare."""
    fault, begun_s = "", time.perf_counter()
    try:
        difference = float(np.abs(compute(image) - expected).max())
        if not difference < TOLERANCE * float(np.abs(expected).max()):
            fault = f"its result is off by {difference:.3g}"
    except Exception as error:  # noqa: BLE001 - any fault of a driver is the finding
        fault = str(error) or type(error).__name__
    return {
        "library": library,
        "device": device,
        "works": not fault,
        "milliseconds": round(1000 * (time.perf_counter() - begun_s), 1),
        "fault": fault,
    }


def onnxruntime_devices(weights: Array) -> list[tuple[str, str, Callable[[Array], Array]]]:
    """Each execution provider that onnxruntime offers, as (library, device, how to compute on it)."""
    import onnxruntime

    model = tiny_network(weights)

    def on(provider: str) -> Callable[[Array], Array]:
        def compute(image: Array) -> Array:
            options = onnxruntime.SessionOptions()
            if provider != "CPUExecutionProvider":
                options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
            session = onnxruntime.InferenceSession(model, options, providers=[provider])
            if session.get_providers()[0] != provider:
                raise RuntimeError(f"onnxruntime fell back to {session.get_providers()[0]}")
            return np.asarray(session.run(None, {"image": image})[0])

        return compute

    return [("onnxruntime", name, on(name)) for name in onnxruntime.get_available_providers() if name not in REMOTE]


def openvino_devices(weights: Array) -> list[tuple[str, str, Callable[[Array], Array]]]:
    """The processor, where OpenVINO is installed: the only device that it is used on."""
    from ..backends import openvino_backend

    if not openvino_backend.is_installed():
        return []
    model = tiny_network(weights)

    def compute(image: Array) -> Array:
        core = openvino_backend.load().Core()
        network = core.compile_model(core.read_model(io.BytesIO(model)), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        return np.asarray(network([image])[0])

    return [("openvino", "CPU", compute)]


def tiny_network(weights: Array) -> bytes:
    """The convolution as an ONNX model that onnxruntime of any recent version reads."""
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["image", "weights"], ["sum"]),
            helper.make_node("Relu", ["sum"], ["positive"]),
        ],
        "test",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, None, None])],
        [helper.make_tensor_value_info("positive", TensorProto.FLOAT, [1, 4, None, None])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    return bytes(model.SerializeToString())


def torch_devices(weights: Array) -> list[tuple[str, str, Callable[[Array], Array]]]:
    """Each device of torch, where it is installed, as (library, device, how to compute on it)."""
    try:
        import torch
    except ModuleNotFoundError:
        return []

    def on(device: str) -> Callable[[Array], Array]:
        def compute(image: Array) -> Array:
            kernel = torch.from_numpy(weights).to(device)
            result = torch.nn.functional.conv2d(torch.from_numpy(image).to(device), kernel).relu()
            return np.asarray(result.cpu().numpy())

        return compute

    names = ["cpu", *(f"cuda:{number}" for number in range(torch.cuda.device_count()))]
    if torch.backends.mps.is_available():
        names.append("mps")
    return [("torch", name, on(name)) for name in names]


def installed_packages() -> dict[str, str]:
    """Version of each package of the lock that is installed."""
    packages = {}
    for package in lock.versions("learn", lock.EXTRAS):
        try:
            packages[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return packages


def about_packages(packages: dict[str, str]) -> Row:
    """Say which versions the worker runs."""
    versions = ", ".join(f"{package} {version}" for package, version in packages.items())
    return Row(
        "The worker runs Python {version} with {packages}.",
        {"version": platform.python_version(), "packages": versions},
    )


def about_device(tried: dict[str, Any]) -> Row:
    """Say what became of the attempt on a device."""
    values = {name: tried[name] for name in ("library", "device", "milliseconds", "fault")}
    if tried["works"]:
        return Row("{library} computed a test on {device} correctly in {milliseconds} ms.", values)
    return Row(
        "{library} offers {device}, but a test on it failed: {fault}.",
        values,
        PROBLEM,
        "Update the driver of the device, or choose DEVICE = cpu. If it is the CPU that fails, run "
        '"Set up environment" with REPAIR.',
    )
