"""What trainings of benchmarks tell of themselves: their progress, and what they ran on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import torch
from terraloom.engine.learning.device import training_precision
from terraloom.models.training import StepReport


def training_facts() -> dict[str, Any]:
    """What a training here ran on."""
    return {
        "precision": training_precision(torch.device("cpu")),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "load": round(os.getloadavg()[0], 1),
    }


def told_every(steps: int) -> Callable[[StepReport], None]:
    """Progress of a training as lines of text, one for so many steps."""

    def told(step: StepReport) -> None:
        if step.step % steps == 0 or step.step == step.steps:
            losses = "  ".join(f"{name} {value:.3f}" for name, value in step.losses.items())
            print(f"{step.step}/{step.steps}  {losses}", file=sys.stderr, flush=True)

    return told
