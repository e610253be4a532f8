"""Turns the lines of JSON of `compositions` into the tables of their page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from recipes.marked_pages import with_between_marks

from . import ROOT
from .composition_rows import DUBAI, FLOODS, TRANSLATION, Row, rows

PAGE = ROOT / "docs" / "compositions.md"
Line = dict[str, Any]
Column = tuple[str, Callable[[Row, Sequence[Line]], str]]


def _per_cent(name: str) -> Callable[[Row, Sequence[Line]], str]:
    """A score of each seed in per cent."""
    return lambda row, lines: ", ".join(f"{100 * line['scores'][name]:.1f}" for line in lines)


def _score(name: str, digits: int) -> Callable[[Row, Sequence[Line]], str]:
    return lambda row, lines: ", ".join(f"{line['scores'][name]:.{digits}f}" for line in lines)


def _seams(row: Row, lines: Sequence[Line]) -> str:
    return "blended" if lines[0]["global_operations"] else "exact"


HEAD: tuple[Column, ...] = (
    ("Composition", lambda row, lines: row.name),
    ("Encoder, necks", lambda row, lines: f"`{row.parts}`"),
)
TAIL: tuple[Column, ...] = (
    ("Parameters", lambda row, lines: f"{lines[0]['parameters']:,}"),
    ("kFLOP/px", lambda row, lines: f"{lines[0]['flops_per_px'] / 1000:.1f}"),
    ("Mpx/s", lambda row, lines: f"{max(line['mpx_per_s'] for line in lines):.2f}"),
    ("Seams", _seams),
    ("Steps", lambda row, lines: ", ".join(str(line["steps"]) for line in lines)),
)
SCORES: dict[str, tuple[Column, ...]] = {
    DUBAI: (
        ("Mean IoU", _per_cent("mean_iou")),
        ("Place 3", _per_cent("place 3")),
        ("Place 7", _per_cent("place 7")),
    ),
    FLOODS: (("Flood IoU", _per_cent("iou")), ("F1", _per_cent("f1"))),
    TRANSLATION: (("PSNR (dB)", _score("psnr_db", 2)), ("SSIM", _score("ssim", 3)), ("Detail", _score("detail", 2))),
}


def write(kept: Path, budget_s: float) -> None:
    """Fill the tables of the page from lines of one budget; a table without any stays as it is."""
    lines = [json.loads(text) for text in kept.read_text("utf-8").splitlines()]
    page = PAGE.read_text("utf-8")
    for group, columns in SCORES.items():
        found = [line for line in lines if (line["set"], line["budget_s"]) == (group, budget_s)]
        if found:
            table = _table((*HEAD, *columns, *TAIL), group, found) + _spent(found)
            page = with_between_marks(page, group, f"{table}\n")
    PAGE.write_text(page, "utf-8")


def _table(columns: Sequence[Column], group: str, lines: Sequence[Line]) -> str:
    """One table in Markdown, a row for each composition that was measured."""
    cells = [[heading for heading, _ in columns], ["---"] * len(columns)]
    for row in rows():
        own = sorted((line for line in lines if line["row"] == row.key), key=lambda line: line["seed"])
        if row.group == group and own:
            cells.append([cell(row, own) for _, cell in columns])
    return "\n".join("| " + " | ".join(row) + " |" for row in cells) + "\n"


def _spent(lines: Sequence[Line]) -> str:
    """What the trainings of a table really took."""
    spent, first = [line["cpu_s"] for line in lines], lines[0]
    return (
        f"\nBudget {first['budget_s']:g} s of processor time ({min(spent):.0f} to {max(spent):.0f} s taken), "
        f"{first['threads']} threads, batches of {first['tiles']} tiles of {first['tile_px']} px, "
        f"{first['precision']}, learning rate {first['learning_rate']:g}.\n"
    )
