"""The models on this machine are found, and one that is damaged takes no other along."""

import json
import os

import pytest
import toys
from terraloom.engine.environment import check
from terraloom.engine.errors import ModelError
from terraloom.engine.library import installed
from terraloom.engine.library.card import REGRESSION, SEGMENTATION, ModelCard
from terraloom.engine.library.installed import (
    find_model,
    installed_models,
    outdone_by,
    outdone_models,
    unreadable_models,
)
from terraloom.engine.network import Network
from terraloom.engine.requests.card_fields import CardFields
from terraloom.tests.engine.worker_harness import Listener


def card(name, **fields):
    return json.dumps({**toys.card(**fields), "id": name}).encode()


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Puts models on the bundled shelf and the user's own."""
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(installed, "BUNDLED", tmp_path / "bundled")

    def put(name, content, place="home/models"):
        folder = tmp_path / place / name
        folder.mkdir(parents=True)
        (folder / "model.onnx").write_bytes(b"")
        (folder / "card.json").write_bytes(content)
        return folder / "card.json"

    return put


SIZE, SIZES = "terraloom:resolution_m", "terraloom:resolution_range_m"

DAMAGES = {
    "latin-1": '{"id": "Straße"}'.encode("latin-1"),
    "cut off": card("x")[:50],
    "no card": b"[]",
    "empty": b"",
    "a colour that is none": card("x").replace(b"4477AA", b"blue"),
    "a stride without end": card("x", stride=float("inf")),
    "a ratio by nothing": card("x").replace(b'"result":', b'"terraloom:ratio": "1/0", "result":'),
    "a ratio without end": card("x").replace(b'"result":', b'"terraloom:ratio": "1e3000000", "result":'),
    "numbers for names of bands": card("x", bands=[{"name": 1}]),
    "a resolution that is no number": card("x", **{SIZE: float("nan")}),
    "a resolution without end": card("x", **{SIZE: float("inf")}),
    "a resolution below nothing": card("x", **{SIZE: -1.0}),
    "a range of resolutions that are no numbers": card("x", **{SIZES: [float("nan")] * 2}),
    "a range of resolutions that falls": card("x", **{SIZES: [5.0, 1.0]}),
    "too deep": b"[" * 200_000,
}


@pytest.mark.parametrize("content", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("place", ["bundled", "home/models"])
def test_a_damaged_card_takes_no_other_model_along_and_is_named(shelf, content, place):
    shelf("good", card("good"), "bundled")
    shelf("own", card("own"))
    damaged = shelf("damaged", content, place)
    assert [model.card.model_id for model in installed_models()] == ["good", "own"]
    assert find_model("own").card.title == "Toy"
    (error,) = unreadable_models()
    assert str(damaged) in str(error)
    with pytest.raises(ModelError, match="damaged"):
        ModelCard.from_file(damaged)


def test_a_card_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match="card.json is not a usable model card"):
        ModelCard.from_file(tmp_path / "card.json")


def test_models_are_found_by_name_and_task(shelf):
    assert installed_models() == unreadable_models() == []
    with pytest.raises(ModelError, match="No model is installed for this task"):
        find_model("classes")
    own = shelf("classes", card("classes"))
    shelf("values", card("values", task=REGRESSION), "bundled")
    assert [model.card.model_id for model in installed_models()] == ["values", "classes"]
    assert [model.card.model_id for model in installed_models((SEGMENTATION,))] == ["classes"]
    assert find_model("classes", (SEGMENTATION,)).onnx == own.with_name("model.onnx")
    with pytest.raises(ModelError, match="There is no model values for this task. Installed are: classes"):
        find_model("values", (SEGMENTATION,))


def test_the_bundled_model_for_most_images_is_offered_first(shelf):
    for name in ("another", installed.FIRST, "zebra"):
        shelf(name, card(name), "bundled")
    shelf("abc", card("abc"))
    assert [model.card.model_id for model in installed_models()] == [installed.FIRST, "another", "zebra", "abc"]


def test_a_copied_folder_does_not_take_the_name_of_the_model_and_is_told_of(shelf):
    copy, own = shelf("backup_r1", card("r1")), shelf("r1", card("r1"))
    shelf("copy_r1", card("r1"))
    shelf("renamed", card("lone"))
    assert find_model("r1").onnx.parent == own.parent
    assert [model.card.model_id for model in installed_models()] == ["r1", "lone"]
    assert [(other.onnx.parent.name, used.onnx.parent.name) for other, used in outdone_models()] == [
        ("backup_r1", "r1"),
        ("copy_r1", "r1"),
    ]
    rows = [row for row in check.check().rows if row.status == check.WARNING]
    assert any(row.values.get("folder") == str(copy.parent) for row in rows)


def test_a_run_is_told_that_a_bundled_model_is_used_and_not_ones_own_of_that_name(shelf):
    bundled = shelf("roads", card("roads"), "bundled").with_name("model.onnx")
    lone = shelf("lone", card("lone"), "bundled").with_name("model.onnx")
    own = shelf("roads", card("roads")).with_name("model.onnx")
    copied = shelf("r1", card("r1")).with_name("model.onnx")
    shelf("copy_r1", card("r1"))
    toys.random_network(bundled, 1)
    told = Listener()
    Network(bundled, CardFields(), "cpu", "auto", 1, told)
    (warning,) = told.warnings
    assert f"The model roads that comes with Terraloom is used. Yours of that name, in {own.parent}," in warning
    for path in (lone, own, copied):
        assert outdone_by(path) == []


def test_a_card_is_read_once_as_long_as_its_file_stays_the_same(shelf, monkeypatch):
    shelf("one", card("one"))
    shelf("two", card("two"), "bundled")
    read = []
    from_file = ModelCard.from_file
    monkeypatch.setattr(ModelCard, "from_file", lambda path: read.append(path.parent.name) or from_file(path))
    assert [[model.card.model_id for model in installed_models()] for _ in range(3)] == [["two", "one"]] * 3
    assert read == ["two", "one"]


def test_all_cards_of_a_large_shelf_are_kept(shelf, monkeypatch):
    for number in range(300):
        shelf(f"model-{number}", card(f"model-{number}"))
    read = []
    from_file = ModelCard.from_file
    monkeypatch.setattr(ModelCard, "from_file", lambda path: read.append(path) or from_file(path))
    assert len(installed_models()) == len(installed_models()) == len(read) == 300


def test_a_card_that_changes_is_seen(shelf):
    file = shelf("own", card("own"))
    assert [model.card.model_id for model in installed_models()] == ["own"]
    file.write_bytes(card("new"))
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    assert [model.card.model_id for model in installed_models()] == ["new"]
    file.write_bytes(b"{}")
    assert installed_models() == []
    file.unlink()
    assert installed_models() == unreadable_models() == []
