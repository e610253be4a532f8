"""An encoder learns from images without labels, is judged on ground it has not met, and starts a training."""

import json
from dataclasses import replace
from html import unescape

import numpy as np
import pytest
import torch
from pretraining_cases import ground, network_of, spec, transformer, two_sensors, wanted, write
from safetensors import safe_open
from safetensors.torch import load_file
from terraloom.engine.errors import OutputError
from terraloom.engine.jobs import pretrain_encoder, train_model
from terraloom.engine.learning.initial_weights import take_weights
from terraloom.engine.learning.retrieval import recall
from terraloom.engine.progress import Silent
from terraloom.engine.requests.spec_file import read_spec
from terraloom.models.build import build
from terraloom.models.spec import NetworkSpec
from terraloom.models.weights import named_weights
from terraloom.tests.chips import write_chips
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked


def facts_in(path):
    with safe_open(path, "pt") as file:
        return json.loads(file.metadata()["terraloom"])


# what is learnt


def test_two_sensors_learn_to_find_each_other(tmp_path):
    request = wanted(
        tmp_path,
        two_sensors(tmp_path),
        method="crossmodal",
        spec=spec(tmp_path, "a", "b"),
        epochs=20,
        report=str(tmp_path / "page.html"),
    )
    figures = pretrain_encoder.run(request, Silent()).metrics
    chance = 1 / figures["choices"]
    assert figures["choices"] == 48
    assert figures["recall_1_before"] < 3 * chance
    assert figures["recall_1"] > 15 * chance and figures["recall_5"] > figures["recall_1"]
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "of 48 tiles" in page and "Recall@5" in page and "INITIAL=encoder.safetensors" in page
    spec_in_page = unescape(page.rpartition("<pre>")[2].partition("</pre>")[0])
    (tmp_path / "copied.json").write_text(spec_in_page)
    assert NetworkSpec.from_dict(read_spec(tmp_path / "copied.json").network) == network_of(request.spec)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_sensors_that_show_nothing_in_common_do_not_find_each_other(tmp_path):
    first, _ = two_sensors(tmp_path)
    (tmp_path / "other").mkdir()
    _, second = two_sensors(tmp_path / "other", seed=50)
    request = wanted(tmp_path, (first, second), method="crossmodal", spec=spec(tmp_path, "a", "b"), epochs=20)
    figures = pretrain_encoder.run(request, Silent()).metrics
    assert figures["recall_1"] < 2.5 / figures["choices"], "where in a tile a region lies must not help"


def test_views_are_found_again_better_than_before(tmp_path):
    first, _ = two_sensors(tmp_path)
    figures = pretrain_encoder.run(wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), epochs=10), Silent()).metrics
    assert figures["recall_1"] > figures["recall_1_before"] + 0.1


def test_what_is_hidden_is_told_better_than_before(tmp_path):
    first, _ = two_sensors(tmp_path)
    request = wanted(tmp_path, (first,), method="mae", spec=transformer(tmp_path), epochs=30)
    figures = pretrain_encoder.run(replace(request, report=str(tmp_path / "page.html")), Silent()).metrics
    assert figures["hidden_error"] < 0.97 < figures["hidden_error_before"]
    assert "Error of hidden patches" in (tmp_path / "page.html").read_text("utf-8")
    assert set(load_file(request.checkpoint)) == {
        name for name in named_weights(build(network_of(request.spec))) if name.startswith("encoder.")
    }


# what is written


def test_a_training_starts_from_what_was_learnt(tmp_path):
    inputs = two_sensors(tmp_path)
    request = wanted(tmp_path, inputs, method="crossmodal", spec=spec(tmp_path, "optical", "sar"))
    pretrain_encoder.run(request, Silent())
    learnt = load_file(request.checkpoint)
    network = build(network_of(request.spec))
    own = named_weights(network)
    assert set(learnt) == {name for name in own if name.startswith("encoder.encoders.")}

    before = {name: value.clone() for name, value in own.items()}
    take_weights(network, tmp_path / "encoder.safetensors", Silent())
    for name, value in named_weights(network).items():
        assert torch.equal(value, learnt.get(name, before[name])), name
    assert any(not torch.equal(learnt[name], before[name]) for name in learnt)

    write_chips(tmp_path / "chips", names=("optical", "sar"))
    heard = Heard()
    training = asked(tmp_path, preset="auto", spec=request.spec, initial=request.checkpoint, baseline=False, epochs=1,
                     learning_rate=1e-9, checkpoint=str(tmp_path / "state.pt"))  # fmt: skip
    train_model.run(training, heard)
    assert f"{len(learnt)} of {len(own)} weights come from encoder.safetensors" in heard.text
    assert "was pre-trained on" in heard.text, "the chips are of other units"
    state = torch.load(tmp_path / "state.pt", weights_only=True)["best"]
    kernels = [name for name in learnt if name.endswith("weight") and learnt[name].ndim == 4]
    for name in kernels:
        torch.testing.assert_close(state[name], learnt[name], atol=1e-5, rtol=1e-5)


