"""Objects do not depend on the tiles that an image is cut into."""

import numpy as np
import pytest
import shapely
from detection_cases import FAR, columns_of, objects_at, read
from rasterio.windows import Window
from terraloom.engine.detection.detection_outputs import collect
from terraloom.engine.detection.detections import CUT_PX, joined, suppress
from terraloom.engine.library.rules import DetectionRules


def test_only_inner_borders_cut():
    image, tile = Window(0, 0, 100, 100), Window(0, 50, 60, 50)
    bounds = [(0, 20, 10, 30), (52, 20, 60, 30), (20, 2, 30, 12), (20, 40, 30, 50), (20, 20, 30, 30)]
    placed = objects_at(bounds).placed(tile, image)
    assert placed.cut.tolist() == [False, True, True, False, False]
    assert placed.bounds[4].tolist() == [20, 70, 30, 80]
    padded = objects_at([(90, 40, 100, 50)]).placed(Window(0, 50, 128, 64), image)
    assert not padded.cut.any(), "a tile that reaches beyond the image is not cut there"


def see(scene, tile):
    """A detector without fault: what of the objects lies in the tile, the less sure the less it sees of one."""
    bounds, scores, classes = scene
    corner = np.array([tile.col_off, tile.row_off] * 2)
    seen = np.clip(bounds - corner, 0, [tile.width, tile.height] * 2)
    sizes = seen[:, 2:] - seen[:, :2]
    share = sizes.prod(axis=1) / (bounds[:, 2:] - bounds[:, :2]).prod(axis=1)
    sure = scores * (0.5 + 0.5 * share) * (share > 0)
    rows = np.column_stack(
        [(seen[:, :2] + seen[:, 2:]) / 2, sizes, np.where(classes, 0, sure), np.where(classes, sure, 0)]
    )
    beyond = [tile.width - 1, tile.height - 1, 4, 4, 0, 0]
    return [np.vstack([rows, beyond]).T[np.newaxis].astype(np.float32)]


def tiles_over(image, size, overlap):
    for row in range(0, max(1, image.height - overlap), size - overlap):
        for column in range(0, max(1, image.width - overlap), size - overlap):
            yield Window(column, row, min(size, image.width - column), min(size, image.height - row))


def crowd(rng, image):
    """Objects of up to 20 px side by side, some overlapping another, and some found twice, slightly apart."""
    columns, rows = np.meshgrid(np.arange(2, image.width - 30, 26), np.arange(2, image.height - 30, 26))
    corners = np.column_stack([columns.ravel(), rows.ravel()]) + rng.integers(0, 6, (columns.size, 2))
    bounds = np.hstack([corners, corners + rng.integers(6, 17, corners.shape)])
    near = bounds[rng.random(len(bounds)) < 0.5]
    bounds = np.vstack([bounds, near + np.tile(rng.integers(-2, 4, (len(near), 2)), 2)]).clip(0)
    return bounds.astype(float), rng.permutation(len(bounds)) / len(bounds) * 0.4 + 0.55, rng.random(len(bounds)) < 0.4


@pytest.mark.parametrize("seed", range(5))
def test_objects_do_not_depend_on_the_tiles(seed):
    image = Window(0, 0, 310, 250)
    scene = crowd(np.random.default_rng(seed), image)
    rules = DetectionRules("YOLO_Ultralytics", confidence=0.3, iou=0.4)
    truth = objects_at(*scene)
    truth = truth.pick(suppress(truth, rules.iou))
    for size in (64, 96, 128, 400):
        tiles = tiles_over(image, size, overlap=20 + 2 * int(CUT_PX))
        known = ((see(scene, tile), tile, np.ones((tile.height, tile.width), bool)) for tile in tiles)
        found = collect(known, image, rules, 2)
        np.testing.assert_allclose(found.bounds, truth.bounds, atol=1e-4)
        np.testing.assert_array_equal(found.classes, truth.classes)
        np.testing.assert_allclose(found.scores, truth.scores, atol=1e-6)


def test_objects_whose_middle_is_not_known_go_with_all_their_fragments():
    image = Window(0, 0, 160, 64)
    scene = np.array([(50.0, 10, 66, 26), (100, 10, 110, 20)]), np.array([0.9, 0.9]), np.array([0, 1])
    known = np.ones((64, 160), bool)
    known[:, 56:62] = False  # the middle of the first, not that of the part which the first tile sees
    tiles = [Window(0, 0, 56, 64), Window(40, 0, 120, 64)]
    given_ = ((see(scene, tile), tile, known[tile.toslices()]) for tile in tiles)
    found = collect(given_, image, DetectionRules("YOLO_Ultralytics", 0.3), 2)
    assert found.bounds.tolist() == [[100, 10, 110, 20]]


def test_no_tile_gives_no_object():
    found = collect([], Window(0, 0, 9, 9), DetectionRules("YOLO_Ultralytics_obb"), 2)
    assert len(found) == 0 and found.oriented


def test_outlines_travel_with_their_boxes():
    table = columns_of([[FAR, 40, 20, 10, 0.9, 0.1, 1]])
    prototypes = np.ones((1, 1, 20, 25), np.float32)
    tile = Window(30, 10, 100, 80)
    found = read([table, prototypes], "YOLO_Ultralytics_segmentation", tile=tile)
    assert found.outlines[0].equals(shapely.box(90, 45, 110, 55))
    assert joined([found, found]).outlines[1].bounds == (90, 45, 110, 55)
