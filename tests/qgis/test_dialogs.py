"""Every algorithm's dialog opens. Set TERRALOOM_PICTURES to a folder to get pictures of them."""

import os
from pathlib import Path

import pytest
from qgis.core import QgsProcessingModelAlgorithm, QgsProject, QgsVectorLayer
from qgis.gui import QgsBrowserGuiModel, QgsProcessingModelerParameterWidget
from qgis.PyQt.QtWidgets import QApplication, QGroupBox
from terraloom.tests.qgis.test_contract import CONTRACT

NAMES = sorted(CONTRACT.keys() - {"composenetwork"})
"""The dialog that composes networks has tests of its own."""


@pytest.fixture
def dialog_of(algorithm, qgis_iface, monkeypatch):
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    monkeypatch.setattr(qgis_iface, "browserModel", lambda: QgsBrowserGuiModel(), raising=False)
    opened = []

    def open_dialog(name):
        opened.append(AlgorithmDialog(algorithm(name), parent=qgis_iface.mainWindow()))
        return opened[-1]

    yield open_dialog
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()


@pytest.mark.parametrize("name", NAMES)
def test_the_dialog_opens(dialog_of, name, tmp_path):
    dialog = dialog_of(name)
    dialog.show()
    dialog.resize(1150, 1700)
    for box in dialog.findChildren(QGroupBox, "grpAdvanced"):  # known to Python as plain boxes
        assert box.setProperty("collapsed", False)
    QApplication.processEvents()
    picture = dialog.grab()
    assert picture.width() > 800
    folder = os.environ.get("TERRALOOM_PICTURES")
    if folder:
        assert picture.save(str(Path(folder) / f"{name}.png"))


def test_the_dialog_gathers_the_defaults(dialog_of, load_raster, make_raster):
    dialog = dialog_of("segmentlanduse")
    dialog.setParameters({"INPUT": [load_raster(make_raster()).id()]})
    parameters = dialog.createProcessingParameters()
    assert parameters["MODEL"] == "stub-landuse"
    assert parameters["GRID"] == "input"
    assert parameters["DEVICE"] == "auto"
    assert parameters.get("POLYGONS") is None
    assert str(parameters["OUTPUT"].sink.staticValue()) == "TEMPORARY_OUTPUT"


RASTER_OR_FEATURES = [
    ("assessaccuracy", "REFERENCE"),
    ("estimateuncertainty", "REFERENCE"),
    ("maketrainingchips", "LABELS"),
]


@pytest.mark.parametrize(("name", "layers"), RASTER_OR_FEATURES)
def test_fields_are_offered_of_features_and_none_of_rasters(dialog_of, name, layers, load_raster, make_raster):
    """QGIS's own chooser of fields aborts QGIS where a raster is chosen."""
    raster = load_raster(make_raster())
    dialog = dialog_of(name)
    dialog.show()
    points = QgsVectorLayer("Point?crs=EPSG:32631&field=kind:string&field=year:integer", "points", "memory")
    QgsProject.instance().addMapLayer(points)
    chooser = dialog.mainWidget().wrappers["CLASS_FIELD"]
    box = chooser.widget

    def choose(layer):
        dialog.setParameters({layers: [layer.id()] if layers == "LABELS" else layer.id()})
        QApplication.processEvents()
        return [box.itemText(number) for number in range(box.count())]

    assert choose(points) == ["kind", "year"] and box.isEnabled()
    box.setEditText("year")
    assert chooser.parameterValue() == "year"
    assert choose(raster) == [] and not box.isEnabled()
    assert chooser.parameterValue() is None
    QgsProject.instance().removeMapLayer(points.id())


def test_a_chain_chooses_no_field_by_itself(dialog_of, provider):
    """The first field of a GeoPackage is its key, which says nothing of classes."""
    provider.refreshAlgorithms()
    dialog = dialog_of("trainmapassess")
    dialog.show()
    points = QgsVectorLayer("Point?crs=EPSG:32631&field=fid:integer&field=kind:string", "points", "memory")
    QgsProject.instance().addMapLayer(points)
    dialog.setParameters({"LABELS": points.id(), "REFERENCE": points.id()})
    QApplication.processEvents()
    wrappers = dialog.mainWidget().wrappers
    for name in ("CLASS_FIELD", "REFERENCE_FIELD"):
        assert wrappers[name].parameterValue() is None
        assert wrappers[name].widget.itemText(1) == "kind"
    QgsProject.instance().removeMapLayer(points.id())


def test_in_the_modeler_the_field_is_chosen_by_qgis_own_widget(algorithm):
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    model = QgsProcessingModelAlgorithm("m", "g")
    dialog = ModelerParametersDialog(algorithm("assessaccuracy"), model)
    wrapper = dialog.widget.widget.wrappers["CLASS_FIELD"]
    assert isinstance(wrapper, QgsProcessingModelerParameterWidget)
    dialog.deleteLater()
