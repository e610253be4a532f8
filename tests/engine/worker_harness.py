"""What the tests of the worker share: a launcher with a misbehaving job, a listener, a look at processes."""

import os
import sys
import threading
import time
from pathlib import Path

PYTHON = Path(sys.executable)
STUB = Path(__file__).with_name("worker_stub_launch.py")
PATIENCE_S = 30.0
"""More than an end takes on a busy machine, less than what has to be ended would last by itself."""


class Listener:
    """Progress that keeps what it is told."""

    def __init__(self):
        self.fractions, self.logs, self.warnings = [], [], []
        self.begun = threading.Event()

    def update(self, fraction, mpx_per_s=None):
        self.fractions.append((fraction, mpx_per_s))

    def log(self, template, **values):
        self.logs.append(template.format(**values))
        self.begun.set()

    def warn(self, template, **values):
        self.warnings.append(template.format(**values))


def never():
    return False


def comes_true(condition):
    """Whether something becomes true within PATIENCE_S."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_gone(pid):
    """Whether a process ends with all its threads (a zombie has)."""
    return comes_true(lambda: not _has_threads(pid))


def _has_threads(pid):
    try:
        is_zombie = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        return not is_zombie or len(os.listdir(f"/proc/{pid}/task")) > 1
    except (FileNotFoundError, ProcessLookupError):
        return False
