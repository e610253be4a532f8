"""The environment is made from a folder of wheels; what goes wrong leaves the old one, or none."""

import json
import os
import shutil
import signal
import subprocess
import sys

import conftest
import pytest
from terraloom.engine.environment import create as creating
from terraloom.engine.environment import installing, lock, packages, state
from terraloom.engine.environment.create import create
from terraloom.engine.environment.locations import environment_folder
from terraloom.engine.environment.report import NOTE, OK, WARNING
from terraloom.engine.errors import CancelledError, SetupError
from terraloom.engine.results.occupancy import is_occupied
from terraloom.tests.engine.environment_fakes import PYTHON, Recorder, fake_python, make_wheel, never
from terraloom.tests.engine.worker_harness import is_gone


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """A lock of two packages, one a tier, and a folder with their wheels."""
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    requirements, wheels = tmp_path / "requirements", tmp_path / "wheels"
    requirements.mkdir()
    wheels.mkdir()
    (requirements / "run.txt").write_text("tl_alpha==2.1\n")
    (requirements / "learn.txt").write_text("-r run.txt\ntl_beta==1.0\n")
    (requirements / "openvino.txt").write_text("tl_gamma==3.0\n")
    make_wheel(wheels, "tl_alpha", "2.1")
    make_wheel(wheels, "tl_beta", "1.0")
    make_wheel(wheels, "tl_gamma", "3.0")
    monkeypatch.setattr(lock, "FOLDER", requirements)
    modules = {"run": "tl_alpha", "learn": "tl_beta", "openvino": "tl_gamma"}
    monkeypatch.setattr(packages, "MODULES", {name: {package: package} for name, package in modules.items()})
    return wheels


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """An environment with nothing but pip, made once: that takes seconds."""
    folder = tmp_path_factory.mktemp("bare") / "environment"
    subprocess.run([PYTHON, "-I", "-m", "venv", folder], check=True)
    return folder


@pytest.fixture
def quick(bare, monkeypatch):
    """Copies the bare environment instead of making it."""

    def copy(base, variables, is_cancelled):
        shutil.copytree(bare, environment_folder(), symlinks=True, dirs_exist_ok=True)

    monkeypatch.setattr(creating, "_make_bare", copy)


def make(wheels, tier="run", interpreter=str(PYTHON), repair=False, progress=None, is_cancelled=never, extras=()):
    return create(tier, extras, interpreter, str(wheels), repair, {}, progress or Recorder(), is_cancelled)


def sentences(report):
    return "\n".join(row.template.format(**row.values) for row in report.rows)


def test_it_is_made_offline_then_found_ready_then_extended(wheels):
    progress = Recorder()
    report = make(wheels, progress=progress)
    assert "1 packages were installed" in sentences(report)
    assert {row.status for row in report.rows} == {OK, NOTE}, "the interpreter given lacked the packages"
    assert state.problem("run") is None
    assert state.read().packages == {"tl_alpha": "2.1"}
    assert progress.fractions == sorted(progress.fractions)
    assert progress.fractions[-1] > installing.FETCHED
    assert not any("Looking in indexes" in line for line in progress.logs), "no network is asked"
    python = state.worker_python()
    assert python.is_relative_to(environment_folder())

    mark = environment_folder() / "mark"
    mark.touch()
    for interpreter in ("", str(PYTHON), str(python)):
        assert "There was nothing to do." in sentences(make(wheels, interpreter=interpreter))

    assert state.problem("learn")
    make(wheels, "learn", interpreter="")
    assert state.problem("learn") is None
    assert mark.exists(), "packages were added, nothing was made anew"
    assert "There was nothing to do." in sentences(make(wheels, "run", interpreter=""))


def test_its_own_python_named_by_another_path_is_not_one_of_the_users(wheels, quick, tmp_path):
    """It was adopted: the environment was set aside for that, and deleted."""
    make(wheels)
    (tmp_path / "link").symlink_to(environment_folder().parent)
    python = tmp_path / "link" / state.worker_python().relative_to(environment_folder().parent)
    assert "There was nothing to do." in sentences(make(wheels, interpreter=str(python)))
    assert state.worker_python().exists() and not state.read().adopted


