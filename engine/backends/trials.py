"""Remembers which backend ran a network fastest on this machine, so that it need not be tried again."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..environment.locations import home
from ..foreign.outside_weights import fingerprint, model_files

MOST = 200
"""Results that are kept; the oldest go first."""


def key(path: Path, *circumstances: str | int) -> str:
    """A mark of one network under given circumstances: another one where its files or any of them differ."""
    text = json.dumps([fingerprint(model_files(path)), *circumstances])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def recall(mark: str, names: Sequence[str]) -> str | None:
    """The name of the backend that won, or `None` where nothing is known or it is not among `names`."""
    winner = _read().get(mark)
    return winner if winner in names else None


def remember(mark: str, name: str) -> None:
    """Keep the name of the backend that won. Where it cannot be written, it is tried again next time."""
    kept = {**{old: winner for old, winner in _read().items() if old != mark}, mark: name}
    newest = dict(list(kept.items())[-MOST:])
    draft = _file().with_suffix(f".{uuid.uuid4().hex}")  # tempfile's would be closed to others who share the home
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        with draft.open("x", encoding="utf-8") as file:
            json.dump(newest, file, indent=1)
        os.replace(draft, _file())
    except OSError:
        with suppress(OSError):
            draft.unlink()


def _file() -> Path:
    return home() / "trials.json"


def _read() -> dict[str, str]:
    """What is remembered, oldest first; nothing where the file is missing or damaged."""
    try:
        kept = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
