"""Loads the repository root as the package `terraloom`, whatever its folder is called."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

if "terraloom" not in sys.modules:
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()


def pytest_configure(config):
    config.addinivalue_line("markers", "any_backend: runs networks with whatever library is installed")


@pytest.fixture(autouse=True)
def one_library(request, monkeypatch):
    """Tests compare with onnxruntime's own numbers, and do not wait for trials of others."""
    if request.node.get_closest_marker("any_backend") is None and "engine" in request.path.parts:
        from terraloom.engine.backends import openvino_backend

        monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)
