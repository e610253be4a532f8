"""Reads the points or polygons of a vector layer with one of their attributes, and brings them to a grid's system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS

from ..classes.class_raster import check_same_world
from ..errors import InputError
from ..grids.grid import Grid
from ..grids.shapes_on_grid import brought_to
from ..grids.sound_shapes import POLYGONS, Unusable, sound_shapes

Label = Union[int, str, None]
"""What an attribute says: a whole number, a text, or nothing."""

POINT, POLYGON = "points", "polygons"
KINDS = {POINT: (0, 4), POLYGON: POLYGONS}
"""How shapely numbers the types of geometries, alone and as several in one feature."""


@dataclass(frozen=True)
class Features:
    """Points or polygons in a grid's coordinate reference system.

    Args:
        kind: `POINT` or `POLYGON`.
        shapes: Their geometries, `(features,)`; empty where they lie far from the grid.
        labels: What the attribute says of each.
        left_out: The features that were left out since they have no geometry of this kind that can be used.
    """

    kind: str
    shapes: NDArray[np.object_]
    labels: tuple[Label, ...]
    left_out: Unusable

    @property
    def without_shape(self) -> int:
        """How many features were left out."""
        return self.left_out.total


def read_features(path: str, layer: str, field: str, kinds: tuple[str, ...], grid: Grid) -> Features:
    """Read a layer.

    Args:
        path: Vector file.
        layer: Layer in it; empty: its first.
        field: The attribute.
        kinds: What it may hold; where both are there, what most features are.
        grid: The grid to whose system they are brought.

    Raises:
        InputError: It cannot be read, lacks the field, or holds nothing of these kinds.
    """
    try:
        meta, _, geometries, columns = pyogrio.raw.read(path, layer=layer or None, columns=[field], force_2d=True)
    except (DataSourceError, DataLayerError) as error:
        raise InputError("{path} cannot be read: {reason}.", path=path, reason=str(error)) from error
    if field not in meta["fields"]:
        known = ", ".join(pyogrio.read_info(path, layer=layer or None)["fields"])
        raise InputError("{path} has no field {field}. Its fields are: {known}.", path=path, field=field, known=known)
    found = sound_shapes(geometries)
    types = shapely.get_type_id(found.shapes)
    usable_of = {kind: np.isin(types, KINDS[kind]) & found.sound for kind in kinds}
    kind = max(kinds, key=lambda each: np.count_nonzero(usable_of[each]))
    usable = usable_of[kind]
    left_out = found.unusable(usable)
    if not usable.any():
        raise _none_of(kinds, path, left_out)
    own = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    check_same_world(own, grid.crs, path)
    values = columns[list(meta["fields"]).index(field)][usable]
    labels = tuple(_label(value, path, field) for value in values)
    return Features(kind, brought_to(found.shapes[usable], own, grid), labels, left_out)


def _none_of(kinds: tuple[str, ...], path: str, left_out: Unusable) -> InputError:
    """What to say of a layer without any of the kinds."""
    names = " and no ".join(kinds)
    if left_out.broken:
        return InputError(
            "{path} holds no {kinds} that can be used: {count} of its features have a broken geometry (a ring that is "
            "open, for example, no area, or a corner at infinity). Mend them, or choose another layer.",
            path=path,
            kinds=names,
            count=left_out.broken,
        )
    return InputError("{path} holds no {kinds}. Choose another layer.", path=path, kinds=names)


def _label(value: object, path: str, field: str) -> Label:
    """What an attribute says.

    Raises:
        InputError: It is a number that is not whole.
    """
    if value is None or value != value:  # NaN, or no time
        return None
    if isinstance(value, (float, np.floating)):
        if not float(value).is_integer():
            raise InputError(
                "Field {field} of {path} holds {value:g}. Classes are names or whole numbers. Choose another field.",
                field=field,
                path=path,
                value=float(value),
            )
        return int(value)
    if isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_)):
        return int(value)
    return str(value).strip() or None
