"""Train a model: turns training chips into a network of the user's own, offered at once wherever a model is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...engine.chip_set import ChipSet
from ...engine.environment.locations import home
from ...engine.errors import InputError, OutputError
from ...engine.requests.train_model import AUGMENTATIONS, CLASS_WEIGHTS, IMAGENET, MOST_SMOOTHING, PRESETS, TrainModel
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..outputs import check_resumable, target, targets
from ..parameters import explained, report, text
from ..texts import tr

FIGURES = (
    *("OA", "MIOU", "FOREST_MIOU", "CONTEXT_GAIN"),
    *("R2", "RMSE", "FOREST_R2", "FOREST_RMSE", "PSNR_DB", "SSIM"),
)


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
            "train,learn,deep learning,neural network,u-net,segmentation,regression,time series,fusion,classification"
        ).split(",")

    def shortDescription(self):
        return tr("Trains a network on your own training chips; it is then among your models.")

    def shortHelpString(self):
        return tr(
            "Trains a network on training chips that “Make training chips” has cut. The result is an .onnx file with "
            "its model card, and is offered at once as MODEL wherever a model is chosen.\n\n"
            "A preset chooses a network that suits the task: landcover (a U-Net), localcontext (a larger one, for "
            "classes that only their surroundings tell apart), fewlabels (a small one), fusion (several inputs), "
            "timeseries (each pixel by its own series), timecontext (series of images), regression (values), "
            "translation (draws one sensor's image from another's). auto looks at the chips. “Compose a network” makes "
            "any other; give its file as SPEC.\n\n"
            "Chips kept for validation tell when to stop and how sure the network may be; chips kept for testing tell "
            "how good it is, with intervals over blocks of ground. Beside it a random forest on single pixels is "
            "trained: the difference (of classes in mean IoU) is what the network gains from context. The report holds "
            "all of it."
            "\n\n"
            "With “Go on with an interrupted run”, a training that was stopped goes on where it was."
        )

    def initAlgorithm(self, configuration=None):
        for parameter in (
            explained(
                QgsProcessingParameterFile("CHIPS", tr("Training chips"), QgsProcessingParameterFile.Behavior.Folder),
                tr("The folder that “Make training chips” has written."),
            ),
            _words("PRESET", tr("Preset"), PRESETS, tr("A network and objectives that suit a task.")),
            explained(
                QgsProcessingParameterFile("SPEC", tr("Spec of the network"), extension="json", optional=True),
                tr("A file that “Compose a network” wrote, instead of the preset's network."),
            ),
            explained(
                QgsProcessingParameterString("NAME", tr("Name"), optional=True),
                tr("What the model is called from now on. Empty: like its file, or like the folder of chips."),
            ),
            explained(
                QgsProcessingParameterNumber(
                    "EPOCHS",
                    tr("Epochs (0: automatic)"),
                    QgsProcessingParameterNumber.Type.Integer,
                    defaultValue=0,
                    minValue=0,
                ),
                tr("How often every training chip is seen. 0: as often as makes a thousand steps."),
            ),
            explained(
                QgsProcessingParameterNumber(
                    "SEED", tr("Seed"), QgsProcessingParameterNumber.Type.Integer, defaultValue=0, minValue=0
                ),
                tr("The same seed on the same machine gives the same model."),
            ),
            explained(
                QgsProcessingParameterString("OBJECTIVES", tr("Objectives (name=weight;…)"), optional=True),
                tr(
                    "What the network is trained for, for example cross_entropy=1;dice=0.5. Empty: as SPEC says, else "
                    "as the preset does."
                ),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterNumber(
                    "LABEL_SMOOTHING",
                    tr("Label smoothing"),
                    QgsProcessingParameterNumber.Type.Double,
                    defaultValue=0,
                    minValue=0,
                    maxValue=MOST_SMOOTHING,
                ),
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
            explained(
                QgsProcessingParameterNumber(
                    "LEARNING_RATE",
                    tr("Highest learning rate (0: automatic)"),
                    QgsProcessingParameterNumber.Type.Double,
                    defaultValue=0,
                    minValue=0,
                ),
                tr("It rises at first, then falls to 0 along a cosine."),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterNumber(
                    "BATCH_SIZE",
                    tr("Chips of one step"),
                    QgsProcessingParameterNumber.Type.Integer,
                    defaultValue=8,
                    minValue=1,
                ),
                tr("More take more memory."),
                advanced=True,
            ),
            _words(
                "AUGMENT",
                tr("Variation of the chips"),
                AUGMENTATIONS,
                tr(
                    "geometric: turned and mirrored. light and strong: other light, gain and noise as well. The preset "
                    "fusion hides inputs now and then too, unless it is none."
                ),
                default="light",
                advanced=True,
            ),
            _words(
                "CLASS_WEIGHTS",
                tr("Weight of rare classes"),
                CLASS_WEIGHTS,
                tr("none: every pixel counts the same. balanced: every class does. sqrt: between the two."),
                default="sqrt",
                advanced=True,
            ),
            explained(
                QgsProcessingParameterNumber(
                    "PATIENCE",
                    tr("Stop after so many validations without gain (0: never)"),
                    QgsProcessingParameterNumber.Type.Integer,
                    defaultValue=10,
                    minValue=0,
                ),
                tr("The validation chips are scored forty times in a whole training."),
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
                    "A model (.onnx) or checkpoint (.pt) of Terraloom: weights that fit by name and shape are taken. "
                    "The word imagenet, or the file of EfficientNet-Lite0's weights (.pth): the encoder efficient "
                    "starts from what it learnt of photographs."
                ),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterBoolean("BASELINE", tr("Train a random forest beside it"), defaultValue=True),
                tr("Of classes or of values. It sees single pixels only: the difference is the gain from context."),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterBoolean("RESUME", tr("Go on with an interrupted run"), defaultValue=False),
                tr("Keeps the state of the training if it is interrupted, and goes on from there the next time."),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterString("DEVICE", tr("Device"), defaultValue="auto"),
                tr("auto, cpu, or cuda:N for the graphics card of that number."),
                advanced=True,
            ),
            explained(
                QgsProcessingParameterNumber(
                    "THREADS",
                    tr("Processor threads (0: automatic)"),
                    QgsProcessingParameterNumber.Type.Integer,
                    defaultValue=0,
                    minValue=0,
                ),
                tr("0 uses all cores."),
                advanced=True,
            ),
            QgsProcessingParameterFileDestination("OUTPUT", tr("Model"), tr("ONNX files (*.onnx)")),
            QgsProcessingParameterFileDestination(
                "CHECKPOINT",
                tr("Checkpoint to learn on from"),
                tr("Checkpoints (*.pt)"),
                optional=True,
                createByDefault=False,
            ),
            report(),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputString("MODEL", tr("Name of the model, for MODEL")))
        self.addOutput(QgsProcessingOutputString("SPLIT", tr("Chips that the figures are measured on")))
        for name in FIGURES:
            self.addOutput(QgsProcessingOutputNumber(name, name.replace("_", " ")))

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        check_resumable(self, parameters, context)
        wanted = {name: target(parameters.get(name), context) for name in ("OUTPUT", "CHECKPOINT")}
        for name, ending in (("OUTPUT", ".onnx"), ("CHECKPOINT", ".pt")):
            path = wanted[name]
            if path and path != QgsProcessing.TEMPORARY_OUTPUT and Path(path).suffix.lower() != ending:
                raise OutputError(
                    "{name} is {path}; it must be a name that ends in {ending}.", name=name, path=path, ending=ending
                )
        request = self._request(parameters, context, wanted["OUTPUT"])
        ChipSet.from_folder(Path(request.chips))
        if request.initial not in ("", IMAGENET) and not Path(request.initial).is_file():
            raise InputError("There is no file {path}. Check INITIAL.", path=request.initial)
        if request.teacher and not Path(request.teacher).is_file():
            raise InputError("There is no file {path}. Check TEACHER.", path=request.teacher)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        asked = targets(self, parameters, context)
        files = {name: self.parameterAsFileOutput(parameters, name, context) for name in ("CHECKPOINT", "REPORT")}
        request = self._request(
            parameters,
            context,
            self.parameterAsFileOutput(parameters, "OUTPUT", context),
            files["CHECKPOINT"] if "CHECKPOINT" in asked else "",
            files["REPORT"] if "REPORT" in asked else "",
        )
        outcome = run_in_worker("train_model", request, feedback)
        results = {name.upper(): value for name, value in {**outcome.outputs, **outcome.metrics}.items()}
        return results

    def _request(self, parameters, context, output: str, checkpoint: str = "", page: str = "") -> TrainModel:
        """The request, which checks itself."""
        folder = text(self, "CHIPS", parameters, context)
        if not folder:
            raise InputError("CHIPS is empty. Choose a folder that “Make training chips” has written.")
        return TrainModel(
            chips=str(Path(folder).resolve()),
            output=output,
            library=str(home() / "models"),
            name=text(self, "NAME", parameters, context),
            temporary=target(parameters.get("OUTPUT"), context) == QgsProcessing.TEMPORARY_OUTPUT,
            spec=text(self, "SPEC", parameters, context),
            preset=self.parameterAsEnumString(parameters, "PRESET", context),
            objectives=text(self, "OBJECTIVES", parameters, context),
            label_smoothing=self.parameterAsDouble(parameters, "LABEL_SMOOTHING", context),
            teacher=text(self, "TEACHER", parameters, context),
            elevation=text(self, "ELEVATION", parameters, context),
            water=text(self, "WATER_CLASSES", parameters, context),
            epochs=self.parameterAsInt(parameters, "EPOCHS", context),
            learning_rate=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            batch_size=self.parameterAsInt(parameters, "BATCH_SIZE", context),
            augment=self.parameterAsEnumString(parameters, "AUGMENT", context),
            class_weights=self.parameterAsEnumString(parameters, "CLASS_WEIGHTS", context),
            patience=self.parameterAsInt(parameters, "PATIENCE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            initial=text(self, "INITIAL", parameters, context),
            resume=self.parameterAsBoolean(parameters, "RESUME", context),
            baseline=self.parameterAsBoolean(parameters, "BASELINE", context),
            device=text(self, "DEVICE", parameters, context) or "auto",
            threads=self.parameterAsInt(parameters, "THREADS", context),
            checkpoint=checkpoint,
            report=page,
        )


def _words(name: str, label: str, words, help_text: str, default: str = "", advanced: bool = False):
    """A choice among words."""
    return explained(
        QgsProcessingParameterEnum(
            name, label, options=list(words), defaultValue=default or words[0], usesStaticStrings=True
        ),
        help_text,
        advanced=advanced,
    )
