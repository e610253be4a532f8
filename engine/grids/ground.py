"""Measures pixels on the ground: map units lie (degrees, Web Mercator), metres on the ellipsoid do not."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio._err import CPLE_AppDefinedError, CPLE_NotSupportedError
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.warp import transform

from ..errors import InputError
from .by_halves import by_halves

SEMI_MAJOR_M = 6378137.0
ECCENTRICITY_2 = 0.00669437999014
"""WGS 84: semi-major axis and square of the first eccentricity."""

M2_PER_HECTARE = 10_000

TRUE = 0.01
"""Projections whose lengths or areas are true within this share are taken at their word."""

PLACES, ROWS = 9, 65
"""Along a row pixels are measured at so many places; to see whether a projection is true, in so many rows."""

PARTS = 1024
"""Areas are counted in whole parts of a usual pixel: in degrees, pixels of other rows have more or fewer."""

NO_PLACE = (CRSError, CPLE_NotSupportedError)
"""What is raised where a system has no place in another, as that of a building site has none on the globe."""

ROWS_AT_ONCE = 1024
"""So many rows are measured at a time: reprojecting takes hundreds of bytes for each place."""


def on_earth(crs: CRS | None) -> bool:
    """Whether a coordinate reference system has a place on Earth; those of building sites and CAD have none."""
    return crs is not None and bool(crs.is_projected or crs.is_geographic)


def refuse_elsewhere(name: str, crs: CRS | None) -> None:
    """Refuse what lies on the Moon or on Mars, or in a system from which nothing else leads to the Earth.

    Raises:
        InputError: It does.
    """
    if crs is None or not on_earth(crs):
        return
    try:
        transform(crs, CRS.from_epsg(4326), [0.0], [0.0])
    except CPLE_AppDefinedError:
        return  # only that point has no place
    except NO_PLACE as error:
        raise InputError(
            "Nothing leads from the coordinate reference system of {name}, {crs}, to a place on Earth, as nothing does "
            "from those of the Moon and Mars. Take a copy in metres without a coordinate reference system, of which a "
            "map unit counts as a metre.",
            name=name,
            crs=crs.to_string()[:80],
        ) from error


def pixel_size_m(crs: CRS, transform_: Affine, width: int, height: int) -> tuple[float, float]:
    """Width and height on the ground, in metres, of the pixel at the middle of a grid.

    Where the projection is true (within 1 %) they are those of the map.
    """
    across, down = _steps_m(crs, transform_, np.array([width / 2]), np.array([height / 2]))
    true = float(np.hypot(*across)[0]), float(np.hypot(*down)[0])
    if crs.is_projected:
        unit_m = crs.linear_units_factor[1]
        planar = math.hypot(transform_.a, transform_.d) * unit_m, math.hypot(transform_.b, transform_.e) * unit_m
        if all(abs(flat / real - 1) < TRUE for flat, real in zip(planar, true)):
            return planar
    return true


@lru_cache(maxsize=1)  # it takes a second for 20,000 rows, and each step of a map asks for it
def pixel_areas_m2(crs: CRS | None, transform_: Affine, width: int, height: int) -> NDArray[np.float64]:
    """Area of a pixel of each row, `(rows,)`, in square metres, the mean of pixels all along the row.

    Where the projection keeps areas (within 1 % everywhere) it is the pixel's area in map units, as a user measures it
    on the map; elsewhere (degrees, Web Mercator) it is the area on the ellipsoid. Without a place on Earth one map unit
    counts as a metre. Single pixels differ from their row's mean where it is very long in a projection that stretches
    it unevenly: by up to a tenth over all of Europe in a conformal one.

    Who asks again for the last grid gets the same array, which is read-only.
    """
    areas = _pixel_areas_m2(crs, transform_, width, height)
    areas.flags.writeable = False
    return areas


def _pixel_areas_m2(crs: CRS | None, transform_: Affine, width: int, height: int) -> NDArray[np.float64]:
    """The same, worked out."""
    planar = np.full(height, abs(transform_.determinant))
    if crs is None or not on_earth(crs):
        return planar
    if crs.is_projected:
        planar *= crs.linear_units_factor[1] ** 2
    true = _true_areas_m2(crs, transform_, _along(width, PLACES), _along(height, min(height, ROWS)))
    measured = np.isfinite(true) & (true > 0)
    keeps_areas = crs.is_projected and bool((np.abs(planar[0] / true[measured] - 1) < TRUE).all())
    if keeps_areas or not measured.any():
        return planar
    alike = not crs.is_projected and transform_.d == 0  # rows are parallels
    columns = _along(width, 1 if alike else PLACES)
    mean = np.empty(height)
    for start in range(0, height, ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, height), dtype=np.float64) + 0.5
        true = _true_areas_m2(crs, transform_, columns, rows)
        measured = np.isfinite(true) & (true > 0)
        sums = np.where(measured, true, 0.0).sum(axis=1)
        mean[start : start + len(rows)] = sums / np.maximum(measured.sum(axis=1), 1)
    return mean


def _along(length: int, places: int) -> NDArray[np.float64]:
    """Places that are spread evenly along a row or a column."""
    return (np.arange(places) + 0.5) * length / places


def _true_areas_m2(
    crs: CRS, transform_: Affine, columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area of a pixel on the ellipsoid at each crossing, `(rows, columns)`; not finite where it has no place there."""
    across, down = _steps_m(crs, transform_, *(axis.ravel() for axis in np.meshgrid(columns, rows)))
    true: NDArray[np.float64] = np.abs(across[0] * down[1] - across[1] * down[0]).reshape(len(rows), len(columns))
    return true


