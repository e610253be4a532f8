"""Rasters of whole continents and of the world reach the grid of a small image, wherever on earth it lies."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.warp import transform
from rasterio.windows import Window
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError
from terraloom.engine.grids.grid import Grid, mosaic_grid, window_of, window_under
from terraloom.engine.grids.overlap import overlap, shared
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.images.warping import footprint
from terraloom.engine.requests.network_run import Extent
from terraloom.engine.verification.reference import RasterReference

STEP = 0.25

EXTENTS = {
    "world": (-180, -90, 180, 90),
    "without the poles": (-180, -60, 180, 84),
    "0 to 360": (0, -90, 360, 90),
    "Eurasia": (-30, 0, 180, 85),
    "Americas": (-170, -60, -30, 75),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A raster in degrees that holds longitude and latitude, by name of its extent."""

    def write(name):
        left, bottom, right, top = EXTENTS[name]
        path = tmp_path_factory.mktemp("world") / "world.tif"
        width, height = round((right - left) / STEP), round((top - bottom) / STEP)
        transform_ = Affine(STEP, 0, left, 0, -STEP, top)
        columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        values = np.stack([left + STEP * columns, top - STEP * rows]).astype(np.float32)
        options = {"count": 2, "width": width, "height": height, "dtype": "float32", "crs": "EPSG:4326"}
        with rasterio.open(path, "w", "GTiff", transform=transform_, tiled=True, **options) as dataset:
            dataset.write(values)
        return str(path)

    return write


def tile(zone, south=False):
    """A grid of 110 km across the middle of a UTM zone, 1 km pixels."""
    crs = CRS.from_epsg((32700 if south else 32600) + zone)
    return Grid(crs, Affine(1000, 0, 445_000, 0, -1000, 5_700_000), 110, 110)


CASES = [
    ("world", tile(33)),
    ("world", tile(10)),
    ("world", tile(60)),
    ("without the poles", tile(45)),
    ("without the poles", tile(18, south=True)),
    ("0 to 360", tile(33)),
    ("Eurasia", tile(33)),
    ("Eurasia", tile(45)),
    ("Americas", tile(18)),
    ("Americas", tile(10)),
    ("world", Grid(CRS.from_epsg(3035), Affine(25_000, 0, 2_500_000, 0, -25_000, 5_500_000), 200, 160)),
]


@pytest.mark.parametrize(("extent", "grid"), CASES, ids=lambda case: case if isinstance(case, str) else str(case.crs))
def test_a_small_image_gets_all_of_it(world, extent, grid):
    with Rasters([world(extent)]) as rasters:
        chunk = rasters.on(grid, (1, 2)).read(grid.window).values
    assert not np.ma.getmaskarray(chunk).any()
    rows, columns = np.mgrid[0 : grid.height, 0 : grid.width] + 0.5
    xs, ys = grid.transform @ (columns.ravel(), rows.ravel())
    longitudes, latitudes = (np.reshape(each, rows.shape) for each in transform(grid.crs, "EPSG:4326", xs, ys))
    assert np.abs(chunk[0] - longitudes).max() < 0.01
    assert np.abs(chunk[1] - latitudes).max() < 0.01


