"""A network in words: which parts, with which arguments. It travels as JSON inside the model's card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import SpecError

Argument = int | float | bool | str | tuple["Argument", ...]


@dataclass(frozen=True)
class PartSpec:
    """One part: its name in the family's dict of `build.py`, and its arguments.

    Attributes:
        name: Name of the part.
        arguments: Arguments by name; lists become tuples.
    """

    name: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Bring the arguments into the one form that compares equal after a round trip."""
        frozen = {name: _frozen(value) for name, value in self.arguments.items()}
        object.__setattr__(self, "arguments", frozen)


@dataclass(frozen=True)
class NetworkSpec:
    """Bands, encoder, neck and head of one network.

    Attributes:
        bands: Number of bands of the image.
        encoder: From image to pyramid.
        neck: From pyramid to one feature map.
        head: From feature map to the output.
    """

    bands: int
    encoder: PartSpec
    neck: PartSpec
    head: PartSpec

    def __post_init__(self) -> None:
        """Refuse an image without bands."""
        if self.bands < 1:
            raise SpecError("The network spec has {bands} bands; it needs at least 1.", bands=self.bands)

    def to_dict(self) -> dict[str, object]:
        """The spec as plain JSON values."""
        parts = {"encoder": self.encoder, "neck": self.neck, "head": self.head}
        return {"bands": self.bands} | {
            family: {"name": part.name, "arguments": dict(part.arguments)} for family, part in parts.items()
        }

    def to_json(self) -> str:
        """The spec as JSON text."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> NetworkSpec:
        """Read a spec from JSON values, refusing what is missing or of the wrong kind."""
        bands = values.get("bands")
        if not isinstance(bands, int) or isinstance(bands, bool):
            raise SpecError("The network spec has bands = {bands}; it needs a whole number.", bands=bands)
        return cls(bands, _part(values, "encoder"), _part(values, "neck"), _part(values, "head"))

    @classmethod
    def from_json(cls, text: str) -> NetworkSpec:
        """Read a spec from JSON text."""
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise SpecError("The network spec is no JSON: {reason}.", reason=error) from error
        if not isinstance(values, dict):
            raise SpecError("The network spec is {values}; it needs to be an object.", values=values)
        return cls.from_dict(values)


def _part(values: Mapping[str, object], family: str) -> PartSpec:
    part = values.get(family)
    name = part.get("name") if isinstance(part, Mapping) else None
    arguments = part.get("arguments", {}) if isinstance(part, Mapping) else None
    if not isinstance(name, str) or not isinstance(arguments, Mapping):
        raise SpecError(
            "The network spec has {family} = {part}; it needs an object with a name and arguments.",
            family=family,
            part=part,
        )
    return PartSpec(name, arguments)


def _frozen(value: object) -> Argument:
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, (int, float, str)):
        return value
    raise SpecError("A part's argument is {value}; it must be a number, text or list.", value=value)
