"""Estimate uncertainty: how unsure a model, or several, are of each pixel of a class map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...engine.environment import state
from ...engine.library.card import LINES, SEGMENTATION
from ...engine.library.dropout import has_dropout, no_dropout
from ...engine.library.installed import find_model
from ...engine.requests.estimate_uncertainty import (
    FEWEST_SAMPLES,
    MC_DROPOUT,
    METHODS,
    MOST_SAMPLES,
    USUAL_SAMPLES,
    EstimateUncertainty,
    Truth,
    UncertaintyTargets,
)
from ...engine.requests.network_run import NetworkRun
from ..fields import check_field
from ..figures import Figure
from ..layers import raster_file, reference_layer, source_path
from ..network_algorithm import NetworkAlgorithm
from ..network_run import network_file
from ..outputs import check_no_input_is_overwritten
from ..parameters import explained, field_of, inputs, map_output, one_of, report, text, whole_number
from ..sensor_images import SENSOR_INPUTS, further_images, image_names, sar_unit_of
from ..texts import tr
from ..vector_files import vector_file


class EstimateUncertaintyAlgorithm(NetworkAlgorithm):
    """Asks one network or several, and measures how unsure they are."""

    GROUP = "explain"
    TASKS = (SEGMENTATION, LINES)
    JOB = "estimate_uncertainty"
    FIGURES = ("UNFAMILIAR_SHARE",)

    def __init__(self) -> None:
        super().__init__()
        self.truth = Truth()

    def name(self):
        return "estimateuncertainty"

    def displayName(self):
        return tr("Estimate uncertainty")

    def tags(self):
        return tr(
            "uncertainty,entropy,mutual information,confidence,ensemble,dropout,test-time augmentation,"
            "risk coverage,reliability,bayesian,deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Maps how unsure a model, or several, are of each pixel.")

    def help_text(self):
        return tr(
            "Maps how unsure a model is of each pixel: which parts of a class map to trust, to check or to label "
            "next.\n\n"
            "The result has the entropy (0: one class is certain, 1: all are as probable), the confidence in the class "
            "that is chosen, and where several members are asked the mutual information: the part of the entropy that "
            "comes from their disagreement.\n\n"
            "METHOD says who is asked. entropy: the model, once. tta: the model, about the image in its eight turns "
            "(or the four of TEST_TIME_AUGMENTATION = flips). ensemble: several models that know the same classes, as "
            "MODEL_FILES; train a network twice with different seeds for example. mcdropout: the model with features "
            "left out at random, which only networks with dropout allow, and the packages for learning.\n\n"
            "Models that fuse sensors take OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE instead of INPUT.\n\n"
            "With a REFERENCE (pixels, polygons or points whose class is known) the report tells whether the model is "
            "unsure where it errs: how the share of errors falls when only the surest pixels are kept, and its mean, "
            "AURC, with a 95 % interval from drawing blocks of ground anew.\n\n"
            "No measure sees what a model was never shown: it may be wrong and sure at once."
        )

    def first_input(self) -> QgsProcessingParameterDefinition:
        images = inputs()
        images.setFlags(images.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
        return images

    def image_parameters(self, parameters) -> Sequence[str]:
        return image_names(parameters)

    def read_inputs(self, parameters) -> Sequence[str]:
        return self.image_parameters(parameters) if parameters.get("INPUT") else SENSOR_INPUTS

    def model_file(self) -> QgsProcessingParameterDefinition:
        return explained(
            QgsProcessingParameterMultipleLayers(
                "MODEL_FILES",
                tr("Model files, instead of an installed model"),
                QgsProcessing.SourceType.TypeFile,
                optional=True,
            ),
            tr(
                "An .onnx file with its model card inside; for METHOD = ensemble two or more that know the same "
                "classes and read the same bands. If given, the installed model above is not used."
            ),
        )

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        raster, points = QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPoint
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        return (
            explained(
                one_of("METHOD", tr("Method"), METHODS),
                tr(
                    "entropy: what the model says, once. tta: what it says of the image in several turns. ensemble: "
                    "what several models say. mcdropout: what it says with features left out at random."
                ),
            ),
            explained(
                QgsProcessingParameterMapLayer(
                    "REFERENCE",
                    tr("Reference (points, polygons or raster)"),
                    optional=True,
                    types=[raster, polygons, points],
                ),
                tr("What is known to be true, and was not used to train the model. Empty: errors are not measured."),
            ),
            explained(
                field_of("CLASS_FIELD", tr("Field of the class"), "REFERENCE"),
                tr("Names or numbers of the model’s classes. Leave it empty where the reference is a raster."),
            ),
        )

    def advanced_inputs(self) -> Sequence[QgsProcessingParameterDefinition]:
        return further_images()

    def advanced_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return (
            explained(
                whole_number("SAMPLES", tr("Draws of mcdropout"), USUAL_SAMPLES, FEWEST_SAMPLES, MOST_SAMPLES),
                tr("How often the network is asked with other features left out. More are finer and take longer."),
                advanced=True,
            ),
            explained(
                whole_number("SEED", tr("Seed of mcdropout")),
                tr("Where chance begins: the same number gives the same map again."),
                advanced=True,
            ),
        )

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        return map_output(tr("Uncertainty")), report(tr("Report on uncertainty"))

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("MEAN_ENTROPY", tr("Mean entropy (0–1)")),
            Figure("MEAN_MUTUAL_INFORMATION", tr("Mean mutual information (0–1)")),
            Figure("AURC", tr("Area under the risk-coverage curve (0–1)")),
            Figure("AURC_LOW", tr("Lower end of its 95 % interval")),
            Figure("AURC_HIGH", tr("Upper end of its 95 % interval")),
            *super().figures(),
        )

    def check(self, parameters, context) -> None:
        reference = self._reference(parameters, context)
        path = source_path(reference) if reference else ""
        field = text(self, "CLASS_FIELD", parameters, context)
        self.truth = Truth(path, isinstance(reference, QgsRasterLayer), class_field=field)
        super().check(parameters, context)
        if isinstance(reference, QgsVectorLayer):
            check_field("CLASS_FIELD", field, reference, parameters["REFERENCE"])
        read = [*map(str, self._files(parameters, context)), *([path] if path else [])]
        check_no_input_is_overwritten(self, parameters, context, read)
        if self.parameterAsEnumString(parameters, "METHOD", context) == MC_DROPOUT:
            self._check_dropout(parameters, context)

    def prepare(self, parameters, context, feedback) -> None:
        super().prepare(parameters, context, feedback)
        reference = self._reference(parameters, context)
        if isinstance(reference, QgsRasterLayer):
            self.truth = Truth(raster_file(reference), is_raster=True)
        elif reference is not None:
            path, layer = vector_file(self, "REFERENCE", parameters, context, feedback)
            self.truth = Truth(path, layer=layer, class_field=text(self, "CLASS_FIELD", parameters, context))

    def model(self, parameters, context) -> Path:
        files = self._files(parameters, context)
        return files[0] if files else super().model(parameters, context)

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> EstimateUncertainty:
        return EstimateUncertainty(
            run,
            UncertaintyTargets(**files),
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            further_models=tuple(map(str, self._files(parameters, context)[1:])),
            samples=self.parameterAsInt(parameters, "SAMPLES", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            truth=self.truth,
            sar_unit=sar_unit_of(self, parameters, context),
        )

    def _files(self, parameters, context) -> list[Path]:
        """The files of networks that are given.

        Raises:
            ModelError: One is none.
        """
        given = self.parameterAsFileList(parameters, "MODEL_FILES", context) if parameters.get("MODEL_FILES") else []
        return [network_file(path, "MODEL_FILES") for path in given if path]

    def _reference(self, parameters, context):
        """The layer of the reference; `None`: there is none.

        Raises:
            InputError: It cannot be opened, or is a raster that is no file.
        """
        if not parameters.get("REFERENCE"):
            return None
        return reference_layer(self, "REFERENCE", parameters, context)

    def _check_dropout(self, parameters, context) -> None:
        """Refuse draws where they cannot be had; of a file only the worker can tell whether it has dropout.

        Raises:
            SetupError: The packages for learning are missing.
            ModelError: The installed model has no dropout.
        """
        missing = state.problem("learn")
        if missing is not None:
            raise missing
        if self._files(parameters, context):
            return
        card = find_model(text(self, "MODEL", parameters, context), self.TASKS).card
        if not has_dropout(card):
            raise no_dropout(card)
