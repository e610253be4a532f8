"""Networks of lines learn from chips of two classes: they find lines, tell directions, and say so in their cards."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pyogrio
import pytest
import torch
from terraloom.engine.chips.chip_set import IGNORE, MANIFEST, ChipSet
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import compose_network, extract_roads, model_info, train_model
from terraloom.engine.learning.batches import Batches
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.evaluation import class_logits, confusion, direction_error_deg, sample_logits
from terraloom.engine.learning.line_directions import NONE, direction_bins
from terraloom.engine.learning.teacher import open_teacher
from terraloom.engine.learning.torch_network import open_torch_network
from terraloom.engine.legend import LegendEntry
from terraloom.engine.library.card import LINES
from terraloom.engine.library.rules import LineRules
from terraloom.engine.progress import Silent
from terraloom.engine.requests.compose_network import ComposedInput, ComposeNetwork
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.model_info import ModelInfo
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation
from terraloom.models.spec import InputSpec
from terraloom.models.turn import DirectionBins
from terraloom.tests.chips import drawn_line, write, write_lines
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked, card_in

BINS = DirectionBins.of_lines(18)


def composed(tmp_path, head="line", bands="2", days=(), **changes):
    """A small network of one's own, as `composenetwork` writes it."""
    path = tmp_path / "spec.json"
    inputs = (ComposedInput("image", int(bands), days),)
    request = ComposeNetwork(inputs=inputs, head=head, depth=3, output=str(path), **{"width": 8} | changes)
    compose_network.run(request, Silent())
    return str(path)


def store_of(tmp_path, chips, bins=BINS, split="train"):
    folder = tmp_path / f"{split} arrays"
    folder.mkdir()
    return ChipStore(chips, chips.of(split), folder, Silent(), bins=bins)


# --- The whole way -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A network of lines, trained on made-up ones; its folder, the request and the outcome."""
    folder = tmp_path_factory.mktemp("lines")
    write_lines(folder / "chips")
    request = asked(
        folder,
        preset="lines",
        spec=composed(folder, width=16),
        epochs=120,
        batch_size=8,
        learning_rate=1e-2,
        report=str(folder / "report.html"),
    )
    return folder, request, train_model.run(request, Silent())


def test_lines_are_found_better_than_single_pixels_tell(trained):
    _, request, outcome = trained
    scores = card_in(request.output).document["properties"]["terraloom:held_out_scores"]
    assert outcome.metrics["split"] == "test"
    assert scores["iou"]["Road"]["value"] > 0.75
    assert outcome.metrics["context_gain"] > 0.1
    assert outcome.metrics["direction_error_deg"] < 15, "45 is chance"
    assert scores["direction_error_deg"] == pytest.approx(outcome.metrics["direction_error_deg"], abs=1e-3)


@pytest.mark.parametrize("angle_deg", [20, 110, 160])
def test_the_file_draws_a_line_of_a_made_up_image_and_its_direction(trained, angle_deg):
    """Read by the rules of its card alone, on an image larger than the chips."""
    _, request, _ = trained
    card = card_in(request.output)
    truth = drawn_line(64, angle_deg)
    rng = np.random.default_rng(angle_deg)
    raw = np.stack([100 + 30 * truth + 15 * rng.normal(size=truth.shape), 50 + 10 * rng.normal(size=truth.shape)])
    scaled = np.stack([(band - wants.mean) / wants.std for band, wants in zip(raw, card.inputs[0].bands, strict=True)])
    session = onnxruntime.InferenceSession(request.output, providers=["CPUExecutionProvider"])
    (output,) = session.run([card.output.name], {"image": scaled[np.newaxis].astype(np.float32)})
    probability = 1 / (1 + np.exp(-output[0, 0] / card.output.temperature))
    found = probability >= card.output.threshold
    assert (found & truth).sum() / (found | truth).sum() > 0.6
    middles = card.lines.first_deg + (output[0, 1:].argmax(axis=0)[found & truth] + 0.5) * 180 / card.lines.bins
    away = np.abs((middles - angle_deg + 90) % 180 - 90)
    assert np.median(away) <= 10


