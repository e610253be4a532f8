"""Importing a model from QGIS: what the dialog says reaches the worker, and the model is there to choose."""

import json
import subprocess
from pathlib import Path

import pytest
from terraloom.engine.environment.locations import environment_folder
from terraloom.engine.outcome import Outcome
from terraloom.engine.requests.card_fields import CardFields

pytest_plugins = ["real_worker"]

TOYS = Path(__file__).resolve().parents[1]


@pytest.fixture
def asked(monkeypatch, home):
    """Stands in for the worker, and keeps what it was asked."""
    from terraloom.engine.worker import pool

    requests = []

    def answer(python, task, request, progress, is_cancelled):
        requests.append((task, request))
        outputs = {"model_file": str(request.folder / "model.onnx"), "report": request.report}
        return Outcome({name: path for name, path in outputs.items() if path}, {"model": request.model_id})

    monkeypatch.setattr(pool, "run_task", answer)
    return requests


@pytest.fixture
def network(tmp_path):
    path = tmp_path / "Roads.onnx"
    path.write_bytes(b"")
    return str(path)


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("importmodel").run(parameters, context, feedback)
        assert succeeded, feedback.errors
        return results

    return start


def test_what_the_user_says_reaches_the_worker(run, asked, home, network, tmp_path):
    results = run(
        FILE=network,
        NAME="My roads",
        TASK="semantic-segmentation",
        CLASSES="background; road",
        BAND_NAMES="red;green;blue",
        RESOLUTION=0.3,
        MEAN="1;2;3",
        STD="4",
        ACTIVATION="sigmoid",
        HEAD="logits",
        THRESHOLD=0.6,
        OVERLAP=0.25,
        DETECTION_TYPE="YOLO_v9",
        CONFIDENCE_THRESHOLD=0.7,
        IOU_THRESHOLD=0.3,
        REPORT=str(tmp_path / "report.html"),
    )
    ((task, request),) = asked
    assert task == "import_model"
    assert request.fields == CardFields(
        task="semantic-segmentation",
        classes=("background", "road"),
        bands=("red", "green", "blue"),
        resolution_m=0.3,
        mean=(1, 2, 3),
        std=(4,),
        activation="sigmoid",
        head="logits",
        detection_type="YOLO_v9",
        confidence=0.7,
        iou=0.3,
        overlap=0.25,
        threshold=0.6,
    )
    assert results == {
        "MODEL": "my-roads",
        "MODEL_FILE": str(home / "models" / "my-roads" / "model.onnx"),
        "REPORT": str(tmp_path / "report.html"),
    }


def test_what_is_left_empty_is_not_said(run, asked, network):
    assert run(FILE=network)["MODEL"] == "roads"
    ((_, request),) = asked
    assert request.fields == CardFields() and request.report == ""


def test_a_link_goes_by_its_own_name(run, asked, tmp_path):
    (tmp_path / "4c1f").write_bytes(b"")
    link = tmp_path / "model.onnx"
    link.symlink_to("4c1f")
    assert run(FILE=str(link))["MODEL"] == "model"
    ((_, request),) = asked
    assert request.file == str(link), "what describes it lies beside the link"


def test_of_an_emd_the_network_that_it_names_is_imported(run, asked, tmp_path):
    (tmp_path / "land.onnx").write_bytes(b"")
    (tmp_path / "LandUse.emd").write_text('{"ModelFile": ".\\\\land.onnx"}')
    assert run(FILE=str(tmp_path / "LandUse.emd"))["MODEL"] == "land"
    ((_, request),) = asked
    assert request.file == str(tmp_path / "land.onnx")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"FILE": ""}, "FILE is empty"),
        ({"FILE": "none.onnx"}, "There is no model file"),
        ({"FILE": "model.pth"}, "torch.onnx.export"),
        ({"NAME": "//"}, "at least one letter"),
        ({"MEAN": "1;x"}, "MEAN has the entry x"),
        ({"MEAN": "1"}, "without STD"),
        ({"CLASSES": "a;;b"}, "CLASSES has an empty name"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, network, given, words):
    accepted, sentence = algorithm("importmodel").checkParameterValues({"FILE": network, **given}, context)
    assert not accepted and words in sentence
    assert asked == []


def test_an_imported_model_can_be_chosen(front_door, worker_python, tmp_path):
    """With the real worker, and a library of this test's own."""
    network, card = tmp_path / "Brightest band.onnx", tmp_path / "card.json"
    code = (
        f"import sys; sys.path.insert(0, {str(TOYS)!r}); import foreign_toys; foreign_toys.segmentor({str(network)!r})"
    )
    subprocess.run([str(worker_python), "-s", "-c", code], check=True, timeout=120)
    own = {"TERRALOOM_HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "environment").symlink_to(environment_folder())
    ended = front_door.run("terraloom:importmodel", {"FILE": network}, ["--json"], own)
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    assert told["results"] == {
        "MODEL": "brightest-band",
        "MODEL_FILE": str(tmp_path / "home" / "models" / "brightest-band" / "model.onnx"),
    }
    assert "in the way of Deepness" in " ".join(told["log"]["info"])
    ended = front_door.run("terraloom:modelinfo", {"MODEL": "brightest-band", "CARD": card}, variables=own)
    assert ended.code == 0, ended.complained
    assert json.loads(card.read_text("utf-8"))["id"] == "brightest-band"
