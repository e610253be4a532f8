"""The folder for what a worker's jobs make and throw away: locked while the worker lives, so that others know it."""

from __future__ import annotations

import re
import time
from pathlib import Path

from ..results.occupancy import occupy, remove_left

NAME = re.compile(r"terraloom-[0-9a-f]{32}")
"""What these folders are called; as in `client.py`."""

TRIES, WAIT_S = 5, 0.05
"""Another worker that clears up may take a folder away that is made and not yet locked."""


def make(folder: Path) -> None:
    """Make a worker's own folder and lock it.

    Raises:
        OSError: It cannot be made.
    """
    for _ in range(TRIES):
        folder.mkdir(mode=0o700, exist_ok=True)
        if occupy(folder):
            return
        time.sleep(WAIT_S)


def sweep(own: Path) -> None:
    """Delete the folders beside a worker's own that workers left which died with all that could clear up after them."""
    for folder in own.parent.glob("terraloom-*"):
        if folder != own and NAME.fullmatch(folder.name):
            remove_left(folder)
