"""Sets judgements as a page: curves, a table of methods, one of places, how it was measured and how to read it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from ..explanation.randomisation import FAILS
from ..explanation.report import TITLES
from ..pages.charts import COLOURS, Curve, Interval, interval_chart, line_chart
from ..pages.report_page import counted, key_figures, notes, page, table
from ..requests.explain_prediction import FORWARD
from ..requests.explanation_quality import DELETION, INFIDELITY, INSERTION, MAX_SENSITIVITY, RANDOMISATION
from . import infidelity, max_sensitivity, removal
from .judging import Judgement
from .randomisation import SHARES, fails
from .summary import MEASURED, Mean, Summary

COLUMNS = {
    DELETION: (("Deletion", "deletion_auc"), ("Deletion better than random by", "deletion_gain")),
    INSERTION: (("Insertion", "insertion_auc"), ("Insertion better than random by", "insertion_gain")),
    RANDOMISATION: (("Randomisation", "randomisation"),),
    MAX_SENSITIVITY: (("Max-sensitivity", "max_sensitivity"),),
    INFIDELITY: (("Infidelity", "infidelity_share"),),
}
"""What the tables show of each measure."""

HOW = {
    DELETION: "Deletion (Petsiuk and others 2018): what the map names most important is replaced by the baseline "
    "first, square by square. The sooner the score falls, the smaller is the area under the curve, and the better the "
    "map. Random orders are what it must beat.",
    INSERTION: "Insertion: the same the other way round, from the baseline to the image. The sooner the score rises, "
    "the larger is the area, and the better the map.",
    RANDOMISATION: "Randomisation (Adebayo and others 2018): the weights of the network are shuffled, in half of the "
    "layers, from the head down, and then in all. A map of what the network has learnt must become another one: the "
    "score is 1 less the rank correlation of both maps' magnitudes, among places equally far from what is explained. "
    "At 0.5 or less a method fails: it shows the image or the network's build.",
    MAX_SENSITIVITY: "Max-sensitivity (Yeh and others 2019): the largest change of the map, as a share of it, when "
    "each number of the image moves by no more than {radius:g} deviations of its band in the model's card. 0: it "
    "stays. Near 1 and beyond: the map hangs on noise.",
    INFIDELITY: "Infidelity (Yeh and others 2019): random squares of the image are replaced by the baseline, and what "
    "the score loses is held against what the map says it loses. Shown is the mean squared miss as a share of the mean "
    "squared loss. 0: each loss is foretold. 1: none.",
}


def quality_page(
    summaries: Sequence[Summary], measures: Sequence[str], settings: Sequence[tuple[str, str]], left_out: int
) -> str:
    """One HTML page that needs no other file.

    Args:
        summaries: What was found of each method.
        measures: What was asked for.
        settings: What all of it depends on, by name.
        left_out: How many places could not be explained.
    """
    shown = [measure for measure in COLUMNS if measure in measures]
    columns = [column for measure in shown for column in COLUMNS[measure]]
    return page(
        "Can the explanation be trusted?",
        [
            key_figures(_first(summaries[0], measures)),
            notes(_cautions(summaries, left_out)),
            *_curves(summaries, measures),
            "<h2>Methods</h2>",
            _methods(summaries, columns),
            *_gains(summaries, measures),
            *(_cascade(summaries) if RANDOMISATION in measures else ()),
            "<h2>Places</h2>",
            _places(summaries, columns),
            "<h2>How to read it</h2>",
            *(f"<p>{escape(HOW[measure].format(radius=max_sensitivity.RADIUS))}</p>" for measure in shown),
            "<p>None of this says whether the prediction is right, and none is enough alone: a map can be true and "
            "look odd, or look fine and fail. Replacing parts of an image makes images that the network may never have "
            "seen; try another BASELINE before you build on small differences.</p>",
            "<h2>Settings</h2>",
            table(("", ""), [(escape(name), escape(value)) for name, value in (*settings, *_counts(measures))]),
        ],
    )


def _first(summary: Summary, measures: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The figures that are looked for first: those of the first method."""
    title = TITLES[summary.method]
    random = _plain(summary.means["random_auc"].value)
    if DELETION in measures:
        yield "Deletion", _plain(summary.means["deletion_auc"].value), f"{title}; random {random}, less is better"
    if INSERTION in measures:
        yield "Insertion", _plain(summary.means["insertion_auc"].value), f"{title}; random {random}, more is better"
    if RANDOMISATION in measures:
        word = "failed" if summary.fails else "fails at 0.5 or less"
        yield "Randomisation", _plain(summary.means["randomisation"].value), f"{title}; {word}"
    if not {DELETION, INSERTION, RANDOMISATION} & set(measures):
        for name, figure in (column for measure in measures for column in COLUMNS[measure]):
            yield name, _plain(summary.means[figure].value), title


