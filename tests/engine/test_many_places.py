"""Of many rasters each is held against those around it only, and nothing is lost by that."""

import numpy as np
import pytest
import toys
from affine import Affine
from chip_making import EAST, NORTH, PIXEL, raster
from networkx import Graph, connected_components
from rasterio.crs import CRS
from terraloom.engine.chips import label_raster, label_survey, looked_at, places
from terraloom.engine.grids.grid import Grid
from terraloom.engine.grids.overlap import joined, near, overlap
from terraloom.engine.images.mosaic_reader import MosaicReader
from terraloom.engine.tiles.windows import cut

SIDE_PX = 64
UTM = CRS.from_string(toys.UTM)
WORLD = CRS.from_epsg(4326)
ROW = 12
MANY = ROW * ROW


def tile(number, apart_px=0, crs=UTM):
    """Tiles lie row by row."""
    if crs is None:
        return Grid(None, Affine.scale(1, -1), SIDE_PX, SIDE_PX)
    row, column = divmod(number, ROW)
    step = SIDE_PX + apart_px
    return Grid(crs, Affine(1, 0, 500_000 + column * step, 0, -1, 5_000_000 - row * step), SIDE_PX, SIDE_PX)


@pytest.fixture
def count(monkeypatch):
    """Counts the calls of a function that a module uses."""

    def of(module, name):
        calls, own = [], getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: calls.append(0) or own(*given))
        return calls

    return of


@pytest.fixture
def found(monkeypatch):
    """The places of rasters that lie on some grids."""

    def of(images, labels):
        rasters = {
            path: looked_at.Raster(path, grid, ("red",), "uint8", None)
            for kind, grids in (("image", images), ("label", labels))
            for path, grid in ((f"/{kind}/{number}.tif", grid) for number, grid in enumerate(grids))
        }
        monkeypatch.setattr(places, "look", lambda files, alike=True: [rasters[path] for path in files])
        of_images, of_labels = (
            tuple(path for path in rasters if path.startswith(kind)) for kind in ("/image", "/label")
        )
        return places.find_places([of_images], (), of_labels, None)[0]

    return of


def test_tiles_of_a_mosaic_are_held_against_their_neighbours(found, count):
    adjoining = count(places, "_adjoin")
    (place,) = found([tile(number) for number in range(MANY)], [tile(0)])
    assert len(place.inputs[0][0]) == MANY and place.grid.width == place.grid.height == SIDE_PX * ROW
    assert len(adjoining) <= 4 * MANY  # half of the eight around each


def test_labels_are_looked_for_around_their_image(found, count):
    sharing = count(places, "shared")
    made = found(*([tile(number, 3 * SIDE_PX) for number in range(MANY)] for _ in range(2)))
    assert [place.labels for place in made] == [(f"/label/{number}.tif",) for number in range(MANY)]
    assert len(sharing) <= 2 * MANY


def test_names_are_read_once(found, count):
    reading = count(places, "Path")
    made = found(*([tile(number, crs=None) for number in range(MANY)] for _ in range(2)))
    assert [place.labels for place in made] == [(f"/label/{number}.tif",) for number in range(MANY)]
    assert len(reading) <= 6 * MANY


def test_ground_seen_before_is_looked_for_around_a_place(count):
    images = [tile(number, 3 * SIDE_PX) for number in range(MANY)]
    images.append(Grid(UTM, images[7].transform @ Affine.translation(0.5, 0), SIDE_PX, SIDE_PX))
    given = [places.Place(str(number), grid, grid.window, ()) for number, grid in enumerate(images)]
    sharing = count(label_survey, "shared")
    seen = label_survey.seen_before(given, SIDE_PX)
    assert [number for number, ground in enumerate(seen) if ground] == [MANY]
    assert seen[-1].codes(images[-1].window).count() == SIDE_PX * SIDE_PX
    assert len(sharing) <= 2 * MANY
    assert not any(label_survey.seen_before(given, SIDE_PX + 1))


