"""What is nodata, transparent or no class stays so on another grid, and what is none does not become it."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import toys
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError
from terraloom.engine.grids.grid import Grid
from terraloom.engine.images.rasters import Rasters

FINER = Grid(CRS.from_string(toys.UTM), Affine(0.5, 0, 500_000, 0, -0.5, 5_000_000), 128, 128)
"""Of images of 64 x 64 px: where a pixel becomes four."""


def warped(path, *bands):
    with Rasters([str(path)]) as rasters:
        return rasters.on(FINER, bands).read(FINER.window).values


@pytest.mark.parametrize(("nothing", "kind"), [(0, np.uint8), (-9999, np.float32), (np.nan, np.float32)])
def test_nodata_of_one_band_is_not_mixed_into_it_where_another_band_is_known(tmp_path, nothing, kind):
    values = np.full((2, 64, 64), 100, kind)
    values[1, :, :32] = nothing
    found = warped(toys.raster(tmp_path / "in.tif", values, nodata=nothing), 1, 2)
    assert set(np.unique(found.compressed())) == {100}
    mask = np.ma.getmaskarray(found)
    assert not mask[0].any() and mask[1, :, :63].all() and not mask[1, :, 65:].any()


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.int32, np.float32])
@pytest.mark.parametrize("opaque", [1, 255])
def test_an_alpha_band_masks_alike_whatever_its_type_and_numbers(tmp_path, kind, opaque):
    values = np.full((2, 64, 64), 100, kind)
    values[1] = np.where(np.arange(64) < 32, 0, min(opaque, np.iinfo(kind).max if kind != np.float32 else opaque))
    path = toys.raster(tmp_path / "in.tif", values, photometric="MINISBLACK")
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.gray, ColorInterp.alpha)
    mask = np.ma.getmaskarray(warped(path, 1))[0]
    assert mask[:, :63].all() and not mask[:, 65:].any()


@pytest.mark.parametrize("declaring", [1, 2])
def test_a_nodata_value_that_only_some_bands_declare_is_not_guessed_for_others(tmp_path, declaring):
    toys.raster(tmp_path / "in.tif", np.ones((2, 64, 64), np.uint8))
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}">{"<NoDataValue>0</NoDataValue>" if band == declaring else ""}'
        f'<SimpleSource><SourceFilename relativeToVRT="1">in.tif</SourceFilename><SourceBand>{band}</SourceBand>'
        "</SimpleSource></VRTRasterBand>"
        for band in (1, 2)
    )
    Path(tmp_path / "in.vrt").write_text(
        f'<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>{toys.UTM}</SRS>'
        f"<GeoTransform>500000, 1, 0, 5000000, 0, -1</GeoTransform>{bands}</VRTDataset>"
    )
    with pytest.raises(InputError, match="different nodata values"):
        warped(tmp_path / "in.vrt", 2)


@pytest.mark.parametrize(("kind", "nothing"), [(np.int64, -1), (np.uint64, 9), (np.int32, -1), (np.int64, None)])
def test_classes_of_64_bits_keep_their_nodata_on_another_grid(tmp_path, kind, nothing):
    values = np.full((64, 64), 3, kind)
    values[:20] = 3 if nothing is None else nothing
    with ClassRaster(toys.raster(tmp_path / "in.tif", values, nodata=nothing)) as classes:
        found, known = classes.on(FINER).read(FINER.window)
    assert set(np.unique(found[known])) == {3}
    assert known.mean() == (1 if nothing is None else 44 / 64)


@pytest.mark.parametrize("nothing", [0, -9999, np.nan])
def test_a_warped_pixel_is_known_where_the_one_at_its_middle_is(tmp_path, nothing):
    """Each pixel of 3 m holds nine; gaps neither grow nor shrink, and what is known is not darkened by them."""
    coarser = Grid(CRS.from_string(toys.UTM), Affine(3, 0, 500_000, 0, -3, 5_000_000), 10, 10)
    values = np.full((30, 30), 100, np.float32)
    values[4, 4] = values[10, 9] = nothing  # in the middle of a coarse pixel, and at the rim of one
    values[:, 21:24] = nothing  # as wide as one
    source = toys.raster(tmp_path / "in.tif", values, nodata=nothing)
    with Rasters([str(source)]) as rasters:
        found = rasters.on(coarser, (1,)).read(coarser.window).values[0]
    expected = np.zeros((10, 10), bool)
    expected[1, 1] = expected[:, 7] = True
    np.testing.assert_array_equal(np.ma.getmaskarray(found), expected)
    assert set(np.unique(found.compressed())) == {100}


@pytest.mark.parametrize("nothing", [1e20, 0.1, -9999.9, -3.4e38])
def test_nodata_that_32_bits_only_come_near_is_not_mixed_into_the_ground(tmp_path, nothing):
    """Virtual rasters keep it as it was typed."""
    values = np.full((64, 64), 3, np.float32)
    values[:, :32] = nothing
    toys.raster(tmp_path / "in.tif", values, nodata=nothing)
    path = str(tmp_path / "in.vrt")
    Path(path).write_text(
        f'<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>{toys.UTM}</SRS>'
        "<GeoTransform>500000, 1, 0, 5000000, 0, -1</GeoTransform>"
        f'<VRTRasterBand dataType="Float32" band="1"><NoDataValue>{nothing}</NoDataValue>'
        '<SimpleSource><SourceFilename relativeToVRT="1">in.tif</SourceFilename><SourceBand>1</SourceBand>'
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    with rasterio.open(path) as dataset:
        assert dataset.nodata == nothing != np.float64(values[0, 0])
    found = warped(path, 1)
    assert np.ma.getmaskarray(found)[0].mean() == 0.5 and set(np.unique(found.compressed())) == {3}
    with ClassRaster(path) as classes:
        found, known = classes.on(FINER).read(FINER.window)
    assert known.mean() == 0.5 and set(np.unique(found[known])) == {3}


def nothing_in_two_ways(path, kind, nothing, ground=3):
    """A raster of one value, of whose left quarter its nodata value says that it is none, and of the next a mask."""
    values = np.full((64, 64), ground, kind)
    values[:, :16] = nothing
    values[:, 16:32] = 77
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(toys.raster(path, values, nodata=nothing), "r+") as to,
    ):
        to.write_mask(np.where(values == 77, 0, 255).astype(np.uint8))
    return str(path)


@pytest.mark.parametrize(("kind", "nothing"), [(np.uint8, 0), (np.int32, -1), (np.float32, -9999.9), (np.float64, 0.1)])
def test_a_mask_and_nodata_count_both_on_any_grid(tmp_path, kind, nothing):
    path = nothing_in_two_ways(tmp_path / "a & b.tif", kind, nothing)
    with Rasters([path]) as rasters:
        own = rasters.on(rasters.grid, (1,)).read(rasters.grid.window).values
    for found in (own, warped(path, 1)):
        mask = np.ma.getmaskarray(found)[0]
        assert mask[:, : mask.shape[1] // 2].all() and mask.mean() == 0.5
        assert set(np.unique(found.compressed())) == {3}


@pytest.mark.parametrize(
    ("kind", "ground"), [(np.uint8, 3), (np.int32, 2**31 - 2), (np.int64, 2**40 + 1), (np.float32, 3)]
)
def test_of_classes_a_mask_and_nodata_count_both_on_any_grid(tmp_path, kind, ground):
    with ClassRaster(nothing_in_two_ways(tmp_path / "in.tif", kind, 9, ground)) as classes:
        for grid in (classes.grid, FINER):
            found, known = classes.on(grid).read(grid.window)
            assert not known[:, : grid.width // 2].any() and known.mean() == 0.5
            assert set(np.unique(found[known])) == {ground}


def test_a_transparent_colour_is_nothing_and_its_parts_are_something(tmp_path):
    """On either grid: a colour counts as a whole."""
    values = np.full((3, 64, 64), 50, np.uint8)
    values[:, :, :32] = 0
    values[1, :, :16] = 7  # black but for green
    source, made = toys.raster(tmp_path / "in.tif", values), tmp_path / "in.png"
    with rasterio.open(source, "r+") as dataset:
        dataset.update_tags(NODATA_VALUES="0 0 0")
    with rasterio.open(source) as dataset:
        rasterio.shutil.copy(dataset, made, driver="PNG")
    with rasterio.open(made) as dataset:
        assert dataset.nodatavals == (0, 0, 0)
    with Rasters([str(made)]) as rasters:
        own = rasters.on(rasters.grid, (1, 2, 3)).read(rasters.grid.window).values
    for found in (own, warped(made, 1, 2, 3)):
        mask, quarter = np.ma.getmaskarray(found), found.shape[2] // 4
        assert mask[:, :, quarter + 1 : 2 * quarter].all() and mask.mean() == 0.25
        np.testing.assert_array_equal(found[:, 0, 0], (0, 7, 0))
