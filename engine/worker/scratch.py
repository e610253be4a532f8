"""The folder for what a worker's jobs make and throw away: locked while the worker lives, so that others know it."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import stat
import sys
import time
import uuid
from pathlib import Path

from ..results.occupancy import occupy, remove_left

NAME = re.compile(r"terraloom-[0-9a-f]{8}-[0-9a-f]{32}")
"""What these folders are called: by the machine, and a number of their own."""

TRIES, WAIT_S = 5, 0.05
"""Another worker that clears up may take a folder away that is made and not yet locked."""


def fresh_name() -> str:
    """A name for a worker's own folder."""
    return f"{_of_machine()}-{uuid.uuid4().hex}"


def _of_machine() -> str:
    """How the names of this machine begin: on a network disk no other may see that the folders are locked."""
    return f"terraloom-{hashlib.sha256(platform.node().encode('utf-8', 'replace')).hexdigest()[:8]}"


def make(folder: Path) -> None:
    """Make a worker's own folder and lock it.

    Its name is known to all users from the first job on, and between jobs it is gone: another may have taken it.

    Raises:
        OSError: It cannot be made, or what has its name is not ours alone.
    """
    for _ in range(TRIES):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not _is_ours_alone(folder):
                raise
        if occupy(folder):
            return
        time.sleep(WAIT_S)


def _is_ours_alone(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that other users can neither read nor change; on Windows all are."""
    try:
        state = os.lstat(folder)
    except FileNotFoundError:
        return True  # another worker has cleared it away, and it is made again
    if sys.platform == "win32":
        return stat.S_ISDIR(state.st_mode)
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o077


def sweep(own: Path) -> None:
    """Delete what workers of this machine left beside a worker's own which died with all that could clear up."""
    for folder in own.parent.glob(f"{_of_machine()}-*"):
        if folder != own and NAME.fullmatch(folder.name):
            remove_left(folder)
