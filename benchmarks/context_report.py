"""Turns the lines of the context benchmark into one table: a row for each place held out, a column for each maker."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

Line = Mapping[str, Any]
Scores = Mapping[str, float]

MAKERS = {
    "forest": "Forest, bands",
    "forest_with_more": "Forest, more",
    "near": "Near",
    "far": "Far",
    "localcontext": "`localcontext`",
}
GAINS = {"Far - forest, bands": ("far", "forest"), "Far - near": ("far", "near")}
NONE = "–"


def table(lines: Sequence[Line]) -> str:
    """The table in Markdown, mean IoU in per cent, and what the networks are; empty where nothing was measured.

    Of several lines of one maker and place the last counts.
    """
    own = [line for line in lines if line["benchmark"] == "context_gain"]
    if not own:
        return ""
    last = {(line["set"], line["place"], line["maker"]): line for line in own}
    makers = [maker for maker in MAKERS if any(key[2] == maker for key in last)]
    rows = [["Set", "Held out", *(MAKERS[maker] for maker in makers), *GAINS]]
    rows.append(["---"] * len(rows[0]))
    for name in dict.fromkeys(line["set"] for line in own):
        places = {
            place: {maker: last[name, place, maker]["mean_iou"] for maker in makers if (name, place, maker) in last}
            for place in sorted({line["place"] for line in own if line["set"] == name})
        }
        rows += [[name, place, *_cells(scores, makers)] for place, scores in places.items()]
        if len(places) > 1 and all(len(scores) == len(makers) for scores in places.values()):
            means = {maker: statistics.mean(scores[maker] for scores in places.values()) for maker in makers}
            rows.append([f"**{name}**", "**mean**", *(f"**{cell}**" for cell in _cells(means, makers))])
    networks = {line["maker"]: line for line in last.values() if "steps" in line}
    described = "\n".join(_described(maker, networks[maker]) for maker in makers if maker in networks)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + (f"\n\n{described}" if described else "")


def _cells(scores: Scores, makers: Sequence[str]) -> list[str]:
    """Scores in per cent, then the gains with their signs."""
    cells = [f"{100 * scores[maker]:.1f}" if maker in scores else NONE for maker in makers]
    for better, worse in GAINS.values():
        both = better in scores and worse in scores
        cells.append(f"{100 * (scores[better] - scores[worse]):+.1f}" if both else NONE)
    return cells


def _described(maker: str, line: Line) -> str:
    """What a network is and how it was trained."""
    return (
        f"- *{MAKERS[maker]}*: {line['parameters']:,} weights, {line['flops_per_px'] / 1000:.0f} kFLOP/px, sees "
        f"{line['radius_px']} px around a pixel; {line['steps']} steps of {line['tiles']} tiles, {line['precision']}."
    )
