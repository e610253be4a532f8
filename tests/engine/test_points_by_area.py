"""Points that were drawn by class are told from random ones, and weighted they give the figures of the map."""

import json
import os
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from affine import Affine
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import assess_accuracy
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assess_accuracy import AssessAccuracy
from terraloom.engine.verification.by_area import class_areas, weigh
from terraloom.tests.engine.environment_fakes import Recorder

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "olofsson" / "olofsson.json"
CASES = "olofsson2014_table8", "olofsson2013_example1", "olofsson2013_example2", "mapac_aa_card_example"

EAST, NORTH = 500_000, 5_000_000
SIDE_PX = 200
RARE_ROWS = 2
"""Of 200: 1 % of the map."""

DRAWN_BY_CLASS = "they were probably drawn by class"


def rare_class():
    """A map with a class that has 1 % of it."""
    values = np.ones((SIDE_PX, SIDE_PX), np.uint8)
    values[:RARE_ROWS] = 2
    return values


def assessed(tmp_path, values, places, truth, **profile):
    """The figures, the page, and what was told, of points at (column, row) of a map of pixels of 1 m."""
    class_map = toys.raster(tmp_path / "map.tif", values, nodata=255, **profile)
    transform = profile.get("transform", Affine(1, 0, EAST, 0, -1, NORTH))
    pyogrio.raw.write(
        tmp_path / "points.gpkg",
        geometry=shapely.to_wkb(shapely.points([transform @ (column + 0.5, row + 0.5) for column, row in places])),
        field_data=[np.array(truth)],
        fields=["kind"],
        geometry_type="Point",
        crs=profile.get("crs", toys.UTM),
    )
    told = Recorder()
    request = AssessAccuracy(
        class_map,
        str(tmp_path / "points.gpkg"),
        class_field="kind",
        report=str(tmp_path / "report.html"),
        metrics=str(tmp_path / "metrics.json"),
    )
    assess_accuracy.run(request, told)
    return json.loads((tmp_path / "metrics.json").read_text()), (tmp_path / "report.html").read_text(), told.logs


def fifty_of_each():
    """Points in either class, of which nine in ten are right."""
    random = np.random.default_rng(0)
    rare = np.column_stack([random.integers(SIDE_PX, size=50), random.integers(RARE_ROWS, size=50)])
    other = np.column_stack([random.integers(SIDE_PX, size=50), random.integers(RARE_ROWS, SIDE_PX, size=50)])
    return np.concatenate([rare, other]), [2] * 45 + [1] * 5 + [1] * 45 + [2] * 5


def test_points_drawn_by_class_are_recognised_and_weighted_by_area(tmp_path):
    found, page, logs = assessed(tmp_path, rare_class(), *fifty_of_each())
    assert found["per_class"]["2"]["producers_accuracy"]["value"] == 0.9, "that of the sample"
    weighted = found["weighted_by_area"]
    rare = weighted["per_class"]["2"]
    assert rare["share_of_the_map"] == 0.01
    assert rare["producers_accuracy"]["value"] == pytest.approx(0.01 * 0.9 / (0.01 * 0.9 + 0.99 * 0.1), abs=1e-6)
    assert weighted["overall_accuracy"]["value"] == pytest.approx(0.9)
    assert weighted["unlike_random_points"]
    for texts in (found["cautions"], logs, [page]):
        assert any(DRAWN_BY_CLASS in text for text in texts)
    assert "Weighted by area" in page and "8.3<br>" in page


