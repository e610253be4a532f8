"""A training starts from the weights that INITIAL means, whatever file they come in, and says what it took."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import rasterio
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from terraloom.engine.chips.chip_set import MANIFEST
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.foreign.network_file import load
from terraloom.engine.jobs import train_model
from terraloom.engine.learning import initial_weights
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.export_check import check_export
from terraloom.engine.learning.initial_weights import Targets, initial_file, take_weights
from terraloom.engine.learning.pretrained_weights import warn_of_other_units
from terraloom.engine.learning.torch_network import open_torch_network
from terraloom.engine.library.card import METADATA_KEY
from terraloom.engine.progress import Silent
from terraloom.models.build import build
from terraloom.models.encoders import imagenet_weights
from terraloom.models.encoders.efficient import EfficientEncoder
from terraloom.models.export import export_onnx
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.weights import named_weights
from terraloom.tests.chips import write_chips, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked

PARTS = (
    PartSpec("efficient", {"stages": 2}),
    (PartSpec("fpn", {"width": 8}),),
    PartSpec("segmentation", {"classes": 2}),
)


def efficient(*names, fusion="early"):
    """The spec of a network with an efficient encoder that reads inputs of two bands."""
    encoder, necks, head = PARTS
    return NetworkSpec(tuple(InputSpec(2, name) for name in names), encoder, necks, head, PartSpec(fusion))


def published(path, seed=0, leave_out=""):
    """Chance weights by the published names of the first two stages, in a file; gives them."""
    encoder = EfficientEncoder(3, stages=2)
    own, chance = named_weights(encoder), torch.Generator().manual_seed(seed)
    names = imagenet_weights._published_names(encoder)
    weights = {name: torch.rand(own[ours].shape, generator=chance) for ours, name in names.items()}
    weights.pop(leave_out, None)
    torch.save({**weights, "_fc.weight": torch.zeros(1000, 1280)}, path)
    return weights


@pytest.mark.parametrize(("names", "fusion", "encoders"), [(("image",), "early", 1), (("sar", "optical"), "middle", 2)])
def test_every_efficient_encoder_starts_from_the_published_file(tmp_path, names, fusion, encoders):
    weights = published(tmp_path / "lite0.pth")
    network, heard = build(efficient(*names, fusion=fusion)), Heard()
    take_weights(network, tmp_path / "lite0.pth", heard)
    found = [part for part in network.modules() if isinstance(part, EfficientEncoder)]
    assert len(found) == encoders
    for encoder in found:
        assert torch.equal(encoder.stem.norm.weight, weights["_bn0.weight"])
        assert torch.equal(encoder.stages[1][1].gather.norm.bias, weights["_blocks.2._bn2.bias"])
    taken = sum(len(named_weights(encoder)) for encoder in found)
    assert f"{taken} of {len(named_weights(network))} weights come from lite0.pth" in heard.text


@pytest.mark.parametrize(
    ("bands", "fusion", "places"),
    [((3,), "early", (2, 1, 0)), ((5,), "early", (2, 1, 0)), ((2, 4), "early", (4, 3, 2)), ((2, 4), "late", (2, 1, 0))],
)
def test_red_green_and_blue_get_the_kernels_of_their_colours_wherever_they_lie(tmp_path, bands, fusion, places):
    """Bands in the order blue, green, red of the last input."""
    kernels = published(tmp_path / "lite0.pth")["_conv_stem.weight"]
    inputs = tuple(InputSpec(count, f"input_{number}") for number, count in enumerate(bands))
    encoder, necks, head = PARTS
    network = build(NetworkSpec(inputs, encoder, () if fusion == "late" else necks, head, PartSpec(fusion)))
    take_weights(network, tmp_path / "lite0.pth", Silent(), {inputs[-1].name: (2, 1, 0)})
    stem = [part for part in network.modules() if isinstance(part, EfficientEncoder)][-1].stem.convolution.weight
    for colour, place in enumerate(places):
        torch.testing.assert_close(stem[:, place], kernels[:, colour] * 3 / stem.shape[1])


def test_a_training_starts_from_the_published_file(tmp_path):
    write_chips(tmp_path / "chips")
    weights = published(tmp_path / "lite0.pth")
    (tmp_path / "spec.json").write_text(efficient("image").to_json())
    request = asked(tmp_path, spec=str(tmp_path / "spec.json"), initial=str(tmp_path / "lite0.pth"), baseline=False,
                    epochs=1, learning_rate=1e-9, report=str(tmp_path / "page.html"))  # fmt: skip
    heard = Heard()
    train_model.run(request, heard)
    assert "weights come from lite0.pth" in heard.text
    network, card = open_torch_network(Path(request.output))
    np.testing.assert_allclose(network.encoder.stem.norm.weight.detach(), weights["_bn0.weight"], atol=1e-6)
    assert card.document["properties"]["terraloom:training_data"]["initial"] == "lite0.pth"


def test_the_published_file_needs_an_efficient_encoder_and_all_its_weights(tmp_path):
    write_chips(tmp_path / "chips")
    published(tmp_path / "lite0.pth")
    with pytest.raises(InputError, match="EfficientNet-Lite0, but no encoder of the network is efficient"):
        train_model.run(asked(tmp_path, initial=str(tmp_path / "lite0.pth")), Silent())
    published(tmp_path / "torn.pth", leave_out="_blocks.1._bn1.bias")
    with pytest.raises(ModelError, match="'_blocks.1._bn1.bias' is missing"):
        take_weights(build(efficient("image")), tmp_path / "torn.pth", Silent())


def test_imagenet_is_refused_before_chips_are_read(tmp_path, monkeypatch):
    write_chips(tmp_path / "chips")
    monkeypatch.setattr(train_model, "_read", None)
    with pytest.raises(InputError, match="INITIAL is imagenet, weights of EfficientNet-Lite0, but no encoder"):
        train_model.run(asked(tmp_path, initial="imagenet"), Silent())


def test_imagenet_means_the_installed_weights(monkeypatch):
    assert initial_file("imagenet").suffix == ".pth"
    heard, network = Heard(), build(efficient("image"))
    take_weights(network, initial_file("imagenet"), heard)
    assert "weights come from" in heard.text
    monkeypatch.setattr(imagenet_weights, "PACKAGE", "a-package-nobody-has")
    with pytest.raises(ModelError, match="Install the package a-package-nobody-has into the environment"):
        initial_file("imagenet")


def test_facts_that_are_nested_too_deeply_tell_nothing(tmp_path):
    path = tmp_path / "encoder.safetensors"
    save_file({"a": torch.zeros(1)}, path, {"terraloom": "[" * 100_000})
    heard = Heard()
    warn_of_other_units(path, write_chips(tmp_path / "chips").inputs, heard)
    assert heard.text == ""


def test_weights_of_a_model_are_taken_whatever_its_card_is_worth(tmp_path, monkeypatch):
    network, reads = build(efficient("image")), []
    export_onnx(network, tmp_path / "plain.onnx")
    model = onnx.load(tmp_path / "plain.onnx")
    onnx.helper.set_model_props(model, {METADATA_KEY: '{"type": "Feature"'})
    onnx.save(model, tmp_path / "torn.onnx")
    chips, heard = write_chips(tmp_path / "chips"), Heard()
    warn_of_other_units(tmp_path / "torn.onnx", chips.inputs, heard)
    monkeypatch.setattr(initial_weights, "load", lambda path: reads.append(path) or load(path))
    take_weights(build(efficient("image")), tmp_path / "torn.onnx", heard, targets=Targets(("Low", "High")))
    count = len(named_weights(network))
    assert f"{count} of {count} weights come from torn.onnx" in heard.text
    assert len(reads) == 1, "a large model is parsed once"


def test_a_model_with_another_encoder_is_warned_of(tmp_path):
    export_onnx(build(efficient("image")), tmp_path / "other.onnx")
    encoder = PartSpec("unet", {"widths": (8, 16), "depths": (1, 1)})
    heard, network = Heard(), build(NetworkSpec((InputSpec(2, "image"),), encoder, PARTS[1], PARTS[2]))
    take_weights(network, tmp_path / "other.onnx", heard)
    assert "weights of the encoder come from other.onnx, whose encoder is another one" in heard.warnings[-1]
    again = Heard()
    take_weights(build(efficient("image")), tmp_path / "other.onnx", again)
    assert not again.warnings


def test_weights_beside_a_model_are_read(tmp_path):
    write_chips(tmp_path / "chips")
    model = Path(train_model.run(asked(tmp_path, epochs=1, baseline=False), Silent()).outputs["output"])
    network, _ = open_torch_network(model)
    (tmp_path / "apart").mkdir()
    apart = tmp_path / "apart" / "apart.onnx"
    onnx.save(onnx.load(model), apart, save_as_external_data=True, location="weights.bin", size_threshold=0)
    later, heard = build(network.spec), Heard()
    take_weights(later, apart, heard)
    opened, _ = open_torch_network(apart)
    for name, value in named_weights(network).items():
        assert torch.equal(named_weights(later)[name], value) and torch.equal(named_weights(opened)[name], value)
    (apart.parent / "weights.bin").unlink()
    with pytest.raises(ModelError, match="keeps its weights in weights.bin, which is not there"):
        take_weights(later, apart, heard)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pt", b"", "no weights can be read"),
        ("a.pt", b"weights", "no weights can be read"),
        ("a.onnx", b"weights", "not a valid ONNX file"),
        ("a.pt", None, "There is no file .*a.pt. Check INITIAL"),
        ("a.pth", {"epoch": 3}, "no weights can be read: it is no state of a training"),
        ("a.pth", [1, 2], "no weights can be read: it holds a list"),
        ("a.pth", {"layer.weight": torch.zeros(2)}, "None of the 1 weights in .* fits the network"),
    ],
)
def test_weights_that_are_none(tmp_path, name, content, message):
    write_chips(tmp_path / "chips")
    if isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    elif content is not None:
        torch.save(content, tmp_path / name)
    with pytest.raises((InputError, ModelError), match=message):
        train_model.run(asked(tmp_path, initial=str(tmp_path / name)), Silent())


def test_nobody_is_advised_to_run_what_a_file_of_weights_holds(tmp_path):
    write_chips(tmp_path / "chips")
    (tmp_path / "a.pt").write_bytes(b"weights")
    with pytest.raises(InputError) as refusal:
        train_model.run(asked(tmp_path, initial=str(tmp_path / "a.pt")), Silent())
    assert "weights_only" not in str(refusal.value) and "it is no file of weights" in str(refusal.value)


def test_a_model_whose_name_is_taken_up_again_is_told(tmp_path):
    write_chips(tmp_path / "chips")
    heard = Heard()
    train_model.run(asked(tmp_path, baseline=False, name="Mine"), heard)
    assert "take its place" not in heard.text
    train_model.run(asked(tmp_path, baseline=False, name="Mine"), heard)
    assert "mine is among your models already" in heard.text


def test_learning_goes_on_from_a_model(tmp_path):
    write_chips(tmp_path / "chips")
    train_model.run(asked(tmp_path, baseline=False), Silent())
    heard = Heard()
    request = asked(
        tmp_path, output=str(tmp_path / "next.onnx"), initial=str(tmp_path / "mine.onnx"), epochs=1, baseline=False
    )
    outcome = train_model.run(request, heard)
    assert outcome.metrics["miou"] > 0.8, "one epoch is enough for what was known before"
    assert "weights come from mine.onnx" in heard.text


def test_values_are_told_in_their_own_unit_by_whatever_they_are_divided(tmp_path):
    chips = write_values(tmp_path / "chips")
    first = asked(tmp_path, preset="regression", epochs=1, baseline=False)
    train_model.run(first, Silent())
    for chip in chips.chips:
        with rasterio.open(chips.label_file(chip), "r+") as dataset:
            dataset.write(dataset.read() / 4)
    second = replace(first, initial=first.output, output=str(tmp_path / "next.onnx"), learning_rate=1e-9)
    heard = Heard()
    train_model.run(second, heard)
    assert "starts anew:" not in heard.text
    (network, card), (later, its_card) = (open_torch_network(Path(each.output)) for each in (first, second))
    assert its_card.output.factor == pytest.approx(card.output.factor / 4, rel=1e-5)
    for weights, its in zip(network.head.parameters(), later.head.parameters(), strict=True):
        torch.testing.assert_close(its * its_card.output.factor, weights * card.output.factor, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("head", [PartSpec("regression"), PartSpec("reconstruction", {"bands": 1})])
def test_a_head_of_values_gives_them_in_the_new_unit(head):
    network = build(NetworkSpec((InputSpec(2),), *PARTS[:2], head)).eval()
    images = network.blank(1, 32, 32)
    before = network(*images)
    network.head.rescale(2.5)
    torch.testing.assert_close(network(*images), 2.5 * before)


def test_a_head_of_values_whose_unit_is_not_known_starts_anew(tmp_path):
    write_values(tmp_path / "chips")
    request = asked(tmp_path, preset="regression", epochs=1, baseline=False, checkpoint=str(tmp_path / "state.pt"))
    train_model.run(request, Silent())
    heard = Heard()
    again = replace(request, initial=request.checkpoint, checkpoint="", output=str(tmp_path / "next.onnx"))
    train_model.run(again, heard)
    assert "starts anew: only a model of values (.onnx) tells the unit" in heard.text


@pytest.mark.parametrize(
    ("classes", "mean", "told"),
    [
        (("Low", "High"), 100, None),
        (("low", "HIGH"), 100, None),
        (("High", "Low"), 100, "starts anew: that of INITIAL tells Low, High, the training chips hold High, Low"),
        (("Low", "High"), 1e4, r"input image is 10000 on average .* INITIAL was pre-trained on 100 \(20\)"),
    ],
)
def test_a_model_of_other_classes_or_units_is_told_of(tmp_path, classes, mean, told):
    write_chips(tmp_path / "chips")
    model = train_model.run(asked(tmp_path, epochs=1, baseline=False), Silent()).outputs["output"]
    manifest = tmp_path / "chips" / MANIFEST
    document = json.loads(manifest.read_text())
    for entry, name in zip(document["classes"], classes, strict=True):
        entry["title"] = name
    document["inputs"][0]["mean"][0] = mean
    manifest.write_text(json.dumps(document))
    heard = Heard()
    train_model.run(asked(tmp_path, epochs=1, baseline=False, initial=model, output=str(tmp_path / "b.onnx")), heard)
    assert ("starts anew" in heard.text) == bool(told and "starts anew" in told)
    assert ("was pre-trained on" in heard.text) == bool(told and "pre-trained" in told)
    assert not told or re.search(told, heard.text)


def test_a_training_from_a_file_that_has_changed_is_another_one(tmp_path):
    write_chips(tmp_path / "chips")
    (tmp_path / "spec.json").write_text(efficient("image").to_json())
    initial = tmp_path / "lite0.pth"
    request = asked(tmp_path, spec=str(tmp_path / "spec.json"), initial=str(initial), resume=True, epochs=50)

    class Stopping(Heard):
        def log(self, template, **values):
            super().log(template, **values)
            if template.startswith("Step"):
                raise KeyboardInterrupt

    published(initial)
    with pytest.raises(KeyboardInterrupt):
        train_model.run(request, Stopping())
    initial.rename(tmp_path / "same.pth")
    again = Stopping()
    with pytest.raises(KeyboardInterrupt):
        train_model.run(replace(request, initial=str(tmp_path / "same.pth")), again)
    assert "An interrupted training goes on" in again.text, "the same weights under another name"
    published(initial, seed=1)
    with pytest.raises(OutputError, match="had other chips, another network or other parameters"):
        train_model.run(request, Silent())


def test_the_torch_network_is_rebuilt_from_what_was_trained(tmp_path):
    """What the file says and what the rebuilt network says are one; a changed weight is noticed."""
    chips = write_chips(tmp_path / "chips", names=("optical", "sar"))
    request = asked(tmp_path, preset="fusion", epochs=4, baseline=False)
    train_model.run(request, Silent())
    network, card = open_torch_network(Path(request.output))
    assert [each.name for each in network.spec.inputs] == [each.name for each in chips.inputs]
    rng = np.random.default_rng(0)
    images = {each.name: rng.normal(size=(2, 2, 32, 48)).astype(np.float32) for each in card.inputs}
    session = onnxruntime.InferenceSession(request.output, providers=["CPUExecutionProvider"])
    (said,) = session.run(None, images)
    with torch.no_grad():
        rebuilt = network(*map(torch.from_numpy, images.values())).numpy()
    np.testing.assert_allclose(rebuilt, said, atol=1e-5, rtol=1e-5)

    model = onnx.load(request.output)
    weight = model.graph.initializer[0]
    weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight) + np.float32(0.01), weight.name))
    onnx.save(model, tmp_path / "changed.onnx")
    with pytest.raises(ModelError, match="holds other weights than its card tells of"):
        open_torch_network(tmp_path / "changed.onnx")


def test_a_file_that_says_other_than_its_network_is_noticed(tmp_path):
    chips = write_chips(tmp_path / "chips")
    store = ChipStore(chips, chips.of("train"), tmp_path, Silent())
    network = build(efficient("image"))
    export_onnx(network, tmp_path / "model.onnx")
    heard = Heard()

    def checked():
        check_export(network, store, tmp_path / "model.onnx", lambda: None, heard)

    checked()
    assert not heard.texts
    with torch.no_grad():
        network.head.convolution.bias += 2e-5
    checked()
    assert "differs from the network by 2e-05, more than the usual 1e-05" in heard.text
    with torch.no_grad():
        network.head.convolution.bias += 2e-4
    with pytest.raises(ModelError, match="differs from the network by 0.00022, more than 0.0001. Nothing was written"):
        checked()


def test_a_network_that_has_gone_astray_is_told_of_as_such(tmp_path):
    chips = write_chips(tmp_path / "chips")
    store, network = ChipStore(chips, chips.of("train"), tmp_path, Silent()), build(efficient("image"))
    for broken in (slice(0, 1), slice(None)):
        with torch.no_grad():
            network.head.convolution.bias[broken] = torch.nan
        export_onnx(network, tmp_path / "model.onnx")
        with pytest.raises(ModelError, match="has gone astray: .*Lower the learning rate"):
            check_export(network, store, tmp_path / "model.onnx", lambda: None, Silent())
