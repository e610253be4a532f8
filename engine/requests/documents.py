"""Turns requests into JSON's terms and back, for the way from QGIS to the worker."""

from __future__ import annotations

import dataclasses
from typing import Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

R = TypeVar("R")


class Request(Protocol):
    """What every request can tell."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""


def to_document(request: Any) -> dict[str, Any]:
    """Describe a request, nested ones included."""
    return dataclasses.asdict(request)


def from_document(kind: type[R], document: dict[str, Any]) -> R:
    """Rebuild the request of type `kind` that `to_document` described. Needs Python 3.10, as the worker has.

    Raises:
        InputError: The values do not pass the request's own checks.
    """
    hints = get_type_hints(kind)
    return kind(**{name: _rebuild(hints[name], value) for name, value in document.items()})


def _rebuild(hint: Any, value: Any) -> Any:
    """Give a JSON value the type that `hint` states: a dataclass, a tuple of such, or itself."""
    if value is None:
        return None
    if dataclasses.is_dataclass(hint):
        return from_document(hint, value)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        return tuple(_rebuild(get_args(hint)[0], item) for item in value)
    nested = [option for option in get_args(hint) if dataclasses.is_dataclass(option)]
    return from_document(nested[0], value) if nested else value  # type: ignore[arg-type]
