"""A folder that came from others may hold hidden names of ours: they cost the user nothing that lies elsewhere."""

import os
from pathlib import Path

import pytest
from terraloom.engine.errors import OutputError
from terraloom.engine.learning.resumption import TrainingState
from terraloom.engine.results.aside import aside_folder
from terraloom.engine.results.journal import NAME, find_journal
from terraloom.engine.results.workspace import Workspace, partial_folder, remove_partials
from unfinished import contents, write

TARGET = Path("map.tif")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("hidden", [partial_folder(TARGET), aside_folder(TARGET)], ids=str)
@pytest.mark.parametrize("what", ["a link", "a link to nothing", "a file"])
def test_what_is_no_folder_is_refused_and_what_it_leads_to_stays(hidden, what):
    write("mine/letter.txt", "mine/map.tif", "mine/journal.json")
    if what == "a file":
        write(str(hidden))
    else:
        hidden.symlink_to("mine" if what == "a link" else "nothing")
    before = contents()
    words = f"{hidden} is a link or a file; the result {TARGET} needs .* Delete it, or choose another name"
    with pytest.raises(OutputError, match=words.replace(".map", r"\.map")), Workspace([str(TARGET)], resume=True):
        pass
    remove_partials([TARGET])
    assert contents() == before
    assert what == "a file" or hidden.is_symlink()


@pytest.mark.parametrize("announced", ['["parcels.gpkg"]', "5", "[" * 100_000], ids=["names", "number", "deep"])
def test_only_what_is_the_results_own_is_brought_back(announced):
    write("parcels.gpkg")
    write(*(str(aside_folder(TARGET) / name) for name in ("parcels.gpkg", "map.tif.ovr")), text="theirs")
    write(str(aside_folder(TARGET) / NAME), text=announced)
    with Workspace([str(TARGET)]) as workspace:
        workspace.place(str(TARGET)).write_text("new")
        workspace.publish()
    assert contents() == {"parcels.gpkg": "old", "map.tif": "new"}
    assert sorted(os.listdir()) == ["map.tif", "parcels.gpkg"]


def test_links_in_a_hidden_folder_are_never_taken_up():
    write("mine/letter.txt", str(partial_folder(TARGET) / NAME))
    (partial_folder(TARGET) / "working.tif").symlink_to(Path("mine/letter.txt").resolve())
    (partial_folder(TARGET) / "more").symlink_to(Path("mine").resolve())
    with Workspace([str(TARGET)], resume=True):
        assert [path.name for path in partial_folder(TARGET).iterdir()] == [NAME]
    assert Path("mine/letter.txt").read_text() == "old"


def test_a_journal_that_is_nested_too_deeply_is_no_journal(tmp_path):
    (tmp_path / NAME).write_text("[" * 100_000)
    assert find_journal(tmp_path, "{}") is None
    assert not TrainingState(tmp_path, {}, resume=True).is_resumed
