"""The cross-modal term: what two sensors show of one place should be told as one, and that of other places not.

Each sensor has an encoder of its own within the network, which sees that sensor's image alone, and a projection of its
own, which learns along and is left out of the network. The loss is symmetric InfoNCE over regions (CLIP, Radford and
others 2021, arXiv 2103.00020, figure 3, with regions of images of two sensors in place of images and texts). A region
is told apart from those at the same place within other tiles, see `contrastive.by_cell`.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from ..blocks.projection import ProjectionHead
from ..build import Network
from ..errors import MisfitError
from ..fusions.available import AvailableFusion
from ..losses.info_nce import InfoNCE
from .contrastive import VECTOR, contrast_by_cell, feature_channels, places
from .objective import Batch
from .seen import Seen

APART = ("middle", "available", "cross", "late")
"""Fusions whose inputs have an encoder each."""

SENSORS = 2


class CrossModal:
    """InfoNCE between the regions of two sensors.

    Attributes:
        numbers: Which of the fusion's encoders see the first and the second input.
        parts: The projections, one for each sensor.
    """

    def __init__(self, network: Network, loss: InfoNCE) -> None:
        """Set the term up.

        Args:
            network: The network whose first two inputs are the sensors; more inputs may share their encoders.
            loss: Compares two views `(places, C)`.
        """
        fusion: Any = network.encoder
        if len(network.spec.inputs) < SENSORS or network.spec.fusion.name not in APART:
            raise MisfitError(
                "Two sensors can learn from each other where each has an encoder of its own. The network has {inputs} "
                "inputs and the fusion '{fusion}'. Compose one of two inputs with one of the fusions: {known}.",
                inputs=len(network.spec.inputs),
                fusion=network.spec.fusion.name,
                known=", ".join(APART),
            )
        shared = fusion.numbers if isinstance(fusion, AvailableFusion) else range(len(fusion.encoders))
        self.numbers = tuple(shared)[:SENSORS]
        self.loss = loss
        self.parts = nn.ModuleList(
            ProjectionHead(feature_channels(fusion.encoders[number].gives), VECTOR) for number in self.numbers
        )

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch, a scalar; 0 where it holds a single tile."""
        one, other = self._places(seen.network, seen.batch)
        if len(one) == 1:
            return (one.sum() + other.sum()) * 0
        return contrast_by_cell(self.loss, self.parts[0](one), self.parts[1](other), len(seen.batch.inputs[0]))

    def compared(self, network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        """The vectors of the batch's regions by each sensor, both `(places, C)` of length 1."""
        one, other = self._places(network, batch)
        return self.parts[0](one), self.parts[1](other)

    def _places(self, network: Any, batch: Batch) -> tuple[Tensor, Tensor]:
        encoders = network.encoder.encoders
        one, other = (
            places(encoders[number](image)) for number, image in zip(self.numbers, batch.inputs[:SENSORS], strict=True)
        )
        return one, other
