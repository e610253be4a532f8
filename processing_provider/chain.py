"""Offers a chain of our algorithms, as the graphical modeler has written it, among the algorithms themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelOutput,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
)

from ..engine.environment.lock import TIERS
from ..engine.errors import TerraloomError
from .algorithm import group_name, homepage, icon, icon_path, what_is_missing, worded_errors
from .fields import check_field
from .folders import with_folders_opened
from .layers import raster_layers, source_path
from .outputs import check_endings, check_no_input_is_overwritten, check_targets, targets
from .parameter_labels import help_for_dialogs, with_labels
from .parameters import FIELD_CHOOSER
from .reopening import refuse_edited
from .styling import expect, result_of
from .texts import tr, word_error

ONE_LAYER = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)
"""Parameters that hold a single layer."""

LEARNT, TRUTH = "LABELS", "REFERENCE"
"""Inputs of a chain that should not be the same: what a network learns from, and what its map is held against."""


DESCRIPTION = "ALG_DESC"
"""What the modeler calls the text on a model as a whole, beside those on its parameters."""

SHOWN_FIRST = (QgsProcessingParameterRasterDestination, QgsProcessingParameterVectorDestination)
"""Kinds of results, in order; pages and other files come after them."""


class Chain(QgsProcessingModelAlgorithm):
    """A chain with a plain id: its name is that of its file, and what people read is the name that stands in it.

    Args:
        path: The `.model3` file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.is_read = self.fromFile(str(path))
        self.setSourceFilePath(str(path))  # without it QGIS tells no command that runs the chain, and keeps no history
        self.subject = ""  # what result layers are named after
        self.earlier: set[str] = set()  # layers that QGIS loads of other steps, where the chain is one of a model's
        steps = self._steps()
        needed = [getattr(step.algorithm(), "TIER", "") for step in steps]
        self.TIER = next((tier for tier in reversed(TIERS) if tier in needed), "")
        self._order_results(steps)
        labelled, told = self.parameterDefinitions(), self.helpContent()
        for definition in labelled:
            definition.setDescription(tr(definition.description()))
            own = told.get(definition.name(), "")  # where the step's would promise what the chain cannot do
            definition.setHelp(tr(own) if own else _tooltip(definition.name(), steps))
            if isinstance(definition, QgsProcessingParameterField):  # QGIS's own box chooses the first: the key, fid
                definition.setMetadata(FIELD_CHOOSER)
        self.setHelpContent({DESCRIPTION: help_for_dialogs(tr(told.get(DESCRIPTION, "")), labelled)})

    def _steps(self) -> list[QgsProcessingModelChildAlgorithm]:
        """The steps in the order in which the drawing of the model has them, from above to below.

        QGIS makes each step's algorithm anew with every call.
        """
        return sorted(self.childAlgorithms().values(), key=lambda step: step.position().y())

    def _order_results(self, steps: Sequence[QgsProcessingModelChildAlgorithm]) -> None:
        """Let results stand in the order of maps, areas, then pages and models, and in that of the steps in each."""
        results = [each for step in steps for each in _by_place(step.modelOutputs().values())]
        found = [self.parameterDefinition(f"{each.childId()}:{each.name()}") for each in results]
        for definition in sorted((each.clone() for each in found if each is not None), key=_rank):
            self.removeParameter(definition.name())
            self.addParameter(definition)

    def createInstance(self):
        return Chain(self.path)

    def name(self):
        return self.path.stem

    def displayName(self):
        return tr(super().name())

    def groupId(self):
        return super().group().lower()

    def group(self):
        return group_name(self.groupId())

    def icon(self):
        return icon(self.groupId())

    def svgIconPath(self):
        return icon_path(self.groupId())

    def tags(self):
        steps = self._steps()  # each must outlive what it is asked for
        known = [tag for step in steps if step.algorithm() is not None for tag in step.algorithm().tags()]
        return [*tr("chain,model,workflow,satellite").split(","), *dict.fromkeys(known)]

    def helpUrl(self):
        return f"{homepage()}/blob/main/docs/algorithms.md#{self.name()}"

    def canExecute(self):
        able, why = super().canExecute()
        missing = what_is_missing(self.TIER)
        return able and not missing, why or missing

    def checkParameterValues(self, parameters, context):
        able, why = self.canExecute()
        if not able:
            return False, why
        try:  # each step checks what it reads and writes itself, but only when its turn comes
            parameters = self._with_folders_opened(parameters)
            check_targets(self, parameters, context)
            refuse_edited(targets(self, parameters, context), context.project())
            read = [path for paths in self._read(parameters, context).values() for path in paths]
            check_no_input_is_overwritten(self, parameters, context, read)
            check_endings(self, parameters, context)
            self._check_fields(parameters, context)
        except TerraloomError as error:
            return False, with_labels(word_error(error), self.parameterDefinitions())
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(self, parameters, context, feedback):
        self.earlier = set(context.layersToLoadOnCompletion())
        read = self._read(parameters, context)
        if set(read.get(LEARNT, ())) & set(read.get(TRUTH, ())):
            feedback.pushWarning(
                tr(
                    "The map is assessed against the labels that the network learns from, so the figures will be "
                    "better than those of any place that it has not seen. Choose a reference of its own."
                )
            )
        with worded_errors(self):
            self.subject = self._first_image(parameters, context)
        return super().prepareAlgorithm(parameters, context, feedback)

    def postProcessAlgorithm(self, context, feedback):
        loads = context.layersToLoadOnCompletion()
        paths = {details.name: path for path, details in loads.items() if path not in self.earlier}
        loaded = []
        for definition in self.destinationParameterDefinitions():
            usual = definition.name().rpartition(":")[2]  # QGIS names layers of a model by its names of the results
            if usual in paths:
                loaded.append(result_of(self, definition, paths[usual], usual, definition.description()))
        expect(loaded, self.subject, context)
        return {}

    def _with_folders_opened(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The parameters with the rasters of each folder in its place, as QGIS's own checks understand them.

        Raises:
            InputError: There is no raster in a folder.
        """
        for definition in self.parameterDefinitions():
            if isinstance(definition, QgsProcessingParameterMultipleLayers):
                parameters = with_folders_opened(parameters, definition.name())
        return parameters

    def _first_image(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Name of the first image that is given.

        Raises:
            InputError: It cannot be opened.
        """
        for definition in self.parameterDefinitions():
            name = definition.name()
            if isinstance(definition, QgsProcessingParameterMultipleLayers) and parameters.get(name):
                return raster_layers(self, name, parameters, context)[0].name()
        return ""

    def _check_fields(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse fields that their layers do not have.

        Raises:
            InputError: It names those that they have.
        """
        for definition in self.parameterDefinitions():
            if isinstance(definition, QgsProcessingParameterField):
                layer = self.parameterAsVectorLayer(parameters, definition.parentLayerParameterName(), context)
                field = self.parameterAsString(parameters, definition.name(), context)
                if layer is not None and field:
                    check_field(definition.name(), field, layer)

    def _read(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, list[str]]:
        """Files of the layers that are given, by parameter."""
        found: dict[str, list[str]] = {}
        for definition in self.parameterDefinitions():
            name = definition.name()
            if isinstance(definition, QgsProcessingParameterMultipleLayers):
                layers = self.parameterAsLayerList(parameters, name, context)
            elif isinstance(definition, ONE_LAYER):
                layers = [self.parameterAsLayer(parameters, name, context)]
            else:
                continue
            found[name] = [source_path(layer) for layer in layers if layer is not None]
        return found


def _by_place(results: Iterable[QgsProcessingModelOutput]) -> list[QgsProcessingModelOutput]:
    """The results of a step in the order in which the drawing of the model has them, from left to right."""
    return sorted(results, key=lambda each: each.position().x())


def _rank(definition: QgsProcessingParameterDefinition) -> int:
    """Place of a result's kind among the others."""
    return next((rank for rank, kind in enumerate(SHOWN_FIRST) if isinstance(definition, kind)), len(SHOWN_FIRST))


def _tooltip(name: str, steps: Sequence[QgsProcessingModelChildAlgorithm]) -> str:
    """What the step says of a chain's parameter that takes it first, or that makes the result."""
    for step in steps:
        for result in step.modelOutputs().values():
            if f"{result.childId()}:{result.name()}" == name:
                return _help(step, result.childOutputName())
        for parameter, sources in step.parameterSources().items():
            if any(each.parameterName() == name or f"@{name}," in each.expression() for each in sources):
                return _help(step, parameter)
    return ""


def _help(step: QgsProcessingModelChildAlgorithm, name: str) -> str:
    """Tooltip of a step's parameter, in the user's language."""
    definition = step.algorithm().parameterDefinition(name) if step.algorithm() is not None else None
    return definition.help() if definition is not None else ""
