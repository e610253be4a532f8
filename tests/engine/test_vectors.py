"""Polygons trace pixel edges and share their boundaries; small areas are absorbed."""

import numpy as np
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from terraloom.engine.generalise import absorb_small_areas
from terraloom.engine.legend import NODATA
from terraloom.engine.vectors import simplify, trace

CLASSES = arrays(
    np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.sampled_from([0, 1, 2, NODATA])
)
CASES = settings(max_examples=150, deadline=None, derandomize=True)


def traced(classes):
    confidence = np.linspace(0, 1, classes.size, dtype=np.float32).reshape(classes.shape)
    return trace(classes, confidence, Affine(2, 0, 10, 0, -2, 50), np.full(len(classes), 4.0)), confidence


@CASES
@given(CLASSES)
def test_polygons_are_a_coverage_of_the_known_pixels(classes):
    areas, confidence = traced(classes)
    assert shapely.is_valid(areas.polygons).all()
    assert shapely.coverage_is_valid(areas.polygons)
    np.testing.assert_allclose(shapely.area(areas.polygons), areas.areas_m2)
    rows, columns = np.nonzero(classes != NODATA)
    assert areas.areas_m2.sum() == 4 * len(rows)
    centres = shapely.points(10 + 2 * (columns + 0.5), 50 - 2 * (rows + 0.5))
    for polygon, value, mean in zip(areas.polygons, areas.values, areas.confidences):
        inside = shapely.contains(polygon, centres)
        assert (classes[rows[inside], columns[inside]] == value).all()
        np.testing.assert_allclose(confidence[rows[inside], columns[inside]].mean(), mean, atol=1e-6)


@CASES
@given(CLASSES)
def test_simplified_polygons_stay_a_coverage(classes):
    areas, _ = traced(classes)
    smooth = simplify(areas, 4)
    assert shapely.coverage_is_valid(smooth.polygons)
    assert len(smooth.polygons) == len(areas.polygons)
    assert shapely.get_num_coordinates(smooth.polygons).sum() <= shapely.get_num_coordinates(areas.polygons).sum()


def test_three_areas_meet_in_one_vertex():
    classes = np.array([[0, 0, 0, 0], [1, 1, 2, 2]], np.uint8)
    areas, _ = traced(classes)
    top = areas.polygons[areas.values.tolist().index(0)]
    assert (14, 48) in top.exterior.coords


def test_all_nodata_gives_no_polygon():
    areas, _ = traced(np.full((4, 5), NODATA, np.uint8))
    assert len(areas.polygons) == len(areas.values) == 0


@CASES
@given(CLASSES, st.integers(1, 9))
def test_small_areas_are_absorbed_and_nodata_stays(classes, smallest_px):
    result = absorb_small_areas(classes.copy(), smallest_px)
    np.testing.assert_array_equal(result == NODATA, classes == NODATA)
    assert set(np.unique(result)) <= set(np.unique(classes))
    after, _ = traced(result)
    for polygon, area in zip(after.polygons, after.areas_m2):
        if area / 4 < smallest_px:  # it has no neighbour to join: nodata or the raster's edge all around
            others = after.polygons[after.polygons != polygon]
            assert (shapely.length(shapely.intersection(polygon, others)) == 0).all()


def test_a_speck_joins_its_largest_neighbour():
    classes = np.zeros((6, 6), np.uint8)
    classes[:, 4:] = 1
    classes[2, 3] = 2
    assert (absorb_small_areas(classes, 2)[:, :4] == 0).all()
    noise = np.random.default_rng(0).integers(0, 3, (40, 40)).astype(np.uint8)
    after, _ = traced(absorb_small_areas(noise, 50))
    assert after.areas_m2.min() / 4 >= 50
