"""Rasters of a run come to another grid as what they hold asks for, whatever they are called."""

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.grids.grid import Grid
from terraloom.engine.images import warping
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


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_beside_nothing_the_nearest_value_counts_however_much_is_looked_through_at_once(tmp_path, monkeypatch, dtype):
    rng = np.random.default_rng(3)
    crs, nothing = CRS.from_user_input(toys.UTM), 255 if dtype == "uint8" else np.nan
    grid = Grid(crs, Affine(10.0, 0, 500_000, 0, -10.0, 5_000_000), 30, 30)
    finer = Grid(crs, Affine(3.137, 0.411, 500_010.3, 0.411, -3.137, 4_999_989.7), 80, 80)
    layer = Layer(tmp_path / "a.tif", ("a",), dtype, nothing)
    values = rng.integers(0, 9, (30, 30))
    said = rng.random((30, 30)) < 0.2
    said[5:15, 5:15] = False
    with create(layer, grid) as dataset:
        dataset.write(np.where(said, values, nothing).astype(dtype), 1)
    found = []
    for most_px in (warping.MOST_PX, 200, 1):
        monkeypatch.setattr(warping, "MOST_PX", most_px)
        target = Layer(tmp_path / f"{most_px}.tif", layer.names, dtype, nothing)
        bare_px = regrid(target, layer.path, finer, lambda window: np.ones((window.height, window.width), bool))
        found.append(toys.read(target.path)[0])
        assert 0 < bare_px == np.ma.getmaskarray(found[-1]).sum()
        np.testing.assert_array_equal(found[-1].filled(), found[0].filled())
    if dtype == "uint8":
        place, (down, across) = ~grid.transform @ finer.transform, np.indices((80, 80)) + 0.5
        columns, rows = place.a * across + place.b * down + place.c, place.d * across + place.e * down + place.f
        at = np.argwhere(said)
        far = np.hypot(at[:, 1, None, None] + 0.5 - columns, at[:, 0, None, None] + 0.5 - rows)
        near = far.min(axis=0) < 1.5  # whatever lies as near is looked through
        nearest = at[far.argmin(axis=0)]
        np.testing.assert_array_equal(found[0][near], values[nearest[..., 0], nearest[..., 1]][near])
