"""The manifest of training chips says after a round trip what it said before, and refuses what it cannot mean; and
whether chips suit a model is told by many of them."""

import shutil
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from chips import write, write_chips
from terraloom.engine.chips.chip_scores import ChipReader
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.errors import InputError
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.progress import Silent

SOURCE = ChipInput("image", ("red", "nir"), (10.0, 20.0), (1.0, 2.0), (0.0, 1.0), (30.0, 40.0), days=(0, 16))


def chip_set(folder):
    legend = Legend((LegendEntry(1, "Forest", "#4E9A47"), LegendEntry(7, "Water", "#2F7FC1")))
    chips = Chip("000000", "train", "0-0", {"1": 5, "7": 2}), Chip("000001", "test", "0-1", {"1": 1})
    return ChipSet(folder, 64, 28.5, (SOURCE,), legend, chips)


def test_round_trip(tmp_path):
    written = chip_set(tmp_path)
    (tmp_path / MANIFEST).write_text(written.to_json())
    assert ChipSet.from_folder(tmp_path) == written


BROKEN_TARGET = """{"version": 1, "resolution_m": 1, "chip_px": 8, "inputs": [], "classes": [], "chips": [],
"target": 5}"""


def test_pixels_are_counted_for_every_class(tmp_path):
    written = chip_set(tmp_path)
    assert written.pixels(written.of("test")) == {"1": 1, "7": 0}


@pytest.mark.parametrize("text", ["", "{}", '{"version": 99}', "[]", BROKEN_TARGET, "[" * 100_000])
def test_broken_manifest_is_refused(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=r"chips\.json is not a usable manifest"):
        ChipSet.from_folder(tmp_path)


@pytest.mark.parametrize(
    ("own", "foreign"),
    [
        ('"name": "image"', '"name": "/home/ann/weights"'),
        ('"name": "image"', '"name": "../../weights"'),
        ('"name": "000001"', '"name": "/home/ann/letter"'),
        ('"name": "000001"', '"name": "..\\\\letter"'),
        ('"name": "000001"', '"name": "C:letter"'),
    ],
)
def test_names_that_lead_out_of_the_folder_are_refused(tmp_path, own, foreign):
    """The manifest may come from others."""
    text = chip_set(tmp_path).to_json()
    (tmp_path / MANIFEST).write_text(text.replace(own, foreign))
    assert own in text
    with pytest.raises(InputError, match=r"not a usable manifest .* cannot be called .*Choose a folder"):
        ChipSet.from_folder(tmp_path)


def test_no_name_of_a_manifest_becomes_that_of_a_file(tmp_path):
    kept = tmp_path / "labels.npy"
    kept.write_text("mine")
    written = write_chips(tmp_path / "chips", ("train",) * 2)
    named = replace(written, inputs=(replace(written.inputs[0], name=str(tmp_path / "labels")),))
    shutil.copytree(tmp_path / "chips" / "images" / written.inputs[0].name, tmp_path / "labels")
    (tmp_path / "scratch").mkdir()
    ChipStore(named, named.chips, tmp_path / "scratch", Silent())
    assert kept.read_text() == "mine"


def test_missing_manifest_is_refused(tmp_path):
    with pytest.raises(InputError, match="training chips: there is none. Choose a folder that “Make training chips”"):
        ChipSet.from_folder(tmp_path)


@pytest.mark.parametrize(("dark", "fits"), [(1, True), (3, True), (12, False)], ids=["first", "some", "all"])
def test_in_which_unit_chips_are_is_told_by_many_of_them(tmp_path, dark, fits):
    """One may show nothing but calm water."""
    chip_set = write_chips(tmp_path / "chips", ("train",) * 12)
    for number, chip in enumerate(chip_set.chips):
        values = np.random.default_rng(number).normal(250 if number < dark else 2500, 40, (2, 16, 16))
        write(chip_set.image_file(chip, chip_set.inputs[0]), values.astype(np.float32), number)
    wants = ModelInput("image", (Band("a", 2000.0, 800.0), Band("b", 2000.0, 800.0)), value_range=(0.0, 10000.0))
    reader = ChipReader(chip_set, SimpleNamespace(card=SimpleNamespace(inputs=(wants,))))
    with nullcontext() if fits else pytest.raises(InputError, match="not what the model was trained on"):
        reader.check_values(chip_set.chips)
