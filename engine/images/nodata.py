"""Tells what stands for nothing in a file: its nodata value as its pixels hold it, and a mask beside it.

GDAL heeds one of the two alone, reading the mask and warping the nodata value.
"""

from __future__ import annotations

from contextlib import ExitStack
from html import escape

import numpy as np
from rasterio._path import _parse_path
from rasterio.dtypes import _gdal_typename
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.io import DatasetReader, MemoryFile
from rasterio.vrt import WarpedVRT

from .urls import file_name

TOGETHER = {MaskFlags.per_dataset, MaskFlags.nodata}
"""A pixel is nothing only where each band holds its value, as the transparent colour of a PNG: the mask tells it."""


def held_nodata(dataset: DatasetReader | WarpedVRT, band: int) -> float | None:
    """The nodata value of a band as its pixels hold it: a virtual raster may say 0.1, which 32 bits only come near.

    A warp looks for the value itself and does not find it there.
    """
    nodata, dtype = dataset.nodatavals[band - 1], np.dtype(dataset.dtypes[band - 1])
    if nodata is None or TOGETHER <= set(dataset.mask_flag_enums[band - 1]):
        return None
    return float(dtype.type(nodata)) if dtype.kind == "f" else nodata


def nodata_beside_mask(dataset: DatasetReader | WarpedVRT, band: int) -> float | None:
    """The nodata value of a band that has a mask too, so that what GDAL reads is not masked by the value."""
    told = {MaskFlags.all_valid, MaskFlags.nodata, MaskFlags.alpha}
    return None if told & set(dataset.mask_flag_enums[band - 1]) else held_nodata(dataset, band)


def with_mask_as_nodata(dataset: DatasetReader, stack: ExitStack) -> DatasetReader:
    """A dataset whose masked pixels hold its nodata value, as a warp wants it; the same one where it lacks either."""
    if all(nodata_beside_mask(dataset, band) is None for band in dataset.indexes):
        return dataset
    bands = "".join(_masked_band(dataset, band) for band in dataset.indexes)
    document = (
        f'<VRTDataset rasterXSize="{dataset.width}" rasterYSize="{dataset.height}"><GeoTransform>'
        f"{', '.join(map(repr, dataset.transform.to_gdal()))}</GeoTransform>{bands}</VRTDataset>"
    )
    memory = stack.enter_context(MemoryFile(document.encode(), filename=file_name(dataset.name)))
    return stack.enter_context(memory.open(driver="VRT"))


def _masked_band(dataset: DatasetReader, band: int) -> str:
    """A band of a virtual raster that takes over what the mask shows, and holds nodata elsewhere."""
    nodata = held_nodata(dataset, band)
    return (
        f'<VRTRasterBand dataType="{_gdal_typename(dataset.dtypes[band - 1])}" band="{band}">'
        + ("" if nodata is None else f"<NoDataValue>{nodata!r}</NoDataValue>")
        + ("<ColorInterp>Alpha</ColorInterp>" if dataset.colorinterp[band - 1] is ColorInterp.alpha else "")
        + f"<ComplexSource><SourceFilename>{escape(_parse_path(dataset.name).as_vsi(), quote=False)}</SourceFilename>"
        f"<SourceBand>{band}</SourceBand><UseMaskBand>true</UseMaskBand></ComplexSource></VRTRasterBand>"
    )
