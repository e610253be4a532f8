"""Marks a folder as one in which this process makes something. The system forgets the mark when the process ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "occupied"
"""File that is locked where folders cannot be (on Windows)."""

_held: dict[str, int] = {}
"""Descriptor of what is locked, by folder."""


def occupy(folder: Path) -> bool:
    """Mark a folder, if it can be marked at all.

    Returns:
        Whether it is ours now: `False` where another process has marked it.
    """
    if str(folder) in _held:
        return True
    with _opened(folder) as descriptor:
        if descriptor is None:
            return True
        if _lock(descriptor):
            _held[str(folder)] = os.dup(descriptor)
            return True
        return False


def is_occupied(folder: Path) -> bool:
    """Whether another living process has marked a folder."""
    if str(folder) in _held:
        return False
    with _opened(folder) as descriptor:
        return descriptor is not None and not _lock(descriptor)


def leave(folder: Path) -> None:
    """Take the mark off a folder, if it is ours."""
    descriptor = _held.pop(str(folder), None)
    if descriptor is not None:
        os.close(descriptor)


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """What can be locked for a folder; `None`: nothing."""
    try:
        if sys.platform == "win32":
            descriptor = os.open(folder / MARK, os.O_RDWR | os.O_CREAT)
        else:
            descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock it; `False`: another has. A disk that knows no locks has none that is taken."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
