"""Says how far two networks of lines agree: as a page to read, and as JSON to compute with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any

from ..pages.report_page import key_figures, notes, page, swatch, table, thousands
from ..phrases import Phrase
from ..results.qml import MISSED_COLOUR, SPURIOUS_COLOUR
from .apls import OneWay
from .comparison import Comparison
from .comparison_map import MATCHED_COLOUR, REFERENCE_COLOUR, comparison_map
from .topo import RADIUS_M


@dataclass(frozen=True)
class ComparedLayers:
    """What is known of a comparison beside its figures.

    Args:
        reference: What the user calls the reference.
        prediction: What the user calls the prediction.
        buffer_m: Lines of the two within this distance count as the same.
        snap_m: So far from the other network a control point may lie.
        spacing_m: About so far apart control points lie.
        system: The reference system in which was measured; empty: units of the layers counted as metres.
        cautions: What a reader should know of the layers.
    """

    reference: str
    prediction: str
    buffer_m: float
    snap_m: float
    spacing_m: float
    system: str
    cautions: tuple[Phrase, ...]


def comparison_document(compared: Comparison, layers: ComparedLayers) -> dict[str, Any]:
    """The figures in JSON's terms; shares are 0–1, what is undefined is null."""
    onto, back = compared.apls.reference_onto_prediction, compared.apls.prediction_onto_reference
    reach, (true_m, judged_m) = compared.topo, compared.lengths_m
    return {
        "reference": layers.reference,
        "prediction": layers.prediction,
        "buffer_m": layers.buffer_m,
        "snap_m": layers.snap_m,
        "spacing_m": layers.spacing_m,
        "measured_in": layers.system or None,
        "apls": {
            "total": _number(compared.apls.total),
            "reference_onto_prediction": _one_way(onto),
            "prediction_onto_reference": _one_way(back),
        },
        "topo": {
            "precision": _number(reach.precision),
            "recall": _number(reach.recall),
            "f1": _number(reach.f1),
            "seeds": reach.seeds,
            "seeds_without_place": reach.unplaced,
            "holes": reach.holes,
            "marbles": reach.marbles,
            "matched": reach.matched,
            "radius_m": RADIUS_M,
            "interval_m": reach.interval_m,
            "tolerance_m": reach.tolerance_m,
        },
        "relaxed": {
            "precision": _number(compared.precision),
            "recall": _number(compared.recall),
            "f1": _number(compared.f1),
        },
        "length_m": {
            "reference": _number(true_m),
            "prediction": _number(judged_m),
            "missed": _number(float(compared.missed.lengths.sum())),
            "spurious": _number(float(compared.spurious.lengths.sum())),
        },
        "length_ratio": _number(compared.length_ratio),
        "components": {
            "reference": compared.components[0],
            "prediction": compared.components[1],
            "ratio": _number(compared.components_ratio),
        },
        "cautions": [*layers.cautions, *compared.cautions],
    }


def comparison_page(compared: Comparison, layers: ComparedLayers) -> str:
    """The page."""
    true_m, judged_m = compared.lengths_m
    return page(
        f"{layers.prediction} compared with {layers.reference}",
        [
            key_figures(
                [
                    ("APLS", _share(compared.apls.total), "are ways as long?"),
                    ("F1, relaxed", _share(compared.f1), f"do lines lie within {layers.buffer_m:g} m?"),
                    ("TOPO F1", _share(compared.topo.f1), "does one get as far?"),
                    ("Length ratio", f"{compared.length_ratio:.2f}", f"{_km(judged_m)} for {_km(true_m)}"),
                ]
            ),
            notes((*layers.cautions, *compared.cautions)),
            "<h2>Map</h2>",
            comparison_map(compared),
            _legend(compared, layers),
            "<h2>Figures</h2>",
            _table(compared, layers),
            "<h2>How to read it</h2>",
            *_explained(),
            "<h2>Settings</h2>",
            _settings(compared, layers),
        ],
    )


def _legend(compared: Comparison, layers: ComparedLayers) -> str:
    """What the colours of the map mean, and how much there is of each."""
    (true_m, judged_m), reference, prediction = compared.lengths_m, layers.reference, layers.prediction
    missed, spurious = (float(found.lengths.sum()) for found in (compared.missed, compared.spurious))
    rows = [
        (REFERENCE_COLOUR, f"{reference}, found", true_m - missed, true_m),
        (MATCHED_COLOUR, f"{prediction}, right", judged_m - spurious, judged_m),
        (MISSED_COLOUR, f"{reference}, missed", missed, true_m),
        (SPURIOUS_COLOUR, f"{prediction}, spurious", spurious, judged_m),
    ]
    return table(
        ("Line", "Length", "Share of its layer"),
        [
            (swatch(colour) + escape(name), _km(length), f"{100 * length / whole:.1f} %")
            for colour, name, length, whole in rows
        ],
        numbers=2,
    )


