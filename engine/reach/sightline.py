"""Follows what the positions along one axis of a tensor see of the image, layer by layer and exactly.

Strides make the view depend on the position's phase, so the first and last pixel seen are kept for each phase of one
period, as whole numbers. The taps of a layer (which positions of its input a position of its output reads) are
rational arithmetic after the operators' definitions at https://onnx.ai/onnx/operators.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

View = tuple[int, int]
"""First and last pixel seen; last before first: nothing."""

Taps = Sequence[Sequence[int]]
"""For each phase of a layer's output, the positions of its input that are read."""

NOTHING: View = (0, -1)


@dataclass(frozen=True)
class Sightline:
    """What positions along one axis of a tensor see of the image, up to padding.

    Args:
        axis: The image's axis: 0 rows, 1 columns.
        advance_px: By how many pixels the view moves from one period to the next.
        views: The view of each position of the first period.
    """

    axis: int
    advance_px: int
    views: tuple[View, ...]

    @property
    def jump_px(self) -> Fraction:
        """Pixels per position."""
        return Fraction(self.advance_px, len(self.views))

    def view(self, position: int) -> View:
        """First and last pixel that a position sees."""
        periods, phase = divmod(position, len(self.views))
        first, last = self.views[phase]
        if first > last:
            return NOTHING
        return first + periods * self.advance_px, last + periods * self.advance_px

    def through(self, taps: Taps, advance: int = 1) -> Sightline:
        """The line behind a layer.

        Args:
            taps: The layer's taps.
            advance: By how many positions of the input the taps move after a period of them.
        """
        repeats = len(self.views) // math.gcd(len(self.views), advance)
        views = tuple(
            _hull(self.view(tap + repeat * advance) for tap in phase) for repeat in range(repeats) for phase in taps
        )
        return Sightline(self.axis, int(self.jump_px * advance * repeats), views)._shortest()

    def joined(self, other: Sightline) -> Sightline | None:
        """The line of a layer that reads the same position of two tensors; None where they do not lie on each other."""
        if (self.axis, self.jump_px) != (other.axis, other.jump_px):
            return None
        period = math.lcm(len(self.views), len(other.views))
        views = tuple(_hull((self.view(position), other.view(position))) for position in range(period))
        return Sightline(self.axis, int(self.jump_px * period), views)._shortest()

    def padded(self, size: int, side_px: int, before: bool, after: bool) -> Sightline:
        """The line as a layer sees it that pads its ends.

        Where an axis was cut, positions before its first one lie on pixels of the image. A tile has padding there, the
        whole image has values: so what sees such a position sees, as it were, a pixel outside of the tile.

        Args:
            size: Positions along the axis.
            side_px: The image's pixels along it.
            before: Whether the layer reads before the first position.
            after: Whether it reads behind the last.
        """
        cut_px = [
            max(self.view(-1)[0] + 1, 0) if before and self.view(-1) != NOTHING else 0,
            max(side_px - self.view(size)[1], 0) if after and self.view(size) != NOTHING else 0,
        ]
        if not any(cut_px):
            return self
        views = [(first - cut_px[0], last + cut_px[1]) if first <= last else NOTHING for first, last in self.views]
        return Sightline(self.axis, self.advance_px, tuple(views))

    def _shortest(self) -> Sightline:
        """The same with the shortest period."""
        for period in range(1, len(self.views)):
            advance_px = self.jump_px * period
            if len(self.views) % period or advance_px.denominator != 1:
                continue
            shorter = Sightline(self.axis, int(advance_px), self.views[:period])
            if all(shorter.view(position) == view for position, view in enumerate(self.views)):
                return shorter
        return self


def image_axis(axis: int) -> Sightline:
    """The image's own line: each pixel sees itself."""
    return Sightline(axis, 1, ((0, 0),))


def window_taps(size: int, dilation: int, pad: int) -> Taps:
    """Taps of a convolution or pooling along one axis; they advance by its stride."""
    return [[tap * dilation - pad for tap in range(size)]]


def transposed_taps(size: int, stride: int, dilation: int, pad: int) -> Taps:
    """Taps of a transposed convolution along one axis; they advance by 1."""
    reached = [[phase + pad - tap * dilation for tap in range(size)] for phase in range(stride)]
    return [[place // stride for place in phase if place % stride == 0] for phase in reached]


def resized_taps(scale: Fraction, mode: str, coordinates: str, rounding: str, antialias: bool) -> Taps:
    """Taps of a resizing along one axis; they advance by the scale's denominator.

    A coordinate that is computed in 32-bit floats may fall on either side of the exact one unless the scale is a power
    of two; then the taps of both sides are taken.

    Args:
        scale: Output positions per input position.
        mode: `nearest`, `linear` or `cubic`.
        coordinates: `asymmetric` or `half_pixel` (whose variants are the same where sizes divide).
        rounding: ONNX's `nearest_mode`.
        antialias: Whether the filter is widened where the scale shrinks.
    """
    half = Fraction(0) if coordinates == "asymmetric" else Fraction(1, 2)
    dyadic = all(number & (number - 1) == 0 for number in (scale.numerator, scale.denominator))
    slack = Fraction(0) if dyadic else Fraction(1, 1000)
    reach = {"linear": 1, "cubic": 2}.get(mode, 0) * (1 / min(scale, Fraction(1)) if antialias else Fraction(1))
    taps = []
    for phase in range(scale.numerator):
        place = (phase + half) / scale - half
        if mode == "nearest":
            taps.append(sorted({ROUNDINGS[rounding](place + shift) for shift in (-slack, Fraction(0), slack)}))
        elif place.denominator == 1 and not antialias and dyadic:
            taps.append([int(place)])
        else:
            taps.append(_inside(place - reach - slack, place + reach + slack))
    return taps


ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "round_prefer_floor": lambda place: math.ceil(place - Fraction(1, 2)),
    "round_prefer_ceil": lambda place: math.floor(place + Fraction(1, 2)),
    "floor": math.floor,
    "ceil": math.ceil,
}


def _inside(low: Fraction, high: Fraction) -> list[int]:
    """Whole numbers strictly between two bounds."""
    return list(range(math.floor(low) + 1, math.ceil(high)))


def _hull(views: Iterable[View]) -> View:
    seen = [view for view in views if view[0] <= view[1]]
    return (min(first for first, _ in seen), max(last for _, last in seen)) if seen else NOTHING
