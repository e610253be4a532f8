"""A report of evidence claims what was measured, speaks of what is given only, and warns of what does not fit."""

import json

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from evidence import LAND, WATER, class_map, raster, reported
from explanations import explain, point
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.evidence import place as places
from terraloom.engine.evidence.findings import CONTRADICTED, DOUBTED, FINE, IMPOSSIBLE, UNSURE, Bounds, Layers, judge
from terraloom.engine.evidence.gathering import gather
from terraloom.engine.evidence.place import EvidencePlace
from terraloom.engine.explanation import place_results
from terraloom.engine.jobs import report_evidence
from terraloom.engine.progress import Silent
from terraloom.engine.requests.named_value import NamedValue
from terraloom.engine.requests.report_evidence import EvidenceTargets, ReportEvidence
from terraloom.engine.results.tags import EXPLAINED_CLASS, FEATURES, PARAMETERS, SHA256
from terraloom.tests.engine.environment_fakes import Recorder


def place(tmp_path, **values):
    """A map of water of as many pixels as are given of each layer, one row."""
    layers = {"uncertainty": "confidence", "residual": "height", "attribution": "total"}
    size = len(next(iter(values.values())))
    made = {"prediction": class_map(tmp_path / "map.tif", np.full((1, size), WATER))}
    for name, each in values.items():
        made[name] = raster(tmp_path / f"{name}.tif", np.reshape(each, (1, 1, size)), (layers[name],))
    return made


def test_bounds_are_where_they_are_said_to_be():
    layers = Layers(
        np.full((1, 4), WATER),
        np.ones((1, 4), bool),
        confidence=np.array([[0.5, 0.499, 0.9, 0.2]], np.float32),
        residual=np.array([[1, 1, 1.01, 1.01]], np.float32),
        attribution=np.array([[-2, -2.1, -9, -9]], np.float32),
    )
    said = judge(layers, Bounds(0.5, 1.0, 2.0, WATER))
    assert said.unsure.tolist() == [[False, True, False, True]] and (said.sure != said.unsure).all()
    assert said.impossible.tolist() == [[False, False, True, True]]
    assert said.lowering.tolist() == [[False, True, True, True]]
    assert said.found.tolist() == [[FINE, UNSURE, CONTRADICTED, DOUBTED]]


def test_nobody_is_called_sure_of_whom_nothing_is_known(tmp_path):
    confidence = np.full(200, np.nan)
    confidence[:20] = 0.9
    given = place(tmp_path, uncertainty=confidence, residual=np.arange(200) % 2)
    found, figures, page = reported(tmp_path, **given)
    assert (found == CONTRADICTED).sum() == 10 and (found == IMPOSSIBLE).sum() == 90
    assert figures["contradicted_share"] == pytest.approx(10 / 200)
    assert figures["impossible_share"] == pytest.approx(0.5)
    assert "Physically impossible, confidence unknown" in page
    assert "50.0 % of the pixels with a residual and a confidence (10) contradict" in page


def test_what_is_not_given_has_no_figure_and_no_column(tmp_path):
    given = place(tmp_path, residual=np.arange(8) % 2)
    _, figures, page = reported(tmp_path, **given)
    names = ("contradicted_share", "attribution_on_unsure", "attribution_on_impossible", "unsure_share")
    assert [figures[name] for name in names] == [None] * 4
    for word in ("Unsure", "onfidence", "Attribution", "What two of them say"):
        assert word not in page
    given = place(tmp_path, attribution=np.arange(8), residual=np.arange(8) % 2)
    _, figures, _ = reported(tmp_path, **given)
    assert figures["attribution_on_unsure"] is None
    assert figures["attribution_on_impossible"] == pytest.approx(16 / 28)
    assert figures["findings"][0]["attribution_share"] == pytest.approx(12 / 28)


