"""Residuals of the equations that carry and spread a quantity u, on fields predicted for successive times.

Central differences in space on the mean of two successive fields, and their difference in time (Crank and Nicolson
1947, 10.1017/S0305004100023197): second order in both. The border of one pixel has no residual.
"""

from __future__ import annotations

from torch import Tensor


def advection_residual(fields: Tensor, velocity_m_s: Tensor, spacing_m: float, step_s: float) -> Tensor:
    """∂u/∂t + v · ∇u, in the unit of u for each second.

    Args:
        fields: u at successive times, `(B, times, H, W)`, at least 2 times and 3 × 3 pixels.
        velocity_m_s: v along the columns (to the right) and along the rows (downwards), `(B, 2, H, W)`.
        spacing_m: Side of a pixel.
        step_s: Time between two fields.

    Returns:
        The residual between the times, `(B, times - 1, H - 2, W - 2)`.
    """
    rate, middle = _between(fields, step_s)
    along_columns = (middle[..., 1:-1, 2:] - middle[..., 1:-1, :-2]) / (2 * spacing_m)
    along_rows = (middle[..., 2:, 1:-1] - middle[..., :-2, 1:-1]) / (2 * spacing_m)
    inner = velocity_m_s[..., 1:-1, 1:-1]
    return rate + inner[:, :1] * along_columns + inner[:, 1:] * along_rows


def heat_residual(fields: Tensor, diffusivity_m2_s: float, spacing_m: float, step_s: float) -> Tensor:
    """∂u/∂t - κ ∇²u with the diffusivity κ, in the unit of u for each second. See `advection_residual`."""
    rate, middle = _between(fields, step_s)
    neighbours = middle[..., 1:-1, 2:] + middle[..., 1:-1, :-2] + middle[..., 2:, 1:-1] + middle[..., :-2, 1:-1]
    return rate - diffusivity_m2_s * (neighbours - 4 * middle[..., 1:-1, 1:-1]) / spacing_m**2


def _between(fields: Tensor, step_s: float) -> tuple[Tensor, Tensor]:
    """Change by second inside the border, and the mean of successive fields with it."""
    fields = fields.float()
    before, after = fields[:, :-1], fields[:, 1:]
    return (after - before)[..., 1:-1, 1:-1] / step_s, (before + after) / 2
