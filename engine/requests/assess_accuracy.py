"""Assess accuracy: a class map held against a reference of points, polygons or pixels."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ..errors import InputError
from .named_value import NamedValue


@dataclass(frozen=True)
class AssessAccuracy:
    """What is asked of `assessaccuracy`.

    Args:
        map: The class raster.
        reference: A raster of true classes, or a vector file of points or polygons.
        reference_is_raster: Which of the two it is.
        reference_layer: Layer in the vector file; empty: its first.
        class_field: Field with the true class, a name or a value of the map; for vectors only.
        confidence_level: How often the intervals hold the true figure, between 0 and 1.
        regions: Vector file of polygons by which the figures are told apart; empty: none.
        regions_layer: Layer in it; empty: its first.
        region_field: Field with the name of the region.
        class_names: What the user sees of the map's classes in QGIS; the rest is looked up beside the file.
        report: The page to write; empty: none.
        metrics: The figures as JSON; empty: none.
    """

    map: str
    reference: str
    reference_is_raster: bool = False
    reference_layer: str = ""
    class_field: str = ""
    confidence_level: float = 0.95
    regions: str = ""
    regions_layer: str = ""
    region_field: str = ""
    class_names: tuple[NamedValue, ...] = ()
    report: str = ""
    metrics: str = ""

    def __post_init__(self) -> None:
        if self.reference_is_raster and os.path.realpath(self.map) == os.path.realpath(self.reference):
            raise InputError(
                "MAP and REFERENCE are the same file, {path}, so all would agree. Choose what is known to be true in "
                "REFERENCE.",
                path=self.reference,
            )
        if self.reference_is_raster and self.class_field:
            raise InputError(
                "CLASS_FIELD is {field}, but REFERENCE is a raster, whose values are the classes. Leave it empty.",
                field=self.class_field,
            )
        if not self.reference_is_raster and not self.class_field:
            raise InputError("CLASS_FIELD is empty. Choose the field of REFERENCE that holds the true class.")
        if bool(self.regions) != bool(self.region_field):
            raise InputError("REGIONS and REGION_FIELD go together: give both or none.")
        if not 0.5 <= self.confidence_level <= 0.999:
            raise InputError(
                "CONFIDENCE_LEVEL is {found:g}; it must lie between 0.5 and 0.999. Usual is 0.95.",
                found=self.confidence_level,
            )

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return tuple(path for path in (self.map, self.reference, self.regions) if path)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.report, self.metrics) if path)
