"""Roads and calving fronts in the cards of bundled models are scored as a hand would, on lines that are known."""

import importlib
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from terraloom.recipes import glacier_scores
from terraloom.recipes.glacier_scores import Compared
from terraloom.recipes.glacier_tiles import FRONT, ICE, SEA, GlacierImage
from terraloom.recipes.images import LabelledImage
from terraloom.recipes.road_tiles import IGNORE, RoadImage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def road_scores(monkeypatch):
    """The recipe, which finds `benchmarks` in the repository from which it is run."""
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("terraloom.recipes.road_scores")


# roads: what several images come to


def counted(road_scores, **changes):
    """What is counted of an image without anything."""
    nothing = {"both": 0, "either": 0, "predicted": (0, 0), "true": (0, 0), "length_px": (0.0, 0.0), "parts": (0, 0)}
    return road_scores.LineCounts(**nothing | {"apls": math.nan} | changes)


def test_the_relaxed_f1_is_of_all_pixels_together(road_scores):
    """Precision: of the map's pixels those near to labels; recall: of the labels' those near to the map."""
    found = road_scores.summed_up([
        counted(road_scores, both=5, either=20, predicted=(10, 8), true=(20, 15)),
        counted(road_scores, both=10, either=30, predicted=(30, 12), true=(60, 45)),
    ])  # fmt: skip
    assert found["iou"] == 0.3
    assert (found["relaxed_precision"], found["relaxed_recall"]) == (0.5, 0.75)
    assert found["relaxed_f1"] == 0.6
    assert found["apls"] is None


def test_apls_counts_by_the_length_of_the_labels_roads(road_scores):
    found = road_scores.summed_up([
        counted(road_scores, apls=0.9, length_px=(500.0, 200.0), parts=(3, 1)),
        counted(road_scores, apls=0.3, length_px=(100.0, 100.0), parts=(4, 1)),
        counted(road_scores, length_px=(60.0, 0.0), parts=(1, 0)),  # roads where there is none: no way to compare
    ])  # fmt: skip
    assert found["apls"] == 0.7
    assert (found["length_ratio"], found["parts_ratio"]) == (2.2, 4)


def test_nothing_at_all_is_no_road(road_scores):
    found = road_scores.summed_up([counted(road_scores)])
    assert found.pop("apls") is None and set(found.values()) == {0}
    table = road_scores.line_table({"All images": {**found, "apls": None}, "One": {**found, "apls": 0.5}})
    *_, one, everything = table.splitlines()
    assert one.startswith("| One |") and "| 0.500 |" in one, "the pooled figures come last"
    assert everything.startswith("| All images |") and "| – |" in everything


# roads: what is counted of one image


ROWS, COLS, ROAD = 60, 200, 20


def road_image(ignored=()):
    """An image with a road of one pixel's width from side to side."""
    labels = torch.zeros(2, ROWS, COLS, dtype=torch.uint8)
    labels[0, ROAD] = 1
    for place in ignored:
        labels[(0, *place)] = IGNORE
    return RoadImage("toy", torch.zeros(3, ROWS, COLS, dtype=torch.uint8), labels)


def said(road_scores, *rows, gap=slice(0, 0), gap_probability=0.0, image=None):
    """What a network says that sees roads along some rows."""
    field = np.zeros((3, ROWS, COLS), np.float32)
    for row in rows:
        field[0, row] = 0.9
        field[0, row, gap] = gap_probability
    field[1] = field[0]  # all run along the rows
    return road_scores.Said(image or road_image(), field, torch.zeros(ROWS, COLS))


def test_the_labels_themselves_are_a_perfect_map(road_scores):
    found = road_scores.summed_up([road_scores.count(said(road_scores, ROAD), road_scores.WAYS[road_scores.DIRECTED])])
    names = ("iou", "relaxed_f1", "relaxed_precision", "relaxed_recall", "parts_ratio")
    assert [found[name] for name in names] == [1.0] * 5
    assert found["apls"] == pytest.approx(1, abs=1e-3) and found["length_ratio"] == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(("away_px", "near"), [(3, COLS), (4, 0)])
