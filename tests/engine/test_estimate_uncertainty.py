"""How unsure a map is: numbers worked out by hand, members that agree and disagree, tiles that join, and refusals."""

import json
import math
from fractions import Fraction

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from maps import one_hot
from terraloom.engine.errors import CancelledError, InputError, ModelError
from terraloom.engine.jobs import apply_model, estimate_uncertainty
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, Truth, UncertaintyTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.uncertainty.measures import combine, entropy
from terraloom.engine.uncertainty.risk_coverage import RankedErrors
from terraloom.tests.engine.environment_fakes import Recorder

SEVERAL = ("entropy", "mutual information", "confidence")


def estimate(tmp_path, model, source, progress=None, wants=("output",), name="u", truth=None, **given):
    """Run the job; the request goes through JSON as it does on its way to the worker."""
    own = {key: given.pop(key) for key in ("method", "further_models", "samples", "seed") if key in given}
    endings = {"output": "tif", "report": "html"}
    targets = {want: str(tmp_path / f"{name}.{endings[want]}") for want in wants}
    run = NetworkRun((str(source),), str(model), **given)
    asked = EstimateUncertainty(run, UncertaintyTargets(**targets), truth=truth or Truth(), **own)
    asked = from_document(EstimateUncertainty, json.loads(json.dumps(to_document(asked))))
    outcome = estimate_uncertainty.run(asked, progress or Silent())
    assert outcome.outputs == targets
    return outcome


def bands_of(path):
    """The bands of a raster by name."""
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read()))


def column(*probabilities):
    """Probabilities per class at a single pixel, `(classes, 1, 1)`."""
    return np.array(probabilities, np.float32).reshape(-1, 1, 1)


def scores_of(*pixels):
    """Scores whose softmax gives these probabilities, one row of pixels, `(classes, 1, pixels)`."""
    return np.log(np.array(pixels, np.float32)).T[:, np.newaxis]


# the measures


def test_entropy_of_known_probabilities():
    assert entropy(column(0.25, 0.25, 0.25, 0.25)).item() == pytest.approx(1)
    assert entropy(column(1, 0, 0)).item() == 0
    by_hand = -(0.5 * math.log(0.5) + 2 * 0.25 * math.log(0.25)) / math.log(3)
    assert entropy(column(0.5, 0.25, 0.25)).item() == pytest.approx(by_hand, rel=1e-6)
    assert np.isnan(entropy(column(np.nan, np.nan))).all()


def test_members_that_say_the_same_do_not_disagree():
    said = np.random.default_rng(0).dirichlet((1, 1, 1), (40, 5)).transpose(2, 0, 1).astype(np.float32)
    joint = combine([said, said, said])
    np.testing.assert_allclose(joint[:3], said, atol=1e-6)
    np.testing.assert_allclose(joint[3], 0, atol=1e-6)


def test_mutual_information_is_what_it_is_by_hand():
    joint = combine([column(0.9, 0.1), column(0.2, 0.8)])

    def nats(*probabilities):
        return -sum(p * math.log(p) for p in probabilities)

    by_hand = (nats(0.55, 0.45) - (nats(0.9, 0.1) + nats(0.2, 0.8)) / 2) / math.log(2)
    assert joint[:, 0, 0].tolist() == pytest.approx([0.55, 0.45, by_hand], rel=1e-5)
    sure_of_others = combine([column(1, 0), column(0, 1)])
    assert sure_of_others[:, 0, 0].tolist() == pytest.approx([0.5, 0.5, 1])


# one model


