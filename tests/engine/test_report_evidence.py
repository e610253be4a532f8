"""What is known of a map is held side by side: what does not fit together is found, counted and told as it is."""

import json
import math
import re

import numpy as np
import pytest
import rasterio
from affine import Affine
from evidence import LAND, WATER, class_map, raster, reported
from rasterio.windows import Window
from terraloom.engine.errors import InputError, OutputError
from terraloom.engine.evidence.findings import CONTRADICTED, DOUBTED, FINE, IMPOSSIBLE, LOWERING, UNSURE
from terraloom.engine.jobs import report_evidence
from terraloom.engine.legend import NODATA
from terraloom.engine.pages.thumbnail import Thumbnail
from terraloom.engine.requests.network_run import Extent
from terraloom.engine.requests.report_evidence import EvidenceTargets, ReportEvidence
from terraloom.engine.results.tags import EXPLAINED_CLASS, PARAMETERS, SHA256
from terraloom.engine.tiles import windows
from terraloom.tests.engine.environment_fakes import Recorder


@pytest.fixture
def evidence(tmp_path):
    """A row of six pixels, in each of which something else does not fit, and one more without a class."""
    unknown = np.nan
    return {
        "prediction": class_map(tmp_path / "flood.tif", [[LAND, WATER, WATER, WATER, WATER, WATER, NODATA]]),
        "uncertainty": raster(
            tmp_path / "confidence.tif",
            [[[0.9, 0.5, 0.9, 0.7, 0.95, unknown, 0.1]], [[0.1] * 7]],
            ("confidence", "entropy"),
        ),
        "residual": raster(tmp_path / "residual.tif", [[[unknown, 0, 0, 2, 3, 0, 9]]], ("height",)),
        "attribution": raster(
            tmp_path / "why.tif",
            [[[9.0] * 7], [[0.0, 1.0, -2.0, 1.0, 4.0, 2.0, 5.0]]],
            ("red", "total"),
            {EXPLAINED_CLASS: "flooded LAND"},
        ),
    }


def test_each_pixel_is_told_what_does_not_fit(tmp_path, evidence):
    found, figures, page = reported(tmp_path, **evidence)
    assert found.tolist() == [[FINE, UNSURE, LOWERING, DOUBTED, CONTRADICTED, FINE, NODATA]]
    assert (figures["pixels"], figures["hectares"]) == (6, pytest.approx(0.06))
    assert figures["unsure_share"] == pytest.approx(2 / 5)  # of those with a confidence
    assert (figures["with_residual"], figures["impossible_share"]) == (5, pytest.approx(2 / 5))
    assert figures["contradicted_share"] == pytest.approx(1 / 6)
    assert figures["attribution_on_unsure"] == pytest.approx(2 / 10)
    assert figures["attribution_on_impossible"] == pytest.approx(5 / 10)
    assert figures["foresight"] == pytest.approx((1 / 2) / (1 / 2))
    assert figures["explained_class"] == "Flooded land"
    assert [each["pixels"] for each in figures["findings"]] == [2, 1, 1, 1, 1]
    assert [each["name"] for each in figures["classes"]] == ["Land", "Flooded land"]
    assert "20.0 % of the pixels that are mapped as Flooded land (1) lower the score" in page
    assert "sure of what cannot be" in page
    with rasterio.open(tmp_path / "found.tif") as dataset:
        assert json.loads(dataset.tags()[PARAMETERS])["sure_from"] == 0.8
    assert "Sure, yet physically impossible" in (tmp_path / "found.qml").read_text("utf-8")


def test_the_image_is_seen_where_nothing_speaks_against_the_map(tmp_path, evidence):
    reported(tmp_path, **evidence)
    style = (tmp_path / "found.qml").read_text("utf-8")
    shown = dict(re.findall(r'<paletteEntry value="(\d)".* alpha="(\d+)"', style))
    assert shown.pop(str(FINE)) == "0" and set(shown.values()) == {"255"}


