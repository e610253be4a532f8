"""Small trainings that tests run through, interrupt and resume; as a script, one that waits at a step to be killed."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import torch

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import conftest  # noqa: F401 - loads the package under its name

from terraloom.models.blocks.discriminator import Discriminator
from terraloom.models.build import build
from terraloom.models.objectives.build import VALUES, ObjectiveSetting, build_objective
from terraloom.models.objectives.objective import Batch
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.models.training import TrainingSettings, Validation, train

ENCODER, NECK = PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)}), PartSpec("unet", {"widths": (4,)})
PLAIN = NetworkSpec.for_image(1, ENCODER, (NECK,), PartSpec("segmentation", {"classes": 2}))
TRANSLATION = NetworkSpec.for_image(1, ENCODER, (NECK,), PartSpec("regression", {"variables": 1}))
SETTINGS = TrainingSettings(steps=14, learning_rate=1e-2, warmup_steps=3, checkpoint_every=4)


def network(spec=PLAIN):
    torch.manual_seed(0)
    return build(spec)


def bright_or_dark(generator):
    """A batch whose task is to tell bright pixels from dark ones."""
    image = torch.randn(2, 1, 16, 16, generator=generator)
    return Batch((image,), (image[:, 0] > 0).long())


def to_translate(generator):
    """A batch whose task is to give the image's double."""
    image = torch.randn(2, 1, 16, 16, generator=generator)
    return Batch((image,), 2 * image)


def smaller_is_better(network):
    """A score that falls as the weights grow, which they do."""
    return -sum(float(values.abs().sum()) for values in network.parameters())


def plain():
    setting = ObjectiveSetting.of(network(), SETTINGS.steps)
    return network(), build_objective({"cross_entropy": 1.0, "contrastive": 0.1}, setting), bright_or_dark


def adversarial():
    torch.manual_seed(1)
    critic = Discriminator(1, 1, (4, 8))
    setting = ObjectiveSetting(VALUES, (InputSpec(1),), 1, SETTINGS.steps, critic=critic)
    objective = build_objective({"l1": 1.0, "adversarial": 0.1}, setting)
    return network(TRANSLATION), objective, to_translate


TRAININGS = {
    "plain": (plain, None, SETTINGS),
    "early stopping": (plain, Validation(smaller_is_better, every=2, patience=4), SETTINGS),
    "averaged": (plain, Validation(smaller_is_better, every=5), replace(SETTINGS, averaging=0.9)),
    "evenly averaged": (plain, Validation(smaller_is_better, every=5), replace(SETTINGS, averaging=0.9, even_after=7)),
    "adversarial": (adversarial, Validation(smaller_is_better, every=5), SETTINGS),
}


def run(name, progress, checkpoint=None):
    """Run one of them; gives the objective, the network and the record."""
    make, validation, settings = TRAININGS[name]
    torch.set_num_threads(1)
    learner, objective, draw = make()
    record = train(learner, objective, draw, settings, progress, checkpoint, validation)
    return objective, learner, record


def _wait_to_be_killed(report):
    print(report.step, flush=True)  # noqa: T201 - read by the test
    if report.step == 6:
        time.sleep(600)


if __name__ == "__main__":
    run(sys.argv[1], _wait_to_be_killed, Path(sys.argv[2]))
