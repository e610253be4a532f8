"""What makes a map in the context benchmark: random forests on pixels, and networks that see little or much around.

The two networks have about as many weights as each other; the one that sees little spends more operations on a pixel.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rasterio.windows import Window
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.learning.device import training_precision
from terraloom.engine.tiles.tiling import Reach, Tiling
from terraloom.models.build import Network, build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.presets import CLASSES, preset
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.training import StepReport, TrainingSettings, train
from torch import Generator

from .context_sets import Fold, ForestInput
from .forests import forest_classes

FOREST, MORE, NEAR, FAR, PRESET = "forest", "forest_with_more", "near", "far", "localcontext"
FORESTS, NETWORKS = (FOREST, MORE), (NEAR, FAR, PRESET)
MAKERS = (*FORESTS, *NETWORKS)

UNETS: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    NEAR: ((16, 80), (1, 2)),
    FAR: ((16, 24, 24, 24, 32), (1, 2, 2, 2, 2)),
}
"""Widths and depths of the levels: 7 and 91 px around a pixel, both with about 85,000 weights."""

LEARNING_RATE, SEED = 2e-3, 0
CORE_PX = 512
"""Side of the parts in which images are mapped, each with its halo: the same as mapped whole, in less memory."""


@dataclass(frozen=True)
class Made:
    """Classes of the pixels that are judged, and the truth, in one order; and what there is to tell of the maker."""

    predicted: NDArray[np.uint8]
    truth: NDArray[np.uint8]
    facts: Mapping[str, Any]


def made_by_forest(fold: Fold, maker: str) -> Made:
    """The map of a tuned forest."""
    given: ForestInput = fold.forest(maker == MORE)
    predicted = forest_classes(given.features, given.labels, given.blocks, given.wanted)
    return Made(predicted, _truth(fold), {})


def made_by_network(
    fold: Fold, maker: str, steps: int, checkpoint: Path, progress: Callable[[StepReport], None]
) -> Made:
    """The map of a network that learns for some steps, or goes on from its checkpoint.

    Args:
        fold: What it learns from and maps.
        maker: One of `NETWORKS`.
        steps: Number of batches.
        checkpoint: Where the state of the training is kept.
        progress: Is told of every step.
    """
    begins_anew, begun_s = not checkpoint.exists(), time.monotonic()
    torch.manual_seed(SEED)
    network = build(spec_of(maker, fold.bands, len(fold.classes)))
    precision = training_precision(torch.device("cpu"))
    settings = TrainingSettings(
        steps, LEARNING_RATE, warmup_steps=steps // 20, precision=precision, seed=SEED, checkpoint_every=50
    )
    objective = build_objective(CLASSES, replace(ObjectiveSetting.of(network, steps), ignore_label=IGNORE))

    def draw(generator: Generator) -> Batch:
        batch = fold.draw(generator)
        return Batch((batch.inputs[0].contiguous(memory_format=torch.channels_last),), batch.target)  # a fifth faster

    train(network, objective, draw, settings, progress, checkpoint)
    trained_s = time.monotonic() - begun_s
    predicted = [classes_of(network, held.image)[held.labels != IGNORE] for held in fold.held_out()]
    facts = {
        "steps": steps,
        "training_s": round(trained_s, 1) if begins_anew else None,  # of one that was taken up again it is not known
        "tile_px": fold.tile_px,
        "parameters": count_parameters(network),
        "flops_per_px": round(flops_per_pixel(network)),
        "radius_px": network.receptive_radius_px,
        "precision": precision,
        "seed": SEED,
    }
    return Made(np.concatenate(predicted), _truth(fold), facts)


def spec_of(maker: str, bands: int, classes: int) -> NetworkSpec:
    """The network of a name."""
    if maker == PRESET:
        return preset(PRESET, (InputSpec(bands),), classes, 0).spec
    widths, depths = UNETS[maker]
    encoder = PartSpec("unet", {"widths": widths, "depths": depths})
    neck, head = PartSpec("unet", {"widths": widths[:-1]}), PartSpec("segmentation", {"classes": classes})
    return NetworkSpec.for_image(bands, encoder, [neck], head)


@torch.no_grad()
def classes_of(network: Network, image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Classes `(rows, cols)` of an image `(bands, rows, cols)` of z-scores, as if it were mapped whole."""
    rows, cols = image.shape[1:]
    padded = np.pad(image, ((0, 0), (0, -rows % network.stride), (0, -cols % network.stride)))
    found = np.empty((rows, cols), np.uint8)
    reach = Reach(network.stride, network.receptive_radius_px)
    for strip in Tiling(cols, rows, Window(0, 0, cols, rows), reach, (CORE_PX, CORE_PX), block_tiles=1):
        for tile in strip.tiles:
            logits = network(torch.from_numpy(padded[(slice(None), *tile.read.toslices())])[None])[0]
            found[tile.write.toslices()] = logits[(slice(None), *tile.core)].argmax(dim=0).numpy()
    return found


def _truth(fold: Fold) -> NDArray[np.uint8]:
    """The labels that are judged, image by image."""
    return np.concatenate([held.labels[held.labels != IGNORE] for held in fold.held_out()])
