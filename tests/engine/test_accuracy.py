"""Figures of accuracy are those of the textbooks, and their intervals hold the truth as often as they promise."""

import tracemalloc

import numpy as np
import pytest
from terraloom.engine.errors import InputError
from terraloom.engine.verification import accuracy
from terraloom.engine.verification.accuracy import Confusion, assess, assess_points, wilson

CONGALTON = np.array([[65, 6, 0, 4], [4, 81, 11, 7], [22, 5, 85, 3], [24, 8, 19, 90]])
"""The error matrix of Congalton 1991 (doi 10.1016/0034-4257(91)90048-B, table 1), with the reference in rows."""


def test_figures_of_a_textbook():
    table = Confusion(CONGALTON)
    assert table.overall_accuracy == pytest.approx(321 / 434)
    assert table.producers_accuracy == pytest.approx([65 / 75, 81 / 103, 85 / 115, 90 / 141])
    assert table.users_accuracy == pytest.approx([65 / 115, 81 / 100, 85 / 115, 90 / 104])
    chance = (75 * 115 + 103 * 100 + 115 * 115 + 141 * 104) / 434**2
    assert table.kappa == pytest.approx((321 / 434 - chance) / (1 - chance))
    assert table.iou[0] == pytest.approx(65 / (75 + 115 - 65))
    assert table.f1[0] == pytest.approx(2 * 65 / (75 + 115))
    assert table.mean_iou == pytest.approx(np.mean(table.iou))


def test_counting_is_looking_at_every_pixel():
    random = np.random.default_rng(0)
    truth, mapped = random.integers(3, size=(2, 40, 30))
    counts = Confusion.measure(truth, mapped, 3).counts
    for true in range(3):
        for said in range(3):
            assert counts[true, said] == ((truth == true) & (mapped == said)).sum()


def test_absent_class_is_named_and_left_out_of_means():
    found = assess_points(np.array([[8, 2, 0], [1, 9, 3], [0, 0, 0]]))
    assert found.absent == (2,)
    assert np.isnan(found.iou[2].value) and np.isnan(found.iou[2].low) and np.isnan(found.producers_accuracy[2].value)
    assert found.users_accuracy[2].value == 0  # what is mapped as it is wrong
    assert found.mean_iou.value == pytest.approx(np.mean([8 / 11, 9 / 15]))


def test_single_class_all_right_has_no_kappa():
    found = assess(np.array([[[5, 0], [0, 0]], [[7, 0], [0, 0]]]))
    assert found.overall_accuracy.value == found.mean_iou.value == 1
    assert np.isnan(found.kappa.value) and found.kappa.to_document() == {"value": None, "low": None, "high": None}


def test_a_map_without_a_fault_has_no_certainty_from_a_few_groups_or_points():
    """Shares of 1 have Wilson's interval; of kappa and means nobody knows how far they are from the truth."""
    right = np.diag([6, 4])
    for found in (assess_points(right), assess(np.stack([right] * 4))):
        assert found.overall_accuracy.low < found.overall_accuracy.value == 1
        for figure in (found.kappa, found.mean_iou, found.macro_f1):
            assert figure.value == 1 and np.isnan(figure.low) and np.isnan(figure.high)


@pytest.mark.parametrize("assessed", [assess_points, lambda table: assess(np.stack([table] * 10))])
def test_the_interval_of_f1_is_that_of_iou_turned_into_f1(assessed):
    """Of a class that is never found too: there F1 is as surely below 2 w / (1 + w) as IoU is below w."""
    found = assessed(np.array([[0, 5, 0], [0, 5, 1], [1, 1, 3]]))
    for iou, f1 in zip(found.iou, found.f1):
        for end in ("low", "high"):
            assert getattr(f1, end) == pytest.approx(2 * getattr(iou, end) / (1 + getattr(iou, end)))
    assert found.iou[0].value == 0 and found.iou[0].high > 0


