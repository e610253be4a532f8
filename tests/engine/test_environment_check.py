"""The check finds what is missing or short, each with its mend, and the report shows it safely."""

import importlib.util
import os
import sys

import pytest
from terraloom.engine.environment import check as checking
from terraloom.engine.environment import lock, machine, state
from terraloom.engine.environment.check import check
from terraloom.engine.environment.locations import environment_folder
from terraloom.engine.environment.report import NOTE, OK, PROBLEM, WARNING, Report, Row, to_html
from terraloom.engine.progress import Silent
from terraloom.engine.requests.check_environment import CheckEnvironment
from terraloom.engine.worker.client import Worker
from terraloom.tests.engine.environment_fakes import PYTHON, fake_program, never


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path))
    environment_folder().mkdir()


def record(python=PYTHON, packages=None):
    base = "/usr/bin/python3"
    state.write(state.State(str(python), "3.11.7", "run", lock.digest("run"), base, packages or {}))


def texts(report, status):
    return [row.template.format(**row.values) for row in report.rows if row.status == status]


def test_all_is_well():
    record()
    found = check()
    assert found.status == OK
    assert any("is ready" in text for text in texts(found, OK))
    assert any("for learning are not installed" in text for text in texts(found, NOTE))
    assert any("OpenVINO is not installed" in text for text in texts(found, NOTE))


def test_an_interrupted_installation_is_told():
    found = check()
    assert "no Python environment yet" in texts(found, PROBLEM)[0]
    assert "was interrupted" in texts(found, NOTE)[0]


def test_an_interpreter_that_no_longer_runs_is_told(tmp_path):
    record(fake_program(tmp_path / "python", "echo libpython is missing; exit 127"))
    found = check()
    assert "libpython is missing" in texts(found, PROBLEM)[0]
    assert any("REPAIR" in row.mend for row in found.rows)


def test_other_versions_than_the_locked_ones_are_told():
    record(packages={"numpy": "2.1.0", "shapely": lock.versions("run")["shapely"]})
    assert texts(check(), WARNING) == ["Terraloom was tested with other versions of: numpy 2.1.0."]


def test_a_package_that_an_earlier_version_recorded_and_none_needs_any_more_is_no_fault():
    record(packages={"no-longer-needed": "1.0", "shapely": lock.versions("run")["shapely"]})
    assert not texts(check(), WARNING)


def test_a_model_whose_card_is_damaged_is_told_with_its_mend(tmp_path):
    record()
    folder = tmp_path / "models" / "urban"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"")
    (folder / "card.json").write_bytes("Straße".encode("latin-1"))
    found = check()
    (text,) = texts(found, PROBLEM)
    assert str(folder / "card.json") in text
    assert any("Replace its folder" in row.mend for row in found.rows)


def test_little_disk_and_little_memory_are_told(monkeypatch):
    monkeypatch.setattr(checking, "free_disk_gb", lambda folder: 0.2)
    monkeypatch.setattr(checking, "memory_gb", lambda: 2.0)
    found = check()
    assert any("0.2 GB are free" in text for text in texts(found, PROBLEM))
    assert any("which is little" in text for text in texts(found, WARNING))
    record()
    assert any("0.2 GB are free" in text for text in texts(check(), WARNING))


def test_a_home_whose_drive_is_gone_has_no_disk(monkeypatch):
    monkeypatch.setattr(machine.os.path, "exists", lambda path: False)
    (text,) = (text for text in texts(check(), PROBLEM) if "GB are free" in text)
    assert text.startswith("0.0 GB")


def test_a_home_that_may_not_be_entered_is_no_fault_of_the_check(monkeypatch, tmp_path):
    real = os.stat

    def stat(path, **options):
        if str(path).startswith(str(tmp_path / "closed" / "home")):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **options)

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "closed" / "home"))
    assert "no Python environment yet" in texts(check(), PROBLEM)[0]


def test_what_learning_takes_is_told_where_the_disk_has_less(monkeypatch):
    monkeypatch.setattr(checking, "free_disk_gb", lambda folder: 2.9)
    record()
    (text,) = (text for text in texts(check(), NOTE) if "GB are free" in text)
    assert f"for learning takes {lock.DISK_GB['learn']} GB" in text