def test_a_map_of_entropy_and_confidence(tmp_path):
    pixels = [(0.5, 0.25, 0.25), (1 / 3, 1 / 3, 1 / 3), (0.98, 0.01, 0.01)]
    source = toys.raster(tmp_path / "in.tif", scores_of(*pixels))
    outcome = estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source)
    found = bands_of(outcome.outputs["output"])
    assert list(found) == ["entropy", "confidence"]
    by_hand = [-sum(p * math.log(p) for p in pixel) / math.log(3) for pixel in pixels]
    np.testing.assert_allclose(found["entropy"][0], by_hand, rtol=1e-5)
    np.testing.assert_allclose(found["confidence"][0], [0.5, 1 / 3, 0.98], rtol=1e-5)
    assert outcome.metrics["mean_entropy"] == pytest.approx(np.mean(by_hand), rel=1e-5)
    assert "mean_mutual_information" not in outcome.metrics
    with rasterio.open(outcome.outputs["output"]) as dataset:
        assert dataset.dtypes[0] == "float32" and math.isnan(dataset.nodata)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert json.loads(dataset.tags()["TERRALOOM_PARAMETERS"])["method"] == "entropy"
    assert "singlebandpseudocolor" in (tmp_path / "u.qml").read_text()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_temperature_of_the_card_is_applied(tmp_path):
    source = toys.raster(tmp_path / "in.tif", scores_of((0.8, 0.1, 0.1)))
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:temperature": 2.0})
    found = bands_of(estimate(tmp_path, model, source).outputs["output"])
    roots = np.sqrt([0.8, 0.1, 0.1])
    assert found["confidence"].item() == pytest.approx((roots / roots.sum()).max(), rel=1e-5)


def test_confidence_is_that_of_the_map_job(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(1).normal(size=(2, 70, 90)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    found = bands_of(estimate(tmp_path, model, source, turns="flips").outputs["output"])
    targets = ClassTargets(confidence=str(tmp_path / "confidence.tif"))
    apply_model.run(ApplyModel(NetworkRun((source,), str(model), turns="flips"), targets), Silent())
    np.testing.assert_allclose(found["confidence"], toys.read(targets.confidence)[0], atol=1e-6)


def test_nodata_stays_nodata_and_does_not_count(tmp_path):
    scores = np.zeros((3, 20, 20), np.float32)
    scores[0] = 9
    scores[:, :5] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    outcome = estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source)
    found = toys.read(outcome.outputs["output"])
    np.testing.assert_array_equal(np.ma.getmaskarray(found), np.broadcast_to(scores[0] == -99, found.shape))
    assert outcome.metrics["mean_confidence"] == pytest.approx(float(found[1].mean()), abs=1e-6)


def test_a_lone_channel_is_the_second_of_two_classes(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.array([[0.0, 20.0]], np.float32))
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, toys.card(classes=2, activation="sigmoid"))
    found = bands_of(estimate(tmp_path, model, source).outputs["output"])
    np.testing.assert_allclose(found["entropy"][0], [1, 0], atol=1e-5)


def test_of_a_network_of_lines_the_line_counts(tmp_path):
    scores = np.random.default_rng(2).normal(size=(19, 6, 7)).astype(np.float32)
    scores[0] = 0
    source = toys.raster(tmp_path / "in.tif", scores)
    outcome = estimate(
        tmp_path, toys.bands_as_lines(tmp_path / "m.onnx"), source, method="tta", wants=("output", "report")
    )
    found = bands_of(outcome.outputs["output"])
    assert found["entropy"].min() == pytest.approx(1)
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)


# several members