def test_the_card_says_how_lines_are_read(trained):
    folder, request, outcome = trained
    card = card_in(request.output)
    assert (card.task, card.lines) == (LINES, LineRules(18, -5.0))
    assert (card.output.activation, card.output.threshold, card.output.lone) == ("sigmoid", 0.5, False)
    assert card.legend.names == ("Background", "Road")
    (output,) = card.document["properties"]["mlm:output"]
    assert output["result"]["shape"][1] == 19
    assert card.document["properties"]["terraloom:limits"] == []
    network, again = open_torch_network(Path(request.output))
    assert again == card and network.gives.channels == 19


def test_pages_tell_of_lines(trained):
    folder, request, outcome = trained
    page = (folder / "report.html").read_text()
    wrong = f"{outcome.metrics['direction_error_deg']:.1f}° wrong on average"
    assert wrong in page and page.count("data:image/png") == 5 * 3, "image, target and network of the test chips"
    asked_for = ModelInfo(request.output, str(folder / "info.html"), str(folder / "info.json"))
    model_info.run(asked_for, Silent())
    page = Path(asked_for.report).read_text()
    for words in ("Road", "in 18 steps of 10°", "line-extraction", wrong):
        assert words in page


def test_the_file_becomes_centrelines(trained, tmp_path):
    """Two lines that cross are one network, and run where they were drawn."""
    _, request, _ = trained
    side_px = 128
    truth = drawn_line(side_px, 20) | drawn_line(side_px, 110, away_px=20)
    rng = np.random.default_rng(0)
    raw = np.stack([100 + 30 * truth + 15 * rng.normal(size=truth.shape), 50 + 10 * rng.normal(size=truth.shape)])
    write(tmp_path / "image.tif", raw.astype(np.float32), 0, pixel_m=1)
    targets = LineTargets(str(tmp_path / "lines.gpkg"))
    outcome = extract_roads.run(
        ExtractRoads(NetworkRun((str(tmp_path / "image.tif"),), request.output), targets), Silent()
    )
    assert outcome.metrics["connected_parts"] == 1
    fields = pyogrio.read_info(targets.output, layer="lines")["fields"].tolist()
    lines = dict(zip(fields, pyogrio.raw.read(targets.output, layer="lines")[3], strict=True))
    long = lines["length_m"] > 20
    assert lines["length_m"][long].sum() == pytest.approx(2 * side_px / np.cos(np.radians(20)), rel=0.1)
    away = np.abs((lines["bearing_deg"][long][:, np.newaxis] - [70, 160] + 90) % 180 - 90).min(axis=1)
    assert (away < 5).all(), "clockwise from north, 20° and 110° against the clock from east"


def test_what_is_composed_for_lines_is_trained(tmp_path):
    """Without objectives of its own, a network of lines has those of the preset."""
    write_lines(tmp_path / "chips")
    heard = Heard()
    spec = composed(tmp_path, objectives="cross_entropy=1;orientation=0.5")
    train_model.run(asked(tmp_path, preset="auto", spec=spec, epochs=1, baseline=False), heard)
    facts = card_in(str(tmp_path / "mine.onnx")).document["properties"]["terraloom:training_data"]
    assert facts["objectives"] == {"cross_entropy": 1.0, "orientation": 0.5}
    assert "Road is taken for the lines, Background for all that is none" in heard.text
    spec = composed(tmp_path)
    train_model.run(asked(tmp_path, preset="auto", spec=spec, epochs=1, baseline=False), Silent())
    facts = card_in(str(tmp_path / "mine.onnx")).document["properties"]["terraloom:training_data"]
    assert facts["objectives"] == {"cross_entropy": 1.0, "soft_iou": 1.0, "orientation": 0.5, "cldice": 0.5}


