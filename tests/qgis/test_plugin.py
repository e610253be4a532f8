"""Menu, toolbar, settings page and welcome come and go without a trace."""

import sys
from urllib.request import getproxies_environment

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QDialog, QLabel, QMainWindow, QMenu, QPushButton
from terraloom.engine.environment import lock, state
from terraloom.engine.errors import SetupError
from terraloom.plugin import plugin as plugin_module
from terraloom.plugin.settings_page import INTERPRETER, PAGE, SettingsPage, environment_state
from terraloom.processing_provider.provider import ALGORITHMS, MODELER, TerraloomProvider
from terraloom.processing_provider.proxies import proxies


class Interface:
    """As much of QGIS's interface as the plugin touches."""

    def __init__(self):
        self.window = QMainWindow()
        self.menu = QMenu("Plugins", self.window)
        self.bar = QgsMessageBar(self.window)
        self.factories = []
        self.page = None

    def mainWindow(self):
        return self.window

    def pluginMenu(self):
        return self.menu

    def messageBar(self):
        return self.bar

    def addToolBar(self, name):
        return self.window.addToolBar(name)

    def registerOptionsWidgetFactory(self, factory):
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.factories.remove(factory)

    def showOptionsDialog(self, parent, page):
        self.page = page


@pytest.fixture
def settings(qgis_app):
    kept = QgsSettings()
    kept.remove("terraloom")
    yield kept
    kept.remove("terraloom")
    kept.remove("proxy")


@pytest.fixture
def filled_in():
    """What the dialog of an algorithm was opened with, by its name."""
    return {}


@pytest.fixture
def opened(monkeypatch, filled_in):
    """The algorithms whose dialogs were opened."""
    names = []

    def open_dialog(algorithm, parameters=None):
        names.append(algorithm)
        filled_in[algorithm] = parameters

    monkeypatch.setattr(plugin_module, "run_algorithm", open_dialog)
    return names


@pytest.fixture
def learning_home(home):
    """A home whose environment has the packages for learning, too."""
    state.write(state.State(sys.executable, "3.11", "learn", lock.digest("learn")))


@pytest.fixture
def plugin(qgis_app, settings, opened):
    made = plugin_module.TerraloomPlugin(Interface())
    yield made
    made.unload()


def test_what_is_added_is_taken_away(plugin, home):
    plugin.initGui()
    interface = plugin.iface
    assert [action.text() for action in interface.menu.actions()] == ["Terraloom"]
    assert len(interface.factories) == 1
    assert QgsApplication.processingRegistry().providerById("terraloom")
    plugin.unload()
    assert not interface.menu.actions()
    assert not interface.factories
    assert not QgsApplication.processingRegistry().providerById("terraloom")
    assert plugin.toolbar is None


def test_the_start_makes_each_algorithm_once_and_every_chain(plugin, home, monkeypatch):
    added = []
    add = TerraloomProvider.addAlgorithm
    monkeypatch.setattr(
        TerraloomProvider, "addAlgorithm", lambda self, made: added.append(made.name()) or add(self, made)
    )
    plugin.initProcessing()
    chains = [path.stem for path in MODELER.glob("*.model3")]
    assert len(added) == len(set(added)) == len(ALGORITHMS) + len(chains)
    plugin.provider.refreshAlgorithms()
    assert {*chains} < {each.name() for each in plugin.provider.algorithms()} == {*added}


def test_menu_entries_open_dialogs_and_settings(plugin, learning_home, opened):
    plugin.initGui()
    entries = [action for action in plugin.menu.actions() if not action.isSeparator()]
    assert len(plugin.menu.actions()) > len(entries)
    for action in entries:
        assert not action.icon().isNull()
        action.trigger()
    assert opened == [
        "terraloom:segmentlanduse",
        "terraloom:extractroads",
        "terraloom:fusesaroptical",
        "terraloom:detectevents",
        "terraloom:applymodel",
        "terraloom:modelinfo",
        "terraloom:maketrainingchips",
        "terraloom:trainmodel",
        "terraloom:assessaccuracy",
        "terraloom:explainprediction",
        "terraloom:explanationquality",
        "terraloom:estimateuncertainty",
        "terraloom:reportevidence",
        "terraloom:setupenvironment",
        "terraloom:checkenvironment",
    ]
    assert plugin.iface.page == PAGE


