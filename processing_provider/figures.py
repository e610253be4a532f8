"""Declares the figures that an algorithm gives beside its files, and takes their values from what the worker tells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingOutputDefinition, QgsProcessingOutputNumber, QgsProcessingOutputString


@dataclass(frozen=True)
class Figure:
    """A number, or a word, that a model of the modeler may branch on.

    Args:
        output: Name of the output.
        label: What people read there.
        told_as: What the worker calls it; empty: like the output, in small letters.
        is_word: Whether it is a word.
    """

    output: str
    label: str
    told_as: str = ""
    is_word: bool = False

    def definition(self) -> QgsProcessingOutputDefinition:
        """The output as QGIS knows it."""
        kind = QgsProcessingOutputString if self.is_word else QgsProcessingOutputNumber
        return kind(self.output, self.label)


def known_values(figures: Iterable[Figure], told: dict[str, Any]) -> dict[str, Any]:
    """The value of each figure, by output; of what the worker leaves out, or gives as `None` or NaN, there is none."""
    found = {figure.output: told.get(figure.told_as or figure.output.lower()) for figure in figures}
    return {output: value for output, value in found.items() if not _is_unknown(value)}


def _is_unknown(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
