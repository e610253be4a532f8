"""What nobody says of a network of another tool, the user says, or is told why that cannot be."""

import json

import foreign_toys
import numpy as np
import onnx
import pytest
import rasterio
import toys
from foreign_reading import CLASSES, bare, limits, reader_of_toys
from listening import Heard
from maps import apply
from terraloom.engine.cards.foreign_cards import read_card, read_model
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.legend import SPARE_COLOURS
from terraloom.engine.library.card import DETECTION, REGRESSION, SEGMENTATION
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.card_fields import CardFields, parse_names, parse_numbers
from terraloom.engine.values.bands import choose_bands


@pytest.fixture
def toy(tmp_path):
    return reader_of_toys(tmp_path)


def test_of_several_outputs_the_first_is_used_or_the_one_that_is_named(toy):
    card = toy("two_heads")
    assert (card.output.name, card.legend.names) == ("cover", ("red", "green", "blue"))
    assert "only cover is used, not bright" in limits(card)
    other = toy("two_heads", CardFields(head="bright"))
    assert (other.output.name, other.legend.names) == ("bright", ("background", "bright"))
    with pytest.raises(ModelError, match="no output roads. It has cover, bright. Change HEAD"):
        toy("two_heads", CardFields(head="roads"))


def test_of_several_outputs_the_first_whose_classes_are_named_is_used(tmp_path):
    path = foreign_toys.two_heads(tmp_path / "m.onnx")
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"model_type": '"Segmentor"', "class_names": '[{}, {"0": "bright"}]'})
    onnx.save(model, path)
    card = read_card(path)
    assert (card.output.name, card.legend.names) == ("bright", ("background", "bright"))


def test_classes_that_the_user_names_have_no_colours_of_an_emd(tmp_path):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    described = json.loads((tmp_path / "m.emd").read_text())
    for value, entry in enumerate(described["Classes"]):
        entry["Value"] = value
    (tmp_path / "m.emd").write_text(json.dumps(described))
    assert read_card(path).legend.entries[0].colour == "#005CE6"
    own = read_card(path, CardFields(classes=("Road", "Roof", "Lawn")))
    assert [entry.colour for entry in own.legend.entries] == [f"#{colour}" for colour in SPARE_COLOURS[:3]]


@pytest.mark.parametrize(("first", "stays_open"), [("sea", True), ("Background", False)])
def test_a_threshold_leaves_pixels_open_unless_the_first_class_is_the_rest(tmp_path, first, stays_open):
    path = foreign_toys.segmentor(tmp_path / "m.onnx", None)
    card = read_card(path, CardFields(task=SEGMENTATION, classes=(first, "land", "ice"), threshold=0.9))
    assert (card.output.threshold, card.output.leaves_unsure) == (0.9, stays_open)


def test_what_nobody_says_the_user_says(toy):
    with pytest.raises(ModelError, match=r"does not say what it is for.*\(1, 3, 256, 256\). Set TASK"):
        toy("scores_only")
    fields = CardFields(
        title="Mine",
        task=SEGMENTATION,
        classes=("sea", "land", "ice"),
        bands=("red", "green", "nir"),
        resolution_m=10,
        mean=(1000, 1100, 1200),
        std=(500,),
        overlap=0.5,
        threshold=0.6,
    )
    card = toy("scores_only", fields)
    assert (card.title, card.legend.names) == ("Mine", ("sea", "land", "ice"))
    assert card.inputs[0].band_names == ("red", "green", "nir")
    assert [(band.mean, band.std) for band in card.inputs[0].bands] == [(1000, 500), (1100, 500), (1200, 500)]
    assert (card.inputs[0].resolution_m, card.inputs[0].value_range) == (10, None)
    assert (card.output.activation, card.output.threshold, card.overlap) == ("softmax", 0.6, 0.5)
    assert toy("scores_only", CardFields(classes=("a", "b", "c"))).task == SEGMENTATION


def test_the_user_is_right_against_deepness(toy):
    card = toy("segmentor", CardFields(classes=("a", "b", "c"), std=(10_000,), resolution_m=3, threshold=0.9))
    assert card.legend.names == ("a", "b", "c")
    assert (card.inputs[0].bands[0].std, card.inputs[0].resolution_m) == (10_000, 3)
    assert card.output.threshold == 0.9
    assert toy("detector", CardFields(confidence=0.2, iou=0.1)).detection.confidence == 0.2


