"""Runs measurements in processes of their own, and measures the memory and time of this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import ROOT


class Helper:
    """A process that measures when it is asked, and keeps what it has opened between.

    Args:
        module: Which module of ours it runs, with `--serve`.
        task: Its first line: what it shall open.
    """

    def __init__(self, module: str, task: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            _command(module, "--serve"), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._task = task

    def __enter__(self) -> Helper:
        self.ask(self._task)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def ask(self, question: Any) -> Any:
        """Send a line and wait for the answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the helper has no pipes")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the helper ended with {self._process.wait()}")
        return json.loads(answer)


def run_alone(module: str, task: Mapping[str, Any]) -> dict[str, Any]:
    """Do one measurement in a fresh process, whose peak memory is its own; `begun_s` tells it when it was started."""
    command = _command(module, "--measure", json.dumps({**task, "begun_s": time.time()}))
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def peak_mb() -> float:
    """Most memory that this process has held so far, in MB of 1e6 bytes (Linux)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))


def _command(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.{module}", *words]
