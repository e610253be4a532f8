"""Each method of explaining returns the attribution that is known, on networks whose attribution is known."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from terraloom.engine.explanation.feature_ablation import feature_ablation
from terraloom.engine.explanation.features import Features, all_together, blocks, one_by_one, superpixels
from terraloom.engine.explanation.kernel_shap import kernel_shap
from terraloom.engine.explanation.lime import lime
from terraloom.engine.explanation.occlusion import occlusion

SHAPE = (3, 24, 24)


def told(_):
    pass


def linear(weights):
    """The score of a linear network: the sum of the image times its weights."""

    def scores(batch):
        return (batch.astype(np.float64) * weights).sum(axis=(1, 2, 3))

    return scores


def with_interactions(regions, seed):
    """A score that multiplies the means of neighbouring regions: no method can tell it from single regions."""
    rng = np.random.default_rng(seed)
    count = regions.max() + 1
    alone, together = rng.normal(size=count), rng.normal(size=(count, count)) / 4

    def scores(batch):
        means = np.stack([batch[:, :, regions == number].mean(axis=(1, 2)) for number in range(count)], axis=1)
        return means @ alone + np.einsum("ni,ij,nj->n", means, together, means)

    return scores


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def image(rng):
    return rng.normal(size=SHAPE).astype(np.float32)


@pytest.fixture
def baseline(rng):
    return rng.normal(size=SHAPE).astype(np.float32)


def brute_force(scores, image, baseline, side, stride, channels):
    """Occlusion written down as its definition reads."""
    rows, cols = image.shape[1:]
    lost, count = np.zeros((rows, cols)), np.zeros((rows, cols))
    top = 0
    while True:
        left = 0
        while True:
            changed = image.copy()
            for channel in channels:
                changed[channel, top : top + side, left : left + side] = baseline[
                    channel, top : top + side, left : left + side
                ]
            loss = scores(image[None])[0] - scores(changed[None])[0]
            lost[top : top + side, left : left + side] += loss
            count[top : top + side, left : left + side] += 1
            if left + side >= cols:
                break
            left += stride
        if top + side >= rows:
            break
        top += stride
    return lost / count


@pytest.mark.parametrize(("side", "stride"), [(4, 4), (5, 3), (7, 7), (6, 2), (30, 30)])
def test_occlusion_is_what_brute_force_finds(image, baseline, side, stride):
    regions = blocks(24, 24, 6)
    scores = with_interactions(regions, seed=1)
    made = occlusion(scores, image, baseline, side, stride, ((0, 1, 2), (1,)), told)
    np.testing.assert_allclose(made[0], brute_force(scores, image, baseline, side, stride, (0, 1, 2)), atol=1e-6)
    np.testing.assert_allclose(made[1], brute_force(scores, image, baseline, side, stride, (1,)), atol=1e-6)


def test_occlusion_asks_once_for_each_window(image, baseline):
    asked = []
    scores = linear(np.ones(SHAPE))

    def counted(batch):
        asked.append(len(batch))
        return scores(batch)

    occlusion(counted, image, baseline, 5, 3, all_together(3), told)
    assert sum(asked) == 8 * 8 + 1  # 8 windows of 5 px, 3 px apart, cover 24 px; and the image itself


def test_windows_of_neighbouring_tiles_lie_on_one_lattice(image, baseline):
    """A tile cut out of an image, with its place on the lattice, has the same windows as the image."""
    weights = np.zeros(SHAPE)
    weights[:, 8:16, 8:16] = np.random.default_rng(0).normal(size=(3, 8, 8))
    whole = occlusion(linear(weights), image, baseline, 5, 5, all_together(3), told)
    part = np.s_[:, 6:20, 7:19]
    cut = occlusion(linear(weights[part]), image[part], baseline[part], 5, 5, all_together(3), told, offset=(6, 7))
    np.testing.assert_allclose(cut, whole[0:1, 6:20, 7:19], atol=1e-6)


def test_ablation_of_bands_finds_the_planted_band(image, baseline):
    weights = np.zeros(SHAPE)
    weights[1] = 1
    features = Features(np.zeros(SHAPE[1:], np.int64), one_by_one(3))
    found = feature_ablation(linear(weights), image, baseline, features, told)
    assert found[0] == found[2] == 0
    assert found[1] == pytest.approx((image - baseline)[1].sum(), abs=1e-4)


def test_ablation_of_blocks_of_bands_is_exact_on_a_linear_network(image, baseline, rng):
    weights = rng.normal(size=SHAPE)
    features = Features(blocks(24, 24, 8), one_by_one(3))
    found = features.spread(feature_ablation(linear(weights), image, baseline, features, told))
    each = weights * (image - baseline)
    expected = each.reshape(3, 3, 8, 3, 8).sum(axis=(2, 4)).repeat(8, axis=1).repeat(8, axis=2)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_lime_recovers_the_planted_superpixel(baseline):
    """A bright object on a plain ground: the network counts its pixels alone."""
    image = np.full(SHAPE, -1, np.float32)
    image[:, 9:17, 5:12] = 2
    weights = np.zeros(SHAPE)
    weights[:, 9:17, 5:12] = 1
    regions = superpixels(image, 6)
    features = Features(regions, all_together(3))
    made = lime(linear(weights), image, np.full(SHAPE, -1, np.float32), features, 300, 0, told)
    spread = features.spread(made.values)[0]
    planted = weights[0] > 0
    assert spread[planted].min() > 5 * np.abs(spread[~planted]).max()
    assert made.fit > 0.99
    low, high = np.percentile(made.repeats, (2.5, 97.5), axis=0)
    assert (low <= made.values + 1e-6).all() and (high >= made.values - 1e-6).all()


@pytest.mark.parametrize(("share", "passes"), [(0.0, False), (0.2, False), (0.95, True)])
def test_lime_says_that_it_fits_where_it_foretells_what_it_was_not_fitted_to(rng, share, passes):
    """With three samples for each superpixel a linear model follows mere noise, too."""
    features = Features(blocks(12, 12, 2), all_together(1))
    weights, image = rng.normal(size=36) / 3, np.ones((1, 12, 12), np.float32)

    def scores(batch):
        linear = (batch[:, 0, ::2, ::2].reshape(len(batch), -1) - 0.5) @ weights
        return np.sqrt(share) * linear + np.sqrt(1 - share) * rng.normal(size=len(batch))

    found = [lime(scores, image, 0 * image, features, 108, seed, told).fit for seed in range(5)]
    assert min(found) > 0.5 if passes else max(found) < 0.1, found


def test_lime_is_the_same_for_a_seed_and_another_for_another(image, baseline):
    features = Features(blocks(24, 24, 8), all_together(3))
    scores = with_interactions(features.regions, seed=2)
    one, again, other = (lime(scores, image, baseline, features, 60, seed, told).values for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0


def shapley(scores, image, baseline, features):
    """Shapley values as their definition reads."""
    count = features.count

    def value(subset):
        present = np.zeros(count, bool)
        present[list(subset)] = True
        made = np.empty_like(image)
        features.keep(present, image, baseline, made)
        return scores(made[None])[0]

    found = np.zeros(count)
    for feature in range(count):
        others = [other for other in range(count) if other != feature]
        for size in range(count):
            for subset in combinations(others, size):
                found[feature] += (value((*subset, feature)) - value(subset)) / comb(count - 1, size) / count
    return found


def test_shap_is_exact_where_all_subsets_can_be_asked_for(image, baseline):
    features = Features(blocks(24, 12, 6).repeat(2, axis=1), all_together(3))
    assert features.count == 8
    scores = with_interactions(features.regions, seed=3)
    made = kernel_shap(scores, image, baseline, features, 256, 0, told)
    np.testing.assert_allclose(made.values, shapley(scores, image, baseline, features), atol=1e-6)
    assert len(made.repeats) == 0


@pytest.mark.parametrize("samples", [60, 128, 200])
def test_shap_comes_within_two_per_cent_with_fewer(image, baseline, samples):
    features = Features(blocks(24, 12, 6).repeat(2, axis=1), all_together(3))
    scores = with_interactions(features.regions, seed=4)
    expected = shapley(scores, image, baseline, features)
    made = kernel_shap(scores, image, baseline, features, samples, 0, told)
    assert np.abs(made.values - expected).max() <= 0.02 * np.abs(expected).max()
    assert made.values.sum() == pytest.approx(expected.sum(), rel=1e-6)


def test_shap_of_many_superpixels_is_what_a_linear_network_says(image, baseline, rng):
    weights = rng.normal(size=SHAPE)
    features = Features(blocks(24, 24, 4), all_together(3))
    made = kernel_shap(linear(weights), image, baseline, features, 120, 5, told)
    each = (weights * (image - baseline)).sum(axis=0)
    expected = np.array([each[features.regions == number].sum() for number in range(features.count)])
    np.testing.assert_allclose(made.values, expected, atol=1e-3)


def test_shap_weighs_more_than_a_thousand_superpixels_against_each_other():
    """So many have more subsets than a floating-point number can count."""
    scores, features = linear(np.arange(1156).reshape(1, 34, 34) / 1000), Features(blocks(34, 34, 1), all_together(1))
    image, nothing = np.ones((1, 34, 34), np.float32), np.zeros((1, 34, 34), np.float32)
    made = kernel_shap(scores, image, nothing, features, 2400, 0, told, resampled=0)
    np.testing.assert_allclose(made.values, np.arange(1156) / 1000, atol=1e-4)


def test_blocks_number_every_pixel_and_heed_the_offset():
    plain = blocks(5, 7, 3)
    assert plain.max() == 5 and plain[4, 6] == 5
    shifted = blocks(5, 7, 3, (2, 1))
    assert (shifted[0, :2] == 0).all() and shifted[1, 0] == shifted[3, 1] != shifted[0, 0]
