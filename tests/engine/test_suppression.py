"""Of objects that are found more than once the surest stays, and no fragment of a larger one."""

import numpy as np
import pytest
import shapely
from detection_cases import objects_at, quads
from hypothesis import given, settings
from hypothesis import strategies as st
from terraloom.engine.detection.detections import INSIDE, suppress

CASES = settings(max_examples=100, deadline=None, derandomize=True)
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
