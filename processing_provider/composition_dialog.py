"""The dialog of “Compose a network”: QGIS's own, with what the network is like above it, renewed with each change."""

from __future__ import annotations

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsProcessingContext
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QBoxLayout

from ..engine.errors import TerraloomError
from .algorithm import what_is_missing
from .composition_summary import CompositionSummary
from .texts import word_error

SIZE_PX = 960, 860
"""Width and height of the dialog at least, where the screen has room."""


class CompositionDialog(AlgorithmDialog):
    """QGIS's dialog, and a summary above its parameters.

    Args:
        algorithm: The algorithm.
        parent: The window that it belongs to.
    """

    def __init__(self, algorithm, parent=None):
        super().__init__(algorithm, parent=parent)
        self.setObjectName("TerraloomComposeNetwork")  # QGIS keeps the size under it: other dialogs keep theirs
        self.summary = CompositionSummary(self._request)
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.summary)
        else:
            self.mainWidget().layout().addWidget(self.summary)
        for name, wrapper in self.mainWidget().wrappers.items():
            if not algorithm.parameterDefinition(name).isDestination():
                wrapper.widgetValueHasChanged.connect(lambda _: self.summary.renew())

    def showEvent(self, event):  # noqa: N802 - Qt's name
        super().showEvent(event)
        QTimer.singleShot(0, self._grow)  # QGIS gives it the size it had, or its usual one, just now

    def _grow(self):
        """Make room for the summary."""
        screen = self.screen().availableGeometry()
        width, height = SIZE_PX
        self.resize(
            max(self.width(), min(width, screen.width())),
            max(self.height(), min(height, screen.height())),
        )

    def _request(self):
        """What the user asks for at the moment, or the sentence that says why that cannot be."""
        missing = what_is_missing("learn")
        if missing:
            return missing
        wrappers = self.mainWidget().wrappers
        definitions = (each for each in self.algorithm().parameterDefinitions() if not each.isDestination())
        chosen = {each.name(): wrappers[each.name()].parameterValue() for each in definitions}
        try:
            return self.algorithm().request(chosen, QgsProcessingContext())
        except TerraloomError as error:
            return word_error(error)