def test_without_a_place_on_earth_there_are_no_hectares(tmp_path):
    told = Recorder()
    plain = class_map(tmp_path / "plain.tif", [[LAND, WATER]], crs=None, transform=Affine(1, 0, 0, 0, -1, 0))
    residual = raster(tmp_path / "r.tif", [[[0.0, 2.0]]], ("height",), crs=None, transform=Affine(1, 0, 0, 0, -1, 0))
    _, figures, page = reported(tmp_path, told, prediction=plain, residual=residual)
    assert {each["hectares"] for each in (figures, *figures["findings"], *figures["classes"])} == {None}
    assert "Physically impossible: 50.0 % of 2 pixels." in told.logs and "0.00" not in page


def test_what_is_not_given_is_not_spoken_of(tmp_path, evidence):
    asked = {"prediction": evidence["prediction"], "residual": evidence["residual"]}
    found, figures, page = reported(tmp_path, **asked)
    assert found.tolist() == [[FINE, FINE, FINE, IMPOSSIBLE, IMPOSSIBLE, FINE, NODATA]]
    assert [each["name"] for each in figures["findings"]] == ["Nothing against it", "Physically impossible"]
    assert figures["unsure_share"] is figures["attribution_on_unsure"] is figures["foresight"] is None
    assert "Unsure" not in page.split("<h2>By class")[0] and "Attribution" not in page.split("<h2>By class")[0]
    found, figures, _ = reported(tmp_path, prediction=evidence["prediction"], uncertainty=evidence["uncertainty"])
    assert found.tolist() == [[FINE, UNSURE, FINE, UNSURE, FINE, FINE, NODATA]]
    assert [each["value"] for each in figures["findings"]] == [FINE, UNSURE]


def test_bounds_are_those_that_are_asked_for(tmp_path, evidence):
    found, _, _ = reported(tmp_path, **evidence, sure_from=0.6, tolerance=2)
    assert found.tolist() == [[FINE, UNSURE, LOWERING, FINE, CONTRADICTED, FINE, NODATA]]


def test_an_attribution_without_signs_speaks_against_nothing(tmp_path, evidence):
    tags = {EXPLAINED_CLASS: "Flooded land"}
    why = raster(tmp_path / "why.tif", [[[0, 1, 2, 1, 4, 2, 5]]], ("total",), tags)
    found, figures, page = reported(tmp_path, **{**evidence, "attribution": why})
    assert LOWERING not in found and figures["explained_class"] is None
    assert "the redder, the more" in page


def test_a_class_of_another_map_is_not_taken_for_one_of_this(tmp_path, evidence):
    progress = Recorder()
    why = raster(tmp_path / "why.tif", [[[0, 1, -2, 1, 4, 2, 5]]], ("total",), {EXPLAINED_CLASS: "Road"})
    found, figures, _ = reported(tmp_path, progress, **{**evidence, "attribution": why})
    assert LOWERING not in found and figures["explained_class"] is None
    assert any("not known which class of this map" in text for text in progress.logs)


def test_doubt_that_points_at_what_cannot_be_is_told_from_doubt_that_does_not(tmp_path):
    classes = np.full((10, 100), WATER)
    residual = np.zeros((1, 10, 100))
    residual[0, :, :20] = 1
    prediction = class_map(tmp_path / "map.tif", classes)
    given = {"prediction": prediction, "residual": raster(tmp_path / "r.tif", residual, ("height",))}
    seeing, blind = np.full((1, 10, 100), 0.9), np.full((1, 10, 100), 0.9)
    seeing[0, :, :15] = blind[0, :, 20:60] = 0.1
    path = raster(tmp_path / "seeing.tif", seeing, ("confidence",))
    _, figures, page = reported(tmp_path, **given, uncertainty=path)
    assert figures["foresight"] == pytest.approx(1 / (5 / 85)) and "17.0 times as often" in page
    path = raster(tmp_path / "blind.tif", blind, ("confidence",))
    _, figures, page = reported(tmp_path, **given, uncertainty=path)
    assert figures["foresight"] == 0 and "doubt points elsewhere" in page


