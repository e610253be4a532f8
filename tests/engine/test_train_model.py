"""What is trained on chips is a model that maps what the chips show, with a card that tells how good it is."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import rasterio
from terraloom.engine.chips.chip_set import MANIFEST
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.jobs import train_model
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked, card_in


def test_a_network_learns_and_says_how_well(tmp_path):
    write_chips(tmp_path / "chips")
    heard = Heard()
    request = asked(tmp_path, report=str(tmp_path / "report.html"), checkpoint=str(tmp_path / "state.pt"))
    outcome = train_model.run(request, heard)
    assert outcome.metrics["miou"] > 0.9
    assert outcome.metrics["split"] == "test"
    card = card_in(request.output)
    scores = card.document["properties"]["terraloom:held_out_scores"]
    assert scores["split"] == "test"
    assert scores["mean_iou"]["value"] == pytest.approx(outcome.metrics["miou"], abs=1e-5)
    assert scores["context_gain"]["value"] == pytest.approx(outcome.metrics["context_gain"], abs=1e-5)
    assert (tmp_path / "library" / "mine" / "model.onnx").read_bytes() == Path(request.output).read_bytes()
    assert ModelCard.from_file(tmp_path / "library" / "mine" / "card.json").legend == card.legend
    page = (tmp_path / "report.html").read_text()
    assert "Context gain" in page and "data:image/png" in page and "http" not in page.replace("http://www.w3.org", "")
    assert (tmp_path / "state.pt").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "chips", "library", "mine.onnx", "report.html", "state.pt"
    ]  # fmt: skip
    assert "random forest" in heard.text


def test_the_file_says_what_the_labels_say(tmp_path):
    """The trained file, fed with a raw chip by the rules of its card, draws the chip's labels."""
    chips = write_chips(tmp_path / "chips")
    request = asked(tmp_path)
    train_model.run(request, Silent())
    card = card_in(request.output)
    chip = chips.of("test")[0]
    with rasterio.open(chips.image_file(chip, chips.inputs[0])) as dataset:
        raw = dataset.read()
    with rasterio.open(chips.label_file(chip)) as dataset:
        labels = dataset.read(1)
    bands = card.inputs[0].bands
    scaled = np.stack([(band - wants.mean) / wants.std for band, wants in zip(raw, bands, strict=True)])
    session = onnxruntime.InferenceSession(request.output, providers=["CPUExecutionProvider"])
    (logits,) = session.run(None, {card.inputs[0].name: scaled[np.newaxis].astype(np.float32)})
    said = np.array(card.legend.values)[logits[0].argmax(axis=0)]
    known = labels != 255
    assert (said == labels)[known].mean() > 0.95


def test_values_are_learnt(tmp_path):
    write_values(tmp_path / "chips")
    heard = Heard()
    outcome = train_model.run(asked(tmp_path, preset="regression", epochs=20), heard)
    assert outcome.metrics["r2"] > 0.8
    assert "On the test chips: R² 0." in heard.text and "psnr_db" not in heard.text
    card = card_in(str(tmp_path / "mine.onnx"))
    assert card.task == "regression"
    assert card.document["properties"]["terraloom:training_data"]["class_weights"] == "none"
    assert card.output.factor == pytest.approx(40, rel=0.2)  # values are twice a band of deviation 20


@pytest.mark.parametrize("names", [("optical", "sar")])
def test_several_inputs_are_learnt_from(tmp_path, names):
    write_chips(tmp_path / "chips", names=names)
    outcome = train_model.run(asked(tmp_path, preset="auto", baseline=False), Silent())
    card = card_in(str(tmp_path / "mine.onnx"))
    assert tuple(source.name for source in card.inputs) == names
    assert card.document["properties"]["terraloom:network_spec"]["fusion"]["name"] == "available"
    assert outcome.metrics["miou"] > 0.7
    assert all(source.optional for source in card.inputs), "maps can be made without one of them"
    scores = card.document["properties"]["terraloom:held_out_scores"]["mean_iou_without"]
    assert set(scores) == set(names) and scores["sar"]["value"] > 0.7, "the class is in both images"