def test_a_repair_makes_it_anew(wheels, quick):
    make(wheels)
    mark = environment_folder() / "mark"
    mark.touch()
    make(wheels, repair=True)
    assert not mark.exists()
    assert state.problem("run") is None
    assert list(environment_folder().parent.iterdir()) == [environment_folder()]


def test_extras_are_added_and_kept(wheels, quick):
    make(wheels)
    mark = environment_folder() / "mark"
    mark.touch()
    assert "run + openvino is ready" in sentences(make(wheels, interpreter="", extras=["openvino"]))
    assert mark.exists(), "packages were added, nothing was made anew"
    assert state.read().extras == ["openvino"]
    assert state.read().packages == {"tl_alpha": "2.1", "tl_gamma": "3.0"}
    assert "There was nothing to do." in sentences(make(wheels, interpreter="", extras=["openvino"]))
    assert "There was nothing to do." in sentences(make(wheels, interpreter=""))
    make(wheels, repair=True)
    assert not mark.exists()
    assert state.read().extras == ["openvino"] and "tl_gamma" in state.read().packages
    make(wheels, "learn", interpreter="")
    assert state.problem("learn") is None and state.read().extras == ["openvino"]


def test_what_learns_goes_on_learning(wheels, quick):
    make(wheels, "learn")
    make(wheels, "run", interpreter="", extras=["openvino"])
    assert state.problem("learn") is None and state.read().extras == ["openvino"]
    make(wheels, "run", interpreter="", repair=True)
    assert state.problem("learn") is None and "tl_beta" in state.read().packages


def test_an_extra_that_changes_in_the_lock_is_noticed(wheels, quick):
    make(wheels, extras=["openvino"])
    make_wheel(wheels, "tl_gamma", "3.1")
    lock.requirements_file("openvino").write_text("tl_gamma==3.1\n")
    assert "other packages" in str(state.problem("run"))
    make(wheels)
    assert state.problem("run") is None and state.read().packages["tl_gamma"] == "3.1"


def test_a_python_of_ones_own_must_hold_the_extras_that_are_asked_for(wheels, tmp_path):
    python = adoptable(tmp_path, tl_alpha="2.1", tl_gamma="3.0")
    make(wheels, interpreter=str(python), extras=["openvino"])
    assert state.read().adopted and state.read().extras == ["openvino"]


def test_an_update_of_the_lock_makes_it_anew(wheels, quick):
    make(wheels)
    make_wheel(wheels, "tl_alpha", "2.2")
    lock.requirements_file("run").write_text("tl_alpha==2.2\n")
    assert "other packages" in str(state.problem("run"))
    make(wheels)
    assert state.problem("run") is None
    assert state.read().packages == {"tl_alpha": "2.2"}


def test_a_cancelled_installation_leaves_none(wheels, quick):
    progress = Recorder()
    with pytest.raises(CancelledError):
        make(wheels, progress=progress, is_cancelled=lambda: any("pip: " in line for line in progress.logs))
    assert not environment_folder().exists()
    assert "has no Python environment yet" in str(state.problem("run"))


def test_a_repair_that_is_cancelled_or_fails_leaves_the_old_one(wheels, quick, tmp_path):
    make(wheels)
    mark = environment_folder() / "mark"
    mark.touch()
    progress = Recorder()
    with pytest.raises(CancelledError):
        make(wheels, repair=True, progress=progress, is_cancelled=lambda: any("pip: " in x for x in progress.logs))
    assert mark.exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SetupError, match=f"The folder of wheels {empty} is incomplete(.|\n)*tl_alpha==2.1"):
        make(empty, repair=True)
    assert mark.exists()
    assert state.problem("run") is None
    assert list(environment_folder().parent.iterdir()) == [environment_folder()]


