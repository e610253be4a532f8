"""Writes areas, lines and tables as vector files.

pyogrio is imported where files are written: it takes 136 MB of a worker where pandas is installed, which it loads too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.enums import WktVersion
from rasterio.errors import CRSError

from ..errors import OutputError
from ..grids.ground import apart_m, on_earth
from ..legend import Legend
from ..progress import Progress

if TYPE_CHECKING:
    from ..polygons.tracing import ClassAreas

DRIVERS = {
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".shp": "ESRI Shapefile",
    ".fgb": "FlatGeobuf",
    ".csv": "CSV",
}
"""What can be written, by ending."""

GROWING = ("GPKG", "ESRI Shapefile")
"""Formats to which polygons can be added. Of the others all polygons are held in memory until they are written."""

SHAPEFILE_NAME_BYTES = 10
"""A Shapefile has no longer names of attributes."""

BOUND_TO_CODES = ("GeoJSON", "ESRI Shapefile")
"""Formats that do not tell how a system without a code is brought to WGS 84."""

OFF_M, SURE = 1.0, 90
"""Layers that would lie farther off are refused; how sure GDAL is of the code of what it reads in a Shapefile."""

NO_BEGINNING = "`~!@#$%^&*()+-={}|[]\\:\";'<>?,./"
"""Signs with which GDAL lets no name of a layer in a GeoPackage begin."""

KEPT_PREFIXES, KEPT_NAMES = ("gpkg", "sqlite_"), ("layer_styles", "ogr_empty_table")
"""What GeoPackage, SQLite, QGIS and GDAL keep for tables of their own."""


def write_polygons(
    path: Path,
    batches: Iterable[ClassAreas],
    legend: Legend,
    crs: CRS | None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write areas with the attributes class, name, area_m2 and confidence, in the order in which they come.

    `tags` tell how they were made; see `write_table`.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    driver = _driver(path)
    names = {entry.value: entry.name for entry in legend.entries}
    none = np.zeros(0)
    columns = _columns(none.astype(np.int32), none, none, names)
    outlines = none.astype(object)
    if driver not in GROWING:
        tables = [(columns, outlines), *(_rows(areas, names) for areas in batches)]
        columns = {name: np.concatenate([table[name] for table, _ in tables]) for name in columns}
        write_table(path, columns, np.concatenate([wkb for _, wkb in tables]), crs, tags=tags)
        return
    write_table(path, columns, outlines, crs, tags=tags)
    count = 0
    with _told_as_output_error(path):
        for areas in batches:
            _store(path, *_rows(areas, names), crs, append=True)
            count += len(areas.values)
        _check_stored(path, count, indexed=driver == "GPKG", placed=crs is not None)


def layer_name(path: Path) -> str:
    """What the layer in a file is called: as the file, but for names that a GeoPackage does not take."""
    if path.suffix.lower() != ".gpkg":
        return path.stem
    name = path.stem.lstrip(NO_BEGINNING)
    kept = name.lower().startswith(KEPT_PREFIXES) or name.lower() in KEPT_NAMES
    return f"layer_{name}" if kept or not name else name


def keep_style(path: Path, qml: str) -> None:
    """Keep a layer's style with it: inside a GeoPackage, as QGIS does, beside any other file.

    Inside, it cannot be taken for the style of a raster of the same name.
    """
    if path.suffix.lower() != ".gpkg":
        path.with_suffix(".qml").write_text(qml, encoding="utf-8")
        return
    import pyogrio

    columns = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer_name(path),
        "f_geometry_column": "geom",
        "styleName": "Terraloom",
        "styleQML": qml,
        "styleSLD": "",
        "useAsDefault": True,
        "description": "",
        "owner": "",
        "ui": "",
        "update_time": "2000-01-01T00:00:00Z",  # QGIS wants one; only the times that GDAL notes differ in equal runs
    }
    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=[np.array([value], bool if value is True else object) for value in columns.values()],
        fields=list(columns),
        layer="layer_styles",
        driver="GPKG",
        append=True,
    )


def refuse_losing_crs(crs: CRS | None, bounds: BoundingBox | None, *targets: str | Path) -> None:
    """Refuse files that would not keep a reference system, or so little of it that the layer would lie elsewhere.

    Args:
        crs: The reference system; `None`: there is none to lose.
        bounds: Where the layer lies in it; `None`: how far it would lie elsewhere has been asked before.
        targets: Files of shapes; empty: not wanted.

    Raises:
        OutputError: One of them is such a file.
    """
    if crs is None:
        return
    for target in map(Path, targets):
        driver = DRIVERS.get(target.suffix.lower())
        if driver not in BOUND_TO_CODES:
            continue
        if driver == "GeoJSON" and not crs.to_authority():
            raise OutputError(
                "{name} would lose its coordinate reference system: GeoJSON keeps only systems that have a code, such "
                "as EPSG:32631, and this one has none. Choose a name that ends in .gpkg.",
                name=target.name,
            )
        kept = _kept_crs(crs, driver)
        off_m = math.inf if kept is None else 0.0
        if kept is not None and bounds is not None and on_earth(crs):
            off_m = apart_m(crs, kept, bounds)
        if off_m == math.inf:
            raise OutputError(
                "{name} would lose its coordinate reference system, which its format cannot hold. Choose a name that "
                "ends in .gpkg.",
                name=target.name,
            )
        if off_m > OFF_M:
            raise OutputError(
                "{name} would lie {off} m off, because its format does not hold all of the coordinate reference "
                "system. Choose a name that ends in .gpkg.",
                name=target.name,
                off=f"{off_m:.0f}",
            )


def _kept_crs(crs: CRS, driver: str) -> CRS | None:
    """What is read of a reference system in a file: GeoJSON names it by the likeliest code, or means WGS 84.

    A Shapefile tells it in the words of ESRI, which know no TOWGS84; `None`: they cannot tell it at all.
    """
    if driver == "GeoJSON":
        return CRS.from_user_input(_crs_text(crs, driver))
    try:
        told = CRS.from_wkt(crs.to_wkt(version=WktVersion.WKT1_ESRI))
    except CRSError:
        return None
    code = told.to_authority(confidence_threshold=SURE)
    return CRS.from_user_input(":".join(code)) if code else told


def write_table(
    path: Path,
    columns: Mapping[str, NDArray[Any]],
    outlines: NDArray[np.object_] | None = None,
    crs: CRS | None = None,
    geometry_type: str = "Polygon",
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write a table, with polygons or other shapes of one type (WKB), or without.

    `tags` tell how it was made. They become the layer's metadata in formats that have any: GeoPackage and FlatGeobuf.

    Raises:
        OutputError: The ending is unknown, the file cannot be written, or would lose the reference system.
    """
    if outlines is not None:
        refuse_losing_crs(crs, None, path)
    indexed = _driver(path) == "GPKG" and outlines is not None
    with _told_as_output_error(path):
        _store(path, columns, outlines, crs, append=False, geometry_type=geometry_type, tags=tags)
        _check_stored(path, len(next(iter(columns.values()))), indexed, placed=crs is not None)


