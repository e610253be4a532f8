"""Optimising a model from QGIS: what the dialog says reaches the worker, and the figures come back."""

import json

import pytest
from qgis.core import QgsProcessingException
from terraloom.engine.errors import ModelError
from terraloom.engine.outcome import Outcome
from terraloom.engine.requests.assignments import BandChoice, BandScale

pytest_plugins = ["real_worker"]


class StubWorker:
    """Stands in for the worker, and keeps what it was asked."""

    def __init__(self):
        self.requests, self.error = [], None

    def __call__(self, python, task, request, progress, is_cancelled):
        self.requests.append(request)
        if self.error:
            raise self.error
        return Outcome({"output": request.output}, {"loss": 0.25, "speedup": 3.0})


@pytest.fixture
def asked(monkeypatch, home):
    from terraloom.engine.worker import pool

    stub = StubWorker()
    monkeypatch.setattr(pool, "run_task", stub)
    return stub


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("optimisemodel").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded
        return results

    return start


def test_parameters_become_a_request_and_figures_come_back(run, asked, home, make_raster, tmp_path):
    images, truth = [make_raster("a.tif"), make_raster("b.tif")], make_raster("truth.tif", bands=1)
    results = run(
        MODEL="stub-landuse",
        PRECISION="bf16",
        CALIBRATION=images,
        LABELS=truth,
        MAX_LOSS=1.5,
        BANDS="red=3",
        SCALE="*=0.5",
        OUTPUT=str(tmp_path / "fast.onnx"),
    )
    (request,) = asked.requests
    assert request.model == str(home / "models" / "stub-landuse" / "model.onnx")
    assert (request.precision, request.max_loss) == ("bf16", 1.5)
    assert (request.calibration, request.labels) == (tuple(images), (truth,))
    assert request.bands == (BandChoice(1, "red", 3),) and request.scale == (BandScale(1, "*", 0.5, 0.0),)
    assert results == {"OUTPUT": str(tmp_path / "fast.onnx"), "LOSS": 0.25, "SPEEDUP": 3.0}


def test_defaults(run, asked, make_raster):
    assert run(CALIBRATION=make_raster(), OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"].endswith(".onnx")
    (request,) = asked.requests
    assert (request.precision, request.max_loss, request.labels, request.bands) == ("int8", 0.5, (), ())


def test_a_refusal_is_worded(run, asked, make_raster):
    asked.error = ModelError("It loses {loss:.1f} points.", loss=2)
    with pytest.raises(QgsProcessingException, match="loses 2.0 points"):
        run(CALIBRATION=make_raster(), OUTPUT="TEMPORARY_OUTPUT")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CALIBRATION": "none.tif"}, "cannot open as a raster"),
        ({"CALIBRATION": []}, "no input raster"),
        ({"OUTPUT": "fast.tif"}, "ends in .onnx"),
        ({"BANDS": "red"}, "band=value"),
        ({"MODEL": "urban"}, "urban"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, make_raster, given, words):
    parameters = {"CALIBRATION": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT", **given}
    accepted, sentence = algorithm("optimisemodel").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_layers_that_are_no_files_and_labels_that_do_not_match_are_refused(
    algorithm, context, asked, make_raster, load_raster, tiles
):
    drawn = load_raster(tiles[0], "street map", "wms")
    made = algorithm("optimisemodel")
    accepted, sentence = made.checkParameterValues({"CALIBRATION": drawn, "OUTPUT": "TEMPORARY_OUTPUT"}, context)
    assert not accepted and "street map is not a file" in sentence
    images = [make_raster(f"{name}.tif") for name in "abc"]
    parameters = {"CALIBRATION": images, "LABELS": images[:2], "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = made.checkParameterValues(parameters, context)
    assert not accepted and "2 rasters of labels for 3 images" in sentence


def test_the_original_is_not_overwritten(algorithm, context, asked, home, make_raster):
    model = str(home / "models" / "stub-landuse" / "model.onnx")
    parameters = {"MODEL_FILE": model, "CALIBRATION": make_raster(), "OUTPUT": model}
    accepted, sentence = algorithm("optimisemodel").checkParameterValues(parameters, context)
    assert not accepted and "also an input" in sentence


def test_a_bundled_model_is_quantised_and_runs(front_door, samples, tmp_path):
    """With the real worker."""
    fast = tmp_path / "fast.onnx"
    source = {"SCALE": "*=50,127"}
    given = {"MODEL": "landuse-vhr", "CALIBRATION": samples / "noise.tif", "MAX_LOSS": 100, "OUTPUT": fast, **source}
    ended = front_door.run("terraloom:optimisemodel", given, ["--json"])
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    assert told["results"]["OUTPUT"] == str(fast) and told["results"]["SPEEDUP"] > 0
    assert "layers left at fp32: loss" in " ".join(told["log"]["info"])
    given = {"INPUT": samples / "noise.tif", "MODEL_FILE": fast, "OUTPUT": tmp_path / "map.tif", **source}
    ended = front_door.run("terraloom:segmentlanduse", given, ["--json"])
    assert ended.code == 0, ended.complained
    assert " at int8 with " in " ".join(json.loads(ended.said)["log"]["info"])
