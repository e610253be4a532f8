"""A network runs on the device and at the precision that were asked for, by the fastest library able, or says why not.

Graphics cards are stubs here. What needs OpenVINO is skipped where it is not installed.
"""

import gc
import importlib.util
import json
import os
import re
import subprocess
import sys
import weakref
from types import SimpleNamespace

import conftest
import numpy as np
import onnxruntime
import pytest
import toys
from terraloom.engine.backends import choice, openvino_backend, trials
from terraloom.engine.backends.backend import Port, thread_count, unrunnable
from terraloom.engine.backends.choice import open_backend
from terraloom.engine.backends.onnxruntime_backend import (
    COREML,
    CPU,
    CUDA,
    DIRECTML,
    OnCard,
    OnnxruntimeBackend,
    provider_name,
    providers,
)
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.environment import packages
from terraloom.engine.errors import CancelledError, ModelError
from terraloom.engine.foreign_cards import read_card
from terraloom.engine.progress import Silent
from terraloom.tests.engine.environment_fakes import Recorder

BUNDLED = conftest.ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx"
SHAPES = ((1, 2, 32, 32),)

pytestmark = pytest.mark.any_backend


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))


@pytest.fixture
def without_openvino(monkeypatch):
    monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)


@pytest.fixture
def network(tmp_path):
    return toys.random_network(tmp_path / "m.onnx", 0)


def opened(path, device="cpu", precision="auto", declared="fp32", progress=None):
    return open_backend(path, device, precision, 1, declared, SHAPES, progress or Silent())


def needs_openvino():
    """Skips where OpenVINO is not installed, without importing it."""
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("OpenVINO is not installed")


def on_onnxruntime(path, precision="fp32"):
    return OnnxruntimeBackend(path, [CPU], 1, precision)


def on_openvino(path, precision="fp32"):
    needs_openvino()
    return OpenvinoBackend(path, 1, precision)


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


def test_memory_that_ran_out_is_not_taken_for_a_shape_that_does_not_fit():
    fault = RuntimeError("Failed to allocate memory for requested buffer of size 1")
    assert unrunnable({"image": np.zeros(1)}, fault) is fault


def test_no_threads_means_all():
    assert thread_count(0) >= 1
    assert thread_count(3) == 3


# Precision


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
    named = [path.name for path in sources if re.search(r"^\s*(import|from) openvino\b", path.read_text("utf-8"), re.M)]
    assert named == []


# Trials


class Timed:
    """A backend that takes as long as it is told."""

    inputs = (Port("image", (None, 2, 64, None), "float32"),)
    precision, threads, library = "fp32", 1, "stub 1"

    def __init__(self, name, clock, seconds):
        self.name, self._clock, self._seconds = name, clock, seconds
        self.shapes = []

    def run(self, feeds):
        self.shapes.append(feeds["image"].shape)
        if self._seconds is None:
            raise ModelError("It cannot.")
        self._clock.now += self._seconds
        return []