def _cautions(summaries: Sequence[Summary], left_out: int) -> list[str]:
    """What a reader should know first."""
    said = [
        f"{TITLES[each.method]} fails: its maps of networks with random weights are much the same. They show the image "
        "or the network's build rather than what the network has learnt."
        for each in summaries
        if each.fails
    ]
    for each in summaries:
        mean = each.means["randomisation"]
        scores = [place.randomisation for place in each.places if math.isfinite(place.randomisation)]
        below = sum(fails(score) for score in scores)
        if not each.fails and (below or mean.low <= 1 - FAILS):
            begins = f", and the interval of the mean begins at {mean.low:.2f}" if math.isfinite(mean.low) else ""
            said.append(
                f"{TITLES[each.method]} changes with the weights on average, but not beyond doubt: it fails at {below} "
                f"of {counted(len(scores), 'place', 'places')}{begins}."
            )
        for measure in (DELETION, INSERTION):
            gain = each.means[f"{measure}_gain"]
            if gain.places > 1 and gain.low <= 0:
                said.append(
                    f"{TITLES[each.method]} is not known to beat random orders by {measure}: the interval of its lead "
                    "holds 0."
                )
    if len(summaries[0].places) == 1:
        said.append("One place says little of a method, and has no intervals. Judge it at many.")
    if left_out:
        said.append(f"Places left out, since they could not be explained: {left_out}.")
    return said


def _curves(summaries: Sequence[Summary], measures: Sequence[str]) -> Iterator[str]:
    """Mean curves of deletion and insertion, with those of random orders."""
    wanted: tuple[tuple[str, str, Callable[[Judgement], NDArray[np.float64]], bool], ...] = (
        (DELETION, "Share that is taken away", lambda each: each.deletion, False),
        (INSERTION, "Share that is shown", lambda each: each.insertion, True),
    )
    for measure, label, of, is_turned in wanted:
        if measure not in measures:
            continue
        yield f"<h2>{measure.capitalize()}</h2>"
        for group in _grouped(summaries):
            shares, random = group[0].curve(lambda each: each.random)
            if not len(random):
                yield "<p>The part of the image that matters is too small to be taken away in steps.</p>"
                continue
            curves = [Curve("Random order", shares.tolist(), (random[::-1] if is_turned else random).tolist())]
            for each in group:
                x, y = each.curve(of)
                curves.append(Curve(TITLES[each.method], x.tolist(), y.tolist()))
            yield line_chart(curves, label, "Mean score")


def _grouped(summaries: Sequence[Summary]) -> list[list[Summary]]:
    """All methods where colours tell their curves and that of chance apart; else those that differentiate apart."""
    if len(summaries) < len(COLOURS):
        return [list(summaries)]
    forward = [each for each in summaries if each.method in FORWARD]
    gradients = [each for each in summaries if each.method not in FORWARD]
    return [group for group in (forward, gradients) if group]


