"""Holds together what an explanation is about: the scene, the question, the bands, and how it is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..images.urls import file_name
from ..library.card import LINES, REGRESSION, SEGMENTATION
from ..memory.memory_plan import MemoryPlan
from ..network import Network
from ..progress import Progress
from ..requests.explain_prediction import (
    GRAD_CAM,
    JOINT,
    WITHOUT_BASELINE,
    ExplainPrediction,
    Method,
    Question,
)
from ..results.journal import Journal
from ..scene import Scene
from .baseline import Baseline, called
from .channels import Channel, Group
from .checks import Check
from .class_scores import ClassScores
from .explainer import Explainer
from .report import TITLES
from .settings import Effort

TASKS = (SEGMENTATION, LINES, REGRESSION)
"""Tasks of the models that can be explained."""


class QuietScene(Scene):
    """A scene that is not mapped: how it would be cut into tiles for that is no news, and nothing is warped back."""

    beyond_px = 0

    def _tell_tiles(self, cut: MemoryPlan | Journal, progress: Progress) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Subject:
    """What is explained, and how.

    Args:
        request: What is asked for.
        scene: What was opened.
        reads: What is read of the network's output.
        channels: What the network reads.
        groups: Its bands, and where there are several its inputs and dates.
        baseline: Makes baselines.
        tags: What raster and table tell of themselves.
    """

    request: ExplainPrediction
    scene: Scene
    reads: ClassScores
    channels: Sequence[Channel]
    groups: tuple[Group, ...]
    baseline: Baseline
    tags: dict[str, str]

    def explainer(self, network: Network) -> Explainer:
        """The method, for the network of the scene or another one."""
        run = self.request.run
        return Explainer(network, self.reads, self.request.method, run.device, run.threads)

    @property
    def title(self) -> str:
        """What the method is called."""
        return TITLES[self.request.method.name]

    def settings(self, effort: Effort, facts: dict[str, str], asked: str = "") -> list[tuple[str, str]]:
        """What the result depends on, for the page.

        Args:
            effort: How often and how finely.
            facts: What else is told, by name.
            asked: How often the network was asked; empty: as often as the effort says.
        """
        method, card = self.request.method, self.scene.card
        run = self.request.run
        files = [file for given in (run.inputs, *run.further_inputs) for file in given]
        nothing = "not read by the method" if method.name in WITHOUT_BASELINE else called(method)
        rows = [
            ("Model", f"{card.title} ({card.model_id})"),
            ("Image", ", ".join(file_name(file) for file in files)),
            ("Method (METHOD)", self.title),
            *what_was_asked(self.request.question, self.reads, (method,), self.request.sar_unit),
            ("Baseline (BASELINE)", nothing),
            ("Evaluations or steps (SAMPLES)", asked or (str(effort.samples) if effort.samples else "–")),
            ("Windows (WINDOW)", f"{effort.window_px} px" if effort.window_px else "–"),
            ("Chance (SEED)", str(method.seed)),
            ("Network", f"{self.scene.network.provider}, {self.scene.network.precision}"),
        ]
        return [*rows, *facts.items()]


def what_was_asked(
    question: Question, reads: ClassScores, methods: Sequence[Method], sar_unit: str
) -> list[tuple[str, str]]:
    """What was asked for, as far as it matters, for a page."""
    rows = [("Class (TARGET_CLASS)", question.target_class or reads.usual)]
    if question.place.is_given:
        rows.append(("Pixels that count (REGION)", question.region))
    rows.append(("Explained (SCORE)", f"{reads.called}, summed over the pixels"))
    if any(method.name in JOINT for method in methods):
        rows.append(
            ("One band after the other (BY_BAND)", "yes" if any(method.by_band for method in methods) else "no")
        )
    rows += [("Layer (LAYER)", method.layer or "automatic") for method in methods if method.name == GRAD_CAM]
    if sar_unit:
        rows.append(("Values of the radar images (SAR_UNIT)", sar_unit))
    return rows


def tell_checks(checks: Sequence[Check], progress: Progress) -> None:
    """Warn of checks that failed; whoever makes no page learns of them too."""
    for check in checks:
        if check.passed is False:
            progress.warn("{check} failed: {found}; {says}.", check=check.name, found=check.value, says=check.says)


def known_figures(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures without those that are not known: JSON has no NaN."""
    return {
        name: value for name, value in figures.items() if not (isinstance(value, float) and not math.isfinite(value))
    }
