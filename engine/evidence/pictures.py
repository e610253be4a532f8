"""Draws the image of a place, and an attribution over it."""

from __future__ import annotations

import numpy as np

from ..explanation.pictures import overlaid
from ..pages.page_pictures import PAPER, Pixels, colours_of
from .gathering import Gathered


def photograph(found: Gathered) -> Pixels | None:
    """The image; `None`: there is none."""
    if "image" not in found.pictures:
        return None
    values = found.pictures["image"].values
    return colours_of(values, np.asarray(np.isfinite(values).all(axis=0)))


def attributed(found: Gathered) -> Pixels:
    """The attribution over the greyed image, or on plain ground."""
    values = found.pictures["attribution"].values[0]
    image = photograph(found)
    return overlaid(np.full((3, *values.shape), PAPER, np.uint8) if image is None else image, values, found.high)