@pytest.mark.skipif(sys.platform == "win32", reason="no groups there")
@pytest.mark.parametrize(
    ("told", "limits", "gigabytes"),
    [
        ("0::/box/inner", {"box/memory.max": "3000000000", "box/inner/memory.max": "max"}, 3),
        ("0::/", {"memory.max": "2000000000"}, 2),
        ("0::/", {"memory.max": "max"}, 8),
        ("0::/", {"memory.max": "64000000000"}, 8),
        ("0::/", {}, 8),
        ("4:cpu,memory:/of/the/host", {"memory/memory.limit_in_bytes": "1000000000"}, 1),
        ("4:cpu:/box", {"box/memory.max": "1000000000", "memory/box/memory.limit_in_bytes": "1000000000"}, 8),
        (None, {"memory.max": "1000000000"}, 8),
    ],
)
def test_memory_is_what_a_container_leaves_of_the_computers(tmp_path, monkeypatch, told, limits, gigabytes):
    monkeypatch.setattr(machine.os, "sysconf", {"SC_PAGE_SIZE": 1000, "SC_PHYS_PAGES": 8_000_000}.__getitem__)
    monkeypatch.setattr(machine, "OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(machine, "GROUPS", tmp_path / "groups")
    if told:
        (tmp_path / "own").write_text(f"9:name=systemd:/box\n{told}\n")
    for name, limit in limits.items():
        (tmp_path / "groups" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "groups" / name).write_text(f"{limit}\n")
    assert machine.memory_gb() == gigabytes


def test_the_page_is_translated_and_escapes_what_comes_from_outside():
    report = Report((Row("{n} & more", {"n": "<b>"}, WARNING, "Mend {n}."),))
    page = to_html(report, "<Title>", {"{n} & more": "{n} und mehr", "Mend {n}.": "Flick {n}."}.__getitem__)
    assert "&lt;b&gt; und mehr" in page
    assert "Flick &lt;b&gt;." in page
    assert "&lt;Title&gt;" in page
    assert "<b>" not in page


def test_the_worker_reports_the_devices_that_computed():
    worker = Worker(PYTHON)
    worker.start(never)
    metrics = worker.run("check_environment", CheckEnvironment(), Silent(), never).metrics
    worker.close()
    cpu = next(tried for tried in metrics["devices"] if tried["device"] == "CPUExecutionProvider")
    assert cpu["works"], cpu["fault"]
    assert metrics["packages"]["onnxruntime"]
    computed = {tried["library"] for tried in metrics["devices"] if tried["works"]}
    assert ("openvino" in computed) == (importlib.util.find_spec("openvino") is not None)
    assert all(Row(**row).template for row in metrics["rows"])


def test_a_device_that_computes_wrongly_or_not_at_all_is_found_out():
    np = pytest.importorskip("numpy")
    from terraloom.engine.jobs.check_environment import about_device, attempt

    image = np.ones((1, 1), np.float32)

    def fail(image):
        raise RuntimeError("no driver")

    wrong = attempt("library", "gpu", lambda image: image * 1.1, image, image)
    broken = attempt("library", "gpu", fail, image, image)
    right = attempt("library", "gpu", lambda image: image.copy(), image, image)
    nothing = attempt("library", "gpu", lambda image: image * np.nan, image, image)
    assert [tried["works"] for tried in (wrong, broken, right, nothing)] == [False, False, True, False]
    assert "off by 0.1" in wrong["fault"]
    assert about_device(broken).status == PROBLEM
    assert about_device(broken).values["fault"] == "no driver"


@pytest.mark.parametrize("providers", [["CPUExecutionProvider"], ["DmlExecutionProvider", "CPUExecutionProvider"]])
def test_a_card_that_no_map_uses_is_told_of(monkeypatch, providers):
    from terraloom.engine.jobs import check_environment

    devices = [("onnxruntime", provider, lambda image: image) for provider in providers]
    monkeypatch.setattr(check_environment, "has_nvidia_card", lambda: True)
    monkeypatch.setattr(check_environment, "onnxruntime_devices", lambda weights: devices)
    rows = check_environment.run(CheckEnvironment(), Silent()).metrics["rows"]
    told = any("NVIDIA" in row["template"] for row in rows)
    assert told == (providers == ["CPUExecutionProvider"])
