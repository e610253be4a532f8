"""Says where pixels lie: on the mosaic of the inputs, on the grid the model runs on, on the grid of the results."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.io import DatasetReader
from rasterio.warp import calculate_default_transform, transform_bounds
from rasterio.windows import Window

from ..errors import InputError
from ..library.model_input import ModelInput
from ..requests.network_run import Extent
from .ground import NO_PLACE, holds, local_metric_crs, on_earth, pixel_areas_m2, pixel_size_m, refuse_elsewhere

ALIGNED_PX = 1e-3
"""Grids whose pixels lie apart by less than this share of a pixel count as one."""

SMALLEST, SMALLEST_DEG = 1e-6, 1e-11
"""Smaller pixels on Earth, in map units and in degrees, are a mistake: numbers of the size of coordinates end there."""

LONGEST_PX = 2_000_000
"""Longest side of a mosaic: the Earth's circumference at 20 m."""

MERCATOR_DEG = 85.0511
"""Where maps of the web end, as far from the equator as they are wide."""

ALIKE = 1.01
"""Pixel sizes whose ratio is smaller count as one."""

EDGE_POINTS, INPUT_POINTS = 101, 21
"""At so many points between its corners an edge of an extent, or of an input, is brought to another system."""

AROUND = 0.1
"""An extent is cut to a grid and so much of the grid's size around it."""

NOWHERE = BoundingBox(math.nan, math.nan, math.nan, math.nan)
"""What touches no grid."""


@dataclass(frozen=True)
class Grid:
    """A raster without its values.

    Args:
        crs: Coordinate reference system; `None` for images that have no place on Earth.
        transform: From (column, row) to map units.
        width: Columns.
        height: Rows.
    """

    crs: CRS | None
    transform: Affine
    width: int
    height: int

    @property
    def window(self) -> Window:
        """The whole grid."""
        return Window(0, 0, self.width, self.height)

    @property
    def bounds(self) -> BoundingBox:
        """Left, bottom, right, top in map units."""
        corners = [self.transform @ corner for corner in _corners(self.window)]
        xs, ys = zip(*corners)
        return BoundingBox(min(xs), min(ys), max(xs), max(ys))

    @property
    def runs_past_180(self) -> bool:
        """Whether it goes on in degrees where they begin anew: the same place may be told of at 200° and at -160°."""
        return self.crs is not None and self.crs.is_geographic and max(self.bounds.right, -self.bounds.left) > 180

    @property
    def pixel_m(self) -> tuple[float, float] | None:
        """Width and height on the ground of the pixel in its middle; `None`: it has no place on Earth."""
        if self.crs is None or not on_earth(self.crs):
            return None
        return pixel_size_m(self.crs, self.transform, self.width, self.height)

    @property
    def row_areas_m2(self) -> NDArray[np.float64]:
        """Area of a pixel of each row, `(rows,)`; read-only. See `pixel_areas_m2`."""
        return pixel_areas_m2(self.crs, self.transform, self.width, self.height)

    def part(self, window: Window) -> Grid:
        """The grid of one window of this grid."""
        transform = self.transform @ Affine.translation(window.col_off, window.row_off)
        return Grid(self.crs, transform, int(window.width), int(window.height))

    def refined(self, ratio: int) -> Grid:
        """The grid with each pixel divided into `ratio` rows and columns."""
        if ratio == 1:
            return self
        return Grid(self.crs, self.transform @ Affine.scale(1 / ratio), self.width * ratio, self.height * ratio)

    def offset(self, other: Grid) -> tuple[int, int] | None:
        """Column and row of `other`'s first pixel on this grid, or `None` where the pixels of the two differ."""
        if self.crs != other.crs:
            return None
        relative = ~self.transform @ other.transform
        column, row = round(relative.c), round(relative.f)
        drift = max(  # how far apart the pixels lie at the far corner of `other`
            abs(relative.c - column) + abs(relative.a - 1) * other.width + abs(relative.b) * other.height,
            abs(relative.f - row) + abs(relative.e - 1) * other.height + abs(relative.d) * other.width,
        )
        return (column, row) if drift < ALIGNED_PX else None

    def covering(self, bounds: BoundingBox) -> Window | None:
        """The window of all pixels that touch a rectangle in this grid's map units, or `None` where none does."""
        inverse = ~self.transform
        columns, rows = zip(
            *(inverse @ (x, y) for x in (bounds.left, bounds.right) for y in (bounds.bottom, bounds.top))
        )
        if not all(map(math.isfinite, (*columns, *rows))):
            return None  # the rectangle came from another system, where it has no place
        left, top = max(math.floor(min(columns) + ALIGNED_PX), 0), max(math.floor(min(rows) + ALIGNED_PX), 0)
        right = min(math.ceil(max(columns) - ALIGNED_PX), self.width)
        bottom = min(math.ceil(max(rows) - ALIGNED_PX), self.height)
        return Window(left, top, right - left, bottom - top) if left < right and top < bottom else None


