"""How fast a training goes, held against bare loops over tensors that lie ready: same network, same losses, in turns.

    python -m benchmarks.training_speed

Prints one line of JSON. The training draws chips from disk, varies them, watches its losses, averages its weights and
keeps its state as often as `trainmodel` does in a training of automatic length; a bare loop does nothing but forward,
backward and step. There is one for each precision and each order of channels, and the share is that of the loop whose
precision and order are the training's. Scores of validation chips are no part of either.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import rasterio
import torch
from rasterio.transform import from_origin
from terraloom.engine.chips.chip_set import IGNORE, Chip, ChipInput, ChipSet
from terraloom.engine.jobs.train_model import AVERAGING
from terraloom.engine.learning.batches import Batches, batch_of
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.device import training_precision
from terraloom.engine.learning.training_run import SAVES, STEPS
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.progress import Silent
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation
from terraloom.models.build import Network, build
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.presets import Preset, preset
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.training import DTYPES, TrainingSettings, train

CLASSES = 5
CHECKPOINT_EVERY = STEPS // SAVES
CPU = torch.device("cpu")
ORDERS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}
WAYS = tuple(product(("fp32", "bf16"), ORDERS))
PRETRAINED = NetworkSpec.for_image(
    3,
    encoder=PartSpec("efficient", {"stages": 5}),
    necks=(PartSpec("unet", {"widths": (24, 32, 48)}),),
    head=PartSpec("segmentation", {"classes": CLASSES}),
)
"""Like the bundled models: with an encoder whose convolutions are depth-wise, for the most part."""


def main() -> None:
    """Measure in turns and print the medians."""
    options = read_options()
    torch.set_num_threads(options.threads)
    own = PRETRAINED if options.pretrained else None
    chosen = preset(options.preset, (InputSpec(3),), CLASSES, 0, own)
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder), options)
        ready = [batch_of(store, np.arange(options.batch) + start) for start in range(0, 32, options.batch)]
        bare: dict[tuple[str, str], list[float]] = {way: [] for way in WAYS}
        whole = []
        for _ in range(options.rounds):
            for way, seconds in bare.items():
                seconds.append(bare_seconds(chosen, ready, options.steps, *way))
            whole.append(training_seconds(chosen, store, options, Path(folder) / "state.pt"))
    precision = training_precision(CPU)
    alike = bare[precision, "channels last"]
    line = {
        "network": "pretrained" if own else options.preset,
        "chip_px": options.side,
        "batch": options.batch,
        "augment": options.augment,
        "precision": precision,
        "threads": options.threads,
        "bare_ms": {", ".join(way): round(1000 * statistics.median(each)) for way, each in bare.items()},
        "training_ms": round(1000 * statistics.median(whole)),
        "share_of_bare": round(statistics.median(b / w for b, w in zip(alike, whole, strict=True)), 3),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(line), flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="landcover")
    parser.add_argument("--pretrained", action="store_true", help="a network like the bundled ones, not the preset's")
    parser.add_argument("--augment", default="light", choices=list(STRENGTHS))
    parser.add_argument("--side", type=int, default=256, help="side of the chips in pixels")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument(
        "--steps",
        type=int,
        default=2 * CHECKPOINT_EVERY,
        help=f"steps of one run, multiples of {CHECKPOINT_EVERY}: after the last one the state is kept in any case",
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def make_store(folder: Path, options: argparse.Namespace) -> ChipStore:
    """64 chips of noise."""
    rng = np.random.default_rng(0)
    source = ChipInput("image", ("red", "green", "blue"), (128.0,) * 3, (50.0,) * 3, (0.0,) * 3, (255.0,) * 3)
    legend = Legend(tuple(LegendEntry(value, f"class {value}", "#4477AA") for value in range(CLASSES)))
    chips = tuple(Chip(f"{number:06d}", "train", str(number), {}) for number in range(64))
    chip_set = ChipSet(folder / "chips", options.side, 1.0, (source,), legend, chips)
    for chip in chips:
        write(chip_set.image_file(chip, source), rng.integers(0, 256, (3, options.side, options.side)))
        write(chip_set.label_file(chip), rng.integers(0, CLASSES, (1, options.side, options.side)))
    (folder / "store").mkdir()
    return ChipStore(chip_set, chips, folder / "store", Silent())


def write(path: Path, values: np.ndarray) -> None:
    """One chip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bands, rows, cols = values.shape
    profile = {"driver": "GTiff", "width": cols, "height": rows, "count": bands, "dtype": "uint8"}
    with rasterio.open(path, "w", **profile, crs="EPSG:32617", transform=from_origin(0, 0, 1, 1)) as dataset:
        dataset.write(values.astype(np.uint8))


def setting_of(network: Network, steps: int) -> ObjectiveSetting:
    """What the objective needs to know, as `trainmodel` tells it."""
    return replace(ObjectiveSetting.of(network, steps), ignore_label=IGNORE, class_weights=(1.0,) * CLASSES)


def bare_seconds(chosen: Preset, ready: list, steps: int, precision: str, order: str) -> float:
    """Seconds of one step that does nothing but learn."""
    network = build(chosen.spec).to(memory_format=ORDERS[order])
    objective = build_objective(chosen.objectives, setting_of(network, steps))
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3)
    network.train()
    started = time.perf_counter()
    for step in range(steps):
        batch = ready[step % len(ready)]
        with torch.autocast("cpu", DTYPES[precision], enabled=precision != "fp32"):
            losses = objective.losses(network, batch)
        optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
    return (time.perf_counter() - started) / steps


def training_seconds(chosen: Preset, store: ChipStore, options: argparse.Namespace, state: Path) -> float:
    """Seconds of one step of a whole training."""
    network = build(chosen.spec)
    objective = build_objective(chosen.objectives, setting_of(network, options.steps))
    settings = TrainingSettings(
        options.steps, precision=training_precision(CPU), averaging=AVERAGING, checkpoint_every=CHECKPOINT_EVERY
    )
    augment = BatchAugmentation(chosen.spec.inputs, STRENGTHS[options.augment])
    state.unlink(missing_ok=True)
    started = time.perf_counter()
    train(network, objective, Batches(store, options.batch, augment, None), settings, lambda _: None, state)
    return (time.perf_counter() - started) / options.steps


if __name__ == "__main__":
    main()
