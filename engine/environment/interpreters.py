"""Finds a Python to make the worker's environment from, and says why each other one will not do."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import SetupError
from ..worker.variables import clean
from .commands import Cancelled, CommandFailed, program_named, run
from .locations import users_own

SUITABLE = ((3, 11), (3, 12), (3, 13))
"""Versions the locked packages have wheels for; the one they were resolved and measured with comes first."""

PROBE_S = 20.0

PROBE = """
import importlib.util, json, struct, sys, sysconfig
print(json.dumps({
    "path": sys.executable,
    "version": sys.version_info[:3],
    "build": f"{sys.implementation.name} of {struct.calcsize('P') * 8} bits"
    + (" without its lock" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""),
    "missing": [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None],
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that was seen to run.

    Args:
        path: The program itself, not a launcher of it.
        version: For example `(3, 11, 7)`.
        build: For example `cpython of 64 bits`.
        missing: What it lacks for making environments.
    """

    path: Path
    version: tuple[int, ...]
    build: str
    missing: tuple[str, ...]

    @property
    def version_text(self) -> str:
        """For example `3.11.7`."""
        return ".".join(map(str, self.version))


@dataclass(frozen=True)
class Search:
    """What a search came to.

    Args:
        found: A suitable Python, if there is one.
        rejected: Why each that was looked at before will not do.
        running: Those of them that run at all.
    """

    found: Interpreter | None
    rejected: tuple[SetupError, ...]
    running: tuple[Interpreter, ...]


def find(chosen: str, is_cancelled: Cancelled) -> Search:
    """Look for a suitable Python: only at the chosen one, or where there is none at the system's."""
    rejected, running = [], []
    seen = set()
    for path in [Path(chosen)] if chosen else _candidates(os.environ, is_cancelled):
        try:
            interpreter = probe(path, is_cancelled)
            if interpreter.path in seen:
                continue
            seen.add(interpreter.path)
            running.append(interpreter)
            require_suitable(interpreter)
        except SetupError as error:
            rejected.append(error)
            continue
        return Search(interpreter, tuple(rejected), tuple(running))
    return Search(None, tuple(rejected), tuple(running))


def probe(path: Path, is_cancelled: Cancelled) -> Interpreter:
    """Run a Python and ask what it is.

    Raises:
        SetupError: It does not run, or is none.
    """
    try:
        lines = run([path, "-I", "-c", PROBE], os.environ, is_cancelled, timeout_s=PROBE_S)
        answer = json.loads(lines[-1])
        return Interpreter(Path(answer["path"]), tuple(answer["version"]), answer["build"], tuple(answer["missing"]))
    except (CommandFailed, LookupError, ValueError, TypeError) as error:
        raise SetupError(
            "{python} does not run as a Python: {reason}.", python=str(path), reason=str(error)[-300:]
        ) from error


def require_suitable(interpreter: Interpreter) -> None:
    """Check that the worker's environment can be made from this Python.

    Raises:
        SetupError: It cannot, and why.
    """
    if interpreter.version[:2] not in SUITABLE:
        raise SetupError(
            "{python} is Python {version}; needed is one of {wanted}.",
            python=str(interpreter.path),
            version=interpreter.version_text,
            wanted=", ".join(".".join(map(str, version)) for version in SUITABLE),
        )
    if interpreter.build != "cpython of 64 bits":
        raise SetupError(
            "{python} is {build}; needed is cpython of 64 bits.",
            python=str(interpreter.path),
            build=interpreter.build,
        )
    if "WindowsApps" in interpreter.path.parts:
        raise SetupError(
            "{python} is of the Microsoft Store, and Windows hides from other programs what such a Python makes. "
            "Install Python from python.org.",
            python=str(interpreter.path),
        )
    if interpreter.missing:
        raise SetupError(
            "{python} cannot make environments, it lacks {missing}. On Debian, install python3-venv.",
            python=str(interpreter.path),
            missing=", ".join(interpreter.missing),
        )


def _candidates(variables: Mapping[str, str], is_cancelled: Cancelled) -> Iterator[Path]:
    """Pythons on the search path, known to Windows, in the usual places; none that belongs to QGIS alone."""
    search_path = clean(variables).get("PATH", "")
    exact = [f"python{major}.{minor}" for major, minor in SUITABLE]
    yield from (path for name in exact if (path := program_named(name, search_path)))
    launcher = program_named("py", search_path) if sys.platform == "win32" else None
    if launcher:
        yield from _registered(launcher, variables, is_cancelled)
    yield from filter(Path.is_file, _usual_places(variables))
    # last: without Apple's command-line tools, macOS asks whoever starts its python3 to install them
    yield from (path for name in ("python3", "python") if (path := program_named(name, search_path)))


def _registered(launcher: Path, variables: Mapping[str, str], is_cancelled: Cancelled) -> Iterator[Path]:
    """Pythons that the launcher of Windows lists."""
    try:
        lines = run([launcher, "--list-paths"], variables, is_cancelled, timeout_s=PROBE_S)
    except CommandFailed:
        return
    for line in lines:
        path = re.search(r"[A-Za-z]:\\.*python\.exe", line)
        if path:
            yield Path(path[0])


def _usual_places(variables: Mapping[str, str]) -> Iterator[Path]:
    for major, minor in SUITABLE:
        if sys.platform == "win32":
            name = f"Python{major}{minor}"
            roots = [variables.get(root) for root in ("LOCALAPPDATA", "ProgramFiles", "SystemDrive")]
            folders = ("Programs/Python", "", "/")
            for root, folder in zip(roots, folders):
                if root:
                    yield Path(root, folder, name, "python.exe")
        else:
            for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
                yield Path(folder, f"python{major}.{minor}")
            yield users_own() / ".local" / "bin" / f"python{major}.{minor}"
            yield Path(f"/Library/Frameworks/Python.framework/Versions/{major}.{minor}/bin/python3")
