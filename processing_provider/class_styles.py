"""Takes names and colours of classes from the way QGIS shows a layer of labels."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..engine.requests.make_training_chips import ClassStyle
from ..engine.requests.named_value import NamedValue


def class_styles(layer: QgsMapLayer, field: str) -> tuple[ClassStyle, ...]:
    """How each label is called and coloured: of a paletted raster, or of features categorised by the field.

    Args:
        layer: The labels.
        field: The field that carries them; of rasters none.
    """
    renderer = layer.renderer()
    if isinstance(layer, QgsRasterLayer) and isinstance(renderer, QgsPalettedRasterRenderer):
        return tuple(ClassStyle(_number(entry.value), entry.label, entry.color.name()) for entry in renderer.classes())
    if (
        isinstance(layer, QgsVectorLayer)
        and isinstance(renderer, QgsCategorizedSymbolRenderer)
        and renderer.classAttribute().strip('"') == field
    ):
        return tuple(
            ClassStyle(_number(category.value()), category.label(), category.symbol().color().name())
            for category in renderer.categories()
            if category.value() not in (None, "") and not isinstance(category.value(), list)
        )
    return ()


def shown_classes(layer: QgsRasterLayer) -> tuple[NamedValue, ...]:
    """The classes of a map as the layer's legend shows them; none where it is no palette."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return ()
    return tuple(
        NamedValue(int(entry.value), entry.label, entry.color.name())
        for entry in renderer.classes()
        if float(entry.value).is_integer()
    )


def _number(value) -> str:
    """A value as the engine writes labels: whole numbers without a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
