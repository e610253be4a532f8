"""Turns geometries as vector files hold them into shapes that can be worked with, and tells which cannot."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

POLYGONS, COLLECTION = (3, 6), 7
"""How shapely numbers polygons, alone and several in one feature, and mixtures of anything."""


def shapes_of(geometries: NDArray[np.object_] | None) -> NDArray[np.object_]:
    """Shapes of a file's geometries (WKB); `None` for what is missing or none, such as a ring that is open."""
    if geometries is None:
        return np.zeros(0, object)
    with np.errstate(invalid="ignore"):  # NaN as a coordinate
        shapes: NDArray[np.object_] = shapely.from_wkb(geometries, on_invalid="ignore")
    return shapes


def placed(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which shapes lie somewhere with every corner: not those that are missing or empty, at infinity or nowhere."""
    corners, owners = shapely.get_coordinates(shapes, return_index=True)
    found = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    found[owners[~np.isfinite(corners).all(axis=1)]] = False
    return np.asarray(found)


def mended(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Valid shapes of those that are placed. Of polygons areas alone stay, and nothing where there is none.

    A torn polygon may leave lines and points, which would be burnt as pixels; collections keep theirs.
    """
    kinds, valid = shapely.get_type_id(shapes), shapes.copy()
    areal = np.isin(kinds, (*POLYGONS, COLLECTION))
    valid[areal] = shapely.make_valid(shapes[areal])
    torn = np.isin(kinds, POLYGONS) & ~np.isin(shapely.get_type_id(valid), POLYGONS)
    valid[torn] = [_areas(shape) for shape in valid[torn]]
    return valid


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry; empty where it holds none."""
    parts = shapely.get_parts(shapely.get_parts(shape))  # of collections too
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == POLYGONS[0]])