def test_a_card_of_terraloom_stands_but_for_how_it_runs(tmp_path):
    path = toys.bands_as_classes(tmp_path / "m.onnx")
    assert read_card(path).document == toys.card(("b0", "b1", "b2"))
    chosen = read_card(path, CardFields(title="Mine", threshold=0.7, overlap=0.5))
    assert (chosen.title, chosen.output.threshold, chosen.overlap) == ("Mine", 0.7, 0.5)
    with pytest.raises(ModelError, match="says this itself. Leave CLASSES, MEAN, STD empty"):
        read_card(path, CardFields(classes=("a", "b", "c"), mean=(1,), std=(1,)))


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("segmentor", {"detection_type": "YOLO_v6", "confidence": 0.3, "iou": 0.5}, "DETECTION_TYPE, CONFIDENCE_THR"),
        ("super_resolution", {"threshold": 0.5}, "super-resolution, where THRESHOLD"),
        ("super_resolution", {"activation": "softmax"}, "super-resolution, where ACTIVATION = softmax would do"),
        ("regressor", {"activation": "softmax"}, "regression, where ACTIVATION = softmax would do nothing"),
        ("detector", {"activation": "softmax", "threshold": 0.5}, "object-detection, where ACTIVATION, THRESHOLD"),
    ],
)
def test_what_the_task_has_no_use_for_is_refused(toy, name, fields, words):
    with pytest.raises(ModelError, match=words):
        toy(name, CardFields(**fields))


def read_by(card, path, bands, **profile):
    """Which bands of a raster of so many feed a card's only input."""
    with Rasters([toys.raster(path, np.ones((bands, 8, 8), np.uint8), **profile)]) as rasters:
        return choose_bands(rasters, card.inputs[0], ())


@pytest.mark.parametrize(
    "colours", [{"photometric": "MINISBLACK"}, {"photometric": "RGB"}], ids=["nameless", "colours"]
)
def test_the_bands_that_an_emd_counts_are_those_of_the_raster(tmp_path, colours):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    card = read_card(path)
    assert card.inputs[0].raster_bands == (3, 2, 1)
    assert read_by(card, tmp_path / "three.tif", bands=3, **colours) == (3, 2, 1)
    assert read_by(card, tmp_path / "five.tif", bands=5, **colours) == (3, 2, 1)
    with pytest.raises(InputError, match="the layer has 2 .* BANDS = b3=1;b2=2;b1=1$"):
        read_by(card, tmp_path / "two.tif", bands=2)
    own = read_card(path, CardFields(bands=("x", "y", "z")))
    assert read_by(own, tmp_path / "own.tif", bands=3) == (1, 2, 3), "the user's names know no numbers"


