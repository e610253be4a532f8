"""Networks of other tools are read for what they are; what is damaged or missing is said in a sentence."""

import json
from fractions import Fraction

import foreign_toys
import numpy as np
import onnx
import pytest
import toys
from terraloom.engine import foreign_cards
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.foreign_cards import NOTHING_SAID, read_card, read_model
from terraloom.engine.library.card import DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION, ModelCard
from terraloom.engine.reach_check import tile_difference
from terraloom.engine.requests.card_fields import DETECTION_KINDS, CardFields, parse_names, parse_numbers
from terraloom.engine.scaling import check_range

CLASSES = CardFields(task=SEGMENTATION)
TOYS = {
    "segmentor": SEGMENTATION,
    "one_channel": SEGMENTATION,
    "without_channels": SEGMENTATION,
    "two_heads": SEGMENTATION,
    "bands_last": SEGMENTATION,
    "smaller_output": SEGMENTATION,
    "regressor": REGRESSION,
    "super_resolution": SUPER_RESOLUTION,
    "detector": DETECTION,
    "fixed_size": SEGMENTATION,
    "bytes_in": SEGMENTATION,
    "half_precision": SEGMENTATION,
    "geoai": SEGMENTATION,
    "esri": SEGMENTATION,
}


@pytest.fixture
def toy(tmp_path):
    """Makes a toy and reads its card."""

    def read(name, fields=NOTHING_SAID, **options):
        return read_card(getattr(foreign_toys, name)(tmp_path / f"{name}.onnx", **options), fields)

    return read


def limits(card):
    return " ".join(card.document["properties"]["terraloom:limits"])


def segmentor(path, **metadata):
    """The segmentor with other metadata; what is None is left out."""
    said = {**foreign_toys.SEGMENTOR, **metadata}
    return foreign_toys.segmentor(path, {key: value for key, value in said.items() if value is not None})


@pytest.mark.parametrize("name", TOYS)
def test_the_document_is_a_card_of_the_mlm_extension(toy, name):
    card = toy(name)
    assert card.task == TOYS[name]
    assert ModelCard.from_json(json.dumps(card.document)) == card
    stac_model = pytest.importorskip("stac_model.schema")
    properties = {key: value for key, value in card.document["properties"].items() if key.startswith("mlm:")}
    for output in properties["mlm:output"]:
        for entry in output.get("classification:classes", ()):
            del entry["title"]  # of the classification extension 2.0, which stac-model does not know yet
    stac_model.MLModelProperties.model_validate(properties)


def test_every_word_of_deepness_is_understood(toy):
    card = toy("segmentor")
    (wants,) = card.inputs
    assert (wants.name, wants.layout, wants.band_names) == ("image", "NCHW", ("b1", "b2", "b3"))
    assert (wants.resolution_m, wants.value_range) == (0.5, (0, 255))
    assert {(band.mean, band.std) for band in wants.bands} == {(0, 255)}
    assert card.legend.names == ("red", "green", "blue") and card.legend.values == (0, 1, 2)
    assert (card.output.activation, card.output.threshold) == ("none", 0.4)
    assert (card.tile_px, card.overlap) == (256, 0.1)
    assert (card.stride_px, card.receptive_radius_px, card.global_operations) == (1, 1, ())
    assert "median filter (seg_small_segment 7)" in limits(card)


def test_what_deepness_takes_for_granted_is_taken_for_granted(toy):
    card = toy("one_channel")
    assert (card.output.threshold, card.overlap) == (0.5, 0.15)
    assert card.inputs[0].resolution_m is None
    assert "median filter (seg_small_segment 9)" in limits(card)
    rules = toy("detector", metadata=False).detection
    assert (rules.confidence, rules.iou) == (0.5, 0.5)


def test_standardisation_counts_after_the_division_by_255(toy):
    bands = toy("regressor").inputs[0].bands
    raw, seen = 191.25, (0.75 - 0.5) / 0.25
    assert (raw - bands[0].mean) / bands[0].std == pytest.approx(seen)
    assert [band.std for band in bands] == [63.75, 63.75, 127.5]


