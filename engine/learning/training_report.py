"""Turns a training into a page for people: curves, figures with intervals, the confusion matrix, sample predictions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape

import numpy as np
from numpy.typing import NDArray

from ...models.build import Network
from ...models.training import TrainingRecord
from ..familiarity.familiarity import CARD_KEY
from ..legend import Legend
from ..library.card import ModelCard
from ..pages.charts import Curve, Interval, interval_chart, line_chart
from ..pages.report_page import notes, page, percent, swatch, table, thousands
from ..verification.accuracy import Accuracy, Figure
from .chip_store import ChipStore
from .evaluation import Check, class_logits, outputs
from .held_out import HeldOut, called
from .sample_pictures import colours_of_classes, colours_of_image, picture

SAMPLES = 6
POINTS = 150
"""Most points of a curve."""

INTERVALS = (
    "Intervals (95 %) are drawn over blocks of ground; a figure has none where there is a single block, or where all "
    "draws agree."
)

TRUST = {
    "test": "measured on the test chips, which the network has never met.",
    "validation": "measured on the validation chips, by which the best weights were chosen: rather too good. Make "
    "chips with a test share for figures to rely on.",
    "train": "measured on the chips the network has learnt from: they tell nothing about other places, nor how it "
    "compares with a random forest, which knows such chips nearly by heart. Make chips with shares for validation and "
    "testing.",
}


def training_page(
    card: ModelCard, record: TrainingRecord, held_out: HeldOut, network: Network, store: ChipStore, check: Check
) -> str:
    """One HTML page that needs no other file.

    Args:
        card: The card of the trained network.
        record: How the training went.
        held_out: How good the network is.
        network: The network.
        store: The chips that it was scored on.
        check: See `evaluation.outputs`.
    """
    parts = [_facts(card), "<h2>How good it is</h2>"]
    intervals = f" {INTERVALS}" if held_out.classes else ""
    parts.append(f"<p>All figures are {TRUST[held_out.split]}{intervals}</p>")
    if held_out.classes and card.legend:
        classes = held_out.classes
        parts += [_summary(held_out, classes), _direction(held_out)]
        parts += [_per_class(classes, card.legend), _confusion(classes, card.legend)]
    else:
        parts.append(_values(held_out))
    parts += [
        "<h2>How it learnt</h2>",
        learning_curves(record, _score(held_out)),
        "<h2>Samples</h2>",
        _samples(card, network, store, check),
    ]
    limits = card.document["properties"]["terraloom:limits"]
    return page(card.title, [notes(limits), *parts])


def _score(held_out: HeldOut) -> str:
    """What the network was scored by while it learnt."""
    if held_out.classes:
        return "Mean IoU"
    return "R²" if "r2" in (held_out.values or {}) else "Negative RMSE"


def learning_curves(record: TrainingRecord, score: str = "Score") -> str:
    """Losses and scores by step."""
    losses = [Curve(name, *_thinned(range(1, len(values) + 1), values)) for name, values in record.losses.items()]
    charts = [line_chart(losses, "Step", "Loss")]
    if record.scores:
        steps, scores = zip(*record.scores, strict=True)
        charts.append(line_chart([Curve("validation", steps, scores)], "Step", score))
    return "".join(charts)


def _thinned(steps: Sequence[int], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Means over stretches: more points than that cannot be told apart."""
    pieces = np.array_split(np.array([steps, values], float), min(POINTS, len(steps)) or 1, axis=1)
    means = np.stack([piece.mean(axis=1) for piece in pieces])
    return means[:, 0].tolist(), means[:, 1].tolist()


def _facts(card: ModelCard) -> str:
    properties = card.document["properties"]
    data = properties["terraloom:training_data"]
    seams = "blended" if card.global_operations else "exact"
    rows = {
        "Network": properties["mlm:architecture"],
        "Weights": unescape(thousands(properties["mlm:total_parameters"])),
        "Operations for a pixel": unescape(thousands(properties["terraloom:flops_per_pixel"])),
        "Sees": f"{card.receptive_radius_px} px around each pixel; seams: {seams}",
        "Chips": ", ".join(f"{count} {split}" for split, count in data["chips"].items()) + f", {data['chip_px']} px",
        "Objectives": ", ".join(
            name if weight == 1 else f"{weight:g} × {name}" for name, weight in data["objectives"].items()
        ),
        "Steps": f"{data['steps']} planned, best at {data['best_step']}"
        + (", stopped early" if data["stopped_early"] else ""),
        "Learning rate": f"{data['learning_rate']:g}",
        "Batch, augmentation, class weights, seed": f"{data['batch_size']}, {data['augmentation']}, "
        f"{data['class_weights']}, {data['seed']}",
    }
    if card.legend:
        rows["Temperature"] = f"{card.output.temperature:.3f}"
    familiar = properties.get(CARD_KEY)
    if familiar:
        rows["Used to"] = f"what {familiar['tiles']} training chips show; maps of images unlike them are warned of"
    return table(("", ""), [(escape(name), escape(str(value))) for name, value in rows.items()])


