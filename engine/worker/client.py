"""QGIS's side of a worker: starts it, gives it one job at a time, ends it when it does not stop by itself."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess  # nosec B404 - programs are started as lists, without a shell
import tempfile
import threading
import time
from collections import deque
from pathlib import Path
from typing import IO, Callable

from .. import VERSION
from ..errors import CancelledError, SetupError, TerraloomError, WorkerError, from_document
from ..outcome import Outcome
from ..phrases import unpacked
from ..progress import Progress
from ..requests.documents import Request, to_document
from ..results.workspace import remove_partials
from . import scratch
from .obituary import explain_death
from .processes import kill_tree, start
from .protocol import (
    PROTOCOL,
    Advance,
    Cancel,
    Failure,
    Hello,
    Job,
    Message,
    Note,
    Result,
    Unintelligible,
    decode,
    encode,
)
from .variables import SCRATCH

LAUNCHER = Path(__file__).resolve().parent / "launch.py"

METADATA = Path(__file__).resolve().parents[2] / "metadata.txt"
"""Another one with each version of the plugin."""

HANDSHAKE_S = 60.0
"""How long a worker may take to say hello: the first start after an installation reads from a cold disk."""

PATIENCE_S = 3.0
"""How long a job may take to stop by itself once asked to."""

POLL_S = 0.1
"""How often the user's wish to stop is looked at."""

LAST_LINES = 20


