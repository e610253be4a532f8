"""Detectors of other tools are read as what they are, or refused where that cannot be known."""

import onnx
import pytest
from foreign_detectors import detector, table
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import ModelError
from terraloom.engine.library.card import DETECTION
from terraloom.engine.requests.card_fields import CardFields

PLAIN = "YOLO_v5_or_v7_default"


def of_any_size(path, stride):
    """A detector that declares any size, with the words of Ultralytics."""
    model = onnx.load(detector(path, "YOLO_Ultralytics", metadata=False))
    for axis in (2, 3):
        model.graph.input[0].type.tensor_type.shape.dim[axis].dim_param = f"side{axis}"
    said = {"task": "detect", "names": "{0: 'ship', 1: 'harbour'}", "imgsz": "[64, 64]", "stride": stride}
    onnx.helper.set_model_props(model, said)
    onnx.save(model, path)
    return path


@pytest.mark.parametrize(("stride", "expected"), [("8", 32), ("32", 32), ("64", 64)])
def test_the_stride_that_an_export_states_is_kept_to(tmp_path, stride, expected):
    assert read_card(of_any_size(tmp_path / "m.onnx", stride)).stride_px == expected


def test_a_stride_that_is_none_is_refused(tmp_path):
    with pytest.raises(ModelError, match="stride is 'wide'; it should be a number"):
        read_card(of_any_size(tmp_path / "m.onnx", "wide"))


@pytest.mark.parametrize("fields", [CardFields(), CardFields(task=DETECTION, detection_type=PLAIN)], ids=["", PLAIN])
def test_masks_of_yolo_v5_are_not_taken_for_classes(tmp_path, fields):
    model = table(tmp_path / "m.onnx", (1, 63, 39), (1, 32, 16, 16))
    with pytest.raises(ModelError, match="gives masks in the way of YOLOv5, which are not read here. Use one of"):
        read_card(model, fields)


def test_objects_of_a_network_that_sees_the_tile_as_a_whole_are_not_guessed_at(tmp_path):
    """RT-DETR finds 300 objects, of whatever tile."""
    model = table(tmp_path / "m.onnx", (1, 300, 84), side_px=640)
    with pytest.raises(ModelError, match=r"\(1, 300, 84\). So many objects fit no detector .* on tiles of 640 x 640"):
        read_card(model)
    assert read_card(model, CardFields(detection_type=PLAIN)).detection.kind == PLAIN
    for objects in (25200, 6000):  # of three levels, and of YOLOv3-tiny's two
        assert read_card(table(tmp_path / "m.onnx", (1, objects, 6 + 1), side_px=640)).detection.kind == PLAIN
