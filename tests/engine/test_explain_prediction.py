"""What a user is promised of an explanation: its methods, its table, its page, and its checks."""

import re

import numpy as np
import pytest
import shapely
import toys
from explanations import EAST, NORTH, Listening, bands, explain, linear, point, rows, shapes
from scipy.ndimage import gaussian_filter
from terraloom.engine.errors import CancelledError
from terraloom.engine.requests.explain_prediction import (
    BASELINES,
    METHODS,
)
from terraloom.engine.requests.network_run import Extent


def test_gradients_of_a_linear_network_lie_where_its_weights_do(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values, pixel=2.0)
    made, figures = explain(tmp_path, model, source, place=point(20, 30, 2.0), name="inputxgradient")
    found, transform, crs = bands(made["output"])
    assert list(found) == ["red", "nir", "total"] and crs == toys.UTM
    left, top = ~transform @ (EAST + 30.5 * 2, NORTH - 20.5 * 2)
    row, col = int(top), int(left)
    for number, name in enumerate(("red", "nir")):
        expected = np.zeros_like(found[name])
        expected[row - 1 : row + 2, col - 1 : col + 2] = (weight * values[:, 19:22, 29:32])[number]
        np.testing.assert_allclose(found[name], expected, atol=1e-5)
    np.testing.assert_allclose(found["total"], found["red"] + found["nir"], atol=1e-5)
    assert figures["explained_score"] == pytest.approx((weight * values[:, 19:22, 29:32]).sum(), rel=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_planted_band_and_object(tmp_path, method):
    """The network looks at the second band alone, up to 4 px away: what counts is there and nowhere else."""
    weight = np.zeros((1, 2, 9, 9), np.float32)
    weight[0, 1] = 1
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"], pads=[4] * 4, name="seen"),
        toys.helper.make_node("Relu", ["seen"], ["output"]),
    ]
    document = toys.card(("red", "nir"), 1, radius=4, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    values = np.random.default_rng(0).uniform(-1, 1, (2, 80, 80)).astype(np.float32)
    values[:, 36:45, 36:45] = 4
    source = toys.raster(tmp_path / "in.tif", values)
    more = {"window_px": 3} if method in ("occlusion", "featureablation", "lime", "shap") else {}
    samples = {"samples": 60} if method in ("lime", "shap") else {}
    made, figures = explain(tmp_path, model, source, place=point(40, 40), name=method, **more, **samples)
    total = bands(made["output"])[0]["total"]
    rows_, cols = np.nonzero(np.abs(total) > 1e-4 * np.abs(total).max())
    if method not in ("gradcam", "lime"):  # features are as wide as they are; the linear model of lime only comes close
        assert np.ptp(rows_) <= 9 + 4 and np.ptp(cols) <= 9 + 4
    assert figures["first_band"] == "nir" and figures["first_share"] > 0.999
    told = {row["name"]: row for row in rows(made["table"])}
    assert float(told["nir"]["share"]) > 0.999 and float(told["red"]["share"]) < 0.001
    assert told["nir"]["basis"] == ("ablation" if list(bands(made["output"])[0]) == ["total"] else "attribution")


def test_occlusion_of_a_linear_network_is_its_loss(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx", radius=4)
    source = toys.raster(tmp_path / "in.tif", values)
    options = {"baseline": "value", "baseline_value": "1;2", "window_px": 1}
    made, figures = explain(tmp_path, model, source, place=point(20, 25), name="occlusion", by_band=True, **options)
    found, _, _ = bands(made["output"])
    lost = weight * (values[:, 16:25, 21:30] - np.float32([1, 2])[:, None, None])
    np.testing.assert_allclose(found["red"], lost[0], atol=1e-4)
    np.testing.assert_allclose(found["nir"], lost[1], atol=1e-4)
    assert figures["baseline_score"] == pytest.approx(weight[0].sum() + 2 * weight[1].sum(), rel=1e-4)
    told = rows(made["table"])
    assert float(told[0]["signed_sum"]) == pytest.approx(lost[0].sum(), rel=1e-4)
    assert float(told[0]["mean_abs"]) == pytest.approx(np.abs(lost[0]).mean(), rel=1e-4)


def test_a_blurred_baseline_is_the_image_around_the_place_without_what_is_small(tmp_path):
    """A ramp is still one, but flatter; noise is gone."""
    ramp = np.mgrid[:60, :60].sum(axis=0) / 5
    values = np.random.default_rng(2).normal(np.stack([ramp, -ramp])).astype(np.float32)
    model, weight = linear(tmp_path / "m.onnx", radius=12)
    options = {"baseline": "blur", "window_px": 1}
    made, figures = explain(
        tmp_path, model, toys.raster(tmp_path / "in.tif", values), place=point(30, 28), name="occlusion", **options
    )
    seen = values[:, 18:43, 16:41]
    blurred = np.stack([gaussian_filter(band, 16, mode="reflect") for band in seen])
    assert blurred[0, -1, -1] - blurred[0, 0, 0] > 1
    found = bands(made["output"])[0]["total"]
    np.testing.assert_allclose(found, (weight * (seen - blurred)).sum(axis=0), atol=1e-3)
    assert figures["baseline_score"] == pytest.approx((weight * blurred).sum(), rel=1e-4)


def test_beside_nodata_a_blurred_baseline_is_that_of_what_is_seen(tmp_path):
    """An image of one value has nothing to be blurred: where it ends is no part of it."""
    values = np.full((2, 60, 60), 5, np.float32)
    values[:, :, :20] = -9999
    model, _ = linear(tmp_path / "m.onnx", radius=20)
    source = toys.raster(tmp_path / "in.tif", values, nodata=-9999)
    given = {"name": "occlusion", "window_px": 4, "baseline": "blur"}
    made, figures = explain(tmp_path, model, source, place=point(30, 25), wants=("output",), **given)
    assert figures["baseline_score"] == pytest.approx(figures["explained_score"], rel=1e-5)
    np.testing.assert_allclose(np.nan_to_num(bands(made["output"])[0]["total"]), 0, atol=1e-4)


def test_the_mean_of_a_band_is_that_of_the_image_in_its_own_numbers(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx", mean=3.0, std=2.0)
    source = toys.raster(tmp_path / "in.tif", values)
    _, figures = explain(tmp_path, model, source, place=point(20, 25), name="occlusion")
    mean = (values.reshape(2, -1).mean(axis=1) - 3) / 2
    assert figures["baseline_score"] == pytest.approx(float((weight.sum(axis=(1, 2)) * mean).sum()), rel=1e-3)


def test_the_page_needs_nothing_else_and_says_what_was_done(tmp_path, values):
    model = toys.random_network(tmp_path / "m.onnx", 3)
    source = toys.raster(tmp_path / "in.tif", values)
    made, figures = explain(tmp_path, model, source, place=point(20, 20), name="integratedgradients", samples=40)
    page = made["report"].read_text("utf-8")
    assert not re.search(r'(src|href)="(?!data:)', page) and "http" not in page.replace("http://www.w3.org", "")
    for words in ("Integrated gradients", "Completeness", "Changes with the weights", "How to read it", "SEED", "40"):
        assert words in page
    assert page.count("data:image/png") == 3
    assert 0 <= figures["similarity"] < 0.5 and abs(figures["delta"]) < 0.05
    assert f"rank correlation {figures['similarity']:.2f} " in page and "shuffled weights is another one" in page


def test_a_map_that_does_not_change_is_marked(tmp_path, values):
    """Of a network without learnt weights the shuffled copy is the same network."""
    nodes = [toys.helper.make_node("ReduceSum", ["image", "axes"], ["output"], keepdims=1)]
    document = toys.card(("red", "nir"), 1, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"axes": np.array([1])}, 2, document)
    source, heard = toys.raster(tmp_path / "in.tif", values), Listening()
    place = shapes(tmp_path / "a.gpkg", [shapely.box(EAST + 5, NORTH - 35, EAST + 35, NORTH - 5)])
    made, figures = explain(tmp_path, model, source, place=place, name="inputxgradient", progress=heard)
    assert figures["similarity"] == pytest.approx(1)
    assert any("Changes with the weights failed" in warning for warning in heard.warnings)
    assert "<b>failed</b>" in made["report"].read_text("utf-8")


def test_the_layer_comes_with_a_diverging_style_that_is_clear_at_zero(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    made, _ = explain(
        tmp_path, model, toys.raster(tmp_path / "in.tif", values), place=point(9, 9), name="inputxgradient"
    )
    style = made["output"].with_suffix(".qml").read_text("utf-8")
    assert 'band="3"' in style and re.search(r'<item value="0.0" .*alpha="0"', style)
    low, high = (float(re.search(rf'classification{end}="(.*?)"', style)[1]) for end in ("Min", "Max"))
    assert low == -high < 0


@pytest.mark.parametrize("baseline", BASELINES)
@pytest.mark.parametrize("method", ["lime", "shap"])
def test_chance_begins_at_the_seed_and_leaves_intervals(tmp_path, values, method, baseline):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    found = []
    for seed in (1, 1, 2):
        options = {"baseline_value": "1"} if baseline == "value" else {}
        made, _ = explain(
            tmp_path, model, source, place=point(20, 25), name=method, baseline=baseline, samples=170, window_px=8,
            by_band=True, seed=seed, wants=("output", "table"), **options,
        )  # fmt: skip
        found.append((bands(made["output"])[0]["b1"], rows(made["table"])))
    np.testing.assert_array_equal(found[0][0], found[1][0])
    assert np.abs(found[0][0] - found[2][0]).max() > 0
    for row in found[0][1]:
        low, share, high = (float(row[name]) for name in ("share_low", "share", "share_high"))
        assert low - 0.02 < share < high + 0.02 and low < high, "fewer samples make shares a little more alike"


def test_the_page_does_not_call_chance_what_is_none_or_none_what_is_chance(tmp_path, values):
    """Bands replaced as a whole have no intervals, nor have tiles that are alone; some are not of the samples."""
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    extent = Extent(EAST, NORTH - 20, EAST + 20, NORTH, toys.UTM)

    def said(**given):
        page = explain(tmp_path, model, source, wants=("report",), **given)[0]["report"].read_text("utf-8")
        return re.search(r"(There are no intervals, since|Intervals are drawn over) (.*?)\.</p>", page)[2]

    here, area = point(20, 25), shapes(tmp_path / "a.gpkg", [shapely.box(EAST, NORTH - 40, EAST + 40, NORTH)])
    whole = "each band was replaced once, as a whole, which leaves nothing to chance"
    assert {said(place=here, name=name) for name in ("occlusion", "lime", "shap", "gradcam")} == {whole}
    assert said(place=here, name="saliency") == "what counts lies in too few squares of 8 px"
    assert "squares of 8 px of this place, drawn anew" in said(place=area, name="saliency")
    assert "samples are drawn once" in said(place=area, name="gradientshap")
    assert "windows of this place, drawn anew" in said(place=area, name="occlusion", by_band=True)
    assert "blocks of this place, drawn anew" in said(place=area, name="featureablation")
    assert said(place=here, name="lime", by_band=True) == "samples drawn anew"
    assert "no combination of superpixels was drawn" in said(
        place=here, name="shap", by_band=True, samples=2**12, window_px=32
    )
    assert "no more than one" in said(extent=extent, name="gradientshap") == said(extent=extent, name="saliency")


def test_cancelling_leaves_nothing(tmp_path, values):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    for after in (1, 3):
        with pytest.raises(CancelledError):
            explain(tmp_path, model, source, place=point(20, 25), progress=Listening(after))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]


@pytest.mark.parametrize(("bias", "warns"), [(5000.0, True), (0.0, False)])
def test_where_the_score_hardly_depends_on_what_is_seen_it_is_said(tmp_path, values, bias, warns):
    """However little there is to share out, the map of it is drawn at full strength."""
    weights = {"w": np.ones((1, 2, 3, 3), np.float32), "b": np.array([bias], np.float32)}
    nodes = [toys.helper.make_node("Conv", ["image", "w", "b"], ["output"], pads=[1] * 4)]
    document = toys.card(("red", "nir"), 1, radius=1, task="regression", activation="none")
    model, heard = toys.save(tmp_path / "m.onnx", nodes, weights, 2, document), Listening()
    source = toys.raster(tmp_path / "in.tif", values + 5)
    made, _ = explain(
        tmp_path,
        model,
        source,
        place=point(20, 25),
        name="occlusion",
        progress=heard,
        baseline="value",
        baseline_value="0",
    )
    words = "The attribution tells how so small a difference is shared out"
    assert any(words in text for text in heard.warnings) == warns
    assert (words in made["report"].read_text("utf-8")) == warns


@pytest.mark.parametrize(("value", "said"), [("0", r"still has \S+ of \S+\."), ("9", r"even has \S+ instead of \S+\.")])
def test_a_baseline_that_scores_higher_is_not_called_what_is_left(tmp_path, values, value, said):
    weights = {"w": np.ones((1, 2, 3, 3), np.float32), "b": np.array([5000], np.float32)}
    nodes = [toys.helper.make_node("Conv", ["image", "w", "b"], ["output"], pads=[1] * 4)]
    document = toys.card(("red", "nir"), 1, radius=1, task="regression", activation="none")
    model, heard = toys.save(tmp_path / "m.onnx", nodes, weights, 2, document), Listening()
    source, given = toys.raster(tmp_path / "in.tif", values + 5), {"baseline": "value", "baseline_value": value}
    explain(tmp_path, model, source, place=point(20, 25), name="occlusion", wants=("table",), progress=heard, **given)
    assert [bool(re.search(said, text)) for text in heard.warnings if "is seen replaced" in text] == [True]
