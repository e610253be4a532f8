"""Declares the parameters of judging explanations: those of explaining at places, which methods, and which measures."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterEnum

from ..engine.requests.explain_prediction import METHODS
from ..engine.requests.explanation_quality import MEASURES
from . import explanation_parameters as explaining
from . import parameters as declared
from .parameters import Parameter, explained
from .texts import tr


def places() -> list[Parameter]:
    """Where: a layer whose features are places of their own, or a click."""
    kept = {each.name(): each for each in explaining.place() if each.name() != "EXTENT"}
    explained(
        kept["LOCATION"],
        tr(
            "Each feature of the layer, or of those that are selected, is a place of its own: figures are means over "
            "places, with intervals; the more places, the narrower."
        ),
    )
    return list(kept.values())


def judging() -> list[Parameter]:
    """What is judged, and how."""
    kept = {each.name(): each for each in explaining.course() if each.name() != "METHOD"}
    explained(
        kept["BASELINE"],
        tr(
            "What stands for “nothing there”, for the methods and where parts of the image are taken away: mean of "
            "each band over the image, the image blurred, or a value."
        ),
    )
    return [
        explained(
            _words("METHOD", tr("Methods"), METHODS, [METHODS[0]]),
            tr(
                "One, or several to be held against each other. saliency, inputxgradient, integratedgradients, "
                "gradcam and gradientshap need the packages for learning."
            ),
        ),
        explained(
            _words("MEASURES", tr("Measures"), MEASURES, list(MEASURES)),
            tr(
                "randomisation: does the map change with the network? maxsensitivity: does it stay with the image? "
                "infidelity: does it foretell what is lost? deletion, insertion: does it name what counts first?"
            ),
        ),
        *kept.values(),
    ]


def results() -> list[Parameter]:
    """What is written."""
    return [
        declared.report(tr("Report on the explanations")),
        explained(
            declared.metrics(False),
            tr("All figures of each method, over all places and place by place."),
        ),
    ]


def _words(name: str, label: str, words: tuple[str, ...], usual: list[str]) -> Parameter:
    """A choice of one word or several."""
    return QgsProcessingParameterEnum(
        name, label, options=list(words), allowMultiple=True, defaultValue=usual, usesStaticStrings=True
    )