def test_of_more_bands_the_first_are_read_where_the_model_names_none(tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    card = read_card(path, CardFields(task=SEGMENTATION))
    assert read_by(card, tmp_path / "five.tif", bands=5) == (1, 2, 3)
    named = read_card(path, CardFields(task=SEGMENTATION, bands=("x", "y", "z")))
    with pytest.raises(InputError, match="expects 3 bands .* the layer has 5 .* BANDS = x=1;y=2;z=3$"):
        read_by(named, tmp_path / "five.tif", bands=5)
    with pytest.raises(InputError, match="expects 3 bands .* the layer has 2 "):
        read_by(card, tmp_path / "two.tif", bands=2)


def test_the_bands_of_sentinel_2_are_no_numbers_of_places(tmp_path):
    card = read_card(foreign_toys.scores_only(tmp_path / "m.onnx"), CardFields(task=SEGMENTATION))
    path = toys.raster(tmp_path / "in.tif", np.ones((4, 8, 8), np.uint8), photometric="MINISBLACK")
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("B2", "B3", "B4", "B8")
    with Rasters([path]) as rasters, pytest.raises(InputError, match=r"BANDS = b1=\?;b2=1;b3=2$"):
        choose_bands(rasters, card.inputs[0], ())


def test_it_is_told_which_bands_are_read_of_more(tmp_path):
    values = np.random.default_rng(0).integers(1, 255, (4, 40, 40)).astype(np.uint8)
    model, heard = foreign_toys.scores_only(tmp_path / "m.onnx"), Heard()
    made = []
    for count in (3, 4):
        source = toys.raster(tmp_path / f"{count}.tif", values[:count], photometric="MINISBLACK")
        run = {"card": CardFields(task=SEGMENTATION), "wants": ("probabilities",), "progress": heard}
        made.append(toys.read(apply(tmp_path, model, source, **run)["probabilities"]))
        told = [text for text in heard.warnings if "The first are taken" in text]
        assert len(told) == count - 3
    np.testing.assert_array_equal(*made)
    assert (
        "image has 4 bands, and the model, whose bands have no names, reads 3. The first are taken: b1 = 1 (" in told[0]
    )
    chosen = Heard()
    apply(tmp_path, model, source, **run | {"bands": parse_bands("b1=4;b2=2;b3=1"), "progress": chosen})
    assert not any("The first are taken" in text for text in chosen.warnings)


@pytest.mark.parametrize("bands", [[2, 1, -1], [2, 1, 0.5]])
def test_bands_of_an_emd_that_are_none_are_refused(tmp_path, bands):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    described = json.loads((tmp_path / "m.emd").read_text())
    (tmp_path / "m.emd").write_text(json.dumps({**described, "ExtractBands": bands}))
    with pytest.raises(ModelError, match="ExtractBands is .* whole numbers from 0"):
        read_card(path)


@pytest.mark.parametrize("value", [300, 255, -1])
def test_classes_of_an_emd_that_no_class_raster_holds_may_be_named_anew(tmp_path, value):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    described = json.loads((tmp_path / "m.emd").read_text())
    described["Classes"][1]["Value"] = value
    (tmp_path / "m.emd").write_text(json.dumps(described))
    with pytest.raises(ModelError, match=f"Class Forest has the value {value}; .* CLASSES: values then count from 0"):
        read_card(path)
    assert read_card(path, CardFields(classes=("Water", "Forest", "Town"))).legend.values == (0, 1, 2)


@pytest.mark.parametrize("pixels", [64 * 64, 16 * 16], ids=["a pixel each", "4 x 4 px each"])
@pytest.mark.parametrize("pixels_last", [False, True])
def test_pixels_in_one_row_are_not_taken_for_objects(tmp_path, pixels, pixels_last):
    given = [1, 12, pixels] if pixels_last else [1, pixels, 12]
    nodes = [
        foreign_toys.node("Reshape", "image flat", "all"),
        foreign_toys.node("Expand", "all often", "more"),
        foreign_toys.node("Reshape", "more all_flat", "row"),
        foreign_toys.node("Slice", "row zero count", "part"),
        foreign_toys.node("Reshape", "part shape", "result"),
    ]
    weights = {"flat": np.array([1, -1]), "often": np.array([4, 1]), "all_flat": np.array([-1])}
    weights |= {"zero": np.array([0]), "count": np.array([12 * pixels]), "shape": np.array(given)}
    path = foreign_toys.save(tmp_path / "m.onnx", nodes, weights, {"image": [1, 3, 64, 64]}, {"result": given})
    with pytest.raises(ModelError, match="does not say what it is for.* Set TASK"):
        read_card(path)
    assert read_card(path, CardFields(task=DETECTION)).task == DETECTION


def test_standardised_values_are_not_given_to_a_network_of_whole_numbers(tmp_path):
    path = foreign_toys.bytes_in(tmp_path / "m.onnx")
    model = onnx.load(path)
    said = {"model_type": '"Segmentor"', "standardization_mean": "[0.5, 0.5, 0.5]"}
    onnx.helper.set_model_props(model, {**said, "standardization_std": "[0.25, 0.25, 0.25]"})
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"takes whole numbers from 0 to 255, but .* \(mean 127.5; .* Set STD to 1"):
        read_card(path)
    (wants,) = read_card(path, CardFields(std=(1,))).inputs
    assert {(band.mean, band.std) for band in wants.bands} == {(0, 1)}


def test_several_inputs_share_the_names_in_order(toy):
    card = toy("two_inputs", CardFields(task=SEGMENTATION, bands=("r", "g", "b", "vv", "vh"), std=(1, 2, 3, 4, 5)))
    assert [(wants.name, wants.band_names) for wants in card.inputs] == [
        ("optical", ("r", "g", "b")),
        ("sar", ("vv", "vh")),
    ]
    assert [band.std for band in card.inputs[1].bands] == [4, 5]
    assert toy("two_inputs", CLASSES).inputs[1].band_names == ("b1", "b2")
    with pytest.raises(ModelError, match="2 bands are named for .*its network reads 5"):
        toy("two_inputs", CardFields(task=SEGMENTATION, bands=("r", "g")))


