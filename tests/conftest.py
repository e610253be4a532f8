"""Loads the repository root as the package `terraloom`, whatever its folder is called."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

if "terraloom" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "terraloom", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["terraloom"] = module
    spec.loader.exec_module(module)


def pytest_configure(config):
    config.addinivalue_line("markers", "any_backend: runs networks with whatever library is installed")


@pytest.fixture(autouse=True)
def one_library(request, monkeypatch):
    """Tests compare with onnxruntime's own numbers, and do not wait for trials of others."""
    if request.node.get_closest_marker("any_backend") is None and "engine" in request.path.parts:
        from terraloom.engine.backends import openvino_backend

        monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)
