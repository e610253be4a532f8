"""Draws groups of pixels anew, with replacement, which tells how certain a figure is (the bootstrap)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def times_drawn(random: np.random.Generator, groups: int, draws: int) -> Iterator[NDArray[np.int64]]:
    """How often each group comes when as many as there are are drawn, `(groups,)`, draw by draw."""
    for _ in range(draws):
        yield np.bincount(random.integers(groups, size=groups), minlength=groups)
