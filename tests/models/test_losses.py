"""Losses give the numbers that a hand gives."""

import math

import pytest
import torch
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.losses.dice import Dice
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.supervised import Supervised, Term

IGNORE = 5


def logits_of(*probabilities):
    """Logits `(1, classes, 1, pixels)` whose softmax is the given probability per pixel and class."""
    return torch.tensor(probabilities).log().T[None, :, None, :]


def labels_of(*labels):
    return torch.tensor(labels)[None, None, :]


def test_cross_entropy_is_the_weighted_mean_over_labelled_pixels():
    logits = logits_of((0.5, 0.5), (0.2, 0.8), (0.9, 0.1))
    loss = CrossEntropy(IGNORE, class_weights=(1.0, 3.0))(logits, labels_of(0, 1, IGNORE))
    expected = (1 * -math.log(0.5) + 3 * -math.log(0.8)) / (1 + 3)
    assert loss.item() == pytest.approx(expected, abs=1e-6)


def test_dice_is_the_mean_over_the_classes_present():
    logits = logits_of((0.5, 0.3, 0.2), (0.1, 0.8, 0.1), (0.2, 0.2, 0.6))
    loss = Dice(IGNORE)(logits, labels_of(0, 1, IGNORE))
    first = 2 * 0.5 / ((0.5 + 0.1) + 1)
    second = 2 * 0.8 / ((0.3 + 0.8) + 1)
    assert loss.item() == pytest.approx(1 - (first + second) / 2, abs=1e-6)


@pytest.mark.parametrize("loss", [CrossEntropy(IGNORE, (1.0, 1.0)), Dice(IGNORE)], ids=["cross entropy", "dice"])
def test_a_batch_without_labels_costs_nothing(loss):
    logits = logits_of((0.5, 0.5)).requires_grad_()
    value = loss(logits, labels_of(IGNORE))
    value.backward()
    assert value.item() == 0
    assert torch.equal(logits.grad, torch.zeros_like(logits))


def test_objective_weighs_and_names_its_terms():
    terms = {
        "distance": Term(torch.nn.functional.mse_loss, weight=0.5),
        "bias": Term(lambda o, t: (o - t).mean()),
    }
    batch = Batch((torch.full((1, 1, 2, 2), 3.0),), target=torch.ones(1, 1, 2, 2))
    losses = Supervised(terms).losses(torch.nn.Identity(), batch)
    assert {name: loss.item() for name, loss in losses.items()} == {"distance": 0.5 * 4, "bias": 2}
