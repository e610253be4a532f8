"""Make training chips: squares of images with their labels, dealt to training, validation and test."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessingFeatureSourceDefinition,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...engine.errors import InputError, OutputError
from ...engine.requests.make_training_chips import MakeTrainingChips, VectorSource
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..chip_parameters import cutting, results, sources, splitting
from ..class_styles import class_styles
from ..fields import check_field
from ..figures import Figure
from ..folders import entries_of, with_folders_opened
from ..layers import (
    check_is_file,
    check_is_raster_or_vector,
    day_of,
    named_layers,
    raster_file,
    raster_file_layers,
    source_path,
    subject_of,
    vector_layer,
    whole_source,
)
from ..network_run import requested_extent
from ..outputs import check_no_input_is_overwritten, target
from ..parameters import full_path, text
from ..texts import tr
from ..vector_files import vector_file

INPUTS = ("INPUT", "INPUT_2", "INPUT_3", "INPUT_4")
RASTERS = (*INPUTS, "SERIES")


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
            "training,chips,samples,labels,tiles,dataset,split,cross-validation,spatial block,deep learning,"
            "export training data,annotation"
        ).split(",")

    def shortDescription(self):
        return tr("Cuts images and labels into chips that networks are trained, validated and tested with.")

    def help_text(self):
        return tr(
            "Cuts images and their labels into square chips, and deals these to training, validation and test. “Train "
            "a model” takes the folder.\n\n"
            "Labels are features with a class in a field (polygons, lines, points), or rasters of classes. Where "
            "nothing is labelled, nothing counts: a few polygons will do. If the labels are complete, as footprints of "
            "houses or roads may be, name the rest in BACKGROUND, and it is a class. Lines are a pixel wide unless "
            "WIDTH says otherwise. Names and colours of the classes are those that the layer of labels has in QGIS, or "
            "those of a style file in LEGEND. With TARGET = values the labels are measurements, or the image of "
            "another sensor."
            "\n\n"
            "Several images in INPUT are taken together; where they overlap, the earlier one shows. Images without a "
            "place on earth need labels of the same size with the same name, or in the same order. INPUT_2 to INPUT_4 "
            "are further inputs of the network, another sensor for example; they are brought to the grid of the first. "
            "For a series of images of one place use SERIES in place of INPUT; beside it, INPUT_2 to INPUT_4 are "
            "images that count for every date, for example of the terrain.\n\n"
            "Ground that lies next to each other looks alike. So that a network is not judged by what it has seen, "
            "spatialblocks divides the ground into blocks and deals whole blocks, each class to each split where that "
            "is possible. field deals by the values of SPLIT_FIELD, places or events, or takes them as splits if they "
            "are train, validation and test. none leaves all to training.\n\n"
            "The log tells the pixels of each class in each split, and names classes that a split lacks. If there are "
            "such, choose smaller blocks or another seed, or label more places.\n\n"
            "Each chip is a GeoTIFF that can be looked at; chips.json tells what is in the folder. A folder that holds "
            "something is never overwritten."
        )

    def image_parameters(self, parameters) -> Sequence[str]:
        return *RASTERS, "LABELS"

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("CHIPS", tr("Number of chips")),
            Figure("CLASSES", tr("Number of classes")),
        )

    def initAlgorithm(self, configuration=None):
        for parameter in (*sources(), *cutting(), *splitting(), *results()):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        folder = target(parameters.get("FOLDER"), context)
        if os.path.isdir(folder) and os.access(folder, os.R_OK) and os.listdir(folder):
            raise OutputError(
                "FOLDER is {path}, which is not empty, and nothing in it will be replaced. Choose a new folder, or "
                "delete what is in this one.",
                path=folder,
            )
        labels = self._labels(parameters, context)
        read = [layer for name in RASTERS for layer in self._rasters(name, parameters, context)] + labels
        polygons = vector_layer(self, "SPLIT_LAYER", parameters, context)
        files = [source_path(layer) for layer in (*read, *([polygons] if polygons else []))]
        check_no_input_is_overwritten(self, parameters, context, files)
        self._check_fields(labels[0], parameters, context)
        legend = full_path(self, "LEGEND", parameters, context)
        if legend and not os.path.isfile(legend):
            raise InputError("There is no file {path}. Check LEGEND.", path=legend)
        settings = self._settings(parameters, context, source_path)
        MakeTrainingChips(folder, **settings, **self._sketched(labels, parameters, context))

    def prepare(self, parameters, context, feedback) -> None:
        labels = self._labels(parameters, context)
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        self.asked = {**self._settings(parameters, context, raster_file), "styles": class_styles(labels[0], field)}
        if isinstance(labels[0], QgsVectorLayer):
            given = entries_of(parameters["LABELS"])
            selected = [each for each in given if isinstance(each, QgsProcessingFeatureSourceDefinition)]
            read = {**parameters, "LABELS": (selected or labels)[0]}
            path, layer = vector_file(self, "LABELS", read, context, feedback)
            self.asked["features"] = VectorSource(path, layer, field)
            self.asked["groups"] = VectorSource(path, layer, group_field) if group_field else None
        else:
            self.asked["labels"] = tuple(map(raster_file, labels))
        if parameters.get("SPLIT_LAYER"):
            source = vector_file(self, "SPLIT_LAYER", parameters, context, feedback)
            self.asked["groups"] = VectorSource(*source, group_field)
        first = "SERIES" if self._rasters("SERIES", parameters, context) else "INPUT"
        self.subject = subject_of(first, self._rasters(first, parameters, context))

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = MakeTrainingChips(**self.wanted_files(parameters, context), **self.asked)
        outcome = run_in_worker("make_training_chips", request, feedback)
        return self.results_of(outcome)

    def _settings(self, parameters, context, file: Callable[[QgsRasterLayer], str]) -> dict[str, Any]:
        """What the request takes from rasters (of each what `file` makes of it), numbers and words."""
        series = self._rasters("SERIES", parameters, context)
        images = [self._rasters(name, parameters, context) for name in INPUTS]
        if series and images[0]:
            raise InputError("INPUT and SERIES are both given. A series stands in place of INPUT: leave one empty.")
        if not series and not images[0]:
            raise InputError("There is no image. Choose at least one in INPUT, or a series in SERIES.")
        first = (series or images[0])[0]
        return {
            "inputs": tuple(tuple(map(file, layers)) for layers in images if layers),
            "series": tuple(map(file, series)),
            "dates": _listed(text(self, "DATES", parameters, context)) or _dates_of(series),
            "target": self.parameterAsEnumString(parameters, "TARGET", context),
            "ignored": _listed(text(self, "IGNORE", parameters, context)),
            "background": text(self, "BACKGROUND", parameters, context),
            "width_m": self.parameterAsDouble(parameters, "WIDTH", context),
            "chip_px": self.parameterAsInt(parameters, "CHIP_SIZE", context),
            "stride_px": self.parameterAsInt(parameters, "STRIDE", context),
            "split": self.parameterAsEnumString(parameters, "SPLIT", context),
            "block_px": self.parameterAsInt(parameters, "BLOCK_SIZE", context),
            "validation_share": self.parameterAsDouble(parameters, "VALIDATION_SHARE", context),
            "test_share": self.parameterAsDouble(parameters, "TEST_SHARE", context),
            "seed": self.parameterAsInt(parameters, "SEED", context),
            "extent": requested_extent(self, parameters, context, first.crs()),
            "names": _listed(text(self, "INPUT_NAMES", parameters, context)),
            "legend": full_path(self, "LEGEND", parameters, context),
        }

    def _sketched(self, labels: list[QgsMapLayer], parameters, context) -> dict[str, Any]:
        """Labels and groups as far as the request's own checks need them, without copying any layer."""
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        vector = isinstance(labels[0], QgsVectorLayer)
        elsewhere = parameters.get("SPLIT_LAYER")
        grouped = VectorSource("" if elsewhere else source_path(labels[0]), "", group_field)
        return {
            "labels": () if vector else tuple(map(source_path, labels)),
            "features": VectorSource(source_path(labels[0]), "", field) if vector else None,
            "groups": grouped if group_field or elsewhere else None,
        }

    def _check_fields(self, labels: QgsMapLayer, parameters, context) -> None:
        """Refuse fields that are not there.

        Raises:
            InputError: It names those that are.
        """
        field, group_field = (text(self, name, parameters, context) for name in ("CLASS_FIELD", "SPLIT_FIELD"))
        if isinstance(labels, QgsVectorLayer):
            check_field("CLASS_FIELD", field, labels, parameters["LABELS"])
        elif field:
            raise InputError(
                "CLASS_FIELD is {field}, but LABELS are rasters, which have no fields. Leave CLASS_FIELD empty.",
                field=field,
            )
        if self.parameterAsEnumString(parameters, "SPLIT", context) != "field":
            return
        polygons = vector_layer(self, "SPLIT_LAYER", parameters, context)
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
        check_field("SPLIT_FIELD", group_field, groups, parameters["LABELS" if polygons is None else "SPLIT_LAYER"])

    def _labels(self, parameters, context) -> list[QgsMapLayer]:
        """The layer of features, or the rasters, that hold the labels.

        Raises:
            InputError: There are none, or of both kinds, or one cannot be opened, or is a raster that is no file.
        """
        parameters = with_folders_opened(parameters, "LABELS")
        value = whole_source(parameters.get("LABELS"), context)
        for path, layer in named_layers(value, context):
            check_is_raster_or_vector("LABELS", path, layer)
        layers = self.parameterAsLayerList({**parameters, "LABELS": value}, "LABELS", context)
        vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
        rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
        if len(vectors) > 1 or (vectors and rasters) or not (vectors or rasters):
            raise InputError(
                "LABELS holds {vectors} vector layers and {rasters} rasters. Choose one vector layer, or one raster or "
                "more. Several vector layers can be merged first.",
                vectors=len(vectors),
                rasters=len(rasters),
            )
        for raster in rasters:
            check_is_file("LABELS", raster)
        return vectors or rasters

    def _rasters(self, name: str, parameters, context) -> list[QgsRasterLayer]:
        """The rasters of a parameter, if it is given.

        Raises:
            InputError: One cannot be opened, or is no file.
        """
        return raster_file_layers(self, name, parameters, context) if parameters.get(name) else []


def _listed(given: str) -> tuple[str, ...]:
    """The entries of a list with commas."""
    return tuple(entry for entry in map(str.strip, given.split(",")) if entry)


def _dates_of(layers: list[QgsRasterLayer]) -> tuple[str, ...]:
    """The days on which the layers begin to be shown over time; none where not every layer has one of its own."""
    days = [day for day in map(day_of, layers) if day]
    return tuple(days) if len(days) == len(layers) == len(set(days)) else ()