@pytest.fixture
def trial(network, monkeypatch):
    """Opens a network by two libraries that take some seconds each; tells which won and how often each ran."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(choice.time, "perf_counter", lambda: clock.now)
    monkeypatch.setattr(openvino_backend, "is_installed", lambda: True)
    monkeypatch.setattr(openvino_backend, "abilities", lambda: frozenset({"FP32"}))
    monkeypatch.setattr(openvino_backend, "processor", lambda: "stub")
    monkeypatch.setattr(openvino_backend, "library", lambda: "OpenVINO 1")

    def run(first_s, second_s, progress=None, precision="fp32"):
        made = {CPU: Timed(CPU, clock, first_s), "OpenVINO CPU": Timed("OpenVINO CPU", clock, second_s)}
        monkeypatch.setattr(choice, "OnnxruntimeBackend", lambda *_: made[CPU])
        choice.OnnxruntimeBackend.library = "onnxruntime 1"
        monkeypatch.setattr(choice, "OpenvinoBackend", lambda *_: made["OpenVINO CPU"])
        backend = opened(network, "cpu", "auto", precision, progress)
        return backend.name, [len(entry.shapes) for entry in made.values()], made[CPU].shapes

    return run


def test_the_faster_one_is_taken_and_remembered(trial):
    told = Recorder()
    assert trial(0.2, 0.1, told)[:2] == ("OpenVINO CPU", [5, 4])
    assert told.logs[0] == ("A trial tile took 0.200 s with CPUExecutionProvider and 0.100 s with OpenVINO CPU.")
    assert trial(0.2, 0.4)[:2] == ("OpenVINO CPU", [0, 0]), "it was not tried again"
    assert trial(0.2, 0.4, precision="int8")[:2] == (CPU, [5, 4]), "another precision is another trial"


def test_onnxruntime_runs_where_the_other_is_not_clearly_faster(trial):
    assert trial(0.2, 0.18)[0] == CPU
    assert trial(0.2, 0.18, precision="int8")[0] == "OpenVINO CPU", "quantised values are the same in both"


def test_quick_networks_are_not_tried(trial):
    assert trial(0.01, 0.001)[:2] == (CPU, [2, 0])


def test_slow_networks_are_tried_once(trial):
    assert trial(8.0, 4.0)[:2] == ("OpenVINO CPU", [1, 1])


def test_a_library_that_cannot_run_the_network_is_not_taken(trial):
    told = Recorder()
    assert trial(0.2, None, told)[0] == CPU
    assert told.logs[0] == "OpenVINO CPU is not used: It cannot."


def test_sizes_that_the_network_insists_on_are_kept(trial):
    assert set(trial(0.2, 0.2)[2]) == {(1, 2, 64, 32)}


def test_a_trial_can_be_cancelled(trial):
    class Cancelled(Silent):
        def update(self, fraction, mpx_per_s=None):
            raise CancelledError()

    with pytest.raises(CancelledError):
        trial(0.2, 0.1, Cancelled())


def test_what_is_remembered_is_bounded_and_a_damaged_file_does_no_harm(network, tmp_path):
    mark = trials.key(network, "fp32", 1)
    assert mark != trials.key(network, "fp32", 2)
    assert trials.recall(mark, ["a"]) is None
    trials.remember(mark, "a")
    assert trials.recall(mark, ["a", "b"]) == "a"
    assert trials.recall(mark, ["b"]) is None, "a backend that is gone is not taken"
    for number in range(trials.MOST):
        trials.remember(str(number), "b")
    assert trials.recall(mark, ["a"]) is None
    kept = tmp_path / "home" / "trials.json"
    assert len(json.loads(kept.read_text())) == trials.MOST
    for text in ("", "{", "[]", '{"0": 3}'):
        kept.write_text(text)
        assert trials.recall("0", ["b"]) is None
    trials.remember("0", "b")
    assert trials.recall("0", ["b"]) == "b"
    assert [path.name for path in kept.parent.iterdir()] == ["trials.json"]


# Exact seams


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_tiles_under_openvino_equal_the_whole(precision):
    needs_openvino()
    if precision.upper() not in openvino_backend.abilities():
        pytest.skip(f"the processor has no {precision}")
    assert_exact(OpenvinoBackend(BUNDLED, 2, precision), seed=1)


def assert_exact(backend, seed):
    """Hold the cores of crops of random noise against the whole, bit by bit: a variant of the bundled network."""
    card = read_card(BUNDLED)
    stride = card.stride_px
    halo = -(-card.receptive_radius_px // stride) * stride
    rng = np.random.default_rng(seed)
    rows, columns = 960, 928
    image = rng.standard_normal((1, 3, rows, columns)).astype(np.float32)
    (whole,) = backend.run({"image": image})
    assert np.ptp(whole) > 1
    compared = 0
    for _ in range(24):
        top, height = _span(rng, rows // stride, halo // stride)
        left, width = _span(rng, columns // stride, halo // stride)
        crop = np.s_[..., top * stride : (top + height) * stride, left * stride : (left + width) * stride]
        (tile,) = backend.run({"image": np.ascontiguousarray(image[crop])})
        core = np.s_[..., _core(top, height, rows, halo, stride), _core(left, width, columns, halo, stride)]
        np.testing.assert_array_equal(tile[core], whole[crop][core])
        compared += tile[core].size
    assert compared > 100_000


def _span(rng, steps, halo):
    """A random start and length, in strides, that leaves a core between the halos."""
    start = int(rng.integers(0, steps - 1))
    shortest = min(steps - start, 2 * halo + 1)
    return start, int(rng.integers(shortest, steps - start + 1))


def _core(start, length, limit, halo, stride):
    """The part of a crop along one axis that has its halo, or ends where the image ends."""
    first = 0 if start == 0 else halo
    last = length * stride - (0 if (start + length) * stride == limit else halo)
    return slice(first, max(first, last))
