"""Lets several members answer for a tile as one: they say the mean of their probabilities, and how far they disagree.

Members take turns, and only sums are kept, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..cards.card_check import check_turns
from ..decoding import probabilities
from ..errors import ModelError
from ..library.card import ModelCard
from ..network import Network
from ..phrases import Phrase
from ..tiles.tile_network import Runs
from ..tiles.turns import each_turn, in_turns
from .alike import joint_card, rescaling
from .measures import alone, combine

Values = NDArray[np.float32]

Say = Callable[[Sequence[Values]], Values]
"""Gives the probability per class, `(classes, rows, cols)`, for the inputs of a tile, each `(bands, rows, cols)`."""

SLACK = 0.01
"""How far numbers that stand for probabilities may be from adding up to 1."""

WORKING_ARRAYS = 4
"""Arrays of all classes that are alive beside the networks: a member's output, its probabilities, logarithms, sums."""


@dataclass(frozen=True)
class Turning:
    """What is done with the turns of a tile.

    Args:
        kind: Which turns: a key of `turns.OF_KIND`.
        apart: Whether each turn is a member of its own; else each member's turns are averaged.
    """

    kind: str = "none"
    apart: bool = False


class Members:
    """Members that speak as one; see `tile_network.TileNetwork`.

    Args:
        networks: What runs the networks behind them, the first of which is the scene's.
        says: What each member says.
        turning: What is done with turns.
        manner: How members come about, in a few words that tell one run from another.

    Raises:
        ModelError: The models do not speak of the same, or tell no probabilities of several classes.
    """

    def __init__(self, networks: Sequence[Runs], says: Sequence[Say], turning: Turning, manner: str) -> None:
        self.card: ModelCard = joint_card([network.card for network in networks])
        self._networks, self._says, self._turning, self._manner = networks, says, turning, manner
        self.fixed_px = _only_size(networks)
        legend = self.card.legend
        if legend is None or len(legend.entries) < 2:
            raise ModelError(
                "{model} knows one class only, of which it cannot be unsure. Choose a model of two classes or more.",
                model=self.card.model_id,
            )
        self._classes = len(legend.entries)
        check_turns(self.card, turning.kind, self.fixed_px)

    @property
    def provider(self) -> str:
        """What really runs them, and how members come about."""
        running = ", ".join(dict.fromkeys(network.provider for network in self._networks))
        return Phrase("{running}; {manner}", running=running, manner=self._manner)

    @property
    def precision(self) -> str:
        """What they really compute with."""
        return ", ".join(dict.fromkeys(network.precision for network in self._networks))

    @property
    def sha256(self) -> str:
        """What tells their weights from others."""
        return ", ".join(network.sha256 for network in self._networks)

    @property
    def channels(self) -> int:
        """A mean probability for each class, and how far members disagree."""
        return self._classes + 1

    def bytes_per_px(self, at_most: bool) -> float:
        """Memory for each pixel of a tile: networks that do not give theirs back keep it while others run."""
        bands = sum(wants.channels for wants in self.card.inputs)
        own = 4 * (WORKING_ARRAYS * self._classes + 2 * bands + 4)
        each = [network.bytes_per_px(at_most) for network in self._networks]
        if self.gives_back:
            return own + 4 * self._classes * len(each) + max(each)  # places for their outputs are kept
        return own + sum(each)

    @property
    def gives_back(self) -> bool:
        """Whether others may have the networks' memory between two tiles."""
        return all(network.gives_back for network in self._networks)

    def __call__(self, values: Sequence[Values]) -> Values:
        """What all members say of a tile: see `measures.combine`."""
        if len(self._says) == 1 and not self._turning.apart:
            return alone(next(self._said(values)))
        return combine(self._said(values))

    def give_back(self, output: Values) -> None:
        """Nothing is kept for the next tile."""

    def close(self) -> None:
        """Let go of the networks."""
        for network in self._networks:
            network.close()

    def _said(self, values: Sequence[Values]) -> Iterator[Values]:
        """The probabilities of one member after the other."""
        for say in self._says:
            if self._turning.apart:
                yield from each_turn(self._turning.kind, values, say)
            else:
                yield in_turns(self._turning.kind, values, say)


def probabilities_of(network: Network, first: ModelCard) -> Say:
    """What a network says of the classes, by the temperature and activation of its own card.

    Args:
        network: The network; of one that tells lines too, whether there is a line counts.
        first: The card by which inputs are scaled.
    """
    scales = rescaling(first, network.card)

    def say(values: Sequence[Values]) -> Values:
        output = network(values if scales is None else [scale(value) for scale, value in zip(scales, values)])
        said = class_probabilities(output, network.card)
        if not np.may_share_memory(said, output):
            network.give_back(output)
        return said

    return say


def class_probabilities(output: Values, card: ModelCard) -> Values:
    """The probability per class of a network's bare output, `(classes, rows, cols)`.

    Raises:
        ModelError: The numbers are none: the card names no activation, and they do not add up to 1.
    """
    said = probabilities(output[:1] if card.lines else output, card.output)
    if card.output.activation == "none":
        _check_probabilities(said, card)
    return said


def _check_probabilities(said: Values, card: ModelCard) -> None:
    known = np.isfinite(said).all(axis=0)
    totals = said.sum(axis=0)[known]
    if not totals.size:
        return
    if np.abs(totals - 1).max() > SLACK or said[:, known].min() < -SLACK:
        raise ModelError(
            "What {model} says of the classes are no probabilities: they add up to between {low:.3g} and {high:.3g}, "
            "not to 1, and its card names no activation. Import it again with ACTIVATION = softmax or sigmoid.",
            model=card.model_id,
            low=float(totals.min()),
            high=float(totals.max()),
        )


def _only_size(networks: Sequence[Runs]) -> tuple[int, int] | None:
    """Rows and columns of the tiles that all networks take; `None`: any.

    Raises:
        ModelError: Two take tiles of different sizes only.
    """
    sizes = {network.fixed_px: network.card.model_id for network in networks if network.fixed_px}
    if len(sizes) > 1:
        raise ModelError(
            "{models} take tiles of one size only, and not of the same ({sizes}). Choose models that take the same.",
            models=", ".join(sizes.values()),
            sizes=", ".join(f"{rows} x {columns} px" for rows, columns in sizes),
        )
    return next(iter(sizes), None)
