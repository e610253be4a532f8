"""Turns figures of accuracy into a page to read and a JSON document to compute with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from ..pages.charts import BLUE, Interval, interval_chart
from ..pages.report_page import key_figures, notes, page, percent, swatch, table, thousands
from .accuracy import OVERALL, PER_CLASS, Accuracy, Figure
from .assessment import LEAST_COMPARED, UNITS, Assessment
from .by_area import Weighted

GROUPS = {
    "points": "the points are taken as a simple random sample; shares have Wilson’s score intervals, means and kappa "
    "come from 1,000 draws of the points",
    "polygons": "1,000 draws of whole polygons, since the pixels of one polygon are not independent of each other",
    "blocks": "1,000 draws of whole blocks of {block_px} × {block_px} pixels, since neighbouring pixels are not "
    "independent of each other",
}
"""How intervals were found, by kind of reference."""

LEAST_SHARE = 0.0005
"""Shares of the map that are smaller are 0.0 %."""


def accuracy_document(found: Assessment) -> dict[str, Any]:
    """The figures in JSON's terms; shares are 0–1, what is undefined is null."""
    return {
        "map": found.map_name,
        "reference": found.reference_name,
        "reference_kind": found.kind,
        "confidence_level": found.whole.level,
        "intervals": GROUPS[found.kind].format(block_px=found.block_px),
        "classes": [{"value": value, "name": name} for value, name in zip(found.values, found.names)],
        **_figures(found, found.whole),
        "weighted_by_area": found.by_area and found.by_area.to_document(found.names),
        "not_mapped": dict(zip(found.names, found.not_mapped)),
        "outside_the_map": dict(zip(found.names, found.outside)),
        "absent_from_reference": list(found.absent),
        "only_where_nothing_is_mapped": list(found.elsewhere),
        "not_seen": list(found.missing),
        "regions": {name: _figures(found, each) if each else None for name, each in found.regions.items()},
        "worst_region": found.worst_region,
        "cautions": list(found.cautions),
    }


def _figures(found: Assessment, accuracy: Accuracy) -> dict[str, Any]:
    """Figures of the whole or of one region."""
    return {
        "count": int(accuracy.confusion.total),
        "groups": accuracy.groups,
        "confusion_matrix": accuracy.confusion.counts.astype(int).tolist(),
        **{name: getattr(accuracy, name).to_document() for name in OVERALL},
        "per_class": {
            name: {figure: getattr(accuracy, figure)[place].to_document() for figure in PER_CLASS}
            for place, name in enumerate(found.names)
        },
    }


def accuracy_page(found: Assessment) -> str:
    """The page."""
    whole, unit = found.whole, UNITS[found.kind]
    return page(
        f"Accuracy of {found.map_name}",
        [
            key_figures(
                [
                    ("Overall accuracy", percent(whole.overall_accuracy.value), _range(whole.overall_accuracy)),
                    ("Mean IoU", percent(whole.mean_iou.value), _range(whole.mean_iou)),
                    ("Mean F1", percent(whole.macro_f1.value), _range(whole.macro_f1)),
                    ("Kappa", _decimal(whole.kappa.value), _range(whole.kappa, 1, 2)),
                ]
            ),
            f"<p>{thousands(int(whole.confusion.total))} {unit} of <b>{escape(found.reference_name)}</b> were compared"
            f"{_in_groups(found)}. In brackets: intervals that hold the true figure in {100 * whole.level:g} % of all "
            "cases.</p>",
            notes(found.cautions),
            "<h2>By class</h2>",
            class_table(found.names, found.colours, whole),
            interval_chart(_bars(found.names, found.colours, whole.iou), "IoU"),
            *_by_area(found),
            "<h2>Confusion matrix</h2>",
            f"<p>{unit.capitalize()} by true class (rows) and mapped class (columns, by the numbers of the rows). The "
            "darker, the larger the share of the true class.</p>",
            confusion_table(found.names, found.colours, whole, found.not_mapped),
            *_regions(found),
            "<h2>How it was computed</h2>",
            f"<p>Intervals: {escape(GROUPS[found.kind].format(block_px=found.block_px))}.{_design(found)}</p>",
            "<p>Overall accuracy: share that is right. User’s accuracy (precision): of what is mapped as a class, the "
            "share that is one. Producer’s accuracy (recall): of what is of a class, the share that is mapped as it. "
            "F1: their harmonic mean. IoU: intersection over union of true and mapped. Kappa: agreement beyond chance. "
            "Means are over the classes that the reference has.</p>",
        ],
    )