def test_the_default_networks_are_those_of_the_presets(tmp_path):
    inputs = two_sensors(tmp_path)
    for method, preset, names, given in (
        ("contrastive", "landcover", ("image",), inputs[:1]),
        ("crossmodal", "fusion", ("image", "image_2"), inputs),
    ):
        request = wanted(tmp_path, given, method=method, tiles=8, epochs=1, batch_size=4)
        pretrain_encoder.run(request, Silent())
        write_chips(tmp_path / preset, names=names)
        heard = Heard()
        training = asked(tmp_path, chips=str(tmp_path / preset), output=str(tmp_path / f"{preset}.onnx"), epochs=1,
                         preset=preset, initial=request.checkpoint, baseline=False)  # fmt: skip
        train_model.run(training, heard)
        assert f"{len(load_file(request.checkpoint))} of " in heard.text


def test_a_network_of_four_images_is_taught_through_its_first_two(tmp_path):
    """Images of one sensor, before and after, share an encoder: it is pre-trained for both."""
    path = spec(tmp_path, "optical", "sar", "optical_before", "sar_before", fusion="available")
    document = json.loads(open(path).read())
    document["fusion"]["arguments"] = {"encoders": [0, 1, 0, 1]}
    (tmp_path / "spec.json").write_text(json.dumps(document))
    request = wanted(tmp_path, two_sensors(tmp_path), method="crossmodal", spec=path, epochs=1, tiles=20)
    pretrain_encoder.run(request, Silent())
    learnt = load_file(request.checkpoint)
    own = named_weights(build(network_of(path)))
    assert set(learnt) == {name for name in own if name.startswith("encoder.encoders.")}


def test_the_file_tells_what_it_was_learnt_from(tmp_path):
    first, _ = two_sensors(tmp_path)
    page = tmp_path / "page.html"
    request = wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), epochs=1, tiles=20, batch_size=32, report=str(page))
    outcome = pretrain_encoder.run(request, Silent())
    assert "1, 20, 0" in page.read_text()
    facts = facts_in(request.checkpoint)
    assert (facts["batch_size"], facts["tiles"]) == (20, 20), "not the 32 that were asked for"
    (source,) = facts["inputs"]
    assert source["mean"] == pytest.approx([1000, 1000], abs=60) and source["std"] == pytest.approx([200, 200], rel=0.3)
    assert facts["method"] == "contrastive" and facts["held_out"] == outcome.metrics
    assert NetworkSpec.from_dict(facts["network"]) == network_of(request.spec)


def test_chips_of_the_same_unit_are_taken_without_a_word(tmp_path):
    chips = write_chips(tmp_path / "chips")
    values = np.stack([100 + 20 * field for field in ground(64, 128)[:1]] + [50 + 10 * ground(64, 128, 9)[0]])
    image = write(tmp_path / "image.tif", values.astype(np.float32))
    request = wanted(tmp_path, ((image,),), spec=spec(tmp_path, "image"), epochs=1, tiles=20)
    pretrain_encoder.run(request, Silent())
    heard = Heard()
    training = asked(tmp_path, preset="auto", spec=request.spec, initial=request.checkpoint, baseline=False, epochs=1)
    train_model.run(training, heard)
    assert "weights come from" in heard.text and "was pre-trained on" not in heard.text
    assert chips.inputs[0].mean == (100.0, 50.0)


def test_the_same_seed_gives_the_same_weights_and_a_resumed_run_too(tmp_path):
    inputs = two_sensors(tmp_path)
    request = wanted(tmp_path, inputs, method="crossmodal", spec=spec(tmp_path, "a", "b"), tiles=40, epochs=10)
    pretrain_encoder.run(request, Silent())
    first = load_file(request.checkpoint)

    class Stopping(Heard):
        def log(self, template, **values):
            super().log(template, **values)
            if template.startswith("Step") and values["step"] >= 12:
                raise KeyboardInterrupt

    again = replace(request, checkpoint=str(tmp_path / "again.safetensors"), resume=True)
    with pytest.raises(KeyboardInterrupt):
        pretrain_encoder.run(again, Stopping())
    with pytest.raises(OutputError, match="had other chips, another network or other parameters"):
        pretrain_encoder.run(replace(again, seed=1), Silent())
    heard = Heard()
    pretrain_encoder.run(again, heard)
    assert "An interrupted training goes on" in heard.text
    resumed = load_file(again.checkpoint)
    assert all(torch.equal(value, resumed[name]) for name, value in first.items())
    pretrain_encoder.run(replace(request, seed=1), Silent())
    assert not all(torch.equal(value, first[name]) for name, value in load_file(request.checkpoint).items())


def test_tiles_that_cannot_be_cleared_away_yet_fail_no_pre_training(tmp_path, mapped_files_stay):
    first, _ = two_sensors(tmp_path)
    outcome = pretrain_encoder.run(wanted(tmp_path, (first,), spec=spec(tmp_path, "a"), epochs=1, tiles=20), Silent())
    assert outcome.outputs["checkpoint"] == str(tmp_path / "encoder.safetensors")


# figures


def test_recall_counts_partners_among_the_nearest():
    vectors = np.eye(6, dtype=np.float32)[np.newaxis].repeat(2, axis=0)
    assert recall(vectors, vectors, 1) == 1
    swapped = vectors.copy()
    swapped[0] = vectors[0, [1, 0, 2, 3, 4, 5]]
    assert recall(vectors, swapped, 1) == pytest.approx(10 / 12)
    alike = np.ones((2, 6, 1), np.float32)
    assert recall(alike, alike, 5) == 0, "all alike: nothing is found"
