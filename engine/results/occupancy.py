"""Marks a folder as one in which this process makes something. The system forgets the mark when the process ends."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "occupied"
"""File that is locked where folders cannot be (on Windows)."""

_taking = threading.Lock()

_held: dict[str, int] = {}
"""Descriptor of what is locked, by folder."""


def occupy(folder: Path) -> bool:
    """Mark a folder, if it can be marked at all.

    Returns:
        Whether this call may use it: `False` where another process has marked it, or another thread of this one, and
        where there is no such folder (any more).
    """
    with _taking, _opened(folder) as descriptor:
        if str(folder) in _held:
            return False
        if descriptor is None:
            return os.path.isdir(folder)
        if not _lock(descriptor) or not _lies_there(descriptor, folder):
            return False
        _held[str(folder)] = os.dup(descriptor)
        return True


def is_occupied(folder: Path) -> bool:
    """Whether another living process has marked a folder; what this one has marked is its own to clear away."""
    if str(folder) in _held:
        return False
    with _opened(folder) as descriptor:
        return descriptor is not None and not _lock(descriptor)


def leave(folder: Path) -> None:
    """Take the mark off a folder, if it is ours."""
    descriptor = _held.pop(str(folder), None)
    if descriptor is not None:
        os.close(descriptor)


def remove(folder: Path) -> None:
    """Delete a folder, and only then take our mark off it, so that no other run begins in it before it is gone.

    On Windows the mark must go first: no open file can be deleted.
    """
    if sys.platform == "win32":
        leave(folder)
    shutil.rmtree(folder, ignore_errors=True)
    leave(folder)


def remove_left(folder: Path) -> None:
    """Delete a folder that a process has marked which lives no more.

    Where the disk knows no locks it stays: nobody can tell.
    """
    with _opened(folder) as descriptor:
        is_left = descriptor is not None and _is_taken(descriptor) is False
    if is_left and occupy(folder):
        remove(folder)


def held() -> tuple[int, ...]:
    """What a child must inherit for the marks of this process to hold as long as it runs; on Windows nothing does."""
    return () if sys.platform == "win32" else tuple(_held.values())


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


def _lies_there(descriptor: int, folder: Path) -> bool:
    """Whether the folder that was opened is still there: it may have been deleted before it was locked."""
    if sys.platform == "win32":
        return True  # with an open file in it no folder can be deleted
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(folder))
    except OSError:
        return False


def _lock(descriptor: int) -> bool:
    """Lock it; `False`: another has. A disk that knows no locks has none that is taken."""
    return not _is_taken(descriptor)


def _is_taken(descriptor: int) -> bool | None:
    """Whether another has locked it; if not, it is locked now. `None`: the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return None
    return False
