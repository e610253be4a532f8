"""Opens the model that a network learns from, and lets it read images that are standardised for the learner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from ...models.build import Network
from ..chips.chip_set import ChipSet
from ..errors import ModelError
from ..library.model_input import ModelInput
from .network_for_chips import tells_lines
from .torch_network import open_torch_network


class Teacher(nn.Module):
    """A network over images that are standardised by other statistics than its own; 0 in all bands stays 0.

    Attributes:
        name: Name of the model that it comes from.

    Args:
        name: Name of the model that it comes from.
        network: The network.
        units: For each of its inputs factors and shifts, `(channels,)` each, that turn the learner's values into its.
    """

    def __init__(self, name: str, network: Network, units: Sequence[tuple[Tensor, Tensor]]) -> None:
        super().__init__()
        self.name = name
        self.network = network
        for number, (factors, shifts) in enumerate(units):
            self.register_buffer(f"factors_{number}", factors.view(1, -1, 1, 1))
            self.register_buffer(f"shifts_{number}", shifts.view(1, -1, 1, 1))

    def forward(self, *inputs: Tensor) -> Tensor:
        """What the network says of images `(B, channels, H, W)` and of what stands behind them."""
        images = [self._own(number, image) for number, image in enumerate(inputs[: len(self.network.spec.inputs)])]
        behind = inputs[len(images) :] if self.network.regions else ()
        logits: Tensor = self.network(*images, *behind)
        return logits

    def _own(self, number: int, image: Tensor) -> Tensor:
        """An image in the network's own units."""
        source = self.network.spec.inputs[number]
        tiles, _, rows, cols = image.shape
        dates = (tiles, source.dates, source.bands, rows, cols)
        empty = (image.view(dates) == 0).all(dim=2, keepdim=True)
        own = image * self.get_buffer(f"factors_{number}") + self.get_buffer(f"shifts_{number}")
        return own.view(dates).masked_fill(empty, 0).view(image.shape)


def open_teacher(path: Path, chips: ChipSet, learner: Network) -> Teacher:
    """The teacher in a file.

    Args:
        path: A model that Terraloom trained.
        chips: What the learner is trained on.
        learner: The network that learns.

    Raises:
        ModelError: The file holds no such network, or one that reads or says something else.
    """
    network, card = open_torch_network(path)
    if tells_lines(network):
        raise ModelError("TEACHER tells lines, not classes: nothing can be learnt from it. Choose another teacher.")
    found = card.legend.entries if card.legend else ()
    wanted = chips.legend.entries if chips.legend else ()
    if [(each.value, each.name) for each in found] != [(each.value, each.name) for each in wanted]:
        raise ModelError(
            "TEACHER tells apart {found}, the training chips hold {expected}. Choose a teacher of the same classes.",
            found=", ".join(f"{each.value} {each.name}" for each in found) or "no classes",
            expected=", ".join(f"{each.value} {each.name}" for each in wanted) or "no classes",
        )
    theirs = [(each.band_names, tuple(each.days)) for each in card.inputs]
    ours = [(each.bands, tuple(each.days)) for each in chips.inputs]
    if theirs != ours:
        raise ModelError(
            "TEACHER reads {found}, the training chips have {expected}. Choose a teacher of the same bands and days.",
            found=_told(theirs),
            expected=_told(ours),
        )
    if network.regions not in (0, learner.regions):
        raise ModelError(
            "TEACHER cuts images into {found} regions, the network that learns into {expected}. Choose a teacher that "
            "does without regions, or with the same number.",
            found=network.regions,
            expected=learner.regions,
        )
    if chips.chip_px % network.stride:
        raise ModelError(
            "The training chips are {side} px wide, TEACHER takes multiples of {stride} px. Choose another teacher.",
            side=chips.chip_px,
            stride=network.stride,
        )
    units = [_units(source.mean, source.std, wants) for source, wants in zip(chips.inputs, card.inputs, strict=True)]
    return Teacher(card.model_id, network, units)


def _units(mean: Sequence[float], std: Sequence[float], wants: ModelInput) -> tuple[Tensor, Tensor]:
    """Factors and shifts of the channels of an input, date by date."""
    factors = [ours / band.std for ours, band in zip(std, wants.bands, strict=True)]
    shifts = [(ours - band.mean) / band.std for ours, band in zip(mean, wants.bands, strict=True)]
    dates = len(wants.days) or 1
    return torch.tensor(factors * dates), torch.tensor(shifts * dates)


def _told(inputs: Sequence[tuple[Sequence[str], Sequence[int]]]) -> str:
    """Bands and days of some inputs, for a sentence."""
    return "; ".join(
        ", ".join(bands) + (f" on the days {', '.join(map(str, days))}" if days else "") for bands, days in inputs
    )
