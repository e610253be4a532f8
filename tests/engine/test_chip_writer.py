"""Chips keep what is masked, whatever numbers their images use."""

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.chips.chip_writer import write_image
from terraloom.engine.grids.grid import Grid

GRID = Grid(CRS.from_string(toys.UTM), Affine(1, 0, 500_000, 0, -1, 5_000_000), 32, 32)


@pytest.mark.parametrize(
    ("dtype", "nodata", "stored"),
    [("uint8", None, "uint16"), ("uint8", 0, "uint16"), ("int8", None, "int16"), ("uint16", None, "uint16")],
)
def test_what_is_masked_stays_so_where_all_numbers_are_used(tmp_path, dtype, nodata, stored):
    limits = np.iinfo(dtype)
    numbers = np.arange(max(limits.min, -128), min(limits.max, 255) + 1)
    values = np.ma.MaskedArray(np.resize(numbers, (2, 32, 32)).astype(dtype))
    values[:, :4] = np.ma.masked
    write_image(tmp_path / "chip.tif", GRID, values, nodata, ("first", "second"))
    with rasterio.open(tmp_path / "chip.tif") as dataset:
        found = dataset.read(masked=True)
        assert dataset.dtypes == (stored,) * 2
    assert np.array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(values))
    assert np.array_equal(found.compressed(), values.compressed())


@pytest.mark.parametrize("hole_px", [0, 4])
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_values_that_are_nodata_in_another_file_of_the_mosaic_stay_values(tmp_path, dtype, hole_px):
    values = np.ma.MaskedArray(np.resize(np.arange(7), (2, 32, 32)).astype(dtype))
    values[:, :hole_px] = np.ma.masked
    write_image(tmp_path / "chip.tif", GRID, values, 0, ("first", "second"))
    with rasterio.open(tmp_path / "chip.tif") as dataset:
        found = dataset.read(masked=True)
        assert dataset.dtypes == (dtype,) * 2
    assert np.array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(values))
    assert np.array_equal(found.compressed(), values.compressed())
