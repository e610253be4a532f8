"""What dead workers left in the folder of temporary files goes when the next one starts; what is in use stays."""

import os
import platform
import sys
import tempfile
from pathlib import Path

import pytest
from terraloom.engine.errors import CancelledError
from terraloom.engine.results import occupancy
from terraloom.engine.worker import scratch
from terraloom.engine.worker.client import Worker
from terraloom.tests.engine.worker_harness import PYTHON, STUB, Listener, comes_true, never
from terraloom.tests.engine.worker_stub import Misbehave


@pytest.fixture(autouse=True)
def temporary(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def folder_in(temporary, name=None):
    made = temporary / (name or scratch.fresh_name())
    made.mkdir()
    (made / "large").write_text("much")
    return made


def test_only_what_nobody_holds_goes(temporary):
    left, own, other = folder_in(temporary), folder_in(temporary), folder_in(temporary, "terraloom-abc")
    held = temporary / scratch.fresh_name()
    scratch.make(held)
    scratch.sweep(own)
    assert not left.exists() and own.exists() and other.exists() and held.exists()
    occupancy.remove(held)
    assert not held.exists()


def test_what_belongs_to_another_machine_stays(temporary, monkeypatch):
    """On a network disk nobody else sees whether it is held."""
    own, left = folder_in(temporary), folder_in(temporary)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(platform, "node", lambda: "another")
        others = folder_in(temporary)
    scratch.sweep(own)
    assert own.exists() and others.exists() and not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there folders of temporary files are each user's own")
@pytest.mark.parametrize("taken", ["for all", "for a group", "by another", "by a link"])
def test_a_folder_that_others_made_or_may_enter_is_not_taken(temporary, monkeypatch, taken):
    folder = temporary / scratch.fresh_name()
    if taken == "by a link":
        (temporary / "theirs").mkdir(mode=0o700)
        folder.symlink_to("theirs")
    else:
        folder.mkdir()
        folder.chmod({"for all": 0o777, "for a group": 0o710, "by another": 0o700}[taken])
    if taken == "by another":
        monkeypatch.setattr(os, "getuid", lambda: folder.lstat().st_uid + 1)
    with pytest.raises(FileExistsError):
        scratch.make(folder)
    assert folder not in map(Path, occupancy._held)


def test_a_folder_of_ones_own_that_stayed_is_taken_up(temporary):
    folder = temporary / scratch.fresh_name()
    folder.mkdir(mode=0o700)
    scratch.make(folder)
    assert str(folder) in occupancy._held
    occupancy.remove(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="there folders of temporary files are each user's own")
def test_between_two_jobs_nobody_can_take_the_place_of_their_temporary_files(temporary):
    worker, listener = Worker(PYTHON, STUB), Listener()
    worker.start(never)
    worker.run("misbehave", Misbehave("fill_a_temporary_folder"), listener, never)
    own = Path(listener.logs[0]).parent
    assert own.parent == temporary and not own.exists()
    own.mkdir()
    own.chmod(0o777)
    worker.run("misbehave", Misbehave("fill_a_temporary_folder"), listener, never)
    worker.close()
    first, second = (Path(log) for log in listener.logs if log.startswith("/"))
    assert first.parent == own and second.parent != own


def test_where_no_locks_are_known_all_stays(temporary, monkeypatch):
    left = folder_in(temporary)
    monkeypatch.setattr(occupancy, "_is_taken", lambda descriptor: None)
    scratch.sweep(temporary / "own")
    assert left.exists()


def test_a_worker_clears_up_after_dead_ones_as_it_starts_and_not_after_those_at_work(temporary):
    busy, listener, next_one = Worker(PYTHON, STUB), Listener(), Worker(PYTHON, STUB)
    busy.start(never)

    def meanwhile():
        """Runs while the job of the first worker does; then that is cancelled."""
        if not listener.begun.is_set():
            return False
        left = folder_in(temporary)
        next_one.start(never)
        assert comes_true(lambda: not left.exists())
        next_one.close()
        assert (Path(listener.logs[0]) / "large").exists()
        return True

    with pytest.raises(CancelledError):
        busy.run("misbehave", Misbehave("fill_a_temporary_folder", text="hang"), listener, meanwhile)
    assert list(temporary.iterdir()) == []
