"""What dead workers left in the folder of temporary files goes when the next one starts; what is in use stays."""

import tempfile
import uuid
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
    made = temporary / (name or f"terraloom-{uuid.uuid4().hex}")
    made.mkdir()
    (made / "large").write_text("much")
    return made


def test_only_what_nobody_holds_goes(temporary):
    left, own, other = folder_in(temporary), folder_in(temporary), folder_in(temporary, "terraloom-abc")
    held = temporary / f"terraloom-{uuid.uuid4().hex}"
    scratch.make(held)
    scratch.sweep(own)
    assert not left.exists() and own.exists() and other.exists() and held.exists()
    occupancy.remove(held)
    assert not held.exists()


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
