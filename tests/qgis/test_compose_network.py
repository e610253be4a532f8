"""Composing a network in QGIS: the choices reach the worker, and the dialog tells at once what comes of them."""

import json
import threading
import time

import pytest
from qgis.core import QgsProcessingContext
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QApplication
from terraloom.engine.errors import CancelledError, ModelError
from terraloom.engine.outcome import Outcome
from terraloom.engine.requests.compose_network import ComposedInput, ComposeNetwork

pytest_plugins = ["real_worker"]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="{}"/></svg>'
DRAWINGS = {"light": SVG.format("#fff"), "dark": SVG.format("#000")}
FIGURES = {"parameters": 1754338, "flops_per_px": 269120.0, "stride_px": 8, "radius_px": 44, "outputs": 2}
PATIENCE_S = 20


class Answers:
    """Stands in for the worker: keeps the requests, and answers when it may."""

    def __init__(self):
        self.requests = []
        self.error = None
        self.free = threading.Event()
        self.free.set()
        self.given_up = False

    def __call__(self, python, task, request, progress, is_cancelled):
        assert task == "compose_network"
        self.requests.append(request)
        while not self.free.wait(0.01):
            if is_cancelled():
                self.given_up = True
                raise CancelledError()
        if self.error is not None:
            raise self.error
        outputs = {name: getattr(request, name) for name in ("output", "report") if getattr(request, name)}
        metrics = {**FIGURES, "parameters": request.width * 1000, "seams": "exact", "global_operations": []}
        return Outcome(outputs, {**metrics, "drawings": DRAWINGS})


@pytest.fixture
def learning(home):
    """The record of an environment that holds the packages for learning."""
    import sys

    from terraloom.engine.environment import lock, state

    state.write(state.State(sys.executable, "3.11", "learn", lock.digest("learn")))


@pytest.fixture
def worker(monkeypatch, learning):
    from terraloom.engine.worker import pool

    answers = Answers()
    monkeypatch.setattr(pool, "run_task", answers)
    yield answers
    answers.free.set()


# --- The algorithm -----------------------------------------------------------------------------------------------


def test_what_the_user_chooses_reaches_the_worker(algorithm, context, feedback, worker, tmp_path):
    output, report = tmp_path / "spec.json", tmp_path / "report.html"
    chosen = {
        **{"ENCODER": "resnet", "NECK": "over_time+unet", "HEAD": "regression", "FUSION": "middle"},
        **{"BANDS": "a=4;b=2", "DATES": "a=0,5", "CLASSES": 3, "WIDTH": 16, "DEPTH": 5, "OBJECTIVES": "l1=2"},
        **{"OUTPUT": str(output), "REPORT": str(report)},
    }
    results, succeeded = algorithm("composenetwork").run(chosen, context, feedback)
    assert succeeded, feedback.errors
    (request,) = worker.requests
    assert request == ComposeNetwork(
        inputs=(ComposedInput("a", 4, (0, 5)), ComposedInput("b", 2)),
        encoder="resnet",
        neck="over_time+unet",
        head="regression",
        fusion="middle",
        classes=3,
        width=16,
        depth=5,
        objectives="l1=2",
        output=str(output),
        report=str(report),
    )
    assert results == {
        **{"OUTPUT": str(output), "REPORT": str(report), "SEAMS": "exact"},
        **{"PARAMETERS": 16000, "FLOPS_PER_PIXEL": 269120.0, "RADIUS": 44, "STRIDE": 8},
    }


def test_the_defaults_are_a_network(algorithm, context, feedback, worker):
    results, succeeded = algorithm("composenetwork").run({}, context, feedback)
    assert succeeded and worker.requests == [ComposeNetwork()]
    assert "OUTPUT" not in results


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"ENCODER": "magic"}, "ENCODER is magic"),
        ({"NECK": "unet+magic"}, "NECK has the entry magic"),
        ({"BANDS": "many"}, "BANDS has the number many"),
        ({"DATES": "soon"}, "DATES has the entry soon"),
        ({"OBJECTIVES": "dice=x"}, "dice=1"),
        ({"SPEC": "none.json"}, "no spec file"),
        ({"OUTPUT": "spec.txt"}, "ends in .json"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, worker, chosen, words):
    accepted, sentence = algorithm("composenetwork").checkParameterValues(chosen, context)
    assert not accepted and words in sentence
    assert worker.requests == []


def test_a_spec_is_not_written_over(algorithm, context, worker, tmp_path):
    path = tmp_path / "spec.json"
    path.write_text('{"encoder": {}}')
    accepted, sentence = algorithm("composenetwork").checkParameterValues(
        {"SPEC": str(path), "OUTPUT": str(path)}, context
    )
    assert not accepted and "also an input" in sentence


# --- The dialog --------------------------------------------------------------------------------------------------


@pytest.fixture
def open_dialog(algorithm, qgis_iface, monkeypatch):
    """Opens the dialog as the toolbox does."""
    monkeypatch.setattr(qgis_iface, "browserModel", lambda: QgsBrowserGuiModel(), raising=False)
    opened = []

    def start():
        opened.append(algorithm("composenetwork").createCustomParametersWidget(qgis_iface.mainWindow()))
        opened[-1].show()
        return opened[-1]

    yield start
    for dialog in opened:
        if not sip.isdeleted(dialog):
            dialog.close()


def until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        QApplication.processEvents()
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def shows(dialog, words):
    return words in dialog.summary.words.text()