def test_the_place_is_the_extent_else_what_was_explained(tmp_path):
    classes = np.full((40, 50), WATER)
    prediction = class_map(tmp_path / "map.tif", classes)
    confidence = raster(tmp_path / "c.tif", np.full((1, 40, 50), 0.9), ("confidence",))
    here = {"transform": Affine(10, 0, 500100, 0, -10, 5699900)}
    why = raster(tmp_path / "why.tif", np.ones((1, 8, 12)), ("total",), **here)
    given = {"prediction": prediction, "uncertainty": confidence}
    assert reported(tmp_path, **given)[0].shape == (40, 50)
    assert reported(tmp_path, **given, attribution=why)[0].shape == (8, 12)
    asked = Extent(500000, 5699800, 500200, 5700000, "EPSG:32631")
    found, _, page = reported(tmp_path, **given, attribution=why, extent=asked)
    assert found.shape == (20, 20) and "ATTRIBUTION tells something of 20.0 %" in page
    with rasterio.open(tmp_path / "found.tif") as dataset:
        assert dataset.transform.c == 500000


def test_windows_do_not_matter(tmp_path, monkeypatch):
    random = np.random.default_rng(3)
    classes = random.choice([LAND, WATER, NODATA], (53, 71))
    prediction = class_map(tmp_path / "map.tif", classes)
    coarse = {"transform": Affine(37, 0, 499990, 0, -37, 5700011)}
    given = {
        "prediction": prediction,
        "uncertainty": raster(tmp_path / "c.tif", random.random((1, 20, 25)), ("confidence",), **coarse),
        "residual": raster(tmp_path / "r.tif", random.normal(0, 1, (2, 53, 71)).clip(0), ("first", "second")),
        "attribution": raster(
            tmp_path / "a.tif", random.normal(0, 1, (1, 53, 71)), ("total",), {EXPLAINED_CLASS: "Land"}
        ),
        "image": (raster(tmp_path / "i.tif", random.random((1, 53, 71)), ("pan",)),),
    }
    whole, figures, page = reported(tmp_path, **given)
    assert set(np.unique(whole)) == {FINE, UNSURE, LOWERING, DOUBTED, CONTRADICTED, NODATA}
    monkeypatch.setattr(windows, "HELD_NUMBERS", 16 * 16 * 16)
    parts, again, same_page = reported(tmp_path, **given)
    assert np.array_equal(whole, parts) and page == same_page
    assert again["foresight"] == figures["foresight"] and again["pixels"] == figures["pixels"]
    assert again["mean_confidence"] == pytest.approx(figures["mean_confidence"])


def test_small_pictures_show_what_is_rare_and_do_not_depend_on_windows():
    random = np.random.default_rng(0)
    values = random.random((37, 53)).astype(np.float32)
    values[random.random(values.shape) < 0.3] = np.nan
    whole = Thumbnail(37, 53, 10), Thumbnail(37, 53, 10)
    parts = Thumbnail(37, 53, 10), Thumbnail(37, 53, 10)
    everything = Window(0, 0, 53, 37)
    whole[0].pick(everything, values)
    whole[1].raise_to(everything, values)
    for row in range(0, 37, 4):
        for col in range(0, 53, 7):
            window = Window(col, row, min(7, 53 - col), min(4, 37 - row))
            part = values[row : row + 4, col : col + 7]
            parts[0].pick(window, part)
            parts[1].raise_to(window, part)
    assert whole[0].step == 6 and np.array_equal(whole[0].values[0], values[::6, ::6], equal_nan=True)
    assert whole[1].values[0, 0, 0] == np.nanmax(values[:6, :6])
    for one, other in zip(whole, parts):
        assert np.array_equal(one.values, other.values, equal_nan=True)


