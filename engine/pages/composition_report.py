"""Turns what is known of a composed network into a page for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .network_drawing import STYLE as DRAWING_STYLE
from .report_page import table

STYLE = """
:root { color-scheme: light dark }
body { font-family: sans-serif; max-width: 58em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff;
       line-height: 1.45 }
table { border-collapse: collapse; margin: .5em 0 1.5em }
th, td { text-align: left; padding: .3em .8em; border-top: 1px solid #8885; vertical-align: top }
pre { overflow-x: auto; font-size: .85em; border: 1px solid #8885; padding: .8em }
figure { margin: 1em 0; overflow-x: auto }
@media (prefers-color-scheme: dark) { body { color: #e8e8e4; background: #1d1f1b } }
"""

SEAMS = {
    "exact": "exact: the map is the same however the image is cut into tiles",
    "blended": "blended: {operations} sees the whole tile, so overlapping tiles are averaged",
    "none": "none: the network says one thing of each image and draws no map",
}


@dataclass(frozen=True)
class PartRow:
    """One part.

    Args:
        family: `fusion`, `encoder`, `neck` or `head`.
        name: Its name.
        arguments: Its arguments.
        parameters: Its trainable values.
        carrier: What it gives, in words.
        gives: Channels and stride of each level that it gives.
        radius_px: How far its coarsest level looks.
        global_operations: What in it, or before it, sees the whole image.
    """

    family: str
    name: str
    arguments: Mapping[str, Any]
    parameters: int
    carrier: str
    gives: tuple[tuple[int, int], ...]
    radius_px: int
    global_operations: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The network.

    Args:
        parameters: Its trainable values.
        flops_per_px: Floating-point operations for each pixel of the image.
        stride_px: Images are multiples of it.
        radius_px: How far an output pixel looks.
        seams: `exact`, `blended` or `none`.
        global_operations: What sees the whole image.
        regions: Regions that it needs of each image at most.
        outputs: Channels of its output.
        objectives: What it is to be trained for.
        parts: Its parts.
    """

    parameters: int
    flops_per_px: float
    stride_px: int
    radius_px: int
    seams: str
    global_operations: tuple[str, ...]
    regions: int
    outputs: int
    objectives: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[PartRow, ...] = ()

    def figures(self) -> dict[str, Any]:
        """What a program may want to know, in JSON's terms."""
        return {
            "parameters": self.parameters,
            "flops_per_px": self.flops_per_px,
            "stride_px": self.stride_px,
            "radius_px": self.radius_px,
            "seams": self.seams,
            "global_operations": list(self.global_operations),
            "outputs": self.outputs,
        }


def composition_page(facts: Facts, drawing: str, spec: str) -> str:
    """Set the facts, the drawing and the spec as one HTML page that needs no other file."""
    names = " → ".join(row.name for row in facts.parts)
    body = "\n".join(
        (
            f"<h1>Network: {escape(names)}</h1>",
            table(("", ""), [(escape(key), escape(value)) for key, value in _overview(facts).items()]),
            f"<figure>{drawing}</figure>",
            "<h2>Parts</h2>",
            table(("Part", "", "Parameters", "Gives (channels at stride)", "Looks", "Arguments"), _rows(facts.parts)),
            "<h2>Spec</h2>",
            "<p>Give this file to “Train a model” as SPEC.</p>",
            f"<pre>{escape(spec)}</pre>",
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(names)}</title>'
        f"<style>{STYLE}{DRAWING_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _overview(facts: Facts) -> dict[str, str]:
    """The network in a few rows."""
    rows = {
        "Parameters": f"{facts.parameters:,} ({facts.parameters * 4 / 1e6:,.1f} MB)",
        "Operations": f"{facts.flops_per_px:,.0f} FLOP for each pixel",
        "Receptive field": _field(facts),
        "Stride": f"{facts.stride_px} px: training chips and tiles are multiples of it",
        "Seams": SEAMS[facts.seams].format(operations=" and ".join(facts.global_operations)),
        "Output": f"{facts.outputs} " + ("values for each image" if facts.seams == "none" else "values for each pixel"),
    }
    if facts.regions:
        rows["Regions"] = f"up to {facts.regions} for each tile, found by the engine"
    if facts.objectives:
        rows["Objectives"] = ", ".join(f"{name} × {weight:g}" for name, weight in facts.objectives.items())
    return rows


def _field(facts: Facts) -> str:
    if facts.global_operations:
        return "the whole tile"
    return f"{2 * facts.radius_px + 1} px wide: a pixel sees {facts.radius_px} px to each side"


def _rows(parts: Sequence[PartRow]) -> list[tuple[str, ...]]:
    rows = []
    for part in parts:
        levels = ", ".join(f"{channels} at {stride} px" if stride else f"{channels}" for channels, stride in part.gives)
        looks = "everywhere" if part.global_operations else f"{part.radius_px} px"
        arguments = ", ".join(f"{name} = {_plain(value)}" for name, value in part.arguments.items())
        texts = (part.name, part.family, f"{part.parameters:,}", f"{part.carrier}: {levels}", looks, arguments or "–")
        rows.append(tuple(map(escape, texts)))
    return rows


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
