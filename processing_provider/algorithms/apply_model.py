"""Apply a model: any network with a model card over an image."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingParameterDefinition

from ...engine.library.card import REGRESSION, SEGMENTATION
from ...engine.requests.apply_model import ApplyModel
from ...engine.requests.class_map import ClassTargets
from ...engine.requests.network_run import NetworkRun
from ..network_algorithm import NetworkAlgorithm
from ..parameters import class_outputs, map_output
from ..texts import tr


class ApplyModelAlgorithm(NetworkAlgorithm):
    """Runs a network as it is and writes what it says."""

    TASKS = (SEGMENTATION, REGRESSION)
    JOB = "apply_model"

    def name(self):
        return "applymodel"

    def displayName(self):
        return tr("Apply a model")

    def tags(self):
        return tr(
            "onnx,deep learning,neural network,inference,prediction,classification,segmentation,regression,raster"
        ).split(",")

    def shortDescription(self):
        return tr("Runs a network in ONNX form over an image and writes its map.")

    def shortHelpString(self):
        return tr(
            "Runs a network over an image of any size and writes what it predicts: a class map for semantic "
            "segmentation, a map of values for regression.\n\n"
            "Use it for a network of your own, given as an .onnx file with its model card inside, or for "
            "any installed model. For land use, “Segment land use” adds the steps that make a map of it.\n\n"
            "Images in another resolution or coordinate system are brought to the model's on the fly. "
            "Pixels without data stay without. Class maps come with the model's names and colours; "
            "polygons, a table of areas, the confidence and the probability of each class are made only "
            "when you ask for them.\n\n"
            "The network runs outside QGIS, in the Python environment that “Set up environment” makes."
        )

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            map_output(tr("Prediction")),
            *class_outputs(polygons=tr("Class polygons"), areas=tr("Class areas")),
        )

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> ApplyModel:
        return ApplyModel(run, ClassTargets(**files))