@pytest.mark.parametrize("code", [32631, 3413, 3035])
@pytest.mark.parametrize("top", [90, 80])
def test_a_ring_around_the_pole_is_read_as_a_whole(tmp_path, code, top):
    """Its rows next to the pole lie in the midst of the target, far from all its edges."""
    path, here = tmp_path / "ring.tif", Affine(2.25, 0, -180, 0, -0.25, top)
    columns, rows = np.meshgrid(np.arange(160), np.arange(120))
    with rasterio.open(path, "w", "GTiff", 160, 120, 2, "EPSG:4326", here, "uint8") as dataset:
        dataset.write(np.stack([columns, rows]).astype(np.uint8))
    (x,), (y,) = transform("EPSG:4326", f"EPSG:{code}", [3], [90])
    grid = Grid(CRS.from_epsg(code), Affine(25_000, 0, x - 3_000_000, 0, -25_000, y + 2_500_000), 260, 220)
    across, down = (axis.ravel() for axis in np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5))
    longitudes, latitudes = map(np.asarray, transform(grid.crs, "EPSG:4326", *(grid.transform @ (across, down))))
    truth = np.floor(np.stack([longitudes + 180, (top - latitudes) * 9]) / 2.25).reshape(2, grid.height, grid.width)
    there = (truth[1] >= 0) & (truth[1] < 120)
    with Rasters([str(path)]) as rasters:
        reader = rasters.on(grid, (1, 2), resampling=Resampling.nearest)
        whole, part = reader.read(grid.window).values, reader.read(Window(70, 50, 131, 117)).values
    assert not np.ma.getmaskarray(whole)[:, there].any()
    assert np.abs(whole.data.astype(int) - truth)[:, there].max() <= 1
    assert np.array_equal(part.filled(255), whole[:, 50:167, 70:201].filled(255))


def test_a_small_raster_in_a_large_grid_is_looked_for_where_it_lies():
    large = Grid(CRS.from_epsg(4326), Affine(0.1, 0, -180, 0, -0.1, 90), 3600, 1800)
    there = footprint(tile(33), large)
    assert there.width < 30 and there.height < 20
    assert 1935 < there.col_off < 1945 and 375 < there.row_off < 390


DEGREES = Grid(CRS.from_epsg(4326), Affine(0.01, 0, -180, 0, -0.01, 90), 36_000, 18_000)
AT_180 = Grid(CRS.from_epsg(32760), Affine(1000, 0, 770_000, 0, -1000, 8_000_000), 100, 100)


def test_what_crosses_180_degrees_is_not_taken_for_the_rest_of_the_world():
    left, bottom, right, top = AT_180.bounds
    with pytest.raises(InputError, match="crosses the 180th meridian"):
        window_of(DEGREES, Extent(left, bottom, right, top, "EPSG:32760"))
    with pytest.raises(InputError, match="crosses the 180th meridian"):
        mosaic_grid([DEGREES.part(Window(35_000, 10_000, 1000, 1000)), AT_180])
    assert window_under(DEGREES, AT_180, 2) == DEGREES.window


def test_a_system_that_nothing_leads_from_is_named():
    """That of a building site, for example."""
    site = CRS.from_wkt('LOCAL_CS["site",UNIT["metre",1]]')
    here = Grid(CRS.from_epsg(25832), Affine(1, 0, 0, 0, -1, 100), 100, 100)
    there = Grid(site, here.transform, 100, 100)
    for one, other in ((here, there), (there, here)):
        with pytest.raises(InputError, match='Nothing is known that leads from .*LOCAL_CS."site"'):
            mosaic_grid([one, other])
        with pytest.raises(InputError, match='Nothing is known that leads from .*LOCAL_CS."site"'):
            window_of(one, Extent(0, 0, 50, 50, other.crs.to_wkt()))
        with pytest.raises(InputError, match='Nothing is known that leads from .*LOCAL_CS."site"'):
            window_under(one, other, 2)
        assert overlap(one, other) is None and shared(one, other) is None


