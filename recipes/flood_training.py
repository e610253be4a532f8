"""Trainings of the network of floods: two encoders that have seen photographs, joined by what is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from terraloom.models.build import Network, build
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.losses.dice import Dice
from terraloom.models.objectives.targets import OnOutput
from terraloom.models.objectives.weighted_sum import WeightedSum, WeightedTerm
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import train

from .flood_tiles import IGNORE, INPUTS, FloodImage, FloodTiles
from .training import printed, settings_of, start_encoders_from_imagenet

SPEC = NetworkSpec(
    INPUTS,
    encoder=PartSpec("efficient", {"stages": 4}),
    necks=(PartSpec("unet", {"widths": (32, 48, 64)}),),
    head=PartSpec("segmentation", {"classes": 2}),
    fusion=PartSpec("available", {"encoders": (0, 1, 0, 1)}),
)

WEIGHTS = (0.8, 1.2)
"""Of dry and flooded pixels: a third of OMBRIA is flooded, less of what users will look at."""


def train_floods(name: str, images: Sequence[FloodImage], steps: int, work: Path) -> Network:
    """Train a network, or go on with it.

    Args:
        name: Of its checkpoint.
        images: What it learns from.
        steps: Batches.
        work: Folder of checkpoints.
    """
    settings = settings_of(steps)
    torch.manual_seed(settings.seed)
    network: Network = build(SPEC)
    start_encoders_from_imagenet(network)
    losses = {"cross_entropy": CrossEntropy(IGNORE, WEIGHTS), "dice": Dice(IGNORE)}
    objective = WeightedSum({name: WeightedTerm(OnOutput(loss)) for name, loss in losses.items()})
    train(network, objective, FloodTiles(images), settings, printed(name), work / f"{name}.pt")
    return network
