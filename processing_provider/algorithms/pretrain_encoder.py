"""Pre-train an encoder: images without labels become weights that a training starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessing, QgsRasterLayer

from ...engine.requests.pretrain_encoder import ENDING, PretrainEncoder
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..layers import raster_file, raster_file_layers, source_path
from ..outputs import check_no_input_is_overwritten, check_resumable, target
from ..parameters import full_path, text
from ..pretraining_parameters import course, results, sources
from ..texts import tr
from ..training_parameters import check_device, running

INPUTS = ("INPUT", "INPUT_2")


class PretrainEncoderAlgorithm(TerraloomAlgorithm):
    """Asks the worker to pre-train, and tells whether places are found again."""

    GROUP = "learn"
    TIER = "learn"

    def __init__(self) -> None:
        super().__init__()
        self.files: tuple[tuple[str, ...], ...] = ()

    def name(self):
        return "pretrainencoder"

    def displayName(self):
        return tr("Pre-train an encoder")

    def tags(self):
        return tr(
            "pre-training,self-supervised,contrastive,cross-modal,embedding,masked autoencoder,unlabelled,sar,optical,"
            "deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Lets the encoder of a network learn from images without labels; a training starts from it.")

    def help_text(self):
        return tr(
            "Labels cost work, images are plenty: the part of a network that sees can learn from images alone. The "
            "result is a file of weights, which “Train a model” takes as “Weights to begin with” "
            "(INITIAL), for the same network and the same bands.\n\n"
            "contrastive: a place must look alike in two views of it, in other light, and unlike other places. "
            "crossmodal: the same with two sensors, such as optical and radar: what INPUT and INPUT_2 show of a place "
            "must be told alike. Each sensor has an encoder of its own, so SPEC needs a fusion that keeps them apart "
            "(middle, available, cross or late). mae: most of a tile is hidden and told from the rest, which only the "
            "encoder vit can do (window 0, positions waves).\n\n"
            "Tiles are drawn at random places; those with much nodata are skipped. A fifth of the ground is held out: "
            "the far end of an image or, of five images and more, whole images; those that overlap, as several dates "
            "of one place do, count as one image there. There the report tells how often a region is found again among "
            "those at the same place within other tiles (recall at 1 and 5), before and after.\n\n"
            "Without SPEC it is the network of the preset landcover, with two sensors that of the preset fusion."
        )

    def image_parameters(self, parameters) -> Sequence[str]:
        return INPUTS

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("RECALL_1", tr("Regions found again (0–1)")),
            Figure("RECALL_5", tr("Regions found again among five (0–1)")),
            Figure("RECALL_1_BEFORE", tr("Regions found again before training (0–1)")),
            Figure("CHOICES", tr("Among how many regions each was looked for")),
            Figure("HIDDEN_ERROR", tr("Error of what is hidden (METHOD = mae)")),
            Figure("HIDDEN_ERROR_BEFORE", tr("Error of what is hidden before training (METHOD = mae)")),
        )

    def initAlgorithm(self, configuration=None):
        for parameter in (*sources(), *course(), *running(), *results()):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        check_resumable(self, parameters, context)
        layers = [self._layers(name, parameters, context) for name in INPUTS]
        read = tuple(tuple(map(source_path, each)) for each in layers if each)
        wanted = target(parameters.get("CHECKPOINT"), context)
        temporary = wanted == QgsProcessing.TEMPORARY_OUTPUT
        request = self._request(parameters, context, read, f"temporary{ENDING}" if temporary else wanted)
        check_device(request.device)
        check_no_input_is_overwritten(self, parameters, context, [path for paths in read for path in paths])

    def prepare(self, parameters, context, feedback) -> None:
        layers = [self._layers(name, parameters, context) for name in INPUTS]
        self.files = tuple(tuple(map(raster_file, each)) for each in layers if each)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = self._request(parameters, context, self.files, **self.wanted_files(parameters, context))
        outcome = run_in_worker("pretrain_encoder", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, inputs, checkpoint: str, report: str = "") -> PretrainEncoder:
        """The request, which checks itself."""
        return PretrainEncoder(
            inputs=inputs,
            checkpoint=checkpoint,
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            spec=full_path(self, "SPEC", parameters, context),
            tiles=self.parameterAsInt(parameters, "TILES", context),
            tile_px=self.parameterAsInt(parameters, "TILE_SIZE", context),
            epochs=self.parameterAsInt(parameters, "EPOCHS", context),
            learning_rate=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            batch_size=self.parameterAsInt(parameters, "BATCH_SIZE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            resume=self.parameterAsBoolean(parameters, "RESUME", context),
            device=text(self, "DEVICE", parameters, context) or "auto",
            threads=self.parameterAsInt(parameters, "THREADS", context),
            report=report,
        )

    def _layers(self, name: str, parameters, context) -> list[QgsRasterLayer]:
        """The rasters of a sensor, none where it is not given.

        Raises:
            InputError: One cannot be opened, or is no file.
        """
        if name != "INPUT" and not parameters.get(name):
            return []
        return raster_file_layers(self, name, parameters, context)
