"""The page of algorithms says what the algorithms are."""

import importlib.util
from pathlib import Path

import pytest
from qgis.core import Qgis

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT >= 32300, reason="the page is written with QGIS 3.22, the base")
def test_page_of_algorithms_is_up_to_date(qgis_app, without_window, tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path))  # models of this user's do not count
    path = ROOT / "scripts" / "write_algorithm_docs.py"
    spec = importlib.util.spec_from_file_location("write_algorithm_docs", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = (ROOT / "docs" / "algorithms.md").read_text("utf-8")
    assert page == script.page(), "run scripts/write_algorithm_docs.py"
    assert "| `segment:MAP` | Land use (optional) |" in page, "chains are read once their steps are known"
