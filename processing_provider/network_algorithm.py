"""What algorithms share that run a network over rasters: parameters, and the way from layers to layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
)

from ..engine.errors import CancelledError, InputError, WorkerError
from ..engine.library.card import ModelCard
from ..engine.library.installed import any_model
from ..engine.requests.card_fields import CardFields
from ..engine.requests.model_info import ModelInfo
from ..engine.requests.network_run import NetworkRun
from ..engine.results.workspace import can_be_resumed
from . import parameters as declared
from .algorithm import TerraloomAlgorithm, run_in_worker
from .figures import Figure
from .layers import check_has_features, is_file, raster_layers, source_path, subject_of, vector_layer
from .network_run import check_extent, check_settings, input_names, model_path, read, sketch
from .outputs import by_field, check_no_input_is_overwritten, check_resumable, targets
from .parameter_labels import with_labels
from .rendering import Rendering, check_bounded, write
from .texts import tr, word_error


def shared_figures() -> Sequence[Figure]:
    """Figures of maps; several algorithms give some of them."""
    return (
        Figure("AREA_HA", tr("Area of all classes but the background (ha)"), "mapped_hectares"),
        Figure("EVENT_HA", tr("Area where the event was seen (ha)"), "hectares"),
        Figure("EVENT_AREAS", tr("Event areas found, where POLYGONS are asked for"), "areas"),
        Figure("VIOLATING_SHARE", tr("Share of the flooded pixels beside dry ground that lie above it (0–1)")),
        Figure("FRONTS", tr("Fronts found, where FRONT is asked for")),
        Figure("MOVED_M", tr("How far the last front lies before the first (m; below 0: it went back)")),
        Figure("LENGTH_M", tr("Length of all lines (m)")),
        Figure("LINES", tr("Lines found")),
        Figure("CONNECTED_PARTS", tr("Connected parts of the network")),
        Figure("OBJECTS", tr("Objects found")),
        Figure("UNFAMILIAR_SHARE", tr("Share of tiles unlike those of the training, where known (0–1)")),
    )


class NetworkAlgorithm(TerraloomAlgorithm):
    """An algorithm that runs a network over rasters. Those derived name its tasks and build the request."""

    TASKS: tuple[str, ...] = ()
    JOB = ""
    FIRST_INPUT = "INPUT"  # the parameter that is the model's first input
    FIGURES: tuple[str, ...] = ()  # those of `shared_figures` that it gives

    def __init__(self) -> None:
        super().__init__()
        self.run_of_network: NetworkRun | None = None
        self.renderings: list[Rendering] = []

    @staticmethod
    def suits(card: ModelCard) -> bool:
        """Whether the algorithm can run a model of its tasks."""
        return any_model(card)

    def first_input(self) -> QgsProcessingParameterDefinition:
        """The parameter that is the model's first input."""
        return declared.inputs()

    def input_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        """The parameters that come first: the images."""
        return (self.first_input(),)

    def image_parameters(self, parameters) -> Sequence[str]:
        return input_names(parameters, self.FIRST_INPUT)

    def read_inputs(self, parameters) -> Sequence[str]:
        """Names of the parameters that are the model's inputs, in order; those that are not given, too."""
        return self.image_parameters(parameters)

    def model_choice(self) -> QgsProcessingParameterDefinition:
        """The parameter that is one of the installed models."""
        return declared.model(self.TASKS, self.suits)

    def model_file(self) -> QgsProcessingParameterDefinition:
        """The parameter that takes a network of the user's own."""
        return declared.model_file()

    def model(self, parameters, context) -> Path:
        """The network to run.

        Raises:
            ModelError: There is none, or it is not installed.
        """
        return model_path(self, parameters, context, self.TASKS, self.suits)

    def own_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        """What this algorithm asks beyond the common parameters."""
        return ()

    def advanced_inputs(self) -> Sequence[QgsProcessingParameterDefinition]:
        """The images that few models read."""
        return ()

    def bands(self) -> QgsProcessingParameterDefinition:
        """The parameter that tells which raster band feeds which band of the model."""
        return declared.bands()

    def advanced_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        """What it asks beyond the common advanced parameters."""
        return ()

    def result_parameters(self) -> Sequence[QgsProcessingParameterDefinition]:
        """What it writes."""
        raise NotImplementedError

    def request(self, run: NetworkRun, files: dict[str, str], parameters, context) -> Any:
        """Build the request from the run, the path of each output by field name, and the own parameters."""
        raise NotImplementedError

    def check_request(self, request: Any, parameters, context) -> None:
        """Refuse what the request, which has checked itself, can only tell with the card of the model."""

    def figures(self) -> Sequence[Figure]:
        return [figure for figure in shared_figures() if figure.output in self.FIGURES]

    def made_for_figures(self, parameters, context) -> str:
        return "OUTPUT"

    def card_fields(self, parameters, context) -> CardFields:
        """What the user says of a model that says nothing itself; algorithms that do not ask know nothing."""
        return CardFields()

    def initAlgorithm(self, configuration=None):
        for parameter in (
            *self.input_parameters(),
            self.model_choice(),
            self.model_file(),
            *self.own_parameters(),
            *declared.area_of_interest(),
            *self.advanced_inputs(),
            self.bands(),
            *declared.network_settings(),
            *self.advanced_parameters(),
            *self.result_parameters(),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        if not targets(self, parameters, context):
            raise InputError("No result is asked for. Choose at least one output, for example OUTPUT.")
        check_settings(self, parameters, context)
        model = self.model(parameters, context)
        check_resumable(self, parameters, context)
        names = self.image_parameters(parameters)
        layers = [layer for name in names for layer in raster_layers(self, name, parameters, context)]
        mask = vector_layer(self, "MASK", parameters, context)
        if mask is not None:
            check_has_features("MASK", mask, self.parameterAsSource(parameters, "MASK", context))
        read_files = [source_path(layer) for layer in (*layers, *([mask] if mask else []))]
        check_no_input_is_overwritten(self, parameters, context, read_files)
        if not parameters.get("EXTENT"):
            for layer in layers:
                if not is_file(layer):
                    check_bounded(layer)
        check_extent(self, parameters, context, layers)
        fields = self.card_fields(parameters, context)
        run = sketch(self, parameters, context, self.read_inputs(parameters), model, fields)
        request = self.request(run, by_field(targets(self, parameters, context)), parameters, context)
        self.check_request(request, parameters, context)

    def prepare(self, parameters, context, feedback) -> None:
        fields = self.card_fields(parameters, context)
        names = self.read_inputs(parameters)
        model = self.model(parameters, context)
        self.run_of_network, self.renderings = read(self, parameters, context, feedback, names, model, fields)
        first = self.image_parameters(parameters)[0]
        self.subject = subject_of(first, raster_layers(self, first, parameters, context))

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        try:
            self._render(feedback)
            request = self.request(self.run_of_network, files, parameters, context)
            outcome = run_in_worker(self.JOB, request, feedback)
        except (WorkerError, CancelledError) as error:
            if not can_be_resumed(map(Path, files.values())):
                raise
            kept = tr(
                "What is finished was kept: run it again with the same parameters, and it goes on from there. "
                "THREADS and MAX_MEMORY_MB may differ."
            )
            said = f"{word_error(error)}\n{kept}"
            raise QgsProcessingException(with_labels(said, self.parameterDefinitions())) from error
        finally:
            for rendering in self.renderings:
                Path(rendering.path).unlink(missing_ok=True)
        return self.results_of(outcome)

    def _render(self, feedback: QgsProcessingFeedback) -> None:
        """Write the inputs that are no files, at the pixel size that the model works at."""
        if not self.renderings:
            return
        card_file = Path(QgsProcessingUtils.generateTempFilename("card.json"))
        model, says = self.run_of_network.model, self.run_of_network.card
        run_in_worker("model_info", ModelInfo(model, card=str(card_file), says=says), feedback)
        resolution_m = says.resolution_m or ModelCard.from_file(card_file).inputs[0].resolution_m
        for rendering in self.renderings:
            write(rendering, resolution_m, feedback)