@pytest.mark.parametrize(
    ("carried", "sentence"),
    [
        (9, "Unsure pixels are 10.0 % of those with an attribution and carry 50.0 % of it, more than their part."),
        (18, "carry 66.7 % of it, more than their part: what was explained rests for the most part on ground that the"),
        (1, "carry 10.0 % of it, about their part."),
        (0.1, "carry 1.1 % of it, less than their part."),
    ],
)
def test_how_much_rests_on_ground_in_doubt_is_told_as_it_is(tmp_path, carried, sentence):
    attribution, confidence = np.ones(100), np.full(100, 0.9)
    attribution[:10], confidence[:10] = carried, 0.1
    _, _, page = reported(tmp_path, **place(tmp_path, attribution=attribution, uncertainty=confidence))
    assert sentence in page
    residual = np.zeros(100)
    residual[:10] = 1
    _, _, page = reported(tmp_path, **place(tmp_path, attribution=attribution, residual=residual))
    assert sentence.replace("Unsure", "Impossible").split(": what")[0] in page


def test_ground_is_held_against_what_has_an_attribution(tmp_path):
    attribution, confidence = np.ones(100), np.full(100, 0.9)
    attribution[50:], confidence[:10] = np.nan, 0.1
    _, _, page = reported(tmp_path, **place(tmp_path, attribution=attribution, uncertainty=confidence))
    assert "Unsure pixels are 20.0 % of those with an attribution and carry 20.0 % of it, about their part." in page


def test_a_superpixel_counts_once_however_many_pixels_it_has(tmp_path):
    attribution, confidence = np.full(1010, 0.1), np.full(1010, 0.99)
    attribution[1000:], confidence[:1000] = -0.3, 0.3
    given = place(tmp_path, attribution=attribution, uncertainty=confidence)
    _, figures, _ = reported(tmp_path, **given)
    assert figures["attribution_on_unsure"] == pytest.approx(100 / 103)
    for broken in ("", "no JSON", "[1]", '{"a": 1}'):
        raster(tmp_path / "attribution.tif", attribution.reshape(1, 1, -1), ("total",), {FEATURES: broken})
        assert reported(tmp_path, **given)[1]["attribution_on_unsure"] == pytest.approx(100 / 103)
    told = {FEATURES: json.dumps({"-0.3": 1 / 10, "0.1": 1 / 1000})}
    raster(tmp_path / "attribution.tif", attribution.reshape(1, 1, -1), ("total",), told)
    _, figures, page = reported(tmp_path, **given)
    assert figures["attribution_on_unsure"] == pytest.approx(1 / 4)
    assert "carry 25.0 % of it, less than their part." in page


@pytest.mark.parametrize("edge", [0, 2])
def test_what_says_how_superpixels_count_is_short_and_says_it_of_each(edge):
    total = np.repeat(np.repeat(np.random.default_rng(0).normal(size=(64, 64)), 2, 0), 2, 1).astype(np.float32)
    parts = np.full(total.shape, 0.25, np.float32)
    parts[:, :edge] = 0.5
    text = place_results._counting(total, parts)
    assert len(text) < (4000 if edge else 30), "of 4096 superpixels"
    values, counts = places._counting(text)
    np.testing.assert_array_equal(counts[np.searchsorted(values, total).clip(0, len(values) - 1)], parts)


