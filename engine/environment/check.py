"""Looks at the worker's environment from outside, without starting it: what is there, what to do."""

from __future__ import annotations

from .report import Report, Row
from .state import problem


def check() -> Report:
    """Find what can be found without the worker."""
    trouble = problem("run")
    return Report((Row.from_error(trouble),) if trouble else ())
