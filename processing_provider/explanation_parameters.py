"""Declares the parameters of explaining a prediction: the image and the model, the place, the question, the method."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.requests.explain_prediction import BASELINES, METHODS, REGIONS, SCORES
from . import parameters as declared
from .parameters import Parameter, explained, one_of, whole_number
from .texts import tr

RUNNING = ("SCALE", "DEVICE", "THREADS")
"""Of the settings of networks those that an explanation has, too."""


def image_and_model(tasks: tuple[str, ...]) -> list[Parameter]:
    """The image, which may be left out for `further_images`, and the model."""
    images = explained(
        declared.inputs(),
        tr(
            "One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one "
            "shows; for models of time series one raster for each date, in their order. A folder stands for all "
            "rasters in it. They must be files: export a layer of a map server first."
        ),
    )
    images.setFlags(images.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
    return [images, declared.model(tasks), declared.model_file()]


def place() -> list[Parameter]:
    """Where: a layer, a click, or an extent."""
    shapes = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
    return [
        explained(
            QgsProcessingParameterFeatureSource("LOCATION", tr("Points or polygons to explain"), shapes, optional=True),
            tr(
                "All features of the layer, or those that are selected, together. Instead of a layer, a model or a "
                "script may give a point, as in 595000,5750000 [EPSG:32631]."
            ),
        ),
        explained(
            QgsProcessingParameterPoint("POINT", tr("Point to explain, instead of a layer"), optional=True),
            tr("A click on the map. Without a reference system that of the image counts."),
        ),
        explained(
            QgsProcessingParameterExtent("EXTENT", tr("Extent to explain, instead of a place"), optional=True),
            tr("Explains all of it, tile by tile: how much each band matters where. Takes much longer."),
        ),
    ]


def question() -> list[Parameter]:
    """What is asked."""
    return [
        explained(
            QgsProcessingParameterString("TARGET_CLASS", tr("Class to explain"), optional=True),
            tr("Its name or its value on maps. Empty: the class that is predicted there."),
        ),
    ]


def course() -> list[Parameter]:
    """How it is explained."""
    return [
        explained(
            one_of("METHOD", tr("Method"), METHODS),
            tr(
                "occlusion, lime, shap and featureablation work with any network. saliency, inputxgradient, "
                "integratedgradients, gradcam and gradientshap need the packages for learning."
            ),
        ),
        explained(
            one_of("BASELINE", tr("Baseline"), BASELINES),
            tr(
                "What stands for “nothing there”: mean of each band over the image, the image blurred, or a value. "
                "Not read by saliency and inputxgradient."
            ),
        ),
        explained(
            QgsProcessingParameterString("BASELINE_VALUE", tr("Value of the baseline"), optional=True),
            tr("In the image's own numbers: one for all bands, or one for each, separated by semicolons."),
        ),
        explained(
            whole_number("SAMPLES", tr("Evaluations or steps (0: automatic)")),
            tr(
                "How often occlusion, lime and shap ask the network, how many steps integratedgradients takes, or how "
                "many baselines gradientshap draws: more are finer or surer, and take longer."
            ),
        ),
        explained(
            whole_number("WINDOW", tr("Window (px; 0: automatic)")),
            tr(
                "Side of the windows of occlusion and of the blocks of featureablation, at a place about that of the "
                "superpixels of lime and shap; over an extent that of their blocks, and of the cells of the result. "
                "Automatic at a place: as fine as SAMPLES allows, where the image matters at all."
            ),
        ),
        explained(
            one_of("REGION", tr("Pixels that count"), REGIONS),
            tr(
                "location: those of the point or of the polygons. predicted: the connected area there that is "
                "predicted as the class, such as the whole roof."
            ),
            advanced=True,
        ),
        explained(
            one_of("SCORE", tr("Score"), SCORES),
            tr(
                "probability: that of the class, which the others lower. logit: the bare output of the network for "
                "the class."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterBoolean("BY_BAND", tr("One band after the other"), defaultValue=False),
            tr(
                "occlusion, lime and shap replace all bands together. With this they take each band by itself, which "
                "gives a map of each and takes as many times longer, or is coarser."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("LAYER", tr("Layer of Grad-CAM"), optional=True),
            tr("Name of a layer of the network, such as encoder.stages.2. Empty: the coarsest features."),
            advanced=True,
        ),
        explained(
            whole_number("SEED", tr("Seed")),
            tr("Where chance begins, for lime, shap, gradientshap, intervals and the checks."),
            advanced=True,
        ),
        declared.bands(),
        *(each for each in declared.network_settings() if each.name() in RUNNING),
    ]


def results() -> list[Parameter]:
    """What is written."""
    table = QgsProcessing.SourceType.TypeVector
    return [
        explained(
            declared.map_output(tr("Attribution")),
            tr(
                "One band for each band of the model and their total as the last; the total alone where bands are "
                "seen together. It lies on the pixels that the model works on."
            ),
        ),
        explained(
            QgsProcessingParameterVectorDestination(
                "TABLE", tr("Importance of bands"), table, optional=True, createByDefault=False
            ),
            tr("Magnitude, signed sum, share and interval of each band, and of inputs and dates where there are such."),
        ),
        declared.report(tr("Report on the explanation")),
    ]
