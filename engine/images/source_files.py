"""Finds every file that a dataset is read from, and tells one that was changed from one that was not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import rasterio
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..errors import InputError
from ..results.files_behind import file_behind

LISTS = (".vrt", ".gti.gpkg", ".gti.fgb")
"""Endings of files that name others: GDAL lists those that a virtual raster names itself, and none behind them."""

TILE_INDEX, LOCATION = "GTI", "location"
"""GDAL's name for an index of tiles, and the column of it that names them."""


def files_of(dataset: DatasetReader) -> tuple[str, ...]:
    """Every file that a dataset is read from, side files and those behind virtual rasters and tile indexes included."""
    found: dict[str, str] = {}
    _add(dataset, found)
    return tuple(found.values())


def refuse_container(dataset: DatasetReader) -> NoReturn:
    """Say what a file that has no bands of its own holds, if anything.

    Raises:
        InputError: Always.
    """
    if dataset.subdatasets:
        raise InputError(
            "{path} holds several rasters and no bands of its own. Choose one of them: {names}",
            path=dataset.name,
            names=", ".join(dataset.subdatasets),
        )
    raise InputError("{path} holds no bands. Choose another raster.", path=dataset.name)


def stamp(path: str) -> tuple[float, int] | None:
    """Time of change and size of a local file, or of the archive that it lies in; `None` for anything else."""
    found = _on_disk(path)
    if found is None:
        return None
    status = os.stat(found)
    return status.st_mtime, status.st_size


def stamps_of(files: Iterable[str]) -> dict[str, tuple[float, int] | None]:
    """The stamp of each file, but for statistics that QGIS may write beside one at any time: they do not change it."""
    return {name: stamp(name) for name in files if not name.endswith(".aux.xml")}


def check_unchanged(stamps: Mapping[str, tuple[float, int] | None]) -> None:
    """Make sure that files are still those that were opened.

    Args:
        stamps: What `stamps_of` gave then.

    Raises:
        InputError: One was changed or deleted.
    """
    for path, before in stamps.items():
        if stamp(path) != before:
            raise InputError(
                "{path} was changed or deleted while it was being read. The result was discarded; start again.",
                path=path,
            )


def _on_disk(path: str) -> Path | None:
    """A local file, or the archive that it lies in."""
    place = Path(file_behind(path))
    return place if place.is_file() else None


def _add(dataset: DatasetReader, found: dict[str, str]) -> None:
    """Add the files of a dataset to those found, by the shortest form of their path: virtual rasters may go round."""
    named = {os.path.normpath(name): name for name in (*dataset.files, *_tiles(dataset))}
    fresh = {short: name for short, name in named.items() if short not in found}
    found |= fresh
    for name in fresh.values():
        if name.casefold().endswith(LISTS) and name != dataset.name:
            with suppress(RasterioError), rasterio.open(name) as listed:  # a damaged one is told of when it is read
                _add(listed, found)


def _tiles(dataset: DatasetReader) -> list[str]:
    """The rasters that an index of tiles names, beside it where they are there; none of anything else."""
    if dataset.driver != TILE_INDEX:
        return []
    import pyogrio  # only here, since it takes 136 MB of a worker where pandas is installed

    index = dataset.name.removeprefix(f"{TILE_INDEX}:")
    try:
        columns = pyogrio.raw.read(index, columns=[LOCATION], read_geometry=False)[3]
    except pyogrio.errors.DataSourceError:
        return []  # a description of an index, which names it
    names = columns[0] if columns else ()
    beside = Path(index).parent
    return [str(beside / name) if (beside / name).exists() else name for name in names if name]
