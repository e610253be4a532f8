"""Detectors of every family are read as they write; an object is kept once, however the tiles cut it."""

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window
from terraloom.engine.detection_outputs import FAMILIES, collect, no_detections, read_detections
from terraloom.engine.detection_table import write_objects
from terraloom.engine.detections import CUT_PX, INSIDE, Objects, joined, suppress
from terraloom.engine.errors import ModelError, OutputError
from terraloom.engine.grid import Grid
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.rules import DetectionRules

CASES = settings(max_examples=100, deadline=None, derandomize=True)
TILE = Window(0, 0, 100, 80)
FAR = 70.0  # a centre beyond shares: it tells that an array holds pixels
LEGEND = Legend((LegendEntry(0, "car", "#ee6677"), LegendEntry(7, "ship", "#4477aa")))
UTM, DEGREES, MERCATOR = (CRS.from_epsg(code) for code in (32631, 4326, 3857))


def read(outputs, kind, classes=2, tile=TILE, **rules):
    return read_detections(outputs, DetectionRules(kind, **rules), classes, tile, tile)


def rows_of(rows):
    """Table of YOLOv5 to v7: `(1, anchors, columns)`."""
    return np.array([rows], np.float32)


def columns_of(rows):
    """Table of YOLOv8 and later: `(1, columns, anchors)`."""
    return rows_of(rows).transpose(0, 2, 1)


def quads(bounds):
    """Corners of upright boxes from left, top, right, bottom."""
    left, top, right, bottom = np.asarray(bounds, float).reshape(-1, 4).T
    return np.stack([left, top, right, top, right, bottom, left, bottom], axis=1).reshape(-1, 4, 2)


def objects_at(bounds, scores=None, classes=None, cut=None, oriented=False):
    boxes = quads(bounds) if np.ndim(bounds) < 3 else bounds
    count = len(boxes)
    return Objects(
        boxes,
        np.asarray([0.9] * count if scores is None else scores, np.float32),
        np.asarray([0] * count if classes is None else classes, np.int32),
        np.asarray([False] * count if cut is None else cut, bool),
        oriented=oriented,
    )


# What the families give, with numbers worked out by hand.


def test_yolo_v5_multiplies_objectness_and_class():
    table = rows_of(
        [
            [50, 40, 20, 10, 0.8, 0.1, 0.9],  # 0.8 * 0.9 = 0.72, second class
            [20, 20, 10, 10, 0.9, 0.5, 0.2],  # 0.45: not sure enough
            [FAR, 60, 8, 4, 1.0, 0.6, 0.5],  # 0.6, first class
        ]
    )
    found = read([table], "YOLO_v5_or_v7_default", confidence=0.5)
    assert found.bounds.tolist() == [[40, 35, 60, 45], [66, 58, 74, 62]]
    assert found.scores == pytest.approx([0.72, 0.6]) and found.classes.tolist() == [1, 0]
    assert found.boxes[0].tolist() == [[40, 35], [60, 35], [60, 45], [40, 45]]
    assert not found.oriented and found.outlines is None


def test_one_class_of_yolo_v5_is_scored_by_its_objectness_alone():
    table = rows_of([[FAR, 40, 20, 10, 0.8, 0.5]])
    assert read([table], "YOLO_v5_or_v7_default", classes=1).scores == pytest.approx([0.8])
    assert len(read([table], "YOLO_v6", classes=1)) == 0, "its class score is 0.5, its objectness means nothing"


def test_yolo_v6_has_an_objectness_of_one():
    found = read([rows_of([[FAR, 40, 20, 10, 1, 0.2, 0.7]])], "YOLO_v6")
    assert found.scores == pytest.approx([0.7]) and found.classes.tolist() == [1]


@pytest.mark.parametrize("kind", ["YOLO_v9", "YOLO_Ultralytics"])
def test_newer_families_stand_their_table_on_its_side(kind):
    table = columns_of([[FAR, 40, 20, 10, 0.2, 0.7], [20, 20, 10, 10, 0.3, 0.4], [5, 5, 4, 4, 0.6, 0.1]])
    found = read([table, np.zeros((1, 6, 9, 9), np.float32)], kind)
    assert found.bounds.tolist() == [[3, 3, 7, 7], [60, 35, 80, 45]]
    assert found.scores == pytest.approx([0.6, 0.7]) and found.classes.tolist() == [0, 1]