def grid_of(dataset: DatasetReader) -> Grid:
    """The grid of one raster file.

    Raises:
        InputError: The image is not rectified, has a reference system and no place in it, or an impossible one, or
            lies on another body than the Earth.
    """
    if dataset.crs is None and dataset.transform.is_identity:
        if dataset.gcps[0]:
            raise InputError(
                "{path} has ground control points but is not rectified. Warp it first (GDAL: Warp projections).",
                path=dataset.name,
            )
        if dataset.rpcs:
            raise InputError(
                "{path} has rational polynomial coefficients (RPC) but is not rectified. Warp it first (GDAL: Warp "
                "projections).",
                path=dataset.name,
            )
        # QGIS shows images without a place with their first row on top, at y = 0.
        return Grid(None, Affine.scale(1, -1), dataset.width, dataset.height)
    if dataset.transform.is_identity:
        raise InputError(
            "{path} has a coordinate reference system, but does not tell where its pixels lie in it (no geotransform). "
            "Georeference it first (Layer > Georeferencer), or take a copy without a coordinate reference system.",
            path=dataset.name,
        )
    refuse_elsewhere(dataset.name, dataset.crs)
    _check_possible(dataset)
    return Grid(dataset.crs, dataset.transform, dataset.width, dataset.height)


def _check_possible(dataset: DatasetReader) -> None:
    """Refuse a geotransform that gives pixels no place, or no size that can be computed with.

    Raises:
        InputError: It has such a one.
    """
    found = dataset.transform
    sides = math.hypot(found.a, found.d), math.hypot(found.b, found.e)
    least = 0.0
    if on_earth(dataset.crs):
        least = SMALLEST_DEG if dataset.crs.is_geographic else SMALLEST
    if not all(map(math.isfinite, found[:6])) or found.is_degenerate or min(sides) < least:
        raise InputError(
            "{path} tells a place and size of its pixels that cannot be (geotransform {numbers}). Georeference it anew "
            "(Layer > Georeferencer).",
            path=dataset.name,
            numbers=", ".join(f"{number:g}" for number in found.to_gdal()),
        )


def mosaic_grid(grids: Sequence[Grid]) -> Grid:
    """The first grid, extended so that it covers all.

    Raises:
        InputError: They do not lie in one world, or so far apart that no mosaic can hold them.
    """
    first = grids[0]
    if any((grid.crs is None) != (first.crs is None) for grid in grids):
        raise InputError("Some inputs have a coordinate reference system and some have none. Assign the missing ones.")
    left, top, right, bottom = 0, 0, first.width, first.height
    inverse = ~first.transform
    for grid in grids[1:]:
        bounds = grid.bounds
        if grid.crs != first.crs:
            within = _without_poles(bounds, grid.crs, first.crs)
            bounds = _onto(grid.crs, first.crs, within, INPUT_POINTS)
            if bounds.left > bounds.right:
                raise InputError(
                    "One of the inputs crosses the 180th meridian, and the first is in degrees, which begin anew "
                    "there. Run them one by one, or warp the first to a projected coordinate system."
                )
        columns, rows = zip(
            *(inverse @ (x, y) for x in (bounds.left, bounds.right) for y in (bounds.bottom, bounds.top))
        )
        left, top = (
            min(left, math.floor(min(columns) + ALIGNED_PX)),
            min(top, math.floor(min(rows) + ALIGNED_PX)),
        )
        right = max(right, math.ceil(max(columns) - ALIGNED_PX))
        bottom = max(bottom, math.ceil(max(rows) - ALIGNED_PX))
    if max(right - left, bottom - top) > LONGEST_PX:
        raise InputError(
            "The inputs lie so far apart that their mosaic would have {width} x {height} pixels. Run them one by one.",
            width=right - left,
            height=bottom - top,
        )
    return Grid(first.crs, first.transform @ Affine.translation(left, top), right - left, bottom - top)


