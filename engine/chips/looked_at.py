"""Looks at raster files once: where each lies, what it holds, and whether those of one input are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import rasterio

from ..errors import InputError
from ..grids.grid import Grid
from ..images.rasters import Rasters

Files = tuple[str, ...]


@dataclass(frozen=True)
class Raster:
    """A raster file that was looked at: where it lies, and what it holds."""

    path: str
    grid: Grid
    band_names: tuple[str, ...]
    dtype: str
    nodata: float | None

    @property
    def placed(self) -> bool:
        """Whether it has a place on earth."""
        return self.grid.crs is not None


def look(files: Files, alike: bool = True) -> list[Raster]:
    """Open each file once.

    Raises:
        InputError: One cannot be read, or has more or fewer bands than the first; of images: the same in another order,
            or colours of a palette.
    """
    found: list[Raster] = []
    for path in files:
        with Rasters([path]) as rasters:
            if alike and rasters.has_palette:
                raise InputError(
                    "{path} holds numbers of palette colours, not measurements. Turn it into red, green and blue bands "
                    "first (GDAL: PCT to RGB).",
                    path=path,
                )
            with rasterio.open(path) as dataset:
                nodata = dataset.nodata if len(set(map(str, dataset.nodatavals))) == 1 else None
                dtype = str(np.result_type(*(dataset.dtypes[band - 1] for band in rasters.bands)))
            found.append(Raster(path, rasters.grid, rasters.band_names, dtype, nodata))
        if _differ(found[0].band_names, found[-1].band_names, alike):
            raise InputError(
                "{path} has the bands {found}, and {first} has {expected}. Rasters of one input must be alike.",
                path=path,
                found=", ".join(found[-1].band_names),
                first=files[0],
                expected=", ".join(found[0].band_names),
            )
    return found


def _differ(first: tuple[str, ...], other: tuple[str, ...], ordered: bool) -> bool:
    """Whether there are more or fewer bands, or the same in another order; names alone may tell of a date."""
    return len(first) != len(other) or (ordered and first != other and sorted(first) == sorted(other))


def check_types(rasters: Sequence[Raster]) -> None:
    """Refuse images of one input that are of several types: their units differ, or one cannot hold the other's nodata.

    Raises:
        InputError: They are.
    """
    first = rasters[0]
    for raster in rasters:
        if raster.dtype != first.dtype:
            raise InputError(
                "{path} holds values of the type {type}, and {first} of {first_type}. Rasters of one input must be "
                "alike: bring them to one unit and one type (GDAL: Translate), or make chips of each by themselves.",
                path=raster.path,
                type=raster.dtype,
                first=first.path,
                first_type=first.dtype,
            )
