"""Puts texts into the user's language: those written here, and the engine's templates with their values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 - our own file

from qgis.core import QgsApplication

from ..engine.errors import TerraloomError, Value
from ..engine.phrases import Phrase
from ..engine.requests.secrets_in_texts import without_secrets

TRANSLATIONS = Path(__file__).resolve().parents[1] / "i18n"


def tr(text: str) -> str:
    """Translate a text; `scripts/collect_texts.py` finds it where it stands literally in the call."""
    spoken = translations(language()) if QgsApplication.instance() else {}
    return spoken.get(text, text)


@lru_cache(maxsize=1)
def language() -> str:
    """The language that QGIS speaks, asked once: it takes another only when it starts anew."""
    return QgsApplication.locale()


@lru_cache(maxsize=1)
def translations(locale: str) -> Mapping[str, str]:
    """All texts in a language, such as `de` or `de_AT`, by the English ones; none where there is no such translation.

    Qt Linguist's own file is read as it is: there is nothing to compile before the plugin can be tried or packed, see
    `docs/decisions/0015-translations.md`.
    """
    path = TRANSLATIONS / f"terraloom_{locale.partition('_')[0]}.ts"
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).iter("message")  # noqa: S314 # nosec B314 - our own file
    pairs = ((message.findtext("source"), message.findtext("translation")) for message in messages)
    return {source: translated for source, translated in pairs if source and translated}


def word(template: str, **values: Value) -> str:
    """Translate a template of the engine and fill its `{named}` places."""
    return tr(template).format(**{name: _spoken(value) for name, value in values.items()})


def _spoken(value: Value) -> Value:
    """A value as it is told: phrases in the user's language, others as they are, but for logins."""
    if isinstance(value, Phrase):
        return word(value.template, **value.values)
    return without_secrets(value) if isinstance(value, str) else value


def word_error(error: TerraloomError) -> str:
    """Say in the user's language what went wrong and what to do."""
    text = word(error.template, **error.values)
    return f"{text} {word_error(error.reason)}" if error.reason else text
