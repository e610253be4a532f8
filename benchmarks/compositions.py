"""How far compositions of very different kinds get within the same time, on the same tiles: the table of a page.

    OMP_WAIT_POLICY=PASSIVE python -m benchmarks.compositions --data FOLDER
    python -m benchmarks.compositions --report

Trains one composition after the other, each in a process of its own for the same seconds of processor time, and keeps
one line of JSON for each in `build/compositions`. Rows that are there are not repeated. `--report` writes the tables of
`docs/compositions.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from terraloom.models.encoders.imagenet_weights import find_imagenet_weights
from terraloom.models.errors import ModelError

from . import ROOT, composition_report
from .composition_rows import DUBAI, FLOODS, TRANSLATION, Row, rows
from .kept_lines import KeptLines
from .processes import cores, run_alone

FOLDER = ROOT / "build" / "compositions"
GROUPS = (DUBAI, FLOODS, TRANSLATION)


def main() -> None:
    """Measure what is still missing, or report what was measured."""
    options = _options()
    if options.measure:
        from .composition_run import measure  # noqa: PLC0415 - the parent has no use for torch's threads

        print(json.dumps(measure(json.loads(options.measure))), flush=True)
        return
    kept = options.folder / "rows.jsonl"
    if options.report:
        composition_report.write(kept, options.budget)
        return
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait are not to spend the budget
    lines = KeptLines(kept)
    for task in _tasks(options, lines.read()):
        print(f"{task['set']}, {task['row']}, seed {task['seed']}", file=sys.stderr, flush=True)
        lines.add(run_alone("compositions", task))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the sets, see benchmarks/README.md")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the lines of JSON are kept")
    parser.add_argument("--budget", type=float, default=120.0, help="seconds of processor time for each training")
    parser.add_argument("--threads", type=int, default=min(2, cores()))
    parser.add_argument("--sets", nargs="+", default=GROUPS, choices=GROUPS)
    parser.add_argument("--rows", nargs="+", help="keys of rows; all if left out")
    parser.add_argument("--report", action="store_true", help="write the page's tables")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.data is None and not (options.report or options.measure):
        parser.error("--data is missing: the folder of the sets")
    return options


def _tasks(options: argparse.Namespace, lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What is to be done: the first seed of every row, then the second seeds."""
    done = {(line["set"], line["row"], line["seed"], line["budget_s"]) for line in lines}
    chosen = [row for row in rows() if row.group in options.sets and (not options.rows or row.key in options.rows)]
    for turn in range(max((len(row.seeds) for row in chosen), default=0)):
        for row in chosen:
            if len(row.seeds) <= turn or (row.has_seen_photographs and not _has_weights(row)):
                continue
            task = {"set": row.group, "row": row.key, "seed": row.seeds[turn], "budget_s": options.budget}
            if tuple(task.values()) not in done:
                yield {**task, "data": str(options.data.resolve()), "threads": options.threads}


def _has_weights(row: Row) -> bool:
    """Whether the weights of ImageNet are installed; tells where they are not."""
    try:
        find_imagenet_weights()
    except ModelError as error:
        print(f"{row.name} is left out. {error}", file=sys.stderr, flush=True)
        return False
    return True


if __name__ == "__main__":
    main()
