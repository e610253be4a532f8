"""Terms that compare the network's output, or a part of it, with targets: those of the batch or another network's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..errors import TrainingError
from .seen import Seen

Comparison = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class OnOutput:
    """A loss between the whole output and the target.

    Attributes:
        loss: Compares both and gives a scalar.
    """

    loss: Comparison

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch; a scalar."""
        return self.loss(seen.output, seen.batch.target)


@dataclass(frozen=True)
class OnMask:
    """A loss between the mask's logit, the first of a network of lines, and the target.

    Attributes:
        loss: Compares `(B, 1, H, W)` with `(B, H, W)` and gives a scalar.
    """

    loss: Comparison

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch; a scalar."""
        return self.loss(seen.output[:, :1], seen.batch.target)


@dataclass(frozen=True)
class OnDirection:
    """A loss between the logits of direction, behind the mask's, and the extra `orientation`.

    Attributes:
        loss: Compares `(B, bins, H, W)` with `(B, H, W)` and gives a scalar.
    """

    loss: Comparison

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch; a scalar."""
        if "orientation" not in seen.batch.extras:
            raise TrainingError("The batches lack 'orientation', which a term of the objective needs.")
        return self.loss(seen.output[:, 1:], seen.batch.extras["orientation"][:, 0])


class FromTeacher:
    """A loss between the output and what another network, which does not learn, says of the same inputs.

    It sees those too that are hidden from the network, which learns to do without them.
    """

    def __init__(self, teacher: nn.Module, loss: Comparison) -> None:
        """Freeze the teacher.

        Args:
            teacher: The other network; it reads the same inputs.
            loss: Compares both outputs and gives a scalar.
        """
        self.teacher = teacher.eval().requires_grad_(False)
        self.loss = loss

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch; a scalar."""
        output = seen.output  # outside: the network runs when it is first asked, and is to learn from that
        with torch.no_grad():
            said = self.teacher.to(output.device)(*seen.batch.unhidden)
        return self.loss(output, said)
