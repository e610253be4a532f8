"""Apply a model: any network with a model card over an image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterDefinition

from ...engine.library.card import DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION
from ...engine.library.installed import find_model
from ...engine.requests.apply_model import ApplyModel
from ...engine.requests.card_fields import CardFields, check_use
from ...engine.requests.class_map import ClassTargets
from ...engine.requests.network_run import NetworkRun
from .. import card_fields
from ..network_algorithm import NetworkAlgorithm
from ..outputs import is_temporary, target
from ..parameters import class_outputs, further_inputs, generalisation, map_output, read_generalisation, text
from ..texts import tr


class ApplyModelAlgorithm(NetworkAlgorithm):
    """Runs a network as it is and writes what it says."""

    TASKS = (SEGMENTATION, REGRESSION, SUPER_RESOLUTION, DETECTION)
    ICON = "models"
    JOB = "apply_model"
    FIGURES = ("AREA_HA", "OBJECTS", "UNFAMILIAR_SHARE")

    def name(self):
        return "applymodel"

    def displayName(self):
        return tr("Apply a model")

    def tags(self):
        return tr(
            "onnx,deep learning,neural network,inference,prediction,classification,classify pixels,segmentation,"
            "regression,raster,object detection,detect objects,count,trees,buildings,yolo,deepness,super-resolution"
        ).split(",")

    def shortDescription(self):
        return tr("Runs a network in ONNX form over an image and writes its map.")

    def help_text(self):
        return tr(
            "Runs a network over an image of any size and writes what it predicts: a class map for semantic "
            "segmentation, a map of values for regression, a finer image for super-resolution, polygons of "
            "objects for detection (ask for POLYGONS; a prediction that has no name of its own is left out).\n\n"
            "Use it for any network in ONNX form: Terraloom's own, those made for Deepness or GeoAI, or one that "
            "says nothing of itself; what is missing you can tell in the advanced parameters, or once and for all "
            "with “Import a model”. For land use, “Segment land use” adds the steps that make a map of it.\n\n"
            "Images in another resolution or coordinate system are brought to the model's on the fly. "
            "Pixels without data stay without. Class maps come with the model's names and colours; "
            "polygons, a table of areas, the confidence and the probability of each class are made only "
            "when you ask for them.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return generalisation()

    def advanced_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return card_fields.parameters()

    def advanced_inputs(self) -> Sequence[QgsProcessingParameterDefinition]:
        return further_inputs()

    def card_fields(self, parameters, context) -> CardFields:
        return card_fields.read(self, parameters, context)

    def made_for_figures(self, parameters, context) -> str:
        if text(self, "MODEL_FILE", parameters, context):
            return "OUTPUT"
        task = find_model(text(self, "MODEL", parameters, context), self.TASKS).card.task
        return "AREAS" if task == DETECTION else "OUTPUT"

    def spare_results(self, parameters, context) -> dict[str, str]:
        spare = super().spare_results(parameters, context)
        if spare and text(self, "MODEL_FILE", parameters, context):  # the worker knows which of the two it gives
            spare["AREAS"] = QgsProcessing.TEMPORARY_OUTPUT
        return spare

    def check_request(self, request: ApplyModel, parameters, context) -> None:
        if not text(self, "MODEL_FILE", parameters, context):  # of a file the worker knows more
            model = find_model(text(self, "MODEL", parameters, context), self.TASKS)
            check_use(model.card, self.card_fields(parameters, context))
            request.targets_of(model.card)

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        further = class_outputs(polygons=tr("Class polygons, or objects"), areas=tr("Class areas"))
        for parameter in further:
            if parameter.name() == "AREAS":
                parameter.setHelp(
                    tr(
                        "A table: pixels, hectares and share of each class; of a detector how many objects there are "
                        "of each class, their area and their mean score."
                    )
                )
        return (map_output(tr("Prediction")), *further)

    def label_of(self, definition):
        if definition.name() != "POLYGONS":
            return super().label_of(definition)
        return tr("Objects") if "OBJECTS" in self.results else tr("Class polygons")

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> ApplyModel:
        spare = {name.lower() for name in self.spare}
        if is_temporary(target(parameters.get("OUTPUT"), context)):
            spare.add("output")
        return ApplyModel(
            run, ClassTargets(**files), read_generalisation(self, parameters, context), tuple(sorted(spare))
        )

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        earlier = set(context.layersToLoadOnCompletion())  # of other steps of a model
        results = super().process(parameters, context, feedback)
        if "OUTPUT" not in results:  # of a detector: QGIS would look for a layer that was never made
            loads = context.layersToLoadOnCompletion()
            context.setLayersToLoadOnCompletion(
                {path: layer for path, layer in loads.items() if path in earlier or layer.outputName != "OUTPUT"}
            )
        return results
