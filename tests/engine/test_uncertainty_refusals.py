"""What no map of uncertainty is made of is refused before any work."""

import numpy as np
import pytest
import toys
from maps import one_hot
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, Truth, UncertaintyTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.uncertainty.alike import joint_card, rescaling
from uncertain_maps import bands_of, estimate, truth_polygons


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


def test_a_model_is_no_ensemble_with_its_copy(tmp_path, source, model):
    copy = tmp_path / "copy.onnx"
    copy.write_bytes(model.read_bytes())
    other = toys.bands_as_classes(tmp_path / "other.onnx", **{"terraloom:temperature": 2.0})
    words = "/m.onnx and .*/copy.onnx are the same model, byte for byte"
    refused(tmp_path, words, model, source, ModelError, method="ensemble", further_models=(str(other), str(copy)))
    again = f"{tmp_path}/../{tmp_path.name}/m.onnx"  # one file by two names
    refused(tmp_path, "the same model, byte", model, source, ModelError, method="ensemble", further_models=(again,))


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
        ({"samples": 0, "method": "tta"}, "SAMPLES is 0"),
        ({"samples": 21}, "METHOD is entropy, for which SAMPLES would do nothing"),
        ({"seed": 3, "method": "tta"}, "METHOD is tta, for which SEED would do nothing"),
        (
            {"samples": 7, "seed": 1, "method": "ensemble", "further_models": ("b.onnx",)},
            "METHOD is ensemble, for which SAMPLES, SEED would do nothing",
        ),
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


@pytest.mark.parametrize(
    ("ours", "others", "words"),
    [
        ((0, 255), (0, 10000), "the values of the inputs of toy .* 0 to 255 against 0 to 10000"),
        ((0, 255), (0, 1), "0 to 255 against 0 to 1"),
        ((0, 255), (3, 240), None),
        ((0, 3000), (0, 10000), None),
        ((0, 10000), (0, 3000), None),
        ((0, 255), None, None),
    ],
)
def test_models_of_other_units_are_no_ensemble(ours, others, words):
    """Each was trained on pixels of its own, whose range is never quite the same."""
    cards = []
    for span in (ours, others):
        document = toys.card(("b0", "b1", "b2"), 3)
        if span:
            document["properties"]["mlm:input"][0]["terraloom:value_range"] = list(span)
        cards.append(ModelCard.from_document(document))
    if words is None:
        assert joint_card(cards).model_id == "toy + toy"
        return
    with pytest.raises(ModelError, match=words):
        joint_card(cards)


def test_what_is_missing_is_missing_for_every_model_of_an_ensemble():
    documents = [toys.card(("b0", "b1"), 3, mean=mean, std=2) for mean in (10, 14)]
    for document in documents:
        document["properties"]["mlm:input"][0]["terraloom:optional"] = True
    (scale,) = rescaling(*map(ModelCard.from_document, documents))
    values = np.array([[[0, 1, 0]], [[0, 1, 2]]], np.float32)  # missing; there; there, and a mean in its first band
    np.testing.assert_allclose(scale(values), [[[0, -1, -2]], [[0, -1, 0]]])
