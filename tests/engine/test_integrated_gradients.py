"""Integrated gradients add up where the score leaps, by as many gradients as SAMPLES says, and agree with captum's."""

import json
import sys

import captum.attr
import numpy as np
import onnx
import pytest
import torch
import toys
from attributions import explained, linear, opened
from terraloom.benchmarks import completeness
from terraloom.engine.errors import InputError
from terraloom.engine.explanation.class_scores import ClassScores
from terraloom.engine.explanation.gradients import explaining
from terraloom.engine.explanation.gradients import integrated_gradients as module
from terraloom.engine.explanation.gradients.asked import Asked
from terraloom.engine.explanation.gradients.integrated_gradients import gradient_passes, integrated_gradients
from terraloom.engine.explanation.gradients.networks import differentiable
from terraloom.engine.explanation.settings import usual_samples
from terraloom.engine.explanation.target import Target
from terraloom.engine.requests.explain_prediction import INTEGRATED, Method

USUAL = usual_samples(Method(INTEGRATED))


class Leaping(torch.nn.Module):
    """A score that leaps at one place of the way from zeros to ones, with a weight for each pixel; counts images."""

    def __init__(self, place, steepness, side=16):
        super().__init__()
        weight = torch.rand((1, 2, side, side), generator=torch.Generator().manual_seed(0))
        self.weight = weight / weight.sum()
        self.place, self.steepness = place, steepness
        self.images, self.calls = 0, 0

    def forward(self, image):
        self.images, self.calls = self.images + len(image), self.calls + 1
        return torch.sigmoid(self.steepness * ((image * self.weight).sum((1, 2, 3)) - self.place))


def way(side=16):
    return torch.ones((1, 2, side, side)), torch.zeros((1, 2, side, side))


@pytest.fixture
def curved(tmp_path):
    """A true network asked in torch, an image and a baseline."""
    network = opened(toys.random_network(tmp_path / "m.onnx", 2))
    image = np.random.default_rng(3).normal(size=(2, 16, 16)).astype(np.float32)
    target = Target.of(np.ones((16, 16), bool), np.ones((16, 16), np.int64))
    return network, image, image - 2, target


@pytest.mark.parametrize("place", [0.21, 0.37, 0.613])
def test_a_leap_in_a_hundredth_of_the_way_adds_up_by_default_where_even_steps_miss_it(place):
    network, (image, baseline) = Leaping(place, 400), way()
    evenly = captum.attr.IntegratedGradients(network).attribute(image, baseline, n_steps=USUAL)
    assert abs(float(evenly.sum()) - 1) > 0.2
    found, delta = integrated_gradients(network, image, baseline, USUAL)
    assert abs(float(found.sum()) - 1) <= 0.01 and abs(delta) <= 0.01
    np.testing.assert_allclose(found, network.weight, atol=0.011 * float(network.weight.max()))


@pytest.mark.parametrize("side", [16, 400])
@pytest.mark.parametrize("steps", [2, 3, 4, 7, USUAL, 61])
def test_as_many_gradients_are_computed_as_samples_says(steps, side, monkeypatch):
    """In one part of the way or in several, one at once or many."""
    for held in (100e6, 10 * 2 * side**2 * 4):
        monkeypatch.setattr(module, "HELD_BYTES", held)
        network, (image, baseline) = Leaping(0.3, 50, side), way(side)
        integrated_gradients(network, image, baseline, steps)
        assert network.images == steps and network.calls == gradient_passes(steps, image) <= steps
    assert len(module.parts_of(61, image)) == 6


def test_what_is_missed_is_told_and_not_scaled_away():
    """Two steps see nothing of a leap between them."""
    network, (image, baseline) = Leaping(0.5, 800), way()
    found, delta = integrated_gradients(network, image, baseline, 2)
    assert (found == 0).all() and delta == pytest.approx(-1)


def test_more_steps_come_nearer_to_the_truth():
    """Also in parts of the way, which are begun where gradients would take much memory."""
    network, (image, baseline) = Leaping(0.613, 400), way()
    misses = [abs(integrated_gradients(network, image, baseline, steps)[1]) for steps in (8, 16, 32, 128)]
    assert misses[0] > 2 * misses[1] > 4 * misses[2] and misses[3] < 0.002


