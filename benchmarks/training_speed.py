"""How fast a training goes, held against a bare loop over tensors that lie ready: same network, same losses, in turns.

    python -m benchmarks.training_speed

Prints one line of JSON. The training draws chips from disk, varies them, watches its losses, averages its weights and
keeps its state as often as `trainmodel` does in a training of automatic length; the bare loop does nothing but forward,
backward and step. Scores of validation chips are no part of either.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from dataclasses import replace
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
from terraloom.models.objectives.objective import Objective
from terraloom.models.presets import preset
from terraloom.models.spec import InputSpec
from terraloom.models.training import DTYPES, TrainingSettings, train

CLASSES = 5
CHECKPOINT_EVERY = STEPS // SAVES
CPU = torch.device("cpu")


def main() -> None:
    """Measure in turns and print the medians."""
    options = read_options()
    torch.set_num_threads(options.threads)
    precision = training_precision(CPU)
    chosen = preset(options.preset, (InputSpec(options.bands),), CLASSES, 0)
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder), options)
        ready = [batch_of(store, np.arange(options.batch) + start) for start in range(0, 32, options.batch)]
        bare, whole = [], []
        for _ in range(options.rounds):
            network = build(chosen.spec)
            objective = build_objective(chosen.objectives, setting_of(network, options.steps))
            bare.append(bare_seconds(network, objective, ready, options.steps, precision))
            whole.append(training_seconds(store, options, precision, Path(folder) / "state.pt"))
    line = {
        "preset": options.preset,
        "chip_px": options.side,
        "bands": options.bands,
        "batch": options.batch,
        "augment": options.augment,
        "precision": precision,
        "threads": options.threads,
        "bare_ms": round(1000 * statistics.median(bare), 1),
        "training_ms": round(1000 * statistics.median(whole), 1),
        "share_of_bare": round(statistics.median(b / w for b, w in zip(bare, whole, strict=True)), 3),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(line), flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="landcover")
    parser.add_argument("--augment", default="light", choices=list(STRENGTHS))
    parser.add_argument("--side", type=int, default=256, help="side of the chips in pixels")
    parser.add_argument("--bands", type=int, default=3)
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
    names = tuple(f"b{number}" for number in range(options.bands))
    middle, spread = (128.0,) * options.bands, (50.0,) * options.bands
    source = ChipInput("image", names, middle, spread, (0.0,) * options.bands, (255.0,) * options.bands)
    legend = Legend(tuple(LegendEntry(value, f"class {value}", "#4477AA") for value in range(CLASSES)))
    chips = tuple(Chip(f"{number:06d}", "train", str(number), {}) for number in range(64))
    chip_set = ChipSet(folder / "chips", options.side, 1.0, (source,), legend, chips)
    for chip in chips:
        write(chip_set.image_file(chip, source), rng.integers(0, 256, (options.bands, options.side, options.side)))
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


def bare_seconds(network: Network, objective: Objective, ready: list, steps: int, precision: str) -> float:
    """Seconds of one step that does nothing but learn."""
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


def training_seconds(store: ChipStore, options: argparse.Namespace, precision: str, state: Path) -> float:
    """Seconds of one step of a whole training."""
    chosen = preset(options.preset, (InputSpec(options.bands),), CLASSES, 0)
    network = build(chosen.spec)
    objective = build_objective(chosen.objectives, setting_of(network, options.steps))
    settings = TrainingSettings(
        options.steps, precision=precision, averaging=AVERAGING, checkpoint_every=CHECKPOINT_EVERY
    )
    augment = BatchAugmentation(chosen.spec.inputs, STRENGTHS[options.augment])
    state.unlink(missing_ok=True)
    started = time.perf_counter()
    train(network, objective, Batches(store, options.batch, augment, None), settings, lambda _: None, state)
    return (time.perf_counter() - started) / options.steps


if __name__ == "__main__":
    main()
