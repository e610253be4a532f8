"""Turns the lines of the benchmark of parts over time into tables: what each way scores, and how far they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from recipes.marked_pages import with_between_marks

from . import ROOT
from .time_scores import Score, dated, gain, iou
from .time_sets import BLOCKS, FLOODS, FRONTS, SERIES, TEST

PAGE = ROOT / "docs" / "compositions.md"
EARLY, RECURRENT, ATTENTION, BOTH = "early", "convlstm", "attention", "both"
WAYS = {
    EARLY: "stacked dates (yardstick)",
    RECURRENT: "ConvLSTM",
    ATTENTION: "attention over time and space",
    BOTH: "both",
}
PAIRS = ((RECURRENT, EARLY), (ATTENTION, EARLY), (BOTH, EARLY), (BOTH, RECURRENT), (BOTH, ATTENTION))
"""Which ways are held against which."""

JUDGED: Mapping[str, tuple[tuple[str, str, Score], ...]] = {
    FRONTS: (("IoU of change", SERIES, iou), ("Right date", SERIES, dated)),
    FLOODS: (("Flood IoU, blocks kept out", BLOCKS, iou), ("Flood IoU, official test", TEST, iou)),
}
"""Heading, part and score of each set."""

Line = Mapping[str, Any]


def filled(page: str, lines: Sequence[Line]) -> str:
    """The page with what stands between the marks of each set replaced; a set without lines stays as it is."""
    for name in JUDGED:
        table = tables(name, [line for line in lines if line["set"] == name])
        if table:
            page = with_between_marks(page, f"{name} over time", f"{table}\n")
    return page


def tables(name: str, lines: Sequence[Line]) -> str:
    """Both tables of a set, from those of its lines that have the most steps; empty where there are none."""
    if not lines:
        return ""
    steps = max(line["steps"] for line in lines)
    own = {(line["way"], line["seed"]): line for line in lines if line["steps"] == steps}
    ways = {way: [own[key] for key in sorted(own) if key[0] == way] for way in WAYS}
    measured = {way: found for way, found in ways.items() if found}
    return "\n".join((_scores(name, measured), _gains(name, measured), _made(measured)))


def _scores(name: str, ways: Mapping[str, Sequence[Line]]) -> str:
    """A row for each way, its scores seed by seed in per cent."""
    judged = JUDGED[name]
    rows = [["Dates joined by", *(heading for heading, _, _ in judged), "Weights", "kFLOP/px", "Sees (px)"]]
    for way, lines in ways.items():
        cells = [
            ", ".join(f"{100 * float(score(_counts(line, part).sum(axis=0))):.1f}" for line in lines)
            for _, part, score in judged
        ]
        first = lines[0]
        kflops = f"{first['flops_per_px'] / 1000:.0f}"
        rows.append([WAYS[way], *cells, f"{first['parameters']:,}", kflops, str(first["radius_px"])])
    return _table(rows)


def _gains(name: str, ways: Mapping[str, Sequence[Line]]) -> str:
    """A row for each pair, differences in points with their intervals, bold where 0 is not in it."""
    judged = JUDGED[name]
    rows = [["Difference (points)", *(heading for heading, _, _ in judged)]]
    for better, worse in PAIRS:
        if better in ways and worse in ways:
            cells = [_gain(ways[better], ways[worse], part, score) for _, part, score in judged]
            rows.append([f"{WAYS[better]} - {WAYS[worse].removesuffix(' (yardstick)')}", *cells])
    return _table(rows)


def _gain(better: Sequence[Line], worse: Sequence[Line], part: str, score: Score) -> str:
    counts = [[_counts(line, part) for line in lines] for lines in (better, worse)]
    mean, low, high = (100 * value for value in gain(*counts, score))
    mark = "**" if low > 0 or high < 0 else ""
    return f"{mark}{mean:+.1f}{mark} ({low:+.1f} to {high:+.1f})"


def _counts(line: Line, part: str) -> Any:
    return np.array(line["counts"][part], dtype=float)


def _made(ways: Mapping[str, Sequence[Line]]) -> str:
    """How the networks were trained, and how long that took."""
    lines = [line for found in ways.values() for line in found]
    first, seconds = lines[0], [line["training_cpu_s"] for line in lines if line["training_cpu_s"] is not None]
    seeds = len({line["seed"] for line in lines})
    taken = f", {min(seconds):.0f} to {max(seconds):.0f} s of processor time each" if seconds else ""
    return f"{seeds} seeds, {first['steps']} steps, {first['precision']}{taken}.\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join((lines[0], "|---" * len(rows[0]) + "|", *lines[1:])) + "\n"
