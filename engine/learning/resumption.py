"""Keeps the state of a training where an interrupted one can be taken up again, and another one cannot."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import OutputError
from ..results.journal import NAME, STATE


class TrainingState:
    """The state of a training in the hidden folder of its result, where it stays until that is published.

    Attributes:
        file: Where the training loop keeps the state.

    Args:
        folder: The hidden folder.
        of: What is trained from what: everything that the weights depend on, in words that can be compared.
        resume: Whether an interrupted training is taken up, and this one is kept if it is interrupted.

    Raises:
        OutputError: What was interrupted was another training.
    """

    def __init__(self, folder: Path, of: str, resume: bool) -> None:
        self.file = folder / STATE
        journal = folder / NAME
        if not resume or (self.is_resumed and _read(journal) == of):
            return
        if self.is_resumed:
            raise OutputError(
                "The interrupted training of {name} had other chips, another network or other parameters. Run it again "
                "with those to resume it, or set RESUME to false to start anew.",
                name=folder.name.removeprefix(".").removesuffix(".terraloom"),
            )
        journal.write_text(json.dumps({"of": of}), encoding="utf-8")

    @property
    def is_resumed(self) -> bool:
        """Whether there is a state to go on from."""
        return self.file.is_file()


def _read(path: Path) -> str | None:
    """What an interrupted training was of; `None`: that cannot be told."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
