"""A model's card becomes a page and a JSON file; damaged ones are refused in words."""

import json

import pytest
import toys
from terraloom.engine.errors import ModelError, OutputError
from terraloom.engine.jobs import model_info
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.model_info import ModelInfo


def test_card_comes_out_as_it_went_in_and_as_a_page(tmp_path):
    fields = {
        "license": "GPL <3>",
        "terraloom:limits": ["Fails on snow."],
        "terraloom:held_out_scores": {
            "places": {"7": {"overall_accuracy": 0.8, "mean_iou": 0.654, "iou": {"Class 0": 0.5, "Class 1": None}}}
        },
    }
    model = toys.bands_as_classes(tmp_path / "m.onnx", **fields)
    request = ModelInfo(str(model), str(tmp_path / "r.html"), str(tmp_path / "c.json"))
    outcome = model_info.run(request, Silent())
    assert outcome.outputs == {"report": request.report, "card": request.card}
    assert json.loads((tmp_path / "c.json").read_text()) == toys.card(("b0", "b1", "b2"), **fields)
    page = (tmp_path / "r.html").read_text()
    for words in ("Class 2", "#4477AA", "Fails on snow.", "Place 7", "65.4", "GPL &lt;3&gt;"):
        assert words in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mlm:input": []}, "no input"),
        ({"terraloom:stride_px": 0}, "stride"),
        ({"terraloom:temperature": 0}, "temperature"),
        ({"mlm:output": [{"post_processing_function": {"expression": "magic"}}]}, "magic"),
        ({"mlm:tasks": None}, "cannot be read"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(change, words):
    document = toys.card()
    document["properties"].update(change)
    with pytest.raises(ModelError, match=words):
        ModelCard.from_document(document)


def test_a_result_that_cannot_be_written_is_known_before_the_model_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(model_info, "read_card", lambda *_: pytest.fail("the model was read"))
    with pytest.raises(OutputError, match="r.html cannot be written"):
        model_info.run(ModelInfo(str(tmp_path / "m.onnx"), str(tmp_path / "nowhere" / "r.html")), Silent())


@pytest.mark.parametrize("is_there", [True, False])
def test_a_description_beside_a_network_is_not_replaced_nor_made_by_chance(tmp_path, is_there):
    model, beside = tmp_path / "net.onnx", tmp_path / "net.onnx.json"
    model.touch()
    if is_there:
        beside.write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="net.onnx.json, which belongs to the input .*net.onnx"):
        model_info.run(ModelInfo(str(model), card=str(beside)), Silent())
    assert beside.exists() == is_there and (not is_there or beside.read_text(encoding="utf-8") == "{}")
