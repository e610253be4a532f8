"""Writes the models of the graphical modeler that the plugin brings along, in resources/modeler.

The name of a file becomes the id of its algorithm, and the names of its results are those of its outputs: plain words.

    python3 scripts/write_modeler_models.py     (in QGIS 3.22's Python, as scripts/setup.sh sets it up: with_qgis)

They are written with the oldest QGIS that the plugin serves, so that every later one reads them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_HASH_SEED"] = "0"  # so that Qt writes attributes in the same order each time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, "/usr/share/qgis/python/plugins")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QPointF  # noqa: E402

Source = QgsProcessingModelChildParameterSource
APART = QPointF(0, 120)

CHIP_PX, SMALLEST_M2, TOLERANCE_M = 64, 50, 1.0
"""Defaults of the models."""

SOME, NONE = "a flood", "no flood"
"""Branches of the models that explain one."""

FOR_AND_AGAINST = "What speaks for the class and what against it. It lies on the pixels that the model works on."
"""What the models say of an explanation that tells no bands apart."""

SENSORS = {
    "OPTICAL": "Optical image, after",
    "SAR": "Radar image (SAR), after",
    "OPTICAL_BEFORE": "Optical image, before",
    "SAR_BEFORE": "Radar image (SAR), before",
}


def main() -> None:
    """Write each model into its file."""
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    folder = ROOT / "resources" / "modeler"
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in (
        ("trainmapassess", train_map_assess()),
        ("explaintheleastcertain", explain_the_least_certain()),
        ("whichsensordecided", which_sensor_decided()),
        ("floodevidence", flood_evidence()),
    ):
        if not model.toFile(str(folder / f"{name}.model3")):
            raise SystemExit(f"The model {name} could not be written.")
    application.exitQgis()


def train_map_assess() -> QgsProcessingModelAlgorithm:
    """Chips, training, map, accuracy: from an image and labels to an assessed map."""
    model = QgsProcessingModelAlgorithm("Train, map and assess", "Learn")
    model.setHelpContent(
        {
            "ALG_DESC": "Cuts training chips out of an image and its labels, trains a network on them, maps the whole "
            "image with it, and assesses the map against a reference that should not have been used for training. The "
            "network is then among your models, under NAME.",
            "LABELS": "One vector layer with a class in a field.",  # less than the step takes, as those below
            "REFERENCE_FIELD": "Names or numbers of the map’s classes.",
            "CHIP_SIZE": "Side of a chip.",
            "NAME": "What the model is called from now on. Empty: like its file, or “trained” where that is temporary.",
        }
    )
    raster, vector = QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorAnyGeometry
    whole = QgsProcessingParameterNumber.Type.Integer
    declare(
        model,
        QgsProcessingParameterMultipleLayers("INPUT", "Image", raster),
        QgsProcessingParameterVectorLayer("LABELS", "Labels to learn from", [vector]),
        QgsProcessingParameterField("CLASS_FIELD", "Field of the class", parentLayerParameterName="LABELS"),
        QgsProcessingParameterVectorLayer("REFERENCE", "Reference to assess against", [vector]),
        QgsProcessingParameterField("REFERENCE_FIELD", "Field of its class", parentLayerParameterName="REFERENCE"),
        QgsProcessingParameterNumber("CHIP_SIZE", "Chip size (px)", whole, defaultValue=CHIP_PX, minValue=8),
        QgsProcessingParameterNumber("EPOCHS", "Epochs (0: automatic)", whole, defaultValue=0, minValue=0),
        QgsProcessingParameterString("NAME", "Name of the model", optional=True),
    )
    given = Source.fromModelParameter
    child(
        model,
        ("chips", "terraloom:maketrainingchips", "Make training chips"),
        INPUT=given("INPUT"),
        LABELS=given("LABELS"),
        CLASS_FIELD=given("CLASS_FIELD"),
        CHIP_SIZE=given_or("CHIP_SIZE", CHIP_PX),
    )
    child(
        model,
        ("train", "terraloom:trainmodel", "Train a model"),
        {"OUTPUT": ("MODEL", "Model"), "REPORT": ("TRAINING_REPORT", "Report on the training")},
        CHIPS=Source.fromChildOutput("chips", "FOLDER"),
        EPOCHS=given_or("EPOCHS", 0),
        NAME=given("NAME"),
    )
    child(
        model,
        ("map", "terraloom:applymodel", "Apply the model"),
        {"OUTPUT": ("MAP", "Class map"), "CONFIDENCE": ("CONFIDENCE", "Confidence")},
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
    return finished(model)


def explain_the_least_certain() -> QgsProcessingModelAlgorithm:
    """Map, then the area that the map is least sure of, then why."""
    model = QgsProcessingModelAlgorithm("Segment, then explain the least certain area", "Explain")
    model.setHelpContent(
        {
            "ALG_DESC": "Maps land use with the bundled model landuse-vhr, in which small areas join their "
            "neighbours, picks the area that the map is least sure of, and explains what the network saw there: a "
            "raster of what spoke for the class and what against it, and a report.",
            "INPUT": "One raster, or several of the same kind that are taken as a mosaic; where they overlap, the "
            "earlier one shows. A folder stands for all rasters in it. They must be files: export a layer of a map "
            "server first.",
            "BANDS": "Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Empty: by "
            "name, otherwise in order.",
            "explain:EXPLANATION": FOR_AND_AGAINST,
        }
    )
    number = QgsProcessingParameterNumber.Type.Double
    declare(
        model,
        QgsProcessingParameterMultipleLayers("INPUT", "Image", QgsProcessing.SourceType.TypeRaster),
        QgsProcessingParameterString("BANDS", "Bands (model band=raster band)", optional=True),
        QgsProcessingParameterNumber("SMALLEST", "Smallest area (m²)", number, defaultValue=SMALLEST_M2, minValue=0),
    )
    given = Source.fromModelParameter
    child(
        model,
        ("segment", "terraloom:segmentlanduse", "Segment land use"),
        {"OUTPUT": ("MAP", "Land use"), "POLYGONS": ("AREAS", "Land-use polygons")},
        INPUT=given("INPUT"),
        MODEL=Source.fromStaticValue("landuse-vhr"),
        BANDS=given("BANDS"),
        MIN_AREA=given_or("SMALLEST", SMALLEST_M2),
    )
    child(
        model,
        ("pick", "native:extractbyexpression", "Pick the least certain area"),
        INPUT=Source.fromChildOutput("segment", "POLYGONS"),
        EXPRESSION=Source.fromStaticValue('"confidence" = minimum("confidence")'),
    )
    child(
        model,
        ("explain", "terraloom:explainprediction", "Explain it"),
        {"OUTPUT": ("EXPLANATION", "Attribution"), "REPORT": ("EXPLANATION_REPORT", "Report on the explanation")},
        INPUT=given("INPUT"),
        MODEL=Source.fromStaticValue("landuse-vhr"),
        BANDS=given("BANDS"),
        LOCATION=Source.fromChildOutput("pick", "OUTPUT"),
    )
    return finished(model)


def which_sensor_decided() -> QgsProcessingModelAlgorithm:
    """Flood map, then its largest flooded area, then how much each sensor decided there."""
    model = QgsProcessingModelAlgorithm("Map a flood, then tell which sensor decided", "Explain")
    model.setHelpContent(
        {
            "ALG_DESC": "Maps what is flooded from the radar and optical images there are, picks the largest flooded "
            "area, and tells how much each image decided there: a report with a chart and a raster.",
            "explain:EXPLANATION": "One band for each band of the model and their total as the last. It lies on the "
            "pixels that the model works on.",
        }
    )
    declare(model, *sensors(), sensor_bands())
    given = {name: Source.fromModelParameter(name) for name in (*SENSORS, "BANDS")}
    map_flood(model, given, {"OUTPUT": ("MAP", "Class map"), "POLYGONS": ("AREAS", "Class polygons")})
    child(
        model,
        ("explain", "terraloom:explainprediction", "Explain it"),
        {"OUTPUT": ("EXPLANATION", "Attribution"), "REPORT": ("EXPLANATION_REPORT", "Report on the explanation")},
        **given,
        MODEL=Source.fromStaticValue("flood-s1s2"),
        METHOD=Source.fromStaticValue("featureablation"),
        LOCATION=Source.fromChildOutput("pick", "OUTPUT"),
    )
    only_if(model, "explain", SOME)
    return finished(model)


def flood_evidence() -> QgsProcessingModelAlgorithm:
    """Flood map, why it is so, how sure it is, whether it can be, and where these disagree."""
    model = QgsProcessingModelAlgorithm("Map a flood, with the evidence for it", "Explain")
    model.setHelpContent(
        {
            "ALG_DESC": "Maps what is flooded from the radar and optical images there are, explains the largest "
            "flooded area, holds the map against an elevation model (water does not stand above dry ground beside "
            "it), and reports all of it side by side with the confidence of the map: where they disagree, the map "
            "should be looked at.",
            "DEM": "A raster of one band, best of the ground without trees and buildings.",
            "TOLERANCE": "Residuals up to this are no contradiction. Give the vertical error of the elevations.",
            "explain:EXPLANATION": FOR_AND_AGAINST,
        }
    )
    number = QgsProcessingParameterNumber.Type.Double
    declare(
        model,
        *sensors(),
        sensor_bands(),
        QgsProcessingParameterRasterLayer("DEM", "Elevation (m)"),
        QgsProcessingParameterNumber("TOLERANCE", "Tolerance (m)", number, defaultValue=TOLERANCE_M, minValue=0),
    )
    given = {name: Source.fromModelParameter(name) for name in (*SENSORS, "BANDS")}
    outputs = {
        "OUTPUT": ("MAP", "Class map"),
        "POLYGONS": ("AREAS", "Class polygons"),
        "CONFIDENCE": ("CONFIDENCE", "Confidence"),
    }
    map_flood(model, given, outputs)
    child(
        model,
        ("explain", "terraloom:explainprediction", "Explain it"),
        {"OUTPUT": ("EXPLANATION", "Attribution"), "REPORT": ("EXPLANATION_REPORT", "Report on the explanation")},
        **given,
        MODEL=Source.fromStaticValue("flood-s1s2"),
        LOCATION=Source.fromChildOutput("pick", "OUTPUT"),
    )
    only_if(model, "explain", SOME)
    child(
        model,
        ("physics", "terraloom:checkphysics", "Check physical plausibility"),
        {"OUTPUT": ("RESIDUALS", "Residuals")},
        PREDICTION=Source.fromChildOutput("flood", "OUTPUT"),
        DEM=Source.fromModelParameter("DEM"),
        TOLERANCE=given_or("TOLERANCE", TOLERANCE_M),
    )
    child(
        model,
        ("report", "terraloom:reportevidence", "Report the evidence"),
        {"OUTPUT": ("FINDINGS", "Findings"), "REPORT": ("REPORT", "Report on the evidence")},
        ("REPORT",),  # it shows the image, which the step refuses where no report is asked for
        PREDICTION=Source.fromChildOutput("flood", "OUTPUT"),
        ATTRIBUTION=Source.fromChildOutput("explain", "OUTPUT"),
        UNCERTAINTY=Source.fromChildOutput("flood", "CONFIDENCE"),
        RESIDUAL=Source.fromChildOutput("physics", "OUTPUT"),
        IMAGE=Source.fromModelParameter("OPTICAL"),
        TOLERANCE=given_or("TOLERANCE", TOLERANCE_M),
    )
    return finished(model)


def sensors() -> list[QgsProcessingParameterDefinition]:
    """What a flood is mapped from; any of it may be left out."""
    raster = QgsProcessing.SourceType.TypeRaster
    return [QgsProcessingParameterMultipleLayers(*each, raster, optional=True) for each in SENSORS.items()]


def sensor_bands() -> QgsProcessingParameterDefinition:
    """Which bands of it are read."""
    return QgsProcessingParameterString("BANDS", "Bands (model band=raster band)", optional=True)


def map_flood(
    model: QgsProcessingModelAlgorithm, given: dict[str, Source], outputs: dict[str, tuple[str, str]]
) -> None:
    """Add the steps that map a flood and pick its largest area."""
    child(
        model,
        ("flood", "terraloom:fusesaroptical", "Fuse SAR and optical"),
        outputs,
        **given,
        MODEL=Source.fromStaticValue("flood-s1s2"),
    )
    child(
        model,
        ("pick", "native:extractbyexpression", "Pick the largest flooded area"),
        INPUT=Source.fromChildOutput("flood", "POLYGONS"),
        EXPRESSION=Source.fromStaticValue('"class" = 1 and "area_m2" = maximum("area_m2", filter:="class" = 1)'),
    )
    area = "@Pick_the_largest_flooded_area_OUTPUT"  # QGIS 3.22 tells how wide it is, but not how many features it has
    found = f"try(coalesce({area}_minx < {area}_maxx, false), false)"  # of nothing QGIS 3.40 cannot tell even that
    child(model, ("decide", "native:condition", "Is there one?"))
    decide = model.childAlgorithm("decide")
    branches = {SOME: found, NONE: f"not ({found})"}
    decide.setConfiguration({"conditions": [{"name": name, "expression": each} for name, each in branches.items()]})
    decide.setDependencies([QgsProcessingModelChildDependency("pick")])
    model.setChildAlgorithm(decide)
    child(
        model,
        ("say", "native:raisewarning", "Say that there is none"),
        MESSAGE=Source.fromStaticValue("No flood was mapped, so nothing is explained."),
    )
    only_if(model, "say", NONE)


def only_if(model: QgsProcessingModelAlgorithm, step: str, branch: str) -> None:
    """Let a step, and those that take its results, run only if a flood was mapped, or only if none was."""
    made = model.childAlgorithm(step)
    made.setDependencies([QgsProcessingModelChildDependency("decide", branch)])
    model.setChildAlgorithm(made)


def given_or(name: str, default: float) -> Source:
    """What the user gives for a number, or its default: a number that is left out does not reach the step by itself."""
    return Source.fromExpression(f"coalesce(@{name}, {default})")


def declare(model: QgsProcessingModelAlgorithm, *parameters: QgsProcessingParameterDefinition) -> None:
    """Add what a model asks for, in this order."""
    for number, parameter in enumerate(parameters):
        place = QgsProcessingModelParameter(parameter.name())
        place.setPosition(QPointF(180 * number, 0) + APART)
        model.addModelParameter(parameter, place)
    model.setParameterOrder([parameter.name() for parameter in parameters])


def child(
    model: QgsProcessingModelAlgorithm,
    step: tuple[str, str, str],
    outputs: dict[str, tuple[str, str]] | None = None,
    mandatory: tuple[str, ...] = (),
    **parameters: Source,
) -> None:
    """Add a step, below those before it.

    Args:
        model: The model to add to.
        step: Identifier of the step, of its algorithm, and what it is called.
        outputs: The results that the user gets, by the step's output parameter: their name, and what they are called.
        mandatory: Those of them that cannot be left out.
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
        result.setMandatory(source in mandatory)
        result.setPosition(made.position() + QPointF(260 * (number + 1), 0))
        results[name] = result
    made.setModelOutputs(results)
    model.addChildAlgorithm(made)


def finished(model: QgsProcessingModelAlgorithm) -> QgsProcessingModelAlgorithm:
    """The model with the results that a later step takes made mandatory: they cannot be left out."""
    steps = model.childAlgorithms()
    sources = [source for step in steps.values() for given in step.parameterSources().values() for source in given]
    taken = {(source.outputChildId(), source.outputName()) for source in sources}
    for step in steps.values():
        results = step.modelOutputs()
        for result in results.values():
            is_taken = (result.childId(), result.childOutputName()) in taken
            result.setMandatory(result.isMandatory() or is_taken)
        step.setModelOutputs(results)
        model.setChildAlgorithm(step)
    model.updateDestinationParameters()
    return model


if __name__ == "__main__":
    main()
