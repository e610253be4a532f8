"""Whether a network is unsure where it errs: numbers worked out by hand, and references of every kind."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import toys
from listening import Heard
from maps import one_hot
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.estimate_uncertainty import Truth
from terraloom.engine.uncertainty.aurc_interval import BlockErrors, Ground
from terraloom.engine.uncertainty.risk_coverage import RankedErrors
from uncertain_maps import estimate, truth_polygons


def ranked(unsure, wrong):
    counted = RankedErrors()
    counted.add(np.array(unsure), np.array(wrong, bool))
    return counted.curve()


def test_aurc_is_what_it_is_by_hand():
    curve = ranked([0.3, 0.1, 0.2, 0.4], [0, 0, 1, 1])  # sorted: right, wrong, right, wrong
    assert curve.aurc == pytest.approx(float((0 + Fraction(1, 2) + Fraction(1, 3) + Fraction(2, 4)) / 4))
    assert curve.best == pytest.approx(float((0 + 0 + Fraction(1, 3) + Fraction(2, 4)) / 4))
    assert curve.random == 0.5 and curve.excess == pytest.approx(curve.aurc - curve.best)
    assert curve.risk_at(0.25) == 0 and curve.risk_at(0.5) == pytest.approx(1 / 2)
    assert curve.risk_at(0.75) == pytest.approx(1 / 3) and curve.risk_at(1) == 0.5


def test_aurc_of_many_pixels_is_that_of_sorting_them():
    random = np.random.default_rng(0)
    unsure = random.permutation(5000) / 5000
    wrong = random.random(5000) < 0.3 * unsure
    risks = np.cumsum(wrong[np.argsort(unsure)]) / np.arange(1, 5001)
    best = np.cumsum(np.sort(wrong)) / np.arange(1, 5001)
    curve = ranked(unsure, wrong)
    assert curve.aurc == pytest.approx(risks.mean(), abs=1e-4)
    assert curve.best == pytest.approx(best.mean(), abs=1e-9)
    np.testing.assert_allclose(curve.risk, risks[(curve.coverage * 5000).astype(int) - 1], atol=1e-3)


def test_pixels_are_told_apart_however_sure_the_network_is():
    """All confidences lie above 0.99999, as those of a network that has learnt long."""
    random = np.random.default_rng(0)
    confidence = 1 - 10 ** random.uniform(-7, -5, 5000).astype(np.float32)
    wrong = random.random(5000) < (1 - confidence) * 3e4
    risks = np.cumsum(wrong[np.argsort(1 - confidence, kind="stable")]) / np.arange(1, 5001)
    curve = ranked(1 - confidence, wrong)
    assert curve.random > 0.05 and curve.aurc == pytest.approx(risks.mean(), abs=0.003)
    assert curve.aurc < 0.6 * curve.random


def test_pixels_of_which_a_network_is_equally_unsure_come_in_any_order():
    wrong = [1, 0, 0, 0]
    orders = [np.cumsum(np.roll(wrong, turn)) / np.arange(1, 5) for turn in range(4)]
    curve = ranked([0.2] * 4, wrong)
    assert curve.aurc == pytest.approx(np.mean(orders)) == pytest.approx(curve.random)
    assert ranked([], []) is None
    assert ranked([0.1, 0.2], [0, 0]).aurc == 0


def ground_with_errors(side, patch, seed):
    """How unsure a network is of a square of ground, and where it is wrong: patches of either kind, as on maps."""
    random = np.random.default_rng(seed)
    level = random.random((side // patch, side // patch))
    wrong = random.random(level.shape) < 0.3 * level
    unsure, errs = (each.repeat(patch, 0).repeat(patch, 1) for each in (level, wrong))
    return unsure + 0.001 * random.random(unsure.shape), errs


def interval_of(unsure, wrong, seed=0):
    rows, columns = (each.ravel() for each in np.indices(unsure.shape))
    counted = BlockErrors(Ground(0, 0, *unsure.shape))
    counted.add(unsure.ravel(), wrong.ravel(), rows, columns)
    return counted.interval(ranked(unsure.ravel(), wrong.ravel()).aurc, seed)


def test_the_interval_of_aurc_holds_what_other_ground_like_it_says():
    """Where errors come in patches as large as blocks: of 60 pieces of ground some 95 % hold the mean of all."""
    pieces = [ground_with_errors(160, 16, seed) for seed in range(60)]
    truth = np.mean([ranked(unsure.ravel(), wrong.ravel()).aurc for unsure, wrong in pieces])
    found = [interval_of(*piece) for piece in pieces]
    assert all(each.blocks == 100 and each.block_px == 16 for each in found)
    assert 0.85 <= np.mean([each.low <= truth <= each.high for each in found]) <= 1


def test_pixels_that_err_together_make_a_wider_interval_than_those_that_do_not():
    """The same pixels in another order have the same AURC, and were they drawn one by one the same interval."""
    unsure, wrong = ground_with_errors(160, 16, 0)
    order = np.random.default_rng(1).permutation(unsure.size)
    together = interval_of(unsure, wrong)
    apart = interval_of(*(each.ravel()[order].reshape(each.shape) for each in (unsure, wrong)))
    assert together.high - together.low > 4 * (apart.high - apart.low) > 0


def test_the_interval_is_known_by_its_seed_and_lies_round_aurc():
    unsure, wrong = ground_with_errors(160, 16, 0)
    one, same, other = (interval_of(unsure, wrong, seed) for seed in (1, 1, 2))
    assert one == same != other
    assert one.low < ranked(unsure.ravel(), wrong.ravel()).aurc < one.high


def test_the_interval_lies_round_aurc_however_sure_the_network_is():
    """Draws are counted by coarse steps, of which the first holds all of these pixels."""
    unsure, wrong = ground_with_errors(160, 1, 0)
    unsure = 10 ** (2 * unsure - 15)
    found = interval_of(unsure, wrong)
    assert found.low < ranked(unsure.ravel(), wrong.ravel()).aurc < found.high


@pytest.mark.parametrize("all_wrong", [False, True])
def test_where_nothing_is_wrong_or_everything_no_draw_tells_how_certain_that_is(all_wrong):
    """From 0 to 0 would be called sure: ground where none of a few pixels is wrong is no rare chance."""
    unsure, _ = ground_with_errors(160, 16, 0)
    found = interval_of(unsure, np.full(unsure.shape, all_wrong))
    assert not found.is_known and found.blocks == 100


def test_ground_is_cut_into_about_a_hundred_squares():
    ground = Ground.around([(1000, 2000, 1999, 2499), (1500, 2100, 2999, 2999)])
    assert (ground.top, ground.left, ground.rows, ground.columns) == (1000, 2000, 2000, 1000)
    assert ground.block_px == 142 and ground.blocks == 15 * 8
    numbers = ground.block_of(*(each.ravel() for each in np.mgrid[1000:3000:71, 2000:3000:71]))
    assert set(numbers.tolist()) == set(range(ground.blocks))
    assert Ground(0, 0, 20, 30).block_px == 16 and Ground(0, 0, 20, 30).blocks == 4
    assert Ground(0, 0, 1, 100_000).blocks == 100  # a strip


def test_a_reference_tells_whether_it_is_unsure_where_it_errs(tmp_path):
    classes = np.zeros((10, 12), int)
    scores = one_hot(classes)
    scores[0, :, 6:] = 0.1  # unsure in the east, where half of it is wrong
    source = toys.raster(tmp_path / "in.tif", scores)
    boxes, names = [(0, 0, 6, 10), (6, 0, 9, 10), (9, 0, 12, 10)], ["Class 0", "0", "class 1"]
    truth = truth_polygons(tmp_path / "truth.gpkg", boxes, names)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    outcome = estimate(tmp_path, model, source, wants=("output", "report"), truth=truth)
    before, tied = np.zeros(60), 0.5 * np.arange(1, 61) / np.arange(61, 121)
    assert outcome.metrics["aurc"] == pytest.approx(np.concatenate([before, tied]).mean(), rel=1e-6)
    assert outcome.metrics["risk"] == 0.25 and outcome.metrics["compared"] == 120
    assert outcome.metrics["blocks"] == 1 and "aurc_low" not in outcome.metrics
    page = (tmp_path / "u.html").read_text()
    assert "lie within one block of 16 px: how certain the figures are cannot be told" in page
    assert "Of 120 pixels whose class <i>truth.gpkg</i> tells, 25.0 % are wrong" in page
    assert "AURC" in page and "truth.gpkg (polygons)" in page


def test_a_map_without_an_error_has_no_interval(tmp_path):
    scores = one_hot(np.zeros((40, 40), int))
    source = toys.raster(tmp_path / "in.tif", scores)
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 40, 40)], ["Class 0"])
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    metrics = estimate(tmp_path, model, source, wants=("report",), truth=truth).metrics
    assert metrics["aurc"] == 0 and metrics["blocks"] == 9 and "aurc_low" not in metrics
    page = (tmp_path / "u.html").read_text()
    assert "none of these is wrong, or each is" in page
    assert "Without an error no order is better than another." in page and "it is half of that" not in page


def test_a_raster_is_a_reference_too(tmp_path):
    classes = np.zeros((10, 12), int)
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    reference = classes.astype(np.uint8)
    reference[:3] = 2
    truth = Truth(toys.raster(tmp_path / "truth.tif", reference), is_raster=True)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    metrics = estimate(tmp_path, model, source, wants=("report",), truth=truth).metrics
    assert metrics["risk"] == pytest.approx(0.3) == metrics["aurc"]  # it is equally sure everywhere


@pytest.mark.parametrize("is_raster", [True, False])
def test_the_interval_is_told_with_what_was_drawn(tmp_path, is_raster):
    """Half of the map is known, from its row 20 on: 4 x 7 blocks of 16 px."""
    random = np.random.default_rng(0)
    scores = one_hot(np.zeros((80, 100), int)) * random.uniform(0.05, 0.5, (80, 100)).astype(np.float32)
    source, heard = toys.raster(tmp_path / "in.tif", scores), Heard()
    if is_raster:
        known = np.full((80, 100), 255, np.uint8)
        known[20:] = random.random((60, 100)) < 0.3
        truth = Truth(toys.raster(tmp_path / "truth.tif", known, nodata=255), is_raster=True)
    else:
        boxes = [(0, 20, 50, 80), (50, 20, 100, 80)]
        truth = truth_polygons(tmp_path / "truth.gpkg", boxes, ["Class 0", "Class 1"])

    model = toys.bands_as_classes(tmp_path / "m.onnx")
    metrics = estimate(tmp_path, model, source, heard, ("report",), truth=truth).metrics
    assert metrics["blocks"] == 28 and 0 <= metrics["aurc_low"] < metrics["aurc"] < metrics["aurc_high"] <= 1
    assert any("from drawing 28 blocks of 16 px anew" in line for line in heard.logs)
    page = (tmp_path / "u.html").read_text()
    assert "1,000 draws of 28 square blocks of ground of 16 px" in page
    assert f"{metrics['aurc_low']:.4f} – {metrics['aurc_high']:.4f}" in page


def test_what_a_reference_says_beside_the_map_and_by_number_only_is_told(tmp_path):
    """Its classes have other names, and one of its polygons lies elsewhere."""
    source, heard = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((20, 20), int))), Heard()

    model = toys.bands_as_classes(tmp_path / "m.onnx")
    raster = Path(toys.raster(tmp_path / "truth.tif", np.zeros((20, 20), np.uint8)))
    names = "<CategoryNames><Category>Wald</Category></CategoryNames>"
    raster.with_name("truth.tif.aux.xml").write_text(
        f"<PAMDataset><PAMRasterBand band='1'>{names}</PAMRasterBand></PAMDataset>"
    )
    estimate(tmp_path, model, source, heard, ("report",), truth=Truth(str(raster), is_raster=True))
    assert any("No class has the same name on both sides (Wald against" in line for line in heard.warnings)
    truth = truth_polygons(tmp_path / "t.gpkg", [(0, 0, 9, 9), (900, 0, 910, 9)], ["Class 0", "Class 1"])
    estimate(tmp_path, model, source, heard, ("report",), truth=truth)
    assert "Outside the map: 1 of the polygons of the reference" in (tmp_path / "u.html").read_text()


@pytest.mark.parametrize(("threshold", "is_told"), [(None, False), (0.5, False), (0.2, True)])
def test_of_two_classes_entropy_is_told_where_it_sorts_otherwise_than_confidence(tmp_path, threshold, is_told):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(3).normal(size=(1, 20, 20)).astype(np.float32))
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    document = toys.card(classes=2, activation="sigmoid")
    document["properties"]["mlm:output"][0]["result"]["shape"] = [-1, 1, -1, -1]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 20, 20)], ["Class 1"])
    estimate(tmp_path, model, source, wants=("report",), truth=truth, card=CardFields(threshold=threshold))
    page = (tmp_path / "u.html").read_text()
    assert "By confidence" in page and ("By entropy" in page) == is_told


def test_a_reference_where_the_map_holds_nothing_is_told(tmp_path):
    scores = one_hot(np.zeros((20, 20), int))
    scores[:, :10] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 20, 5)], ["Class 0"])
    heard = Heard()

    outcome = estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, heard, ("report",), truth=truth)
    assert "aurc" not in outcome.metrics and "100 pixels" in heard.warnings[-1]
    assert "holds nothing at 100 pixels of the reference" in (tmp_path / "u.html").read_text()
