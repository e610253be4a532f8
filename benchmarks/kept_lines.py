"""Keeps what was measured, a line of JSON each, so that a long measurement can be stopped and go on."""

from __future__ import annotations

import json
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

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


def begin(task: Task) -> None:
    """Say what is measured now."""
    print(" ".join(map(str, task.values())), file=sys.stderr, flush=True)
