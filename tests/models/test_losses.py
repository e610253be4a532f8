"""Losses give the numbers that a hand gives."""

import math

import pytest
import torch
from terraloom.models.errors import MisfitError
from terraloom.models.losses.absolute_error import AbsoluteError
from terraloom.models.losses.adversarial import LEAST_SQUARES, NON_SATURATING, fooling, judging
from terraloom.models.losses.binary_cross_entropy import BinaryCrossEntropy
from terraloom.models.losses.cldice import ClDice
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.losses.dice import Dice
from terraloom.models.losses.distillation import Distillation
from terraloom.models.losses.focal import Focal
from terraloom.models.losses.huber import Huber
from terraloom.models.losses.info_nce import InfoNCE
from terraloom.models.losses.lovasz import Lovasz
from terraloom.models.losses.orientation import Orientation
from terraloom.models.losses.soft_iou import SoftIoU
from terraloom.models.losses.squared_error import SquaredError
from terraloom.models.losses.transport import advection_residual, heat_residual
from terraloom.models.losses.tversky import Tversky
from terraloom.models.losses.water_level import water_level_residual
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.targets import OnOutput
from terraloom.models.objectives.weighted_sum import WeightedSum, WeightedTerm

IGNORE = 5


def logits_of(*probabilities):
    """Logits `(1, classes, 1, pixels)` whose softmax is the given probability per pixel and class."""
    return torch.tensor(probabilities).log().T[None, :, None, :]


def labels_of(*labels):
    return torch.tensor(labels)[None, None, :]


def test_cross_entropy_is_the_weighted_mean_over_labelled_pixels():
    logits = logits_of((0.5, 0.5), (0.2, 0.8), (0.9, 0.1))
    loss = CrossEntropy(IGNORE, class_weights=(1.0, 3.0))(logits, labels_of(0, 1, IGNORE))
    expected = (1 * -math.log(0.5) + 3 * -math.log(0.8)) / (1 + 3)
    assert loss.item() == pytest.approx(expected, abs=1e-6)


def test_dice_is_the_mean_over_the_classes_present():
    logits = logits_of((0.5, 0.3, 0.2), (0.1, 0.8, 0.1), (0.2, 0.2, 0.6))
    loss = Dice(IGNORE)(logits, labels_of(0, 1, IGNORE))
    first = 2 * 0.5 / ((0.5 + 0.1) + 1)
    second = 2 * 0.8 / ((0.3 + 0.8) + 1)
    assert loss.item() == pytest.approx(1 - (first + second) / 2, abs=1e-6)


def test_label_smoothing_spreads_a_share_over_all_classes():
    logits = logits_of((0.5, 0.3, 0.2), (0.2, 0.2, 0.6))
    loss = CrossEntropy(IGNORE, (1.0, 1.0, 1.0), smoothing=0.3)(logits, labels_of(1, IGNORE))
    expected = -(0.1 * math.log(0.5) + 0.8 * math.log(0.3) + 0.1 * math.log(0.2))
    assert loss.item() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_a_mask_is_the_two_class_case(smoothing):
    logit, labels = torch.tensor([0.3, -1.2, 2.0])[None, None, None], labels_of(1, 0, IGNORE)
    both = torch.cat([torch.zeros_like(logit), logit], dim=1)
    for one, two in (
        (BinaryCrossEntropy(IGNORE, (1.0, 3.0), smoothing), CrossEntropy(IGNORE, (1.0, 3.0), smoothing)),
        (Focal(IGNORE, (1.0, 3.0)), Focal(IGNORE, (1.0, 3.0))),
        (Distillation(), Distillation()),
    ):
        if isinstance(one, Distillation):
            assert one(logit, -logit).item() == pytest.approx(two(both, -both).item(), abs=1e-6)
        else:
            assert one(logit, labels).item() == pytest.approx(two(both, labels).item(), abs=1e-6)


