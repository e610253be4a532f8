"""What a critic and the network that it judges each want: one tells true images from made ones, the other fools it.

Non-saturating after Goodfellow and others 2014 (arXiv 1406.2661, section 3), least squares after Mao and others 2017
(arXiv 1611.04076, equation 9). The critic's loss is halved as in Isola and others 2017 (arXiv 1611.07004, section 3.3).
Deviation: the network's loss of equation 9 is halved there too, and here not; the weight of the term does as much.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

NON_SATURATING = "non-saturating"
LEAST_SQUARES = "least squares"
GAMES = (NON_SATURATING, LEAST_SQUARES)


def fooling(made: Tensor, game: str) -> Tensor:
    """The network's loss: -log D(made), or (D(made) - 1)², the mean of all scores.

    Args:
        made: The critic's scores of made images, before any sigmoid, of any shape.
        game: One of `GAMES`.
    """
    return (functional.softplus(-made.float()) if game == NON_SATURATING else (made.float() - 1).square()).mean()


def judging(true: Tensor, made: Tensor, game: str) -> Tensor:
    """The critic's loss: half of -log D(true) - log(1 - D(made)), or of (D(true) - 1)² + D(made)². See `fooling`."""
    wrongly_made = functional.softplus(made.float()) if game == NON_SATURATING else made.float().square()
    return (fooling(true, game) + wrongly_made.mean()) / 2
