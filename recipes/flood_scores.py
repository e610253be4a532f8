"""What networks of floods say of unseen images, with every combination of inputs, in the terms of OMBRIA's authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from terraloom.engine.verification.accuracy import Confusion
from terraloom.models.build import Network
from torch import Tensor

from .flood_tiles import COMBINATIONS, IGNORE, FloodImage, standardised
from .scores import counts_of, rounded

BATCH = 8


@dataclass(frozen=True)
class Said:
    """What a network says of some images with some inputs.

    Attributes:
        logits: `(images, 2, rows, cols)`.
        counts: Pixels by true and predicted class, `(images, 2, 2)`.
    """

    logits: Tensor
    counts: Tensor


@torch.no_grad()
def said_of(network: Network, images: Sequence[FloodImage], there: Sequence[bool]) -> Said:
    """Map images in float32, as the shipped model does, with some of the inputs."""
    logits = []
    for start in range(0, len(images), BATCH):
        pixels = torch.stack([each.pixels for each in images[start : start + BATCH]]).float()
        logits.append(network(*standardised(pixels, there)))
    found = torch.cat(logits)
    counts = [counts_of(each.flood, of_one.argmax(0), 2, IGNORE) for each, of_one in zip(images, found, strict=True)]
    return Said(found, torch.stack(counts))


def flood_figures(counts: Tensor) -> dict[str, Any]:
    """Scores of some images, `(images, 2, 2)`.

    `accuracy`, `mean_iou` and `weighted_iou` are means over the images, as OMBRIA's authors have them: of an image the
    sum of the IoUs of the classes that its truth has over their number, or weighed by their shares of it. `flood_iou`
    and `flood_f1` are of all pixels together.
    """
    images = [Confusion(of_one) for of_one in counts.numpy()]
    pooled = Confusion(counts.sum(dim=0).numpy())
    hit, missed, wrong = (float(pooled.counts[place]) for place in ((1, 1), (1, 0), (0, 1)))
    return {
        "images": len(counts),
        "accuracy": mean(each.overall_accuracy for each in images),
        "mean_iou": mean(each.mean_iou for each in images),
        "weighted_iou": mean(weighted_iou(each) for each in images),
        "flood_iou": rounded(pooled.iou[1]),
        "flood_f1": rounded(2 * hit / max(1.0, 2 * hit + missed + wrong)),
        "flood_share": rounded((hit + missed) / float(pooled.total)),
    }


def weighted_iou(agreement: Confusion) -> float:
    """IoU of the classes that the truth has, weighed by their shares."""
    shares = (agreement.true / agreement.total).tolist()
    return sum(share * iou for share, iou in zip(shares, agreement.iou, strict=True) if share > 0)


def mean(values: Any) -> float | None:
    """The mean, rounded."""
    found = list(values)
    return rounded(sum(found) / len(found))


def scores_of(network: Network, images: Sequence[FloodImage]) -> dict[str, dict[str, Any]]:
    """Scores of each combination of inputs."""
    return {name: flood_figures(said_of(network, images, there).counts) for name, there in COMBINATIONS.items()}


def score_lines(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """Scores as a Markdown table."""
    lines = [
        "| Inputs | Accuracy | Mean IoU | Weighted IoU | Flood IoU, pooled | Flood F1, pooled |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, figures in scores.items():
        cells = [figures[key] for key in ("accuracy", "mean_iou", "weighted_iou", "flood_iou", "flood_f1")]
        lines.append(f"| {name} | " + " | ".join("–" if cell is None else f"{cell:.3f}" for cell in cells) + " |")
    return "\n".join(lines) + "\n"
