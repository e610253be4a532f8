"""Show model information: the card of a model, as a page and as JSON."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterFileDestination

from ...engine.errors import InputError
from ...engine.requests.model_info import ModelInfo
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..network_run import model_path
from ..outputs import targets
from ..parameters import model, model_file, report
from ..texts import tr


class ModelInfoAlgorithm(TerraloomAlgorithm):
    """Asks the worker for the card inside an ONNX file."""

    GROUP = "models"

    def name(self):
        return "modelinfo"

    def displayName(self):
        return tr("Show model information")

    def tags(self):
        return tr("onnx,model card,stac,mlm,metadata,classes,accuracy,licence,deep learning").split(",")

    def shortDescription(self):
        return tr("Tells what a model reads, what it predicts and how well it was tested.")

    def help_text(self):
        return tr(
            "Tells what is known of a model: the classes that it predicts, the bands, values and pixel size "
            "that it reads, how well it did on places it had not seen (by place and by class, with intervals "
            "where they are known), where it fails, what it was trained on, and the licences of both. Of "
            "models that come with them, the report also shows pictures of class maps and the command that "
            "trains the model again.\n\n"
            "The report is a page to read; the card is the same as JSON, in the form of the STAC extension "
            "for machine-learning models (MLM)."
        )

    def initAlgorithm(self, configuration=None):
        self.addParameter(model(()))
        self.addParameter(model_file())
        self.addParameter(report(tr("Report on the model")))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "CARD", tr("Model card"), tr("JSON files (*.json)"), optional=True, createByDefault=False
            )
        )

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        if not targets(self, parameters, context):
            raise InputError("No result is asked for. Choose REPORT, CARD or both.")
        model_path(self, parameters, context, ())

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        model_file = str(model_path(self, parameters, context, ()))
        request = ModelInfo(model_file, **self.wanted_files(parameters, context))
        outcome = run_in_worker("model_info", request, feedback)
        return self.results_of(outcome)