def test_what_is_up_to_three_pixels_away_counts_as_found(road_scores, away_px, near):
    found = road_scores.count(said(road_scores, ROAD + away_px), road_scores.WAYS[road_scores.NONE])
    assert (found.both, found.either) == (0, 2 * COLS)
    assert found.predicted == found.true == (COLS, near)


def test_a_road_too_many_costs_precision_and_one_too_few_recall(road_scores):
    way = road_scores.WAYS[road_scores.NONE]
    many = road_scores.count(said(road_scores, ROAD, ROAD + 20), way)
    assert (many.predicted, many.true) == ((2 * COLS, COLS), (COLS, COLS))
    assert many.parts == (2, 1) and many.length_px[0] == pytest.approx(2 * many.length_px[1], rel=0.02)
    few = road_scores.count(said(road_scores, ROAD, gap=slice(0, 100)), way)
    assert (few.predicted, few.true) == ((100, 100), (COLS, 100 + 3)), "up to three pixels into the gap"
    none = road_scores.count(said(road_scores), way)
    assert (none.predicted, none.true, none.parts, none.apls) == ((0, 0), (COLS, 0), (0, 1), 0)


def test_roads_that_meet_are_one_part(road_scores):
    crossing = said(road_scores, ROAD)
    crossing.field[0, :, 100] = 0.9
    found = road_scores.count(crossing, road_scores.WAYS[road_scores.NONE])
    assert found.parts == (1, 1)
    assert found.length_px[0] == pytest.approx(COLS + ROWS, rel=0.03)


def test_gaps_are_bridged_where_the_way_says_so(road_scores):
    torn = said(road_scores, ROAD, gap=slice(90, 110), gap_probability=0.3)
    parts = {name: road_scores.count(torn, way).parts for name, way in road_scores.WAYS.items()}
    assert parts == {
        "no bridges": (2, 1),
        "smoothed along directions, no bridges": (2, 1),
        "bridged by probability": (1, 1),
        "smoothed along directions and bridged by them": (1, 1),
    }


def test_what_is_not_labelled_is_neither_right_nor_wrong(road_scores):
    unknown = road_image(ignored=[(slice(None), slice(0, 50)), (slice(35, 45), slice(None))])
    found = road_scores.count(said(road_scores, ROAD, 40, image=unknown), road_scores.WAYS[road_scores.NONE])
    assert (found.both, found.either) == (COLS - 50, COLS - 50)
    assert found.predicted == found.true == (COLS - 50, COLS - 50)


class SeesRoadsEverywhere:
    stride = 1

    def __call__(self, image):
        return torch.full((1, 1 + 18, *image.shape[2:]), 2.0)


def test_a_network_is_asked_for_its_field_which_is_empty_where_nothing_is_known(road_scores):
    image = road_image(ignored=[(slice(0, 10), slice(None))])
    found = road_scores.Said.of(SeesRoadsEverywhere(), image)
    assert not found.field[:, :10].any()
    assert found.field[0, 10:] == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-6)
    assert (found.logit == 2).all() and found.logit.shape == (ROWS, COLS)
    background, road = road_scores.road_logits(found.logit).softmax(0)
    torch.testing.assert_close(road, torch.sigmoid(found.logit))
    torch.testing.assert_close(background, 1 - road)


# fronts


def glacier(drawn, found=None, cols=slice(None)):
    """An image whose front is drawn along a row, and what a network says that sees it along another."""
    rows, columns = 80, 100
    line = np.stack([np.arange(float(columns)), np.full(columns, float(drawn))], axis=1)
    labels = torch.zeros(rows, columns, dtype=torch.uint8)
    image = GlacierImage(LabelledImage("toy", torch.zeros(1, rows, columns, dtype=torch.uint8), labels), line)
    logits = torch.full((3, rows, columns), -4.0)
    side = drawn if found is None else found
    logits[SEA, :side], logits[ICE, side:] = 4.0, 4.0
    if found is not None:
        logits[:, found - 2 : found + 3, cols] = -4.0
        logits[FRONT, found - 2 : found + 3, cols] = 4.0
    return image, logits