def test_directions_that_are_not_learnt_are_owned_up_to(tmp_path):
    write_lines(tmp_path / "chips")
    heard = Heard()
    request = asked(tmp_path, preset="lines", objectives="cross_entropy=1", epochs=1, baseline=False)
    outcome = train_model.run(request, heard)
    assert "does not learn in which direction lines run" in heard.text
    assert "direction_error_deg" not in outcome.metrics
    (limit,) = card_in(request.output).document["properties"]["terraloom:limits"]
    assert "those that it tells mean nothing" in limit


# --- Labels of direction -------------------------------------------------------------------------------------------


def test_chips_have_directions_where_lines_are_known_and_only_when_asked(tmp_path):
    chips = write_lines(tmp_path / "chips")
    store = store_of(tmp_path, chips)
    assert isinstance(store.directions, np.memmap) and store.directions.dtype == np.uint8
    for classes, directions in zip(store.targets, store.directions, strict=True):
        expected = direction_bins(classes == 1, 18, -5.0)
        ignored = classes == IGNORE
        assert (directions[ignored] == NONE).all() and ignored.any()
        assert (directions == expected)[~ignored].all() and (directions < 18).any()
    assert store_of(tmp_path, chips, None, "test").directions is None


def test_directions_turn_with_the_lines_of_their_chips(tmp_path):
    """What a batch says after turning is what the turned mask says, to the neighbouring bin."""
    chips = write_lines(tmp_path / "chips", side_px=64)
    store = store_of(tmp_path, chips)
    augment = BatchAugmentation((InputSpec(2),), STRENGTHS["geometric"], directions=BINS)
    batch = Batches(store, 12, augment, None)(torch.Generator().manual_seed(0))
    agree, without_turning = [], []
    for classes, directions in zip(batch.target.numpy(), batch.extras["orientation"][:, 0].numpy(), strict=True):
        expected = direction_bins(classes == 1, BINS.count, BINS.first_deg)
        both = (directions != NONE) & (expected != NONE)
        assert ((directions != NONE) != (expected != NONE))[classes != IGNORE].mean() < 0.05
        apart = np.abs(directions[both].astype(int) - expected[both])
        agree.append((np.minimum(apart, BINS.count - apart) <= 1).mean())
        (original,) = [number for number, each in enumerate(store.targets) if is_turned(each, classes)]
        bins, counts = np.unique(store.directions[original][store.directions[original] != NONE], return_counts=True)
        without_turning.append(bins[counts.argmax()] in directions[both])
    assert np.mean(agree) > 0.9, agree
    assert not all(without_turning), "some chip was turned"


def is_turned(chip, other):
    """Whether one is the other, turned or mirrored."""
    ways = [np.rot90(chip, quarters) for quarters in range(4)]
    return any((way == other).all() or (way[:, ::-1] == other).all() for way in ways)


# --- Scores --------------------------------------------------------------------------------------------------------


class Oracle(torch.nn.Module):
    """Says of a store's chips what their labels say; directions may be so many bins beside."""

    def __init__(self, store, network, beside=0):
        super().__init__()
        self.spec, self.regions = network.spec, 0
        self.store, self.beside = store, beside
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, image):
        said = []
        for each in image.numpy():
            (number,) = [n for n, known in enumerate(self.store.images[0]) if (known == each).all()]
            mask = np.where(self.store.targets[number] == 1, 5.0, -5.0)
            bins = (self.store.directions[number].astype(int) + self.beside) % 18
            said.append(np.concatenate([mask[np.newaxis], 40.0 * (bins == np.arange(18)[:, np.newaxis, np.newaxis])]))
        return torch.from_numpy(np.stack(said)).float()


@pytest.fixture
def oracle(tmp_path, trained):
    store = store_of(tmp_path, write_lines(tmp_path / "chips"), split="test")
    network, _ = open_torch_network(Path(trained[1].output))
    return lambda beside=0: (Oracle(store, network, beside), store)


