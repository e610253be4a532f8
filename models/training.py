"""The one training loop: draw a batch, take the objective's losses, step, score now and then, remember where we are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Generator, Tensor, nn

from .checkpoint import read_state, write_state
from .descent import Descent
from .divergence import DivergenceWatch
from .errors import TrainingError
from .objectives.objective import Batch, ByStep, Objective, WithCritic, WithParts
from .running_mean import RunningMean

DrawBatch = Callable[[Generator], Batch]

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
CRITIC_MOMENTUM = 0.5
"""β₁ of the critic, as Isola and others 2017 (arXiv 1611.07004, section 3.3)."""


@dataclass(frozen=True)
class TrainingSettings:
    """What the loop does.

    Attributes:
        steps: Number of batches.
        learning_rate: Highest learning rate, at the end of the warm-up.
        warmup_steps: Steps on which the learning rate rises from 0.
        weight_decay: Of AdamW; biases and normalisation are spared.
        max_gradient_norm: Longer gradients are shortened to this.
        precision: `fp32`, or `bf16` or `fp16` where that is safe: bfloat16 is faster on processors with units for it,
            float16 on graphics cards.
        seed: Start of all chance.
        checkpoint_every: Steps between checkpoints.
        averaging: Share of the old in the running mean of the weights, which is what is judged and kept, below 1;
            0: the weights themselves are. A mean of the last weights is steadier than any of them (Polyak averaging, as
            Tarvainen and Valpola 2017, arXiv 1703.01780, section 2).
        even_after: Step after which all weights count evenly in that mean, to the end; 0: never. The learning rate then
            stays at its height, so that the weights keep moving and their mean lies in the middle of where they go
            (Izmailov and others 2018, arXiv 1803.05407, algorithm 1, with a constant rate and every step, as Cha and
            others 2021, arXiv 2102.08604, section 3.2, who do it for places that were not seen).
        critic_learning_rate: Highest learning rate of an objective's critic; it rises and falls with the network's.
    """

    steps: int
    learning_rate: float = 1e-3
    warmup_steps: int = 0
    weight_decay: float = 1e-2
    max_gradient_norm: float = 1.0
    precision: str = "fp32"
    seed: int = 0
    checkpoint_every: int = 100
    averaging: float = 0.0
    even_after: int = 0
    critic_learning_rate: float = 2e-4

    def __post_init__(self) -> None:
        """Refuse a schedule that has no room for its warm-up, and an unknown precision."""
        if not 0 <= self.warmup_steps < self.steps:
            raise TrainingError(
                "Training has {steps} steps and {warmup} steps of warm-up. Give more steps than warm-up.",
                steps=self.steps,
                warmup=self.warmup_steps,
            )
        if not 0 <= self.even_after < self.steps:
            raise TrainingError(
                "Training has {steps} steps, and weights shall count evenly after step {even_after}. Name an earlier "
                "step, or 0 for none.",
                steps=self.steps,
                even_after=self.even_after,
            )
        if self.precision not in DTYPES:
            raise TrainingError(
                "Training cannot compute in '{precision}'; there are: {known}.",
                precision=self.precision,
                known=", ".join(DTYPES),
            )


@dataclass(frozen=True)
class Validation:
    """How the network is judged on tiles that it does not learn from.

    Attributes:
        score: Judges the network, which is in evaluation mode and keeps no gradients; higher is better.
        every: Steps between scores; the last step is scored in any case.
        patience: Scores on end without a new best after which training stops; 0: never.
    """

    score: Callable[[nn.Module], float]
    every: int
    patience: int = 0

    def __post_init__(self) -> None:
        """Refuse what never happens."""
        if self.every < 1 or self.patience < 0:
            raise TrainingError(
                "Validation every {every} steps with a patience of {patience} cannot be. Validate every 1 step or "
                "more, and give a patience of 0 or more.",
                every=self.every,
                patience=self.patience,
            )


@dataclass(frozen=True)
class StepReport:
    """What happened on one step.

    Attributes:
        step: Number of the step, from 1.
        steps: Number of all steps.
        losses: The objective's losses by name.
        score: Score of the network after this step, or `None` where it was not judged.
    """

    step: int
    steps: int
    losses: dict[str, float]
    score: float | None = None


@dataclass(frozen=True)
class TrainingRecord:
    """How a training went, the part before an interruption included.

    Attributes:
        losses: The objective's losses by name, one for each step.
        scores: Step and score of each validation.
        best_step: Step whose weights the network has: that of the first best score, without validation the last.
        stopped_early: Whether the patience ran out before the steps did.
    """

    losses: Mapping[str, tuple[float, ...]]
    scores: tuple[tuple[int, float], ...]
    best_step: int
    stopped_early: bool


def train(
    network: nn.Module,
    objective: Objective,
    draw_batch: DrawBatch,
    settings: TrainingSettings,
    progress: Callable[[StepReport], None],
    checkpoint: Path | None = None,
    validation: Validation | None = None,
    device: str | torch.device = "cpu",
) -> TrainingRecord:
    """Train the network in place, going on from the checkpoint where there is one.

    A resumed training ends with the same bits as one that was never stopped, however it was stopped.

    Args:
        network: The network; it ends on the device, in evaluation mode, with the weights of the best score.
        objective: What to minimise; it may be `ByStep`, `WithParts` and `WithCritic`.
        draw_batch: Gives one batch, on the CPU or on the device; all its chance must come from the generator it is
            handed.
        settings: What the loop does.
        progress: Called after every step; raise in it to stop.
        checkpoint: File to remember the state in, or `None`.
        validation: How to judge the network, or `None`.
        device: Where to compute.

    Raises:
        TrainingError: Losses are no numbers or grow for good, or the checkpoint is damaged or of another training.
    """
    torch.manual_seed(settings.seed)
    course = _Course(network, objective, settings, validation, torch.device(device))
    if checkpoint is not None and checkpoint.exists():
        course.restore(checkpoint)

    course.learn()
    for step in range(course.step + 1, settings.steps + 1):
        if course.is_over:
            break
        losses = course.take(step, draw_batch(course.generator))
        score = None
        if validation is not None and (step % validation.every == 0 or step == settings.steps):
            score = course.judge(validation.score)
        is_due = step % settings.checkpoint_every == 0 or step == settings.steps or course.is_over
        if checkpoint is not None and is_due:
            course.save(checkpoint)
        progress(StepReport(step, settings.steps, losses, score))
    return course.finish()


def learning_rate(settings: TrainingSettings, step: int) -> float:
    """Learning rate of a step (from 1): a straight rise, then half a cosine down to 0, or none where means are even.

    After Loshchilov and Hutter 2017 (SGDR, arXiv 1608.03983, equation 5), without restarts; a lone step has the most.
    """
    if step <= settings.warmup_steps:
        return settings.learning_rate * step / settings.warmup_steps
    if settings.even_after or settings.steps == 1:
        return settings.learning_rate
    progress = (step - settings.warmup_steps) / (settings.steps - settings.warmup_steps)
    return settings.learning_rate * 0.5 * (1 + math.cos(math.pi * progress))


class _Course:
    """All that changes while a network is trained, so that it can be saved and restored as one.

    Attributes:
        step: The last step taken.
        generator: Source of the batches' chance.
    """

    def __init__(
        self,
        network: nn.Module,
        objective: Objective,
        settings: TrainingSettings,
        validation: Validation | None,
        device: torch.device,
    ) -> None:
        self.step = 0
        self.generator = Generator().manual_seed(settings.seed)
        self._network = network
        self._objective = objective
        self._settings = settings
        self._validation = validation
        self._device = device
        critic = objective.critic if isinstance(objective, WithCritic) else None
        learning = [network, objective.parts] if isinstance(objective, WithParts) else [network]
        self._descent = self._descent_of(nn.ModuleList(learning))
        self._critic = self._descent_of(critic, CRITIC_MOMENTUM) if critic is not None else None
        self._mean = RunningMean(network, settings.averaging, settings.even_after)
        self._watch = DivergenceWatch()
        self._losses: dict[str, list[float]] = {}
        self._scores: list[tuple[int, float]] = []
        self._best: dict[str, Tensor] | None = None
        self._best_step = 0

    def _descent_of(self, module: nn.Module, momentum: float = 0.9) -> Descent:
        settings = self._settings
        is_scaled = settings.precision == "fp16"
        module.to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # faster convolutions
        return Descent(module, self._device, settings.weight_decay, settings.max_gradient_norm, is_scaled, momentum)

    @property
    def is_over(self) -> bool:
        """Whether the patience has run out."""
        patience = self._validation.patience if self._validation else 0
        scored = [step for step, _ in self._scores]
        return bool(patience) and sum(step > self._best_step for step in scored) >= patience

    def learn(self) -> None:
        """Put all that learns into training mode."""
        self._descent.module.train()
        if self._critic:
            self._critic.module.train()

    def take(self, step: int, batch: Batch) -> dict[str, float]:
        """Take one step, the network's and then the critic's; gives the losses."""
        batch = batch.to(self._device)
        if isinstance(self._objective, ByStep):
            self._objective.begin(step)
        with self._autocast():
            losses = self._objective.losses(self._network, batch)
        rate = learning_rate(self._settings, step)
        self._descend(self._descent, step, losses, rate)
        if self._critic and isinstance(self._objective, WithCritic):
            with self._autocast():
                critic_losses = self._objective.critic_losses(batch)
            share = rate / self._settings.learning_rate
            self._descend(self._critic, step, critic_losses, share * self._settings.critic_learning_rate)
            losses = {**losses, **critic_losses}
        self.step = step
        self._mean.take_in(step)
        return self._remember({name: loss.item() for name, loss in losses.items()})

    def _autocast(self) -> torch.autocast:
        precision = self._settings.precision
        return torch.autocast(self._device.type, DTYPES[precision], enabled=precision != "fp32")

    def _descend(self, descent: Descent, step: int, losses: dict[str, Tensor], rate: float) -> None:
        if not descent.step(losses, rate):
            raise TrainingError(
                "On step {step} the loss or its gradient is no finite number ({losses}). Lower the learning "
                "rate, lengthen the warm-up, and look for NaN in the images.",
                step=step,
                losses=_listed({name: loss.item() for name, loss in losses.items()}),
            )

    def _remember(self, losses: dict[str, float]) -> dict[str, float]:
        for name, loss in losses.items():
            self._losses.setdefault(name, []).append(loss)
        if self._watch.has_diverged(self._watched(losses)):
            raise TrainingError(
                "On step {step} training has gone astray: the losses are {losses}, where they began with {first}. "
                "Lower the learning rate, now {rate}, or lengthen the warm-up.",
                step=self.step,
                losses=_listed(losses),
                first=_listed({name: each[0] for name, each in self._losses.items()}),
                rate=self._settings.learning_rate,
            )
        return losses

    def _watched(self, losses: Mapping[str, float]) -> dict[str, float]:
        """The losses that tell whether training goes astray: those of a critic's game go up and down."""
        contested = self._objective.contested if isinstance(self._objective, WithCritic) else frozenset()
        return {name: loss for name, loss in losses.items() if name not in contested}

    def judge(self, score_of: Callable[[nn.Module], float]) -> float:
        """Score the network, and keep its weights where they are the best so far."""
        self._network.eval()
        with torch.no_grad(), self._mean.in_place():
            score = float(score_of(self._network))
            weights = {name: values.detach().clone() for name, values in self._network.state_dict().items()}
        self._network.train()
        best = max((each for _, each in self._scores if not math.isnan(each)), default=-math.inf)
        self._scores.append((self.step, score))
        if score > best:
            self._best_step = self.step
            self._best = weights
        return score

    def finish(self) -> TrainingRecord:
        """Put the best weights back and tell how it went."""
        self._mean.put()
        if self._best is not None:
            self._network.load_state_dict(self._best)
        self._network.eval()
        return TrainingRecord(
            {name: tuple(losses) for name, losses in self._losses.items()},
            tuple(self._scores),
            self._best_step if self._best is not None else self.step,
            self.is_over and self.step < self._settings.steps,
        )

    def save(self, path: Path) -> None:
        """Write everything to a file, which is whole at any time."""
        state = {
            "settings": self._identity(),
            "step": self.step,
            "network": self._descent.state(),
            "critic": self._critic.state() if self._critic else None,
            "generator": self.generator.get_state(),
            "torch_generator": torch.get_rng_state(),
            "cuda_generator": torch.cuda.get_rng_state(self._device) if self._device.type == "cuda" else None,
            "losses": self._losses,
            "scores": self._scores,
            "mean": self._mean.weights,
            "best": self._best,
            "best_step": self._best_step,
        }
        write_state(state, path)

    def restore(self, path: Path) -> None:
        """Go on from what `save` has written."""
        state = read_state(path)
        found, now = state["settings"], self._identity()
        others = [name for name in {**found, **now} if found.get(name) != now.get(name)]
        others = [name for name in others if name != "checkpoint_every"]  # it changes no weights
        if others:
            raise TrainingError(
                "The checkpoint {path} was written with other settings ({changes}). Go back to those settings, or "
                "delete the checkpoint to start anew.",
                path=path,
                changes=", ".join(f"{name} {found.get(name)} → {now.get(name)}" for name in others),
            )
        try:
            self._descent.restore(state["network"])
            if self._critic:
                self._critic.restore(state["critic"])
        except (RuntimeError, ValueError) as error:
            raise TrainingError(
                "The checkpoint {path} is of another network. Go back to that network or delete the checkpoint.",
                path=path,
            ) from error
        self.generator.set_state(state["generator"])
        torch.set_rng_state(state["torch_generator"])
        if state["cuda_generator"] is not None and self._device.type == "cuda":
            torch.cuda.set_rng_state(state["cuda_generator"], self._device)
        self._mean.weights = {name: value.to(self._device) for name, value in state["mean"].items()}
        self.step = state["step"]
        self._losses = state["losses"]
        self._scores = [(step, score) for step, score in state["scores"]]
        self._best, self._best_step = state["best"], state["best_step"]
        for losses in zip(*self._losses.values(), strict=True):
            self._watch.has_diverged(self._watched(dict(zip(self._losses, losses, strict=True))))

    def _identity(self) -> dict[str, Any]:
        """What must be the same for a training to be gone on with."""
        identity = asdict(self._settings) | ({"critic": True} if self._critic else {})
        if self._validation:
            identity |= {"validation_every": self._validation.every, "patience": self._validation.patience}
        return identity


def _listed(losses: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {loss:.4g}" for name, loss in losses.items())