def row_steps_m(
    crs: CRS | None, transform_: Affine, width: int, height: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where one pixel across and one pixel down lead on the ground, for a pixel of each row, along the middle column.

    Where the projection keeps lengths and areas (within 1 % in every row) they are those of the map, as a user measures
    them there; elsewhere (degrees, Web Mercator) those on the ellipsoid. Without a place on Earth one map unit counts
    as a metre.

    Returns:
        The steps across and down, in metres, each `(2, rows)`; only their lengths and the angle between them count.
    """
    unit_m = crs.linear_units_factor[1] if crs is not None and crs.is_projected else 1.0
    planar = tuple(
        np.repeat(np.array([[x], [y]]) * unit_m, height, axis=1)
        for x, y in ((transform_.a, transform_.d), (transform_.b, transform_.e))
    )
    if crs is None or not on_earth(crs):
        return planar[0], planar[1]
    rows = np.arange(height, dtype=np.float64) + 0.5
    true = _steps_m(crs, transform_, np.full(height, width / 2), rows)
    measured = np.isfinite(true[0]).all(axis=0) & np.isfinite(true[1]).all(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        off = [np.abs(np.hypot(*flat) / np.hypot(*real) - 1)[measured] for flat, real in zip(planar, true)]
    keeps_lengths = crs.is_projected and all((each < TRUE).all() for each in off)
    if keeps_lengths or not measured.any():
        return planar[0], planar[1]
    return np.where(measured, true[0], 0.0), np.where(measured, true[1], 0.0)


def steps_m(
    crs: CRS | None, transform_: Affine, columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where one pixel across and one pixel down lead on the ground, in metres to the east and to the north.

    True east and north on the ellipsoid, whatever the map's axes; without a place on Earth those of the map, of which
    one unit counts as a metre.

    Args:
        crs: Coordinate reference system of the grid.
        transform_: From (column, row) to map units.
        columns: Columns of some places, `(places,)`; a pixel's centre lies at its number and a half.
        rows: Their rows.

    Returns:
        The steps across and down, each `(2, places)`: east, north.
    """
    if crs is None or not on_earth(crs):
        ones = np.ones_like(columns)
        return np.stack([transform_.a * ones, transform_.d * ones]), np.stack(
            [transform_.b * ones, transform_.e * ones]
        )
    return _steps_m(crs, transform_, columns, rows)


def in_parts(pixels_m2: NDArray[np.float64], area_m2: float) -> tuple[NDArray[np.int64], int]:
    """How many parts a pixel of each row has, `(rows,)`, and how many an area has that is no smaller than another."""
    part_m2 = float(np.median(pixels_m2)) / PARTS
    return np.maximum(1, np.rint(pixels_m2 / part_m2)).astype(np.int64), int(np.ceil(area_m2 / part_m2 - 1e-3))


def local_metric_crs(crs: CRS, bounds: BoundingBox) -> CRS:
    """The UTM zone (towards the poles: the polar stereographic system) of the centre of a rectangle."""
    xs, ys = [(bounds.left + bounds.right) / 2], [(bounds.bottom + bounds.top) / 2]
    (longitude,), (latitude,) = transform(crs, CRS.from_epsg(4326), xs, ys)
    longitude = (longitude + 180) % 360 - 180
    if abs(latitude) > 84:
        return CRS.from_epsg(5041 if latitude > 0 else 5042)
    zone = min(int((longitude + 180) // 6) + 1, 60)
    return CRS.from_epsg((32600 if latitude >= 0 else 32700) + zone)


def holds(crs: CRS, of: CRS, transform_: Affine, width: int, height: int) -> bool:
    """Whether pixels all over a grid in one system have a place in another."""
    columns, rows = (axis.ravel() for axis in np.meshgrid(_along(width, ROWS), _along(height, ROWS)))
    xs = transform_.a * columns + transform_.b * rows + transform_.c
    ys = transform_.d * columns + transform_.e * rows + transform_.f
    try:
        return bool(np.isfinite(transform(of, crs, xs, ys)).all())
    except CPLE_AppDefinedError:
        return False


def apart_m(crs: CRS, other: CRS, bounds: BoundingBox) -> float:
    """How far from each other the same coordinates lie on the ground in two systems, at most, all over a rectangle.

    0 where they have no place in the first; infinite where they have one there only.
    """
    xs, ys = np.meshgrid(np.linspace(bounds.left, bounds.right, PLACES), np.linspace(bounds.bottom, bounds.top, PLACES))
    places = np.stack([xs.ravel(), ys.ravel()], axis=1)[..., np.newaxis]
    try:
        own = _on_the_globe(crs, places)[..., 0]
    except NO_PLACE:
        return 0.0
    own, places = own[np.isfinite(own).all(axis=1)], places[np.isfinite(own).all(axis=1)]
    if not len(own):
        return 0.0
    try:
        east_deg, north_deg = (_on_the_globe(other, places)[..., 0] - own).T
    except NO_PLACE:
        return math.inf
    east_deg = ((east_deg + 180) % 360 - 180) * np.cos(np.radians(own[:, 1]))
    off_m = np.radians(np.hypot(east_deg, north_deg)) * SEMI_MAJOR_M
    return float(off_m.max()) if np.isfinite(off_m).all() else math.inf


def _steps_m(
    crs: CRS, transform_: Affine, columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ground vectors (east, north) in metres of one pixel across and one pixel down, each `(2, points)`.

    Not a number where a pixel has no place on Earth, as in the corners of a disk.
    """
    ends_c = np.stack([columns - 0.5, columns + 0.5, columns, columns], axis=1)
    ends_r = np.stack([rows, rows, rows - 0.5, rows + 0.5], axis=1)
    xs = transform_.a * ends_c + transform_.b * ends_r + transform_.c
    ys = transform_.d * ends_c + transform_.e * ends_r + transform_.f
    longitude, latitude = _on_the_globe(crs, np.stack([xs, ys], axis=1)).transpose(1, 2, 0)
    left, right, top, bottom = range(4)

    phi = np.radians((latitude[top] + latitude[bottom]) / 2)
    curvature = 1 - ECCENTRICITY_2 * np.sin(phi) ** 2
    east_m = math.pi / 180 * SEMI_MAJOR_M / np.sqrt(curvature) * np.cos(phi)  # metres in a degree of longitude
    north_m = math.pi / 180 * SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / curvature**1.5  # … of latitude

    def vector(start: int, end: int) -> NDArray[np.float64]:
        turn = (longitude[end] - longitude[start] + 180) % 360 - 180  # the short way over the date line
        return np.stack([turn * east_m, (latitude[end] - latitude[start]) * north_m])

    return vector(left, right), vector(top, bottom)


def _on_the_globe(crs: CRS, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes of groups of coordinates, `(groups, 2, each)`; no numbers where one of them has none."""

    def move(some: NDArray[np.float64]) -> NDArray[np.float64]:
        longitude, latitude = transform(crs, CRS.from_epsg(4326), *(axis.ravel() for axis in some.transpose(1, 0, 2)))
        return np.stack([np.reshape(axis, (len(some), -1)) for axis in (longitude, latitude)], axis=1)

    found = by_halves(places, move, lambda some: np.full_like(some, np.nan))
    return np.where(np.isfinite(found).all(axis=(1, 2), keepdims=True), found, np.nan)
