"""The price of a network: its parameters, and the arithmetic it spends on each pixel."""

from __future__ import annotations

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from .build import Network


def count_parameters(network: nn.Module) -> int:
    """Number of trainable values."""
    return sum(parameter.numel() for parameter in network.parameters())


def flops_per_pixel(network: Network) -> float:
    """Floating-point operations of convolutions and matrix products per input pixel, 2 per multiply-add.

    Counted on an image of about 128 px: what attention spends on a pixel grows with the image.
    Normalisation, activation and resizing are left out, as is usual; they are a few per cent.
    """
    side_px = network.stride * max(1, -(-128 // network.stride))
    was_training = network.training
    network.eval()
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(*network.blank(1, side_px, side_px))
    network.train(was_training)
    return float(counter.get_total_flops()) / side_px**2
