"""A recipe, and the training that it describes: photographs first, then the labelled images of some places."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from terraloom.models.build import Network, build
from terraloom.models.encoders.efficient import EfficientEncoder
from terraloom.models.encoders.imagenet_weights import (
    find_imagenet_weights,
    read_imagenet_weights,
    start_from_imagenet,
)
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.losses.dice import Dice
from terraloom.models.objectives.targets import OnOutput
from terraloom.models.objectives.weighted_sum import WeightedSum, WeightedTerm
from terraloom.models.spec import NetworkSpec
from terraloom.models.training import StepReport, TrainingSettings, train

from .images import Places, TileSource
from .photo_tiles import Augmentation


@dataclass(frozen=True)
class Recipe:
    """How a model is made.

    Args:
        bundle: Its folder.
        data: Name of the set, as benchmarks name it.
        command: What makes it again, from the repository.
        classes: Titles in the order of the network's output.
        spec: The network.
        ignore: Label of pixels that do not count.
        steps: Batches of one training.
        scale: Range of the enlargement of tiles.
        augmentation: How tiles are varied.
        learning_rate: The highest.
        even_after: Step after which all weights count evenly in what is kept, at a constant learning rate; 0: the last
            ones count, and the rate falls.
        frozen_stages: Stages of the encoder that keep what they know of photographs.
        smoothing: Of labels.
        tile_px: Side of tiles.
        batch: Tiles of a batch.
        pictures: Images whose class maps are shown in the card, with what to say of each.
    """

    bundle: Path
    data: str
    command: str
    classes: tuple[str, ...]
    spec: NetworkSpec
    ignore: int
    steps: int
    scale: tuple[float, float]
    augmentation: Augmentation = field(default_factory=Augmentation)
    learning_rate: float = 1e-3
    even_after: int = 0
    frozen_stages: int = 3
    smoothing: float = 0.0
    tile_px: int = 256
    batch: int = 8
    pictures: Mapping[str, str] = field(default_factory=dict)


def train_network(name: str, recipe: Recipe, places: Places, work: Path) -> Network:
    """Train a network on some places, or go on with it."""
    settings = settings_of(recipe.steps, learning_rate=recipe.learning_rate, even_after=recipe.even_after)
    torch.manual_seed(settings.seed)
    network: Network = build(recipe.spec)
    start_encoders_from_imagenet(network, recipe.frozen_stages)
    weights = class_weights(recipe, places)
    losses = {"cross_entropy": CrossEntropy(recipe.ignore, weights, recipe.smoothing), "dice": Dice(recipe.ignore)}
    objective = WeightedSum({name: WeightedTerm(OnOutput(loss)) for name, loss in losses.items()})
    train(
        network,
        objective,
        TileSource(places, recipe.tile_px, recipe.scale, recipe.augmentation, recipe.batch),
        settings,
        printed(name),
        work / f"{name}.pt",
    )
    return network


def settings_of(steps: int, precision: str = "bf16", **others: float) -> TrainingSettings:
    """How recipes train: the rate rises for a twentieth of the steps, and a mean of the last weights is kept."""
    return TrainingSettings(
        steps, warmup_steps=steps // 20, weight_decay=0.05, precision=precision, averaging=0.98, **others
    )


def start_encoders_from_imagenet(network: Network, frozen_stages: int | None = None) -> None:
    """Let all efficient encoders of a network begin with weights that have seen photographs.

    Args:
        network: The network.
        frozen_stages: How many stages keep them, beside the stem; `None`: all learn on.
    """
    published = read_imagenet_weights(find_imagenet_weights())
    for part in network.modules():
        if isinstance(part, EfficientEncoder):
            start_from_imagenet(part, published)
            if frozen_stages is not None:
                part.freeze(frozen_stages)


def class_weights(recipe: Recipe, places: Places) -> list[float]:
    """One over the root of each class's share, with mean 1, so that rare classes count without ruling."""
    labels = torch.cat([each.labels.flatten() for images in places.values() for each in images])
    labels = labels[labels != recipe.ignore]
    share = torch.bincount(labels, minlength=len(recipe.classes)) / len(labels)
    weight = share.clamp_min(1e-4).rsqrt()
    return [float(each) for each in weight / weight.mean()]


def printed(name: str) -> Callable[[StepReport], None]:
    """Progress of a training as lines of text."""
    started = time.monotonic()

    def report(step: StepReport) -> None:
        if step.step % 50 == 0 or step.step == step.steps:
            losses = "  ".join(f"{loss} {value:.3f}" for loss, value in step.losses.items())
            print(f"{name} {step.step}/{step.steps}  {losses}  {time.monotonic() - started:.0f} s", flush=True)

    return report
