"""The adversarial term: a critic learns to tell true targets from what the network makes, which learns to fool it.

After Isola and others 2017 (pix2pix, arXiv 1611.07004, equation 1): the critic sees the inputs beside the target or the
output. Deviations: the network steps first and the critic second, on the same output; no dropout as a source of noise.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..errors import TrainingError
from ..losses.adversarial import NON_SATURATING, fooling, judging
from .objective import Batch
from .seen import Seen


class Adversarial:
    """The network's loss, and the critic's.

    Attributes:
        critic: From a target `(B, variables, H, W)` and the inputs `(B, channels, H, W)` to logits of any shape, high
            for true ones: a `blocks.discriminator.Discriminator`.
    """

    def __init__(self, critic: nn.Module, images: int, game: str = NON_SATURATING) -> None:
        """Set the term up.

        Args:
            critic: The network that judges.
            images: How many of the inputs, from the first, the critic sees.
            game: Which losses; one of `losses.adversarial.GAMES`.
        """
        self.critic = critic
        self.images = images
        self.game = game
        self._made: Tensor | None = None

    def __call__(self, seen: Seen) -> Tensor:
        """How little the output fools the critic; a scalar, 0 where no target is known."""
        self._made = seen.output.detach()
        self.critic.requires_grad_(False)  # its weights are not the network's business
        scores = self._scores(seen.output, seen.batch)
        self.critic.requires_grad_(True)
        return fooling(scores, self.game) * self._is_known(seen.batch)

    def judge(self, batch: Batch) -> Tensor:
        """How badly the critic tells the target from the last output; a scalar, 0 where no target is known."""
        if self._made is None:
            raise TrainingError("The critic was asked to judge before the network has made anything.")
        true, made = self._scores(batch.target, batch), self._scores(self._made, batch)
        return judging(true, made, self.game) * self._is_known(batch)

    def _scores(self, values: Tensor, batch: Batch) -> Tensor:
        """What the critic says of values; those without a target are 0, true or made, so that gaps tell nothing."""
        values = torch.where(batch.target.isnan(), 0, values.float())
        scores: Tensor = self.critic(values, torch.cat(batch.inputs[: self.images], dim=1))
        return scores

    def _is_known(self, batch: Batch) -> Tensor:
        return (~batch.target.isnan()).any()
