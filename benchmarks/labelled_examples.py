"""Real labelled sets as somebody would open them in QGIS: rasters, labels, and which algorithms make a map of them.

Sets that come as tables of pixels or as single small images are laid out as rasters first. Where they lie there says
nothing of where they are on earth; what belongs together is dealt to the splits together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import rasterio
from numpy.typing import NDArray
from pyogrio.raw import write as write_features
from rasterio.transform import from_origin
from shapely import points, to_wkb

from .composition_sets import flooded, numbers_of, radar_and_optical
from .forests import with_course, with_neighbourhood

Features = Iterator[tuple[str, NDArray[np.float32]]]

ALONE, MORE = "forest", "forest_with_more"
"""The forests: on the bands alone, and on what can be made of them as well."""

CRS, PIXEL_M = "EPSG:32622", 10.0
"""Of rasters that were laid out."""

IMAGE_PX, SQUARE = 256, 5
"""Side of an image of the flood set, and images along a side of a square of neighbouring numbers."""

SQUARES = 4
"""Squares along a side: 400 of the 624 images."""


@dataclass(frozen=True)
class Example:
    """One labelled set.

    Attributes:
        profile: Grid of the scene: `width`, `height`, `crs`, `transform`.
        chips: Parameters of `maketrainingchips`.
        train: Parameters of `trainmodel`.
        algorithm: What makes the map.
        map: Its inputs and settings.
        features: What the forests see, `(features, rows, cols)`, each with the forest's name.
        thinning: Every how many rows and columns the forests learn, and all maps are assessed.
    """

    profile: Mapping[str, Any]
    chips: Mapping[str, Any]
    train: Mapping[str, Any]
    algorithm: str
    map: Mapping[str, Any]
    features: Callable[[], Features]
    thinning: int = 1


def landsat(data: Path, _: Path) -> Example:
    """A Landsat 7 scene of six bands, and 34 polygons of seven classes."""
    folder = data / "landsat_nc"
    scene = folder / "landsat_multiband.tif"
    with rasterio.open(scene) as dataset:
        image = dataset.read(masked=True)
        profile = {name: dataset.profile[name] for name in ("width", "height", "crs", "transform")}
    means = image.mean(axis=(1, 2))[:, None, None]
    bands = np.where(np.ma.getmaskarray(image), means, image.data).astype(np.float32)
    labels = {"LABELS": folder / "landsat96_polygons.shp", "CLASS_FIELD": "label"}
    cut = {"CHIP_SIZE": 32, "STRIDE": 16, "SPLIT": "spatialblocks", "BLOCK_SIZE": 64}
    return Example(
        profile,
        {"INPUT": scene, **labels, **cut, "VALIDATION_SHARE": 0, "TEST_SHARE": 0.35},
        {"PRESET": "fewlabels"},
        "applymodel",
        {"INPUT": scene, "TEST_TIME_AUGMENTATION": "rotations"},
        lambda: iter(((ALONE, bands), (MORE, with_neighbourhood(bands)))),
    )


def floods(data: Path, folder: Path) -> Example:
    """Optical and radar images before and after floods, two inputs; a block is 25 images of neighbouring numbers."""
    images, labels = _flood_mosaic(data)
    profile = grid_of_pixels(*labels.shape)
    files = {"optical": images[:6], "radar": images[6:]}
    for name, bands in files.items():
        write_bands(folder / f"{name}.tif", bands, profile)
    write_bands(folder / "labels.tif", labels[np.newaxis], profile)
    inputs = {"INPUT": folder / "optical.tif", "INPUT_2": folder / "radar.tif"}
    blocks = {"SPLIT": "spatialblocks", "BLOCK_SIZE": SQUARE * IMAGE_PX}
    names = {"LABELS": folder / "labels.tif", "INPUT_NAMES": "optical,radar"}
    return Example(
        profile,
        {**inputs, **names, "CHIP_SIZE": 128, **blocks, "VALIDATION_SHARE": 0, "TEST_SHARE": 0.35},
        {"PRESET": "fusion", "EPOCHS": 3, "AUGMENT": "strong"},
        "applymodel",
        inputs,
        lambda: iter(((ALONE, images.astype(np.float32)), (MORE, with_neighbourhood(images.astype(np.float32))))),
        thinning=8,
    )


def vegetation_index(data: Path, folder: Path) -> Example:
    """MODIS NDVI of twelve dates at 1218 places in Mato Grosso, four classes; a block is a degree by a degree."""
    return _modis(data, folder, "samples_modis_ndvi")


def savanna(data: Path, folder: Path) -> Example:
    """MODIS NDVI and EVI of 23 dates at 746 places, Cerrado or pasture; a block is a degree by a degree."""
    return _modis(data, folder, "cerrado_2classes")


def cropland(data: Path, folder: Path) -> Example:
    """Sentinel-1 and Sentinel-2 of twelve months at 500 places on earth: annual cropland or not."""
    table = pandas.read_parquet(data / "worldcereal" / "worldcereal_testdf.parquet")
    names = [name.split("-ts0-")[0] for name in table.columns if "-ts0-" in name and name.startswith(("OPT", "SAR"))]
    of_dates = [
        [table[next(column for column in table.columns if column.startswith(f"{name}-ts{month}-"))] for name in names]
        for month in range(12)
    ]
    values = np.array(of_dates, np.float32).transpose(2, 0, 1)  # (samples, months, bands)
    values[values == 65535] = np.nan
    radar = [number for number, name in enumerate(names) if name.startswith("SAR")]
    values[:, :, radar] = 20 * np.log10(np.maximum(values[:, :, radar], 1)) - 83  # dB, as the set is scaled
    known = ~np.isnan(values).all(axis=(1, 2))
    labels = np.where(table["LANDCOVER_LABEL"] == 11, "annual cropland", "other")
    months = [date(2018, month, 15) for month in range(1, 13)]
    cells = _cells(table["lon"].to_numpy(), table["lat"].to_numpy(), 2.0)
    return _samples(folder, values[known], labels[known], cells[known], months)


EXAMPLES: Mapping[str, Callable[[Path, Path], Example]] = {
    "landsat": landsat,
    "floods": floods,
    "vegetation-index": vegetation_index,
    "savanna": savanna,
    "cropland": cropland,
}


def _flood_mosaic(data: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Optical before and after and radar before and after, `(8, rows, cols)`, and labels: squares of 25 images."""
    side = SQUARES * SQUARE * IMAGE_PX
    images, labels = np.zeros((8, side, side), np.uint8), np.zeros((side, side), np.uint8)
    masks = flooded(data, "train")
    for number, name in enumerate(numbers_of(data, "train")[: (SQUARES * SQUARE) ** 2]):
        square, within = divmod(number, SQUARE**2)
        row, column = (
            (outer * SQUARE + inner) * IMAGE_PX
            for outer, inner in zip(divmod(square, SQUARES), divmod(within, SQUARE), strict=True)
        )
        here = slice(row, row + IMAGE_PX), slice(column, column + IMAGE_PX)
        before, after = (radar_and_optical(data, "train", date, name) for date in ("before", "after"))
        images[:, here[0], here[1]] = np.concatenate((before[1:], after[1:], before[:1], after[:1]))
        labels[here] = masks[number]
    return images, labels


