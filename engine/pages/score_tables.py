"""Sets what a model card tells of its scores as tables, charts and sentences of a page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from ..legend import Legend
from ..verification.accuracy import Figure
from .charts import BLUE, Interval, interval_chart
from .held_out_scores import MEAN, HeldOutScores, Scores
from .report_page import percent, table

ALL, ACROSS = "All places, pixels pooled", "Mean over the places"
OURS = "This model"


def scores_part(scores: HeldOutScores, legend: Legend | None) -> list[str]:
    """How good a model is, as parts of a page; empty where its card tells nothing."""
    if scores.values:
        return [_values(scores)]
    if not scores.places and not scores.pooled:
        return []
    colours = {entry.name: entry.colour for entry in legend.entries} if legend else {}
    return [
        f'<div class="wide">{_places(scores)}</div>',
        f'<p class="faint">{_explained(scores)}</p>',
        _chart_of_places(scores),
        _chart_of_classes(scores, colours),
        *_comparison(scores),
    ]


def best_and_worst(scores: HeldOutScores) -> str:
    """Where the figures are highest and lowest, as a sentence; empty where there are not two to compare."""
    sentences = []
    classes = scores.overall.iou if scores.overall else {}
    if ends := _ends({name: figure.value for name, figure in classes.items()}):
        sentences.append("It maps {} best (IoU {}) and {} worst ({}).".format(*ends))
    if ends := _ends({name: row.mean_iou.value for name, row in scores.places.items()}):
        told = "Of the places that it had not seen, it did best at {} (mean IoU {}) and worst at {} ({})."
        sentences.append(told.format(*ends))
    return " ".join(sentences)


def _ends(figures: Mapping[str, float]) -> tuple[str, ...]:
    """Name and figure of the highest and of the lowest, as HTML; empty where there are not two."""
    known = {name: value for name, value in figures.items() if not math.isnan(value)}
    if len(known) < 2:
        return ()
    ends = max(known, key=lambda name: known[name]), min(known, key=lambda name: known[name])
    return tuple(text for name in ends for text in (f"<b>{escape(name)}</b>", percent(known[name])))


def calibration_sentence(scores: HeldOutScores, temperature: float) -> str:
    """How far confidence can be believed; empty where the card does not tell."""
    before, after = scores.error_before, scores.error_after
    if math.isnan(after):
        return ""
    parts = [
        "Confidence: on what the network had not seen, how sure it is and how often it is right differ by "
        f"<b>{_points(after)}</b> on average (expected calibration error)"
    ]
    if not math.isnan(before):
        changed = _points(before) != _points(after)
        parts.append(
            f"; before one temperature ({temperature:.3f}) was fitted, by {_points(before)}"
            if changed
            else f"; the fitted temperature ({temperature:.3f}) changes nothing in that"
        )
    known = {name: value for name, value in scores.error_by_place.items() if not math.isnan(value)}
    if known:
        parts.append(". By place: " + ", ".join(f"{escape(name)} {_points(value)}" for name, value in known.items()))
    return "".join(parts) + "."


def _places(scores: HeldOutScores) -> str:
    """A row for each place, one for all."""
    names = scores.classes
    rows = [_row(escape(place), row, names) for place, row in scores.places.items()]
    if len(scores.places) > 1 and not math.isnan(scores.mean_over_places):
        mean = f"{100 * scores.mean_over_places:.1f}"
        rows.append((f"<b>{ACROSS}</b>", "", "", f"<b>{mean}</b>", *("" for _ in names)))
    if scores.pooled:
        rows.append(_row(f"<b>{ALL}</b>", scores.pooled, names))
    heads = ("Not seen in training", "Mpx", "Accuracy", "Mean IoU", *names)
    return table(heads, rows, numbers=len(heads) - 1)


def _row(name: str, row: Scores, names: tuple[str, ...]) -> tuple[str, ...]:
    cells = (_with_ends(row.iou[each]) if each in row.iou else "–" for each in names)
    return name, _megapixels(row.pixels), _with_ends(row.overall_accuracy), _with_ends(row.mean_iou), *cells


def _megapixels(pixels: float) -> str:
    if math.isnan(pixels):
        return "–"
    return f"{pixels / 1e6:.1f}" if pixels >= 1e5 else f"{pixels / 1e6:.3f}"


def _explained(scores: HeldOutScores) -> str:
    """What the columns mean."""
    shown = (*scores.places.values(), *([scores.pooled] if scores.pooled else []))
    figures = (figure for row in shown for figure in (row.overall_accuracy, row.mean_iou, *row.iou.values()))
    beneath = ""
    if any(not math.isnan(figure.low) for figure in figures):
        beneath = " Beneath: intervals" + (f" ({escape(scores.interval)})." if scores.interval else ".")
    return (
        "Accuracy: share of pixels that are right. IoU: of all pixels that are of a class or are mapped as it, the "
        "share that is both; the mean is over the classes that the place has. All in per cent." + beneath
    )


def _chart_of_places(scores: HeldOutScores) -> str:
    """Mean IoU of the places, one under the other."""
    rows = [*scores.places.items(), *([(ALL, scores.pooled)] if scores.pooled else [])]
    if len(rows) < 2:
        return ""
    bars = [Interval(name, row.mean_iou.value, row.mean_iou.low, row.mean_iou.high) for name, row in rows]
    return interval_chart(bars, "Mean IoU by place")


def _chart_of_classes(scores: HeldOutScores, colours: Mapping[str, str]) -> str:
    """IoU of the classes over all pixels, in their colours."""
    if not scores.overall or not scores.overall.iou:
        return ""
    bars = [
        Interval(name, each.value, each.low, each.high, colours.get(name, BLUE))
        for name, each in scores.overall.iou.items()
    ]
    return interval_chart(bars, "IoU by class" + (", all places" if scores.pooled else ""))


def _comparison(scores: HeldOutScores) -> list[str]:
    """Other methods beside ours, and in words what lies between them."""
    if not scores.compared:
        return []
    columns = list(scores.places)
    ours = {place: row.mean_iou.value for place, row in scores.places.items()}
    several = len(columns) > 1
    rows = [_method(OURS, ours, scores.mean_over_places, several)]
    for method, theirs in scores.compared.items():
        rows.append(_method(method, {place: theirs.get(place, math.nan) for place in columns}, _mean(theirs), several))
    heads = ("Mean IoU, per cent", *columns, *(["Mean"] if several else []))
    return [
        "<h3>Beside other methods, on the same pixels</h3>",
        f'<div class="wide">{table(heads, rows, numbers=len(heads) - 1)}</div>',
        *(f"<p>{text}</p>" for method, theirs in scores.compared.items() if (text := _gain(method, ours, theirs))),
    ]


def _method(name: str, figures: Mapping[str, float], mean: float, with_mean: bool) -> tuple[str, ...]:
    """A row of the comparison; ours in bold."""
    cells = [_plain(value) for value in (*figures.values(), *([mean] if with_mean else []))]
    if name == OURS:
        return tuple(f"<b>{cell}</b>" for cell in (name, *cells))
    return (escape(name[:1].upper() + name[1:]), *cells)


def _mean(figures: Mapping[str, float]) -> float:
    """The mean over the places, as told or else as computed."""
    told = figures.get(MEAN, math.nan)
    known = [value for name, value in figures.items() if name != MEAN and not math.isnan(value)]
    return sum(known) / len(known) if known and math.isnan(told) else told


def _gain(method: str, ours: Mapping[str, float], theirs: Mapping[str, float]) -> str:
    """By how much ours is better or worse; empty where no place has both."""
    gaps = [ours[place] - theirs[place] for place in ours if place in theirs]
    gaps = [gap for gap in gaps if not math.isnan(gap)]
    if not gaps:
        return ""
    mean = sum(gaps) / len(gaps)
    places = f", better at {sum(gap > 0 for gap in gaps)} of {len(gaps)} places" if len(gaps) > 1 else ""
    return f"Against {escape(method)}: {100 * mean:+.1f} points{' on average' if len(gaps) > 1 else ''}{places}."


def _values(scores: HeldOutScores) -> str:
    """Figures of a model of values; some can be told of a forest too."""
    theirs = scores.forest_values
    heads = ("Figure", OURS, *(["Random forest on single pixels"] if theirs else []))
    rows = [
        (escape(name), _decimal(value), *([_decimal(theirs.get(name, math.nan))] if theirs else []))
        for name, value in scores.values.items()
    ]
    return table(heads, rows, numbers=len(heads) - 1)


def _with_ends(figure: Figure) -> str:
    """A share in per cent with its interval beneath, as narrow as can be: the table has many columns."""
    if math.isnan(figure.low) or math.isnan(figure.value):
        return _plain(figure.value)
    return f'{_plain(figure.value)}<br><span class="faint">{_plain(figure.low)}–{_plain(figure.high)}</span>'


def _points(error: float) -> str:
    return f"{100 * error:.1f} points"


def _plain(share: float) -> str:
    """A share in per cent, without the sign."""
    return "–" if math.isnan(share) else f"{100 * share:.1f}"


def _decimal(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.4f}"
