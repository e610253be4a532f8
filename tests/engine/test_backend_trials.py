"""Where two libraries can run a network, the faster one is taken, and remembered."""

import errno
import json
import os
from types import SimpleNamespace

import numpy as np
import pytest
import toys
from backend_cases import opened
from terraloom.engine.backends import choice, openvino_backend, trials
from terraloom.engine.backends.backend import Port
from terraloom.engine.backends.onnxruntime_backend import CPU
from terraloom.engine.errors import CancelledError, ModelError
from terraloom.engine.progress import Silent
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def network(tmp_path):
    return toys.random_network(tmp_path / "m.onnx", 0)


class Timed:
    """A backend that takes as long as it is told."""

    inputs = (Port("image", (None, 2, 64, None), "float32"),)
    precision, threads, library = "fp32", 1, "stub 1"

    def __init__(self, name, clock, seconds, given=()):
        self.name, self._clock, self._seconds, self._given = name, clock, seconds, given
        self.shapes = []

    def run(self, feeds):
        self.shapes.append(feeds["image"].shape)
        if self._seconds is None:
            raise ModelError("It cannot.")
        self._clock.now += self._seconds
        return list(self._given)


@pytest.fixture
def trial(network, monkeypatch):
    """Opens a network by two libraries that take some seconds each; tells which won and how often each ran."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(choice.time, "perf_counter", lambda: clock.now)
    monkeypatch.setattr(openvino_backend, "is_installed", lambda: True)
    monkeypatch.setattr(openvino_backend, "abilities", lambda: frozenset({"FP32"}))
    monkeypatch.setattr(openvino_backend, "processor", lambda: "stub")
    monkeypatch.setattr(openvino_backend, "library", lambda: "OpenVINO 1")

    def run(first_s, second_s, progress=None, precision="fp32", given=((), ()), thrifty=False):
        made = {CPU: Timed(CPU, clock, first_s, given[0])}
        made["OpenVINO CPU"] = Timed("OpenVINO CPU", clock, second_s, given[1])
        monkeypatch.setattr(choice, "OnnxruntimeBackend", lambda *_: made[CPU])
        choice.OnnxruntimeBackend.library = "onnxruntime 1"
        monkeypatch.setattr(choice, "OpenvinoBackend", lambda *_: made["OpenVINO CPU"])
        backend = opened(network, "cpu", "auto", precision, progress, thrifty)
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


def test_that_a_network_is_quick_is_remembered_when_the_machine_is_busy(trial):
    """Else an interrupted run would be taken for another one."""
    trial(0.01, 0.001)
    assert trial(0.2, 0.1)[:2] == (CPU, [0, 0])


def test_slow_networks_are_tried_once(trial):
    assert trial(8.0, 4.0)[:2] == ("OpenVINO CPU", [1, 1])


def test_a_library_that_cannot_run_the_network_is_not_taken(trial):
    told = Recorder()
    assert trial(0.2, None, told)[0] == CPU
    assert told.logs[0] == "OpenVINO CPU is not used: It cannot."


def test_where_the_first_library_cannot_run_the_tile_there_is_no_trial(trial):
    """The network may take tiles of another size."""
    told = Recorder()
    assert trial(None, 0.1, told)[:2] == (CPU, [1, 0])
    assert told.logs[0] == "OpenVINO CPU is not used: It cannot."
    assert trial(0.2, 0.1)[:2] == ("OpenVINO CPU", [5, 4]), "nothing was remembered"


SCORES = np.random.default_rng(0).standard_normal((1, 2, 32, 32)).astype(np.float32)


@pytest.mark.parametrize(
    ("precision", "other"),
    [
        ("fp32", SCORES[..., :31]),
        ("fp32", SCORES.astype(np.float64)),
        ("fp32", SCORES + np.float32(0.001)),
        ("fp32", np.where(SCORES > 3, np.float32(np.nan), SCORES)),
        ("int8", SCORES + np.float32(0.1)),
    ],
    ids=["shape", "type", "values", "no numbers", "int8"],
)
def test_a_faster_library_that_gives_other_values_is_not_taken_nor_tried_again(trial, precision, other):
    told = Recorder()
    assert trial(0.2, 0.1, told, precision, ([SCORES], [other]))[:2] == (CPU, [2, 1])
    assert told.logs[0] == f"OpenVINO CPU is not used: it gives other values than {CPU} on a trial tile."
    assert trial(0.2, 0.1, told, precision)[:2] == (CPU, [0, 0])


@pytest.mark.parametrize(("precision", "difference"), [("fp32", 1e-5), ("int8", 0.02)])
def test_rounding_of_the_precision_makes_no_other_values(trial, precision, difference):
    given = [SCORES], [SCORES + np.float32(difference)]
    assert trial(0.2, 0.1, None, precision, given)[0] == "OpenVINO CPU"


def test_the_same_everywhere_may_differ_in_the_last_digit():
    ones = np.ones((1, 1, 4, 4), np.float32)
    assert choice.alike([ones], [np.nextafter(ones, np.float32(0))], 1e-4)
    assert choice.alike([ones * np.nan], [ones * np.nan], 1e-4)
    assert not choice.alike([ones], [], 1e-4)


def test_a_run_that_spares_memory_has_a_trial_of_its_own(trial):
    assert trial(0.2, 0.1, precision="int8")[:2] == ("OpenVINO CPU", [5, 4])
    assert trial(0.2, 0.4, precision="int8", thrifty=True)[:2] == (CPU, [5, 4])


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


@pytest.mark.skipif(os.name == "nt", reason="there files have no such modes")
def test_others_who_share_the_home_can_read_what_is_remembered(tmp_path):
    trials.remember("mark", "name")
    usual = tmp_path / "usual"
    usual.touch()
    assert (tmp_path / "home" / "trials.json").stat().st_mode == usual.stat().st_mode


def test_what_cannot_be_remembered_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path))
    monkeypatch.setattr(trials.json, "dump", full)
    trials.remember("mark", "name")
    assert list(tmp_path.iterdir()) == [] and trials.recall("mark", ["name"]) is None
