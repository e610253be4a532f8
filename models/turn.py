"""One of the eight ways to turn and mirror a square, for all that lies on its grid: values, directions and vectors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from .errors import SpecError

ROUNDING_DEG = 0.01
"""How far beyond 0 or 360 a bearing may be for its having been standardised."""


@dataclass(frozen=True)
class DirectionBins:
    """How numbers of bins stand for directions of lines.

    Angles grow from the direction of the columns (to the right) towards that of the rows' beginning (upwards), as in
    `blocks.orientation`. Bin k covers those from `first_deg` + k w up to, but without, w more, with w = `period_deg` /
    `count`. A mirrored angle that lies on the edge of a bin falls into the neighbour: where most lines follow the axes,
    begin half a bin early.

    Attributes:
        count: Number of bins; higher numbers stand for no direction.
        period_deg: 180 where a line and its reverse are alike, else 360.
        first_deg: Where bin 0 begins.
    """

    count: int
    period_deg: int = 180
    first_deg: float = 0.0

    @classmethod
    def of_lines(cls, count: int) -> DirectionBins:
        """Bins of lines, which have no beginning: half a bin early, since many follow the axes of the image."""
        return cls(count, 180, -90 / count)

    def __post_init__(self) -> None:
        """Refuse bins that a quarter turn or a mirror would cut."""
        turns_fit = self.count > 0 and self.period_deg in (180, 360) and 90 * self.count % self.period_deg == 0
        if not turns_fit or 2 * self.first_deg * self.count % self.period_deg:
            raise SpecError(
                "{count} bins over {period}° that begin at {first}° do not fall on bins when they are turned by 90° or "
                "mirrored. Take a multiple of {step} bins, and begin at 0° or half a bin before.",
                count=self.count,
                period=self.period_deg,
                first=self.first_deg,
                step=4 if self.period_deg == 360 else 2,
            )


@dataclass(frozen=True)
class Turn:
    """A turn and a mirroring.

    Attributes:
        quarters: Quarter turns against the clock, 0–3.
        mirrored: Whether left and right are exchanged afterwards.
    """

    quarters: int
    mirrored: bool

    @classmethod
    def draw(cls, is_square: bool, generator: Generator) -> Turn:
        """One by chance; rectangles keep their shape and turn by half only."""
        quarters = int(torch.randint(4, (1,), generator=generator))
        mirrored = float(torch.rand(1, generator=generator)) < 0.5
        return cls(quarters if is_square else quarters // 2 * 2, mirrored)

    def values(self, values: Tensor) -> Tensor:
        """Turn anything on the grid, `(..., H, W)`."""
        values = torch.rot90(values, self.quarters, (-2, -1))
        return values.flip(-1) if self.mirrored else values

    def bins(self, bins: Tensor, of: DirectionBins) -> Tensor:
        """Turn numbers of bins of directions, whole numbers `(..., H, W)`, and what they say."""
        turned = self.values(bins)
        direction = turned.long() + self.quarters * 90 * of.count // of.period_deg
        if self.mirrored:
            direction = round((180 - 2 * of.first_deg) * of.count / of.period_deg) - 1 - direction
        return torch.where(turned < of.count, direction % of.count, turned).to(bins.dtype)

    def bearings(self, bearings_deg: Tensor) -> Tensor:
        """What compass bearings, clockwise from up, say after the turn; pixels stay, and so does what is no bearing."""
        turned = bearings_deg - 90 * self.quarters
        turned = (-turned if self.mirrored else turned) % 360
        is_bearing = (bearings_deg > -ROUNDING_DEG) & (bearings_deg < 360 + ROUNDING_DEG)
        return torch.where(is_bearing, turned, bearings_deg)

    def vectors(self, vectors: Tensor) -> Tensor:
        """Turn vectors, `(..., 2, H, W)`: along the columns (to the right), then along the rows (downwards)."""
        along_columns, along_rows = self.values(vectors).unbind(-3)
        for _ in range(self.quarters):
            along_columns, along_rows = along_rows, -along_columns
        return torch.stack([-along_columns if self.mirrored else along_columns, along_rows], dim=-3)