def tell_cut_names(path: Path, names: Iterable[str], progress: Progress) -> None:
    """Tell what names of attributes that are too long for the format are called in a file."""
    for name, cut in zip(names, _stored_names(path, names)):
        if cut != name:
            progress.log("The field {name} is called {cut} in a Shapefile, which cuts long names.", name=name, cut=cut)


def _stored_names(path: Path, names: Iterable[str]) -> list[str]:
    """What attributes are called in a file: in a Shapefile their names are cut, between two signs, and each is another.

    GDAL would do so too, but cut signs in half, and then nobody can read the names.
    """
    if _driver(path) != "ESRI Shapefile":
        return list(names)
    stored: list[str] = []
    for name in names:
        cut, number = _cut(name, SHAPEFILE_NAME_BYTES), 0
        while cut.casefold() in map(str.casefold, stored):
            number += 1
            ending = f"_{number}"
            cut = _cut(name, SHAPEFILE_NAME_BYTES - len(ending)) + ending
        stored.append(cut)
    return stored


def _cut(name: str, longest_bytes: int) -> str:
    """The beginning of a name that takes no more bytes."""
    return name.encode()[:longest_bytes].decode(errors="ignore")


def _driver(path: Path) -> str:
    """What writes a file, by its ending.

    Raises:
        OutputError: Nothing does.
    """
    driver = DRIVERS.get(path.suffix.lower())
    if driver is None:
        raise OutputError(
            "{name} has an ending that cannot be written. Choose one of {known}.",
            name=path.name,
            known=", ".join(DRIVERS),
        )
    return driver


