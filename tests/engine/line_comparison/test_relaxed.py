"""Lengths beyond a buffer are those that one would measure by hand."""

import numpy as np
import pytest
import shapely
from line_graphs import graph
from terraloom.engine.line_comparison import relaxed
from terraloom.engine.line_comparison.relaxed import beyond, f1


def test_what_is_near_is_within_and_the_rest_is_handed_out():
    """The end of the other line reaches BUFFER farther than the line itself."""
    found = beyond(graph([(0, 0), (1000, 0)]), graph([(-50, 2), (400, 2)]), 3)
    reach = 400 + np.sqrt(3**2 - 2**2)
    assert found.share == pytest.approx(reach / 1000, abs=1e-5)
    (piece,) = found.pieces
    assert piece.bounds == pytest.approx((reach, 0, 1000, 0), abs=0.01)
    assert found.lengths.tolist() == pytest.approx([1000 - reach], abs=0.01)


@pytest.mark.parametrize(("shift", "share"), [(0, 1), (3, 1), (3.01, 0)])
def test_what_lies_exactly_at_the_buffer_is_within(shift, share):
    line = [(0, 0), (70, 10), (350, -40), (350, 600)]
    moved = [(x + shift, y) for x, y in [(0, -500), (0, 600)]]
    assert beyond(graph(line), graph(line), 3).share == 1
    assert beyond(graph([(0, 0), (0, 550)]), graph(moved), 3).share == share


def test_a_gap_between_is_one_piece_and_far_lines_are_whole():
    found = beyond(graph([(0, 0), (300, 0)], [(0, 500), (10, 500)]), graph([(0, 0), (100, 0)], [(200, 0), (300, 0)]), 5)
    assert sorted(found.lengths.tolist()) == pytest.approx([10, 90], abs=0.01)
    assert found.share == pytest.approx(210 / 310, abs=1e-4)


def dots(lines, apart_m):
    """Points on lines, evenly."""
    counts = np.ceil(shapely.length(lines) / apart_m).astype(int)
    return np.concatenate(
        [
            shapely.line_interpolate_point(line, (np.arange(count) + 0.5) / count, normalized=True)
            for line, count in zip(lines, counts)
        ]
    )


@pytest.mark.parametrize("chunk", [20_000, 50])
def test_lengths_are_those_that_points_count(monkeypatch, chunk):
    """Against distances of many points, for lines that wind, cross and lie beside one another."""
    monkeypatch.setattr(relaxed, "CHUNK", chunk)
    rng = np.random.default_rng(1)
    walks = [np.cumsum(rng.normal(0, 40, (60, 2)), axis=0) for _ in range(6)]
    one, other = graph(*walks[:3]), graph(*(walk + 2 for walk in walks[:2]), *walks[3:])
    truth = shapely.multilinestrings(other.edges)
    shapely.prepare(truth)
    points = dots(one.edges, 0.5)
    distances = shapely.distance(points, truth)
    for buffer_m in (0.5, 3, 40):
        found = beyond(one, other, buffer_m)
        assert found.share == pytest.approx((distances <= buffer_m).mean(), abs=2e-3)
        assert found.lengths.sum() == pytest.approx((1 - found.share) * one.lengths.sum(), abs=0.5)
        assert shapely.length(found.pieces) == pytest.approx(found.lengths)
        assert shapely.distance(dots(found.pieces, 0.5), truth).min() >= buffer_m
        assert shapely.distance(shapely.get_point(found.pieces, 0), shapely.multilinestrings(one.edges)).max() < 1e-6


def test_the_mean_of_nothing_is_nothing():
    assert (f1(0, 0), f1(0.5, 1)) == (0, pytest.approx(2 / 3))
