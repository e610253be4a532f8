"""Turns a model card into a page for people: what the model does, what it reads, how good it is, how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from ..library.card import ModelCard
from ..library.model_input import ModelInput
from .card_pictures import UNLABELLED, CardPicture
from .held_out_scores import HeldOutScores, scores_of
from .report_page import counted, key_figures, page, percent, swatch, table, thousands
from .score_tables import best_and_worst, calibration_sentence, scores_part

TOLD_ELSEWHERE = ("scoring",)
"""What a card says among its training data that is shown under its own heading."""


def model_page(card: ModelCard, file_bytes: int, pictures: Sequence[CardPicture] = ()) -> str:
    """Set a card as one HTML page that needs no other file.

    Args:
        card: The card.
        file_bytes: Size of the model's file.
        pictures: Pictures of its class maps.
    """
    properties = card.document["properties"]
    scores = scores_of(properties)
    parts = [
        *_paragraphs(_text(properties.get("description"))),
        key_figures(_at_a_glance(card, scores, file_bytes)),
        *_section("What it maps", _classes(card)),
        *_section("What to give it", [*_inputs(card), *_assumed(properties)]),
        *_section("How good it is", _scores(card, scores)),
        *_section("Where it works and fails", _limits(properties, scores)),
        *_section("What its maps look like", _pictures(card, pictures)),
        *_section("What it was trained on", _training(properties)),
        *_section("How it was scored", _paragraphs(_method(properties, scores))),
        *_section("The network", [_network(card, file_bytes)]),
        *_section("How to make it again", _recipe(properties.get("terraloom:recipe"))),
    ]
    return page(card.title, parts)


def _section(title: str, parts: Iterable[str]) -> list[str]:
    """Parts under their heading; nothing where there are none."""
    shown = [part for part in parts if part]
    return [f"<h2>{escape(title)}</h2>", *shown] if shown else []


def _at_a_glance(card: ModelCard, scores: HeldOutScores, file_bytes: int) -> list[tuple[str, str, str]]:
    """The figures that are looked for first."""
    figures = []
    if overall := scores.overall:
        several = len(scores.places) > 1
        where = f"all pixels of {len(scores.places)} unseen places" if several else "on what it had not seen"
        figures = [
            ("Mean IoU", percent(overall.mean_iou.value), where),
            ("Accuracy", percent(overall.overall_accuracy.value), "share of pixels that are right"),
        ]
    elif scores.values:
        figures = [(name, f"{value:.3f}", "on what it had not seen") for name, value in list(scores.values.items())[:2]]
    if size := card.inputs[0].resolution_m:
        span = card.inputs[0].resolution_range_m or (size, size)
        shown = f"{size:g} m" if span[0] == span[1] else "{:g} to {:g} m".format(*span)
        figures.append(("Pixel size", shown, "others are resampled"))
    figures.append(("File", _megabytes(file_bytes), _text(card.document["properties"].get("license"))))
    return figures


def _classes(card: ModelCard) -> list[str]:
    """The classes with their colours, or the names of the values that it gives."""
    if card.legend is None:
        channels = card.output.channels
        number = counted(len(channels), "value", "values")
        return [f"<p>For each pixel it gives {number}: {escape(', '.join(channels))}.</p>"]
    output = card.document["properties"]["mlm:output"][0]
    meanings = [_text(entry.get("description")) for entry in output["classification:classes"]]
    told = any(meaning != name for meaning, name in zip(meanings, card.legend.names) if meaning)
    rows = [
        (swatch(entry.colour) + escape(entry.name), str(entry.value), *([escape(meaning)] if told else []))
        for entry, meaning in zip(card.legend.entries, meanings)
    ]
    return [table(("Class", "Value", *(["What it means"] if told else [])), rows, numbers=1), *_lines(card)]


def _lines(card: ModelCard) -> list[str]:
    """What else is told of lines."""
    if card.lines is None:
        return []
    steps = f"in {card.lines.bins} steps of {180 / card.lines.bins:g}°"
    return [f"<p>For each pixel it gives how probable the second class is, and its direction {steps}.</p>"]


def _inputs(card: ModelCard) -> list[str]:
    """What each input must be."""
    said = card.document["properties"]["mlm:input"]
    rows = [(escape(entry.name), *_input(entry, told)) for entry, told in zip(card.inputs, said)]
    named = len(rows) > 1
    heads = ("Input", "Bands", "Raw values", "Pixel size")
    parts = [table(heads if named else heads[1:], rows if named else [row[1:] for row in rows])]
    if card.regions:
        parts.append(f"<p>Terraloom cuts each tile into up to {card.regions.most} regions first.</p>")
    return parts


def _input(entry: ModelInput, told: Mapping[str, Any]) -> tuple[str, str, str]:
    """Bands, values and pixel size of an input; `told` is what stands in the card."""
    bands = ", ".join(entry.band_names)
    if entry.is_series:
        bands += f"; {entry.times} dates, on the days {', '.join(entry.dates or map(str, entry.days))}"
    if told.get("terraloom:grey_allowed"):
        bands += "; a single band, as of a panchromatic sensor, may feed all of them"
    values = "any" if entry.value_range is None else "{:g} to {:g}".format(*entry.value_range)
    stretch = told.get("terraloom:stretch")
    if isinstance(stretch, (list, tuple)) and len(stretch) == 2:
        values += "; other units are stretched, their 2nd and 98th percentile to {:g} and {:g}".format(*stretch)
    size = "any" if entry.resolution_m is None else f"{entry.resolution_m:g} m"
    if entry.resolution_range_m:
        size += "; {:g} to {:g} m are taken as they are, others are resampled".format(*entry.resolution_range_m)
    return escape(bands), values, size


def _assumed(properties: Mapping[str, Any]) -> list[str]:
    """What nobody said of a model of another tool."""
    sentences = _list(properties.get("terraloom:assumed"))
    return ["<p>Nobody told this of the model; it was assumed:</p>", *sentences] if sentences else []


def _scores(card: ModelCard, scores: HeldOutScores) -> list[str]:
    """Scores by place and by class, and what changed since they were measured."""
    properties = card.document["properties"]
    parts = scores_part(scores, card.legend)
    calibrated = _mapping(properties.get("terraloom:calibrated"))
    if calibrated:
        chips = escape(_text(calibrated.get("chips")))
        before, after = (_share(calibrated.get(key)) for key in ("ece_before", "ece_after"))
        parts.append(f"<p>Calibrated later, on the chips {chips}: calibration error {after}, before {before}.</p>")
    elif sentence := calibration_sentence(scores, card.output.temperature):
        parts.append(f"<p>{sentence}</p>")
    wrong_deg = _mapping(properties.get("terraloom:held_out_scores")).get("direction_error_deg")
    if isinstance(wrong_deg, (int, float)):
        parts.append(f"<p>Near lines, their direction is {wrong_deg:.1f}° wrong on average.</p>")
    optimised = _mapping(properties.get("terraloom:optimised"))
    if optimised:
        loss, measure = (escape(str(optimised.get(key, ""))) for key in ("loss", "loss_measure"))
        remark = " The scores above are those of the model before." if scores.places or scores.values else ""
        parts.append(f"<p>Optimised later to {card.precision}: it lost {loss} {measure}.{remark}</p>")
    if not parts:
        parts.append("<p>Its card tells nothing of how good it is. “Assess accuracy” tells it for your ground.</p>")
    return parts


def _limits(properties: Mapping[str, Any], scores: HeldOutScores) -> list[str]:
    sentence = best_and_worst(scores)
    return [f"<p>{sentence}</p>" if sentence else "", *_list(properties.get("terraloom:limits"))]


def _pictures(card: ModelCard, pictures: Sequence[CardPicture]) -> list[str]:
    """The pictures under a key of the colours."""
    if not pictures or card.legend is None:
        return [picture.to_html() for picture in pictures]
    grey = "#{:02x}{:02x}{:02x}".format(*UNLABELLED)
    names = [swatch(entry.colour) + escape(entry.name) for entry in card.legend.entries]
    key = " &ensp; ".join([*names, swatch(grey) + "not labelled"])
    return [f"<p>{key}</p>", *(picture.to_html() for picture in pictures)]


def _training(properties: Mapping[str, Any]) -> list[str]:
    """Name, source, licence and places of the training data first, then whatever else is told."""
    data = _mapping(properties.get("terraloom:training_data"))
    order = ("name", "source", "licence", "places")
    names = [*(name for name in order if name in data), *(name for name in data if name not in order)]
    shown = [name for name in names if name not in TOLD_ELSEWHERE and data[name] is not None]
    rows = [(_words(name), _plain(data[name])) for name in shown]
    return [table(("", ""), rows)] if rows else []


def _method(properties: Mapping[str, Any], scores: HeldOutScores) -> str:
    """How it was scored; older cards tell it among the training data."""
    return scores.method or _text(_mapping(properties.get("terraloom:training_data")).get("scoring"))


def _network(card: ModelCard, file_bytes: int) -> str:
    """What the model is, in a few rows."""
    properties = card.document["properties"]
    parameters = _count(properties.get("mlm:total_parameters"))
    operations = _count(properties.get("terraloom:flops_per_pixel"))
    seams = "exact: the map is the same however the image is cut into tiles"
    if card.global_operations:
        seams = f"blended, since it sees the whole tile ({', '.join(card.global_operations)})"
    sees = f"{2 * card.receptive_radius_px + 1} px wide: {card.receptive_radius_px} px to each side of a pixel"
    facts = {
        "Name": escape(card.model_id),
        "Task": escape(card.task),
        "Architecture": escape(_text(properties.get("mlm:architecture"))),
        "Parameters": parameters,
        "Operations": f"{operations} FLOP for each pixel" if operations else "",
        "Seams": escape(seams),
        "Receptive field": "the whole tile" if card.global_operations else sees,
        "Stride": f"{card.stride_px} px",
        "Precision": card.precision,
        "File": _megabytes(file_bytes),
        "Licence of the weights": escape(_text(properties.get("license"))),
        "Hash of the weights": escape(_text(properties.get("terraloom:weights_sha256"))),
    }
    return table(("", ""), [(name, value) for name, value in facts.items() if value])


def _recipe(recipe: Any) -> list[str]:
    """The command, or several, one a line."""
    lines = [str(line) for line in recipe] if isinstance(recipe, list) else [_text(recipe)]
    return [f"<pre>{escape(text)}</pre>"] if (text := "\n".join(lines).strip()) else []


def _list(sentences: Any) -> list[str]:
    if not isinstance(sentences, (list, tuple)) or not sentences:
        return []
    return ["<ul>" + "\n".join(f"<li>{escape(str(sentence))}</li>" for sentence in sentences) + "</ul>"]


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(text)}</p>"] if text else []


def _plain(value: Any) -> str:
    """A value of the card as HTML; addresses become links."""
    if isinstance(value, Mapping):
        return "; ".join(f"{_words(key).lower()} {_plain(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = escape(str(value))
    return f'<a href="{text}">{text}</a>' if text.startswith(("https://", "http://")) and " " not in text else text


def _words(key: str) -> str:
    return escape(key.replace("_", " ").capitalize())


def _count(value: Any) -> str:
    return thousands(round(value)) if isinstance(value, (int, float)) and value > 0 else ""


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e5 else f"{size_bytes / 1e3:.1f} kB"


def _share(value: Any) -> str:
    return percent(float(value)) if isinstance(value, (int, float)) else "–"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
