"""A network of another tool becomes one of the user's models: whole, under a name of its own, with its card inside."""

import json

import foreign_toys
import numpy as np
import onnx
import onnxruntime
import pytest
import toys
from foreign_detectors import detector
from listening import Heard
from terraloom.engine.cards import card_in_file
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.jobs import import_model
from terraloom.engine.library import installed
from terraloom.engine.library.installed import find_model, installed_models, unreadable_models
from terraloom.engine.reach.reach_check import Verified
from terraloom.engine.requests import documents
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.import_model import ImportModel

TOYS = (
    *("segmentor", "one_channel", "without_channels", "two_heads", "bands_last", "smaller_output", "fixed_size"),
    *("bytes_in", "half_precision", "regressor", "super_resolution", "detector", "geoai", "esri"),
)


@pytest.fixture
def library(tmp_path, monkeypatch):
    """An empty library of this test's own."""
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(installed, "BUNDLED", tmp_path / "bundled")
    return tmp_path / "home" / "models"


def bring_in(library, path, progress=None, **asked):
    return import_model.run(ImportModel(str(path), str(library), **asked), progress or Heard())


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def result(path, tile):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: tile})[0]


def test_the_model_is_found_by_its_name_and_says_the_same(library, tmp_path):
    path = foreign_toys.segmentor(tmp_path / "Land Cover.onnx")
    outcome = bring_in(library, path)
    model = find_model("land-cover")
    assert outcome.metrics == {"model": "land-cover"}
    assert outcome.outputs == {"model_file": str(model.onnx)}
    assert everything_in(library) == ["land-cover", "land-cover/card.json", "land-cover/model.onnx"]
    assert read_card(model.onnx) == model.card
    assert model.card.inputs == read_card(path).inputs and model.card.output == read_card(path).output
    kept = {entry.key: json.loads(entry.value) for entry in onnx.load(model.onnx).metadata_props}
    assert foreign_toys.SEGMENTOR.items() <= kept.items()
    tile = np.random.default_rng(0).uniform(0, 1, (1, 3, 40, 56)).astype(np.float32)
    assert np.array_equal(result(model.onnx, tile), result(path, tile))


def test_what_the_user_says_is_kept_in_the_card(library, tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    fields = CardFields(task="semantic-segmentation", classes=("a", "b", "c"), std=(10_000,))
    bring_in(library, path, name="Forêt № 1", fields=fields)
    card = find_model("forêt-1").card
    assert (card.title, card.legend.names, card.inputs[0].bands[0].std) == ("Forêt № 1", ("a", "b", "c"), 10_000)


def test_the_log_tells_what_was_recognised_and_what_assumed(library, tmp_path):
    told = Heard()
    bring_in(library, foreign_toys.two_heads(tmp_path / "m.onnx"), told)
    log = " ".join(told.texts)
    for words in (
        "in the way of Deepness",
        "for semantic-segmentation. It reads image (b1, b2, b3); its result comes from cover",
        "red, green, blue",
        "assumed. Values are divided by 255.",
        "only cover is used, not bright",
        "now among the models as m",
    ):
        assert words in log
    told = Heard()
    bring_in(library, foreign_toys.scores_only(tmp_path / "n.onnx"), told, fields=CardFields(classes=("a", "b", "c")))
    assert "says nothing of itself" in " ".join(told.texts)


def test_the_same_file_may_come_again_but_no_other_under_its_name(library, tmp_path):
    path = foreign_toys.segmentor(tmp_path / "m.onnx")
    bring_in(library, path)
    bring_in(library, path, fields=CardFields(classes=("x", "y", "z")))
    assert find_model("m").card.legend.names == read_card(find_model("m").onnx).legend.names == ("x", "y", "z")
    other = foreign_toys.regressor(tmp_path / "other.onnx")
    with pytest.raises(ModelError, match="There is a model m already. Choose another NAME"):
        bring_in(library, other, name="M")
    assert find_model("m").card.task == "semantic-segmentation"
    bring_in(library, other, name="m 2")
    assert [model.card.model_id for model in installed_models()] == ["m", "m-2"]


def test_the_name_of_a_bundled_model_is_taken(library, tmp_path):
    folder = tmp_path / "bundled" / "landuse"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"")
    (folder / "card.json").write_text(json.dumps({**toys.card(), "id": "landuse"}))
    with pytest.raises(ModelError, match="There is a model landuse already"):
        bring_in(library, foreign_toys.segmentor(tmp_path / "m.onnx"), name="LandUse")
    with pytest.raises(ModelError, match="comes with Terraloom. Choose another NAME.$"):
        bring_in(library, foreign_toys.segmentor(tmp_path / "m.onnx"), name="landuse")


