"""Turns a network and an objective into a trained network, as a job does it: told of, stopped, and taken up again."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch

from ...models.build import Network
from ...models.objectives.objective import Objective
from ...models.training import DrawBatch, StepReport, TrainingRecord, TrainingSettings, Validation, train
from ..progress import Progress, seconds_left
from .device import training_precision
from .resumption import TrainingState

STEPS = 1000
"""Steps of a training whose epochs are left open."""

WARM_UP = 20
"""One step in so many is one of warm-up."""

SAVES = 40
"""How often at most a training remembers its state, and scores its validation chips."""

LOGS = 40
"""How many lines of losses a training leaves in the log at most."""


def steps_of(samples: int, batch_size: int, epochs: int) -> int:
    """How many batches make so many epochs; `STEPS` where those are 0."""
    return -(-samples // batch_size) * epochs or STEPS


def settings_of(
    steps: int, learning_rate: float, device: torch.device, seed: int, averaging: float = 0.0
) -> TrainingSettings:
    """What the training loop does in a job; for the arguments see `TrainingSettings`."""
    return TrainingSettings(
        steps=steps,
        learning_rate=learning_rate,
        warmup_steps=steps // WARM_UP,
        precision=training_precision(device),
        seed=seed,
        averaging=averaging,
        checkpoint_every=-(-steps // SAVES),
    )


def learn(
    network: Network,
    objective: Objective,
    draw_batch: DrawBatch,
    settings: TrainingSettings,
    state: TrainingState,
    progress: Progress,
    device: torch.device,
    validation: Validation | None = None,
) -> TrainingRecord:
    """Train, going on where an interrupted training was.

    Args:
        network: The network, which ends on the device.
        objective: What it is trained for.
        draw_batch: Gives one batch.
        settings: What the loop does.
        state: What is remembered.
        progress: Of the training alone, from 0 to 1.
        device: Where to compute.
        validation: How the network is judged while it learns; `None`: it is not.

    Raises:
        TrainingError: See `train`.
    """
    if state.is_resumed:
        progress.log("An interrupted training goes on.")
    tell = _telling(progress, -(-settings.steps // LOGS))
    return train(network, objective, draw_batch, settings, tell, state.file, validation, device)


def _telling(progress: Progress, every: int) -> Callable[[StepReport], None]:
    """Moves the progress bar, and logs the losses now and then."""
    started, first = time.monotonic(), 0

    def tell(report: StepReport) -> None:
        nonlocal first
        first = first or report.step
        progress.update(report.step / report.steps)
        if report.step % every == 0 or report.step == report.steps:
            steps_done, seconds = report.step - first + 1, time.monotonic() - started
            progress.log(
                "Step {step} of {steps}: {losses}; {seconds:.0f} s left.",
                step=report.step,
                steps=report.steps,
                losses=", ".join(f"{name} {value:.4f}" for name, value in report.losses.items()),
                seconds=seconds_left(steps_done, report.steps - report.step, seconds),
            )

    return tell
