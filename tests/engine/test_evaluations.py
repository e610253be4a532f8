"""How many images a network is asked about at once, counted in what really goes through it."""

import numpy as np
import pytest
from terraloom.engine.explanation import evaluations
from terraloom.engine.explanation.evaluations import MOST_AT_ONCE, NetworkScores, evaluate
from terraloom.engine.explanation.near import Near, NearScores
from terraloom.engine.explanation.target import Target


class Asked:
    """Sums up images, and remembers how many pixels came at once."""

    def __init__(self):
        self.largest_px, self.batches = 0, 0

    def __call__(self, batch):
        self.largest_px = max(self.largest_px, batch.shape[0] * batch.shape[2] * batch.shape[3])
        self.batches += 1
        return batch.sum(axis=(1, 2, 3), dtype=np.float64)


def told(_):
    pass


def fill(number, into):
    into[:] = number


@pytest.mark.parametrize("side", [3, 20, 64])
def test_memory_is_that_of_whole_windows_however_small_the_part_is(monkeypatch, side):
    """A part of 3 x 3 px of a window of 64 x 64: 64 at once would be 64 windows."""
    monkeypatch.setattr(evaluations, "BATCH_PX", 4 * 64**2)
    window = np.random.default_rng(0).normal(size=(2, 64, 64)).astype(np.float32)
    asked = Asked()
    scores = NearScores(asked, window, Near(slice(0, side), slice(0, side), 0.0))
    found = evaluate(scores, 70, (2, side, side), fill, told)
    assert asked.largest_px == 4 * 64**2 and asked.batches == 18
    beyond = window.sum(dtype=float) - window[:, :side, :side].sum(dtype=float)
    np.testing.assert_allclose(found, beyond + 2 * side**2 * np.arange(70), rtol=1e-5, atol=1e-2)


class OfPixels:
    """A network and what is read of it: the sum of each image; remembers how many came at once."""

    takes_several = True

    def __init__(self):
        self.most = 0

    def several(self, values):
        self.most = max(self.most, len(values[0]))
        return list(values[0])


@pytest.mark.parametrize(("room_px", "most"), [(3.5 * 64, 3), (10, 1), (1e9, MOST_AT_ONCE)])
def test_no_more_go_through_the_network_than_there_is_memory_for(monkeypatch, room_px, most):
    monkeypatch.setattr(evaluations, "running_px", lambda network: room_px)
    region = np.ones((8, 8), bool)
    network, target = OfPixels(), Target.of(region, np.zeros((8, 8), np.int64))
    scores = NetworkScores(network, lambda output: output, target, [2])
    np.testing.assert_allclose(evaluate(scores, 100, (2, 8, 8), fill, told), 64 * np.arange(100))
    assert network.most == most


def test_small_windows_go_through_together():
    asked = Asked()
    evaluate(asked, 200, (2, 8, 8), fill, told)
    assert asked.largest_px == MOST_AT_ONCE * 64