def test_an_ensemble_of_two_is_what_it_is_by_hand(tmp_path):
    values = np.random.default_rng(4).normal(size=(2, 60, 50)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    models = [toys.random_network(tmp_path / f"{seed}.onnx", seed) for seed in (1, 2)]
    said = []
    for number, model in enumerate(models):
        target = str(tmp_path / f"p{number}.tif")
        request = ApplyModel(NetworkRun((source,), str(model)), ClassTargets(probabilities=target))
        apply_model.run(request, Silent())
        said.append(toys.read(target).data.astype(float))
    progress = Recorder()
    given = {"method": "ensemble", "further_models": (str(models[1]),), "tile_size": 32}
    outcome = estimate(tmp_path, models[0], source, progress, **given)
    assert "Asked about each tile: CPUExecutionProvider; 2 of ensemble." in progress.logs
    found = bands_of(outcome.outputs["output"])

    def normalised(p):
        return -(p * np.log(p)).sum(axis=0) / math.log(3)

    mean = (said[0] + said[1]) / 2
    assert tuple(found) == SEVERAL
    np.testing.assert_allclose(found["entropy"], normalised(mean), atol=1e-5)
    by_hand = normalised(mean) - (normalised(said[0]) + normalised(said[1])) / 2
    np.testing.assert_allclose(found["mutual information"], by_hand, atol=1e-5)
    assert found["mutual information"].max() > 0.001
    np.testing.assert_allclose(found["confidence"], mean.max(axis=0), atol=1e-5)
    assert outcome.metrics["model"] == "toy + toy"


def test_models_of_an_ensemble_may_scale_their_inputs_differently(tmp_path):
    scores = np.random.default_rng(5).normal(size=(3, 8, 9)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", 10 + 2 * scores)
    plain = toys.bands_as_classes(tmp_path / "a.onnx", mean=10, std=2)
    nodes = [
        toys.helper.make_node("Mul", ["image", "w"], ["larger"]),
        toys.helper.make_node("Sub", ["larger", "b"], ["output"]),
    ]
    weights = {"w": np.float32(2), "b": np.float32(2)}  # (x - 6) / 4 becomes (x - 10) / 2
    names = ("b0", "b1", "b2")
    other = toys.save(tmp_path / "b.onnx", nodes, weights, 3, toys.card(names, 3, mean=6, std=4))
    outcome = estimate(tmp_path, plain, source, method="ensemble", further_models=(str(other),))
    np.testing.assert_allclose(bands_of(outcome.outputs["output"])["mutual information"], 0, atol=1e-6)


@pytest.mark.parametrize("turns", ["none", "flips"])
def test_turns_of_a_network_that_does_not_mind_them_agree(tmp_path, turns):
    source = toys.raster(tmp_path / "in.tif", one_hot(np.random.default_rng(6).integers(0, 3, (33, 47))) / 9)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    found = bands_of(estimate(tmp_path, model, source, method="tta", turns=turns, tile_size=16).outputs["output"])
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)
    assert found["entropy"].min() > 0.5


def test_turns_of_a_network_that_minds_them_disagree(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(7).normal(size=(2, 50, 60)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=9)
    eight = estimate(tmp_path, model, source, method="tta", name="eight").metrics
    four = estimate(tmp_path, model, source, method="tta", turns="flips", name="four").metrics
    assert eight["mean_mutual_information"] > four["mean_mutual_information"] > 1e-4


@pytest.mark.parametrize("method", ["entropy", "tta", "ensemble"])
def test_tiles_give_the_same_as_the_whole(tmp_path, method):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(8).normal(size=(2, 150, 170)).astype(np.float32))
    model = toys.random_network(tmp_path / "a.onnx", seed=3)
    further = (str(toys.random_network(tmp_path / "b.onnx", seed=4, levels=1)),) if method == "ensemble" else ()
    whole, tiles, part = (
        toys.read(estimate(tmp_path, model, source, method=method, further_models=further, **given).outputs["output"])
        for given in (
            {"name": "whole", "tile_size": 512},
            {"name": "tiles", "tile_size": 32},
            {"name": "part", "extent": Extent(500_050, 4_999_900, 500_120, 4_999_960, toys.UTM), "tile_size": 48},
        )
    )
    np.testing.assert_array_equal(whole, tiles)
    np.testing.assert_array_equal(whole[:, 40:100, 50:120], part)


def test_blended_tiles_do_not_count_as_members(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(9).normal(size=(2, 90, 90)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3, **{"terraloom:tile_px": 32})
    copy = tmp_path / "same.onnx"
    copy.write_bytes(model.read_bytes())
    given = {"method": "ensemble", "further_models": (str(copy),), "seams": "blend"}
    found = bands_of(estimate(tmp_path, model, source, **given).outputs["output"])
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)


def test_a_resumed_run_must_be_of_the_same_kind_and_memory_is_kept(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(9).normal(size=(2, 90, 90)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    with pytest.raises(CancelledError):
        estimate(tmp_path, model, source, Stopping(0.4), method="tta", resume=True, tile_size=16)
    assert (tmp_path / ".u.tif.terraloom" / "journal.json").is_file()
    with pytest.raises(Exception, match="other parameters"):
        estimate(tmp_path, model, source, method="tta", turns="flips", resume=True, tile_size=16)
    resumed = estimate(tmp_path, model, source, method="tta", resume=True, tile_size=16).outputs["output"]
    whole = estimate(tmp_path, model, source, method="tta", name="whole").outputs["output"]
    np.testing.assert_array_equal(toys.read(resumed), toys.read(whole))


class Stopping(Silent):
    """Progress of a user who stops the run when it has come so far."""

    def __init__(self, fraction):
        self.fraction = fraction

    def update(self, fraction, mpx_per_s=None):
        if fraction >= self.fraction:
            raise CancelledError


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.91, 0.94, 1.0])
def test_cancelling_leaves_nothing(tmp_path, fraction):
    source = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((64, 64), int)))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 64, 64)], ["class 0"])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CancelledError):
        estimate(
            tmp_path, model, source, Stopping(fraction), ("output", "report"), truth=truth, method="tta", tile_size=16
        )
    assert sorted(tmp_path.iterdir()) == before


