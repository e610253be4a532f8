"""Assess accuracy: how well a class map agrees with a reference, with intervals, by class and by region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)

from ...engine.requests.assess_accuracy import AssessAccuracy
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..class_styles import shown_classes
from ..fields import check_field
from ..figures import Figure
from ..layers import raster_file, raster_file_layer, reference_layer, source_path, vector_layer
from ..outputs import check_no_input_is_overwritten
from ..parameters import explained, field_of, metrics, number, report, text
from ..texts import tr
from ..vector_files import vector_file


class AssessAccuracyAlgorithm(TerraloomAlgorithm):
    """Has the worker hold a map against a reference."""

    GROUP = "verify"

    def __init__(self) -> None:
        super().__init__()
        self.sources: dict[str, Any] = {}

    def name(self):
        return "assessaccuracy"

    def displayName(self):
        return tr("Assess accuracy")

    def tags(self):
        return tr(
            "accuracy,validation,confusion matrix,error matrix,kappa,iou,f1,precision,recall,user,producer,"
            "classification,reference,ground truth,confidence interval"
        ).split(",")

    def shortDescription(self):
        return tr("Tells how well a class map agrees with points, polygons or pixels whose class is known.")

    def help_text(self):
        return tr(
            "Compares a class map with a reference: points, polygons or another raster whose classes are known to be "
            "true. It gives the confusion matrix, overall accuracy, user’s and producer’s accuracy, F1 and IoU of each "
            "class, their means and kappa, each with an interval of confidence.\n\n"
            "The class in the reference is written as the map names it (“Forest”) or as its number. Names are those "
            "of the layer’s legend. Another coordinate reference system is transformed; of a raster with other pixels "
            "the nearest counts.\n\n"
            "Neighbouring pixels tell little that is new. So intervals come from drawing whole polygons, or blocks of "
            "ground of a reference raster, again and again; points are taken as a simple random sample.\n\n"
            "Overall and producer’s accuracy of points also stand in the report weighted by the area of the mapped "
            "classes, for which the whole map is read (Olofsson 2014). These hold for points that were drawn by class, "
            "so many in each, too; the other figures do not, and a warning tells where points look like that.\n\n"
            "Where the map has no data the reference is counted as “not mapped”, and does not count in the figures. "
            "Classes that the reference lacks are named; means leave them out.\n\n"
            "With regions, all is told for each of them too, and the one is named in which the map is worst: that is "
            "how far a model can be carried to another place. Regions with fewer than 20 points or 100 pixels of the "
            "reference are left out of that."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("OA", tr("Overall accuracy (0–1)")),
            Figure("MIOU", tr("Mean IoU (0–1)")),
        )

    def initAlgorithm(self, configuration=None):
        raster, points = QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPoint
        polygons, any_field = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessingParameterField.DataType.Any
        for parameter in (
            explained(
                QgsProcessingParameterRasterLayer("MAP", tr("Class map")), tr("A raster whose values are classes.")
            ),
            explained(
                QgsProcessingParameterMapLayer(
                    "REFERENCE",
                    tr("Reference (points, polygons or raster)"),
                    types=[raster, points, polygons],
                ),
                tr("What is known to be true, and was not used to make the map."),
            ),
            explained(
                field_of("CLASS_FIELD", tr("Field of the class"), "REFERENCE"),
                tr("Names or numbers of the map’s classes. Leave it empty where the reference is a raster."),
            ),
            explained(
                QgsProcessingParameterFeatureSource("REGIONS", tr("Regions"), [polygons], optional=True),
                tr("Polygons by which the figures are told apart, for example cities that the model has not seen."),
            ),
            explained(
                QgsProcessingParameterField(
                    "REGION_FIELD", tr("Field with the name of the region"), None, "REGIONS", any_field, optional=True
                ),
                tr("Polygons of one name are one region."),
            ),
            explained(
                number("CONFIDENCE_LEVEL", tr("Confidence level of the intervals"), 0.95, 0.5, 0.999),
                tr("0.95: of a hundred such intervals, about 95 hold the true figure."),
                advanced=True,
            ),
            report(tr("Report on accuracy")),
            explained(
                metrics(False),
                tr("All figures with their intervals, to compute with."),
            ),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        map_layer, reference = self._layers(parameters, context)
        regions = vector_layer(self, "REGIONS", parameters, context)
        read = {
            "map": source_path(map_layer),
            "reference": source_path(reference),
            "regions": source_path(regions) if regions else str(parameters.get("REGIONS") or ""),
        }
        is_raster = isinstance(reference, QgsRasterLayer)
        request = self._request(parameters, context, {**read, "reference_is_raster": is_raster})
        if not is_raster:
            check_field("CLASS_FIELD", request.class_field, reference, parameters["REFERENCE"])
        if regions is not None:
            check_field("REGION_FIELD", request.region_field, regions, parameters["REGIONS"])
        check_no_input_is_overwritten(self, parameters, context, [path for path in read.values() if path])

    def prepare(self, parameters, context, feedback) -> None:
        map_layer, reference = self._layers(parameters, context)
        regions, regions_layer = vector_file(self, "REGIONS", parameters, context, feedback)
        self.sources = {
            "map": raster_file(map_layer),
            "class_names": shown_classes(map_layer),
            "regions": regions,
            "regions_layer": regions_layer,
        }
        if isinstance(reference, QgsRasterLayer):
            self.sources.update(reference=raster_file(reference), reference_is_raster=True)
        else:
            path, layer_name = vector_file(self, "REFERENCE", parameters, context, feedback)
            self.sources.update(reference=path, reference_layer=layer_name)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = self._request(parameters, context, {**self.sources, **self.wanted_files(parameters, context)})
        outcome = run_in_worker("assess_accuracy", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, sources: dict[str, Any]) -> AssessAccuracy:
        """The request, which checks itself."""
        return AssessAccuracy(
            class_field=text(self, "CLASS_FIELD", parameters, context),
            region_field=text(self, "REGION_FIELD", parameters, context),
            confidence_level=self.parameterAsDouble(parameters, "CONFIDENCE_LEVEL", context),
            **sources,
        )

    def _layers(self, parameters, context) -> tuple[Any, Any]:
        """The map and the reference.

        Raises:
            InputError: One cannot be opened, or is a raster that is no file.
        """
        map_layer = raster_file_layer(self, "MAP", parameters, context)
        return map_layer, reference_layer(self, "REFERENCE", parameters, context)
