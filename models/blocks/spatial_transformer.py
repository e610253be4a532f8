"""Spatial transformer: what lays one feature map over another by a small shift and affine change.

After Jaderberg et al. 2015 (arXiv 1506.02025, equations 1 and 5). Deviations: what it estimates is bounded and begins
at no change; the estimate is made of the mean over the image of local features, so it does not depend on the size of
the image; beyond the edge the value at the edge is repeated.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class SpatialTransformer(nn.Module):
    """Estimates how a map lies to a reference; `resample` reads it there.

    The estimate looks at the whole image: tiles would be shifted by amounts of their own.
    """

    def __init__(self, channels: int, width: int, largest_shift: float, largest_change: float) -> None:
        """Build the estimator.

        Args:
            channels: Number of channels of the maps.
            width: Channels of the estimator.
            largest_shift: Bound of the shift along each axis, in values of the map.
            largest_change: Bound of the entries by which the linear part differs from the identity; 0.02 is about a
                degree, or 2 %.
        """
        super().__init__()
        self.largest_shift = largest_shift
        self.largest_change = largest_change
        self.local = nn.Sequential(
            nn.Conv2d(2 * channels, width, 5, padding=2),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(),
        )
        self.estimate = nn.Linear(width, 6)
        nn.init.zeros_(self.estimate.weight)
        nn.init.zeros_(self.estimate.bias)

    def forward(self, x: Tensor, reference: Tensor) -> tuple[Tensor, Tensor]:
        """Estimate how `x` lies to the reference, both `(B, C, H, W)`.

        Returns:
            Shift along columns and rows, `(B, 2)`, in values of the map: the resampled map at column j reads `x` at
            column j + shift. And the linear change, `(B, 2, 2)`, about the middle of the image.
        """
        seen = self.local(torch.cat((x, reference), dim=1)).mean(dim=(2, 3))  # (B, width)
        bounded = torch.tanh(self.estimate(seen))
        return self.largest_shift * bounded[:, :2], self.largest_change * bounded[:, 2:].reshape(-1, 2, 2)


def resample(x: Tensor, shift: Tensor, change: Tensor) -> Tensor:
    """Read a map at shifted and affinely changed places, bilinearly.

    Args:
        x: Features `(B, C, H, W)`.
        shift: Shift along columns and rows, `(B, 2)`, in values of the map.
        change: What is added to the identity, `(B, 2, 2)`: first row columns, second rows; about the middle.

    Returns:
        Features `(B, C, H, W)`.
    """
    _, _, height, width = x.shape
    precise = torch.promote_types(x.dtype, torch.float32)  # 16 bits would be off by pixels
    rows = torch.arange(height, device=x.device, dtype=precise) - (height - 1) / 2
    cols = torch.arange(width, device=x.device, dtype=precise) - (width - 1) / 2
    places = torch.stack(
        (cols[None, :].expand(rows.shape[0], -1), rows[:, None].expand(-1, cols.shape[0])), dim=-1
    )  # (H, W, 2): columns and rows from the middle
    change, shift = change.to(precise)[:, None, None], shift.to(precise)[:, None, None]
    changed = (change * places[:, :, None]).sum(dim=-1)  # (B, H, W, 2); autocast computes matrix products in 16 bits
    halves = torch.stack((cols.max(), rows.max())) + 0.5
    grid = (places + shift + changed) / halves
    read = functional.grid_sample(x.to(precise), grid, mode="bilinear", padding_mode="border", align_corners=False)
    return read.to(x.dtype)
