"""What all algorithms of Terraloom share: their place in the toolbox, checks, the worker and its errors."""

from __future__ import annotations

import configparser
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingDestinationParameter,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)
from qgis.PyQt.QtCore import NULL
from qgis.PyQt.QtGui import QIcon

from ..engine import VERSION
from ..engine.environment import state
from ..engine.errors import InputError, TerraloomError
from ..engine.outcome import Outcome
from ..engine.requests.words import check_word
from .feedback import FeedbackProgress, is_cancelled
from .figures import Figure, known_values
from .folders import with_folders_opened
from .layers import whole_source
from .outputs import by_field, check_endings, check_not_resumed, check_targets, plain_value, targets
from .parameter_labels import has_dialogs, help_for_dialogs, with_labels
from .reopening import refuse_edited, show_anew
from .styling import expect, result_of
from .texts import tr, word_error

ROOT = Path(__file__).resolve().parents[1]
LAYERS = (QgsProcessingParameterRasterDestination, QgsProcessingParameterVectorDestination)
"""Parameters of results that are layers, which QGIS may load."""


def icon_path(name: str) -> str:
    """The file of one of our icons."""
    return str(ROOT / "resources" / "icons" / f"{name}.svg")


def icon(name: str) -> QIcon:
    """One of our icons."""
    return QIcon(icon_path(name))


def group_name(group: str) -> str:
    """What a group of algorithms is called in the toolbox."""
    groups = {
        "setup": tr("Set up"),
        "map": tr("Map"),
        "explain": tr("Explain"),
        "learn": tr("Learn"),
        "verify": tr("Verify"),
        "models": tr("Models"),
    }
    return groups[group]


