"""Report evidence: a map, what explains it, how sure it is and what physics says of it, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterExtent,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)

from ...engine.requests.report_evidence import SURE_FROM, EvidenceTargets, ReportEvidence
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..class_styles import shown_classes
from ..figures import Figure
from ..layers import given_raster_layers, raster_file, raster_file_layers, source_path
from ..network_run import requested_extent
from ..outputs import by_field, check_no_input_is_overwritten, targets
from ..parameters import explained, map_output, metrics, number, report
from ..texts import tr

RASTERS = ("PREDICTION", "ATTRIBUTION", "UNCERTAINTY", "RESIDUAL")


class ReportEvidenceAlgorithm(TerraloomAlgorithm):
    """Has the worker hold a map against what is known of it."""

    GROUP = "explain"

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, Any] = {}

    def name(self):
        return "reportevidence"

    def displayName(self):
        return tr("Report the evidence for a map")

    def tags(self):
        return tr(
            "explainable,xai,report,evidence,attribution,uncertainty,confidence,physics,plausibility,disagreement,trust"
        ).split(",")

    def shortDescription(self):
        return tr("Holds a map, its explanation, its uncertainty and physics side by side: where they disagree.")

    def help_text(self):
        return tr(
            "Brings together what the other algorithms say of one place: the map, what it rests on (ATTRIBUTION, from "
            "“Explain a prediction”), how sure it is (UNCERTAINTY, from “Estimate uncertainty”, or the confidence "
            "of a map), and whether it can be true (RESIDUAL, from “Check physical plausibility”). Give at least one "
            "of the three.\n\n"
            "The report shows them side by side and tells where they disagree: where the map is sure of what cannot "
            "be; whether doubt points at what cannot be; whether the explained answer rests on ground that the model "
            "doubts; and where the map has the explained class, but what is seen there lowers the explained score.\n\n"
            "The result is a raster of what is found, on the pixels of the map:\n"
            "1: nothing against it\n"
            "2: unsure\n"
            "3: has the explained class, but lowers the explained score\n"
            "4: physically impossible, and no confidence is known\n"
            "5: unsure and physically impossible\n"
            "6: sure, yet physically impossible\n\n"
            "The place is EXTENT, else what ATTRIBUTION covers, else the whole map. Other grids and coordinate systems "
            "are brought to the map's."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("UNSURE_SHARE", tr("Share of pixels that are unsure (0–1)")),
            Figure("IMPOSSIBLE_SHARE", tr("Of pixels with a residual, share that cannot be")),
            Figure("CONTRADICTED_SHARE", tr("Share of pixels sure of what cannot be")),
            Figure("ATTRIBUTION_ON_UNSURE", tr("Share of attribution on unsure pixels")),
        )

    def made_for_figures(self, parameters, context) -> str:
        return "REPORT"  # it shows IMAGE, which no other does

    def initAlgorithm(self, configuration=None):
        for parameter in (
            explained(
                QgsProcessingParameterRasterLayer("PREDICTION", tr("Class map")),
                tr("A class map, of Terraloom or of anyone else."),
            ),
            explained(
                QgsProcessingParameterRasterLayer("ATTRIBUTION", tr("Attribution"), optional=True),
                tr("The result of “Explain a prediction”: what the map rests on, at a place or over an extent."),
            ),
            explained(
                QgsProcessingParameterRasterLayer("UNCERTAINTY", tr("Uncertainty"), optional=True),
                tr("The result of “Estimate uncertainty”, or the confidence of a map; its band confidence is read."),
            ),
            explained(
                QgsProcessingParameterRasterLayer("RESIDUAL", tr("Physical residual"), optional=True),
                tr("The result of “Check physical plausibility” of this map; of several bands the largest counts."),
            ),
            explained(
                QgsProcessingParameterMultipleLayers(
                    "IMAGE", tr("Image"), QgsProcessing.SourceType.TypeRaster, optional=True
                ),
                tr(
                    "What is shown beside the map: one raster, or several taken as a mosaic; the first three bands as "
                    "red, green and blue. It changes no figure."
                ),
            ),
            explained(
                QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
                tr("The place. Empty: what the attribution covers; without one, the whole map."),
            ),
            explained(
                number("SURE_FROM", tr("Sure from this confidence"), SURE_FROM, 0, 1),
                tr("Pixels of less confidence count as unsure."),
            ),
            explained(
                number("TOLERANCE", tr("Tolerance of the residual"), 0.0),
                tr("Residuals up to this are no contradiction; in the unit of the residuals."),
            ),
            explained(map_output(tr("Findings")), tr("Where they disagree, as classes 1 to 6.")),
            report(tr("Report on the evidence")),
            explained(
                metrics(False),
                tr("All figures of the report."),
            ),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def image_parameters(self, parameters) -> Sequence[str]:
        return ("IMAGE",)

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        layers = given_raster_layers(self, RASTERS, parameters, context)
        read = {name: source_path(layer) for name, layer in layers.items()}
        images = [source_path(layer) for layer in self._images(parameters, context)]
        wanted = EvidenceTargets(**by_field(targets(self, parameters, context)))
        self._request(parameters, context, read, wanted)
        check_no_input_is_overwritten(self, parameters, context, [*read.values(), *images])

    def prepare(self, parameters, context, feedback) -> None:
        layers = given_raster_layers(self, RASTERS, parameters, context)
        self.subject = layers["prediction"].name()
        self.sources = {
            **{name: raster_file(layer) for name, layer in layers.items()},
            "image": tuple(raster_file(layer) for layer in self._images(parameters, context)),
            "class_names": shown_classes(layers["prediction"]),
            "extent": requested_extent(self, parameters, context, layers["prediction"].crs()),
        }

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        wanted = EvidenceTargets(**self.wanted_files(parameters, context))
        request = self._request(parameters, context, self.sources, wanted)
        outcome = run_in_worker("report_evidence", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, sources: dict[str, Any], wanted: EvidenceTargets) -> ReportEvidence:
        """The request, which checks itself."""
        return ReportEvidence(
            targets=wanted,
            sure_from=self.parameterAsDouble(parameters, "SURE_FROM", context),
            tolerance=self.parameterAsDouble(parameters, "TOLERANCE", context),
            **sources,
        )

    def _images(self, parameters, context) -> list[QgsRasterLayer]:
        """The rasters that are shown; none where none is given.

        Raises:
            InputError: One cannot be opened, or is no file.
        """
        return raster_file_layers(self, "IMAGE", parameters, context) if parameters.get("IMAGE") else []
