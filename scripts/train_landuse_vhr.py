"""The recipe of the bundled model `landuse-vhr`: from labelled images to `model.onnx`, its card and scores.

    python scripts/train_landuse_vhr.py --data DATA --work DIR     (DATA: in the project, ../shared/data/dubai)

Three networks are trained, each with two places held out, and scored on those; then one on all six places,
which is shipped. Steps are fixed beforehand and nothing is chosen by a held-out score. A run that was
stopped goes on from its checkpoints in DIR. Prose in `card.json` and `README.md` is written by hand; this
script fills in the figures.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Generator, Tensor

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location(
    "terraloom", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
sys.modules["terraloom"] = importlib.util.module_from_spec(_spec)

from terraloom.engine.calibration import fit_temperature, reliability  # noqa: E402
from terraloom.engine.card_in_file import copy_with_card  # noqa: E402
from terraloom.engine.library.card import ModelCard  # noqa: E402
from terraloom.models.augmentation import Augmentation, cut_tile  # noqa: E402
from terraloom.models.build import Network, build  # noqa: E402
from terraloom.models.complexity import count_parameters, flops_per_pixel  # noqa: E402
from terraloom.models.export import export_onnx  # noqa: E402
from terraloom.models.losses.cross_entropy import CrossEntropy  # noqa: E402
from terraloom.models.losses.dice import Dice  # noqa: E402
from terraloom.models.objectives.objective import Batch  # noqa: E402
from terraloom.models.objectives.supervised import Supervised, Term  # noqa: E402
from terraloom.models.scores import Agreement  # noqa: E402
from terraloom.models.spec import NetworkSpec, PartSpec  # noqa: E402
from terraloom.models.training import StepReport, TrainingSettings, train  # noqa: E402
from terraloom.models.weights import weights_sha256  # noqa: E402

BUNDLE = ROOT / "models" / "bundled" / "landuse-vhr"

CLASSES = ("Water", "Bare land", "Road", "Building", "Vegetation")
UNLABELLED = 5
PLACES = (1, 3, 4, 6, 7, 8)
FOLDS = ((1, 6), (3, 7), (4, 8))

# Usual means and deviations of photographs, fixed beforehand so that held-out places have no say in them.
MEAN = (123.675, 116.28, 103.53)
STD = (58.395, 57.12, 57.375)

SPEC = NetworkSpec.for_image(
    bands=3,
    encoder=PartSpec("unet", {"widths": (16, 32, 64, 96, 128), "depths": (2, 2, 2, 2, 3)}),
    necks=[PartSpec("unet", {"widths": (16, 32, 64, 96)})],
    head=PartSpec("segmentation", {"classes": len(CLASSES)}),
)
TILE_PX = 256
TILES_PER_BATCH = 8
SCALE = (0.5, 1.6)
CALIBRATION_PIXELS = 200_000  # per place


@dataclass(frozen=True)
class Scene:
    """One labelled image: 8-bit `(bands, rows, cols)` and labels `(rows, cols)`."""

    image: Tensor
    labels: Tensor


@dataclass(frozen=True)
class HeldOut:
    """What a network says about a place it has not seen: counts, and a sample of logits with labels."""

    agreement: Agreement
    logits: Tensor
    labels: Tensor


def main() -> None:
    """Train, score, export and write down."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    places = {place: read_place(options.data, place) for place in PLACES}
    held_out: dict[int, HeldOut] = {}
    for number, fold in enumerate(FOLDS, start=1):
        seen = [scenes for place, scenes in places.items() if place not in fold]
        network = train_network(f"fold-{number}", seen, options.fold_steps, options.work)
        for place in fold:
            held_out[place] = score_once(options.work / f"place-{place}.pt", network, places[place])
            print(f"place {place}: mIoU {held_out[place].agreement.mean_iou:.3f}", flush=True)

    final = train_network("final", list(places.values()), options.final_steps, options.work)
    figures = collect_figures(final, dict(sorted(held_out.items())), options)
    write_bundle(final, figures)
    print(f"done in {(time.monotonic() - started) / 60:.0f} min")


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with images/ and labels/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--fold-steps", type=int, default=900)
    parser.add_argument("--final-steps", type=int, default=1500)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read_place(data: Path, place: int) -> list[Scene]:
    """Read all images of one place."""
    scenes = []
    for image in sorted((data / "images").glob(f"tile{place}_*.jpg")):
        labels = Image.open(data / "labels" / f"{image.stem}.png")
        pixels = np.asarray(Image.open(image).convert("RGB"))
        scenes.append(Scene(torch.from_numpy(pixels.transpose(2, 0, 1).copy()), torch.from_numpy(np.array(labels))))
    return scenes


