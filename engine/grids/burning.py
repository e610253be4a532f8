"""Burns shapes into the pixels of any window of a grid."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.windows import Window

from .grid import Grid
from .sound_shapes import POLYGONS

MANY = 500
"""Polygons of more vertices are cut to a window before they are burnt: that takes less than to walk all their edges."""


class Burner:
    """Shapes that can be burnt into the windows of a grid.

    Args:
        grid: The grid.
        shapes: Their outlines in its map units, `(shapes,)`.
    """

    def __init__(self, grid: Grid, shapes: NDArray[np.object_]) -> None:
        self._grid, self._shapes = grid, shapes
        self._tree = shapely.STRtree(shapes)
        self._large = np.isin(shapely.get_type_id(shapes), POLYGONS) & (shapely.get_num_coordinates(shapes) > MANY)
        self._large[self._large] = shapely.is_valid(shapes[self._large])  # one that crosses itself is not cut soundly

    def near(self, window: Window) -> NDArray[np.intp]:
        """Numbers of the shapes that may touch a window, in order. Quick: looks at bounding boxes only."""
        return np.sort(self._tree.query(shapely.box(*self._grid.part(window).bounds)))

    def burnt(
        self, window: Window, order: NDArray[np.intp], values: NDArray[Any], fill: float = 0, dtype: str = "int32"
    ) -> NDArray[Any]:
        """Burn shapes into a window: a polygon covers the pixels whose centre lies in it.

        Centres that lie exactly on its edge may count in one window and not in another, where it is cut.

        Args:
            window: The window.
            order: Numbers of the shapes; later ones lie on top.
            values: What each of them is burnt as.
            fill: What pixels are that none covers.
            dtype: Type of the pixels.

        Returns:
            `(rows, cols)`.
        """
        part = self._grid.part(window)
        shapes = self._shapes[order]
        large = self._large[order]
        around = part.part(Window(-1, -1, part.width + 2, part.height + 2))
        shapes[large] = shapely.clip_by_rect(shapes[large], *around.bounds)
        left = ~shapely.is_empty(shapes)
        if not left.any():
            return np.full((part.height, part.width), fill, dtype)
        pairs = zip(shapes[left], values[left])
        burnt: NDArray[Any] = rasterize(
            pairs, out_shape=(part.height, part.width), transform=part.transform, fill=fill, dtype=dtype
        )
        return burnt