# against a reference


def ranked(unsure, wrong):
    counted = RankedErrors()
    counted.add(np.array(unsure), np.array(wrong, bool))
    return counted.curve()


def test_aurc_is_what_it_is_by_hand():
    curve = ranked([0.3, 0.1, 0.2, 0.4], [0, 0, 1, 1])  # sorted: right, wrong, right, wrong
    assert curve.aurc == pytest.approx(float((0 + Fraction(1, 2) + Fraction(1, 3) + Fraction(2, 4)) / 4))
    assert curve.best == pytest.approx(float((0 + 0 + Fraction(1, 3) + Fraction(2, 4)) / 4))
    assert curve.random == 0.5 and curve.excess == pytest.approx(curve.aurc - curve.best)
    assert curve.risk_at(0.25) == 0 and curve.risk_at(0.5) == pytest.approx(1 / 2)
    assert curve.risk_at(0.75) == pytest.approx(1 / 3) and curve.risk_at(1) == 0.5


def test_aurc_of_many_pixels_is_that_of_sorting_them():
    random = np.random.default_rng(0)
    unsure = random.permutation(5000) / 5000
    wrong = random.random(5000) < 0.3 * unsure
    risks = np.cumsum(wrong[np.argsort(unsure)]) / np.arange(1, 5001)
    best = np.cumsum(np.sort(wrong)) / np.arange(1, 5001)
    curve = ranked(unsure, wrong)
    assert curve.aurc == pytest.approx(risks.mean(), abs=1e-4)
    assert curve.best == pytest.approx(best.mean(), abs=1e-9)
    np.testing.assert_allclose(curve.risk, risks[(curve.coverage * 5000).astype(int) - 1], atol=1e-3)


def test_pixels_of_which_a_network_is_equally_unsure_come_in_any_order():
    wrong = [1, 0, 0, 0]
    orders = [np.cumsum(np.roll(wrong, turn)) / np.arange(1, 5) for turn in range(4)]
    curve = ranked([0.2] * 4, wrong)
    assert curve.aurc == pytest.approx(np.mean(orders)) == pytest.approx(curve.random)
    assert ranked([], []) is None
    assert ranked([0.1, 0.2], [0, 0]).aurc == 0


