"""Report evidence: a map, what explains it, how sure it is and what physics says of it, held side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .check_physics import LARGEST
from .named_value import NamedValue
from .network_run import Extent
from .targets import Targets

BESIDE = ("attribution", "uncertainty", "residual")
"""What may be held against the map, by its name in the request."""

SURE_FROM = 0.8
"""Confidence from which a pixel is sure, where nobody says otherwise."""


@dataclass(frozen=True)
class EvidenceTargets(Targets):
    """The files of a report; those with an empty path are not made.

    Args:
        output: Raster of where they disagree.
        report: The page.
        metrics: The figures as JSON.
    """

    output: str = ""
    report: str = ""
    metrics: str = ""


@dataclass(frozen=True)
class ReportEvidence:
    """What is asked of `reportevidence`.

    Args:
        prediction: The class map.
        targets: What is made.
        attribution: Raster of `explainprediction`; empty: none.
        uncertainty: Raster with a band `confidence`, of `estimateuncertainty` or of a map; empty: none.
        residual: Raster of `checkphysics`; empty: none.
        image: The files that are shown as the image, taken as a mosaic; empty: none.
        extent: The place; `None`: what the attribution covers, else the whole map.
        class_names: What the user sees of the map's classes in QGIS; the rest is looked up beside the file.
        sure_from: Confidence from which a pixel counts as sure, 0–1.
        tolerance: Residuals up to it violate nothing; in the residual's unit.
    """

    prediction: str
    targets: EvidenceTargets
    attribution: str = ""
    uncertainty: str = ""
    residual: str = ""
    image: tuple[str, ...] = ()
    extent: Extent | None = None
    class_names: tuple[NamedValue, ...] = ()
    sure_from: float = SURE_FROM
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        if not self.beside:
            raise InputError(
                "There is nothing to hold PREDICTION against. Give ATTRIBUTION (from “Explain a prediction”), "
                "UNCERTAINTY (from “Estimate uncertainty”), RESIDUAL (from “Check physical plausibility”), or all of "
                "them."
            )
        if not 0 < self.sure_from <= 1:
            raise InputError("SURE_FROM is {found:g}; it must lie above 0 and be 1 at most.", found=self.sure_from)
        if not 0 <= self.tolerance < LARGEST:
            raise InputError("TOLERANCE is {found:g}; it must be a number from 0 up.", found=self.tolerance)
        if self.tolerance and not self.residual:
            raise InputError("TOLERANCE is given, but there is no RESIDUAL that it is about. Give one, or leave it 0.")
        if self.sure_from != SURE_FROM and not self.uncertainty:
            raise InputError(
                "SURE_FROM is given, but there is no UNCERTAINTY that it is about. Give one, or leave it {usual:g}.",
                usual=SURE_FROM,
            )
        if self.image and self.targets.made and not self.targets.report:
            raise InputError("IMAGE is given, but no REPORT that would show it. Ask for one, or leave IMAGE empty.")
        if not self.targets.made:
            raise InputError("No result is asked for. Choose OUTPUT, REPORT, METRICS, or several.")

    @property
    def beside(self) -> dict[str, str]:
        """What the map is held against, by name."""
        return {name: getattr(self, name) for name in BESIDE if getattr(self, name)}

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return tuple(path for path in (self.prediction, *self.beside.values(), *self.image) if path)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(self.targets.made.values())
