"""Makes a bundled model: holds places out one after the other, trains on all of them, writes model, card and pictures.

What was trained or scored is kept in a work folder, so that a recipe that
was stopped goes on.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.familiarity.familiarity import CARD_KEY, fit_familiarity
from terraloom.engine.legend import Legend
from terraloom.engine.library.card import NETWORK_SPEC, ModelCard
from terraloom.models.build import Network
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.export import export_onnx
from terraloom.models.weights import weights_sha256
from torch import Generator, Tensor

from .class_picture import write_class_picture
from .images import LabelledImage, Places, scaled
from .marked_pages import with_between_marks
from .photo_tiles import cut_tile
from .scores import HeldOut, held_out_scores, predict, score_once, shared_temperature
from .training import Recipe, train_network

TILE_PX, TILES_PER_PLACE = 256, 64
"""Tiles that say what the network is used to."""


def make(
    recipe: Recipe,
    places: Places,
    folds: Sequence[Sequence[str]],
    work: Path,
    compared: Path | None = None,
    further: Places | None = None,
) -> None:
    """Train, score, export and write down.

    Args:
        recipe: How.
        places: The images by place.
        folds: Places that are held out together.
        work: Folder of checkpoints and scores.
        compared: Lines of `benchmarks.context_gain`, whose scores stand beside ours; `None`: nothing does.
        further: Images of elsewhere that all networks learn from, and none is judged on.
    """
    work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    further = further or {}
    held_out: dict[str, HeldOut] = {}
    for fold in folds:
        seen = {name: images for name, images in places.items() if name not in fold}
        network = train_network("without-" + "-".join(fold), recipe, {**seen, **further}, work)
        for name in fold:
            held_out[name] = score_once(work, name, network, recipe, places[name])
            print(f"{name}: mIoU {held_out[name].agreement.mean_iou:.3f}", flush=True)
            draw_pictures(network, recipe, places[name], work)
    held_out = {name: held_out[name] for name in places}
    final = train_network("final", recipe, {**places, **further}, work)
    write_bundle(final, recipe, places, held_out, compared)
    for name in recipe.pictures:
        shutil.copy(work / f"{name}.png", recipe.bundle)
    print(f"done in {(time.monotonic() - started) / 60:.0f} min")


def draw_pictures(network: Network, recipe: Recipe, images: Sequence[LabelledImage], work: Path) -> None:
    """Keep the class maps of the images that the card shows, labels on the left."""
    legend = legend_of(recipe)
    for each in images:
        if each.name in recipe.pictures:
            found = predict(network, each.image).argmax(0).to(torch.uint8)
            maps = [coded(values, recipe.ignore, legend) for values in (each.labels, found)]
            write_class_picture(work / f"{each.name}.png", maps, legend)


def coded(classes: Tensor, ignore: int, legend: Legend) -> NDArray[np.uint8]:
    """Values of the legend for places of classes; nothing where nothing is labelled."""
    table = np.full(256, 255, np.uint8)
    table[: len(legend.entries)] = [entry.value for entry in legend.entries]
    table[ignore] = 255
    return table[classes.numpy().astype(np.uint8)]


def legend_of(recipe: Recipe) -> Legend:
    """The legend in the card, which may lack figures yet."""
    card = json.loads((recipe.bundle / "card.json").read_text(encoding="utf-8"))
    legend = Legend.from_document(card["properties"]["mlm:output"][0]["classification:classes"])
    if tuple(entry.name for entry in legend.entries) != recipe.classes:
        raise SystemExit(f"The classes of {recipe.bundle.name}'s card are not those of its recipe.")
    return legend


def write_bundle(
    network: Network,
    recipe: Recipe,
    places: Places,
    held_out: Mapping[str, HeldOut],
    compared: Path | None,
    lines: Mapping[str, Any] | None = None,
    ground: Places | None = None,
) -> None:
    """Write the model, bring the figures into its card, and the card into the model and the README.

    Args:
        network: What is shipped.
        recipe: How it was made.
        places: The images that were held out, by place.
        held_out: What was said of each place by networks that had not seen it.
        compared: See `make`.
        lines: Further scores, of lines; `None`: there are none.
        ground: Images that say what the network is used to; `None`: those of the places.
    """
    model = recipe.bundle / "model.onnx"
    place_of = {each.name: place for place, images in places.items() for each in images}
    export_onnx(network, model)
    scores = held_out_scores(recipe, held_out, compared)
    if lines:
        scores["lines"] = dict(lines)
    pictures = {f"{name}.png": (f"{place_of[name]}, held out", says) for name, says in recipe.pictures.items()}
    further = {CARD_KEY: familiarity(model, ground or places)}
    keep_card(recipe, network, held_out, scores, pictures, further)
    write_readme(recipe, scores)


def keep_card(
    recipe: Recipe,
    network: Network,
    held_out: Mapping[str, HeldOut],
    scores: Mapping[str, Any],
    pictures: Mapping[str, tuple[str, str]],
    further: Mapping[str, Any],
) -> None:
    """Bring what a recipe knows into the card, and the card into the model, which is there.

    Args:
        recipe: The recipe.
        network: What is shipped.
        held_out: What the temperature is fitted to.
        scores: What the card tells of how good it is.
        pictures: Title of each class map in the bundle, and what to say of it.
        further: More properties.
    """
    card_file, model = recipe.bundle / "card.json", recipe.bundle / "model.onnx"
    card = json.loads(card_file.read_text(encoding="utf-8"))
    card["properties"] |= {
        "updated": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **network_facts(network),
        NETWORK_SPEC: recipe.spec.to_dict(),
        "terraloom:temperature": round(shared_temperature(held_out.values()), 4),
        "terraloom:recipe": recipe.command,
        "terraloom:pictures": [
            {"file": file, "title": title, "says": says} for file, (title, says) in pictures.items()
        ],
        **further,
        "terraloom:held_out_scores": scores,
    }
    ModelCard.from_document(card)  # refuses what the engine could not read
    copy_with_card(model, card, model)
    card_file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def network_facts(network: Network) -> dict[str, Any]:
    """What a card says of a network that is read off it."""
    return {
        "mlm:total_parameters": count_parameters(network),
        "mlm:framework_version": torch.__version__.split("+")[0],
        "terraloom:stride_px": network.stride,
        "terraloom:receptive_radius_px": network.receptive_radius_px,
        "terraloom:global_operations": list(network.global_operations),
        "terraloom:flops_per_pixel": round(flops_per_pixel(network)),
        "terraloom:weights_sha256": weights_sha256(network),
    }


def familiarity(model: Path, places: Places) -> dict[str, Any]:
    """What the network is used to: its features on tiles of every place. Images of elsewhere are no ground to map."""
    generator = Generator().manual_seed(0)
    tiles, groups = [], []
    for name, images in places.items():
        for number in range(TILES_PER_PLACE):
            each = images[number % len(images)]
            image, _ = cut_tile(each.image, each.labels, TILE_PX, (0.8, 1.25), generator)
            tiles.append(scaled(image[None] * 255)[0].numpy())
            groups.append(name)
    return fit_familiarity(model, tiles, groups).to_document()


def write_readme(recipe: Recipe, scores: Mapping[str, Any]) -> None:
    """Bring the table of scores into the README, between its marks."""
    put_between_marks(recipe.bundle / "README.md", "scores", score_table(recipe, scores))


def put_between_marks(page: Path, name: str, table: str) -> None:
    """Replace what lies between the marks of this name in a page."""
    page.write_text(with_between_marks(page.read_text(encoding="utf-8"), name, table), encoding="utf-8")


def score_table(recipe: Recipe, scores: Mapping[str, Any]) -> str:
    """The scores as a Markdown table, one row per place, in per cent, and the calibration error."""
    rows = {**scores["places"], "All, pixels pooled": scores["all_places_pooled"]}
    others = scores["compared"]
    titles = ["Held out", "Mpx", "Accuracy", "Mean IoU", *recipe.classes, *(f"{name}: mean IoU" for name in others)]
    lines = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    for name, figures in rows.items():
        low_high = figures["mean_iou_interval"]
        spread = f" ({percent(low_high[0])}–{percent(low_high[1])})" if low_high else ""
        cells = [f"{figures['pixels'] / 1e6:.1f}", percent(figures["overall_accuracy"])]
        cells += [percent(figures["mean_iou"]) + spread, *map(percent, figures["iou"].values())]
        cells += [percent(of_maker.get(name)) for of_maker in others.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    blank = ["", "", percent(scores["mean_of_places"]["mean_iou"]), *[""] * len(recipe.classes)]
    lines.append(
        "| Mean | " + " | ".join([*blank, *(percent(of_maker["mean"]) for of_maker in others.values())]) + " |"
    )
    error = scores["calibration_error"]
    before, after = percent(error["before"]), percent(error["after"])
    by_place = ", ".join(f"{name} {percent(value)}" for name, value in error["by_place_after"].items())
    lines += [
        "",
        f"Calibration error (ECE), each at the others' temperature: {after} in all, {before} before; {by_place}.",
    ]
    return "\n".join(lines) + "\n"


def percent(share: float | None) -> str:
    """A share in per cent; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f}"