def test_files_of_terraloom_that_are_shared_keep_their_names(library, tmp_path):
    for name in ("mine", "yours"):
        (tmp_path / name).mkdir()
        document = {**toys.card(("b0",), task="regression", activation="none"), "id": name}
        node = toys.helper.make_node("Conv", ["image", "w"], ["output"])
        path = toys.save(tmp_path / name / "model.onnx", [node], {"w": np.ones((1, 1, 1, 1), np.float32)}, 1, document)
        bring_in(library, path)
    assert [model.card.model_id for model in installed_models()] == ["mine", "yours"]
    bring_in(library, foreign_toys.segmentor(tmp_path / "model.onnx"))
    bring_in(library, tmp_path / "mine" / "model.onnx", name="other")
    assert [model.card.model_id for model in installed_models()] == ["mine", "model", "other", "yours"]


def test_a_folder_of_something_else_is_not_touched(library, tmp_path):
    (library / "m").mkdir(parents=True)
    (library / "m" / "notes.txt").write_text("mine")
    with pytest.raises(ModelError, match="Choose another NAME"):
        bring_in(library, foreign_toys.segmentor(tmp_path / "m.onnx"))
    assert everything_in(library) == ["m", "m/notes.txt"]


def test_a_network_that_gives_no_number_is_told_of_even_where_no_tiles_are_tried(library, tmp_path):
    make, heard = toys.helper.make_node, Heard()
    nodes = [make("Conv", ["image", "w"], ["c"]), make("GlobalAveragePool", "c", "g"), make("Add", "cg", ["output"])]
    path = toys.save(tmp_path / "m.onnx", nodes, {"w": np.full((1, 1, 1, 1), np.nan, np.float32)}, 1, None)
    bring_in(library, path, heard, fields=CardFields(task="regression"))
    assert "Note: On a trial it gave no number at all (NaN or infinity everywhere)." in heard.text
    assert find_model("m").card.global_operations


def test_nothing_is_left_of_a_failure(library, tmp_path, monkeypatch):
    path = foreign_toys.segmentor(tmp_path / "m.onnx")
    with pytest.raises(ModelError):
        bring_in(library, path, fields=CardFields(classes=("one",)))
    assert not library.exists() or everything_in(library) == []

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(card_in_file.onnx, "save", full)
    with pytest.raises(OutputError, match="No space left on device"):
        bring_in(library, path, report=str(tmp_path / "report.html"))
    assert everything_in(library) == [] and not (tmp_path / "report.html").exists()
    assert installed_models() == unreadable_models() == []


@pytest.mark.parametrize(
    "verified", [Verified(9, 0.0, False), Verified(1, 0.5, False)], ids=["sees further", "seams differ"]
)
def test_where_tiles_do_not_join_they_are_blended(library, tmp_path, monkeypatch, verified):
    monkeypatch.setattr(import_model, "check_reach", lambda *_: verified)
    told = Heard()
    bring_in(library, foreign_toys.segmentor(tmp_path / "m.onnx"), told)
    assert find_model("m").card.global_operations != ()
    assert "so they are blended" in " ".join(told.texts)


def test_weights_from_beside_come_along(library, tmp_path):
    path = foreign_toys.segmentor(tmp_path / "m.onnx")
    onnx.save(onnx.load(path), str(path), save_as_external_data=True, location="weights.bin", size_threshold=0)
    tile = np.random.default_rng(0).uniform(0, 1, (1, 3, 8, 8)).astype(np.float32)
    expected = result(path, tile)
    bring_in(library, path)
    (tmp_path / "weights.bin").unlink()
    assert everything_in(library / "m") == ["card.json", "model.onnx"]
    assert np.array_equal(result(library / "m" / "model.onnx", tile), expected)


def test_a_model_of_terraloom_is_taken_as_it_is(library, tmp_path):
    path = toys.bands_as_classes(tmp_path / "own.onnx")
    bring_in(library, path, name="Mine")
    card = find_model("mine").card
    assert (card.title, card.legend, card.inputs) == ("Mine", read_card(path).legend, read_card(path).inputs)


