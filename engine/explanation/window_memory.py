"""Says how large a window may be, so that explaining it stays within the memory that a run may take."""

from __future__ import annotations

from ..errors import InputError
from ..memory.memory_plan import budget_mb
from ..network import Network
from ..requests.explain_prediction import Method
from ..tiles.tiling import Tile
from ..worker.memory import resident_mb
from .least_squares import bytes_of

HELD_FACTOR = 8.0
"""How many times what a network needs to run it needs to be differentiated: nothing can be let go on the way."""

SHARE = 0.5
"""Part of the memory that is left which features may take that are told apart; the rest is the network's."""


def room_px(network: Network, method: Method) -> float:
    """Pixels of a window that there is memory to explain."""
    return running_px(network) / (HELD_FACTOR if method.differentiates else 1.0)


def running_px(network: Network) -> float:
    """Pixels that there is memory to run a network on."""
    return max(0.0, budget_mb(0) - resident_mb()) * 1e6 / network.bytes_per_px(at_most=False)


def check_room(network: Network, method: Method, tile: Tile) -> None:
    """Refuse a window for which there is no memory, before it is read.

    Raises:
        InputError: It says what to do.
    """
    rows, cols = int(tile.read.height), int(tile.read.width)
    if rows * cols > room_px(network, method):
        raise InputError(
            "With what the network sees around it, the place to be explained takes {rows} x {cols} px, for which "
            "{method} needs more memory than there is. Choose a smaller place. “Explain a prediction” also takes an "
            "EXTENT, tile by tile.",
            rows=rows,
            cols=cols,
            method=method.name,
        )


def can_tell_apart(features: int, samples: int) -> bool:
    """Whether there is memory to weigh so many features against each other, as lime and shap do."""
    return bytes_of(samples, features) <= SHARE * 1e6 * (budget_mb(0) - resident_mb())
