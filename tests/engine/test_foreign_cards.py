"""Networks of other tools are read for what they are, by what is in them and beside them."""

import json
from fractions import Fraction

import foreign_toys
import numpy as np
import onnx
import pytest
from foreign_detectors import detector, table
from foreign_reading import CLASSES, bare, limits, reader_of_toys, segmentor
from listening import Heard
from terraloom.engine.cards.foreign_cards import read_card, read_model, tell_doubts
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.library.card import DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION, ModelCard
from terraloom.engine.library.formats import network_of
from terraloom.engine.requests.card_fields import DETECTION_KINDS, CardFields
from terraloom.engine.values.scaling import check_range

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
    return reader_of_toys(tmp_path)


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
    assert "median filter (seg_small_segment 7)" in limits(card) and "MIN_AREA" in limits(card)


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


@pytest.mark.parametrize("said", [{}, {"author": "Ultralytics", "task": "detect", "names": "{0: 'ship'}"}], ids=str)
def test_a_detector_that_has_chosen_its_objects_is_refused(tmp_path, said):
    reshaping, shapes = [foreign_toys.node("Reshape", "image shape", "result")], {"shape": np.array([1, -1, 6])}
    path = tmp_path / "m.onnx"
    foreign_toys.save(path, reshaping, shapes, {"image": [1, 3, 64, 64]}, {"result": [1, 2048, 6]})
    model = onnx.load(path)
    onnx.helper.set_model_props(model, said)
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"has chosen itself. Export it without that choice \(end2end=False"):
        read_card(path)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        *(("YOLO_v5_or_v7_default", 6), ("YOLO_v6", 6), ("YOLO_v9", 6), ("YOLO_Ultralytics", 6)),
        *(("YOLO_Ultralytics_obb", 7), ("YOLO_Ultralytics_segmentation", 38)),
    ],
)
def test_chosen_objects_are_refused_whatever_type_is_named(tmp_path, kind, numbers):
    prototypes = [(1, 32, 16, 16)] if numbers == 38 else []
    model = table(tmp_path / "m.onnx", (1, 300, numbers), *prototypes)
    with pytest.raises(ModelError, match=rf"\(1, 300, {numbers}\): .* has chosen itself. Export it without"):
        read_card(model, CardFields(task=DETECTION, detection_type=kind))


@pytest.mark.parametrize(("kind", "objects"), [("YOLO_v5_or_v7_default", 252), ("YOLO_v6", 84)])
def test_all_objects_of_one_class_are_not_taken_for_chosen_ones(tmp_path, kind, objects):
    fields = CardFields(task=DETECTION, detection_type=kind)
    assert len(read_card(table(tmp_path / "m.onnx", (1, objects, 6)), fields).legend.entries) == 1


def test_a_detector_that_insists_on_a_batch_is_refused_before_it_is_imported(tmp_path):
    model = table(tmp_path / "m.onnx", (4, 6, 84), batch=4)
    with pytest.raises(ModelError, match="shape 4 x 3 x 64 x 64; tiles go in one at a time. Export it with a batch"):
        read_card(model)


def test_exports_of_ultralytics_are_known_by_their_own_words(tmp_path):
    path = detector(tmp_path / "m.onnx", "YOLO_Ultralytics_obb", metadata=False)
    model = onnx.load(path)
    said = {"author": "Ultralytics", "task": "obb", "names": "{0: 'ship', 1: 'harbour'}", "imgsz": "[64, 64]"}
    onnx.helper.set_model_props(model, said)
    onnx.save(model, path)
    card = read_card(path)
    assert (card.detection.kind, card.legend.names) == ("YOLO_Ultralytics_obb", ("ship", "harbour"))
    assert read_model(path).origin == "Ultralytics" and "Ultralytics" in card.document["properties"]["description"]
    assert read_model(detector(tmp_path / "d.onnx", "YOLO_Ultralytics_obb")).origin == "Deepness"


def exported(path, **said):
    """A detector with the words of Ultralytics."""
    model = onnx.load(detector(path, "YOLO_Ultralytics", metadata=False))
    onnx.helper.set_model_props(model, {"names": "{0: 'ship', 1: 'harbour'}", **said})
    onnx.save(model, path)
    return path


@pytest.mark.parametrize("said", [{"stride": "32"}, {"stride": "32", "task": "detect"}, {"task": "detect"}], ids=str)
def test_exports_of_ultralytics_are_known_by_stride_or_task(tmp_path, said):
    read = read_model(exported(tmp_path / "m.onnx", **said))
    assert (read.origin, read.card.task, read.card.legend.names) == ("Ultralytics", DETECTION, ("ship", "harbour"))


@pytest.mark.parametrize("task", ["pose", "classify"])
def test_exports_of_ultralytics_for_what_does_not_run_here_are_refused(tmp_path, task):
    with pytest.raises(ModelError, match=f"is a model for {task}. Only models for detect, segment, obb run here"):
        read_card(exported(tmp_path / "m.onnx", stride="32", task=task), CardFields(classes=("a", "b")))


