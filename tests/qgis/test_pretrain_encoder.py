"""Pre-training from QGIS: what the dialog says reaches the worker, and what it learnt starts a training."""

import json
import random
from pathlib import Path

import pytest
from osgeo import gdal, osr
from terraloom.engine.requests.pretrain_encoder import PretrainEncoder

pytest_plugins = ["real_worker"]

FIGURES = {"recall_1": 0.4, "recall_5": 0.7, "choices": 48.0, "recall_1_before": 0.01}


@pytest.fixture
def asked(stand_in):
    return stand_in("pretrain_encoder", FIGURES, tier="learn")


def image(path, bands=2, side=96, seed=0):
    """Coarse fields with noise, where every place looks its own way; the path."""
    chance = random.Random(seed)  # noqa: S311 - images, no secrets
    data = gdal.GetDriverByName("GTiff").Create(str(path), 3 * side, side, bands)
    data.SetGeoTransform((500000, 10, 0, 5700000, 0, -10))
    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    data.SetProjection(system.ExportToWkt())
    for band in range(1, bands + 1):
        cells = [[chance.randrange(30, 226) for _ in range(3 * side // 4)] for _ in range(side // 4)]
        pixels = bytes(
            cells[row // 4][column // 4] + chance.randrange(-20, 20)
            for row in range(side)
            for column in range(3 * side)
        )
        data.GetRasterBand(band).WriteRaster(0, 0, 3 * side, side, pixels)
    data = None
    return str(path)


def started(algorithm, context, feedback, parameters):
    results, succeeded = algorithm("pretrainencoder").run(parameters, context, feedback, catchExceptions=False)
    assert succeeded
    return results


def test_defaults_are_those_of_the_request(algorithm, context, feedback, asked, tmp_path):
    given = {"INPUT": [image(tmp_path / "a.tif")], "CHECKPOINT": str(tmp_path / "encoder.safetensors")}
    results = started(algorithm, context, feedback, given)
    assert asked.requests == [PretrainEncoder(((given["INPUT"][0],),), given["CHECKPOINT"])]
    assert results == {"CHECKPOINT": given["CHECKPOINT"], **{name.upper(): value for name, value in FIGURES.items()}}


def test_parameters_become_a_request(algorithm, context, feedback, asked, spec, tmp_path):
    files = [image(tmp_path / f"{name}.tif") for name in "abc"]
    given = {
        "INPUT": files[:2],
        "INPUT_2": files[2:],
        "METHOD": "crossmodal",
        "SPEC": spec,
        "TILES": 50,
        "TILE_SIZE": 32,
        "EPOCHS": 7,
        "LEARNING_RATE": 0.003,
        "BATCH_SIZE": 4,
        "SEED": 3,
        "RESUME": True,
        "DEVICE": "cpu",
        "THREADS": 2,
        "CHECKPOINT": str(tmp_path / "encoder.safetensors"),
        "REPORT": str(tmp_path / "page.html"),
    }
    results = started(algorithm, context, feedback, given)
    assert asked.requests == [
        PretrainEncoder(
            inputs=(tuple(files[:2]), tuple(files[2:])),
            checkpoint=given["CHECKPOINT"],
            method="crossmodal",
            spec=spec,
            tiles=50,
            tile_px=32,
            epochs=7,
            learning_rate=0.003,
            batch_size=4,
            seed=3,
            resume=True,
            device="cpu",
            threads=2,
            report=given["REPORT"],
        )
    ]
    assert results["REPORT"] == given["REPORT"]


def test_a_folder_stands_for_its_rasters_and_results_may_be_temporary(algorithm, context, feedback, asked, tmp_path):
    folder = tmp_path / "scenes"
    folder.mkdir()
    files = [image(folder / f"{name}.tif") for name in "ab"]
    given = {"INPUT": [str(folder)], "CHECKPOINT": "TEMPORARY_OUTPUT"}
    assert algorithm("pretrainencoder").checkParameterValues(given, context)[0]
    started(algorithm, context, feedback, given)
    (request,) = asked.requests
    assert request.inputs == (tuple(files),) and request.checkpoint.endswith(".safetensors")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"INPUT": []}, "no input raster"),
        ({"INPUT": ["nowhere.tif"]}, "cannot open as a raster"),
        ({"METHOD": "crossmodal"}, "images of the second sensor in INPUT_2"),
        ({"METHOD": "mae"}, "give a SPEC with that encoder"),
        ({"CHECKPOINT": "weights.pt"}, "ends in .safetensors"),
        ({"DEVICE": "directml"}, "DEVICE is directml; it must be auto, cpu or cuda:0"),
        ({"SPEC": "nowhere.json"}, "There is no spec file"),
        ({"RESUME": True, "CHECKPOINT": "TEMPORARY_OUTPUT"}, "temporary"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, tmp_path, monkeypatch, changes, words):
    monkeypatch.chdir(tmp_path)
    given = {"INPUT": [image(tmp_path / "a.tif")], "CHECKPOINT": str(tmp_path / "encoder.safetensors"), **changes}
    accepted, sentence = algorithm("pretrainencoder").checkParameterValues(given, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_an_encoder_is_pretrained_by_the_real_worker(front_door, own_library, tmp_path):
    values = {
        "INPUT": image(tmp_path / "a.tif"),
        "TILES": 16,
        "TILE_SIZE": 32,
        "EPOCHS": 1,
        "BATCH_SIZE": 4,
        "THREADS": 1,
        "CHECKPOINT": tmp_path / "encoder.safetensors",
        "REPORT": tmp_path / "page.html",
    }
    ended = front_door.run("terraloom:pretrainencoder", values, ["--json"], own_library)
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    assert 0 <= results["RECALL_1"] <= 1 and results["CHOICES"] >= 3
    assert (tmp_path / "encoder.safetensors").stat().st_size > 100_000
    assert "Recall@1" in Path(results["REPORT"]).read_text("utf-8")
