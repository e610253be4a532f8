"""Labels of direction: those of the official implementation from its key points, and ours from masks."""

from __future__ import annotations

import json

import numpy as np
import pytest
from terraloom.engine.learning.line_directions import NONE, direction_bins, paint_directions
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.library.rules import LineRules
from terraloom.engine.lines.line_decoding import LineDecoder
from terraloom.tests.models.golden import GOLDEN

FOLDER = GOLDEN / "batra_orientation"
BACKGROUND = 36

official = pytest.mark.skipif(not GOLDEN.is_dir(), reason="the golden files are not here")


def cases():
    """Name of the array, key points, rows and half width of each golden label."""
    if not GOLDEN.is_dir():
        return []
    told = json.loads((FOLDER / "keypoints.json").read_text(encoding="utf-8"))
    found = []
    for mask in ("line30", "crossing", "curve"):
        for scale, smooth in ((4, 1), (2, 2), (1, 4)):
            points = told[mask][f"deepglobe.scale{scale}.smooth{smooth}"]["keypoints_xy"]
            name = f"{mask}.scale{scale}.angle_class"
            found += [(name, points, 256 // scale, 10), (f"{name}_theta5", points, 256 // scale, 5)]
    return [*found, ("fixed_keypoints.angle_class", told["fixed_keypoints"]["keypoints_xy"], 256, 10)]


def classes(angles_deg):
    """37 classes over 360°, as the official labels."""
    return np.where(np.isfinite(angles_deg), np.nan_to_num(angles_deg) / 10, BACKGROUND).astype(np.uint8)


@official
@pytest.mark.parametrize(("name", "points", "side", "half_width"), cases())
def test_the_labels_of_key_points_are_the_official_ones(name, points, side, half_width):
    painted = paint_directions([np.array(line) for line in points], (side, side), half_width)
    with np.load(FOLDER / "labels.npz") as labels:
        assert (classes(painted) == labels[name]).all()


@official
@pytest.mark.parametrize(("name", "points", "side", "half_width"), [each for each in cases() if each[3] == 10])
def test_the_vectors_of_key_points_are_the_official_ones(name, points, side, half_width):
    """Unit vectors along the columns and downwards, 0 where no line is."""
    angles = np.radians(paint_directions([np.array(line) for line in points], (side, side), half_width))
    ours = np.nan_to_num(np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    with np.load(FOLDER / "labels.npz") as labels:
        np.testing.assert_allclose(ours, labels[name.replace("angle_class", "vecmap_xy")], rtol=0, atol=2e-6)


@official
@pytest.mark.parametrize("mask", ["line30", "crossing", "curve"])
def test_a_bin_is_read_as_its_middle_where_the_official_one_is_read_as_its_edge(mask):
    """So that a true direction lies within half a bin of what is read, not within a whole one."""
    with np.load(FOLDER / "labels.npz") as labels:
        true, class_, official_vectors, official_classes = (
            labels[f"{mask}.scale1.{name}"]
            for name in ("vecmap_xy", "angle_class", "convertAngles2VecMap", "convertVecMap2Angles")
        )
    known = class_ != BACKGROUND
    true, read = (doubled(vectors[known]) for vectors in (true, official_vectors))
    edges = np.radians(10.0 * class_[known])
    np.testing.assert_allclose(official_vectors[known], np.stack([np.cos(edges), np.sin(edges)], axis=1), atol=1e-6)
    assert (official_classes[known] == class_[known]).all() and not official_classes[~known].any()
    assert 5 < apart_deg(true, read).max() <= 10

    logits = np.full((1 + 18, 1, len(true)), -30, np.float32)
    upwards = np.degrees(np.arctan2(true[:, 1], true[:, 0])) / 2 % 180
    logits[0], logits[1 + (upwards // 10).astype(int), 0, np.arange(len(true))] = 6, 30
    decoder = LineDecoder(ModelOutput(activation="sigmoid"), LineRules(18, 0.0))
    assert apart_deg(true, decoder.measure(logits)[1:, 0].T).max() <= 5.001


def doubled(vectors):
    """(cos 2θ, sin 2θ) of vectors along the columns and downwards, `(n, 2)`; θ grows upwards."""
    twice = 2 * np.arctan2(-vectors[:, 1], vectors[:, 0])
    return np.stack([np.cos(twice), np.sin(twice)], axis=1)


def test_the_temperature_of_the_card_divides_the_logit_of_a_line():
    logits = np.zeros((1 + 18, 1, 3), np.float32)
    logits[0, 0] = -2, 1, 6
    probability = LineDecoder(ModelOutput(activation="sigmoid", temperature=2.0), LineRules(18, 0.0)).measure(logits)[0]
    np.testing.assert_allclose(probability, 1 / (1 + np.exp([[1, -0.5, -3]])), rtol=1e-6)


def apart_deg(one, other):
    """Angle between lines whose vectors have twice their angle, `(n, 2)` each."""
    return np.degrees(np.arccos(np.clip((one * other).sum(axis=1), -1, 1))) / 2


@official
@pytest.mark.parametrize("mask", ["line30", "crossing", "curve"])
def test_the_labels_of_masks_are_nearly_the_official_ones(mask):
    with np.load(FOLDER / "labels.npz") as labels:
        ours = direction_bins(labels[f"{mask}.scale1.mask"] > 0, 18, half_width_px=10, straight_px=4)
        theirs = labels[f"{mask}.scale1.angle_class"]
    known = (ours != NONE) & (theirs != BACKGROUND)
    theirs_upwards = (-(10.0 * theirs[known] + 5)) % 180
    apart = np.abs((ours[known] * 10.0 + 5 - theirs_upwards + 90) % 180 - 90)
    assert (apart > 10).mean() < 0.05
    assert ((ours != NONE) != (theirs != BACKGROUND)).mean() < 0.03


@pytest.mark.parametrize(("end", "degrees"), [((90, 50), 0), ((90, 10), 45), ((50, 10), 90), ((10, 10), 135)], ids=str)
def test_angles_grow_from_the_columns_upwards(end, degrees):
    mask = np.zeros((101, 101), bool)
    for share in np.linspace(-1, 1, 400):
        column, row = (round(50 + share * (to - 50)) for to in end)
        mask[row - 1 : row + 2, column - 1 : column + 2] = True
    found = direction_bins(mask, 36, first_deg=-2.5)
    assert set(np.unique(found[45:56, 45:56])) <= {degrees // 5, NONE}
    assert found[50, 50] == degrees // 5


def test_a_mask_without_lines_has_no_directions():
    assert (direction_bins(np.zeros((20, 30), bool), 18) == NONE).all()