@contextmanager
def _told_as_output_error(path: Path) -> Iterator[None]:
    """Turn what goes wrong in writing into a sentence for the user."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise OutputError(
            "{name} could not be written: {reason}. Is the disk full?", name=path.name, reason=str(error).rstrip(".")
        ) from error


def _crs_text(crs: CRS, driver: str) -> str:
    """A reference system as a format wants it: GDAL writes no code that it would have to find first."""
    coded = crs.to_authority() if driver == "GeoJSON" else None
    return ":".join(coded) if coded else str(crs.to_wkt())


def _rows(areas: ClassAreas, names: Mapping[int, str]) -> tuple[dict[str, NDArray[Any]], NDArray[np.object_]]:
    """The attributes of areas, and their outlines (WKB)."""
    return _columns(areas.values, areas.areas_m2, areas.confidences, names), shapely.to_wkb(areas.polygons)


def _columns(
    values: NDArray[np.int32],
    areas_m2: NDArray[np.float64],
    confidences: NDArray[np.float64],
    names: Mapping[int, str],
) -> dict[str, NDArray[Any]]:
    """The attributes of areas."""
    return {
        "class": values,
        "name": np.array([names[value] for value in values.tolist()], object),
        "area_m2": areas_m2,
        "confidence": confidences,
    }


def _store(
    path: Path,
    columns: Mapping[str, NDArray[Any]],
    outlines: NDArray[np.object_] | None,
    crs: CRS | None,
    append: bool,
    geometry_type: str = "Polygon",
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write rows into a new file, or add them to one."""
    import pyogrio

    driver = _driver(path)
    pyogrio.raw.write(
        path,
        geometry=outlines,
        field_data=list(columns.values()),
        fields=_stored_names(path, columns),
        layer=layer_name(path),
        driver=driver,
        geometry_type=None if outlines is None else geometry_type,
        crs=_crs_text(crs, driver) if crs is not None and outlines is not None else None,
        dataset_options={"VERSION": "1.2"} if driver == "GPKG" and not append else None,  # what QGIS 3.22 knows
        layer_options={"CREATE_CSVT": "YES"} if driver == "CSV" else None,  # else QGIS takes numbers for texts
        layer_metadata=dict(tags) if tags else None,
        append=append,
    )


def _check_stored(path: Path, rows: int, indexed: bool, placed: bool) -> None:
    """Make sure that all has arrived: GDAL does not report every write that failed on a full disk.

    Args:
        path: The file.
        rows: How many it was given.
        indexed: Whether it has a spatial index.
        placed: Whether its shapes, where it has such an index, are in a reference system.

    Raises:
        DataSourceError: Rows, the spatial index or the reference system are missing.
    """
    import pyogrio
    from pyogrio.errors import DataSourceError

    found = pyogrio.read_info(path, force_feature_count=True)
    misplaced = indexed and placed and not found["crs"]
    if found["features"] != rows or misplaced or (indexed and not found["capabilities"]["fast_spatial_filter"]):
        raise DataSourceError("only a part of it was stored")
