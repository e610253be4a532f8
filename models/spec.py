"""A network in words: what it reads, which parts, with which arguments. It travels as JSON inside the model's card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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

    def to_dict(self) -> dict[str, object]:
        """The part as plain JSON values."""
        return {"name": self.name, "arguments": dict(self.arguments)}


@dataclass(frozen=True)
class InputSpec:
    """One image that the network reads.

    Attributes:
        bands: Number of bands of one date.
        name: Name of the input in the ONNX file.
        days: Days of its dates, rising, counted from any day; empty: a single image. A series reaches the network
            as one image of `bands * len(days)` bands, date by date.
    """

    bands: int
    name: str = "image"
    days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an image without bands, and dates that do not rise."""
        object.__setattr__(self, "days", tuple(self.days))
        if self.bands < 1:
            raise SpecError(
                "The input '{name}' has {bands} bands; it needs at least 1.", name=self.name, bands=self.bands
            )
        if any(later <= earlier for earlier, later in zip(self.days, self.days[1:], strict=False)):
            raise SpecError("The days of the input '{name}' do not rise: {days}.", name=self.name, days=self.days)

    @property
    def dates(self) -> int:
        """Number of dates, 1 for a single image."""
        return len(self.days) or 1

    @property
    def channels(self) -> int:
        """Number of channels of the tensor, all dates together."""
        return self.bands * self.dates


@dataclass(frozen=True)
class NetworkSpec:
    """Inputs, fusion, encoder, necks and head of one network.

    Attributes:
        inputs: What it reads, in the order of the tensors.
        encoder: From image, or series of images, to features.
        necks: From the encoder's features to what the head takes, one after the other; there may be none.
        head: From features to the output.
        fusion: How several inputs come together.
    """

    inputs: tuple[InputSpec, ...]
    encoder: PartSpec
    necks: tuple[PartSpec, ...]
    head: PartSpec
    fusion: PartSpec = PartSpec("early")

    def __post_init__(self) -> None:
        """Refuse a network that reads nothing, or two inputs of one name."""
        names = [each.name for each in self.inputs]
        if not names or len(set(names)) < len(names):
            raise SpecError("The network spec has the inputs {names}; each needs a name of its own.", names=names)

    @classmethod
    def for_image(cls, bands: int, encoder: PartSpec, necks: Sequence[PartSpec], head: PartSpec) -> NetworkSpec:
        """The spec of a network that reads a single image."""
        return cls((InputSpec(bands),), encoder, tuple(necks), head)

    def to_dict(self) -> dict[str, object]:
        """The spec as plain JSON values."""
        return {
            "inputs": [{"name": each.name, "bands": each.bands, "days": list(each.days)} for each in self.inputs],
            "fusion": self.fusion.to_dict(),
            "encoder": self.encoder.to_dict(),
            "necks": [neck.to_dict() for neck in self.necks],
            "head": self.head.to_dict(),
        }

    def to_json(self) -> str:
        """The spec as JSON text."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> NetworkSpec:
        """Read a spec from JSON values, refusing what is missing or of the wrong kind."""
        return cls(
            tuple(_input(each) for each in _list(values, "inputs")),
            _part("encoder", values.get("encoder")),
            tuple(_part("neck", each) for each in _list(values, "necks")),
            _part("head", values.get("head")),
            _part("fusion", values.get("fusion", {"name": "early"})),
        )

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


def _list(values: Mapping[str, object], name: str) -> list[object]:
    found = values.get(name)
    if not isinstance(found, (list, tuple)):
        raise SpecError("The network spec has {name} = {found}; it needs a list.", name=name, found=found)
    return list(found)


def _input(value: object) -> InputSpec:
    bands = value.get("bands") if isinstance(value, Mapping) else None
    name = value.get("name", "image") if isinstance(value, Mapping) else None
    days = value.get("days", ()) if isinstance(value, Mapping) else None
    is_whole = isinstance(days, (list, tuple)) and all(type(number) is int for number in (bands, *days))
    if not (isinstance(value, Mapping) and is_whole and isinstance(name, str)):
        raise SpecError(
            "The network spec has an input {value}; it needs a name, bands as a whole number, and days as a list of "
            "whole numbers.",
            value=value,
        )
    return InputSpec(value["bands"], name, tuple(value.get("days", ())))


def _part(family: str, part: object) -> PartSpec:
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
