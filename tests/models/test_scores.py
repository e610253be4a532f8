"""Agreement gives the numbers that a hand gives."""

import math

import pytest
import torch
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
