"""How a job tells of itself and learns that it should stop: progress is an argument, never a global."""

from __future__ import annotations

from typing import Protocol

from .errors import Value


class Progress(Protocol):
    """What a job reports to. Texts are templates with values, worded on the QGIS side."""

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how much is done (0–1) and how fast.

        Raises:
            CancelledError: The user asked to stop. Call this at least once a batch.
        """

    def log(self, template: str, **values: Value) -> None:
        """Tell something worth knowing."""

    def warn(self, template: str, **values: Value) -> None:
        """Tell something the user should look at before trusting the result."""


class Silent:
    """Progress that nobody listens to, for tests and notebooks."""

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Accept and forget."""

    def log(self, template: str, **values: Value) -> None:
        """Accept and forget."""

    def warn(self, template: str, **values: Value) -> None:
        """Accept and forget."""