def test_tversky_weighs_misses_and_false_alarms():
    logits = logits_of((0.6, 0.4), (0.1, 0.9))
    loss = Tversky(IGNORE, false_alarms=0.2, misses=0.8)(logits, labels_of(0, 1))
    first = 0.6 / (0.6 + 0.2 * 0.1 + 0.8 * 0.4)
    second = 0.9 / (0.9 + 0.2 * 0.4 + 0.8 * 0.1)
    assert loss.item() == pytest.approx(1 - (first + second) / 2, abs=1e-6)


def test_even_tversky_is_dice():
    logits = torch.randn(2, 3, 5, 7, generator=torch.Generator().manual_seed(0))
    labels = torch.randint(0, 3, (2, 5, 7), generator=torch.Generator().manual_seed(1))
    assert Tversky(IGNORE, 0.5, 0.5)(logits, labels).item() == pytest.approx(
        Dice(IGNORE)(logits, labels).item(), abs=1e-6
    )


def test_soft_iou_by_hand():
    logits = logits_of((0.6, 0.4), (0.1, 0.9))
    loss = SoftIoU(IGNORE)(logits, labels_of(0, 0))
    assert loss.item() == pytest.approx(1 - 0.7 / (0.7 + 2 - 0.7), abs=1e-6)


def test_focal_looks_away_from_what_is_right():
    logits = logits_of((0.5, 0.5), (0.2, 0.8))
    loss = Focal(IGNORE, (1.0, 3.0), focus=2.0)(logits, labels_of(0, 1))
    expected = (0.5**2 * -math.log(0.5) + 3 * 0.2**2 * -math.log(0.8)) / 4
    assert loss.item() == pytest.approx(expected, abs=1e-6)
    blunt = Focal(IGNORE, (1.0, 3.0), focus=0.0)(logits, labels_of(0, 1))
    assert blunt.item() == pytest.approx(CrossEntropy(IGNORE, (1.0, 3.0))(logits, labels_of(0, 1)).item(), abs=1e-6)


def test_lovasz_at_hard_predictions_is_one_minus_iou():
    labels = torch.randint(0, 3, (2, 6, 5), generator=torch.Generator().manual_seed(0))
    predicted = torch.randint(0, 3, (2, 6, 5), generator=torch.Generator().manual_seed(1))
    logits = 100.0 * torch.nn.functional.one_hot(predicted, 3).movedim(-1, 1)
    ious = [((labels == c) & (predicted == c)).sum() / ((labels == c) | (predicted == c)).sum() for c in range(3)]
    assert Lovasz(IGNORE)(logits, labels).item() == pytest.approx(1 - (sum(ious) / 3).item(), abs=1e-6)


def test_lovasz_hinge_by_hand():
    """Margins 0.5 (outside, wrong side), -0.2 (inside, wrong side) and 3 (inside, right): errors 1.5, 1.2 and -2."""
    logits = torch.tensor([0.5, -0.2, 3.0])[None, None, None]
    loss = Lovasz(IGNORE)(logits, labels_of(0, 1, 1))
    growth_first, growth_second = 1 - 2 / 3, (1 - 1 / 3) - (1 - 2 / 3)
    assert loss.item() == pytest.approx(1.5 * growth_first + 1.2 * growth_second, abs=1e-6)


def test_errors_of_values_leave_gaps_out():
    values = torch.tensor([1.0, 4.0, 9.0, 2.5])[None, None, None].requires_grad_()
    target = torch.tensor([2.0, 1.0, math.nan, 2.0])[None, None, None]
    assert AbsoluteError()(values, target).item() == pytest.approx((1 + 3 + 0.5) / 3)
    assert SquaredError()(values, target).item() == pytest.approx((1 + 9 + 0.25) / 3)
    huber = Huber(delta=2.0)(values, target)
    assert huber.item() == pytest.approx((0.5 + 2 * (3 - 1) + 0.125) / 3)
    huber.backward()
    assert values.grad.isfinite().all() and values.grad[..., 2] == 0


def test_targets_of_another_shape_are_refused():
    with pytest.raises(MisfitError, match="gives 2 × 1 × 4 × 4, the target is 2 × 4 × 4"):
        AbsoluteError()(torch.zeros(2, 1, 4, 4), torch.zeros(2, 4, 4))
    with pytest.raises(MisfitError, match="gives 2 × 3 × 4 × 4, the labels are 2 × 8 × 8"):
        CrossEntropy(IGNORE, (1.0,) * 3)(torch.zeros(2, 3, 4, 4), torch.zeros(2, 8, 8).long())


