"""Sets an explanation as a page: picture, attribution over it, how much each band counts, checks, how to read it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..pages.charts import BLUE, GREEN, ORANGE, Interval, interval_chart
from ..pages.page_pictures import Shown, pictures_side_by_side
from ..pages.report_page import key_figures, notes, page, swatch, table
from ..requests.explain_prediction import LIME, SALIENCY, SHAP, WITHOUT_BASELINE
from ..results.qml import DIVERGING
from .channels import BAND, DATE, INPUT
from .checks import Check
from .importance import ABLATED, Importance

TITLES = {
    "saliency": "Saliency",
    "inputxgradient": "Input × gradient",
    "integratedgradients": "Integrated gradients",
    "gradcam": "Grad-CAM",
    "occlusion": "Occlusion",
    "lime": "LIME",
    "shap": "Kernel SHAP",
    "featureablation": "Feature ablation",
    "gradientshap": "Gradient SHAP",
}

HOW = {
    "saliency": "Saliency is the magnitude of the gradient: how much the score would change with a small change of "
    "each pixel. It has no sign, and says what the network is sensitive to rather than what the score rests on.",
    "inputxgradient": "The gradient times how far each value lies from the mean that the model's card tells of. Red "
    "pixels raise the score, blue ones lower it, as far as the network is linear.",
    "integratedgradients": "Gradients gathered on the way from the baseline to the image. Red pixels raise the score "
    "against the baseline, blue ones lower it, and all of them add up to the difference between the two.",
    "gradcam": "Where the features of a layer speak for the score. It is coarse, knows no bands, and is of little use "
    "where several classes lie side by side.",
    "occlusion": "Each window was replaced by the baseline: red ones lower the score when they are taken away, so they "
    "speak for it; blue ones raise it. Windows that can stand in for each other show little, each by itself.",
    "lime": "A linear model of {part}s, fitted to what the network says when some of them are replaced by the "
    "baseline. Red ones raise the score. Trust it as far as the linear model fits.",
    "shap": "The share of each {part} in the difference between the image and the baseline, averaged over the "
    "orders in which they may come. Red ones raise the score, and all of them add up to the difference. What lies "
    "farther than what was looked at, if anything, is one more of them, whose share stands in the settings.",
    "featureablation": "Each block of each band was replaced by the baseline by itself: red ones lower the score when "
    "they are taken away, so they speak for it.",
    "gradientshap": "Gradients at random places on the ways to the image from many baselines that lie round BASELINE, "
    "times the way. Red pixels raise the score against them, blue ones lower it, and all of them add up to the "
    "difference, up to chance. It hangs less on BASELINE than integrated gradients do.",
}

KINDS = {BAND: ("Bands", BLUE), INPUT: ("Inputs", GREEN), DATE: ("Dates", ORANGE)}


@dataclass(frozen=True)
class Told:
    """What the page tells.

    Args:
        title: Of the page.
        method: Name of the method.
        figures: Those that are looked for first: name, value, remark.
        cautions: What a reader should know first.
        pictures: Side by side.
        rows: Importance of bands, inputs and dates.
        checks: What was checked.
        settings: What all of it depends on, by name.
        over: What intervals are drawn over; empty: there are none.
        not_drawn: Why there are none, where there are none.
        is_signed: Whether the pictures tell what speaks for the score from what speaks against it.
    """

    title: str
    method: str
    figures: Sequence[tuple[str, str, str]]
    cautions: Sequence[str]
    pictures: Sequence[Shown]
    rows: Sequence[Importance]
    checks: Sequence[Check]
    settings: Sequence[tuple[str, str]]
    over: str = ""
    not_drawn: str = ""
    is_signed: bool = True


def explanation_page(told: Told) -> str:
    """One HTML page that needs no other file."""
    failed = [f"{check.name}: {check.says}." for check in told.checks if check.passed is False]
    return page(
        told.title,
        [
            key_figures(told.figures),
            notes((*failed, *told.cautions)),
            "<h2>Where</h2>",
            pictures_side_by_side(told.pictures),
            _colours(told.is_signed and told.method != SALIENCY),
            "<h2>What counts</h2>",
            *_importance(told),
            "<h2>Can it be trusted?</h2>",
            _checks(told.checks),
            "<h2>How to read it</h2>",
            *_explained(told.method, told.is_signed),
            "<h2>Settings</h2>",
            table(("", ""), [(escape(name), escape(value)) for name, value in told.settings]),
        ],
    )


def _colours(is_signed: bool) -> str:
    """What the colours mean."""
    against, towards = DIVERGING[0][1], DIVERGING[-1][1]
    if not is_signed:
        return f"<p>{swatch(towards)}the score depends on it; the stronger the colour, the more</p>"
    return (
        f"<p>{swatch(towards)}speaks for it &emsp; {swatch(against)}speaks against it; the stronger the colour, the "
        "more</p>"
    )


def _importance(told: Told) -> list[str]:
    """For bands, inputs and dates a chart of shares and a table."""
    rows, parts = told.rows, []
    for kind, (heading, colour) in KINDS.items():
        found = [row for row in rows if row.group.kind == kind and row.group.is_there]
        if not found:
            continue
        if len(rows) > len(found):
            parts.append(f"<h3>{heading}</h3>")
        bars = [Interval(row.group.name, row.share, row.low, row.high, colour) for row in found]
        parts.append(interval_chart(bars, f"Share of all {heading.lower()}"))
        names = (heading[:-1], "Share", "95 % interval", "Magnitude", "Signed sum")
        cells = [
            (escape(row.group.name), f"{row.share:.3f}", _between(row), _short(row.mean_abs), _short(row.signed_sum))
            for row in found
        ]
        columns = len(names) - (told.method == SALIENCY)  # it has no sign
        parts.append(table(names[:columns], [row[:columns] for row in cells], numbers=columns - 1))
    if rows and rows[0].basis == ABLATED:
        parts.append(
            "<p>The method sees all bands together. So each was replaced by the baseline as a whole: the magnitude is "
            "what the score loses or gains. A network that finds the same in two bands loses little by either.</p>"
        )
    elif rows:
        less = "at a place without what chance adds to it; " if told.method in (LIME, SHAP) else ""
        parts.append(
            f"<p>Magnitude: the mean of what each pixel, block or superpixel adds, whatever its sign; {less}over an "
            "extent for each pixel that is explained.</p>"
        )
    parts.append(
        f"<p>Intervals are drawn over {escape(told.over)}.</p>"
        if told.over
        else f"<p>There are no intervals, since {told.not_drawn}.</p>"
    )
    return parts


def _checks(checks: Sequence[Check]) -> str:
    """What was checked, and how it came out."""
    marks = {True: "passed", False: "<b>failed</b>", None: "open"}
    return table(
        ("Check", "Found", "", "What it means"),
        [(escape(each.name), escape(each.value), marks[each.passed], escape(each.says)) for each in checks],
    )


def _explained(method: str, is_signed: bool) -> list[str]:
    """What the method does, and what an explanation is."""
    over_extent = "Here the map shows mean magnitudes of cells: where it is red the image matters, for or against."
    other = (
        "Try another method"
        if method in WITHOUT_BASELINE
        else "It depends on what stands for “nothing there” (BASELINE): try another one, and another method"
    )
    part = "superpixel" if is_signed else "block"  # over an extent there are no superpixels
    return [
        f"<p>{HOW[method].format(part=part)}{'' if is_signed else ' ' + over_extent}</p>",
        "<p>An explanation tells what the network's answer rests on, not whether the answer is right, and not what "
        f"causes anything on the ground. {other}, before you build on it. What both show is worth more.</p>",
    ]


def _between(row: Importance) -> str:
    return "–" if math.isnan(row.low) else f"{row.low:.3f} – {row.high:.3f}"


def _short(value: float) -> str:
    return f"{value:.3g}"
