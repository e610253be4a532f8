"""What a user is promised of a judgement of explanations: known figures on known networks, and marks on bad maps."""

import json

import captum.metrics
import numpy as np
import pyogrio
import pytest
import shapely
import torch
import toys
from listening import Heard
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import CancelledError, InputError
from terraloom.engine.explanation import window_memory
from terraloom.engine.explanation.features import Features, all_together, blocks
from terraloom.engine.explanation.randomisation import write_randomised
from terraloom.engine.explanation_quality.deletion import deletion
from terraloom.engine.explanation_quality.infidelity import foretold_losses, infidelity, squares
from terraloom.engine.explanation_quality.insertion import insertion
from terraloom.engine.explanation_quality.max_sensitivity import max_sensitivity, moved_images
from terraloom.engine.explanation_quality.random_order import random_deletions
from terraloom.engine.explanation_quality.randomisation import correlation, fails
from terraloom.engine.explanation_quality.removal import Removal, area_under, order_of
from terraloom.engine.explanation_quality.summary import mean_of
from terraloom.engine.jobs import explanation_quality
from terraloom.engine.requests.explain_prediction import Method, Place, Question
from terraloom.engine.requests.explanation_quality import MEASURES, ExplanationQuality, QualityTargets, methods_of
from terraloom.engine.requests.network_run import NetworkRun

SHAPE = (2, 24, 24)
KNOWN = np.ones(SHAPE[1:], bool)
EAST, NORTH = 500_000, 5_000_000


def told(_):
    pass


def linear(weights):
    """The score of a linear network: the sum of the image times its weights."""
    return lambda batch: (batch.astype(np.float64) * weights).sum(axis=(1, 2, 3))


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@pytest.fixture
def image(rng):
    return rng.normal(size=SHAPE).astype(np.float32)


@pytest.fixture
def baseline(rng):
    return rng.normal(size=SHAPE).astype(np.float32)


@pytest.fixture
def planted():
    """A bright object on a plain ground, and a network that says how much of it is there, 0–1, but not linearly."""
    image = np.full(SHAPE, -1, np.float32)
    image[:, 8:16, 4:12] = 2

    def scores(batch):
        seen = batch[:, :, 8:16, 4:12].astype(np.float64).mean(axis=(1, 2, 3))
        return 1 / (1 + np.exp(-4 * seen))

    true = np.zeros(SHAPE[1:], np.float32)
    true[8:16, 4:12] = 1
    regions = Features(blocks(24, 24, 4), all_together(2))
    return Removal(scores, image, np.full(SHAPE, -1, np.float32), regions, 1), true


def test_deletion_and_insertion_tell_the_true_map_from_chance_and_from_its_opposite(planted):
    removal, true = planted
    areas = {"random": [area_under(curve, 36) for curve in random_deletions(removal, [0], told)]}
    for name, values in (("true", true), ("inverted", -true)):
        order = order_of(values, KNOWN, removal.regions, [0])
        areas[name] = area_under(deletion(removal, order, told), 36), area_under(insertion(removal, order, told), 36)
    assert areas["true"][0] < min(areas["random"]) and max(areas["random"]) < areas["inverted"][0]
    assert areas["inverted"][1] < min(areas["random"]) and max(areas["random"]) < areas["true"][1]


def test_curves_run_from_the_whole_image_to_nothing_and_back(planted):
    removal, true = planted
    order = order_of(true, KNOWN, removal.regions, [0])
    ends = removal.scores(np.stack([removal.image, removal.baseline]))
    falling, rising = deletion(removal, order, told), insertion(removal, order, told)
    assert falling[[0, -1]] == pytest.approx(ends) and rising[[-1, 0]] == pytest.approx(ends)
    assert (np.diff(falling) <= 1e-9).all() and (np.diff(rising) >= -1e-9).all()
    reverse = deletion(removal, order[::-1], told)
    np.testing.assert_allclose(reverse[::-1], rising)  # so random curves serve both


