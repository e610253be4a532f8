"""Sums up attributions: how much each band, input and date of an image counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..results.vectors import write_table
from ..verification.draws import times_drawn
from .attribution import Attribution
from .channels import Group
from .features import blocks
from .intervals import half_width

MAPS, ABLATED = "attribution", "ablation"
"""What an importance is taken from: the maps of the bands, or what is lost when a whole band is replaced."""

INTERVAL = (2.5, 97.5)
DRAWS = 1000

BLOCK_PX = 8
"""Side of the squares of pixels that are drawn anew: neighbouring pixels tell much the same, single ones are not."""

LEAST_SQUARES = 5.0
"""Of fewer squares an interval would say little; those that hold next to nothing do not count (Kish's number)."""


@dataclass(frozen=True)
class Importance:
    """How much a group of channels counts.

    Args:
        group: The channels.
        mean_abs: Mean magnitude of its attributions, without what chance adds to it where that is known; for ablation
            the magnitude of the loss.
        signed_sum: Sum of its attributions with their signs; for ablation the loss.
        share: Its part of the magnitudes of all groups of its kind (inputs among inputs, dates of all inputs…), 0–1.
        low: Lower end of the 95 % interval of the share; NaN: there is none.
        high: Its upper end.
        basis: `attribution` or `ablation`.
    """

    group: Group
    mean_abs: float
    signed_sum: float
    share: float
    low: float
    high: float
    basis: str


def magnitudes_of(
    found: Attribution, known: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Sum of the magnitudes of each band, `(channels,)`, the sum with signs, and over how many features they run.

    Args:
        found: An attribution that tells bands apart.
        known: Where the image shows something, `(rows, cols)`.
    """
    parts = _weights(found, known)
    bands = found.bands if found.bands is not None else found.total[np.newaxis]
    sizes = np.abs(bands) if found.noise is None else beyond_chance(bands, found.noise)
    magnitudes, sums = (np.einsum("crk,rk->c", each.astype(np.float64), parts) for each in (sizes, bands))
    return magnitudes, sums, float(parts.sum())


def beyond_chance(values: NDArray[np.floating], variance: NDArray[np.floating]) -> NDArray[np.floating]:
    """Magnitudes without what chance adds to them: it adds its variance to squares, of whatever is near 0 above all.

    Args:
        values: What was found.
        variance: What chance leaves each, of the same shape or that of one of many.
    """
    return np.sqrt(np.maximum(values**2 - variance, 0))


def from_maps(
    found: Attribution, known: NDArray[np.bool_], groups: Sequence[Group], repeats: NDArray[np.float64]
) -> list[Importance]:
    """Importance by the maps of the bands.

    Args:
        found: An attribution that tells bands apart.
        known: Where it counts, `(rows, cols)`.
        groups: Bands, inputs and dates.
        repeats: Magnitude of each band in repeats, for intervals, `(repeats, channels)`; without rows: there are none.
    """
    magnitudes, sums, count = magnitudes_of(found, known)
    means, totals = by_group(magnitudes / max(count, 1e-9), groups), by_group(sums, groups)
    drawn = by_group(repeats, groups) if repeats.size else np.empty((0, len(groups)))
    shares = [_share(means, groups, number) for number in range(len(groups))]
    return [
        Importance(
            group, float(means[number]), float(totals[number]), shares[number],
            *_interval(drawn, groups, number, shares[number]), MAPS,
        )
        for number, group in enumerate(groups)
    ]  # fmt: skip


def drawn_anew(found: Attribution, known: NDArray[np.bool_], side_px: int, seed: int) -> NDArray[np.float64]:
    """Magnitude of each band when the squares that a map consists of are drawn anew (bootstrap), `(draws, channels)`.

    Args:
        found: An attribution that tells bands apart.
        known: Where it counts, `(rows, cols)`.
        side_px: Side of the squares: that of the method's windows or blocks, or `BLOCK_PX`.
        seed: Where chance begins.

    Returns:
        No draws where what counts lies in too few squares.
    """
    numbers, weights = blocks(known.shape[0], known.shape[1], side_px).ravel(), _weights(found, known)
    bands = found.bands if found.bands is not None else found.total[np.newaxis]
    squares = np.stack([np.bincount(numbers, (np.abs(band) * weights).ravel()) for band in bands], axis=1)
    sizes = squares.sum(axis=1)
    squares, sizes = squares[sizes > 0], sizes[sizes > 0]
    if not len(sizes) or sizes.sum() ** 2 / (sizes**2).sum() < LEAST_SQUARES:
        return np.empty((0, len(bands)))
    return _sums_drawn_anew(squares, seed)


def _sums_drawn_anew(parts: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Sums over as many parts, drawn with replacement, `(draws, …)` of `(parts, …)`."""
    return np.stack([each @ parts for each in times_drawn(np.random.default_rng(seed), len(parts), DRAWS)])


def from_losses(losses: NDArray[np.float64], groups: Sequence[Group]) -> list[Importance]:
    """Importance by what is lost when each group is replaced as a whole, `(groups,)`."""
    sizes = np.abs(losses)
    return [
        Importance(
            group, float(sizes[number]), float(losses[number]), _share(sizes, groups, number), np.nan, np.nan, ABLATED
        )
        for number, group in enumerate(groups)
    ]  # fmt: skip


def over_tiles(
    magnitudes: NDArray[np.float64],
    sums: NDArray[np.float64],
    pixels: int,
    groups: Sequence[Group],
    basis: str,
) -> list[Importance]:
    """Importance over the tiles of an extent, with intervals over tiles.

    Args:
        magnitudes: Sum of the magnitudes in each tile, `(tiles, groups)`, so that a tile counts by its pixels.
        sums: Signed sum in each tile, of the same shape.
        pixels: How many pixels of all tiles are explained.
        groups: Bands, inputs and dates.
        basis: What they were taken from.
    """
    mean = magnitudes.sum(axis=0) / pixels
    return [
        Importance(
            group, float(mean[number]), float(sums[:, number].sum()), _share(mean, groups, number),
            *_over_tiles(magnitudes, groups, number), basis,
        )
        for number, group in enumerate(groups)
    ]  # fmt: skip


def by_group(values: NDArray[np.float64], groups: Sequence[Group]) -> NDArray[np.float64]:
    """Sums over the channels of each group, `(…, groups)` of `(…, channels)`."""
    return np.stack([values[..., list(group.channels)].sum(axis=-1) for group in groups], axis=-1)


def write_importance(path: Path, rows: Sequence[Importance], tags: Mapping[str, str]) -> None:
    """Write the table: kind, name, mean_abs, signed_sum, share, share_low, share_high, basis; of what is there.

    `tags` tell how it was made.
    """
    rows = [row for row in rows if row.group.is_there]
    write_table(
        path,
        {
            "kind": np.array([row.group.kind for row in rows], object),
            "name": np.array([row.group.name for row in rows], object),
            "mean_abs": np.array([row.mean_abs for row in rows]),
            "signed_sum": np.array([row.signed_sum for row in rows]),
            "share": np.array([row.share for row in rows]),
            "share_low": np.array([row.low for row in rows]),
            "share_high": np.array([row.high for row in rows]),
            "basis": np.array([row.basis for row in rows], object),
        },
        tags=tags,
    )


def _weights(found: Attribution, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each pixel counts, `(rows, cols)`, so that each feature counts once."""
    return known.astype(np.float64) if found.parts is None else np.where(known, found.parts, 0).astype(np.float64)


def _alike(groups: Sequence[Group], number: int) -> NDArray[np.bool_]:
    """Which groups a group shares with: those of its kind that are there, `(groups,)`."""
    return np.array([other.kind == groups[number].kind and other.is_there for other in groups])


def _share(sizes: NDArray[np.float64], groups: Sequence[Group], number: int) -> float:
    """The part of a group in the magnitudes `(groups,)` of those of its kind; 0 where it is not there."""
    whole = float(sizes[_alike(groups, number)].sum())
    return float(sizes[number]) / whole if whole > 0 and groups[number].is_there else 0.0


def _interval(drawn: NDArray[np.float64], groups: Sequence[Group], number: int, share: float) -> tuple[float, float]:
    """The interval of a group's share from repeats `(repeats, groups)`, which holds it; NaN where there are none."""
    if not len(drawn) or not groups[number].is_there:
        return np.nan, np.nan
    whole = drawn[:, _alike(groups, number)].sum(axis=1)
    low, high = np.percentile(drawn[:, number] / np.maximum(whole, np.finfo(float).tiny), INTERVAL)
    return min(float(low), share), max(float(high), share)


def _over_tiles(magnitudes: NDArray[np.float64], groups: Sequence[Group], number: int) -> tuple[float, float]:
    """The interval of a group's share over tiles `(tiles, groups)`, that of a ratio of means; NaN where it has none."""
    whole = magnitudes[:, _alike(groups, number)].sum(axis=1)
    if len(magnitudes) < 2 or not groups[number].is_there or not whole.any():
        return np.nan, np.nan
    share = _share(magnitudes.sum(axis=0), groups, number)
    half = float(half_width(magnitudes[:, number] - share * whole) / whole.mean())
    return max(0.0, share - half), min(1.0, share + half)