def test_oriented_boxes_turn_clockwise_as_the_image_is_seen():
    angle = np.pi / 6
    found = read([columns_of([[50, 40, 20, 10, 0.9, 0.1, angle]])], "YOLO_Ultralytics_obb")
    across, down = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    expected = [[50, 40] + x * across + y * down for x, y in ((-10, -5), (10, -5), (10, 5), (-10, 5))]
    np.testing.assert_allclose(found.boxes[0], expected, atol=1e-5)
    middle_of_right_side = found.boxes[0, 1:3].mean(axis=0)
    assert middle_of_right_side == pytest.approx([58.660254, 45]), "to the right and down"
    assert found.oriented


def test_masks_are_prototypes_mixed_and_cropped_to_the_box():
    prototypes = np.zeros((1, 2, 20, 25), np.float32)  # each of their pixels covers 4 x 4 of the tile
    prototypes[0, 0] = -8
    prototypes[0, 0, 5:10, 5:10] = 8  # on the tile 20 to 40
    prototypes[0, 1] = 1
    table = columns_of(
        [
            [30, 30, 40, 40, 0.9, 0.1, 1, 0],  # the whole square
            [FAR, 30, 20, 20, 0.1, 0.8, 0, 1],  # all of its box
            [70, 60, 20, 10, 0.1, 0.8, 1, -1],  # nothing of its box
            [30, 62.5, 8, 9, 0.1, 0.8, -1, 0],  # all but the square
        ]
    )
    found = read([table, prototypes], "YOLO_Ultralytics_segmentation")
    assert len(found) == 3 and found.classes.tolist() == [0, 1, 1]
    outlines = dict(zip(map(tuple, found.bounds.tolist()), found.outlines))
    square = outlines[10, 10, 50, 50]
    assert shapely.area(square) == pytest.approx(400, abs=4), "bilinear corners are cut off"
    assert square.bounds == (20, 20, 40, 40)
    assert outlines[60, 20, 80, 40].equals(shapely.box(60, 20, 80, 40))
    assert outlines[26, 58, 34, 67].equals(shapely.box(26, 58, 34, 67))


def test_of_a_torn_mask_the_largest_part_is_kept_with_its_hole():
    prototypes = np.full((1, 1, 80, 100), -1, np.float32)
    prototypes[0, 0, 10:30, 10:30] = 1
    prototypes[0, 0, 18:22, 18:22] = -1
    prototypes[0, 0, 50:55, 10:15] = 1
    table = columns_of([[50, 40, 100, 80, 0.9, 1], [FAR, 60, 4, 4, 0, 1]])
    (outline,) = read([table, prototypes], "YOLO_Ultralytics_segmentation", classes=1).outlines
    assert outline.bounds == (10, 10, 30, 30) and outline.area == 20 * 20 - 4 * 4


def test_shares_of_the_tile_are_scaled_to_pixels():
    table = columns_of([[0.5, 0.5, 0.2, 0.1, 0.9, 0.1], [0.99, 0.9, 0.1, 0.1, 0, 0]])
    found = read([table], "YOLO_Ultralytics")
    np.testing.assert_allclose(found.bounds, [[40, 36, 60, 44]], atol=1e-5)
    near = columns_of([[1, 1, 1, 1, 0.9, 0.1], [FAR, 2, 1, 1, 0, 0]])
    np.testing.assert_allclose(read([near], "YOLO_Ultralytics").bounds, [[0.5, 0.5, 1.5, 1.5]])


def test_numbers_that_are_none_make_no_object():
    good = [FAR, 40, 20, 10, 0.9, 0.1]
    bad = [good[:i] + [value] + good[i + 1 :] for i in range(6) for value in (np.nan, np.inf, -np.inf)]
    flat = [[20, 20, 0, 10, 0.9, 0.1], [20, 20, 10, -1, 0.9, 0.1], [-30, 20, 10, 10, 0.9, 0.1]]
    with np.errstate(all="raise"):
        found = read([columns_of([*bad, *flat, good])], "YOLO_Ultralytics", iou=1)
    assert found.bounds.tolist() == [[60, 35, 80, 45]]