def test_equal_regions_come_in_random_order(planted):
    removal, _ = planted
    orders = [order_of(np.ones(SHAPE[1:], np.float32), KNOWN, removal.regions, [seed]).tolist() for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == list(range(36))


def test_infidelity_of_the_exact_attribution_of_a_linear_network_is_nothing(image, baseline, rng):
    weights = rng.normal(size=SHAPE)
    exact = (weights * (image - baseline)).sum(axis=0)
    masks = squares(24, 24, [3])
    found = {}
    for name, shares in (
        ("exact", exact),
        ("in another unit", 7 * exact),
        ("inverted", -exact),
        ("unrelated", rng.normal(size=(24, 24))),
        ("empty", np.zeros((24, 24))),
    ):
        found[name] = infidelity(linear(weights), image, baseline, foretold_losses(shares, masks), masks, told)
    assert found["exact"].value < 1e-6 and found["exact"].share < 1e-8
    assert found["in another unit"].value < 1e-6
    assert found["unrelated"].share > 0.5
    assert found["inverted"].share == found["empty"].share == 1


def test_captum_finds_the_same_infidelity(image, baseline, rng):
    """On a network that is not linear, of a gradient, with the same squares taken away."""
    weights = torch.from_numpy(rng.normal(size=SHAPE).astype(np.float32)) / 10

    def network(batch):
        return torch.tanh((batch * weights).sum((1, 2, 3)))

    point = torch.from_numpy(image)[None].requires_grad_()
    (gradient,) = torch.autograd.grad(network(point).sum(), point)
    masks = squares(24, 24, [3])
    taken = torch.from_numpy((image - baseline) * masks[:, None])
    expected = captum.metrics.infidelity(
        network,
        lambda inputs: (taken, inputs - taken),
        point.detach(),
        gradient,
        n_perturb_samples=len(masks),
        normalize=True,
    )
    foretold = foretold_losses(((image - baseline) * gradient[0].numpy()).sum(axis=0), masks)
    found = infidelity(lambda batch: network(torch.from_numpy(batch)).numpy(), image, baseline, foretold, masks, told)
    assert found.value == pytest.approx(float(expected), rel=1e-4) and found.value > 1e-6


def test_the_gradient_of_a_linear_network_does_not_hang_on_the_image(image, rng):
    weights = rng.normal(size=SHAPE).astype(np.float32)
    assert max_sensitivity(lambda image, told: weights, image, KNOWN, [0], told) == 0
    assert np.isnan(max_sensitivity(lambda image, told: np.zeros_like(image), image, KNOWN, [0], told))


def test_captum_finds_the_same_max_sensitivity(image):
    moved = moved_images(image, KNOWN, [4], 0.1, 6)
    assert max(np.abs(each - image).max() for each in moved) <= 0.1 + 1e-6

    def explain(batch):
        return torch.sin(3 * batch) * batch

    expected = captum.metrics.sensitivity_max(
        lambda inputs: (explain(inputs[0]),),
        torch.from_numpy(image)[None],
        perturb_func=lambda inputs, radius: (torch.from_numpy(np.stack(moved)),),
        n_perturb_samples=6,
    )
    found = max_sensitivity(lambda one, _: explain(torch.from_numpy(one)).numpy(), image, KNOWN, [4], told, 0.1, 6)
    assert found == pytest.approx(float(expected), rel=1e-4) and found > 0.01


def test_the_image_is_moved_only_where_it_shows_something(image):
    measured = np.ones(SHAPE, bool)
    measured[:, :10] = measured[1] = False
    moved = moved_images(image, measured, [4], 0.1, 3)
    assert len(moved) == 3
    for each in moved:
        assert (each[~measured] == image[~measured]).all() and (each[measured] != image[measured]).mean() > 0.99


def test_a_map_that_does_not_change_fails_and_one_that_does_passes(rng):
    region = np.zeros((24, 24), bool)
    region[12, 12] = True
    one, other = rng.normal(size=(2, 24, 24)).astype(np.float32)
    for own, random in ((one, one), (one, 3 * one), (one, -one), (np.ones_like(one), np.full_like(one, 2))):
        assert correlation(own, random, KNOWN, region) > 0.999
        assert fails(1 - correlation(own, random, KNOWN, region))
    assert not fails(1 - correlation(one, other, KNOWN, region))


def test_layers_are_shuffled_from_the_head_down(tmp_path):
    path, changed = toys.random_network(tmp_path / "m.onnx", 4), []
    for share in (0.2, 0.6, 1.0):
        write_randomised(path, read_card(path), 0, tmp_path / "s.onnx", share)
        before, after = (
            {each.name: toys.numpy_helper.to_array(each) for each in toys.onnx.load(file).graph.initializer}
            for file in (path, tmp_path / "s.onnx")
        )
        order = [
            node.input[1]
            for node in toys.onnx.load(path).graph.node
            if node.op_type == "Conv" and (before[node.input[1]] != after[node.input[1]]).any()
        ]
        changed.append(order)
    assert len(changed[0]) < len(changed[1]) < len(changed[2])
    assert changed[1] == changed[2][-len(changed[1]) :] and changed[0] == changed[1][-len(changed[0]) :]


def test_intervals_are_over_places():
    values = np.random.default_rng(0).normal(3, 1, 400).tolist()
    found = mean_of([*values, np.nan])
    assert found.places == 400 and found.low < 3 < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 / 20, rel=0.2)
    assert np.isnan(mean_of([2.0]).low) and mean_of([2.0]).value == 2
    assert np.isnan(mean_of([]).value)


