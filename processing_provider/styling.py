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
    """Arrange that the layer of `path` appears with its style, where it is to be loaded and has one."""
    style = Path(path).with_suffix(".qml")
    if style.is_file() and context.willLoadLayerOnCompletion(path):
        waiting[:] = [entry for entry in waiting if not sip.isdeleted(entry)]
        waiting.append(StyleFromFile(style))
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(waiting[-1])


def name_on_load(path: str, usual: str, subject: str, context: QgsProcessingContext) -> None:
    """Name the layer of `path` after what it was made of, unless the user or a model named it otherwise.

    Args:
        path: The file.
        usual: The name that QGIS gives without being told.
        subject: Name of the input.
        context: What QGIS loads when the algorithm is done.
    """
    if subject and context.willLoadLayerOnCompletion(path):
        details = context.layerToLoadOnCompletionDetails(path)
        if details.name == usual:
            details.name = f"{usual}: {subject}"
