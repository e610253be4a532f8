"""Gives a result layer the style that the worker wrote with its file, once QGIS has loaded the layer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingContext, QgsProcessingLayerPostProcessorInterface
from qgis.PyQt import sip


class OwnStyle(QgsProcessingLayerPostProcessorInterface):
    """Gives one layer the style that came with it: inside a GeoPackage, in a `.qml` beside any other file.

    QGIS takes this object over and deletes it with the context: each layer needs one of its own.

    Args:
        path: The layer's file.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = Path(path)

    def postProcessLayer(self, layer, context, feedback):
        style = self.path.with_suffix(".qml")
        if self.path.suffix.lower() == ".gpkg":
            layer.loadDefaultStyle()
        elif style.is_file():
            layer.loadNamedStyle(str(style))
        layer.triggerRepaint()


waiting: list[OwnStyle] = []
"""Those not yet deleted by QGIS. It keeps the C++ half of each alive, but not the half in Python."""


def style_on_load(path: str, context: QgsProcessingContext) -> None:
    """Arrange that the layer of `path`, which QGIS will load, appears with the style that came with it."""
    waiting[:] = [entry for entry in waiting if not sip.isdeleted(entry)]
    waiting.append(OwnStyle(path))
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
