"""Drives QGIS's own window as a user would: open the dialog, fill it in, run it, look at the result.

Started by take_pictures.sh through `qgis --code`; each step waits for what the one before it set off.
"""

import os
from pathlib import Path

import processing
from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface

PICTURES = Path(os.environ["TERRALOOM_PICTURES"])
IMAGE = os.environ["TERRALOOM_IMAGE"]
SETTLE_MS = 1500
state = {}


def save(name, what):
    """Keep a picture of a window or of the whole screen."""
    what.save(str(PICTURES / f"{name}.png"))


def open_dialog():
    """Load the image, open the dialog as the toolbox would, with its fields filled in."""
    iface.mainWindow().resize(1400, 900)
    iface.mainWindow().move(0, 0)
    image = QgsRasterLayer(IMAGE, "Las Vegas")
    image.setContrastEnhancement(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
        QgsRasterMinMaxOrigin.Limits.CumulativeCut,
    )
    QgsProject.instance().addMapLayer(image)
    iface.mapCanvas().zoomToFullExtent()
    state["dialog"] = processing.createAlgorithmDialog(
        "terraloom:segmentlanduse",
        {
            "INPUT": [image.id()],
            "MODEL": "landuse-vhr",
            "MIN_AREA": 20,
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    state["dialog"].resize(900, 720)
    state["dialog"].show()
    QTimer.singleShot(SETTLE_MS, run)


def run():
    """Take the dialog's picture and press Run."""
    save("dialog", state["dialog"].grab())
    state["dialog"].runButton().click()
    QTimer.singleShot(SETTLE_MS, wait)


def wait():
    """Wait until the result has been loaded."""
    if len(QgsProject.instance().mapLayers()) < 2:
        QTimer.singleShot(SETTLE_MS, wait)
        return
    state["dialog"].close()
    for layer in QgsProject.instance().mapLayers().values():
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
        node.setExpanded(True)
    iface.mapCanvas().refresh()
    QTimer.singleShot(2 * SETTLE_MS, finish)


def finish():
    """Take the picture of the whole window and leave."""
    save("qgis", QApplication.primaryScreen().grabWindow(0))
    QgsProject.instance().clear()
    QgsApplication.instance().quit()


QTimer.singleShot(2 * SETTLE_MS, open_dialog)