def test_one_of_mean_and_deviation_is_not_enough_for_deepness(tmp_path):
    card = read_card(segmentor(tmp_path / "m.onnx", standardization_mean=[0.5, 0.5, 0.5]))
    assert {(band.mean, band.std) for band in card.inputs[0].bands} == {(0, 255)}


@pytest.mark.parametrize("key", ["tile_size", "tiles_size"])
def test_both_spellings_of_the_tile_size_are_read(tmp_path, key):
    assert read_card(segmentor(tmp_path / "m.onnx", **{"tile_size": None, key: 192})).tile_px == 192


@pytest.mark.parametrize("name", ["one_channel", "without_channels"])
def test_one_channel_means_a_class_and_the_background(toy, name):
    card = toy(name)
    assert card.legend.names == ("background", "bright")
    assert card.output.activation == "none"


def test_names_may_be_a_literal_of_python(tmp_path):
    path = segmentor(tmp_path / "m.onnx")
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"model_type": "segmentor", "names": "{0: 'sea', 1: 'land', 2: 'ice'}"})
    onnx.save(model, path)
    assert read_card(path).legend.names == ("sea", "land", "ice")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (None, ("Class 0", "Class 1", "Class 2")),
        ({"1": "a", "2": "b"}, ("background", "a", "b")),
        ({"0": "a", "2": "b"}, ("a", "Class 1", "b")),
        (["a", "b", "c"], ("a", "b", "c")),
    ],
)
def test_classes_without_a_name_get_one(tmp_path, named, expected):
    assert read_card(segmentor(tmp_path / "m.onnx", class_names=named)).legend.names == expected


def test_of_several_outputs_the_first_is_used_or_the_one_that_is_named(toy):
    card = toy("two_heads")
    assert (card.output.name, card.legend.names) == ("cover", ("red", "green", "blue"))
    assert "only cover is used, not bright" in limits(card)
    other = toy("two_heads", CardFields(head="bright"))
    assert (other.output.name, other.legend.names) == ("bright", ("background", "bright"))
    with pytest.raises(ModelError, match="no output roads. It has cover, bright. Change HEAD"):
        toy("two_heads", CardFields(head="roads"))


def test_bands_may_come_last(toy):
    card = toy("bands_last")
    assert (card.inputs[0].layout, card.output.layout) == ("NHWC", "NHWC")
    assert len(card.inputs[0].bands) == 3 and card.receptive_radius_px == 1


def test_an_output_without_channels_knows_its_axes(toy):
    result = toy("without_channels").document["properties"]["mlm:output"][0]["result"]
    assert result["dim_order"] == ["batch", "height", "width"]


def test_sizes_of_outputs_are_found_out(toy):
    assert (toy("smaller_output").output.margin_px, toy("smaller_output").output.ratio) == (4, 1)
    assert toy("super_resolution").output.ratio == 2
    assert toy("geoai").output.ratio == Fraction(1, 4)
    assert toy("geoai").stride_px == 4


def test_values_keep_their_channels_and_factor(toy):
    output = toy("regressor").output
    assert (output.channels, output.factor) == (("height", "slope"), 100)
    assert toy("super_resolution").output.channels == ("channel_1", "channel_2", "channel_3")


def test_fixed_sizes_and_data_types_are_kept(toy):
    card = toy("fixed_size")
    assert card.tile_px == 512
    assert card.document["properties"]["mlm:input"][0]["input"]["shape"] == [1, 3, 512, 512]
    kinds = {name: toy(name).document["properties"]["mlm:input"][0]["input"] for name in ("bytes_in", "half_precision")}
    assert {name: kind["data_type"] for name, kind in kinds.items()} == {
        "bytes_in": "uint8",
        "half_precision": "float16",
    }
    assert {(band.mean, band.std) for band in toy("bytes_in").inputs[0].bands} == {(0, 1)}


@pytest.mark.parametrize("kind", DETECTION_KINDS)
def test_detectors_of_every_family_are_read(toy, kind):
    card = toy("detector", kind=kind)
    assert card.detection.kind == kind
    assert (card.detection.confidence, card.detection.iou, card.overlap) == (0.7, 0.4, 0.25)
    assert (card.legend.names, card.tile_px) == (("red", "blue"), 64)