def class_table(names: Sequence[str], colours: Sequence[str], accuracy: Accuracy) -> str:
    """Figures of each class with their intervals, in per cent."""
    true, mapped = accuracy.confusion.true, accuracy.confusion.mapped
    return table(
        ("Class", "True", "Mapped", "User’s accuracy", "Producer’s accuracy", "F1", "IoU"),
        [
            (
                swatch(colour) + escape(name),
                thousands(int(true[place])),
                thousands(int(mapped[place])),
                *(_with_range(getattr(accuracy, figure)[place]) for figure in PER_CLASS),
            )
            for place, (name, colour) in enumerate(zip(names, colours))
        ],
        numbers=6,
    )


def confusion_table(
    names: Sequence[str], colours: Sequence[str], accuracy: Accuracy, not_mapped: Sequence[int] = ()
) -> str:
    """The confusion matrix, true classes in rows, shaded by their share of the row."""
    lost = any(not_mapped)
    counts, true, mapped = accuracy.confusion.counts, accuracy.confusion.true, accuracy.confusion.mapped
    heads = "".join(f'<th align="right" class="number">{swatch(c)}{number}</th>' for number, c in enumerate(colours, 1))
    rows = []
    for place, (name, colour) in enumerate(zip(names, colours)):
        shares = counts[place] / max(float(true[place]), 1.0)
        cells = "".join(_cell(int(count), float(share)) for count, share in zip(counts[place], shares))
        more = f'<td align="right" class="number">{thousands(not_mapped[place])}</td>' if lost else ""
        total = thousands(int(true[place]))
        rows.append(
            f'<tr><th style="white-space:nowrap">{place + 1} {swatch(colour)}{escape(name)}</th>{cells}'
            f'<td align="right" class="number"><b>{total}</b></td>{more}</tr>'
        )
    sums = "".join(f'<td align="right" class="number"><b>{thousands(int(total))}</b></td>' for total in mapped)
    total = thousands(int(accuracy.confusion.total))
    lost_head = '<th class="number" align="right">not mapped</th>' if lost else ""
    lost_sum = f'<td align="right" class="number">{thousands(sum(not_mapped))}</td>' if lost else ""
    return (
        f'<table cellspacing="0" cellpadding="4"><tr><th>True class</th>{heads}<th align="right">all</th>'
        f"{lost_head}</tr>\n" + "\n".join(rows) + f"\n<tr><th>all</th>{sums}"
        f'<td align="right" class="number"><b>{total}</b></td>{lost_sum}</tr></table>'
    )


def _cell(count: int, share: float) -> str:
    """A cell of the matrix: the larger its share of the row, the darker."""
    strength = math.sqrt(share)
    red, green, blue = (round(255 + (ink - 255) * strength) for ink in (0x2C, 0x5F, 0x9E))
    ink = "#ffffff" if share > 0.45 else "#222222"
    return (
        f'<td align="right" class="number" bgcolor="#{red:02x}{green:02x}{blue:02x}" '
        f'style="background:#{red:02x}{green:02x}{blue:02x};color:{ink}">{thousands(count)}</td>'
    )


