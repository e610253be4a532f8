"""Training learns, resumes to the last bit, and stops with advice when it goes astray."""

import math
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
import torch
from terraloom.models.divergence import DivergenceWatch
from terraloom.models.errors import TrainingError
from terraloom.models.losses.cross_entropy import CrossEntropy
from terraloom.models.objectives.build import ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.targets import OnOutput
from terraloom.models.objectives.weighted_sum import WeightedSum, WeightedTerm
from terraloom.models.training import TrainingSettings, Validation, learning_rate, train
from terraloom.tests.models import trainings
from terraloom.tests.models.trainings import bright_or_dark, network
from torch import nn

OBJECTIVE = WeightedSum({"cross_entropy": WeightedTerm(OnOutput(CrossEntropy(255, (1.0, 1.0))))})
SETTINGS = TrainingSettings(steps=12, learning_rate=1e-2, warmup_steps=3, checkpoint_every=4)


class Stop(Exception):
    """Raised by a test to end a training half-way."""


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
    with pytest.raises(TrainingError, match=r"was written with other settings \(steps 12 → 13\)\. Go back"):
        train(network(), OBJECTIVE, bright_or_dark, replace(SETTINGS, steps=13), ignore, checkpoint)


def test_a_training_goes_on_however_often_its_state_was_remembered(tmp_path):
    checkpoint, straight, resumed = tmp_path / "training.pt", network(), network()
    with pytest.raises(Stop):
        train(network(), OBJECTIVE, bright_or_dark, SETTINGS, stop_after(6), checkpoint)
    train(resumed, OBJECTIVE, bright_or_dark, replace(SETTINGS, checkpoint_every=5), ignore, checkpoint)
    train(straight, OBJECTIVE, bright_or_dark, SETTINGS, ignore)
    assert torch.equal(flat(straight), flat(resumed))


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


def test_a_training_of_a_single_step_learns():
    learner = network()
    before = flat(learner)
    train(learner, OBJECTIVE, bright_or_dark, TrainingSettings(steps=1), ignore)
    assert not torch.equal(flat(learner), before)


def test_the_learning_rate_stays_at_its_height_where_weights_count_evenly():
    settings = replace(SETTINGS, even_after=SETTINGS.warmup_steps + 1)
    rates = [learning_rate(settings, step) for step in range(1, settings.steps + 1)]
    assert rates[: settings.warmup_steps] == sorted(rates[: settings.warmup_steps])
    assert set(rates[settings.warmup_steps - 1 :]) == {settings.learning_rate}


def test_a_training_ends_with_the_even_mean_of_its_last_weights():
    settings, seen = replace(SETTINGS, even_after=SETTINGS.steps - 3), []
    learner = network()
    train(learner, OBJECTIVE, bright_or_dark, settings, lambda report: seen.append(flat(learner)))
    assert torch.allclose(flat(learner), torch.stack(seen[-3:]).mean(dim=0), atol=1e-6)
    assert not torch.allclose(flat(learner), seen[-1], atol=1e-6)


def flat(learner):
    """All weights in a row."""
    return torch.cat([parameter.detach().flatten() for parameter in learner.parameters()])


def test_a_schedule_needs_room_for_its_warm_up():
    with pytest.raises(TrainingError, match="5 steps and 5 steps of warm-up"):
        TrainingSettings(steps=5, warmup_steps=5)


@pytest.mark.parametrize("name", trainings.TRAININGS)
def test_a_training_that_was_killed_ends_as_one_that_was_not(tmp_path, name):
    _, straight, record = trainings.run(name, ignore)
    checkpoint = tmp_path / "training.pt"
    with subprocess.Popen(
        [sys.executable, trainings.__file__, name, str(checkpoint)], stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            if int(line) == 6:
                process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL and checkpoint.exists()

    steps = []
    _, resumed, resumed_record = trainings.run(name, lambda report: steps.append(report.step), checkpoint)
    assert steps[0] == 5, "it should go on behind the checkpoint of step 4"
    assert record.stopped_early == (name == "early stopping")
    assert steps[-1] == (trainings.SETTINGS.steps if name != "early stopping" else record.scores[-1][0])
    for name, values in straight.state_dict().items():
        torch.testing.assert_close(resumed.state_dict()[name], values, rtol=0, atol=1e-5)
    assert dict(resumed_record.scores) == pytest.approx(dict(record.scores), abs=1e-5)
    assert resumed_record.best_step == record.best_step
    for name, losses in record.losses.items():
        assert resumed_record.losses[name] == pytest.approx(losses, abs=1e-5), name


def scored(scores):
    """A score that takes these values one after the other, and remembers the weights it saw."""
    seen = []

    def score(network):
        assert not network.training and not torch.is_grad_enabled()
        seen.append({name: values.clone() for name, values in network.state_dict().items()})
        return scores[len(seen) - 1]

    return score, seen


def test_the_best_weights_are_put_back():
    score, seen = scored([0.2, 0.7, 0.7, math.nan, 0.5])
    learner, reports = network(), []
    record = train(learner, OBJECTIVE, bright_or_dark, SETTINGS, reports.append, validation=Validation(score, every=3))
    assert [step for step, _ in record.scores] == [3, 6, 9, 12] and record.best_step == 6 and not record.stopped_early
    assert [report.score for report in reports if report.score is not None][:3] == [0.2, 0.7, 0.7]
    assert all(torch.equal(values, seen[1][name]) for name, values in learner.state_dict().items())
    assert not learner.training


def test_patience_ends_a_training_and_the_last_step_is_always_scored():
    score, _ = scored([0.5, 0.6, 0.1, 0.6, 0.9])
    patient = Validation(score, every=2, patience=2)
    record = train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, validation=patient)
    assert [step for step, _ in record.scores] == [2, 4, 6, 8] and record.stopped_early and record.best_step == 4
    assert len(record.losses["cross_entropy"]) == 8
    score, _ = scored([0.1, 0.2, 0.3])
    record = train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, validation=Validation(score, every=5))
    assert [step for step, _ in record.scores] == [5, 10, 12] and record.best_step == 12


