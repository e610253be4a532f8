"""What networks say of places that they have not seen, and the figures that follow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.calibration import fit_temperature, reliability
from terraloom.models.build import Network
from terraloom.models.scores import Agreement
from torch import Generator, Tensor

from .images import LabelledImage, scaled
from .training import Recipe

CALIBRATION_PIXELS = 200_000
"""Of each place."""

DRAWS, LEVEL = 1000, 0.95

OTHERS = {
    "forest": "Random forest",
    "forest_with_more": "Random forest, neighbourhood",
    "near": "U-Net that sees 7 px",
    "far": "U-Net that sees 91 px",
}
"""Makers of `benchmarks.context_gain`, as the card names them."""


@dataclass(frozen=True)
class HeldOut:
    """What networks say of a place they have not seen.

    Args:
        counts: Pixels by true and predicted class, `(images, classes, classes)`.
        logits: A sample, `(pixels, classes)`.
        labels: Its true classes, `(pixels,)`.
    """

    counts: Tensor
    logits: Tensor
    labels: Tensor

    @property
    def agreement(self) -> Agreement:
        """All images together."""
        return Agreement(self.counts.sum(dim=0))


def score_once(path: Path, network: Network, recipe: Recipe, images: Sequence[LabelledImage]) -> HeldOut:
    """Score a place, or remember the scores of a run before."""
    if not path.exists():
        held_out = score(network, recipe, images)
        torch.save([held_out.counts, held_out.logits, held_out.labels], path)
    return HeldOut(*torch.load(path, weights_only=True))


def score(network: Network, recipe: Recipe, images: Sequence[LabelledImage]) -> HeldOut:
    """Predict whole images in float32, as the shipped model does, and compare with the labels."""
    generator = Generator().manual_seed(0)
    counts, logits_sample, labels_sample = [], [], []
    for each in images:
        logits = predict(network, each.image)
        counts.append(Agreement.measure(each.labels, logits.argmax(0), len(recipe.classes), recipe.ignore).counts)
        pixels = torch.nonzero(each.labels.flatten() != recipe.ignore)[:, 0]
        chosen = pixels[torch.randperm(len(pixels), generator=generator)[: CALIBRATION_PIXELS // len(images)]]
        logits_sample.append(logits.flatten(1)[:, chosen].T)  # (pixels, classes)
        labels_sample.append(each.labels.flatten()[chosen].long())
    return HeldOut(torch.stack(counts), torch.cat(logits_sample), torch.cat(labels_sample))


@torch.no_grad()
def predict(network: Network, image: Tensor) -> Tensor:
    """Logits `(classes, rows, cols)` of a whole 8-bit image, padded with the mean to whole strides."""
    rows, cols = image.shape[1:]
    padding = (0, -cols % network.stride, 0, -rows % network.stride)
    logits: Tensor = network(torch.nn.functional.pad(scaled(image[None].float()), padding))
    return logits[0, :, :rows, :cols]


def shared_temperature(places: Sequence[HeldOut]) -> float:
    """One temperature for what was said of all places, each by a network that had not seen it."""
    logits, labels = (torch.cat([getattr(each, name) for each in places]).numpy() for name in ("logits", "labels"))
    return fit_temperature(logits, labels)


def calibration_error(held_out: HeldOut, temperature: float) -> float:
    """Expected calibration error of a place."""
    alone = np.zeros(len(held_out.labels), np.int64)
    return reliability(held_out.logits.numpy() / np.float32(temperature), held_out.labels.numpy(), alone).error


def held_out_scores(recipe: Recipe, held_out: Mapping[str, HeldOut], compared: Path | None) -> dict[str, Any]:
    """Scores by place and class with intervals, as JSON values."""
    everything = list(held_out.values())
    pooled = HeldOut(
        *(torch.cat([getattr(each, name) for each in everything]) for name in ("counts", "logits", "labels"))
    )
    by_others = {  # the temperature that a place is judged at comes from the other places
        name: shared_temperature([each for other, each in held_out.items() if other != name]) for name in held_out
    }
    return {
        "method": "Each place was mapped by a network that had seen nothing of it.",
        "interval": f"{LEVEL:.0%}, bootstrap over images",
        "steps": recipe.steps,
        "places": {name: figures_of(recipe, each.counts) for name, each in held_out.items()},
        "all_places_pooled": figures_of(recipe, pooled.counts),
        "mean_of_places": {"mean_iou": rounded(np.mean([each.agreement.mean_iou for each in everything]))},
        "compared": compared_scores(compared, recipe.data),
        "calibration_error": {
            "before": rounded(calibration_error(pooled, 1.0)),
            "after": rounded(calibration_error(pooled, shared_temperature(everything))),
            "by_place_after": {
                name: rounded(calibration_error(each, by_others[name])) for name, each in held_out.items()
            },
        },
    }


def compared_scores(lines: Path | None, data: str) -> dict[str, dict[str, float | None]]:
    """Mean IoU of other makers by place, from the lines of `benchmarks.context_gain` that are of a set."""
    if lines is None:
        return {}
    found: dict[str, dict[str, float | None]] = {}
    for line in map(json.loads, lines.read_text(encoding="utf-8").splitlines()):
        if line["set"] == data and line["maker"] in OTHERS:
            found.setdefault(OTHERS[line["maker"]], {})[f"Place {line['place']}"] = line["mean_iou"]
    return {maker: {**by_place, "mean": rounded(np.mean(list(by_place.values())))} for maker, by_place in found.items()}


def figures_of(recipe: Recipe, counts: Tensor) -> dict[str, Any]:
    """Scores of some images as JSON values; classes that they do not have are null."""
    whole = Agreement(counts.sum(dim=0))
    drawn = [Agreement(counts[torch.from_numpy(chosen)].sum(dim=0)) for chosen in draws(len(counts))]
    of_classes = np.array([each.iou for each in drawn])
    intervals = [interval(of_classes[:, place]) for place in range(len(recipe.classes))]
    return {
        "pixels": whole.pixels,
        "overall_accuracy": rounded(whole.overall_accuracy),
        "mean_iou": rounded(whole.mean_iou),
        "mean_iou_interval": interval(np.array([each.mean_iou for each in drawn])),
        "iou": {name: rounded(value) for name, value in zip(recipe.classes, whole.iou, strict=True)},
        "iou_interval": dict(zip(recipe.classes, intervals, strict=True)),
    }


def draws(images: int) -> NDArray[np.int64]:
    """Images drawn with replacement, `(draws, images)`."""
    return np.random.default_rng(0).integers(images, size=(DRAWS, images))


def interval(values: NDArray[np.float64]) -> list[float] | None:
    """Percentile interval; `None`: the class is nowhere, or there is one image only."""
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        return None
    return [rounded(each) for each in np.quantile(known, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2))]


def rounded(value: float) -> float | None:
    """Four digits, as cards have them; a number that is none is null."""
    return round(float(value), 4) if np.isfinite(value) else None
