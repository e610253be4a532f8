"""The worker's own side: takes jobs from standard input one after another and answers on standard output."""

from __future__ import annotations

import importlib
import os
import queue
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from .. import VERSION
from ..environment.in_use import use
from ..errors import TerraloomError, WorkerError, to_document
from ..requests.documents import from_document
from ..requests.secrets_in_texts import told_without_secrets, without_secrets
from ..results.occupancy import remove
from ..results.workspace import partial_folder, remove_partials
from . import memory, scratch
from .damage import damage_told
from .faults import explain
from .guardian import Guardian
from .open_files import allow_many
from .protocol import PROTOCOL, Cancel, Failure, Hello, Job, Message, Result, decode, encode
from .reporter import Reporter
from .tasks import TASKS, Task
from .variables import SCRATCH


def main(tasks: Mapping[str, Task] = TASKS) -> NoReturn:
    """Serve jobs until standard input ends.

    Args:
        tasks: What can be asked for.
    """
    allow_many()
    use(Path(sys.prefix))
    listening, speaking = _claim_streams()
    Child(tasks, listening, speaking).serve()


def _claim_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for the protocol alone.

    What native code prints goes to standard error from here on. Programs that a job starts inherit neither
    pipe: they would keep QGIS's end of the conversation open. (On Windows, a library that asks for the kind
    of standard input while a thread reads it would hang; it finds the null device instead.)
    """
    listening, speaking = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr  # Line by line, in order: what was printed last is read when the worker dies.
    return listening, speaking


class Child:
    """A worker at work.

    The main thread does the jobs; another listens, so that a cancel and the end of QGIS are heard meanwhile.

    Args:
        tasks: What can be asked for.
        listening: Messages from QGIS.
        speaking: Messages to QGIS.
    """

    def __init__(self, tasks: Mapping[str, Task], listening: BinaryIO, speaking: BinaryIO) -> None:
        self._tasks = tasks
        self._listening = listening
        self._speaking = speaking
        self._lock = threading.Lock()
        self._jobs: queue.Queue[Job] = queue.Queue()
        self._cancelled = 0
        self._outputs: tuple[Path, ...] = ()
        self._scratch = Path(os.environ[SCRATCH]) if SCRATCH in os.environ else None
        self._guardian = None if sys.platform == "win32" else Guardian(listening.fileno())

    def serve(self) -> NoReturn:
        """Say hello, then do one job after another."""
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(Hello(PROTOCOL, VERSION))
        if self._scratch is not None:
            threading.Thread(target=scratch.sweep, args=(self._scratch,), daemon=True).start()
        while True:
            self._send(self._answer(self._jobs.get()))

    def _listen(self) -> None:
        """Take in jobs and cancels; when QGIS is gone, clear up and go too, whatever the main thread does."""
        try:
            for line in self._listening:
                message = decode(line)
                if isinstance(message, Job):
                    self._jobs.put(message)
                elif isinstance(message, Cancel):
                    self._cancelled = message.number
        finally:
            remove_partials(self._outputs)
            self._throw_away()
            os._exit(0)

    def _send(self, message: Message) -> None:
        with self._lock:
            self._speaking.write(encode(message))
            self._speaking.flush()

    def _answer(self, job: Job) -> Result | Failure:
        """Do a job. Whatever it raises ends here, and nothing unfinished is left."""
        memory.reset_peak()
        reporter = Reporter(self._send, lambda: self._cancelled == job.number)
        try:
            with damage_told(reporter):
                result = self._run(job, reporter)
            encode(result)  # A value that is not JSON is the job's fault, found while it can still be told.
            reporter.log("Peak memory of the worker: {memory_mb} MB.", memory_mb=memory.peak_mb())
        except Exception as error:  # noqa: BLE001 - the boundary: every fault is told, none ends the worker
            return self._failure(error)
        finally:
            self._throw_away()
            self._make(())
        return result

    def _run(self, job: Job, reporter: Reporter) -> Result:
        task = self._tasks.get(job.task)
        if task is None:
            raise WorkerError("The worker knows no task {task}. Restart QGIS.", task=job.task)
        request = from_document(task.request, job.request)
        self._make(tuple(map(Path, request.outputs)))
        self._make_scratch()
        outcome = importlib.import_module(task.job).run(request, reporter)
        return Result(outcome.outputs, outcome.metrics)

    def _make(self, outputs: tuple[Path, ...]) -> None:
        """Note what is being made, for whoever has to clear it away."""
        self._outputs = outputs
        if self._guardian is not None:
            own = () if self._scratch is None else (self._scratch,)
            self._guardian.mind((*map(partial_folder, outputs), *own))

    def _make_scratch(self) -> None:
        """Have temporary files made in a folder of this worker's own, which others know to clear away."""
        if self._scratch is not None:
            tempfile.tempdir = None  # that of the last job may be another's by now
            with suppress(OSError):  # where none can be made, the jobs that need one say so
                scratch.make(self._scratch)
                tempfile.tempdir = str(self._scratch)

    def _throw_away(self) -> None:
        """Clear away the temporary files of a job."""
        if self._scratch is not None:
            remove(self._scratch)

    def _failure(self, error: Exception) -> Failure:
        told = explain(error, self._outputs)
        story = without_secrets("".join(traceback.format_exception(type(error), error, error.__traceback__)))
        if not isinstance(error, TerraloomError):
            sys.stderr.write(story)
        remove_partials(self._outputs)
        return Failure(told_without_secrets(to_document(told)), story)
