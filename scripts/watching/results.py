"""Keeps a folder of results: one watcher at a time, each scene's results whole or not at all, the latest on top."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:
    sys.exit("This script needs Linux or macOS: its lock is one that the system releases when a process dies.")

ACCOUNT = "run.json"
"""Lies in each scene's folder: what the ledger says of its run."""

LATEST = "latest_"
LEFT_BY_SQLITE = ("-wal", "-shm", "-journal")
"""Whoever has the last GeoPackage open may have these beside it; they must not be taken for the new one's."""

OF_RASTERS = (".aux.xml", ".ovr", ".msk", ".msk.ovr")
"""What belongs to a raster and lies beside it: statistics, overviews and mask, of the last one if not of the new."""


class Results:
    """A folder with `scenes/<name>/` for each scene, and copies of the latest results as `latest_<file>`.

    Args:
        folder: The folder; made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scenes = folder / "scenes"
        self._unfinished = folder / ".unfinished"
        self._scenes.mkdir(parents=True, exist_ok=True)

    @property
    def ledger(self) -> Path:
        """Where the ledger is kept."""
        return self._folder / "ledger.jsonl"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other watchers out. The system lets go of the lock when the process ends, however it ends."""
        with (self._folder / ".lock").open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                sys.exit(f"Another watcher, process {file.read()}, is at work in {self._folder}.")
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def clear(self) -> None:
        """Take away what a killed watcher left unfinished."""
        shutil.rmtree(self._unfinished, ignore_errors=True)
        self._unfinished.mkdir(exist_ok=True)

    @contextmanager
    def unfinished(self, run: str) -> Iterator[Path]:
        """A hidden folder for the results of a run; what is not published is gone afterwards."""
        place = self._unfinished / run
        (place / "results").mkdir(parents=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def free_name(self, name: str) -> str:
        """The scene's name, with a number where there are results of that name: another version, or another folder."""
        number = 1
        numbered = name
        while (self._scenes / numbered).exists():
            number += 1
            numbered = f"{name}_{number}"
        return numbered

    def publish(self, made: Path, account: dict[str, Any]) -> None:
        """Move a folder of results to its place, all at once and safe from a power cut.

        Args:
            made: The folder.
            account: What is said of the run; `folder` in it is the place's name.
        """
        (made / ACCOUNT).write_text(json.dumps(account, ensure_ascii=False, indent=1), "utf-8")
        for path in made.iterdir():
            _sync_file(path)
        _sync_folder(made)
        made.rename(self._scenes / account["folder"])
        _sync_folder(self._scenes)

    def account(self, folder: str) -> dict[str, Any]:
        """What is said of the run whose results lie in a scene's folder; empty where there are none."""
        return _account_in(self._scenes / folder / ACCOUNT)

    def show_latest(self, accounts: list[dict[str, Any]], last: list[str]) -> None:
        """Copy the results of the scene that is latest in time, unless they are there already.

        Args:
            accounts: What is said of the runs that went well, in the order in which they ended.
            last: Files that are replaced after those beside them: the maps themselves.
        """
        there = [account for account in accounts if (self._scenes / account["folder"]).is_dir()]
        shown = self._folder / (LATEST + ACCOUNT)
        if not there:
            return
        newest = max(reversed(there), key=lambda account: account["when"])  # of one time, what came last
        if _account_in(shown).get("run") == newest["run"]:
            return
        order = {ACCOUNT: 2, **dict.fromkeys(last, 1)}
        for path in sorted((self._scenes / newest["folder"]).iterdir(), key=lambda path: order.get(path.name, 0)):
            self._replace(self._folder / (LATEST + path.name), path)

    def _replace(self, target: Path, source: Path) -> None:
        """Put a copy in a file's place, safe from a power cut.

        A copy, as QGIS writes into GeoPackages that it only shows.
        """
        copy = self._folder / f".{target.name}"
        shutil.copyfile(source, copy)
        _sync_file(copy)
        new = [ending for ending in OF_RASTERS if source.with_name(source.name + ending).exists()]
        for ending in (*LEFT_BY_SQLITE, *OF_RASTERS):
            if ending not in new:
                target.with_name(target.name + ending).unlink(missing_ok=True)
        copy.replace(target)


def _account_in(path: Path) -> dict[str, Any]:
    """What a file says of a run; empty where there is none or it cannot be read."""
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _sync_file(path: Path) -> None:
    """Bring what is in a file to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; what is in the files is another matter."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
