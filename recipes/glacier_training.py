"""Trainings of networks of calving fronts, from labels that are not complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from terraloom.models.build import Network, build
from terraloom.models.losses.cldice import soft_dice
from terraloom.models.objectives.targets import OnOutput
from terraloom.models.objectives.weighted_sum import WeightedSum, WeightedTerm
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import train
from torch import Tensor

from .glacier_tiles import CLASSES, FRONT, ICE, IGNORE, NO_FRONT, SEA, FromAllSides, GlacierImage, with_rim
from .images import TileSource
from .photo_tiles import Augmentation
from .training import printed, settings_of, start_encoders_from_imagenet

SPEC = NetworkSpec.for_image(
    bands=1,
    encoder=PartSpec("efficient", {"stages": 4}),
    necks=[PartSpec("unet", {"widths": (24, 32, 48)})],
    head=PartSpec("segmentation", {"classes": len(CLASSES)}),
)

TILE_PX, BATCH = 160, 8
SCALE = (0.8, 1.35)
FROZEN_STAGES = 2

LIGHT = Augmentation(
    gain=(0.6, 1.5),
    band_gain=(1.0, 1.0),
    offset=(-0.15, 0.15),
    gamma=(0.6, 1.7),
    grey_share=0.0,
    blur_share=0.25,
    noise=(0.0, 0.04),
)
QUARTER_SHARE, TILT_DEG = 0.25, 20.0

FRONT_WEIGHT = 8.0
"""Weight of a pixel of the front in the cross entropy; there are hundred others for each."""

LAND_WEIGHT = 0.1
"""How much pixels of which only is known that they are no front are taken for land, which most of them are."""


def some_of_classes(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy where a label may stand for several classes: -log of what they have together; a scalar.

    After Cour, Sapp and Taskar 2011 (Learning from partial labels, JMLR 12, section 3), with the logarithm as its loss.
    Deviation: one of the classes is a little more likely than the others.
    """
    log_probability = logits.float().log_softmax(dim=1)  # (B, classes, H, W)
    either = torch.logsumexp(log_probability[:, [ICE, SEA]], dim=1)
    single = log_probability.gather(1, labels.clamp_max(FRONT)[:, None])[:, 0]
    likely = (1 - LAND_WEIGHT) * either + LAND_WEIGHT * log_probability[:, ICE]
    said = torch.where(labels == NO_FRONT, likely, single)
    weight = torch.where(labels == FRONT, FRONT_WEIGHT, 1.0) * (labels != IGNORE)
    return -(said * weight).sum() / weight.sum().clamp_min(1)


def overlap_of_front(logits: Tensor, labels: Tensor) -> Tensor:
    """1 - Dice of the front over all pixels of a batch of which something is known; a scalar."""
    return soft_dice(labels == FRONT, logits.float().softmax(dim=1)[:, FRONT] * (labels != IGNORE))


def train_fronts(name: str, glaciers: Mapping[str, Sequence[GlacierImage]], steps: int, work: Path) -> Network:
    """Train a network on some glaciers, or go on with it.

    Args:
        name: Of its checkpoint.
        glaciers: The images by glacier.
        steps: Batches.
        work: Folder of checkpoints.
    """
    settings = settings_of(steps)
    torch.manual_seed(settings.seed)
    network: Network = build(SPEC)
    start_encoders_from_imagenet(network, FROZEN_STAGES)
    losses = {"classes": some_of_classes, "overlap": overlap_of_front}
    objective = WeightedSum({name: WeightedTerm(OnOutput(loss)) for name, loss in losses.items()})
    places = {glacier: [with_rim(each.labelled) for each in images] for glacier, images in glaciers.items()}
    tiles = TileSource(places, TILE_PX, SCALE, FromAllSides(LIGHT, QUARTER_SHARE, TILT_DEG), BATCH)
    train(network, objective, tiles, settings, printed(name), work / f"{name}.pt")
    return network
