"""Obtains a Python of Terraloom's own with uv, for machines that have no suitable one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import SetupError
from ..progress import Progress
from .commands import Cancelled, CommandFailed, program_named, run
from .interpreters import Interpreter, probe
from .locations import home

UV = "uv==0.13.9"

VERSION = "3.12"

APART = {"UV_NO_CONFIG": "1", "UV_PYTHON_INSTALL_BIN": "0", "UV_PYTHON_INSTALL_REGISTRY": "0"}
"""Has uv heed no settings of others, and neither put the Python on the search path nor register it with Windows."""


def obtain(
    pythons: Iterable[Interpreter], variables: Mapping[str, str], progress: Progress, is_cancelled: Cancelled
) -> Interpreter:
    """Install a Python into Terraloom's home.

    Args:
        pythons: Those of the system, any of which may fetch uv with its pip.
        variables: Environment variables, proxies included.
        progress: Told what is done.
        is_cancelled: Asked several times a second.

    Raises:
        SetupError: There is no way to uv, or uv has none to the Python.
    """
    progress.log("No suitable Python was found on this computer; fetching one.")
    variables = {**variables, **APART, "UV_PYTHON_INSTALL_DIR": str(home() / "python")}
    try:
        uv = _find_uv() or _fetch_uv([python.path for python in pythons], variables, is_cancelled)
        lines = run([uv, "python", "install", VERSION], variables, is_cancelled)
        for line in lines:
            progress.log("uv: {line}", line=line)
        lines = run([uv, "python", "find", "--managed-python", VERSION], variables, is_cancelled)
    except CommandFailed as error:
        raise SetupError(
            "No suitable Python was found on this computer, and none could be fetched. Install Python "
            "{version} and try again. The last words of uv:\n{last_words}",
            version=VERSION,
            last_words="\n".join(error.lines[-5:]),
        ) from error
    programs = [path for line in lines if (path := Path(line)).is_file()]  # there may be warnings around it
    if not programs:
        raise SetupError("uv fetched a Python, but does not say where it is: {answer}", answer="\n".join(lines[-5:]))
    return probe(programs[-1], is_cancelled)


def _find_uv() -> Path | None:
    return program_named("uv") or program_named("uv", str(home() / "tools" / "bin"))


def _fetch_uv(pythons: Iterable[Path], variables: Mapping[str, str], is_cancelled: Cancelled) -> Path:
    """Install uv with the first Python whose pip can; QGIS's own is asked last."""
    said: list[str] = ["no pip"]
    tools = home() / "tools"
    pip_install = ["-I", "-m", "pip", "install", "--no-input", "--upgrade", "--target", str(tools), UV]
    for python in [*pythons, *_python_of_qgis()]:
        try:
            said = run([python, *pip_install], variables, is_cancelled)
        except CommandFailed as error:
            said = list(error.lines)
        uv = _find_uv()
        if uv:
            return uv
    raise CommandFailed(said)


def _python_of_qgis() -> list[Path]:
    """The Python inside QGIS, as a program: on Windows and macOS it is often the only one there is."""
    names = ("python.exe",) if sys.platform == "win32" else ("bin/python3",)
    return [path for name in names if (path := Path(sys.prefix, name)).is_file() and os.access(path, os.X_OK)]