def test_series_are_learnt_from(tmp_path):
    write_chips(tmp_path / "chips", names=("series",), days=(0, 16, 48))
    outcome = train_model.run(asked(tmp_path, preset="auto", epochs=20, baseline=False), Silent())
    card = card_in(str(tmp_path / "mine.onnx"))
    assert card.inputs[0].days == (0, 16, 48)
    assert card.receptive_radius_px == 0
    assert outcome.metrics["miou"] > 0.9


def test_same_seed_same_model(tmp_path):
    write_chips(tmp_path / "chips")
    hashes = []
    for name in ("one", "two"):
        output = str(tmp_path / f"{name}.onnx")
        train_model.run(asked(tmp_path, output=output, epochs=4, baseline=False), Silent())
        hashes.append(card_in(output).document["properties"]["terraloom:weights_sha256"])
    assert hashes[0] == hashes[1]


TESTS = str(Path(__file__).resolve().parents[1])
RUN = f"""
import json, sys
sys.path.insert(0, {TESTS!r})
import conftest
from terraloom.engine.jobs import train_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.train_model import TrainModel
print("ready", flush=True)
train_model.run(TrainModel(**json.loads(sys.argv[1])), Silent())
"""


def test_a_killed_training_is_resumed_to_the_same_weights(tmp_path, monkeypatch):
    write_chips(tmp_path / "chips")
    whole = asked(tmp_path, output=str(tmp_path / "whole.onnx"), epochs=50, baseline=False, resume=True)
    train_model.run(whole, Silent())

    torn = asked(tmp_path, output=str(tmp_path / "torn.onnx"), epochs=50, baseline=False, resume=True)
    state = tmp_path / ".torn.onnx.terraloom" / "training.pt"
    command = [sys.executable, "-c", RUN, json.dumps(torn.__dict__)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not state.is_file() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert state.is_file() and not Path(torn.output).exists(), "the training was not killed half-way"

    heard = Heard()
    train_model.run(torn, heard)
    assert "An interrupted training goes on" in heard.text
    one, two = (card_in(request.output).document["properties"] for request in (whole, torn))
    assert one["terraloom:weights_sha256"] == two["terraloom:weights_sha256"]
    assert not state.parent.exists()


def test_a_result_that_cannot_be_replaced_costs_no_training(tmp_path, monkeypatch):
    write_chips(tmp_path / "chips")
    request = asked(tmp_path, resume=True, epochs=4, baseline=False)

    def refuse(_):
        raise OutputError("It is open in another program.")

    with monkeypatch.context() as patch, pytest.raises(OutputError, match="open in another program"):
        patch.setattr(train_model.Workspace, "publish", refuse)
        train_model.run(request, Silent())
    assert not Path(request.output).exists() and not (tmp_path / "library" / "mine").exists()
    heard = Heard()
    train_model.run(request, heard)
    assert "An interrupted training goes on" in heard.text and "Step" not in heard.text, "no step was taken again"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chips", "library", "mine.onnx"]


def interrupt(request):
    """Train to the first step that is told, as if killed there."""

    class Stopping(Silent):
        def log(self, template, **values):
            if template.startswith("Step"):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_model.run(request, Stopping())


def test_another_training_is_not_resumed(tmp_path):
    write_chips(tmp_path / "chips")
    interrupt(asked(tmp_path, resume=True, epochs=50))
    with pytest.raises(OutputError, match="had other chips, another network or other parameters") as refusal:
        train_model.run(asked(tmp_path, resume=True, epochs=50, batch_size=2, seed=7), Silent())
    assert "(BATCH_SIZE 4 → 2, SEED 0 → 7)" in str(refusal.value)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    """Asks for a training, changed or not, that was interrupted; what it was of."""
    folder = tmp_path_factory.mktemp("interrupted")
    write_chips(folder / "chips")
    write_chips(folder / "others", seed=1)
    for number in (1, 2):
        model = str(folder / f"model{number}.onnx")
        train_model.run(asked(folder, output=model, epochs=1, seed=number, baseline=False), Silent())

    def ask(**changes):
        files = {"chips", "teacher", "initial"} & changes.keys()
        objectives = "cross_entropy=1;distillation=0.1;waterlevel=0.1"
        given = {"objectives": objectives, "teacher": str(folder / "model1.onnx"), "elevation": "b", "water": "Low"}
        given |= changes | {name: str(folder / changes[name]) for name in files}
        return asked(folder, baseline=False, resume=True, **{"epochs": 50, **given})

    interrupt(ask())
    return ask, json.loads((folder / ".mine.onnx.terraloom" / "journal.json").read_text())["of"]


CHANGES = {
    "CHIPS": {"chips": "others"},
    "PRESET, SPEC": {"preset": "landcover"},
    "OBJECTIVES": {"objectives": "cross_entropy=1;distillation=0.2;waterlevel=0.1"},
    "LEARNING_RATE": {"learning_rate": 0.01},
    "EPOCHS": {"epochs": 40},
    "CLASS_WEIGHTS": {"class_weights": "none"},
    "BATCH_SIZE": {"batch_size": 2},
    "AUGMENT": {"augment": "light"},
    "PATIENCE": {"patience": 3},
    "SEED": {"seed": 7},
    "LABEL_SMOOTHING": {"label_smoothing": 0.1},
    "ELEVATION": {"elevation": "a"},
    "WATER_CLASSES": {"water": "High"},
    "TEACHER": {"teacher": "model2.onnx"},
    "INITIAL": {"initial": "model2.onnx"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_training_with_another_parameter_is_not_resumed(interrupted, name):
    ask, _ = interrupted
    with pytest.raises(OutputError, match=rf"other parameters \({name}\b"):
        train_model.run(ask(**CHANGES[name]), Silent())


def test_a_training_of_another_version_is_not_resumed(interrupted, monkeypatch):
    ask, of = interrupted
    assert of.keys() == {"version", *CHANGES}
    monkeypatch.setattr(train_model, "VERSION", "0.0.1")
    with pytest.raises(OutputError, match=r"other parameters \(version .* 0\.0\.1\)"):
        train_model.run(ask(), Silent())


def test_a_damaged_state_is_refused_in_words(tmp_path):
    write_chips(tmp_path / "chips")
    request = asked(tmp_path, resume=True, epochs=50, baseline=False)
    interrupt(request)
    state = tmp_path / ".mine.onnx.terraloom" / "training.pt"
    whole = state.read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"no state at all"):
        state.write_bytes(content)
        with pytest.raises(ModelError, match="training.pt, cannot be read: .*Set RESUME to false to start anew"):
            train_model.run(request, Silent())
    train_model.run(asked(tmp_path, resume=False, epochs=4, baseline=False), Silent())


def test_a_stopped_training_leaves_nothing(tmp_path):
    write_chips(tmp_path / "chips")

    class Stopping(Silent):
        def log(self, template, **values):
            if template.startswith("Step"):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_model.run(asked(tmp_path, checkpoint=str(tmp_path / "state.pt")), Stopping())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chips"]


def test_chips_that_cannot_be_cleared_away_yet_fail_no_training(tmp_path, mapped_files_stay):
    write_chips(tmp_path / "chips")
    outcome = train_model.run(asked(tmp_path, epochs=1, baseline=False), Silent())
    assert outcome.metrics["model"] == "mine"


@pytest.mark.parametrize("device", ["cuda:99", "gpu"])
def test_a_device_that_is_not_there(tmp_path, device):
    write_chips(tmp_path / "chips")
    with pytest.raises(ModelError, match=f"DEVICE is {device}, which torch cannot use"):
        train_model.run(asked(tmp_path, device=device), Silent())


@pytest.mark.parametrize(
    ("splits", "message"), [(("train",), "single training chip"), (("train",) * 2, "kept for validation")]
)
def test_poor_chips_are_told_of(tmp_path, splits, message):
    write_chips(tmp_path / "chips", splits=splits)
    heard = Heard()
    train_model.run(asked(tmp_path, epochs=2, baseline=False), heard)
    assert message in heard.text and (tmp_path / "mine.onnx").is_file()


def test_chips_of_which_none_is_for_training_are_refused(tmp_path):
    write_chips(tmp_path / "chips", splits=("test",) * 2)
    with pytest.raises(InputError, match="None of the chips in .* is for training"):
        train_model.run(asked(tmp_path), Silent())


def test_missing_classes_are_named(tmp_path):
    chips = write_chips(tmp_path / "chips")
    document = json.loads((chips.folder / MANIFEST).read_text())
    document["classes"].append({"value": 9, "name": "Snow", "color_hint": "FFFFFF"})
    (chips.folder / MANIFEST).write_text(json.dumps(document))
    heard = Heard()
    train_model.run(asked(tmp_path, epochs=2, baseline=False), heard)
    assert "No training chip holds Snow" in heard.text


def test_chips_that_do_not_suit_the_network(tmp_path):
    write_chips(tmp_path / "chips", side_px=20)
    with pytest.raises(InputError, match="20 px wide, the network takes multiples of 8 px. Make chips of 16"):
        train_model.run(asked(tmp_path, preset="landcover"), Silent())
    with pytest.raises(ModelError, match="preset 'regression' is for values, the training chips hold classes"):
        train_model.run(asked(tmp_path, preset="regression"), Silent())
    with pytest.raises(ModelError, match="no objective 'beauty'"):
        train_model.run(asked(tmp_path, objectives="beauty=1"), Silent())


def test_a_learning_rate_that_diverges_stops_with_advice(tmp_path):
    write_chips(tmp_path / "chips")
    with pytest.raises(ModelError, match="Lower the learning rate"):
        train_model.run(asked(tmp_path, learning_rate=1e30), Silent())
    assert not (tmp_path / "mine.onnx").exists()


def test_progress_never_goes_back_while_a_network_learns(tmp_path):
    write_chips(tmp_path / "chips")
    seen = []

    class Watching(Silent):
        def update(self, fraction, mpx_per_s=None):
            seen.append(fraction)

        def log(self, template, **values):
            if template.startswith("Validation"):
                seen.append(seen[-1])

    train_model.run(asked(tmp_path, baseline=False), Watching())
    assert seen == sorted(seen) and len({fraction for fraction in seen if 0.05 < fraction < 0.85}) > 10


def test_models_without_a_name_take_a_free_one(tmp_path):
    for number, name in ((1, "mine"), (2, "mine-2")):
        folder = tmp_path / str(number)
        write_chips(folder, seed=number)
        outcome = train_model.run(asked(tmp_path, chips=str(folder), epochs=2, baseline=False), Silent())
        assert outcome.metrics["model"] == name
        assert (tmp_path / "library" / name / "model.onnx").is_file()
    with pytest.raises(ModelError, match="There is a model mine already"):
        train_model.run(asked(tmp_path, chips=str(folder), name="mine", epochs=2, baseline=False), Silent())


def test_a_model_of_a_folder_with_dots_is_called_like_it(tmp_path):
    request = asked(tmp_path, name="", temporary=True, chips=str(tmp_path / "chips.2024.spring"))
    assert request.wanted_id == "chips.2024.spring"


def test_the_log_tells_of_as_many_chips_as_there_are(tmp_path):
    chips = write_chips(tmp_path / "chips")
    heard = Heard()
    train_model.run(asked(tmp_path, epochs=1, batch_size=100_000, baseline=False), heard)
    assert f"1 steps of {len(chips.of('train'))} chips" in heard.text
