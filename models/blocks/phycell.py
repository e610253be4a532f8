"""PhyCell: a state that follows a learned partial differential equation and is corrected by each new date.

After Le Guen and Thome 2020 (PhyDNet, arXiv 2003.01460, equations 5 to 7). Deviation: the normalisation between the
derivatives and their mixing is handed in. The paper's group normalisation looks at the whole map, so tiles would
show; batch normalisation does not.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..carriers import Level
from .dates import at_least_two
from .moments import moment_loss
from .norms import BATCH_NORM, Norm


class PhyCell(nn.Module):
    """Predict by the equation, then correct: h̃ = h + Φ(h), h' = h̃ + K ⊙ (x - h̃).

    Φ is a k × k convolution with k² kernels, one for each derivative up to order k - 1 along both axes once the
    moment loss is small, a normalisation, and a 1 × 1 convolution that weighs the derivatives. The gain K, 0 to 1, is
    Kalman's: it says how far the date is believed.
    """

    def __init__(self, channels: int, kernel: int = 7, norm: Norm = BATCH_NORM) -> None:
        """Build the cell.

        Args:
            channels: Number of channels of a date and of the state.
            kernel: Size of the kernels of the derivatives, odd.
            norm: Normalisation of the derivatives.
        """
        super().__init__()
        self.norm_kind = norm
        self.kernel = kernel
        self.derivatives = nn.Conv2d(channels, kernel**2, kernel, padding=kernel // 2)
        self.norm = norm.build(kernel**2)
        self.mixing = nn.Conv2d(kernel**2, channels, kernel_size=1)
        self.gain = nn.Conv2d(2 * channels, channels, 3, padding=1)

    def behind(self, x: Level, state: Level) -> Level:
        """The level of the state behind a step."""
        predicted = self.norm_kind.behind(state.convolved(state.channels, self.kernel))
        return predicted.met(x.convolved(x.channels, kernel=3)).met(state.convolved(state.channels, kernel=3))

    def predict(self, state: Tensor) -> Tensor:
        """The state one date later, by the equation alone, `(B, channels, H, W)`."""
        change: Tensor = self.mixing(self.norm(self.derivatives(state)))
        return state + change

    def forward(self, x: Tensor, state: Tensor) -> Tensor:
        """Map one date and the state before it, both `(B, channels, H, W)`, to the state behind it."""
        predicted = self.predict(state)
        gain = torch.sigmoid(self.gain(torch.cat((x, state), dim=1)))
        return predicted + gain * (x - predicted)


class PhyCellOverDates(nn.Module):
    """The cell, run over the dates of a series; the first date is the state that it begins with.

    The paper begins with zeros. Batch normalisation would then count maps of zeros among those it is made for.

    Attributes:
        gives: The state at the last date.
    """

    def __init__(self, source: Level, dates: int, kernel: int = 7, norm: Norm = BATCH_NORM) -> None:
        """Build the cell. See `PhyCell`.

        Args:
            source: The feature map of one date.
            dates: Number of dates, at least 2. Each but the first lengthens the reach by half a kernel.
            kernel: Size of the kernels of the derivatives, odd.
            norm: Normalisation of the derivatives.
        """
        super().__init__()
        at_least_two(dates, "A PhyCell")
        self.cell = PhyCell(source.channels, kernel, norm)
        level = source
        for _ in range(dates - 1):
            level = self.cell.behind(source, level)
        self.dates = dates
        self.gives = level

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to `(B, C, H, W)`."""
        state = x[:, 0]
        for date in range(1, self.dates):
            state = self.cell(x[:, date], state)
        return state


def physics_loss(network: nn.Module) -> Tensor:
    """The moment losses of all PhyCells of a network, added up: a scalar to join the losses of an objective.

    0 for a network without any.
    """
    losses = [moment_loss(part.derivatives.weight) for part in network.modules() if isinstance(part, PhyCell)]
    return torch.stack(losses).sum() if losses else torch.zeros(())
