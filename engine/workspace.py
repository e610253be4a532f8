"""Keeps unfinished results out of sight: each is made in a hidden folder beside its place and moved there at the end.

The folder's name follows from the result's, so whoever outlives a job (the client, a dying worker) can clear it away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from .errors import OutputError


def partial_folder(target: Path) -> Path:
    """The hidden folder in which `target` is made: on the same disk, so that moving is atomic."""
    return target.parent / f".{target.name}.terraloom"


def begin(target: Path) -> Path:
    """Make the hidden folder of `target`, empty, and return the path to write to in it.

    Raises:
        OutputError: The folder of `target` does not exist or cannot be written to.
    """
    folder = partial_folder(target)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error
    return folder / target.name


def publish(target: Path) -> None:
    """Move what was made for `target` into place: side files first, the file itself last.

    Raises:
        OutputError: The target is in use or its disk is full.
    """
    folder = partial_folder(target)
    made = sorted(folder.iterdir(), key=lambda path: path.name == target.name)
    try:
        for path in made:
            os.replace(path, target.parent / path.name)
    except OSError as error:
        raise OutputError(
            "{path} cannot be replaced: {reason}. If it is open in a program, close it or choose another name.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error
    remove_partials([target])


def remove_partials(targets: Iterable[Path]) -> None:
    """Clear away whatever is unfinished for these results; nothing happens where nothing is."""
    for target in targets:
        shutil.rmtree(partial_folder(target), ignore_errors=True)
