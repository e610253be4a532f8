"""Turns features of vector layers into files that the worker can open: QGIS alone knows of selections and edits."""

from __future__ import annotations

import os
from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from ..engine.errors import CancelledError, InputError
from .layers import source_path, vector_layer

READABLE_VECTORS = ["gpkg", "shp", "geojson", "json", "fgb"]
"""Vector files that the worker opens itself; layers of any other kind are copied to a GeoPackage."""


def is_whole(layer: QgsVectorLayer) -> bool:
    """Whether a layer's file says all that the layer does."""
    return (
        not layer.isModified()
        and not any(part in layer.source().lower() for part in ("|layerid=", "|geometrytype="))
        and layer.crs() == layer.dataProvider().crs()  # else the user has assigned another than the file says
        and layer.fields().count() == layer.dataProvider().fields().count()
    )


def is_copied(layer: QgsMapLayer, path: str) -> bool:
    """Whether a path is not the layer's own file, but what was made of the layer for this run."""
    return os.path.realpath(path) != os.path.realpath(source_path(layer))


def vector_file(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[str, str]:
    """Path and layer name of a vector parameter's features, both empty where none are given.

    Memory and database layers, filters, selections, unsaved edits, layers whose reference system was assigned in QGIS
    and those with fields that only QGIS knows (virtual and joined ones) are copied to a temporary GeoPackage.

    Raises:
        InputError: The layer cannot be opened, or QGIS loses features where it copies them.
        CancelledError: The user stopped the copying.
    """
    if not parameters.get(name):
        return "", ""
    layer = algorithm.parameterAsVectorLayer(parameters, name, context)
    readable = READABLE_VECTORS if layer and is_whole(layer) else []
    whole, copied = vector_layer(algorithm, name, parameters, context), parameters
    if whole and whole.isModified() and whole.editBuffer().addedFeatures():
        source = algorithm.parameterAsSource(parameters, name, context)
        copied = {**parameters, name: _without_numbers(source, whole, feedback)}
    path, layer_name = algorithm.parameterAsCompatibleSourceLayerPathAndLayerName(
        copied, name, context, readable, "gpkg", feedback
    )
    if feedback.isCanceled():
        raise CancelledError()
    if not path:
        raise InputError(
            "{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.",
            name=name,
            path=str(parameters[name]),
        )
    if layer is None or is_copied(layer, path):
        _check_copy(algorithm.parameterAsSource(parameters, name, context), path, name, feedback)
        layer_name = ""  # QGIS tells that of the layer, not of the copy
    return os.path.abspath(path), layer_name


def _without_numbers(
    features: QgsProcessingFeatureSource, layer: QgsVectorLayer, feedback: QgsProcessingFeedback
) -> QgsVectorLayer:
    """A copy of features in memory, without the numbers by which a layer knows them: new ones get theirs when saved."""
    numbers = layer.primaryKeyAttributes()
    kept = [field for field in layer.fields().allAttributesList() if field not in numbers]
    features.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    copy = features.materialize(QgsFeatureRequest().setSubsetOfAttributes(kept), feedback)
    copy.setName(layer.name())
    return copy


def _check_copy(features: QgsProcessingFeatureSource, path: str, name: str, feedback: QgsProcessingFeedback) -> None:
    """Refuse a copy that lacks features, of which QGIS says nothing: its disk may have become full on the way.

    QGIS also takes a field `fid` for the numbers of features, and drops all but one of a number.

    Raises:
        InputError: It says how many are lacking.
        CancelledError: The user asked to stop.
    """
    plain = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes()
    unchecked = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    count = 0  # what servers say of themselves may be an estimate
    for _ in features.getFeatures(plain, unchecked):
        if feedback.isCanceled():
            raise CancelledError()
        count += 1
    copied = max(QgsVectorLayer(path).featureCount(), 0)  # below 0 where nothing can be read
    if copied >= count:
        return
    if features.fields().lookupField("fid") >= 0 and copied:
        raise InputError(
            "{name} has {count} features, and QGIS copies {copied} of them. It does so where several have the same "
            "number in a field called fid, as in layers that were merged: remove or rename that field.",
            name=name,
            count=count,
            copied=copied,
        )
    raise InputError(
        "{name} has {count} features, and QGIS copied {copied} of them to its folder for temporary files, {folder}. Is "
        "its disk full? Free some space, or choose another folder in Settings > Options > Processing.",
        name=name,
        count=count,
        copied=copied,
        folder=os.path.dirname(path),
    )
