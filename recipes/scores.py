"""What networks say of places that they have not seen, and the figures that follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.verification.accuracy import Confusion
from terraloom.engine.verification.calibration import fit_temperature, reliability
from terraloom.models.build import Network
from terraloom.models.weights import weights_sha256
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
    def agreement(self) -> Confusion:
        """All images together."""
        return Confusion(self.counts.sum(dim=0).numpy())


def score_once(work: Path, place: str, network: Network, recipe: Recipe, images: Sequence[LabelledImage]) -> HeldOut:
    """Score a place, or remember what this very network scored in a run before."""
    path = work / f"{place}-{weights_sha256(network)[-12:]}.pt"
    if not path.exists():
        held_out = score(network, recipe, images)
        torch.save([held_out.counts, held_out.logits, held_out.labels], path)
    return HeldOut(*torch.load(path, weights_only=True))


def score(network: Network, recipe: Recipe, images: Sequence[LabelledImage]) -> HeldOut:
    """Predict whole images in float32, as the shipped model does, and compare with the labels."""
    said = (predict(network, each.image) for each in images)
    return against_labels([each.labels for each in images], said, len(recipe.classes), recipe.ignore)


def against_labels(labels: Sequence[Tensor], said: Iterable[Tensor], classes: int, ignore: int) -> HeldOut:
    """Compare what was said of the images of a place with their labels, and draw logits for the temperature.

    Args:
        labels: Of each image, `(rows, cols)`.
        said: Logits of each, `(classes, rows, cols)`.
        classes: How many there are.
        ignore: Label of pixels that do not count.
    """
    generator = Generator().manual_seed(0)
    counts, logits_sample, labels_sample = [], [], []
    for true, logits in zip(labels, said, strict=True):
        counts.append(counts_of(true, logits.argmax(0), classes, ignore))
        pixels = torch.nonzero(true.flatten() != ignore)[:, 0]
        chosen = pixels[torch.randperm(len(pixels), generator=generator)[: CALIBRATION_PIXELS // len(labels)]]
        logits_sample.append(logits.flatten(1)[:, chosen].T)  # (pixels, classes)
        labels_sample.append(true.flatten()[chosen].long())
    return HeldOut(torch.stack(counts), torch.cat(logits_sample), torch.cat(labels_sample))


def counts_of(truth: Tensor, said: Tensor, classes: int, ignore: int) -> Tensor:
    """Pixels by true and said class, `(classes, classes)`, of two maps of the same shape."""
    known = truth != ignore
    return torch.from_numpy(Confusion.measure(truth[known].numpy(), said[known].numpy(), classes).counts)


@torch.no_grad()
def predict(network: Network, image: Tensor) -> Tensor:
    """Logits `(classes, rows, cols)` of a whole 8-bit image, padded with the mean to whole strides."""
    rows, cols = image.shape[1:]
    padding = (0, -cols % network.stride, 0, -rows % network.stride)
    logits: Tensor = network(torch.nn.functional.pad(scaled(image[None].float()), padding))
    return logits[0, :, :rows, :cols]


def shared_temperature(places: Iterable[HeldOut]) -> float:
    """One temperature for what was said of all places, each by a network that had not seen it."""
    logits, labels = zip(*((each.logits, each.labels) for each in places), strict=True)
    return fit_temperature(torch.cat(logits).numpy(), torch.cat(labels).numpy())


def calibration_error(logits: Tensor, labels: Tensor) -> float:
    """Expected calibration error of logits that are divided by their temperature."""
    return reliability(logits.numpy(), labels.numpy(), np.zeros(len(labels), np.int64)).error


def held_out_scores(recipe: Recipe, held_out: Mapping[str, HeldOut], compared: Path | None) -> dict[str, Any]:
    """Scores by place and class with intervals, as JSON values."""
    counts = torch.cat([each.counts for each in held_out.values()])
    logits, labels = ([getattr(each, name) for each in held_out.values()] for name in ("logits", "labels"))
    calibrated = [  # the temperature that a place is judged at comes from the other places
        each.logits / shared_temperature([other for place, other in held_out.items() if place != name])
        for name, each in held_out.items()
    ]
    return {
        "method": "Each place was mapped by a network that had seen nothing of it.",
        "interval": f"{LEVEL:.0%}, bootstrap over images",
        "steps": recipe.steps,
        "places": {name: figures_of(recipe, each.counts) for name, each in held_out.items()},
        "all_places_pooled": figures_of(recipe, counts),
        "mean_of_places": {"mean_iou": rounded(np.mean([each.agreement.mean_iou for each in held_out.values()]))},
        "compared": compared_scores(compared, recipe, list(held_out)),
        "calibration_error": {
            "before": rounded(calibration_error(torch.cat(logits), torch.cat(labels))),
            "after": rounded(calibration_error(torch.cat(calibrated), torch.cat(labels))),
            "by_place_after": {
                name: rounded(calibration_error(*of_place))
                for name, *of_place in zip(held_out, calibrated, labels, strict=True)
            },
        },
    }


def compared_scores(lines: Path | None, recipe: Recipe, places: Iterable[str]) -> dict[str, dict[str, float | None]]:
    """Mean IoU of other makers by place, from the lines of `benchmarks.context_gain`.

    Raises:
        SystemExit: A maker lacks a place or has it twice, or networks were trained for different numbers of steps.
    """
    if lines is None:
        return {}
    found: dict[str, dict[str, float | None]] = {}
    steps: set[int] = set()  # of networks; forests have none
    for line in map(json.loads, lines.read_text(encoding="utf-8").splitlines()):
        if line["set"] == recipe.data and line["maker"] in OTHERS:
            maker, place = OTHERS[line["maker"]], f"Place {line['place']}"
            if place in found.setdefault(maker, {}):
                raise SystemExit(f"{lines} tells twice of '{maker}' in {place}. Keep one of these lines.")
            found[maker][place] = line["mean_iou"]
            steps |= {line["steps"]} if "steps" in line else set()
    if len(steps) > 1:
        told = ", ".join(map(str, sorted(steps)))
        raise SystemExit(f"{lines} tells of networks after {told} steps. Keep the lines of one number of steps.")
    for maker, by_place in found.items():
        if set(by_place) != set(places):
            raise SystemExit(f"{lines} does not tell of '{maker}' in all of {', '.join(places)}. Measure again.")
    return {maker: {**by_place, "mean": rounded(np.mean(list(by_place.values())))} for maker, by_place in found.items()}


def figures_of(recipe: Recipe, counts: Tensor) -> dict[str, Any]:
    """Scores of some images as JSON values; classes that they do not have are null."""
    of_images = counts.numpy()
    whole = Confusion(of_images.sum(axis=0))
    drawn = Confusion(np.stack([of_images[chosen].sum(axis=0) for chosen in draws(len(counts))]))
    intervals = [interval(of_class) for of_class in drawn.iou.T]
    return {
        "pixels": int(whole.total),
        "overall_accuracy": rounded(whole.overall_accuracy),
        "mean_iou": rounded(whole.mean_iou),
        "mean_iou_interval": interval(drawn.mean_iou),
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
