"""What chance leaves of lime and shap: what is told of it is how far other seeds lie."""

import numpy as np
import pytest
from terraloom.engine.explanation.channels import BAND, Group
from terraloom.engine.explanation.explainer import Explainer
from terraloom.engine.explanation.importance import from_maps
from terraloom.engine.explanation.near import Near
from terraloom.engine.explanation.settings import Effort
from terraloom.engine.requests.explain_prediction import Method

BANDS, SIDE_PX, WEIGHTS = 3, 24, (1.0, 0.3, 0.1)
IMAGE = np.random.default_rng(0).normal(size=(BANDS, SIDE_PX, SIDE_PX)).astype(np.float32)


class OfToy(Explainer):
    """Explains a saturating sum of all pixels, whose weights a number draws; the first band counts most."""

    def __init__(self, name, number, seed):
        super().__init__(None, None, Method(name, by_band=True, seed=seed), "cpu", 1)
        drawn = np.random.default_rng(number).normal(size=(BANDS, 4, 4)) * np.reshape(WEIGHTS, (BANDS, 1, 1)) / 12
        self.weights = drawn.repeat(6, axis=1).repeat(6, axis=2)

    def scores(self, target):
        return lambda batch: 1 / (1 + np.exp(-1 - (batch.astype(float) * self.weights).sum(axis=(1, 2, 3))))


def found(name, number=0, seed=0, samples=108):
    window = Near(slice(0, SIDE_PX), slice(0, SIDE_PX), 0.0)
    effort = Effort(samples, 7)
    return OfToy(name, number, seed).explain(IMAGE, 0 * IMAGE, None, window, effort, lambda _: None)


@pytest.mark.parametrize("name", ["lime", "shap"])
def test_the_sum_of_all_bands_is_known_as_closely_as_told(name):
    made = [found(name, seed=seed, samples=216) for seed in range(30)]
    totals = np.stack([each.total for each in made])
    low, high = np.percentile(totals, (2.5, 97.5), axis=0)
    scatter = ((high - low) / 2 * made[0].parts).sum() / made[0].parts.sum()
    assert 0.8 < np.mean([each.spread for each in made]) / scatter < 1.4


@pytest.mark.parametrize("name", ["lime", "shap"])
def test_intervals_of_shares_hold_what_many_samples_find(name):
    """Noise of weak bands is as large as that of strong ones: magnitudes that hold it made bands too alike."""
    held, differ = [], []
    for number in range(12):
        truth, made = (found(name, number, seed, samples) for seed, samples in ((1, 4000), (0, 108)))
        groups, known = [Group(BAND, f"b{band}", (band,)) for band in range(BANDS)], np.ones(IMAGE.shape[1:], bool)
        shares = [row.share for row in from_maps(truth, known, groups, truth.repeats)]
        rows = from_maps(made, known, groups, made.repeats)
        held.append([row.low <= share <= row.high for row, share in zip(rows, shares)])
        differ.append([row.share - share for row, share in zip(rows, shares)])
        assert all(row.low <= row.share <= row.high for row in rows)
    assert np.mean(held) >= 0.8, np.mean(held, axis=0)
    assert np.abs(np.mean(differ, axis=0)).max() < 0.08, np.mean(differ, axis=0)
