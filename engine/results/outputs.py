"""Turns a finished working raster into the file a user keeps: COG, colours, names, provenance, style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml  # nosec B405 - only what GDAL has just written is read

import numpy as np
import rasterio
import rasterio.shutil
from rasterio._err import CPLE_BaseError  # what `copy` raises where GDAL fails; it is no RasterioError
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError

from ..errors import OutputError
from ..legend import Legend
from .journal import let_go
from .overviews import overviews
from .qml import (
    write_class_style,
    write_date_style,
    write_diverging_style,
    write_hue_style,
    write_picture_style,
    write_ramp_style,
)

STYLE_SAMPLE_PX = 1024
"""The style's range comes from a thinned raster of at most this many rows and columns."""


def finish_classes(
    working: Path, made: Path, legend: Legend, tags: Mapping[str, str], clear: int | None = None
) -> None:
    """Keep a class raster: colour table, class names, provenance, style; see `write_class_style` for `clear`."""
    with rasterio.open(working, "r+") as dataset:
        dataset.write_colormap(1, {entry.value: (*entry.rgb, 255) for entry in legend.entries})
        dataset.colorinterp = (ColorInterp.palette,)
        dataset.update_tags(**tags)
    _to_cog(working, made, "MODE")
    _write_class_names(made.with_name(made.name + ".aux.xml"), legend)
    write_class_style(made.with_suffix(".qml"), legend, clear)


def finish_measurements(
    working: Path, made: Path, value_range: tuple[float, float], tags: Mapping[str, str], shown: int = 1
) -> None:
    """Keep a raster of measurements (confidence, probabilities): provenance, and a colour ramp for the band shown."""
    _keep(working, made, tags)
    write_ramp_style(made.with_suffix(".qml"), *value_range, band=shown)


def finish_residuals(working: Path, made: Path, high: float, tags: Mapping[str, str]) -> None:
    """Keep a raster of residuals: provenance and a colour ramp from 0; overviews show the largest, which are rare."""
    _keep(working, made, tags, "MAX")
    write_ramp_style(made.with_suffix(".qml"), 0.0, high)


def finish_attributions(
    working: Path, made: Path, band: int, high: float, tags: Mapping[str, str], is_signed: bool
) -> None:
    """Keep a raster of attributions: provenance, and one band in colours around 0, which is transparent."""
    _keep(working, made, tags)
    write_diverging_style(made.with_suffix(".qml"), band, high, is_signed)


def finish_directions(working: Path, made: Path, tags: Mapping[str, str]) -> None:
    """Keep a raster of directions of lines, 0–180°: provenance, and directions as hue.

    Overviews take one of the pixels: the mean of 1° and 179° would be 90°.
    """
    _keep(working, made, tags, "NEAREST")
    write_hue_style(made.with_suffix(".qml"))


def finish_dates(working: Path, made: Path, days: Sequence[date], tags: Mapping[str, str]) -> None:
    """Keep a raster of dates as yyyymmdd: provenance, and a colour for each of the dates that there may be."""
    _keep(working, made, tags, "NEAREST")
    write_date_style(made.with_suffix(".qml"), days)


def finish_values(working: Path, made: Path, tags: Mapping[str, str]) -> None:
    """Keep a raster of values of unknown range (regression): provenance and a colour ramp over what is usual."""
    _keep(working, made, tags)
    write_ramp_style(made.with_suffix(".qml"), *_usual_range(made, 1))


def finish_picture(working: Path, made: Path, tags: Mapping[str, str]) -> None:
    """Keep an image (super-resolution): provenance, and its first three bands shown as red, green and blue."""
    _keep(working, made, tags)
    write_picture_style(made.with_suffix(".qml"), [_usual_range(made, band) for band in (1, 2, 3)])


def _keep(working: Path, made: Path, tags: Mapping[str, str], resampling: str = "AVERAGE") -> None:
    """Tag a raster of numbers and write it as it stays; see `_to_cog`."""
    with rasterio.open(working, "r+") as dataset:
        dataset.update_tags(**tags)
    _to_cog(working, made, resampling)


def _usual_range(path: Path, band: int) -> tuple[float, float]:
    """The 2nd and 98th percentile of a band, from an overview."""
    with rasterio.open(path) as dataset:
        shape = tuple(min(size, STYLE_SAMPLE_PX) for size in dataset.shape)
        values = dataset.read(band, out_shape=shape)
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = np.percentile(known, (2, 98))
    return float(low), float(max(high, low + 1e-6))


def _to_cog(working: Path, made: Path, resampling: str) -> None:
    """Write a cloud-optimised GeoTIFF, thinned in one of the ways that `overviews` knows; let the working raster go.

    The COG driver takes the overviews that it finds.
    """
    try:
        with overviews(working, resampling):
            rasterio.shutil.copy(
                working,
                made,
                driver="COG",
                compress="ZSTD",
                level=3,
                blocksize=512,
                overview_resampling=resampling,
                num_threads="ALL_CPUS",
                bigtiff="IF_SAFER",
            )
        _read_through(made)
    except (RasterioError, CPLE_BaseError, OSError) as error:
        raise OutputError(
            "{name} could not be written: {reason}. Is the disk full?",
            name=made.name,
            reason=str(error.__cause__ or error).rstrip("."),
        ) from error
    let_go(working)


def _read_through(path: Path) -> None:
    """Read the last block of each level: GDAL does not report every write that failed on a full disk.

    Nor does reading: where the list of blocks, which is written last, did not arrive, all of them count as empty.

    Raises:
        RasterioError: Something has not arrived.
    """
    with rasterio.open(path) as dataset:
        levels = len(dataset.overviews(1))
    for level in (None, *range(levels)):
        with rasterio.open(path, **({} if level is None else {"overview_level": level})) as dataset:
            blocks = list(dataset.block_windows(1))
            dataset.read(window=blocks[-1][1])
            for (row, column), _ in blocks:
                if dataset.get_tag_item(f"BLOCK_OFFSET_{column}_{row}", "TIFF", bidx=1) is None:
                    raise RasterioError("only a part of it was stored")


def _write_class_names(path: Path, legend: Legend) -> None:
    """Write the names of the classes where GDAL and QGIS look for them; rasterio cannot.

    GDAL may have written there what a GeoTIFF does not hold, such as the system of a rotated pole: that stays.
    """
    names = {entry.value: entry.name for entry in legend.entries}
    root = Xml.parse(path).getroot() if path.exists() else Xml.Element("PAMDataset")  # noqa: S314 # nosec B314
    band = root.find("PAMRasterBand[@band='1']")
    if band is None:
        band = Xml.SubElement(root, "PAMRasterBand", band="1")
    categories = Xml.SubElement(band, "CategoryNames")
    for value in range(max(names) + 1):
        Xml.SubElement(categories, "Category").text = names.get(value, "")
    Xml.indent(root)
    path.write_text(Xml.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