class Worker:
    """A worker process.

    Args:
        python: The interpreter of the worker's environment.
        launcher: The script that becomes the worker.
    """

    def __init__(self, python: Path, launcher: Path = LAUNCHER) -> None:
        self.python = python
        self._launcher = launcher
        self._process: subprocess.Popen[bytes] | None = None
        self._heard: queue.Queue[bytes | None] = queue.Queue()
        self._last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self._listeners: tuple[threading.Thread, ...] = ()
        self._job_number = 0
        self._has_spoken = False
        self._version_stamp: tuple[int, ...] = ()
        self._scratch = Path(_temporary_folder()) / scratch.fresh_name()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_current(self) -> bool:
        """Whether the plugin's files are those that it was started from: it imports most of them when a job asks."""
        return self._version_stamp == _version_stamp()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._running().pid

    def start(self, is_cancelled: Callable[[], bool], timeout_s: float = HANDSHAKE_S) -> None:
        """Start the process and wait for its hello.

        Raises:
            SetupError: The interpreter cannot be started, or lacks a part.
            WorkerError: No hello came in time, or another than this version's.
            CancelledError: The user asked to stop.
        """
        self.kill()
        self._version_stamp = _version_stamp()
        # -I: nothing of the user's or QGIS's Python gets in; faulthandler: a crash tells where it was.
        command = [str(self.python), "-I", "-X", "utf8", "-X", "faulthandler", str(self._launcher)]
        pipe = subprocess.PIPE
        try:
            variables = {**os.environ, SCRATCH: str(self._scratch)}
            process = start(command, variables, stdin=pipe, stdout=pipe, stderr=pipe)
        except OSError as error:
            raise SetupError(
                "{python}, the Python of Terraloom's environment, cannot be started: {reason}. "
                'Run "Set up environment" with REPAIR.',
                python=str(self.python),
                reason=error.strerror or str(error),
            ) from error
        self._process, self._heard, self._has_spoken = process, queue.Queue(), False
        self._listeners = (
            threading.Thread(target=_hear_messages, args=(process.stdout, self._heard), daemon=True),
            threading.Thread(target=_hear_last_lines, args=(process.stderr, self._last_lines), daemon=True),
        )
        for listener in self._listeners:
            listener.start()
        try:
            self._shake_hands(is_cancelled, timeout_s)
        except BaseException:
            self.kill()
            raise

    def run(self, task: str, request: Request, progress: Progress, is_cancelled: Callable[[], bool]) -> Outcome:
        """Have one job done.

        Args:
            task: Its name in the worker's table of tasks.
            request: What is asked for.
            progress: Told what the job tells.
            is_cancelled: Asked several times a second.

        Raises:
            CancelledError: The user asked to stop; a job that did not within three seconds was killed. Where the job
                was done already, its results are in place, and the error says so.
            TerraloomError: The job failed or the worker died. Nothing unfinished is left in either case.
        """
        self._job_number += 1
        self._last_lines.clear()
        try:
            self._say(Job(self._job_number, task, to_document(request)))
            answer = self._await_answer(progress, is_cancelled)
        except BaseException:
            try:
                self.kill()
            finally:
                remove_partials(map(Path, request.outputs))
            raise
        if is_cancelled():
            raise _cancelled(answer)
        if isinstance(answer, Failure):
            error = from_document(answer.error)
            if isinstance(error, WorkerError):
                progress.log("{traceback}", traceback=answer.traceback)
            raise error
        return Outcome(answer.outputs, answer.metrics)

    def close(self) -> None:
        """Let the worker go; it ends when its standard input does."""
        process = self._process
        if process is None:
            return
        try:
            _stdin(process).close()
            process.wait(PATIENCE_S)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> None:
        """End the process and all it has started, now, and clear its temporary files away."""
        process, self._process = self._process, None
        if process is None:
            return
        kill_tree(process)
        try:
            _stdin(process).close()
        except OSError:
            pass  # Words that the dead worker did not take; Windows calls the pipe invalid, not broken.
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise WorkerError("The worker has ended already.")
        return self._process

    def _shake_hands(self, is_cancelled: Callable[[], bool], timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        hello = None
        while hello is None:
            if is_cancelled():
                raise CancelledError()
            if time.monotonic() > deadline:
                raise WorkerError(
                    "The worker did not answer within {seconds} seconds. Try again; if the computer is not "
                    'merely busy, run "Set up environment" with REPAIR. Its last words:\n{last_words}',
                    seconds=round(timeout_s),
                    last_words=self._last_words(),
                )
            hello = self._next_message()
        self._has_spoken = True
        if not isinstance(hello, Hello) or (hello.protocol, hello.version) != (PROTOCOL, VERSION):
            raise WorkerError(
                "Terraloom was changed while QGIS was running: QGIS holds version {held}, "
                "the worker is {found}. Restart QGIS.",
                held=VERSION,
                found=getattr(hello, "version", "-"),
            )

    def _await_answer(self, progress: Progress, is_cancelled: Callable[[], bool]) -> Result | Failure:
        """Pass on what the job tells until it answers; ask it to stop when the user wants to."""
        wants_to_stop, deadline = False, None
        while True:
            wants_to_stop = wants_to_stop or is_cancelled()
            if wants_to_stop and deadline is None:
                self._say(Cancel(self._job_number))
                deadline = time.monotonic() + PATIENCE_S
            if deadline is not None and time.monotonic() > deadline:
                raise CancelledError()
            message = self._next_message()
            if isinstance(message, (Result, Failure)):
                return message
            try:
                _pass_on(message, progress)
            except CancelledError:
                wants_to_stop = True

    def _say(self, message: Message) -> None:
        stdin = _stdin(self._running())
        try:
            stdin.write(encode(message))
            stdin.flush()
        except OSError as error:
            raise self._death() from error

    def _next_message(self) -> Message | None:
        """What the worker says next, or nothing where it is silent for a moment."""
        try:
            line = self._heard.get(timeout=POLL_S)
        except queue.Empty:
            return None
        if line is None:
            raise self._death()
        try:
            return decode(line)
        except Unintelligible as error:
            raise SetupError(
                'The worker said something unintelligible: "{line}". Something prints as its Python starts, '
                'or another program answers. Run "Set up environment" with REPAIR.',
                line=str(error)[:200],
            ) from error

    def _death(self) -> TerraloomError:
        """Say why the worker no longer speaks."""
        process = self._running()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            kill_tree(process)
        self._listeners[-1].join(PATIENCE_S)
        return explain_death(process.returncode, list(self._last_lines), self._has_spoken)

    def _last_words(self) -> str:
        return "\n".join(self._last_lines) or "-"


def _version_stamp() -> tuple[int, ...]:
    """What changes when the plugin is updated; empty while its files are being replaced."""
    try:
        found = METADATA.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _temporary_folder() -> str:
    """The system's folder of temporary files.

    Raises:
        SetupError: None of those that there are takes any file.
    """
    try:
        return tempfile.gettempdir()
    except OSError as error:
        raise SetupError(
            "No folder for temporary files can be written to; most often its disk is full. Free some space there, or "
            "set the environment variable TMPDIR to another folder."
        ) from error


def _hear_messages(stdout: IO[bytes], heard: queue.Queue[bytes | None]) -> None:
    """Keep what the worker says until it is asked for; nothing after the last line means that it is gone."""
    with stdout:
        for line in stdout:
            heard.put(line)
    heard.put(None)


def _hear_last_lines(stderr: IO[bytes], last_lines: deque[str]) -> None:
    """Keep the end of what the worker and its libraries print."""
    with stderr:
        for line in stderr:
            last_lines.append(line.decode("utf-8", "replace").rstrip())


def _pass_on(message: Message | None, progress: Progress) -> None:
    """Tell what the job tells."""
    if isinstance(message, Advance):
        progress.update(message.fraction, message.mpx_per_s)
    elif isinstance(message, Note):
        (progress.warn if message.warning else progress.log)(message.template, **unpacked(message.values))


def _cancelled(answer: Result | Failure) -> CancelledError:
    """What to tell of a cancel that the job has answered, be it too late."""
    files = ", ".join(answer.outputs.values()) if isinstance(answer, Result) else ""
    if not files:
        return CancelledError()
    return CancelledError("Cancelled too late: the results were already in place: {files}", files=files)


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """The pipe to a worker's standard input; each is started with one."""
    if process.stdin is None:
        raise WorkerError("The worker was started without pipes.")
    return process.stdin