class Listening(Heard):
    """Remembers what was warned of, and stops after a while."""

    def __init__(self, stop_after=None):
        super().__init__()
        self.asked, self.stop_after, self.last = 0, stop_after, 0.0

    def update(self, fraction, mpx_per_s=None):
        assert self.last - 1e-9 <= fraction <= 1 + 1e-9
        self.last = fraction
        self.asked += 1
        if self.asked == self.stop_after:
            raise CancelledError()


def points(path, places):
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.Point(EAST + col + 0.5, NORTH - row - 0.5).wkb for row, col in places], object),
        field_data=[np.arange(len(places))],
        fields=["number"],
        geometry_type="Point",
        crs=toys.UTM,
    )
    return Place(layer=str(path))


def judge(tmp_path, model, source, place, names=("occlusion",), measures=MEASURES, progress=None, **given):
    """Run the job; gives the figures of each method, the page and what the outcome tells."""
    settings = {"samples": 0, "window_px": 0, "by_band": False, "layer": "", **given.pop("settings", {})}
    targets = given.pop("targets", {"metrics": str(tmp_path / "q.json"), "report": str(tmp_path / "q.html")})
    request = ExplanationQuality(
        NetworkRun((str(source),), str(model), device="cpu", **given.pop("run", {})),
        QualityTargets(**targets),
        Question(place=place, **given.pop("question", {})),
        given.pop("methods", None) or methods_of(names, **settings),
        measures,
        **given,
    )
    outcome = explanation_quality.run(request, progress or Listening())
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    document = json.loads((tmp_path / "q.json").read_text("utf-8"))
    return {each["method"]: each for each in document["methods"]}, document, outcome.metrics


def seeing(path, radius=3):
    """A regression that adds up one band as far as `radius` pixels away, weighted at random."""
    side = 2 * radius + 1
    weight = np.zeros((1, 2, side, side), np.float32)
    weight[0, 1] = np.random.default_rng(1).normal(size=(side, side)) ** 2
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[radius] * 4)]
    document = toys.card(("red", "nir"), 1, radius=radius, task="regression", activation="none")
    return toys.save(path, nodes, {"w": weight}, 2, document)


@pytest.fixture
def source(tmp_path):
    values = np.random.default_rng(2).uniform(0, 3, (2, 60, 60)).astype(np.float32)
    return toys.raster(tmp_path / "in.tif", values)


def test_methods_are_judged_at_places_from_end_to_end(tmp_path, source):
    """Of a linear network gradients times the way are exact: nothing is missed, and no random order is better."""
    place = points(tmp_path / "p.gpkg", [(20, 20), (25, 40), (40, 22)])
    names = ("integratedgradients", "occlusion", "saliency")
    settings = {"baseline": "value", "baseline_value": "0.5"}
    found, document, figures = judge(tmp_path, seeing(tmp_path / "m.onnx", 9), source, place, names, settings=settings)
    assert list(found) == list(names) and document["measures"] == list(MEASURES)
    for name, each in found.items():
        assert len(each["places"]) == 3 and each["deletion_auc"]["places"] == 3
        assert each["deletion_gain"]["low"] > 0 or name == "saliency"
        assert each["deletion_auc"]["mean"] + each["deletion_gain"]["mean"] == pytest.approx(each["random_auc"]["mean"])
        assert [step["share_of_layers"] for step in each["cascade"]] == [0.5, 1]
    exact = found["integratedgradients"]
    assert exact["infidelity_share"]["mean"] < 1e-6 and exact["insertion_gain"]["low"] > 0
    assert found["saliency"]["max_sensitivity"]["mean"] < 1e-6 < exact["max_sensitivity"]["mean"]
    assert figures["deletion_auc"] == exact["deletion_auc"]["mean"] and figures["places"] == 3
    html = (tmp_path / "q.html").read_text("utf-8")
    assert "Integrated gradients" in html and html.count("<svg") == 0 and "data:image/svg" in html


