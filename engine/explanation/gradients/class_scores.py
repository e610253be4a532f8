"""Reads class scores from a network's output as `class_scores.py` of the room above does, in torch's terms."""

from __future__ import annotations

import torch
from torch import Tensor

from ...library.card import LINES, REGRESSION
from ...requests.explain_prediction import PROBABILITY
from ..class_scores import ClassScores


def scores_in_torch(output: Tensor, reads: ClassScores) -> Tensor:
    """The scores `(images, classes, …)` of what the network gives, `(images, channels, …)`."""
    card, said = reads.card, reads.card.output
    if card.task == LINES:
        output = output[:, :1]
    if card.task == REGRESSION:
        squeezed = reads.kind == PROBABILITY and said.activation == "sigmoid"
        return (torch.sigmoid(output) if squeezed else output) * said.factor
    lone = output.shape[1] == 1
    if reads.kind != PROBABILITY:
        return torch.cat([-output, output], 1) if lone else output
    if lone:
        second = torch.sigmoid(output / said.temperature) if said.activation == "sigmoid" else output
        return torch.cat([1 - second, second], 1)
    return torch.softmax(output / said.temperature, 1) if said.activation == "softmax" else output
