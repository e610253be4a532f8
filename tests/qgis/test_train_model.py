"""Training from QGIS: what the dialog says reaches the worker, and labels become a model that maps and is assessed."""

import json
import shutil
from pathlib import Path

import pytest
from qgis.core import QgsProcessingUtils
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.requests.train_model import TrainModel

pytest_plugins = ["real_worker"]

FIGURES = {"oa": 0.9, "miou": 0.8, "forest_miou": 0.7, "context_gain": 0.1}


@pytest.fixture
def asked(stand_in):
    return stand_in("train_model", {"model": "mine", "split": "test", **FIGURES}, tier="learn")


@pytest.fixture
def chips(tmp_path):
    """A folder whose manifest is right; nobody opens the chips themselves."""
    folder = tmp_path / "chips"
    folder.mkdir()
    inputs = (ChipInput("image", ("red",), (1.0,), (1.0,), (0.0,), (2.0,)),)
    legend = Legend((LegendEntry(1, "Low", "#4477AA"), LegendEntry(2, "High", "#EE6677")))
    chip_set = ChipSet(folder, 16, 10.0, inputs, legend, (Chip("000000", "train", "a", {"1": 100, "2": 156}),))
    (folder / MANIFEST).write_text(chip_set.to_json())
    return str(folder)


@pytest.fixture
def run(algorithm, context, feedback, asked):
    def start(**parameters):
        results, succeeded = algorithm("trainmodel").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded
        return results, asked.requests[-1]

    return start


def test_defaults_are_those_of_the_request(run, home, chips, tmp_path):
    output = str(tmp_path / "mine.onnx")
    results, request = run(CHIPS=chips, OUTPUT=output)
    assert request == TrainModel(chips, output, str(home / "models"))
    figures = {name.upper(): value for name, value in FIGURES.items()}
    assert results == {"OUTPUT": output, "MODEL": "mine", "SPLIT": "test", **figures}


def test_relative_paths_reach_the_worker_in_full(run, chips, spec, tmp_path, monkeypatch):
    (tmp_path / "before.onnx").write_bytes(b"weights")
    monkeypatch.chdir(tmp_path)
    _, request = run(CHIPS="chips", SPEC="spec.json", INITIAL="before.onnx", TEACHER="before.onnx", OUTPUT="mine.onnx")
    assert (request.chips, request.spec, request.output) == (chips, spec, str(tmp_path / "mine.onnx"))
    assert request.initial == request.teacher == str(tmp_path / "before.onnx")
    assert run(CHIPS="chips", INITIAL="imagenet", OUTPUT="mine.onnx")[1].initial == "imagenet"


def test_parameters_become_a_request(run, home, chips, spec, tmp_path):
    initial, teacher = tmp_path / "before.onnx", tmp_path / "teacher.onnx"
    for model in (initial, teacher):
        model.write_bytes(b"weights")
    files = {name: str(tmp_path / file) for name, file in (("CHECKPOINT", "state.pt"), ("REPORT", "report.html"))}
    results, request = run(
        CHIPS=chips,
        PRESET="localcontext",
        SPEC=spec,
        NAME="Mine at last",
        EPOCHS=30,
        SEED=7,
        OBJECTIVES="dice=0.5;focal",
        LABEL_SMOOTHING=0.1,
        TEACHER=str(teacher),
        ELEVATION="dem",
        WATER_CLASSES="River;4",
        LEARNING_RATE=0.003,
        BATCH_SIZE=4,
        AUGMENT="geometric",
        CLASS_WEIGHTS="balanced",
        PATIENCE=3,
        INITIAL=str(initial),
        BASELINE=False,
        RESUME=True,
        DEVICE="cpu",
        THREADS=2,
        OUTPUT=str(tmp_path / "mine.onnx"),
        **files,
    )
    assert (request.chips, request.library) == (chips, str(home / "models"))
    assert (request.preset, request.spec, request.name) == ("localcontext", spec, "Mine at last")
    assert (request.epochs, request.seed, request.objectives) == (30, 7, "dice=0.5;focal")
    assert (request.label_smoothing, request.teacher) == (0.1, str(teacher))
    assert (request.elevation, request.water) == ("dem", "River;4")
    assert (request.learning_rate, request.batch_size) == (0.003, 4)
    assert (request.augment, request.class_weights, request.patience) == ("geometric", "balanced", 3)
    assert (request.initial, request.baseline, request.resume) == (str(initial), False, True)
    assert (request.device, request.threads, request.temporary) == ("cpu", 2, False)
    assert request.outputs == (str(tmp_path / "mine.onnx"), files["CHECKPOINT"], files["REPORT"])
    assert {name: results[name] for name in files} == files


