"""Declares, once, the parameters that algorithms share, above all those that run a network over rasters."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.library.card import PRECISIONS, ModelCard
from ..engine.library.installed import Suits, any_model, installed_models
from ..engine.requests.class_map import Generalisation
from ..engine.requests.fuse_sar_optical import SAR_UNITS
from ..engine.requests.network_run import GRIDS, SEAMS, TURNS
from .parameter_labels import has_dialogs
from .texts import tr

Parameter = QgsProcessingParameterDefinition
FIELD_CHOOSER = {"widget_wrapper": {"class": f"{__package__}.field_chooser.FieldChooser"}}
"""Metadata of a field for which dialogs choose none by themselves, and whose layer may be a raster."""


def explained(parameter: Parameter, text: str, advanced: bool = False) -> Parameter:
    """Give a parameter its tooltip and its place among the plain or the advanced ones."""
    parameter.setHelp(text)
    if advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def one_of(name: str, label: str, words: tuple[str, ...], usual: str = "") -> Parameter:
    """A choice of one word, the first of them where nothing else is usual."""
    return QgsProcessingParameterEnum(
        name, label, options=list(words), defaultValue=usual or words[0], usesStaticStrings=True
    )


def field_of(name: str, label: str, layer: str) -> Parameter:
    """A field, or none, of the layer in another parameter, which may be a raster as well."""
    kind = QgsProcessingParameterField.DataType.Any
    parameter = QgsProcessingParameterField(name, label, None, layer, kind, optional=True)
    parameter.setMetadata(FIELD_CHOOSER)
    return parameter


def number(
    name: str, label: str, usual: float | None = None, least: float | None = None, most: float | None = None
) -> Parameter:
    """A number, which may be left empty where nothing is usual."""
    kind = QgsProcessingParameterNumber.Type.Double
    bounds = {key: bound for key, bound in (("minValue", least), ("maxValue", most)) if bound is not None}
    return QgsProcessingParameterNumber(name, label, kind, defaultValue=usual, optional=usual is None, **bounds)


def whole_number(name: str, label: str, usual: int = 0, least: int = 0, most: int | None = None) -> Parameter:
    """A whole number; 0 often leaves the choice to Terraloom."""
    kind = QgsProcessingParameterNumber.Type.Integer
    parameter = QgsProcessingParameterNumber(name, label, kind, defaultValue=usual, minValue=least)
    if most is not None:
        parameter.setMaximum(most)
    return parameter


def model(tasks: tuple[str, ...], suits: Suits = any_model) -> Parameter:
    """MODEL: one of those installed for the tasks, of those that suit."""
    cards = [entry.card for entry in installed_models(tasks, suits)]
    names = [card.model_id for card in cards]
    return explained(
        QgsProcessingParameterEnum(
            "MODEL",
            tr("Model"),
            options=names,
            defaultValue=names[0] if names else None,
            optional=True,
            usesStaticStrings=True,
        ),
        tr("One of the installed models. “Show model information” tells what each was trained on.") + titles(cards),
    )


def titles(cards: Sequence[ModelCard]) -> str:
    """Ids and titles of models, each below the text before: as dialogs show it, or plain on the command line."""
    lines = [f"{card.model_id}: {card.title}" for card in cards]
    return "".join(f"<br>{escape(line)}" if has_dialogs() else f"\n{line}" for line in lines)


def model_file() -> Parameter:
    """MODEL_FILE: a network of the user's own."""
    return explained(
        QgsProcessingParameterFile(
            "MODEL_FILE",
            tr("Model file, instead of an installed model"),
            fileFilter=tr("Networks (*.onnx *.emd)"),
            optional=True,
        ),
        tr("An .onnx file with its model card inside. If given, the installed model above is not used."),
    )


def inputs() -> Parameter:
    """INPUT: one raster, or several taken as a mosaic."""
    return explained(
        QgsProcessingParameterMultipleLayers("INPUT", tr("Images"), QgsProcessing.SourceType.TypeRaster),
        tr(
            "One raster, or several of the same kind that are taken as a mosaic; where they overlap, the "
            "earlier one shows; for models of time series one raster for each date, in their order. A folder stands "
            "for all rasters in it. Layers of a map server work too, within an extent."
        ),
    )


def series() -> Parameter:
    """SERIES: the dates of a time series."""
    return explained(
        QgsProcessingParameterMultipleLayers("SERIES", tr("Series of images"), QgsProcessing.SourceType.TypeRaster),
        tr(
            "One raster for each date, in the order of the dates, as many as the model was trained on; or a single "
            "raster with the bands of all dates, date by date. A folder stands for all rasters in it, in the order of "
            "their names. Other grids and coordinate systems are brought to those of the first."
        ),
    )


