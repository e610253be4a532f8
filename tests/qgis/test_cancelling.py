"""Cancel is heard while the worker is waited for, also where QGIS waits in the thread of its windows."""

import pytest
from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingMultiStepFeedback,
)
from qgis.PyQt.QtCore import QTimer
from terraloom.engine.errors import CancelledError
from terraloom.engine.outcome import Outcome
from terraloom.engine.worker import pool


@pytest.fixture
def dialog():
    """The feedback of a dialog whose Cancel is clicked as soon as windows take clicks again."""
    feedback = QgsProcessingFeedback(False)
    QTimer.singleShot(0, feedback.cancel)
    return feedback


@pytest.fixture
def run(algorithm, home, context, make_raster, monkeypatch):
    """Runs an algorithm whose worker is silent for a while; whether it was stopped."""

    def run_task(python, task, request, progress, is_cancelled):
        if any(is_cancelled() for _ in range(20)):
            raise CancelledError()
        return Outcome({}, {})

    def run(feedback):
        given = {"MODEL": "stub-landuse", "INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"}
        _, succeeded = algorithm("segmentlanduse").run(given, context, feedback)
        return not succeeded

    monkeypatch.setattr(pool, "run_task", run_task)
    return run


def test_a_batch_is_cancelled_while_the_worker_is_silent(run, dialog, has_dialog):
    assert run(QgsProcessingMultiStepFeedback(2, dialog)) == has_dialog


def test_a_model_is_cancelled_while_the_worker_of_a_step_is_silent(run, dialog, has_dialog, context, make_raster):
    """Models make the feedback of their steps in C++."""
    model = QgsProcessingModelAlgorithm("chain", "test")
    step = QgsProcessingModelChildAlgorithm("terraloom:segmentlanduse")
    step.setChildId("step")
    for name, value in {"INPUT": make_raster(), "MODEL": "stub-landuse"}.items():
        step.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
    output = QgsProcessingModelOutput("MAP", "MAP")
    output.setChildOutputName("OUTPUT")
    output.setChildId("step")
    step.setModelOutputs({"MAP": output})
    model.addChildAlgorithm(step)
    model.updateDestinationParameters()
    (name,) = (each.name() for each in model.destinationParameterDefinitions())
    _, succeeded = model.run({name: "TEMPORARY_OUTPUT"}, context, dialog)
    assert succeeded != has_dialog


def test_scripts_are_not_interrupted_by_clicks(run, dialog, has_dialog):
    assert not run(dialog)