@pytest.mark.parametrize("finer", [1, 2])
def test_windows_of_an_explanation_count_once_each_also_where_the_map_has_other_pixels(tmp_path, finer):
    """Windows at the edge are cut off, and some hold the same value as others."""
    values = np.random.default_rng(2).uniform(-3, 3, (2, 40, 50)).astype(np.float32)
    values[:, :16] = 1
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[12] * 4)]
    document = toys.card(("red", "nir"), 1, radius=12, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": np.ones((1, 2, 25, 25), np.float32)}, 2, document)
    source = toys.raster(tmp_path / "in.tif", values)
    asked = {"baseline": "value", "baseline_value": "0", "window_px": 8, "wants": ("output",)}
    made, _ = explain(tmp_path, model, source, place=point(20, 20), name="occlusion", **asked)
    with rasterio.open(made["output"]) as dataset:
        total, transform = dataset.read(1), dataset.transform
    assert total.shape == (25, 25)
    windows = np.add.reduceat(np.add.reduceat(values[:, 8:33, 8:33], range(0, 25, 8), 1), range(0, 25, 8), 2)
    windows = np.abs(windows.sum(axis=0))
    confidence = np.full((1, 25 * finer, 25 * finer), 0.99)
    confidence[:, 16 * finer :] = 0.3
    on = {"crs": toys.UTM, "transform": transform @ Affine.scale(1 / finer)}
    prediction = class_map(tmp_path / "map.tif", np.full((25 * finer, 25 * finer), WATER), **on)
    given = {"prediction": prediction, "attribution": str(made["output"])}
    given["uncertainty"] = raster(tmp_path / "c.tif", confidence, ("confidence",), **on)
    _, figures, _ = reported(tmp_path, **given)
    assert figures["attribution_on_unsure"] == pytest.approx(windows[2:].sum() / windows.sum(), rel=1e-4)


def test_ratios_of_few_pixels_are_not_told(tmp_path):
    confidence, residual = np.full(150, 0.9), np.zeros(150)
    confidence[:4], residual[:2], residual[100] = 0.1, 1, 1
    _, _, page = reported(tmp_path, **place(tmp_path, uncertainty=confidence, residual=residual))
    assert "33.3 % of them are mapped with a confidence of 80.0 % or more" in page and "as often" not in page
    residual[100] = 0
    _, _, page = reported(tmp_path, **place(tmp_path, uncertainty=confidence, residual=residual))
    assert "contradict physics. All of them are unsure." in page and "sure of what cannot be" not in page


def test_areas_are_those_of_their_rows(tmp_path, monkeypatch):
    classes = np.full((40, 6), LAND)
    classes[30:] = WATER
    placed = {"crs": "EPSG:4326", "transform": Affine(1, 0, 10, 0, -1, 65)}
    confidence = raster(tmp_path / "c.tif", np.full((1, 40, 6), 0.9), ("confidence",), **placed)
    prediction = class_map(tmp_path / "map.tif", classes, **placed)
    monkeypatch.setattr("terraloom.engine.tiles.windows.HELD_NUMBERS", 16 * 64)
    _, figures, _ = reported(tmp_path, prediction=prediction, uncertainty=confidence)
    land, water = (each["hectares"] / each["pixels"] for each in figures["classes"])
    rows_lat = 64.5 - np.arange(40)
    ratio = np.cos(np.radians(rows_lat[30:])).mean() / np.cos(np.radians(rows_lat[:30])).mean()
    assert water / land == pytest.approx(ratio, rel=0.01)


def test_of_several_bands_of_residuals_the_largest_counts_and_of_attributions_the_total(tmp_path):
    given = {
        "prediction": class_map(tmp_path / "map.tif", [[WATER, WATER]]),
        "residual": raster(tmp_path / "r.tif", [[[5, 0]], [[0, 0]]], ("first", "second")),
        "attribution": raster(tmp_path / "a.tif", [[[9, 9]], [[1, 3]]], ("red", "total")),
    }
    found, figures, _ = reported(tmp_path, **given)
    assert found.tolist() == [[IMPOSSIBLE, FINE]] and figures["attribution_on_impossible"] == pytest.approx(1 / 4)


def test_pictures_show_bands_colours_and_what_is_rare(tmp_path):
    values = np.zeros((1, 1000, 1000), np.float32)
    values[0, 502, 778] = 4  # not the first pixel of its square
    image = np.stack([np.full((1000, 1000), band) for band in (1, 2, 3, 4)])
    request = ReportEvidence(
        class_map(tmp_path / "map.tif", np.full((1000, 1000), WATER)),
        EvidenceTargets(report=str(tmp_path / "p.html")),
        residual=raster(tmp_path / "r.tif", values, ("height",)),
        image=(raster(tmp_path / "i.tif", image, ("r", "g", "b", "n")),),
    )
    with EvidencePlace(request) as opened:
        found = gather(request, opened, None, Silent(), 1.0)
    assert found.pictures["image"].values[:, 0, 0].tolist() == [1, 2, 3]
    assert np.nanmax(found.pictures["findings"].values) == IMPOSSIBLE
    assert np.nanmax(found.pictures["residual"].values) == 4


def test_names_come_from_qgis_first_and_colours_from_anywhere(tmp_path):
    given = place(tmp_path, uncertainty=[0.9, 0.9])
    shown = (NamedValue(WATER, "<b>Lake & sea</b>", "#123456"),)
    _, figures, page = reported(tmp_path, **given, class_names=shown)
    assert figures["classes"][0]["name"] == "<b>Lake & sea</b>"
    assert "&lt;b&gt;Lake &amp; sea&lt;/b&gt;" in page and "<b>Lake" not in page and "#123456" in page
    bare = raster(tmp_path / "bare.tif", [[[3, 4]]], ("",))
    _, _, page = reported(tmp_path, prediction=bare, uncertainty=given["uncertainty"])
    assert page.count("&#9632;") >= 4  # a map without colours has a key too


def test_a_map_of_very_many_classes_is_told_of_its_largest(tmp_path):
    classes = np.concatenate([np.arange(2000), np.full(100, 7)]).reshape(1, 1, -1)
    given = {"uncertainty": raster(tmp_path / "c.tif", np.full_like(classes, 1), ("confidence",))}
    _, figures, page = reported(tmp_path, prediction=raster(tmp_path / "m.tif", classes, ("",)), **given)
    assert len(figures["classes"]) == 2000 and page.count("<tr>") < 80
    assert ">7</td>" in page.replace("</span>&nbsp;", ">")


def test_what_hangs_on_how_residuals_were_made_is_warned_of(tmp_path):
    def cautions(tags, **asked):
        progress = Recorder()
        given["residual"] = raster(tmp_path / "r.tif", np.zeros((1, 1, 9)), ("height",), {PARAMETERS: tags})
        reported(tmp_path, progress, **given, **asked)
        return " ".join(progress.logs)

    given = {"prediction": class_map(tmp_path / "map.tif", np.full((1, 9), WATER))}
    same = {"rule": "waterlevel", "tolerance": 0.5, "prediction": given["prediction"]}
    assert "RESIDUAL" not in cautions(json.dumps(same), tolerance=0.5)
    assert "checked with a TOLERANCE of 0.5, and here it is 0." in cautions(json.dumps(same))
    (tmp_path / "other").mkdir()
    other = class_map(tmp_path / "other" / "map.tif", np.full((1, 9), WATER))
    assert f"was made of {other}" in cautions(json.dumps({**same, "prediction": other}), tolerance=0.5)
    for broken in ("", "no JSON", "[1]", "[" * 100_000):
        assert "RESIDUAL does not say how it was made" in cautions(broken)


def test_what_covers_a_part_only_is_warned_of(tmp_path):
    confidence, attribution = np.full(100, 0.9), np.ones(100)
    confidence[:6], attribution[:4] = np.nan, np.nan
    progress = Recorder()
    reported(tmp_path, progress, **place(tmp_path, uncertainty=confidence, attribution=attribution))
    told = " ".join(progress.logs)
    assert "UNCERTAINTY tells something of 94.0 %" in told and "ATTRIBUTION tells" not in told


def test_values_that_are_spread_on_the_way_to_the_map_are_warned_of(tmp_path):
    shifted = {"transform": Affine(10, 0, 500005, 0, -10, 5700000)}
    fine = {"transform": Affine(2, 0, 500000, 0, -2, 5700000)}
    progress = Recorder()
    given = {
        "prediction": class_map(tmp_path / "map.tif", np.full((8, 8), WATER)),
        "residual": raster(tmp_path / "r.tif", np.ones((1, 8, 8)), ("height",), **shifted),
        "attribution": raster(tmp_path / "a.tif", np.ones((1, 40, 40)), ("total",), **fine),
    }
    reported(tmp_path, progress, **given)
    assert sum("lies on other pixels than the map" in text for text in progress.logs) == 2


def test_signs_are_found_however_rare(tmp_path):
    values = np.ones((1, 1, 3000))
    values[0, 0, 1501] = -1
    tags = {EXPLAINED_CLASS: "Flooded land"}
    given = place(tmp_path, uncertainty=np.full(3000, 0.9))
    given["attribution"] = raster(tmp_path / "a.tif", values, ("total",), tags)
    _, figures, page = reported(tmp_path, **given)
    assert figures["explained_class"] == "Flooded land"
    assert "0.0 % of the pixels that are mapped as Flooded land (1) lower the score" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"residual": "r.tif", "sure_from": 0.7}, "SURE_FROM is given, but there is no UNCERTAINTY"),
        ({"residual": "r.tif", "image": ("i.tif",)}, "no REPORT that would show it"),
        ({"residual": "r.tif", "tolerance": float("inf")}, "TOLERANCE is inf"),
    ],
)
def test_what_would_do_nothing_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        ReportEvidence("map.tif", EvidenceTargets("found.tif"), **given)


