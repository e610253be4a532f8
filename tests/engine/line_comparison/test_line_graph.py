"""Lines meet where they share a vertex or end on one another, and nowhere else; no length is lost."""

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from line_graphs import graph
from scipy.sparse.csgraph import dijkstra
from terraloom.engine.line_comparison.line_graph import line_graph
from terraloom.engine.line_comparison.ways import Places, nearest_places, ways


def degrees(made):
    """How many edges end in each node, by where it lies."""
    counts = np.bincount(made.ends.ravel(), minlength=len(made.nodes))
    return {tuple(place): int(count) for place, count in zip(made.nodes.tolist(), counts)}


def test_a_crossing_in_a_shared_vertex_is_a_junction():
    """As in OpenStreetMap, whose ways are not cut at junctions."""
    made = graph([(0, 0), (10, 0), (20, 0)], [(10, -10), (10, 0), (10, 10)])
    assert degrees(made) == {(0, 0): 1, (10, 0): 4, (20, 0): 1, (10, -10): 1, (10, 10): 1}
    assert made.lengths.tolist() == [10] * 4 and made.components == 1 and made.bare_crossings == 0


def test_a_bridge_is_none():
    made = graph([(0, 0), (20, 0)], [(10, -10), (10, 10)])
    assert len(made.edges) == 2 and made.components == 2 and made.bare_crossings == 1


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ([[(0, 0), (300, 0)], [(0, 10), (50, -10), (100, 10), (150, -10), (200, 10)]], 4),
        ([[(0, 0), (100, 100), (100, 0), (0, 100)]], 1),
        ([[(0, 0), (40, 40), (40, 0), (0, 40), (0, 30), (35, 12)], [(90, 0), (99, 9), (99, 0), (90, 9)]], 4),
        ([[(0, 0), (10, 0), (20, 0)], [(0, 0), (5, 5), (15, -5)]], 1),
        ([[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]], 0),
    ],
    ids=["zigzag", "across itself", "two across themselves", "from a shared end", "ring"],
)
def test_each_place_where_lines_cross_counts(lines, places):
    assert graph(*lines).bare_crossings == places


@pytest.mark.parametrize("gap", [0, 0.04, -0.04])
def test_an_end_on_another_line_is_a_junction(gap):
    made = graph([(0, 0), (20, 0)], [(7, gap), (7, 10)])
    assert sorted(degrees(made).values()) == [1, 1, 1, 3] and made.components == 1
    assert sorted(made.lengths.tolist()) == pytest.approx([7, 10 - gap, 13])


def test_an_end_farther_off_is_not():
    assert graph([(0, 0), (20, 0)], [(7, 0.2), (7, 10)]).components == 2


def test_an_end_beside_a_vertex_meets_in_that_vertex():
    made = graph([(0, 0), (7, 0), (20, 0)], [(7.03, 0.03), (7, 10)])
    assert len(made.edges) == 3 and sorted(degrees(made).values()) == [1, 1, 1, 3]


def test_ends_that_touch_from_both_sides_are_one_junction():
    made = graph([(0, 0), (20, 0)], [(7, 0.03), (7, 10)], [(7.02, -0.03), (7, -10)])
    assert made.components == 1 and sorted(degrees(made).values()) == [1, 1, 1, 1, 4]


def test_a_vertex_of_one_line_alone_is_no_node():
    assert len(graph([(0, 0), (5, 1), (10, 0)]).edges) == 1


def test_rings_begin_where_they_are_closed():
    ring = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert degrees(graph(ring)) == {(0, 0): 2}
    assert degrees(graph(ring, [(10, 10), (20, 20)])) == {(0, 0): 2, (10, 10): 3, (20, 20): 1}


def test_a_line_that_meets_itself_has_a_junction_there():
    made = graph([(0, 0), (10, 0), (10, 10), (5, 10), (5, 0), (5, -5)], [(5, 0), (0, -9)])
    assert sorted(made.lengths.tolist()) == pytest.approx(sorted([5, 5 + 10 + 5 + 10, 5, np.hypot(5, 9)]))


@pytest.mark.parametrize("gap", [0, 0.04])
def test_a_line_that_ends_on_itself_is_a_loop(gap):
    made = graph([(0, 0), (20, 0), (20, 10), (7, 10), (7, gap)])
    assert degrees(made) == {(0, 0): 1, (7, 0): 3} and made.lengths.tolist() == pytest.approx([7, 46 - gap])


def test_what_lies_twice_counts_once_whichever_way_it_was_drawn():
    made = graph([(0, 0), (5, 1), (10, 0)], [(10, 0), (5, 1), (0, 0)], [(0, 0), (5, 1), (10, 0), (20, 0)])
    assert made.lengths.sum() == pytest.approx(2 * np.hypot(5, 1) + 10) and made.repeated == 2
    assert len(made.edges) == 2


