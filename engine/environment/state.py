"""Remembers what the worker's environment is, in `terraloom.json` inside its folder, and if it will do.

The record is written last when an environment is made: a folder without one is half-made. Reading it is cheap
enough for every algorithm to ask each time its dialog opens; no process is started.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import SetupError
from . import lock
from .locations import environment_folder

RECORD = "terraloom.json"


@dataclass(frozen=True)
class State:
    """An environment that is complete.

    Args:
        python: Its interpreter.
        python_version: For example `3.11.7`.
        tier: The larger tier it holds, `run` or `learn`.
        lock: Digest of the locked requirements of that tier and of the extras when it was made or adopted.
        base: The Python it was made from; empty where it was not made but adopted, the user's own as it is.
        packages: Version of each package that our code imports.
        extras: What it holds beside the tier, for example `openvino`.
    """

    python: str
    python_version: str
    tier: str
    lock: str
    base: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    extras: list[str] = field(default_factory=list)

    @property
    def adopted(self) -> bool:
        """Whether the interpreter is the user's own, and nothing was installed into it."""
        return not self.base


def read() -> State | None:
    """The record of the environment, or nothing where there is no complete one."""
    try:
        found = State(**json.loads((environment_folder() / RECORD).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.tier in lock.TIERS and isinstance(found.extras, list) else None


def write(state: State) -> None:
    """Record a complete environment; a reader finds either the old record or the new one."""
    record = environment_folder() / RECORD
    draft = record.with_suffix(".new")
    draft.write_text(json.dumps(asdict(state), indent=2), "utf-8")
    os.replace(draft, record)


def worker_python() -> Path:
    """The interpreter that runs the worker.

    Raises:
        SetupError: There is none.
    """
    state = read()
    trouble = problem("run")
    if trouble or state is None:
        raise trouble or _missing()
    return Path(state.python)


def problem(tier: str) -> SetupError | None:
    """What keeps the environment from serving `tier`, with its mend; `None` where nothing does."""
    state = read()
    if state is None:
        return _missing()
    if not os.access(state.python, os.X_OK):
        return SetupError(
            '{python}, the Python of Terraloom\'s environment, is gone. Run "Set up environment" with REPAIR.',
            python=state.python,
        )
    if not lock.covers(state.tier, tier):
        return SetupError('The packages for learning are not installed. Run "Set up environment" with TIER = learn.')
    if state.lock != lock.digest(state.tier, state.extras):
        return SetupError(
            "This version of Terraloom needs other packages than its environment holds. "
            'Run "Set up environment" with TIER = {tier}.',
            tier=state.tier,
        )
    return None


def _missing() -> SetupError:
    return SetupError('Terraloom has no Python environment yet. Run "Set up environment" once.')
