"""Chooses a field of a layer that may be a raster as well.

QGIS's own chooser of fields takes QGIS down where a raster is chosen as the layer (seen in 3.22). It is imported by
QGIS's dialogs only, by the name in `field_of`.
"""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import NULL
from qgis.PyQt.QtWidgets import QComboBox

MODELER = "ModelerParametersDialog"


class FieldChooser:
    """Makes what a dialog shows for such a field; in the modeler, where no layer is known yet, QGIS's own."""

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: Any, row: int = 0, col: int = 0) -> Any:
        if type(dialog).__name__ != MODELER:
            return FieldBox(parameter, dialog, row, col)
        widget = QgsGui.processingGuiRegistry().createModelerParameterWidget(
            dialog.model, dialog.childId, parameter, dialog.context
        )
        widget.setDialog(dialog)
        return widget


class FieldBox(WidgetWrapper):
    """A box with the fields of the layer that is chosen beside it; other text may be written, too."""

    def createWidget(self):
        self._context = QgsProcessingContext()
        self._context.setProject(QgsProject.instance())
        box = QComboBox()
        box.setEditable(True)
        return box

    def postInitialize(self, wrappers):
        name = self.parameterDefinition().parentLayerParameterName()
        for wrapper in wrappers:
            if wrapper.parameterDefinition().name() == name:
                wrapper.widgetValueHasChanged.connect(self._offer_fields_of)
                self._offer_fields_of(wrapper)

    def setValue(self, value):
        self.widget.setEditText("" if value in (None, NULL) else str(value))

    def value(self):
        return self.widget.currentText().strip() or None

    def _offer_fields_of(self, layers) -> None:
        """Fill the box with the fields of the vector layer that another widget holds; what it says stays if it may."""
        chosen = self._layers_in(layers.parameterValue())
        vectors = [layer for layer in chosen if isinstance(layer, QgsVectorLayer)]
        fields = [field.name() for field in vectors[0].fields()] if vectors else []
        said = self.widget.currentText()
        self.widget.clear()
        self.widget.addItems(fields)
        self.widget.setEditText(said if said in fields or not chosen else "")
        self.widget.setEnabled(bool(vectors) or not chosen)

    def _layers_in(self, value: Any) -> list[QgsMapLayer]:
        """The layers that a widget holds, as far as QGIS can open them."""
        sources = value if isinstance(value, (list, tuple)) else [value]
        found = (QgsProcessingUtils.mapLayerFromString(each, self._context) for each in sources if each)
        return [layer for layer in found if layer is not None]