def train_network(name: str, places: Sequence[list[Scene]], steps: int, work: Path) -> Network:
    """Train a network on some places, or go on with it."""
    settings = TrainingSettings(
        steps=steps, learning_rate=2e-3, warmup_steps=steps // 20, weight_decay=0.05, precision="bf16"
    )
    torch.manual_seed(settings.seed)
    network = build(SPEC).to(memory_format=torch.channels_last)
    objective = Supervised(
        {
            "cross_entropy": Term(CrossEntropy(UNLABELLED, class_weights(places))),
            "dice": Term(Dice(UNLABELLED)),
        }
    )
    train(network, objective, batches(places), settings, printed(name), work / f"{name}.pt")
    return network


def class_weights(places: Sequence[list[Scene]]) -> list[float]:
    """One over the root of each class's share, with mean 1, so that rare classes count without ruling."""
    labels = torch.cat([scene.labels.flatten() for place in places for scene in place])
    share = torch.bincount(labels[labels != UNLABELLED], minlength=len(CLASSES)) / len(labels)
    weight = share.clamp_min(1e-4).rsqrt()
    return (weight / weight.mean()).tolist()


def batches(places: Sequence[list[Scene]]) -> Callable[[Generator], Batch]:
    """Draw varied tiles, from large places more often than from small ones, by the root of their area."""
    areas = torch.tensor([sum(scene.labels.numel() for scene in place) for place in places])
    augment = Augmentation()

    def draw(generator: Generator) -> Batch:
        tiles = []
        for index in torch.multinomial(areas.sqrt(), TILES_PER_BATCH, True, generator=generator):
            place = places[int(index)]
            scene = place[int(torch.randint(len(place), (1,), generator=generator))]
            tile = cut_tile(scene.image, scene.labels, TILE_PX, SCALE, generator)
            tiles.append(augment(*tile, generator))
        images, labels = (torch.stack(column) for column in zip(*tiles))
        return Batch((scaled(images * 255),), labels.long())

    return draw


def scaled(images: Tensor) -> Tensor:
    """Bring values 0–255 `(B, 3, H, W)` to what the network takes."""
    images = (images - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)
    return images.contiguous(memory_format=torch.channels_last)


def printed(name: str) -> Callable[[StepReport], None]:
    """Progress of a training as lines of text."""
    started = time.monotonic()

    def report(step: StepReport) -> None:
        if step.step % 25 == 0 or step.step == step.steps:
            losses = "  ".join(f"{loss} {value:.3f}" for loss, value in step.losses.items())
            elapsed_s = time.monotonic() - started
            print(f"{name} {step.step}/{step.steps}  {losses}  {elapsed_s:.0f} s", flush=True)

    return report


def score_once(path: Path, network: Network, scenes: list[Scene]) -> HeldOut:
    """Score a place, or remember the scores of a run before."""
    if not path.exists():
        held_out = score(network, scenes)
        torch.save([held_out.agreement.counts, held_out.logits, held_out.labels], path)
    counts, logits, labels = torch.load(path, weights_only=True)
    return HeldOut(Agreement(counts), logits, labels)


