"""Trainings of networks of roads: what they learn from, and which terms of the loss they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from terraloom.models.build import Network, build
from terraloom.models.losses.binary_cross_entropy import BinaryCrossEntropy
from terraloom.models.losses.cldice import ClDice
from terraloom.models.losses.orientation import Orientation
from terraloom.models.losses.soft_iou import SoftIoU
from terraloom.models.objectives.targets import Comparison, OnDirection, OnMask
from terraloom.models.objectives.weighted_sum import Loss, WeightedSum, WeightedTerm
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import train
from torch import Tensor

from .photo_tiles import Augmentation
from .road_tiles import DIRECTIONS, IGNORE, RoadImage, RoadTiles
from .training import printed, settings_of, start_encoders_from_imagenet

SPEC = NetworkSpec.for_image(
    bands=3,
    encoder=PartSpec("efficient", {"stages": 5}),
    necks=[PartSpec("unet", {"widths": (24, 32, 48)})],
    head=PartSpec("line", {"bins": DIRECTIONS.count}),
)

TILE_PX, BATCH = 256, 8
SCALE = (0.8, 1.25)
DUBAI_SHARE = 0.12

AUGMENTATION = Augmentation(
    gain=(0.75, 1.3), band_gain=(0.9, 1.1), offset=(-0.06, 0.06), gamma=(0.75, 1.35), grey_share=0.25
)

THINNING = 3
"""Iterations of the soft skeleton, on every second pixel: enough for roads that are drawn 7 px wide and enlarged."""


@dataclass(frozen=True)
class EverySecond:
    """A loss that looks at every second row and column, four times as fast.

    Attributes:
        loss: Compares `(B, C, H, W)` with `(B, H, W)` and gives a scalar.
    """

    loss: Comparison

    def __call__(self, logits: Tensor, labels: Tensor) -> Tensor:
        """The loss; a scalar."""
        return self.loss(logits[..., ::2, ::2], labels[..., ::2, ::2])


TERMS: Mapping[str, tuple[Loss, float]] = {
    "bce": (OnMask(BinaryCrossEntropy(IGNORE)), 1.0),
    "soft_iou": (OnMask(SoftIoU(IGNORE)), 1.0),
    "orientation": (OnDirection(EverySecond(Orientation(IGNORE, DIRECTIONS.count))), 0.5),
    "cldice": (OnMask(EverySecond(ClDice(IGNORE, THINNING))), 0.5),
}
"""L = L_BCE + λ_I L_softIoU + λ_O CE(orientation) + λ_S L_SC with L_SC = 1 - clDice, and each λ."""

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "bce": ("bce",),
    "bce-orientation": ("bce", "orientation"),
    "overlap": ("bce", "soft_iou"),
    "overlap-orientation": ("bce", "soft_iou", "orientation"),
    "full": ("bce", "soft_iou", "orientation", "cldice"),
    "shipped": ("bce", "soft_iou", "orientation", "cldice"),
}
"""Terms of the losses that are compared, and of what is shipped, which learns for longer."""


def train_roads(
    name: str, variant: str, roads: Sequence[RoadImage], dubai: Sequence[RoadImage], steps: int, work: Path
) -> Network:
    """Train a network, or go on with it.

    Args:
        name: Of its checkpoint.
        variant: Which terms it learns by, see `VARIANTS`.
        roads: Images of `massroads`.
        dubai: Images of `dubai`.
        steps: Batches.
        work: Folder of checkpoints.
    """
    settings = settings_of(steps, precision="fp32")
    torch.manual_seed(settings.seed)
    network: Network = build(SPEC)
    start_encoders_from_imagenet(network)  # all of them learns on: frozen stages cost 3 points of IoU in a trial
    terms = {term: WeightedTerm(*TERMS[term]) for term in VARIANTS[variant]}
    sets = [(1 - DUBAI_SHARE, roads), (DUBAI_SHARE, dubai)]
    tiles = RoadTiles(sets, TILE_PX, SCALE, AUGMENTATION, BATCH)
    train(network, WeightedSum(terms), tiles, settings, printed(name), work / f"{name}.pt")
    return network
