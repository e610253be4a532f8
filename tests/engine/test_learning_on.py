"""With PRESET auto a training goes on with the network that INITIAL tells of, and SPEC may be a model."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from terraloom.engine.chips.chip_set import MANIFEST
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import compose_network, train_model
from terraloom.engine.learning.plan import make_plan
from terraloom.engine.learning.pretrained_weights import write_weights
from terraloom.engine.learning.torch_network import open_torch_network
from terraloom.engine.library.card import NETWORK_SPEC
from terraloom.engine.progress import Silent
from terraloom.engine.requests.compose_network import ComposeNetwork
from terraloom.engine.requests.spec_file import read_spec
from terraloom.models.build import build
from terraloom.models.export import export_onnx
from terraloom.models.presets import preset
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.weights import named_weights
from terraloom.tests.chips import write_chips, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked

ENCODER = PartSpec("resnet", {"widths": (8, 16), "depths": (1, 1)})
UNET = PartSpec("unet", {"widths": (16, 32), "depths": (2, 2)})


@pytest.fixture
def learnt(tmp_path):
    """A request whose model and checkpoint, of the network of the preset fewlabels, are there."""
    write_chips(tmp_path / "chips")
    request = asked(tmp_path, epochs=1, baseline=False, checkpoint=str(tmp_path / "state.pt"))
    train_model.run(request, Silent())
    return request


def again(learnt, **changes):
    """Goes on from it with PRESET auto; gives the network, and what was said."""
    later = Path(learnt.output).with_name("next.onnx")
    request = replace(learnt, preset="auto", output=str(later), checkpoint="", **changes)
    heard = Heard()
    train_model.run(request, heard)
    return open_torch_network(later)[0], heard


@pytest.mark.parametrize("given", ["output", "checkpoint"])
def test_the_network_of_initial_learns_on(learnt, given):
    before = open_torch_network(Path(learnt.output))[0]
    network, heard = again(learnt, initial=getattr(learnt, given), learning_rate=1e-9)
    count = len(named_weights(network))
    assert network.spec == before.spec
    assert f"PRESET is auto: the network is that of {Path(getattr(learnt, given)).name}" in heard.text
    assert f"{count} of {count} weights come from" in heard.text and "learns nearly from nothing" not in heard.text
    torch.testing.assert_close(network.head.convolution.weight, before.head.convolution.weight, atol=1e-5, rtol=1e-3)


def test_a_preset_that_was_chosen_stays(learnt):
    heard = Heard()
    train_model.run(replace(learnt, preset="landcover", initial=learnt.output, output=learnt.output + "2.onnx"), heard)
    assert "PRESET is auto" not in heard.text and "(of a model, its .onnx file)" in heard.warnings[-1]


def test_chips_of_more_classes_get_the_same_network_with_a_new_head(learnt, tmp_path):
    manifest = tmp_path / "chips" / MANIFEST
    document = json.loads(manifest.read_text())
    document["classes"].append({**document["classes"][-1], "value": 3, "title": "Higher"})
    manifest.write_text(json.dumps(document))
    before = open_torch_network(Path(learnt.output))[0]
    network, heard = again(learnt, initial=learnt.output)
    assert (network.spec.encoder, network.spec.necks) == (before.spec.encoder, before.spec.necks)
    assert network.gives.channels == 3
    assert "The head of the network starts anew" in heard.text


def test_chips_of_other_bands_get_the_same_network(learnt, tmp_path):
    before = open_torch_network(Path(learnt.output))[0].spec
    wider = build(replace(before, inputs=(InputSpec(5, "image"),)))
    state = {"best": wider.state_dict(), "mean": {}, NETWORK_SPEC: wider.spec.to_json()}
    torch.save(state, tmp_path / "wider.pt")
    network, heard = again(learnt, initial=str(tmp_path / "wider.pt"))
    assert network.spec == before
    count = len(named_weights(network))
    assert f"{count - 1} of {count} weights come from wider.pt" in heard.text, "all but those that read the bands"


def test_a_network_for_something_else_is_not_taken(learnt, tmp_path):
    chips, heard = write_values(tmp_path / "values"), Heard()
    plan = make_plan(replace(learnt, preset="auto", initial=learnt.output), chips, heard)
    assert plan.spec.head.name == "regression"
    assert "The network of mine.onnx is for other inputs or other labels than the training chips" in heard.text


def test_a_network_of_the_same_inputs_in_another_order_is_not_taken(tmp_path):
    chips, heard = write_chips(tmp_path / "chips", names=("sar", "optical")), Heard()
    usual = preset("fusion", [InputSpec(2, "optical"), InputSpec(2, "sar")], classes=2, variables=0).spec
    torch.save({"best": build(usual).state_dict(), "mean": {}, NETWORK_SPEC: usual.to_json()}, tmp_path / "before.pt")
    plan = make_plan(asked(tmp_path, preset="auto", initial=str(tmp_path / "before.pt")), chips, heard)
    assert plan.spec == replace(usual, inputs=usual.inputs[::-1]), "auto's own"
    assert "The network of before.pt is for other inputs or other labels than the training chips" in heard.text


@pytest.mark.parametrize(
    ("write", "head", "given"),
    [
        (write_values, PartSpec("segmentation", {"classes": 5}), PartSpec("regression", {"variables": 1})),
        (write_chips, PartSpec("reconstruction", {"bands": 2}), PartSpec("segmentation", {"classes": 2})),
        (write_chips, PartSpec("line", {"bins": 12}), PartSpec("line", {"bins": 12})),
    ],
)
def test_the_network_of_a_pretrained_encoder_is_taken_whatever_its_head_says(tmp_path, write, head, given):
    write(tmp_path / "chips")
    composed = NetworkSpec((InputSpec(2, "image"),), ENCODER, (PartSpec("fpn", {"width": 8}),), head)
    heard = train_from(tmp_path, composed)
    count = sum(name.startswith("encoder.") for name in named_weights(build(composed)))
    assert open_torch_network(tmp_path / "mine.onnx")[0].spec == replace(composed, head=given)
    assert f"{count} of " in heard.text and "learns nearly from nothing" not in heard.text


def test_a_network_that_says_something_of_whole_images_makes_no_map(tmp_path):
    write_chips(tmp_path / "chips")
    head = PartSpec("classification", {"classes": 2})
    heard = train_from(tmp_path, NetworkSpec((InputSpec(2, "image"),), UNET, (PartSpec("pooled"),), head))
    assert "The network of encoder.safetensors is for other inputs or other labels" in heard.text


def train_from(tmp_path, encoding):
    """Starts with PRESET auto from the encoder of a network; gives what was said."""
    weights = {name: each for name, each in named_weights(build(encoding)).items() if name.startswith("encoder.")}
    write_weights(tmp_path / "encoder.safetensors", weights, {"network": encoding.to_dict()})
    initial, heard = str(tmp_path / "encoder.safetensors"), Heard()
    train_model.run(asked(tmp_path, preset="auto", initial=initial, epochs=1, baseline=False), heard)
    return heard


def test_spec_may_be_a_model(learnt, tmp_path):
    network, heard = again(learnt, spec=learnt.output)
    assert network.spec == open_torch_network(Path(learnt.output))[0].spec
    assert "weights come from" not in heard.text
    compose_network.run(ComposeNetwork(spec=learnt.output, output=str(tmp_path / "spec.json")), Silent())
    assert NetworkSpec.from_dict(read_spec(tmp_path / "spec.json").network) == network.spec


def test_a_model_that_does_not_tell_its_parts_is_no_spec(learnt, tmp_path):
    export_onnx(open_torch_network(Path(learnt.output))[0], tmp_path / "plain.onnx")
    with pytest.raises(ModelError, match="does not say which parts its network is made of"):
        again(learnt, spec=str(tmp_path / "plain.onnx"))
    with pytest.raises(InputError, match=r"no spec file .*none\.onnx"):
        again(learnt, spec=str(tmp_path / "none.onnx"))
