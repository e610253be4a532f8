"""The manifest of training chips says after a round trip what it said before, and refuses what it cannot mean."""

import pytest
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.errors import InputError
from terraloom.engine.legend import Legend, LegendEntry

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


@pytest.mark.parametrize("text", ["", "{}", '{"version": 99}', "[]", BROKEN_TARGET])
def test_broken_manifest_is_refused(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=r"chips\.json is not a usable manifest"):
        ChipSet.from_folder(tmp_path)


def test_missing_manifest_is_refused(tmp_path):
    with pytest.raises(InputError, match="training chips: there is none. Choose a folder that maketrainingchips"):
        ChipSet.from_folder(tmp_path)
