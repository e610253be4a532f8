"""Finds the pixels of a place: a point, or the points or polygons of a layer, on the model's grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.features import rasterize
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import ALIGNED_PX, Grid
from ..grids.shapes_on_grid import brought_to
from ..grids.sound_shapes import POLYGONS, Unusable, sound_shapes
from ..progress import Progress
from ..requests.explain_prediction import Place

POINTS, MIXED = (0, 4), 7
"""Kinds of geometries, by their number in shapely."""

HAIR_PX = 0.01


@dataclass(frozen=True)
class Location:
    """A place on a grid.

    Args:
        grid: The grid.
        shapes: Points and polygons in its map units.
        core: The window of the grid that holds it.
        numbers: Which feature of the layer each of them is, from 1, `(shapes,)`.
        outside: How many shapes of the layer lie outside the grid, and are not among them.
        unusable: The features of the layer that hold neither points nor polygons that can be used.
    """

    grid: Grid
    shapes: NDArray[np.object_]
    core: Window
    numbers: NDArray[np.int64]
    outside: int = 0
    unusable: Unusable = Unusable()

    @property
    def shapeless(self) -> int:
        """How many features of the layer hold neither points nor polygons that can be used."""
        return self.unusable.total

    @property
    def left_out(self) -> int:
        """How many features of the layer are not among the shapes."""
        return self.outside + self.shapeless

    def each(self) -> tuple[Location, ...]:
        """Every shape of it as a place of its own."""
        shapes = [self.shapes[number : number + 1] for number in range(len(self.shapes))]
        cores = [self.grid.covering(_box(shape, self.grid)) for shape in shapes]
        return tuple(
            Location(self.grid, shape, core, self.numbers[number : number + 1])
            for number, (shape, core) in enumerate(zip(shapes, cores))
            if core is not None
        )

    def mask(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels of a window belong to it, `(rows, cols)`: those under points, and with their centre in polygons.

        Of a polygon that holds no centre, those that it touches.
        """
        size, place = (int(window.height), int(window.width)), self.grid.part(window).transform
        inside = np.zeros(size, bool)
        kinds = shapely.get_type_id(self.shapes)
        for shape in self.shapes[np.isin(kinds, POLYGONS)]:
            held = rasterize([shape], out_shape=size, transform=place, dtype="uint8")
            if not held.any():
                held = rasterize([shape], out_shape=size, transform=place, dtype="uint8", all_touched=True)
            inside |= held.astype(bool)
        points = shapely.get_coordinates(self.shapes[np.isin(kinds, POINTS)])
        inverse = ~place
        for x, y in points:
            column, row = (int(np.floor(value + ALIGNED_PX)) for value in inverse @ (x, y))  # as the core is found
            if 0 <= row < size[0] and 0 <= column < size[1]:
                inside[row, column] = True
        return inside


def find_location(place: Place, grid: Grid, image_crs: CRS | None) -> Location:
    """Find a place on a grid.

    Args:
        place: The place.
        grid: The model's grid.
        image_crs: The reference system of the image, which counts where the place states none.

    Raises:
        InputError: It cannot be read, holds neither points nor polygons, or lies outside.
    """
    shapes, numbers, unusable, crs = _read(place)
    shapes = brought_to(shapes, crs or image_crs, grid)
    image = shapely.box(*grid.bounds)
    is_on_it = shapely.intersects(shapes, image)
    polygons = is_on_it & np.isin(shapely.get_type_id(shapes), (*POLYGONS, MIXED))
    shapes[polygons] = [_areas(shape) for shape in shapely.intersection(shapes[polygons], image)]
    is_on_it[is_on_it] = [_covered(shape, grid) is not None for shape in shapes[is_on_it]]
    shapes = shapes[is_on_it]
    core = grid.covering(_box(shapes, grid)) if len(shapes) else None
    if core is None:
        raise InputError(
            "The place to be explained lies outside the image. Choose one on it, and check the coordinate reference "
            "systems of both."
        )
    return Location(grid, shapes, core, numbers[is_on_it], int((~is_on_it).sum()), unusable)


