"""Offers a chain of our algorithms, as the graphical modeler has written it, among the algorithms themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

from ..engine.errors import TerraloomError
from .algorithm import group_name, homepage, icon, icon_path
from .layers import source_path
from .outputs import check_no_input_is_overwritten, check_targets
from .parameter_labels import with_labels
from .texts import tr, word_error

ONE_LAYER = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)
"""Parameters that hold a single layer."""

LEARNT, TRUTH = "LABELS", "REFERENCE"
"""Inputs of a chain that should not be the same: what a network learns from, and what its map is held against."""


class Chain(QgsProcessingModelAlgorithm):
    """A chain with a plain id: its name is that of its file, and what people read is the name that stands in it.

    Args:
        path: The `.model3` file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.is_read = self.fromFile(str(path))
        self.setHelpContent({part: tr(text) for part, text in self.helpContent().items()})
        for definition in self.parameterDefinitions():
            definition.setDescription(tr(definition.description()))

    def createInstance(self):
        return Chain(self.path)

    def name(self):
        return self.path.stem

    def displayName(self):
        return tr(super().name())

    def groupId(self):
        return super().group().lower()

    def group(self):
        return group_name(self.groupId())

    def icon(self):
        return icon(self.groupId())

    def svgIconPath(self):
        return icon_path(self.groupId())

    def tags(self):
        return tr("chain,model,workflow,deep learning,satellite,land use,flood,explanation,accuracy").split(",")

    def helpUrl(self):
        return f"{homepage()}/blob/main/docs/algorithms.md#{self.name()}"

    def checkParameterValues(self, parameters, context):
        try:  # each step checks what it reads and writes itself, but only when its turn comes
            check_targets(self, parameters, context)
            read = [path for paths in self._read(parameters, context).values() for path in paths]
            check_no_input_is_overwritten(self, parameters, context, read)
        except TerraloomError as error:
            return False, with_labels(word_error(error), self.parameterDefinitions())
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(self, parameters, context, feedback):
        read = self._read(parameters, context)
        if set(read.get(LEARNT, ())) & set(read.get(TRUTH, ())):
            feedback.pushWarning(
                tr(
                    "The map is assessed against the labels that the network learns from, so the figures will be "
                    "better than those of any place that it has not seen. Choose a reference of its own."
                )
            )
        return super().prepareAlgorithm(parameters, context, feedback)

    def _read(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, list[str]]:
        """Files of the layers that are given, by parameter."""
        found: dict[str, list[str]] = {}
        for definition in self.parameterDefinitions():
            name = definition.name()
            if isinstance(definition, QgsProcessingParameterMultipleLayers):
                layers = self.parameterAsLayerList(parameters, name, context)
            elif isinstance(definition, ONE_LAYER):
                layers = [self.parameterAsLayer(parameters, name, context)]
            else:
                continue
            found[name] = [source_path(layer) for layer in layers if layer is not None]
        return found