def test_a_package_that_does_not_import_is_told_and_nothing_is_left(wheels, quick):
    make_wheel(wheels, "tl_alpha", "2.1", code="import libmissing")
    with pytest.raises(SetupError, match=r"tl_alpha \(ModuleNotFoundError: No module named 'libmissing'\)"):
        make(wheels)
    assert not environment_folder().exists()


def test_what_was_interrupted_is_cleared_away(wheels, quick):
    folder = environment_folder()
    folder.mkdir(parents=True)
    (folder / "half").touch()
    assert "has no Python environment yet" in str(state.problem("run"))
    make(wheels)
    assert not (folder / "half").exists()
    assert state.problem("run") is None


def test_a_repair_that_was_killed_forgets_nothing(wheels, quick):
    make(wheels, "learn", extras=["openvino"])
    folder = environment_folder()
    folder.rename(folder.with_name("environ.old"))
    folder.mkdir()
    assert "There was nothing to do." in sentences(make(wheels, interpreter=""))
    assert state.problem("learn") is None and state.read().extras == ["openvino"]


def adoptable(tmp_path, **versions):
    """A Python that says it holds these packages."""
    held = {"python": versions.pop("python", "3.11.2"), "versions": versions, "faults": {}}
    python = fake_python(tmp_path / "mine" / "python", (3, 11, 2))
    python.write_text(f"#!/bin/sh\necho '{json.dumps(held)}'\n")
    return python


def test_a_python_of_ones_own_is_adopted_and_nothing_is_installed(wheels, tmp_path):
    python = adoptable(tmp_path, tl_alpha="2.1+cpu")
    report = make(wheels, interpreter=str(python))
    assert report.status == OK
    assert state.worker_python() == python
    assert state.read().adopted
    assert [path.name for path in environment_folder().iterdir()] == [state.RECORD]
    assert "There was nothing to do." in sentences(make(wheels, interpreter=str(python)))


def test_an_adopted_one_stays_so_when_the_lock_changes_until_a_repair(wheels, quick, tmp_path):
    python = adoptable(tmp_path, tl_alpha="2.1")
    make(wheels, interpreter=str(python))
    lock.requirements_file("run").write_text("# new\ntl_alpha==2.1\n")
    assert state.problem("run")
    make(wheels, interpreter="")
    assert state.worker_python() == python
    assert state.problem("run") is None
    make(wheels, interpreter="", repair=True)
    assert not state.read().adopted


def test_an_adopted_one_with_other_versions_is_warned_of(wheels, tmp_path):
    report = make(wheels, interpreter=str(adoptable(tmp_path, tl_alpha="2.7")))
    assert report.status == WARNING
    assert "tl_alpha 2.7" in sentences(report)


@pytest.mark.parametrize(
    ("versions", "reason"),
    [
        ({"tl_alpha": "1.9"}, r"tl_alpha \(1.9 is too old, 2.1 is wanted\)"),
        ({"tl_alpha": "2.1", "python": "3.9.1"}, r"python \(3.9.1 is too old\)"),
    ],
)
def test_one_that_is_too_old_is_not_adopted(wheels, tmp_path, versions, reason):
    python = adoptable(tmp_path, **versions)
    holdings = packages.inquire(python, "run", (), never)
    with pytest.raises(SetupError, match=reason):
        packages.require_all(holdings)


def test_an_interpreter_that_is_no_use_at_all_is_refused(wheels, tmp_path):
    python = fake_python(tmp_path / "python", (3, 9, 1))
    with pytest.raises(SetupError, match="is Python 3.9.1"):
        make(wheels, interpreter=str(python))
    assert not environment_folder().exists()


def test_a_folder_of_wheels_that_is_none_is_refused(wheels):
    with pytest.raises(SetupError, match="which is not a folder"):
        make(wheels / "nowhere")


def test_a_home_that_cannot_be_written_to_is_told(wheels, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "file"))
    with pytest.raises(SetupError, match="cannot be replaced: .* set TERRALOOM_HOME"):
        make(wheels)


