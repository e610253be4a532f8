"""Rasters may outgrow 4 GB, where plain TIFF ends: while they are made, and when they are finished."""

import numpy as np
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.grids.grid import Grid
from terraloom.engine.results import outputs
from terraloom.engine.tiles.mosaic import Layer, create

GRID = Grid(CRS.from_string(toys.UTM), Affine(1, 0, 500_000, 0, -1, 5_000_000), 300, 200)


def is_big(path):
    """Whether a TIFF counts its bytes with 64 bits: the third byte of a BigTIFF is 43, of others 42."""
    with open(path, "rb") as file:
        return file.read(4)[2] == 43


def working_raster(path):
    with create(Layer(path, ("probability",), "float32", np.nan), GRID) as dataset:
        dataset.write(np.full((1, 200, 300), 0.5, np.float32))
    return path


def test_a_raster_in_the_making_may_outgrow_4_gb_whatever_its_size(tmp_path):
    """Its blocks are written again and again while they fill, each time behind all others."""
    assert is_big(working_raster(tmp_path / "working.tif"))


def test_a_finished_raster_can_be_read_by_everyone_unless_it_may_outgrow_4_gb(tmp_path, monkeypatch):
    asked, copy = {}, rasterio.shutil.copy

    def noted(*paths, **options):
        asked.update(options)
        copy(*paths, **options)

    monkeypatch.setattr(rasterio.shutil, "copy", noted)
    outputs.finish_measurements(working_raster(tmp_path / "working.tif"), tmp_path / "made.tif", (0, 1), {})
    assert asked["driver"] == "COG" and not is_big(tmp_path / "made.tif")
    profile = {"width": 47_000, "height": 47_000, "count": 1, "dtype": "uint8", "tiled": True, "sparse_ok": True}
    profile |= {name: asked[name] for name in ("compress", "bigtiff")}
    rasterio.open(tmp_path / "large.tif", "w", driver="GTiff", transform=GRID.transform, **profile).close()
    assert is_big(tmp_path / "large.tif")
