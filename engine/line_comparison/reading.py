"""Reads the lines of vector layers and brings two such layers to one reference system in metres."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio._err import CPLE_AppDefinedError
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.errors import RasterioError

from ..errors import InputError
from ..grids.ground import TRUE, local_metric_crs, on_earth, pixel_size_m, refuse_elsewhere
from ..grids.shapes_on_grid import transformed
from ..grids.sound_shapes import shapes_of, sound_shapes

LINE, COLLECTION = (1, 2, 5), 7
"""How shapely numbers lines, alone and several in one feature, and mixtures of anything."""

BROKEN, WITHOUT_LENGTH = "features with a broken geometry", "lines without length"
KINDS = {-1: "features without a shape", 0: "points", 3: "polygons", 4: "points", 6: "polygons", 7: "mixed shapes"}
"""What else there may be, by the same numbers."""

DEGREES, LONG = (180.0, 90.0), 2.0
"""Lines within these coordinates of which half are no longer than this are in degrees: no road is two metres long."""

PROBE_M = 100.0
"""Side of the square by which a reference system's scale is measured."""


@dataclass(frozen=True)
class LineLayer:
    """The lines of a layer.

    Args:
        name: Of the file.
        lines: LineStrings in the units of `crs`, `(lines,)`; parts of one feature are lines of their own.
        crs: Its coordinate reference system; `None` where it has none.
        left_out: How many features had no line that can be used.
        broken: How many of these have a geometry that is broken.
    """

    name: str
    lines: NDArray[np.object_]
    crs: CRS | None
    left_out: int
    broken: int = 0


def read_lines(path: str, layer: str) -> LineLayer:
    """Read a layer.

    Args:
        path: Vector file.
        layer: Layer in it; empty: its first.

    Raises:
        InputError: It cannot be read, holds no lines, or lies on another body than the Earth.
    """
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    name = Path(path).name
    try:
        meta, _, geometries, _ = pyogrio.raw.read(path, layer=layer or 0, columns=[], force_2d=True)
    except (DataSourceError, DataLayerError) as error:
        raise InputError("{path} cannot be read: {reason}.", path=path, reason=str(error)) from error
    shapes, found = shapes_of(geometries), sound_shapes(geometries)
    broken = ~found.sound & ~found.missing
    if not len(shapes):
        raise InputError(
            "{name} is empty. It should hold the lines of a network. Choose another layer, or take its filter away.",
            name=name,
        )
    parts, owners = shapely.get_parts(shapes, return_index=True)
    mixed = shapely.get_type_id(parts) >= LINE[-1]  # several in a collection
    if mixed.any():
        parts, within = shapely.get_parts(parts, return_index=True)
        owners = owners[within]
    usable = np.isin(shapely.get_type_id(parts), LINE) & _finite(parts) & (shapely.length(parts) > 0)
    if not usable.any():
        raise InputError(
            "{name} holds no lines but {found}. Choose a layer of lines.", name=name, found=_said(shapes, broken)
        )
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    refuse_elsewhere(name, crs)
    left_out = np.ones(len(shapes), bool)
    left_out[owners[usable]] = False
    return LineLayer(name, parts[usable], crs, int(left_out.sum()), int((left_out & broken).sum()))


def metric_crs(layer: LineLayer) -> CRS | None:
    """The reference system in which a layer is measured: its own where that is in metres and true, else the UTM zone.

    `None` where it has no place on Earth; then its units count as metres.

    Raises:
        InputError: It has no system and is in degrees, or it does not lie where its system has a place.
    """
    if layer.crs is None or not on_earth(layer.crs):
        _check_units(layer)
        return None
    x, y = _middle(layer.lines)
    square = Affine(PROBE_M, 0, x - PROBE_M / 2, 0, -PROBE_M, y + PROBE_M / 2)
    try:
        if layer.crs.is_projected:
            if all(abs(side / PROBE_M - 1) < TRUE for side in pixel_size_m(layer.crs, square, 1, 1)):
                return layer.crs
        return local_metric_crs(layer.crs, BoundingBox(x, y, x, y))
    except CPLE_AppDefinedError as error:
        raise InputError(
            "The middle of {name}, {x:g}, {y:g}, is no place in its coordinate reference system {crs}. Assign the "
            "system that the layer is in.",
            name=layer.name,
            x=x,
            y=y,
            crs=_name(layer.crs),
        ) from error


