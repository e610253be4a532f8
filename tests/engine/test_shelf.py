"""A model comes into the library whole or not at all, and no two runs make one of the same name."""

import json
import os
from pathlib import Path

import foreign_toys
import pytest
import toys
from terraloom.engine.errors import ModelError, OutputError
from terraloom.engine.jobs import import_model, train_model
from terraloom.engine.library import shelf
from terraloom.engine.library.shelf import SOURCE_HASH, Slot, free_name
from terraloom.engine.progress import Silent
from terraloom.engine.requests.import_model import ImportModel
from terraloom.engine.results.occupancy import leave, occupy
from terraloom.tests.chips import write_chips
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked


def fill(folder, text, source="s"):
    """Files of a model, whose card tells what it is from."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "model.onnx").write_text(text)
    document = toys.card()
    document["properties"][SOURCE_HASH] = source
    (folder / "card.json").write_text(json.dumps(document))


def put(folder, text):
    with Slot(folder, "s") as slot, slot.filling() as made:
        fill(made, text)


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_model_of_the_same_is_replaced_whole(tmp_path):
    fill(tmp_path / "m", "old")
    put(tmp_path / "m", "new")
    assert (tmp_path / "m" / "model.onnx").read_text() == "new"
    assert everything_in(tmp_path) == ["m", "m/card.json", "m/model.onnx"]


def test_what_the_user_put_beside_a_model_stays_when_it_is_replaced(tmp_path):
    fill(tmp_path / "m", "old")
    (tmp_path / "m" / "notes.txt").write_text("mine")
    (tmp_path / "m" / "before").mkdir()
    (tmp_path / "m" / "before" / "model.onnx").write_text("kept")
    put(tmp_path / "m", "new")
    assert (tmp_path / "m" / "model.onnx").read_text() == "new"
    assert everything_in(tmp_path / "m") == ["before", "before/model.onnx", "card.json", "model.onnx", "notes.txt"]


def test_a_full_disk_is_not_told_as_a_folder_that_may_not_be_written(tmp_path):
    with pytest.raises(OutputError) as caught, Slot(tmp_path / "m", "s") as slot, slot.filling():
        raise OSError(28, "No space left on device")
    assert "No space left on device. Free some space there" in str(caught.value)
    assert "that you may write to" not in str(caught.value)


@pytest.mark.parametrize("moves", [0, 1])
def test_a_model_that_cannot_be_replaced_stays_what_it_was(tmp_path, monkeypatch, moves):
    fill(tmp_path / "m", "old")
    real, done = os.rename, []

    def rename(source, target):
        if len(done) == moves:
            raise PermissionError(13, "Permission denied")
        done.append(target)
        real(source, target)

    monkeypatch.setattr(shelf.os, "rename", rename)
    with pytest.raises(OutputError, match="Permission denied. Close programs that use it"):
        put(tmp_path / "m", "new")
    assert (tmp_path / "m" / "model.onnx").read_text() == "old"
    assert everything_in(tmp_path) == ["m", "m/card.json", "m/model.onnx"]


def test_a_model_comes_back_where_a_kill_came_before_the_new_one(tmp_path):
    fill(tmp_path / ".m.terraloom-old" / "m", "old")
    with Slot(tmp_path / "m", "s"):
        assert (tmp_path / "m" / "model.onnx").read_text() == "old"
    assert everything_in(tmp_path) == ["m", "m/card.json", "m/model.onnx"]


def test_what_killed_runs_left_of_other_models_goes_with_the_next(tmp_path):
    fill(tmp_path / ".killed.terraloom" / "killed", "half")
    fill(tmp_path / ".replaced.terraloom", "half")
    fill(tmp_path / ".replaced.terraloom-old" / "replaced", "old")
    fill(tmp_path / ".busy.terraloom" / "busy", "half")
    (tmp_path / ".mine").mkdir()
    assert occupy(tmp_path / ".busy.terraloom")
    try:
        put(tmp_path / "m", "new")
    finally:
        leave(tmp_path / ".busy.terraloom")
    assert sorted(os.listdir(tmp_path)) == [".busy.terraloom", ".mine", "m", "replaced"]
    assert (tmp_path / "replaced" / "model.onnx").read_text() == "old"


def test_no_two_runs_make_a_model_of_one_name(tmp_path):
    with Slot(tmp_path / "m", "s") as first:
        with pytest.raises(OutputError, match="A model m is being made by another run at this moment"):
            put(tmp_path / "m", "of another run")
        with first.filling() as made:
            fill(made, "of the first")
    assert (tmp_path / "m" / "model.onnx").read_text() == "of the first"


def test_a_run_that_clears_up_at_this_moment_is_not_taken_for_one_that_makes_the_model(tmp_path, monkeypatch):
    clearings = iter([True, True])

    def cleared_away(folder):
        if next(clearings, False):
            folder.rmdir()
            return False
        return occupy(folder)

    monkeypatch.setattr(shelf, "occupy", cleared_away)
    put(tmp_path / "m", "new")
    assert everything_in(tmp_path) == ["m", "m/card.json", "m/model.onnx"]


def test_a_model_that_came_meanwhile_is_not_replaced(tmp_path):
    with pytest.raises(ModelError, match="There is a model m already"), Slot(tmp_path / "m", "s") as slot:
        fill(tmp_path / "m", "of others", "another source")
        with slot.filling() as made:
            fill(made, "new")
    assert (tmp_path / "m" / "model.onnx").read_text() == "of others"


@pytest.mark.skipif(os.name == "nt", reason="folders are marked in another way")
def test_a_name_under_which_another_run_makes_a_model_is_not_free(tmp_path):
    import fcntl

    assert free_name(tmp_path, "m", "s") == "m"
    (tmp_path / ".m.terraloom").mkdir()
    descriptor = os.open(tmp_path / ".m.terraloom", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    assert free_name(tmp_path, "m", "s") == "m-2"
    os.close(descriptor)
    assert free_name(tmp_path, "m", "s") == "m"


def test_a_library_that_cannot_be_written_is_known_before_chips_are_read(tmp_path, monkeypatch):
    write_chips(tmp_path / "chips")
    (tmp_path / "library").write_text("a file")
    monkeypatch.setattr(train_model, "_read", lambda *_: pytest.fail("chips were read"))
    with pytest.raises(OutputError, match="The model cannot be written to .*mine.* set TERRALOOM_HOME"):
        train_model.run(asked(tmp_path), Silent())


def test_what_was_learnt_is_kept_where_the_library_cannot_take_it(tmp_path, monkeypatch):
    write_chips(tmp_path / "chips")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(train_model.shutil, "copyfile", full)
    heard = Heard()
    request = asked(tmp_path, epochs=1, baseline=False, report=str(tmp_path / "report.html"))
    outcome = train_model.run(request, heard)
    assert Path(request.output).is_file() and Path(request.report).is_file()
    assert "No space left on device" in heard.text and "mine.onnx, but not among your models" in heard.text
    assert "now among your models" not in heard.text and "model" not in outcome.metrics
    assert not (tmp_path / "library").exists()


def test_a_result_of_an_import_that_cannot_be_written_is_known_before_the_model_is_read(tmp_path, monkeypatch):
    path = foreign_toys.segmentor(tmp_path / "m.onnx")
    monkeypatch.setattr(import_model, "read_model", lambda *_: pytest.fail("the model was read"))
    request = ImportModel(str(path), str(tmp_path / "library"), report=str(tmp_path / "nowhere" / "r.html"))
    with pytest.raises(OutputError, match="r.html cannot be written"):
        import_model.run(request, Silent())
    assert not (tmp_path / "library").exists()
