"""Finds out where the user wants results, and refuses places where they cannot go, before anything runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
    QgsProcessingUtils,
    QgsProperty,
)

from ..engine.errors import OutputError
from ..engine.results.files_behind import file_behind
from ..engine.results.refusals import refuse_losing_layers, refuse_replacing_others

RASTER_EXTENSIONS = ("tif", "tiff")
VECTOR_EXTENSIONS = ("gpkg", "shp", "geojson", "fgb")
TABLE_EXTENSIONS = ("gpkg", "csv")

VIRTUAL_VECTORS = (".vrt", ".ovf")
"""Endings of virtual vector files, which name others."""

SOURCE = "srcdatasource"
"""Their element for each of them, whatever the case."""


def plain_value(value: Any, context: QgsProcessingContext) -> Any:
    """A parameter's value, as text where it is an expression or the like."""
    return value.valueAsString(context.expressionContext(), "")[0] if isinstance(value, QgsProperty) else value


def target(value: Any, context: QgsProcessingContext) -> str:
    """The path in an output's value: `TEMPORARY_OUTPUT` where QGIS finds one, empty where none is wanted."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    return str(plain_value(value, context) or "")


def is_temporary(path: str) -> bool:
    """Whether a result goes to a file of QGIS's own, whose name says nothing."""
    return path == QgsProcessing.TEMPORARY_OUTPUT or Path(path).is_relative_to(QgsProcessingUtils.tempFolder())


def targets(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, str]:
    """The outputs that are wanted, by name."""
    asked = {
        definition.name(): target(parameters.get(definition.name()), context)
        for definition in algorithm.destinationParameterDefinitions()
    }
    return {name: path for name, path in asked.items() if path}


def by_field(values: dict[str, Any]) -> dict[str, Any]:
    """Values by the names of parameters, under the names that requests have for them: the same in small letters."""
    return {name.lower(): value for name, value in values.items()}


def check_targets(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Check the file type and folder of each output, and that no two are the same file.

    Raises:
        OutputError: One of them cannot be written there.
    """
    taken: dict[str, str] = {}
    for name, path in targets(algorithm, parameters, context).items():
        if path == QgsProcessing.TEMPORARY_OUTPUT:
            continue
        _check_name(name, path, algorithm.parameterDefinition(name))
        check_folder(name, Path(path).parent)
        place = os.path.realpath(path)
        if place in taken:
            raise OutputError(
                "{first} and {second} are the same file, {path}. Give each output a name of its own.",
                first=taken[place],
                second=name,
                path=path,
            )
        taken[place] = name


def check_resumable(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> None:
    """Check that with RESUME every result has a name by which a later run finds it again.

    Raises:
        OutputError: One is temporary.
    """
    if not algorithm.parameterAsBoolean(parameters, "RESUME", context):
        return
    for name, path in targets(algorithm, parameters, context).items():
        if path == QgsProcessing.TEMPORARY_OUTPUT:
            raise OutputError(
                "RESUME is on, but {name} is a temporary file. Give it a name of its own, or skip it.", name=name
            )


def check_not_resumed(
    algorithm: QgsProcessingAlgorithm, spare: dict[str, str], parameters: dict[str, Any], context: QgsProcessingContext
) -> None:
    """Check that RESUME is off where results are made for the figures alone, and are not kept.

    Raises:
        OutputError: It is on.
    """
    if spare and algorithm.parameterAsBoolean(parameters, "RESUME", context):
        raise OutputError(
            "RESUME is on, but no result is asked for, so nothing is kept that a later run could go on from. Set "
            "RESUME to false, or ask for {name} under a file name of its own.",
            name=next(iter(spare)),
        )


def check_no_input_is_overwritten(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    inputs: list[str],
) -> None:
    """Check that no output would replace a file that is read, or one behind a virtual vector file.

    Raises:
        OutputError: One would.
    """
    read: set[str] = set()
    for path in inputs:
        _add(path, read)
    for name, path in targets(algorithm, parameters, context).items():
        if os.path.realpath(path) in read:
            raise OutputError(
                "{name} is {path}, which is also an input. Choose another name, or the input would be lost.",
                name=name,
                path=path,
            )


def _add(path: str, read: set[str]) -> None:
    """Add a file to those that are read, and what it names: virtual files may name each other."""
    path = file_behind(path)
    place = os.path.realpath(path)
    if place in read:
        return
    read.add(place)
    if place.lower().endswith(VIRTUAL_VECTORS) and os.path.isfile(place):
        for named in _sources(place):
            _add(os.path.join(os.path.dirname(path), named), read)


def _sources(virtual: str) -> list[str]:
    """The sources that a virtual vector file names; GDAL's own list leaves those of warped and united layers out."""
    from osgeo import gdal

    try:
        text = Path(virtual).read_text(encoding="utf-8", errors="replace")
        if SOURCE not in text.lower():  # of rasters, with thousands of others
            return []
        tree = gdal.ParseXMLString(text)
    except (OSError, RuntimeError):  # some plugins switch GDAL's exceptions on, for all of QGIS
        return []  # told of where it is read
    return list(_texts(tree or [], SOURCE))


def _texts(node: list[Any], name: str) -> Iterator[str]:
    """The texts of the elements of one name, whatever the case: GDAL's nodes are kind, name or text, and children."""
    from osgeo import gdal

    for child in node[2:]:
        if child[0] == gdal.CXT_Text and node[1].lower() == name:
            yield child[1]
        yield from _texts(child, name)


def _check_name(name: str, path: str, definition: Any) -> None:
    """Refuse file types that the worker does not write, and names under which something else lies."""
    if isinstance(definition, QgsProcessingParameterRasterDestination):
        known = RASTER_EXTENSIONS
    elif isinstance(definition, QgsProcessingParameterVectorDestination):
        known = VECTOR_EXTENSIONS if definition.hasGeometry() else TABLE_EXTENSIONS
    else:
        return
    if Path(path).suffix.lower().lstrip(".") not in known:
        raise OutputError(
            "{name} cannot be written as {found}. Use a name that ends in {known}.",
            name=name,
            found=Path(path).name,
            known=", ".join(f".{extension}" for extension in known),
        )
    refuse_replacing_others(Path(path))
    refuse_losing_layers(Path(path))


SHORTER = {".html": ".htm"}
"""Endings that do as well."""


def check_endings(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Check that each result that is no layer gets a name by which it is known for what it is.

    Raises:
        OutputError: A name ends otherwise, or there is none for a result that must be written.
    """
    for definition in algorithm.destinationParameterDefinitions():
        if not isinstance(definition, QgsProcessingParameterFileDestination):
            continue
        name, path = definition.name(), target(parameters.get(definition.name()), context)
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if path == QgsProcessing.TEMPORARY_OUTPUT or (optional and not path):
            continue
        ending = f".{definition.defaultFileExtension()}"
        if Path(path).suffix.lower() not in (ending, SHORTER.get(ending)):
            raise OutputError(
                "{name} is {path}; it must be a name that ends in {ending}.", name=name, path=path or "-", ending=ending
            )


def check_folder(name: str, folder: Path) -> None:
    """Refuse folders that are not there or may not be written to."""
    if not os.path.isdir(folder):  # of a folder that may not be entered, Path would raise
        raise OutputError(
            "{name} should go to the folder {folder}, which does not exist. Create it or choose another.",
            name=name,
            folder=str(folder),
        )
    if not os.access(folder, os.W_OK):
        raise OutputError(
            "{name} should go to the folder {folder}, which you may not write to. Choose another.",
            name=name,
            folder=str(folder),
        )