def test_the_dialog_tells_what_the_network_is_like(open_dialog, worker):
    dialog = open_dialog()
    until(lambda: shows(dialog, "32,000 parameters"), "no figures")
    assert shows(dialog, "269,120 FLOP/px") and shows(dialog, "sees 44 px") and shows(dialog, "seams exact")
    assert not dialog.summary.drawing.is_empty
    dialog.setParameters({"WIDTH": 48})
    until(lambda: shows(dialog, "48,000 parameters"), "the change is not shown")
    assert [request.width for request in worker.requests] == [32, 48]


def test_room_that_the_drawing_does_not_need_is_for_the_parameters(open_dialog, worker):
    dialog = open_dialog()
    until(lambda: shows(dialog, "32,000 parameters"), "no figures")
    low, high = 900, 1500
    dialog.resize(960, low)
    until(lambda: dialog.mainWidget().height() > 0 and dialog.height() == low, "it is not laid out")
    before = dialog.mainWidget().height()
    dialog.resize(960, high)
    until(lambda: dialog.mainWidget().height() - before == high - low, "the parameters do not get it")


def test_its_size_is_not_that_of_other_dialogs(open_dialog, algorithm, qgis_iface, worker):
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    def open_another():
        another = AlgorithmDialog(algorithm("assessaccuracy"), parent=qgis_iface.mainWindow())
        another.show()
        return another

    usual = QSize(700, 560)
    another = open_another()
    another.resize(usual)
    another.close()
    dialog = open_dialog()
    until(lambda: dialog.height() > usual.height(), "there is no room for the drawing")
    dialog.close()
    another = open_another()
    QApplication.processEvents()
    assert another.size() == usual
    another.close()


def test_nobody_waits_while_it_is_computed_and_the_last_change_counts(open_dialog, worker):
    worker.free.clear()
    dialog = open_dialog()
    until(lambda: worker.requests, "the worker is not asked")
    assert shows(dialog, "Computing")
    for width in (40, 48, 56):
        dialog.setParameters({"WIDTH": width})
        until(lambda width=width: dialog.summary._asked and dialog.summary._asked.width == width, "it does not listen")
    assert [request.width for request in worker.requests] == [32]
    worker.free.set()
    until(lambda: shows(dialog, "56,000 parameters"), "the last change is not shown")
    assert [request.width for request in worker.requests] == [32, 56]


def test_a_misfit_is_told_in_red_and_mended(open_dialog, worker):
    worker.error = ModelError("The {part} does not fit.", part="neck")
    dialog = open_dialog()
    until(lambda: shows(dialog, "The neck does not fit."), "no sentence")
    assert "color" in dialog.summary.words.styleSheet() and dialog.summary.drawing.is_empty
    worker.error = None
    dialog.setParameters({"WIDTH": 40})
    until(lambda: shows(dialog, "40,000 parameters"), "no figures")
    assert not dialog.summary.words.styleSheet()


def test_what_makes_no_sense_is_told_without_the_worker(open_dialog, worker):
    dialog = open_dialog()
    until(lambda: shows(dialog, "parameters"), "no figures")
    dialog.setParameters({"NECK": "magic"})
    until(lambda: shows(dialog, "NECK has the entry magic"), "no sentence")
    assert len(worker.requests) == 1
    dialog.setParameters({"NECK": "auto"})
    until(lambda: shows(dialog, "32,000 parameters"), "what is known already is not shown again")
    assert len(worker.requests) == 1


def test_without_an_environment_the_dialog_says_what_to_do(open_dialog, home, monkeypatch):
    dialog = open_dialog()
    until(lambda: shows(dialog, "Set up environment"), "no sentence")
    assert not shows(dialog, "setupenvironment")


def test_closing_the_dialog_lets_the_worker_go(open_dialog, worker):
    worker.free.clear()
    dialog = open_dialog()
    until(lambda: worker.requests, "the worker is not asked")
    dialog.close()
    until(lambda: worker.given_up, "the worker still computes")


def test_the_dialog_runs_what_it_shows(open_dialog, worker):
    dialog = open_dialog()
    dialog.setParameters({"ENCODER": "vit", "NECK": "tokens_to_pyramid+fpn"})
    until(lambda: shows(dialog, "parameters"), "no figures")
    algorithm = dialog.algorithm()
    assert algorithm.request(dialog.createProcessingParameters(), QgsProcessingContext()) == worker.requests[-1]
    assert worker.requests[-1].neck == "tokens_to_pyramid+fpn"


# --- With the real worker ----------------------------------------------------------------------------------------


def test_a_network_is_composed_and_its_spec_read_again(front_door, learning_worker, tmp_path):
    first, second, page = tmp_path / "first.json", tmp_path / "second.json", tmp_path / "page.html"
    run = front_door.run(
        "terraloom:composenetwork",
        {"ENCODER": "unet", "BANDS": "optical=4;sar=2", "FUSION": "middle", "WIDTH": 8, "OUTPUT": str(first)},
        options=["--json"],
    )
    assert run.code == 0, run.complained
    results = json.loads(run.said[run.said.index("{") :])["results"]
    assert results["SEAMS"] == "exact" and results["RADIUS"] == 44 and results["PARAMETERS"] > 0
    again = front_door.run("terraloom:composenetwork", {"SPEC": str(first), "OUTPUT": str(second), "REPORT": str(page)})
    assert again.code == 0, again.complained
    assert first.read_text() == second.read_text() and "<svg" in page.read_text()


def test_a_misfit_is_named_by_qgis_process(front_door, learning_worker, tmp_path):
    run = front_door.run(
        "terraloom:composenetwork", {"ENCODER": "vit", "NECK": "unet", "OUTPUT": str(tmp_path / "spec.json")}
    )
    assert run.code != 0 and "the part before it gives tokens" in run.complained
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def learning_worker(worker_python):
    from terraloom.engine.environment import state

    problem = state.problem("learn")
    if problem is not None:
        pytest.skip(str(problem))
