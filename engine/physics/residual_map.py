"""Turns a rule into a raster of residuals and figures, window by window, so that memory does not grow with the map."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from rasterio.io import DatasetWriter

from ..grids.ground import M2_PER_HECTARE
from ..progress import Progress
from ..tiles.windows import windows_of
from .magnitudes import Magnitudes
from .physical_rules import PhysicalRule

LARGEST = np.finfo(np.float32).max


@dataclass(frozen=True)
class Found:
    """What was found on the whole map.

    Args:
        whole: Figures over all bands.
        bands: Figures of each band, by what it is.
        violating_ha: Area of the pixels that violate the rule in any band.
        counts: What the rule counted beside.
    """

    whole: Magnitudes
    bands: dict[str, Magnitudes]
    violating_ha: float
    counts: dict[str, float]


def judge_map(
    rule: PhysicalRule, tolerance: float, target: DatasetWriter | None, progress: Progress, share: float
) -> Found:
    """Judge a map.

    Args:
        rule: By which rule.
        tolerance: Residuals up to it violate nothing.
        target: Where residuals go, on the grid of the map; `None`: nowhere.
        progress: Is told how far this is.
        share: How much of the whole job this is, 0–1.
    """
    grid = rule.grid
    areas_m2 = grid.row_areas_m2
    bands = [Magnitudes(tolerance) for _ in rule.bands]
    counts: Counter[str] = Counter()
    violating_m2, done_px, start = 0.0, 0, time.monotonic()
    for window in windows_of(grid, rule.bands_held):
        judgement = rule.judge(window)
        residual = np.minimum(judgement.residual, LARGEST).astype(np.float32)
        if target is not None:
            target.write(residual, window=window)
        for figures, values, judged in zip(bands, residual, judgement.judged):
            figures.feed(values[judged])
        violating = (judgement.judged & (residual > np.float32(tolerance))).any(axis=0)
        rows = slice(int(window.row_off), int(window.row_off + window.height))
        violating_m2 += float(violating.sum(axis=1) @ areas_m2[rows])
        counts.update(judgement.counts)
        done_px += int(window.width * window.height)
        seconds = max(time.monotonic() - start, 1e-3)
        progress.update(share * done_px / (grid.width * grid.height), done_px / 1e6 / seconds)
    whole = Magnitudes(tolerance)
    for figures in bands:
        whole.add(figures)
    return Found(whole, dict(zip(rule.bands, bands)), violating_m2 / M2_PER_HECTARE, dict(counts))


def document(figures: Magnitudes) -> dict[str, Any]:
    """Figures in JSON's terms; what is undefined is null."""
    told = {
        "violating_share": figures.violating_share,
        "mean_residual": figures.mean,
        "p95_residual": figures.percentile(95),
        "max_residual": figures.largest,
    }
    return {
        "judged": figures.count,
        "violating": figures.violating,
        **{name: None if np.isnan(value) else value for name, value in told.items()},
    }
