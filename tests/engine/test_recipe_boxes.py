"""Boxes drawn by hand label what lies in them, and no image is both learnt from and judged by."""

import numpy as np
import torch
from PIL import Image

from recipes.boxes_by_hand import AROUND_PX, JUDGED, LEARNT, cuts
from recipes.landuse_vhr import CLASSES, UNLABELLED


def test_no_image_is_both_learnt_from_and_judged_by():
    assert LEARNT and JUDGED and not LEARNT.keys() & JUDGED.keys()


def test_boxes_have_known_classes_and_lie_in_the_images():
    for boxes in (*LEARNT.values(), *JUDGED.values()):
        for kind, left, top, right, bottom in boxes:
            assert kind in CLASSES
            assert 0 <= left < right <= 1500 and 0 <= top < bottom <= 1500


def test_a_cut_is_labelled_within_all_boxes_that_reach_into_it(tmp_path):
    values = np.random.default_rng(0).integers(0, 256, (400, 500, 3), dtype=np.uint8)
    Image.fromarray(values).save(tmp_path / "a.webp", lossless=True)
    boxes = [("Water", 150, 140, 250, 200), ("Vegetation", 300, 200, 310, 400)]
    first, second = cuts(tmp_path, {"a": boxes}, CLASSES, UNLABELLED)
    rows, columns = slice(140 - AROUND_PX, 200 + AROUND_PX), slice(150 - AROUND_PX, 250 + AROUND_PX)
    assert torch.equal(first.image, torch.from_numpy(values[rows, columns].transpose(2, 0, 1).copy()))
    expected = np.full((400, 500), UNLABELLED)
    expected[140:200, 150:250], expected[200:400, 300:310] = 0, 4
    assert np.array_equal(first.labels, expected[rows, columns])
    assert second.labels.shape == (400 - 72, 310 + AROUND_PX - 172)