def test_random_points_are_not_warned_of_however_rare_a_class_is(tmp_path):
    """A single point on a class of 1 in 1,000, of 150, is odd by the usual law of chi-square, but not by chance."""
    random = np.random.default_rng(1)
    values = np.ones((SIDE_PX, SIDE_PX), np.uint8)
    values[0, : SIDE_PX * SIDE_PX // 1000] = 2
    places = random.integers(1, SIDE_PX, size=(150, 2))
    places[0] = 5, 0
    found, page, logs = assessed(tmp_path, values, places, [2] + [1] * 149)
    assert not found["weighted_by_area"]["unlike_random_points"]
    assert not any(DRAWN_BY_CLASS in text for text in (*found["cautions"], *logs, page))


def test_random_samples_are_hardly_ever_taken_for_drawn_by_class():
    random = np.random.default_rng(2)
    areas = np.array([0.9, 0.08, 0.0199, 0.0001])
    odd = sum(weigh(np.diag(random.multinomial(80, areas)), areas, 1.0, 0.95).unlike_random for _ in range(100))
    assert odd <= 2


def test_classes_without_a_point_are_told_by_their_share(tmp_path):
    values = rare_class()
    values[-50:] = 7
    found, page, _ = assessed(tmp_path, values, [(5, 50), (50, 60), (5, 0), (20, 1)], [1, 2, 2, 2])
    weighted = found["weighted_by_area"]
    assert weighted["share_without_points"] == 0.25 and "25.0 % of the map is of classes without a point" in page
    assert weighted["overall_accuracy"]["value"] == pytest.approx((148 * 0.5 + 2) / 150, abs=1e-6)


def test_a_class_with_a_single_point_leaves_the_error_unknown(tmp_path):
    found, page, _ = assessed(tmp_path, rare_class(), [(5, 50), (50, 60), (5, 0)], [1, 2, 2])
    overall = found["weighted_by_area"]["overall_accuracy"]
    assert overall["value"] == pytest.approx(0.99 * 0.5 + 0.01)
    assert overall["standard_error"] is overall["low"] is overall["high"] is None
    assert "nan" not in page


def test_areas_are_those_on_the_ground(tmp_path):
    """In degrees: rows at 60 to 80 degrees north, whose pixels grow narrower."""
    values = np.ones((20, 10), np.uint8)
    values[:10] = 2
    transform = Affine(1, 0, 0, 0, -1, 80)
    found, _, _ = assessed(tmp_path, values, [(1, 1), (1, 15)], [2, 1], crs="EPSG:4326", transform=transform)
    zones = np.diff(np.sin(np.radians([60, 70, 80])))  # of a sphere
    share = found["weighted_by_area"]["per_class"]["2"]["share_of_the_map"]
    assert share == pytest.approx(zones[1] / zones.sum(), abs=0.003)


@pytest.mark.parametrize("classes", [(1, 2), (-7, 2), (-2_000_000_000, 5, 2_000_000_000), (9,)])
def test_areas_are_those_of_whatever_numbers_classes_have(tmp_path, classes):
    values = np.random.default_rng(0).choice([*classes, 4], (30, 20)).astype(np.int32)
    values[3, 5:9] = 0
    with ClassRaster(toys.raster(tmp_path / "map.tif", values, nodata=0)) as raster:
        areas, whole = class_areas(raster.on(raster.grid), raster.grid, classes, Silent())
    assert whole == pytest.approx(596, rel=0.01)
    assert areas / whole == pytest.approx([(values == each).sum() / 596 for each in classes], rel=1e-6)


def test_polygons_and_rasters_are_weighted_by_nothing(tmp_path):
    truth = toys.raster(tmp_path / "truth.tif", rare_class())
    request = AssessAccuracy(
        toys.raster(tmp_path / "map.tif", rare_class()), truth, True, metrics=str(tmp_path / "metrics.json")
    )
    assess_accuracy.run(request, Recorder())
    assert json.loads((tmp_path / "metrics.json").read_text())["weighted_by_area"] is None


def test_a_map_that_changes_between_its_points_and_its_areas_makes_no_report(tmp_path, monkeypatch):
    measure = assess_accuracy.class_areas

    def changed(*asked):
        os.utime(tmp_path / "map.tif", (1, 1))
        return measure(*asked)

    monkeypatch.setattr(assess_accuracy, "class_areas", changed)
    with pytest.raises(InputError, match=r"map\.tif was changed or deleted while it was being read"):
        assessed(tmp_path, rare_class(), [(5, 50), (5, 0)], [1, 2])
    assert not [*tmp_path.glob("report*"), *tmp_path.glob("metrics*")]


@pytest.mark.skipif(not GOLDEN.parents[1].is_dir(), reason="the reference numbers are not beside the repository")
@pytest.mark.parametrize("case", CASES)
def test_figures_are_those_of_the_reference_implementation(case):
    golden = json.loads(GOLDEN.read_text())[case]
    table, areas = np.array(golden["input"]["error_matrix"]), np.array(golden["input"]["mapped_area_pixels"], float)
    found, expected = weigh(table.T, areas, areas.sum(), 0.95), golden["expected"]
    producers = found.producers_accuracy
    exactly = {"rel": 1e-12, "abs": 1e-14}
    assert found.overall_accuracy.value == pytest.approx(expected["OA"], **exactly)
    assert found.overall_accuracy.standard_error == pytest.approx(expected["SE_OA"], **exactly)
    assert [each.value for each in producers] == pytest.approx(expected["PA"], **exactly)
    assert [each.standard_error for each in producers] == pytest.approx(expected["SE_PA"], **exactly)
    assert found.unlike_random, "all of them were drawn by class"
