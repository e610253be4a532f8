"""Networks of other tools that choose the class themselves are known for that."""

import foreign_toys
import numpy as np
import onnx
import pytest
from foreign_reading import CLASSES, bare, limits
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import ModelError
from terraloom.engine.library.card import SEGMENTATION
from terraloom.engine.requests.card_fields import CardFields


def chosen(path, classes=3, kind=onnx.TensorProto.INT64):
    """A network that gives the number of its highest band and says nothing of itself."""
    nodes = [("ArgMax", "image", "result", {"axis": 1, "keepdims": 0})]
    return bare(path, ["n", classes, "h", "w"], ["n", "h", "w"], nodes, {"result": kind})


def test_class_numbers_are_counted_and_named(tmp_path):
    card = read_card(chosen(tmp_path / "m.onnx"))
    assert (card.task, card.legend.names, card.legend.values) == (
        SEGMENTATION,
        ("Class 0", "Class 1", "Class 2"),
        (0, 1, 2),
    )
    assert (card.output.activation, card.output.threshold, card.output.class_numbers) == ("none", 0, True)
    assert "CONFIDENCE is 1 everywhere" in limits(card)
    assert read_card(tmp_path / "m.onnx", CardFields(classes=("a", "b", "c"))).legend.names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (CardFields(classes=("a", "b")), "names 2 classes .*gives 3 channels"),
        (CardFields(threshold=0.3), "that gives class numbers, where THRESHOLD would do nothing"),
        (CardFields(activation="softmax"), "that gives class numbers, where ACTIVATION would do nothing"),
    ],
)
def test_what_class_numbers_have_no_use_for_is_refused(tmp_path, fields, words):
    with pytest.raises(ModelError, match=words):
        read_card(chosen(tmp_path / "m.onnx"), fields)


def lone(path, *nodes):
    """A network whose one channel comes of the mean of the bands, as `mean`, by these operations."""
    made = [foreign_toys.node("Conv", "image w", "mean"), *(foreign_toys.node(*entry) for entry in nodes)]
    made.append(foreign_toys.node("Cast", "last", "result", to=onnx.TensorProto.FLOAT))
    weights = {"w": np.full((1, 3, 1, 1), 1 / 3, np.float32), "half": np.float32(0.5), "most": np.float32(255)}
    shapes = {"image": ["n", 3, "h", "w"]}, {"result": ["n", 1, "h", "w"]}
    return foreign_toys.save(path, made, weights, *shapes)


MASK = [("Sub", "mean half", "a"), ("Sign", "a", "b"), ("Relu", "b", "mask")]
"""1 where the mean is above 0.5, else 0."""


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([*MASK, ("Mul", "mask most", "last")], "gave whole numbers from 0 to 255"),
        ([("Mul", "mean most", "last")], r"gave numbers from 3\.56 to 252"),
        ([("Sub", "mean mean", "last")], "gave whole numbers from 0 to 0"),
    ],
    ids=["a mask of 0 and 255", "nothing below 0", "always 0"],
)
def test_one_channel_of_neither_probabilities_nor_scores_needs_a_word(tmp_path, nodes, words):
    path = lone(tmp_path / "m.onnx", *nodes)
    with pytest.raises(ModelError, match=f"the one channel of .* {words}: .* Set ACTIVATION to none if"):
        read_card(path, CLASSES)
    fields = CardFields(task=SEGMENTATION, activation="none")
    assert read_card(path, fields).output.activation == "none"


def test_a_mask_of_0_and_1_and_scores_of_one_channel_need_no_word(tmp_path):
    mask = read_card(lone(tmp_path / "m.onnx", *MASK, ("Identity", "mask", "last")), CLASSES)
    scores = read_card(lone(tmp_path / "s.onnx", ("Sub", "mean half", "last")), CLASSES)
    assert (mask.output.activation, scores.output.activation) == ("none", "sigmoid")


def rounded(path, bands=1):
    """A network that gives whole numbers from 0 to 5 which no ArgMax made."""
    nodes = [("Mul", "image five", "large"), ("Cast", "large", "result", {"to": onnx.TensorProto.INT32})]
    made = [foreign_toys.node(*entry[:3], **(entry[3] if len(entry) > 3 else {})) for entry in nodes]
    shape = ["n", bands, "h", "w"]
    types = {"result": onnx.TensorProto.INT32}
    return foreign_toys.save(path, made, {"five": np.float32(5)}, {"image": shape}, {"result": shape}, types=types)


def test_class_numbers_of_unknown_origin_need_names_that_fit(tmp_path):
    task = "semantic-segmentation"
    path = rounded(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="nobody says of how many classes. Give their names as CLASSES"):
        read_card(path, CardFields(task=task))
    with pytest.raises(ModelError, match="gave class numbers from 0 to 4; 3 classes are named"):
        read_card(path, CardFields(task=task, classes=("a", "b", "c")))
    assert read_card(path, CardFields(task=task, classes=tuple("abcde"))).legend.names == tuple("abcde")
    with pytest.raises(ModelError, match="gives 3 channels of whole numbers .* neither class numbers nor scores"):
        read_card(rounded(tmp_path / "n.onnx", 3), CardFields(task=task))
