"""The truth of benchmarks: lines of masks as a person would draw them."""

import ast
from pathlib import Path

import numpy as np
import pytest
import shapely
from terraloom.benchmarks import truth_graphs
from terraloom.benchmarks.truth_graphs import truth_lines


def mask_of(*lines, shape=(120, 160), width=5):
    rows, cols = np.indices(shape)
    points = shapely.points(cols, rows)
    return shapely.dwithin(shapely.MultiLineString(lines), points, width / 2)


def junctions(lines):
    """How many ends meet in each place where any do."""
    ends, counts = np.unique(np.concatenate([line[[0, -1]] for line in lines]), axis=0, return_counts=True)
    return dict(zip(map(tuple, ends.tolist()), counts.tolist()))


def test_a_road_is_a_line_along_its_middle():
    (line,) = truth_lines(mask_of([(20, 30), (140, 60)]))
    assert shapely.LineString(line).hausdorff_distance(shapely.LineString([(20, 30), (140, 60)])) < 4


def test_a_crossing_is_a_junction_of_four_or_two_of_three():
    lines = truth_lines(mask_of([(10, 60), (150, 60)], [(80, 10), (80, 110)]))
    assert sorted(junctions(lines).values()) in ([1, 1, 1, 1, 4], [1, 1, 1, 1, 3, 3])
    truth = shapely.MultiLineString([[(10, 60), (150, 60)], [(80, 10), (80, 110)]])
    assert shapely.MultiLineString(lines).hausdorff_distance(truth) < 4


def test_short_spurs_go_and_long_ones_stay():
    skeleton_like = np.zeros((60, 100), bool)
    skeleton_like[30, 5:95] = True
    skeleton_like[22:30, 40] = True
    skeleton_like[10:30, 70] = True
    lines = truth_lines(skeleton_like)
    assert sorted(junctions(lines).values()) == [1, 1, 1, 3]
    assert {tuple(end) for line in lines for end in line[[0, -1]]} == {(5, 30), (94, 30), (70, 10), (70, 30)}


def test_a_road_that_ends_as_a_fork_is_not_eaten_up():
    fork = np.zeros((40, 80), bool)
    fork[20, 10:60] = True
    for step in range(1, 6):
        fork[20 - step, 59 + step] = fork[20 + step, 59 + step] = True
    (line,) = truth_lines(fork)
    assert np.ptp(line[:, 0]) == pytest.approx(49) and np.ptp(line[:, 1]) == 0


def test_rings_and_roads_by_themselves_stay():
    ring = mask_of([(40, 30), (100, 30), (100, 90), (40, 90), (40, 30)], [(120, 20), (126, 20)])
    lines = truth_lines(ring)
    closed = [line for line in lines if (line[0] == line[-1]).all()]
    assert len(closed) == 1 and shapely.LineString(closed[0]).length == pytest.approx(240, rel=0.05)
    assert len(lines) == 2


def test_nothing_is_no_line():
    assert truth_lines(np.zeros((20, 20), bool)) == []


def test_no_length_is_lost_or_counted_twice():
    """A grid of streets: simplified lines together are as long as the grid."""
    lines = [[(10, y), (150, y)] for y in (20, 60, 100)] + [[(x, 20), (x, 100)] for x in (10, 80, 150)]
    found = truth_lines(mask_of(*lines))
    assert sum(shapely.LineString(line).length for line in found) == pytest.approx(3 * 140 + 3 * 80, rel=0.03)


def test_it_shares_no_code_with_what_it_judges():
    tree = ast.parse(Path(truth_graphs.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {getattr(node, "module", None) or alias.name for node in imports for alias in node.names}
    assert not [name for name in names if "terraloom" in name or "engine" in name]