def test_upright_boxes_end_where_the_tile_ends():
    table = columns_of([[FAR, 78, 20, 10, 0.9, 0.1]])
    assert read([table], "YOLO_Ultralytics").bounds.tolist() == [[60, 73, 80, 80]]


def test_half_precision_and_no_objects():
    table = columns_of([[50, 40, 20, 10, 0.75, 0.25]]).astype(np.float16)
    assert read([table], "YOLO_Ultralytics").boxes.dtype == np.float64
    for kind, family in FAMILIES.items():
        columns = family.first_class + 2 + family.angle + 3 * family.masks
        shape = (1, columns, 0) if family.anchors_last else (1, 0, columns)
        outputs = [np.zeros(shape, np.float32), np.zeros((1, 3, 20, 25), np.float32)]
        found, nothing = read(outputs, kind), no_detections(kind)
        assert len(found) == 0 and found.oriented == nothing.oriented
        assert (found.outlines is None) == (nothing.outlines is None)


@pytest.mark.parametrize("kind", FAMILIES)
def test_arrays_of_another_family_are_refused_by_name(kind):
    for shape in ((1, 9, 30), (1, 30, 9), (2, 7, 30), (30, 7), (1, 7, 20, 20)):
        with pytest.raises(ModelError) as refusal:
            read([np.zeros(shape, np.float32)], kind)
        told = str(refusal.value)
        assert kind in told and str(shape) in told and "anchors" in told and "Choose the DETECTION_TYPE" in told


def test_a_family_that_nobody_knows_is_refused():
    with pytest.raises(ModelError, match="YOLO_Ultralytics_obb"):
        read([], "YOLO_v4")


def test_logits_are_no_scores():
    with pytest.raises(ModelError, match=r"score of 7\.5.*sigmoid"):
        read([columns_of([[FAR, 40, 20, 10, 7.5, 0.1]])], "YOLO_Ultralytics")


# Each object once.

BOUNDS = st.tuples(*[st.integers(0, 30)] * 2, *[st.integers(1, 15)] * 2).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)
FOUND = st.lists(st.tuples(BOUNDS, st.integers(1, 8), st.integers(0, 1), st.booleans()), min_size=1, max_size=40)


def made(found, cut=True):
    bounds, scores, classes, cuts = zip(*found)
    return objects_at(bounds, np.array(scores) / 8, classes, cuts if cut else None)


def overlaps(objects):
    """Intersection over union of all pairs, by shapely; 0 between classes and with itself."""
    polygons = shapely.polygons(objects.boxes)
    shared = shapely.area(shapely.intersection(polygons[:, None], polygons[None]))
    union = shapely.area(polygons)[:, None] + shapely.area(polygons)[None] - shared
    alike = objects.classes[:, None] == objects.classes[None]
    return np.where(alike & ~np.eye(len(objects), dtype=bool), shared / union, 0)


@CASES
@given(FOUND, st.sampled_from([0.1, 0.3, 0.5, 0.75]))
def test_what_stays_does_not_overlap_and_what_goes_overlaps_something_surer(found, iou):
    objects = made(found, cut=False)
    stay = suppress(objects, iou)
    shared = overlaps(objects)
    assert (shared[np.ix_(stay, stay)] <= iou + 1e-9).all()
    for gone in set(range(len(objects))) - set(stay.tolist()):
        reasons = stay[shared[gone, stay] > iou - 1e-9]
        assert (objects.scores[reasons] >= objects.scores[gone]).any()


@CASES
@given(FOUND, st.randoms(use_true_random=False))
def test_the_order_given_does_not_matter(found, random):
    objects = made(found)
    shuffled = np.array(random.sample(range(len(found)), len(found)))
    first, second = (group.pick(suppress(group, 0.4)) for group in (objects, objects.pick(shuffled)))
    assert first.boxes.tolist() == second.boxes.tolist()
    assert first.scores.tolist() == second.scores.tolist() and first.classes.tolist() == second.classes.tolist()


@CASES
@given(FOUND)
def test_suppressing_twice_changes_nothing(found):
    once = made(found, cut=False)
    once = once.pick(suppress(once, 0.3))
    assert suppress(once, 0.3).tolist() == list(range(len(once)))


