"""Replaces the environment's folder in one piece: where the new one fails, the old one is put back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import SetupError
from .state import RECORD


@contextmanager
def replaced(folder: Path) -> Iterator[None]:
    """Set the old folder aside while a new one is made in its place.

    An environment cannot be moved for use elsewhere, but one that comes back to its place is good again.

    Raises:
        SetupError: The old one is in use, or the place cannot be written to.
    """
    aside = _aside(folder)
    try:
        recover(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            folder.rename(aside)
        folder.mkdir()
    except OSError as error:
        raise SetupError(
            "{folder} cannot be replaced: {reason}. Close other windows of QGIS; if that does not help, set "
            "TERRALOOM_HOME to a folder that you may write to.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    try:
        yield
    except BaseException:
        recover(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def recover(folder: Path) -> None:
    """Clear away an environment that was never finished, and put back the one that was set aside for it."""
    aside = _aside(folder)
    if not (folder / RECORD).exists():
        shutil.rmtree(folder, ignore_errors=True)
        if aside.exists():
            aside.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.previous")
