"""Whether the environment will do is told without starting it, in a sentence that names the mend."""

import subprocess

import pytest
from terraloom.engine.environment import lock, state
from terraloom.engine.environment.locations import environment_folder, home
from terraloom.engine.environment.state import State, problem, worker_python
from terraloom.engine.errors import SetupError
from terraloom.tests.engine.environment_fakes import PYTHON


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path))
    environment_folder().mkdir()


def record(tier="run", python=PYTHON, digest=None):
    state.write(State(str(python), "3.11.7", tier, digest or lock.digest(tier), base="/usr/bin/python3"))


def test_a_complete_environment_serves_its_tier():
    record("run")
    assert problem("run") is None
    assert worker_python() == PYTHON


def test_the_larger_tier_serves_the_smaller():
    record("learn")
    assert problem("run") is None
    assert problem("learn") is None


def test_nothing_there():
    assert str(problem("run")) == 'Terraloom has no Python environment yet. Run "Set up environment" once.'
    with pytest.raises(SetupError, match="has no Python environment yet"):
        worker_python()


def test_the_smaller_tier_does_not_serve_the_larger():
    record("run")
    assert 'Run "Set up environment" with TIER = learn' in str(problem("learn"))


def test_python_gone(tmp_path):
    record(python=tmp_path / "python")
    assert 'is gone. Run "Set up environment" with REPAIR' in str(problem("run"))
    with pytest.raises(SetupError, match="is gone"):
        worker_python()


def test_an_update_that_wants_other_packages():
    record("learn", digest="of the version before")
    assert 'Run "Set up environment" with TIER = learn' in str(problem("run"))


WHOLE = '{"python": "/usr/bin/python3", "python_version": "3.11.2", "lock": "", "tier": %s, "extras": %s}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"python": "/usr/bin/python3"}',
        '{"unknown": 1}',
        WHOLE % ('"all"', "[]"),
        WHOLE % ('"run"', "null"),
    ],
)
def test_a_damaged_record_is_none(text):
    (environment_folder() / state.RECORD).write_text(text)
    assert "has no Python environment yet" in str(problem("run"))


def test_where_the_system_knows_no_home_nothing_is_there(monkeypatch):
    def none():
        raise RuntimeError("Could not determine home directory.")

    for name in ("TERRALOOM_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pathlib.Path.home", none)
    assert state.read() is None
    assert "has no Python environment yet" in str(problem("run"))


@pytest.mark.parametrize(("told", "folder"), [("here", "here"), ("./here", "here"), ("~/below", "own/below")])
def test_a_home_is_named_in_full(tmp_path, monkeypatch, told, folder):
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    monkeypatch.setenv("TERRALOOM_HOME", told)
    assert home() == tmp_path / folder


def test_no_process_is_started(monkeypatch):
    record()
    monkeypatch.setattr(subprocess, "Popen", None)
    assert problem("run") is None


def test_the_locks_belong_together():
    run, learn = lock.versions("run"), lock.versions("learn")
    assert run.items() <= learn.items()
    assert lock.digest("run") != lock.digest("learn")
    assert lock.digest("run", ["openvino"]) != lock.digest("run")
    extra = lock.versions("run", ["openvino"])
    assert run.items() <= extra.items() and "openvino" in extra and "openvino" not in learn
    assert "torch" in learn
    assert "torch" not in run
    for name in ("learn", *lock.EXTRAS):
        for line in lock.requirements_file(name).read_text().splitlines():
            assert not line or line.startswith(("#", "-r run.txt")) or "==" in line
