"""The one training loop: draw a batch, take the objective's losses, step, remember where we are."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Generator, Tensor, nn

from .errors import TrainingError
from .objectives.objective import Batch, Objective

DrawBatch = Callable[[Generator], Batch]


@dataclass(frozen=True)
class TrainingSettings:
    """What the loop does.

    Attributes:
        steps: Number of batches.
        learning_rate: Highest learning rate, at the end of the warm-up.
        warmup_steps: Steps on which the learning rate rises from 0.
        weight_decay: Of AdamW; biases and normalisation are spared.
        max_gradient_norm: Longer gradients are shortened to this.
        bf16: Whether to compute in bfloat16 where that is safe; on processors made for it twice as fast.
        seed: Start of all chance.
        checkpoint_every: Steps between checkpoints.
    """

    steps: int
    learning_rate: float = 1e-3
    warmup_steps: int = 0
    weight_decay: float = 1e-2
    max_gradient_norm: float = 1.0
    bf16: bool = False
    seed: int = 0
    checkpoint_every: int = 100

    def __post_init__(self) -> None:
        """Refuse a schedule that has no room for its warm-up."""
        if not 0 <= self.warmup_steps < self.steps:
            raise TrainingError(
                "Training has {steps} steps and {warmup} steps of warm-up. Give more steps than warm-up.",
                steps=self.steps,
                warmup=self.warmup_steps,
            )


@dataclass(frozen=True)
class StepReport:
    """What happened on one step.

    Attributes:
        step: Number of the step, from 1.
        steps: Number of all steps.
        losses: The objective's losses by name.
    """

    step: int
    steps: int
    losses: dict[str, float]


def train(
    network: nn.Module,
    objective: Objective,
    draw_batch: DrawBatch,
    settings: TrainingSettings,
    progress: Callable[[StepReport], None],
    checkpoint: Path | None = None,
) -> None:
    """Train the network in place, going on from the checkpoint where there is one.

    A resumed training ends with the same bits as one that was never stopped.

    Args:
        network: The network; it ends in evaluation mode.
        objective: What to minimise.
        draw_batch: Gives one batch; all its chance must come from the generator it is handed.
        settings: What the loop does.
        progress: Called after every step; raise in it to stop.
        checkpoint: File to remember the state in, or `None`.
    """
    torch.manual_seed(settings.seed)
    generator = Generator().manual_seed(settings.seed)
    optimiser = torch.optim.AdamW(_parameter_groups(network, settings.weight_decay))
    done = 0
    if checkpoint is not None and checkpoint.exists():
        done = _restore(checkpoint, network, optimiser, generator, settings)

    network.train()
    for step in range(done + 1, settings.steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(settings, step)
        batch = draw_batch(generator)
        with torch.autocast(batch.inputs[0].device.type, torch.bfloat16, enabled=settings.bf16):
            losses = objective.losses(network, batch)
        if not _descend(network, optimiser, losses, settings.max_gradient_norm):
            raise TrainingError(
                "On step {step} the loss or its gradient is no finite number ({losses}). Lower the learning "
                "rate, lengthen the warm-up, and look for NaN in the images.",
                step=step,
                losses=", ".join(f"{name} {loss.item():.4g}" for name, loss in losses.items()),
            )
        if checkpoint is not None and (step % settings.checkpoint_every == 0 or step == settings.steps):
            _save(checkpoint, network, optimiser, generator, settings, step)
        progress(StepReport(step, settings.steps, {name: loss.item() for name, loss in losses.items()}))
    network.eval()


def learning_rate(settings: TrainingSettings, step: int) -> float:
    """Learning rate of a step (from 1): a straight rise, then half a cosine down to 0.

    After Loshchilov and Hutter 2017 (SGDR, arXiv 1608.03983, equation 5), without restarts.
    """
    if step <= settings.warmup_steps:
        return settings.learning_rate * step / settings.warmup_steps
    progress = (step - settings.warmup_steps) / (settings.steps - settings.warmup_steps)
    return settings.learning_rate * 0.5 * (1 + math.cos(math.pi * progress))


def _descend(network: nn.Module, optimiser: torch.optim.Optimizer, losses: dict[str, Tensor], max_norm: float) -> bool:
    """Take one step down the sum of the losses, unless it or its gradient is not finite; tells whether."""
    total = torch.stack(list(losses.values())).sum()
    optimiser.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    norm = nn.utils.clip_grad_norm_(network.parameters(), max_norm)
    is_finite = math.isfinite(total.item()) and math.isfinite(norm.item())
    if is_finite:
        optimiser.step()
    return is_finite


def _parameter_groups(network: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Decay kernels and matrices, spare biases and normalisation (one-dimensional parameters)."""
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def _save(
    path: Path,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    generator: Generator,
    settings: TrainingSettings,
    step: int,
) -> None:
    state = {
        "settings": asdict(settings),
        "step": step,
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "generator": generator.get_state(),
        "torch_generator": torch.get_rng_state(),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)  # a training killed while it writes keeps its last checkpoint


def _restore(
    path: Path,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    generator: Generator,
    settings: TrainingSettings,
) -> int:
    state = torch.load(path, weights_only=True)
    if state["settings"] != asdict(settings):
        raise TrainingError(
            "The checkpoint {path} was written with other settings: {found}, now {expected}. "
            "Go back to those settings or delete the checkpoint.",
            path=path,
            found=state["settings"],
            expected=asdict(settings),
        )
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    generator.set_state(state["generator"])
    torch.set_rng_state(state["torch_generator"])
    return int(state["step"])
