"""Tells from a model's card whether its network has dropout: whether features are left out at random as it learns."""

from __future__ import annotations

from typing import Any

from ..errors import ModelError
from .card import ModelCard

ARGUMENT = "dropout"


def has_dropout(card: ModelCard) -> bool:
    """Whether a part of the network has a share of features that are left out; false where the card names no parts."""
    return _leaves_out(card.network_spec)


def no_dropout(card: ModelCard) -> ModelError:
    """The error for a network that leaves nothing out."""
    return ModelError(
        "{model} has no dropout, so that every draw of it would say the same. Choose METHOD tta or ensemble, or train "
        "a model whose network has dropout, for example with the preset timeseries.",
        model=card.model_id,
    )


def _leaves_out(part: Any) -> bool:
    """Whether `dropout` stands with a share above 0 anywhere in a part of a spec."""
    if isinstance(part, dict):
        share = part.get(ARGUMENT, 0)
        return (isinstance(share, (int, float)) and share > 0) or any(map(_leaves_out, part.values()))
    return isinstance(part, (list, tuple)) and any(map(_leaves_out, part))
