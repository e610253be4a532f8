"""Optimising a model from QGIS: what the dialog says reaches the worker, and the figures come back."""

import json
import random
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException
from terraloom.engine.errors import ModelError
from terraloom.engine.library.card import ModelCard
from terraloom.engine.requests.assignments import BandChoice, BandScale

pytest_plugins = ["real_worker"]

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled" / "landuse-vhr"


@pytest.fixture
def asked(stand_in):
    return stand_in("optimise_model", {"loss": 0.25, "speedup": 3.0})


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


@pytest.fixture
def chips(tmp_path):
    folder = tmp_path / "chips"
    folder.mkdir()
    (folder / "chips.json").write_text("{}")
    return str(folder)


@pytest.mark.parametrize("name", ["CHIPS", "CALIBRATION"])
def test_training_chips_take_the_place_of_images(run, asked, chips, name):
    run(**{name: chips, "OUTPUT": "TEMPORARY_OUTPUT"})
    (request,) = asked.requests
    assert (request.chips, request.calibration, request.labels) == (chips, (), ())


@pytest.mark.parametrize("more", ["CALIBRATION", "LABELS", "BANDS", "SCALE"])
def test_what_chips_bring_themselves_is_refused(algorithm, context, asked, make_raster, chips, more):
    value = make_raster() if more in ("CALIBRATION", "LABELS") else {"BANDS": "red=3", "SCALE": "*=0.5"}[more]
    parameters = {"CHIPS": chips, more: value, "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = algorithm("optimisemodel").checkParameterValues(parameters, context)
    assert not accepted and f"beside which {more} would do nothing" in sentence


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CALIBRATION": "none.tif"}, "cannot open as a raster"),
        ({"CALIBRATION": []}, "no input raster"),
        ({"CALIBRATION": None, "CHIPS": "nowhere"}, "there is no chips.json"),
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
    assert not accepted and "CALIBRATION is street map, which is no file (wms). Export it first." in sentence
    images = [make_raster(f"{name}.tif") for name in "abc"]
    parameters = {"CALIBRATION": images, "LABELS": images[:2], "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = made.checkParameterValues(parameters, context)
    assert not accepted and "2 rasters of labels for 3 images" in sentence


def test_folders_of_images_and_labels_pass_the_door(algorithm, context, asked, make_raster, tmp_path):
    parameters = {"OUTPUT": "TEMPORARY_OUTPUT"}
    for name in ("CALIBRATION", "LABELS"):
        folder = tmp_path / name
        folder.mkdir()
        make_raster(f"{name}/a.tif")
        parameters[name] = str(folder)
    assert algorithm("optimisemodel").checkParameterValues(parameters, context) == (True, "")


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


@pytest.mark.parametrize("name", ["CHIPS", "CALIBRATION"])
def test_a_bundled_model_is_judged_by_the_labels_of_chips(front_door, worker_python, tmp_path, name):
    """With the real worker, on chips of noise: no class is right, so hardly anything can be lost."""
    folder = tmp_path / "chips"
    write_chips_of_noise(folder, 4)
    given = {"MODEL": "landuse-vhr", name: folder, "MAX_LOSS": 100, "OUTPUT": tmp_path / "fast.onnx"}
    ended = front_door.run("terraloom:optimisemodel", given, ["--json"])
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    assert told["results"]["OUTPUT"] == str(tmp_path / "fast.onnx") and told["results"]["SPEEDUP"] > 0
    log = " ".join(told["log"]["info"])
    assert "2 chips of the split validation set ranges, 2 others test" in log
    assert "points of mean IoU against the labels" in log and "hardly ever right by these labels" in log
    assert 0 <= told["results"]["LOSS"] < 5


def write_chips_of_noise(folder, count, side=64):
    """Chips for the bundled model: noise as image, chance as labels."""
    card = ModelCard.from_document(json.loads((BUNDLED / "card.json").read_text("utf-8")))
    wants, values = card.inputs[0], [entry.value for entry in card.legend.entries]
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - chips, no secrets
        for place, bands, kind in ((f"images/{wants.name}", 3, range(256)), ("labels", 1, values)):
            (folder / place).mkdir(parents=True, exist_ok=True)
            data = gdal.GetDriverByName("GTiff").Create(str(folder / place / f"{number}.tif"), side, side, bands)
            data.SetGeoTransform((500000 + 100 * number, 0.5, 0, 5700000, 0, -0.5))
            for band in range(1, bands + 1):
                pixels = bytes(chance.choice(kind) for _ in range(side * side))
                data.GetRasterBand(band).WriteRaster(0, 0, side, side, pixels)
            data = None
    source = {"name": wants.name, "bands": list(wants.band_names)}
    source.update(mean=[100.0] * 3, std=[50.0] * 3, lowest=[0.0] * 3, highest=[255.0] * 3)
    counts = {str(value): 100 for value in values}
    document = {
        "version": 1,
        "chip_px": side,
        "resolution_m": None,
        "inputs": [source],
        "classes": card.legend.to_document(),
        "chips": [
            {"name": str(number), "split": "validation", "block": str(number), "pixels": counts}
            for number in range(count)
        ],
    }
    (folder / "chips.json").write_text(json.dumps(document), "utf-8")
