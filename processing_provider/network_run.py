"""Turns the parameters of an algorithm that runs a network into the engine's `NetworkRun`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
)

from ..engine.errors import InputError, ModelError
from ..engine.library.formats import check_format, network_of
from ..engine.library.installed import Suits, any_model, find_model
from ..engine.requests.assignments import parse_bands, parse_scale
from ..engine.requests.card_fields import CardFields
from ..engine.requests.network_run import Extent, NetworkRun
from .layers import is_file, raster_file, raster_layers, source_path, vector_layer
from .outputs import plain_value
from .parameters import text
from .rendering import Rendering, plan
from .vector_files import is_copied, vector_file

FURTHER_INPUTS = ("INPUT_2", "INPUT_3", "INPUT_4")

STATED_CRS = re.compile(r"(?:[^,\[]+,){3}[^,\[]+\[\s*(\S.*?)\s*\]\s*")
"""An extent in numbers that names its reference system."""

DEVICE = re.compile(r"auto|cpu|cuda:\d+|directml|coreml")


def check_settings(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> None:
    """Refuse what is miswritten in BANDS, SCALE and DEVICE.

    Raises:
        InputError: It says how it is written.
    """
    parse_bands(text(algorithm, "BANDS", parameters, context))
    parse_scale(text(algorithm, "SCALE", parameters, context))
    device = text(algorithm, "DEVICE", parameters, context)
    if not DEVICE.fullmatch(device):
        raise InputError(
            "DEVICE is {found}; it must be auto, cpu, cuda:0 (and so on), directml or coreml.", found=device or "-"
        )


def model_path(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    tasks: tuple[str, ...],
    suits: Suits = any_model,
) -> Path:
    """The network to run: MODEL_FILE where it is given, else MODEL.

    Raises:
        ModelError: The file does not exist, or no such model is installed for the tasks, among those that suit.
    """
    given = text(algorithm, "MODEL_FILE", parameters, context)
    if not given:
        return find_model(text(algorithm, "MODEL", parameters, context), tasks, suits).onnx
    return network_file(given, "MODEL_FILE")


def network_file(given: str, parameter: str) -> Path:
    """The file of a network that the user names.

    Raises:
        ModelError: It does not exist, or is no network in ONNX form.
    """
    if not os.path.isfile(given):
        raise ModelError("There is no model file {path}. Check {parameter}.", path=given, parameter=parameter)
    network = network_of(Path(os.path.abspath(given)))  # not what it links to: what describes it lies beside it
    check_format(network)
    return network


def read(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    names: Sequence[str],
    model: Path,
    card: CardFields,
) -> tuple[NetworkRun, list[Rendering]]:
    """Take all that a run needs from parameters and layers, in QGIS's main thread.

    Args:
        algorithm: Whose parameters they are.
        parameters: Their values.
        context: Where layers are found.
        feedback: Is told of layers that are copied.
        names: The parameters that are the model's inputs, in order; those that are empty give no files.
        model: The network.
        card: What the user says of it.

    Returns:
        The run, and those of its input files that must be written first.

    Raises:
        TerraloomError: A parameter does not fit.
    """
    given = [raster_layers(algorithm, name, parameters, context) if parameters.get(name) else [] for name in names]
    first, *further = given
    crs = _first_crs(given)
    extent = _extent(algorithm, parameters, context, crs)
    inputs, renderings = _sources(first, extent, context.transformContext())
    further_inputs = []
    for layers in further:
        files, more = _sources(layers, extent, context.transformContext())
        further_inputs.append(files)
        renderings += more
    mask, mask_layer = vector_file(algorithm, "MASK", parameters, context, feedback)
    run = NetworkRun(
        inputs=inputs,
        model=str(model),
        further_inputs=tuple(further_inputs),
        extent=requested_extent(algorithm, parameters, context, crs),
        mask=mask,
        mask_layer=mask_layer,
        card=card,
        **_settings(algorithm, parameters, context),
    )
    if run.resume:
        files = [file for each in (run.inputs, *run.further_inputs) for file in each]
        _check_can_be_found_again([layer for layers in given for layer in layers], files)
        if mask:
            _check_can_be_found_again([vector_layer(algorithm, "MASK", parameters, context)], [mask])
    return run, renderings


def sketch(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    names: Sequence[str],
    model: Path,
    card: CardFields,
) -> NetworkRun:
    """The run as far as checks need it: no layer is copied or rendered for it, and its mask is left out.

    Takes and raises what `read` does.
    """
    given = [raster_layers(algorithm, name, parameters, context) if parameters.get(name) else [] for name in names]
    files, *further = (tuple(map(source_path, layers)) for layers in given)
    extent = requested_extent(algorithm, parameters, context, _first_crs(given))
    settings = _settings(algorithm, parameters, context)
    return NetworkRun(files, str(model), tuple(further), extent=extent, card=card, **settings)


def _first_crs(given: Sequence[Sequence[QgsRasterLayer]]) -> QgsCoordinateReferenceSystem:
    """The reference system of the first raster that is given."""
    return next(layers[0].crs() for layers in given if layers)


def _settings(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """What the advanced parameters say of a run."""
    return {
        "bands": parse_bands(text(algorithm, "BANDS", parameters, context)),
        "scale": parse_scale(text(algorithm, "SCALE", parameters, context)),
        "grid": algorithm.parameterAsEnumString(parameters, "GRID", context),
        "tile_size": algorithm.parameterAsInt(parameters, "TILE_SIZE", context),
        "seams": algorithm.parameterAsEnumString(parameters, "SEAMS", context),
        "turns": algorithm.parameterAsEnumString(parameters, "TEST_TIME_AUGMENTATION", context),
        "device": text(algorithm, "DEVICE", parameters, context),
        "precision": algorithm.parameterAsEnumString(parameters, "PRECISION", context),
        "threads": algorithm.parameterAsInt(parameters, "THREADS", context),
        "max_memory_mb": algorithm.parameterAsInt(parameters, "MAX_MEMORY_MB", context),
        "resume": algorithm.parameterAsBoolean(parameters, "RESUME", context),
    }


def _check_can_be_found_again(layers: Sequence[QgsMapLayer], files: Sequence[str]) -> None:
    """Check that a later run will read the same files, by which it knows the one that it goes on with.

    Raises:
        InputError: One was made for this run.
    """
    for layer, file in zip(layers, files):
        if is_copied(layer, file):
            raise InputError(
                "RESUME is on, but what is read of {layer} is made anew for each run: a layer without a file, a "
                "selection, a filter, edits, or what was set for it in QGIS. Export it, and choose that file.",
                layer=layer.name() or file,
            )


def input_names(parameters: dict[str, Any], first: str = "INPUT") -> list[str]:
    """The inputs that are given: INPUT, or what the first is called, and those after it that the model reads too.

    Raises:
        InputError: One is left out between two.
    """
    given = [first, *(name for name in FURTHER_INPUTS if parameters.get(name))]
    for name in FURTHER_INPUTS[: len(given) - 1]:
        if name not in given:
            raise InputError(
                "{given} is given, but {missing} is empty. Fill the inputs in order.", given=given[-1], missing=name
            )
    return given


def requested_extent(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    otherwise: QgsCoordinateReferenceSystem,
) -> Extent | None:
    """EXTENT as the engine takes it. Its reference system is the stated one, else the project's, else `otherwise`."""
    area = _extent(algorithm, parameters, context, otherwise)
    return Extent(*_corners(area[0]), crs=crs_text(area[1])) if area else None


