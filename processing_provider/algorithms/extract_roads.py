"""Extract roads: a network of centrelines that connect."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterVectorDestination,
)

from ...engine.library.card import LINES, ModelCard
from ...engine.requests.extract_roads import ExtractRoads, LineShaping, LineTargets
from ...engine.requests.network_run import NetworkRun
from ..network_algorithm import NetworkAlgorithm
from ..parameters import explained, further_raster, number
from ..texts import tr

LONGEST_M = 1e9


class ExtractRoadsAlgorithm(NetworkAlgorithm):
    """Finds roads or other lines and makes a network of them."""

    TASKS = (LINES,)
    ICON = "roads"
    JOB = "extract_roads"
    FIGURES = ("LENGTH_M", "LINES", "CONNECTED_PARTS", "UNFAMILIAR_SHARE")

    def name(self):
        return "extractroads"

    def displayName(self):
        return tr("Extract roads")

    def tags(self):
        return tr(
            "road,roads,centreline,centerline,network,line,street,track,river,railway,vectorize,deep learning,aerial"
        ).split(",")

    def shortDescription(self):
        return tr("Makes a network of road centrelines out of an aerial or satellite image.")

    def help_text(self):
        return tr(
            "Makes a network of road centrelines out of an aerial or satellite image: lines that connect, with "
            "length, width, bearing and confidence, and the nodes where they end or meet.\n\n"
            "The model says for each pixel how probable a road is there and in which direction it would run. What "
            "reaches the threshold is thinned to lines, which are led over what the network half sees, where the "
            "direction goes on there; short dead ends go, torn crossings are closed, and gaps are "
            "bridged where direction and probability speak for it. The lines know no tile borders.\n\n"
            "For other lines, such as rivers, railways or the boundaries of fields, train a model of your own with the "
            "preset “lines” of “Train a model”. A model of land use with a class called road can be given as model "
            "file; it knows no directions.\n\n"
            "“Compare line networks” tells how good the result is where a reference exists.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    @staticmethod
    def suits(card: ModelCard) -> bool:
        return len(card.inputs) == 1

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            explained(
                number("THRESHOLD", tr("Threshold (0: the model's own)"), 0.0, 0, 0.99),
                tr("Probability from which on a pixel is a road's. Lower values find more roads, and more errors."),
            ),
            explained(
                number("MIN_LENGTH", tr("Shortest line (m)"), 20.0, 0, LONGEST_M),
                tr(
                    "Dead ends that are shorter are cut off; lines that hang together with nothing else are left out "
                    "unless they are three times as long. 0 keeps all."
                ),
            ),
            explained(
                number("MAX_GAP", tr("Longest gap to bridge (m)"), 40.0, 0, LONGEST_M),
                tr(
                    "Gaps up to this length are bridged where direction and probability speak for it. Centrelines end "
                    "half a road’s width before a gap, so that it counts as longer by one width. 0 bridges none. What "
                    "the network half sees (from 0.6 times the threshold on) is no gap where a line runs through it."
                ),
            ),
            explained(
                number("SIMPLIFY", tr("Simplification (m)"), 1.0, 0, LONGEST_M),
                tr("How far a line may lie from the middle of its pixels. 0 keeps a point for each pixel."),
            ),
        )

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        line, point = QgsProcessing.SourceType.TypeVectorLine, QgsProcessing.SourceType.TypeVectorPoint
        return (
            explained(
                QgsProcessingParameterVectorDestination("OUTPUT", tr("Centrelines"), line, optional=True),
                tr(
                    "One line between two nodes, with start_node, end_node, part, length_m, width_m, confidence, "
                    "bearing_deg and bridged_m."
                ),
            ),
            explained(
                QgsProcessingParameterVectorDestination(
                    "NODES", tr("Nodes"), point, optional=True, createByDefault=False
                ),
                tr("Where lines end or meet, with their number (node) and that of the lines that do (degree)."),
            ),
            explained(
                further_raster("PROBABILITY", tr("Probability of roads")),
                tr("How probable a road is in each pixel, 0 to 1."),
            ),
            explained(
                further_raster("ORIENTATION", tr("Direction of roads")),
                tr(
                    "Direction in degrees clockwise from north, 0 to 180, shown as hue, where a road is not improbable."
                ),
            ),
            explained(
                further_raster("MASK_RASTER", tr("Road mask")),
                tr("1 where the probability reaches the threshold, else 0."),
            ),
        )

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> ExtractRoads:
        def given(name: str) -> float:
            return self.parameterAsDouble(parameters, name, context)

        shaping = LineShaping(
            threshold=given("THRESHOLD"),
            min_length_m=given("MIN_LENGTH"),
            max_gap_m=given("MAX_GAP"),
            simplify_m=given("SIMPLIFY"),
        )
        return ExtractRoads(run, LineTargets(**files), shaping)