def test_one_group_has_no_interval():
    found = assess(CONGALTON[np.newaxis])
    assert found.groups == 1 and found.overall_accuracy.value == pytest.approx(321 / 434)
    assert np.isnan(found.overall_accuracy.low) and np.isnan(found.iou[0].high)


def test_a_figure_that_rests_on_one_group_has_no_interval():
    """Mapped in the first of three groups only, the class is truly there in all."""
    counts = np.zeros((3, 2, 2), np.int64)
    counts[:, 0, 0], counts[:, 1, 0] = 20, (1, 3, 2)
    counts[0, 1, 1], counts[0, 0, 1] = 9, 2
    found = assess(counts)
    assert found.users_accuracy[1].value == pytest.approx(9 / 11) and np.isnan(found.users_accuracy[1].low)
    assert found.producers_accuracy[1].low < found.producers_accuracy[1].value < found.producers_accuracy[1].high


def test_same_seed_same_intervals():
    groups = np.random.default_rng(1).integers(0, 9, (30, 3, 3))
    first, again, other = (assess(groups, seed=seed).mean_iou for seed in (4, 4, 5))
    assert first == again and first.low != other.low


def test_wilson_as_published():
    """Newcombe 1998 (doi 10.1002/(SICI)1097-0258(19980430)17:8<857), table I, method 3."""
    for right, tried, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        assert wilson(np.array(right), np.array(tried), 0.95) == pytest.approx([low, high], abs=1e-4)
    assert np.isnan(wilson(np.array([0.0]), np.array([0.0]), 0.95)).all()


def test_intervals_hold_the_truth_as_often_as_they_promise():
    """Groups of 50 pixels that are right or wrong together: counting pixels would promise far too much."""
    random = np.random.default_rng(2)
    held = narrow = 0
    for trial in range(200):
        shares = random.beta(4, 2, size=40)  # of each group; the true accuracy is 2/3
        right = random.binomial(50, shares)
        counts = np.zeros((40, 2, 2), np.int64)
        counts[:, 0, 0], counts[:, 0, 1] = right, 50 - right
        figure = assess(counts, 0.9, trial).overall_accuracy
        held += figure.low <= 2 / 3 <= figure.high
        points = assess_points(counts.sum(axis=0), 0.9).overall_accuracy
        narrow += points.low <= 2 / 3 <= points.high
    assert 0.83 <= held / 200 <= 0.96
    assert narrow / 200 < 0.6


def test_intervals_of_points_hold_the_truth():
    random = np.random.default_rng(3)
    truth = np.array([[0.5, 0.1], [0.1, 0.3]])
    real = Confusion(truth)
    held = np.zeros(3)
    for _ in range(200):
        found = assess_points(random.multinomial(150, truth.ravel()).reshape(2, 2), 0.9)
        pairs = (found.iou[1], real.iou[1]), (found.f1[1], real.f1[1]), (found.kappa, real.kappa)
        held += [figure.low <= value <= figure.high for figure, value in pairs]
    assert (held / 200 > 0.84).all() and (held / 200 < 0.97).all()


def test_nothing_to_assess_is_said():
    with pytest.raises(InputError, match="nothing to assess"):
        assess(np.zeros((3, 2, 2), np.int64))
    with pytest.raises(InputError, match="between 0 and 1"):
        assess_points(CONGALTON, 95)


def test_draws_of_many_groups_take_no_copy_of_their_counts(monkeypatch):
    monkeypatch.setattr(accuracy, "BATCH_VALUES", 2**16)
    counts = np.zeros((1024, 64, 64), np.int64)
    counts[np.arange(1024), np.arange(1024) % 64, np.arange(1024) % 63] = 1 + np.arange(1024)
    tracemalloc.start()
    try:
        assert assess(counts).groups == 1024
        assert tracemalloc.get_traced_memory()[1] < counts.nbytes / 2
    finally:
        tracemalloc.stop()
