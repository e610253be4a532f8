"""Puts a model card into an ONNX file, beside what else the file says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import onnx

from ..errors import ModelError
from ..library.card import METADATA_KEY

LARGEST_BYTES = 2**31 - 1
"""The most that one ONNX file can hold."""


def save_with_card(model: onnx.ModelProto, document: dict[str, Any], target: Path) -> None:
    """Write a network, all its weights in the one file, with a card in place of the one it has; other metadata stay.

    Raises:
        ModelError: It is too large for one file.
    """
    entries = {entry.key: entry.value for entry in model.metadata_props}
    entries[METADATA_KEY] = json.dumps(document, ensure_ascii=False)
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, entries)
    if model.ByteSize() > LARGEST_BYTES:
        raise ModelError("{model} is larger than 2 GB with its weights, too large for one file.", model=document["id"])
    onnx.save(model, str(target))


def copy_with_card(source: Path, document: dict[str, Any], target: Path) -> None:
    """The same from file to file; `target` may be `source`."""
    save_with_card(onnx.load(str(source)), document, target)
