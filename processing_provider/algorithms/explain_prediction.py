"""Explain a prediction: which pixels and bands decided what a network says of a place, or of an extent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsRasterLayer

from ...engine.environment import state
from ...engine.errors import InputError
from ...engine.library.card import LINES, REGRESSION, SEGMENTATION
from ...engine.requests.assignments import parse_bands, parse_scale
from ...engine.requests.explain_prediction import (
    ExplainPrediction,
    ExplanationTargets,
    Method,
    Place,
    Question,
)
from ...engine.requests.network_run import NetworkRun
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..explanation_parameters import course, image_and_model, place, question, results
from ..figures import Figure
from ..layers import raster_file, raster_file_layers, source_path
from ..network_run import check_settings, model_path, requested_extent
from ..outputs import by_field, check_no_input_is_overwritten, targets
from ..parameters import text
from ..places import is_point, layer_of, point_of
from ..sensor_images import SENSOR_INPUTS, further_images, image_names, sar_unit_of
from ..texts import tr, word_error
from ..vector_files import vector_file

TASKS = (SEGMENTATION, LINES, REGRESSION)


class ExplainPredictionAlgorithm(TerraloomAlgorithm):
    """Has the worker explain what a network says."""

    GROUP = "explain"

    def __init__(self) -> None:
        super().__init__()
        self.run_of_network: NetworkRun | None = None
        self.place = Place()
        self.sar_unit = ""

    def name(self):
        return "explainprediction"

    def displayName(self):
        return tr("Explain a prediction")

    def tags(self):
        return tr(
            "explain,explainability,xai,attribution,saliency,integrated gradients,grad-cam,occlusion,lime,shap,"
            "feature importance,deep learning,onnx"
        ).split(",")

    def shortDescription(self):
        return tr("Shows which pixels and which bands decided what a network says of a place, or of an extent.")

    def help_text(self):
        return tr(
            "Asks why a network says what it says. At a place (a click on the map, or the points or polygons of a "
            "layer) the result is a raster around it: red where the image speaks for the class, blue where it speaks "
            "against it, nothing where it does not matter. Over an extent the result is a coarse raster of how much "
            "each band matters where. A table tells how much each band counts, and each sensor and date where the "
            "model reads several; the report shows the picture, checks if the explanation can be trusted, and says how "
            "to read it.\n\n"
            "Four methods change the image and look at what the network says then, and work with any network: "
            "occlusion replaces one window after another, featureablation one block of one band after another, lime "
            "fits a linear model of superpixels, shap shares the score out fairly among them. Five differentiate the "
            "network: saliency, inputxgradient, integratedgradients, gradcam and gradientshap. They need the packages "
            "for learning, and a network of Terraloom or one of usual layers.\n\n"
            "What replaces the image is BASELINE: the mean of each band over the image, the image blurred, or a value "
            "of yours. It decides much, so try two.\n\n"
            "An explanation tells what the answer rests on, not whether it is right."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("EXPLAINED_CLASS", tr("Class that is explained"), is_word=True),
            Figure("FIRST_BAND", tr("Band that counts most"), is_word=True),
            Figure("EXPLAINED_SCORE", tr("Mean score of the class at the place")),
            Figure("BASELINE_SCORE", tr("The same of the baseline")),
            Figure("DELTA", tr("Convergence delta of integrated gradients or gradient SHAP")),
            Figure("SIMILARITY", tr("Similarity to the map of a network of random weights (0–1)")),
            Figure("FIRST_SHARE", tr("Share of the band that counts most (0–1)")),
        )

    def made_for_figures(self, parameters, context) -> str:
        return "REPORT"  # SIMILARITY comes with no other

    def initAlgorithm(self, configuration=None):
        for parameter in (*image_and_model(TASKS), *place(), *question(), *further_images(), *course(), *results()):
            self.addParameter(parameter)
        self.declare_figures()

    def image_parameters(self, parameters) -> Sequence[str]:
        return image_names(parameters)

    def as_qgis_checks(self, parameters) -> dict[str, Any]:
        understood = super().as_qgis_checks(parameters)
        if is_point(parameters.get("LOCATION")):
            understood = {**understood, "LOCATION": None}  # QGIS would look for a layer of that name
        return understood

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        wanted = by_field(targets(self, parameters, context))
        check_settings(self, parameters, context)
        model = model_path(self, parameters, context, TASKS)
        layers = [layer for each in self._images(parameters, context).values() for layer in each]
        vectors = layer_of(self, "LOCATION", parameters, context)
        images, location = tuple(map(source_path, layers)), source_path(vectors) if vectors else ""
        read = [*images, *([location] if location else []), str(model)]
        check_no_input_is_overwritten(self, parameters, context, read)
        sar_unit_of(self, parameters, context)
        place = Place(point_of(self, parameters, context)[0], layer=location)
        if parameters.get("LOCATION") and text(self, "POINT", parameters, context):
            raise InputError("LOCATION and POINT are both given. Leave one of them empty.")
        run = NetworkRun(images, str(model), extent=requested_extent(self, parameters, context, layers[0].crs()))
        request = self._request(parameters, context, run, place, wanted)
        differentiating = [method.name for method in request.methods if method.differentiates]
        trouble = state.problem("learn") if differentiating else None
        if trouble is not None:
            raise InputError(
                "METHOD is {method}, which needs the packages for learning. {trouble} Or choose occlusion, lime, shap "
                "or featureablation.",
                method=", ".join(differentiating),
                trouble=word_error(trouble),
            )

    def _images(self, parameters, context) -> dict[str, list[QgsRasterLayer]]:
        """The rasters of each parameter that holds images.

        Raises:
            InputError: One cannot be opened, or is no file.
        """
        names = self.image_parameters(parameters)
        return {name: raster_file_layers(self, name, parameters, context) for name in names}

    def prepare(self, parameters, context, feedback) -> None:
        given = self._images(parameters, context)
        names = tuple(given) if parameters.get("INPUT") else SENSOR_INPUTS
        files, *further = (tuple(raster_file(each) for each in given.get(name, ())) for name in names)
        first = next(iter(given.values()))
        self.sar_unit = sar_unit_of(self, parameters, context)
        point, crs = point_of(self, parameters, context)
        layer, layer_name = ("", "")
        if point is None:
            layer, layer_name = vector_file(self, "LOCATION", parameters, context, feedback)
        self.place = Place(point, crs, layer, layer_name)
        self.subject = first[0].name()
        self.run_of_network = NetworkRun(
            inputs=files,
            model=str(model_path(self, parameters, context, TASKS)),
            further_inputs=tuple(further),
            extent=requested_extent(self, parameters, context, first[0].crs()),
            bands=parse_bands(text(self, "BANDS", parameters, context)),
            scale=parse_scale(text(self, "SCALE", parameters, context)),
            device=text(self, "DEVICE", parameters, context),
            threads=self.parameterAsInt(parameters, "THREADS", context),
        )

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        request = self._request(parameters, context, self.run_of_network, self.place, files)
        outcome = run_in_worker("explain_prediction", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, run, place: Place, files: dict[str, str]) -> ExplainPrediction:
        """The request, which checks itself."""

        def word(name: str) -> str:
            return self.parameterAsEnumString(parameters, name, context)

        def number(name: str) -> int:
            return self.parameterAsInt(parameters, name, context)

        return ExplainPrediction(
            run,
            ExplanationTargets(**files),
            Question(
                place=place,
                target_class=text(self, "TARGET_CLASS", parameters, context),
                region=word("REGION"),
                score=word("SCORE"),
            ),
            Method(
                name=word("METHOD"),
                baseline=word("BASELINE"),
                baseline_value=text(self, "BASELINE_VALUE", parameters, context),
                samples=number("SAMPLES"),
                window_px=number("WINDOW"),
                by_band=self.parameterAsBoolean(parameters, "BY_BAND", context),
                layer=text(self, "LAYER", parameters, context),
                seed=number("SEED"),
            ),
            self.sar_unit,
        )
