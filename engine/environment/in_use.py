"""Keeps an environment from being replaced while workers run in it, of whatever window or program they are.

On Windows nothing is needed for that: there files in use cannot be moved.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import SetupError

PATIENCE_S = 3.0
"""How long an environment in use is waited for: a worker that was just ended may hold it for a moment."""

POLL_S = 0.1


def use(folder: Path) -> None:
    """Note that this process runs in an environment; the system forgets it when the process ends."""
    if sys.platform != "win32":
        with suppress(OSError):
            _lock(os.open(folder, os.O_RDONLY), alone=False)


@contextmanager
def unused(folder: Path) -> Iterator[None]:
    """Make sure that no worker runs in an environment while it is replaced.

    Raises:
        SetupError: One does.
    """
    if sys.platform == "win32" or not os.path.isdir(folder):
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while not _lock(descriptor, alone=True):
            if time.monotonic() > deadline:
                raise SetupError(
                    "The environment in {folder} is in use: another window of QGIS, qgis_process or a script works "
                    "with it. Close those windows, or wait until their work is done, and try again.",
                    folder=str(folder),
                )
            time.sleep(POLL_S)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, alone: bool) -> bool:
    """Lock a folder, alone or together with others; `False`: it is locked by others. Not for Windows."""
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a disk that knows no locks
    return True