def tell_of_left_out(location: Location, progress: Progress) -> None:
    """Say which features of the layer are left out."""
    everything = location.left_out + len(location.shapes)
    if location.outside:
        progress.warn(
            "Left out, since they lie outside the image: {count} of {all} places.",
            count=location.outside,
            all=everything,
        )
    if location.shapeless:
        progress.warn(
            "Left out, since they hold neither points nor polygons: {count} of {all} places.",
            count=location.shapeless,
            all=everything,
        )
    if location.unusable.missing:
        progress.warn("Of these places, {count} have no geometry at all.", count=location.unusable.missing)
    if location.unusable.broken:
        progress.warn(
            "Of these places, {count} have a broken geometry (a ring that is open, for example, no area, or a corner "
            "at infinity). Mend or delete them.",
            count=location.unusable.broken,
        )


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry: where one ends on the image's edge, or crosses itself, lines may be left too."""
    if shapely.get_type_id(shape) != MIXED:
        return shape
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), POLYGONS)])


def _covered(shape: shapely.Geometry, grid: Grid) -> Window | None:
    """The window of the grid that holds a shape; `None`: it touches no more than the grid's edge."""
    if shapely.is_empty(shape):
        return None
    return grid.covering(_box(np.array([shape], object), grid))


def _box(shapes: NDArray[np.object_], grid: Grid) -> BoundingBox:
    """The rectangle around shapes; that of points is a hair wider towards later columns and rows.

    A point on the edge of a pixel thus lies in the one that `Location.mask` takes.
    """
    bounds = shapely.bounds(shapes)
    left, bottom, right, top = bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()
    points = bounds[np.isin(shapely.get_type_id(shapes), POINTS)]
    if len(points):
        across, down = grid.transform.a, grid.transform.e
        right = max(right, points[:, 2].max() + max(HAIR_PX * across, 0))
        left = min(left, points[:, 0].min() + min(HAIR_PX * across, 0))
        bottom = min(bottom, points[:, 1].min() + min(HAIR_PX * down, 0))
        top = max(top, points[:, 3].max() + max(HAIR_PX * down, 0))
    return BoundingBox(left, bottom, right, top)


def _read(place: Place) -> tuple[NDArray[np.object_], NDArray[np.int64], Unusable, CRS | None]:
    """The shapes of a place, which features they are, from 1, why others are not among them; their reference system."""
    if place.point is not None:
        try:
            crs = CRS.from_user_input(place.crs) if place.crs else None
        except CRSError as error:
            raise InputError("The coordinate system of the point, {crs}, is unknown.", crs=place.crs) from error
        return np.array([shapely.Point(*place.point)], object), np.ones(1, np.int64), Unusable(), crs
    import pyogrio  # only here, since it takes 136 MB of a worker where pandas is installed
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        meta, _, geometries, _ = pyogrio.raw.read(
            place.layer, layer=place.layer_name or None, columns=[], force_2d=True
        )
    except (DataSourceError, DataLayerError) as error:
        raise InputError("LOCATION {path} cannot be read: {reason}.", path=place.layer, reason=str(error)) from error
    found = sound_shapes(geometries)
    is_some = np.isin(shapely.get_type_id(found.shapes), POINTS + POLYGONS) & found.sound
    unusable = found.unusable(is_some)
    if not is_some.any() and unusable.broken:
        raise InputError(
            "LOCATION is {path}, which holds neither points nor polygons that can be used: {count} of its features "
            "have a broken geometry (a ring that is open, for example, no area, or a corner at infinity). Mend them, "
            "or choose another layer.",
            path=place.layer,
            count=unusable.broken,
        )
    if not is_some.any():
        raise InputError(
            "LOCATION is {path}, which holds neither points nor polygons. Choose another layer.", path=place.layer
        )
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    return found.shapes[is_some], np.nonzero(is_some)[0] + 1, unusable, crs