def test_info_nce_by_hand():
    first, second = torch.tensor([[2.0, 0.0], [0.0, 1.0]]), torch.tensor([[1.0, 1.0], [0.0, 3.0]])
    cosines = [[math.sqrt(0.5), 0.0], [math.sqrt(0.5), 1.0]]

    def pick(row, own):
        return -math.log(math.exp(row[own] / 0.5) / sum(math.exp(each / 0.5) for each in row))

    forward = (pick(cosines[0], 0) + pick(cosines[1], 1)) / 2
    columns = list(zip(*cosines))
    backward = (pick(columns[0], 0) + pick(columns[1], 1)) / 2
    assert InfoNCE(0.5)(first, second).item() == pytest.approx((forward + backward) / 2, abs=1e-6)


def test_distillation_is_the_softened_divergence_of_the_teachers_classes():
    student, teacher = torch.tensor([[1.0, -1.0, 5.0]]), torch.tensor([[0.0, 2.0]])
    p, q = (teacher / 2).softmax(1)[0], (student[:, :2] / 2).softmax(1)[0]
    expected = 4 * sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist()))
    assert Distillation(2.0)(student, teacher).item() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("wet, expected_m", [((1, 0, 0), 2.0), ((0, 0, 1), 0.0), ((1, 1, 0), 1.0), ((1, 1, 1), 0.0)])
def test_water_above_a_dry_neighbour_costs_its_height(wet, expected_m):
    """A slope of 7, 5 and 4 m: a pixel's water must be its lower neighbour's too."""
    elevation_m = torch.tensor([7.0, 5.0, 4.0])[None, None, None]
    residual = water_level_residual(torch.tensor(wet).float()[None, None, None], elevation_m)
    assert residual.item() == pytest.approx(expected_m / 2), "the mean over two pairs of neighbours"


def test_water_level_goes_both_ways_and_skips_unknown_heights():
    elevation_m = torch.tensor([[1.0, 4.0], [math.nan, 2.0]])[None, None]
    wet = torch.tensor([[0.0, 1.0], [1.0, 0.5]])[None, None]
    assert water_level_residual(wet, elevation_m).item() == pytest.approx((3 * 1 + 2 * 0.5) / 2)


def grid(side, spacing_m):
    rows, cols = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    return rows.double() * spacing_m, cols.double() * spacing_m


def test_what_drifts_with_the_wind_has_no_advection_residual():
    """u(x - v t) solves the equation; a standing field in the same wind does not."""
    y_m, x_m = grid(24, 100.0)
    right_m_s, down_m_s, step_s = 3.0, -2.0, 5.0
    u = [
        torch.sin((x_m - right_m_s * t) / 900) * torch.cos((y_m - down_m_s * t) / 700)
        for t in (0.0, step_s, 2 * step_s)
    ]
    velocity_m_s = torch.tensor([right_m_s, down_m_s]).view(1, 2, 1, 1).expand(1, 2, 24, 24)
    drifting = advection_residual(torch.stack(u)[None], velocity_m_s, 100.0, step_s)
    standing = advection_residual(torch.stack([u[0]] * 3)[None], velocity_m_s, 100.0, step_s)
    assert drifting.shape == (1, 2, 22, 22)
    assert drifting.abs().max() < 0.01 * standing.abs().max()


def test_what_cools_as_heat_does_has_no_heat_residual():
    """exp(-2 κ k² t) sin(k x) sin(k y) solves the equation."""
    y_m, x_m = grid(24, 10.0)
    k, diffusivity_m2_s, step_s = 1 / 60, 2.0, 30.0
    u = torch.sin(k * x_m) * torch.sin(k * y_m)
    fields = torch.stack([u * math.exp(-2 * diffusivity_m2_s * k**2 * t) for t in (0.0, step_s, 2 * step_s)])[None]
    cooling = heat_residual(fields, diffusivity_m2_s, 10.0, step_s)
    standing = heat_residual(torch.stack([u] * 3)[None], diffusivity_m2_s, 10.0, step_s)
    assert cooling.shape == (1, 2, 22, 22)
    assert cooling.abs().max() < 0.01 * standing.abs().max()


