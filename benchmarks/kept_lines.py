"""Keeps what was measured, a line of JSON each, so that a long measurement can be stopped and go on."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import Any

import torch

LINES = "lines.jsonl"

Task = dict[str, Any]


class KeptLines:
    """A file of lines.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[dict[str, Any]]:
        """What was measured before."""
        return [json.loads(text) for text in self._path.read_text("utf-8").splitlines()] if self._path.is_file() else []

    def holds(self, task: Task) -> bool:
        """Whether a task was done."""
        return any(task.items() <= line.items() for line in self.read())

    def add(self, line: dict[str, Any], unsaid: Container[str] = ()) -> None:
        """Keep a line, and print it but for what would fill the screen."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps({key: value for key, value in line.items() if key not in unsaid}), flush=True)


def measure_or_tell(
    options: argparse.Namespace,
    tasks: Iterable[Task],
    measured: Callable[[Task], dict[str, Any]],
    filled: Callable[[str, list[dict[str, Any]]], str],
) -> None:
    """Measure what is still missing, or write the tables of what was measured.

    Args:
        options: `work`, the folder of the lines; `threads`; `table`: whether to write tables into `page`.
        tasks: What is to be done, in this order.
        measured: Does a task and gives its line.
        filled: Gives a page with the tables of all lines.
    """
    kept = KeptLines(options.work / LINES)
    if options.table:
        options.page.write_text(filled(options.page.read_text("utf-8"), kept.read()), "utf-8")
        return
    options.work.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(options.threads)
    for task in [each for each in tasks if not kept.holds(each)]:
        print(" ".join(map(str, task.values())), file=sys.stderr, flush=True)
        kept.add(measured(task), unsaid=("counts",))
