"""Passes what a job reports on to the log and the progress bar of Processing."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback, QgsProcessingMultiStepFeedback
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..engine.errors import CancelledError, Value
from .parameter_labels import has_dialogs
from .texts import tr, word


def is_cancelled(feedback: QgsProcessingFeedback) -> bool:
    """Whether the user wants to stop.

    Older QGIS runs a batch in the thread of its windows: these can take a click while the worker is waited for only if
    they are given a moment each time this is asked. A lone run there, by a script, is a single step, and blocks QGIS as
    any algorithm does.
    """
    is_one_of_several = isinstance(feedback, QgsProcessingMultiStepFeedback)
    if is_one_of_several and has_dialogs() and QThread.currentThread() == QCoreApplication.instance().thread():
        QCoreApplication.processEvents()
    return feedback.isCanceled()


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
