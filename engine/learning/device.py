"""Chooses what a network is trained on, in which numbers, and on how many threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from ..backends.backend import thread_count
from ..errors import ModelError


def training_device(wanted: str) -> torch.device:
    """The device of a name.

    Args:
        wanted: `auto`, `cpu` or `cuda:N`.

    Raises:
        ModelError: It is not there.
    """
    if wanted == "auto":
        return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    cards = ["cuda", *(f"cuda:{number}" for number in range(torch.cuda.device_count()))]
    if wanted != "cpu" and not (wanted in cards and torch.cuda.is_available()):
        raise ModelError(
            "DEVICE is {device}, which torch cannot use here. Choose cpu or auto. For a graphics card, set up the "
            "environment with WHEELS, a folder that holds torch {version} in its build for that card.",
            device=wanted,
            version=torch.__version__.partition("+")[0],
        )
    return torch.device(wanted)


def training_precision(device: torch.device) -> str:
    """`bf16` where a device has units for it, as torch tells; else `fp16` on graphics cards, `fp32` on others.

    Processors that merely have instructions for it (AVX-512 BF16, without AMX) are slower with it than at fp32
    (`benchmarks/README.md`, "Speed of training").
    """
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
    return "bf16" if torch.cpu.get_capabilities().get("amx_bf16") else "fp32"


@contextmanager
def cpu_threads(wanted: int) -> Iterator[None]:
    """Torch has so many threads on the CPU within, and as many as before behind; 0: as many as it has."""
    before = torch.get_num_threads()
    if wanted:
        torch.set_num_threads(thread_count(wanted))
    try:
        yield
    finally:
        torch.set_num_threads(before)
