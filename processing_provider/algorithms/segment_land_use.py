"""Segment land use: a class map of an image, generalised for use as a map."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingParameterDefinition

from ...engine.library.card import ModelCard
from ...engine.library.event_models import front_class
from ...engine.requests.class_map import ClassTargets
from ...engine.requests.network_run import NetworkRun
from ...engine.requests.segment_land_use import SegmentLandUse
from ..class_map_algorithm import ClassMapAlgorithm
from ..parameters import class_outputs, map_output, read_generalisation
from ..texts import tr


class SegmentLandUseAlgorithm(ClassMapAlgorithm):
    """Classifies an image and tidies the result: no tiny areas, smooth shared boundaries."""

    JOB = "segment_land_use"

    def name(self):
        return "segmentlanduse"

    def displayName(self):
        return tr("Segment land use")

    def tags(self):
        return tr(
            "land use,land cover,lulc,classification,semantic segmentation,deep learning,machine learning,aerial,"
            "satellite,orthophoto,buildings,water,vegetation,forest"
        ).split(",")

    def shortDescription(self):
        return tr("Makes a land-use map of an aerial or satellite image.")

    def help_text(self):
        return tr(
            "Makes a land-use map of an aerial or satellite image: each pixel gets the class that the model "
            "finds most likely, seen in its surroundings.\n\n"
            "The result is a class raster with the model's names and colours and, when you ask for them, "
            "polygons that share their boundaries without gaps, a table of the area of each class, the "
            "confidence, and the probability of each class.\n\n"
            "The image should resemble what the model was trained on; “Show model information” tells its "
            "bands, pixel size and how well it did on places it had not seen. Other resolutions and "
            "coordinate systems are brought to the model's on the fly.\n\n"
            "“Smallest area” removes speckle: smaller areas join their largest neighbour. “Smoothing of the polygons” "
            "takes details of about that size out of the polygons' boundaries.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    @staticmethod
    def suits(card: ModelCard) -> bool:
        return len(card.inputs) == 1 and front_class(card) is None

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            map_output(tr("Land use")),
            *class_outputs(polygons=tr("Land-use polygons"), areas=tr("Land-use areas")),
        )

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> SegmentLandUse:
        return SegmentLandUse(run, ClassTargets(**files), read_generalisation(self, parameters, context))
