"""Bridges are sought in batches that do not show, whatever MAX_GAP is, and can be stopped between them."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from terraloom.engine.errors import CancelledError
from terraloom.engine.lines import bridging
from terraloom.engine.lines.bridging import with_gaps_bridged
from terraloom.engine.lines.field import LineField
from terraloom.engine.lines.network import LineNetwork, Way

SIDE = 600


def streets():
    """Streets side by side, torn every 200 pixels: some 70 dead ends and 7000 points."""
    ways = []
    for row in range(25, SIDE, 50):
        for first in range(0, SIDE, 200):
            points = np.column_stack([np.arange(first, first + 190), np.full(190, row)]).astype(float)
            known = np.ones(len(points))
            ways.append(Way(2 * len(ways), 2 * len(ways) + 1, points, known, known, known == 0))
    return LineNetwork(np.array([way.points[end] for way in ways for end in (0, -1)]), tuple(ways))


FIELD = LineField.of_arrays(np.full((3, SIDE, SIDE), 0.25, np.float32))


@pytest.mark.parametrize("longest_px", [30, 200])
def test_batches_do_not_show(monkeypatch, longest_px):
    once = with_gaps_bridged(streets(), FIELD, 0.5, longest_px, directed=False)
    monkeypatch.setattr(bridging, "PAIRS", 100)
    again = with_gaps_bridged(streets(), FIELD, 0.5, longest_px, directed=False)
    assert len(once.ways) == len(again.ways) < len(streets().ways)
    assert all((one.points == other.points).all() for one, other in zip(once.ways, again.ways, strict=True))


def test_the_longest_gaps_take_no_more_memory_than_a_batch(monkeypatch):
    monkeypatch.setattr(bridging, "PAIRS", 20_000)

    def peak_bytes(longest_px):
        tracemalloc.start()
        with_gaps_bridged(streets(), FIELD, 0.5, longest_px, directed=False)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak_bytes(30)
    assert peak_bytes(1e9) < 3 * peak_bytes(100)


def test_seeking_bridges_can_be_stopped():
    def stop():
        raise CancelledError

    with pytest.raises(CancelledError):
        with_gaps_bridged(streets(), FIELD, 0.5, 1e9, directed=False, ask=stop)