def _summary(held_out: HeldOut, ours: Accuracy) -> str:
    forest = held_out.forest
    rows = [_row("Network", ours)]
    rows += [_row(f"Network without {escape(name)}", figures) for name, figures in held_out.without.items()]
    if forest and held_out.gain:
        rows.append(_row("Random forest on single pixels", forest))
        rows.append(("<b>Context gain</b>", "", f"<b>{_interval(held_out.gain)}</b>", ""))
    return table(("", "Overall accuracy", "Mean IoU", "Mean F1"), rows)


def _row(name: str, found: Accuracy) -> tuple[str, ...]:
    return name, _interval(found.overall_accuracy), _interval(found.mean_iou), _interval(found.macro_f1)


def _direction(held_out: HeldOut) -> str:
    """How far directions of lines are wrong; empty where none are told."""
    if np.isnan(held_out.direction_error_deg):
        return ""
    return f"<p>Near lines, their direction is {held_out.direction_error_deg:.1f}° wrong on average.</p>"


def _values(held_out: HeldOut) -> str:
    """Figures of values; some can be told of the forest too."""
    heads, theirs = ["Figure", "Network"], held_out.forest_values
    rows = [[escape(called(name)), f"{value:.4f}"] for name, value in (held_out.values or {}).items()]
    if theirs:
        heads.append("Random forest on single pixels")
        for row, name in zip(rows, held_out.values or {}):
            row.append(f"{theirs[name]:.4f}" if name in theirs else "–")
    return table(heads, rows, numbers=len(heads) - 1)


def _per_class(ours: Accuracy, legend: Legend) -> str:
    rows: list[tuple[str, ...]] = []
    for number, entry in enumerate(legend.entries):
        name = f"{swatch(entry.colour)}{escape(entry.name)}"
        if number in ours.absent:
            rows.append((name, "not among these chips", "", "", ""))
            continue
        figures = (ours.users_accuracy, ours.producers_accuracy, ours.f1, ours.iou)
        rows.append((name, *(_interval(figure[number]) for figure in figures)))
    drawn = [
        Interval(entry.name, figure.value, figure.low, figure.high)
        for entry, figure in zip(legend.entries, ours.iou, strict=True)
    ]
    heads = ("Class", "User's accuracy", "Producer's accuracy", "F1", "IoU")
    return table(heads, rows, numbers=len(heads) - 1) + interval_chart(drawn, "IoU")


def _confusion(ours: Accuracy, legend: Legend) -> str:
    """Pixels by true class (rows) and mapped class (columns), in per cent of the true class."""
    counts: NDArray[np.float64] = np.asarray(ours.confusion.counts, float)
    rows = []
    for number, name in enumerate(legend.names):
        total = counts[number].sum()
        shares = [percent(value / total) if total else "–" for value in counts[number]]
        shares[number] = f"<b>{shares[number]}</b>"
        rows.append((f"<b>{escape(name)}</b>", *shares, thousands(int(total))))
    heading = "<h3>What is taken for what</h3><p>Rows: true class. Columns: what the network says.</p>"
    return heading + table(("", *legend.names, "Pixels"), rows, numbers=len(legend.names) + 1)


def _samples(card: ModelCard, network: Network, store: ChipStore, check: Check) -> str:
    """Chips evenly out of the store: image, target, prediction."""
    wanted = np.linspace(0, len(store) - 1, min(SAMPLES, len(store)), dtype=int)
    rows = []
    for said in outputs(network, store, check, wanted):
        for place, number in enumerate(said.numbers):
            images = [
                picture(colours_of_image(said.inputs[source][place].numpy())) for source in range(len(card.inputs))
            ]
            target, output = store.targets[number], said.output[place]
            if card.legend:
                classes = class_logits(network, output).argmax(dim=0).numpy().astype(np.uint8)
                pair = [colours_of_classes(each, card.legend) for each in (target, classes)]
            else:
                values = output.numpy() * np.float32(store.factor)
                pair = [colours_of_image(each, like=target) for each in (target, values)]
            rows.append((*images, *map(picture, pair)))
    return table((*(source.name for source in card.inputs), "Target", "Network"), rows)


def _interval(figure: Figure) -> str:
    if np.isnan(figure.value):
        return "–"
    if np.isnan(figure.low):
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
