"""Keeps what became of each scene, line by line on disk, so that whoever starts next knows it."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .scenes import Scene

BEGUN, DONE, HELD, FAILED, STOPPED, LOST, PARDONED = "begun", "done", "held", "failed", "stopped", "lost", "pardoned"
"""What is written of a scene. held: it waits in its series for more. stopped: the watcher was asked to end.

lost: the watcher died. pardoned: earlier failures no longer count.
"""

ENDS = (DONE, FAILED, STOPPED, LOST)

KEYS = ("event", "at", "scene", "mark", "when", "name")
"""What every line has."""

OF_RUNS = {BEGUN: ("run", "folder", "pid"), DONE: ("run", "folder"), **dict.fromkeys((FAILED, STOPPED, LOST), ("run",))}
"""What those of runs have besides."""


class Ledger:
    """A file of JSON lines that is only ever appended to.

    Args:
        path: The file. It need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.records: list[dict[str, Any]] = []
        self._of_scene: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for line in path.read_bytes().splitlines() if path.exists() else ():
            try:
                self._keep(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue  # the power failed while this line was written, and nothing was built on it; or it is not ours

    def append(self, event: str, scene: Scene, **more: Any) -> None:
        """Write a line about a scene; when this returns it is on the disk."""
        self.add(record_of(event, scene, **more))

    def add(self, record: dict[str, Any]) -> None:
        """Write a record."""
        with self._path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._keep(record)

    def _keep(self, record: dict[str, Any]) -> None:
        """Take note of a record.

        Raises:
            KeyError: It lacks what one of its kind has.
        """
        lacking = {*KEYS, *OF_RUNS.get(record["event"], ())} - record.keys()
        if lacking:
            raise KeyError(*lacking)
        self._of_scene.setdefault((record["scene"], record["mark"]), []).append(record)
        self.records.append(record)

    def of(self, scene: Scene) -> list[dict[str, Any]]:
        """All that is written of this version of a scene."""
        return self._of_scene.get((scene.shown, scene.mark), [])

    def is_settled(self, scene: Scene) -> bool:
        """Whether nothing more is to be done for a scene itself."""
        return any(record["event"] in (DONE, HELD) for record in self.of(scene))

    def failures(self, scene: Scene) -> int:
        """How often a scene failed, or took the watcher down with it."""
        count = 0
        for record in self.of(scene):
            count = 0 if record["event"] == PARDONED else count + (record["event"] in (FAILED, LOST))
        return count

    def done(self) -> list[dict[str, Any]]:
        """What is said of the runs that went well, in the order in which they ended."""
        return [record for record in self.records if record["event"] == DONE]

    def unended(self) -> list[dict[str, Any]]:
        """Runs that were begun and of which no end is written."""
        ended = {record["run"] for record in self.records if record["event"] in ENDS}
        return [record for record in self.records if record["event"] == BEGUN and record["run"] not in ended]


def record_of(event: str, scene: Scene, **more: Any) -> dict[str, Any]:
    """What is written of a scene at this moment."""
    of_scene = {"scene": scene.shown, "mark": scene.mark, "when": scene.when, "name": scene.name}
    return {"event": event, "at": now(), **of_scene, **more}


def now() -> str:
    """The time, in UTC, as ISO text."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