def test_the_critic_and_the_network_want_the_opposite():
    sure, fooled = torch.full((1, 1, 2, 2), -4.0), torch.full((1, 1, 2, 2), 4.0)
    for game in (NON_SATURATING, LEAST_SQUARES):
        assert fooling(torch.ones(1), game) < fooling(-torch.ones(1), game)
        assert judging(fooled, sure, game) < judging(sure, fooled, game)
    assert fooling(sure, NON_SATURATING).item() == pytest.approx(-math.log(1 / (1 + math.exp(4))), abs=1e-6)
    assert fooling(torch.ones(1), LEAST_SQUARES).item() == 0
    assert judging(torch.ones(1), torch.zeros(1), LEAST_SQUARES).item() == 0
    even = judging(torch.zeros(1), torch.zeros(1), NON_SATURATING)
    assert even.item() == pytest.approx(math.log(2), abs=1e-6)


LABEL_LOSSES = {
    "cross entropy": CrossEntropy(IGNORE, (1.0, 2.0)),
    "smoothed": CrossEntropy(IGNORE, (1.0, 2.0), smoothing=0.1),
    "focal": Focal(IGNORE, (1.0, 2.0)),
    "dice": Dice(IGNORE),
    "tversky": Tversky(IGNORE),
    "soft IoU": SoftIoU(IGNORE),
    "lovász": Lovasz(IGNORE),
    "clDice": ClDice(IGNORE),
    "orientation": Orientation(IGNORE, 2),
}
MASK_LOSSES = {name: LABEL_LOSSES[name] for name in ("focal", "dice", "tversky", "soft IoU", "lovász", "clDice")} | {
    "binary": BinaryCrossEntropy(IGNORE)
}
BOTH = [pytest.param(loss, 2, id=name) for name, loss in LABEL_LOSSES.items()]
BOTH += [pytest.param(loss, 1, id=f"{name} of a mask") for name, loss in MASK_LOSSES.items()]


@pytest.mark.parametrize("loss, outputs", BOTH)
def test_a_batch_without_labels_costs_nothing(loss, outputs):
    logits = torch.randn(1, outputs, 4, 3).requires_grad_()
    value = loss(logits, torch.full((1, 4, 3), IGNORE))
    value.backward()
    assert value.item() == 0
    assert torch.equal(logits.grad, torch.zeros_like(logits))


@pytest.mark.parametrize("loss, outputs", BOTH)
def test_pixels_without_a_label_do_not_count(loss, outputs):
    """What the network says where there is no label changes nothing, and gets no gradient."""
    chance = torch.Generator().manual_seed(0)
    logits = torch.randn(2, outputs, 9, 7, generator=chance).requires_grad_()
    labels = torch.randint(0, 2, (2, 9, 7), generator=chance)
    ignored = torch.rand(2, 9, 7, generator=chance) < 0.3
    labels[ignored] = IGNORE
    value = loss(logits, labels)
    value.backward()
    assert (logits.grad.movedim(1, -1)[ignored] == 0).all() and logits.grad.abs().sum() > 0
    other = torch.where(ignored[:, None], 3.0, logits)
    assert loss(other, labels).item() == pytest.approx(value.item(), abs=1e-6)


def test_objective_weighs_and_names_its_terms():
    terms = {
        "distance": WeightedTerm(OnOutput(torch.nn.functional.mse_loss), weight=0.5),
        "bias": WeightedTerm(OnOutput(lambda o, t: (o - t).mean())),
    }
    batch = Batch((torch.full((1, 1, 2, 2), 3.0),), target=torch.ones(1, 1, 2, 2))
    losses = WeightedSum(terms).losses(torch.nn.Identity(), batch)
    assert {name: loss.item() for name, loss in losses.items()} == {"distance": 0.5 * 4, "bias": 2}