@pytest.mark.parametrize("kind", ["YOLO_v5_or_v7_default", "YOLO_Ultralytics", "YOLO_Ultralytics_segmentation"])
def test_a_detector_that_says_nothing_is_known_by_its_output(toy, kind):
    card = toy("detector", kind=kind, metadata=False)
    assert (card.task, card.detection.kind, card.legend.names) == (DETECTION, kind, ("Class 0", "Class 1"))
    assert f"Its detection type is {kind}." in card.document["properties"]["terraloom:assumed"]


def test_exports_of_ultralytics_are_known_by_their_own_words(tmp_path):
    path = foreign_toys.detector(tmp_path / "m.onnx", "YOLO_Ultralytics_obb", metadata=False)
    model = onnx.load(path)
    said = {"author": "Ultralytics", "task": "obb", "names": "{0: 'ship', 1: 'harbour'}", "imgsz": "[64, 64]"}
    onnx.helper.set_model_props(model, said)
    onnx.save(model, path)
    card = read_card(path)
    assert (card.detection.kind, card.legend.names) == ("YOLO_Ultralytics_obb", ("ship", "harbour"))


def test_geoai_and_esri_are_read_from_beside_the_network(toy, tmp_path):
    card = toy("geoai")
    assert (card.title, card.legend.names, card.tile_px) == ("segformer-toy", ("red", "green", "blue"), 512)
    assert card.output.activation == "softmax"
    card = toy("esri")
    assert (card.legend.names, card.legend.values) == (("Water", "Forest", "Town"), (10, 20, 30))
    assert card.legend.entries[0].colour == "#005CE6"
    assert card.inputs[0].band_names == ("b3", "b2", "b1")
    assert "InferenceFunction" in limits(card) and "never run" in limits(card)
    assert read_model(tmp_path / "esri.onnx").origin == "Esri"


def test_the_emd_of_another_network_is_left_alone(tmp_path):
    foreign_toys.esri(tmp_path / "a.onnx")
    (tmp_path / "broken.emd").write_text("{")
    assert read_model(foreign_toys.scores_only(tmp_path / "b.onnx"), CLASSES).origin == ""


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


def in_one_row(path, kernel=1, pad_px=None, ratio=1, **fields):
    """A regression of Terraloom's that convolves all pixels as one row: the graph loses sight of rows and columns.

    A kernel wider than 1 mixes the end of each row of the image with the beginning of the next.
    """
    pad_px = kernel // 2 if pad_px is None else pad_px
    nodes = [
        toys.helper.make_node("Shape", ["image"], ["sizes"]),
        toys.helper.make_node("Reshape", ["image", "flat"], ["row"]),
        toys.helper.make_node("Conv", ["row", "kernel"], ["seen"], pads=[0, pad_px] * 2),
        toys.helper.make_node("Reshape", ["seen", "sizes"], ["output"]),
    ]
    weights = {"flat": np.array([1, 1, 1, -1]), "kernel": np.ones((1, 1, 1, kernel), np.float32)}
    document = toys.card(task="regression", activation="none", **fields)
    document["properties"]["mlm:output"][0]["terraloom:ratio"] = str(ratio)
    return toys.save(path, nodes, weights, 1, document)


@pytest.fixture
def trials(monkeypatch):
    """What trials of tiles gave so far: a difference or an error."""
    given = []

    def difference(*arguments):
        try:
            given.append(tile_difference(*arguments))
        except ModelError as error:
            given.append(str(error))
            raise
        return given[-1]

    monkeypatch.setattr(foreign_cards, "tile_difference", difference)
    return given


def test_pixels_in_one_row_are_tried(tmp_path, trials):
    card = read_card(in_one_row(tmp_path / "m.onnx"))
    assert (card.stride_px, card.receptive_radius_px, card.global_operations) == (1, 0, ())
    assert trials == [0]


@pytest.mark.parametrize(
    "options",
    [{"kernel": 3}, {"kernel": 3, "radius": 2}, {"ratio": 2}, {"ratio": Fraction(1, 2), "stride": 2}],
    ids=str,
)
def test_a_card_is_not_believed_where_the_trial_shows_otherwise(tmp_path, trials, options):
    card = read_card(in_one_row(tmp_path / "m.onnx", **options))
    assert card.global_operations[0] == "mixing of places (Conv)"
    assert trials[0] > 0.01


