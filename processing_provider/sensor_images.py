"""The images of a model, one by one or by sensor and date: those beside INPUT, and which of them go together."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterMultipleLayers,
)

from ..engine.errors import InputError
from ..engine.requests.fuse_sar_optical import AUTO, SENSORS
from . import parameters as declared
from .network_run import FURTHER_INPUTS, input_names
from .parameters import Parameter, explained
from .texts import tr

SENSOR_INPUTS = tuple(name.upper() for name in SENSORS)


def further_images() -> list[Parameter]:
    """Images that few models read: further inputs, and those of several sensors for models that fuse them."""
    raster = QgsProcessing.SourceType.TypeRaster
    told = tr("For models that fuse sensors, instead of images: as in “Fuse SAR and optical”. May be left empty.")
    return [
        *declared.further_inputs(),
        *(
            explained(QgsProcessingParameterMultipleLayers(name, label, raster, optional=True), told, advanced=True)
            for name, label in (
                ("OPTICAL", tr("Optical image, after")),
                ("SAR", tr("Radar image (SAR), after")),
                ("OPTICAL_BEFORE", tr("Optical image, before")),
                ("SAR_BEFORE", tr("Radar image (SAR), before")),
            )
        ),
        declared.sar_unit(advanced=True),
    ]


def image_names(parameters: dict[str, Any]) -> list[str]:
    """The parameters that hold images: those of sensors, or INPUT and those after it.

    Raises:
        InputError: Neither or both are given, or one is left out between two.
    """
    sensors = [name for name in SENSOR_INPUTS if parameters.get(name)]
    plain = [name for name in ("INPUT", *FURTHER_INPUTS) if parameters.get(name)]
    if sensors and plain:
        raise InputError(
            "{input} and {sensor} are both given. Models that fuse sensors read OPTICAL, SAR, OPTICAL_BEFORE and "
            "SAR_BEFORE, all others INPUT and those after it. Leave one of the two empty.",
            input=plain[0],
            sensor=sensors[0],
        )
    if not sensors and not parameters.get("INPUT"):
        raise InputError("There is no input raster. Choose at least one.")
    return sensors or input_names(parameters)


def sar_unit_of(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """What values of radar are, or `auto`; empty where images are not given by sensor.

    Raises:
        InputError: It is given, and nothing would be read in it.
    """
    unit = algorithm.parameterAsEnumString(parameters, "SAR_UNIT", context)
    if not parameters.get("INPUT"):
        return unit
    if unit != AUTO:
        raise InputError(
            "SAR_UNIT is {unit}, which is read for SAR and SAR_BEFORE alone; INPUT is given. Set it to {usual}, "
            "and bring values of INPUT to the model's with SCALE.",
            unit=unit,
            usual=AUTO,
        )
    return ""
