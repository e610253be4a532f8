"""A place whose explanation is judged, and a method's maps of it: what all measures are taken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..explanation.attribution import Attribution
from ..explanation.baseline import Baseline
from ..explanation.class_scores import ClassScores
from ..explanation.evaluations import Scores
from ..explanation.explainer import Explainer
from ..explanation.features import Features, all_together, blocks, side_for
from ..explanation.location import Location
from ..explanation.near import Near, NearScores, find_near, whole_of
from ..explanation.prediction import Prediction, predict_at
from ..explanation.settings import Effort, effort_of, effort_of_check
from ..network import Network
from ..progress import Progress, Told
from ..requests.explain_prediction import CUT, SALIENCY, Method, Question
from ..scene import Scene
from .removal import REGIONS, Removal


@dataclass(frozen=True)
class Case:
    """A place.

    Args:
        number: Which one it is, from 1.
        prediction: What is explained.
        nothing: What stands for nothing, `(channels, rows, cols)`.
        near: The part of the window that matters.
        scores: What is explained, as a function of the near part.
    """

    number: int
    prediction: Prediction
    nothing: NDArray[np.float32]
    near: Near
    scores: Scores

    @property
    def image(self) -> NDArray[np.float32]:
        """The window, `(channels, rows, cols)`."""
        return self.prediction.view.image

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the window shows something."""
        return self.prediction.view.known

    @property
    def measured(self) -> NDArray[np.bool_]:
        """Where each channel does, `(channels, rows, cols)`: an input that is not there must not seem to be."""
        return self.prediction.view.measured

    def part(self, values: NDArray[Any]) -> NDArray[Any]:
        """The near part of `(…, rows, cols)`."""
        return np.ascontiguousarray(values[..., self.near.rows, self.near.cols])

    @cached_property
    def removal(self) -> Removal:
        """The near part, and the regions that are taken away from it."""
        rows, cols = self.near.shape
        regions = Features(blocks(rows, cols, side_for(rows, cols, REGIONS)), all_together(len(self.image)))
        image, nothing = self.part(self.image), self.part(self.nothing)
        return Removal(self.scores, image, nothing, regions, len(self.prediction.target))


def settle(
    scene: Scene,
    question: Question,
    methods: Sequence[Method],
    number: int,
    location: Location,
    readings: tuple[ClassScores, Baseline, Explainer],
    progress: Progress,
) -> Case:
    """Settle what is explained at a place, and how far around it the image matters.

    Args:
        scene: What was opened.
        question: What is asked.
        methods: What explains it.
        number: Which place it is.
        location: Where.
        readings: What is read of the network's output, what stands for nothing, and an explainer of the network.
        progress: Is told of regions that are cut off.

    Raises:
        InputError: There is nothing to be explained.
    """
    reads, baseline, explainer = readings
    prediction = predict_at(scene, question, methods, location, reads, progress)
    image, nothing = prediction.view.image, prediction.view.without(baseline)
    whole = explainer.scores(prediction.target)
    near = find_near(whole, image, nothing, prediction.region, lambda _: None)
    return Case(number, prediction, nothing, near, NearScores(whole, image, near))


class Maps:
    """What one method says of a place.

    Args:
        case: The place.
        explainer: The method, with the network.
        method: The same, as it was asked for.
    """

    def __init__(self, case: Case, explainer: Explainer, method: Method) -> None:
        self.case = case
        self._explainer = explainer
        self._method = method
        cut = method.name in CUT and not method.window_px
        self.near = case.near if cut else whole_of(case.prediction.region)
        self.effort = effort_of(method, *self.near.shape, len(case.image))

    def explain(self, told: Told) -> Attribution:
        """The explanation as it is made for the user, with its signs."""
        case = self.case
        return self._explainer.explain(case.image, case.nothing, case.prediction.target, self.near, self.effort, told)

    def shown(self, found: Attribution) -> NDArray[np.float32]:
        """What is shown of it, `(rows, cols)`: its total, of saliency the magnitude."""
        return self._explainer.magnitudes(found).total

    def shares(self, found: Attribution) -> NDArray[np.float64]:
        """What each pixel is said to add to the score against the baseline, `(rows, cols)`."""
        if self._method.name == SALIENCY and found.bands is not None:
            return np.asarray(((self.case.image - self.case.nothing) * found.bands).sum(axis=0, dtype=np.float64))
        parts = 1.0 if found.parts is None else found.parts
        return np.asarray(found.total * parts, np.float64)

    def of_network(self, network: Network, told: Told) -> Attribution:
        """The explanation of the same place by a network of random weights."""
        case = self.case
        explainer = self._explainer.for_random(network)
        return explainer.explain(case.image, case.nothing, case.prediction.target, self.near, self.effort, told)

    def of_image(self, image: NDArray[np.float32], told: Told) -> NDArray[np.float32]:
        """A coarser explanation of another image by the same network, as shown: by band where bands are told apart."""
        case = self.case
        effort: Effort = effort_of_check(self._method, self.effort, *self.near.shape)
        explainer = self._explainer.for_check(self._explainer.network)
        found = explainer.explain(image, case.nothing, case.prediction.target, self.near, effort, told)
        shown = self._explainer.magnitudes(found)
        return shown.total if shown.bands is None else shown.bands
