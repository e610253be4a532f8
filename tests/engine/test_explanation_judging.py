"""Judgements say what cannot be told, which places are missing, and what is not beyond doubt."""

import json
import math

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from explanations import linear, shapes
from listening import Heard
from rasterio.crs import CRS
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.explanation.location import find_location
from terraloom.engine.explanation_quality import report
from terraloom.engine.explanation_quality.infidelity import foretold_losses, infidelity
from terraloom.engine.explanation_quality.judging import Judgement
from terraloom.engine.explanation_quality.randomisation import correlation
from terraloom.engine.explanation_quality.report import quality_page
from terraloom.engine.explanation_quality.summary import Summary, mean_of
from terraloom.engine.grids.grid import Grid
from terraloom.engine.jobs import explanation_quality
from terraloom.engine.requests.explain_prediction import Place, Question
from terraloom.engine.requests.explanation_quality import ExplanationQuality, QualityTargets, methods_of
from terraloom.engine.requests.network_run import NetworkRun

EAST, NORTH, SIDE = 500_000, 5_000_000, 40


def image_of(folder, bands):
    values = np.random.default_rng(0).uniform(0, 3, (bands, SIDE, SIDE)).astype(np.float32)
    return toys.raster(folder / "in.tif", values)


@pytest.fixture
def source(tmp_path):
    return image_of(tmp_path, 2)


def points(path, places):
    """A layer of points, by their columns and rows."""
    shapes = np.array([shapely.Point(EAST + column, NORTH - row).wkb for column, row in places], object)
    pyogrio.raw.write(
        path,
        geometry=shapes,
        field_data=[np.arange(len(shapes))],
        fields=["number"],
        geometry_type="Point",
        crs=toys.UTM,
    )
    return Place(layer=str(path))


def judged(tmp_path, model, source, place, measures, heard, method="occlusion", **rest):
    request = ExplanationQuality(
        NetworkRun((source,), str(model), device="cpu"),
        QualityTargets(metrics=str(tmp_path / "q.json")),
        Question(place=place),
        methods_of((method,), samples=0, window_px=0, by_band=False, layer="", **rest),
        measures,
    )
    explanation_quality.run(request, heard)
    document = json.loads((tmp_path / "q.json").read_text("utf-8"))
    return document["methods"][0], document


def test_maps_of_single_pixels_are_neither_alike_nor_foretold():
    """One number fits any map of a single pixel."""
    one, pixel = np.full((1, 1), 0.5, np.float32), np.ones((1, 1), bool)
    assert math.isnan(correlation(one, one * 3, pixel, pixel))
    image, masks = np.ones((2, 1, 1), np.float32), np.ones((5, 1, 1), bool)
    foretold = foretold_losses(np.full((1, 1), 7.0), masks)
    missed = infidelity(lambda batch: batch.sum(axis=(1, 2, 3)), image, image * 0, foretold, masks, lambda _: None)
    assert math.isnan(missed.value) and math.isnan(missed.share)


