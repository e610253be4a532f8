"""Compare line networks: how far lines and their connections agree with a network that is known to be true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterVectorDestination,
    QgsWkbTypes,
)

from ...engine.errors import InputError
from ...engine.requests.compare_networks import CompareNetworks
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..layers import check_has_features, source_path, vector_layer
from ..outputs import by_field, check_no_input_is_overwritten, targets
from ..parameters import explained, metrics, number, report
from ..texts import tr
from ..vector_files import vector_file

NETWORKS, METRES = ("PREDICTION", "REFERENCE"), ("BUFFER", "SNAP", "SPACING")
SHORTEST_M = 0.001
MAY_HOLD_LINES = ("Line", "Unknown geometry")
"""As QGIS names kinds of geometries in all its versions; layers of the second hold any."""


class CompareNetworksAlgorithm(TerraloomAlgorithm):
    """Has the worker hold a network of lines against a reference."""

    GROUP = "verify"

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, str] = {}

    def name(self):
        return "comparenetworks"

    def displayName(self):
        return tr("Compare line networks")

    def tags(self):
        return tr(
            "network,roads,lines,apls,topo,completeness,correctness,precision,recall,f1,connectivity,validation,"
            "reference,rivers,graph"
        ).split(",")

    def shortDescription(self):
        return tr("Tells how well a network of lines agrees with one that is known to be true, and where it does not.")

    def help_text(self):
        return tr(
            "Compares a network of lines, such as roads from “Extract roads”, with a reference that is known to be "
            "true. Three questions are asked: do the lines lie where they should (relaxed precision, recall and F1), "
            "are ways through the network as long as in truth (APLS), and does one get as far from any place (TOPO). "
            "The report shows a map and says how to read the figures.\n\n"
            "What the prediction misses and what it made up come as layers too, red and orange, where you ask for "
            "them.\n\n"
            "Lines connect where they share a vertex or where one ends on another. Lines that merely cross do not: one "
            "of them may be a bridge. Where lines of a layer cross without a vertex, this is told.\n\n"
            "Layers may have any coordinate reference system; all is measured in metres. Clip both to the same ground "
            "first: what lies outside the other layer counts as missed or as spurious.\n\n"
            "Of networks with very many control points, some are drawn for APLS, the same ones in every run."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("APLS", tr("APLS (0–1)")),
            Figure("TOPO_F1", tr("TOPO F1 (0–1)")),
            Figure("PRECISION", tr("Relaxed precision (0–1)")),
            Figure("RECALL", tr("Relaxed recall (0–1)")),
            Figure("F1", tr("Relaxed F1 (0–1)")),
            Figure("LENGTH_RATIO", tr("Length of the prediction over that of the reference")),
            Figure("COMPONENTS_RATIO", tr("Connected parts of the prediction over those of the reference")),
        )

    def made_for_figures(self, parameters, context) -> str:
        return "METRICS"

    def initAlgorithm(self, configuration=None):
        lines = QgsProcessing.SourceType.TypeVectorLine
        for parameter in (
            explained(
                QgsProcessingParameterFeatureSource("PREDICTION", tr("Network to judge"), [lines]),
                tr("Lines, for example those that “Extract roads” has made."),
            ),
            explained(
                QgsProcessingParameterFeatureSource("REFERENCE", tr("Reference network"), [lines]),
                tr("Lines that are known to be true, and were not used to make the others."),
            ),
            explained(
                number("BUFFER", tr("Buffer (m)"), 3.0, SHORTEST_M),
                tr("Lines of the two networks within this distance lie in the same place."),
            ),
            explained(
                number("SNAP", tr("Snap (m)"), 4.0, SHORTEST_M),
                tr("How far a control point of one network may lie from the other, for APLS and TOPO."),
                advanced=True,
            ),
            explained(
                number("SPACING", tr("Spacing of control points (m)"), 50.0, SHORTEST_M),
                tr("Control points of APLS lie on all nodes and about so far apart between them."),
                advanced=True,
            ),
            report(tr("Report on the comparison")),
            explained(
                metrics(False),
                tr("All figures, to compute with."),
            ),
            explained(
                _lines("MISSED", tr("Missed lines")),
                tr("What of the reference lies farther than the buffer from the prediction, with length_m."),
            ),
            explained(
                _lines("SPURIOUS", tr("Spurious lines")),
                tr("What of the prediction lies farther than the buffer from the reference, with length_m."),
            ),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        wanted = by_field(targets(self, parameters, context))
        read = by_field({name: source_path(self._checked_layer(name, parameters, context)) for name in NETWORKS})
        self._request(parameters, context, {**read, **wanted})
        check_no_input_is_overwritten(self, parameters, context, list(read.values()))

    def prepare(self, parameters, context, feedback) -> None:
        for name in NETWORKS:
            path, layer_name = vector_file(self, name, parameters, context, feedback)
            shown = vector_layer(self, name, parameters, context).name()
            key = name.lower()
            self.sources.update({key: path, f"{key}_layer": layer_name, f"{key}_name": shown})
        self.subject = self.sources["prediction_name"]

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        request = self._request(parameters, context, {**self.sources, **files})
        outcome = run_in_worker("compare_networks", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, files: dict[str, str]) -> CompareNetworks:
        """The request, which checks itself."""
        numbers = {f"{name.lower()}_m": self.parameterAsDouble(parameters, name, context) for name in METRES}
        return CompareNetworks(**numbers, **files)

    def _checked_layer(self, name: str, parameters, context) -> Any:
        """The layer of one network.

        Raises:
            InputError: It cannot be opened, holds no lines, or is empty.
        """
        layer = vector_layer(self, name, parameters, context)
        source = self.parameterAsSource(parameters, name, context)
        if layer is None or source is None:
            raise InputError(
                "{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.",
                name=name,
                path=str(parameters.get(name) or "-"),
            )
        kind = QgsWkbTypes.geometryDisplayString(QgsWkbTypes.geometryType(source.wkbType()))
        if kind not in MAY_HOLD_LINES:
            raise InputError(
                "{name} is {layer}, which holds no lines (geometry: {found}). Choose a layer of lines.",
                name=name,
                layer=layer.name() or source_path(layer),
                found=kind,
            )
        check_has_features(name, layer, source)
        return layer


def _lines(name: str, label: str) -> QgsProcessingParameterVectorDestination:
    """A layer of lines that is made only when asked for."""
    return QgsProcessingParameterVectorDestination(
        name, label, QgsProcessing.SourceType.TypeVectorLine, optional=True, createByDefault=False
    )
