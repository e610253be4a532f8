"""Writes radar images of calm water beside rough ground. Runs in QGIS's Python, whose GDAL it needs."""

import pytest
from osgeo import gdal, osr

DRY_DB, WET_DB = -8.0, -24.0
SIDE_PX = 192


def radar(path, wet_columns, side_px=SIDE_PX):
    """A radar image in decibels, VV and VH, whose first columns are calm water."""
    numpy = pytest.importorskip("numpy")
    rng = numpy.random.default_rng(wet_columns)
    values = numpy.full((side_px, side_px), DRY_DB)
    values[:, :wet_columns] = WET_DB
    values += rng.normal(0, 2, values.shape)
    file = gdal.GetDriverByName("GTiff").Create(str(path), side_px, side_px, 2, gdal.GDT_Float32)
    file.SetGeoTransform((500_000, 10, 0, 5_000_000, 0, -10))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    file.SetProjection(reference.ExportToWkt())
    for number, name in enumerate(("VV", "VH"), start=1):
        file.GetRasterBand(number).WriteArray(values - 6 * (number - 1))
        file.GetRasterBand(number).SetDescription(name)
    return str(path)
