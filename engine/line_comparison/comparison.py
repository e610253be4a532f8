"""Compares two networks of lines: from the lines of both to all figures, and to what should be known of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..errors import InputError
from ..phrases import Phrase
from ..progress import Told, part_of
from .apls import Apls, Rules, apls
from .line_graph import TOUCH_M, LineGraph, line_graph
from .relaxed import Beyond, beyond, f1
from .topo import LEAST_TOLERANCE_M, Topo, topo

MUCH = 0.1
"""A larger share of a network outside the other one's extent is told."""

WIDER = 0.02
"""So much of its longer side is an extent widened by: the outermost lines of both rarely lie at the same place."""

SURE = 1.96
"""So many standard errors to either side hold 95 %."""


REFERENCE, PREDICTION = Phrase("the reference"), Phrase("the prediction")
"""What the two networks are called."""


@dataclass(frozen=True)
class Comparison:
    """A prediction held against a reference.

    Args:
        reference: The true network.
        prediction: The one that is judged.
        apls: How far ways are as long.
        topo: How far one gets.
        missed: What of the reference the prediction lacks.
        spurious: What of the prediction the reference lacks.
        components: Parts of the reference and of the prediction between which there is no way.
        cautions: What a reader should know before trusting the figures.
    """

    reference: LineGraph
    prediction: LineGraph
    apls: Apls
    topo: Topo
    missed: Beyond
    spurious: Beyond
    components: tuple[int, int]
    cautions: tuple[Phrase, ...]

    @property
    def precision(self) -> float:
        """Share of the prediction's length near the reference, 0–1."""
        return self.spurious.share

    @property
    def recall(self) -> float:
        """Share of the reference's length near the prediction, 0–1."""
        return self.missed.share

    @property
    def f1(self) -> float:
        """Harmonic mean of both, 0–1."""
        return f1(self.precision, self.recall)

    @property
    def lengths_m(self) -> tuple[float, float]:
        """Length of the reference and of the prediction."""
        return float(self.reference.lengths.sum()), float(self.prediction.lengths.sum())

    @property
    def length_ratio(self) -> float:
        """Length of the prediction over that of the reference."""
        reference, prediction = self.lengths_m
        return prediction / reference

    @property
    def components_ratio(self) -> float:
        """Parts of the prediction over those of the reference."""
        reference, prediction = self.components
        return prediction / reference


def compare(
    reference_lines: NDArray[np.object_],
    prediction_lines: NDArray[np.object_],
    buffer_m: float,
    rules: Rules,
    tell: Told = lambda done: None,
) -> Comparison:
    """Hold lines against true lines.

    Args:
        reference_lines: The true ones, LineStrings in metres.
        prediction_lines: Those that are judged, in the same reference system.
        buffer_m: Lines within this distance count as the same.
        rules: How ways are compared.
        tell: Is told the share that is done, 0–1; what it raises ends the work.

    Raises:
        InputError: All lines of one are too short to lead from one place to another.
    """
    reference = line_graph(reference_lines)
    tell(0.05)
    prediction = line_graph(prediction_lines)
    for name, graph in (("REFERENCE", reference), ("PREDICTION", prediction)):
        if not len(graph.edges):
            raise InputError(
                "The lines of {name} are so short that none leads anywhere: what lies within {touch:g} m counts as "
                "one place. Check the units of its coordinates, and its coordinate reference system.",
                name=name,
                touch=TOUCH_M,
            )
    missed = beyond(reference, prediction, buffer_m, part_of(tell, 0.1, 0.2))
    spurious = beyond(prediction, reference, buffer_m, part_of(tell, 0.2, 0.3))
    ways = apls(reference, prediction, rules, part_of(tell, 0.3, 0.7))
    reach = topo(reference, prediction, buffer_m, rules.snap_m, part_of(tell, 0.7, 0.95))
    return Comparison(
        reference,
        prediction,
        ways,
        reach,
        missed,
        spurious,
        (reference.components, prediction.components),
        (
            *_of_extents(reference, prediction, max(buffer_m, rules.snap_m)),
            *_of_networks(reference, prediction),
            *_of_ways(ways, buffer_m),
        ),
    )


def outside(network: LineGraph, other: LineGraph, margin_m: float) -> float:
    """The share of a network's length that lies outside the rectangle around another, widened by margin and `WIDER`."""
    left, bottom, right, top = shapely.total_bounds(other.edges)
    margin_m += WIDER * max(right - left, top - bottom)
    inside = shapely.clip_by_rect(network.edges, left - margin_m, bottom - margin_m, right + margin_m, top + margin_m)
    return float(np.clip(1 - shapely.length(inside).sum() / network.lengths.sum(), 0, 1))


def _of_extents(reference: LineGraph, prediction: LineGraph, margin_m: float) -> list[Phrase]:
    """What is to be said of networks that do not cover the same ground."""
    found = []
    for name, network, other_name, other in (
        (REFERENCE, reference, PREDICTION, prediction),
        (PREDICTION, prediction, REFERENCE, reference),
    ):
        share = outside(network, other, margin_m)
        if share > MUCH:
            found.append(
                Phrase(
                    "{percent:.0f} % of {name} lies outside the rectangle around {other}. If {other} "
                    "covers only a part of the ground, clip {name} to that part and compare again.",
                    percent=100 * share,
                    name=name,
                    other=other_name,
                )
            )
    return found


def _of_networks(reference: LineGraph, prediction: LineGraph) -> list[Phrase]:
    """What is to be said of how lines meet."""
    found = []
    for name, network in ((REFERENCE, reference), (PREDICTION, prediction)):
        crossings = int(network.bare_crossings)
        if crossings:
            found.append(
                Phrase(
                    "In {places} lines of {name} cross without a vertex that they share. They are taken for "
                    "bridges, over which there is no way. If they are junctions, cut the lines there (“Split with "
                    "lines”) and compare again.",
                    places=Phrase("1 place") if crossings == 1 else Phrase("{count:,} places", count=crossings),
                    name=name,
                )
            )
        if network.repeated:
            found.append(
                Phrase(
                    "{count:,} of the stretches of {name} lay twice; each counts once.",
                    count=int(network.repeated),
                    name=name,
                )
            )
    return found


def _of_ways(ways: Apls, buffer_m: float) -> list[Phrase]:
    """What is to be said of what was left out or changed to compute the figures."""
    found = []
    for name, side in ((REFERENCE, ways.reference_onto_prediction), (PREDICTION, ways.prediction_onto_reference)):
        if side.used < side.points:
            found.append(
                Phrase(
                    "Of {points:,} control points on {name} {used:,} were drawn for APLS, the same ones in every "
                    "run; from there its figure, {score:.3f}, is uncertain by ±{error:.3f} (95 %).",
                    points=int(side.points),
                    name=name,
                    used=int(side.used),
                    score=float(side.score),
                    error=float(SURE * side.error),
                )
            )
    if buffer_m < LEAST_TOLERANCE_M:
        found.append(
            Phrase("TOPO was computed with a tolerance of {least:g} m, the least it has.", least=LEAST_TOLERANCE_M)
        )
    return found
