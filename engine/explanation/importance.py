"""Sums up attributions: how much each band, input and date of an image counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..vectors import write_table
from .attribution import Attribution
from .channels import Group

MAPS, ABLATED = "attribution", "ablation"
"""What an importance is taken from: the maps of the bands, or what is lost when a whole band is replaced."""

INTERVAL = (2.5, 97.5)
DRAWS = 1000


@dataclass(frozen=True)
class Importance:
    """How much a group of channels counts.

    Args:
        group: The channels.
        mean_abs: Mean magnitude of its attributions; for ablation the magnitude of the loss.
        signed_sum: Sum of its attributions with their signs; for ablation the loss.
        share: Its part of the magnitudes of all groups of its kind (inputs among inputs, dates of one input…), 0–1.
        low: Lower end of the 95 % interval of the share; NaN: nothing was drawn anew.
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
    parts = known.astype(np.float64) if found.parts is None else np.where(known, found.parts, 0).astype(np.float64)
    bands = found.bands if found.bands is not None else found.total[np.newaxis]
    magnitudes, sums = (np.einsum("crk,rk->c", each.astype(np.float64), parts) for each in (np.abs(bands), bands))
    return magnitudes, sums, float(parts.sum())


def from_maps(found: Attribution, known: NDArray[np.bool_], groups: Sequence[Group]) -> list[Importance]:
    """Importance by the maps of the bands.

    Args:
        found: An attribution that tells bands apart.
        known: Where it counts, `(rows, cols)`.
        groups: Bands, inputs and dates.
    """
    magnitudes, sums, count = magnitudes_of(found, known)
    return _joined(groups, magnitudes / max(count, 1e-9), sums, found.repeats, MAPS)


def from_losses(losses: NDArray[np.float64], groups: Sequence[Group]) -> list[Importance]:
    """Importance by what is lost when each group is replaced as a whole, `(groups,)`."""
    rows = []
    for number, group in enumerate(groups):
        alike = np.array([other.kind == group.kind for other in groups])
        whole = float(np.abs(losses[alike]).sum())
        loss = float(losses[number])
        rows.append(Importance(group, abs(loss), loss, _share(abs(loss), whole), np.nan, np.nan, ABLATED))
    return rows


def over_tiles(
    means: NDArray[np.float64], sums: NDArray[np.float64], groups: Sequence[Group], basis: str, seed: int
) -> list[Importance]:
    """Importance over the tiles of an extent, with intervals over tiles drawn anew.

    Args:
        means: Mean magnitude in each tile, `(tiles, groups)`.
        sums: Signed sum in each tile, of the same shape.
        groups: Bands, inputs and dates.
        basis: What they were taken from.
        seed: Where chance begins.
    """
    rng = np.random.default_rng(seed)
    tiles = len(means)
    drawn = means[rng.integers(0, tiles, (DRAWS, tiles))].mean(axis=1) if tiles > 1 else np.empty((0, len(groups)))
    rows = []
    for number, group in enumerate(groups):
        alike = np.array([other.kind == group.kind for other in groups])
        mean = float(means[:, number].mean())
        share = _share(mean, float(means[:, alike].mean(axis=0).sum()))
        low, high = _interval(drawn[:, number], drawn[:, alike].sum(axis=1))
        rows.append(Importance(group, mean, float(sums[:, number].sum()), share, low, high, basis))
    return rows


def by_group(values: NDArray[np.float64], groups: Sequence[Group]) -> NDArray[np.float64]:
    """Sums over the channels of each group, `(…, groups)` of `(…, channels)`."""
    return np.stack([values[..., list(group.channels)].sum(axis=-1) for group in groups], axis=-1)


def write_importance(path: Path, rows: Sequence[Importance]) -> None:
    """Write the table: kind, name, mean_abs, signed_sum, share, share_low, share_high, basis."""
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
    )


def _joined(
    groups: Sequence[Group],
    means: NDArray[np.float64],
    sums: NDArray[np.float64],
    repeats: NDArray[np.float64],
    basis: str,
) -> list[Importance]:
    """The importance of groups from that of their channels."""
    all_means, all_sums = by_group(means, groups), by_group(sums, groups)
    drawn = by_group(repeats, groups) if repeats.size else np.empty((0, len(groups)))
    rows = []
    for number, group in enumerate(groups):
        alike = np.array([other.kind == group.kind for other in groups])
        share = _share(float(all_means[number]), float(all_means[alike].sum()))
        low, high = _interval(drawn[:, number], drawn[:, alike].sum(axis=1))
        rows.append(Importance(group, float(all_means[number]), float(all_sums[number]), share, low, high, basis))
    return rows


def _interval(part: NDArray[np.float64], whole: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of a share from repeats; NaN where there are none."""
    if not len(part):
        return np.nan, np.nan
    low, high = np.percentile(part / np.maximum(whole, np.finfo(float).tiny), INTERVAL)
    return float(low), float(high)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
