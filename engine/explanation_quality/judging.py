"""Judges one method at one place by every measure that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..explanation.attribution import Attribution
from ..explanation.randomisation import own_feature
from ..network import Network
from ..progress import Told, part_of
from ..requests.explanation_quality import DELETION, INFIDELITY, INSERTION, MAX_SENSITIVITY, RANDOMISATION
from .case import Case, Maps
from .deletion import deletion
from .infidelity import foretold_losses, infidelity, squares
from .insertion import insertion
from .max_sensitivity import max_sensitivity
from .random_order import random_deletions
from .randomisation import correlation, randomisation_score
from .removal import LEAST, area_under, order_of

NAN = float("nan")


@dataclass
class Judgement:
    """What was found of a method at a place; NaN, or nothing, where it was not asked for or cannot be told.

    Args:
        number: Which place it is, from 1.
        name: The class that is explained.
        score: Its mean score there.
        correlations: How alike the map is to those of networks with random weights, one for each part of the layers.
        sensitivity: Max-sensitivity.
        infidelity: In the score's unit squared.
        infidelity_share: The same as a share of what is lost.
        deletion: Curve of deletion.
        insertion: Curve of insertion.
        deletion_auc: Area under it.
        insertion_auc: Area under it.
        random_auc: The mean of both for random orders.
        random: The mean curve of deletion in random orders.
    """

    number: int
    name: str
    score: float
    correlations: list[float] = field(default_factory=list)
    sensitivity: float = NAN
    infidelity: float = NAN
    infidelity_share: float = NAN
    deletion: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    insertion: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    deletion_auc: float = NAN
    insertion_auc: float = NAN
    random_auc: float = NAN
    random: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @property
    def randomisation(self) -> float:
        """1 - |ρ| between the map and that of a network of random weights."""
        return randomisation_score(self.correlations) if self.correlations else NAN

    @property
    def deletion_gain(self) -> float:
        """By how much deletion beats random orders: above 0 where it does."""
        return self.random_auc - self.deletion_auc

    @property
    def insertion_gain(self) -> float:
        """By how much insertion beats random orders."""
        return self.insertion_auc - self.random_auc


def random_curve(case: Case, seed: int, told: Told) -> NDArray[np.float64]:
    """The mean curve of deletion in random orders, of a place; empty where it holds too few regions to be ordered."""
    removal = case.removal
    if removal.regions.of_group < LEAST:
        return np.empty(0)
    return np.asarray(random_deletions(removal, [seed, case.number], told).mean(axis=0))


def judge(
    maps: Maps,
    measures: Sequence[str],
    copies: Sequence[Network],
    random: NDArray[np.float64],
    seed: int,
    told: Told,
) -> Judgement:
    """Judge a method at a place.

    Args:
        maps: The method's maps of the place.
        measures: What is asked for.
        copies: The network with random weights in more and more layers.
        random: Curve of random orders, see `random_curve`; empty where no order is asked for, or none can be told.
        seed: Where chance begins.
        told: Is told how far it is.
    """
    case = maps.case
    made = Judgement(case.number, case.prediction.name, case.prediction.score)
    chance = [seed, case.number]
    found = None
    if set(measures) - {MAX_SENSITIVITY}:
        found = maps.explain(part_of(told, 0, 0.2))
    if found is not None and RANDOMISATION in measures:
        _randomisation(made, maps, found, copies, part_of(told, 0.2, 0.5))
    if MAX_SENSITIVITY in measures:
        part = part_of(told, 0.5, 0.7)
        made.sensitivity = max_sensitivity(maps.of_image, case.image, case.measured, chance, part)
    if found is not None and INFIDELITY in measures:
        _infidelity(made, maps, found, chance, part_of(told, 0.7, 0.8))
    if found is not None and len(random):
        _order(made, maps, found, measures, random, chance, part_of(told, 0.8, 1))
    return made


def _randomisation(made: Judgement, maps: Maps, own: Attribution, copies: Sequence[Network], told: Told) -> None:
    """Hold the map against those of networks with random weights."""
    case, count = maps.case, len(copies)
    others = [
        maps.of_network(network, part_of(told, number / count, (number + 1) / count))
        for number, network in enumerate(copies)
    ]
    shown = maps.shown(own)
    region = case.prediction.region
    compared = case.known & ~own_feature(own, region)
    made.correlations = [correlation(shown, maps.shown(other), compared, region) for other in others]


def _infidelity(made: Judgement, maps: Maps, own: Attribution, chance: list[int], told: Told) -> None:
    """Hold what the map foretells against what is lost."""
    case, removal = maps.case, maps.case.removal
    masks = squares(*case.near.shape, chance)
    foretold = foretold_losses(case.part(maps.shares(own)), masks)
    missed = infidelity(case.scores, removal.image, removal.baseline, foretold, masks, told)
    made.infidelity, made.infidelity_share = missed.value, missed.share


def _order(
    made: Judgement,
    maps: Maps,
    own: Attribution,
    measures: Sequence[str],
    random: NDArray[np.float64],
    chance: list[int],
    told: Told,
) -> None:
    """Take away and show what the map names most important first."""
    case, removal = maps.case, maps.case.removal
    count = removal.regions.of_group
    order = order_of(case.part(maps.shown(own)), case.part(case.known), removal.regions, chance)
    made.random, made.random_auc = random, area_under(random, count)
    if DELETION in measures:
        made.deletion = deletion(removal, order, part_of(told, 0, 0.5))
        made.deletion_auc = area_under(made.deletion, count)
    if INSERTION in measures:
        made.insertion = insertion(removal, order, part_of(told, 0.5, 1))
        made.insertion_auc = area_under(made.insertion, count)