def test_a_network_that_a_trial_cannot_run_is_not_believed(tmp_path, trials):
    card = read_card(in_one_row(tmp_path / "m.onnx", pad_px=1))
    assert card.global_operations[0] == "mixing of places (Conv)"
    assert "cannot be run" in trials[0]


def test_an_output_of_too_few_axes_is_not_believed(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    model = onnx.load(path)
    model.graph.node[-1].output[0] = "map"
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1]), "channel"))
    model.graph.node.append(onnx.helper.make_node("Squeeze", ["map", "channel"], ["output"]))
    onnx.save(model, str(path))
    assert read_card(path).global_operations and "no rows and columns" in trials[0]


def test_what_the_graph_knows_by_name_is_not_tried(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    model = onnx.load(path)
    model.graph.node.insert(1, onnx.helper.make_node("Softmax", ["image"], ["shares"], axis=-1))
    model.graph.node[2].input[0] = "shares"
    onnx.save(model, str(path))
    assert "normalisation over the image (Softmax)" in read_card(path).global_operations
    assert trials == []


def test_a_file_is_tried_once_until_it_is_written_anew(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    assert read_card(path) == read_card(path) and len(trials) == 1
    assert read_card(in_one_row(path, kernel=3)).global_operations and read_card(path).global_operations
    assert len(trials) == 2


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("segmentor", {"detection_type": "YOLO_v6", "confidence": 0.3, "iou": 0.5}, "DETECTION_TYPE, CONFIDENCE_THR"),
        ("super_resolution", {"threshold": 0.5}, "super-resolution, where THRESHOLD"),
        ("detector", {"activation": "softmax", "threshold": 0.5}, "object-detection, where ACTIVATION, THRESHOLD"),
    ],
)
def test_what_the_task_has_no_use_for_is_refused(toy, name, fields, words):
    with pytest.raises(ModelError, match=words):
        toy(name, CardFields(**fields))


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


def test_sixteen_bits_are_noticed_and_a_scale_is_offered(toy):
    sample = np.random.default_rng(1).uniform(300, 9000, (3, 1000))
    with pytest.raises(InputError, match=r"the model expects 0 to 255.*SCALE = \*=0\.02"):
        check_range(sample, toy("segmentor").inputs[0])
    check_range(sample, toy("segmentor", CardFields(std=(10_000,))).inputs[0])


def test_bare_scores_are_noticed(tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx", {"model_type": "Segmentor"})
    assert "no probabilities" in limits(read_card(path)) and "ACTIVATION to softmax" in limits(read_card(path))
    assert read_card(path, CardFields(activation="softmax")).output.activation == "softmax"


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"class_names": {"0": "a", "1": "b"}}, "names 2 classes .*gives 3 channels"),
        ({"class_names": {str(number): "x" for number in range(4)}}, "names 4 classes .*gives 3 channels"),
        ({"class_names": {"a": "b"}}, "class_names is .*dict of numbers"),
        ({"class_names": 7}, "class_names is 7"),
        ({"class_names": [{"0": "a"}, {"0": "b"}]}, "2 outputs; the network has 1"),
        ({"resolution": "fine"}, "resolution is 'fine'"),
        ({"resolution": float("nan")}, "resolution is nan"),
        ({"resolution": -5}, "resolution is -5"),
        ({"resolution": True}, "resolution is True"),
        ({"tile_size": 12.5}, "a whole number"),
        ({"tiles_overlap": 150}, "tiles_overlap is 150"),
        ({"seg_thresh": 2}, "seg_thresh is 2"),
        ({"standardization_mean": [0, 0, 0], "standardization_std": [1, float("nan"), 1]}, "standardization_std"),
        ({"standardization_mean": [0, 0, 0], "standardization_std": [1, 0, 1]}, "numbers above 0"),
        ({"standardization_mean": [0, 0, 0], "standardization_std": [1, 1]}, "a list of 3 numbers"),
        ({"standardization_mean": [0, 0], "standardization_std": [1, 1]}, "2 means and 2 deviations; .*reads 3"),
        ({"standardization_mean": 3, "standardization_std": [1]}, "a list of numbers"),
        ({"model_type": "Recognition"}, "a model for recognition"),
        ({"model_type": ["Segmentor"]}, "model_type is .*a text"),
        ({"model_type": "Detector"}, "not that of a detector"),
        ({"model_type": "Detector", "det_type": "SSD"}, "detector of the type SSD"),
    ],
)
def test_damaged_metadata_is_named(tmp_path, metadata, words):
    with pytest.raises(ModelError, match=words):
        read_card(segmentor(tmp_path / "m.onnx", **metadata))


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ("{", "cannot be read"),
        ("[]", "no JSON object"),
        ("[" * 100_000, "cannot be read"),
        ('{"task": "image-classification"}', "a model for image-classification"),
        ('{"task": "object-detection"}', "Hugging Face"),
        ('{"task": "segmentation", "id2label": {"0": 5}}', "id2label"),
        (" " * 1_000_001, "larger than 1 MB"),
    ],
)
def test_damaged_files_beside_the_network_are_named(tmp_path, beside, words):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    (tmp_path / "m.onnx.json").write_text(beside)
    with pytest.raises(ModelError, match=words):
        read_card(path)


