"""Agreement and calibration give the numbers that a hand gives."""

import math

import pytest
import torch
from terraloom.models.calibration import expected_calibration_error, fit_temperature
from terraloom.models.scores import Agreement

IGNORE = 5


def test_agreement_by_hand():
    truth = torch.tensor([0, 0, 0, 1, 1, IGNORE])
    predicted = torch.tensor([0, 0, 1, 1, 2, 0])
    agreement = Agreement.measure(truth, predicted, classes=3, ignore_label=IGNORE)
    assert agreement.pixels == 5
    assert agreement.overall_accuracy == pytest.approx(3 / 5)
    assert agreement.iou[:2] == pytest.approx((2 / 3, 1 / 3))
    assert math.isnan(agreement.iou[2]), "the truth has no class 2"
    assert agreement.mean_iou == pytest.approx((2 / 3 + 1 / 3) / 2)


def test_pooling_adds_pixels():
    label = torch.tensor([0])
    right = Agreement.measure(label, label, classes=2, ignore_label=IGNORE)
    wrong = Agreement.measure(label, 1 - label, classes=2, ignore_label=IGNORE)
    assert (right + wrong + wrong).overall_accuracy == pytest.approx(1 / 3)


def test_nothing_to_compare_is_not_a_number():
    nothing = Agreement.measure(torch.tensor([IGNORE]), torch.tensor([0]), classes=2, ignore_label=IGNORE)
    assert math.isnan(nothing.overall_accuracy) and math.isnan(nothing.mean_iou)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found(temperature):
    torch.manual_seed(0)
    logits = torch.randn(40_000, 4)
    labels = torch.multinomial(logits.softmax(1), 1)[:, 0]
    assert fit_temperature(logits * temperature, labels) == pytest.approx(temperature, rel=0.05)


def test_calibration_error_by_hand():
    """Two pixels are called with 0.9, one is right: off by 0.4. Two with 0.6, both right: off by 0.4."""
    logits = torch.tensor([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]]).log()
    labels = torch.tensor([0, 1, 0, 0])
    assert expected_calibration_error(logits, labels) == pytest.approx(0.4, abs=1e-6)
