"""The carrier of a line network: places that are joined by ways, each a row of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Way:
    """One line between two places of a network.

    Args:
        start: Number of the place where it begins.
        end: Number of the place where it ends.
        points: `(points, 2)`, column and row in pixels from the first pixel's centre; both places are among them.
        probability: Of each point, `(points,)`, 0–1.
        width_px: Of each point, `(points,)`, NaN where it is not known.
        bridged: Of each point whether it lies in a gap that was bridged, `(points,)`.
    """

    start: int
    end: int
    points: NDArray[np.float64]
    probability: NDArray[np.float64]
    width_px: NDArray[np.float64]
    bridged: NDArray[np.bool_]

    @property
    def length_px(self) -> float:
        """Along the points."""
        return float(np.hypot(*np.diff(self.points, axis=0).T).sum())

    @property
    def is_step_bridged(self) -> NDArray[np.bool_]:
        """Of each step from a point to the next whether it lies in a gap that was bridged, `(points - 1,)`."""
        return self.bridged[1:] & self.bridged[:-1]

    @property
    def is_loop(self) -> bool:
        """Whether it ends where it begins."""
        return self.start == self.end

    def reversed(self) -> Way:
        """The same way from its end."""
        return Way(
            self.end, self.start, self.points[::-1], self.probability[::-1], self.width_px[::-1], self.bridged[::-1]
        )

    def then(self, other: Way) -> Way:
        """This way and one that begins where it ends."""
        joint = self.bridged[-1:] | other.bridged[:1]  # so that a bridge is told from its first step to its last
        return Way(
            self.start,
            other.end,
            np.concatenate([self.points, other.points[1:]]),
            np.concatenate([self.probability, other.probability[1:]]),
            np.concatenate([self.width_px, other.width_px[1:]]),
            np.concatenate([self.bridged[:-1], joint, other.bridged[1:]]),
        )

    def part(self, first: int, last: int, start: int, end: int) -> Way:
        """From one point to another, both included, between other places."""
        kept = slice(first, last + 1)
        return Way(start, end, self.points[kept], self.probability[kept], self.width_px[kept], self.bridged[kept])

    def led_from(self, start: int, place: NDArray[np.float64], reach_px: float) -> Way:
        """Begin elsewhere, and go straight on from there to the first point that lies farther away than `reach_px`."""
        away = np.hypot(*(self.points - place).T) > reach_px
        first = int(away.argmax()) if away.any() else len(away) - 1
        steps = int(np.ceil(np.hypot(*(self.points[first] - place)))) + 1
        straight = np.linspace(place, self.points[first], max(2, steps))
        passed = np.rint(np.linspace(0, first, len(straight))).astype(np.int64)
        which = np.append(passed, np.arange(first + 1, len(away)))
        points = np.concatenate([straight, self.points[first + 1 :]])
        return Way(start, self.end, points, self.probability[which], self.width_px[which], self.bridged[which])


@dataclass(frozen=True)
class LineNetwork:
    """Places and ways.

    Args:
        places: `(places, 2)`, column and row in pixels; those that no way touches do not count.
        ways: The lines between them.
    """

    places: NDArray[np.float64]
    ways: tuple[Way, ...]
    degrees: NDArray[np.int64] = field(init=False)
    """How many ends of ways lie at each place, `(places,)`: a loop has two."""

    def __post_init__(self) -> None:
        ends = np.array([(way.start, way.end) for way in self.ways], np.int64).ravel()
        object.__setattr__(self, "degrees", np.bincount(ends, minlength=len(self.places)))

    def ways_at(self) -> list[list[int]]:
        """Numbers of the ways at each place; a loop twice."""
        at: list[list[int]] = [[] for _ in range(len(self.places))]
        for number, way in enumerate(self.ways):
            at[way.start].append(number)
            at[way.end].append(number)
        return at

    def with_ways(self, ways: Sequence[Way]) -> LineNetwork:
        """The same places with other ways."""
        return LineNetwork(self.places, tuple(ways))
