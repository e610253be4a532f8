"""A step goes down the loss, and no farther than its gradient may lead."""

import pytest
import torch
from terraloom.models.descent import Descent
from torch import nn


@pytest.mark.parametrize(("factor", "length"), [(1e6, 1.0), (1e-3, 0.005)])
def test_long_gradients_are_shortened_before_a_step_and_others_are_not(monkeypatch, factor, length):
    """Else one chip of odd labels throws the weights far away."""
    lengths = []
    step = torch.optim.AdamW.step

    def measure(optimiser, *given):
        gradients = [each.grad.flatten() for group in optimiser.param_groups for each in group["params"]]
        lengths.append(torch.cat(gradients).norm().item())
        return step(optimiser, *given)

    monkeypatch.setattr(torch.optim.AdamW, "step", measure)
    layer = nn.Linear(2, 1, bias=False)
    descent = Descent(layer, torch.device("cpu"), weight_decay=0.0, max_gradient_norm=1.0, scaled=False)
    assert descent.step({"loss": factor * layer(torch.tensor([3.0, 4.0])).sum()}, 1e-3)
    assert lengths == [pytest.approx(length, rel=1e-4)]