def test_a_model_without_a_name_of_its_own_is_called_like_its_chips(run, chips):
    results, request = run(CHIPS=chips, OUTPUT="TEMPORARY_OUTPUT", REPORT="TEMPORARY_OUTPUT")
    assert request.temporary and request.wanted_id == "chips"
    assert request.output.endswith(".onnx") and request.report == results["REPORT"]
    assert request.report.endswith(".html")


def test_between_the_steps_of_a_model_files_give_no_names(run, chips):
    between = Path(QgsProcessingUtils.generateTempFilename("OUTPUT.onnx"))
    _, request = run(CHIPS=chips, OUTPUT=str(between))
    assert request.temporary and request.wanted_id == "chips"
    folder = Path(QgsProcessingUtils.generateTempFilename("FOLDER"))
    shutil.copytree(chips, folder)
    _, request = run(CHIPS=str(folder), OUTPUT=str(between))
    assert request.wanted_id == "trained"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CHIPS": ""}, "CHIPS is empty"),
        ({"CHIPS": "nowhere"}, "Choose a folder that “Make training chips” has written"),
        ({"SPEC": "none.json"}, "There is no spec file none.json"),
        ({"NAME": "//"}, "NAME is //; it needs at least one letter"),
        ({"OBJECTIVES": "dice=x"}, "The objective dice has the weight"),
        ({"OBJECTIVES": "dice;dice"}, "names dice twice"),
        ({"INITIAL": "none.pt"}, "There is no file none.pt. Check INITIAL"),
        ({"TEACHER": "none.onnx"}, "There is no file none.onnx. Check TEACHER"),
        ({"OUTPUT": "mine.tif"}, "OUTPUT is mine.tif; it must be a name that ends in .onnx"),
        ({"CHECKPOINT": "state.onnx"}, "CHECKPOINT is state.onnx; it must be a name that ends in .pt"),
        ({"RESUME": True}, "RESUME is on, but OUTPUT is a temporary file"),
        ({"PRESET": "magic"}, "Incorrect parameter value for PRESET"),
        ({"EPOCHS": -1}, "cannot be negative"),
        ({"DEVICE": "gpu"}, "DEVICE is gpu; it must be auto, cpu or cuda:0"),
        ({"BATCH_SIZE": 0}, "BATCH_SIZE must be at least 1"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, chips, given, words):
    parameters = {"CHIPS": chips, "OUTPUT": "TEMPORARY_OUTPUT", **given}
    accepted, sentence = algorithm("trainmodel").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_from_labels_to_an_assessed_map(front_door, samples, own_library, tmp_path):
    """With the real worker, step by step: what each step writes is what the next one takes."""

    def step(algorithm, **parameters):
        ended = front_door.run(f"terraloom:{algorithm}", parameters, ["--json"], own_library)
        assert ended.code == 0, ended.complained
        return json.loads(ended.said)["results"]

    image = samples / "image.tif"
    chips = step(
        "maketrainingchips",
        INPUT=image,
        LABELS=samples / "labels.gpkg",
        CLASS_FIELD="kind",
        CHIP_SIZE=32,
        FOLDER=tmp_path / "chips",
    )
    assert chips["CLASSES"] == 2
    model = step(
        "trainmodel",
        CHIPS=chips["FOLDER"],
        NAME="Field or soil",
        EPOCHS=2,
        BASELINE="false",
        THREADS=1,
        OUTPUT=tmp_path / "mine.onnx",
        REPORT=tmp_path / "report.html",
    )
    assert (model["MODEL"], model["SPLIT"]) == ("field-or-soil", "test")
    assert model["OA"] > 0.7 and "FOREST_MIOU" not in model
    assert "What is taken for what" in Path(model["REPORT"]).read_text("utf-8")
    made = step("applymodel", INPUT=image, MODEL=model["MODEL"], DEVICE="cpu", OUTPUT=tmp_path / "map.tif")
    accuracy = step("assessaccuracy", MAP=made["OUTPUT"], REFERENCE=samples / "reference.gpkg", CLASS_FIELD="kind")
    assert accuracy["OA"] > 0.9
