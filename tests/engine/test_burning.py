"""Shapes are burnt into windows as into the whole, and a window costs what lies in it, not what the whole does."""

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from affine import Affine
from rasterio.crs import CRS
from rasterio.features import rasterize
from terraloom.engine.chips.label_raster import Features as Labels
from terraloom.engine.grids import burning
from terraloom.engine.grids.area_of_interest import AreaOfInterest
from terraloom.engine.grids.burning import MANY, Burner
from terraloom.engine.grids.grid import Grid
from terraloom.engine.grids.sound_shapes import Unusable
from terraloom.engine.tiles.windows import cut
from terraloom.engine.verification import reference
from terraloom.engine.verification.comparison import Regions
from terraloom.engine.verification.features import POLYGON, Features
from terraloom.engine.verification.reference import PolygonReference

GRID = Grid(CRS.from_string(toys.UTM), Affine(1, 0, 500_000, 0, -1, 5_000_000), 256, 256)
TURNED = Grid(GRID.crs, GRID.transform @ Affine.translation(30, 40) @ Affine.rotation(11) @ Affine.scale(0.7), 256, 256)


def ragged(column, row, radius, vertices, seed=0):
    """A polygon with a hole whose outline goes to and fro around a place of the grid."""
    rng = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    away = radius * rng.uniform(0.6, 1, vertices)
    outline = np.column_stack([column + away * np.cos(angles), row + away * np.sin(angles)])
    hole = outline[::7] * 0.4 + np.array([column, row]) * 0.6
    return shapely.transform(shapely.Polygon(outline, [hole]), lambda points: points * (1, -1) + (500_000, 5_000_000))


LARGE = ragged(128, 128, 190, 6 * MANY)
SHAPES = np.array(
    [
        LARGE,
        shapely.MultiPolygon([ragged(60, 60, 40, 2 * MANY, 1), ragged(190, 200, 40, 2 * MANY, 2)]),
        ragged(40, 200, 30, MANY // 4, 3),
        shapely.segmentize(shapely.LineString([(500_020, 4_999_990), (500_200, 4_999_800)]), 0.1),
        shapely.Point(500_100, 4_999_900),
    ],
    object,
)


@pytest.fixture
def walked(monkeypatch):
    """How many vertices were burnt, burning by burning."""
    found = []

    def counting(pairs, **given):
        pairs = list(pairs)
        found.append(sum(int(shapely.get_num_coordinates(shape)) for shape, _ in pairs))
        return rasterize(pairs, **given)

    monkeypatch.setattr(burning, "rasterize", counting)
    return found


@pytest.mark.parametrize("grid", [GRID, TURNED])
def test_windows_show_what_the_whole_does(grid):
    values = np.arange(1, len(SHAPES) + 1)
    whole = rasterize(zip(SHAPES, values), out_shape=(256, 256), transform=grid.transform, dtype="int32")
    burner = Burner(grid, SHAPES)
    for window in cut(grid.window, 48, 48):
        near = burner.near(window)
        assert np.array_equal(burner.burnt(window, near, values[near]), whole[window.toslices()])
    assert set(np.unique(whole)) >= {0, 1, 2, 3}


def test_a_large_polygon_that_crosses_itself_is_burnt_as_it_is():
    corners = [(-20, -10), (300, 270), (300, -20), (-20, 290), (-20, -10)]
    tie = shapely.segmentize(shapely.LineString([(500_000 + x, 5_000_000 - y) for x, y in corners]), 1)
    tie = np.array([shapely.Polygon(tie.coords)], object)
    assert shapely.get_num_coordinates(tie)[0] > MANY and not shapely.is_valid(tie)[0]
    whole = rasterize(tie, out_shape=(256, 256), transform=GRID.transform)
    for window in cut(GRID.window, 64, 64):
        assert np.array_equal(Burner(GRID, tie).burnt(window, np.arange(1), np.ones(1)), whole[window.toslices()])


def test_where_only_the_bounds_of_a_polygon_lie_nothing_is_burnt(walked):
    frame = shapely.segmentize(shapely.box(*GRID.bounds).buffer(900).difference(shapely.box(*GRID.bounds).buffer(9)), 1)
    burner = Burner(GRID, np.array([frame], object))
    assert burner.near(GRID.window).tolist() == [0]
    assert (burner.burnt(GRID.window, np.arange(1), np.ones(1), -1) == -1).all() and not walked


def of_labels(tmp_path, shapes):
    labels = Labels(GRID, shapes, np.ones(len(shapes)))
    for window in cut(GRID.window, 64, 64):
        labels.values(window)


def of_mask(tmp_path, shapes):
    path = str(tmp_path / "mask.gpkg")
    pyogrio.raw.write(path, shapely.to_wkb(shapes), [], [], geometry_type="Polygon", crs=toys.UTM)
    mask = AreaOfInterest(GRID, path, "", GRID.window)
    for window in cut(GRID.window, 64, 64):
        mask.inside(window)


def of_regions(tmp_path, shapes):
    regions = Regions(Features(POLYGON, shapes, ("here",) * len(shapes), Unusable()), GRID)
    for window in cut(GRID.window, 64, 64):
        regions.of(window, np.arange(64), np.arange(64))


def of_reference(tmp_path, shapes):
    for _ in PolygonReference(
        Features(POLYGON, shapes, (1,) * len(shapes), Unusable()), (1,) * len(shapes), GRID
    ).batches():
        pass


@pytest.mark.parametrize("burn", [of_labels, of_mask, of_regions, of_reference])
def test_in_each_window_only_what_lies_there_of_a_large_polygon_is_walked(tmp_path, monkeypatch, walked, burn):
    monkeypatch.setattr(reference, "WINDOW_PX", 64)
    burn(tmp_path, np.array([LARGE], object))
    times = 2 if burn is of_reference else 1  # from below and from above
    assert len(walked) >= 12 and sum(walked) < times * 2 * shapely.get_num_coordinates(LARGE)
