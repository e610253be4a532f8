"""Gradient SHAP: exact on linear networks, as captum's on others, the surer the more samples, and known by its seed."""

import captum.attr
import numpy as np
import onnx
import pytest
import torch
import toys
from attributions import at, explained, linear, opened, planted
from terraloom.engine.explanation import checks
from terraloom.engine.explanation.class_scores import ClassScores
from terraloom.engine.explanation.gradients.asked import Asked
from terraloom.engine.explanation.gradients.gradient_shap import SPREAD, drawn
from terraloom.engine.explanation.gradients.networks import differentiable
from terraloom.engine.explanation.target import Target
from terraloom.engine.requests.explain_prediction import METHODS


@pytest.fixture
def image():
    return np.random.default_rng(3).normal(size=(2, 16, 16)).astype(np.float32)


@pytest.fixture
def baseline():
    return np.random.default_rng(4).normal(size=(2, 16, 16)).astype(np.float32)


@pytest.fixture
def curved(tmp_path):
    """A network that is far from linear, and all of its pixels as the target."""
    network = opened(toys.random_network(tmp_path / "m.onnx", 2))
    return network, Target.of(np.ones((16, 16), bool), np.ones((16, 16), np.int64))


@pytest.mark.parametrize("samples", [1, 4, 7])
def test_of_a_linear_network_it_is_exact_with_any_number_of_samples(tmp_path, image, baseline, samples):
    path, weight = linear(tmp_path / "m.onnx")
    found = explained(opened(path), "gradientshap", image, baseline, at((16, 16), 7, 9), samples=samples)
    expected = planted(weight) * (image - baseline)
    np.testing.assert_allclose(found.bands, expected, atol=1e-5)
    np.testing.assert_allclose(found.total, expected.sum(axis=0), atol=1e-5)
    assert abs(found.delta) < 1e-5 and found.difference == pytest.approx(expected.sum(), abs=1e-5)


def test_another_baseline_makes_another_map(tmp_path, image, baseline):
    path, _ = linear(tmp_path / "m.onnx")
    one, other = (
        explained(opened(path), "gradientshap", image, each, at((16, 16), 7, 9)).bands for each in (baseline, -baseline)
    )
    assert np.abs(one - other).max() > 0.1


def test_what_is_unknown_stays_unknown(curved, image, baseline):
    """Where the baseline is the image nothing is taken away: no draw may change it."""
    network, target = curved
    baseline[:, :5] = image[:, :5]
    found = explained(network, "gradientshap", image, baseline, target)
    assert (found.bands[:, :5] == 0).all() and (found.bands[:, 5:] != 0).any()


def test_the_seed_repeats_and_leaves_chance_of_others_alone(curved, image, baseline):
    network, target = curved
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    one, same, other = (
        explained(network, "gradientshap", image, baseline, target, seed=seed).bands for seed in (1, 1, 2)
    )
    assert np.random.random() == expected
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 0


def test_more_samples_come_closer_to_each_other_and_to_adding_up(curved, image, baseline):
    network, target = curved
    seeds, apart, missed, told = range(8), [], [], []
    for samples in (4, 64):
        found = [explained(network, "gradientshap", image, baseline, target, samples, seed=seed) for seed in seeds]
        apart.append(np.stack([each.total for each in found]).std(axis=0).mean())
        missed.append(np.mean([abs(each.delta) for each in found]))
        told.append(np.mean([each.spread for each in found]))
    assert apart[1] < 0.5 * apart[0] and missed[1] < 0.5 * missed[0] and told[1] < 0.5 * told[0]
    assert told[1] > 1.96 * apart[1] * 0.8  # an interval that is too wide, if anything


def test_what_it_must_add_up_to_is_the_difference_from_what_was_drawn(curved, image, baseline):
    network, target = curved
    found = explained(network, "gradientshap", image, baseline, target, 64)
    missed = abs(found.delta / found.difference)
    check = checks.completeness(found, 1e9)  # that of the given baseline is another one
    assert f"{100 * missed:.2g} %" in check.value and check.passed == (missed <= checks.FAIR)


def test_captum_finds_the_same_from_the_same_baselines(curved, image, baseline):
    """Captum draws baselines and places by itself: both come to the same mean."""
    network, target = curved
    samples = 512
    ours = explained(network, "gradientshap", image, baseline, target, samples).bands
    rebuilt = differentiable(onnx.load(network.path), network.card, image, "m")
    asked = Asked(rebuilt, ClassScores(network.card, "probability"), target, lambda: None)
    _, offsets = drawn(samples, 2, 0)
    baselines = torch.from_numpy(baseline[None] + offsets[:, :, None, None])
    torch.manual_seed(0)
    np.random.seed(0)
    theirs = captum.attr.GradientShap(asked).attribute(
        torch.from_numpy(image)[None], baselines, n_samples=4 * samples, stdevs=0.0
    )
    theirs = theirs[0].detach().numpy()
    assert np.abs(ours - theirs).mean() < 0.05 * np.abs(ours).mean()
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.995


def test_draws_lie_on_both_sides_of_the_baseline_and_all_along_the_way():
    shares, offsets = drawn(4001, 3, 0)
    np.testing.assert_allclose(offsets.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(offsets.std(axis=0), SPREAD, rtol=0.05)
    assert (offsets[-1] == 0).all()
    np.testing.assert_allclose(np.sort(shares), (np.arange(4001) + 0.5) / 4001, atol=1 / 4001)
    assert abs(np.corrcoef(shares, offsets[:, 0])[0, 1]) < 0.06


def test_the_unit_of_the_draws_is_that_of_the_card(curved, image, baseline):
    """An imported model may be scaled by a mere divisor, such as 255, which is no deviation of the image."""
    network, target = curved
    found = explained(network, "gradientshap", image, baseline, target, samples=4)
    assert found.facts["Baselines drawn"] == "4, each band ± 0.5 of the deviation in the model's card (1 σ)"


def test_progress_reaches_the_end_and_never_beyond(curved, image, baseline):
    heard = []
    network, target = curved
    explained(network, "gradientshap", image, baseline, target, 40, told=heard.append)
    assert heard == sorted(heard) and 0 == heard[0] and 0.5 <= heard[-1] <= 1


def test_options_keep_their_numbers():
    """Models of the modeler and scripts may hold numbers."""
    assert METHODS[:8] == (
        "occlusion", "lime", "shap", "featureablation", "saliency", "inputxgradient", "integratedgradients", "gradcam",
    )  # fmt: skip
    assert METHODS[8] == "gradientshap"