def test_the_mask_alone_says_what_is_a_line(oracle):
    """Logits of directions, which are far higher here, are no classes."""
    network, store = oracle()
    counts = confusion(network, store, lambda: None).sum(axis=0)
    assert counts.shape == (2, 2) and counts[0, 1] == counts[1, 0] == 0
    assert counts.sum() == np.count_nonzero(store.targets != IGNORE)
    logits, classes = sample_logits(network, store, 10_000, 0, lambda: None)
    assert set(map(tuple, logits)) == {(0.0, 5.0), (0.0, -5.0)} and ((logits[:, 1] > 0) == classes).all()
    output = torch.randn(2, 19, 4, 4)
    torch.testing.assert_close(class_logits(network, output).softmax(dim=1)[:, 1], output[:, 0].sigmoid())


@pytest.mark.parametrize(("beside", "wrong_deg"), [(0, 0), (2, 20), (9, 90), (17, 10)])
def test_directions_are_judged_around_the_half_circle(oracle, beside, wrong_deg):
    assert direction_error_deg(*oracle(beside), lambda: None) == pytest.approx(wrong_deg)


# --- Refusals ------------------------------------------------------------------------------------------------------


def three_classes(chips):
    legend = replace(chips.legend, entries=(*chips.legend.entries, LegendEntry(7, "River", "#4477AA")))
    (chips.folder / MANIFEST).write_text(replace(chips, legend=legend).to_json())


@pytest.mark.parametrize(
    ("days", "change", "parameters", "message"),
    [
        ((), three_classes, {"preset": "lines"}, r"'lines' is for two classes, .* hold 3\. Make chips"),
        ((), three_classes, {"spec": "line"}, "line tells lines .* hold 3 classes: Background, Road, River. Make"),
        ((0, 9), None, {"preset": "lines"}, "'lines' is for single images, the training chips hold a series"),
        ((), None, {"objectives": "orientation=1"}, "'orientation' scores lines, the network gives classes"),
        ((), None, {"preset": "lines", "objectives": "distillation=1"}, "'distillation' scores classes"),
    ],
    ids=["preset of three classes", "head of three classes", "series", "orientation of classes", "distillation"],
)  # fmt: skip
def test_chips_and_objectives_that_lines_cannot_be_learnt_from(
    tmp_path, monkeypatch, days, change, parameters, message
):
    chips = write_lines(tmp_path / "chips", splits=("train",) * 2, days=days)
    if change:
        change(chips)
    if "spec" in parameters:
        parameters = {"spec": composed(tmp_path, parameters["spec"])}
    monkeypatch.setattr(train_model, "ChipStore", None)  # refused before any chip is read
    with pytest.raises((InputError, ModelError), match=message):
        train_model.run(asked(tmp_path, **{"preset": "auto"} | parameters), Silent())
    assert not (tmp_path / "mine.onnx").exists()


def test_lines_that_are_too_short_for_directions_are_refused(tmp_path):
    chips = write_lines(tmp_path / "chips")
    dot = np.zeros((1, 32, 32), np.uint8)
    dot[0, 10:14, 10:14] = 1
    for chip in chips.chips:
        write(chips.label_file(chip), dot, 0, nodata=IGNORE)
    with pytest.raises(InputError, match="long enough to have a direction"):
        train_model.run(asked(tmp_path, preset="lines", epochs=1, baseline=False), Silent())
    train_model.run(asked(tmp_path, preset="lines", objectives="dice=1", epochs=1, baseline=False), Silent())


def test_a_network_of_lines_is_no_teacher(trained):
    folder, request, _ = trained
    network, _ = open_torch_network(Path(request.output))
    with pytest.raises(ModelError, match="TEACHER tells lines, not classes"):
        open_teacher(Path(request.output), ChipSet.from_folder(folder / "chips"), network)


def test_classes_that_seem_to_be_exchanged_are_told_of(tmp_path):
    chips = write_lines(tmp_path / "chips")
    document = json.loads((chips.folder / MANIFEST).read_text())
    for chip in document["chips"]:
        chip["pixels"] = {"0": chip["pixels"]["1"], "1": chip["pixels"]["0"]}
    (chips.folder / MANIFEST).write_text(json.dumps(document))
    heard = Heard()
    train_model.run(asked(tmp_path, preset="auto", spec=composed(tmp_path), epochs=1, baseline=False), heard)
    assert "Road, which is taken for the lines, has more pixels than Background" in heard.text