def test_parts_of_the_way_add_up_to_the_whole(monkeypatch):
    network, (image, baseline) = Leaping(0.4, 20), way()
    whole, _ = integrated_gradients(network, image, baseline, 200)
    monkeypatch.setattr(module, "HELD_BYTES", 10 * 2 * 16**2 * 4)
    parts, delta = integrated_gradients(network, image, baseline, 200)
    np.testing.assert_allclose(parts, whole, atol=1e-3 * float(whole.abs().max()))
    assert abs(delta) < 1e-3


def test_captum_agrees_on_every_pixel(curved):
    network, image, baseline, target = curved
    found = explained(network, INTEGRATED, image, baseline, target, samples=400)
    rebuilt = differentiable(onnx.load(network.path), network.card, image, "m")
    asked = Asked(rebuilt, ClassScores(network.card, "probability"), target, lambda: None)
    start, end = (torch.from_numpy(each)[None] for each in (baseline, image))
    theirs = captum.attr.IntegratedGradients(asked).attribute(end, start, n_steps=1000)[0].numpy()
    np.testing.assert_allclose(found.bands, theirs, atol=0.01 * np.abs(theirs).max())


def test_the_report_tells_how_many_gradients_and_progress_reaches_the_end(curved):
    network, image, baseline, target = curved
    heard = []
    found = explained(network, INTEGRATED, image, baseline, target, samples=40, told=heard.append)
    assert found.facts["Gradients computed"].startswith("40,")
    assert heard == sorted(heard) and 0 == heard[0] and 0.5 <= heard[-1] <= 1


@pytest.mark.parametrize("method", [INTEGRATED, "gradientshap"])
def test_no_more_is_differentiated_at_once_than_there_is_memory_for(curved, method, monkeypatch):
    """What is found does not hang on it."""
    network, image, baseline, target = curved
    usual, most, forward = explained(network, method, image, baseline, target, samples=40), [], Asked.forward

    def noted(self, images):
        most.append(len(images))
        return forward(self, images)

    monkeypatch.setattr(Asked, "forward", noted)
    monkeypatch.setattr(explaining, "room_px", lambda network, method: 2.5 * image[0].size)
    found = explained(network, method, image, baseline, target, samples=40)
    assert max(most) == 2
    np.testing.assert_allclose(found.bands, usual.bands, atol=1e-5 * np.abs(usual.bands).max())


def test_one_step_is_refused():
    with pytest.raises(InputError, match="SAMPLES is 1; .* 2 or more"):
        Method(INTEGRATED, samples=1)


def test_the_benchmark_tells_what_is_missed_at_each_place(tmp_path, capsys, monkeypatch):
    """Of a linear network nothing is."""
    model, _ = linear(tmp_path / "m.onnx")
    values = np.random.default_rng(0).normal(size=(2, 40, 40)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    words = ["completeness", "--data", source, "--model", model, "--steps", 2, 5, "--places", 3]
    monkeypatch.setattr(sys, "argv", [str(word) for word in words])
    completeness.main()
    *lines, _, _, two, five = capsys.readouterr().out.splitlines()
    told = [json.loads(line) for line in lines]
    assert [(line["place"], line["steps"]) for line in told] == [(1, 2), (1, 5), (2, 2), (2, 5), (3, 2), (3, 5)]
    assert all(line["missed_share"] < 1e-4 and line["difference"] != 0 for line in told)
    assert two == "| 2 | 0.0% | 0.0% | 0.0% | 3 of 3 |" and five.startswith("| 5 |")


def test_the_benchmark_counts_places_that_add_up():
    missed = {16: [0.01, 0.05, 0.2, 0.6], 64: []}
    assert completeness.table(missed).splitlines()[2:] == ["| 16 | 12.5% | 30.0% | 60.0% | 2 of 4 |"]


def test_more_steps_hold_those_that_are_fewer():
    """None lies elsewhere only because more are to come."""
    network, (image, baseline) = Leaping(0.3, 100, 400), way(400)
    steps = module.Way(network, image, baseline)
    found = [{step.share for step in module._steps_between(steps, 0, 1, count, None)} for count in (4, 8, 16, 20, 31)]
    assert [len(each) for each in found] == [4, 8, 16, 20, 31]
    assert all(fewer < more for fewer, more in zip(found, found[1:]))
