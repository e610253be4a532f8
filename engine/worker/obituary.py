"""Says why a worker died, from its exit code and its last words."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from ..errors import SetupError, TerraloomError, WorkerError
from .faults import MEMORY_MARKS

IMPORT_MARKS = ("ModuleNotFoundError", "ImportError", "DLL load failed", "No module named")
KILLED = {-int(getattr(signal, "SIGKILL", 9))}
CRASHED = {
    -int(signal.SIGSEGV),
    -int(getattr(signal, "SIGBUS", 7)),
    -int(signal.SIGILL),
    -int(signal.SIGABRT),
    0xC0000005,  # Windows: access violation
    0xC0000374,  # Windows: heap corruption
    0xC000001D,  # Windows: illegal instruction
}


def explain_death(exit_code: int, last_lines: Sequence[str], has_spoken: bool = True) -> TerraloomError:
    """Say why the worker died and what to do.

    Args:
        exit_code: As `subprocess` gives it: negative for a signal.
        last_lines: The end of its standard error.
        has_spoken: Whether it had begun to answer.
    """
    last_words = "\n".join(last_lines) or "-"
    if exit_code not in KILLED and any(mark in last_words for mark in IMPORT_MARKS):
        return SetupError(
            'A part of Terraloom\'s environment cannot be loaded. Run "Set up environment" with REPAIR. '
            "The worker's last words:\n{last_words}",
            last_words=last_words,
        )
    if exit_code in KILLED or any(mark in last_words.lower() for mark in MEMORY_MARKS):
        return WorkerError(
            "The worker was killed, most likely because memory ran out. Choose a smaller TILE_SIZE or "
            "extent (or BATCH_SIZE, for a training), leave out polygons, or close other programs. Its last words:\n"
            "{last_words}",
            last_words=last_words,
        )
    if exit_code in CRASHED:
        return WorkerError(
            "The worker crashed inside a library (exit code {exit_code}). Try DEVICE = cpu; if that does not "
            'help, run "Set up environment" with REPAIR. Its last words:\n{last_words}',
            exit_code=exit_code,
            last_words=last_words,
        )
    if not has_spoken:
        return WorkerError(
            "The worker ended as it was starting, with exit code {exit_code}. Try again; if that does not help, run "
            '"Set up environment" with REPAIR. Its last words:\n{last_words}',
            exit_code=exit_code,
            last_words=last_words,
        )
    return WorkerError(
        "The worker ended unexpectedly with exit code {exit_code}. Its last words:\n{last_words}",
        exit_code=exit_code,
        last_words=last_words,
    )