def turned_boxes(rng, count, spread):
    centres, halves = rng.uniform(0, spread, (count, 2)), rng.uniform(2, 10, (count, 2))
    angles = rng.uniform(0, np.pi, count)
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    arms = signs * halves[:, None]
    turn = np.stack([np.cos(angles), np.sin(angles), -np.sin(angles), np.cos(angles)], axis=1).reshape(-1, 2, 2)
    return centres[:, None] + arms @ turn


@pytest.mark.parametrize("iou", [0.1, 0.4])
def test_turned_boxes_are_held_against_each_other_exactly(iou):
    rng = np.random.default_rng(3)
    boxes = np.concatenate([turned_boxes(rng, 150, 60), quads([(10, 10, 20, 30), (12, 10, 22, 30)])])
    objects = objects_at(boxes, rng.permutation(152) / 152, oriented=True)
    shared, stay = overlaps(objects), []
    for candidate in np.argsort(-objects.scores):  # the definition, without haste
        if not (shared[candidate, stay] > iou).any():
            stay.append(candidate)
    assert sorted(suppress(objects, iou).tolist()) == sorted(stay)


def test_a_square_turned_by_an_eighth_shares_what_geometry_says():
    root = np.sqrt(2)  # a unit square and itself turned by 45°: an octagon of 2 (√2 - 1) in common
    turned = np.array([[0, -1], [1, 0], [0, 1], [-1, 0]]) / root
    boxes = np.stack([quads([-0.5, -0.5, 0.5, 0.5])[0], turned])
    octagon = 2 * (root - 1)
    threshold = octagon / (2 - octagon)
    both = objects_at(boxes, [0.9, 0.8], oriented=True)
    assert len(suppress(both, threshold + 1e-6)) == 2 and len(suppress(both, threshold - 1e-6)) == 1


def test_a_fragment_goes_even_if_it_is_surer():
    sure = objects_at([(0, 0, 20, 20), (14, 0, 22, 20)], [0.8, 0.95], cut=[0, 1])
    assert suppress(sure, 0.5).tolist() == [0]
    loose = objects_at([(0, 0, 20, 20), (15, 0, 25, 20)], [0.9, 0.8], cut=[0, 1])
    assert suppress(loose, 0.5).tolist() == [0, 1], f"less than {INSIDE} of it lies within"
    other = objects_at([(0, 0, 20, 20), (15, 0, 20, 20)], [0.9, 0.8], [0, 1], cut=[0, 1])
    assert suppress(other, 0.5).tolist() == [0, 1], "another class"
    whole = objects_at([(0, 0, 20, 20), (15, 0, 20, 20)], [0.9, 0.8])
    assert suppress(whole, 0.5).tolist() == [0, 1], "a small object within a large one is no fragment"


def test_of_an_object_that_no_tile_shows_whole_the_largest_piece_stays():
    pieces = objects_at([(0, 0, 60, 20), (48, 0, 60, 20), (50, 0, 110, 20)], [0.6, 0.9, 0.7], cut=[1, 1, 1])
    assert suppress(pieces, 0.5).tolist() == [0, 2]


def test_many_objects_are_no_trouble():
    rng = np.random.default_rng(0)
    corners = rng.uniform(0, 20_000, (50_000, 2))
    objects = objects_at(np.hstack([corners, corners + rng.uniform(10, 60, corners.shape)]), rng.random(50_000))
    kept = objects.pick(suppress(objects, 0.5))
    assert 0.9 * 50_000 < len(kept) < 50_000
    assert (np.diff(kept.centres[:, 1]) >= 0).all(), "from top to bottom"


# Tiles.


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


# Files.


def written(path, objects, grid, crs=None):
    write_objects(path, objects, grid, LEGEND, crs or grid.crs)
    info, _, shapes, columns = pyogrio.raw.read(path, layer=path.stem)
    return shapely.from_wkb(shapes), dict(zip(info["fields"], columns)), info


