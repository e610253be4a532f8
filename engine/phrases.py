"""What reports say in English and the log in the user's language: sentences, or parts of them, that know both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import Value


class Phrase(str):
    """A text in English that remembers its template and values, so that QGIS can word it in the user's language.

    It may be a value of another template. Templates stand as literals: `scripts/collect_texts.py` finds them there.

    Args:
        template: English with `{named}` places.
        values: What goes into the places.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, **values: Value) -> Phrase:
        """Fill the places in English."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        return (self.template,), self.values


def packed(values: Mapping[str, Value]) -> dict[str, Any]:
    """Describe values, phrases among them, in JSON's terms, for the way from the worker to QGIS."""
    return {
        name: {"template": value.template, "values": packed(value.values)} if isinstance(value, Phrase) else value
        for name, value in values.items()
    }


def unpacked(values: Mapping[str, Any]) -> dict[str, Value]:
    """Rebuild the values that `packed` described."""
    return {
        name: Phrase(value["template"], **unpacked(value["values"])) if isinstance(value, dict) else value
        for name, value in values.items()
    }
