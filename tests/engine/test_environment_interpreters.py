"""A suitable Python is found; why each other one will not do is kept for the report."""

import sys

import pytest
from terraloom.engine.environment import interpreters, managed
from terraloom.engine.environment.interpreters import SUITABLE, find, probe
from terraloom.engine.errors import CancelledError, SetupError
from terraloom.tests.engine.environment_fakes import (
    PYTHON,
    Recorder,
    fake_program,
    fake_python,
    never,
)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A machine on which nothing but this folder is on the search path."""
    monkeypatch.setattr(interpreters, "_usual_places", lambda variables: iter(()))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def test_the_real_one_answers_the_probe():
    found = probe(PYTHON, never)
    assert found.version == sys.version_info[:3]
    assert found.build == "cpython of 64 bits"


def test_the_version_the_lock_was_measured_with_comes_first(shelf):
    for minor in (13, 11, 12):
        fake_python(shelf / f"python3.{minor}", (3, minor, 1))
    assert find("", never).found.version[:2] == SUITABLE[0]


@pytest.mark.parametrize(
    ("version", "build", "missing", "reason"),
    [
        ((3, 10, 2), "cpython of 64 bits", (), "is Python 3.10.2; needed is one of 3.11, 3.12, 3.13"),
        ((3, 14, 0), "cpython of 64 bits", (), "is Python 3.14.0"),
        ((3, 12, 0), "cpython of 32 bits", (), "is cpython of 32 bits"),
        ((3, 13, 0), "cpython of 64 bits without its lock", (), "without its lock"),
        ((3, 11, 0), "pypy of 64 bits", (), "is pypy"),
        ((3, 11, 2), "cpython of 64 bits", ("ensurepip",), "lacks ensurepip. On Debian, install python3-venv"),
    ],
)
def test_an_unsuitable_one_is_passed_over_with_its_reason(shelf, version, build, missing, reason):
    unfit = fake_python(shelf / "python3.11", version, build, missing)
    fit = fake_python(shelf / "python3", (3, 13, 0))
    search = find("", never)
    assert search.found.path == fit
    assert len(search.rejected) == 1
    assert str(unfit) in str(search.rejected[0])
    assert reason in str(search.rejected[0])


def test_a_python_of_the_store_is_passed_over(shelf, tmp_path):
    (tmp_path / "WindowsApps").mkdir()
    fake_python(tmp_path / "WindowsApps" / "python3.11", (3, 11, 9))
    (shelf / "python3.11").symlink_to(tmp_path / "WindowsApps" / "python3.11")
    fit = fake_python(shelf / "python3.13", (3, 13, 0))
    search = find("", never)
    assert search.found.path == fit
    assert "is of the Microsoft Store" in str(search.rejected[0])


def test_a_python_without_a_version_in_its_name_is_asked_last(shelf, tmp_path, monkeypatch):
    fake_python(shelf / "python3", (3, 11, 9))
    usual = fake_python(tmp_path / "python3.12", (3, 12, 0))
    monkeypatch.setattr(interpreters, "_usual_places", lambda variables: iter([usual]))
    assert find("", never).found.path == usual


@pytest.mark.parametrize("lines", [("exit 127",), ("echo hello",), ('echo "{}"',), ()])
def test_what_is_no_python_is_passed_over(shelf, lines):
    fake_program(shelf / "python3", *lines)
    search = find("", never)
    assert search.found is None
    assert "does not run as a Python" in str(search.rejected[0])


def test_the_chosen_one_is_the_only_one_looked_at(shelf, tmp_path):
    fake_python(shelf / "python3.11", (3, 11, 1))
    chosen = fake_python(tmp_path / "python", (3, 9, 1))
    search = find(str(chosen), never)
    assert search.found is None
    assert "is Python 3.9.1" in str(search.rejected[0])
    assert "does not run" in str(find(str(tmp_path / "nowhere"), never).rejected[0])


def test_a_python_of_qgis_alone_is_not_taken(shelf, tmp_path, monkeypatch):
    bundle = tmp_path / "OSGeo4W"
    fake_python(bundle / "bin" / "python3.11", (3, 11, 1))
    monkeypatch.setenv("OSGEO4W_ROOT", str(bundle))
    monkeypatch.setenv("PATH", f"{bundle}/bin:{shelf}")
    assert find("", never).found is None


def test_nothing_in_the_current_folder_is_started(shelf, tmp_path, monkeypatch):
    """Windows looks there first: scenes that came from others may lie beside a python3.exe."""
    here = tmp_path / "scenes"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", f".:{shelf}")
    ran = here / "ran"
    for name in ("python3.11", "python3", "python", "uv"):
        fake_program(here / name, f"echo >{ran}")
    assert find("", never).found is None
    monkeypatch.setattr(managed, "_python_of_qgis", lambda: [])
    with pytest.raises(SetupError, match="Install Python"):
        managed.obtain([], {}, Recorder(), never)
    assert not ran.exists()


def test_where_the_system_knows_no_home_the_other_places_are_looked_at(tmp_path, monkeypatch):
    def none():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(interpreters, "probe", lambda path, is_cancelled: pytest.fail(f"{path} is none"))
    monkeypatch.setattr("pathlib.Path.is_file", lambda path: False)
    monkeypatch.setattr("pathlib.Path.home", none)
    assert find("", never).found is None


def test_a_search_can_be_cancelled(shelf):
    fake_program(shelf / "python3", "/bin/sleep 60")
    with pytest.raises(CancelledError):
        find("", lambda: True)


def fake_uv(path):
    install = '[ "$2" = install ] && echo "installed $3 into $UV_PYTHON_INSTALL_DIR"'
    return fake_program(path, install, f'[ "$2" = find ] && echo {PYTHON}; true')


def test_uv_brings_a_python_where_there_is_none(shelf, tmp_path):
    fake_uv(shelf / "uv")
    progress = Recorder()
    found = managed.obtain([], {"PATH": str(shelf)}, progress, never)
    assert found == probe(PYTHON, never)
    assert f"uv: installed 3.12 into {tmp_path / 'home' / 'python'}" in progress.logs


def test_what_uv_brings_is_no_ones_but_ours(shelf):
    fake_program(
        shelf / "uv",
        '[ "$2" = install ] && echo "bin $UV_PYTHON_INSTALL_BIN, registry $UV_PYTHON_INSTALL_REGISTRY"',
        f'[ "$2" = find ] && echo {PYTHON}; true',
    )
    progress = Recorder()
    managed.obtain([], {"PATH": str(shelf)}, progress, never)
    assert "uv: bin 0, registry 0" in progress.logs


def test_warnings_of_uv_are_not_taken_for_a_python(shelf):
    fake_program(shelf / "uv", f'[ "$2" = find ] && echo {PYTHON} && echo "warning: no cache"; true')
    assert managed.obtain([], {"PATH": str(shelf)}, Recorder(), never) == probe(PYTHON, never)
    fake_program(shelf / "uv", "true")
    with pytest.raises(SetupError, match="does not say where it is"):
        managed.obtain([], {"PATH": str(shelf)}, Recorder(), never)


def test_uv_itself_is_fetched_with_the_pip_of_any_python(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(managed, "_python_of_qgis", lambda: [])
    fake_uv(tmp_path / "uv")
    tools = tmp_path / "home" / "tools" / "bin"
    broken = fake_python(shelf / "python3.9", (3, 9, 0))
    old = fake_python(shelf / "python3", (3, 8, 0))
    pythons = [probe(broken, never), probe(old, never)]
    fake_program(broken, "echo no module named pip; exit 1")
    fake_program(old, f'[ "$4" = install ] && /bin/mkdir -p {tools} && /bin/cp {tmp_path}/uv {tools}/uv')
    assert managed.obtain(pythons, {}, Recorder(), never) == probe(PYTHON, never)


def test_where_nothing_helps_the_last_words_of_uv_are_quoted(shelf, monkeypatch):
    monkeypatch.setattr(managed, "_python_of_qgis", lambda: [])
    with pytest.raises(SetupError, match="Install Python 3.12"):
        managed.obtain([], {}, Recorder(), never)
    fake_program(shelf / "uv", "echo dns error >&2; exit 2")
    with pytest.raises(SetupError, match="dns error"):
        managed.obtain([], {}, Recorder(), never)
