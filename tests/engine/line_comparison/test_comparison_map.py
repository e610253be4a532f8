"""The map of two networks shows what is there, and stays small however many lines there are."""

import base64
import re
from types import SimpleNamespace

import numpy as np
import shapely
from terraloom.engine.line_comparison.comparison_map import MATCHED_COLOUR, MOST_STROKES, comparison_map

NOTHING = np.zeros(0, object)


def drawn(edges, missed=NOTHING):
    """The strokes of the prediction in pixels, `(strokes, from and to, column and row)`, and the size of the page."""
    network = SimpleNamespace(edges=np.array(edges, object))
    pieces = [SimpleNamespace(pieces=np.array(each, object)) for each in (missed, NOTHING)]
    made = comparison_map(SimpleNamespace(reference=network, prediction=network, missed=pieces[0], spurious=pieces[1]))
    drawing = base64.b64decode(re.search(r"base64,([^\"]+)", made)[1]).decode()
    words, scale = re.search(f'<path d="([^"]*)" [^>]*{MATCHED_COLOUR}.*?scale\\(([^)]*)\\)', drawing).groups()
    steps = np.array([float(number) for number in re.findall(r"-?\d+", words)]).reshape(-1, 2)
    return np.cumsum(steps, axis=0).reshape(-1, 2, 2) * float(scale), len(made)


def lattice(count, apart=100.0):
    """Streets from crossing to crossing, east and north."""
    x, y = (axis.ravel() * apart for axis in np.meshgrid(np.arange(count), np.arange(count)))
    ways = [np.stack([np.column_stack([x, y]), np.column_stack([x + right, y + up])], axis=1)
            for right, up in ((apart, 0), (0, apart))]  # fmt: skip
    return shapely.linestrings(np.concatenate(ways))


def test_lines_lie_where_they_are():
    found, _ = drawn([shapely.LineString([(0, 0), (500, 0), (1000, 1000)])])
    np.testing.assert_allclose(found, [[[14, 846], [430, 846]], [[430, 846], [846, 14]]], atol=0.11)
    assert (found[1, 0] == found[0, 1]).all()


def test_what_lies_twice_is_drawn_once_and_what_is_tiny_is_a_dot():
    long = shapely.LineString([(0, 0), (10_000, 0)])
    found, _ = drawn([long, shapely.reverse(long), shapely.LineString([(3000, 900), (3000.1, 900)])])
    is_dot = (found[:, 0] == found[:, 1]).all(axis=1)
    assert sorted(is_dot.tolist()) == [False, True]


def test_a_hundred_thousand_streets_stay_a_small_picture():
    few, _ = drawn(lattice(40))
    assert len(few) == 2 * 40**2
    streets = lattice(240)
    found, size = drawn(streets, missed=streets)
    assert 3000 < len(found) <= MOST_STROKES
    assert size < 1_500_000
    (left, top), (right, bottom) = found.reshape(-1, 2).min(axis=0), found.reshape(-1, 2).max(axis=0)
    assert min(left, top) < 20 and max(right, bottom) > 840  # none of the ground is left out
