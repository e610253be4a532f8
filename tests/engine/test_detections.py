"""Objects are read from the arrays of every family of detectors, with numbers worked out by hand."""

import numpy as np
import pytest
import shapely
from detection_cases import FAR, columns_of, read, rows_of
from terraloom.engine.detection.detection_outputs import FAMILIES, no_detections
from terraloom.engine.errors import ModelError


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
