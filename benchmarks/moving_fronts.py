"""Draws series of images that never were, of which all is known: a front between a bright and a dark plain that moves.

From date to date the front advances, retreats or stands still, not everywhere alike. Each date has its own light, noise
and, often, clouds, and a date may be missing. Both plains have a texture; dark lakes on the bright one stay where they
are, bright floes on the dark one are elsewhere on each date: what a single date shows is no proof.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from .water_level import fractal

SIDE_PX = 64
DAYS = (0, 16, 32, 48, 64, 80)

STILL_SHARE = 0.2
"""Share of series in which the front stands still throughout."""

MOVES, MOVE_SHARES = (1, 0, -1), (0.5, 0.3, 0.2)
"""From one date to the next: on as the series does, not at all, or back; and how often."""

CLOUDED_SHARE, MISSING_SHARE = 0.4, 0.15
"""Share of dates with clouds, and of dates but the first that are missing."""


@dataclass(frozen=True)
class FrontSeries:
    """One series.

    Attributes:
        images: What is seen, mean about 0 and deviation about 1, 0 throughout on a date that is missing,
            `(dates, rows, cols)`.
        bright: Which pixels lie on the bright side, `(dates, rows, cols)`.
        there: Which dates are there; the first is.
        moves: From each date to the next 1: the bright side grows, 0: nothing moves, -1: it shrinks.
        passed: On which date a pixel is first seen on the other side, 0: on none, `(rows, cols)`.
    """

    images: NDArray[np.float32]
    bright: NDArray[np.bool_]
    there: NDArray[np.bool_]
    moves: tuple[int, ...]
    passed: NDArray[np.int64]

    def tensors(self) -> tuple[Tensor, Tensor]:
        """Images and dates of passage."""
        return torch.from_numpy(self.images), torch.from_numpy(self.passed)


def draw_series(seed: int) -> FrontSeries:
    """One series, the same for a seed."""
    rng = np.random.default_rng(seed)
    moves = _moves(rng)
    bright = _sides(rng, moves)
    there = np.r_[True, rng.random(len(DAYS) - 1) >= MISSING_SHARE]
    images = np.where(there[:, None, None], _seen(rng, bright), 0).astype(np.float32)
    return FrontSeries(images, bright, there, moves, first_passage(bright, there))


def first_passage(bright: NDArray[np.bool_], there: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The first date on which a pixel is not on the side of the first date; 0: none. Only dates that are there count.

    Args:
        bright: Sides, `(dates, rows, cols)`.
        there: Which dates are there, the first among them.
    """
    dates = np.flatnonzero(there)
    changed = bright[dates] != bright[dates[0]]
    return np.where(changed.any(axis=0), dates[changed.argmax(axis=0)], 0)


def _moves(rng: np.random.Generator) -> tuple[int, ...]:
    if rng.random() < STILL_SHARE:
        return (0,) * (len(DAYS) - 1)
    way = int(rng.choice((-1, 1)))
    return tuple(way * int(move) for move in rng.choice(MOVES, len(DAYS) - 1, p=MOVE_SHARES))


def _sides(rng: np.random.Generator, moves: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which pixels are bright on each date: those before a wavy line, in any direction, that moves."""
    turn = rng.uniform(0, 2 * np.pi)
    rows, cols = np.mgrid[:SIDE_PX, :SIDE_PX] - (SIDE_PX - 1) / 2
    across, along = np.cos(turn) * cols + np.sin(turn) * rows, np.cos(turn) * rows - np.sin(turn) * cols
    line = -np.sign(sum(moves)) * rng.uniform(0, 14) + sum(_wave(rng, along, 3 / n, n) for n in (1, 2, 4))
    sides = [across < line]
    for move in moves:
        line = line + move * rng.uniform(2, 8) * (1 + _wave(rng, along, 0.5, 1))  # never against the move
        sides.append(across < line)
    return np.stack(sides)


def _wave(rng: np.random.Generator, along: NDArray[np.float64], height: float, waves: int) -> NDArray[np.float64]:
    """So many waves across the image, of a height up to the given one."""
    phase = 2 * np.pi * (waves * along / SIDE_PX + rng.random())
    return np.asarray(height * rng.random() * np.sin(phase))


def _seen(rng: np.random.Generator, bright: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The images of all dates."""

    def texture(exponent: float = 1.5) -> NDArray[np.float64]:
        return fractal(rng, exponent, SIDE_PX)

    ice = np.where(texture(2.0) > 1.3, -0.8, 0.8) + 0.3 * texture()  # with lakes
    images = []
    for side in bright:
        sea = np.where(texture(2.0) > 1.5, 0.7, -0.8) + 0.3 * texture()  # with floes
        share = ndimage.gaussian_filter(side.astype(float), 0.8)
        image = share * ice + (1 - share) * sea
        slope = np.linspace(-0.5, 0.5, SIDE_PX) * rng.normal(0, 0.4)
        image = image * rng.uniform(0.7, 1.3) + rng.normal(0, 0.3) + slope
        if rng.random() < CLOUDED_SHARE:
            opacity = _clouds(rng)
            image = image + opacity * (1.4 - image)
        images.append(image + rng.normal(0, 0.4, image.shape))
    return np.stack(images)


def _clouds(rng: np.random.Generator) -> NDArray[np.float64]:
    """How much clouds hide of each pixel, 0-1."""
    field = fractal(rng, 2.5, SIDE_PX)
    return np.clip(3 * (field - np.quantile(field, 1 - rng.uniform(0.1, 0.5))), 0, 1)
