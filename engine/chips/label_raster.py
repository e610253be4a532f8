"""Brings labels onto any window of a place: rasters of classes or values, or features burnt into pixels.

Labels are read as codes: of rasters and of number fields the numbers themselves, of text fields the place of the text
in their sorted order. What they become in the chips is settled when all have been seen (`class_coding.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import CRSError
from rasterio.windows import Window

from ..errors import InputError
from ..grids.burning import Burner
from ..grids.grid import Grid, crs_name
from ..grids.shapes_on_grid import brought_to, surroundings
from ..grids.sound_shapes import Unusable, mended, placed, shapes_of, sound_shapes
from ..grids.wide_lines import widened
from ..images.measured import check_measured
from ..images.mosaic_reader import MosaicReader
from ..images.rasters import Rasters
from ..requests.make_training_chips import VectorSource
from .places import Place

NOWHERE = -1
"""What codes become where no feature lies."""

COUNTED = 2**53
"""Whole numbers beyond are no longer told apart as 64-bit floats, which features are burnt as."""

AT_ONCE = 100_000
"""So many features are in memory while those without a shape are counted."""


class RasterLabels:
    """Rasters of labels on the grid of a place. Made by `opened_labels`; where they overlap, the earlier one shows."""

    def __init__(self, readers: Sequence[MosaicReader], bands: int) -> None:
        self._readers = readers
        self._bands = bands

    def values(self, window: Window) -> np.ma.MaskedArray:
        """Labels as they are, `(bands, rows, cols)`, masked where there are none; in a type that holds all rasters."""
        covering = [reader for reader in self._readers if reader.covers(window)] or self._readers[:1]
        first, *others = (reader.read(window).values for reader in covering)
        dtype = np.result_type(*(reader.dtype for reader in self._readers))
        found = np.ma.MaskedArray(first.data.astype(dtype), np.ma.getmaskarray(first))
        for part in others:
            hole = found.mask.all(axis=0)
            found[:, hole] = part[:, hole]
        return found

    def codes(self, window: Window) -> np.ma.MaskedArray:
        """Whole numbers, `(rows, cols)`, masked where there are none.

        Raises:
            InputError: They hold fractions, or colours.
        """
        values = self.values(window)
        if self._bands > 1 and (values[1:] != values[:1]).any():
            raise InputError(
                "The labels have {bands} bands that differ: colours, or measurements. Classes are one band of numbers. "
                "Turn colours into numbers first (GDAL: RGB to PCT), or set TARGET to values.",
                bands=self._bands,
            )
        first = np.ma.MaskedArray(values.data[0], np.ma.getmaskarray(values)[0])
        codes = np.ma.MaskedArray(np.where(first.mask, 0, first.data).astype(np.int64), first.mask)
        if (codes.compressed() != first.compressed()).any():
            raise InputError(
                "The labels hold fractions, for example {found:g}, but classes are whole numbers. Choose another "
                "raster, or set TARGET to values.",
                found=float(first.compressed()[codes.compressed() != first.compressed()][0]),
            )
        return codes


@dataclass(frozen=True)
class Features:
    """Features of one layer on the grid of a place.

    Args:
        grid: The grid.
        shapes: Their outlines in its map units; where they overlap, the last one shows.
        numbers: What each is burnt as.
    """

    grid: Grid
    shapes: NDArray[np.object_]
    numbers: NDArray[np.float64]
    _burner: Burner = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_burner", Burner(self.grid, self.shapes))

    def values(self, window: Window) -> np.ma.MaskedArray:
        """Their numbers, `(1, rows, cols)`; pixels whose centre no feature covers are masked."""
        burnt = self._burn(window, self._burner.near(window))
        return np.ma.MaskedArray(burnt, np.isnan(burnt))[np.newaxis]

    def codes(self, window: Window) -> np.ma.MaskedArray:
        """Their numbers as whole ones, `(rows, cols)`."""
        values = self.values(window)[0]
        return np.ma.MaskedArray(values.filled(0).astype(np.int64), np.ma.getmaskarray(values))

    def contested(self, window: Window) -> NDArray[np.bool_]:
        """Pixels on which features of different numbers lie, `(rows, cols)`, as far as the first and last tell."""
        near = self._burner.near(window)
        if len(np.unique(self.numbers[near])) < 2:
            return np.zeros((int(window.height), int(window.width)), bool)
        last, first = self._burn(window, near), self._burn(window, near[::-1])
        return np.asarray((last != first) & ~np.isnan(last))

    def _burn(self, window: Window, order: NDArray[np.intp]) -> NDArray[np.float64]:
        """Features one after another into `(rows, cols)`; NaN where none lies."""
        return self._burner.burnt(window, order, self.numbers[order], np.nan, "float64")


Labels = RasterLabels | Features


@dataclass(frozen=True)
class Field:
    """A field of a vector layer.

    Args:
        source: Where it is.
        crs: The layer's reference system; `None`: it has none.
        texts: What its numbers stand for; empty: for themselves.
        numbered: The numbers that stand for themselves, where they are classes.
        nameless: Features that have nothing in it.
        width_m: How wide its lines and points are on the ground; 0: one pixel.
    """

    source: VectorSource
    crs: CRS | None
    texts: tuple[str, ...]
    numbered: tuple[int, ...] = ()
    nameless: int = 0
    width_m: float = 0.0

    @property
    def names(self) -> dict[int, str]:
        """What each code is called."""
        return dict(enumerate(self.texts)) or {number: str(number) for number in self.numbered}

    def numbers(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """What features with these attributes are burnt as; NaN: not at all."""
        if not self.texts:
            return values.astype(np.float64)
        places = {text: float(number) for number, text in enumerate(self.texts)}
        return np.array([places.get(_text(value), np.nan) for value in values])


def look_at(source: VectorSource, as_text: bool, parameter: str) -> Field:
    """Find out what a field holds.

    Args:
        source: File, layer and field.
        as_text: Whether numbers count as texts, too.
        parameter: What names the field.

    Raises:
        InputError: The file cannot be read, or has no such field.
    """
    crs, _, values = _read(source, parameter, shapes=False)
    whole, nameless = False, sum(not _text(value) for value in values)
    if np.issubdtype(values.dtype, np.number):
        known = values[np.isfinite(values)]
        whole = bool(((np.mod(known, 1) == 0) & (-COUNTED < known) & (known < COUNTED)).all())
    if whole and not as_text:
        return Field(source, crs, (), tuple(np.unique(known).astype(int).tolist()), nameless)
    return Field(source, crs, tuple(sorted({_text(value) for value in values} - {""})), (), nameless)


def without_shape(source: VectorSource) -> Unusable:
    """How many features of a layer have no geometry, and how many one that is broken.

    Raises:
        InputError: The file cannot be read, or none has one.
    """
    lost, seen = Unusable(), 0
    while True:
        some = dict(columns=[], force_2d=True, skip_features=seen, max_features=AT_ONCE)
        try:
            geometries = pyogrio.raw.read(source.path, layer=source.layer or None, **some)[2]
        except (DataSourceError, DataLayerError) as error:
            raise _unreadable(source, error) from error
        found = sound_shapes(geometries)
        lost, seen = lost + found.unusable(found.sound), seen + len(found.sound)
        if len(found.sound) < AT_ONCE:
            break
    if lost.broken and lost.total == seen:
        raise InputError(
            "The layer {path} has no geometries that can be used: those of {count} features are broken (a ring that is "
            "open, for example, no area, or a corner at infinity). Mend them, or choose another layer.",
            path=source.path,
            count=lost.broken,
        )
    if lost.total == seen:
        raise _without_geometries(source)
    return lost


def has_polygons_only(source: VectorSource) -> bool:
    """Whether a layer says that all its features are polygons."""
    kind = pyogrio.read_info(source.path, layer=source.layer or None)["geometry_type"]
    return str(kind).startswith(("Polygon", "MultiPolygon"))


def look_at_numbers(source: VectorSource) -> Field:
    """The same for a field of measurements.

    Raises:
        InputError: It holds no numbers.
    """
    crs, _, values = _read(source, "CLASS_FIELD", shapes=False)
    if not np.issubdtype(values.dtype, np.number):
        raise InputError(
            "CLASS_FIELD is {field}, which holds texts. With TARGET = values it must be a field of numbers.",
            field=source.field,
        )
    return Field(source, crs, (), (), int(np.count_nonzero(~np.isfinite(values))))


@contextmanager
def opened_labels(place: Place, field: Field | None, values: bool) -> Iterator[Labels]:
    """Open the labels of a place for as long as the context lasts.

    Args:
        place: The place.
        field: What features carry the labels; `None`: rasters.
        values: Whether they are measurements, which are interpolated where they must be brought to another grid;
            classes are taken from the nearest pixel.

    Raises:
        InputError: They cannot be read.
    """
    if field is not None:
        yield features_on(place, field, "CLASS_FIELD")
        return
    with ExitStack() as stack:
        readers: list[MosaicReader] = []
        bands: tuple[int, ...] = ()
        for path in place.labels:
            rasters = stack.enter_context(Rasters([path]))
            if values:
                check_measured(rasters)
            bands = bands or rasters.bands
            loose = rasters.grid.crs is None or place.grid.crs is None
            grid = rasters.grid if loose else place.grid
            if values:  # which whole numbers cannot tell between pixels
                readers.append(rasters.on(grid, bands, "float32"))
            else:
                readers.append(rasters.on(grid, bands, resampling=Resampling.nearest))
        yield RasterLabels(readers, len(bands))


def features_on(place: Place, field: Field, parameter: str, nameless: bool = False) -> Features:
    """The features that lie on a place, in the units of its grid.

    Args:
        place: The place.
        field: What they carry.
        parameter: What names the field.
        nameless: Those that have nothing in it, in place of all others.

    Raises:
        InputError: They cannot be read, or cannot be brought there.
    """
    own, grid = field.crs, place.grid
    around = surroundings(own, grid) if own is not None and grid.crs is not None and not grid.runs_past_180 else None
    _, geometries, values = _read(field.source, parameter, None if around is None or around.is_empty else around.bounds)
    shapes, numbers = shapes_of(geometries), field.numbers(values)
    counting = (np.isfinite(numbers) != nameless) & placed(shapes)
    shapes, numbers = brought_to(mended(shapes[counting]), own, grid), numbers[counting]
    if field.width_m:
        shapes = widened(shapes, grid, field.width_m)
    left = ~shapely.is_empty(shapes)
    return Features(grid, shapes[left], np.where(np.isfinite(numbers[left]), numbers[left], 0.0))


def describe(field: Field | None, place: Place) -> str:
    """Where labels, or without a field the images of a place, lie: reference system and bounds, for people.

    Raises:
        InputError: The labels lie nowhere.
    """
    if field is None:
        name, (left, bottom, right, top) = crs_name(place.grid), place.grid.bounds
    else:
        source, crs = field.source, field.crs
        name = "-" if crs is None else f"EPSG:{crs.to_epsg()}" if crs.to_epsg() else crs.to_wkt()[:60]
        bounds = pyogrio.read_info(source.path, layer=source.layer or None, force_total_bounds=True)["total_bounds"]
        if bounds is None:
            raise _without_geometries(source)
        left, bottom, right, top = bounds
    return f"{name}, {left:.6g} – {right:.6g}, {bottom:.6g} – {top:.6g}"


def _read(
    source: VectorSource,
    parameter: str,
    bbox: tuple[float, float, float, float] | None = None,
    shapes: bool = True,
) -> tuple[CRS | None, NDArray[np.object_], NDArray[Any]]:
    """Reference system of a layer, its geometries (WKB; none if they are not wanted) and the field's values, in order.

    Raises:
        InputError: The file cannot be read, or has no features, no such field, or no geometries that are wanted.
    """
    try:
        meta, fids, geometries, columns = pyogrio.raw.read(
            source.path,
            layer=source.layer or None,
            columns=[source.field],
            force_2d=True,
            bbox=bbox,
            read_geometry=shapes,
            return_fids=True,
        )
        if bbox is None and not len(fids):
            raise InputError("The layer {path} has no features. Choose another one.", path=source.path)
        if not columns:
            known = pyogrio.read_info(source.path, layer=source.layer or None)["fields"]
            raise InputError(
                "{parameter} is {field}, but the layer {path} has no such field. It has {known}.",
                parameter=parameter,
                field=source.field or "-",
                path=source.path,
                known=", ".join(known) or "-",
            )
        crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    except (DataSourceError, DataLayerError, CRSError) as error:
        raise _unreadable(source, error) from error
    if geometries is None and shapes:
        raise _without_geometries(source)
    order = np.argsort(fids, kind="stable")  # an index may give them in any
    return crs, geometries[order] if shapes else geometries, columns[0][order]


def _text(value: Any) -> str:
    """An attribute as a text; empty where there is none."""
    if value is None or value != value:  # NaN, or no time
        return ""
    if isinstance(value, (float, np.floating)) and not np.isfinite(value):
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer() and abs(float(value)) < 2**63:
        return str(int(value))
    return str(value).strip()


def _without_geometries(source: VectorSource) -> InputError:
    return InputError("The layer {path} has no geometries. Choose a layer of features.", path=source.path)


def _unreadable(source: VectorSource, error: Exception) -> InputError:
    return InputError("The layer {path} cannot be read: {reason}.", path=source.path, reason=str(error))
