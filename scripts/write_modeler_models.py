"""Writes the models of the graphical modeler that the plugin brings along, in resources/modeler.

The name of a file becomes the id of its algorithm, and the names of its results are those of its outputs: plain words.

    python3 scripts/write_modeler_models.py     (in QGIS 3.22's Python, as scripts/setup.sh sets it up: with_qgis)

They are written with the oldest QGIS that the plugin serves, so that every later one reads them.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, "/usr/share/qgis/python/plugins")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF  # noqa: E402

Source = QgsProcessingModelChildParameterSource
APART = QPointF(0, 120)

TAKEN_ON = ("MODEL", "MAP")
"""Results that a later step takes: they cannot be left out."""


def main() -> None:
    """Write each model into its file."""
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    folder = ROOT / "resources" / "modeler"
    folder.mkdir(parents=True, exist_ok=True)
    if not train_map_assess().toFile(str(folder / "trainmapassess.model3")):
        raise SystemExit("The model could not be written.")
    application.exitQgis()


def train_map_assess() -> QgsProcessingModelAlgorithm:
    """Chips, training, map, accuracy: from an image and labels to an assessed map."""
    model = QgsProcessingModelAlgorithm("Train, map and assess", "Learn")
    model.setHelpContent(
        {
            "ALG_DESC": "Cuts training chips out of an image and its labels, trains a network on them, maps the whole "
            "image with it, and assesses the map against a reference that should not have been used for training. The "
            "network is then among your models, under NAME."
        }
    )
    raster, vector = QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorAnyGeometry
    whole = QgsProcessingParameterNumber.Type.Integer
    parameters = (
        QgsProcessingParameterMultipleLayers("INPUT", "Image", raster),
        QgsProcessingParameterFeatureSource("LABELS", "Labels to learn from", [vector]),
        QgsProcessingParameterField("CLASS_FIELD", "Field of the class", parentLayerParameterName="LABELS"),
        QgsProcessingParameterFeatureSource("REFERENCE", "Reference to assess against", [vector]),
        QgsProcessingParameterField("REFERENCE_FIELD", "Field of its class", parentLayerParameterName="REFERENCE"),
        QgsProcessingParameterNumber("CHIP_SIZE", "Side of a chip (px)", whole, defaultValue=64, minValue=8),
        QgsProcessingParameterNumber("EPOCHS", "Epochs (0: automatic)", whole, defaultValue=0, minValue=0),
        QgsProcessingParameterString("NAME", "Name of the model", optional=True),
    )
    for number, parameter in enumerate(parameters):
        place = QgsProcessingModelParameter(parameter.name())
        place.setPosition(QPointF(180 * number, 0) + APART)
        model.addModelParameter(parameter, place)
    model.setParameterOrder([parameter.name() for parameter in parameters])
    given = Source.fromModelParameter
    child(
        model,
        ("chips", "terraloom:maketrainingchips", "Make training chips"),
        INPUT=given("INPUT"),
        LABELS=given("LABELS"),
        CLASS_FIELD=given("CLASS_FIELD"),
        CHIP_SIZE=given("CHIP_SIZE"),
    )
    child(
        model,
        ("train", "terraloom:trainmodel", "Train a model"),
        {"OUTPUT": ("MODEL", "Model"), "REPORT": ("TRAINING_REPORT", "Report on the training")},
        CHIPS=Source.fromChildOutput("chips", "FOLDER"),
        EPOCHS=given("EPOCHS"),
        NAME=given("NAME"),
    )
    child(
        model,
        ("map", "terraloom:applymodel", "Apply the model"),
        {"OUTPUT": ("MAP", "Map"), "CONFIDENCE": ("CONFIDENCE", "Confidence")},
        INPUT=given("INPUT"),
        MODEL_FILE=Source.fromChildOutput("train", "OUTPUT"),
    )
    child(
        model,
        ("assess", "terraloom:assessaccuracy", "Assess accuracy"),
        {"REPORT": ("ACCURACY_REPORT", "Report on accuracy")},
        MAP=Source.fromChildOutput("map", "OUTPUT"),
        REFERENCE=given("REFERENCE"),
        CLASS_FIELD=given("REFERENCE_FIELD"),
    )
    model.updateDestinationParameters()
    return model


def child(
    model: QgsProcessingModelAlgorithm,
    step: tuple[str, str, str],
    outputs: dict[str, tuple[str, str]] | None = None,
    **parameters: Source,
) -> None:
    """Add a step, below those before it.

    Args:
        model: The model to add to.
        step: Identifier of the step, of its algorithm, and what it is called.
        outputs: The results that the user gets, by the step's output parameter: their name, and what they are called.
        **parameters: Where its parameters come from.
    """
    identifier, algorithm, title = step
    made = QgsProcessingModelChildAlgorithm(algorithm)
    made.setChildId(identifier)
    made.setDescription(title)
    made.setPosition(QPointF(360, 240) + APART * len(model.childAlgorithms()))
    for name, value in parameters.items():
        made.addParameterSources(name, [value])
    results = {}
    for number, (source, (name, label)) in enumerate((outputs or {}).items()):
        result = QgsProcessingModelOutput(name, label)
        result.setChildId(identifier)
        result.setChildOutputName(source)
        result.setMandatory(name in TAKEN_ON)
        result.setPosition(made.position() + QPointF(260 * (number + 1), 0))
        results[name] = result
    made.setModelOutputs(results)
    model.addChildAlgorithm(made)


if __name__ == "__main__":
    main()
