"""Says what the dialog calls the parameters that a sentence names as the command line does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qgis.core import QgsProcessingParameterDefinition

from .texts import tr


def with_labels(sentence: str, definitions: Iterable[QgsProcessingParameterDefinition]) -> str:
    """Add the labels to a sentence, where there is a dialog to look for them in; the command line knows the names.

    Args:
        sentence: It names parameters in capitals.
        definitions: The parameters of the algorithm that says it.
    """
    from qgis.utils import iface  # as it is now: the command line has none

    if iface is None:
        return sentence
    named = [each for each in definitions if re.search(rf"\b{each.name()}\b", sentence) and _is_called_otherwise(each)]
    if not named:
        return sentence
    labels = "; ".join(f"{each.name()} = “{each.description()}”" for each in named)
    return sentence + " " + tr("In the dialog: {labels}.").format(labels=labels)


def _is_called_otherwise(definition: QgsProcessingParameterDefinition) -> bool:
    """Whether the label is more than the name in small letters."""
    bare = definition.description().split(" (")[0]
    return bare.replace(" ", "_").replace("-", "_").casefold() != definition.name().casefold()
