"""What networks of roads say of unseen images: pixels, lines, and what the parts of the method are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import torch
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.library.rules import LineRules
from terraloom.engine.line_comparison.apls import apls
from terraloom.engine.line_comparison.line_graph import line_graph
from terraloom.engine.lines.cleaning import parts
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField
from terraloom.engine.lines.line_decoding import LineDecoder
from terraloom.engine.lines.shaping import drawn, shaped
from terraloom.engine.tiles.turns import in_turns
from terraloom.models.build import Network
from torch import Tensor

from benchmarks.truth_graphs import truth_lines

from .road_tiles import DIRECTIONS, IGNORE, RoadImage
from .scores import predict, rounded

NEAR_PX = 3
"""Pixels so near to each other count as the same."""

THRESHOLD, SHORTEST_PX, GAP_PX, SIMPLIFY_PX = 0.5, 20.0, 40.0, 1.0
"""What `extractroads` takes where the user says nothing, in pixels of 1 m."""

DECODER = LineDecoder(ModelOutput(activation="sigmoid"), LineRules(DIRECTIONS.count, DIRECTIONS.first_deg))


@dataclass(frozen=True)
class Way:
    """One way to make lines of what a network says.

    Args:
        gap_px: Longest gap that is bridged.
        directed: Whether directions lead lines over what is half seen, and guide the bridges.
    """

    gap_px: float
    directed: bool


NONE, ALONG = "no bridges", "smoothed along directions, no bridges"
UNDIRECTED, DIRECTED = "bridged by probability", "smoothed along directions and bridged by them"

WAYS = {NONE: Way(0.0, False), ALONG: Way(0.0, True), UNDIRECTED: Way(GAP_PX, False), DIRECTED: Way(GAP_PX, True)}


@dataclass(frozen=True)
class Compared:
    """A network that is compared: how it is called, and which lines are made of what it says.

    Args:
        title: What it learnt by.
        ways: Names of the ways.
    """

    title: str
    ways: tuple[str, ...]


NETWORKS = {
    "bce": Compared("cross entropy", (NONE, UNDIRECTED)),
    "bce-orientation": Compared("cross entropy and directions", tuple(WAYS)),
    "overlap": Compared("cross entropy and soft IoU", (NONE, UNDIRECTED)),
    "overlap-orientation": Compared("the two and directions", tuple(WAYS)),
    "full": Compared("the three and clDice", tuple(WAYS)),
}
"""By the names of `road_training.VARIANTS`, without the one that is shipped."""

ACROSS_GROUPS = ("overlap", "overlap-orientation")
"""Those of which all groups tell what directions are worth; the others are trained without the first group alone."""


@dataclass(frozen=True)
class LineCounts:
    """What is counted of one image, so that images can be pooled.

    Args:
        both: Pixels of roads in map and labels.
        either: Pixels of roads in map or labels.
        predicted: Pixels of roads in the map, and how many of them are near to labels.
        true: Pixels of roads in the labels, and how many of them are near to the map.
        length_px: Length of the network, and of the reference.
        parts: Connected parts of the network, and of the reference.
        apls: Of the lines; NaN where there is no way to compare.
    """

    both: int
    either: int
    predicted: tuple[int, int]
    true: tuple[int, int]
    length_px: tuple[float, float]
    parts: tuple[int, int]
    apls: float


@dataclass(frozen=True)
class Said:
    """What a network says of an image.

    Args:
        image: The image.
        field: Probability and direction of roads, `(3, rows, cols)`; 0 where there is no image.
        logit: Of a road in the image as it is, `(rows, cols)`.
    """

    image: RoadImage
    field: NDArray[np.float32]
    logit: Tensor

    @classmethod
    def of(cls, network: Network, image: RoadImage, turns: str = "none") -> Said:
        """Ask the network, as `extractroads` does with TEST_TIME_AUGMENTATION; the logit is that of the first turn."""
        logits: list[Tensor] = []

        def measure(turned: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
            said = predict(network, torch.from_numpy(turned[0]))
            logits.append(said[0].clone())
            return DECODER.measure(said.numpy())

        field = in_turns(turns, [image.image.float().numpy()], measure, DECODER.directions)
        field[:, (image.road == IGNORE).numpy()] = 0
        return cls(image, field, logits[0])


def count(said: Said, way: Way) -> LineCounts:
    """Make lines of one image and hold them against its labels."""
    road = said.image.road.numpy()
    true = road == 1
    found = (said.field[0] >= THRESHOLD) & (road != IGNORE)
    rules = ExtractionRules(
        THRESHOLD,
        SHORTEST_PX,
        way.gap_px,
        way.directed,
        lengths_px=lambda ways: shapely.length(drawn(ways, SIMPLIFY_PX)),
    )
    network = extract(LineField.of_arrays(said.field), rules)
    lines = np.array([line for line in shaped(network, SIMPLIFY_PX) if line.length > 0], object)
    reference = np.array([shapely.linestrings(line) for line in truth_lines(true)], object)
    return LineCounts(
        int((found & true).sum()),
        int((found | true).sum()),
        (int(found.sum()), _near(found, true)),
        (int(true.sum()), _near(true, found)),
        (float(sum(line.length for line in lines)), float(sum(line.length for line in reference))),
        (int(parts(network).max(initial=-1)) + 1, line_graph(reference).components),
        _apls(reference, lines),
    )


def summed_up(counts: Sequence[LineCounts]) -> dict[str, Any]:
    """The figures of several images together."""
    both, either = (sum(getattr(each, name) for each in counts) for name in ("both", "either"))
    precision, recall = (
        sum(getattr(each, name)[1] for each in counts) / max(1, sum(getattr(each, name)[0] for each in counts))
        for name in ("predicted", "true")
    )
    length, parts_ratio = (
        sum(getattr(each, name)[0] for each in counts) / max(1, sum(getattr(each, name)[1] for each in counts))
        for name in ("length_px", "parts")
    )
    judged = [each for each in counts if np.isfinite(each.apls)]
    weights = [each.length_px[1] for each in judged]
    return {
        "iou": rounded(both / max(1, either)),
        "relaxed_f1": rounded(2 * precision * recall / max(1e-9, precision + recall)),
        "relaxed_precision": rounded(precision),
        "relaxed_recall": rounded(recall),
        "apls": rounded(float(np.average([each.apls for each in judged], weights=weights))) if judged else None,
        "length_ratio": rounded(length),
        "parts_ratio": rounded(parts_ratio),
    }


def line_table(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures of several ways as a Markdown table."""
    titles = ("Network and lines", "IoU", "Relaxed F1", "Precision", "Recall", "APLS", "Length", "Parts")
    names = ("iou", "relaxed_f1", "relaxed_precision", "relaxed_recall", "apls", "length_ratio", "parts_ratio")
    rows = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * len(names)]
    for way, figures in sorted(scores.items(), key=lambda row: row[0].startswith("All")):
        cells = ("–" if figures[name] is None else f"{figures[name]:.3f}" for name in names)
        rows.append(f"| {way} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def road_logits(values: Tensor) -> Tensor:
    """The logits of background and road from the mask's alone, `(2, ...)`: what `scores` takes."""
    return torch.stack([torch.zeros_like(values), values])


def _near(of: NDArray[np.bool_], to: NDArray[np.bool_]) -> int:
    """How many pixels of one mask are near to some of the other."""
    if not to.any():
        return 0
    return int((distance_transform_edt(~to)[of] <= NEAR_PX).sum())


def _apls(reference: NDArray[np.object_], lines: NDArray[np.object_]) -> float:
    """APLS with the usual rules; 0 where one of both has nothing, NaN where the reference has nothing."""
    if not len(reference):
        return float("nan")
    if not len(lines):
        return 0.0
    return apls(line_graph(reference), line_graph(lines)).total