def _by_area(found: Assessment) -> list[str]:
    """The part of the page that weights points by area."""
    by_area = found.by_area
    if by_area is None:
        return []
    raw = found.whole.producers_accuracy
    rows = [
        (swatch(colour) + escape(name), percent(share), percent(of_points.value), _with_range(figure), _error(figure))
        for name, colour, share, of_points, figure in zip(
            found.names, found.colours, by_area.shares, raw, by_area.producers_accuracy
        )
    ]
    overall = by_area.overall_accuracy
    known = "" if np.isnan(overall.low) else f" {_range(overall)}, standard error {_error(overall)} %"
    rest = ""
    if by_area.without_points > LEAST_SHARE:
        rest = f" {percent(by_area.without_points)} of the map is of classes without a point, and does not count."
    return [
        "<h2>Weighted by area</h2>",
        f"<p>Overall accuracy: <b>{percent(overall.value)}</b>{known}. Each point stands for its part of the area that "
        "its mapped class has in the map (Olofsson et al. 2014, doi 10.1016/j.rse.2014.02.015). That holds for simple "
        f"random points, and for points drawn at random within each mapped class.{rest}</p>",
        table(
            ("Class", "Share of the map", "Producer’s accuracy of the points", "Weighted by area", "Standard error"),
            rows,
            numbers=4,
        ),
    ]


def _error(figure: Weighted) -> str:
    """A standard error in per cent, a dash where it is not known."""
    return "–" if math.isnan(figure.standard_error) else f"{100 * figure.standard_error:.1f}"


def _regions(found: Assessment) -> list[str]:
    """The part of the page that tells regions apart."""
    if not found.regions:
        return []
    rows: list[tuple[str, ...]] = []
    bars = []
    for name, each in found.regions.items():
        if each is None:
            rows.append((escape(name), "0", "–", "–", "–", "nothing to compare"))
            continue
        lacks = ", ".join(found.names[place] for place in each.absent)
        count = thousands(int(each.confusion.total))
        figures = (_with_range(figure) for figure in (each.overall_accuracy, each.mean_iou, each.macro_f1))
        rows.append((escape(name), count, *figures, escape(lacks)))
        bars.append(Interval(name, each.mean_iou.value, each.mean_iou.low, each.mean_iou.high))
    parts = ["<h2>By region</h2>"]
    told = []
    if found.worst_region is not None:
        value = percent(found.comparable[found.worst_region].mean_iou.value)
        told.append(f"The map is worst in <b>{escape(found.worst_region)}</b>: mean IoU {value}.")
    if len(found.comparable) < sum(each is not None for each in found.regions.values()):
        least = f"{LEAST_COMPARED[found.kind]} {UNITS[found.kind]}"
        told.append(f"Regions with less than {least} of the reference may be worst by chance, and are not compared.")
    parts += [f"<p>{' '.join(told)}</p>"] if told else []
    unit = UNITS[found.kind].capitalize()
    heads = ("Region", unit, "Overall accuracy", "Mean IoU", "Mean F1", "Classes that its reference lacks")
    return [*parts, table(heads, rows, numbers=4), interval_chart(bars, "Mean IoU") if bars else ""]


def _bars(names: Sequence[str], colours: Sequence[str], figures: Sequence[Figure]) -> list[Interval]:
    return [
        Interval(name, figure.value, figure.low, figure.high, colour or BLUE)
        for name, colour, figure in zip(names, colours, figures)
    ]


def _in_groups(found: Assessment) -> str:
    """Of how many polygons or blocks the pixels are."""
    return "" if found.kind == "points" else f" in {thousands(found.whole.groups)} {found.kind}"


def _design(found: Assessment) -> str:
    """What must be true of the reference for the figures to be those of the map."""
    if found.kind == "points":
        return (
            " If the points were drawn by class (a stratified sample), overall accuracy, producer’s accuracy, F1, IoU, "
            "their means and kappa are those of the sample, not of the map, unless they are weighted by area."
        )
    if found.kind == "polygons":
        return (
            " Figures are those of the polygons. They are the map’s only as far as the polygons were chosen without "
            "looking at it, and as typical of each class as any other place."
        )
    return ""


def _with_range(figure: Figure) -> str:
    """A share in per cent with its interval beneath, as HTML."""
    if np.isnan(figure.value):
        return "–"
    return f'{100 * figure.value:.1f}<br><span class="faint">{_range(figure, 100, 1)}</span>'


def _range(figure: Figure, times: float = 100, digits: int = 1) -> str:
    """An interval in brackets; empty where there is none."""
    if np.isnan(figure.low):
        return ""
    return f"({times * figure.low:.{digits}f} to {times * figure.high:.{digits}f})"


def _decimal(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
