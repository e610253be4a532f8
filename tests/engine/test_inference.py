"""The network runs on the device that was asked for, or says that it does not. The GPU is a stub here."""

import onnxruntime
import pytest
import toys
from terraloom.engine.errors import ModelError
from terraloom.engine.inference import CPU, CUDA, Network, providers
from terraloom.engine.progress import Silent


def test_device_decides_the_providers():
    assert providers("cpu", [CUDA, CPU]) == [CPU]
    assert providers("auto", [CPU]) == [CPU]
    assert providers("auto", [CUDA, CPU]) == [(CUDA, {"device_id": 0}), CPU]
    assert providers("cuda:1", [CUDA, CPU]) == [(CUDA, {"device_id": 1}), CPU]
    with pytest.raises(ModelError, match="offers only CPUExecutionProvider"):
        providers("cuda:0", [CPU])
    with pytest.raises(ModelError, match="auto, cpu or cuda:N"):
        providers("gpu", [CPU])


def test_a_gpu_that_is_not_used_is_an_error_when_asked_for_and_told_when_not(tmp_path, monkeypatch):
    path = toys.identity(tmp_path / "m.onnx")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    session = onnxruntime.InferenceSession
    # As onnxruntime does where CUDA's libraries are missing: it says so on stderr and runs on the processor.
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *rest, providers: session(*rest, providers=[CPU]))
    told = []

    class Listening(Silent):
        def warn(self, template, **values):
            told.append(template)

    with pytest.raises(ModelError, match="fell back to CPUExecutionProvider"):
        Network(path, "cuda:0", 1, Listening())
    assert told == []
    Network(path, "auto", 1, Listening())
    assert "runs on the processor" in told[0]


def test_networks_that_this_version_cannot_run_are_refused_before_work(tmp_path):
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    toys.save(tmp_path / "double.onnx", nodes, {}, 1, toys.card(classes=1))
    double = toys.onnx.load(str(tmp_path / "double.onnx"))
    for value in (double.graph.input[0], double.graph.output[0]):
        value.type.tensor_type.elem_type = toys.TensorProto.DOUBLE
    toys.onnx.save(double, str(tmp_path / "double.onnx"))
    with pytest.raises(ModelError, match="32-bit floats"):
        Network(tmp_path / "double.onnx", "cpu", 1, Silent())
    fixed = toys.onnx.load(str(toys.identity(tmp_path / "m.onnx")))
    for axis in (2, 3):
        fixed.graph.input[0].type.tensor_type.shape.dim[axis].dim_value = 256
    toys.onnx.save(fixed, str(tmp_path / "fixed.onnx"))
    with pytest.raises(ModelError, match="dynamic height and width"):
        Network(tmp_path / "fixed.onnx", "cpu", 1, Silent())
