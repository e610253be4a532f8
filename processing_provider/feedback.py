"""Passes what a job reports on to the log and the progress bar of Processing."""

from __future__ import annotations

import time

from qgis.core import QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..engine.errors import CancelledError, Value
from ..engine.progress import seconds_left
from .parameter_labels import has_dialogs
from .texts import tr, word

SURE_S = 3.0
"""After so many seconds the pace tells how long the rest will take."""


def is_main_thread() -> bool:
    """Whether this is the thread of QGIS's windows and layers."""
    return QThread.currentThread() == QCoreApplication.instance().thread()


def is_cancelled(feedback: QgsProcessingFeedback) -> bool:
    """Whether the user wants to stop.

    Older QGIS runs a batch in the thread of its windows: these can take a click while the worker is waited for only if
    they are given a moment each time this is asked. So can they in a model that a script runs there; a lone run is no
    step of several, and blocks QGIS as any algorithm does.
    """
    # What a model hands to its steps was made in C++, and Python takes it for a plain feedback.
    is_one_of_several = feedback.metaObject().className() == "QgsProcessingMultiStepFeedback"
    if is_one_of_several and has_dialogs() and is_main_thread():
        QCoreApplication.processEvents()
    return feedback.isCanceled()


class FeedbackProgress:
    """The engine's `Progress` over a `QgsProcessingFeedback`.

    Args:
        feedback: What Processing handed to the algorithm.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.feedback = feedback
        self._begun: tuple[float, float] | None = None  # share and time

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Move the progress bar and say how fast it goes; raise where the user wants to stop."""
        if self.feedback.isCanceled():
            raise CancelledError("Cancelled.")
        self.feedback.setProgress(100 * fraction)
        if mpx_per_s is not None:
            self.feedback.setProgressText(self._pace(fraction, mpx_per_s))

    def log(self, template: str, **values: Value) -> None:
        """Write to the log."""
        self.feedback.pushInfo(word(template, **values))

    def warn(self, template: str, **values: Value) -> None:
        """Write to the log, in the colour of warnings."""
        self.feedback.pushWarning(word(template, **values))

    def _pace(self, fraction: float, mpx_per_s: float) -> str:
        """How much is done, how fast it goes and, once that is known, how long the rest takes."""
        now = time.monotonic()
        if self._begun is None or fraction < self._begun[0]:
            self._begun = fraction, now
        done, elapsed_s = fraction - self._begun[0], now - self._begun[1]
        percent = 100 * fraction
        if done <= 0 or elapsed_s < SURE_S:
            return tr("{percent:.0f} % done, {speed:.2f} Mpx/s").format(percent=percent, speed=mpx_per_s)
        return tr("{percent:.0f} % done, {speed:.2f} Mpx/s, {seconds:.0f} s left").format(
            percent=percent, speed=mpx_per_s, seconds=seconds_left(done, 1 - fraction, elapsed_s)
        )
