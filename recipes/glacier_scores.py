"""How far predicted calving fronts lie from those that were drawn, and the figures that follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from terraloom.engine.events.event_decoding import EventDecoder
from terraloom.engine.events.fronts import THRESHOLD, Front, Points, distances_left, find_front
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.lines.field import LineField
from torch import Tensor

from .glacier_tiles import FRONT, SEA, GlacierImage
from .scores import draws, interval, rounded

DECODER = EventDecoder(ModelOutput(activation="softmax"), (SEA,), FRONT)

LOST_PX = 10.0
"""A front that lies farther from the drawn one is another line."""


@dataclass(frozen=True)
class Compared:
    """One image: how far its front was missed, or NaN where none was found, and how long it is against the drawn one.

    Attributes:
        distance_px: Mean distance, both ways.
        facing_px: The same where both face each other: what is missing or too much at the ends does not count.
        length_ratio: Length of the front found by that of the drawn one.
    """

    distance_px: float
    facing_px: float
    length_ratio: float


def front_of(logits: Tensor) -> Front | None:
    """The front in the logits of a whole image `(classes, rows, cols)`, as the engine finds it."""
    said = DECODER.layers(DECODER.measure(logits.numpy()))
    field = np.zeros((3, *said["front"].shape), np.float32)
    field[0] = said["front"]

    def sea(points: NDArray[np.float64]) -> NDArray[np.float32]:
        return np.asarray(map_coordinates(said["probability"], points.T[::-1], order=0, cval=np.nan), np.float32)

    return find_front(LineField.of_arrays(field), sea, THRESHOLD)


def compare(image: GlacierImage, logits: Tensor) -> Compared:
    """Hold the front that a network sees against the one that was drawn."""
    found = front_of(logits)
    if found is None:
        return Compared(float("nan"), float("nan"), 0.0)
    lines = found.points, image.front
    return Compared(mean_distance(*lines), facing_distance(*lines), _length(lines[0]) / _length(lines[1]))


def mean_distance(one: Points, other: Points) -> float:
    """Mean distance of two lines: of the points of each from the other line, the mean of both ways."""
    lines = shapely.linestrings(one), shapely.linestrings(other)
    there = shapely.distance(shapely.points(one), lines[1]).mean()
    back = shapely.distance(shapely.points(other), lines[0]).mean()
    return float((there + back) / 2)


def facing_distance(one: Points, other: Points) -> float:
    """Mean distance of two lines where they face each other, both ways; NaN where they do not. See `moved`."""
    distances = [np.abs(each).mean() for each in (distances_left(one, other), distances_left(other, one)) if len(each)]
    return float(np.mean(distances)) if distances else float("nan")


def _length(points: NDArray[np.float64]) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def front_figures(compared: Mapping[str, Sequence[Compared]]) -> dict[str, Any]:
    """Scores by glacier and of all images, as JSON values."""
    every = [each for images in compared.values() for each in images]
    return {
        "unit": "pixels",
        "method": "Mean distance from each point of one line to the other line, both ways; mean over images. Facing: "
        "without the points that lie beyond the ends of the other line.",
        "threshold": THRESHOLD,
        **{glacier: _figures(images) for glacier, images in compared.items()},
        "All images": _figures(every),
    }


def _figures(images: Sequence[Compared]) -> dict[str, Any]:
    distances = np.array([each.distance_px for each in images])
    facing = np.array([each.facing_px for each in images])
    found = distances[np.isfinite(distances)]
    facing = facing[np.isfinite(facing)]
    means = found[draws(len(found))].mean(axis=1) if len(found) else found
    return {
        "images": len(images),
        "not_found": len(images) - len(found),
        "mean_distance_px": _rounded(found, np.mean),
        "mean_distance_px_interval": interval(means),
        "median_distance_px": _rounded(found, np.median),
        "facing_distance_px": _rounded(facing, np.mean),
        "median_facing_distance_px": _rounded(facing, np.median),
        "lost_share": rounded((~(distances <= LOST_PX)).mean()),
        "length_ratio": rounded(np.median([each.length_ratio for each in images])),
    }


def _rounded(distances: NDArray[np.float64], of: Callable[[NDArray[np.float64]], Any]) -> float | None:
    """Mean or median of distances; `None`: there are none."""
    return rounded(of(distances)) if len(distances) else None


def front_table(figures: Mapping[str, Any]) -> str:
    """The scores as a Markdown table, one row per glacier, in pixels."""
    titles = ["Held out", "Images", "Mean distance (px)", "Median", "Facing: mean", "Median", "Lost (%)", "Length"]
    lines = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    for name, each in figures.items():
        if isinstance(each, dict):
            low_high = each["mean_distance_px_interval"]
            spread = f" ({low_high[0]:.1f}–{low_high[1]:.1f})" if low_high else ""
            cells = [str(each["images"]), _pixels(each["mean_distance_px"]) + spread]
            cells += [_pixels(each["median_distance_px"]), _pixels(each["facing_distance_px"])]
            cells += [_pixels(each["median_facing_distance_px"]), f"{100 * each['lost_share']:.0f}"]
            lines.append(f"| {name}: fronts | " + " | ".join([*cells, f"{each['length_ratio']:.2f}"]) + " |")
    return "\n".join(lines) + "\n"


def _pixels(value: float | None) -> str:
    """A distance; a dash where no front was found."""
    return "–" if value is None else f"{value:.2f}"
