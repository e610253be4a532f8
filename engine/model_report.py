"""Turns a model card into a page for people: what the model reads, what it says, how good it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from .library.card import ModelCard

STYLE = """
body { font-family: sans-serif; max-width: 56em; margin: 2em auto; padding: 0 1em; color: #222; line-height: 1.45 }
table { border-collapse: collapse; margin: .5em 0 1.5em }
th, td { text-align: left; padding: .3em .8em; border-top: 1px solid #ddd; vertical-align: top }
.swatch { display: inline-block; width: 1.1em; height: 1.1em; border: 1px solid #999; vertical-align: -.2em }
"""


def model_page(card: ModelCard) -> str:
    """Set a card as one HTML page that needs no other file."""
    properties = card.document["properties"]
    parts = [
        f"<h1>{escape(card.title)}</h1>",
        f"<p>{escape(str(properties.get('description', '')))}</p>",
        _table(("", ""), _facts(card)),
        "<h2>Input</h2>",
        _table(("Input", "Bands", "Raw values", "Pixel size"), _inputs(card)),
    ]
    if card.legend:
        parts += ["<h2>Classes</h2>", _table(("Value", "", "Class"), _classes(card))]
    scores = properties.get("terraloom:held_out_scores", {}).get("places", {})
    if scores:
        parts += [
            "<h2>Scores on places the network had not seen</h2>",
            _table(("Place", "Overall accuracy", "Mean IoU", *_class_names(scores)), _scores(scores)),
        ]
    data = properties.get("terraloom:training_data", {})
    if data:
        parts += ["<h2>Training data</h2>", _table(("", ""), [(_words(key), _plain(data[key])) for key in data])]
    limits = properties.get("terraloom:limits", ())
    if limits:
        parts += ["<h2>Limits</h2><ul>", *(f"<li>{escape(str(limit))}</li>" for limit in limits), "</ul>"]
    body = "\n".join(parts)
    title = escape(card.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _facts(card: ModelCard) -> list[tuple[str, str]]:
    """What the model is, in a few rows."""
    properties = card.document["properties"]
    seams = "blended" if card.global_operations else "exact: the map does not depend on the tiles"
    facts = {
        "Name": card.model_id,
        "Task": card.task,
        "Architecture": properties.get("mlm:architecture"),
        "Parameters": _thousands(properties.get("mlm:total_parameters")),
        "Operations per pixel": _thousands(properties.get("terraloom:flops_per_pixel")),
        "Receptive radius": f"{card.receptive_radius_px} px, stride {card.stride_px} px",
        "Seams": seams,
        "Licence": properties.get("license"),
        "Weights": properties.get("terraloom:weights_sha256"),
    }
    return [(key, escape(str(value))) for key, value in facts.items() if value]


def _inputs(card: ModelCard) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for entry in card.inputs:
        values = "any" if entry.value_range is None else "{:g} to {:g}".format(*entry.value_range)
        size = "any" if entry.resolution_m is None else f"{entry.resolution_m:g} m"
        if entry.resolution_range_m:
            size += " ({:g} to {:g} m are taken as they are)".format(*entry.resolution_range_m)
        bands = ", ".join(entry.band_names)
        if entry.is_series:
            bands += f"; {entry.times} dates, on the days {', '.join(map(str, entry.days))}"
        rows.append((escape(entry.name), escape(bands), values, size))
    return rows


def _classes(card: ModelCard) -> list[tuple[str, ...]]:
    entries = card.legend.entries if card.legend else ()
    return [
        (str(entry.value), f'<span class="swatch" style="background:{entry.colour}"></span>', escape(entry.name))
        for entry in entries
    ]


def _class_names(scores: Mapping[str, Any]) -> list[str]:
    """All classes that some place has, in the order they come."""
    return list(dict.fromkeys(name for place in scores.values() for name in place["iou"]))


def _scores(scores: Mapping[str, Any]) -> list[tuple[str, ...]]:
    names = _class_names(scores)
    return [
        (
            escape(place),
            f"{figures['overall_accuracy']:.3f}",
            f"{figures['mean_iou']:.3f}",
            *(f"{figures['iou'][name]:.3f}" if figures["iou"].get(name) is not None else "–" for name in names),
        )
        for place, figures in scores.items()
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows of ready HTML under plain heads."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads) if any(heads) else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table><tr>{head}</tr>\n{body}</table>"


def _plain(value: Any) -> str:
    """A value of the card as text."""
    return escape(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _words(key: str) -> str:
    return escape(key.replace("_", " ").capitalize())


def _thousands(value: int | None) -> str | None:
    return None if value is None else f"{value:,}"
