"""Chips keep what is masked, whatever numbers their images use."""

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.chips.chip_writer import BandStatistics, write_image
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


def test_a_band_of_one_value_is_constant_whatever_rounding_leaves():
    """The mean of many 0.1 is not 0.1."""
    gathered = BandStatistics(1)
    for side_px in (31, 33, 37):
        gathered.feed(np.ma.MaskedArray(np.full((1, side_px, side_px), 0.1)))
    assert gathered.constant == [0]
    assert gathered.told("image", ("b1",)).std == (1.0,)


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
