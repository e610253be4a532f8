"""clDice gives the numbers of the official implementation (jocpae/clDice, commit 47d31a6)."""

import json

import pytest
import torch
from terraloom.models.losses.cldice import ClDice, soft_cldice, soft_dice, soft_dice_cldice, soft_skeleton
from terraloom.tests.models.golden import GOLDEN
from terraloom.tests.models.golden import golden as read_golden

CASES = ("c1", "c2", "c3")


@pytest.fixture(scope="module")
def golden():
    return read_golden("cldice", "cldice")


@pytest.fixture(scope="module")
def values(golden):
    return json.loads((GOLDEN / "cldice" / "expected.json").read_text(encoding="utf-8"))["soft"]


def masks(golden, case):
    """Truth and prediction; of two channels the first is the background, which does not count."""
    first = 1 if case == "c2" else 0
    truth, prediction = golden[f"{case}.y_true"], golden[f"{case}.y_pred"].clone().requires_grad_()
    return truth[:, first:], prediction[:, first:], prediction


@pytest.mark.parametrize("iterations", [3, 10])
@pytest.mark.parametrize("case", CASES)
def test_skeletons_are_the_same_bits(golden, case, iterations):
    for ours, theirs in (("y_true", "skel_true"), ("y_pred", "skel_pred")):
        skeleton = soft_skeleton(golden[f"{case}.{ours}"], iterations)
        assert torch.equal(skeleton, golden[f"{case}.{theirs}.iter{iterations}"])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["soft_cldice", "soft_dice_cldice_alpha0.5"])
def test_values_and_gradients(golden, values, case, name):
    truth, prediction, leaf = masks(golden, case)
    loss = (soft_cldice if name == "soft_cldice" else soft_dice_cldice)(truth, prediction)
    loss.backward()
    assert loss.item() == pytest.approx(values[f"{case}.{name}"], abs=1e-6)
    torch.testing.assert_close(leaf.grad, golden[f"{case}.{name}.grad_y_pred"], atol=1e-6, rtol=0)


@pytest.mark.parametrize("case", CASES)
def test_dice_and_short_skeletons(golden, values, case):
    truth, prediction, _ = masks(golden, case)
    short = soft_cldice(truth, prediction, iterations=3)
    assert short.item() == pytest.approx(values[f"{case}.soft_cldice_with_skeleton_iter3"], abs=1e-6)
    dice = soft_dice(golden[f"{case}.y_true"], golden[f"{case}.y_pred"])
    assert dice.item() == pytest.approx(values[f"{case}.soft_dice_all_channels"], abs=1e-6)


def test_the_loss_of_a_lone_logit_is_that_of_its_sigmoid(golden, values):
    logits, labels = golden["c1.y_pred"].logit(), golden["c1.y_true"][:, 0]
    assert set(labels.unique().tolist()) <= {0, 1}
    assert ClDice(255)(logits, labels.long()).item() == pytest.approx(values["c1.soft_cldice"], abs=1e-5)
