"""Runs the quick check of randomisation: the same explanation of the same place, by a network with shuffled weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..progress import Silent, Told
from ..requests.card_fields import CardFields
from ..requests.network_run import NetworkRun
from .attribution import Attribution
from .explainer import Explainer
from .near import Near
from .randomisation import own_feature, similarity, write_randomised
from .settings import Effort
from .target import Target


def check_randomised(
    explainer: Explainer,
    run: NetworkRun,
    scratch: Path,
    place: tuple[NDArray[np.float32], NDArray[np.float32], Target, NDArray[np.bool_]],
    near: Near,
    effort: Effort,
    seed: int,
    told: Told,
    own: Attribution | None = None,
) -> float:
    """How alike the maps of the network and of its shuffled copy are: a rank correlation, 0–1; NaN: not known.

    Args:
        explainer: That of the network.
        run: How networks are run.
        scratch: Where the copy may lie for a while.
        place: Image, baseline, target, and where the image shows something.
        near: The part that is cut into features.
        effort: How often and how finely both are asked, see `effort_of_check`.
        seed: Where chance begins.
        told: Is told how far it is.
        own: The map of the network, where it is known.
    """
    image, baseline, target, known = place
    if own is None:
        own = explainer.for_check(explainer.network).explain(
            image, baseline, target, near, effort, lambda share: told(share / 2)
        )
    write_randomised(explainer.network.path, explainer.network.card, seed, scratch)
    try:
        shuffled = Network(scratch, CardFields(), run.device, run.precision, run.threads, Silent())
        other = explainer.for_check(shuffled).explain(
            image, baseline, target, near, effort, lambda share: told(0.5 + share / 2)
        )
    finally:
        scratch.unlink(missing_ok=True)
    one, random = (explainer.magnitudes(found).total for found in (own, other))
    region = np.zeros(known.shape, bool)
    region[target.rows, target.cols] = True
    return similarity(one, random, known & ~own_feature(own, region), region)
