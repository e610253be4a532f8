"""Turns a failure into a sentence the user can act on: a template and the values that fill it.

Errors cross from the worker to QGIS as template and values, so that QGIS can word them in the user's language.
Templates stand where the error is raised, as the literal first argument: `scripts/collect_texts.py` finds them there.
"""

from __future__ import annotations

import errno
from typing import Any, Union

Value = Union[str, int, float]

FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
"""What the systems say of a disk that is full, or of which a user may have no more."""


class TerraloomError(Exception):
    """Root of every error that a user may read.

    Args:
        template: An English sentence or two with `{named}` places: what was found, what was expected, what to do.
        values: What goes into the places.
    """

    def __init__(self, template: str, **values: Value) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values
        self.reason: TerraloomError | None = None
        """The error behind this one, which is told after it, in its own words."""

    def __str__(self) -> str:
        text = self.template.format(**self.values)
        return f"{text} {self.reason}" if self.reason else text


class InputError(TerraloomError):
    """Something the user gave does not fit: a layer, a band list, an extent."""


class ModelError(TerraloomError):
    """A model file cannot be read, or asks for what this version does not do."""


class OutputError(TerraloomError):
    """A result cannot be written where it should go."""


class SetupError(TerraloomError):
    """The worker's Python environment is missing, damaged or cannot be made."""


class WorkerError(TerraloomError):
    """The worker process died, fell silent or met an unexpected fault."""


class CancelledError(TerraloomError):
    """The user asked to stop."""

    def __init__(self, template: str = "Cancelled.", **values: Value) -> None:
        super().__init__(template, **values)


KINDS = {
    kind.__name__: kind
    for kind in (TerraloomError, InputError, ModelError, OutputError, SetupError, WorkerError, CancelledError)
}


def to_document(error: TerraloomError) -> dict[str, Any]:
    """Describe an error in JSON's terms, for the way from the worker to QGIS."""
    reason = {"reason": to_document(error.reason)} if error.reason else {}
    return {"kind": type(error).__name__, "template": error.template, "values": error.values, **reason}


def from_document(document: dict[str, Any]) -> TerraloomError:
    """Rebuild the error that `to_document` described."""
    error = KINDS[document["kind"]](document["template"], **document["values"])
    if "reason" in document:
        error.reason = from_document(document["reason"])
    return error