def test_a_json_of_something_else_is_left_alone(tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    (tmp_path / "m.onnx.json").write_text('{"weather": "fine"}')
    assert read_model(path, CLASSES).origin == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("model.pt", r"torch\.onnx\.export"),
        ("model.pkl", "can run programs"),
        ("model.h5", "tf2onnx"),
        ("model.tflite", "tf2onnx"),
        ("model.emd", "choose that file"),
        ("model.dlpk", "Esri"),
        ("model.txt", "must be a network in ONNX form"),
        ("model.onnx", "not a valid ONNX file"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"\x80\x04cos\nsystem\n", b"{}"], ids=["empty", "pickle", "json"])
def test_nothing_but_onnx_is_opened(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ModelError, match=words):
        read_card(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"There is no file .*none\.onnx"):
        read_card(tmp_path / "none.onnx")


def with_outside_weights(path, location):
    """The segmentor with its weights in another file."""
    model = onnx.load(foreign_toys.segmentor(path))
    onnx.save(model, str(path), save_as_external_data=True, location="weights.bin", size_threshold=0)
    model = onnx.load(str(path), load_external_data=False)
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = location
    path.write_bytes(model.SerializeToString())
    return path


def test_weights_beside_the_network_are_read_and_none_elsewhere(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    assert read_card(with_outside_weights(folder / "m.onnx", "weights.bin")).receptive_radius_px == 1
    (tmp_path / "weights.bin").write_bytes((folder / "weights.bin").read_bytes())
    for location in ("../weights.bin", str(tmp_path / "weights.bin")):
        with pytest.raises(ModelError, match="outside of its folder. That is refused"):
            read_card(with_outside_weights(folder / "m.onnx", location))
    (folder / "link.bin").symlink_to(tmp_path / "weights.bin")
    with pytest.raises(ModelError, match="outside of its folder"):
        read_card(with_outside_weights(folder / "m.onnx", "link.bin"))
    with pytest.raises(ModelError, match=r"weights in gone\.bin, which is not there"):
        read_card(with_outside_weights(folder / "m.onnx", "gone.bin"))


def bare(path, shape, given, nodes=(("Identity", "image", "result"),), types=None):
    """A network of one or two operations, without a word about itself."""
    made = [foreign_toys.node(*entry[:3], **(entry[3] if len(entry) > 3 else {})) for entry in nodes]
    return foreign_toys.save(path, made, {}, {"image": shape}, {"result": given}, types=types)


@pytest.mark.parametrize(
    ("shape", "layout", "bands"),
    [
        (["n", 4, "h", "w"], "NCHW", 4),
        (["n", "h", "w", 4], "NHWC", 4),
        (["n", 200, "h", "w"], "NCHW", 200),
        ([1, 64, 64, 12], "NHWC", 12),
        ([1, 12, 64, 64], "NCHW", 12),
        ([1, 200, 64, 64], "NCHW", 200),
        ([1, 64, 64, 64], "NCHW", 64),
    ],
)
def test_the_order_of_axes_is_seen_from_their_sizes(tmp_path, shape, layout, bands):
    card = read_card(bare(tmp_path / "m.onnx", shape, shape), CLASSES)
    assert (card.inputs[0].layout, card.output.layout, len(card.inputs[0].bands)) == (layout, layout, bands)


@pytest.mark.parametrize(
    ("shape", "given", "nodes", "words"),
    [
        (["n", 3], ["n", 3], [("Identity", "image", "result")], "2 axes as image"),
        ([1, 5, 3, 8, 8], [1, 5, 3, 8, 8], [("Identity", "image", "result")], "5 axes"),
        ([1, 3, "h", 32], [1, 3, "h", 32], [("Identity", "image", "result")], "tiles of any x 32 px"),
        (["n", "c", "h", "w"], ["n", "c", "h", "w"], [("Identity", "image", "result")], "how many bands .*BAND_NAMES"),
        (["n", 3, "h", "w"], ["n", 3, 1, 1], [("GlobalAveragePool", "image", "result")], "no image of a tile"),
    ],
)
def test_networks_that_do_not_fit_are_refused_in_words(tmp_path, shape, given, nodes, words):
    with pytest.raises(ModelError, match=words):
        read_card(bare(tmp_path / "m.onnx", shape, given, nodes), CLASSES)


def chosen(path, classes=3, kind=onnx.TensorProto.INT64):
    """A network that gives the number of its highest band and says nothing of itself."""
    nodes = [("ArgMax", "image", "result", {"axis": 1, "keepdims": 0})]
    return bare(path, ["n", classes, "h", "w"], ["n", "h", "w"], nodes, {"result": kind})


def test_class_numbers_are_counted_and_named(tmp_path):
    card = read_card(chosen(tmp_path / "m.onnx"))
    assert (card.task, card.legend.names, card.legend.values) == (
        SEGMENTATION,
        ("Class 0", "Class 1", "Class 2"),
        (0, 1, 2),
    )
    assert (card.output.activation, card.output.threshold, card.output.class_numbers) == ("none", 0, True)
    assert "CONFIDENCE is 1 everywhere" in limits(card)
    assert read_card(tmp_path / "m.onnx", CardFields(classes=("a", "b", "c"))).legend.names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (CardFields(classes=("a", "b")), "names 2 classes .*gives 3 channels"),
        (CardFields(threshold=0.3), "that gives class numbers, where THRESHOLD would do nothing"),
        (CardFields(activation="softmax"), "that gives class numbers, where ACTIVATION would do nothing"),
    ],
)
def test_what_class_numbers_have_no_use_for_is_refused(tmp_path, fields, words):
    with pytest.raises(ModelError, match=words):
        read_card(chosen(tmp_path / "m.onnx"), fields)


