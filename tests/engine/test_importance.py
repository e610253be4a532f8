"""How much bands count: shares among what is there, with intervals over parts of the place drawn anew."""

import numpy as np
import pytest
import shapely
import toys
from explanations import EAST, NORTH, explain, linear, rows, shapes
from terraloom.engine.explanation.attribution import Attribution
from terraloom.engine.explanation.channels import BAND, Group
from terraloom.engine.explanation.features import blocks
from terraloom.engine.explanation.importance import DRAWS, MAPS, drawn_anew, from_maps, over_tiles

GROUPS = (Group(BAND, "red", (0,)), Group(BAND, "nir", (1,)))
KNOWN = np.ones((80, 80), bool)


def spread_over(values, side_px):
    """Maps of two bands that are the same all over each square, `(2, squares)`, as windows make them."""
    squares = blocks(80, 80, side_px)
    maps = values[:, squares].astype(np.float32)
    parts = (1 / np.bincount(squares.ravel()))[squares].astype(np.float32)
    return Attribution(maps.sum(axis=0), maps, parts)


def interval(found, side_px, known=KNOWN):
    row = from_maps(found, known, GROUPS, drawn_anew(found, known, side_px, 0))[0]
    return row.low, row.share, row.high


def test_intervals_are_those_of_windows_that_differ_by_themselves():
    """Of independent windows the bootstrap finds how far shares of other places would lie."""
    rng = np.random.default_rng(0)
    draws = rng.gamma(2.0, size=(300, 2, 100))
    shares = draws[:, 0].sum(axis=1) / draws.sum(axis=(1, 2))
    found = [interval(spread_over(each, 8), 8) for each in draws[:60]]
    width = np.mean([high - low for low, _, high in found])
    assert width == pytest.approx(np.subtract(*np.percentile(shares, (97.5, 2.5))), rel=0.15)
    assert np.mean([low <= 0.5 <= high for low, _, high in found]) > 0.85


def test_pixels_that_repeat_their_neighbours_make_no_interval_narrower():
    """A map of blocks is drawn by blocks, however many pixels each has; drawn pixel by pixel it would seem sure."""
    values = np.random.default_rng(1).gamma(2.0, size=(2, 100))
    maps = values[:, blocks(80, 80, 8)].astype(np.float32)
    by_pixel = Attribution(maps.sum(axis=0), maps)
    low, share, high = interval(by_pixel, 8)
    assert (low, share, high) == pytest.approx(interval(spread_over(values, 8), 8), abs=1e-6)
    narrow = interval(by_pixel, 1)
    assert high - low > 4 * (narrow[2] - narrow[0])


@pytest.mark.parametrize("tiles", [2, 4])
def test_intervals_over_few_tiles_hold_the_share_of_the_whole_as_often_as_they_say(tiles):
    draws = np.random.default_rng(3).gamma(20.0, (1, 3), size=(500, tiles, 2))
    first, second = zip(*(over_tiles(each, each, 1, GROUPS, MAPS) for each in draws))
    for found, share in ((first, 0.25), (second, 0.75)):
        assert np.mean([row.low <= share <= row.high for row in found]) == pytest.approx(0.95, abs=0.03)
        assert all(0 <= row.low <= row.share <= row.high <= 1 for row in found)
    alone = over_tiles(draws[0, :1], draws[0, :1], 1, GROUPS, MAPS)
    nothing = over_tiles(0 * draws[0], 0 * draws[0], 1, GROUPS, MAPS)
    assert np.isnan([row.low for row in (*alone, *nothing)]).all()


def test_what_lies_in_few_squares_or_where_nothing_is_known_is_not_drawn():
    values = np.full((2, 100), 1e-6)
    values[:, :4] = 1
    assert not len(drawn_anew(spread_over(values, 8), KNOWN, 8, 0))
    values[:, :6] = 1
    known = KNOWN.copy()
    assert drawn_anew(spread_over(values, 8), known, 8, 0).shape == (DRAWS, 2)
    known[:8, :24] = False
    assert not len(drawn_anew(spread_over(values, 8), known, 8, 0))
    assert not len(drawn_anew(spread_over(values * 0, 8), KNOWN, 8, 0))


@pytest.mark.parametrize(
    "given",
    [
        {"name": "occlusion", "by_band": True},
        {"name": "featureablation"},
        {"name": "saliency"},
        {"name": "inputxgradient"},
        {"name": "integratedgradients"},
        {"name": "gradientshap"},
    ],
)
def test_every_method_that_tells_bands_apart_by_maps_has_intervals(tmp_path, given):
    values = np.random.default_rng(2).uniform(-3, 3, (2, 40, 50)).astype(np.float32)
    model, source = linear(tmp_path / "m.onnx")[0], toys.raster(tmp_path / "in.tif", values)
    place = shapes(tmp_path / "a.gpkg", [shapely.box(EAST, NORTH - 40, EAST + 50, NORTH)])
    found = []
    for seed in (1, 1, 2):
        made, _ = explain(tmp_path, model, source, place=place, seed=seed, wants=("table",), **given)
        found.append(rows(made["table"]))
        for row in found[-1]:
            assert 0 < float(row["share_low"]) < float(row["share"]) < float(row["share_high"]) < 1
    assert found[0] == found[1] != found[2]