def test_the_menu_has_every_algorithm_and_chain_by_group(plugin, learning_home, opened):
    plugin.initGui()
    (everything,) = [action.menu() for action in plugin.menu.actions() if action.menu()]
    groups = {action.text(): action.menu().actions() for action in everything.actions()}
    assert list(groups) == sorted({each.group() for each in plugin.provider.algorithms()})
    entries = {entry.data(): entry for group in groups.values() for entry in group}
    assert sorted(entries) == sorted(each.id() for each in plugin.provider.algorithms())
    assert "terraloom:trainmapassess" in entries, "chains too"
    entries["terraloom:importmodel"].trigger()
    assert opened == ["terraloom:importmodel"]


def test_the_toolbar_offers_what_is_done_most_each_under_its_own_picture(plugin, learning_home, opened):
    plugin.initGui()
    pictures = [action.icon().pixmap(32, 32).toImage() for action in plugin.toolbar.actions()]
    assert len(pictures) == 8
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])
    for action in plugin.toolbar.actions():
        action.trigger()
    assert opened == list(plugin_module.AT_HAND)


def test_the_set_up_is_offered_once(plugin, empty_home):
    plugin.initGui()
    assert plugin.iface.bar.currentItem().text() == "Needs a Python environment of its own (about 640 MB)."
    plugin.unload()
    plugin.iface = Interface()
    plugin.initGui()
    assert plugin.iface.bar.currentItem() is None


def test_the_menu_says_what_is_missing(plugin, empty_home, settings, opened):
    settings.setValue(plugin_module.WELCOMED, True)
    plugin.initGui()
    plugin.menu.actions()[0].trigger()
    assert opened == []
    message = plugin.iface.bar.currentItem()
    assert "Set up environment" in message.text()
    message.findChild(QPushButton).click()
    assert opened == ["terraloom:setupenvironment"]
    assert plugin.iface.bar.currentItem() is None, "it has done its work"


@pytest.mark.parametrize("name", ["terraloom:trainmodel", "terraloom:trainmapassess"])
def test_where_the_packages_for_learning_are_missing_the_set_up_is_opened_for_them(
    plugin, home, opened, filled_in, name
):
    plugin.initGui()
    (everything,) = [action.menu() for action in plugin.menu.actions() if action.menu()]
    entries = {entry.data(): entry for group in everything.actions() for entry in group.menu().actions()}
    entries[name].trigger()
    assert opened == []
    plugin.iface.bar.currentItem().findChild(QPushButton).click()
    assert opened == ["terraloom:setupenvironment"]
    assert filled_in["terraloom:setupenvironment"] == {"TIER": "learn"}


def test_who_has_an_environment_is_left_alone(plugin, home):
    plugin.initGui()
    assert plugin.iface.bar.currentItem() is None


def test_without_a_window_there_is_only_the_provider(qgis_app):
    made = plugin_module.TerraloomPlugin(None)
    made.initGui()
    assert QgsApplication.processingRegistry().providerById("terraloom")
    made.unload()


def test_the_settings_page_opens_the_folder_of_models(settings, home, opened, monkeypatch):
    shown, folder = [], home / "not-yet" / "models"
    monkeypatch.setattr("terraloom.plugin.settings_page.own_models", lambda: folder)
    monkeypatch.setattr("terraloom.plugin.settings_page.QDesktopServices.openUrl", shown.append)
    page = SettingsPage(None, opened.append)
    assert str(folder) in [label.text() for label in page.findChildren(QLabel)]
    next(button for button in page.findChildren(QPushButton) if button.text() == "Open").click()
    assert folder.is_dir() and [url.toLocalFile() for url in shown] == [str(folder)]


def test_the_settings_page_keeps_the_interpreter(settings, home, opened):
    page = SettingsPage(None, opened.append)
    page.interpreter.setFilePath(" /opt/python3.11 ")
    page.apply()
    assert settings.value(INTERPRETER) == "/opt/python3.11"
    assert "Ready (run)" in environment_state()


def test_the_settings_page_opens_the_set_up_once_the_options_are_closed(settings, home, opened):
    options = QDialog()
    page = SettingsPage(options, opened.append)
    page.interpreter.setFilePath("/opt/python3.12")
    options.show()
    next(button for button in page.findChildren(QPushButton) if "Set up" in button.text()).click()
    assert not options.isVisible() and opened == [], "the dialog would be blocked by the options"
    QgsApplication.processEvents()
    assert opened == ["terraloom:setupenvironment"]
    assert settings.value(INTERPRETER) == "/opt/python3.12"


