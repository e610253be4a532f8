"""Bands, masks and mosaics: what reaches the network."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import toys
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.rpc import RPC
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError
from terraloom.engine.grids.grid import Grid, window_of
from terraloom.engine.images import rasters as rasters_module
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.network_run import Extent
from terraloom.engine.values.bands import choose_bands

RGB = ModelInput("image", tuple(Band(name, 100, 50) for name in ("red", "green", "blue")), (0, 255))


def test_bands_are_found_by_colour_whatever_their_order(tmp_path):
    path = toys.raster(tmp_path / "bgr.tif", np.ones((4, 3, 3), np.uint8))
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.blue, ColorInterp.green, ColorInterp.red, ColorInterp.undefined)
    with Rasters([path]) as rasters:
        assert choose_bands(rasters, RGB, ()) == (3, 2, 1)
        assert choose_bands(rasters, RGB, parse_bands("red=4")) == (4, 2, 1)


def test_bands_are_found_by_description(tmp_path):
    path = toys.raster(tmp_path / "named.tif", np.ones((4, 3, 3), np.uint16))
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("NIR", "Red", "Green", "Blue")
    with Rasters([path]) as rasters:
        assert choose_bands(rasters, RGB, ()) == (2, 3, 4)


def test_four_nameless_bands_are_not_guessed(tmp_path):
    path = toys.raster(tmp_path / "four.tif", np.ones((4, 3, 3), np.uint16), photometric="MINISBLACK")
    with Rasters([path]) as rasters, pytest.raises(InputError, match="red=1;green=2;blue=3"):
        choose_bands(rasters, RGB, ())


def test_palettes_and_complex_numbers_are_refused(tmp_path):
    path = toys.raster(tmp_path / "palette.tif", np.ones((3, 3), np.uint8))
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {1: (255, 0, 0, 255)})
    with Rasters([path]) as rasters, pytest.raises(InputError, match="palette"):
        choose_bands(rasters, RGB, ())
    with pytest.raises(InputError, match="complex"):
        Rasters([toys.raster(tmp_path / "sar.tif", np.ones((3, 3), np.complex64))])


@pytest.mark.parametrize("several", [False, True])
def test_a_sample_comes_from_all_over_a_raster_and_needs_few_blocks(tmp_path, several):
    rows, columns = np.mgrid[0:1600, 0:2000] // 512
    blocks = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}
    path = toys.raster(tmp_path / "in.tif", (4 * rows + columns).astype(np.uint8), **blocks)
    with Rasters([path, path] if several else [path]) as rasters:
        windows = rasters.sample((1,)).reshape(-1, 256 * 256)
    places = [5, 5] if several else [0, 1, 3, 4, 5, 7, 8, 9, 11]
    np.testing.assert_array_equal(windows, np.repeat(places, 256 * 256).reshape(-1, 256 * 256))


def test_a_sample_of_a_file_that_shows_nothing_at_its_windows_comes_from_what_it_shows(tmp_path):
    values = np.zeros((1, 1000, 1000), np.float32)
    values[:, 300:340, 300:340] = 7
    with Rasters([toys.raster(tmp_path / "a.tif", values, nodata=0)]) as rasters:
        found = rasters.sample((1,))
    assert found.shape[1] > 50 and (found == 7).all()


def test_a_sample_of_many_files_is_no_larger_than_that_of_one(tmp_path):
    path = toys.raster(tmp_path / "in.tif", np.ones((400, 300), np.uint8))
    for count in (1, 9, 10, 200):
        with Rasters([path] * count) as rasters:
            pixels = rasters.sample((1,)).shape[1]
        assert 0.9 * 9 * 256**2 < pixels <= 9 * 256**2


def test_a_sample_of_blocks_that_are_smaller_begins_with_one(tmp_path):
    rows, columns = np.mgrid[0:600, 0:700] // 64
    blocks = {"tiled": True, "blockxsize": 64, "blockysize": 64}
    with Rasters([toys.raster(tmp_path / "in.tif", (16 * rows + columns).astype(np.uint8), **blocks)]) as rasters:
        windows = rasters.sample((1,)).reshape(9, -1)
    assert [len(np.unique(window)) for window in windows] == [16] * 9


@pytest.mark.parametrize("warp", [False, True])
def test_a_mask_of_the_file_is_heeded(tmp_path, warp):
    path = toys.raster(tmp_path / "masked.tif", np.full((40, 40), 9, np.uint8))
    mask = np.full((40, 40), 255, np.uint8)
    mask[:, :15] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(mask)
    with Rasters([path]) as rasters:
        grid = rasters.grid
        if warp:
            grid = Grid(grid.crs, grid.transform @ Affine.scale(0.5), 80, 80)
        chunk = rasters.on(grid, (1,)).read(grid.window)
    edge = 30 if warp else 15
    assert not chunk.valid[:, : edge - 1].any()
    assert chunk.valid[:, edge + 1 :].all()


def test_warping_marks_what_lies_outside(tmp_path):
    path = toys.raster(tmp_path / "in.tif", np.full((30, 30), 9, np.uint8))
    with Rasters([path]) as rasters:
        wide = Grid(rasters.grid.crs, Affine(0.7, 0, 499_990, 0, -0.7, 5_000_010), 80, 80)
        chunk = rasters.on(wide, (1,)).read(wide.window)
    columns = 499_990 + 0.7 * (np.arange(80) + 0.5)
    rows = 5_000_010 - 0.7 * (np.arange(80) + 0.5)
    inside = np.outer((rows < 5_000_000) & (rows > 4_999_970), (columns > 500_000) & (columns < 500_030))
    np.testing.assert_array_equal(chunk.valid, inside)


def test_files_of_other_systems_join_one_mosaic(tmp_path):
    one = toys.raster(tmp_path / "one.tif", np.full((50, 50), 1, np.float32))
    degree = 1 / 111_320
    two = toys.raster(
        tmp_path / "two.tif", np.full((60, 90), 2, np.float32), crs="EPSG:4326",
        transform=Affine(degree / 0.7, 0, 3.0, 0, -degree, 45.1536),
    )  # fmt: skip
    with Rasters([one, two]) as rasters:
        assert rasters.grid.crs == CRS.from_epsg(32631)
        assert rasters.grid.width > 50
        values = rasters.on(rasters.grid, (1,)).read(rasters.grid.window).values
    assert set(np.unique(values.compressed().round(3))) == {1.0, 2.0}


def test_files_that_contradict_each_other_make_no_mosaic(tmp_path):
    rgb = toys.raster(tmp_path / "rgb.tif", np.ones((3, 4, 4), np.uint8), photometric="RGB")
    bgr = toys.raster(tmp_path / "bgr.tif", np.ones((3, 4, 4), np.uint8), photometric="RGB")
    with rasterio.open(bgr, "r+") as dataset:
        dataset.colorinterp = (ColorInterp.blue, ColorInterp.green, ColorInterp.red)
    deep = toys.raster(tmp_path / "deep.tif", np.ones((3, 4, 4), np.uint16), photometric="RGB")
    with pytest.raises(InputError, match="1: blue, 2: green, 3: red .*1: red"):
        Rasters([rgb, bgr])
    with pytest.raises(InputError, match="uint16.*uint8"):
        Rasters([rgb, deep])


def test_names_that_differ_otherwise_are_no_contradiction(tmp_path):
    paths = []
    for day in ("20240101", "20240201"):
        paths.append(toys.raster(tmp_path / f"{day}.tif", np.ones((2, 4, 4), np.uint8)))
        with rasterio.open(paths[-1], "r+") as dataset:
            dataset.descriptions = (f"{day}_r", f"{day}_g")
    with Rasters(paths) as rasters:
        assert rasters.bands == (1, 2)


def test_a_palette_in_any_file_is_noticed(tmp_path):
    grey = toys.raster(tmp_path / "grey.tif", np.ones((3, 3), np.uint8))
    palette = toys.raster(tmp_path / "palette.tif", np.ones((3, 3), np.uint8))
    with rasterio.open(palette, "r+") as dataset:
        dataset.write_colormap(1, {1: (255, 0, 0, 255)})
    with Rasters([grey, palette]) as rasters:
        assert rasters.has_palette


def test_what_a_warp_would_falsify_is_refused(tmp_path):
    path = toys.raster(tmp_path / "in.tif", np.ones((9, 9), np.int64))
    with Rasters([path]) as rasters:
        finer = Grid(rasters.grid.crs, rasters.grid.transform @ Affine.scale(0.5), 18, 18)
        assert rasters.on(rasters.grid, (1,)).read(rasters.grid.window).valid.all()
        with pytest.raises(InputError, match="64-bit"):
            rasters.on(finer, (1,))


def test_different_nodata_values_of_bands_are_refused_with_advice_that_helps(tmp_path):
    """Translating keeps both values, warping gives all bands one."""
    values = np.full((2, 8, 8), 5, np.uint8)
    values[0, :2], values[1, 4:] = 0, 255
    virtual = tmp_path / "in.vrt"
    rasterio.shutil.copy(toys.raster(tmp_path / "in.tif", values), virtual, driver="VRT")
    text = virtual.read_text()
    for band, value in ((1, 0), (2, 255)):
        start = text.index(">", text.index(f'band="{band}"')) + 1
        text = f"{text[:start]}<NoDataValue>{value}</NoDataValue>{text[start:]}"
    virtual.write_text(text)
    with Rasters([str(virtual)]) as rasters:
        finer = Grid(rasters.grid.crs, rasters.grid.transform @ Affine.scale(0.5), 16, 16)
        with pytest.raises(InputError, match=r"different nodata values .*GDAL: Warp"):
            rasters.on(finer, (1, 2))


def test_bands_that_are_nan_where_there_is_nothing_can_be_warped(tmp_path):
    values = np.full((2, 40, 40), 5, np.float32)
    values[:, :20] = np.nan
    path = toys.raster(tmp_path / "radar.tif", values, nodata=np.nan)
    with Rasters([path]) as rasters:
        shifted = Grid(rasters.grid.crs, rasters.grid.transform @ Affine.translation(0.5, 0.5), 39, 39)
        chunk = rasters.on(shifted, (1,)).read(shifted.window)
    assert not chunk.valid[:18].any() and chunk.valid[21:].all()


def test_every_file_behind_a_virtual_raster_is_known(tmp_path):
    path = toys.raster(tmp_path / "in.tif", np.ones((9, 9), np.uint8))
    virtual = tmp_path / "in.vrt"
    rasterio.shutil.copy(path, virtual, driver="VRT")
    with Rasters([str(virtual)]) as rasters:
        assert {str(virtual), path} <= set(rasters.files)


def test_a_raster_without_a_place_is_not_brought_to_one(tmp_path):
    loose = toys.raster(tmp_path / "loose.tif", np.ones((8, 8), np.uint8), crs=None)
    fixed = toys.raster(tmp_path / "fixed.tif", np.ones((8, 8), np.uint8), pixel=3.0)
    with Rasters([loose]) as first, Rasters([fixed]) as second:
        for rasters, grid in ((first, second.grid), (second, first.grid)):
            with pytest.raises(InputError, match="the other has none. Assign the missing one"):
                rasters.on(grid, (1,))


def test_an_extent_without_a_place_in_the_images_system_lies_outside(tmp_path):
    path = toys.raster(tmp_path / "utm.tif", np.ones((8, 8), np.uint8))
    with Rasters([path]) as rasters, pytest.raises(InputError, match="lies outside the input"):
        window_of(rasters.grid, Extent(400010, 2779900, 400050, 2779980, "EPSG:4326"))


def test_colours_that_are_but_shown_do_not_contradict_the_order(tmp_path):
    wants = ModelInput("image", tuple(Band(name, 100, 50) for name in ("swir", "nir", "red")), (0, 255))
    path = toys.raster(tmp_path / "b.tif", np.ones((3, 3, 3), np.uint8), photometric="RGB")
    with Rasters([path]) as rasters:
        assert rasters.band_names == ("red", "green", "blue")
        assert choose_bands(rasters, wants, ()) == (1, 2, 3)


def test_names_at_other_places_are_not_overruled_by_the_order(tmp_path):
    wants = ModelInput("image", tuple(Band(name, 100, 50) for name in ("red", "green", "blue", "nir")), (0, 255))
    path = toys.raster(tmp_path / "b.tif", np.ones((4, 3, 3), np.uint16))
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("blue", "green", "red", "b08")
    with Rasters([path]) as rasters:
        assert choose_bands(rasters, wants, ()) == (3, 2, 1, 4), "what is left is the one without a name"
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("b02", "green", "red", "b08")
    with Rasters([path]) as rasters, pytest.raises(InputError, match=r"BANDS = red=3;green=2;blue=\?;nir=\?$"):
        choose_bands(rasters, wants, ())
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("red", "green", "b02", "b08")
    with Rasters([path]) as rasters:
        assert choose_bands(rasters, wants, ()) == (1, 2, 3, 4), "the names that are known bear the order out"


def test_bands_of_several_types_are_read_together(tmp_path):
    whole = toys.raster(tmp_path / "whole.tif", np.arange(64, dtype=np.uint16).reshape(8, 8))
    broken = toys.raster(tmp_path / "broken.tif", np.linspace(-1, 1, 64, dtype=np.float32).reshape(8, 8))
    with rasterio.open(whole) as first, rasterio.open(broken) as second:
        expected = np.stack([first.read(1), second.read(1)])
    virtual = str(tmp_path / "both.vrt")
    bands = "".join(
        f'<VRTRasterBand dataType="{kind}" band="{number}"><SimpleSource><SourceFilename relativeToVRT="1">{name}'
        "</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
        for number, (kind, name) in enumerate((("UInt16", "whole.tif"), ("Float32", "broken.tif")), start=1)
    )
    with rasterio.open(whole) as dataset:
        place = ", ".join(map(str, dataset.transform.to_gdal()))
    Path(virtual).write_text(
        f'<VRTDataset rasterXSize="8" rasterYSize="8"><SRS>{toys.UTM}</SRS><GeoTransform>{place}</GeoTransform>{bands}'
        "</VRTDataset>"
    )
    with Rasters([virtual]) as rasters:
        assert np.allclose(rasters.on(rasters.grid, (1, 2)).read(rasters.grid.window).values, expected)
        assert rasters.sample((1, 2))[:, :64] == pytest.approx(expected.reshape(2, 64))
        finer = replace(rasters.grid, transform=rasters.grid.transform @ Affine.scale(0.5), width=16, height=16)
        doubled = rasters.on(finer, (1, 2), resampling=Resampling.nearest).read(finer.window).values
    assert np.allclose(doubled[:, ::2, ::2], expected)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(
    ("crs", "count", "words"), [(toys.UTM, 1, "no geotransform.*Georeference"), (None, 2, "one by")]
)
def test_images_without_a_place_are_refused_where_they_need_one(tmp_path, crs, count, words):
    paths = [
        toys.raster(tmp_path / f"{number}.tif", np.ones((8, 8), np.uint8), crs=crs, transform=Affine.identity())
        for number in range(count)
    ]
    with pytest.raises(InputError, match=words):
        Rasters(paths)


@pytest.mark.parametrize(
    ("transform", "crs"),
    [
        (Affine(1, 0, np.nan, 0, -1, 5e6), toys.UTM),
        (Affine(1, 0, np.nan, 0, -1, 5e6), None),
        (Affine(np.nan, 0, 5e5, 0, -1, 5e6), toys.UTM),
        (Affine(1, 0, np.inf, 0, -1, 5e6), toys.UTM),
        (Affine(0, 0, 5e5, 0, 0, 5e6), toys.UTM),
        (Affine(1e-9, 0, 5e5, 0, -1e-9, 5e6), toys.UTM),
        (Affine(1e-9, 0, 0, 0, -1e-9, 0), toys.UTM),
        (Affine(1e-14, 0, 3, 0, -1e-14, 50), "EPSG:4326"),
    ],
)
def test_pixels_of_an_impossible_place_or_size_are_refused(tmp_path, transform, crs):
    good = toys.raster(tmp_path / "good.tif", np.ones((8, 8), np.uint8), crs=crs)
    path = toys.raster(tmp_path / "odd.tif", np.ones((8, 8), np.uint8), crs=crs, transform=transform)
    for paths in ([path], [good, path]):
        with pytest.raises(InputError, match="odd.tif tells a place and size of its pixels that cannot be"):
            Rasters(paths)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_an_image_that_only_rpcs_place_is_to_be_warped_first(tmp_path):
    path = toys.raster(tmp_path / "raw.tif", np.ones((8, 8), np.uint8), crs=None, transform=Affine.identity())
    one = [1.0] + [0.0] * 19
    named = {f"{axis}_{part}": 1.0 for axis in ("height", "lat", "line", "long", "samp") for part in ("off", "scale")}
    with rasterio.open(path, "r+") as dataset:
        dataset.rpcs = RPC(**named, line_num_coeff=one, line_den_coeff=one, samp_num_coeff=one, samp_den_coeff=one)
    with pytest.raises(InputError, match=r"\(RPC\) but is not rectified. Warp it first"):
        Rasters([path])


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_of_a_file_with_several_rasters_one_is_to_be_chosen(tmp_path):
    path = tmp_path / "several.gpkg"
    place = {"crs": toys.UTM, "transform": Affine(1, 0, 500_000, 0, -1, 5_000_000), "dtype": "uint8"}
    for table, more in (("summer", {}), ("winter", {"APPEND_SUBDATASET": "YES"})):
        with rasterio.open(path, "w", "GPKG", 8, 8, 1, **place, RASTER_TABLE=table, **more) as dataset:
            dataset.write(np.ones((1, 8, 8), np.uint8))
    with pytest.raises(InputError, match=r"several rasters.* one of them: GPKG:.*:summer, GPKG:.*:winter") as found:
        Rasters([str(path)])
    with pytest.raises(InputError, match=r"several rasters.* one of them: GPKG:.*:summer, GPKG:.*:winter"):
        ClassRaster(str(path))
    with Rasters([str(found.value).rpartition(", ")[2]]) as winter:
        assert (winter.grid.width, winter.grid.height) == (8, 8)


def test_a_file_of_which_nothing_shows_is_known(tmp_path):
    large = toys.raster(tmp_path / "large.tif", np.ones((8, 8), np.uint8))
    small = toys.raster(tmp_path / "small.tif", np.ones((3, 3), np.uint8), pixel=2.0)
    holed = toys.raster(tmp_path / "holed.tif", np.ones((8, 8), np.uint8), nodata=0)
    floats = [toys.raster(tmp_path / f"{n}.tif", np.ones((8, 8), np.float32)) for n in range(2)]
    for paths, hidden in (
        ((large, small), (small,)),
        ((small, large), ()),
        ((holed, small), ()),
        ((holed, large, small), (small,)),
        (floats, ()),  # which may be NaN
    ):
        with Rasters(paths) as rasters:
            assert rasters.hidden == hidden


def test_of_many_files_each_is_held_against_those_over_it(tmp_path, monkeypatch):
    compared, lies_over = [], rasters_module._lies_over
    monkeypatch.setattr(rasters_module, "_lies_over", lambda *pair: compared.append(pair) or lies_over(*pair))

    def tile(name, column, row):
        place = Affine(1, 0, 500_000 + column, 0, -1, 5_000_000 - row)
        return toys.raster(tmp_path / name, np.ones((4, 4), np.uint8), transform=place)

    tiles = [tile(f"{number}.tif", *np.multiply(divmod(number, 8), 4)) for number in range(64)]
    copies = [tile(f"copy{place}.tif", place, place) for place in (0, 2, 28)]
    with Rasters([*tiles, *copies]) as rasters:
        assert rasters.hidden == (copies[0], copies[2])
    assert len(compared) <= 9 * len(tiles)
