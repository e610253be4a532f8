"""Optimise a model: a variant of a network that runs faster on the processor, tested on the user's images or chips."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from ...engine.chips.chip_set import MANIFEST, check_chips, holds_chips
from ...engine.errors import InputError
from ...engine.requests.assignments import parse_bands, parse_scale
from ...engine.requests.optimise_model import OPTIMISED, TASKS, OptimiseModel, suits
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..layers import raster_file, raster_file_layers, source_path
from ..network_run import model_path
from ..outputs import check_no_input_is_overwritten, target
from ..parameters import explained, full_path, model, model_file, number, one_of, text
from ..texts import tr


class OptimiseModelAlgorithm(TerraloomAlgorithm):
    """Has the worker make the variant and measure what it loses."""

    GROUP = "models"

    def __init__(self) -> None:
        super().__init__()
        self.images: tuple[str, ...] = ()
        self.labels: tuple[str, ...] = ()
        self.chips = ""

    def name(self):
        return "optimisemodel"

    def displayName(self):
        return tr("Optimise a model")

    def tags(self):
        return tr("onnx,quantise,quantisation,int8,bf16,openvino,faster,speed,calibration,deep learning").split(",")

    def shortDescription(self):
        return tr("Makes a variant of a model that runs faster on the processor, and tests it on your images.")

    def help_text(self):
        return tr(
            "Makes a variant of a model that runs faster on the processor (int8: 1.5 times on most that were "
            "measured), with a file that is a quarter of the size where it is made for int8. How much it gains here is "
            "measured and told.\n\n"
            "It takes networks for classes, values or lines of one image. Use those of several images, of series of "
            "dates, of objects or of finer pixels as they are. Of lines the loss is that of the mask; by how much "
            "directions differ stands in the log.\n\n"
            "int8 computes with integers of 8 bits; it runs everywhere. bf16 computes with numbers of 16 bits; it "
            "needs a processor that knows them and OpenVINO, which “Set up environment” installs with EXTRAS = "
            "openvino.\n\n"
            "Give images like those that you will map. Tiles are cut from all over them: half of them set the ranges "
            "of the integers, the others test the result. With rasters of true classes (labels), the loss is the "
            "difference in mean IoU between model and variant. Without, the map of the model stands for the truth, and "
            "a pixel that changes counts by how much more probable its class was than the new one: fully where the "
            "model was sure, hardly where it wavered. That is as true as these probabilities; labels tell more. For "
            "models of values the loss is the relative error in per cent (RMSE over standard deviation).\n\n"
            "Or give a folder of training chips instead of images: its validation chips, else its test chips, else "
            "all. Half of their blocks of ground set the ranges, the others test, and their labels are the truth.\n\n"
            "If the variant loses more than “Largest loss”, nothing is written. First and last layer of the network, "
            "or those that suffer most, are left as they are where that saves it.\n\n"
            "Use the variant as the “Model file” of other tools. With their precision on auto it runs at the one it "
            "was made for. With one of int8, whether an image is unlike those of the training is told only where the "
            "model that it was made from is installed."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("LOSS", tr("Loss")),
            Figure("SPEEDUP", tr("How many times as fast")),
        )

    def initAlgorithm(self, configuration=None):
        raster = QgsProcessing.SourceType.TypeRaster
        for parameter in (
            model(TASKS, suits),
            model_file(),
            explained(
                one_of("PRECISION", tr("Precision"), OPTIMISED),
                tr("int8: integers of 8 bits, on any processor. bf16: numbers of 16 bits, where the processor can."),
            ),
            explained(
                QgsProcessingParameterMultipleLayers(
                    "CALIBRATION", tr("Images to calibrate and test with"), raster, optional=True
                ),
                tr("Images like those that the model will map: some thousand pixels wide, of different places."),
            ),
            explained(
                QgsProcessingParameterFile(
                    "CHIPS",
                    tr("Training chips, instead of images"),
                    QgsProcessingParameterFile.Behavior.Folder,
                    optional=True,
                ),
                tr("Made by “Make training chips”. Validation chips are used, else test chips, with their labels."),
            ),
            explained(
                QgsProcessingParameterMultipleLayers("LABELS", tr("Labels of these images"), raster, optional=True),
                tr("Rasters of true class values: one for all images, or one for each in the same order."),
            ),
            explained(
                number("MAX_LOSS", tr("Largest loss (points of mean IoU, or %)"), 0.5, 0),
                tr("If the variant loses more than this on the images, nothing is written."),
            ),
            explained(
                QgsProcessingParameterString("BANDS", tr("Bands (model band=raster band)"), optional=True),
                tr("Which raster band feeds which band of the model, for example red=3;green=2;blue=1."),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterString("SCALE", tr("Scaling of raw values"), optional=True),
                tr(
                    "What turns raw values into those the model was trained on, as in *=0.0255, or red=0.0255,12 with "
                    "an offset."
                ),
                advanced=True,
            ),
            QgsProcessingParameterFileDestination("OUTPUT", tr("Optimised model"), tr("ONNX files (*.onnx)")),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def image_parameters(self, parameters) -> Sequence[str]:
        return "CALIBRATION", "LABELS"

    def as_qgis_checks(self, parameters) -> dict[str, Any]:
        return super().as_qgis_checks(_with_chips_apart(parameters))

    def check(self, parameters, context) -> None:
        parameters = _with_chips_apart(parameters)
        super().check(parameters, context)
        path = model_path(self, parameters, context, TASKS, suits)
        images, labels = self._files(parameters, context, source_path)
        chips = self._chips(parameters, context)
        self._request(parameters, context, (images, labels, chips), target(parameters.get("OUTPUT"), context))
        manifest = [os.path.join(chips, MANIFEST)] if chips else []
        check_no_input_is_overwritten(self, parameters, context, [str(path), *images, *labels, *manifest])

    def prepare(self, parameters, context, feedback) -> None:
        parameters = _with_chips_apart(parameters)
        self.images, self.labels = self._files(parameters, context, raster_file)
        self.chips = self._chips(parameters, context)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        sources = self.images, self.labels, self.chips
        request = self._request(parameters, context, sources, **self.wanted_files(parameters, context))
        outcome = run_in_worker("optimise_model", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, sources, output: str) -> OptimiseModel:
        """The request, which checks itself; `sources` are images, their labels, and the folder of chips."""
        images, labels, chips = sources
        return OptimiseModel(
            model=str(model_path(self, parameters, context, TASKS, suits)),
            precision=self.parameterAsEnumString(parameters, "PRECISION", context),
            calibration=images,
            output=output,
            labels=labels,
            max_loss=self.parameterAsDouble(parameters, "MAX_LOSS", context),
            bands=parse_bands(text(self, "BANDS", parameters, context)),
            scale=parse_scale(text(self, "SCALE", parameters, context)),
            chips=chips,
        )

    def _files(
        self, parameters, context, file: Callable[[QgsRasterLayer], str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Images and labels, of each layer what `file` makes of it.

        Raises:
            InputError: There are neither images nor chips, or a layer is no file.
        """
        if not (parameters.get("CALIBRATION") or parameters.get("CHIPS")):
            raise InputError("There is no input raster. Choose images as CALIBRATION, or training chips as CHIPS.")
        images, labels = (
            tuple(map(file, raster_file_layers(self, name, parameters, context))) if parameters.get(name) else ()
            for name in ("CALIBRATION", "LABELS")
        )
        return images, labels

    def _chips(self, parameters, context) -> str:
        """The folder of training chips; empty: none is given.

        Raises:
            InputError: There are no chips in it.
        """
        folder = full_path(self, "CHIPS", parameters, context)
        if folder:
            check_chips(folder)
        return folder


def _with_chips_apart(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters with a folder of training chips that is named as CALIBRATION under CHIPS, where it belongs."""
    value = parameters.get("CALIBRATION")
    folder = value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value
    if parameters.get("CHIPS") or not (isinstance(folder, str) and holds_chips(folder)):
        return parameters
    return {**parameters, "CALIBRATION": None, "CHIPS": folder}