def truth_polygons(path, boxes, names):
    """Polygons in columns and rows of the toy rasters, each with its class."""
    shapes = [shapely.box(500_000 + a, 5_000_000 - d, 500_000 + c, 5_000_000 - b) for a, b, c, d in boxes]
    pyogrio.raw.write(
        path,
        geometry=np.array([shape.wkb for shape in shapes], object),
        field_data=[np.array(names, object)],
        fields=["kind"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    return Truth(str(path), class_field="kind")


def test_a_reference_tells_whether_it_is_unsure_where_it_errs(tmp_path):
    classes = np.zeros((10, 12), int)
    scores = one_hot(classes)
    scores[0, :, 6:] = 0.1  # unsure in the east, where half of it is wrong
    source = toys.raster(tmp_path / "in.tif", scores)
    boxes, names = [(0, 0, 6, 10), (6, 0, 9, 10), (9, 0, 12, 10)], ["Class 0", "0", "class 1"]
    truth = truth_polygons(tmp_path / "truth.gpkg", boxes, names)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    outcome = estimate(tmp_path, model, source, wants=("output", "report"), truth=truth)
    before, tied = np.zeros(60), 0.5 * np.arange(1, 61) / np.arange(61, 121)
    assert outcome.metrics["aurc"] == pytest.approx(np.concatenate([before, tied]).mean(), rel=1e-6)
    assert outcome.metrics["risk"] == 0.25 and outcome.metrics["compared"] == 120
    page = (tmp_path / "u.html").read_text()
    assert "Of 120 pixels whose class <i>truth.gpkg</i> tells, 25.0 % are wrong" in page
    assert "AURC" in page and "truth.gpkg (polygons)" in page


def test_a_raster_is_a_reference_too(tmp_path):
    classes = np.zeros((10, 12), int)
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    reference = classes.astype(np.uint8)
    reference[:3] = 2
    truth = Truth(toys.raster(tmp_path / "truth.tif", reference), is_raster=True)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    metrics = estimate(tmp_path, model, source, wants=("report",), truth=truth).metrics
    assert metrics["risk"] == pytest.approx(0.3) == metrics["aurc"]  # it is equally sure everywhere


def test_a_reference_where_the_map_holds_nothing_is_told(tmp_path):
    scores = one_hot(np.zeros((20, 20), int))
    scores[:, :10] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 20, 5)], ["Class 0"])
    told = []

    class Listening(Silent):
        def warn(self, template, **values):
            told.append(template.format(**values))

    outcome = estimate(
        tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, Listening(), ("report",), truth=truth
    )
    assert "aurc" not in outcome.metrics and "100 pixels" in told[-1]
    assert "holds nothing at 100 pixels of the reference" in (tmp_path / "u.html").read_text()


# the page


def test_the_page_tells_spread_classes_and_settings(tmp_path):
    classes = np.zeros((20, 20), int)
    classes[:, 10:] = 1
    source = toys.raster(tmp_path / "in.tif", one_hot(classes) / 9)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    estimate(tmp_path, model, source, wants=("report",), method="tta")
    page = (tmp_path / "u.html").read_text()
    for words in ("Histogram", "By class", "Class 1", "50.0 %", "How to read it", "rotations as members", "in.tif"):
        assert words in page, words
    assert "never calibrated" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "") and "<script" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx", "u.html"]


# what is refused, before any work


def refused(tmp_path, words, model, source, kind=(InputError, ModelError), **given):
    before = sorted(tmp_path.iterdir())

    class Untouched(Silent):
        def update(self, fraction, mpx_per_s=None):
            assert fraction == 0, "work had begun"

    with pytest.raises(kind, match=words):
        estimate(tmp_path, model, source, Untouched(), **given)
    assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def source(tmp_path):
    return toys.raster(tmp_path / "in.tif", one_hot(np.zeros((20, 20), int)))


@pytest.fixture
def model(tmp_path):
    return toys.bands_as_classes(tmp_path / "m.onnx")


