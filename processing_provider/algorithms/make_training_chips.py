"""Make training chips: squares of images with their labels, dealt to training, validation and test."""

from __future__ import annotations

import os
from typing import Any

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...engine.errors import InputError, OutputError
from ...engine.requests.make_training_chips import SPLITTING, TARGETS, MakeTrainingChips, VectorSource
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..class_styles import class_styles
from ..layers import is_file, raster_file, raster_layers, source_path, vector_file, with_folders_opened
from ..network_run import requested_extent
from ..outputs import check_no_input_is_overwritten, target, targets
from ..parameters import Parameter, explained, text
from ..texts import tr, word_error

INPUTS = ("INPUT", "INPUT_2", "INPUT_3", "INPUT_4")
RASTERS = (*INPUTS, "SERIES")
RASTER = QgsProcessing.SourceType.TypeRaster


class MakeTrainingChipsAlgorithm(TerraloomAlgorithm):
    """Has the worker cut chips, and shows where they lie."""

    GROUP = "learn"

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, Any] = {}

    def name(self):
        return "maketrainingchips"

    def displayName(self):
        return tr("Make training chips")

    def tags(self):
        return tr(
            "training,chips,samples,labels,tiles,dataset,split,cross-validation,spatial block,deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Cuts images and labels into chips that networks are trained, validated and tested with.")

    def shortHelpString(self):
        return tr(
            "Cuts images and their labels into square chips, and deals these to training, validation and test. “Train "
            "a model” takes the folder.\n\n"
            "Labels are features with a class in a field (polygons, lines, points), or rasters of classes. Where "
            "nothing is labelled, nothing counts: a few polygons will do. Names and colours of the classes are those "
            "that the layer of labels has in QGIS. With TARGET = values the labels are measurements, or the image of "
            "another sensor.\n\n"
            "Several images in INPUT are taken together; where they overlap, the earlier one shows. Images without a "
            "place on earth need labels of the same size with the same name, or in the same order. INPUT_2 to INPUT_4 "
            "are further inputs of the network, another sensor for example; they are brought to the grid of the first. "
            "For a series of images of one place use SERIES in place of INPUT.\n\n"
            "Ground that lies next to each other looks alike. So that a network is not judged by what it has seen, "
            "spatialblocks divides the ground into blocks and deals whole blocks, each class to each split where that "
            "is possible. field deals by the values of SPLIT_FIELD, places or events, or takes them as splits if they "
            "are train, validation and test. none leaves all to training.\n\n"
            "The log tells the pixels of each class in each split, and names classes that a split lacks. If there are "
            "such, choose smaller blocks or another seed, or label more places.\n\n"
            "Each chip is a GeoTIFF that can be looked at; chips.json tells what is in the folder. A folder that holds "
            "something is never overwritten."
        )

    def checkParameterValues(self, parameters, context):
        with_files = parameters
        try:
            for name in (*RASTERS, "LABELS"):
                with_files = with_folders_opened(with_files, name)
        except InputError as error:
            return False, word_error(error)
        return super().checkParameterValues(with_files, context)

    def initAlgorithm(self, configuration=None):
        for parameter in (*_sources(), *_cutting(), *_splitting(), *_results()):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("CHIPS", tr("Number of chips")))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Number of classes")))

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        folder = target(parameters.get("FOLDER"), context)
        if os.path.isdir(folder) and os.listdir(folder):
            raise OutputError(
                "FOLDER is {path}, which is not empty, and nothing in it will be replaced. Choose a new folder, or "
                "delete what is in this one.",
                path=folder,
            )
        labels = self._labels(parameters, context)
        read = [source_path(layer) for name in RASTERS for layer in self._rasters(name, parameters, context)]
        check_no_input_is_overwritten(self, parameters, context, [*read, *map(source_path, labels)])
        self._check_fields(labels[0], parameters, context)
        MakeTrainingChips(folder, **self._settings(parameters, context), **self._sketched(labels, parameters, context))

    def prepare(self, parameters, context, feedback) -> None:
        labels = self._labels(parameters, context)
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        self.asked = {**self._settings(parameters, context), "styles": class_styles(labels[0], field)}
        if isinstance(labels[0], QgsVectorLayer):
            given = {**parameters, "LABELS": labels[0]}
            path, layer = vector_file(self, "LABELS", given, context, feedback)
            self.asked["features"] = VectorSource(path, layer, field)
            self.asked["groups"] = VectorSource(path, layer, group_field) if group_field else None
        else:
            self.asked["labels"] = tuple(map(raster_file, labels))
        if parameters.get("SPLIT_LAYER"):
            source = vector_file(self, "SPLIT_LAYER", parameters, context, feedback)
            self.asked["groups"] = VectorSource(*source, group_field)
        first = self._rasters("SERIES", parameters, context) or self._rasters("INPUT", parameters, context)
        self.subject = first[0].name()

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        folder = self.parameterAsFileOutput(parameters, "FOLDER", context)
        asked = "FOOTPRINTS" in targets(self, parameters, context)
        footprints = self.parameterAsOutputLayer(parameters, "FOOTPRINTS", context) if asked else ""
        request = MakeTrainingChips(folder, footprints=footprints, **self.asked)
        outcome = run_in_worker("make_training_chips", request, feedback)
        figures = {name.upper(): outcome.metrics[name] for name in ("chips", "classes")}
        return {**{name.upper(): path for name, path in outcome.outputs.items()}, **figures}

    def _settings(self, parameters, context) -> dict[str, Any]:
        """What the request takes from rasters, numbers and words; it checks them itself."""
        series = self._rasters("SERIES", parameters, context)
        images = [self._rasters(name, parameters, context) for name in INPUTS]
        if series and images[0]:
            raise InputError("INPUT and SERIES are both given. A series stands in place of INPUT: leave one empty.")
        if not series and not images[0]:
            raise InputError("There is no image. Choose at least one in INPUT, or a series in SERIES.")
        first = (series or images[0])[0]
        return {
            "inputs": tuple(tuple(map(raster_file, layers)) for layers in images if layers),
            "series": tuple(map(raster_file, series)),
            "dates": _listed(text(self, "DATES", parameters, context)) or _dates_of(series),
            "target": self.parameterAsEnumString(parameters, "TARGET", context),
            "ignored": _listed(text(self, "IGNORE", parameters, context)),
            "chip_px": self.parameterAsInt(parameters, "CHIP_SIZE", context),
            "stride_px": self.parameterAsInt(parameters, "STRIDE", context),
            "split": self.parameterAsEnumString(parameters, "SPLIT", context),
            "block_px": self.parameterAsInt(parameters, "BLOCK_SIZE", context),
            "validation_share": self.parameterAsDouble(parameters, "VALIDATION_SHARE", context),
            "test_share": self.parameterAsDouble(parameters, "TEST_SHARE", context),
            "seed": self.parameterAsInt(parameters, "SEED", context),
            "extent": requested_extent(self, parameters, context, first.crs()),
            "names": _listed(text(self, "INPUT_NAMES", parameters, context)),
        }

    def _sketched(self, labels: list[QgsMapLayer], parameters, context) -> dict[str, Any]:
        """Labels and groups as far as the request's own checks need them, without copying any layer."""
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        vector = isinstance(labels[0], QgsVectorLayer)
        grouped = group_field and (vector or parameters.get("SPLIT_LAYER"))
        return {
            "labels": () if vector else tuple(map(source_path, labels)),
            "features": VectorSource(source_path(labels[0]), "", field) if vector else None,
            "groups": VectorSource("", "", group_field) if grouped else None,
        }

    def _check_fields(self, labels: QgsMapLayer, parameters, context) -> None:
        """Refuse fields that are not there.

        Raises:
            InputError: It names those that are.
        """
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        if isinstance(labels, QgsVectorLayer):
            _check_field("CLASS_FIELD", field, labels)
        if self.parameterAsEnumString(parameters, "SPLIT", context) != "field":
            return
        polygons = self.parameterAsVectorLayer(parameters, "SPLIT_LAYER", context)
        if parameters.get("SPLIT_LAYER") and polygons is None:
            raise InputError(
                "{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.",
                name="SPLIT_LAYER",
                path=str(parameters["SPLIT_LAYER"]),
            )
        groups = polygons or (labels if isinstance(labels, QgsVectorLayer) else None)
        if groups is None:
            raise InputError(
                "SPLIT is field, but rasters of labels have no fields. Choose polygons with the field in SPLIT_LAYER."
            )
        _check_field("SPLIT_FIELD", group_field, groups)

    def _labels(self, parameters, context) -> list[QgsMapLayer]:
        """The layer of features, or the rasters, that hold the labels.

        Raises:
            InputError: There are none, or of both kinds, or one cannot be opened.
        """
        parameters = with_folders_opened(parameters, "LABELS")
        value = parameters.get("LABELS")
        for given in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(given, str) and given and QgsProcessingUtils.mapLayerFromString(given, context) is None:
                raise InputError(
                    "LABELS is {path}, which QGIS cannot open as a layer. Check the path, or choose another layer.",
                    path=given,
                )
        layers = self.parameterAsLayerList(parameters, "LABELS", context)
        vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
        rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
        if len(vectors) > 1 or (vectors and rasters) or not (vectors or rasters):
            raise InputError(
                "LABELS holds {vectors} vector layers and {rasters} rasters. Choose one vector layer, or one raster or "
                "more. Several vector layers can be merged first.",
                vectors=len(vectors),
                rasters=len(rasters),
            )
        _check_files(rasters)
        return vectors or rasters

    def _rasters(self, name: str, parameters, context) -> list[QgsRasterLayer]:
        """The rasters of a parameter, if it is given.

        Raises:
            InputError: One cannot be opened, or is no file.
        """
        layers = raster_layers(self, name, parameters, context) if parameters.get(name) else []
        _check_files(layers)
        return layers


