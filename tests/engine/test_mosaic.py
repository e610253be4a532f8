"""Rasters of a run come to another grid as what they hold asks for, whatever they are called."""

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.grids.grid import Grid
from terraloom.engine.tiles.mosaic import Layer, create, regrid


@pytest.mark.parametrize(("dtype", "mixed"), [("uint8", False), ("int32", False), ("float32", True)])
def test_numbers_are_mixed_and_classes_are_not(tmp_path, dtype, mixed):
    place = Affine(10.0, 0, 500_000, 0, -10.0, 5_000_000)
    grid = Grid(CRS.from_user_input(toys.UTM), place, 16, 16)
    between = Grid(grid.crs, place @ Affine.translation(0.5, 0.5), 15, 15)
    layer = Layer(tmp_path / "a.tif", ("anything new",), dtype, 255)
    with create(layer, grid) as dataset:
        dataset.write((np.indices((16, 16)).sum(axis=0) % 2 * 200).astype(dtype), 1)
    target = Layer(tmp_path / "b.tif", layer.names, dtype, layer.nodata)
    regrid(target, layer.path, between, lambda window: np.ones((int(window.height), int(window.width)), bool))
    with rasterio.open(target.path) as dataset:
        found = set(np.unique(dataset.read()))
    assert found == {100} if mixed else {200} <= found <= {0, 200}
