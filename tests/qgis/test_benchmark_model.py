"""Benchmarking a model from QGIS: what the dialog says reaches the worker, and the figures come back."""

import json

import pytest
from terraloom.engine.outcome import Outcome

pytest_plugins = ["real_worker"]

FIGURES = {"mpx_per_s": 1.5, "peak_mb": 900, "share_of_bare_speed": 0.95}


@pytest.fixture
def asked(monkeypatch, home):
    """Stands in for the worker, and keeps what it was asked."""
    from terraloom.engine.worker import pool

    requests = []

    def answer(python, task, request, progress, is_cancelled):
        requests.append((task, request))
        return Outcome({"metrics": request.metrics} if request.metrics else {}, FIGURES)

    monkeypatch.setattr(pool, "run_task", answer)
    return requests


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("benchmarkmodel").run(parameters, context, feedback)
        assert succeeded, feedback.errors
        return results

    return start


def test_parameters_become_a_request_and_figures_come_back(run, asked, home, tmp_path):
    path = str(tmp_path / "speed.json")
    results = run(MODEL="stub-landuse", SIZE=4096, DEVICE="cpu", PRECISION="bf16", THREADS=2, METRICS=path)
    ((task, request),) = asked
    assert task == "benchmark_model"
    assert request.model == str(home / "models" / "stub-landuse" / "model.onnx")
    assert (request.side_px, request.device, request.precision, request.threads) == (4096, "cpu", "bf16", 2)
    assert results == {"METRICS": path, "MPX_PER_S": 1.5, "PEAK_MB": 900, "SHARE": 0.95}


def test_defaults(run, asked):
    assert run() == {"MPX_PER_S": 1.5, "PEAK_MB": 900, "SHARE": 0.95}
    ((_, request),) = asked
    assert (request.side_px, request.device, request.precision, request.threads) == (2048, "auto", "auto", 0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SIZE": 100}, "SIZE is 100 px; it must lie between 256 and 32768"),
        ({"SIZE": 100000}, "SIZE is 100000 px"),
        ({"DEVICE": "gpu"}, "DEVICE is gpu"),
        ({"MODEL_FILE": "none.onnx"}, "There is no model file"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, given, words):
    accepted, sentence = algorithm("benchmarkmodel").checkParameterValues(given, context)
    assert not accepted and words in sentence
    assert asked == []


def test_the_bundled_model_is_measured(front_door, worker_python, tmp_path):
    """With the real worker."""
    values = {"MODEL": "landuse-vhr", "SIZE": 256, "METRICS": tmp_path / "speed.json"}
    ended = front_door.run("terraloom:benchmarkmodel", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    told = json.loads((tmp_path / "speed.json").read_text("utf-8"))
    assert results["MPX_PER_S"] == pytest.approx(told["mpx_per_s"]) and results["MPX_PER_S"] > 0
    assert results["PEAK_MB"] == told["peak_mb"] and results["SHARE"] == pytest.approx(told["share_of_bare_speed"])
