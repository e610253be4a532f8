"""Terraloom's page of QGIS's options: which Python to set up with, and how the environment stands."""

from __future__ import annotations

from contextlib import suppress
from typing import Callable

from qgis.core import QgsSettings
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QPushButton

from ..engine.environment import state
from ..engine.environment.locations import environment_folder, own_models
from ..processing_provider.algorithm import icon
from ..processing_provider.texts import tr, word_error

INTERPRETER = "terraloom/interpreter"
PAGE = "mOptionsPageTerraloom"


class SettingsPage(QgsOptionsPageWidget):
    """The page.

    Args:
        parent: The options dialog.
        run_algorithm: Opens the dialog of an algorithm, by id.
    """

    def __init__(self, parent, run_algorithm: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        self.run_algorithm = run_algorithm
        self.interpreter = QgsFileWidget()
        self.interpreter.setFilePath(QgsSettings().value(INTERPRETER, ""))
        self.interpreter.setToolTip(
            tr("A Python 3.11 to 3.13 that “Set up environment” offers. Empty: one is looked for.")
        )
        set_up = QPushButton(tr("Set up environment…"))
        set_up.clicked.connect(self._set_up)
        open_models = QPushButton(tr("Open"))
        open_models.setToolTip(tr("To remove a model, delete its folder. To share one, give away its .onnx file."))
        open_models.clicked.connect(_open_models)
        layout = QFormLayout(self)
        layout.addRow(tr("Python interpreter"), self.interpreter)
        layout.addRow(tr("Folder of the environment"), _selectable(str(environment_folder())))
        layout.addRow(tr("State"), _selectable(environment_state()))
        layout.addRow("", set_up)
        layout.addRow(tr("Folder of your own models"), _selectable(str(own_models())))
        layout.addRow("", open_models)

    def _set_up(self) -> None:
        """Close the options, which would block the dialog of the set-up, and open that."""
        self.apply()
        self.window().close()
        QTimer.singleShot(0, lambda: self.run_algorithm("terraloom:setupenvironment"))

    def apply(self):
        """Keep what was entered; QGIS calls it when the user presses OK."""
        QgsSettings().setValue(INTERPRETER, self.interpreter.filePath().strip())


class SettingsPageFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options open.

    Args:
        run_algorithm: Opens the dialog of an algorithm, by id.
    """

    def __init__(self, run_algorithm: Callable[[str], None]) -> None:
        super().__init__("Terraloom", icon("terraloom"))
        self.run_algorithm = run_algorithm

    def icon(self):
        return icon("terraloom")

    def createWidget(self, parent):
        return SettingsPage(parent, self.run_algorithm)


def environment_state() -> str:
    """One sentence on the worker's environment."""
    problem = state.problem("run")
    found = state.read()
    if problem or found is None:
        return word_error(problem) if problem else ""
    return tr("Ready ({tier}), with Python {version} at {python}").format(
        tier=found.tier, version=found.python_version, python=found.python
    )


def _open_models() -> None:
    """Show the folder of the user's own models; before the first model there is none yet."""
    with suppress(OSError):  # in a home that may not be written to, the system's file manager says what is amiss
        own_models().mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(own_models())))


def _selectable(text: str) -> QLabel:
    """A label whose text can be copied."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
