"""Keeps one worker warm between the jobs of a QGIS session, and starts another while that one is busy."""

from __future__ import annotations

import atexit
import threading
from pathlib import Path
from typing import Callable

from ..outcome import Outcome
from ..progress import Progress
from ..requests.documents import Request
from .client import LAUNCHER, Worker


class Pool:
    """The workers of one QGIS session.

    Args:
        launcher: The script that becomes a worker.
    """

    def __init__(self, launcher: Path = LAUNCHER) -> None:
        self._launcher = launcher
        self._lock = threading.Lock()
        self._warm: Worker | None = None
        self._era = 0

    def run_task(
        self, python: Path, task: str, request: Request, progress: Progress, is_cancelled: Callable[[], bool]
    ) -> Outcome:
        """Run one job in the warm worker, or in a new one where that is busy, dead, outdated or of another Python.

        Raises:
            TerraloomError: The job failed, was cancelled, or its worker died; nothing unfinished is left.
        """
        era, worker = self._take(python)
        try:
            if not worker.is_alive:
                worker.start(is_cancelled)
            return worker.run(task, request, progress, is_cancelled)
        finally:
            self._give_back(era, worker)

    def shut_down(self) -> None:
        """End the warm worker; busy ones end with their job."""
        with self._lock:
            self._era += 1
            worker, self._warm = self._warm, None
        if worker is not None:
            worker.close()

    def _take(self, python: Path) -> tuple[int, Worker]:
        with self._lock:
            worker, self._warm = self._warm, None
            era = self._era
        if worker is not None and (worker.python != python or not worker.is_current):
            worker.close()
            worker = None
        return era, worker or Worker(python, self._launcher)

    def _give_back(self, era: int, worker: Worker) -> None:
        """Keep a worker that lives, unless another is kept already or the pool was shut down meanwhile."""
        with self._lock:
            if worker.is_alive and self._warm is None and era == self._era:
                self._warm = worker
                return
        worker.close()


_pool = Pool()
atexit.register(_pool.shut_down)

run_task = _pool.run_task
shut_down = _pool.shut_down
