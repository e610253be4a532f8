"""Replaces the environment's folder in one piece: where the new one fails, the old one is put back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from ..errors import SetupError
from .state import RECORD

PAUSES_S = (0.2, 0.5, 1.0, 2.0)
"""How long files in use are waited for: on Windows, what looks for viruses holds new ones for a moment."""


@contextmanager
def replaced(folder: Path) -> Iterator[None]:
    """Set the old folder aside while a new one is made in its place.

    An environment cannot be moved for use elsewhere, but one that comes back to its place is good again.

    Raises:
        SetupError: The old one is in use, or the place cannot be written to.
    """
    aside = _aside(folder)
    recover(folder)
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear(aside)
        if folder.exists():
            folder.rename(aside)
        folder.mkdir()
    try:
        yield
    except BaseException:
        with suppress(SetupError):  # what went wrong first is told; the next set-up puts the old one back
            recover(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def recover(folder: Path) -> None:
    """Clear away an environment that was never finished, and put back the one that was set aside for it.

    Raises:
        SetupError: Files of either are in use.
    """
    aside = _aside(folder)
    with _told(folder):
        if not (folder / RECORD).exists():
            _put_back(aside, folder)
    for left in (aside, *folder.parent.glob("environ.[0-9][0-9][0-9]")):
        shutil.rmtree(left, ignore_errors=True)


def _put_back(aside: Path, folder: Path) -> None:
    """Move what was set aside, if anything was, into the place of what was never finished."""
    for pause_s in (*PAUSES_S, None):
        try:
            _clear(folder)
            if aside.exists():
                aside.rename(folder)
            return
        except OSError:
            if pause_s is None:
                raise
            time.sleep(pause_s)


def _clear(folder: Path) -> None:
    """Delete a folder, or move it out of the way where files of it cannot be deleted."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        names = (folder.with_name(f"environ.{number:03}") for number in count())
        folder.rename(next(name for name in names if not name.exists()))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in plain words why the folder cannot be replaced."""
    try:
        yield
    except OSError as error:
        raise SetupError(
            "{folder} cannot be replaced: {reason}. Close other windows of QGIS; if that does not help, set "
            "TERRALOOM_HOME to a folder that you may write to.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error


def _aside(folder: Path) -> Path:
    """Its name is no longer than the folder's: Windows deletes no paths of 260 characters, and torch's are long.

    Nor could it be that of a folder of the user's, who may have chosen a home where others lie.
    """
    return folder.with_name("environ.old")
