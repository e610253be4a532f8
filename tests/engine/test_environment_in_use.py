"""An environment in which a worker runs, of whatever window, is not replaced; it is as soon as that has ended."""

import sys
import venv
from types import SimpleNamespace

import pytest
from terraloom.engine.environment import create as creating
from terraloom.engine.environment import in_use
from terraloom.engine.environment.in_use import unused
from terraloom.engine.environment.locations import environment_folder
from terraloom.engine.errors import SetupError
from terraloom.engine.worker.client import Worker
from terraloom.tests.engine.environment_fakes import Recorder, never
from terraloom.tests.engine.worker_harness import STUB

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files in use cannot be moved there")


@pytest.fixture
def worker(tmp_path, monkeypatch):
    """A worker in an environment of its own."""
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(in_use, "PATIENCE_S", 0.3)
    venv.create(environment_folder(), symlinks=True)
    started = Worker(environment_folder() / "bin" / "python", STUB)
    started.start(never)
    yield started
    started.kill()


@pytest.mark.parametrize("others", [0, 1])
def test_a_repair_waits_until_no_worker_runs(worker, monkeypatch, others):
    monkeypatch.setattr(creating, "_find_base", lambda *given: (SimpleNamespace(version_text="3"), ()))
    second = Worker(worker.python, STUB)
    if others:
        second.start(never)
        worker.close()
    with pytest.raises(SetupError, match=f"The environment in {environment_folder()} is in use"):
        creating.create("run", (), "", "", True, {}, Recorder(), never)
    assert worker.python.exists()
    worker.close()
    second.close()
    with unused(environment_folder()):
        pass


def test_adopting_another_python_waits_too(worker, monkeypatch):
    monkeypatch.setattr(creating, "inquire", lambda *given: None)
    monkeypatch.setattr(creating, "require_all", lambda holdings: None)
    with pytest.raises(SetupError, match="is in use"):
        creating._adopt(worker.python, "run", (), never)
    assert worker.python.exists()


def test_what_is_not_there_is_in_use_by_nobody(tmp_path):
    with unused(tmp_path / "none"):
        pass


def test_what_may_not_be_entered_is_left_to_whoever_replaces_it(tmp_path, monkeypatch):
    def stat(path, **options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.stat", stat)
    with unused(tmp_path / "closed"):
        monkeypatch.undo()
