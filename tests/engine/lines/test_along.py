"""Smoothing along directions: what it fills, what it leaves alone, and that parts do not show."""

import numpy as np
import pytest
from terraloom.engine.lines import along
from terraloom.engine.lines.along import REACH_PX, STEPS_PX, smoothed, smoothed_field
from terraloom.engine.lines.centres import BLOCK_REACH_PX, THINNING_STEPS
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField
from terraloom.engine.lines.thinning import reach_px, thin
from terraloom.engine.tiles.turns import each_turn

LEAST = 0.3
SIDE, ROAD = 160, slice(77, 84)


def speckled(height=300, width=90, seed=3):
    """Any probability, and any direction, more or less sure."""
    draw = np.random.default_rng(seed)
    angle, sure = draw.uniform(0, 2 * np.pi, (height, width)), draw.uniform(0, 1, (height, width))
    probability = draw.uniform(0, 1, (height, width))
    return np.stack([probability, sure * np.cos(angle), sure * np.sin(angle)]).astype(np.float32)


def road(gap=slice(0, 0), seen=0.0, direction=(1.0, 0.0)):
    """A road along the rows, from side to side, that is as probable in a gap as it is seen there."""
    field = np.zeros((3, SIDE, SIDE), np.float32)
    field[0, ROAD] = 0.95
    field[1, ROAD] = 1
    field[0, ROAD, gap] = seen
    field[1, ROAD, gap], field[2, ROAD, gap] = direction
    return field


def ways(field, directed=True, longest_gap_px=0.0):
    """The lines of a field."""
    return extract(LineField.of_arrays(field), ExtractionRules(0.5, 10, longest_gap_px, directed)).ways


@pytest.mark.parametrize(("first", "end"), [(0, 1), (0, 120), (7, 40), (130, 171), (299, 300), (0, 300)])
@pytest.mark.parametrize(("left", "right"), [(0, 90), (0, 1), (33, 60)])
def test_any_place_is_as_it_is_of_the_whole(first, end, left, right):
    field = speckled()
    whole = smoothed(field, LEAST)
    asked = []

    def read(place):
        asked.append(place)
        return field[:, place[0], place[1]]

    here = slice(first, end), slice(left, right)
    found = smoothed_field(LineField(read, 300, 90, side=64), LEAST).read(here)
    assert np.array_equal(found[0], whole[here]) and np.array_equal(found[1:], field[(slice(1, 3), *here)])
    rows, cols = slice(max(0, first - REACH_PX), min(300, end + REACH_PX)), slice(max(0, left - REACH_PX), right)
    assert asked == [(rows, slice(cols.start, min(90, right + REACH_PX)))]
    assert np.abs(whole - field[0]).max() > 0.1


def test_pixels_that_are_smoothed_together_do_not_show(monkeypatch):
    field = speckled()
    once = smoothed(field, LEAST)
    monkeypatch.setattr(along, "TOGETHER", 7)
    assert np.array_equal(smoothed(field, LEAST), once)