def test_boxes_are_written_in_map_units_with_their_class(tmp_path):
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    objects = objects_at([(10, 20, 30, 24), (0, 0, 2, 2)], [0.75, 0.5], [1, 0])
    shapes, columns, info = written(tmp_path / "found.gpkg", objects, grid)
    assert info["geometry_type"] == "Polygon"
    assert [shape.bounds for shape in shapes] == [
        (500_005, 5_699_988, 500_015, 5_699_990),
        (5e5, 5_699_999, 500_001, 5.7e6),
    ]
    assert columns["class"].tolist() == [7, 0] and columns["name"].tolist() == ["ship", "car"]
    assert columns["score"].tolist() == [0.75, 0.5] and columns["area_m2"] == pytest.approx([20, 1])
    assert set(columns) == {"class", "name", "score", "area_m2"}
    assert "format_number" in str(pyogrio.raw.read(tmp_path / "found.gpkg", layer="layer_styles")[3])


@pytest.mark.parametrize("bearing", [0, 30, 90, 135, 179])
def test_oriented_boxes_are_measured(tmp_path, bearing):
    along = np.array([np.sin(np.radians(bearing)), -np.cos(np.radians(bearing))])  # rows run south
    across = np.array([-along[1], along[0]])
    corners = [[50, 50] + x * along + y * across for x, y in ((-20, -5), (-20, 5), (20, 5), (20, -5))]
    objects = objects_at(np.array([corners]), oriented=True)
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    _, columns, _ = written(tmp_path / "found.gpkg", objects, grid)
    assert (columns["angle_deg"][0] - bearing + 90) % 180 == pytest.approx(90), "0 and 180 are one"
    assert columns["angle_deg"][0] < 180
    assert (columns["length_m"][0], columns["width_m"][0]) == pytest.approx((20, 5))
    assert columns["area_m2"][0] == pytest.approx(100)


@pytest.mark.parametrize("target", [DEGREES, MERCATOR, UTM])
def test_sizes_are_those_on_the_ground_whatever_the_map(tmp_path, target):
    """A ship of 40 m by 10 m that heads north-east, at 60° north, where degrees and Web Mercator lie most."""
    home = Grid(CRS.from_epsg(32631), Affine(1, 0, 500_000, 0, -1, 6_651_900), 100, 100)
    heading = np.array([np.sin(np.pi / 4), -np.cos(np.pi / 4)])
    beam = np.array([-heading[1], heading[0]])
    corners = [[50, 50] + x * heading + y * beam for x, y in ((-20, -5), (20, -5), (20, 5), (-20, 5))]
    _, columns, info = written(tmp_path / "found.gpkg", objects_at(np.array([corners]), oriented=True), home, target)
    assert CRS.from_user_input(info["crs"]) == target
    assert columns["angle_deg"] == pytest.approx(45, abs=0.5)
    assert (columns["length_m"][0], columns["width_m"][0]) == pytest.approx((40, 10), rel=5e-3)


def test_degrees_are_measured_row_by_row(tmp_path):
    grid = Grid(DEGREES, Affine(1e-4, 0, 5, 0, -0.5, 60), 10, 120)  # from 60° north to the equator
    boxes = quads([(2, 0, 4, 0.0001), (2, 119.9998, 4, 119.9999)])
    _, columns, _ = written(tmp_path / "found.gpkg", objects_at(boxes, oriented=True), grid)
    assert columns["length_m"] == pytest.approx([2e-4 * 55_800, 2e-4 * 111_320], rel=2e-3)


def test_no_objects_make_an_empty_table_of_all_columns(tmp_path):
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    for kind in FAMILIES:
        shapes, columns, _ = written(tmp_path / f"{kind}.gpkg", no_detections(kind), grid)
        assert len(shapes) == 0 and {"class", "name", "score", "area_m2"} <= set(columns)
        assert ("angle_deg" in columns) == (kind == "YOLO_Ultralytics_obb")


def test_outlines_are_written_where_there_are_some_and_without_a_place_on_earth(tmp_path):
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    objects = objects_at([(0, 0, 10, 10)])
    objects = Objects(objects.boxes, objects.scores, objects.classes, objects.cut, np.array([ring], object))
    shapes, columns, _ = written(tmp_path / "o.geojson", objects, Grid(None, Affine(2, 0, 0, 0, -2, 0), 10, 10))
    assert shapes[0].area == columns["area_m2"][0] == 4 * 96
    assert "LIKE" not in (tmp_path / "o.qml").read_text()
    with pytest.raises(OutputError, match="ending"):
        write_objects(tmp_path / "o.doc", objects, Grid(None, Affine.identity(), 10, 10), LEGEND, None)