def score(network: Network, scenes: list[Scene]) -> HeldOut:
    """Predict whole images in float32, as the shipped model does, and compare with the labels."""
    generator = Generator().manual_seed(0)
    agreement = Agreement(torch.zeros(len(CLASSES), len(CLASSES), dtype=torch.long))
    logits_sample, labels_sample = [], []
    for scene in scenes:
        logits = predict(network, scene.image)
        agreement += Agreement.measure(scene.labels, logits.argmax(0), len(CLASSES), UNLABELLED)
        pixels = torch.nonzero(scene.labels.flatten() != UNLABELLED)[:, 0]
        chosen = pixels[torch.randperm(len(pixels), generator=generator)[: CALIBRATION_PIXELS // len(scenes)]]
        logits_sample.append(logits.flatten(1)[:, chosen].T)  # (pixels, classes)
        labels_sample.append(scene.labels.flatten()[chosen].long())
    return HeldOut(agreement, torch.cat(logits_sample), torch.cat(labels_sample))


@torch.no_grad()
def predict(network: Network, image: Tensor) -> Tensor:
    """Logits `(classes, rows, cols)` of a whole 8-bit image, padded with the mean to whole strides."""
    rows, cols = image.shape[1:]
    values = scaled(image[None].float())
    padding = (0, -cols % network.stride, 0, -rows % network.stride)
    logits: Tensor = network(torch.nn.functional.pad(values, padding))
    return logits[0, :, :rows, :cols]


def collect_figures(network: Network, held_out: dict[int, HeldOut], options: argparse.Namespace) -> dict[str, Any]:
    """Everything in the card that is measured, as JSON values."""
    logits = torch.cat([place.logits for place in held_out.values()]).numpy()
    labels = torch.cat([place.labels for place in held_out.values()]).numpy()
    everywhere = np.zeros_like(labels)
    temperature = fit_temperature(logits, labels)
    pooled = sum((place.agreement for place in list(held_out.values())[1:]), held_out[PLACES[0]].agreement)
    return {
        "mlm:total_parameters": count_parameters(network),
        "mlm:framework_version": torch.__version__.split("+")[0],
        "updated": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "terraloom:network_spec": SPEC.to_dict(),
        "terraloom:stride_px": network.stride,
        "terraloom:receptive_radius_px": network.receptive_radius_px,
        "terraloom:global_operations": list(network.global_operations),
        "terraloom:flops_per_pixel": round(flops_per_pixel(network)),
        "terraloom:weights_sha256": weights_sha256(network),
        "terraloom:temperature": round(temperature, 4),
        "terraloom:held_out_scores": {
            "folds": [list(fold) for fold in FOLDS],
            "steps": {"fold": options.fold_steps, "shipped": options.final_steps},
            "places": {str(place): figures_of(result.agreement) for place, result in held_out.items()},
            "all_places_pooled": figures_of(pooled),
            "calibration_error": {
                "before": round(reliability(logits, labels, everywhere).error, 4),
                "after": round(reliability(logits / np.float32(temperature), labels, everywhere).error, 4),
            },
        },
    }


def figures_of(agreement: Agreement) -> dict[str, Any]:
    """Scores of one place as JSON values; classes that the place does not have are null."""
    iou = {name: None if math.isnan(value) else round(value, 4) for name, value in zip(CLASSES, agreement.iou)}
    return {
        "pixels": agreement.pixels,
        "overall_accuracy": round(agreement.overall_accuracy, 4),
        "mean_iou": round(agreement.mean_iou, 4),
        "iou": iou,
    }


def write_bundle(network: Network, figures: dict[str, Any]) -> None:
    """Write the model, bring the figures into its card, and the card into the model and the README."""
    card_file, readme = BUNDLE / "card.json", BUNDLE / "README.md"
    card = json.loads(card_file.read_text(encoding="utf-8"))
    card["properties"] |= figures
    ModelCard.from_document(card)  # refuses what the engine could not read
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"

    export_onnx(network, BUNDLE / "model.onnx")
    copy_with_card(BUNDLE / "model.onnx", card, BUNDLE / "model.onnx")
    card_file.write_text(text, encoding="utf-8")

    between = re.compile(r"(<!-- scores -->\n).*(<!-- end of scores -->)", re.DOTALL)
    table = score_table(figures["terraloom:held_out_scores"])
    prose = readme.read_text(encoding="utf-8")
    readme.write_text(between.sub(lambda found: found[1] + table + found[2], prose), encoding="utf-8")


def score_table(scores: dict[str, Any]) -> str:
    """The scores as a Markdown table: one row per place, IoU in per cent."""
    rows = {f"Place {place}": figures for place, figures in scores["places"].items()}
    rows["All places, pixels pooled"] = scores["all_places_pooled"]
    lines = [
        "| Held-out place | Mpx | Accuracy | Mean IoU | " + " | ".join(CLASSES) + " |",
        "|---|" + "---:|" * (3 + len(CLASSES)),
    ]
    for name, figures in rows.items():
        shares = [figures["overall_accuracy"], figures["mean_iou"], *figures["iou"].values()]
        cells = ["–" if share is None else f"{100 * share:.1f}" for share in shares]
        lines.append(f"| {name} | {figures['pixels'] / 1e6:.1f} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
