"""The figures of a place in JSON's terms."""

from __future__ import annotations

import math
from typing import Any

from ..classes.class_names import ClassNames
from ..grids.grid import Grid
from ..grids.ground import M2_PER_HECTARE, on_earth
from ..images.urls import file_name
from ..legend import Legend
from ..requests.report_evidence import ReportEvidence
from .findings import CONTRADICTED
from .tally import Count, Tally, share


def figures_of(request: ReportEvidence, tally: Tally, names: ClassNames, legend: Legend, grid: Grid) -> dict[str, Any]:
    """All that is counted; what is not known is null, as areas are where the grid has no place on Earth."""
    whole, given = tally.whole, request.beside
    contradicted = tally.by_finding.get(CONTRADICTED, Count())

    def carried(part: Count, needs: str) -> float | None:
        return _known(share(part.attribution, whole.attribution)) if needs in given else None

    def document(count: Count, of: Count | None = None) -> dict[str, Any]:
        found = _document(count, of)
        return found if on_earth(grid.crs) else {**found, "hectares": None}

    both = {"uncertainty", "residual"} <= given.keys()
    return {
        "prediction": file_name(request.prediction),
        "held_against": sorted(given),
        "sure_from": request.sure_from,
        "tolerance": request.tolerance,
        "explained_class": None if tally.bounds.explained is None else names.name(tally.bounds.explained),
        **document(whole),
        "contradicted_share": _known(share(contradicted.pixels, whole.pixels)) if both else None,
        "foresight": _known(tally.foresight),
        "attribution_on_unsure": carried(tally.on_unsure, "uncertainty"),
        "attribution_on_impossible": carried(tally.on_impossible, "residual"),
        "findings": [
            {"value": entry.value, "name": entry.name, **document(tally.by_finding.get(entry.value, Count()), whole)}
            for entry in legend.entries
        ],
        "classes": [
            {"value": value, "name": names.name(value), **document(count, whole)}
            for value, count in sorted(tally.by_class.items())
        ],
    }


def _document(count: Count, whole: Count | None = None) -> dict[str, Any]:
    """A count; with its share of the whole where there is one."""
    shares = (
        {}
        if whole is None
        else {
            "share": _known(share(count.pixels, whole.pixels)),
            "attribution_share": _known(share(count.attribution, whole.attribution)),
        }
    )
    return {
        "pixels": count.pixels,
        "hectares": count.square_metres / M2_PER_HECTARE,
        **shares,
        "mean_confidence": _known(count.mean_confidence),
        "unsure_share": _known(count.unsure_share),
        "with_residual": count.with_residual,
        "impossible_share": _known(count.impossible_share),
    }


def _known(value: float) -> float | None:
    """JSON knows neither NaN nor infinity."""
    return value if math.isfinite(value) else None
