"""Looks at the worker's environment from outside: what is there, what is short, what to do."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import SetupError
from ..library.installed import outdone_models, unreadable_models
from . import lock, packages, state
from .interpreters import probe
from .locations import environment_folder, home
from .machine import free_disk_gb, memory_gb
from .report import NOTE, OK, PROBLEM, WARNING, Report, Row

LITTLE_MEMORY_GB = 4.0


def check() -> Report:
    """Find what can be found without the worker."""
    return Report((*_environment(), *_models(), _disk(), _memory()))


def _environment() -> list[Row]:
    """What the environment is and whether it will do."""
    held = state.read()
    trouble = state.problem(held.tier if held else "run")
    rows = [Row.from_error(trouble)] if trouble else []
    if held is None:
        if os.path.exists(environment_folder()):  # unlike a path's own, it is false where the folder may not be entered
            rows.append(
                Row(
                    "An installation into {folder} was interrupted.",
                    {"folder": str(environment_folder())},
                    NOTE,
                    'It is cleared away when "Set up environment" runs next.',
                )
            )
        return rows
    if not trouble:
        rows.append(_runs(held))
    if held.adopted:
        rows.append(Row("The environment is a Python of your own; nothing was installed into it.", status=NOTE))
    others = _differing(held)
    if others:
        rows.append(Row("Terraloom was tested with other versions of: {packages}.", {"packages": others}, WARNING))
    if not lock.covers(held.tier, "learn"):
        rows.append(
            Row(
                "The packages for learning are not installed; only training and explaining need them.",
                status=NOTE,
                mend='Run "Set up environment" with TIER = learn.',
            )
        )
    if "openvino" not in held.packages:
        rows.append(
            Row(
                "OpenVINO is not installed; with it, many networks run faster on the processor.",
                status=NOTE,
                mend='Run "Set up environment" with EXTRAS = openvino.',
            )
        )
    return rows


def _runs(held: state.State) -> Row:
    """Whether the interpreter starts."""
    try:
        found = probe(Path(held.python), is_cancelled=lambda: False)
    except SetupError as error:
        return Row(error.template, error.values, PROBLEM, 'Run "Set up environment" with REPAIR.')
    return Row(
        "The environment for {tier} is ready: Python {version}, {python}.",
        {"tier": " + ".join((held.tier, *held.extras)), "version": found.version_text, "python": held.python},
    )


def _differing(held: state.State) -> str:
    holdings = packages.Holdings(held.python_version, held.packages, {})
    return ", ".join(f"{name} {version}" for name, version in packages.differing(holdings).items())


def _models() -> list[Row]:
    """The models that are there and cannot be offered."""
    unreadable = [
        Row(
            error.template,
            error.values,
            PROBLEM,
            "The model is not offered. Replace its folder by a fresh copy, or remove it.",
        )
        for error in unreadable_models()
    ]
    outdone = [
        Row(
            "{folder} holds a model {model}, as does {counting}, which is the one that is used.",
            {
                "folder": str(other.onnx.parent),
                "model": other.card.model_id,
                "counting": str(counting.onnx.parent),
            },
            WARNING,
            "Bring it among your models under another NAME with “Import a model”, or remove its folder.",
        )
        for other, counting in outdone_models()
    ]
    return unreadable + outdone


def _disk() -> Row:
    free = free_disk_gb(home())
    held = state.read()
    values = {"free": f"{free:.1f}", "folder": str(home())}
    if held is None and free < lock.DISK_GB["run"]:
        return Row(
            "{free} GB are free for {folder}; installing takes {wanted} GB.",
            {**values, "wanted": f"{lock.DISK_GB['run']}"},
            PROBLEM,
            "Free some space, or set TERRALOOM_HOME to a folder on another disk.",
        )
    if held and held.tier == "run" and lock.DISK_GB["run"] <= free < lock.DISK_GB["learn"]:
        return Row(
            "{free} GB are free for {folder}; installing the packages for learning takes {wanted} GB.",
            {**values, "wanted": f"{lock.DISK_GB['learn']}"},
            NOTE,
        )
    return Row("{free} GB are free for {folder}.", values, WARNING if free < lock.DISK_GB["run"] else OK)


def _memory() -> Row:
    memory = memory_gb()
    values = {"memory": f"{memory:.1f}"}
    if memory < LITTLE_MEMORY_GB:
        return Row(
            "The computer has {memory} GB of memory, which is little.",
            values,
            WARNING,
            "Choose a small TILE_SIZE and small extents.",
        )
    return Row("The computer has {memory} GB of memory.", values)
