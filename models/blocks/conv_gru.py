"""Convolutional gated recurrent unit: a state for each pixel that is renewed from date to date.

After Ballas et al. 2016 (arXiv 1511.06432, equations 4 to 7) with one deviation: the reset gate acts behind the
convolution of the state, as in cuDNN and torch, not before it. One convolution then serves all gates, and a date
lengthens the reach by half a kernel in place of a whole one. With a 1 × 1 kernel it is a GRU (Cho et al. 2014,
arXiv 1406.1078) over the series of each pixel.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..carriers import Level
from .dates import at_least_two


class ConvGRUCell(nn.Module):
    """One step; the kernel is applied to all gates at once, apart for input and state."""

    def __init__(self, channels: int, hidden: int, kernel: int = 3) -> None:
        """Build the cell.

        Args:
            channels: Number of channels of one date.
            hidden: Number of channels of the state.
            kernel: Size of the kernels, odd.
        """
        super().__init__()
        self.kernel = kernel
        self.hidden = hidden
        self.of_input = nn.Conv2d(channels, 3 * hidden, kernel, padding=kernel // 2)
        self.of_state = nn.Conv2d(hidden, 3 * hidden, kernel, padding=kernel // 2, bias=False)

    def behind(self, x: Level, state: Level | None) -> Level:
        """The level of the state behind a step; no state before it: zeros."""
        seen = x.convolved(self.hidden, self.kernel)
        return seen if state is None else seen.met(state.convolved(self.hidden, self.kernel))

    def forward(self, x: Tensor, state: Tensor | None) -> Tensor:
        """Map one date `(B, channels, H, W)` and the state before it `(B, hidden, H, W)` to the state behind it.

        Args:
            x: The date.
            state: The state; `None`: zeros.
        """
        reset, update, candidate = torch.chunk(self.of_input(x), 3, dim=1)
        if state is None:
            return (1 - torch.sigmoid(update)) * torch.tanh(candidate)
        more_reset, more_update, more_candidate = torch.chunk(self.of_state(state), 3, dim=1)
        new = torch.tanh(candidate + torch.sigmoid(reset + more_reset) * more_candidate)
        return new + torch.sigmoid(update + more_update) * (state - new)


class ConvGRU(nn.Module):
    """The cell, run over the dates of a series.

    Attributes:
        gives: The state at the last date.
    """

    def __init__(self, source: Level, dates: int, hidden: int, kernel: int = 3) -> None:
        """Build the cell.

        Args:
            source: The feature map of one date.
            dates: Number of dates, at least 2. Each lengthens the reach by half a kernel.
            hidden: Number of channels that go out.
            kernel: Size of the kernels, odd.
        """
        super().__init__()
        at_least_two(dates, "A ConvGRU")
        self.cell = ConvGRUCell(source.channels, hidden, kernel)
        level = self.cell.behind(source, None)
        for _ in range(dates - 1):
            level = self.cell.behind(source, level)
        self.dates = dates
        self.gives = level

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to `(B, hidden, H, W)`."""
        state: Tensor = self.cell(x[:, 0], None)
        for date in range(1, self.dates):
            state = self.cell(x[:, date], state)
        return state