def test_full_confidence_may_be_asked_for(tmp_path):
    found, _, _ = reported(tmp_path, **place(tmp_path, uncertainty=[1, 0.99]), sure_from=1)
    assert found.tolist() == [[FINE, UNSURE]]


def test_rasters_of_something_else_are_refused(tmp_path):
    given = place(tmp_path, uncertainty=[90, 20])
    with pytest.raises(InputError, match="a confidence of 90; it must lie between 0 and 1"):
        reported(tmp_path, **given)
    given = place(tmp_path, uncertainty=[0.9, 0.2])
    with pytest.raises(InputError, match="a band called confidence and so holds no residuals"):
        reported(tmp_path, prediction=given["prediction"], residual=given["uncertainty"])
    assert not (tmp_path / "found.tif").exists()


def test_a_map_that_changes_meanwhile_stops_the_work(tmp_path, monkeypatch):
    given = place(tmp_path, uncertainty=np.full(9, 0.9))
    read = places.EvidencePlace.read

    def changing(self, window):
        class_map(tmp_path / "map.tif", np.full((1, 9), LAND))
        return read(self, window)

    monkeypatch.setattr(places.EvidencePlace, "read", changing)
    with pytest.raises(InputError, match="changed"):
        reported(tmp_path, **given)
    assert not (tmp_path / "found.tif").exists()


