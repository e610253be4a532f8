"""What the tests of the worker share: a launcher with a misbehaving job, a listener, a look at processes."""

import os
import sys
import threading
import time
from pathlib import Path

PYTHON = Path(sys.executable)
STUB = Path(__file__).with_name("worker_stub_launch.py")


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


def is_gone(pid):
    """Whether a process has ended with all its threads (a zombie has); waits up to five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            is_zombie = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if is_zombie and len(os.listdir(f"/proc/{pid}/task")) == 1:
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False
