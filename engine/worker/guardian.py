"""A second small process beside the worker: ends it and clears up once QGIS is gone, whatever the worker is doing.

A thread of the worker alone cannot promise that: it waits while native code holds Python's lock, which GDAL does for as
long as it writes polygons, and it would clear away files that the main thread is still making. This file is also the
guardian's script; it needs the standard library only.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess  # nosec B404 - programs are started as lists, without a shell
import sys
import time
from collections.abc import Iterable
from pathlib import Path

JOURNAL = "journal.json"
"""What a folder holds that an interrupted run is resumed from; as in `engine/results/journal.py`."""


LOOK_S = 0.1


class Guardian:
    """The guardian of this process; not for Windows, whose pipes cannot be watched.

    Args:
        line: Descriptor of a pipe of which QGIS holds the other end.
    """

    def __init__(self, line: int) -> None:
        nothing = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 # nosec B603 - this interpreter, this file
            [sys.executable, "-I", "-S", __file__, str(line), str(os.getpid())],
            pass_fds=(line,),
            stdin=subprocess.PIPE,
            stdout=nothing,
            stderr=nothing,
            text=True,
        )

    def mind(self, folders: Iterable[Path]) -> None:
        """Have these folders cleared away, and no others, should QGIS go from now on."""
        ear = self._process.stdin
        try:
            print(json.dumps(list(map(str, folders))), file=ear, flush=True)
        except BrokenPipeError:
            return  # Someone killed the guardian; the worker's own thread still listens.


def guard(line: int, worker: int) -> None:
    """Wait until QGIS or the worker is gone; if it is QGIS, end the worker and clear up.

    Args:
        line: Descriptor of a pipe of which QGIS holds the other end.
        worker: The worker's number. It tells on standard input, one JSON list a line, what is to be cleared away.
    """
    qgis, anyone = select.poll(), select.poll()
    # Nothing but its end is of interest, which macOS tells of only if asked: what is said on it is for the worker.
    qgis.register(line, select.POLLHUP)
    anyone.register(line, select.POLLHUP)
    anyone.register(sys.stdin, select.POLLIN)
    folders: list[str] = []
    while not qgis.poll(0):
        stirred = dict(anyone.poll())
        if not stirred:  # macOS wakes for what is said to the worker as well
            time.sleep(LOOK_S)
        elif not qgis.poll(0):
            told = sys.stdin.readline()
            if told:
                folders = json.loads(told)
            elif not qgis.poll(0):
                return
    if os.getppid() == worker:
        os.kill(worker, signal.SIGKILL)
    for told in sys.stdin:  # Ends when the worker has ended: from then on nobody makes files any more.
        folders = json.loads(told)
    clear(folders)
    if os.getpgrp() == worker:
        os.killpg(worker, signal.SIGKILL)  # What the worker had started, and this process.


def clear(folders: Iterable[str]) -> None:
    """Remove folders of unfinished results, but for those that a run is resumed from or another run is at work in."""
    for folder in folders:
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except OSError:
            continue  # It was never made, or is gone already.
        if _lock(descriptor) and not os.path.isfile(os.path.join(folder, JOURNAL)):
            shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock a folder as `engine/results/occupancy.py` does; `False`: a living process makes something in it."""
    import fcntl  # Windows has none.

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


if __name__ == "__main__":
    guard(int(sys.argv[1]), int(sys.argv[2]))
