"""Reads and writes the file of a composed network: its spec as JSON, and what it is to be trained for.

`composenetwork` writes `{"network": {...}, "objectives": {"dice": 1.0, ...}}`; the bare spec of a network, as it stands
in a model's card, is read as well.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..library.card import NETWORK_SPEC

MODEL_ENDING = ".onnx"

LARGEST_BYTES = 10_000_000
"""No spec is as long; what is longer is another file by mistake."""


@dataclass(frozen=True)
class SpecFile:
    """What a spec file holds.

    Args:
        network: The network in JSON's terms, for `models.spec.NetworkSpec.from_dict`.
        objectives: Weight of each objective by name; empty: the file leaves them open.
    """

    network: Mapping[str, Any]
    objectives: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """The text of the file."""
        document = {"network": dict(self.network), "objectives": dict(self.objectives)}
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        return re.sub(r"\[([^\[\]{}]+)\]", lambda found: f"[{_one_line(found[1])}]", text)


def check_spec(path: Path) -> None:
    """Refuse what cannot be SPEC: no file, or no spec of a network. What a model tells of itself, the worker reads.

    Raises:
        InputError: It cannot.
    """
    if path.suffix.lower() != MODEL_ENDING or not path.is_file():
        read_spec(path)


def read_spec(path: Path) -> SpecFile:
    """Read a spec file. What its parts are called and fit together like, the worker checks.

    Raises:
        InputError: There is no such file, or it is no spec of a network.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError("SPEC is {path}, which is too large for the spec of a network.", path=str(path))
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise InputError("There is no spec file {path}. Check SPEC.", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The spec file {path} cannot be read: {reason}. Choose a file that “Compose a network” wrote.",
            path=str(path),
            reason=str(error),
        ) from error
    return parse_spec(text, str(path))


def parse_spec(text: str, name: str) -> SpecFile:
    """Read the text of a spec file, or of the card of a model; `name` is what errors call it.

    Raises:
        InputError: It is no spec of a network.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "The spec file {path} is no JSON: {reason}. Choose a file that “Compose a network” wrote.",
            path=name,
            reason=str(error),
        ) from error
    whole = document if isinstance(document, dict) else {}
    card = whole.get("properties")
    network = whole.get("network", card.get(NETWORK_SPEC, whole) if isinstance(card, dict) else whole)
    if not isinstance(network, dict) or "encoder" not in network:
        raise InputError(
            "The file {path} describes no network: it has neither “network” nor “encoder”. "
            "Choose a file that “Compose a network” wrote.",
            path=name,
        )
    objectives = whole.get("objectives", {}) if "network" in whole else {}
    if not isinstance(objectives, dict):
        raise InputError(
            "The spec file {path} has the objectives {found}; they are weights by name, "
            'for example {{"cross_entropy": 1}}.',
            path=name,
            found=json.dumps(objectives),
        )
    for key, weight in objectives.items():
        _check_weight(key, weight)
    return SpecFile(network, {key: float(weight) for key, weight in objectives.items()})


def parse_objectives(text: str) -> dict[str, float]:
    """Read OBJECTIVES, for example `cross_entropy=1;dice=0.5`; a name alone has the weight 1.

    Raises:
        InputError: The text is not of that form, or names an objective twice.
    """
    weights: dict[str, float] = {}
    for entry in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = (piece.strip() for piece in entry.partition("="))
        try:
            weight = float(value) if equals else 1.0
        except ValueError:
            weight = math.nan
        if not name.isidentifier():
            raise InputError(
                "OBJECTIVES has the entry {found}, which is not of the form name=weight, as in {example}.",
                found=entry,
                example="cross_entropy=1;dice=0.5",
            )
        if name in weights:
            raise InputError("OBJECTIVES names {name} twice. Give it one weight.", name=name)
        _check_weight(name, weight)
        weights[name] = weight
    return weights


def _check_weight(name: str, weight: Any) -> None:
    """Refuse what is no number above 0; `true` is none either."""
    if type(weight) not in (int, float) or not (math.isfinite(weight) and weight > 0):
        raise InputError(
            "The objective {name} has the weight {found}; it needs a number above 0, for example {name}=1.",
            name=name,
            found=str(weight),
        )


def _one_line(text: str) -> str:
    """Several lines of JSON as one; within its texts no line ends."""
    return re.sub(r"\s*\n\s*", " ", text).strip()
