"""Trains one composition for a budget of processor time, and measures what came out: score, size, price, speed, seams.

The score is that of the exported file, as onnxruntime runs it.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.learning.batches import region_rules, with_regions
from terraloom.engine.learning.device import training_precision
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation
from terraloom.models.build import Network, build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.export import export_onnx, input_names
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.ramp import Ramp
from terraloom.models.objectives.weighted_sum import WeightedSum
from terraloom.models.training import StepReport, TrainingSettings, train
from torch import Generator, Tensor

from recipes.training import start_encoders_from_imagenet

from .composition_rows import DUBAI, FLOODS, LEARNING_RATE, TRANSLATION, Row, rows
from .composition_scores import judge_of
from .composition_sets import TILE_PX, TILES, Dubai, Floods, TileSet, Translation

SETS: Mapping[str, Callable[[Path], TileSet]] = {DUBAI: Dubai, FLOODS: Floods, TRANSLATION: Translation}
AUGMENTATION = "light"
TRIAL_STEPS, COLD_STEPS = 13, 3
"""Steps that tell how long one takes, and how many of them only warm up."""

LEAST_S, LEAST_RUNS = 1.0, 9
"""How long, and how often at least, the bare network is timed."""


def measure(task: Mapping[str, Any]) -> dict[str, Any]:
    """One line of results.

    Args:
        task: `data`, `set`, `row`, `seed`, `budget_s` and `threads`.
    """
    row = next(each for each in rows() if (each.group, each.key) == (task["set"], task["row"]))
    torch.set_num_threads(task["threads"])
    tiles = SETS[row.group](Path(task["data"]))
    precision = training_precision(torch.device("cpu"))
    trial = learn(row, tiles, task["seed"], TRIAL_STEPS, precision)
    steps = max(1, round(task["budget_s"] / statistics.mean(trial.step_s[COLD_STEPS:])))
    learnt = learn(row, tiles, task["seed"], steps, precision)
    network = learnt.network
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        export_onnx(network, path, TILE_PX)
        scores = judge(network, path, tiles, task["threads"])
        network_s, regions_s = time_tile(network, path, tiles)
    return {
        "benchmark": "compositions",
        **{name: task[name] for name in ("set", "row", "seed", "budget_s", "threads")},
        "steps": steps,
        "cpu_s": round(sum(learnt.step_s), 1),
        "wall_s": round(learnt.wall_s, 1),
        "last_losses": learnt.last_losses,
        "scores": {name: round(value, 4) for name, value in scores.items()},
        "parameters": count_parameters(network),
        "flops_per_px": round(flops_per_pixel(network)),
        "network_ms": round(1000 * network_s, 2),
        "regions_ms": round(1000 * regions_s, 2),
        "mpx_per_s": round(TILE_PX**2 / 1e6 / (network_s + regions_s), 3),
        "radius_px": network.receptive_radius_px,
        "global_operations": list(network.global_operations),
        "tile_px": TILE_PX,
        "tiles": TILES,
        "precision": precision,
        "augmentation": AUGMENTATION,
        "learning_rate": LEARNING_RATE[row.group],
        "torch": torch.__version__,
        "onnxruntime": onnxruntime.__version__,
        "load": round(os.getloadavg()[0], 1),
    }


class Learnt:
    """A trained network, and how long each step took this process on all its threads."""

    def __init__(self, network: Network) -> None:
        """Begin to count.

        Args:
            network: The network that learns.
        """
        self.network = network
        self.step_s: list[float] = []
        self.last_losses: dict[str, float] = {}
        self._cpu_s, self._begun_s = time.process_time(), time.perf_counter()
        self.wall_s = 0.0

    def take(self, report: StepReport) -> None:
        """Take note of a step."""
        now = time.process_time()
        self.step_s.append(now - self._cpu_s)
        self._cpu_s, self.wall_s = now, time.perf_counter() - self._begun_s
        self.last_losses = {name: round(value, 4) for name, value in report.losses.items()}
        if report.step % 50 == 0:
            print(f"{report.step}/{report.steps} {self.last_losses}", file=sys.stderr, flush=True)


def learn(row: Row, tiles: TileSet, seed: int, steps: int, precision: str) -> Learnt:
    """Train a fresh network for some steps, with the loop that `trainmodel` has."""
    torch.manual_seed(seed)
    network = build(row.spec)
    if len(tiles.middle):
        network.head.start_at(tiles.middle)
    if row.has_seen_photographs:
        start_encoders_from_imagenet(network)
    settings = TrainingSettings(
        steps, LEARNING_RATE[row.group], warmup_steps=steps // 20, precision=precision, seed=seed
    )
    augment, rules = BatchAugmentation(row.spec.inputs, STRENGTHS[AUGMENTATION]), region_rules(network)

    def draw(generator: Generator) -> Batch:
        varied = augment(tiles.draw(generator), generator)
        return Batch(with_regions(varied.inputs, rules), varied.target)

    learnt = Learnt(network)
    train(network, objective_of(row, network, steps), draw, settings, learnt.take)
    return learnt


def objective_of(row: Row, network: Network, steps: int) -> WeightedSum:
    """The row's terms; some of them rise from 0, as laws of physics do."""
    setting = replace(ObjectiveSetting.of(network, steps), ignore_label=IGNORE)
    objective = build_objective(row.objectives, setting)
    for name in row.ramped:
        objective.terms[name] = replace(objective.terms[name], ramp=Ramp(steps))
    return objective


def judge(network: Network, path: Path, tiles: TileSet, threads: int) -> dict[str, float]:
    """The figures of the exported network over what was held out."""
    session = open_session(path, threads)
    judging = judge_of(tiles.classes, tiles.factor)
    for place, batch in tiles.held_out():
        inputs = with_regions(batch.inputs, region_rules(network))
        output = session.run(None, fed(network, inputs))[0]
        judging.add(place, torch.from_numpy(output), batch.target)
    return judging.figures()


def time_tile(network: Network, path: Path, tiles: TileSet) -> tuple[float, float]:
    """Seconds of one core for one tile: the bare network, and cutting the tile into regions where it wants that."""
    session = open_session(path, threads=1)
    _, batch = next(tiles.held_out())
    image = tuple(values[:1] for values in batch.inputs)
    rules = region_rules(network)
    inputs = fed(network, with_regions(image, rules))
    network_s = _median_s(lambda: session.run(None, inputs))
    return network_s, _median_s(lambda: with_regions(image, rules)) if rules else 0.0


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """The network at fp32 on the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def fed(network: Network, inputs: tuple[Tensor, ...]) -> dict[str, np.ndarray]:
    """Inputs by the names that the exported network knows them by."""
    return {name: values.numpy() for name, values in zip(input_names(network), inputs, strict=True)}


def _median_s(do: Callable[[], object]) -> float:
    """Median of the processor's seconds, the first run left out."""
    do()
    taken: list[float] = []
    while sum(taken) < LEAST_S or len(taken) < LEAST_RUNS:
        begun_s = time.process_time()
        do()
        taken.append(time.process_time() - begun_s)
    return statistics.median(taken)