def _check_units(layer: LineLayer) -> None:
    """Refuse a layer that lies nowhere and whose units are no metres.

    Raises:
        InputError: Its coordinates are degrees.
    """
    inside = (np.abs(shapely.get_coordinates(layer.lines)) <= DEGREES).all()
    if inside and np.median(shapely.length(layer.lines)) <= LONG:
        raise InputError(
            "{name} has no coordinate reference system, and its coordinates look like degrees, which would count as "
            "metres. Assign the system that the layer is in to both layers.",
            name=layer.name,
        )


def brought(layer: LineLayer, crs: CRS | None) -> NDArray[np.object_]:
    """The lines of a layer in another reference system; those without a place there are left out.

    Raises:
        InputError: One of both has a reference system, the other has none.
    """
    placed = layer.crs is not None and on_earth(layer.crs)
    if placed and crs is None:
        raise InputError(
            "{name} has a coordinate reference system, but the layer it is compared with has none. Assign the missing "
            "one.",
            name=layer.name,
        )
    if crs is not None and not placed:
        raise InputError(
            "{name} has no coordinate reference system, but the layer it is compared with has one. Assign the missing "
            "one.",
            name=layer.name,
        )
    lines = _transformed(layer.lines, layer.crs, crs)
    return lines[_finite(lines)]


def put_back(lines: NDArray[np.object_], crs: CRS | None, layer: LineLayer) -> NDArray[np.object_]:
    """Lines in a reference system of metres brought to that of a layer."""
    return _transformed(lines, crs, layer.crs)


def scale_error(crs: CRS | None, lines: NDArray[np.object_]) -> float:
    """By which share lengths are off in the corner of lines' extent where they are off most."""
    if crs is None:
        return 0.0
    left, bottom, right, top = shapely.total_bounds(lines)
    errors = []
    for x, y in ((left, bottom), (left, top), (right, bottom), (right, top)):
        square = Affine(PROBE_M, 0, x - PROBE_M / 2, 0, -PROBE_M, y + PROBE_M / 2)
        try:
            errors += [abs(PROBE_M / side - 1) for side in pixel_size_m(crs, square, 1, 1)]
        except CPLE_AppDefinedError:  # no place on Earth has these coordinates
            errors.append(1.0)
    return float(max(errors))


def _middle(lines: NDArray[np.object_]) -> tuple[float, float]:
    """The median place of the vertices: a stray line far away does not move it."""
    x, y = np.median(shapely.get_coordinates(lines), axis=0)
    return float(x), float(y)


def _transformed(lines: NDArray[np.object_], own: CRS | None, other: CRS | None) -> NDArray[np.object_]:
    """Bring lines from one reference system to another."""
    if own is None or other is None or own == other or not len(lines):
        return lines
    try:
        return transformed(lines, own, other)
    except RasterioError as error:
        raise InputError(
            "The lines cannot be brought from {own} to {other}: {reason}. Check the coordinate reference systems of "
            "both layers.",
            own=_name(own),
            other=_name(other),
            reason=str(error),
        ) from error


def _name(crs: CRS | None) -> str:
    return crs.to_string() if crs is not None else "-"


def _finite(lines: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which lines have a place for each of their vertices."""
    points, owners = shapely.get_coordinates(lines, return_index=True)
    finite = np.ones(len(lines), bool)
    finite[owners[~np.isfinite(points).all(axis=1)]] = False
    return finite


def _said(shapes: NDArray[np.object_], broken: NDArray[np.bool_]) -> str:
    """What a layer holds beside lines, in words."""
    found = {KINDS.get(int(kind), WITHOUT_LENGTH) for kind in shapely.get_type_id(shapes[~broken])}
    found |= {BROKEN} if broken.any() else set()
    return " and ".join(sorted(found))