def test_without_validation_the_last_weights_stay():
    record = train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore)
    assert record.best_step == 12 and record.scores == () and len(record.losses["cross_entropy"]) == 12


def test_a_finished_training_gives_its_record_and_best_weights_again(tmp_path):
    checkpoint, learners, records = tmp_path / "training.pt", (network(), network()), []
    for learner in learners:
        score, _ = scored([0.5, 0.9, 0.1, 0.0])
        patient = Validation(score, every=2, patience=2)
        records.append(train(learner, OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint, validation=patient))
    assert records[0] == records[1] and records[1].stopped_early
    assert all(torch.equal(values, learners[1].state_dict()[name]) for name, values in learners[0].state_dict().items())


def test_a_critic_steps_with_an_optimiser_of_its_own():
    objective, learner, record = trainings.run("adversarial", ignore)
    fresh, fresh_objective, _ = trainings.adversarial()
    assert set(record.losses) == {"l1", "adversarial", "critic"}
    for trained, untrained in ((learner, fresh), (objective.critic, fresh_objective.critic)):
        pairs = zip(trained.parameters(), untrained.parameters())
        assert any(not torch.equal(*pair) for pair in pairs)
    still = replace(trainings.SETTINGS, critic_learning_rate=0.0, weight_decay=0.0)
    train(fresh, fresh_objective, trainings.to_translate, still, ignore)
    _, other, _ = trainings.adversarial()
    assert all(torch.equal(*pair) for pair in zip(fresh_objective.critic.parameters(), other.critic.parameters()))


def test_parts_of_the_objective_learn_along():
    learner, objective, draw = trainings.plain()
    before = [parameter.clone() for parameter in objective.parts.parameters()]
    train(learner, objective, draw, SETTINGS, ignore)
    assert before and all(not torch.equal(*pair) for pair in zip(before, objective.parts.parameters()))


def test_physics_comes_in_step_by_step():
    """The loop tells the objective which step it is."""
    learner = network()
    setting = replace(ObjectiveSetting.of(learner, 12), extras=frozenset({"elevation_m"}), wet_classes=(1,))
    objective = build_objective({"cross_entropy": 1.0, "waterlevel": 1.0}, setting)

    def draw(generator):
        batch = bright_or_dark(generator)
        return Batch(batch.inputs, batch.target, {"elevation_m": torch.arange(16.0).expand(2, 1, 16, 16)})

    losses = train(learner, objective, draw, SETTINGS, ignore).losses["waterlevel"]
    assert losses[0] == 0 and 0 < losses[1] < losses[3] < losses[5]


@pytest.mark.parametrize("rate", [100.0, 1e4])
def test_a_learning_rate_that_diverges_stops_with_advice(rate):
    settings = TrainingSettings(steps=400, learning_rate=rate, warmup_steps=20)
    with pytest.raises(TrainingError, match=r"On step \d+ .*Lower the learning rate"):
        train(network(), OBJECTIVE, bright_or_dark, settings, ignore)


def test_a_critics_game_does_not_hide_that_the_rest_goes_astray():
    """What the target tells is watched though the game goes up and down; the game alone is not."""
    learner, objective, draw = trainings.adversarial()
    assert objective.contested == {"adversarial", "critic"}
    course = [1.0] * 20 + [0.3] * 20 + [1.2] * 100

    class Told:
        """The same game with losses that a test has made up."""

        critic, contested = objective.critic, objective.contested

        def __init__(self, of_target, of_game):
            self.courses, self.step = {"l1": of_target, "adversarial": of_game}, 0

        def losses(self, network, batch):
            zero = 0 * network(*batch.inputs).sum()
            self.step += 1
            return {name: zero + course[self.step - 1] for name, course in self.courses.items()}

        def critic_losses(self, batch):
            return {"critic": 0 * self.critic(batch.target, batch.inputs[0]).sum() + self.courses["adversarial"][0]}

    settings = TrainingSettings(steps=len(course))
    with pytest.raises(TrainingError, match=r"gone astray: the losses are l1 1.2, adversarial 1, critic 1, where they"):
        train(learner, Told(course, [1.0] * 200), draw, settings, ignore)
    record = train(learner, Told([1.0] * 200, course), draw, settings, ignore)
    assert len(record.losses["l1"]) == len(course)


