"""Import a model: takes a network of another tool into the user's own models."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ...engine.environment.locations import own_models
from ...engine.errors import ModelError
from ...engine.library.formats import network_of
from ...engine.requests.import_model import ImportModel
from .. import card_fields
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..parameters import explained, report, text
from ..texts import tr


class ImportModelAlgorithm(TerraloomAlgorithm):
    """Asks the worker to read a network, try it out and put it into the library."""

    GROUP = "models"

    def name(self):
        return "importmodel"

    def displayName(self):
        return tr("Import a model")

    def tags(self):
        return tr("onnx,model,import,deepness,geoai,esri,yolo,ultralytics,segmentation,detection,library").split(",")

    def shortDescription(self):
        return tr("Takes a network of another tool, in ONNX form, into your own models.")

    def help_text(self):
        return tr(
            "Takes a network that was made elsewhere into your own models: afterwards it is offered "
            "wherever a model is chosen.\n\n"
            "What the network takes and gives is found out by looking at it and by one trial run. What its classes "
            "are, at which pixel size it works and how values are scaled is read from the metadata of Deepness or "
            "Ultralytics inside the file, from the .onnx.json of GeoAI, or from the .emd of Esri beside it. What "
            "none of them says you can give under the advanced parameters; the log tells what was found and what "
            "had to be assumed.\n\n"
            "Only networks in ONNX form are opened. Programs in a model package are never run."
        )

    def figures(self) -> Sequence[Figure]:
        return (Figure("MODEL", tr("Name of the model, for MODEL"), is_word=True),)

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            explained(
                QgsProcessingParameterFile("FILE", tr("Model file"), fileFilter=tr("Networks (*.onnx *.emd)")),
                tr(
                    "A network in ONNX form (.onnx), or an .emd of Esri that names one. What describes it is read from "
                    "files beside it too."
                ),
            )
        )
        self.addParameter(
            explained(
                QgsProcessingParameterString("NAME", tr("Name of the model"), optional=True),
                tr("What the model is called from now on. Empty: like its file."),
            )
        )
        for parameter in card_fields.parameters():
            self.addParameter(parameter)
        self.addParameter(report(tr("Report on the model")))
        self.declare_figures()
        self.addOutput(QgsProcessingOutputFile("MODEL_FILE", tr("Model in the library")))

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        request = self._request(parameters, context)
        if not os.path.isfile(request.file):
            raise ModelError("There is no model file {path}. Check FILE.", path=request.file)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = self._request(parameters, context, **self.wanted_files(parameters, context))
        outcome = run_in_worker("import_model", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, report: str = "") -> ImportModel:
        """The request, which checks itself."""
        file = text(self, "FILE", parameters, context)
        return ImportModel(
            file=str(network_of(Path(os.path.abspath(file)))) if file else "",
            library=str(own_models()),
            name=text(self, "NAME", parameters, context),
            fields=card_fields.read(self, parameters, context),
            report=report,
        )
