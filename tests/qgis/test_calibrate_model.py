"""Calibrating a model from QGIS: what the dialog says reaches the worker, and the figures come back."""

import json
import random
from pathlib import Path

import pytest
from osgeo import gdal
from terraloom.engine.library.card import ModelCard

pytest_plugins = ["real_worker"]

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled" / "landuse-vhr"
FIGURES = {"temperature": 1.5, "ece_before": 0.2, "ece_after": 0.1, "nll_before": 0.9, "nll_after": 0.8}


@pytest.fixture
def asked(stand_in):
    return stand_in("calibrate_model", FIGURES)


@pytest.fixture
def chips(tmp_path):
    folder = tmp_path / "chips"
    folder.mkdir()
    (folder / "chips.json").write_text("{}")
    return str(folder)


def test_parameters_become_a_request_and_figures_come_back(algorithm, context, feedback, asked, home, chips, tmp_path):
    given = {
        "MODEL": "stub-landuse",
        "CHIPS": chips,
        "OUTPUT": str(tmp_path / "better.onnx"),
        "REPORT": str(tmp_path / "report.html"),
    }
    results, succeeded = algorithm("calibratemodel").run(given, context, feedback, catchExceptions=False)
    assert succeeded
    (request,) = asked.requests
    assert request.model == str(home / "models" / "stub-landuse" / "model.onnx") and request.chips == chips
    assert (request.output, request.report) == (given["OUTPUT"], given["REPORT"])
    numbers = {name.upper(): value for name, value in FIGURES.items()}
    assert results == {"OUTPUT": given["OUTPUT"], "REPORT": given["REPORT"], **numbers}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CHIPS": "nowhere"}, "there is no chips.json"),
        ({"OUTPUT": "better.tif"}, "ends in .onnx"),
        ({"MODEL_FILE": "none.onnx"}, "There is no model file"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, chips, given, words):
    parameters = {"MODEL": "stub-landuse", "CHIPS": chips, "OUTPUT": "TEMPORARY_OUTPUT", **given}
    accepted, sentence = algorithm("calibratemodel").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_the_bundled_model_is_calibrated(front_door, worker_python, tmp_path):
    """With the real worker, on chips of nothing in particular: what it says of them must not be trusted."""
    card = json.loads((BUNDLED / "card.json").read_text("utf-8"))
    made = ModelCard.from_document(card)
    folder = tmp_path / "chips"
    names = [_write_chip(folder, number, [entry.value for entry in made.legend.entries]) for number in range(4)]
    bands = list(made.inputs[0].band_names)
    source = {"name": made.inputs[0].name, "bands": bands}
    source.update(mean=[100.0] * 3, std=[50.0] * 3, lowest=[0.0] * 3, highest=[255.0] * 3)
    counts = {str(entry.value): 100 for entry in made.legend.entries}
    document = {
        "version": 1,
        "chip_px": 64,
        "resolution_m": None,
        "inputs": [source],
        "classes": made.legend.to_document(),
        "chips": [{"name": name, "split": "validation", "block": name, "pixels": counts} for name in names],
    }
    (folder / "chips.json").write_text(json.dumps(document), "utf-8")
    values = {
        "MODEL": made.model_id,
        "CHIPS": folder,
        "OUTPUT": tmp_path / "better.onnx",
        "REPORT": tmp_path / "report.html",
    }
    ended = front_door.run("terraloom:calibratemodel", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    assert results["TEMPERATURE"] > made.output.temperature, "chance labels leave much doubt"
    assert results["NLL_AFTER"] < results["NLL_BEFORE"]
    assert "hardly go with the labels" in ended.complained + ended.said + (tmp_path / "report.html").read_text("utf-8")
    assert (tmp_path / "better.onnx").stat().st_size > 100_000


def _write_chip(folder, number, values):
    """Noise as image and chance as labels; the name of the chip."""
    chance = random.Random(number)  # noqa: S311 - chips, no secrets
    side = 64
    for place, bands, kind in (("images/image", 3, range(256)), ("labels", 1, values)):
        (folder / place).mkdir(parents=True, exist_ok=True)
        data = gdal.GetDriverByName("GTiff").Create(str(folder / place / f"{number}.tif"), side, side, bands)
        data.SetGeoTransform((500000 + 100 * number, 0.5, 0, 5700000, 0, -0.5))
        for band in range(1, bands + 1):
            pixels = bytes(chance.choice(kind) for _ in range(side * side))
            data.GetRasterBand(band).WriteRaster(0, 0, side, side, pixels)
        data = None
    return str(number)