def model_grid(raster: Grid, wants: ModelInput) -> Grid:
    """The grid the model runs on: the raster's own where its pixel size suits the model, else one that does.

    In the same coordinate reference system where that is projected: as many pixels as come nearest to the model's
    size and fill the raster exactly, so that none hangs over its edge. Otherwise in the UTM zone of its centre.

    Raises:
        InputError: That zone does not hold all of the raster.
    """
    if raster.crs is None or not on_earth(raster.crs) or wants.resolution_m is None:
        return raster
    size_x, size_y = pixel_size_m(raster.crs, raster.transform, raster.width, raster.height)
    low, high = wants.resolution_range_m or (wants.resolution_m, wants.resolution_m)
    low, high = low / ALIKE, high * ALIKE
    square = max(size_x, size_y) / min(size_x, size_y) < ALIKE
    if square and low <= size_x <= high and low <= size_y <= high:
        return raster
    if raster.crs.is_projected:
        columns = max(1, round(raster.width * size_x / wants.resolution_m))
        rows = max(1, round(raster.height * size_y / wants.resolution_m))
        return Grid(
            raster.crs, raster.transform @ Affine.scale(raster.width / columns, raster.height / rows), columns, rows
        )
    size = (size_x * size_y) ** 0.5
    crs = local_metric_crs(raster.crs, raster.bounds)
    if not holds(crs, raster.crs, raster.transform, raster.width, raster.height):
        raise InputError(
            "The input is in degrees and reaches so far around the Earth that no flat map in metres, as the model "
            "wants it, holds all of it. Warp it to a projected coordinate system, or cut it into parts."
        )
    transform, columns, rows = calculate_default_transform(
        raster.crs,
        crs,
        raster.width,
        raster.height,
        *raster.bounds,
        resolution=size if low <= size <= high else wants.resolution_m,
    )
    return Grid(crs, transform, columns, rows)


def crs_name(grid: Grid) -> str:
    """A name of the coordinate reference system for people: its code, else the start of its definition."""
    if grid.crs is None:
        return "-"
    epsg = grid.crs.to_epsg()
    return f"EPSG:{epsg}" if epsg else str(grid.crs.to_wkt())[:60]


def window_under(grid: Grid, part: Grid, spare_px: int) -> Window:
    """The window of a grid that lies under another grid, with some pixels to spare on each side.

    Raises:
        InputError: Nothing leads from the system of one to that of the other.
    """
    bounds = part.bounds
    if part.crs != grid.crs:
        bounds = _onto(part.crs, grid.crs, bounds, INPUT_POINTS)
    across_180 = bounds.left > bounds.right
    under = grid.window if across_180 else grid.covering(bounds) or grid.window
    left, top = max(0, under.col_off - spare_px), max(0, under.row_off - spare_px)
    right = min(grid.width, under.col_off + under.width + spare_px)
    bottom = min(grid.height, under.row_off + under.height + spare_px)
    return Window(left, top, right - left, bottom - top)


def window_of(grid: Grid, extent: Extent) -> Window:
    """The window of a grid that an extent covers.

    Raises:
        InputError: The two do not overlap, the extent goes across 180°, or its system is unknown, or has nothing to do
            with that of the grid.
    """
    bounds = BoundingBox(extent.left, extent.bottom, extent.right, extent.top)
    if extent.crs and grid.crs is not None:
        try:
            crs = CRS.from_user_input(extent.crs)
        except CRSError as error:
            raise InputError("The coordinate system of the extent, {crs}, is unknown.", crs=extent.crs) from error
        if crs != grid.crs:
            near = _near(bounds, crs, grid)
            bounds = _onto(crs, grid.crs, near) if near else NOWHERE
            if bounds.left > bounds.right and grid.runs_past_180:
                bounds = bounds._replace(right=bounds.right + 360)
            if bounds.left > bounds.right:
                raise InputError(
                    "The extent crosses the 180th meridian, and the input is in degrees, which begin anew there. "
                    "Choose an extent on one side of it, or warp the input to a projected coordinate system."
                )
    window = under(grid, bounds)
    if window is None:
        raise InputError("The extent lies outside the input. Choose one that overlaps it.")
    return window


