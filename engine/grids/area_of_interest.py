"""Says which pixels a user wants to know about: polygons burnt into any window of a grid."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.windows import Window

from ..errors import InputError
from .burning import Burner
from .grid import Grid
from .shapes_on_grid import brought_to
from .sound_shapes import POLYGONS, placed, sound_shapes


class AreaOfInterest:
    """The polygons of a vector layer, on a grid. Without a source, everything is of interest.

    Args:
        grid: The grid whose windows will be asked for.
        source: Vector file; empty: none.
        layer: Layer in it; empty: its first.
        area: The window of the grid for which results are wanted.

    Raises:
        InputError: The layer cannot be read, holds no polygon, or none in the area.
    """

    def __init__(self, grid: Grid, source: str, layer: str, area: Window) -> None:
        self._polygons = _polygons(source, layer, grid.part(area)) if source else None
        self._burner = Burner(grid, self._polygons) if self._polygons is not None else None

    @property
    def mark(self) -> str:
        """What tells its polygons from others; empty: there are none."""
        shapes = () if self._polygons is None else self._polygons
        return hashlib.sha256(b"".join(map(shapely.to_wkb, shapes))).hexdigest() if len(shapes) else ""

    def near(self, window: Window, spare_px: int) -> bool:
        """Whether a polygon may lie in a window or within some pixels of it. Quick: looks at bounding boxes only."""
        if self._burner is None:
            return True
        left, top = window.col_off - spare_px, window.row_off - spare_px
        grown = Window(left, top, window.width + 2 * spare_px, window.height + 2 * spare_px)
        return bool(len(self._burner.near(grown)))

    def inside(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels have their centre in a polygon, `(rows, cols)`."""
        if self._burner is None:
            return np.ones((int(window.height), int(window.width)), bool)
        near = self._burner.near(window)
        return self._burner.burnt(window, near, np.ones(len(near)), dtype="uint8").astype(bool)


def _polygons(source: str, layer: str, grid: Grid) -> NDArray[np.object_]:
    """Read the polygons of a layer that touch a grid, in the grid's coordinate reference system."""
    import pyogrio  # only here, since it takes 136 MB of a worker where pandas is installed
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        meta, _, geometries, _ = pyogrio.raw.read(source, layer=layer or None, columns=[], force_2d=True)
    except (DataSourceError, DataLayerError) as error:
        raise InputError("The mask {path} cannot be read: {reason}.", path=source, reason=str(error)) from error
    found = sound_shapes(geometries)
    if (shapely.is_missing(found.shapes) & ~found.missing).any():
        raise InputError(
            "The mask {path} holds a geometry that is none: a ring that is open, for example, or one of too few "
            "corners. Mend or delete it.",
            path=source,
        )
    polygonal = np.isin(shapely.get_type_id(found.shapes), POLYGONS) & ~shapely.is_empty(found.shapes)
    shapes: NDArray[np.object_] = found.shapes[polygonal]
    if not placed(shapes).all():
        raise InputError(
            "The mask {path} holds a polygon with a corner at infinity or nowhere. Mend or delete it (it often comes "
            "from reprojecting what has no place in a coordinate reference system).",
            path=source,
        )
    shapes = shapely.get_parts(shapes)
    if not len(shapes):
        raise InputError("The mask {path} holds no polygon.", path=source)
    shapes = brought_to(shapes, CRS.from_user_input(meta["crs"]) if meta["crs"] else None, grid)
    shapes = shapes[shapely.intersects(shapes, shapely.box(*grid.bounds))]
    if not len(shapes):
        raise InputError(
            "The mask {path} lies outside the input, or outside the extent. Choose one that overlaps it.", path=source
        )
    return shapes
