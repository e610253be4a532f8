"""Train a model: turns training chips into a network of the user's own, offered at once wherever a model is chosen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...engine.chips.chip_set import ChipSet
from ...engine.environment.locations import own_models
from ...engine.errors import InputError
from ...engine.requests.train_model import IMAGENET, TrainModel
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..outputs import check_resumable, is_temporary, target
from ..parameters import full_path, text
from ..texts import tr
from ..training_parameters import check_device, comparison, course, network, objectives, results, running

NAMELESS = "trained"
"""What a model is called that nobody named, from chips that nobody named, as between the steps of a model."""

WITHOUT = "miou_without_"
"""How figures of a network that fuses inputs begin, followed by the input that it went without."""


class TrainModelAlgorithm(TerraloomAlgorithm):
    """Asks the worker to train, and tells how good the network is."""

    GROUP = "learn"
    TIER = "learn"

    def name(self):
        return "trainmodel"

    def displayName(self):
        return tr("Train a model")

    def tags(self):
        return tr(
            "train,learn,deep learning,neural network,u-net,segmentation,regression,time series,fusion,classification,"
            "roads,rivers,lines,landslide,fine-tune,transfer learning"
        ).split(",")

    def shortDescription(self):
        return tr("Trains a network on your own training chips; it is then among your models.")

    def help_text(self):
        return tr(
            "Trains a network on training chips that “Make training chips” has cut. The result is an .onnx file with "
            "its model card, and is offered at once wherever a model is chosen.\n\n"
            "A preset chooses a network that suits the task: landcover (a U-Net), localcontext (a larger one, for "
            "classes that only their surroundings tell apart), urbangreen (the largest, trained for Dice overlap, for "
            "vegetation by how people use it; untested, for want of public labels), fewlabels (a small one), fusion "
            "(several inputs), timeseries (each pixel by its own series), timecontext (series of images), landslide "
            "(images before and after, trained for a rare class; untested, for want of labels), lines (roads, rivers, "
            "railways, field boundaries), regression (values), translation (draws one sensor's image from another's). "
            "auto looks at the chips. “Compose a network” makes any other; give its file as SPEC.\n\n"
            "The preset lines takes chips of two classes, the background first: for example from a layer of lines, "
            "with BACKGROUND and WIDTH of “Make training chips”. The network learns in which direction they run as "
            "well, and “Extract roads” makes centrelines of what it says.\n\n"
            "Chips kept for validation tell when to stop and how sure the network may be; chips kept for testing tell "
            "how good it is, with intervals over blocks of ground. Beside it a random forest on single pixels is "
            "trained: the difference (of classes in mean IoU) is what the network gains from context. The report holds "
            "all of it."
            "\n\n"
            "With “Resume an interrupted run”, a training that was stopped goes on where it was."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("MODEL", tr("Name of the model, for MODEL"), is_word=True),
            Figure("SPLIT", tr("Chips that the figures are measured on"), is_word=True),
            Figure("OA", tr("Overall accuracy (0–1)")),
            Figure("MIOU", tr("Mean IoU (0–1)")),
            Figure("FOREST_MIOU", tr("Mean IoU of the random forest (0–1)")),
            Figure("CONTEXT_GAIN", tr("Mean IoU gained over the random forest")),
            Figure("DIRECTION_ERROR_DEG", tr("Mean error of directions (degrees)")),
            Figure("R2", tr("R² of the values")),
            Figure("RMSE", tr("Root mean square error of the values")),
            Figure("FOREST_R2", tr("R² of the random forest")),
            Figure("FOREST_RMSE", tr("Root mean square error of the random forest")),
            Figure("PSNR_DB", tr("Peak signal-to-noise ratio (dB)")),
            Figure("SSIM", tr("Structural similarity (up to 1)")),
        )

    def initAlgorithm(self, configuration=None):
        for declare in (network, objectives, course, comparison, running, results):
            for parameter in declare():
                self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        check_resumable(self, parameters, context)
        request = self._request(parameters, context, target(parameters.get("OUTPUT"), context))
        check_device(request.device)
        ChipSet.from_folder(Path(request.chips))
        if request.initial not in ("", IMAGENET) and not os.path.isfile(request.initial):
            raise InputError("There is no file {path}. Check INITIAL.", path=request.initial)
        if request.teacher and not os.path.isfile(request.teacher):
            raise InputError("There is no file {path}. Check TEACHER.", path=request.teacher)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = self._request(parameters, context, **self.wanted_files(parameters, context))
        outcome = run_in_worker("train_model", request, feedback)
        without = {name.upper(): value for name, value in outcome.metrics.items() if name.startswith(WITHOUT)}
        return {**self.results_of(outcome), **without}

    def _request(self, parameters, context, output: str, checkpoint: str = "", report: str = "") -> TrainModel:
        """The request, which checks itself."""
        folder = full_path(self, "CHIPS", parameters, context)
        if not folder:
            raise InputError("CHIPS is empty. Choose a folder that “Make training chips” has written.")
        temporary = is_temporary(target(parameters.get("OUTPUT"), context))
        nameless = NAMELESS if temporary and is_temporary(folder) else ""
        initial = text(self, "INITIAL", parameters, context)
        return TrainModel(
            chips=folder,
            output=output,
            library=str(own_models()),
            name=text(self, "NAME", parameters, context) or nameless,
            temporary=temporary,
            spec=full_path(self, "SPEC", parameters, context),
            preset=self.parameterAsEnumString(parameters, "PRESET", context),
            objectives=text(self, "OBJECTIVES", parameters, context),
            label_smoothing=self.parameterAsDouble(parameters, "LABEL_SMOOTHING", context),
            teacher=full_path(self, "TEACHER", parameters, context),
            elevation=text(self, "ELEVATION", parameters, context),
            water=text(self, "WATER_CLASSES", parameters, context),
            epochs=self.parameterAsInt(parameters, "EPOCHS", context),
            learning_rate=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            batch_size=self.parameterAsInt(parameters, "BATCH_SIZE", context),
            augment=self.parameterAsEnumString(parameters, "AUGMENT", context),
            class_weights=self.parameterAsEnumString(parameters, "CLASS_WEIGHTS", context),
            patience=self.parameterAsInt(parameters, "PATIENCE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            initial=initial if initial == IMAGENET else full_path(self, "INITIAL", parameters, context),
            resume=self.parameterAsBoolean(parameters, "RESUME", context),
            baseline=self.parameterAsBoolean(parameters, "BASELINE", context),
            device=text(self, "DEVICE", parameters, context) or "auto",
            threads=self.parameterAsInt(parameters, "THREADS", context),
            checkpoint=checkpoint,
            report=report,
        )
