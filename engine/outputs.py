"""Turns a finished working raster into the file a user keeps: COG, colours, names, provenance, style."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as Xml  # nosec B405 - XML is written here, never read

import rasterio
import rasterio.shutil
from rasterio._err import CPLE_BaseError  # what `copy` raises where GDAL fails; it is no RasterioError
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError

from .errors import OutputError
from .legend import Legend
from .qml import write_class_style, write_ramp_style


def finish_classes(working: Path, made: Path, legend: Legend, tags: Mapping[str, str]) -> None:
    """Keep a class raster: colour table, class names, provenance, style."""
    with rasterio.open(working, "r+") as dataset:
        dataset.write_colormap(1, {entry.value: (*entry.rgb, 255) for entry in legend.entries})
        dataset.colorinterp = (ColorInterp.palette,)
        dataset.update_tags(**tags)
    _to_cog(working, made, overviews="MODE")
    _write_class_names(made.with_name(made.name + ".aux.xml"), legend)
    write_class_style(made.with_suffix(".qml"), legend)


def finish_measurements(working: Path, made: Path, value_range: tuple[float, float], tags: Mapping[str, str]) -> None:
    """Keep a raster of measurements (confidence, probabilities, regression): provenance and a colour ramp."""
    with rasterio.open(working, "r+") as dataset:
        dataset.update_tags(**tags)
    _to_cog(working, made, overviews="AVERAGE")
    write_ramp_style(made.with_suffix(".qml"), *value_range)


def _to_cog(working: Path, made: Path, overviews: str) -> None:
    """Write a cloud-optimised GeoTIFF and take the working raster away."""
    try:
        rasterio.shutil.copy(
            working,
            made,
            driver="COG",
            compress="ZSTD",
            level=3,
            blocksize=512,
            overview_resampling=overviews,
            num_threads="ALL_CPUS",
            bigtiff="IF_SAFER",
        )
        _read_through(made)
    except (RasterioError, CPLE_BaseError, OSError) as error:
        raise OutputError(
            "{name} could not be written: {reason}. Is the disk full?",
            name=made.name,
            reason=str(error.__cause__ or error),
        ) from error
    working.unlink()


def _read_through(path: Path) -> None:
    """Read the last block of each level: GDAL does not report every write that failed on a full disk."""
    with rasterio.open(path) as dataset:
        levels = len(dataset.overviews(1))
    for level in (None, *range(levels)):
        with rasterio.open(path, **({} if level is None else {"overview_level": level})) as dataset:
            *_, (_, last) = dataset.block_windows(1)
            dataset.read(window=last)


def _write_class_names(path: Path, legend: Legend) -> None:
    """Write the names of the classes where GDAL and QGIS look for them; rasterio cannot."""
    names = {entry.value: entry.name for entry in legend.entries}
    root = Xml.Element("PAMDataset")
    categories = Xml.SubElement(Xml.SubElement(root, "PAMRasterBand", band="1"), "CategoryNames")
    for value in range(max(names) + 1):
        Xml.SubElement(categories, "Category").text = names.get(value, "")
    Xml.indent(root)
    path.write_text(Xml.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