def test_a_disk_that_is_full_when_the_environment_is_recorded_is_told(wheels, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(creating, "_make_bare", lambda *_: None)
    monkeypatch.setattr(creating, "install", lambda *_: None)
    monkeypatch.setattr(creating, "inquire", lambda *_: packages.Holdings("3.11.7", {"tl_alpha": "2.1"}, {}))
    monkeypatch.setattr(state, "write", full)
    with pytest.raises(SetupError, match="cannot be written to: No space left on device. Free some space there"):
        make(wheels)
    assert not environment_folder().exists()


def test_a_home_that_cannot_be_made_is_told_and_not_another_set_up(wheels, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(SetupError, match="set TERRALOOM_HOME"):
        make(wheels)


def test_proxies_and_the_users_settings_of_pip_reach_it(wheels, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PYTHONPATH", "/of/qgis")
    seen = tmp_path / "seen"
    python = fake_python(tmp_path / "python", (3, 11, 1))
    python.write_text(python.read_text() + f'env > {seen}\n[ "$3" = venv ] && exit 3; true\n')
    with pytest.raises(SetupError, match="cannot make an environment"):
        create("run", (), str(python), "", False, {"HTTPS_PROXY": "proxy:3128"}, Recorder(), never)
    words = seen.read_text().split()
    assert "HTTPS_PROXY=proxy:3128" in words
    assert "PIP_RETRIES=0" in words
    assert not any(word.startswith("PYTHONPATH") for word in words)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", "proxy refuses"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "Set PIP_CERT"),
        ("NewConnectionError: Failed to establish a new connection: [Errno -2]", "index cannot be reached"),
        ("ERROR: something else", "cannot be installed"),
    ],
)
def test_why_pip_failed_is_said_in_plain_words(line, hint):
    told = str(installing.explain([line, "ERROR: No matching distribution found for numpy"], wheels=""))
    assert hint in told
    assert line in told


OCCUPIED = """
import conftest, sys
from pathlib import Path
from terraloom.engine.results.occupancy import occupy
assert occupy(Path(sys.argv[1]))
print("working", flush=True)
sys.stdin.readline()
"""


def test_two_set_ups_do_not_work_on_one_environment_at_a_time(wheels, quick, tmp_path):
    """The second would move the first one's packages away while they are installed."""
    folder = environment_folder().parent
    folder.mkdir()
    where = {**os.environ, "PYTHONPATH": str(conftest.ROOT / "tests")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", OCCUPIED, str(folder)], env=where, **pipes) as other:
        assert other.stdout.readline() == "working\n"
        with pytest.raises(SetupError, match="Another set-up of the environment in .* is under way"):
            make(wheels)
        other.communicate("done\n")
    assert not environment_folder().exists()
    make(wheels)
    assert state.problem("run") is None


def test_two_set_ups_of_one_qgis_do_not_work_at_a_time_either(wheels, quick):
    with creating._alone(), pytest.raises(SetupError, match="Another set-up"):
        make(wheels)
    make(wheels)
    assert state.problem("run") is None


INSTALLS = """
import conftest, os, sys
from pathlib import Path
from terraloom.engine.environment.commands import run
from terraloom.engine.results.occupancy import occupy
assert occupy(Path(sys.argv[1]))
run(["sh", "-c", "echo $$; exec sleep 60"], os.environ, lambda: False, lambda line: print(line, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets go of locks with the process")
def test_an_installation_that_outlives_qgis_keeps_others_out(tmp_path):
    where = {**os.environ, "PYTHONPATH": str(conftest.ROOT / "tests")}
    with subprocess.Popen([sys.executable, "-c", INSTALLS, str(tmp_path)], env=where, stdout=subprocess.PIPE) as qgis:
        installer = int(qgis.stdout.readline())
        qgis.kill()
    try:
        assert is_occupied(tmp_path)
    finally:
        os.kill(installer, signal.SIGKILL)
    assert is_gone(installer)
    assert not is_occupied(tmp_path)
