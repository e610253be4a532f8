"""Checks of an explanation pass on the right side of their limits, fail on the wrong one, and say which it was."""

import math

import numpy as np
import pytest
from terraloom.engine.explanation.attribution import Attribution
from terraloom.engine.explanation.checks import completeness, completeness_of_tiles, fit, randomisation

NOTHING = np.zeros((2, 2), np.float32)


@pytest.mark.parametrize(("r2", "passed"), [(0.99, True), (0.51, True), (0.49, False), (-0.3, False)])
def test_a_linear_model_must_explain_half_of_what_the_network_does(r2, passed):
    check = fit(Attribution(NOTHING, fit=r2))
    assert check.passed is passed and check.value == f"R² {r2:.2f}"
    assert check.says.startswith("the linear model follows" if passed else "the network is far from linear here")


@pytest.mark.parametrize("difference", [2.0, -2.0, 1e-3, 1e3])
@pytest.mark.parametrize(("missed", "passed"), [(0, True), (0.04, True), (0.06, False), (-0.06, False), (9, False)])
def test_attributions_may_miss_a_twentieth_of_the_difference(difference, missed, passed):
    one = completeness(Attribution(NOTHING, delta=missed * difference), difference)
    own = completeness(Attribution(NOTHING, delta=missed * difference, difference=difference), 1e9)
    for check in (one, own, completeness_of_tiles(missed * difference, difference)):
        assert check.passed == passed and f"({100 * abs(missed):.2g} %)" in check.value
        assert ("raise SAMPLES" in check.says) != passed


@pytest.mark.parametrize(("rest", "passed"), [(0.5, True), (0.0, False)])
def test_shares_of_shap_must_add_up_with_that_of_what_lies_farther(rest, passed):
    """Each superpixel counts once: one of two pixels, and two of a single one."""
    total, parts = np.array([[1, 1], [2, 2]], np.float32), np.array([[0.5, 0.5], [1, 1]], np.float32)
    check = completeness(Attribution(total, parts=parts, rest=rest), 5.5)
    assert check.passed is passed and check.value.startswith(f"missed {rest - 0.5:g} of 5.5")


@pytest.mark.parametrize(("similarity", "passed"), [(0.1, True), (0.49, True), (0.51, False), (1.0, False)])
def test_a_map_must_change_with_the_weights(similarity, passed):
    check = randomisation(similarity)
    assert check.passed is passed and check.says.count("is another one") == passed
    assert randomisation(math.nan).passed is None


def test_what_a_method_need_not_hold_is_not_checked():
    assert fit(Attribution(NOTHING)) is None and completeness(Attribution(NOTHING), 1.0) is None
