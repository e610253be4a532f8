"""Training learns, resumes to the last bit, and stops with advice when it goes astray."""

import math

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.errors import TrainingError
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.supervised import Supervised, Term
from terraloom.models.spec import NetworkSpec, PartSpec
from terraloom.models.training import TrainingSettings, learning_rate, train

SPEC = NetworkSpec.for_image(
    1,
    PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)}),
    (PartSpec("unet", {"widths": (4,)}),),
    PartSpec("segmentation", {"classes": 2}),
)
OBJECTIVE = Supervised({"cross_entropy": Term(CrossEntropy(255, (1.0, 1.0)))})
SETTINGS = TrainingSettings(steps=12, learning_rate=1e-2, warmup_steps=3, checkpoint_every=4)


class Stop(Exception):
    """Raised by a test to end a training half-way."""


def network():
    torch.manual_seed(0)
    return build(SPEC)


def bright_or_dark(generator):
    """A batch whose task is to tell bright pixels from dark ones."""
    image = torch.randn(2, 1, 16, 16, generator=generator)
    return Batch((image,), (image[:, 0] > 0).long())


def ignore(report):
    """Take a report and do nothing."""


def stop_after(step):
    def progress(report):
        if report.step == step:
            raise Stop

    return progress


def test_the_loss_falls():
    losses = []
    train(
        network(),
        OBJECTIVE,
        bright_or_dark,
        TrainingSettings(steps=60, learning_rate=2e-2, warmup_steps=5),
        lambda report: losses.append(report.losses["cross_entropy"]),
    )
    assert losses[-1] < 0.3 * losses[0]


@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
def test_a_resumed_training_ends_with_the_same_bits(tmp_path, precision):
    settings = TrainingSettings(steps=12, learning_rate=1e-2, warmup_steps=3, checkpoint_every=4, precision=precision)
    straight, resumed = network(), network()
    train(straight, OBJECTIVE, bright_or_dark, settings, ignore)

    checkpoint = tmp_path / "training.pt"
    with pytest.raises(Stop):
        train(network(), OBJECTIVE, bright_or_dark, settings, stop_after(6), checkpoint)
    steps = []
    train(resumed, OBJECTIVE, bright_or_dark, settings, lambda report: steps.append(report.step), checkpoint)

    assert steps == list(range(5, 13)), "it should go on behind the checkpoint of step 4"
    for name, value in straight.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_a_finished_training_does_nothing_more(tmp_path):
    checkpoint = tmp_path / "training.pt"
    train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    train(network(), OBJECTIVE, bright_or_dark, SETTINGS, stop_after(12), checkpoint)


def test_a_checkpoint_of_other_settings_is_refused(tmp_path):
    checkpoint = tmp_path / "training.pt"
    train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    with pytest.raises(TrainingError, match="was written with other settings"):
        train(network(), OBJECTIVE, bright_or_dark, TrainingSettings(steps=13), ignore, checkpoint)


def test_a_loss_that_is_no_number_stops_the_training_and_spares_the_weights():
    def broken(generator):
        batch = bright_or_dark(generator)
        return Batch((batch.inputs[0] * math.nan,), batch.target)

    astray = network()
    before = [parameter.clone() for parameter in astray.parameters()]
    with pytest.raises(TrainingError, match=r"On step 1 .*cross_entropy nan.*Lower the learning rate"):
        train(astray, OBJECTIVE, broken, SETTINGS, ignore)
    assert all(torch.equal(old, new) for old, new in zip(before, astray.parameters()))


def test_learning_rate_rises_then_falls_to_nothing():
    rates = [learning_rate(SETTINGS, step) for step in range(1, SETTINGS.steps + 1)]
    assert rates[0] == pytest.approx(1e-2 / 3)
    assert max(rates) == rates[2] == 1e-2
    assert rates[2:] == sorted(rates[2:], reverse=True)
    assert rates[-1] == pytest.approx(0)


def test_a_schedule_needs_room_for_its_warm_up():
    with pytest.raises(TrainingError, match="5 steps and 5 steps of warm-up"):
        TrainingSettings(steps=5, warmup_steps=5)
