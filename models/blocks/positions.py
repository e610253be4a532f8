"""Positions: what tells a token where it lies."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..carriers import Level
from ..errors import SpecError


class ConvolvedPositions(nn.Module):
    """Adds a depth-wise 3 × 3 convolution, whose zero padding and neighbours tell tokens apart.

    After Chu et al. 2021 (CPVT, arXiv 2102.10882, section 3.3), where it stands behind the first transformer block;
    here before all of them, so that the first knows places, too. It says the same in a tile with a halo as in the whole
    image.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level) -> None:
        """Build the convolution.

        Args:
            source: The feature map that comes in.
        """
        super().__init__()
        self.gives = source.convolved(source.channels)
        self.convolution = nn.Conv2d(source.channels, source.channels, 3, padding=1, groups=source.channels)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to the same shape."""
        result: Tensor = x + self.convolution(x)
        return result


class WavePositions(nn.Module):
    """Adds sines and cosines of row and column, counted from the origin of what is read: a tile or an image.

    After Vaswani et al. 2017 (arXiv 1706.03762, section 3.5), in two dimensions as in He et al. 2022 (arXiv
    2111.06377, appendix A.1): one half of the channels for the row, one for the column. Computed for any grid.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level) -> None:
        """Note what comes in.

        Args:
            source: The feature map that comes in, its channels a multiple of 4.
        """
        super().__init__()
        if source.channels % 4:
            raise SpecError(
                "Positions as waves need a multiple of 4 channels, there are {channels}. Choose another width.",
                channels=source.channels,
            )
        self.gives = source.seeing_all("position in the image")

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to the same shape."""
        _, channels, rows, cols = x.shape
        return x + waves(rows, cols, channels, x)


def waves(rows: int, cols: int, channels: int, like: Tensor) -> Tensor:
    """Sines and cosines of rows and columns, `(1, channels, rows, cols)`, of the type and device of `like`."""
    precise = torch.promote_types(like.dtype, torch.float32)  # 16 bits would tell neighbours alike
    steps = torch.arange(channels // 4, dtype=precise, device=like.device)
    rates = (10_000 ** (-4 / channels * steps))[:, None]
    down = rates * torch.arange(rows, dtype=precise, device=like.device)  # (channels / 4, rows)
    right = rates * torch.arange(cols, dtype=precise, device=like.device)  # (channels / 4, cols)
    by_row = torch.cat((down.sin(), down.cos()))[:, :, None].expand(-1, -1, cols)
    by_col = torch.cat((right.sin(), right.cos()))[:, None, :].expand(-1, rows, -1)
    return torch.cat((by_row, by_col))[None].to(like.dtype)
