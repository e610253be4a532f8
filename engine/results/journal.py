"""Remembers how far an interrupted run came, beside its unfinished results, so that it can be resumed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ..errors import OutputError
from .occupancy import MARK

NAME = "journal.json"

STATE = "training.pt"
"""What an interrupted training goes on from, beside its journal."""

LONGEST = 30
"""Characters of a value that says something: hashes are longer."""


@dataclass(frozen=True)
class Journal:
    """How a run is cut, and how far it came.

    Args:
        tile_px: Rows and columns of its tiles, which depend on the memory there was.
        block_tiles: Tiles side by side in its strips.
        folder: Where it is kept; `None`: it is not, and the run cannot be resumed.
        of: What the run is: everything that its pixels depend on, by name, as JSON that can be compared.
        strips: How many of its strips are finished.
        memory_mb: What it may take of the memory, which its tiles were cut for.
    """

    tile_px: tuple[int, int]
    block_tiles: int
    folder: Path | None = None
    of: str = ""
    strips: int = 0
    memory_mb: int = 0

    @property
    def kept(self) -> bool:
        """Whether the run can be resumed."""
        return self.folder is not None

    def write(self) -> None:
        """Keep it; a kill leaves the earlier one or this one, never half of it."""
        if self.folder is None:
            return
        document = {
            "of": self.of,
            "tile_px": self.tile_px,
            "block_tiles": self.block_tiles,
            "strips": self.strips,
            "memory_mb": self.memory_mb,
        }
        fresh = self.folder / f"{NAME}.new"
        fresh.write_text(json.dumps(document), encoding="utf-8")
        os.replace(fresh, self.folder / NAME)


def let_go(working: Path) -> None:
    """Delete a working raster that has served; where the run can be resumed it stays until the results are published.

    What is finished of it may be hours of work: an interruption at a later step must not cost them.
    """
    if not (working.parent / NAME).is_file():
        working.unlink(missing_ok=True)


def find_journal(folder: Path, of: str) -> Journal | None:
    """Read what an interrupted run left in a folder; `None`: nothing that can be used.

    Raises:
        OutputError: It was another run, or what it left cannot be told.
    """
    try:
        document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        before = dict(json.loads(document["of"]))
        if document["of"] != of:
            _refuse(folder, before, json.loads(of))
        rows, columns = map(int, document["tile_px"])
        return Journal(
            (rows, columns),
            int(document["block_tiles"]),
            folder,
            of,
            int(document["strips"]),
            int(document["memory_mb"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        if all(path.name in (NAME, MARK) for path in folder.iterdir()):
            return None  # there is nothing that could be lost
        raise OutputError(
            "The journal of the interrupted run, {path}, cannot be read. Set RESUME to false to start anew.",
            path=str(folder / NAME),
        ) from error


def _refuse(folder: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> NoReturn:
    """Say why what was interrupted is another run; of another version it is that, as its parameters may be others, too.

    Raises:
        OutputError: Always.
    """
    name = folder.name.removeprefix(".").removesuffix(".terraloom")
    if before.get("version", now.get("version")) != now.get("version"):
        raise OutputError(
            "The interrupted run for {name} was begun with version {before} of Terraloom, and version {now} cannot go "
            "on with it. Set RESUME to false, or delete {folder}, to start anew.",
            name=name,
            before=str(before["version"]),
            now=str(now.get("version")),
            folder=str(folder),
        )
    raise OutputError(
        "The interrupted run for {name} had another model, other inputs or other parameters ({changes}). Run it "
        "again with those to resume it, or set RESUME to false to start anew.",
        name=name,
        changes=", ".join(changes(before, now)) or "-",
    )


def changes(found: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Name what differs, with what it was and is where that says something."""
    for name in {**now, **found}:
        before, after = found.get(name), now.get(name)
        if before == after:
            continue
        yield f"{name} {before} → {after}" if _says_something(before) and _says_something(after) else name


def _says_something(value: Any) -> bool:
    return isinstance(value, (int, float, str)) and 0 < len(str(value)) <= LONGEST
