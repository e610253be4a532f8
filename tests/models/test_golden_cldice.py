"""clDice gives the numbers of the official implementation (jocpae/clDice, commit 47d31a6)."""

import json

import pytest
import torch
from scipy.ndimage import distance_transform_edt
from terraloom.engine.lines.thinning import thin
from terraloom.models.losses.cldice import ClDice, soft_cldice, soft_dice, soft_skeleton
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


def soft_dice_cldice(truth, prediction, alpha=0.5):
    """(1 - α) Dice + α clDice (equation 3); trainings weigh the terms `dice` and `cldice` instead."""
    return (1 - alpha) * soft_dice(truth, prediction) + alpha * soft_cldice(truth, prediction)


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
    assert ClDice(255)(logits, labels.long()).item() == pytest.approx(values["c1.soft_cldice"], abs=1e-6)


# Hard clDice is the measure that the loss stands for. Nothing here reports it, since APLS and relaxed F1 say more of
# maps; so it is written out here alone.

HARD = ("identical", "gap", "shift_and_extra", "other_width")


def hard_masks(golden, case):
    """Prediction, truth, and the official skeletons of both."""
    return tuple(golden[f"hard.{case}.{name}"].numpy() > 0 for name in ("pred", "label", "skel_pred", "skel_label"))


def hard_cldice(prediction, truth, predicted_lines, true_lines):
    """Hard clDice, and the shares of each one's skeleton that lie in the other."""
    precision = predicted_lines[truth].sum() / predicted_lines.sum()
    sensitivity = true_lines[prediction].sum() / true_lines.sum()
    return 2 * precision * sensitivity / (precision + sensitivity), precision, sensitivity


@pytest.fixture(scope="module")
def hard_values(golden):
    return json.loads((GOLDEN / "cldice" / "expected.json").read_text(encoding="utf-8"))["hard"]


@pytest.mark.parametrize("case", HARD)
def test_hard_cldice_of_the_official_skeletons(golden, hard_values, case):
    names = ("clDice", "share_of_pred_skeleton_in_label", "share_of_label_skeleton_in_pred")
    expected = [hard_values[case][name] for name in names]
    assert hard_cldice(*hard_masks(golden, case)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("case", HARD)
def test_our_skeletons_lie_within_a_pixel_of_the_official_ones(golden, hard_values, case):
    """Of a line of even width either middle will do; where lines overlap by one pixel only that shifts hard clDice."""
    prediction, truth, *official = hard_masks(golden, case)
    ours = [thin(mask, 48) for mask in (prediction, truth)]
    for one, other in zip(ours, official, strict=True):
        assert distance_transform_edt(~other)[one].max() <= 1
        assert distance_transform_edt(~one)[other].max() <= 2**0.5
    found = hard_cldice(prediction, truth, *ours)[0]
    assert found == pytest.approx(hard_values[case]["clDice"], abs=0.025 if case == "shift_and_extra" else 0.01)


@pytest.mark.parametrize("case", HARD)
def test_of_hard_masks_the_loss_is_nearly_what_hard_cldice_lacks(golden, hard_values, case):
    prediction, truth = (torch.from_numpy(mask)[None, None].float() for mask in hard_masks(golden, case)[:2])
    assert soft_cldice(truth, prediction).item() == pytest.approx(1 - hard_values[case]["clDice"], abs=0.02)
