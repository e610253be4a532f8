"""Turns what a running job tells into messages to QGIS, not too many, and lets the job know of a cancel."""

from __future__ import annotations

import time
from typing import Callable

from ..errors import CancelledError, Value
from ..phrases import packed
from ..requests.secrets_in_texts import told_without_secrets
from .protocol import Advance, Message, Note

INTERVAL_S = 0.1
"""Least time between two messages of progress."""

HEARING_S = 0.05
"""How long the last update waits: whoever hears the cancel may have waited for native code that held Python's lock."""


class Reporter:
    """The progress of one job.

    Args:
        send: Sends a message to QGIS.
        is_cancelled: Whether the user asked to stop this job.
    """

    def __init__(self, send: Callable[[Message], None], is_cancelled: Callable[[], bool]) -> None:
        self._send = send
        self._is_cancelled = is_cancelled
        self._next_s = 0.0

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how much is done (0–1; at 1 nothing but handing over is left) and how fast.

        Raises:
            CancelledError: The user asked to stop.
        """
        if fraction >= 1:
            time.sleep(HEARING_S)
        if self._is_cancelled():
            raise CancelledError()
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + INTERVAL_S
            self._send(Advance(float(fraction), mpx_per_s if mpx_per_s is None else float(mpx_per_s)))

    def log(self, template: str, **values: Value) -> None:
        """Tell something worth knowing."""
        self._send(Note(template, told_without_secrets(packed(values))))

    def warn(self, template: str, **values: Value) -> None:
        """Tell something the user should look at before trusting the result."""
        self._send(Note(template, told_without_secrets(packed(values)), warning=True))
