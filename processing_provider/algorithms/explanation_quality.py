"""Judge an explanation: how far the maps of a method can be trusted, measured at places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...engine.requests.explain_prediction import Place, Question
from ...engine.requests.explanation_quality import ExplanationQuality, QualityTargets, methods_of
from ..algorithm import run_in_worker
from ..explanation_parameters import image_and_model, question
from ..figures import Figure
from ..parameters import text
from ..quality_parameters import judging, places, results
from ..sensor_images import further_images
from ..texts import tr
from .explain_prediction import TASKS, ExplainPredictionAlgorithm


class ExplanationQualityAlgorithm(ExplainPredictionAlgorithm):
    """Has the worker judge explanations. What is read, and what of it is refused, is as for explaining."""

    def name(self):
        return "explanationquality"

    def displayName(self):
        return tr("Judge an explanation")

    def tags(self):
        return tr(
            "explain,explainability,xai,faithfulness,deletion,insertion,randomisation,sensitivity,infidelity,"
            "sanity check,attribution,deep learning,onnx"
        ).split(",")

    def shortDescription(self):
        return tr("Measures how far the maps of explaining methods can be trusted, at one place or over many.")

    def help_text(self):
        return tr(
            "Explains the same places as “Explain a prediction” would, and measures how good the explanations are. "
            "Each point or polygon of LOCATION is a place; figures are means over places with 95 % intervals. Several "
            "methods are held against each other at the same places. Models that fuse sensors take OPTICAL, SAR, "
            "OPTICAL_BEFORE and SAR_BEFORE instead of INPUT.\n\n"
            "MEASURES chooses what is measured; METRICS is the file of figures.\n\n"
            "deletion: squares of the image are replaced by the baseline, what the map names most important first; the "
            "area under the score is small where the map is right. insertion: the other way round, where large is "
            "good. Both are held against random orders (the outputs end in GAIN: above 0 the map is better).\n\n"
            "randomisation: the weights of the network are shuffled, from the head down. The map must change: 1 less "
            "the rank correlation of both maps. At 0.5 or less the method fails, and is marked so.\n\n"
            "maxsensitivity: how much the map changes when the image changes by next to nothing; 0 is best.\n\n"
            "infidelity: how far the map misses what the score loses when squares are replaced, as a share of what is "
            "lost; 0 is best, 1 foretells nothing.\n\n"
            "Output numbers are those of the first method."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("DELETION_AUC", tr("Area under the curve of deletion")),
            Figure("DELETION_GAIN", tr("By how much deletion beats random orders")),
            Figure("INSERTION_AUC", tr("Area under the curve of insertion")),
            Figure("INSERTION_GAIN", tr("By how much insertion beats random orders")),
            Figure("RANDOMISATION", tr("How much the map changes with the weights (0–1, fails at 0.5 or less)")),
            Figure("MAX_SENSITIVITY", tr("How much the map changes with the image (0: not at all)")),
            Figure("INFIDELITY", tr("Share of the losses that the map misses (0–1)"), "infidelity_share"),
        )

    def made_for_figures(self, parameters, context) -> str:
        return "METRICS"

    def initAlgorithm(self, configuration=None):
        for parameter in (*image_and_model(TASKS), *places(), *question(), *further_images(), *judging(), *results()):
            self.addParameter(parameter)
        self.declare_figures()

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        request = self._request(parameters, context, self.run_of_network, self.place, files)
        outcome = run_in_worker("explanation_quality", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, run, place: Place, files: dict[str, str]) -> ExplanationQuality:
        """The request, which checks itself."""

        def words(name: str) -> tuple[str, ...]:
            return tuple(self.parameterAsEnumStrings(parameters, name, context))

        return ExplanationQuality(
            run,
            QualityTargets(**files),
            Question(
                place=place,
                target_class=text(self, "TARGET_CLASS", parameters, context),
                region=self.parameterAsEnumString(parameters, "REGION", context),
                score=self.parameterAsEnumString(parameters, "SCORE", context),
            ),
            methods_of(
                words("METHOD"),
                samples=self.parameterAsInt(parameters, "SAMPLES", context),
                window_px=self.parameterAsInt(parameters, "WINDOW", context),
                by_band=self.parameterAsBoolean(parameters, "BY_BAND", context),
                layer=text(self, "LAYER", parameters, context),
                baseline=self.parameterAsEnumString(parameters, "BASELINE", context),
                baseline_value=text(self, "BASELINE_VALUE", parameters, context),
                seed=self.parameterAsInt(parameters, "SEED", context),
            ),
            words("MEASURES"),
            self.sar_unit,
        )
