"""How unsure a network is: numbers worked out by hand."""

import math

import numpy as np
import pytest
from terraloom.engine.uncertainty.measures import combine, entropy


def column(*probabilities):
    """Probabilities per class at a single pixel, `(classes, 1, 1)`."""
    return np.array(probabilities, np.float32).reshape(-1, 1, 1)


def test_entropy_of_known_probabilities():
    assert entropy(column(0.25, 0.25, 0.25, 0.25)).item() == pytest.approx(1)
    assert entropy(column(1, 0, 0)).item() == 0
    by_hand = -(0.5 * math.log(0.5) + 2 * 0.25 * math.log(0.25)) / math.log(3)
    assert entropy(column(0.5, 0.25, 0.25)).item() == pytest.approx(by_hand, rel=1e-6)
    assert np.isnan(entropy(column(np.nan, np.nan))).all()


def test_members_that_say_the_same_do_not_disagree():
    said = np.random.default_rng(0).dirichlet((1, 1, 1), (40, 5)).transpose(2, 0, 1).astype(np.float32)
    joint = combine([said, said, said])
    np.testing.assert_allclose(joint[:3], said, atol=1e-6)
    np.testing.assert_allclose(joint[3], 0, atol=1e-6)


def test_mutual_information_is_what_it_is_by_hand():
    joint = combine([column(0.9, 0.1), column(0.2, 0.8)])

    def nats(*probabilities):
        return -sum(p * math.log(p) for p in probabilities)

    by_hand = (nats(0.55, 0.45) - (nats(0.9, 0.1) + nats(0.2, 0.8)) / 2) / math.log(2)
    assert joint[:, 0, 0].tolist() == pytest.approx([0.55, 0.45, by_hand], rel=1e-5)
    sure_of_others = combine([column(1, 0), column(0, 1)])
    assert sure_of_others[:, 0, 0].tolist() == pytest.approx([0.5, 0.5, 1])