def _methods(summaries: Sequence[Summary], columns: Sequence[tuple[str, str]]) -> str:
    """A column for each method."""
    random = [("Random order", "random_auc")] if "random_auc" in _known(summaries) else []
    rows = [(escape(name), *(_marked(each, figure) for each in summaries)) for name, figure in (*columns, *random)]
    heads = ("", *(TITLES[each.method] for each in summaries))
    caption = f"<p>Means over {counted(len(summaries[0].places), 'place', 'places')}"
    caption += "." if len(summaries[0].places) == 1 else ", with 95 % intervals over places (Student's t)."
    return f'<div class="wide">{table(heads, rows, numbers=len(summaries))}</div>{caption}</p>'


def _known(summaries: Sequence[Summary]) -> set[str]:
    """Figures that are known of any method."""
    return {name for each in summaries for name, mean in each.means.items() if mean.places}


def _marked(summary: Summary, figure: str) -> str:
    """A figure of a method; bold where the method fails by it."""
    shown = _with_interval(summary.means[figure])
    return f"<b>{shown} failed</b>" if figure == "randomisation" and summary.fails else shown


def _gains(summaries: Sequence[Summary], measures: Sequence[str]) -> Iterator[str]:
    """What share of places a method's order beats random ones at."""
    for measure in (DELETION, INSERTION):
        if measure not in measures:
            continue
        bars = []
        for each in summaries:
            gains = [MEASURED[f"{measure}_gain"](place) for place in each.places]
            found = [gain for gain in gains if math.isfinite(gain)]
            share = sum(gain > 0 for gain in found) / len(found) if found else math.nan
            bars.append(Interval(TITLES[each.method], share, math.nan, math.nan))
        if any(math.isfinite(bar.value) for bar in bars):
            yield interval_chart(
                bars, f"Share of the places where {measure} beats random orders", undefined="cannot be told"
            )


def _cascade(summaries: Sequence[Summary]) -> Iterator[str]:
    """Rank correlations with more and more layers random."""
    heads = ("Method", *(f"{100 * share:.0f} % of the layers" for share in SHARES))
    rows = [(escape(TITLES[each.method]), *map(_with_interval, each.cascade)) for each in summaries]
    yield "<h3>Rank correlation with the map of a network whose layers are random, from the head down</h3>"
    yield table(heads, rows, numbers=len(SHARES))


def _places(summaries: Sequence[Summary], columns: Sequence[tuple[str, str]]) -> str:
    """A row for each place and method."""
    rows = [
        (
            str(place.number),
            escape(place.name),
            _plain(place.score),
            escape(TITLES[each.method]),
            *(_plain(MEASURED[figure](place)) for _, figure in columns),
        )
        for number in range(len(summaries[0].places))
        for each in summaries
        for place in (each.places[number],)
    ]
    heads = ("Place", "Class", "Score", "Method", *(name for name, _ in columns))
    return f'<div class="wide">{table(heads, rows)}</div>'


def _counts(measures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """How often each measure asked."""
    if {DELETION, INSERTION} & set(measures):
        yield (
            "Deletion and insertion",
            f"about {removal.REGIONS} squares in {removal.STEPS} steps, against {removal.DRAWS} random orders",
        )
    if INFIDELITY in measures:
        yield "Infidelity", f"{infidelity.DRAWS} random squares"
    if MAX_SENSITIVITY in measures:
        yield (
            "Max-sensitivity",
            f"{max_sensitivity.DRAWS} images within {max_sensitivity.RADIUS:g} deviations in the model's card; windows "
            "and superpixels are some 36 there at most and of all bands together, and for feature ablation occlusion "
            "stands in",
        )
    if RANDOMISATION in measures:
        yield "Randomisation", f"{len(SHARES)} networks, the last with random weights in all layers"


def _with_interval(mean: Mean) -> str:
    """A mean and its interval."""
    if math.isnan(mean.low):
        return _plain(mean.value)
    return f"{_plain(mean.value)} ({_plain(mean.low)} – {_plain(mean.high)})"


def _plain(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}" if abs(value) < 100 else f"{value:.4g}"
