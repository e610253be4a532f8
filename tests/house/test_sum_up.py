"""The last line of the tests says what ran now: a report that is missing or empty is a failure, in words."""

import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "sum_up.py"


@pytest.fixture
def sum_up():
    return runpy.run_path(str(SCRIPT))["main"]


@pytest.fixture
def report(tmp_path):
    """Writes a report as pytest does."""

    def write(name, tests=0, failures=0, errors=0, skipped=0):
        path = tmp_path / name
        counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
        path.write_text(f"<testsuites><testsuite {counts}/></testsuites>")
        return str(path)

    return write


def test_reports_are_added_up(sum_up, report, capsys):
    assert sum_up([report("worker.xml", 10, 0, 0, 2), report("qgis.xml", 5)]) == 0
    assert sum_up([report("worker.xml", 10, 1, 1, 2), report("qgis.xml", 5)]) == 1
    assert capsys.readouterr().out == "13 passed, 0 failed, 2 skipped\n11 passed, 2 failed, 2 skipped\n"


def test_a_report_that_is_missing_or_empty_is_a_failure(sum_up, report, tmp_path, capsys):
    missing = str(tmp_path / "qgis.xml")
    assert sum_up([report("worker.xml", 10), missing]) == 1
    assert sum_up([report("worker.xml", 10), report("empty.xml")]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"There is no report {missing}: its tests did not come to an end."
    assert told[1:] == ["10 passed, 1 failed, 0 skipped"] * 2