def test_unlike_legends_are_refused_with_both_names(tmp_path, source, model):
    document = toys.card(("b0", "b1", "b2"), 3)
    document["id"] = "other"
    document["properties"]["mlm:output"][0]["classification:classes"][1]["title"] = "Forest"
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    other = toys.save(tmp_path / "other.onnx", nodes, {}, 3, document)
    words = "the classes of toy are not those of other: 0 Class 0, 1 Class 1, 2 Class 2 against 0 Class 0, 1 Forest"
    refused(tmp_path, words, model, source, method="ensemble", further_models=(str(other),))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"bands": ("red", "green", "b2")}, "the inputs of toy .* b0, b1, b2 against red, green, b2"),
        ({"terraloom:resolution_m": 2.0}, "the pixel size of toy .* any against 2 m"),
        ({"task": "regression"}, "the classes of toy"),
    ],
)
def test_models_of_other_inputs_are_no_ensemble(tmp_path, source, model, fields, words):
    document = toys.card(**{"bands": ("b0", "b1", "b2"), "classes": 3, **fields})
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    other = toys.save(tmp_path / "other.onnx", nodes, {}, 3, document)
    refused(tmp_path, words, model, source, method="ensemble", further_models=(str(other),))


def test_a_model_without_dropout_is_refused(tmp_path, source, model):
    refused(tmp_path, "toy has no dropout", model, source, ModelError, method="mcdropout")


def test_numbers_that_are_no_probabilities_are_refused(tmp_path, source):
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    document = toys.card(("b0", "b1", "b2"), 3, activation="none")
    model = toys.save(tmp_path / "none.onnx", nodes, {}, 3, document)
    refused(tmp_path, "are no probabilities: they add up to between 9 and 9", model, source)


def test_a_network_that_chooses_the_class_itself_is_asked_in_turns_only(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(3).integers(0, 3, (12, 12)).astype(np.float32))
    document = toys.card(("b0",), 3, activation="none")
    document["properties"]["mlm:output"][0]["terraloom:class_numbers"] = True
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "numbers.onnx", nodes, {}, 1, document)
    refused(tmp_path, "toy chooses the class itself", model, source)
    found = bands_of(estimate(tmp_path, model, source, method="tta").outputs["output"])
    assert found["entropy"].max() == 0 and found["confidence"].min() == 1


def test_a_reference_elsewhere_or_of_other_classes_is_refused(tmp_path, source, model):
    away = truth_polygons(tmp_path / "away.gpkg", [(500, 0, 510, 10)], ["Class 0"])
    refused(tmp_path, "away.gpkg tells no class where the map will lie", model, source, InputError, truth=away)
    unknown = truth_polygons(tmp_path / "unknown.gpkg", [(0, 0, 10, 10)], ["Desert"])
    refused(tmp_path, "no class of the map: Desert", model, source, InputError, truth=unknown)
    values = Truth(toys.raster(tmp_path / "truth.tif", np.full((20, 20), 7, np.uint8)), is_raster=True)
    refused(tmp_path, "values that the map does not know: 7", model, source, InputError, truth=values)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"method": "guess"}, "METHOD is guess; it must be one of entropy, tta, ensemble, mcdropout"),
        ({"method": "ensemble"}, "needs two models or more"),
        ({"method": "tta", "further_models": ("b.onnx",)}, "asks one model, and MODEL_FILES holds 2"),
        ({"method": "ensemble", "further_models": ("a.onnx",)}, "names a.onnx more than once"),
        ({"method": "mcdropout", "samples": 1}, "SAMPLES is 1"),
        ({"seed": -1}, "SEED is -1"),
        ({"targets": UncertaintyTargets()}, "No result is asked for"),
        ({"method": "mcdropout", "run": NetworkRun(("in.tif",), "a.onnx", precision="bf16")}, "PRECISION is bf16"),
    ],
)
def test_requests_check_themselves(given, words):
    plain = {"run": NetworkRun(("in.tif",), "a.onnx"), "targets": UncertaintyTargets(output="u.tif")}
    with pytest.raises(InputError, match=words):
        EstimateUncertainty(**{**plain, **given})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"path": "r.gpkg"}, "CLASS_FIELD is empty"),
        ({"path": "r.tif", "is_raster": True, "class_field": "kind"}, "REFERENCE is a raster"),
        ({"class_field": "kind"}, "there is no REFERENCE"),
    ],
)
def test_references_need_a_field_unless_they_are_rasters(given, words):
    with pytest.raises(InputError, match=words):
        Truth(**given)
