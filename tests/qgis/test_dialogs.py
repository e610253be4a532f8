"""Every algorithm's dialog opens. Set TERRALOOM_PICTURES to a folder to get pictures of them."""

import os
from pathlib import Path

import pytest
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtWidgets import QApplication, QGroupBox

NAMES = [
    "setupenvironment",
    "checkenvironment",
    "segmentlanduse",
    "extractroads",
    "fusesaroptical",
    "applymodel",
    "classifytimeseries",
    "detectevents",
    "maketrainingchips",
    "trainmodel",
    "pretrainencoder",
    "calibratemodel",
    "assessaccuracy",
    "comparenetworks",
    "explainprediction",
    "explanationquality",
    "estimateuncertainty",
    "reportevidence",
    "importmodel",
    "modelinfo",
    "optimisemodel",
    "benchmarkmodel",
]


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
