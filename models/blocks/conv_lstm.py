"""Convolutional LSTM: a memory for each pixel that is rewritten from date to date.

After Shi et al. 2015 (arXiv 1506.04214, equation 3) without the peephole terms, as most implementations do.
With a 1 × 1 kernel it is an LSTM (Hochreiter and Schmidhuber 1997) over the series of each pixel.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from ..carriers import Level
from .dates import at_least_two

State = tuple[Tensor, Tensor]


class ConvLSTMCell(nn.Module):
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
        self.of_input = nn.Conv2d(channels, 4 * hidden, kernel, padding=kernel // 2)
        self.of_state = nn.Conv2d(hidden, 4 * hidden, kernel, padding=kernel // 2, bias=False)

    def behind(self, x: Level, state: Level | None) -> Level:
        """The level of the state behind a step; no state before it: zeros."""
        seen = x.convolved(self.hidden, self.kernel)
        return seen if state is None else seen.met(state.convolved(self.hidden, self.kernel))

    def forward(self, x: Tensor, state: State | None) -> State:
        """Map one date `(B, channels, H, W)` and output and memory before it to those behind it.

        Args:
            x: The date.
            state: Output and memory, each `(B, hidden, H, W)`; `None`: zeros.
        """
        gates = self.of_input(x)  # (B, 4 * hidden, H, W)
        if state is not None:
            gates = gates + self.of_state(state[0])
        input_gate, forget_gate, output_gate, candidate = torch.chunk(gates, 4, dim=1)
        memory = torch.sigmoid(input_gate) * torch.tanh(candidate)
        if state is not None:
            memory = memory + torch.sigmoid(forget_gate) * state[1]
        return torch.sigmoid(output_gate) * torch.tanh(memory), memory


class ConvLSTM(nn.Module):
    """The cell, run over the dates of a series.

    Attributes:
        gives: The output at the last date.
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
        at_least_two(dates, "A ConvLSTM")
        self.cell = ConvLSTMCell(source.channels, hidden, kernel)
        level = self.cell.behind(source, None)
        for _ in range(dates - 1):
            level = self.cell.behind(source, level)
        self.dates = dates
        self.gives = level

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to `(B, hidden, H, W)`."""
        outputs = self.at_each_date(x)
        output = next(outputs)
        for later in outputs:
            output = later
        return output

    def at_each_date(self, x: Tensor) -> Iterator[Tensor]:
        """The output at every date of a series `(B, T, C, H, W)`, each `(B, hidden, H, W)`."""
        state: State = self.cell(x[:, 0], None)
        yield state[0]
        for date in range(1, self.dates):
            state = self.cell(x[:, date], state)
            yield state[0]
