"""Check environment: what Terraloom's Python environment can do, and what keeps it from doing more."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import Any

from qgis.core import Qgis, QgsProcessingFeedback

from ...engine import VERSION
from ...engine.environment import state
from ...engine.environment.check import check
from ...engine.environment.report import PROBLEM, Report, Row
from ...engine.errors import CancelledError, TerraloomError
from ...engine.requests.check_environment import CheckEnvironment
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..parameters import report
from ..reports import show
from ..texts import tr


class CheckEnvironmentAlgorithm(TerraloomAlgorithm):
    """Reports; it never fails for what it finds."""

    GROUP = "setup"
    ICON = "check"
    TIER = ""

    def name(self):
        return "checkenvironment"

    def displayName(self):
        return tr("Check environment")

    def tags(self):
        return tr("environment,python,onnxruntime,cuda,gpu,device,version,diagnose,problem,deep learning").split(",")

    def shortDescription(self):
        return tr("Reports versions, devices and problems of Terraloom's Python environment.")

    def help_text(self):
        return tr(
            "Looks at the Python environment in which Terraloom's networks run and reports the versions of "
            "its packages, the devices that really computed something, the free disk and memory, and each "
            "problem together with what mends it.\n\n"
            "Add the report when you ask for help. Models of the graphical modeler can branch on PROBLEMS, "
            "the number of problems found."
        )

    def figures(self) -> Sequence[Figure]:
        return (Figure("PROBLEMS", tr("Number of problems")),)

    def initAlgorithm(self, configuration=None):
        self.addParameter(report(tr("Report on the environment")))
        self.declare_figures()

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        found = Report((_versions(), *check().rows, *_seen_by_worker(feedback)))
        page = self.wanted_files(parameters, context).get("report", "")
        show(found, page, feedback)
        return {"REPORT": page, "PROBLEMS": sum(row.status == PROBLEM for row in found.rows)}


def _versions() -> Row:
    """What whoever is asked for help wants to know first."""
    return Row(
        "Terraloom {terraloom} in QGIS {qgis} on {system}.",
        {"terraloom": VERSION, "qgis": Qgis.QGIS_VERSION, "system": platform.platform()},
    )


def _seen_by_worker(feedback: QgsProcessingFeedback) -> tuple[Row, ...]:
    """What the worker finds in itself; why it cannot be asked, where it cannot."""
    if state.problem("run"):
        return ()
    try:
        outcome = run_in_worker("check_environment", CheckEnvironment(), feedback)
    except CancelledError:
        raise
    except TerraloomError as error:
        return (Row.from_error(error),)
    return tuple(Row(**row) for row in outcome.metrics["rows"])