@pytest.mark.parametrize("away_px", [0, 4, -7])
def test_a_front_is_as_far_off_as_it_lies_from_the_drawn_one(away_px):
    found = glacier_scores.compare(*glacier(40, 40 + away_px))
    assert found.distance_px == pytest.approx(abs(away_px), abs=0.3)
    assert found.facing_px == pytest.approx(abs(away_px), abs=0.3)
    assert found.length_ratio == pytest.approx(1, abs=0.06)


def test_what_is_missing_at_an_end_lengthens_the_distance_but_not_where_both_face():
    """Points of the drawn front from 50 px on lie up to 50 px beyond the end of the found one: 12.5 px in the mean."""
    found = glacier_scores.compare(*glacier(40, 40, cols=slice(0, 50)))
    assert found.distance_px == pytest.approx((0 + 12.5) / 2, abs=0.8)
    assert found.facing_px == pytest.approx(0, abs=0.2)
    assert found.length_ratio == pytest.approx(0.5, abs=0.06)


def test_a_front_has_the_sea_to_its_left():
    _, logits = glacier(40, 40)
    above, below = glacier_scores.front_of(logits).points, glacier_scores.front_of(logits.flip(1)).points
    assert above[0, 0] < above[-1, 0], "rightwards where the sea is above"
    assert below[0, 0] > below[-1, 0], "leftwards where it is below"


def test_no_front_is_no_distance():
    found = glacier_scores.compare(*glacier(40))
    assert math.isnan(found.distance_px) and math.isnan(found.facing_px) and found.length_ratio == 0


NOT_FOUND = Compared(math.nan, math.nan, 0.0)
SEEN = {
    "Jakobshavn": [Compared(2.0, 1.0, 1.0), Compared(4.0, 2.0, 0.8), Compared(12.0, 9.0, 1.4), NOT_FOUND],
    "Sverdrup": [Compared(10.0, 8.0, 0.5)],
}


def test_distances_are_those_of_the_fronts_that_were_found_and_the_lost_are_told():
    """Lost is what was not found, and what lies more than 10 px off, which is another line."""
    figures = glacier_scores.front_figures(SEEN)
    one, other, every = (figures[name] for name in ("Jakobshavn", "Sverdrup", "All images"))
    assert (one["images"], one["not_found"], one["lost_share"]) == (4, 1, 0.5)
    assert (one["mean_distance_px"], one["median_distance_px"]) == (6, 4)
    assert (one["facing_distance_px"], one["median_facing_distance_px"]) == (4, 2)
    assert one["length_ratio"] == pytest.approx(0.9)
    assert (other["lost_share"], other["not_found"], other["mean_distance_px_interval"]) == (0, 0, None)
    assert (every["images"], every["not_found"], every["lost_share"]) == (5, 1, 0.4)
    assert (every["mean_distance_px"], every["median_distance_px"], every["facing_distance_px"]) == (7, 7, 5)
    assert every["length_ratio"] == 0.8
    # of the three that were found, chance takes the nearest thrice in 1 of 27 draws, and the farthest
    assert one["mean_distance_px_interval"] == [2, 12]


def test_the_table_tells_a_row_for_each_glacier():
    table = glacier_scores.front_table(glacier_scores.front_figures(SEEN))
    heading, _, *rows = table.splitlines()
    assert [row.split(":")[0] for row in rows] == ["| Jakobshavn", "| Sverdrup", "| All images"]
    assert rows[1] == "| Sverdrup: fronts | 1 | 10.00 | 10.00 | 8.00 | 8.00 | 0 | 0.50 |"
    assert rows[0].endswith("| 4.00 | 4.00 | 2.00 | 50 | 0.90 |")
    assert all(row.count("|") == heading.count("|") for row in rows)


def test_the_table_has_dashes_for_a_glacier_without_any_front():
    lost = glacier_scores.Compared(float("nan"), float("nan"), 0.0)
    found = glacier_scores.Compared(1.0, 1.0, 1.0)
    table = glacier_scores.front_table(glacier_scores.front_figures({"A": [lost], "B": [found]}))
    assert table.splitlines()[2] == "| A: fronts | 1 | – | – | – | – | 100 | 0.00 |"
