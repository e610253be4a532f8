"""Declares, once, the parameters that fill the gaps of a model's card, and reads them."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import NULL

from ..engine.library.card import ACTIVATIONS
from ..engine.requests.card_fields import DETECTION_KINDS, MOST_OVERLAP, TASKS, CardFields, parse_names, parse_numbers
from .parameters import Parameter, explained, number, text
from .texts import tr

AUTO = "auto"
"""The entry of the lists that says nothing."""


def parameters() -> list[Parameter]:
    """All of them, advanced and optional: what is left empty is taken from the model."""
    return [
        explained(parameter, help_text, advanced=True)
        for parameter, help_text in (*_meaning(), *_values(), *_decisions(), *_detection())
    ]


def threshold() -> Parameter:
    """THRESHOLD alone, for algorithms that ask nothing else of the model's card."""
    return explained(*_threshold(), advanced=True)


def read_number(
    algorithm: QgsProcessingAlgorithm, name: str, parameters: dict[str, Any], context: QgsProcessingContext
) -> float | None:
    """A number that may be 0; `None`: it is not set."""
    given = parameters.get(name) not in (None, NULL, "")
    return algorithm.parameterAsDouble(parameters, name, context) if given else None


def read(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> CardFields:
    """What the user says of the model.

    Raises:
        InputError: A value is not of the form that it should have.
    """

    def word(name: str) -> str:
        found = algorithm.parameterAsEnumString(parameters, name, context)
        return "" if found == AUTO else found

    def said(name: str) -> float:
        return algorithm.parameterAsDouble(parameters, name, context)

    def share(name: str) -> float | None:
        return read_number(algorithm, name, parameters, context)

    def written(name: str) -> str:
        return text(algorithm, name, parameters, context)

    return CardFields(
        task=word("TASK"),
        classes=parse_names(written("CLASSES")),
        bands=parse_names(written("BAND_NAMES")),
        resolution_m=said("RESOLUTION") or None,
        mean=parse_numbers("MEAN", written("MEAN")),
        std=parse_numbers("STD", written("STD")),
        activation=word("ACTIVATION"),
        head=written("HEAD"),
        threshold=share("THRESHOLD"),
        detection_type=word("DETECTION_TYPE"),
        confidence=share("CONFIDENCE_THRESHOLD"),
        iou=share("IOU_THRESHOLD"),
        overlap=share("OVERLAP"),
    )


Explained = tuple[Parameter, str]


def _meaning() -> list[Explained]:
    """What the network is for and what its channels mean."""
    return [
        (
            _words("TASK", tr("Task of the model"), TASKS),
            tr("What the network is for. auto: as the model says."),
        ),
        (
            QgsProcessingParameterString("CLASSES", tr("Class names (separated by ;)"), optional=True),
            tr(
                "Names of the classes in the order of the network's output, for example water;forest;town. "
                "A network with one channel has one class beside the background."
            ),
        ),
        (
            QgsProcessingParameterString("BAND_NAMES", tr("Model bands (separated by ;)"), optional=True),
            tr(
                "Names of the bands that the network reads, in its order, for example red;green;blue. Bands of the "
                "image with these names are found by themselves. Empty: b1;b2 and so on."
            ),
        ),
        (
            QgsProcessingParameterString("HEAD", tr("Output of the network"), optional=True),
            tr("Name of the output to use, of a network with several. Empty: the first that classes are named for."),
        ),
    ]


def _values() -> list[Explained]:
    """What is done to the raw values, and at which pixel size."""
    return [
        (
            number("RESOLUTION", tr("Pixel size of the model (m)"), least=0),
            tr("Images of other pixel sizes are brought to this one. Not set: as the model says, otherwise any."),
        ),
        (
            QgsProcessingParameterString("MEAN", tr("Means (separated by ;)"), optional=True),
            tr(
                "Is taken from the raw values of each band, in their own unit; one number for all bands, or one for "
                "each. Empty with an empty STD: as the model says, otherwise values from 0 to 255 become 0 to 1."
            ),
        ),
        (
            QgsProcessingParameterString("STD", tr("Standard deviations (separated by ;)"), optional=True),
            tr(
                "The raw values, less the mean, are divided by this; for example 10000 alone for reflectance × 10000, "
                "where the network expects 0 to 1."
            ),
        ),
    ]


def _decisions() -> list[Explained]:
    """What makes classes of the network's output."""
    return [
        (
            _words("ACTIVATION", tr("Activation"), ACTIVATIONS),
            tr(
                "What turns the network's output into probabilities: softmax for several channels, sigmoid for one, "
                "none where the network does it itself. auto: as the model says or shows."
            ),
        ),
        _threshold(),
        (
            number("OVERLAP", tr("Overlap of tiles (share of their side)"), least=0, most=MOST_OVERLAP),
            tr(
                "For networks that see the whole tile, whose tiles are blended; others have exact seams and take none. "
                "Not set: as the model says."
            ),
        ),
    ]


def _threshold() -> Explained:
    """From which probability on a class counts."""
    return (
        number("THRESHOLD", tr("Lowest probability of a class"), least=0, most=1),
        tr(
            "Pixels whose most probable class has less get no class, and areas tell how many they are; they become "
            "the first class where that is the background, or where the model has a threshold of its own. Of a "
            "network with one channel, the class counts from here on. Not set: as the model says."
        ),
    )


def _detection() -> list[Explained]:
    """How objects are read from the output of a detector."""
    return [
        (
            _words("DETECTION_TYPE", tr("Type of the detector"), DETECTION_KINDS),
            tr("The family whose output it gives, by Deepness's names. auto: as the model says or shows."),
        ),
        (
            number("CONFIDENCE_THRESHOLD", tr("Lowest score of an object"), least=0, most=1),
            tr("Objects with a lower score are left out. Not set: as the model says, otherwise 0.5."),
        ),
        (
            number("IOU_THRESHOLD", tr("Most overlap of two objects (IoU)"), least=0, most=1),
            tr("Of two objects that overlap more, the surer one stays. Not set: as the model says, otherwise 0.5."),
        ),
    ]


def _words(name: str, label: str, words: tuple[str, ...]) -> Parameter:
    return QgsProcessingParameterEnum(
        name, label, options=[AUTO, *words], defaultValue=AUTO, optional=True, usesStaticStrings=True
    )