def further_inputs() -> list[Parameter]:
    """INPUT_2 to INPUT_4: what models with several inputs read beside INPUT."""
    raster = QgsProcessing.SourceType.TypeRaster
    return [
        explained(
            QgsProcessingParameterMultipleLayers(f"INPUT_{number}", label, raster, optional=True),
            tr(
                "For models with several inputs: the model's input of this number. It is brought to the grid of the "
                "first. “Show model information” tells what each input is."
            ),
            advanced=True,
        )
        for number, label in ((2, tr("Images of input 2")), (3, tr("Images of input 3")), (4, tr("Images of input 4")))
    ]


def area_of_interest() -> list[Parameter]:
    """EXTENT and MASK: where results are wanted."""
    return [
        explained(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("Only this rectangle is computed. Empty: the whole image."),
        ),
        explained(
            QgsProcessingParameterFeatureSource(
                "MASK", tr("Mask polygons"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            tr("Only the area of these polygons is computed; outside there is no data. Empty: everywhere."),
        ),
    ]


def bands() -> Parameter:
    """BANDS: which raster band feeds which band of the model."""
    return explained(
        QgsProcessingParameterString("BANDS", tr("Bands (model band=raster band)"), optional=True),
        tr(
            "Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Bands of further "
            "inputs have the number or the name of the input before them: 2.vv=1 is band vv of the second input. "
            "Empty: by name, otherwise in order."
        ),
        advanced=True,
    )


def sensor_bands() -> Parameter:
    """The same, where images are given by sensor and date."""
    parameter = bands()
    parameter.setHelp(
        tr(
            "Which raster band feeds which band of the model, with the sensor before it: optical, sar, optical_before "
            "or sar_before. For example sar.vv=1;sar_before.vv=1 for radar images with VV and VH. Empty: by name, "
            "otherwise in order."
        )
    )
    return parameter


def network_settings() -> list[Parameter]:
    """The advanced ones but for BANDS: how rasters reach the network, and how it runs."""
    return [
        explained(
            QgsProcessingParameterString("SCALE", tr("Scaling of raw values"), optional=True),
            tr(
                "What turns the raster's values into those the model was trained on, for example *=0.0255 "
                "for all bands, or red=0.0255,12 with an offset. Empty: as the model card says."
            ),
            advanced=True,
        ),
        explained(
            one_of("GRID", tr("Grid of the results"), GRIDS),
            tr(
                "input: the results lie on the pixels of the first image. model: they stay at the "
                "resolution that the model works at, as those of super-resolution always do."
            ),
            advanced=True,
        ),
        explained(
            whole_number("TILE_SIZE", tr("Tile size (px; 0: automatic)")),
            tr(
                "Side of the tiles the image is cut into. Where seams are exact it changes memory and speed, not the "
                "result."
            ),
            advanced=True,
        ),
        explained(
            one_of("SEAMS", tr("Seams between tiles"), SEAMS),
            tr(
                "exact: the result is the same as if the whole image went through the network at once; not every "
                "network can. blend: tiles overlap and are averaged. auto: exact where possible."
            ),
            advanced=True,
        ),
        explained(
            one_of("TEST_TIME_AUGMENTATION", tr("Test-time augmentation"), TURNS),
            tr(
                "The network sees each tile in several turns, and what it says is averaged: a little more accurate, "
                "but flips take four times as long and rotations eight times."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("DEVICE", tr("Device"), defaultValue="auto"),
            tr(
                "auto, cpu, cuda:0 for the first graphics card, directml or coreml. The log names what was really used."
            ),
            advanced=True,
        ),
        explained(
            one_of("PRECISION", tr("Precision"), ("auto", *PRECISIONS)),
            tr(
                "auto: what the model was made for. bf16 is faster on some processors; int8 needs a model "
                "from “Optimise a model”."
            ),
            advanced=True,
        ),
        explained(
            whole_number("THREADS", tr("Threads (0: all)")),
            tr("Processor threads the network may use."),
            advanced=True,
        ),
        explained(
            whole_number("MAX_MEMORY_MB", tr("Memory limit (MB; 0: automatic)")),
            tr("Tiles are made as large as fits into this. Automatic: a quarter of the computer's memory, 1 to 4 GB."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterBoolean("RESUME", tr("Resume an interrupted run"), defaultValue=False),
            tr(
                "Continues a run with the same parameters that was interrupted, and keeps what is finished of this "
                "one if it is. The results need file names of their own, not temporary ones."
            ),
            advanced=True,
        ),
    ]


def sar_unit(advanced: bool = False) -> Parameter:
    """SAR_UNIT: what the values of radar images are."""
    return explained(
        one_of("SAR_UNIT", tr("Values of the radar images"), SAR_UNITS),
        tr(
            "db: decibels. linear: powers, between 0 and 1 for the most part. scaled: 8 bits, as the images "
            "the model was trained on. auto: recognised by the values; the log says what was."
        ),
        advanced=advanced,
    )


def map_output(label: str) -> Parameter:
    """OUTPUT: the map itself."""
    return QgsProcessingParameterRasterDestination("OUTPUT", label, optional=True)


def class_outputs(areas: str, polygons: str) -> list[Parameter]:
    """What else can be had of a class map; each is made only when asked for."""
    table, shapes = QgsProcessing.SourceType.TypeVector, QgsProcessing.SourceType.TypeVectorPolygon
    return [
        explained(
            QgsProcessingParameterVectorDestination("POLYGONS", polygons, shapes, optional=True, createByDefault=False),
            tr("One polygon for each connected area, with class, name, area and mean confidence."),
        ),
        explained(
            QgsProcessingParameterVectorDestination("AREAS", areas, table, optional=True, createByDefault=False),
            tr("A table: pixels, hectares and share of each class."),
        ),
        *certainty_outputs(),
    ]


def generalisation() -> list[Parameter]:
    """MIN_AREA and SMOOTH: what makes a class map readable as a map."""
    return [
        explained(
            number("MIN_AREA", tr("Smallest area (m²)"), usual=0, least=0),
            tr("Areas smaller than this join their largest neighbour. 0 keeps every pixel."),
        ),
        explained(
            number("SMOOTH", tr("Smoothing of the polygons (m)"), usual=0, least=0),
            tr(
                "Details of polygon boundaries up to about this size are cut off; neighbours keep sharing their "
                "boundary. 0 keeps the pixel edges."
            ),
        ),
    ]


def read_generalisation(algorithm: Any, parameters: dict[str, Any], context: Any) -> Generalisation:
    """What MIN_AREA and SMOOTH say."""
    min_area_m2, smooth_m = (algorithm.parameterAsDouble(parameters, name, context) for name in ("MIN_AREA", "SMOOTH"))
    return Generalisation(min_area_m2, smooth_m)


def certainty_outputs() -> list[Parameter]:
    """CONFIDENCE and PROBABILITIES: how sure a class map is; each is made only when asked for."""
    return [
        explained(
            QgsProcessingParameterRasterDestination(
                "CONFIDENCE", tr("Confidence"), optional=True, createByDefault=False
            ),
            tr("How sure the network is of the class that it chose, from 0 to 1."),
        ),
        explained(
            QgsProcessingParameterRasterDestination(
                "PROBABILITIES", tr("Probabilities"), optional=True, createByDefault=False
            ),
            tr("The probability of each class, one band a class, from 0 to 1."),
        ),
    ]


def report(label: str) -> Parameter:
    """REPORT: a page to read. The list of results names pages by nothing but their label."""
    return QgsProcessingParameterFileDestination(
        "REPORT", label, tr("HTML files (*.html)"), optional=True, createByDefault=True
    )


def further_raster(name: str, label: str) -> Parameter:
    """A raster beside the map that is made when asked for."""
    return QgsProcessingParameterRasterDestination(name, label, optional=True, createByDefault=False)


def metrics(made: bool) -> Parameter:
    """METRICS: figures for programs to read; `made`: by default."""
    return QgsProcessingParameterFileDestination(
        "METRICS", tr("Metrics (JSON)"), tr("JSON files (*.json)"), optional=True, createByDefault=made
    )


def text(algorithm: Any, name: str, parameters: dict[str, Any], context: Any) -> str:
    """The text that a parameter stands for, without blanks around it; its default where none is given."""
    return algorithm.parameterAsString(parameters, name, context).strip()


def full_path(algorithm: Any, name: str, parameters: dict[str, Any], context: Any) -> str:
    """The file or folder that a parameter names, in full: the worker may have been started in another folder.

    One that does not exist is named as the user does, and nothing where none is given.
    """
    given = text(algorithm, name, parameters, context)
    return os.path.abspath(given) if os.path.exists(given) else given
