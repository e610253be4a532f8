"""Keeps one worker warm between jobs of a QGIS session, and starts another where it is busy."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from ..errors import WorkerError
from ..outcome import Outcome
from ..progress import Progress
from ..requests.documents import Request


def run_task(
    python: Path, task: str, request: Request, progress: Progress, is_cancelled: Callable[[], bool]
) -> Outcome:
    """Run one job in a worker and wait for its outcome.

    Raises:
        TerraloomError: The job failed, was cancelled, or its worker died; nothing unfinished is left.
    """
    raise WorkerError("Not built yet.")


def shut_down() -> None:
    """End the warm worker, if there is one."""
