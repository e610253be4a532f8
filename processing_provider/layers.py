"""Turns map layers into files that the worker can open: it has GDAL, but not QGIS's layers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from qgis.core import (
    Qgis,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..engine.errors import InputError
from .folders import entries_of, with_folders_opened
from .gdal_names import absolute, opened_by_gdal
from .outputs import plain_value

OPTION = re.compile(r"\|option:(?!NUM_THREADS=)([^|]+)")
"""What QGIS appends to a raster's source to say how GDAL is to open it, other than how fast."""

LONGEST_NAME = 200
"""Bytes of a file's name; file systems take little more."""


def raster_layers(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> list[QgsRasterLayer]:
    """The raster layers of a parameter that takes several.

    Raises:
        InputError: There are none, or one cannot be opened as a raster.
    """
    parameters = with_folders_opened(parameters, name)
    for path, layer in named_layers(parameters.get(name), context):
        if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
            raise InputError(
                "{name} is {path}, which QGIS cannot open as a raster. Check the path, or choose another layer.",
                name=name,
                path=path,
            )
    layers = [
        layer
        for layer in algorithm.parameterAsLayerList(parameters, name, context)
        if isinstance(layer, QgsRasterLayer) and layer.isValid()
    ]
    if not layers:
        raise InputError("There is no input raster. Choose at least one.")
    return layers


def subject_of(name: str, layers: Sequence[QgsRasterLayer]) -> str:
    """What results are named after, made of the rasters of a parameter: the first, of a series the last as well."""
    ends = (layers[0], layers[-1]) if name == "SERIES" and len(layers) > 1 else layers[:1]
    return " – ".join(layer.name() for layer in ends)


def raster_layer(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsRasterLayer:
    """The raster layer of a parameter that takes one.

    Raises:
        InputError: It cannot be opened, or is a folder of several.
    """
    layers = raster_layers(algorithm, name, parameters, context)
    if len(layers) > 1:
        raise InputError("{name} takes one raster, and {count} are given. Choose one.", name=name, count=len(layers))
    return layers[0]


def raster_file_layer(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsRasterLayer:
    """The raster layer of a parameter that takes one, which the worker opens itself.

    Raises:
        InputError: It cannot be opened, is a folder of several, or no file.
    """
    layer = raster_layer(algorithm, name, parameters, context)
    check_is_file(name, layer)
    return layer


def given_raster_layers(
    algorithm: QgsProcessingAlgorithm, names: Sequence[str], parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, QgsRasterLayer]:
    """The raster layers of several parameters, of which only the first must be given, by their names in a request.

    Raises:
        InputError: One cannot be opened, is a folder of several, or no file.
    """
    given = [name for name in names if name == names[0] or parameters.get(name)]
    return {name.lower(): raster_file_layer(algorithm, name, parameters, context) for name in given}


def raster_file_layers(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> list[QgsRasterLayer]:
    """The raster layers of a parameter that takes several, which the worker opens itself.

    Raises:
        InputError: There are none, one cannot be opened, or is no file.
    """
    layers = raster_layers(algorithm, name, parameters, context)
    for layer in layers:
        check_is_file(name, layer)
    return layers


def check_is_file(name: str, layer: QgsRasterLayer) -> None:
    """Refuse a layer that the worker cannot open.

    Raises:
        InputError: It is no file.
    """
    if not is_file(layer):
        raise InputError(
            "{name} is {layer}, which is no file ({provider}). Export it first.",
            name=name,
            layer=layer.name() or source_path(layer),
            provider=layer.providerType(),
        )


def named_layers(value: Any, context: QgsProcessingContext) -> list[tuple[str, QgsMapLayer | None]]:
    """Layers that are given themselves or by a text, each after its name or that text; `None`: it cannot be opened.

    Raises:
        InputError: A text names a file of several rasters.
    """
    found: list[tuple[str, QgsMapLayer | None]] = []
    for given in entries_of(value):
        if isinstance(given, QgsMapLayer):
            found.append((given.name() or source_path(given), given))
        elif isinstance(given, str) and given:
            layer = QgsProcessingUtils.mapLayerFromString(given, context) or opened_by_gdal(given, context)
            found.append((given, layer))
    return found


def source_path(layer: QgsMapLayer) -> str:
    """Where a layer's data lies, without what QGIS appends to say how it is read."""
    if layer.providerType() in ("gdal", "ogr"):
        return layer.source().partition("|")[0]
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return parts.get("path") or layer.source()  # delimited text and the like: an address, with the file in it


def day_of(layer: QgsRasterLayer) -> str:
    """The day on which a layer begins to be shown over time, as ISO text; empty where it has none of its own."""
    properties = layer.temporalProperties()
    if not properties.isActive() or properties.mode() != Qgis.RasterTemporalMode.FixedTemporalRange:
        return ""
    return properties.fixedTemporalRange().begin().date().toString("yyyy-MM-dd")


def is_file(layer: QgsRasterLayer) -> bool:
    """Whether another process can open a raster layer; not what a server draws or QGIS has in memory."""
    return layer.providerType() == "gdal" and not layer.source().startswith("/vsimem/")


def raster_file(layer: QgsRasterLayer) -> str:
    """The name by which GDAL opens a raster layer that is a file.

    A reference system or nodata values that were set in QGIS go with it, as a virtual raster; so do options by which
    QGIS opens it.

    Raises:
        InputError: The file cannot be read, or no file can hold such nodata values.
    """
    source = absolute(source_path(layer))
    changes = _nodata_of_the_user(layer)
    if layer.crs().isValid() and layer.crs() != layer.dataProvider().crs():
        changes["outputSRS"] = layer.crs().toWkt()
    options = OPTION.findall(layer.source())
    return _virtual(source, options, layer, changes) if changes or options else source


def whole_source(value: Any, context: QgsProcessingContext) -> Any:
    """What is given, without that only its selected features are to be read: QGIS finds no layer for that."""
    if isinstance(value, (list, tuple)):
        return [whole_source(each, context) for each in value]
    return plain_value(value.source, context) if isinstance(value, QgsProcessingFeatureSourceDefinition) else value


def vector_layer(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsVectorLayer | None:
    """The layer of a vector parameter, also where only its selected features are to be read; `None`: there is none."""
    value = whole_source(parameters.get(name), context)
    return algorithm.parameterAsVectorLayer({**parameters, name: value}, name, context)


def reference_layer(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsRasterLayer | QgsVectorLayer:
    """The layer of a parameter that takes points, polygons or a raster.

    Raises:
        InputError: It cannot be opened, is of another kind, or is a raster that is no file.
    """
    value = whole_source(parameters.get(name), context)
    layer = algorithm.parameterAsLayer({**parameters, name: value}, name, context)
    if layer is None and isinstance(value, str):
        layer = opened_by_gdal(value, context)
    path = str(value or "-") if layer is None else layer.name() or source_path(layer)
    check_is_raster_or_vector(name, path, layer)
    if isinstance(layer, QgsRasterLayer):
        check_is_file(name, layer)
    return layer


def check_is_raster_or_vector(name: str, path: str, layer: QgsMapLayer | None) -> None:
    """Refuse a layer that cannot be opened, or is of another kind, such as a mesh.

    Raises:
        InputError: It names the layer.
    """
    if layer is None or not layer.isValid():
        raise InputError(
            "{name} is {path}, which QGIS cannot open. Check the path, or choose another layer.", name=name, path=path
        )
    if not isinstance(layer, (QgsRasterLayer, QgsVectorLayer)):
        raise InputError(
            "{name} is {layer}, which is neither a raster nor a vector layer. Choose another layer.",
            name=name,
            layer=path,
        )


def check_has_features(name: str, layer: QgsVectorLayer, features: QgsProcessingFeatureSource) -> None:
    """Refuse a layer without features, or without any that are selected where only those count.

    Raises:
        InputError: It names the layer.
    """
    if not _has_any(features):
        raise InputError(
            "{name} is {layer}, which has no features. Choose another layer, or take its filter or selection away.",
            name=name,
            layer=layer.name() or source_path(layer),
        )


def _has_any(features: QgsProcessingFeatureSource) -> bool:
    """Whether there is a feature; some sources do not count theirs, and say a number below 0."""
    count = features.featureCount()
    if count >= 0:
        return count > 0
    unchecked = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    return any(True for _ in features.getFeatures(QgsFeatureRequest().setLimit(1), unchecked))


def _nodata_of_the_user(layer: QgsRasterLayer) -> dict[str, Any]:
    """What `gdal.Translate` is told where the layer's nodata values are not those of its file; empty: they are.

    Raises:
        InputError: They differ by band, are ranges, or stand beside the file's own: a file holds one value.
    """
    provider = layer.dataProvider()
    bands = range(1, provider.bandCount() + 1)
    own = {provider.sourceNoDataValue(band) if provider.sourceHasNoDataValue(band) else None for band in bands}
    used = all(provider.useSourceNoDataValue(band) or not provider.sourceHasNoDataValue(band) for band in bands)
    further = {tuple((each.min(), each.max()) for each in provider.userNoDataValues(band)) for band in bands}
    if further == {()}:
        return {} if used else {"noData": "none"}
    ranges = further.pop()
    if further or len(ranges) > 1 or ranges[0][0] != ranges[0][1] or (used and own - {None, ranges[0][0]}):
        raise InputError(
            "{layer} has nodata values that were set in QGIS, and a file can hold only one, the same in all bands. Set "
            "a single one instead, with the file's own switched off, or export the layer.",
            layer=layer.name() or source_path(layer),
        )
    return {"noData": ranges[0][0]}


def _virtual(source: str, options: Sequence[str], layer: QgsRasterLayer, changes: dict[str, Any]) -> str:
    """Put what the user gave the layer over the file, as a virtual raster."""
    from osgeo import gdal

    name = (layer.name() or "raster").replace("/", "_").encode()[:LONGEST_NAME].decode(errors="ignore")
    path = QgsProcessingUtils.generateTempFilename(f"{name}.vrt")
    try:
        opened = gdal.OpenEx(source, gdal.OF_RASTER, open_options=list(options))
        translated = None if opened is None else gdal.Translate(path, opened, format="VRT", **changes)
    except RuntimeError as error:  # some plugins switch GDAL's exceptions on, for all of QGIS
        raise InputError("{path} cannot be read: {reason}.", path=source, reason=str(error)) from error
    if translated is None:
        raise InputError("{path} cannot be read: {reason}.", path=source, reason=gdal.GetLastErrorMsg())
    return path
