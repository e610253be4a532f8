"""Calibrate a model: a temperature in its card, so that its confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingParameterFile, QgsProcessingParameterFileDestination

from ...engine.chips.chip_set import check_chips
from ...engine.library.card import SEGMENTATION
from ...engine.requests.calibrate_model import CalibrateModel
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..network_run import model_path
from ..outputs import check_no_input_is_overwritten
from ..parameters import explained, full_path, model, model_file, report
from ..texts import tr

TASKS = (SEGMENTATION,)


class CalibrateModelAlgorithm(TerraloomAlgorithm):
    """Has the worker fit the temperature and test it."""

    GROUP = "learn"

    def name(self):
        return "calibratemodel"

    def displayName(self):
        return tr("Calibrate a model")

    def tags(self):
        return tr(
            "onnx,calibration,temperature scaling,confidence,reliability,expected calibration error,ece,probability,"
            "deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Makes a model's confidence mean what it says, with training chips that it has not learnt from.")

    def help_text(self):
        return tr(
            "Networks are often surer than they are right. This finds the one number, the temperature, by which the "
            "network's scores must be divided so that of all pixels with a confidence of 80 %, about 80 % are right. "
            "Which class wins does not change, unless the model has a threshold; confidence and probabilities do.\n\n"
            "The temperature is fitted on the validation chips and tested on the test chips. With one split only, it "
            "is fitted on half of the blocks of ground and tested on the other half, and the other way round. So it is "
            "never tested on the pixels that it was fitted on.\n\n"
            "The result is a copy of the model with the temperature in its card, which the map algorithms use by "
            "themselves. The report shows confidence against accuracy before and after, the calibration error (ECE) "
            "and the negative log-likelihood (NLL), and the error of each class."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("TEMPERATURE", tr("Temperature")),
            Figure("ECE_BEFORE", tr("Calibration error before")),
            Figure("ECE_AFTER", tr("Calibration error after")),
            Figure("NLL_BEFORE", tr("Negative log-likelihood before")),
            Figure("NLL_AFTER", tr("Negative log-likelihood after")),
        )

    def initAlgorithm(self, configuration=None):
        for parameter in (
            model(TASKS),
            model_file(),
            explained(
                QgsProcessingParameterFile("CHIPS", tr("Training chips"), QgsProcessingParameterFile.Behavior.Folder),
                tr("Made by “Make training chips”, with validation and test chips that the model has not learnt from."),
            ),
            QgsProcessingParameterFileDestination("OUTPUT", tr("Calibrated model"), tr("ONNX files (*.onnx)")),
            report(tr("Report on the calibration")),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        path = model_path(self, parameters, context, TASKS)
        check_chips(full_path(self, "CHIPS", parameters, context))
        check_no_input_is_overwritten(self, parameters, context, [str(path)])

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = CalibrateModel(
            model=str(model_path(self, parameters, context, TASKS)),
            chips=full_path(self, "CHIPS", parameters, context),
            **self.wanted_files(parameters, context),
        )
        outcome = run_in_worker("calibrate_model", request, feedback)
        return self.results_of(outcome)
