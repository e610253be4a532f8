"""The running mean follows the weights, forgets the start, and leaves the network as it was."""

from dataclasses import replace

import pytest
import torch
from terraloom.models.running_mean import RunningMean
from terraloom.models.training import Validation, train
from terraloom.tests.models import trainings
from torch import nn


def steps(mean, network, values):
    for step, value in enumerate(values, start=1):
        nn.init.constant_(network.weight, value)
        mean.take_in(step)


def test_without_averaging_the_network_is_its_own_mean():
    network = nn.Linear(1, 1, bias=False)
    mean = RunningMean(network, 0.0)
    steps(mean, network, (1.0, 2.0))
    with mean.in_place():
        assert network.weight.item() == 2.0


def test_the_start_is_forgotten_and_noise_evens_out():
    network = nn.Linear(1, 1, bias=False)
    mean = RunningMean(network, 0.98)
    steps(mean, network, [100.0] + [1.0, 3.0] * 200)
    assert mean.weights["weight"].item() == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("share", [0.0, 0.9])
def test_after_a_step_all_weights_count_evenly_and_none_before_them(share):
    network = nn.Linear(1, 1, bias=False)
    mean = RunningMean(network, share, even_after=3)
    steps(mean, network, [100.0, 50.0, 10.0])
    assert mean.weights["weight"].item() >= 10.0
    steps_on = [1.0, 2.0, 6.0, 11.0]
    for step, value in enumerate(steps_on, start=4):
        nn.init.constant_(network.weight, value)
        mean.take_in(step)
    assert mean.weights["weight"].item() == pytest.approx(5.0)


def test_the_network_gets_its_own_weights_back():
    network = nn.BatchNorm1d(2)
    mean = RunningMean(network, 0.9)
    for step in (1, 2, 3):
        network(torch.randn(8, 2) * step)
        mean.take_in(step)
    own = {name: value.clone() for name, value in network.state_dict().items()}
    with mean.in_place():
        assert not torch.equal(network.running_var, own["running_var"])
    assert all(torch.equal(value, own[name]) for name, value in network.state_dict().items())


def test_a_training_is_judged_by_the_mean():
    (learner, objective, draw), raw, judged = trainings.plain(), [], []

    def weights_of(network):
        return torch.cat([parameter.detach().flatten() for parameter in network.parameters()])

    def judge(network):
        judged.append(weights_of(network))
        return 0.0

    settings = replace(trainings.SETTINGS, averaging=0.9)
    validation = Validation(judge, every=5)
    train(learner, objective, draw, settings, lambda report: raw.append(weights_of(learner)), validation=validation)
    assert 0.001 < (judged[0] - raw[4]).abs().max() < (raw[0] - raw[4]).abs().max()