def rounded(path, bands=1):
    """A network that gives whole numbers from 0 to 5 which no ArgMax made."""
    nodes = [("Mul", "image five", "large"), ("Cast", "large", "result", {"to": onnx.TensorProto.INT32})]
    made = [foreign_toys.node(*entry[:3], **(entry[3] if len(entry) > 3 else {})) for entry in nodes]
    shape = ["n", bands, "h", "w"]
    types = {"result": onnx.TensorProto.INT32}
    return foreign_toys.save(path, made, {"five": np.float32(5)}, {"image": shape}, {"result": shape}, types=types)


def test_class_numbers_of_unknown_origin_need_names_that_fit(tmp_path):
    task = "semantic-segmentation"
    path = rounded(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="nobody says of how many classes. Give their names as CLASSES"):
        read_card(path, CardFields(task=task))
    with pytest.raises(ModelError, match="gave class numbers from 0 to 4; 3 classes are named"):
        read_card(path, CardFields(task=task, classes=("a", "b", "c")))
    assert read_card(path, CardFields(task=task, classes=tuple("abcde"))).legend.names == tuple("abcde")
    with pytest.raises(ModelError, match="gives 3 channels of whole numbers .* neither class numbers nor scores"):
        read_card(rounded(tmp_path / "n.onnx", 3), CardFields(task=task))


def test_an_open_number_of_bands_can_be_told(tmp_path):
    path = bare(tmp_path / "m.onnx", ["n", "c", "h", "w"], ["n", "c", "h", "w"])
    assert len(read_card(path, CardFields(task=REGRESSION, bands=("a", "b"))).inputs[0].bands) == 2


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
