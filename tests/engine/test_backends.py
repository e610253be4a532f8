"""A network runs on the device that was asked for, or says why not; whatever runs it behaves the same.

Graphics cards are stubs here, but for one test that is skipped where there is none. What needs OpenVINO is skipped
where it is not installed.
"""

import gc
import weakref
from types import SimpleNamespace

import numpy as np
import onnx
import onnxruntime
import pytest
import toys
from backend_cases import OF_ONE_IMAGE, assert_exact, bundled, needs_openvino, on_onnxruntime, on_openvino, opened
from terraloom.engine.backends import openvino_backend
from terraloom.engine.backends.backend import Port, thread_count, unrunnable
from terraloom.engine.backends.choice import noise
from terraloom.engine.backends.onnxruntime_backend import COREML, CPU, CUDA, DIRECTML, OnCard, provider_name, providers
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.errors import ModelError
from terraloom.engine.library.installed import BUNDLED
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def network(tmp_path):
    return toys.random_network(tmp_path / "m.onnx", 0)


both = pytest.mark.parametrize("start", [on_onnxruntime, on_openvino])


# Devices


def test_device_decides_the_providers():
    def names(device, *available):
        return [provider_name(provider) for provider in providers(device, available)]

    assert names("cpu", CUDA, CPU) == [CPU]
    assert names("auto", CPU) == [CPU]
    assert names("auto", CUDA, CPU) == [CUDA, CPU]
    assert names("auto", DIRECTML, CPU) == [DIRECTML, CPU]
    assert names("auto", COREML, CPU) == [CPU], "its neural engine computes with 16 bits: only where asked for"
    assert names("coreml", COREML, CPU) == [COREML, CPU]
    assert names("directml", DIRECTML, CPU) == [DIRECTML, CPU]
    assert providers("cuda:1", [CUDA, CPU])[0][1]["device_id"] == 1


@pytest.mark.parametrize("device", ["gpu", "cuda", "cuda:", "cuda:x", "directml:0", "cpu:0", ""])
def test_an_unknown_device_is_refused(device):
    with pytest.raises(ModelError, match="it must be auto, cpu, cuda:N"):
        providers(device, [CUDA, DIRECTML, CPU])


@pytest.mark.parametrize("device", ["cuda:0", "directml", "coreml"])
def test_a_device_that_is_not_there_is_refused(device):
    with pytest.raises(ModelError, match="offers only CPUExecutionProvider"):
        providers(device, [CPU])


def test_a_card_that_is_not_used_is_an_error_when_asked_for_and_told_when_not(network, monkeypatch):
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    session = onnxruntime.InferenceSession
    # As onnxruntime does where CUDA's libraries are missing: it says so on stderr and runs on the processor.
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *rest, providers: session(*rest, providers=[CPU]))
    told = Recorder()
    with pytest.raises(ModelError, match="fell back to CPUExecutionProvider"):
        opened(network, "cuda:0", progress=told)
    assert told.logs == []
    opened(network, "auto", progress=told)
    assert "runs on the processor" in told.logs[0]


@pytest.mark.skipif(CUDA not in onnxruntime.get_available_providers(), reason="onnxruntime is not made for CUDA here")
@pytest.mark.parametrize("model", sorted(BUNDLED.glob("*/model.onnx")), ids=lambda path: path.parent.name)
def test_a_bundled_network_says_the_same_on_a_card_as_on_the_processor(model):
    on_card, on_cpu = opened(model, "cuda:0"), on_onnxruntime(model)
    assert (on_card.name, on_card.precision) == (CUDA, "fp32")
    feeds = noise(on_cpu, [(1, 1, 256, 320)] * len(on_cpu.inputs))
    for found, expected in zip(on_card.run(feeds), on_cpu.run(feeds)):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


class StubSession:
    """A session on a card: doubles its input."""

    def __init__(self):
        self.bound, self.outputs = {}, []

    def get_outputs(self):
        return [SimpleNamespace(name="a"), SimpleNamespace(name="b")]

    def io_binding(self):
        return self

    def bind_ortvalue_input(self, name, place):
        self.bound[name] = place

    def bind_output(self, name, device, number):
        self.outputs.append((name, device, number))

    def run_with_iobinding(self, binding):
        assert binding is self

    def copy_outputs_to_cpu(self):
        return [place.numpy() * 2 for place in self.bound.values()]


def test_inputs_are_bound_to_the_card_and_their_places_kept(monkeypatch):
    made = []
    real = onnxruntime.OrtValue.ortvalue_from_numpy

    def on_cpu(array, device, number):
        made.append((array.shape, device, number))
        return real(array.copy(), "cpu", 0)

    monkeypatch.setattr(onnxruntime.OrtValue, "ortvalue_from_numpy", on_cpu)
    session = StubSession()
    card = OnCard(session, 1)
    for value, size in ((1, 4), (2, 4), (3, 8)):
        (result,) = card.run({"image": np.full((1, 1, size, size), value, np.float32)})
        assert result.shape == (1, 1, size, size) and (result == 2 * value).all()
    assert made == [((1, 1, 4, 4), "cuda", 1), ((1, 1, 8, 8), "cuda", 1)], "the second tile took the first one's place"
    assert session.outputs[:2] == [("a", "cuda", 1), ("b", "cuda", 1)]


