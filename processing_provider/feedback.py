"""Passes what a job reports on to the log and the progress bar of Processing."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback

from ..engine.errors import CancelledError, Value
from .texts import tr, word


class FeedbackProgress:
    """The engine's `Progress` over a `QgsProcessingFeedback`.

    Args:
        feedback: What Processing handed to the algorithm.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.feedback = feedback

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Move the progress bar and say how fast it goes; raise where the user wants to stop."""
        if self.feedback.isCanceled():
            raise CancelledError("Cancelled.")
        self.feedback.setProgress(100 * fraction)
        if mpx_per_s is not None:
            self.feedback.setProgressText(
                tr("{percent:.0f} % done, {speed:.2f} Mpx/s").format(percent=100 * fraction, speed=mpx_per_s)
            )

    def log(self, template: str, **values: Value) -> None:
        """Write to the log."""
        self.feedback.pushInfo(word(template, **values))

    def warn(self, template: str, **values: Value) -> None:
        """Write to the log, in the colour of warnings."""
        self.feedback.pushWarning(word(template, **values))
