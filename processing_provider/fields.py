"""Refuses fields that the worker would not find in the file of a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeatureSourceDefinition, QgsVectorLayer

from ..engine.errors import InputError
from .folders import entries_of
from .layers import source_path
from .vector_files import READABLE_VECTORS, is_whole


def check_field(name: str, field: str, layer: QgsVectorLayer, given: Any = None) -> None:
    """Refuse a field that a layer does not have, or that holds but the numbers of features: the worker never sees it.

    Args:
        name: The parameter that is the field.
        field: The field.
        layer: The layer.
        given: The value of the parameter that is the layer: of a selection, a limit or a filter a copy is read.

    Raises:
        InputError: It names the fields, or the layer.
    """
    known = [each.name() for each in layer.fields()]
    if field not in known:
        raise InputError(
            "{name} is {field}, but the layer {layer} has no such field. It has {known}.",
            name=name,
            field=field or "-",
            layer=layer.name() or source_path(layer),
            known=", ".join(known) or "-",
        )
    is_part = any(isinstance(each, QgsProcessingFeatureSourceDefinition) for each in entries_of(given))
    if field in _numbering_fields(layer, is_part):
        raise InputError(
            "{name} is {field}, by which QGIS numbers the features of {layer}, and which is not read. Choose another "
            "field, or copy this one to a field of another name with the field calculator.",
            name=name,
            field=field,
            layer=layer.name() or source_path(layer),
        )


def _numbering_fields(layer: QgsVectorLayer, is_part: bool) -> list[str]:
    """Fields that number the features in a GeoPackage: that of the layer, or the one that it will be copied to."""
    is_readable = source_path(layer).rpartition(".")[2].lower() in READABLE_VECTORS and not layer.subsetString()
    is_read = layer.providerType() == "ogr" and is_readable and is_whole(layer) and not is_part
    if not is_read:
        return ["fid", "FID"]
    of_file = layer.primaryKeyAttributes() if layer.storageType() == "GPKG" else []
    return [layer.fields()[index].name() for index in of_file]