# Running


@both
def test_a_backend_tells_its_ports_and_runs(network, start):
    backend = start(network)
    assert backend.inputs == (Port("image", (None, 2, None, None), "float32"),)
    assert [port.name for port in backend.outputs] == ["output"]
    assert backend.threads == 1 and backend.precision == "fp32" and backend.library.split()[1][0].isdigit()
    image = np.random.default_rng(0).standard_normal((1, 2, 32, 48)).astype(np.float32)
    (result,) = backend.run({"image": image})
    (expected,) = onnxruntime.InferenceSession(str(network)).run(None, {"image": image})
    np.testing.assert_allclose(result, expected, atol=1e-5)
    kept = result.copy()
    backend.run({"image": image * 2})
    np.testing.assert_array_equal(result, kept, "what was given stays the caller's")


@both
def test_a_closed_backend_holds_no_network_and_still_tells_what_it_was(network, start):
    backend = start(network)
    told = backend.name, backend.library, backend.precision, backend.threads, backend.inputs, backend.outputs
    held = [weakref.ref(value) for name, value in vars(backend).items() if name in ("_session", "_request", "_model")]
    assert held
    backend.close()
    gc.collect()
    assert not any(each() for each in held)
    assert told == (backend.name, backend.library, backend.precision, backend.threads, backend.inputs, backend.outputs)


@both
@pytest.mark.parametrize("size", [(32, 48), (64, 16)])
def test_outputs_are_written_to_their_places_bit_by_bit_the_same(network, start, size):
    backend = start(network)
    images = np.random.default_rng(0).standard_normal((3, 1, 2, *size)).astype(np.float32)
    memory = np.full(3 * 64 * 64, np.nan, np.float32)
    for image in images:
        (expected,) = start(network).run({"image": image})
        place = memory[: expected.size].reshape(expected.shape)
        (result,) = backend.run({"image": image}, {"output": place})
        assert result is place
        np.testing.assert_array_equal(result, expected)
        (own,) = backend.run({"image": image})
        assert not np.may_share_memory(own, memory)
        np.testing.assert_array_equal(own, expected)


@both
def test_outputs_come_in_the_order_of_the_file(tmp_path, start):
    nodes = [
        toys.helper.make_node("Identity", ["image"], ["output"]),
        toys.helper.make_node("Neg", ["image"], ["away"]),
    ]
    path = toys.save(tmp_path / "m.onnx", nodes, {}, 1, None)
    model = toys.onnx.load(str(path))
    model.graph.output.insert(0, toys.helper.make_tensor_value_info("away", toys.TensorProto.FLOAT, None))
    toys.onnx.save(model, str(path))
    backend = start(path)
    assert [port.name for port in backend.outputs] == ["away", "output"]
    away, same = backend.run({"image": np.ones((1, 1, 2, 2), np.float32)})
    assert (away == -1).all() and (same == 1).all()


@both
@pytest.mark.parametrize("shape", [(1, 2, 33, 32), (1, 5, 32, 32)])
def test_shapes_that_do_not_fit_are_refused_in_a_sentence(network, start, shape):
    backend = start(network)
    with pytest.raises(ModelError, match=f"arrays of {' x '.join(map(str, shape))}: .") as raised:
        backend.run({"image": np.zeros(shape, np.float32)})
    assert "\n" not in str(raised.value)
    backend.run({"image": np.zeros((1, 2, 32, 32), np.float32)})


@both
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path, start):
    (tmp_path / "m.onnx").write_bytes(b"no network")
    with pytest.raises(ModelError, match="cannot be loaded: ."):
        start(tmp_path / "m.onnx")


@pytest.mark.parametrize(("ir_version", "opset", "said"), [(99, 17, "IR version: 99"), (10, 99, "Opset 99")])
def test_a_network_written_for_a_newer_onnx_says_how_to_export_it(network, tmp_path, ir_version, opset, said):
    model = onnx.load(network)
    model.ir_version = ir_version
    model.opset_import[0].version = opset
    onnx.save(model, tmp_path / "newer.onnx")
    with pytest.raises(ModelError, match=f"newer ONNX .*{said}.*Export it again with an older one"):
        on_onnxruntime(tmp_path / "newer.onnx")


def test_memory_that_ran_out_is_not_taken_for_a_shape_that_does_not_fit():
    fault = RuntimeError("Failed to allocate memory for requested buffer of size 1")
    assert unrunnable({"image": np.zeros(1)}, fault) is fault


def test_no_threads_means_all():
    assert thread_count(0) >= 1
    assert thread_count(3) == 3
    assert thread_count(100_000) == thread_count(10_000) <= 8 * thread_count(0)


# Exact seams


@pytest.mark.parametrize("model", [*OF_ONE_IMAGE, "flood-s1s2"])
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_tiles_under_openvino_equal_the_whole(precision, model):
    needs_openvino()
    if precision.upper() not in openvino_backend.abilities():
        pytest.skip(f"the processor has no {precision}")
    assert_exact(OpenvinoBackend(bundled(model), 2, precision), seed=1, model=bundled(model))