def _modis(data: Path, folder: Path, name: str) -> Example:
    """A table of MODIS series with labels and places."""
    table = np.load(data / "sits_modis" / f"{name}.npz", allow_pickle=False)
    days = [date(1970, 1, 1) + timedelta(days=int(float(day))) for day in table["dates_first"]]
    return _samples(folder, table["x"], table["label"], _cells(table["lon"], table["lat"], 1.0), days)


def _samples(
    folder: Path, values: NDArray[np.float32], labels: NDArray[Any], cells: NDArray[Any], days: Sequence[date]
) -> Example:
    """Pixels of many places `(samples, dates, bands)` side by side; whole cells are dealt to the splits."""
    order = np.argsort(cells, kind="stable")
    side = int(np.ceil(len(order) ** 0.5))
    profile = grid_of_pixels(side, side)
    image = np.full((*values.shape[1:], side * side), np.nan, np.float32)
    image[..., : len(order)] = values[order].transpose(1, 2, 0)
    image = image.reshape(*values.shape[1:], side, side)
    files = [folder / f"{day.isoformat()}.tif" for day in days]
    for path, bands in zip(files, image, strict=True):
        write_bands(path, bands, profile, np.nan)
    rows, columns = np.divmod(np.arange(len(order)), side)
    places = points(profile["transform"].c + (columns + 0.5) * PIXEL_M, profile["transform"].f - (rows + 0.5) * PIXEL_M)
    samples = folder / "samples.gpkg"
    columns_of = [labels[order].astype(object), cells[order].astype(object)]
    write_features(
        samples, to_wkb(places), columns_of, ["class", "cell"], geometry_type="Point", crs=CRS, driver="GPKG"
    )
    series = {"SERIES": [str(path) for path in files]}
    split = {"SPLIT": "field", "SPLIT_FIELD": "cell", "VALIDATION_SHARE": 0, "TEST_SHARE": 0.35}
    filled = np.where(np.isnan(image), np.nanmean(image, axis=(0, 2, 3))[None, :, None, None], image)
    return Example(
        profile,
        {**series, "LABELS": samples, "CLASS_FIELD": "class", "CHIP_SIZE": 8, **split},
        {"PRESET": "timeseries"},
        "classifytimeseries",
        series,
        lambda: iter(((ALONE, filled.reshape(-1, side, side)), (MORE, with_course(filled)))),
    )


def _cells(longitudes: NDArray[np.float64], latitudes: NDArray[np.float64], degrees: float) -> NDArray[Any]:
    """The name of the cell that each place lies in."""
    across, up = (np.floor(values / degrees).astype(int) for values in (longitudes, latitudes))
    return np.array([f"{column} {row}" for column, row in zip(across, up, strict=True)])


def grid_of_pixels(rows: int, columns: int) -> dict[str, Any]:
    """A grid for pixels that were laid out, somewhere."""
    return {
        "width": columns,
        "height": rows,
        "crs": CRS,
        "transform": from_origin(300_000, 9_000_000, PIXEL_M, PIXEL_M),
    }


def write_bands(path: Path, bands: NDArray[Any], profile: Mapping[str, Any], nodata: float | None = None) -> None:
    """A raster of some bands `(bands, rows, cols)`."""
    shape = {"count": len(bands), "dtype": bands.dtype.name, "nodata": nodata}
    with rasterio.open(path, "w", driver="GTiff", compress="deflate", tiled=True, **shape, **profile) as dataset:
        dataset.write(bands)
