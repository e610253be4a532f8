"""Reads places that may be given as a layer, as a click on the map, or as text."""

from __future__ import annotations

import math
import re
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessingContext,
    QgsProperty,
    QgsReferencedGeometry,
    QgsReferencedPointXY,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import NULL

from ..engine.errors import InputError
from .layers import check_has_features, vector_layer
from .network_run import crs_text

POINT = re.compile(r"\s*\(?\s*-?[\d.]+(e-?\d+)?\s*,\s*-?[\d.]+(e-?\d+)?\s*(\[(?P<crs>.*)\])?\s*\)?\s*", re.IGNORECASE)
"""A point as QGIS writes it: `x,y [EPSG:4326]`; the reference system may be left out."""

STATED = (QgsReferencedPointXY, QgsReferencedGeometry)
"""Points that say in which reference system they are."""


def is_point(value: Any) -> bool:
    """Whether a parameter's value is a point in text."""
    return isinstance(value, str) and bool(POINT.fullmatch(value))


def point_of(
    algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext
) -> tuple[tuple[float, float] | None, str]:
    """The point that POINT, or LOCATION in text, gives, and its reference system; `None`, and nothing: there is none.

    Without a reference system it is empty: that of the image counts.

    Raises:
        InputError: What is given is none, or QGIS does not know its reference system.
    """
    name = "LOCATION" if is_point(parameters.get("LOCATION")) else "POINT"
    value = parameters.get(name)
    if isinstance(value, QgsProperty):  # QGIS itself understands one in text only
        value = value.value(context.expressionContext())[0]
    if value in (None, NULL, ""):
        return None, ""
    crs = _stated_crs(name, value, context)
    point = _xy(algorithm, {**parameters, "POINT": value}, context)
    # of what is no point QGIS makes 0,0 or nothing
    is_none = isinstance(value, (int, float)) or point.isEmpty() or not math.isfinite(point.x() + point.y())
    if is_none or (isinstance(value, str) and not is_point(value)):
        raise InputError(
            "POINT is {value}, which is no point. Give it as x,y and, in brackets, its reference system, such as "
            "595000,5750000 [EPSG:32631].",
            value=str(value),
        )
    return (point.x(), point.y()), crs_text(crs) if crs else ""


def _xy(algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext) -> QgsPointXY:
    """The point of POINT; of the first `QgsPointXY` of a process QGIS 3.22 makes nothing."""
    value = parameters["POINT"]
    return value if isinstance(value, QgsPointXY) else algorithm.parameterAsPoint(parameters, "POINT", context)


def _stated_crs(name: str, value: Any, context: QgsProcessingContext) -> QgsCoordinateReferenceSystem | None:
    """The reference system that a point names; `None`: it names none, in whose place QGIS takes that of the project.

    Raises:
        InputError: QGIS does not know it, and would take that of the project, too.
    """
    if isinstance(value, STATED):
        crs = value.crs()
    elif is_point(value) and "[" in value:
        stated, project = POINT.fullmatch(value)["crs"].strip(), context.project()
        crs = QgsCoordinateReferenceSystem(stated)
        if not stated and project and not project.crs().authid():  # a click: QGIS puts the code of its system there
            crs = project.crs()
    else:
        return None
    if not crs.isValid():
        raise InputError(
            "{name} is {value}, whose coordinate reference system QGIS does not know. Name another one, such as "
            "[EPSG:4326], or leave it out for that of the image.",
            name=name,
            value=str(value),
        )
    return crs


def layer_of(
    algorithm: Any, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsVectorLayer | None:
    """The layer of points or polygons of a parameter; `None` where none is given, or a point in text.

    Raises:
        InputError: It cannot be opened, or holds no features.
    """
    value = parameters.get(name)
    if value in (None, "") or is_point(value):
        return None
    layer = vector_layer(algorithm, name, parameters, context)
    features = algorithm.parameterAsSource(parameters, name, context)
    if layer is None or features is None:
        raise InputError(
            "{name} is {value}, which QGIS can open neither as a layer of points or polygons nor as a point such as "
            "595000,5750000 [EPSG:32631]. Check it, or choose another.",
            name=name,
            value=str(value),
        )
    check_has_features(name, layer, features)
    return layer
