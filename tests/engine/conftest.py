"""What tests of several files run in: a home of their own, or a machine without OpenVINO."""

import pytest


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))


@pytest.fixture
def without_openvino(monkeypatch):
    from terraloom.engine.backends import openvino_backend

    monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)
