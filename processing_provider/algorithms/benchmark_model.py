"""Benchmark a model: how fast this computer maps with it, and in how much memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...engine.library.card import DETECTION, LINES, REGRESSION, SEGMENTATION, SUPER_RESOLUTION
from ...engine.requests.benchmark_model import LEAST_PX, MOST_PX, BenchmarkModel
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..network_run import check_settings, model_path
from ..parameters import explained, metrics, model, model_file, network_settings, text, whole_number
from ..texts import tr

TASKS = (SEGMENTATION, REGRESSION, SUPER_RESOLUTION, DETECTION, LINES)
SETTINGS = ("DEVICE", "PRECISION", "THREADS")


class BenchmarkModelAlgorithm(TerraloomAlgorithm):
    """Has the worker map an image that it makes up, and take the time."""

    GROUP = "models"

    def name(self):
        return "benchmarkmodel"

    def displayName(self):
        return tr("Benchmark a model")

    def tags(self):
        return tr("onnx,benchmark,speed,throughput,memory,time,performance,gpu,deep learning").split(",")

    def shortDescription(self):
        return tr("Measures how fast this computer maps with a model, and how much memory that takes.")

    def help_text(self):
        return tr(
            "Makes up an image with the bands and values that the model reads, maps it several times like any other, "
            "and tells how many megapixels of it are done in a second and how much memory the worker held.\n\n"
            "Beside it the bare network runs on one tile that is there already. The share of its speed is the pixels "
            "that the network computes in a second while mapping, divided by those of the bare network: what is "
            "missing to 1 goes into reading, writing and what else there is to do.\n\n"
            "To see what a setting does, run it twice. While other programs are busy the figures say little; larger "
            "images tell more."
        )

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("MPX_PER_S", tr("Megapixels of the image in a second")),
            Figure("PEAK_MB", tr("Most memory that the worker held (MB)")),
            Figure("SHARE", tr("Share of the bare network's speed"), "share_of_bare_speed"),
        )

    def initAlgorithm(self, configuration=None):
        self.addParameter(model(TASKS))
        self.addParameter(model_file())
        self.addParameter(
            explained(
                whole_number("SIZE", tr("Side of the image (px)"), 2048, LEAST_PX, MOST_PX),
                tr("The image has as many rows as columns. Several tiles, from 4096 on, show what halos cost."),
            )
        )
        for parameter in network_settings():
            if parameter.name() in SETTINGS:
                self.addParameter(parameter)
        self.addParameter(
            explained(
                metrics(True),
                tr("All figures, with what the network ran on and the tiles that were chosen."),
            )
        )
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        check_settings(self, parameters, context)
        model_path(self, parameters, context, TASKS)
        self._request(parameters, context)

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        request = self._request(parameters, context, **self.wanted_files(parameters, context))
        outcome = run_in_worker("benchmark_model", request, feedback)
        return self.results_of(outcome)

    def _request(self, parameters, context, metrics: str = "") -> BenchmarkModel:
        """The request, which checks itself."""
        return BenchmarkModel(
            model=str(model_path(self, parameters, context, TASKS)),
            metrics=metrics,
            side_px=self.parameterAsInt(parameters, "SIZE", context),
            device=text(self, "DEVICE", parameters, context),
            precision=self.parameterAsEnumString(parameters, "PRECISION", context),
            threads=self.parameterAsInt(parameters, "THREADS", context),
        )