@pytest.mark.parametrize(
    "course, diverges",
    [
        ([1.0] * 300, False),
        ([1.0] + [0.9, 4.0] * 150, False),
        ([0.01] + [0.2, 0.3] * 150, False),  # the first batch was an easy one
        ([1.0] + [1 / step for step in range(1, 300)], False),
        ([1.0] * 20 + [0.3] * 20 + [0.9] * 300, False),
        ([1.0] * 20 + [0.3] * 20 + [1.2] * 60, True),
        ([1.0, 2.0, 4.0] + [4.0] * 10 + [9.0] * 60, True),
        ([0.0] * 300, False),
    ],
)
def test_going_astray_is_told_from_noise(course, diverges):
    watch = DivergenceWatch()
    assert (
        any([watch.has_diverged({"loss": loss, "ramped": 100.0 * (step > 0)}) for step, loss in enumerate(course)])
        == diverges
    )


@pytest.mark.parametrize("spread, most", [(0.8, 2), (1.2, 8)])
def test_losses_that_are_widely_spread_from_first_to_last_do_not_stop_a_training(spread, most):
    """As those of batches of 4 and of 1 tile are: e to the power of normal numbers, a hundred trainings."""
    stopped = 0
    for seed in range(100):
        course = (spread * torch.randn(600, generator=torch.Generator().manual_seed(seed))).exp().tolist()
        watch = DivergenceWatch()
        stopped += any(watch.has_diverged({"loss": loss}) for loss in course)
    assert stopped <= most


def test_a_checkpoint_of_another_network_or_validation_is_refused(tmp_path):
    checkpoint = tmp_path / "training.pt"
    train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    with pytest.raises(TrainingError, match="is of another network"):
        train(network(trainings.TRANSLATION), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    with pytest.raises(TrainingError, match="other settings"):
        validation = Validation(lambda network: 0.0, every=3)
        train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint, validation)


def test_float16_leaves_out_steps_whose_gradients_overflow():
    """The scale falls until they fit, and training goes on."""

    class Steep(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(1))

        def forward(self, image):
            return image * self.weight

    class Huge:
        def losses(self, network, batch):
            return {"huge": 1e2 * (network(*batch.inputs).half() * 100).mean().float()}

    learner = Steep()
    settings = TrainingSettings(steps=30, learning_rate=1e-2, precision="fp16")
    record = train(
        learner, Huge(), lambda generator: Batch((torch.ones(1, 1, 2, 2),), torch.zeros(1, 2, 2)), settings, ignore
    )
    assert learner.weight.isfinite().all() and learner.weight < 1
    assert record.losses["huge"][0] == record.losses["huge"][1], "the first steps overflow"


def test_batches_go_to_the_device():
    """Seen with the device `meta`, whose tensors have no values."""
    batch = bright_or_dark(torch.Generator())
    there = Batch(batch.inputs, batch.target, {"elevation_m": batch.inputs[0]}).to(torch.device("meta"))
    found = [*there.inputs, there.target, *there.extras.values()]
    assert all(values.device.type == "meta" for values in found)
    assert batch.to(torch.device("cpu")) is batch


def test_what_cannot_be_is_refused():
    with pytest.raises(TrainingError, match="cannot compute in 'int8'; there are: fp32, bf16, fp16"):
        TrainingSettings(steps=5, precision="int8")
    with pytest.raises(TrainingError, match="5 steps, and weights shall count evenly after step 5"):
        TrainingSettings(steps=5, even_after=5)
    with pytest.raises(TrainingError, match="every 0 steps"):
        Validation(lambda network: 0.0, every=0)


def test_a_damaged_checkpoint_is_refused_in_words(tmp_path):
    checkpoint = tmp_path / "training.pt"
    train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    whole = checkpoint.read_bytes()
    for content in (b"", whole[:1000], whole[:-200], b"no state at all" * 100):
        checkpoint.write_bytes(content)
        with pytest.raises(TrainingError, match="training.pt, cannot be read: .*Set RESUME to false to start anew"):
            train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
    torch.save({"best": None}, checkpoint)
    with pytest.raises(TrainingError, match="it holds a dict"):
        train(network(), OBJECTIVE, bright_or_dark, SETTINGS, ignore, checkpoint)