def under(grid: Grid, bounds: BoundingBox) -> Window | None:
    """The window under a rectangle, wherever around the earth it is told of; the widest where it is in several parts.

    Parts that meet, as at 180°, are one.
    """
    turns = (-360, 0, 360) if grid.runs_past_180 else (0,)
    moved = [bounds._replace(left=bounds.left + turn, right=bounds.right + turn) for turn in turns]
    parts = sorted(filter(None, map(grid.covering, moved)), key=lambda part: part.col_off)
    joined: list[Window] = []
    for part in parts:
        last = joined[-1] if joined else part
        if joined and part.col_off <= last.col_off + last.width and part.row_off == last.row_off:
            right = max(last.col_off + last.width, part.col_off + part.width)
            joined[-1] = Window(last.col_off, last.row_off, right - last.col_off, last.height)
        else:
            joined.append(part)
    return max(joined, key=lambda part: part.width, default=None)


def _onto(of: CRS, onto: CRS, bounds: BoundingBox, points: int = EDGE_POINTS) -> BoundingBox:
    """A rectangle in another system; left lies right of right where degrees begin anew in it.

    Raises:
        InputError: Nothing leads from one system to the other, as from that of a building site.
    """
    try:
        return BoundingBox(*transform_bounds(of, onto, *bounds, densify_pts=points))
    except NO_PLACE as error:
        raise InputError(
            "Nothing is known that leads from the coordinate reference system {own} to {other}, as nothing does from "
            "that of a building site. Assign the systems that the inputs and EXTENT are in, or give them all in one.",
            own=of.to_string()[:80],
            other=onto.to_string()[:80],
        ) from error


def _near(bounds: BoundingBox, crs: CRS, grid: Grid) -> BoundingBox | None:
    """An extent in a system of its own, cut to the surroundings of a grid; `None` where it lies elsewhere.

    Only the edges of an extent are brought to the grid's system. Those of the world, say, have no sound place in a UTM
    zone, so what is far from the grid is cut off first. Where it is the grid that has no sound place in the extent's
    system, as it would not come back from there, the extent stays as it is.
    """
    left, bottom, right, top = _onto(grid.crs, crs, grid.bounds)
    if left > right:
        right += 360
    aside, above = AROUND * (right - left), AROUND * (top - bottom)
    if crs.is_geographic and right - left + 2 * aside > 360:
        aside = 0  # the grid goes around the world, and begins where it ends
    around = BoundingBox(left - aside, bottom - above, right + aside, top + above)
    if not _contains(_onto(crs, grid.crs, around), grid.bounds):
        return bounds
    turns = (-360, 0, 360) if crs.is_geographic else (0,)  # the same place may be at 200° and at -160°
    sides = [(max(bounds.left + turn, around.left), min(bounds.right + turn, around.right)) for turn in turns]
    sides = [(begin, end) for begin, end in sides if begin < end]
    bottom, top = max(bounds.bottom, around.bottom), min(bounds.top, around.top)
    return BoundingBox(sides[0][0], bottom, sides[-1][1], top) if sides and bottom < top else None


def _contains(bounds: BoundingBox, others: BoundingBox) -> bool:
    """Whether a rectangle contains another."""
    across = bounds.left <= others.left and bounds.right >= others.right
    return bool(across and bounds.bottom <= others.bottom and bounds.top >= others.top)


def _without_poles(bounds: BoundingBox, of: CRS | None, onto: CRS | None) -> BoundingBox:
    """Bounds, cut where they are in degrees and shall lie in a Mercator projection, where the poles are nowhere."""
    if of is None or onto is None or not of.is_geographic or 'PROJECTION["Mercator' not in onto.to_wkt():
        return bounds
    bottom, top = (min(max(degree, -MERCATOR_DEG), MERCATOR_DEG) for degree in (bounds.bottom, bounds.top))
    return BoundingBox(bounds.left, bottom, bounds.right, top)


def _corners(window: Window) -> tuple[tuple[float, float], ...]:
    """(column, row) of the four corners."""
    right, bottom = window.col_off + window.width, window.row_off + window.height
    return (
        (window.col_off, window.row_off),
        (right, window.row_off),
        (right, bottom),
        (window.col_off, bottom),
    )