def test_of_rasters_of_labels_those_that_cover_a_window_are_read(tmp_path, monkeypatch):
    paths = [
        raster(tmp_path / f"{number}.tif", np.full((8, 8), number, dtype), offset=(8 * number, 0))
        for number, dtype in enumerate(("uint8", "uint8", "int16", "uint8"))
    ]
    image = Grid(UTM, Affine(PIXEL, 0, EAST, 0, -PIXEL, NORTH), 40, 8)
    place = places.Place("", image, image.window, (), tuple(paths))
    reading, read = [], MosaicReader.read
    monkeypatch.setattr(MosaicReader, "read", lambda self, window: reading.append(0) or read(self, window))
    with label_raster.opened_labels(place, None, False) as labels:
        found = [labels.values(window) for window in cut(image.window, 8, 8)]
    assert [part.filled(99).mean() for part in found] == [0, 1, 2, 3, 99] and len(reading) == 5
    assert {str(part.dtype) for part in found} == {"int16"}


DISK = CRS.from_proj4("+proj=geos +h=35785831 +lon_0=0 +a=6378169 +b=6356583.8 +units=m")
LIMB_M = 5_568_000
GRIDS = [
    *(tile(number) for number in range(4)),
    tile(1, 500),
    Grid(UTM, Affine(1, 0, 500_000 + SIDE_PX, 0, -1, 5_000_000 - SIDE_PX), 9, 9),
    Grid(CRS.from_epsg(32632), Affine(1, 0, 29_000, 0, -1, 5_010_000), 3000, 3000),
    Grid(WORLD, Affine(0.01, 0, 179, 0, -0.01, -16), 200, 100),
    Grid(WORLD, Affine(0.01, 0, -180, 0, -0.01, -16), 50, 100),
    Grid(CRS.from_epsg(32701), Affine(100, 0, 200_000, 0, -100, 8_200_000), 900, 900),
    Grid(CRS.from_epsg(32760), Affine(100, 0, 790_000, 0, -100, 8_200_000), 900, 900),
    Grid(WORLD, Affine(1, 0, 0, 0, -1, 90), 360, 180),
    Grid(CRS.from_epsg(3031), Affine(1000, 0, -3_000_000, 0, -1000, 3_000_000), 6000, 6000),
    *(Grid(DISK, Affine(6000, 0, x, 0, -6000, LIMB_M), 928, 1856) for x in (-LIMB_M, 0)),
    Grid(DISK, Affine(6000, 0, 0, 0, -6000, 1_000_000), 300, 300),
    tile(0, crs=None),
]


def test_grids_that_overlap_or_touch_are_near():
    held = near(GRIDS, GRIDS[::-1])
    for one, others in enumerate(held):
        assert others == sorted(set(others))
        for other, grid in enumerate(GRIDS[::-1]):
            if GRIDS[one].crs is None or grid.crs is None:
                assert other not in others
            elif overlap(GRIDS[one], grid) and overlap(grid, GRIDS[one]):  # what lies behind the Earth may seem to
                assert other in others, (one, len(GRIDS) - 1 - other)
    touching = near(GRIDS[:6], GRIDS[:6])
    assert touching[0] == [0, 1, 5] and near(GRIDS, []) == [[]] * len(GRIDS)


def test_grids_are_near_however_their_degrees_are_told():
    """One runs from 179° to 181°, the other lies at -179.5°."""
    past, beyond = GRIDS[7], GRIDS[9]
    assert overlap(beyond, past) and near([beyond], [past]) == near([past], [beyond]) == [[0]]


def test_grids_whose_corners_lie_off_the_earth_are_near_in_map_units():
    half, within = GRIDS[13], Grid(DISK, Affine(6000, 0, -3_000_000, 0, -6000, 1_000_000), 300, 300)
    corner = Grid(DISK, half.transform, 100, 100)
    assert near([half], [tile(0), within, corner]) == [[1, 2]]


class Links(list):
    """Counts what is asked of it."""

    asked = 0

    def __contains__(self, number):
        Links.asked += 1
        return super().__contains__(number)

    def __iter__(self):
        Links.asked += len(self)
        return super().__iter__()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_linked_is_joined(seed):
    rng = np.random.default_rng(seed)
    links = [[other for other in range(number) if rng.random() < 0.06] for number in range(40)]
    graph = Graph()
    graph.add_nodes_from(range(40))
    graph.add_edges_from((number, other) for number, others in enumerate(links) for other in others)
    expected = sorted(map(sorted, connected_components(graph)))
    both = [{other for other in graph[number]} for number in range(40)]
    assert joined(links) == joined(both) == expected


def test_a_link_is_followed_once():
    Links.asked = 0
    chain = [Links([number - 1] if number else []) for number in range(MANY)]
    assert joined(chain) == [list(range(MANY))] and Links.asked <= 2 * MANY