def test_a_raster_in_degrees_that_would_lose_what_lies_beyond_180_is_not_warped(tmp_path):
    path, here = tmp_path / "across.tif", Affine(1e-4, 0, 179.995, 0, -1e-4, -16.8)
    with rasterio.open(path, "w", "GTiff", 100, 100, 1, "EPSG:4326", here, "uint8") as dataset:
        dataset.write(np.ones((1, 100, 100), np.uint8))
    west, across = (
        Grid(CRS.from_epsg(32760), Affine(10, 0, left, 0, -10, 8_140_000), 30, 80) for left in (819_300, 819_600)
    )
    with Rasters([str(path)]) as rasters:
        assert rasters.on(rasters.grid, (1,)).read(rasters.grid.window).values.all()
        assert rasters.on(west, (1,)).read(west.window).values.filled(0).all()
        with pytest.raises(InputError, match=r"across\.tif crosses the 180th meridian, and is in degrees"):
            rasters.on(across, (1,))
    with ClassRaster(str(path)) as classes:
        assert classes.on(classes.grid).read(classes.grid.window)[1].all()
        assert classes.on(west).read(west.window)[1].all()
        with pytest.raises(InputError, match=r"across\.tif crosses the 180th meridian, and is in degrees"):
            classes.on(across)


@pytest.mark.parametrize(("left", "told"), [(190, "190 to 190.01 degrees"), (-190, "-190 to -189.99 degrees")])
def test_a_raster_in_degrees_that_lies_beyond_180_is_told_of_as_that(tmp_path, left, told):
    path, here = tmp_path / "beyond.tif", Affine(1e-4, 0, left, 0, -1e-4, 10)
    with rasterio.open(path, "w", "GTiff", 100, 100, 1, "EPSG:4326", here, "uint8") as dataset:
        dataset.write(np.ones((1, 100, 100), np.uint8))
    (x,), (y,) = transform("EPSG:4326", "EPSG:3857", [left], [10])
    with Rasters([str(path)]) as rasters, pytest.raises(InputError, match=f"lies beyond 180°, at {told}"):
        rasters.on(Grid(CRS.from_epsg(3857), Affine(10, 0, x, 0, -10, y), 100, 100), (1,))


@pytest.mark.parametrize("left", [179.995, -180.005])
def test_a_reference_in_metres_is_held_against_all_of_a_map_in_degrees_that_runs_past_180(tmp_path, left):
    degrees = Grid(CRS.from_epsg(4326), Affine(1e-4, 0, left, 0, -1e-4, -16.8), 100, 100)
    xs, ys = transform("EPSG:4326", "EPSG:32760", [179.994, 180.006], [-16.79, -16.82])
    path, here = tmp_path / "reference.tif", Affine(10, 0, xs[0], 0, -10, ys[0])
    shape = round((ys[0] - ys[1]) / 10), round((xs[1] - xs[0]) / 10)
    with rasterio.open(path, "w", "GTiff", shape[1], shape[0], 1, "EPSG:32760", here, "uint8") as dataset:
        dataset.write(np.ones((1, *shape), np.uint8))
    with ClassRaster(str(path)) as classes:
        compared = RasterReference(classes, int, degrees).batches()
        assert sum(len(batch.rows) for batch in compared) == 100 * 100


def test_what_lies_elsewhere_touches_nothing():
    europe = Grid(CRS.from_epsg(4326), Affine(0.1, 0, -30, 0, -0.1, 75), 900, 450)
    elsewhere = footprint(europe, tile(10))
    assert elsewhere.width * elsewhere.height == 0


@pytest.mark.parametrize("north", [90, -86])
def test_the_poles_do_not_stretch_a_mosaic_in_web_mercator(north):
    image = Grid(CRS.from_epsg(3857), Affine(1000, 0, 300_000, 0, -1000, 5_600_000), 64, 64)
    degrees = Grid(CRS.from_epsg(4326), Affine(1, 0, -180, 0, -1, north), 360, north + 90)
    joined = mosaic_grid([image, degrees])
    assert max(joined.height, joined.width) <= 40_080


SENTINEL = Grid(CRS.from_epsg(32632), Affine(10, 0, 399_960, 0, -10, 5_800_020), 10_980, 10_980)
FIJI = Grid(CRS.from_epsg(32760), Affine(10, 0, 750_000, 0, -10, 8_200_000), 10_000, 5_000)
HARZ = Grid(CRS.from_epsg(3035), Affine(10, 0, 4_300_000, 0, -10, 3_200_000), 5_000, 5_000)
ARCTIC = Grid(CRS.from_epsg(3413), Affine(1000, 0, -4_000_000, 0, -1000, 4_000_000), 8_000, 8_000)
AMERICAN = Grid(CRS.from_epsg(32618), Affine(10, 0, 399_960, 0, -10, 5_800_020), 10_980, 10_980)


