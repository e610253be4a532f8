"""Keeps the state of a training in a file: whole at any time, and refused in words where it is not."""

from __future__ import annotations

import os
import pickle  # nosec B403 - for the name of its error; nothing is unpickled but by torch, weights only
from pathlib import Path
from typing import Any

import torch

from .errors import TrainingError


def write_state(state: dict[str, Any], path: Path) -> None:
    """Write a state; a training killed while it writes, or a computer that goes off, keeps the last one."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_state(path: Path) -> dict[str, Any]:
    """Read what `write_state` has written.

    Raises:
        TrainingError: The file is damaged.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if not isinstance(state, dict) or "settings" not in state:
            raise TypeError(f"it holds a {type(state).__name__}")
    except pickle.UnpicklingError as error:  # torch's words advise to run whatever the file holds
        raise _unreadable(path, "it is no state of a training") from error
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise _unreadable(path, str(error).splitlines()[0] if str(error) else type(error).__name__) from error
    return state


def _unreadable(path: Path, reason: str) -> TrainingError:
    return TrainingError(
        "The state of the interrupted training, {path}, cannot be read: {reason}. Set RESUME to false to start anew.",
        path=path,
        reason=reason,
    )