def test_an_overlap_that_is_too_wide_is_narrowed_and_told(tmp_path):
    card = read_card(segmentor(tmp_path / "m.onnx", tiles_overlap=95))
    assert card.overlap == 0.9
    assert "overlap by 90 % where they are blended, not by 95 %" in limits(card)


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


@pytest.mark.parametrize(("height", "width", "tile_px"), [(256, 256, 256), (256, 512, None), (256, None, None)])
def test_only_square_tiles_of_an_emd_are_taken_over(tmp_path, height, width, tile_px):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    described = json.loads((tmp_path / "m.emd").read_text())
    (tmp_path / "m.emd").write_text(json.dumps({**described, "ImageHeight": height, "ImageWidth": width}))
    assert read_card(path).tile_px == tile_px


def test_of_several_emds_the_one_with_its_name_is_read(tmp_path):
    path = foreign_toys.esri(tmp_path / "m.onnx")
    described = json.loads((tmp_path / "m.emd").read_text())
    (tmp_path / "a.emd").write_text(json.dumps({**described, "ExtractBands": [0, 1, 2]}))
    assert read_card(path).inputs[0].raster_bands == (3, 2, 1)


def test_the_emd_of_another_network_is_left_alone(tmp_path):
    foreign_toys.esri(tmp_path / "a.onnx")
    (tmp_path / "broken.emd").write_text("{")
    assert read_model(foreign_toys.scores_only(tmp_path / "b.onnx"), CLASSES).origin == ""


def test_an_emd_stands_for_the_network_that_it_names(tmp_path):
    path = foreign_toys.esri(tmp_path / "land.onnx")
    assert network_of(tmp_path / "land.emd") == path
    assert network_of(path) == path


@pytest.mark.parametrize("text", ['{"ModelFile": "gone.onnx"}', '{"ModelFile": "m.pth"}', "{}", "[]", "{", '"', None])
def test_an_emd_that_names_no_network_beside_it_is_refused_as_what_it_is(tmp_path, text):
    emd = tmp_path / "m.emd"
    (tmp_path / "m.pth").write_bytes(b"")
    if text is not None:
        emd.write_text(text)
    assert network_of(emd) == emd


@pytest.mark.parametrize(("emd", "file"), [("LAND.EMD", "Land.onnx"), ("land.emd", ".\\LAND.ONNX")])
def test_an_emd_is_known_whatever_the_case_of_names(tmp_path, emd, file):
    path = foreign_toys.scores_only(tmp_path / "land.onnx")
    (tmp_path / emd).write_text(json.dumps({"ModelFile": file, "ModelType": "ImageClassification"}))
    assert read_model(path).origin == "Esri"


@pytest.mark.parametrize(("entries", "named"), [({"ModelFile": "Land.pth"}, "Land.pth"), ({}, "-")])
def test_an_emd_of_its_name_that_is_passed_over_is_warned_of(tmp_path, entries, named):
    path, heard = foreign_toys.segmentor(tmp_path / "Land.onnx", None), Heard()
    (tmp_path / "Land.emd").write_text(json.dumps({**entries, "ExtractBands": [2, 1, 0]}))
    tell_doubts(read_model(path), heard)
    assert f"Land.emd lies beside the network but is not read, as its ModelFile is {named}." in " ".join(heard.warnings)
    (tmp_path / "Land.emd").write_text(json.dumps({"ModelFile": "Land.onnx", "ExtractBands": [2, 1, 0]}))
    assert read_model(path).unread is None


def test_sixteen_bits_are_noticed_and_a_scale_is_offered(toy):
    sample = np.random.default_rng(1).uniform(300, 9000, (3, 1000))
    with pytest.raises(InputError, match=r"the model expects 0 to 255.*SCALE = \*=0\.02"):
        check_range(sample, toy("segmentor").inputs[0])
    check_range(sample, toy("segmentor", CardFields(std=(10_000,))).inputs[0])


def test_a_0_of_the_user_counts_more_than_the_models_own_word(toy):
    card = toy("segmentor")
    assert (card.output.threshold, card.overlap) == (0.4, 0.1)
    card = toy("segmentor", CardFields(threshold=0.0, overlap=0.0))
    assert (card.output.threshold, card.overlap) == (0, 0)
    rules = toy("detector", CardFields(confidence=0.0, iou=0.0)).detection
    assert (rules.confidence, rules.iou) == (0, 0)
    with pytest.raises(ModelError, match="THRESHOLD would do nothing"):
        toy("regressor", CardFields(threshold=0.0))


def test_bare_scores_are_noticed(tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx", {"model_type": "Segmentor"})
    assert "no probabilities" in limits(read_card(path)) and "ACTIVATION to softmax" in limits(read_card(path))
    assert read_card(path, CardFields(activation="softmax")).output.activation == "softmax"


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