def test_it_can_be_stopped_before_anything_is_counted(tmp_path, monkeypatch):
    class Stopping(Silent):
        def update(self, fraction, mpx_per_s=None):
            raise CancelledError

    monkeypatch.setattr(places.EvidencePlace, "read", lambda self, window: pytest.fail("it went on"))
    with pytest.raises(CancelledError):
        reported(tmp_path, Stopping(), **place(tmp_path, attribution=np.ones(9)))
    assert not (tmp_path / "found.tif").exists()


def test_no_file_behind_a_virtual_raster_is_overwritten(tmp_path):
    given = place(tmp_path, uncertainty=np.full(9, 0.9))
    hidden = given["uncertainty"]
    with rasterio.open(hidden) as source:
        from rasterio.vrt import WarpedVRT

        with WarpedVRT(source) as view:
            rasterio.shutil.copy(view, tmp_path / "c.vrt", driver="VRT")
    asked = ReportEvidence(given["prediction"], EvidenceTargets(hidden), uncertainty=str(tmp_path / "c.vrt"))
    with pytest.raises(OutputError, match="is an input"):
        report_evidence.run(asked, Recorder())


def test_rasters_of_one_model_and_one_map_are_not_warned_of(tmp_path):
    progress = Recorder()
    prediction = class_map(tmp_path / "map.tif", [[WATER, LAND]], {SHA256: "one"})
    confidence = raster(tmp_path / "c.tif", [[[0.9, 0.9]]], ("confidence",), {SHA256: "one"})
    reported(tmp_path, progress, prediction=prediction, uncertainty=confidence)
    assert not any("different models" in text for text in progress.logs)
