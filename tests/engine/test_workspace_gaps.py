"""Between any two steps of a run it may be killed, or another one may begin: neither costs a result."""

import os
import shutil
from pathlib import Path

import pytest
from terraloom.engine.errors import OutputError
from terraloom.engine.results import occupancy
from terraloom.engine.results import workspace as module
from terraloom.engine.results.journal import NAME
from terraloom.engine.results.occupancy import leave, occupy
from terraloom.engine.results.refusals import refuse_replacing_others
from terraloom.engine.results.workspace import Workspace, partial_folder, remove_partials
from unfinished import contents, killed_at, write

TARGET = Path("a.tif")
HIDDEN = partial_folder(TARGET)
NEW = {"a.tif": "new", "a.qml": "new", "a.tif.aux.xml": "new"}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ready(target=TARGET):
    """A run that has made all that it is to publish."""
    workspace = Workspace([str(target)]).__enter__()
    write(*(str(HIDDEN / name) for name in NEW), text="new")
    return workspace


@pytest.mark.parametrize("earlier", [(), ("a.tif",), ("a.tif", "a.qml"), ("a.tif", "a.tif.ovr")], ids=str)
def test_a_kill_while_publishing_leaves_one_result_with_all_that_is_its_own(monkeypatch, earlier):
    for moves in range(9):
        write(*earlier)
        was_killed = killed_at(monkeypatch, moves, ready().publish)
        refuse_replacing_others(TARGET)  # nothing is others' here
        remove_partials([TARGET])
        assert contents() in (dict.fromkeys(earlier, "old"), NEW)
        assert was_killed or contents() == NEW
        assert not any(path.is_dir() for path in Path().iterdir())
        for path in list(Path().iterdir()):
            path.unlink()
    assert not was_killed


def test_a_kill_while_an_earlier_result_is_brought_back_costs_nothing_of_it(monkeypatch):
    earlier = ("a.tif", "a.qml", "a.tif.ovr")
    write(*earlier)
    assert killed_at(monkeypatch, 5, ready().publish)
    leave(HIDDEN)
    for _ in earlier:
        killed_at(monkeypatch, 1, lambda: remove_partials([TARGET]))
        leave(HIDDEN)
    assert contents() == dict.fromkeys(earlier, "old")


def test_a_kill_while_a_folder_is_published_costs_nothing_that_lies_beside_it(monkeypatch):
    write("chips.qml")
    Path("chips").mkdir()
    workspace = Workspace(["chips"], folders=["chips"]).__enter__()
    workspace.place("chips").mkdir()
    assert killed_at(monkeypatch, 1, workspace.publish)
    remove_partials([Path("chips")])
    assert contents() == {"chips.qml": "old"} and sorted(os.listdir()) == ["chips", "chips.qml"]


def is_taken(folder):
    """Whether another run would find a folder taken."""
    fcntl = pytest.importorskip("fcntl")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@pytest.mark.parametrize("ending", ["published", "failed", "killed"])
def test_no_run_can_begin_while_another_clears_up(monkeypatch, ending):
    real, taken = shutil.rmtree, []

    def rmtree(folder, **options):
        if Path(folder).exists():
            taken.append(is_taken(HIDDEN))
        real(folder, **options)

    write("a.tif")
    workspace = ready()
    if ending == "killed":
        leave(HIDDEN)  # as the system does
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    if ending == "published":
        workspace.publish()
    remove_partials([TARGET])
    assert taken and all(taken)
    assert not HIDDEN.exists() and occupancy.held() == ()


def test_what_a_run_may_not_make_it_does_not_touch_either(monkeypatch):
    """It is taken between the look at it and the first thing that is done to it."""
    write(str(HIDDEN / "a.tif"))
    monkeypatch.setattr(module, "occupy", lambda folder: False)
    with pytest.raises(OutputError, match="is being made by another run"), Workspace(["a.tif"]):
        pass
    assert contents() == {str(HIDDEN / "a.tif"): "old"}


def test_a_folder_that_is_gone_cannot_be_occupied(monkeypatch):
    assert not occupy(HIDDEN)
    HIDDEN.mkdir()
    real = occupancy._lock

    def deleted_meanwhile(descriptor):
        HIDDEN.rmdir()
        return real(descriptor)

    monkeypatch.setattr(occupancy, "_lock", deleted_meanwhile)
    assert not occupy(HIDDEN) and occupancy.held() == ()


def test_overviews_that_a_kill_left_tell_nothing_of_what_is_finished_anew():
    write(*(str(HIDDEN / name) for name in (NAME, "working.tif", "working.tif.ovr", "working.tif.ovr.ovr")))
    with Workspace(["a.tif"], resume=True):
        assert sorted(path.name for path in HIDDEN.iterdir()) == [NAME, "working.tif"]


@pytest.mark.parametrize("name", ["journal.json", "Journal.JSON", "training.pt", "occupied"])
def test_names_that_unfinished_results_need_for_themselves_are_refused(name):
    with pytest.raises(OutputError, match=f"{name} is a name that Terraloom keeps for itself. Choose another."):
        Workspace([name])
    with pytest.raises(OutputError, match="keeps for itself"):
        Workspace([name], folders=[name])


def test_a_link_is_replaced_and_what_it_leads_to_stays():
    write("kept/last.tif")
    TARGET.symlink_to("kept/last.tif")
    ready().publish()
    assert not TARGET.is_symlink() and contents() == {"kept/last.tif": "old", **NEW}


@pytest.mark.parametrize(
    ("target", "other"),
    [("map.tif", "map.qml"), ("roads.shp", "roads.dbf"), ("roads.shp", "roads.prj"), ("table.csv", "table.csvt")],
)
def test_what_belongs_to_no_earlier_result_is_not_replaced(target, other):
    write(other)
    words = f"{target} would replace {other}, which belongs to no earlier result"
    with pytest.raises(OutputError, match=words):
        refuse_replacing_others(Path(target))
    with pytest.raises(OutputError, match=words), Workspace([target]) as workspace:
        workspace.place(target).write_text("new")
        workspace.publish()
    assert contents() == {other: "old"} and os.listdir() == [other]
    with Workspace([target], folders=[target]) as workspace:
        workspace.place(target).mkdir()
        workspace.publish()
    assert Path(other).read_text() == "old", "a folder replaces nothing but itself"


def test_what_is_left_of_a_deleted_raster_under_its_whole_name_is_replaced():
    write("a.tif.aux.xml", "a.tif.ovr")
    ready().publish()
    assert contents() == NEW


def test_a_folder_that_comes_to_the_place_of_a_result_stays_with_its_content():
    workspace = ready()
    TARGET.mkdir()
    (TARGET / "precious").write_text("theirs")
    with pytest.raises(OutputError, match="a.tif is a folder"):
        workspace.publish()
    assert (TARGET / "precious").read_text() == "theirs"
    remove_partials([TARGET])
