"""What a user sets for roads counts in metres on the ground and as a probability, whatever the pixels and the model."""

import numpy as np
import pytest
import shapely
import toys
from affine import Affine
from listening import Heard
from onnx import helper
from road_scenes import BINS, extract, layer, logits

PIXEL_M = 2.0


def log_odds(probability):
    return np.log(probability / (1 - probability))


def roads(tmp_path, said, **rules):
    """Attributes and shapes of the roads in a scene of 2 m pixels."""
    source = toys.raster(tmp_path / "in.tif", said, pixel=PIXEL_M)
    return layer(extract(tmp_path, source, rules=rules)[0]["output"])


@pytest.mark.parametrize(("shortest_m", "kept"), [(0, 2), (32, 2), (40, 1), (56, 0)])
def test_dead_ends_are_as_long_as_min_length_on_the_ground(tmp_path, shortest_m, kept):
    """One of 36 m and one of 48 m branch off a road."""
    said = logits([((10, 50), (190, 50)), ((60, 50), (60, 68)), ((130, 50), (130, 74))], (100, 200))
    _, lines = roads(tmp_path, said, min_length_m=shortest_m)
    assert len(lines) == 1 + 2 * kept  # each parts the road once more
    ends = shapely.union_all(lines).bounds
    assert 5_000_000 - ends[1] == pytest.approx(2 * {2: 74, 1: 74, 0: 50}[kept], abs=6)


def dead_ends(columns, lines):
    """Length on the ground of the lines that end where no other does."""
    ends = np.array([shapely.get_coordinates(line)[[0, -1]] for line in lines])
    _, which, counts = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True, return_counts=True)
    return columns["length_m"][(counts[which.reshape(-1, 2)] == 1).any(axis=1)]


@pytest.mark.parametrize("simplify_m", [0, 2, 8])
def test_no_dead_end_that_is_given_out_is_shorter_than_min_length_at_whatever_slant(tmp_path, simplify_m):
    """Steps from pixel to pixel are longer than the smooth line that is made of them."""
    strokes = []
    for road, slant_deg in enumerate((22, 30, 60, 68)):
        row, (across, down) = 20 + 60 * road, (np.cos(np.radians(slant_deg)), np.sin(np.radians(slant_deg)))
        strokes.append(((10, row), (640, row)))
        for place, length_px in enumerate(range(20, 31)):
            column = 50 + 50 * place
            strokes.append(((column, row), (column + round(length_px * across), row + round(length_px * down))))
    said = logits(strokes, (250, 650), width=5)
    found = dead_ends(*roads(tmp_path, said, min_length_m=40, simplify_m=simplify_m))
    assert (found >= 40).all() and (found < 44).sum() > 3


@pytest.mark.parametrize(
    ("road", "end", "shortest_m", "kept"),
    [
        (((10, 100), (190, 100)), (100, 130), 30, True),
        (((10, 100), (190, 100)), (100, 130), 33, False),
        (((100, 10), (100, 190)), (140, 100), 20, True),
        (((100, 10), (100, 190)), (140, 100), 23, False),
    ],
    ids=["31 m south", "31 m south, too short", "21 m east", "21 m east, too short"],
)
def test_pixels_need_not_be_square_on_the_ground_for_min_length(tmp_path, road, end, shortest_m, kept):
    """At 60° north a pixel of 1e-5° is 0.56 m wide and 1.11 m high; the model takes pixels as they are."""
    degrees = Affine(1e-5, 0, 11.0, 0, -1e-5, 60.0)
    source = toys.raster(tmp_path / "in.tif", logits([road, ((100, 100), end)]), crs="EPSG:4326", transform=degrees)
    _, lines = layer(extract(tmp_path, source, rules={"min_length_m": shortest_m})[0]["output"])
    assert len(lines) == (3 if kept else 1)


