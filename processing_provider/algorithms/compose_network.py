"""Compose a network: chooses the parts of a network and tells, before any training, what it is like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ...engine.requests.compose_network import (
    AUTO,
    DEPTHS,
    ENCODERS,
    FUSIONS,
    HEADS,
    MOST_CLASSES,
    NECKS,
    WIDTHS,
    ComposeNetwork,
    parse_inputs,
)
from ..algorithm import TerraloomAlgorithm, run_in_worker
from ..figures import Figure
from ..outputs import check_no_input_is_overwritten
from ..parameters import Parameter, explained, one_of, report, text, whole_number
from ..texts import tr
from ..training_parameters import spec as spec_parameter


class ComposeNetworkAlgorithm(TerraloomAlgorithm):
    """Asks the worker to put the parts together; the dialog shows the answer while the user chooses."""

    GROUP = "learn"
    TIER = "learn"

    def name(self):
        return "composenetwork"

    def displayName(self):
        return tr("Compose a network")

    def tags(self):
        return tr(
            "network,architecture,encoder,decoder,u-net,resnet,transformer,attention,recurrent,graph,deep learning"
        ).split(",")

    def shortDescription(self):
        return tr("Puts encoder, necks and head together and tells what the network is like, before any training.")

    def help_text(self):
        return tr(
            "Puts a network together from an encoder (from images to features), necks (what is done with the "
            "features) and a head (what comes out), and writes its spec, which “Train a model” takes.\n\n"
            "Necks stand in the order that data goes through them, joined by +: over_time+unet joins the dates of a "
            "series, then decodes as a U-Net does. auto chooses necks that lead from the encoder to the head. Parts "
            "that do not fit are named in one sentence.\n\n"
            "vit and attention look at the whole tile; vit_windows and attention_windows within windows, which leaves "
            "exact seams. efficient can start from weights that have seen many photographs. The pixel encoders read "
            "each pixel's series and no neighbours; phydnet tells the images that follow a series.\n\n"
            "The report shows a drawing, the number of parameters, the arithmetic for each pixel, how far a pixel "
            "looks, and whether tiles join without seams. Nothing is trained."
        )

    def createCustomParametersWidget(self, parent=None):
        from ..composition_dialog import CompositionDialog  # windows are for QGIS's desktop alone

        return CompositionDialog(self, parent=parent)

    def figures(self) -> Sequence[Figure]:
        return (
            Figure("PARAMETERS", tr("Parameters")),
            Figure("FLOPS_PER_PIXEL", tr("Floating-point operations for each pixel"), "flops_per_px"),
            Figure("RADIUS", tr("How far a pixel looks (px)"), "radius_px"),
            Figure("STRIDE", tr("Stride (px)"), "stride_px"),
            Figure("SEAMS", tr("Seams between tiles (exact, blended or none)"), is_word=True),
        )

    def initAlgorithm(self, configuration=None):
        for parameter in (
            *_parts(),
            *_sizes(),
            explained(
                QgsProcessingParameterString("OBJECTIVES", tr("Objectives (name=weight;…)"), optional=True),
                tr("What it is to be trained for, for example cross_entropy=1;dice=0.5. Empty: decided in training."),
            ),
            explained(
                spec_parameter(tr("Spec file, instead of all above")),
                tr(
                    "A network that was composed before, or a model (.onnx): it is checked and described. Objectives "
                    "above replace its own."
                ),
            ),
            QgsProcessingParameterFileDestination(
                "OUTPUT", tr("Spec of the network"), tr("JSON files (*.json)"), optional=True, createByDefault=True
            ),
            report(tr("Report on the network")),
        ):
            self.addParameter(parameter)
        self.declare_figures()

    def check(self, parameters, context) -> None:
        super().check(parameters, context)
        request = self.request(parameters, context)
        check_no_input_is_overwritten(self, parameters, context, [request.spec] if request.spec else [])

    def process(self, parameters, context, feedback) -> dict[str, Any]:
        files = self.wanted_files(parameters, context)
        outcome = run_in_worker("compose_network", self.request(parameters, context, **files), feedback)
        return self.results_of(outcome)

    def request(self, parameters, context, output: str = "", report: str = "") -> ComposeNetwork:
        """The request, which checks itself."""
        spec = text(self, "SPEC", parameters, context)
        return ComposeNetwork(
            inputs=parse_inputs(text(self, "BANDS", parameters, context), text(self, "DATES", parameters, context)),
            encoder=text(self, "ENCODER", parameters, context),
            neck=text(self, "NECK", parameters, context),
            head=text(self, "HEAD", parameters, context),
            fusion=text(self, "FUSION", parameters, context),
            classes=self.parameterAsInt(parameters, "CLASSES", context),
            width=self.parameterAsInt(parameters, "WIDTH", context),
            depth=self.parameterAsInt(parameters, "DEPTH", context),
            spec=str(Path(spec).resolve()) if spec else "",
            objectives=text(self, "OBJECTIVES", parameters, context),
            output=output,
            report=report,
        )


def _parts() -> list[Parameter]:
    """What the network is made of, and what it reads."""
    return [
        explained(one_of("ENCODER", tr("Encoder"), ENCODERS), tr("What turns images into features.")),
        explained(
            QgsProcessingParameterString("NECK", tr("Necks (in order, joined by +)"), defaultValue=AUTO),
            tr("For example over_time+unet. auto: those that fit. none: no neck. There are: {known}.").format(
                known=", ".join(NECKS)
            ),
        ),
        explained(
            one_of("HEAD", tr("Head"), HEADS),
            tr(
                "segmentation: a class for each pixel. regression: values. line: lines and their directions. "
                "classification: a class for the whole image. reconstruction: the bands of an image."
            ),
        ),
        explained(
            QgsProcessingParameterString("BANDS", tr("Bands"), defaultValue="3"),
            tr("How many bands the image has; of several inputs by name, for example optical=4;sar=2."),
        ),
        explained(
            QgsProcessingParameterString("DATES", tr("Dates of a series"), optional=True),
            tr(
                "Days (0,10,40), dates (2024-05-01,2024-05-11), or how many and how many days apart (23x16); of "
                "several inputs by name, optical=23x16;sar=30x12. Empty: a single image."
            ),
        ),
        explained(
            one_of("FUSION", tr("Fusion of several inputs"), FUSIONS),
            tr(
                "early: their bands are stacked, and beside a series a single image counts for every date. middle: "
                "each has an encoder of its own, joined level by level. shallow: the first features of two stems are "
                "joined, the optical image first. available: as middle, and what an input lacks (clouds, or all of "
                "it) weighs nothing. cross: as middle, and at the coarsest level inputs ask each other. late: each "
                "has a decoder of its own too; choose no neck."
            ),
            advanced=True,
        ),
    ]


def _sizes() -> list[Parameter]:
    """How large it is."""
    return [
        explained(
            whole_number("CLASSES", tr("Classes (or values, or bands to give)"), 2, 1, MOST_CLASSES),
            tr("Channels of the output. The line head has its own: the mask and 18 directions."),
        ),
        explained(
            whole_number("WIDTH", tr("Width (channels at the finest level)"), 32, *WIDTHS),
            tr("Coarser levels have more: twice as many with each. The efficient encoder keeps its own."),
        ),
        explained(
            whole_number("DEPTH", tr("Depth (levels, or layers of a transformer)"), 4, *DEPTHS),
            tr("More levels look further. Encoders of single pixels have no levels."),
        ),
    ]
