"""What is damaged, missing or dangerous in networks of other tools is said in a sentence."""

import foreign_toys
import onnx
import pytest
from foreign_reading import CLASSES, bare, segmentor
from terraloom.engine.cards.foreign_cards import read_card, read_model
from terraloom.engine.errors import ModelError
from terraloom.engine.library.card import SEGMENTATION


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"class_names": {"0": "a", "1": "b"}}, "names 2 classes .*gives 3 channels"),
        ({"class_names": {str(number): "x" for number in range(4)}}, "names 4 classes .*gives 3 channels"),
        ({"class_names": {"a": "b"}}, "class_names is .*dict of numbers"),
        ({"class_names": 7}, "class_names is 7"),
        ({"resolution": 10**400}, "resolution is 1000.* a number"),
        ({"tile_size": None, "imgsz": [-1, -1]}, "imgsz is .* whole numbers from 1"),
        ({"tile_size": None, "imgsz": [12.5]}, "imgsz is .* whole numbers from 1"),
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
        ('{"task": "image-classification"}', "a model for image-classification.* depth-estimation, regression run"),
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


@pytest.mark.parametrize("task", [[1], {}])
def test_a_task_that_is_no_text_is_left_alone(tmp_path, task):
    assert read_card(segmentor(tmp_path / "m.onnx", model_type=None, task=task)).task == SEGMENTATION


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('"Classes": [{"Value": 1e999, "Name": "x"}]', "Classes is"),
        ('"Classes": [{"Value": 1, "Name": "x", "Color": [1e999, 0, 0]}]', "Classes is"),
        ('"ExtractBands": [0, 1, 1e999]', "ExtractBands is"),
    ],
)
def test_numbers_without_end_in_an_emd_are_named(tmp_path, words, named):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    (tmp_path / "m.emd").write_text(f'{{"ModelFile": "m.onnx", "ModelType": "ImageClassification", {words}}}')
    with pytest.raises(ModelError, match=named):
        read_card(path, CLASSES)


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


def test_weights_are_not_read_by_links_and_that_is_said(tmp_path):
    """As in the cache of Hugging Face, where every file is a link to one with another name."""
    blobs, shown = tmp_path / "blobs", tmp_path / "shown"
    blobs.mkdir()
    shown.mkdir()
    with_outside_weights(blobs / "m.onnx", "weights.bin")
    (shown / "m.onnx").symlink_to(blobs / "m.onnx")
    with pytest.raises(ModelError, match=r"is a link, .* Copy both files into one folder"):
        read_card(shown / "m.onnx")
    (blobs / "weights.bin").rename(blobs / "4c1f")
    with pytest.raises(ModelError, match=r"weights in weights\.bin, which is not there"):
        read_card(shown / "m.onnx")
    (shown / "weights.bin").symlink_to(blobs / "4c1f")
    with pytest.raises(ModelError, match=r"is a link, .* Copy both files into one folder"):
        read_card(shown / "m.onnx")


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
