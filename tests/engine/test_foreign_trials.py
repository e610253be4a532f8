"""A network whose graph does not show what a pixel sees is tried, and its card not believed where it is wrong."""

from fractions import Fraction

import numpy as np
import onnx
import pytest
import toys
from terraloom.engine.cards import foreign_cards
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import ModelError
from terraloom.engine.reach.reach_check import tile_difference


def in_one_row(path, kernel=1, pad_px=None, ratio=1, **fields):
    """A regression of Terraloom's that convolves all pixels as one row: the graph loses sight of rows and columns.

    A kernel wider than 1 mixes the end of each row of the image with the beginning of the next.
    """
    pad_px = kernel // 2 if pad_px is None else pad_px
    nodes = [
        toys.helper.make_node("Shape", ["image"], ["sizes"]),
        toys.helper.make_node("Reshape", ["image", "flat"], ["row"]),
        toys.helper.make_node("Conv", ["row", "kernel"], ["seen"], pads=[0, pad_px] * 2),
        toys.helper.make_node("Reshape", ["seen", "sizes"], ["output"]),
    ]
    weights = {"flat": np.array([1, 1, 1, -1]), "kernel": np.ones((1, 1, 1, kernel), np.float32)}
    document = toys.card(task="regression", activation="none", **fields)
    document["properties"]["mlm:output"][0]["terraloom:ratio"] = str(ratio)
    return toys.save(path, nodes, weights, 1, document)


@pytest.fixture
def trials(monkeypatch):
    """What trials of tiles gave so far: a difference or an error."""
    given = []

    def difference(*arguments):
        try:
            given.append(tile_difference(*arguments))
        except ModelError as error:
            given.append(str(error))
            raise
        return given[-1]

    monkeypatch.setattr(foreign_cards, "tile_difference", difference)
    return given


def test_pixels_in_one_row_are_tried(tmp_path, trials):
    card = read_card(in_one_row(tmp_path / "m.onnx"))
    assert (card.stride_px, card.receptive_radius_px, card.global_operations) == (1, 0, ())
    assert trials == [0]


@pytest.mark.parametrize(
    "options",
    [{"kernel": 3}, {"kernel": 3, "radius": 2}, {"ratio": 2}, {"ratio": Fraction(1, 2), "stride": 2}],
    ids=str,
)
def test_a_card_is_not_believed_where_the_trial_shows_otherwise(tmp_path, trials, options):
    card = read_card(in_one_row(tmp_path / "m.onnx", **options))
    assert card.global_operations[0] == "mixing of places (Conv)"
    assert trials[0] > 0.01


def test_a_network_that_a_trial_cannot_run_is_not_believed(tmp_path, trials):
    card = read_card(in_one_row(tmp_path / "m.onnx", pad_px=1))
    assert card.global_operations[0] == "mixing of places (Conv)"
    assert "cannot be run" in trials[0]


def test_an_output_of_too_few_axes_is_not_believed(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    model = onnx.load(path)
    model.graph.node[-1].output[0] = "map"
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1]), "channel"))
    model.graph.node.append(onnx.helper.make_node("Squeeze", ["map", "channel"], ["output"]))
    onnx.save(model, str(path))
    assert read_card(path).global_operations and "no rows and columns" in trials[0]


def test_what_the_graph_knows_by_name_is_not_tried(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    model = onnx.load(path)
    model.graph.node.insert(1, onnx.helper.make_node("Softmax", ["image"], ["shares"], axis=-1))
    model.graph.node[2].input[0] = "shares"
    onnx.save(model, str(path))
    assert "normalisation over the image (Softmax)" in read_card(path).global_operations
    assert trials == []


def test_a_file_is_tried_once_until_it_is_written_anew(tmp_path, trials):
    path = in_one_row(tmp_path / "m.onnx")
    assert read_card(path) == read_card(path) and len(trials) == 1
    assert read_card(in_one_row(path, kernel=3)).global_operations and read_card(path).global_operations
    assert len(trials) == 2
