"""Runs a program that the user may wait for: its lines are passed on as they come, and it can be stopped."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess  # nosec B404 - programs are started as lists, without a shell
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Callable

from ..errors import CancelledError
from ..results.occupancy import held, remove
from ..worker import scratch
from ..worker.processes import kill_tree, start

POLL_S = 0.1

TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""Variables that name the folder for temporary files, the first that counts first."""

Cancelled = Callable[[], bool]


class CommandFailed(Exception):
    """A program that could not be started, ended with a fault or took too long.

    Args:
        lines: What it said.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def program_named(name: str, search_path: str | None = None) -> Path | None:
    """Where a program lies on the search path; nothing in the current folder counts, where Windows looks first."""
    found = shutil.which(name, path=search_path)
    return Path(found) if found and os.path.isabs(found) else None


def ignore(line: str) -> None:
    """Take a line and do nothing with it."""


def run(
    command: Sequence[str | Path],
    variables: Mapping[str, str],
    is_cancelled: Cancelled,
    on_line: Callable[[str], None] = ignore,
    timeout_s: float = float("inf"),
) -> list[str]:
    """Run a program to its end. What this process has occupied stays so until then, even should QGIS be killed.

    Args:
        command: Program and arguments.
        variables: Environment variables, from which QGIS's own are left out.
        is_cancelled: Asked several times a second.
        on_line: Given each line the program says, without its end.
        timeout_s: How long it may take.

    Returns:
        All it said, line by line.

    Raises:
        CommandFailed: It could not be started, ended with a fault or took too long.
        CancelledError: The user asked to stop; it and what it started are gone.
    """
    with _temporary_files_apart(variables) as own_variables:
        return _run([str(word) for word in command], own_variables, is_cancelled, on_line, timeout_s)


@contextmanager
def _temporary_files_apart(variables: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Variables by which a program has its temporary files in a folder that goes with it, even where it is killed.

    It is made where the variables want such files, and marked as those of workers: should QGIS be killed, the next one
    clears it away.
    """
    wanted = next((variables[name] for name in TEMPORARY if os.path.isdir(variables.get(name, ""))), None)
    folder = Path(wanted or tempfile.gettempdir()) / scratch.fresh_name()
    try:
        scratch.make(folder)
    except OSError:  # the program will say so, if it needs any
        yield dict(variables)
        return
    try:
        yield {**variables, **dict.fromkeys(TEMPORARY, str(folder))}
    finally:
        remove(folder)


def _run(
    words: list[str],
    variables: Mapping[str, str],
    is_cancelled: Cancelled,
    on_line: Callable[[str], None],
    timeout_s: float,
) -> list[str]:
    """As `run`."""
    try:
        process = start(words, variables, subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT, held())
    except OSError as error:
        raise CommandFailed([error.strerror or str(error)]) from error
    deadline = time.monotonic() + timeout_s
    said: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_listen, args=(process.stdout, said), daemon=True).start()
    lines: list[str] = []
    try:
        while (line := _next(said)) is not None:
            if is_cancelled():
                raise CancelledError()
            if time.monotonic() > deadline:
                raise CommandFailed([*lines, f"no end after {timeout_s:.0f} s"])
            if line:
                lines.append(line)
                on_line(line)
        if process.wait() != 0:
            raise CommandFailed(lines or [f"exit code {process.returncode}"])
    finally:
        kill_tree(process)
    return lines


def _listen(stdout: IO[bytes], said: queue.Queue[str | None]) -> None:
    with stdout:
        for line in stdout:
            said.put(line.decode("utf-8", "replace").rstrip())
    said.put(None)


def _next(said: queue.Queue[str | None]) -> str | None:
    """The next line; an empty one where nothing was said for a moment; nothing at the end."""
    try:
        return said.get(timeout=POLL_S)
    except queue.Empty:
        return ""
