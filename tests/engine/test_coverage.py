"""About how much of the ground rasters show is known from few reads, however large they are and wherever they lie."""

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.grids.grid import Grid
from terraloom.engine.images import coverage, rasters
from terraloom.engine.images.rasters import Rasters

GROUND = Grid(CRS.from_string(toys.UTM), Affine(1, 0, 500_000, 0, -1, 5_000_000), 800, 600)


def half(rows=600, columns=800):
    """An image whose right half is nodata."""
    values = np.ones((2, rows, columns), np.float32)
    values[:, :, columns // 2 :] = np.nan
    return values


def test_gaps_within_a_file_count(tmp_path):
    path = toys.raster(tmp_path / "a.tif", half())
    with Rasters([path]) as raster:
        shown = raster.shown(GROUND, (1, 2)).reshape(coverage.SIDE, coverage.SIDE)
        assert shown[:, :4].all() and not shown[:, 4:].any()
        assert raster.shown(GROUND.part(rasterio.windows.Window(0, 0, 30, 20)), (1,)).all()
        assert raster.shown(GROUND.part(rasterio.windows.Window(0, 0, 600, 20)), (1,)).mean() == pytest.approx(5 / 8)


def test_what_one_band_shows_is_shown(tmp_path):
    values = half()
    values[1] = 1
    with Rasters([toys.raster(tmp_path / "a.tif", values)]) as raster:
        assert raster.shown(GROUND, (1, 2)).all() and raster.shown(GROUND, (1,)).mean() == 0.5


def test_files_add_up_on_grids_of_their_own(tmp_path):
    left = toys.raster(tmp_path / "a.tif", half(150, 200), pixel=4, nodata=0)
    below = Affine(4, 0, 500_000, 0, -4, 5_000_000 - 300)
    right = toys.raster(tmp_path / "b.tif", half(75, 200)[:, :, ::-1], transform=below, nodata=0)
    with Rasters([left, right]) as raster:
        assert raster.shown(GROUND, (1,)).mean() == pytest.approx(0.75, abs=0.02)


def test_alpha_and_other_systems_count(tmp_path):
    """The ground is some 800 by 600 m at 3° east, 45.15° north."""
    values = np.full((2, 300, 400), 9, np.uint16)
    values[1, :, :200] = 0
    step = 2.55e-5
    place = Affine(step, 0, 3, 0, -step * 0.7, 45.1535)
    path = toys.raster(tmp_path / "a.tif", values, crs="EPSG:4326", transform=place, alpha="yes")
    with Rasters([path]) as raster:
        assert raster.bands == (1,) and raster.shown(GROUND, (1,)).mean() == pytest.approx(0.5, abs=0.07)


def test_however_large_a_raster_is_it_is_read_once_and_little(tmp_path, monkeypatch):
    """A file that holds nothing but its size."""
    sparse = {"tiled": True, "SPARSE_OK": True, "nodata": 0, "crs": toys.UTM, "transform": GROUND.transform}
    with rasterio.open(tmp_path / "a.tif", "w", "GTiff", 100_000, 100_000, 1, dtype="uint8", **sparse):
        pass
    read = []

    def counted(*args, shape):
        read.append(shape)
        return rasters.read_window(*args, shape=shape)

    monkeypatch.setattr(coverage, "read_window", counted)
    with Rasters([str(tmp_path / "a.tif")]) as raster:
        assert not raster.shown(raster.grid, (1,)).any()
    assert read == [(coverage.SIDE, coverage.SIDE)]
