"""What it is worth to pre-train the encoders of two sensors without labels, where one image in ten has labels.

    OMP_WAIT_POLICY=PASSIVE python -m benchmarks.pretraining --data FOLDER
    python -m benchmarks.pretraining --table

The encoders of the preset `fusion` learn, as `pretrainencoder` METHOD crossmodal lets them, from pairs of optical and
radar images before and after floods. Then networks learn to map the floods from all four images, from those encoders
and from chance, with as many steps on the same tiles. Judged is ground that neither had seen. Prints one line of JSON
for each and keeps it in `build/pretraining`; what is there is not repeated, and a training that was stopped goes on.
`--test` scores the finished networks on the official test as well; `--table` writes the table of the docs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import torch
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.jobs.pretrain_encoder import LEARNING_RATE
from terraloom.engine.learning.device import training_precision
from terraloom.engine.learning.initial_weights import take_weights
from terraloom.engine.learning.pretrained_weights import write_weights
from terraloom.engine.learning.pretraining import Pretraining, prepare
from terraloom.engine.learning.retrieval import judge
from terraloom.engine.learning.tile_store import TileBatches
from terraloom.engine.learning.training_run import settings_of
from terraloom.engine.progress import Silent
from terraloom.engine.requests.pretrain_encoder import CROSSMODAL, PretrainEncoder
from terraloom.engine.requests.spec_file import SpecFile
from terraloom.models.build import Network, build
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.presets import preset
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import TrainingSettings, train
from torch import Generator, Tensor

from recipes.flood_scores import flood_figures
from recipes.scores import counts_of

from . import ROOT, pretraining_report
from .kept_lines import Task, measure_or_tell
from .pretraining_report import PRETRAINED, STARTS
from .pretraining_sets import BANDS, INPUTS, PAIR_PX, PAIRS, FloodGround
from .trainings import told_every, training_facts


def main() -> None:
    """Measure what is still missing, or write the table of what was measured."""
    options = read_options()
    ground = cache(lambda: FloodGround(options.data))
    measure_or_tell(
        options, _tasks(options), lambda task: measured(task, ground(), options.work), pretraining_report.filled
    )


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the sets, see benchmarks/README.md")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "pretraining", help="where lines are kept")
    parser.add_argument("--pretrain-steps", type=int, default=200)
    parser.add_argument("--steps", type=int, default=150, help="steps of each training with labels")
    parser.add_argument("--percent", type=int, nargs="+", default=[10], help="images with labels")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--test", action="store_true", help="score on the official test: once, at the end")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--table", action="store_true", help="write the table of what was measured")
    parser.add_argument("--page", type=Path, default=pretraining_report.PAGE, help="the page with the table's marks")
    options = parser.parse_args()
    if options.data is None and not options.table:
        parser.error("--data is missing: the folder of the sets")
    if min(options.pretrain_steps, options.steps) < 1 or not all(1 <= each <= 100 for each in options.percent):
        parser.error("--pretrain-steps and --steps must be at least 1, and --percent from 1 to 100")
    return options


def fusion_spec() -> NetworkSpec:
    """The network of the preset `fusion` for all four images; those of one sensor share an encoder."""
    spec = preset("fusion", INPUTS, classes=2, variables=0).spec
    return replace(spec, fusion=PartSpec(spec.fusion.name, {"encoders": (0, 1, 0, 1)}))


def measured(task: Task, ground: FloodGround, work: Path) -> dict[str, Any]:
    """One line: how well encoders find ground again, or how well a network maps floods.

    Args:
        task: `task`, and what it depends on.
        ground: What is learnt from and judged on.
        work: Where weights are kept, and the state of a training until it is done.
    """
    begun_s, begun_cpu_s = time.monotonic(), time.process_time()
    does = {"pretrain": _pretrained, "learn": _learnt, "test": _tested}[task["task"]]
    found = does(task, ground, work)
    return {
        "benchmark": "pretraining",
        **task,
        **found,
        "seconds": round(time.monotonic() - begun_s, 1),
        "cpu_s": round(time.process_time() - begun_cpu_s, 1),
        **training_facts(),
    }


def _pretrained(task: Task, ground: FloodGround, work: Path) -> dict[str, Any]:
    """Let the encoders learn from pairs and keep their weights; gives how they find held-out ground again."""
    checkpoint, steps = work / f"pretrain-{task['pretrain_steps']}.pt", task["pretrain_steps"]
    with tempfile.TemporaryDirectory() as folder:
        pretraining = _prepared(Path(folder))
        learnt, kept_out = ground.pairs(0, Path(folder))
        before = judge(pretraining, kept_out, 0, _nothing)
        batches = TileBatches(learnt, PretrainEncoder.batch_size, pretraining.augmentation)
        settings = settings_of(steps, LEARNING_RATE, torch.device("cpu"), 0)
        train(pretraining.network, pretraining.objective, batches, settings, told_every(25), checkpoint)
        after = judge(pretraining, kept_out, 0, _nothing)
    write_weights(_encoder(work, steps), pretraining.weights, {"method": CROSSMODAL})
    checkpoint.unlink()
    return {"before": _recalls(before), "after": _recalls(after), "pairs": PAIRS}


def _prepared(folder: Path) -> Pretraining:
    """What `pretrainencoder` makes of the spec; the images that it would read are drawn here."""
    spec = folder / "spec.json"
    spec.write_text(SpecFile(fusion_spec().to_dict()).to_json(), "utf-8")
    request = PretrainEncoder(
        (("optical",), ("sar",)), "encoder.safetensors", CROSSMODAL, str(spec), tiles=PAIRS, tile_px=PAIR_PX
    )
    return prepare(request, BANDS[:2])


def _recalls(found: Any) -> dict[str, Any]:
    """What a `Retrieval` tells, the mean of both ways."""
    return {"recall_1": found.recall(1), "recall_5": found.recall(5), "choices": found.choices}


def _learnt(task: Task, ground: FloodGround, work: Path) -> dict[str, Any]:
    """Learn from labels and judge on the blocks kept out; the network is kept for `--test`."""
    checkpoint, images = work / f"{_name(task)}.pt", ground.few(task["percent"], task["seed"])
    network = network_at_start(task["start"], task["seed"], _encoder(work, task["pretrain_steps"]))
    settings = TrainingSettings(
        task["steps"],
        preset("fusion", INPUTS, classes=2, variables=0).learning_rate,
        warmup_steps=task["steps"] // 20,
        precision=training_precision(torch.device("cpu")),
        seed=task["seed"],
    )
    weights = preset("fusion", INPUTS, classes=2, variables=0).objectives
    objective = build_objective(weights, replace(ObjectiveSetting.of(network, task["steps"]), ignore_label=IGNORE))

    def draw(generator: Generator) -> Batch:
        return ground.draw(images, generator)

    train(network, objective, draw, settings, told_every(25), checkpoint)
    write_weights(work / f"{_name(task)}.safetensors", network.state_dict(), {})
    checkpoint.unlink()
    counts = judged(network, ground, ground.judged_floods)
    return {"images": len(images), "scores": flood_figures(counts), "counts": counts.tolist()}


def _tested(task: Task, ground: FloodGround, work: Path) -> dict[str, Any]:
    """Score a network that has learnt on the official test."""
    network = build(fusion_spec())
    take_weights(network, work / f"{_name(task)}.safetensors", Silent())
    counts = judged(network, ground, ground.test())
    return {"scores": flood_figures(counts), "counts": counts.tolist()}


def network_at_start(start: str, seed: int, encoder: Path) -> Network:
    """The network before it sees a label; both starts differ in the encoders alone."""
    torch.manual_seed(seed)
    network = build(fusion_spec())
    if start == PRETRAINED:
        take_weights(network, encoder, Silent())
    return network


@torch.no_grad()
def judged(network: Network, ground: FloodGround, images: Sequence[Any]) -> Tensor:
    """Pixels of each image by true and said class, `(images, 2, 2)`."""
    network.eval()
    counts = []
    for some, inputs in ground.judged(images):
        said = network(*inputs).argmax(dim=1)
        counts += [counts_of(each.flood, of_one, 2, IGNORE) for each, of_one in zip(some, said)]
    return torch.stack(counts)


def _tasks(options: argparse.Namespace) -> Iterator[Task]:
    """What is to be done, seed by seed: a run that is stopped has compared what it has."""
    pretraining = {"pretrain_steps": options.pretrain_steps}
    yield {"task": "pretrain", **pretraining}
    for task in ("learn", "test") if options.test else ("learn",):
        for percent in options.percent:
            for seed in options.seeds:
                for start in STARTS:
                    yield {
                        "task": task,
                        "percent": percent,
                        "start": start,
                        "seed": seed,
                        "steps": options.steps,
                        "pretrain_steps": options.pretrain_steps if start == PRETRAINED else 0,
                    }


def _name(task: Task) -> str:
    return "-".join(str(value) for key, value in task.items() if key != "task")


def _encoder(work: Path, steps: int) -> Path:
    return work / f"encoder-{steps}.safetensors"


def _nothing() -> None:
    """Nobody stops a judgement here."""


if __name__ == "__main__":
    main()
