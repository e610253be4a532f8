"""Runs an algorithm as a process of its own, `qgis_process`, and reads what it told."""

from __future__ import annotations

import json
import os
import signal
import subprocess  # nosec B404 - programs are started as lists, without a shell
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .scenes import urls

GRACE_S = 5.0
LOOK_S = 0.5
OUT, ERR = "said.json", "complained.txt"

GRUMBLE = "Problem with"
"""How QGIS tells of other programs that it lacks, such as GRASS, which is no fault of a run."""


class RunError(Exception):
    """A run failed; the message is what the user reads, and what lets one in is taken out of it."""

    def __init__(self, message: str) -> None:
        super().__init__(urls.without_secrets(message))


class StoppedError(Exception):
    """The watcher was asked to end while a run was under way."""


@contextmanager
def started(program: str, arguments: list[str], said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start qgis_process in a group of its own, so that it can be ended with all that it starts, and end it so.

    Args:
        program: The executable.
        arguments: What it is given after `--json`.
        said: A folder for what it says: a pipe that nobody empties would halt it.
    """
    variables = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with (said / OUT).open("wb") as out, (said / ERR).open("wb") as err:
        process = subprocess.Popen(  # nosec B603 - the program that the user names
            [program, "--json", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=variables,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def finish(
    process: subprocess.Popen[bytes], said: Path, limit_s: float, is_stopped: Callable[[], bool]
) -> dict[str, Any]:
    """Wait for qgis_process and return what it told as JSON, without what lets one in: it is written down.

    Raises:
        RunError: It failed, or took longer than the limit.
        StoppedError: The watcher was asked to end.
    """
    deadline = time.monotonic() + limit_s
    while process.poll() is None:
        if is_stopped():
            raise StoppedError
        if time.monotonic() > deadline:
            raise RunError(f"It was ended after {limit_s:g} s. Allow more with --limit, or see why it takes so long.")
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_S)
    complaint = _complaint((said / ERR).read_text("utf-8", "replace"))
    if process.returncode:
        if is_stopped():  # the signal that asked the watcher to end was sent to its child as well
            raise StoppedError
        raise RunError(complaint or f"qgis_process ended with code {process.returncode} and said nothing.")
    try:
        return dict(_without_secrets(_first_object((said / OUT).read_text("utf-8"))))
    except ValueError:
        raise RunError(f"qgis_process told no results as JSON. {complaint}".strip()) from None


def end_orphan(pid: int, run: str) -> None:
    """End the child of a watcher that was killed, if it still runs.

    Args:
        pid: Its number, which may be another process's by now.
        run: The run's name, which stands in its command line.
    """
    if run in _command_line(pid):
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _command_line(pid: int) -> str:
    """The words that a process was started with; empty where there is none of this number."""
    if sys.platform == "linux":  # small containers have no ps
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
        return ""
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # nosec B603 - of the system


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs and its group: asked first, then by force."""
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_S)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _without_secrets(told: Any) -> Any:
    """What was told, with the addresses in its texts as anyone may see them."""
    if isinstance(told, dict):
        return {name: _without_secrets(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_without_secrets(value) for value in told]
    return urls.without_secrets(told) if isinstance(told, str) else told


def _first_object(text: str) -> dict[str, Any]:
    """The JSON in what was said; other plugins may print before and after.

    Raises:
        ValueError: There is none.
    """
    return dict(json.JSONDecoder().raw_decode(text[text.find("\n{") + 1 :])[0])


def _complaint(text: str) -> str:
    """What went wrong, once, without what QGIS grumbles about at every start."""
    _, mark, after = text.rpartition("ERROR:")
    told = dict.fromkeys(line.strip() for line in after.splitlines())
    lines = [line for line in told if line and not line.startswith(GRUMBLE)]
    return " ".join(lines if mark else lines[-3:])[:2000]
