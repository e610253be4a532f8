"""Chooses what a network is trained on, and in which numbers."""

from __future__ import annotations

import torch

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
            "DEVICE is {device}, which torch cannot use here. Choose cpu or auto, or set up the environment with "
            "BUILD = cuda on a machine that has such a device.",
            device=wanted,
        )
    return torch.device(wanted)


def training_precision(device: torch.device) -> str:
    """`bf16` where a device computes faster in that, as far as torch tells, else `fp32`."""
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "fp32"
    able = torch.cpu.get_capabilities()
    return "bf16" if able.get("avx512_bf16") or able.get("amx_bf16") else "fp32"