def test_a_method_whose_map_stays_is_marked(tmp_path, source):
    """A network whose single weight cannot be shuffled into another: its map stays."""
    weight = np.ones((1, 2, 7, 7), np.float32)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[3] * 4)]
    document = toys.card(("red", "nir"), 1, radius=3, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    heard = Listening()
    place = points(tmp_path / "p.gpkg", [(20, 20), (25, 40)])
    found, _, figures = judge(tmp_path, model, source, place, ("inputxgradient",), ("randomisation",), heard)
    assert not found["inputxgradient"]["randomisation_passed"] and figures["randomisation"] == pytest.approx(0)
    assert any("Input × gradient fails" in warning for warning in heard.warnings)
    html = (tmp_path / "q.html").read_text("utf-8")
    assert "0.000 (0.000 – 0.000) failed</b>" in html and "deletion" not in html.lower().split("<h2>settings")[0]


def test_only_what_is_asked_for_is_measured(tmp_path, source):
    place = points(tmp_path / "p.gpkg", [(20, 20)])
    model = seeing(tmp_path / "m.onnx")
    for measure, name in (
        ("deletion", "deletion_auc"),
        ("infidelity", "infidelity"),
        ("maxsensitivity", "max_sensitivity"),
    ):
        found, _, _ = judge(tmp_path, model, source, place, measures=(measure,))
        others = {"deletion_auc", "insertion_auc", "infidelity", "max_sensitivity", "randomisation"} - {name}
        assert name in found["occlusion"] and not others & set(found["occlusion"])


def test_chance_begins_at_the_seed(tmp_path, source):
    place, model = points(tmp_path / "p.gpkg", [(20, 20), (40, 40)]), seeing(tmp_path / "m.onnx", 9)
    found = [
        judge(tmp_path, model, source, place, measures=("deletion", "infidelity"), settings={"seed": seed})[1]
        for seed in (1, 1, 2)
    ]
    assert found[0] == found[1]
    assert found[0]["methods"][0]["random_auc"] != found[2]["methods"][0]["random_auc"]


def test_places_without_data_are_left_out_and_told_of(tmp_path):
    values = np.random.default_rng(2).uniform(0, 3, (2, 60, 60)).astype(np.float32)
    values[:, :15] = -99
    source, heard = toys.raster(tmp_path / "in.tif", values, nodata=-99), Listening()
    model = seeing(tmp_path / "m.onnx")
    place = points(tmp_path / "p.gpkg", [(5, 20), (40, 40)])
    found, document, _ = judge(tmp_path, model, source, place, measures=("deletion",), progress=heard)
    assert [each["place"] for each in found["occlusion"]["places"]] == [2] and document["places_left_out"] == 1
    assert any("1 of 2 places" in warning and "holds no data" in warning for warning in heard.warnings)
    with pytest.raises(InputError, match="holds no data"):
        judge(tmp_path, model, source, points(tmp_path / "o.gpkg", [(5, 20)]), measures=("deletion",))


def test_a_place_that_memory_has_no_room_for_is_refused(tmp_path, source, monkeypatch):
    monkeypatch.setattr(window_memory, "budget_mb", lambda asked: window_memory.resident_mb() + 0.001)
    place, model = points(tmp_path / "p.gpkg", [(20, 20)]), seeing(tmp_path / "m.onnx", 9)
    with pytest.raises(InputError, match="needs more memory than there is"):
        judge(tmp_path, model, source, place, ("occlusion", "saliency"), ("deletion",))
    assert not (tmp_path / "q.json").exists()


def test_cancelling_leaves_nothing(tmp_path, source):
    model, place = seeing(tmp_path / "m.onnx"), points(tmp_path / "p.gpkg", [(20, 20), (40, 40)])
    for after in (1, 9):
        with pytest.raises(CancelledError):
            judge(tmp_path, model, source, place, progress=Listening(after))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx", "p.gpkg"]


def test_settings_go_to_the_methods_that_read_them():
    settings = {"samples": 30, "window_px": 0, "by_band": True, "layer": "a", "seed": 4}
    found = {each.name: each for each in methods_of(("gradcam", "shap", "saliency", "shap"), **settings)}
    assert list(found) == ["gradcam", "shap", "saliency"]
    assert found["gradcam"] == Method("gradcam", layer="a", seed=4)
    assert found["shap"] == Method("shap", samples=30, by_band=True, seed=4)
    assert found["saliency"] == Method("saliency", seed=4)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"measures": ("deletion", "guess")}, "MEASURES holds guess; choose one or several of randomisation"),
        ({"measures": ()}, "MEASURES holds nothing"),
        ({"names": ()}, "METHOD is empty"),
        ({"names": ("saliency", "gradcam"), "settings": {"window_px": 3}}, "saliency, gradcam, for which WINDOW would"),
        ({"names": ("saliency", "guess")}, "METHOD is guess"),
        ({"targets": {}}, "Choose METRICS, REPORT or both"),
        ({"place": Place()}, "Explanations are judged at places"),
        ({"place": Place(point=(0, 0), layer="a.gpkg")}, "LOCATION and POINT are both given"),
        ({"question": {"target_class": "Lake"}}, "TARGET_CLASS is Lake"),
        ({"settings": {"baseline": "value", "baseline_value": "1;2;3"}}, "holds 3 values; give one for all"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused(tmp_path, given, words):
    values = np.zeros((2, 20, 20), np.float32)
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    with pytest.raises(InputError, match=words):
        judge(tmp_path, model, source, **{"place": Place(point=(EAST + 9, NORTH - 9), crs=toys.UTM), **given})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]