@pytest.mark.parametrize("grid", [SENTINEL, FIJI, HARZ, ARCTIC, AMERICAN, DEGREES.part(Window(18_000, 4000, 900, 900))])
@pytest.mark.parametrize("extent", [(-180, -90, 180, 90), (0, -90, 360, 90), (-600, -90, 600, 90)])
def test_an_extent_of_the_world_cuts_nothing_off(grid, extent):
    assert window_of(grid, Extent(*extent, "EPSG:4326")) == grid.window


@pytest.mark.parametrize("grid", [SENTINEL, HARZ])
def test_a_large_extent_cuts_an_image_where_it_ends(grid):
    middle = grid.transform @ (grid.width / 2, grid.height / 2)
    (longitude,), (latitude,) = transform(grid.crs, "EPSG:4326", *([each] for each in middle))
    for left, bottom, right, top in ((-180, -90, longitude, 90), (longitude, -90, 180, 90), (-180, latitude, 180, 90)):
        cut = window_of(grid, Extent(left, bottom, right, top, "EPSG:4326"))
        share = cut.width * cut.height / (grid.width * grid.height)
        assert 0.5 <= share < 0.53


@pytest.mark.parametrize("extent", [(170, -90, 190, 0), (-180, -90, -170, 0), (100, 51, 120, 53), (8, -90, 9, -20)])
def test_an_extent_elsewhere_on_earth_lies_outside(extent):
    with pytest.raises(InputError, match="lies outside the input"):
        window_of(SENTINEL, Extent(*extent, "EPSG:4326"))


def test_an_extent_around_the_pole_is_not_cut_where_its_edge_bends():
    for south in (60, 70):
        cut = window_of(ARCTIC, Extent(-180, south, 180, 90, "EPSG:4326"))
        _, (radius,) = transform("EPSG:4326", ARCTIC.crs, [135], [south])
        assert cut.width == pytest.approx(2 * abs(radius) / 1000, abs=6)


BEYOND = Grid(CRS.from_epsg(4326), Affine(0.01, 0, 179, 0, -0.01, -16), 200, 100)


@pytest.mark.parametrize(
    ("left", "right", "first", "width"),
    [(-180, -179.5, 100, 50), (180, 180.5, 100, 50), (179.5, 180, 50, 50), (-180, 180, 0, 200), (-181, -180, 0, 100)],
)
def test_an_extent_may_be_told_on_either_side_of_180(left, right, first, width):
    assert window_of(BEYOND, Extent(left, -17, right, -16, "EPSG:4326")) == Window(first, 0, width, 100)


@pytest.mark.parametrize("left", [-178.5, 178.5, 181.5, 10])
def test_an_extent_beside_a_raster_that_runs_past_180_lies_outside(left):
    with pytest.raises(InputError, match="lies outside the input"):
        window_of(BEYOND, Extent(left, -17, left + 0.4, -16, "EPSG:4326"))


def test_an_extent_across_180_finds_a_raster_that_runs_past_it():
    xs, ys = transform("EPSG:4326", "EPSG:32760", [179.8, -179.8], [-16.8, -16.2])
    cut = window_of(BEYOND, Extent(xs[0], ys[0], xs[1], ys[1], "EPSG:32760"))
    assert abs(cut.col_off - 80) <= 1 and abs(cut.width - 40) <= 2
    shifted = Grid(CRS.from_epsg(4326), Affine(0.5, 0, -180.25, 0, -0.5, 90), 720, 360)
    assert window_of(shifted, Extent(170, 0, 180, 10, "EPSG:4326")).width == 20