@pytest.mark.parametrize(("longest_m", "parts"), [(40, 3), (56, 2), (80, 1)])
def test_gaps_are_bridged_up_to_max_gap_on_the_ground(tmp_path, longest_m, parts):
    """The road lacks 32 m and, further on, 56 m; lines end half its width, 7 m, before either end of a gap."""
    said = logits([((10, 50), (240, 50))], (100, 250))
    for first, end in ((70, 86), (160, 188)):
        said[0, :, first:end] = np.minimum(said[0, :, first:end], -1)
    columns, lines = roads(tmp_path, said, max_gap_m=longest_m)
    assert len(lines) == parts
    assert columns["bridged_m"].sum() == pytest.approx({3: 0, 2: 46, 1: 116}[parts], abs=6)


@pytest.mark.parametrize(("longest_m", "told"), [(1000, 0), (1004, 1)])
def test_gaps_of_more_than_500_pixels_are_warned_of(tmp_path, longest_m, told):
    source, heard = toys.raster(tmp_path / "in.tif", logits([((10, 50), (190, 50))]), pixel=PIXEL_M), Heard()
    extract(tmp_path, source, rules={"max_gap_m": longest_m}, progress=heard)
    assert sum("MAX_GAP is 1004 m, which is 502 pixels." in text for text in heard.warnings) == told


def test_lines_have_no_more_points_than_simplify_needs_on_the_ground(tmp_path):
    """The road bends out by 20 m."""
    said = logits([((10, 40), (100, 50)), ((100, 50), (190, 40))], (100, 200))
    counts = {}
    for simplify_m in (0, 12, 30):
        _, (line,) = roads(tmp_path, said, simplify_m=simplify_m)
        counts[simplify_m] = len(line.coords)
    assert counts[0] > 150 and counts[30] == 2 < counts[12] < 10


def test_confidence_is_the_mean_probability_along_a_line(tmp_path):
    said = logits([((10, 30), (190, 30)), ((10, 80), (190, 80))], (110, 200))
    said[0, :55] = np.minimum(said[0, :55], log_odds(0.7))
    said[0, 55:] = np.minimum(said[0, 55:], log_odds(0.9))
    columns, lines = roads(tmp_path, said)
    upper, lower = np.argsort([line.bounds[1] for line in lines])[::-1]
    assert columns["confidence"][[upper, lower]] == pytest.approx([0.7, 0.9], abs=0.02)


def test_the_threshold_is_the_users_then_that_of_the_card(tmp_path):
    said = logits([((10, 50), (190, 50))], (100, 200))
    said[0] = np.minimum(said[0], log_odds(0.7))
    source = toys.raster(tmp_path / "in.tif", said)
    names = tuple(f"b{n}" for n in range(1 + BINS))
    document = toys.card(names, 1 + BINS, activation="sigmoid", **{"terraloom:lines": {"bins": BINS, "first_deg": -5}})
    document["properties"]["mlm:output"][0]["terraloom:threshold"] = 0.8
    nodes = [helper.make_node("Identity", ["image"], ["output"])]
    strict = toys.save(tmp_path / "strict.onnx", nodes, {}, len(names), document)
    for model, threshold, count in ((strict, 0, 0), (strict, 0.6, 1), (None, 0, 1), (None, 0.8, 0)):
        made, _ = extract(tmp_path, source, model, ("output", "mask_raster"), {"threshold": threshold})
        assert len(layer(made["output"])[1]) == count
        assert toys.read(made["mask_raster"]).any() == bool(count)


def test_orientation_is_told_where_a_line_is_not_improbable(tmp_path):
    said = logits([((10, 30), (190, 30)), ((10, 80), (190, 80))], (110, 200))
    said[0, :55] = np.minimum(said[0, :55], log_odds(0.12))
    said[0, 55:] = np.minimum(said[0, 55:], log_odds(0.08))
    made, _ = extract(tmp_path, toys.raster(tmp_path / "in.tif", said), wants=("orientation", "probability"))
    known = ~np.ma.getmaskarray(toys.read(made["orientation"])[0])
    assert known[30, 20:180].all() and not known[80].any()
    assert (known == (toys.read(made["probability"])[0] >= 0.1)).all()
