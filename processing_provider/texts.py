"""Puts texts into the user's language: those written here, and the engine's templates with their values."""

from qgis.PyQt.QtCore import QCoreApplication

from ..engine.errors import TerraloomError, Value

CONTEXT = "Terraloom"


def tr(text: str) -> str:
    """Translate a text; `scripts/collect_texts.py` finds it where it stands literally in the call."""
    return QCoreApplication.translate(CONTEXT, text)


def word(template: str, **values: Value) -> str:
    """Translate a template of the engine and fill its `{named}` places."""
    return tr(template).format(**values)


def word_error(error: TerraloomError) -> str:
    """Say in the user's language what went wrong and what to do."""
    return word(error.template, **error.values)