def test_the_sentence_above_the_map_goes_with_the_plugin(plugin, empty_home, settings):
    plugin.initGui()
    bar = plugin.iface.bar
    assert bar.currentItem() is not None
    plugin.unload()
    assert bar.currentItem() is None


def test_the_settings_page_says_what_is_missing(settings, empty_home):
    assert "Set up environment" in environment_state()


def test_set_up_offers_the_interpreter_of_the_settings(settings, algorithm):
    settings.setValue(INTERPRETER, "/opt/python3.11")
    assert algorithm("setupenvironment").parameterDefinition("INTERPRETER").defaultValue() == "/opt/python3.11"


@pytest.fixture(autouse=True)
def no_exclusions(monkeypatch):
    """A machine whose variables name no hosts that are reached without a proxy."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_proxies_of_qgis_are_handed_on(settings):
    assert proxies(settings) == {}
    for key, value in {
        "proxyEnabled": True,
        "proxyType": "HttpProxy",
        "proxyHost": "proxy.example",
        "proxyPort": "3128",
        "proxyUser": "ann",
        "proxyPassword": "p@ss/word",
        "noProxyUrls": ["https://intranet.example/a"],
    }.items():
        settings.setValue(f"proxy/{key}", value)
    found = proxies(settings)
    assert found["HTTPS_PROXY"] == found["HTTP_PROXY"] == "http://ann:p%40ss%2Fword@proxy.example:3128"
    assert found["NO_PROXY"] == "localhost,127.0.0.1,intranet.example"
    settings.setValue("proxy/noProxyUrls", "https://intranet.example")  # a list of one, read back from the file
    assert proxies(settings)["NO_PROXY"] == "localhost,127.0.0.1,intranet.example"
    settings.setValue("proxy/proxyType", "DefaultProxy")
    assert proxies(settings) == {}
    settings.setValue("proxy/proxyType", "Socks5Proxy")
    with pytest.raises(SetupError, match="SOCKS proxy.*WHEELS"):
        proxies(settings)


@pytest.fixture
def stored_login(qgis_app):
    """The id of a login in QGIS's store of logins."""
    store = QgsApplication.authManager()
    if store.isDisabled():
        pytest.skip("QGIS has no store of logins here")
    assert store.setMasterPassword("of the tests", True)
    login = QgsAuthMethodConfig("Basic")
    login.setName("proxy")
    login.setConfig("username", "ann")
    login.setConfig("password", "s:e@c")
    kept, login = store.storeAuthenticationConfig(login)
    assert kept
    yield login.id()
    store.removeAuthenticationConfig(login.id())


def test_the_proxys_login_in_qgis_store_is_handed_on(settings, stored_login):
    proxy = {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "proxy.example", "proxyPort": "3128"}
    for key, value in {**proxy, "authcfg": stored_login}.items():
        settings.setValue(f"proxy/{key}", value)
    assert proxies(settings)["HTTPS_PROXY"] == "http://ann:s%3Ae%40c@proxy.example:3128"
    settings.setValue("proxy/authcfg", "gone123")
    assert proxies(settings)["HTTPS_PROXY"] == "http://proxy.example:3128"


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_proxies_of_qgis_go_before_those_of_the_shell_and_keep_its_exclusions(settings, monkeypatch, name):
    for key, value in {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "proxy.example"}.items():
        settings.setValue(f"proxy/{key}", value)
    monkeypatch.setenv("https_proxy", "http://of.the.shell:1")
    monkeypatch.setenv(name, "mirror.example,10.0.0.0/8")
    for variable, value in proxies(settings).items():
        monkeypatch.setenv(variable, value)
    seen = getproxies_environment()
    assert seen["https"] == "http://proxy.example"
    assert seen["no"] == "localhost,127.0.0.1,mirror.example,10.0.0.0/8"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("applymodel", ("object detection", "classify pixels", "count", "yolo", "deepness", "super-resolution")),
        ("maketrainingchips", ("export training data", "annotation")),
        ("trainmodel", ("fine-tune", "transfer learning")),
        ("segmentlanduse", ("forest", "buildings", "machine learning")),
    ],
)
def test_the_toolbox_finds_algorithms_by_the_words_of_other_tools(algorithm, name, words):
    assert set(words) <= set(algorithm(name).tags())
