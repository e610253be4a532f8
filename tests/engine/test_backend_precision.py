"""A network runs at the precision that was asked for, by a library that is able, or says why not."""

import os
import re
import subprocess
import sys

import conftest
import numpy as np
import onnxruntime
import pytest
import toys
from backend_cases import needs_openvino, on_onnxruntime, opened
from terraloom.engine.backends import openvino_backend
from terraloom.engine.backends.onnxruntime_backend import CPU, CUDA
from terraloom.engine.environment import packages
from terraloom.engine.errors import ModelError
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def network(tmp_path):
    return toys.random_network(tmp_path / "m.onnx", 0)


@pytest.mark.parametrize(
    ("precision", "declared", "words"),
    [
        ("int8", "fp32", "Run 'Optimise a model' first"),
        ("int8", "bf16", "Run 'Optimise a model' first"),
        ("fp32", "int8", "is quantised to int8"),
        ("bf16", "int8", "is quantised to int8"),
        ("fp16", "fp32", "it must be auto, fp32, bf16, int8"),
    ],
)
def test_a_precision_that_the_weights_do_not_allow_is_refused(network, precision, declared, words):
    with pytest.raises(ModelError, match=words):
        opened(network, "cpu", precision, declared)


def test_without_openvino_networks_run_at_fp32_and_it_is_told(network, without_openvino):
    told = Recorder()
    backend = opened(network, "cpu", "auto", "bf16", told)
    assert (backend.name, backend.precision) == (CPU, "fp32")
    assert "EXTRAS = openvino" in told.logs[0]
    assert "runs on CPUExecutionProvider at fp32 with 1 threads, onnxruntime" in told.logs[-1]
    assert opened(network, "cpu", "fp32", "bf16").precision == "fp32"
    assert opened(network, "cpu", "auto", "int8").precision == "int8"
    with pytest.raises(ModelError, match="EXTRAS = openvino"):
        opened(network, "cpu", "bf16")


def test_a_processor_without_bf16_is_told(network, monkeypatch):
    monkeypatch.setattr(openvino_backend, "is_installed", lambda: True)
    monkeypatch.setattr(openvino_backend, "abilities", lambda: frozenset({"FP32", "INT8"}))
    with pytest.raises(ModelError, match="This processor does not compute with bf16"):
        opened(network, "cpu", "bf16")


def test_an_openvino_that_does_not_load_is_told_and_not_used(network, monkeypatch):
    def broken():
        raise ImportError("libtbb is missing")

    monkeypatch.setattr(openvino_backend, "is_installed", lambda: True)
    monkeypatch.setattr(openvino_backend, "abilities", broken)
    told = Recorder()
    assert opened(network, progress=told).name == CPU
    assert "libtbb is missing" in told.logs[0]


def test_bf16_is_for_processors(network, monkeypatch):
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    with pytest.raises(ModelError, match="Set DEVICE to cpu"):
        opened(network, "cuda:0", "bf16")


def test_bf16_really_computes_with_bf16(network):
    needs_openvino()
    if "BF16" not in openvino_backend.abilities():
        pytest.skip("the processor has no bf16")
    told = Recorder()
    backend = opened(network, "auto", "bf16", progress=told)
    assert (backend.name, backend.precision) == ("OpenVINO CPU", "bf16")
    assert "runs on OpenVINO CPU at bf16 with 1 threads, OpenVINO 20" in told.logs[-1]
    image = np.random.default_rng(0).standard_normal((1, 2, 32, 32)).astype(np.float32)
    difference = backend.run({"image": image})[0] - on_onnxruntime(network).run({"image": image})[0]
    assert 1e-4 < np.abs(difference).max() < 0.1


def test_openvino_tells_nobody_that_it_is_used(tmp_path, network):
    """On being imported it would make itself a folder for the number that it reports under."""
    needs_openvino()
    nobody = {**os.environ, "HOME": str(tmp_path / "nobody"), "PYTHONPATH": str(conftest.ROOT / "tests")}
    (tmp_path / "nobody").mkdir()
    code = (
        "import sys, conftest; from pathlib import Path; from terraloom.engine.backends import openvino_backend as o; "
        f"o.OpenvinoBackend(Path({str(network)!r}), 1, 'fp32'); assert 'openvino' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], env=nobody, check=True)
    subprocess.run([sys.executable, "-c", packages.QUESTION, '{"openvino": "openvino"}'], env=nobody, check=True)
    assert not list((tmp_path / "nobody").iterdir())


def test_openvino_is_imported_in_one_place():
    sources = [
        path for room in ("engine", "processing_provider", "plugin") for path in (conftest.ROOT / room).rglob("*.py")
    ]
    form = re.compile(r"""^\s*(import|from) openvino\b|(import_module|__import__)\(["']openvino\b""", re.M)
    assert [path.name for path in sources if form.search(path.read_text("utf-8"))] == ["openvino_backend.py"]
