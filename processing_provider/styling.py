"""Gives a result layer the style that the worker wrote beside its file, once QGIS has loaded the layer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingContext, QgsProcessingLayerPostProcessorInterface
from qgis.PyQt import sip


class StyleFromFile(QgsProcessingLayerPostProcessorInterface):
    """Loads the `.qml` file of one layer.

    QGIS takes this object over and deletes it with the context: each layer needs one of its own.

    Args:
        style: The `.qml` file.
    """

    def __init__(self, style: Path) -> None:
        super().__init__()
        self.style = style

    def postProcessLayer(self, layer, context, feedback):
        message, loaded = layer.loadNamedStyle(str(self.style))
        if not loaded:
            feedback.pushWarning(message)
        layer.triggerRepaint()


waiting: list[StyleFromFile] = []
"""Those not yet deleted by QGIS. It keeps the C++ half of each alive, but not the half in Python."""


def style_on_load(path: str, context: QgsProcessingContext) -> None:
    """Arrange that the layer of `path`, which QGIS will load, appears with its style, if it has one.

    A GeoPackage carries its style inside; a `.qml` beside it is that of a raster of the same name.
    """
    style = Path(path).with_suffix(".qml")
    if style.is_file() and not path.lower().endswith(".gpkg"):
        waiting[:] = [entry for entry in waiting if not sip.isdeleted(entry)]
        waiting.append(StyleFromFile(style))
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(waiting[-1])


def place_on_load(path: str, usual: str, subject: str, depth: int, context: QgsProcessingContext) -> None:
    """Name a layer after what it was made of, unless the user or a model named it, and put it in its place.

    Args:
        path: The file.
        usual: The name that QGIS gives without being told.
        subject: Name of the input; empty: the usual name will do.
        depth: How many results lie above it; QGIS heeds it from 3.32 on.
        context: What QGIS loads when the algorithm is done.
    """
    details = context.layerToLoadOnCompletionDetails(path)
    details.layerSortKey = -depth
    if subject and details.name == usual:
        details.name = f"{usual}: {subject}"
