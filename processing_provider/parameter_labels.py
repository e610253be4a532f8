"""Says what the dialog calls the parameters that a sentence or a help text names as the command line does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qgis.core import QgsProcessingParameterDefinition

from .texts import tr

QUOTED = "“[^”]*”|„[^“]*“"
"""What stands in quotation marks, in English or German: titles, in which a word is no parameter."""


def has_dialogs() -> bool:
    """Whether there are dialogs, in which labels are seen; the command line has none and knows the names."""
    from qgis.utils import iface  # as it is now

    return iface is not None


def help_for_dialogs(text: str, definitions: Iterable[QgsProcessingParameterDefinition]) -> str:
    """A help text as dialogs show it: parameters by their labels, and the lines of a paragraph below each other.

    QGIS makes a paragraph of each line. The command line gets the text as it is.

    Args:
        text: It names parameters in capitals.
        definitions: The parameters of the algorithm that it tells of.
    """
    if not has_dialogs():
        return text
    labels = {each.name(): tr("“{label}”").format(label=_bare_label(each)) for each in definitions}
    found = rf"{QUOTED}|\b(?:{'|'.join(labels)})\b"
    worded = re.sub(found, lambda match: labels.get(match[0], match[0]), text)
    return re.sub("(?<!\n)\n(?!\n)", "<br>", worded)


def with_labels(sentence: str, definitions: Iterable[QgsProcessingParameterDefinition]) -> str:
    """Add the labels to a sentence, where there is a dialog to look for them in; the command line knows the names.

    Args:
        sentence: It names parameters in capitals.
        definitions: The parameters of the algorithm that says it.
    """
    if not has_dialogs():
        return sentence
    named = [each for each in definitions if re.search(rf"\b{each.name()}\b", sentence) and _is_called_otherwise(each)]
    if not named:
        return sentence
    labels = "; ".join(f"{each.name()} = “{each.description()}”" for each in named)
    return sentence + " " + tr("In the dialog: {labels}.").format(labels=labels)


def _is_called_otherwise(definition: QgsProcessingParameterDefinition) -> bool:
    """Whether the label is more than the name in small letters."""
    bare = _bare_label(definition)
    return bare.replace(" ", "_").replace("-", "_").casefold() != definition.name().casefold()


def _bare_label(definition: QgsProcessingParameterDefinition) -> str:
    """The label without the unit, or another hint, in brackets at its end."""
    return re.sub(r" \([^()]*\)$", "", definition.description())
