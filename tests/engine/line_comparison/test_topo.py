"""TOPO counts what is reached from the same places: gaps and what lies elsewhere show, but not where lines are cut."""

import networkx
import numpy as np
import pytest
from line_graphs import graph
from terraloom.engine.line_comparison import topo as module
from terraloom.engine.line_comparison.topo import topo

ROAD = [(0, 0), (600, 0)]
TOWN = [
    *[[(0, y), (400, y)] for y in (0, 130, 260)],
    *[[(x, 0), (x, 260)] for x in (0, 200, 400)],
    [(200, 130), (300, 200), (400, 220)],
]


def test_equal_networks_agree_however_they_are_cut():
    whole, cut = graph(*TOWN), graph(*TOWN[:-1], TOWN[-1][:2], TOWN[-1][1:][::-1])
    found = topo(whole, whole, 3, 4)
    assert (found.precision, found.recall, found.f1, found.unplaced) == (1, 1, 1, 0)
    assert found.holes > 1000 and found.seeds == np.ceil(whole.lengths.sum() / 100)
    found = topo(whole, cut, 3, 4)
    assert (found.precision, found.recall) == pytest.approx((1, 1), abs=1e-3)


def test_a_gap_ends_the_walk():
    """From six places, 300 m each way; the prediction stops at 295 m and begins again at 305 m."""
    found = topo(graph(ROAD), graph([(0, 0), (295, 0)], [(305, 0), (600, 0)]), 3, 4)
    assert found.precision == 1
    assert found.recall == pytest.approx(2 * 3 * 295 / (2 * (350 + 450 + 550)), abs=0.01)
    assert found.f1 == pytest.approx(2 * found.precision * found.recall / (found.precision + found.recall))


def test_what_is_missing_is_no_fault_of_precision_and_what_is_spurious_none_of_recall():
    less, more = graph([(0, 0), (600, 0)]), graph([(0, 0), (600, 0)], [(300, 0), (300, 200)])
    missing, spurious = topo(more, less, 3, 4), topo(less, more, 3, 4)
    assert missing.precision == pytest.approx(1, abs=0.02) and missing.recall < 0.9
    assert spurious.recall == pytest.approx(1, abs=0.02) and spurious.precision < 0.9


def test_places_without_a_counterpart_count_as_missing():
    found = topo(graph(ROAD), graph([(0, 40), (600, 40)]), 3, 4)
    assert (found.seeds, found.unplaced, found.marbles, found.recall, found.f1) == (6, 6, 0, 0, 0)
    assert np.isnan(found.precision)


def test_the_tolerance_is_the_buffer():
    shifted = graph([(0, 6), (600, 6)])
    assert topo(graph(ROAD), shifted, 3, 8).f1 == 0
    assert topo(graph(ROAD), shifted, 8, 8).f1 == pytest.approx(1, abs=0.02)


def test_what_is_reached_is_what_a_plain_walk_reaches():
    """Against ways found by networkx from one place in the middle of an edge."""
    made = graph(*TOWN)
    seeds = module._seeds(made)
    walk = module._Walk(made, seeds, 1.5)
    plain = networkx.Graph()
    for (start, end), length in zip(made.ends.tolist(), made.lengths):
        plain.add_edge(start, end, weight=length)
    number = 7
    home, at = int(seeds.edges[number]), float(seeds.along[number])
    start, end = made.ends[home]
    plain.add_edge("seed", int(start), weight=at)
    plain.add_edge("seed", int(end), weight=made.lengths[home] - at)
    far = networkx.single_source_dijkstra_path_length(plain, "seed")
    expected = 0.0
    for (one, other), length in zip(np.delete(made.ends, home, axis=0).tolist(), np.delete(made.lengths, home)):
        left = max(0, 300 - far[one]), max(0, 300 - far[other])
        expected += min(length, sum(left))
    expected += made.lengths[home]
    assert len(walk.reached(np.array([number]))[0]) * 1.5 == pytest.approx(expected, rel=0.02)


def test_marbles_fall_where_most_find_a_hole():
    """By nearest hole first, the marble at 1 would take the hole at 1.4 and leave the other marble none."""
    holes, marbles = np.array([[0.0, 0], [1.4, 0]]), np.array([[1.0, 0], [2.2, 0]])
    assert module._matched(holes, marbles, 1.0) == 2
    assert module._matched(holes, marbles[1:], 0.8) == module._matched(holes, marbles[:1], 1.0) == 1
    assert module._matched(holes, marbles[1:], 0.79) == module._matched(holes, np.zeros((0, 2)), 1.0) == 0


def test_rows_of_marbles_halfway_between_holes_all_find_one():
    row = np.column_stack([np.arange(2000.0), np.zeros(2000)])
    assert module._matched(row, row + (0.5, 0), 1.0) == 2000


def test_batches_do_not_show_and_places_stay_few(monkeypatch):
    reference, prediction = graph(*TOWN), graph(*TOWN[1:])
    whole = topo(reference, prediction, 3, 4)
    monkeypatch.setattr(module, "BATCH_BYTES", 1)
    assert topo(reference, prediction, 3, 4) == whole
    monkeypatch.setattr(module, "MOST_SEEDS", 5)
    assert topo(reference, prediction, 3, 4).seeds == 5