def test_hardly_any_pixel_is_smoothed_twice():
    """Parts overlap by their halo, which is wide: they are so large that two fifths more are read at most."""
    side = 6000
    field = LineField(lambda place: np.zeros((3, 0, 0), np.float32), side, side)
    parts = list(field.parts(reach_px(THINNING_STEPS + 1) + BLOCK_REACH_PX))
    asked = [field.around(part.around, REACH_PX).around for part in parts]
    assert sum((rows.stop - rows.start) * (cols.stop - cols.start) for rows, cols in asked) < 1.4 * side**2
    own = np.zeros((side // 10, side // 10), int)
    for part in parts:
        rows, cols = (slice(axis.start + own.start, axis.start + own.stop) for axis, own in zip(part.around, part.own))
        own[rows.start // 10 : rows.stop // 10, cols.start // 10 : cols.stop // 10] += 1
    assert (own == 1).all()


def test_it_is_the_same_however_the_values_lie_in_memory():
    field = speckled()
    transposed = np.ascontiguousarray(field.T).T
    assert np.array_equal(smoothed(transposed, LEAST), smoothed(field, LEAST))
    assert np.array_equal(thin(transposed[0] > 0.4, 3), thin(field[0] > 0.4, 3))
    assert thin(field[0] > 0.4, 3).sum() < (field[0] > 0.4).sum()


def test_what_is_less_probable_than_the_least_stays_as_it_is():
    field = speckled()
    faint = field[0] < LEAST
    assert np.array_equal(smoothed(field, LEAST)[faint], field[0][faint])


def test_turned_images_are_smoothed_alike():
    field = speckled(120, 120)
    upright = smoothed(field, LEAST)

    def measure(values):  # the field as it lies in a turned tile: each turn's own way back is that of the others
        return np.stack([smoothed(values[0], LEAST), *values[0][1:]])

    for number, turned in enumerate(each_turn("rotations", [field], measure)):
        if number in (0, 4):  # half a turn leaves directions as they are
            np.testing.assert_allclose(turned[0], upright, atol=1e-4)
    mirrored = np.stack([field[0], field[1], -field[2]])[:, :, ::-1]
    np.testing.assert_allclose(smoothed(mirrored, LEAST)[:, ::-1], upright, atol=1e-4)
    quarter = np.rot90(np.stack([field[0], -field[1], -field[2]]), axes=(1, 2))
    np.testing.assert_allclose(np.rot90(smoothed(quarter, LEAST), -1), upright, atol=1e-4)


def test_a_road_loses_nothing_at_its_ends_at_the_images_edge_nor_in_a_ring():
    field = road()
    field[:, :, 100:] = 0  # it ends in the middle, and at the edge
    assert np.array_equal(smoothed(field, LEAST), field[0])
    rows, cols = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    around = np.abs(np.hypot(rows, cols) - 15) <= 4  # a roundabout
    tangent = 2 * (np.arctan2(-rows, cols) + np.pi / 2)
    ring = np.where(around, np.stack([np.full((SIDE, SIDE), 0.9), np.cos(tangent), np.sin(tangent)]), 0)
    assert smoothed(ring.astype(np.float32), LEAST)[around].min() > 0.6
    assert len(ways(ring.astype(np.float32))) == 1


@pytest.mark.parametrize(
    ("seen", "direction", "directed", "parts"),
    [
        (0.4, (1, 0), True, 1),
        (0.4, (1, 0), False, 2),
        (0.4, (0, 0), True, 2),
        (0.4, (-1, 0), True, 2),
        (0.2, (1, 0), True, 2),
    ],
    ids=["half seen", "directions are not asked", "none is known", "it runs across", "hardly seen"],
)
def test_a_line_leads_over_what_is_half_seen_if_it_runs_there(seen, direction, directed, parts):
    found = ways(road(slice(74, 86), seen, direction), directed)
    assert len(found) == parts
    assert not any(way.bridged.any() for way in found), "the network saw it, so it is no bridge"


def test_a_line_is_as_sure_as_the_network_is_of_it():
    """Where a road is half seen its confidence is not raised."""
    (way,) = ways(road(slice(74, 86), 0.4))
    assert set(np.round(way.probability, 3)) == {0.4, 0.95}


def test_a_line_does_not_grow_into_a_gap_that_is_not_filled():
    """Longer gaps than MAX_GAP stay as long as they are."""
    field = road(slice(40, 120), 0.45)
    ends = sorted(float(way.points[end, 0]) for way in ways(field) for end in (0, -1))
    assert ends[1] <= 39 and ends[2] >= 120
    assert len(ways(field, longest_gap_px=75)) == 2
    assert len(ways(field, longest_gap_px=95)) == 1


def test_no_line_is_made_of_what_is_nowhere_as_probable_as_the_threshold():
    """Beyond a crossing a road goes on half seen: smoothing alone would lead it on."""
    field = road(slice(100, 160), 0.45)
    field[0, :, 97:104], field[1, :, 97:104] = 0.95, -1
    network = extract(LineField.of_arrays(field), ExtractionRules(0.5, 0, 0, True))
    assert network.ways and all((way.probability >= 0.5).any() for way in network.ways)
    assert max(way.points[:, 0].max() for way in network.ways) <= 104


def test_passes_reach_as_far_as_is_said():
    """A single pixel is seen from nowhere farther off."""
    field = np.zeros((3, SIDE, SIDE), np.float32)
    field[0], field[1] = 0.5, 1
    field[0, 80, 80] = 1
    changed = np.flatnonzero((smoothed(field, LEAST) != 0.5)[80])
    assert 80 - REACH_PX <= changed.min() and changed.max() <= 80 + REACH_PX
    assert changed.max() - 80 == sum(STEPS_PX)
