"""Keeps the state of a training where an interrupted one can be taken up again, and another one cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import OutputError
from ..foreign.outside_weights import fingerprint, model_files
from ..results.journal import NAME, STATE, changes


class TrainingState:
    """The state of a training in the hidden folder of its result, where it stays until that is published.

    Attributes:
        file: Where the training loop keeps the state.

    Args:
        folder: The hidden folder.
        of: What is trained from what: everything that the weights depend on, by the name of the parameter.
        resume: Whether an interrupted training is taken up, and this one is kept if it is interrupted.

    Raises:
        OutputError: What was interrupted was another training.
    """

    def __init__(self, folder: Path, of: Mapping[str, Any], resume: bool) -> None:
        self.file = folder / STATE
        journal = folder / NAME
        of = json.loads(json.dumps(of))
        found = _read(journal)
        if not resume or (self.is_resumed and found == of):
            return
        if self.is_resumed:
            raise OutputError(
                "The interrupted training of {name} had other chips, another network or other parameters ({changes}). "
                "Run it again with those to resume it, or set RESUME to false to start anew.",
                name=folder.name.removeprefix(".").removesuffix(".terraloom"),
                changes=", ".join(changes(found, of)) or "-",
            )
        journal.write_text(json.dumps({"of": of}), encoding="utf-8")

    @property
    def is_resumed(self) -> bool:
        """Whether there is a state to go on from."""
        return self.file.is_file()


def weights_mark(path: Path) -> str:
    """What tells the weights in a file from others: in an ONNX file, or beside it, or in any other.

    Raises:
        ModelError: It ends as an ONNX file does, and is none.
    """
    return fingerprint(model_files(path) if path.suffix.lower() == ".onnx" else (path,))


def _read(path: Path) -> dict[str, Any]:
    """What an interrupted training was of; nothing where that cannot be told."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["of"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
