"""What QGIS and the worker say to each other: one JSON object a line, each one of the messages below.

QGIS writes `Job` and `Cancel` to the worker's standard input. The worker writes `Hello` once, then for each
job any number of `Advance` and `Note`, and at last one `Result` or one `Failure`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Union

PROTOCOL = 2
"""Grows whenever a message changes."""


@dataclass(frozen=True)
class Hello:
    """The worker is ready."""

    protocol: int
    version: str


@dataclass(frozen=True)
class Job:
    """Do this task; `request` is the task's request in JSON's terms."""

    number: int
    task: str
    request: dict[str, Any]


@dataclass(frozen=True)
class Cancel:
    """Stop the job of this number; one that has ended already is not meant."""

    number: int


@dataclass(frozen=True)
class Advance:
    """This much is done (0–1), this fast."""

    fraction: float
    mpx_per_s: float | None = None


@dataclass(frozen=True)
class Note:
    """Something worth knowing or, where `warning` is set, worth looking at; phrases among its values as documents."""

    template: str
    values: dict[str, Any]
    warning: bool = False


@dataclass(frozen=True)
class Result:
    """The job is done: an `Outcome` in JSON's terms."""

    outputs: dict[str, str]
    metrics: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The job has failed: an error as `errors.to_document` describes it, and where it arose."""

    error: dict[str, Any]
    traceback: str


Message = Union[Hello, Job, Cancel, Advance, Note, Result, Failure]

MESSAGES = {message.__name__: message for message in (Hello, Job, Cancel, Advance, Note, Result, Failure)}


class Unintelligible(ValueError):
    """A line that is no message of this protocol."""


def encode(message: Message) -> bytes:
    """Write a message as a line."""
    return json.dumps({"message": type(message).__name__, **asdict(message)}).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """Read a line as the message it is.

    Raises:
        Unintelligible: It is none.
    """
    try:
        fields = json.loads(line)
        return MESSAGES[fields.pop("message")](**fields)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unintelligible(line.decode("utf-8", "replace").strip()) from error