def test_an_open_number_of_bands_can_be_told(tmp_path):
    path = bare(tmp_path / "m.onnx", ["n", "c", "h", "w"], ["n", "c", "h", "w"])
    assert len(read_card(path, CardFields(task=REGRESSION, bands=("a", "b"))).inputs[0].bands) == 2


def test_where_all_axes_are_open_a_trial_tells_whether_bands_come_last(tmp_path):
    path, fields = foreign_toys.bands_last(tmp_path / "m.onnx"), CardFields(bands=("red", "green", "blue"))
    model = onnx.load(path)
    for entry in (*model.graph.input, *model.graph.output):
        entry.type.tensor_type.shape.dim[3].dim_param = "bands"
    onnx.save(model, path)
    card = read_card(path, fields)
    assert (card.inputs[0].layout, card.output.layout, card.receptive_radius_px) == ("NHWC", "NHWC", 1)
    assert card.inputs[0].band_names == fields.bands
    either = bare(tmp_path / "either.onnx", ["n", "c", "h", "w"], ["n", "c", "h", "w"])
    assert read_card(either, CardFields(task=REGRESSION, bands=("a", "b"))).inputs[0].layout == "NCHW"
    with pytest.raises(ModelError, match="cannot be run on a trial tile"):
        read_card(path, CardFields(bands=("red", "green")))


def test_an_activation_that_does_not_fit_is_refused(toy):
    with pytest.raises(ModelError, match="ACTIVATION is sigmoid, but .* gives 3 channels"):
        toy("segmentor", CardFields(activation="sigmoid"))
    with pytest.raises(ModelError, match="ACTIVATION is softmax, but .* gives 1 channels"):
        toy("one_channel", CardFields(activation="softmax"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"task": "painting"}, "TASK is painting; it must be one of semantic-segmentation"),
        ({"activation": "relu"}, "ACTIVATION"),
        ({"detection_type": "SSD"}, "DETECTION_TYPE"),
        ({"classes": ("a", "")}, "CLASSES has an empty name"),
        ({"classes": ("a", "b", "A ")}, "CLASSES has the name A twice"),
        ({"resolution_m": -1}, "RESOLUTION"),
        ({"resolution_m": float("nan")}, "RESOLUTION"),
        ({"std": (0.0,)}, "above 0"),
        ({"std": (float("inf"),)}, "MEAN is - and STD is inf"),
        ({"mean": (1.0,)}, "without STD"),
        ({"mean": (1.0, 2.0), "std": (1.0, 2.0, 3.0)}, "one number for all bands"),
        ({"bands": ("a",), "std": (1.0, 2.0)}, "one number for all bands"),
        ({"confidence": 1.5}, "CONFIDENCE_THRESHOLD"),
        ({"overlap": 0.95}, "OVERLAP is 0.95; it must lie between 0 and 0.9"),
    ],
)
def test_what_cannot_be_said_of_a_model_is_refused(said, words):
    with pytest.raises(InputError, match=words):
        CardFields(**said)


def test_lists_are_read_from_text():
    assert parse_names(" a; b ") == ("a", "b") and parse_names("  ") == ()
    assert parse_numbers("MEAN", "1;2.5") == (1, 2.5)
    with pytest.raises(InputError, match="MEAN has the entry x"):
        parse_numbers("MEAN", "1;x")


@pytest.mark.parametrize(
    ("nodes", "channels"),
    [
        (["Softmax image s", "Gather s,one result"], 1),
        (["Softmax image s", "Softmax image t", "Mean s,t result"], 3),
    ],
    ids=["one of several classes", "the mean of two"],
)
def test_probabilities_are_known_whatever_stands_behind_the_softmax(tmp_path, nodes, channels):
    made = []
    for operation, taken, given in map(str.split, nodes):
        axis = {} if operation == "Mean" else {"axis": 1}
        made.append(foreign_toys.node(operation, taken.replace(",", " "), given, **axis))
    shapes = {"image": ["n", 3, "h", "w"]}, {"result": ["n", channels, "h", "w"]}
    path = foreign_toys.save(tmp_path / "m.onnx", made, {"one": np.array([1])}, *shapes)
    read = read_model(path, CLASSES)
    assert read.card.output.activation == "none"
    assert "all numbers lay between 0 and 1" in " ".join(read.assumed)
