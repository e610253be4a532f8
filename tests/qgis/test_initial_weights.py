"""INITIAL takes files that are there and the word imagenet."""

import sys

import pytest
from terraloom.engine.chips.chip_set import MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.legend import Legend, LegendEntry


@pytest.fixture
def refusal(algorithm, home, context, tmp_path):
    """The sentence with which trainmodel refuses INITIAL; empty where it accepts it."""
    from terraloom.engine.environment import lock, state

    state.write(state.State(sys.executable, "3.11", "learn", lock.digest("learn")))
    inputs = (ChipInput("image", ("red",), (1.0,), (1.0,), (0.0,), (2.0,)),)
    legend = Legend((LegendEntry(1, "Low", "#4477AA"), LegendEntry(2, "High", "#EE6677")))
    chips = ChipSet(tmp_path, 16, 10.0, inputs, legend, (Chip("000000", "train", "a", {"1": 100, "2": 156}),))
    (tmp_path / MANIFEST).write_text(chips.to_json())

    def ask(initial):
        given = {"CHIPS": str(tmp_path), "INITIAL": initial, "OUTPUT": "TEMPORARY_OUTPUT"}
        return algorithm("trainmodel").checkParameterValues(given, context)[1]

    return ask


def test_initial_is_a_file_or_the_word_imagenet(refusal, tmp_path):
    (tmp_path / "weights").write_bytes(b"")
    assert refusal("imagenet") == refusal(None) == refusal(str(tmp_path / "weights")) == ""
    assert "There is no file imagenets. Check INITIAL." in refusal("imagenets")
    assert "none.pt" in refusal(str(tmp_path / "none.pt"))
