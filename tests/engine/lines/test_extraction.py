"""Networks made of fields: they show the lines that are there, joined where they should be, and know no parts."""

from __future__ import annotations

import tracemalloc
from itertools import combinations

import numpy as np
import pytest
import shapely
from scipy.ndimage import gaussian_filter
from skimage.draw import line as pixels_of_line
from skimage.morphology import thin as thin_of_skimage
from terraloom.engine.lines import bridging, shaping
from terraloom.engine.lines.centres import centre_pixels
from terraloom.engine.lines.cleaning import joined, parts, without_short_lines, without_small_rings, without_spurs
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField
from terraloom.engine.lines.network import LineNetwork, Way
from terraloom.engine.lines.shaping import shaped
from terraloom.engine.lines.skeleton import CentrePixels, network_of
from terraloom.engine.lines.thinning import reach_px, thin

RULES = ExtractionRules(threshold=0.5, shortest_px=15, longest_gap_px=0, directed=True)
BRIDGING = ExtractionRules(threshold=0.5, shortest_px=15, longest_gap_px=30, directed=True)


def painted(lines, side=200, width=7):
    """A field of straight lines from one (column, row) to another, with their direction."""
    field = np.zeros((3, side, side), np.float32)
    for (x, y), (to_x, to_y) in lines:
        mask = np.zeros((side, side), bool)
        mask[pixels_of_line(y, x, to_y, to_x)] = True
        distance = width / 2 >= np.sqrt(_squared_distance(mask))
        doubled = 2 * np.arctan2(-(to_y - y), to_x - x)
        field[0][distance] = 1
        field[1][distance], field[2][distance] = np.cos(doubled), np.sin(doubled)
    field[0] = gaussian_filter(field[0], 1)
    return field


def _squared_distance(mask):
    from scipy.ndimage import distance_transform_edt

    return distance_transform_edt(~mask) ** 2