def less_the_mean(path, **fields):
    """A regression of Terraloom's: the image less its mean over the whole tile, of which the card says nothing."""
    nodes = [
        toys.helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=1),
        toys.helper.make_node("Sub", ["image", "mean"], ["output"]),
    ]
    return toys.save(path, nodes, {}, 1, toys.card(task="regression", activation="none", **fields))


def test_a_card_that_hides_what_sees_the_whole_tile_is_overruled(library, tmp_path):
    told = Heard()
    bring_in(library, less_the_mean(tmp_path / "m.onnx"), told)
    log = " ".join(told.texts)
    assert "its network has statistics over the image (ReduceMean). So its tiles are blended, not joined" in log
    kept = find_model("m").card
    assert kept.global_operations == ("statistics over the image (ReduceMean)",)
    assert read_card(library / "m" / "model.onnx") == kept


def test_the_reach_of_a_model_of_terraloom_is_tried_and_set(library, tmp_path, monkeypatch):
    path = toys.random_network(tmp_path / "m.onnx", 0, levels=2, **{"terraloom:receptive_radius_px": 3})
    told = Heard()
    bring_in(library, path, told)
    kept = find_model("m").card
    assert kept.document["properties"]["terraloom:receptive_radius_px"] == kept.receptive_radius_px > 3
    assert f"It sees {kept.receptive_radius_px} px around each pixel: tried and found true." in told.texts
    monkeypatch.setattr(import_model, "check_reach", lambda *_: Verified(1, 0.5, False))
    bring_in(library, path, told, name="doubtful")
    assert find_model("doubtful").card.global_operations == ("seams that differ by 0.5 in a trial",)


def test_the_reach_of_a_network_that_insists_on_a_batch_is_tried(library, tmp_path):
    told = Heard()
    bring_in(library, foreign_toys.fixed_size(tmp_path / "m.onnx", 64, batch=3), told)
    assert "tried and found true" in " ".join(told.texts)
    assert find_model("m").card.output.layout == "NCHW"


def test_report_and_card_are_written_when_asked(library, tmp_path):
    asked = {"report": str(tmp_path / "r.html"), "card": str(tmp_path / "c.json")}
    outcome = bring_in(library, foreign_toys.esri(tmp_path / "m.onnx"), **asked)
    assert {name: outcome.outputs[name] for name in asked} == asked
    assert "Forest" in (tmp_path / "r.html").read_text("utf-8")
    assert json.loads((tmp_path / "c.json").read_text("utf-8")) == find_model("m").card.document


@pytest.mark.parametrize("name", TOYS)
def test_every_toy_can_be_brought_in(library, tmp_path, name):
    make = detector if name == "detector" else getattr(foreign_toys, name)
    path = make(tmp_path / "m.onnx")
    told = Heard()
    bring_in(library, path, told)
    assert ("tried and found true" in " ".join(told.texts)) == (name != "detector")
    model = find_model("m")
    assert model.card.output == read_card(path).output == read_card(model.onnx).output
    assert model.card.legend == read_card(path).legend


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Roads 2024 (v1.2)", "roads-2024-v1.2"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", None),
        ("CON", "con-model"),
        ("nul.x", "nul.x-model"),
        ("Модель", "модель"),
        ("x" * 200, "x" * 60),
        ("///", None),
        ("", "file"),
    ],
)
def test_names_are_safe_for_folders(name, expected):
    if expected is None:
        with pytest.raises(InputError, match="at least one letter or digit"):
            ImportModel("/a/file.onnx", "/library", name)
    else:
        assert ImportModel("/a/file.onnx", "/library", name).model_id == expected


def test_a_request_goes_to_the_worker_and_back():
    request = ImportModel("m.onnx", "/library", "x", CardFields(classes=("a", "b"), std=(1.0, 2.0)), "r.html")
    sent = json.loads(json.dumps(documents.to_document(request)))
    assert documents.from_document(ImportModel, sent) == request
    assert request.outputs == ("/library/x", "r.html")


@pytest.mark.parametrize("file", ["", "m.pth", "m.emd"])
def test_other_files_are_refused_at_once(file):
    with pytest.raises((InputError, ModelError), match="onnx"):
        ImportModel(file, "/library")
