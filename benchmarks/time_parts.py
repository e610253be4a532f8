"""What parts over time are worth in finding events: a ConvLSTM, attention, both, and neither.

    OMP_WAIT_POLICY=PASSIVE python -m benchmarks.time_parts --data FOLDER
    python -m benchmarks.time_parts --table

Networks of about as many weights learn from the same tiles for as many steps, with several seeds: to say on which of
six dates a front that was made up first passed a pixel, and to map what was flooded between two real dates. Prints one
line of JSON for each and keeps it in `build/time-parts`; what is there is not repeated, and a training that was stopped
goes on. `--table` writes the tables of `docs/compositions.md`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.learning.device import training_precision
from terraloom.models.augmentation import BatchAugmentation
from terraloom.models.build import Network, build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.presets import CLASSES
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.training import TrainingSettings, train
from torch import Generator

from . import ROOT, time_report
from .kept_lines import Task, measure_or_tell
from .time_report import ATTENTION, BOTH, EARLY, RECURRENT
from .time_scores import Counts, counts_of, figures
from .time_sets import FLOODS, FRONTS, SETS, TimeSet
from .trainings import told_every, training_facts

WIDTHS: Mapping[str, tuple[int, ...]] = {
    EARLY: (12, 20, 28, 40),
    RECURRENT: (12, 16, 26),
    ATTENTION: (12, 24, 36),
    BOTH: (12, 16, 24),
}
"""Channels of the levels: what the parts over time do not take of some 75,000 weights, the U-Net around them has.

Stacked dates have a level more, so that as much ground is seen as behind a ConvLSTM over six dates.
"""

METHODS = {RECURRENT: "convlstm", ATTENTION: "attention", BOTH: "convlstm_attention"}
"""How `over_time` joins the dates."""

SPATIAL = PartSpec("attention", {"heads": 4, "depth": 1, "window": 8})
"""Attention over space, behind that over time."""

STEPS = {FRONTS: 300, FLOODS: 200}
"""So that all trainings with three seeds take about 25 minutes on one core."""

LEARNING_RATE = 2e-3


def main() -> None:
    """Measure what is still missing, or write the tables of what was measured."""
    options = read_options()
    read = cache(lambda name: SETS[name](options.data))
    measure_or_tell(
        options, _tasks(options), lambda task: measured(task, read(task["set"]), options.work), time_report.filled
    )


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the sets, see benchmarks/README.md")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "time-parts", help="where lines are kept")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--ways", nargs="+", default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--steps", type=int, help="steps of each training; else as many as its set has in STEPS")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--table", action="store_true", help="write the tables of what was measured")
    parser.add_argument("--page", type=Path, default=time_report.PAGE, help="the page with the tables' marks")
    options = parser.parse_args()
    if options.data is None and not options.table:
        parser.error("--data is missing: the folder of the sets")
    if options.steps is not None and options.steps < 1:
        parser.error("--steps must be at least 1")
    return options


def spec_of(way: str, source: InputSpec, classes: int) -> NetworkSpec:
    """The network of a way; without a part over time the same tensor is one image of all bands."""
    widths = WIDTHS[way]
    encoder = PartSpec("unet", {"widths": widths, "depths": (2,) * len(widths)})
    decoder, head = PartSpec("unet", {"widths": widths[:-1]}), PartSpec("segmentation", {"classes": classes})
    if way == EARLY:
        return NetworkSpec((InputSpec(source.channels, source.name),), encoder, (decoder,), head)
    over_time = PartSpec("over_time", {"method": METHODS[way]})
    necks = (over_time, decoder) if way == RECURRENT else (over_time, SPATIAL, decoder)
    return NetworkSpec((source,), encoder, necks, head)


def measured(task: Task, tiles: TimeSet, work: Path) -> dict[str, Any]:
    """One line: how well a way does.

    Args:
        task: `set`, `way`, `seed` and `steps`.
        tiles: What it learns from and is judged on.
        work: Where the state of a training is kept until its line is.
    """
    checkpoint = work / ("-".join(map(str, task.values())) + ".pt")
    begins_anew, begun_s, begun_cpu_s = not checkpoint.exists(), time.monotonic(), time.process_time()
    network = learnt(task["way"], tiles, task["seed"], task["steps"], checkpoint)
    cpu_s, trained_s = time.process_time() - begun_cpu_s, time.monotonic() - begun_s
    counts = judged(network, tiles)
    checkpoint.unlink()
    return {
        "benchmark": "time_parts",
        **task,
        "scores": {part: _rounded(figures(found)) for part, found in counts.items()},
        "training_s": round(trained_s, 1) if begins_anew else None,  # of one that was taken up again it is not known
        "training_cpu_s": round(cpu_s, 1) if begins_anew else None,
        "parameters": count_parameters(network),
        "flops_per_px": round(flops_per_pixel(network)),
        "radius_px": network.receptive_radius_px,
        **training_facts(),
        "counts": {part: found.astype(int).tolist() for part, found in counts.items()},
    }


def learnt(way: str, tiles: TimeSet, seed: int, steps: int, checkpoint: Path) -> Network:
    """A network that has learnt for some steps, or went on from its checkpoint."""
    torch.manual_seed(seed)
    network = build(spec_of(way, tiles.source, tiles.classes))
    precision = training_precision(torch.device("cpu"))
    settings = TrainingSettings(steps, LEARNING_RATE, warmup_steps=steps // 20, precision=precision, seed=seed)
    objective = build_objective(CLASSES, replace(ObjectiveSetting.of(network, steps), ignore_label=IGNORE))
    vary = BatchAugmentation((tiles.source,), tiles.strength)  # by the dates, known to the network or not

    def draw(generator: Generator) -> Batch:
        return vary(tiles.draw(generator), generator)

    train(network, objective, draw, settings, told_every(50), checkpoint)
    return network


@torch.no_grad()
def judged(network: Network, tiles: TimeSet) -> dict[str, Counts]:
    """Counts of the groups of each part."""
    found: dict[str, dict[int, Counts]] = {}
    for part, groups, batch in tiles.judged():
        counts = counts_of(batch.target, network(*batch.inputs).argmax(dim=1)).double().numpy()
        of_part = found.setdefault(part, {})
        for group, of_tile in zip(groups, counts, strict=True):
            of_part[group] = of_part.get(group, 0) + of_tile
    return {part: np.stack([groups[each] for each in sorted(groups)]) for part, groups in found.items()}


def _tasks(options: argparse.Namespace) -> Iterator[Task]:
    """What is to be done, seed by seed: a run that is stopped has compared what it has."""
    for seed in options.seeds:
        for name in options.sets:
            for way in options.ways:
                yield {"set": name, "way": way, "seed": seed, "steps": options.steps or STEPS[name]}


def _rounded(scores: Mapping[str, float]) -> dict[str, float | None]:
    return {name: round(value, 4) if value == value else None for name, value in scores.items()}


if __name__ == "__main__":
    main()