def check_extent(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    layers: Sequence[QgsRasterLayer],
) -> None:
    """Refuse an EXTENT in which none of the layers lies.

    Raises:
        InputError: They are elsewhere.
    """
    area, transforms = _extent(algorithm, parameters, context, layers[0].crs()), context.transformContext()
    if area and not any(_may_meet(area, (layer.extent(), layer.crs()), transforms) for layer in layers):
        raise InputError("The extent lies outside the input. Choose one that overlaps it.")


Area = tuple[QgsRectangle, QgsCoordinateReferenceSystem]


def _extent(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    otherwise: QgsCoordinateReferenceSystem,
) -> Area | None:
    """EXTENT and its reference system; where none is stated the project's, and without a project the first image's.

    Raises:
        InputError: QGIS does not know the one that is stated, in whose place it would take another.
    """
    if not parameters.get("EXTENT"):
        return None
    stated = STATED_CRS.fullmatch(str(plain_value(parameters["EXTENT"], context)))
    if stated and not QgsCoordinateReferenceSystem(stated[1]).isValid():
        raise InputError(
            "EXTENT is in {crs}, a coordinate reference system that QGIS does not know. Name another one, such as "
            "[EPSG:4326], or leave it out for that of the project.",
            crs=stated[1],
        )
    rectangle = algorithm.parameterAsExtent(parameters, "EXTENT", context)
    crs = algorithm.parameterAsExtentCrs(parameters, "EXTENT", context)
    return rectangle, crs if crs.isValid() else otherwise


def _sources(
    layers: list[QgsRasterLayer], extent: Area | None, transforms: QgsCoordinateTransformContext
) -> tuple[tuple[str, ...], list[Rendering]]:
    """The file of each layer, and what must be rendered for those that are none."""
    files, renderings = [], []
    for layer in layers:
        if is_file(layer):
            files.append(raster_file(layer))
        else:
            renderings.append(plan(layer, _within(layer, extent, transforms), transforms))
            files.append(renderings[-1].path)
    return tuple(files), renderings


def _within(
    layer: QgsRasterLayer, extent: Area | None, transforms: QgsCoordinateTransformContext
) -> QgsRectangle | None:
    """The extent in the layer's reference system."""
    if extent is None:
        return None
    rectangle, crs = extent
    try:
        return QgsCoordinateTransform(crs, layer.crs(), transforms).transformBoundingBox(rectangle)
    except QgsCsException as error:
        raise InputError(
            "The extent cannot be brought to the coordinate system of {layer}: {reason} Choose another extent.",
            layer=layer.name(),
            reason=str(error),
        ) from error


def _may_meet(one: Area, other: Area, transforms: QgsCoordinateTransformContext) -> bool:
    """Whether two rectangles overlap in the system of either, as far as each has a place in the other's."""
    if not (one[1].isValid() and other[1].isValid()):
        return True
    found = []
    for (here, crs), (there, its_crs) in ((one, other), (other, one)):
        with suppress(QgsCsException):
            moved = QgsCoordinateTransform(crs, its_crs, transforms).transformBoundingBox(here)
            found.append(moved.intersects(there))
    return any(found) or not found


def _corners(rectangle: QgsRectangle) -> tuple[float, float, float, float]:
    """Left, bottom, right, top."""
    return rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum()


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """An authority code where there is one that the worker knows too, else the full text."""
    return crs.authid() if crs.authid().startswith("EPSG:") else crs.toWkt()
