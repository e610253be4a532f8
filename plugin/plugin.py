"""The plugin object: hands the provider to Processing and, where there is a window, puts up a menu."""

from __future__ import annotations

from functools import partial

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from ..engine.environment import state
from ..processing_provider.algorithm import icon
from ..processing_provider.provider import TerraloomProvider
from ..processing_provider.texts import tr
from .settings_page import PAGE, SettingsPageFactory

MENU = "Terraloom"
SETUP = "terraloom:setupenvironment"
AT_HAND = (
    "terraloom:segmentlanduse",
    "terraloom:extractroads",
    "terraloom:fusesaroptical",
    "terraloom:detectevents",
    "terraloom:applymodel",
    "terraloom:trainmodel",
    "terraloom:assessaccuracy",
    "terraloom:explainprediction",
)
"""What the toolbar offers, each under a picture of its own; the menu has these, and all others by group."""

WELCOMED = "terraloom/welcomed"


class TerraloomPlugin:
    """What QGIS loads.

    Args:
        iface: QGIS's `QgisInterface`; `None` under `qgis_process`.
    """

    def __init__(self, iface) -> None:
        self.iface = iface
        self.provider = None
        self.menu = None
        self.toolbar = None
        self.settings_page = None
        self.message = None  # above the map

    def initProcessing(self):
        """Add the algorithms; the only part that `qgis_process` asks for."""
        self.provider = TerraloomProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        self.provider.offer_chains()  # they find their steps only now

    def initGui(self):
        """Add the algorithms, and what the window shows of them."""
        self.initProcessing()
        if self.iface is None:
            return
        self._add_menu()
        self.toolbar = self.iface.addToolBar(MENU)
        self.toolbar.setObjectName("TerraloomToolbar")
        self.toolbar.addActions([action for action in self.menu.actions() if action.data() in AT_HAND])
        self.settings_page = SettingsPageFactory(run_algorithm)
        self.iface.registerOptionsWidgetFactory(self.settings_page)
        self._welcome()

    def unload(self):
        """Take away all that was added; the provider ends its worker."""
        if self.menu is not None:
            self.iface.unregisterOptionsWidgetFactory(self.settings_page)
            self.iface.mainWindow().removeToolBar(self.toolbar)
            self.toolbar.deleteLater()
            self.iface.pluginMenu().removeAction(self.menu.menuAction())
            self.menu.deleteLater()
            self.menu = self.toolbar = self.settings_page = None
            self._take_message_away()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None

    def _add_menu(self) -> None:
        """Add our menu to that of the plugins."""
        self.menu = QMenu(MENU, self.iface.mainWindow())
        self.menu.setIcon(icon("terraloom"))
        registry = QgsApplication.processingRegistry()
        for entries in (
            (
                (tr("Segment land use…"), "terraloom:segmentlanduse"),
                (tr("Extract roads…"), "terraloom:extractroads"),
                (tr("Fuse SAR and optical…"), "terraloom:fusesaroptical"),
                (tr("Detect events…"), "terraloom:detectevents"),
            ),
            (
                (tr("Apply a model…"), "terraloom:applymodel"),
                (tr("Show model information…"), "terraloom:modelinfo"),
            ),
            (
                (tr("Make training chips…"), "terraloom:maketrainingchips"),
                (tr("Train a model…"), "terraloom:trainmodel"),
                (tr("Assess accuracy…"), "terraloom:assessaccuracy"),
            ),
            (
                (tr("Explain a prediction…"), "terraloom:explainprediction"),
                (tr("Judge an explanation…"), "terraloom:explanationquality"),
                (tr("Estimate uncertainty…"), "terraloom:estimateuncertainty"),
                (tr("Report the evidence for a map…"), "terraloom:reportevidence"),
            ),
            (
                (tr("Set up environment…"), SETUP),
                (tr("Check environment…"), "terraloom:checkenvironment"),
            ),
        ):
            for label, name in entries:
                self._add_entry(self.menu, registry.algorithmById(name).icon(), label, name)
            self.menu.addSeparator()
        self._add_groups(self.menu.addMenu(icon("terraloom"), tr("All algorithms")))
        settings = self.menu.addAction(icon("terraloom"), tr("Settings…"))
        settings.triggered.connect(self._open_settings)
        self.iface.pluginMenu().addMenu(self.menu)

    def _add_groups(self, menu: QMenu) -> None:
        """Add every algorithm and every chain, in the groups of the toolbox."""
        groups: dict[str, QMenu] = {}
        for algorithm in sorted(self.provider.algorithms(), key=lambda each: (each.group(), each.displayName())):
            if algorithm.group() not in groups:
                groups[algorithm.group()] = menu.addMenu(icon(algorithm.groupId()), algorithm.group())
            self._add_entry(groups[algorithm.group()], algorithm.icon(), f"{algorithm.displayName()}…", algorithm.id())

    def _add_entry(self, menu: QMenu, picture: QIcon, label: str, algorithm: str) -> None:
        """Add an entry that opens an algorithm's dialog."""
        action = menu.addAction(picture, label)
        action.setData(algorithm)
        action.triggered.connect(partial(self._open, algorithm))

    def _open(self, algorithm: str, checked: bool = False) -> None:
        """Open an algorithm's dialog; where it could not run, say what is missing instead."""
        found = QgsApplication.processingRegistry().algorithmById(algorithm)
        able, what_is_missing = found.canExecute()
        if able:
            run_algorithm(algorithm)
        else:
            self._offer_set_up(what_is_missing, found.TIER)

    def _open_settings(self, checked: bool = False) -> None:
        """Open our page of QGIS's options."""
        self.iface.showOptionsDialog(self.iface.mainWindow(), PAGE)

    def _welcome(self) -> None:
        """Offer the set-up, once; whoever closes the message is told again by the algorithms themselves."""
        settings = QgsSettings()
        if not settings.value(WELCOMED, False, bool) and state.problem("run") is not None:
            settings.setValue(WELCOMED, True)
            self._offer_set_up(tr("Needs a Python environment of its own (about 640 MB)."), "run")

    def _offer_set_up(self, sentence: str, tier: str) -> None:
        """Show a sentence above the map, with a button that opens the set-up of a tier."""
        self._take_message_away()
        bar = self.iface.messageBar()
        message = bar.createMessage(MENU, sentence)
        button = QPushButton(tr("Set up…"), message)
        button.clicked.connect(lambda: self._set_up(tier))
        message.layout().addWidget(button)
        bar.pushWidget(message, Qgis.MessageLevel.Info)
        self.message = message

    def _set_up(self, tier: str) -> None:
        """Open the set-up of a tier; the message has done its work."""
        self._take_message_away()
        run_algorithm(SETUP, {"TIER": tier})

    def _take_message_away(self) -> None:
        """Take our sentence above the map away, unless the user has."""
        if self.message is not None and not sip.isdeleted(self.message):
            self.iface.messageBar().popWidget(self.message)
        self.message = None


def run_algorithm(algorithm: str, parameters: dict[str, str] | None = None) -> None:
    """Open an algorithm's dialog, with what is known of its parameters filled in."""
    import processing  # QGIS's own plugin; it may be loaded after this one

    processing.execAlgorithmDialog(algorithm, parameters or {})
