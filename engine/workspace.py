"""Keeps unfinished results out of sight: each is made in a hidden folder beside its place and moved there at the end.

The folder's name follows from the result's, so whoever outlives a job (the client, a dying worker) can clear it away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from .errors import OutputError

UNSTYLED = (".gpkg", ".csv", ".html", ".json")
"""Endings of results that need no `.qml` beside them."""


class Workspace:
    """The results of one job while they are unfinished.

    Args:
        targets: Where the results shall lie.
        sources: What the job reads; a target among them is refused, so that no input is ever overwritten.

    Raises:
        OutputError: Two targets are the same, one is an input, or one cannot be written.
    """

    def __init__(self, targets: Iterable[str], sources: Iterable[str] = ()) -> None:
        self._targets = tuple(Path(target) for target in targets)
        inputs = {os.path.realpath(source) for source in sources}
        seen: set[str] = set()
        for target in self._targets:
            real = os.path.realpath(target)
            if real in inputs:
                raise OutputError("{path} is an input. Choose another name for the result.", path=str(target))
            if real in seen:
                raise OutputError("Two results have the name {path}. Choose different names.", path=str(target))
            seen.add(real)
        styled = [target.with_suffix(".qml") for target in self._targets if target.suffix.lower() not in UNSTYLED]
        for style in styled:
            if styled.count(style) > 1:
                raise OutputError(
                    "Two results would share the style file {path}. Choose different names, or .gpkg for polygons.",
                    path=str(style),
                )

    def __enter__(self) -> Workspace:
        for target in self._targets:
            _begin(target)
        return self

    def __exit__(self, *_: object) -> None:
        remove_partials(self._targets)

    def place(self, target: str) -> Path:
        """Where to make a result: in its hidden folder, under its own name."""
        path = Path(target)
        return partial_folder(path) / path.name

    def scratch(self, target: str, name: str) -> Path:
        """Where to make what a result needs on the way. It must be gone before `publish`."""
        return partial_folder(Path(target)) / name

    def publish(self) -> None:
        """Move every result into place: side files first, the file itself last.

        Raises:
            OutputError: A target is in use.
        """
        for target in self._targets:
            for path in sorted(partial_folder(target).iterdir(), key=lambda made: made.name == target.name):
                try:
                    os.replace(path, target.parent / path.name)
                except OSError as error:
                    raise OutputError(
                        "{path} cannot be replaced: {reason}. Close the program that has it open or choose another "
                        "name.",
                        path=str(target),
                        reason=error.strerror or str(error),
                    ) from error


def partial_folder(target: Path) -> Path:
    """The hidden folder in which `target` is made: on the same disk, so that moving is atomic."""
    return target.parent / f".{target.name}.terraloom"


def remove_partials(targets: Iterable[Path]) -> None:
    """Clear away whatever is unfinished for these results; nothing happens where nothing is."""
    for target in targets:
        shutil.rmtree(partial_folder(target), ignore_errors=True)


def _begin(target: Path) -> None:
    """Make the hidden folder of a target, empty."""
    folder = partial_folder(target)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error