def degrees(network):
    """How many places there are of each degree, but for those that no way touches."""
    found, counts = np.unique(network.degrees[network.degrees > 0], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def length(network):
    return sum(way.length_px for way in network.ways)


@pytest.fixture
def speckled():
    """Lines in all directions with holes and speckle, so that many ways begin and end everywhere."""
    rng = np.random.default_rng(4)
    lines = [(tuple(rng.integers(0, 300, 2)), tuple(rng.integers(0, 300, 2))) for _ in range(14)]
    field = painted(lines, 300)
    for row, col in rng.integers(0, 290, (60, 2)):
        field[0, row : row + 9, col : col + 9] *= 0.4
    field[0] += 0.2 * gaussian_filter(rng.normal(0, 3, field[0].shape), 2).astype(np.float32)
    return np.clip(field, -1, 1)


def test_thinning_is_that_of_scikit_image(speckled):
    mask = speckled[0] > 0.5
    for steps in (1, 3, 20):
        assert (thin(mask, steps) == thin_of_skimage(mask, max_num_iter=steps)).all()


def test_a_part_with_its_surroundings_is_thinned_as_the_whole(speckled):
    mask, steps = speckled[0] > 0.3, 5
    whole = thin(mask, steps)
    around = reach_px(steps)
    part = thin(mask[100 - around : 180 + around], steps)
    assert (part[around:-around] == whole[100:180]).all()


@pytest.mark.parametrize("side", [7, 64, 299])
def test_parts_leave_no_trace(speckled, side):
    whole = centre_pixels(LineField.of_arrays(speckled, side=10_000), 0.5)
    parts = centre_pixels(LineField.of_arrays(speckled, side=side), 0.5, threads=2)
    for name in ("rows", "cols", "probability", "width_px"):
        assert (getattr(whole, name) == getattr(parts, name)).all(), name
    one, other = (extract(LineField.of_arrays(speckled, side=side), BRIDGING) for side in (10_000, side))
    assert len(one.ways) == len(other.ways) > 10
    assert all((a.points == b.points).all() for a, b in zip(one.ways, other.ways, strict=True))


def test_memory_grows_with_the_lines_and_not_with_the_raster():
    lines = painted([((10, 40), (190, 160)), ((20, 170), (180, 30))])

    def peak_bytes(height):
        """Of making lines in a raster that is empty below its first rows."""

        def read(place):
            rows, cols = place
            values = np.zeros((3, rows.stop - rows.start, cols.stop - cols.start), np.float32)
            shown = lines[:, rows.start : min(rows.stop, 200), cols]
            values[:, : shown.shape[1]] = shown
            return values

        tracemalloc.start()
        network = extract(LineField(read, height, 200, side=500), BRIDGING)
        shaped(network, 1.0)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert degrees(network) == {1: 4, 4: 1}
        return peak

    peak_bytes(1000)
    assert peak_bytes(20_000) < 1.1 * peak_bytes(1000)


def test_pieces_that_are_worked_off_together_do_not_show(speckled, monkeypatch):
    once = extract(LineField.of_arrays(speckled), BRIDGING)
    lines = shaped(once, 1.0)
    monkeypatch.setattr(bridging, "TOGETHER", 3)
    monkeypatch.setattr(shaping, "TOGETHER", 3)
    again = extract(LineField.of_arrays(speckled), BRIDGING)
    assert len(once.ways) == len(again.ways) > 10
    assert all((a.points == b.points).all() for a, b in zip(once.ways, again.ways, strict=True))
    assert all(a.equals_exact(b, 0) for a, b in zip(lines, shaped(again, 1.0), strict=True))


def test_a_crossing_is_one_junction_of_four():
    network = extract(LineField.of_arrays(painted([((10, 40), (190, 160)), ((20, 170), (180, 30))])), RULES)
    assert degrees(network) == {1: 4, 4: 1}
    (junction,) = network.places[network.degrees == 4]
    assert np.hypot(*(junction - (99, 100))) < 3  # where both lines meet
    assert length(network) == pytest.approx(np.hypot(180, 120) + np.hypot(160, 140), rel=0.08)


def test_widths_are_those_of_the_lines():
    for width in (5, 9, 15):
        network = extract(LineField.of_arrays(painted([((20, 30), (180, 150))], width=width)), RULES)
        (way,) = network.ways
        assert np.median(way.width_px) == pytest.approx(width, abs=1.0)


def test_widths_without_directions_are_those_of_the_narrowest_profile():
    field = painted([((20, 30), (180, 30)), ((20, 60), (180, 160))], width=9)
    field[1:] = 0
    ways = extract(LineField.of_arrays(field), RULES).ways
    assert len(ways) == 2
    for way in ways:
        assert np.median(way.width_px) == pytest.approx(9, abs=1.5)


def broken(lines, hole, faintness=0.3):
    """A field in which a square `(first row, last row, first column, last column)` is faint."""
    field = painted(lines)
    top, bottom, left, right = hole
    field[0, top:bottom, left:right] *= faintness
    return field


def test_a_gap_is_bridged_where_probability_and_direction_speak_for_it():
    field = LineField.of_arrays(broken([((10, 100), (190, 100))], (80, 120, 90, 110)))
    assert len(extract(field, RULES).ways) == 2
    (way,) = extract(field, BRIDGING).ways
    assert way.length_px == pytest.approx(180, abs=8)
    assert 15 < way.bridged.sum() < 30


@pytest.mark.parametrize("rises", [False, True])
def test_a_gap_of_a_slanting_line_is_bridged(rises):
    """Rows count downwards, angles upwards."""
    field = painted([((20, 180), (180, 20)) if rises else ((20, 20), (180, 180))])
    columns, rows = np.arange(200), np.arange(200)[:, np.newaxis]
    field[0, np.abs(columns - rows if rises else columns + rows - 199) < 14] *= 0.3
    assert len(extract(LineField.of_arrays(field), RULES).ways) == 2
    (way,) = extract(LineField.of_arrays(field), BRIDGING).ways
    assert 15 < way.bridged.sum() < 30


def test_no_gap_is_bridged_where_the_direction_speaks_against_it():
    field = broken([((10, 100), (190, 100))], (80, 120, 92, 108), faintness=0.45)
    field[1, 80:120, 92:108] *= -1  # at right angles
    assert len(extract(LineField.of_arrays(field), BRIDGING).ways) == 2
    undirected = ExtractionRules(0.5, 15, 30, directed=False)
    assert len(extract(LineField.of_arrays(field), undirected).ways) == 1


def test_a_dead_end_is_led_to_the_line_beside_it():
    lines = [((10, 50), (190, 50)), ((100, 60), (100, 180))]
    field = LineField.of_arrays(broken(lines, (56, 72, 80, 120)))
    assert degrees(extract(field, RULES)) == {1: 4}
    network = extract(field, BRIDGING)
    assert degrees(network) == {1: 3, 3: 1}
    assert int(parts(network).max()) == 0


def test_parallel_lines_are_not_joined():
    network = extract(LineField.of_arrays(painted([((10, 80), (120, 80)), ((80, 96), (190, 96))])), BRIDGING)
    assert degrees(network) == {1: 4}
    assert sorted(parts(network).tolist()) == [0, 1]


def test_a_gap_that_is_too_long_stays():
    field = LineField.of_arrays(broken([((10, 100), (190, 100))], (80, 120, 70, 130), faintness=0.45))
    assert len(extract(field, BRIDGING).ways) == 2


def drawn(strokes, side=60):
    """A skeleton of straight strokes from one (column, row) to another."""
    mask = np.zeros((side, side), bool)
    for (x, y), (to_x, to_y) in strokes:
        mask[pixels_of_line(y, x, to_y, to_x)] = True
    return network_of(CentrePixels.of_mask(mask))


def bridged(network, longest_px=20, side=60):
    """The network with bridges, where the field half supports them everywhere and knows no direction."""
    everywhere = LineField.of_arrays(np.full((3, side, side), 0.25, np.float32))
    return bridging.with_gaps_bridged(network, everywhere, 0.5, longest_px, directed=False)


def test_no_bridge_leads_through_another_line():
    broken_line = [((4, 30), (26, 30)), ((34, 30), (56, 30))]
    assert degrees(bridged(drawn(broken_line))) == {1: 2}
    between = ((30, 6), (30, 34))  # it ends so near that neither dead end is led to its side
    assert degrees(bridged(drawn([*broken_line, between]))) == {1: 6}


def test_of_two_bridges_that_would_cross_one_is_built():
    across, down = [((4, 30), (24, 30)), ((36, 30), (56, 30))], [((30, 4), (30, 22)), ((30, 38), (30, 56))]
    assert degrees(bridged(drawn(down))) == {1: 2}
    network = bridged(drawn([*across, *down]))
    assert degrees(network) == {1: 6}
    (whole,) = (way for way in network.ways if way.bridged.any())
    assert whole.length_px == pytest.approx(52), "the shorter gap is bridged"


def test_a_line_by_itself_must_be_three_times_as_long_as_a_dead_end():
    assert without_short_lines(skeleton("#" * 31), 15).ways == ()
    assert without_short_lines(skeleton("#" * 45), 15).ways == ()
    assert len(without_short_lines(skeleton("#" * 46), 15).ways) == 1


def test_short_lines_and_dead_ends_are_left_out():
    lines = [((10, 50), (190, 50)), ((100, 50), (100, 64)), ((40, 150), (48, 150))]
    field = LineField.of_arrays(painted(lines))
    assert degrees(extract(field, RULES)) == {1: 2}
    assert degrees(extract(field, ExtractionRules(0.5, 0, 0, True)))[1] > 2


def test_nothing_gives_an_empty_network():
    network = extract(LineField.of_arrays(np.zeros((3, 50, 60), np.float32)), BRIDGING)
    assert network.ways == ()
    assert shaped(network, 1.0) == ()


def skeleton(text):
    return network_of(CentrePixels.of_mask(np.array([[sign == "#" for sign in row] for row in text.split()])))


def test_a_ring_has_one_place():
    network = skeleton("""
        .......
        ..###..
        .#...#.
        .#...#.
        ..###..
        .......""")
    (way,) = network.ways
    assert way.is_loop
    assert way.length_px == pytest.approx(6 + 4 * 2**0.5)
    assert degrees(network) == {2: 1}


def test_every_pixel_of_a_skeleton_lies_on_a_way(speckled):
    pixels = centre_pixels(LineField.of_arrays(speckled), 0.5)
    network = network_of(pixels)
    inner = {tuple(point) for way in network.ways for point in way.points[1:-1].tolist()}
    there = set(zip(pixels.cols.tolist(), pixels.rows.tolist(), strict=True))
    assert inner <= there
    assert len(there - inner) < 0.2 * len(there)  # the rest are places: ends, junctions and dots


def test_ways_are_joined_where_nothing_else_meets():
    whole = skeleton("#########")
    (way,) = whole.ways
    halves = [way.part(0, 4, 0, 2), way.part(4, 8, 2, 1).reversed()]
    again = joined(LineNetwork(np.array([[0, 0], [8, 0], [4, 0]], float), tuple(halves)))
    assert len(again.ways) == 1
    assert again.ways[0].length_px == pytest.approx(8)


def test_spurs_go_and_what_they_parted_is_one_way():
    network = skeleton("""
        ....#....
        ....#....
        #########""")
    assert len(network.ways) == 3
    assert len(without_spurs(network, 5).ways) == 1
    assert len(without_spurs(network, 1).ways) == 3


def test_of_two_ways_around_a_hole_one_stays():
    network = skeleton("""
        ....###....
        ####...####
        ....###....""")
    assert len(network.ways) == 4
    assert len(without_small_rings(network, 20).ways) == 1
    assert len(without_small_rings(network, 3).ways) == 4


def test_two_ways_are_one_where_they_are_no_further_apart_than_wide():
    field = painted([((20, 100), (180, 100)), ((60, 100), (100, 93)), ((100, 93), (140, 100))], width=7)
    field[0, 97:99, 80:120] = 0  # a slit along the road
    network = network_of(centre_pixels(LineField.of_arrays(field), 0.5))
    assert len(without_small_rings(network, 0, 0.0).ways) > len(without_small_rings(network, 0, 2.0).ways)
    assert degrees(extract(LineField.of_arrays(field), RULES)) == {1: 2}


def test_lines_are_smooth_and_cross_nowhere(speckled):
    network = extract(LineField.of_arrays(speckled), BRIDGING)
    lines = np.array(shaped(network, 1.5), object)
    assert shapely.is_simple(lines).all()
    assert len(shapely.STRtree(lines).query(lines, predicate="crosses")[0]) == 0
    assert sum(len(shapely.get_coordinates(line)) for line in lines) < 0.2 * sum(len(w.points) for w in network.ways)
    for way, line in zip(network.ways, lines, strict=True):
        raw = shapely.linestrings(way.points)
        assert shapely.hausdorff_distance(raw, line) < 5
        ends = shapely.get_coordinates(line)[[0, -1]]
        assert (ends == way.points[[0, -1]]).all()


@pytest.mark.parametrize("tolerance_px", [1, 12, 15])
def test_two_ways_around_an_island_never_become_one_line(tolerance_px):
    """However coarsely they are simplified."""
    upper, lower = ([((60, 100), (75, row)), ((75, row), (125, row)), ((125, row), (140, 100))] for row in (89, 111))
    road = [((10, 100), (60, 100)), *upper, *lower, ((140, 100), (190, 100))]
    network = extract(LineField.of_arrays(painted(road, width=5)), RULES)
    assert degrees(network) == {1: 2, 3: 2}
    lines = np.array(shaped(network, tolerance_px), object)
    assert all(one.relate_pattern(other, "F********") for one, other in combinations(lines, 2))


@pytest.mark.parametrize("other", [(0, 40), (20, 60), (10, 30)], ids=["equal", "overlapping", "covered"])
def test_ways_side_by_side_share_nothing_when_simplified(other):
    """Either would be straight, and lie on the other."""
    ways = []
    for number, ((first, last), aside) in enumerate((((0, 40), -4), (other, 4))):
        columns = np.arange(first, last + 1)
        points = np.column_stack([columns, np.where((columns == first) | (columns == last), 0, aside)]).astype(float)
        known = np.ones(len(points))
        ways.append(Way(2 * number, 2 * number + 1, points, known, known, known == 0))
    places = np.array([way.points[end] for way in ways for end in (0, -1)])
    one, two = shaped(LineNetwork(places, tuple(ways)), 8)
    assert one.relate_pattern(two, "F********")
