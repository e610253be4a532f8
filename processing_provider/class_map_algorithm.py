"""What algorithms have in common whose class maps can be tidied: small areas, polygons' outlines, unsure pixels."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingParameterDefinition

from ..engine.library.card import SEGMENTATION
from ..engine.requests.card_fields import CardFields
from . import card_fields
from .network_algorithm import NetworkAlgorithm
from .parameters import generalisation


class ClassMapAlgorithm(NetworkAlgorithm):
    """Runs a segmentation, and takes MIN_AREA, SMOOTH and THRESHOLD."""

    TASKS = (SEGMENTATION,)
    FIGURES = ("AREA_HA", "UNFAMILIAR_SHARE")

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return generalisation()

    def advanced_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (card_fields.threshold(),)

    def card_fields(self, parameters, context) -> CardFields:
        return CardFields(threshold=card_fields.read_number(self, "THRESHOLD", parameters, context))
