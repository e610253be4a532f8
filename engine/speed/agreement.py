"""Measures how much a network's map loses when it computes less precisely, and how much faster it is."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..decoding import ClassDecoder, ValueDecoder, probabilities
from ..legend import Legend
from ..lines.line_decoding import LineDecoder
from ..network import Network
from ..progress import Progress
from ..tiles.sample_tiles import SampleTile
from ..verification.accuracy import Confusion

Pair = tuple[NDArray[np.float32], NDArray[np.float32]]

LIKELY = 0.5
"""Where a line is at least so probable its direction counts."""

SLACK = 0.01
"""How far numbers that stand for probabilities may be from adding up to 1."""


UNFIT = 0.1
"""Where the original itself reaches less of mean IoU against labels, they are probably of something else."""

UNSURE = "or by the probabilities of the fp32 network, which is hardly ever right by these labels, if that is more"


@dataclass(frozen=True)
class Comparison:
    """What an optimised network does compared with the one it was made from.

    Args:
        loss: Points of mean IoU, or per cent of the values' spread.
        measure: What `loss` is, in words.
        agreement: Mean IoU of its map with the original's, 0–100; NaN for values.
        speedup: How many times faster it is.
        turned_deg: Of networks of lines, the mean difference of directions on lines, 0–90 degrees; else NaN.
    """

    loss: float
    measure: str
    agreement: float
    speedup: float
    turned_deg: float = math.nan


def compare(original: Network, optimised: Network, tiles: Sequence[SampleTile], progress: Progress) -> Comparison:
    """Run both over the tiles, in turns.

    Where there are labels, the loss is the difference of the mean IoUs against them. Where there are none, the
    original's map stands for the truth, and a pixel whose class changes is wrong by as much as the original held its
    own class for more probable than the new one: by 0.2 of a pixel between 0.6 and 0.4, by a whole one where it was
    sure. That is the accuracy which the original itself expects to be lost. Of values the loss is the root mean square
    of the difference in per cent of the original's standard deviation. Of lines the mask is judged as classes are.
    """
    original([tiles[0].values])  # the first run of each is slower
    optimised([tiles[0].values])
    pairs, ratios = [], []
    for number, tile in enumerate(tiles):
        progress.update(number / len(tiles))
        begun_s = time.perf_counter()
        first = original([tile.values])
        between_s = time.perf_counter()
        second = optimised([tile.values])
        ratios.append((between_s - begun_s) / (time.perf_counter() - between_s))
        pairs.append((first, second))
    speedup = statistics.median(ratios)
    output, legend = original.card.output, original.card.legend
    if legend is None:
        decoder = ValueDecoder(output)
        values = [(decoder.measure(first), decoder.measure(second)) for first, second in pairs]
        return Comparison(100 * relative_rmse(values, tiles), "% relative RMSE", math.nan, speedup)
    classes = ClassDecoder(output.choosing, legend, {"classes"})
    rules = original.card.lines
    if rules is None:
        return compare_maps(pairs, tiles, classes, speedup)
    masks = [(first[:1], second[:1]) for first, second in pairs]  # a logit of two classes; those of directions follow
    turned_deg = mean_turn_deg(pairs, tiles, LineDecoder(output, rules))
    return replace(compare_maps(masks, tiles, classes, speedup), turned_deg=turned_deg)


def compare_maps(
    pairs: Sequence[Pair], tiles: Sequence[SampleTile], decoder: ClassDecoder, speedup: float
) -> Comparison:
    """Compare what two networks say of the classes, `(channels, rows, cols)` a tile; for the loss see `compare`.

    Pixels count where the original gave numbers: not in the margin that its output lacks. A network that gives none
    there loses more than any limit. Against labels by which the original is hardly ever right any map is as good: there
    the loss is no less than it would be without them.
    """
    agreed, weighed, first_right, second_right = (Tally(decoder.legend) for _ in range(4))
    for pair, tile in zip(pairs, tiles):
        first, second = (decoder.layers(decoder.measure(output))["classes"] for output in pair)
        known, numbers = (np.isfinite(output).all(axis=0) for output in pair)
        known &= tile.known
        if (known & ~numbers).any():
            return Comparison(math.inf, "points: it gives no numbers where the original does", 0.0, speedup)
        agreed.add(first, second, known)
        cost = _cost(pair[0], first, second, decoder)
        weighed.add(first, first, known, 1 - cost)
        weighed.add(first, second, known, cost)
        if tile.labels is not None:
            said = known & ~np.ma.getmaskarray(tile.labels)
            first_right.add(tile.labels.data, first, said)
            second_right.add(tile.labels.data, second, said)
    agreement = 100 * agreed.mean_iou
    if first_right.pixels:
        loss = 100 * (first_right.mean_iou - second_right.mean_iou)
        if first_right.mean_iou >= UNFIT:
            return Comparison(loss, "points of mean IoU against the labels", agreement, speedup)
        loss = max(loss, 100 * (1 - weighed.mean_iou))
        return Comparison(loss, f"points of mean IoU against the labels, {UNSURE}", agreement, speedup)
    loss = 100 * (1 - weighed.mean_iou)
    return Comparison(loss, "points of mean IoU by the probabilities of the fp32 network", agreement, speedup)


def _cost(
    output: NDArray[np.float32], first: NDArray[np.uint8], second: NDArray[np.uint8], decoder: ClassDecoder
) -> NDArray[np.float64]:
    """How much worse the second class is than the first by the network that chose the first, `(rows, cols)`, 0–1.

    Where what it gives are no probabilities, it is taken for sure of its choice.
    """
    shares = probabilities(output, decoder.output)
    known = np.isfinite(shares).all(axis=0)
    if (np.abs(shares.sum(axis=0)[known] - 1) > SLACK).any() or (shares[:, known] < -SLACK).any():
        return np.asarray(first != second, float)
    places = np.zeros(256, int)
    places[list(decoder.legend.values)] = range(len(decoder.legend.values))
    before, after = (np.take_along_axis(shares, places[values][np.newaxis], axis=0)[0] for values in (first, second))
    cost: NDArray[np.float64] = np.where(known, np.abs(before - after), first != second).clip(0, 1)
    return cost


def mean_turn_deg(pairs: Sequence[Pair], tiles: Sequence[SampleTile], decoder: LineDecoder) -> float:
    """Mean difference of two networks' directions where the first holds a line for likely; NaN where it sees none.

    Args:
        pairs: What two networks of lines say of each tile, `(1 + bins, rows, cols)`.
        tiles: Of their pixels those that are known count.
        decoder: Reads directions.

    Returns:
        0–90 degrees: a direction and its reverse are one.
    """
    turns = [np.zeros(0)]
    for pair, tile in zip(pairs, tiles):
        first, second = (decoder.measure(output) for output in pair)
        counts = tile.known & (first[0] >= LIKELY)
        doubled = np.arctan2(first[2], first[1]) - np.arctan2(second[2], second[1])
        turns.append(np.abs((doubled[counts] + np.pi) % (2 * np.pi) - np.pi) / 2)
    joined = np.concatenate(turns)
    return float(np.degrees(joined.mean())) if joined.size else math.nan


def relative_rmse(pairs: Sequence[Pair], tiles: Sequence[SampleTile]) -> float:
    """Root mean square of the difference over the standard deviation of the first; 0 where both are the same.

    Args:
        pairs: What two networks say of each tile, `(channels, rows, cols)`; pixels without a number do not count.
        tiles: Of their pixels those that are known count.
    """
    first, second = (
        np.concatenate([pair[place][:, tile.known].ravel() for pair, tile in zip(pairs, tiles)]).astype(float)
        for place in (0, 1)
    )
    counts = np.isfinite(first)
    error = float(np.sqrt(np.mean((second[counts] - first[counts]) ** 2)))
    return error / max(float(first[counts].std()), 1e-12) if error else 0.0


class Tally:
    """Pixels by true and predicted class.

    Args:
        legend: The classes; other values in the truth do not count.
    """

    def __init__(self, legend: Legend) -> None:
        self._places = np.full(256, -1)
        self._places[list(legend.values)] = range(len(legend.values))
        self._counts = np.zeros((len(legend.values),) * 2)

    def add(
        self,
        truth: NDArray[Any],
        predicted: NDArray[Any],
        known: NDArray[np.bool_],
        weights: NDArray[np.float64] | None = None,
    ) -> None:
        """Count the known pixels of a tile, `(rows, cols)` of class values; by their weights where there are any."""
        named = known & (truth >= 0) & (truth < len(self._places))
        rows, columns = self._places[truth[named].astype(int)], self._places[predicted[named]]
        size = len(self._counts)
        pairs = rows[rows >= 0] * size + columns[rows >= 0]
        counts = np.bincount(pairs, None if weights is None else weights[named][rows >= 0], minlength=size**2)
        self._counts += counts.reshape(size, size)

    @property
    def pixels(self) -> int:
        """How many were counted."""
        return int(self._counts.sum().round())

    @property
    def mean_iou(self) -> float:
        """Mean IoU of the classes that the truth has, 0–1; NaN where nothing was counted."""
        return float(Confusion(self._counts).mean_iou)