@lru_cache(maxsize=1)
def homepage() -> str:
    """Where the documentation lives, as `metadata.txt` says."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["homepage"]


def what_is_missing(tier: str) -> str:
    """What the environment lacks for a tier, in a sentence; empty: nothing, or it needs no environment at all."""
    problem = state.problem(tier) if tier else None
    if problem is None:
        return ""
    return word_error(problem) + ("" if has_dialogs() else " (terraloom:setupenvironment)")


@contextmanager
def worded_errors(algorithm: QgsProcessingAlgorithm) -> Iterator[None]:
    """Turn the engine's errors into QGIS's, in the user's language and with the labels of the algorithm's dialog."""
    try:
        yield
    except TerraloomError as error:
        raise QgsProcessingException(with_labels(word_error(error), algorithm.parameterDefinitions())) from error


def check_words(algorithm: QgsProcessingAlgorithm, parameters, context) -> None:
    """Refuse words that a parameter does not know; inside a model QGIS would take the default, without a word.

    Raises:
        InputError: One is given, or the number of one; it names those that are known.
    """
    for definition in algorithm.parameterDefinitions():
        if not isinstance(definition, QgsProcessingParameterEnum) or not definition.usesStaticStrings():
            continue
        if definition.name() == "MODEL":
            continue  # the algorithm looks itself: MODEL_FILE may count instead
        given = plain_value(parameters.get(definition.name()), context)
        words = given if isinstance(given, (list, tuple)) else [given]
        if definition.allowMultiple():
            words = [part for word in words for part in (word.split(",") if isinstance(word, str) else [word])]
        for word in words:
            if word not in (None, NULL, ""):
                check_word(definition.name(), str(word), definition.options())


def check_names(algorithm: QgsProcessingAlgorithm, parameters) -> None:
    """Refuse parameters that the algorithm does not have: QGIS takes no notice of them, or crashes where it looks.

    Raises:
        InputError: It names one.
    """
    known = {definition.name() for definition in algorithm.parameterDefinitions()}
    for name, value in parameters.items():
        if name not in known and value is not None:
            raise InputError(
                "{name} is no parameter of {algorithm}, so it would do nothing. Leave it out, or look for its name in "
                "“qgis_process help {algorithm}”.",
                name=name,
                algorithm=algorithm.id(),
            )


class TerraloomAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of Terraloom. Those derived say what they take, check it and turn it into a request."""

    GROUP = "map"
    ICON = ""  # its own picture; empty: that of the group
    TIER = "run"  # what the environment must hold for it; empty: it needs none

    def __init__(self) -> None:
        super().__init__()
        self.results: dict[str, Any] = {}
        self.own_names: dict[str, str] = {}  # of results, as QGIS writes them and knows them, by full path
        self.subject = ""  # what result layers are named after
        self.spare: dict[str, str] = {}  # the results that this run makes for the figures alone, and where they go

    def createInstance(self):
        return type(self)()

    def groupId(self):
        return self.GROUP

    def group(self):
        return group_name(self.GROUP)

    def icon(self):
        return icon(self.ICON or self.GROUP)

    def svgIconPath(self):
        return icon_path(self.ICON or self.GROUP)

    def help_text(self) -> str:
        """What it does and what to know of it, in paragraphs that name parameters in capitals."""
        raise NotImplementedError

    def shortHelpString(self):
        return help_for_dialogs(self.help_text(), self.parameterDefinitions())

    def helpUrl(self):
        return f"{homepage()}/blob/main/docs/algorithms.md#{self.name()}"

    def canExecute(self):
        missing = what_is_missing(self.TIER)
        return not missing, missing

    def check(self, parameters, context) -> None:
        """Refuse what cannot work; quick, since QGIS asks each time the user presses Run.

        Raises:
            TerraloomError: It says what to change.
        """
        check_targets(self, parameters, context)
        refuse_edited(targets(self, parameters, context), context.project())

    def refusal(self, parameters, context) -> str:
        """Why it cannot run like this, in one sentence that says what to do; empty where it can."""
        able, missing = self.canExecute()  # of QGIS's ways in, only the toolbox asks this by itself
        if not able:
            return missing
        try:
            check_names(self, parameters)
            self.check(parameters, context)
            check_endings(self, parameters, context)
        except TerraloomError as error:
            return word_error(error)
        return ""

    def image_parameters(self, parameters) -> Sequence[str]:
        """Names of the parameters that hold images, in which a folder stands for the rasters in it.

        Raises:
            InputError: They do not suit each other.
        """
        return ()

    def as_qgis_checks(self, parameters) -> dict[str, Any]:
        """The parameters as QGIS's own checks understand them.

        The rasters of a folder stand in its place, and MODEL is empty where MODEL_FILE counts.

        Raises:
            InputError: There is no raster in a folder.
        """
        for name in self.image_parameters(parameters):
            parameters = with_folders_opened(parameters, name)
        if "MODEL" in parameters and parameters.get("MODEL_FILE"):
            parameters = {**parameters, "MODEL": None}
        return parameters

    def checkParameterValues(self, parameters, context):
        try:
            understood = self.as_qgis_checks(parameters)
        except InputError as error:
            return False, with_labels(word_error(error), self.parameterDefinitions())
        refused = self.refusal(parameters, context)
        if refused:
            return False, with_labels(refused, self.parameterDefinitions())
        sources = {name: whole_source(value, context) for name, value in understood.items()}
        return super().checkParameterValues(sources, context)

    def made_for_figures(self, parameters, context) -> str:
        """Name of the result that brings the figures along where no other is asked for; empty: they need none."""
        return ""

    def spare_results(self, parameters, context) -> dict[str, str]:
        """The results that are made for the figures alone, and where they go.

        Only in models nothing is asked for: QGIS leaves out results that no later step takes.
        """
        name = "" if targets(self, parameters, context) else self.made_for_figures(parameters, context)
        return {name: QgsProcessing.TEMPORARY_OUTPUT} if name else {}

    def prepareAlgorithm(self, parameters, context, feedback):
        with worded_errors(self):
            check_words(self, parameters, context)
            self.spare = self.spare_results(parameters, context)
            check_not_resumed(self, self.spare, parameters, context)
            parameters = {**parameters, **self.spare}
        refused = self.refusal(parameters, context)  # a model of the modeler asks nothing before it runs
        if refused:
            raise QgsProcessingException(with_labels(refused, self.parameterDefinitions()))
        with worded_errors(self):
            self.prepare(parameters, context, feedback)
        return True

    def prepare(self, parameters, context, feedback) -> None:
        """Take from the layers what the run needs; they may not be touched outside QGIS's main thread."""

    def processAlgorithm(self, parameters, context, feedback):
        feedback.pushInfo(f"Terraloom {VERSION}")
        with worded_errors(self):
            results = self.process({**parameters, **self.spare}, context, feedback)
            if self.spare:
                feedback.pushInfo(tr("No result was asked for, so that the figures are all that is kept."))
            for name in self.spare:
                _remove_spare(results.get(name))
        kept = {name: value for name, value in results.items() if name not in self.spare}
        self.results = {name: self.own_names.get(value, value) for name, value in kept.items()}
        return self.results

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        """Do the work, in a thread of Processing, and return the outputs by name.

        Raises:
            TerraloomError: It says what went wrong; `CancelledError` where the user stopped the run.
        """
        raise NotImplementedError

    def wanted_files(self, parameters, context) -> dict[str, str]:
        """Where each result that is wanted goes, in full, under its name in requests."""
        places = {name: self._place(name, parameters, context) for name in targets(self, parameters, context)}
        self.own_names |= {os.path.abspath(place): place for place in places.values()}
        return by_field({name: os.path.abspath(place) for name, place in places.items()})

    def _place(self, name: str, parameters, context) -> str:
        """Where a result goes, as QGIS writes it: a layer, which QGIS will load, or a file that is none."""
        if isinstance(self.parameterDefinition(name), LAYERS):
            return self.parameterAsOutputLayer(parameters, name, context)
        return self.parameterAsFileOutput(parameters, name, context)

    def figures(self) -> Sequence[Figure]:
        """What it gives beside files."""
        return ()

    def declare_figures(self) -> None:
        """Add an output for each figure; those derived call it when they have added their parameters."""
        for figure in self.figures():
            self.addOutput(figure.definition())

    def results_of(self, outcome: Outcome) -> dict[str, Any]:
        """The outputs for a job's outcome: the files that it wrote, and the figures that are known."""
        files = {name.upper(): path for name, path in outcome.outputs.items()}
        return {**files, **known_values(self.figures(), outcome.metrics)}

    def label_of(self, definition: QgsProcessingDestinationParameter) -> str:
        """What people call the layer that a run gave for a parameter."""
        return definition.description()

    def postProcessAlgorithm(self, context, feedback):
        loaded = []
        for definition in self.destinationParameterDefinitions():
            path = self.results.get(definition.name())
            if path:
                show_anew(path, context.project())
            if path and context.willLoadLayerOnCompletion(path):
                usual, label = definition.description(), self.label_of(definition)
                loaded.append(result_of(self, definition, path, usual, label))
        expect(loaded, self.subject, context)
        return self.results


def _remove_spare(place: str | None) -> None:
    """Delete a result that was made for the figures alone, with the files of its name."""
    if place:
        path = Path(place)
        for file in path.parent.glob(f"{path.stem}.*"):  # QGIS gives each temporary result a folder of its own
            file.unlink(missing_ok=True)


def run_in_worker(task: str, request: Any, feedback: QgsProcessingFeedback) -> Outcome:
    """Have the worker do a task.

    Raises:
        TerraloomError: The worker's own, or what befell it; `CancelledError` where the user stopped the run.
    """
    from ..engine.worker import pool

    progress, wants_to_stop = FeedbackProgress(feedback), partial(is_cancelled, feedback)
    return pool.run_task(state.worker_python(), task, request, progress, wants_to_stop)