def _table(compared: Comparison, layers: ComparedLayers) -> str:
    """All figures, each with what it says."""
    onto, back = compared.apls.reference_onto_prediction, compared.apls.prediction_onto_reference
    reach, (true, judged) = compared.topo, compared.components
    rows = [
        ("APLS", _share(compared.apls.total), "harmonic mean of the next two"),
        ("&emsp;ways of the reference", _share(onto.score), "looked up in the prediction: falls with gaps and detours"),
        ("&emsp;ways of the prediction", _share(back.score), "looked up in the reference: falls with false links"),
        ("TOPO F1", _share(reach.f1), "harmonic mean of the next two"),
        ("&emsp;precision", _share(reach.precision), "of what one reaches in the prediction, so much is true"),
        ("&emsp;recall", _share(reach.recall), "of what one reaches in the reference, so much is found"),
        ("F1, relaxed", _share(compared.f1), "harmonic mean of the next two"),
        (
            "&emsp;precision",
            _share(compared.precision),
            f"of the prediction, within {layers.buffer_m:g} m of the truth",
        ),
        ("&emsp;recall", _share(compared.recall), f"of the reference, within {layers.buffer_m:g} m of the prediction"),
        ("Length ratio", f"{compared.length_ratio:.3f}", "above 1: too many lines, or lines that wind too much"),
        (
            "Connected parts",
            f"{thousands(judged)} / {thousands(true)}",
            f"of the prediction and of the reference: {compared.components_ratio:.2f} times as many; above 1: torn",
        ),
    ]
    return table(("Figure", "Value", "What it says"), rows, numbers=1)


def _explained() -> list[str]:
    """What the figures mean together."""
    return [
        "<p>All but the last two run from 0 to 1, and 1 is best. <b>Relaxed</b> figures ask where lines lie and "
        "know nothing of how they connect: a network torn at every corner may reach 1. <b>APLS</b> asks whether ways "
        "through the network are as long as in truth: one gap in the only bridge of a town lowers it much. <b>TOPO</b> "
        f"asks from many places what is reached within {RADIUS_M:g} m: gaps, false links and displaced lines lower it "
        "by as much as they keep out of reach, or bring into it. Lines that are connected to nothing are reached from "
        "nowhere, so TOPO does not count them; relaxed precision does.</p>",
        "<p>A high relaxed F1 with a low APLS: the lines are there and do not connect, so close gaps. A low precision "
        "with a high recall: too many lines, so raise the threshold of the model. Compare figures only where buffer, "
        "snap and spacing were the same, and remember that gaps and doubtful tracks of the reference count as "
        "truth.</p>",
        '<p class="faint">APLS: Van Etten, Lindenbaum and Bacastow 2018. TOPO: Biagioni and Eriksson 2012. Relaxed '
        "precision and recall: Wiedemann and others 1998, Mnih 2013.</p>",
    ]


def _settings(compared: Comparison, layers: ComparedLayers) -> str:
    """What the figures depend on."""
    onto, back, reach = compared.apls.reference_onto_prediction, compared.apls.prediction_onto_reference, compared.topo
    rows = [
        ("Buffer (BUFFER)", f"{layers.buffer_m:g} m"),
        ("Snap (SNAP)", f"{layers.snap_m:g} m"),
        ("Spacing of control points (SPACING)", f"{layers.spacing_m:g} m"),
        ("Measured in", escape(layers.system) or "the units of the layers, taken as metres"),
        ("Control points on the reference", _points(onto)),
        ("Control points on the prediction", _points(back)),
        ("Ways compared", f"{thousands(onto.routes)} and {thousands(back.routes)}"),
        (
            "TOPO",
            f"{thousands(reach.seeds)} places on the reference ({thousands(reach.unplaced)} without a counterpart), "
            f"{RADIUS_M:g} m each way, points every {reach.interval_m:g} m, matched within {reach.tolerance_m:g} m",
        ),
    ]
    return table(("", ""), rows)


def _points(side: OneWay) -> str:
    """How many control points there are, how many were used, and how many found no place."""
    drawn = "" if side.used == side.points else f", of which {thousands(side.used)} were drawn"
    return f"{thousands(side.points)}{drawn}; {thousands(side.unplaced)} without a place on the other network"


def _one_way(side: OneWay) -> dict[str, Any]:
    """Ways of one network in JSON's terms."""
    return {
        "score": _number(side.score),
        "routes": side.routes,
        "control_points": side.points,
        "control_points_used": side.used,
        "control_points_without_place": side.unplaced,
    }


def _number(value: float) -> float | None:
    """A figure as JSON has it."""
    return round(value, 6) if math.isfinite(value) else None


def _share(value: float) -> str:
    """A share as it is read; a dash where it is undefined."""
    return f"{value:.3f}" if math.isfinite(value) else "–"


def _km(metres: float) -> str:
    """A length as it is read."""
    return f"{metres / 1000:,.1f} km" if metres >= 10_000 else f"{metres:,.0f} m"
