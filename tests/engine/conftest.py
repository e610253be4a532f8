"""What tests of several files run in: a home of their own, a machine without OpenVINO or with Windows' rules.

And the values of an image.
"""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))


@pytest.fixture
def without_openvino(monkeypatch):
    from terraloom.engine.backends import openvino_backend

    monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)


@pytest.fixture
def mapped_files_stay(monkeypatch, tmp_path_factory):
    """As on Windows, no file can be deleted while it is mapped."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("this system does not tell what is mapped")
    unlink = os.unlink

    def refuse_mapped(path, **place):
        if f"/{os.path.basename(path)}\n" in Path("/proc/self/maps").read_text():
            raise PermissionError(13, "It is used by another process", str(path))
        unlink(path, **place)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("scratch")))
    monkeypatch.setattr(os, "unlink", refuse_mapped)


@pytest.fixture
def values():
    """What an image of two bands holds that is explained."""
    return np.random.default_rng(2).uniform(-3, 3, (2, 40, 50)).astype(np.float32)
