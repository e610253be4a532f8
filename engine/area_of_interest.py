"""Says which pixels a user wants to know about: polygons burnt into any window of a grid."""

from __future__ import annotations

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.features import rasterize
from rasterio.warp import transform
from rasterio.windows import Window

from .errors import InputError
from .grid import Grid


class AreaOfInterest:
    """The polygons of a vector layer, on a grid. Without a source, everything is of interest.

    Args:
        grid: The grid whose windows will be asked for.
        source: Vector file; empty: none.
        layer: Layer in it; empty: its first.

    Raises:
        InputError: The layer cannot be read, holds no polygon, or lies outside the grid.
    """

    def __init__(self, grid: Grid, source: str, layer: str) -> None:
        self._grid = grid
        self._polygons = _polygons(source, layer, grid.crs) if source else None
        if self._polygons is not None:
            self._tree = shapely.STRtree(self._polygons)
            if not len(self._tree.query(shapely.box(*grid.bounds))):
                raise InputError("The mask {path} lies outside the input. Choose one that overlaps it.", path=source)

    def inside(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels have their centre in a polygon, `(rows, cols)`."""
        shape = (int(window.height), int(window.width))
        if self._polygons is None:
            return np.ones(shape, bool)
        part = self._grid.part(window)
        near = self._polygons[self._tree.query(shapely.box(*part.bounds))]
        if not len(near):
            return np.zeros(shape, bool)
        burnt: NDArray[np.uint8] = rasterize(near, out_shape=shape, transform=part.transform, dtype="uint8")
        return burnt.astype(bool)


def _polygons(source: str, layer: str, crs: CRS | None) -> NDArray[np.object_]:
    """Read the polygons of a layer, in the coordinate reference system of the grid."""
    try:
        meta, _, geometries, _ = pyogrio.raw.read(source, layer=layer or None, columns=[])
    except (DataSourceError, DataLayerError) as error:
        raise InputError("The mask {path} cannot be read: {reason}.", path=source, reason=str(error)) from error
    shapes: NDArray[np.object_] = shapely.from_wkb(geometries)
    shapes = shapely.make_valid(shapes[np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)])
    if not len(shapes):
        raise InputError("The mask {path} holds no polygon.", path=source)
    if crs is not None and meta["crs"]:
        own = CRS.from_user_input(meta["crs"])
        if own != crs:
            shapes = shapely.transform(
                shapes, lambda points: np.column_stack(transform(own, crs, points[:, 0], points[:, 1]))
            )
    return shapes
