"""Declares the parameters of training a model: network, objectives, how it learns, how it is run, what is written."""

from __future__ import annotations

import re

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..engine.errors import InputError
from ..engine.requests.train_model import AUGMENTATIONS, CLASS_WEIGHTS, MOST_SMOOTHING, PRESETS
from .parameters import Parameter, explained, number, one_of, report, whole_number
from .texts import tr


def network() -> list[Parameter]:
    """What is trained, on what, and how long."""
    return [
        explained(
            QgsProcessingParameterFile("CHIPS", tr("Training chips"), QgsProcessingParameterFile.Behavior.Folder),
            tr("The folder that “Make training chips” has written."),
        ),
        explained(one_of("PRESET", tr("Preset"), PRESETS), tr("A network and objectives that suit a task.")),
        explained(
            spec(tr("Spec of the network")),
            tr(
                "A file that “Compose a network” wrote, or a model (.onnx) whose network is taken anew, instead of the "
                "preset's network."
            ),
        ),
        explained(
            QgsProcessingParameterString("NAME", tr("Name of the model"), optional=True),
            tr("What the model is called from now on. Empty: like its file, or like the folder of chips."),
        ),
        explained(
            whole_number("EPOCHS", tr("Epochs (0: automatic)")),
            tr("How often every training chip is seen on average. 0: as often as makes a thousand steps."),
        ),
        explained(
            whole_number("SEED", tr("Seed")),
            tr("The same seed on the same machine gives the same model."),
        ),
    ]


def spec(label: str) -> Parameter:
    """SPEC: a network in words, or a model that holds them."""
    return QgsProcessingParameterFile(
        "SPEC", label, optional=True, fileFilter=tr("Specs of networks, and models (*.json *.onnx)")
    )


def objectives() -> list[Parameter]:
    """What the network is trained for, and what single objectives need."""
    return [
        explained(
            QgsProcessingParameterString("OBJECTIVES", tr("Objectives (name=weight;…)"), optional=True),
            tr(
                "What the network is trained for, for example cross_entropy=1;dice=0.5. Empty: as SPEC says, else "
                "as the preset does."
            ),
            advanced=True,
        ),
        explained(
            number("LABEL_SMOOTHING", tr("Label smoothing"), 0, 0, MOST_SMOOTHING),
            tr(
                "For the objective cross_entropy: the share of each label that is spread over all classes, 0.1 for "
                "example. The network is less sure of itself then, and takes wrong labels less to heart."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterFile("TEACHER", tr("Teacher"), extension="onnx", optional=True),
            tr(
                "For the objective distillation: a model that Terraloom trained on the same bands and classes. The "
                "network learns to say what it says, on pixels without labels too."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("ELEVATION", tr("Band of elevation"), optional=True),
            tr(
                "For the objective waterlevel: name of the input or band of the chips that holds elevation in "
                "metres. Empty: the one that is called dem, dtm or elevation."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("WATER_CLASSES", tr("Classes that are water"), optional=True),
            tr(
                "For the objective waterlevel: their names or values, separated by semicolons. Empty: those with "
                "the word water or flood in their name."
            ),
            advanced=True,
        ),
    ]


def course() -> list[Parameter]:
    """How it learns."""
    return [
        learning_rate(),
        explained(
            whole_number("BATCH_SIZE", tr("Chips of one step (batch size)"), 8, 1),
            tr("More take more memory."),
            advanced=True,
        ),
        explained(
            one_of("AUGMENT", tr("Variation of the chips"), AUGMENTATIONS, "light"),
            tr(
                "geometric: turned and mirrored. light and strong: other light, gain and noise as well. Unless it is "
                "none, networks that join inputs by what is there (preset fusion) also learn with one hidden now and "
                "then, so that maps can be made without it."
            ),
            advanced=True,
        ),
        explained(
            one_of("CLASS_WEIGHTS", tr("Weight of rare classes"), CLASS_WEIGHTS, "sqrt"),
            tr(
                "none: every pixel counts the same. balanced: every class does. sqrt: between the two. Used by the "
                "objectives cross_entropy and focal."
            ),
            advanced=True,
        ),
        explained(
            whole_number("PATIENCE", tr("Validations without gain (0: never)"), 20),
            tr(
                "After so many the training stops. The validation chips are scored at most forty times in a whole "
                "training. Much of the gain comes late, as the learning rate falls: stopped too early, a network is "
                "worse than it could be."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterFile(
                "INITIAL",
                tr("Weights to begin with"),
                optional=True,
                fileFilter=tr("All files (*)"),  # QGIS's own filter refuses names without a dot
            ),
            tr(
                "A model (.onnx), a checkpoint (.pt) or what “Pre-train an encoder” has written (.safetensors): "
                "weights that fit by name and shape are taken, and with PRESET auto and no SPEC its network is too. "
                "The word imagenet, or the file of EfficientNet-Lite0's weights (.pth): the encoder efficient "
                "starts from what it learnt of photographs."
            ),
            advanced=True,
        ),
    ]


def learning_rate() -> Parameter:
    """LEARNING_RATE: how far a step goes."""
    return explained(
        number("LEARNING_RATE", tr("Highest learning rate (0: automatic)"), 0, 0),
        tr("It rises at first, then falls to 0 along a cosine."),
        advanced=True,
    )


def comparison() -> list[Parameter]:
    """What it is held against."""
    return [
        explained(
            QgsProcessingParameterBoolean("BASELINE", tr("Train a random forest beside it"), defaultValue=True),
            tr("Of classes or of values. It sees single pixels only: the difference is the gain from context."),
            advanced=True,
        ),
    ]


def running() -> list[Parameter]:
    """How a training is run, a pre-training too."""
    return [
        explained(
            QgsProcessingParameterBoolean("RESUME", tr("Resume an interrupted run"), defaultValue=False),
            tr("Keeps the state of the training if it is interrupted, and goes on from there the next time."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("DEVICE", tr("Device"), defaultValue="auto"),
            tr("auto, cpu, or cuda:N for the graphics card of that number."),
            advanced=True,
        ),
        explained(
            whole_number("THREADS", tr("Threads (0: all)")),
            tr("Processor threads the training may use."),
            advanced=True,
        ),
    ]


def check_device(found: str) -> None:
    """Refuse what is no name of a device to train on; whether there is such a one torch knows, in the worker.

    Raises:
        InputError: It names those that are.
    """
    if not re.fullmatch(r"auto|cpu|cuda(:\d+)?", found):
        raise InputError("DEVICE is {found}; it must be auto, cpu or cuda:0 (and so on).", found=found)


def results() -> list[Parameter]:
    """What is written."""
    return [
        QgsProcessingParameterFileDestination("OUTPUT", tr("Model"), tr("ONNX files (*.onnx)")),
        QgsProcessingParameterFileDestination(
            "CHECKPOINT",
            tr("Checkpoint to learn on from"),
            tr("Checkpoints (*.pt)"),
            optional=True,
            createByDefault=False,
        ),
        report(tr("Report on the training")),
    ]