def test_what_may_not_belong_together_is_warned_of(tmp_path):
    progress = Recorder()
    prediction = class_map(tmp_path / "map.tif", [[WATER, LAND]], {SHA256: "first"})
    tags = {PARAMETERS: json.dumps({"rule": "waterlevel", "prediction": "/somewhere/else.tif"})}
    given = {
        "prediction": prediction,
        "uncertainty": raster(tmp_path / "c.tif", [[[0.9, 0.9]]], ("confidence",), {SHA256: "second"}),
        "residual": raster(tmp_path / "r.tif", [[[math.nan, math.nan]]], ("height",), tags),
    }
    _, figures, page = reported(tmp_path, progress, **given)
    told = " ".join(progress.logs)
    assert "PREDICTION, UNCERTAINTY come from different models" in told
    assert "RESIDUAL was made of /somewhere/else.tif" in told and "RESIDUAL tells something of 0.0 %" in told
    assert "water stands above dry ground" in page and figures["impossible_share"] is None


def test_a_map_without_a_class_there_is_told(tmp_path):
    progress = Recorder()
    prediction = class_map(tmp_path / "map.tif", np.full((3, 3), NODATA))
    confidence = raster(tmp_path / "c.tif", np.full((1, 3, 3), 0.9), ("confidence",))
    _, figures, page = reported(tmp_path, progress, prediction=prediction, uncertainty=confidence)
    assert figures["pixels"] == 0 and "nan" not in page
    assert any("holds no class at this place" in text for text in progress.logs)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "nothing to hold PREDICTION against"),
        ({"uncertainty": "c.tif", "sure_from": 0}, "SURE_FROM is 0"),
        ({"uncertainty": "c.tif", "sure_from": 1.5}, "SURE_FROM is 1.5"),
        ({"residual": "r.tif", "tolerance": -1}, "TOLERANCE is -1"),
        ({"uncertainty": "c.tif", "tolerance": 1}, "no RESIDUAL"),
        ({"uncertainty": "c.tif", "targets": EvidenceTargets()}, "No result is asked for"),
    ],
)
def test_nonsense_is_refused(given, told):
    with pytest.raises(InputError, match=told):
        ReportEvidence(**{"prediction": "map.tif", "targets": EvidenceTargets("found.tif"), **given})


@pytest.mark.parametrize(("values", "named"), [((0.9, -0.5), "-0.5"), ((0.9, 37.0), "37"), ((-0.1, 1.5), "1.5")])
def test_a_confidence_that_is_none_is_named(tmp_path, values, named):
    prediction = class_map(tmp_path / "map.tif", [[LAND, WATER]])
    path = raster(tmp_path / "c.tif", [[values]], ("confidence",))
    asked = ReportEvidence(prediction, EvidenceTargets(str(tmp_path / "found.tif")), uncertainty=path)
    with pytest.raises(InputError, match=f"has a confidence of {named}; it must lie between 0 and 1"):
        report_evidence.run(asked, Recorder())


def test_rasters_that_cannot_be_held_against_the_map_are_refused(tmp_path, evidence):
    targets = EvidenceTargets(str(tmp_path / "found.tif"))
    entropy = raster(tmp_path / "e.tif", np.ones((1, 1, 7)), ("entropy",))
    far = raster(tmp_path / "far.tif", np.ones((1, 1, 7)), ("confidence",), transform=Affine(10, 0, 0, 0, -10, 0))
    for path, told in ((entropy, "one called confidence is read"), (far, "does not overlap PREDICTION")):
        asked = ReportEvidence(evidence["prediction"], targets, uncertainty=path)
        with pytest.raises(InputError, match=told):
            report_evidence.run(asked, Recorder())
    own = ReportEvidence(evidence["prediction"], EvidenceTargets(evidence["residual"]), residual=evidence["residual"])
    with pytest.raises(OutputError, match="is an input"):
        report_evidence.run(own, Recorder())
    assert not (tmp_path / "found.tif").exists()