def _sources() -> list[Parameter]:
    """What the chips are cut out of."""
    multiple, further = QgsProcessingParameterMultipleLayers, tr("Brought to the grid of the first input.")
    return [
        explained(
            multiple("INPUT", tr("Images"), RASTER, optional=True),
            tr("One raster or several of the same kind. A folder stands for all rasters in it."),
        ),
        explained(
            multiple("LABELS", tr("Labels"), QgsProcessing.SourceType.TypeMapLayer),
            tr("One vector layer with a class in a field, or rasters of classes. A folder stands for all rasters."),
        ),
        explained(
            QgsProcessingParameterField(
                "CLASS_FIELD", tr("Field of the class"), parentLayerParameterName="LABELS", optional=True
            ),
            tr("The field of a vector layer that holds the class: numbers from 0 to 254, or names."),
        ),
        explained(
            _words("TARGET", tr("Labels are"), TARGETS),
            tr("classes, or values: measurements, or the bands of another image, that a network shall tell."),
        ),
        *(
            explained(multiple(f"INPUT_{number}", label, RASTER, optional=True), further, advanced=True)
            for number, label in (
                (2, tr("Images of input 2")),
                (3, tr("Images of input 3")),
                (4, tr("Images of input 4")),
            )
        ),
        explained(
            multiple("SERIES", tr("Series of images, in place of the images"), RASTER, optional=True),
            tr("Rasters of one place in the order of time, one for each date."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("DATES", tr("Dates of the series"), optional=True),
            tr(
                "One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, "
                "else from the names of the files, else 0, 1, 2 …"
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("INPUT_NAMES", tr("Names of the inputs"), optional=True),
            tr("What the network calls its inputs, for example optical,sar. Empty: image, image_2 and so on."),
            advanced=True,
        ),
    ]


def _cutting() -> list[Parameter]:
    """Where chips lie and what of them counts."""
    return [
        explained(
            _number("CHIP_SIZE", tr("Chip size in pixels (0: automatic)")),
            tr("Side of a chip. Automatic: 256, 128, 64 or 32, the largest that leaves enough blocks to deal."),
        ),
        explained(
            _number("STRIDE", tr("Stride in pixels (0: the chip size)")),
            tr("Distance of training chips. Less than the chip size: they overlap. Others never do."),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterString("IGNORE", tr("Labels to ignore"), optional=True),
            tr("Labels that do not count, with commas between: 0,255 or cloud,unknown. Nodata never counts."),
        ),
        explained(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("Only this rectangle is cut. Empty: all."),
            advanced=True,
        ),
    ]


def _splitting() -> list[Parameter]:
    """What becomes of the chips."""
    return [
        explained(
            _words("SPLIT", tr("Split"), SPLITTING),
            tr(
                "spatialblocks: by blocks of ground. field: by the values of a field. none: all chips are for training."
            ),
        ),
        explained(
            _number("BLOCK_SIZE", tr("Block size in pixels (0: automatic)")),
            tr(
                "About the side of a block of ground, at least a chip. Large blocks keep test ground far from training "
                "ground; small ones spread rare classes better."
            ),
        ),
        explained(_share("VALIDATION_SHARE", tr("Share for validation")), tr("Of the labelled pixels, from 0 to 1.")),
        explained(_share("TEST_SHARE", tr("Share for testing")), tr("Of the labelled pixels, from 0 to 1.")),
        explained(
            QgsProcessingParameterString("SPLIT_FIELD", tr("Field of the split"), optional=True),
            tr(
                "For SPLIT = field: a field of the labels, or of the polygons below, with places, events, or train, "
                "validation and test."
            ),
            advanced=True,
        ),
        explained(
            QgsProcessingParameterFeatureSource(
                "SPLIT_LAYER",
                tr("Polygons with that field"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            tr("Empty: the field is one of the labels."),
            advanced=True,
        ),
        explained(
            _number("SEED", tr("Seed")),
            tr("Another number deals the blocks differently; the same one deals the same."),
            True,
        ),
    ]


def _results() -> list[Parameter]:
    """What is written."""
    return [
        QgsProcessingParameterFolderDestination("FOLDER", tr("Folder of the training chips")),
        explained(
            QgsProcessingParameterVectorDestination(
                "FOOTPRINTS",
                tr("Footprints of the chips"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                optional=True,
                createByDefault=True,
            ),
            tr("Where each chip lies, with its split, its block and its pixels of each class."),
        ),
    ]


def _words(name: str, label: str, words: tuple[str, ...]) -> Parameter:
    """A choice of words, the first of which is the default."""
    return QgsProcessingParameterEnum(name, label, options=list(words), defaultValue=words[0], usesStaticStrings=True)


def _number(name: str, label: str) -> Parameter:
    """A number from 0."""
    kind = QgsProcessingParameterNumber.Type.Integer
    return QgsProcessingParameterNumber(name, label, kind, defaultValue=0, minValue=0)


def _share(name: str, label: str) -> Parameter:
    """A share of a fifth."""
    kind = QgsProcessingParameterNumber.Type.Double
    return QgsProcessingParameterNumber(name, label, kind, defaultValue=0.2, minValue=0, maxValue=0.9)


def _listed(given: str) -> tuple[str, ...]:
    """The entries of a list with commas."""
    return tuple(entry for entry in map(str.strip, given.split(",")) if entry)


def _dates_of(layers: list[QgsRasterLayer]) -> tuple[str, ...]:
    """The days on which the layers begin to be shown over time; none where not every layer has one of its own."""
    fixed = Qgis.RasterTemporalMode.FixedTemporalRange
    days = [
        layer.temporalProperties().fixedTemporalRange().begin().date().toString("yyyy-MM-dd")
        for layer in layers
        if layer.temporalProperties().isActive() and layer.temporalProperties().mode() == fixed
    ]
    return tuple(days) if len(days) == len(layers) == len(set(days)) else ()


def _check_files(layers: list[QgsRasterLayer]) -> None:
    """Refuse layers that are no files.

    Raises:
        InputError: One is none.
    """
    for layer in layers:
        if not is_file(layer):
            raise InputError(
                "{layer} is not a file but a layer that {provider} draws. Save it as a GeoTIFF first.",
                layer=layer.name() or source_path(layer),
                provider=layer.providerType(),
            )


def _check_field(name: str, field: str, layer: QgsVectorLayer) -> None:
    """Refuse a field that a layer does not have.

    Raises:
        InputError: It names those that it has.
    """
    known = [each.name() for each in layer.fields()]
    if field not in known:
        raise InputError(
            "{name} is {field}, but the layer {layer} has no such field. It has {known}.",
            name=name,
            field=field or "-",
            layer=layer.name() or source_path(layer),
            known=", ".join(known) or "-",
        )