@pytest.mark.parametrize("method", ["saliency", "inputxgradient"])
def test_maps_of_a_network_that_looks_at_one_pixel_of_many_are_neither_alike(tmp_path, source, method):
    """Its window is larger than what it looks at, so that its map is 0 but for that pixel, whatever its weights."""
    weight = np.zeros((1, 2, 9, 9), np.float32)
    weight[0, :, 4, 4] = 1, 2
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[4] * 4)]
    document = toys.card(("red", "nir"), 1, radius=4, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    heard, place = Heard(), points(tmp_path / "p.gpkg", [(20.5, 20.5)])
    one, pixel = np.zeros((9, 9), np.float32), np.ones((9, 9), bool)
    one[4, 4] = 3
    assert math.isnan(correlation(one, one / 2, pixel, one > 0)) and math.isnan(
        correlation(one * 0, one * 0, pixel, one > 0)
    )
    judged(tmp_path, model, source, place, ("randomisation",), heard, method)
    assert not any("fails" in text for text in heard.warnings)


def test_what_saliency_foretells_is_the_gradient_times_the_way(tmp_path, source):
    """Of a linear network that is exact, so that no loss is missed; the gradient alone misses."""
    weight = np.random.default_rng(1).normal(size=(1, 2, 9, 9)).astype(np.float32)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[4] * 4)]
    document = toys.card(("red", "nir"), 1, radius=4, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    place = points(tmp_path / "p.gpkg", [(20.5, 20.5)])
    baseline = {"baseline": "value", "baseline_value": "2"}
    found, _ = judged(tmp_path, model, source, place, ("infidelity",), Heard(), "saliency", **baseline)
    assert found["infidelity_share"]["mean"] < 1e-6


def test_random_orders_rise_where_they_are_held_against_insertion(monkeypatch):
    """They are curves of deletion, turned round for insertion."""
    drawn = []
    monkeypatch.setattr(report, "line_chart", lambda curves, *_, **__: drawn.append(curves) or "")
    falling = np.array([0.9, 0.8, 0.1])
    place = Judgement(1, "Water", 0.9, deletion=falling, insertion=falling[::-1], random=falling)
    quality_page([Summary("occlusion", [place])], ("deletion", "insertion"), [], 0)
    (deletion, _), (insertion, _) = drawn
    assert deletion.name == insertion.name == "Random order"
    assert list(deletion.y) == falling.tolist() and list(insertion.y) == falling[::-1].tolist()


def test_no_chart_tells_how_often_random_orders_are_beaten_where_that_is_not_known(monkeypatch):
    drawn = []
    monkeypatch.setattr(report, "interval_chart", lambda bars, _, **given: drawn.append((bars, given)) or "")
    known = Judgement(1, "Water", 0.9, deletion_auc=0.5, random_auc=0.6)
    unknown = Judgement(1, "Water", 0.9)
    quality_page([Summary("occlusion", [unknown]), Summary("lime", [unknown])], ("deletion",), [], 0)
    assert not drawn
    quality_page([Summary("occlusion", [unknown]), Summary("lime", [known])], ("deletion",), [], 0)
    ((bars, given),) = drawn
    assert [math.isnan(bar.value) for bar in bars] == [True, False] and given == {"undefined": "cannot be told"}


def test_networks_of_single_pixels_are_told_not_to_be_judged(tmp_path):
    source, heard = image_of(tmp_path, 3), Heard()
    place = points(tmp_path / "p.gpkg", [(5.5, 5.5)])
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    found, _ = judged(tmp_path, model, source, place, ("randomisation", "infidelity", "deletion"), heard)
    assert not {"randomisation", "infidelity", "deletion_auc"} & set(found)
    assert any("of deletion cannot be told at 1 of 1 places" in text for text in heard.warnings)
    assert not any("fails" in text for text in heard.warnings)


def test_a_regression_has_no_predicted_region_to_be_judged(tmp_path, source):
    model, _ = linear(tmp_path / "m.onnx")
    request = ExplanationQuality(
        NetworkRun((source,), str(model), device="cpu"),
        QualityTargets(metrics=str(tmp_path / "q.json")),
        Question(place=Place(layer="nowhere.gpkg"), region="predicted"),
        methods_of(("occlusion",), samples=0, window_px=0, by_band=False, layer=""),
        ("deletion",),
    )
    with pytest.raises(InputError, match="REGION is predicted, and toy predicts values and no classes"):
        explanation_quality.run(request, Heard())


def test_places_outside_the_image_are_told_of_and_the_others_keep_their_numbers(tmp_path, source):
    heard = Heard()
    place = points(tmp_path / "p.gpkg", [(-500, 5), (10.5, 10.5), (20.5, 20.5)])
    found, document = judged(
        tmp_path, toys.random_network(tmp_path / "m.onnx", 4), source, place, ("infidelity",), heard
    )
    assert [each["place"] for each in found["places"]] == [2, 3] and document["places_left_out"] == 1
    assert any("outside the image: 1 of 3 places" in text for text in heard.warnings)


def test_features_without_points_or_polygons_are_told_of_and_the_others_keep_their_numbers(tmp_path, source):
    heard, middle = Heard(), shapely.Point(EAST + 20.5, NORTH - 20.5)
    lines = shapely.LineString([(EAST, NORTH), middle.coords[0]]), shapely.Polygon()
    geometries = [None, lines[0], shapely.Point(EAST - 500, NORTH), middle, lines[1]]
    place = shapes(tmp_path / "p.gpkg", geometries)
    found, document = judged(
        tmp_path, toys.random_network(tmp_path / "m.onnx", 4), source, place, ("infidelity",), heard
    )
    assert [each["place"] for each in found["places"]] == [4] and document["places_left_out"] == 4
    assert any("outside the image: 1 of 5 places" in text for text in heard.warnings)
    assert any("neither points nor polygons: 3 of 5 places" in text for text in heard.warnings)


def test_places_on_the_very_edge_of_the_image_are_counted_as_outside(tmp_path, source):
    """A point there would begin the next pixel, and a polygon that only touches the image holds none of it."""
    heard, edges = Heard(), [(SIDE, 10), (10, SIDE), (SIDE - 0.0005, 3), (-0.005, 5)]
    place = points(tmp_path / "p.gpkg", [*edges, (10.5, 10.5)])
    found, document = judged(
        tmp_path, toys.random_network(tmp_path / "m.onnx", 4), source, place, ("infidelity",), heard
    )
    assert [each["place"] for each in found["places"]] == [5] and document["places_left_out"] == 4
    assert any("outside the image: 4 of 5 places" in text for text in heard.warnings)


def test_a_polygon_that_also_touches_the_edge_is_found(tmp_path):
    """What is left of it on the image are a polygon and a line."""
    grid = Grid(CRS.from_user_input(toys.UTM), toys.Affine(1, 0, EAST, 0, -1, NORTH), SIDE, SIDE)
    corners = [(-5, 2), (4, 2), (4, 6), (0, 6), (0, 12), (-5, 12)]
    shape = shapely.Polygon([(EAST + column, NORTH - row) for column, row in corners])
    beside = shapely.box(EAST + SIDE, NORTH - 9, EAST + SIDE + 9, NORTH - 2)
    found = find_location(shapes(tmp_path / "p.gpkg", [shape, beside]), grid, None)
    assert found.mask(Window(0, 0, SIDE, SIDE)).sum() == 16
    assert found.outside == 1 and found.numbers.tolist() == [1] and len(found.each()) == 1


@pytest.mark.parametrize(("row", "column"), [(20, 20), (0, 0), (20.5, 3), (7, 9.25), (19.9995, 30.9999)])
def test_a_point_on_the_edge_of_a_pixel_lies_in_one(row, column):
    grid = Grid(CRS.from_user_input(toys.UTM), toys.Affine(1, 0, EAST, 0, -1, NORTH), SIDE, SIDE)
    found = find_location(Place(point=(EAST + column, NORTH - row), crs=toys.UTM), grid, None)
    assert (found.core.row_off, found.core.col_off) == (int(row + 0.001), int(column + 0.001))
    assert (found.core.height, found.core.width) == (1, 1) and found.mask(found.core).all()


@pytest.mark.parametrize(
    ("scores", "is_doubted", "is_failed"),
    [((0.9, 0.85, 0.95), False, False), ((0.9, 0.4, 0.95), True, False), ((0.1, 0.2, 0.9), False, True)],
)
def test_passing_on_average_is_not_passing_beyond_doubt(scores, is_doubted, is_failed):
    """The score is that of all layers, the last, and of the mean over places."""
    places = [Judgement(number, "Water", 1.0, [0.0, 1 - score]) for number, score in enumerate(scores, 1)]
    summary = Summary("occlusion", places)
    assert summary.means["randomisation"].value == pytest.approx(np.mean(scores))
    assert summary.fails == is_failed
    page = quality_page([summary], ("randomisation",), [], 0)
    assert ("not beyond doubt" in page) == is_doubted


def test_places_where_it_cannot_be_told_are_not_counted_as_judged():
    places = [Judgement(number, "Water", 1.0, [0.0, found]) for number, found in enumerate((0.1, 0.7, math.nan), 1)]
    page = quality_page([Summary("occlusion", places)], ("randomisation",), [], 0)
    assert "it fails at 1 of 2 places" in page


@pytest.mark.parametrize("places", [2, 3, 5])
def test_intervals_hold_the_mean_of_all_places_as_often_as_they_say_of_few_too(places):
    found = [mean_of(each) for each in np.random.default_rng(0).normal(1, 2, (2000, places)).tolist()]
    assert np.mean([each.low <= 1 <= each.high for each in found]) == pytest.approx(0.95, abs=0.015)


def test_intervals_stay_within_what_a_measure_can_be():
    places = [
        Judgement(number, "a", 0.5, correlations=[alike] * 2, sensitivity=small, infidelity=small,
                  infidelity_share=alike, deletion_auc=small, random_auc=0.0)
        for number, (alike, small) in enumerate([(0.05, 0.01), (0.9, 0.3)])
    ]  # fmt: skip
    summary = Summary("occlusion", places)
    found = summary.means
    assert found["max_sensitivity"].low == found["infidelity"].low == 0 and found["max_sensitivity"].high > 1
    for mean in (found["randomisation"], found["infidelity_share"], *summary.cascade):
        assert (mean.low, mean.high) == (0, 1)
    assert found["deletion_gain"].low < 0, "a gain may be a loss"


@pytest.mark.parametrize(
    ("method", "measures", "is_read"),
    [
        ("saliency", ("randomisation", "maxsensitivity"), False),
        ("gradcam", ("maxsensitivity",), False),
        ("saliency", ("randomisation", "infidelity"), True),
        ("occlusion", ("randomisation",), True),
    ],
)
def test_a_baseline_that_nothing_reads_is_refused(method, measures, is_read):
    methods = methods_of((method,), samples=0, window_px=0, by_band=False, layer="", baseline="blur")
    given = (NetworkRun(("a.tif",), "m.onnx"), QualityTargets("q.json"), Question(Place((0, 0))), methods, measures)
    if is_read:
        assert ExplanationQuality(*given).methods == methods
    else:
        with pytest.raises(
            InputError, match=f"METHOD is {method} and MEASURES .*, for which BASELINE would do nothing"
        ):
            ExplanationQuality(*given)