def test_what_lies_twice_counts_once_whatever_vertices_were_drawn():
    made = graph([(0, 0), (30, 10), (60, 20), (80, 90)], [(0, 0), (60, 20), (70, 55), (80, 90)], [(0, 0), (80, 90)])
    assert len(made.edges) == 3 and made.repeated == 2


def test_lines_without_length_and_repeated_vertices_are_nothing():
    made = graph([(3, 3), (3, 3)], [(0, 0), (0, 0), (1, 0), (1, 0), (2, 0)])
    assert made.lengths.tolist() == [2] and len(made.nodes) == 2


SITES = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda site: (10 * site[0], 10 * site[1]))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.lists(SITES, min_size=2, max_size=5), min_size=1, max_size=6))
def test_ways_are_those_between_all_vertices(drawn):
    """The graph of junctions has the same ways as that of all vertices, where ends that lie on lines cut them."""
    lines = [shapely.LineString(line) for line in drawn]
    assume(any(line.length for line in lines))
    made = line_graph(np.array(lines, object))
    ends = shapely.points([place for line, shape in zip(drawn, lines) if shape.length for place in (line[0], line[-1])])
    numbers, arcs = {}, {}
    for line, shape in zip(drawn, lines):
        if not shape.length:
            continue
        for one, other in zip(line, line[1:]):
            segment = shapely.LineString([one, other])
            on = [end for end in ends if segment.length and segment.dwithin(end, 1e-9)]
            cuts = sorted({0.0, segment.length, *(segment.project(end) for end in on)})
            places = [tuple(np.round(segment.interpolate(cut).coords[0], 6)) for cut in cuts]
            for start, end, near, far in zip(places, places[1:], cuts, cuts[1:]):
                key = tuple(numbers.setdefault(place, len(numbers)) for place in (start, end))
                arcs[key] = arcs[key[::-1]] = far - near
    expected = np.zeros((len(numbers),) * 2)
    for (start, end), length in arcs.items():
        expected[start, end] = length
    expected = dijkstra(expected)
    picked = [numbers[tuple(np.round(node, 6))] for node in made.nodes]
    none = Places(np.zeros(0, int), np.zeros(0))
    found = ways(made, none).lengths(np.arange(len(made.nodes)))
    np.testing.assert_allclose(found, expected[np.ix_(picked, picked)], atol=1e-6)


def test_ways_begin_and_end_on_edges():
    made = graph([(0, 0), (10, 0)], [(10, 0), (10, 10)], [(50, 50), (60, 50)])
    points = shapely.points([(4, 1), (10, 3), (4, 1), (0, 0), (55, 49), (30, 30)])
    places = nearest_places(made, points, 2)
    assert places.there.tolist() == [True] * 5 + [False]
    cut = ways(made, places)
    start, *others = cut.vertices
    lengths = cut.lengths(np.array([start]))[0]
    assert lengths[others[:3]].tolist() == [9, 0, 4] and np.isinf(lengths[others[3]]) and others[4] == -1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.lists(SITES, min_size=2, max_size=5), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_without_dead_ends_and_passages_ways_between_places_are_the_same(drawn, seed):
    lines = [shapely.LineString(line) for line in drawn]
    assume(any(line.length for line in lines))
    made, rng = line_graph(np.array(lines, object)), np.random.default_rng(seed)
    edges = rng.integers(-1, len(made.edges), 4)
    whole = ways(made, Places(edges, np.where(edges >= 0, rng.integers(0, 3, 4) / 2 * made.lengths[edges], 0.0)))
    there = edges >= 0
    expected = whole.lengths(whole.vertices[there])[:, whole.vertices[there]] if there.any() else 0
    for part in (whole.without_dead_ends(), whole.without_passages(), whole.without_dead_ends().without_passages()):
        assert ((part.vertices >= 0) == there).all()
        found = part.lengths(part.vertices[there])[:, part.vertices[there]] if there.any() else 0
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_dead_ends_that_branch_go_whole():
    comb = [[(x, 0), (x + 10, 0)] for x in range(0, 30, 10)]
    twigs = [[(10, 0), (10, 5)], [(10, 5), (5, 9)], [(10, 5), (15, 9)]]
    made = graph(*comb, *twigs)
    places = Places(np.array([0, 2]), np.array([0.0, 10.0]))
    part = ways(made, places).without_dead_ends()
    assert part.matrix.shape[0] == 4 and part.without_passages().matrix.shape[0] == 2
    for each in (part, part.without_passages()):
        assert each.lengths(each.vertices[:1])[0, each.vertices[1]] == 30
