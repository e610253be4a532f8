"""Turns the lines of the benchmark of pre-training into a table: floods mapped from either start, seed by seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recipes.marked_pages import with_between_marks

from . import ROOT

PAGE = ROOT / "docs" / "pretraining.md"
CHANCE, PRETRAINED = STARTS = ("chance", "pretrained")
PLACES = {"learn": "Blocks kept out", "test": "Official test"}
"""What was judged, by the task."""

SCORES = {"flood_iou": "flood IoU", "mean_iou": "mean IoU by image"}

Line = Mapping[str, Any]


def filled(page: str, lines: Sequence[Line]) -> str:
    """The page with what stands between its marks replaced; without lines it stays as it is."""
    found = table(lines)
    return with_between_marks(page, "effect of pre-training", found) if found else page


def table(lines: Sequence[Line]) -> str:
    """A row for each place, share of labels, number of steps and score; empty where nothing was compared.

    Only seeds that have both starts are in it.
    """
    rows = [
        "| Judged on | Labels | Steps before, with labels | Score | From chance | Pre-trained | Difference (points) |",
        "|---" * 7 + "|",
    ]
    for task, place in PLACES.items():
        of_task = [line for line in lines if line["task"] == task]
        learnt = {(line["percent"], line["steps"], line["seed"]): line for line in of_task if line["start"] == CHANCE}
        kinds = {
            (line["percent"], line["pretrain_steps"], line["steps"]): None
            for line in of_task
            if line["start"] == PRETRAINED
        }
        for percent, before, steps in sorted(kinds):
            pairs = [
                (learnt[percent, steps, line["seed"]], line)
                for line in sorted(of_task, key=lambda each: each["seed"])
                if line["start"] == PRETRAINED
                and (line["percent"], line["pretrain_steps"], line["steps"]) == (percent, before, steps)
                and (percent, steps, line["seed"]) in learnt
            ]
            head = f"| {place} | {percent} % | {before}, {steps} |"
            rows += [f"{head} {name} | {_cells(pairs, score)} |" for score, name in SCORES.items() if pairs]
    return "\n".join(rows) + "\n" if len(rows) > 2 else ""


def _cells(pairs: Sequence[tuple[Line, Line]], score: str) -> str:
    """Scores of either start in per cent, seed by seed, and the mean of their differences with its range."""
    starts = [[100 * float(line["scores"][score]) for line in of_one] for of_one in zip(*pairs, strict=True)]
    gains = [after - before for before, after in zip(*starts, strict=True)]
    seeds = [", ".join(f"{value:.1f}" for value in values) for values in starts]
    spread = f" ({min(gains):+.1f} to {max(gains):+.1f})" if len(gains) > 1 else ""
    return f"{seeds[0]} | {seeds[1]} | {sum(gains) / len(gains):+.1f}{spread}"
