"""What it helps to see the surroundings of a pixel, on ground that was held out whole: the proof that context helps.

    OMP_WAIT_POLICY=PASSIVE python -m benchmarks.context_gain --data FOLDER
    python -m benchmarks.context_gain --table

Of each place of Dubai, and each of five deals of a Landsat scene, tuned random forests (bands alone, and with mean and
deviation around each pixel) and two networks learn from the other ground: both with as many weights, steps and the same
batches, one that sees 7 px around a pixel and one that sees 91. All are judged on the same pixels. Prints one line of
JSON for each and keeps it in `build/context-gain`; what is there is not repeated, and a training that was stopped goes
on. `--table` writes the table of the README.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from terraloom.engine.verification.accuracy import Confusion

from . import ROOT, report
from .context_makers import FAR, FOREST, FORESTS, MAKERS, MORE, NEAR, Made, made_by_forest, made_by_network
from .context_sets import SETS, Fold
from .kept_lines import Task, measure_or_tell
from .processes import cores
from .trainings import told_every

PLACES = tuple(dict.fromkeys(place for each in SETS.values() for place in each.PLACES))


def main() -> None:
    """Measure what is still missing, or write the table of what was measured."""
    options = read_options()
    places = lru_cache(1)(lambda name: SETS[name](options.data, options.tile_px, options.tiles))
    fold = lru_cache(1)(lambda name, place: places(name).fold(place))
    measure_or_tell(
        options,
        _tasks(options),
        lambda task: measured(task, fold(task["set"], task["place"]), options.work),
        report.filled,
    )


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the sets, see benchmarks/README.md")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "context-gain", help="where lines are kept")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--places", nargs="+", default=list(PLACES), choices=PLACES, help="what is held out")
    parser.add_argument("--makers", nargs="+", default=[FOREST, MORE, NEAR, FAR], choices=MAKERS)
    parser.add_argument("--steps", type=int, default=300, help="steps of each training")
    parser.add_argument("--tile-px", type=int, default=256, help="side of a tile, a multiple of 16; on Landsat 96")
    parser.add_argument("--tiles", type=int, default=8, help="tiles of a batch")
    parser.add_argument("--threads", type=int, default=min(2, cores()))
    parser.add_argument("--table", action="store_true", help="write the table of what was measured")
    parser.add_argument("--page", type=Path, default=report.README, help="the page with the table's marks")
    options = parser.parse_args()
    if options.data is None and not options.table:
        parser.error("--data is missing: the folder of the sets")
    if options.tile_px % 16 or min(options.steps, options.tiles, options.tile_px) < 1:
        parser.error("--tile-px must be a multiple of 16, and --steps and --tiles at least 1")
    return options


def measured(task: Task, fold: Fold, work: Path) -> dict[str, Any]:
    """One line: how well a maker does on the place held out.

    Args:
        task: `set`, `place`, `maker`, and of networks what they are trained with.
        fold: The place held out.
        work: Where the state of a training is kept until its line is.
    """
    begun_s = time.monotonic()
    if task["maker"] in FORESTS:
        made = made_by_forest(fold, task["maker"])
    else:
        checkpoint = work / ("-".join(map(str, task.values())) + ".pt")
        made = made_by_network(fold, task["maker"], task["steps"], checkpoint, told_every(50))
        checkpoint.unlink()
    return {
        "benchmark": "context_gain",
        **task,
        **figures(made, fold.classes),
        **made.facts,
        "seconds": round(time.monotonic() - begun_s, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def figures(made: Made, classes: Sequence[str]) -> dict[str, Any]:
    """Mean IoU and the rest, 0-1; a class that the truth lacks has none."""
    found = Confusion.measure(made.truth, made.predicted, len(classes))
    iou = {name: round(value, 4) for name, value in zip(classes, found.iou.tolist(), strict=True) if value == value}
    return {
        "mean_iou": round(float(found.mean_iou), 4),
        "overall_accuracy": round(float(found.overall_accuracy), 4),
        "iou": iou,
        "pixels": int(found.total),
    }


def _tasks(options: argparse.Namespace) -> Iterator[Task]:
    """What is to be done, place by place."""
    for name in options.sets:
        for place in (each for each in SETS[name].PLACES if each in options.places):
            for maker in options.makers:
                task = {"set": name, "place": place, "maker": maker}
                if maker not in FORESTS:
                    task |= {"steps": options.steps, "tiles": options.tiles, "asked_tile_px": options.tile_px}
                yield task


if __name__ == "__main__":
    main()
