"""A model that a user trains warns of images that are unlike its training chips, and of no others."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.errors import ModelError
from terraloom.engine.familiarity.familiarity import CARD_KEY, Familiarity
from terraloom.engine.jobs import apply_model, train_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.tests.chips import LEGEND, write, write_chips, write_lines, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked, card_in

SIDE = 32
SPLITS = ("train",) * 36 + ("validation",) * 6 + ("test",) * 12


def smooth(rng):
    """Two bands, `(2, SIDE, SIDE)`: hills of 20 above and below 100, and 50 with a little grain."""
    hills = gaussian_filter(rng.normal(size=(3 * SIDE, 3 * SIDE)), 4)[SIDE:-SIDE, SIDE:-SIDE]
    return np.stack([100 + 20 * hills / hills.std(), 50 + rng.normal(size=hills.shape)]).astype(np.float32)


def write_smooth(folder, splits=SPLITS, values=False):
    """Chips of hills, two of them in a block; of classes, `High` above 100, or of the hills' heights."""
    rng = np.random.default_rng(4)
    bands = ChipInput("image", ("a", "b"), (100.0, 50.0), (20.0, 1.0), (20.0, 45.0), (180.0, 55.0))
    chips = []
    for number, split in enumerate(splits):
        image, name = smooth(rng), f"{number:06d}"
        labels = 2 * image[:1] if values else np.where(image[:1] > 100, 2, 1).astype(np.uint8)
        write(folder / "images" / "image" / f"{name}.tif", image, number)
        write(folder / "labels" / f"{name}.tif", labels, number)
        pixels = {"value": SIDE**2} if values else {str(value): int((labels == value).sum()) for value in (1, 2)}
        chips.append(Chip(name, split, f"0-{number // 2}", pixels))
    chip_set = ChipSet(folder, SIDE, 10.0, (bands,), None if values else LEGEND, tuple(chips))
    (folder / MANIFEST).write_text(chip_set.to_json())
    return chip_set


def mapped(tmp_path, images, model):
    """The outcome's share of unfamiliar tiles, and what was said of it."""
    heard = Heard()
    run = NetworkRun(tuple(map(str, images)), str(model), device="cpu", threads=1)
    outcome = apply_model.run(ApplyModel(run, ClassTargets(output=str(tmp_path / "map.tif"))), heard)
    return outcome.metrics["unfamiliar_share"], [line for line in heard.warnings if "unlike all that" in line]


@pytest.mark.parametrize("values", [False, True])
def test_noise_is_warned_of_and_ground_like_the_training_chips_is_not(tmp_path, values):
    chips = write_smooth(tmp_path / "chips", values=values)
    heard = Heard()
    preset = "regression" if values else "fewlabels"
    request = asked(tmp_path, preset=preset, epochs=2, baseline=False, report=str(tmp_path / "report.html"))
    train_model.run(request, heard)
    assert sum("what the network finds in 36 of them, from 18 blocks of ground" in line for line in heard.logs) == 1
    assert "what 36 training chips show" in (tmp_path / "report.html").read_text()
    said = card_in(request.output).document["properties"][CARD_KEY]
    assert (said["tiles"], said["groups"], said["tile_px"]) == (36, 18, SIDE)
    beside = json.loads((tmp_path / "library" / "mine" / "card.json").read_text())
    assert beside["properties"][CARD_KEY] == said
    own = [chips.image_file(chip, chips.inputs[0]) for chip in chips.of("test")]
    share, warnings = mapped(tmp_path, own, request.output)
    assert share < 0.2 and not warnings
    noise = np.random.default_rng(9).normal((100, 50), (20, 1), (SIDE, 8 * SIDE, 2)).transpose(2, 0, 1)
    write(tmp_path / "noise.tif", noise.astype(np.float32), 0)
    share, warnings = mapped(tmp_path, [tmp_path / "noise.tif"], request.output)
    assert share > 0.9 and len(warnings) == 1


def test_a_hundredfold_of_chips_takes_no_longer(tmp_path, monkeypatch):
    from terraloom.engine.learning import familiar_ground

    monkeypatch.setattr(familiar_ground, "MOST_CHIPS", 12)
    monkeypatch.setattr(familiar_ground, "MOST_GROUPS", 4)
    write_smooth(tmp_path / "chips")
    request = asked(tmp_path, epochs=1, baseline=False)
    train_model.run(request, Silent())
    said = card_in(request.output).document["properties"][CARD_KEY]
    assert (said["tiles"], said["groups"]) == (12, 4)


@pytest.mark.parametrize("blocks", [1, 4])
def test_chips_of_few_blocks_tell_nothing_of_other_ground(tmp_path, blocks):
    chips = write_smooth(tmp_path / "chips", ("train",) * 8)
    alike = tuple(replace(chip, block=f"0-{int(chip.name) % blocks}") for chip in chips.chips)
    (tmp_path / "chips" / MANIFEST).write_text(replace(chips, chips=alike).to_json())
    heard = Heard()
    request = asked(tmp_path, epochs=1, baseline=False)
    train_model.run(request, heard)
    assert CARD_KEY not in card_in(request.output).document["properties"]
    assert sum(f"The training chips show {blocks} blocks of ground." in line for line in heard.logs) == 1


@pytest.mark.parametrize("error", [ModelError("limit 0"), ValueError("not finite")])
def test_a_training_ends_well_where_its_chips_tell_nothing(tmp_path, monkeypatch, error):
    def fails(*_):
        raise error

    monkeypatch.setattr("terraloom.engine.learning.familiar_ground.fit", fails)
    write_smooth(tmp_path / "chips")
    heard, request = Heard(), asked(tmp_path, epochs=1, baseline=False)
    train_model.run(request, heard)
    assert CARD_KEY not in card_in(request.output).document["properties"]
    assert any("does not tell how ground differs" in line for line in heard.logs)


def test_chips_without_data_do_not_count(tmp_path):
    chips = write_smooth(tmp_path / "chips")
    for chip in chips.of("train")[:4]:
        file = chips.image_file(chip, chips.inputs[0])
        image = smooth(np.random.default_rng(1))
        image[:, 8:] = np.nan
        write(file, image, int(chip.name), nodata=np.nan)
    request = asked(tmp_path, epochs=1, baseline=False)
    train_model.run(request, Silent())
    assert card_in(request.output).document["properties"][CARD_KEY]["tiles"] == 32


@pytest.mark.parametrize(
    ("kind", "preset", "fitted"),
    [
        (write_lines, "lines", True),
        (write_values, "translation", True),
        (lambda folder: write_chips(folder, names=("optical", "sar")), "auto", False),
        (lambda folder: write_chips(folder, days=(0, 10, 20)), "auto", False),
    ],
)
def test_networks_of_one_image_are_told_what_they_are_used_to(tmp_path, kind, preset, fitted):
    kind(tmp_path / "chips")
    request = asked(tmp_path, preset=preset, epochs=1, baseline=False)
    train_model.run(request, Silent())
    said = card_in(request.output).document["properties"].get(CARD_KEY)
    assert (said is not None) == fitted
    if fitted:
        assert Familiarity.from_document(said).groups >= 5
