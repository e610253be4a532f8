"""The product as its users meet it: qgis_process in a profile of its own, with the real worker, and what runs of it."""

import os
import subprocess
import time
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("/usr/bin/qgis_process.bin", "/usr/bin/qgis_process")  # the wrapper of Debian 12 is broken
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "QGIS_OPTIONS_PATH", "QGIS_PREFIX_PATH")
"""Variables that another Python, GDAL or pytest-qgis may have set for itself."""

RUN_S = 120.0
"""More than any run of these tests takes on a busy machine."""

Ended = namedtuple("Ended", "code said complained")


class FrontDoor:
    """Starts qgis_process.

    Attributes:
        program: The executable.
        variables: Those that it is given; others that start it need them too.
    """

    def __init__(self, program, folder):
        """Make a profile in a folder."""
        self.program = program
        settings = folder / "profile" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text("[PythonPlugins]\nterraloom=true\nprocessing=true\n")
        (folder / "plugins").mkdir()
        (folder / "plugins" / "terraloom").symlink_to(ROOT)
        (folder / "run").mkdir(mode=0o700)
        self.variables = {
            **{name: value for name, value in os.environ.items() if name not in MISLEADING},
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
            "QGIS_PLUGINPATH": str(folder / "plugins"),
        }

    def start(self, algorithm, parameters, options=(), variables=None):
        """Start a run; a list among the parameters is given one by one."""
        given = [
            f"{name}={value}"
            for name, values in parameters.items()
            for value in (values if isinstance(values, (list, tuple)) else [values])
        ]
        return subprocess.Popen(
            [self.program, *options, "run", str(algorithm), "--", *given],
            env={**self.variables, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, algorithm, parameters, options=(), variables=None):
        """Run to the end."""
        return wait(self.start(algorithm, parameters, options, variables))


def wait(process, timeout_s=RUN_S):
    """What a process of qgis_process came to."""
    try:
        said, complained = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        said, complained = process.communicate()
        pytest.fail(f"qgis_process did not end within {timeout_s:.0f} s: {said}\n{complained}")
    return Ended(process.returncode, said, complained)


def until(condition, seconds, what):
    """Wait for something to become true and return it."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not happen within {seconds:g} s")
        time.sleep(0.02)


def workers_of(parent):
    """Processes that became a worker and were started by `parent` (Linux)."""
    return [
        pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _parent(pid) == parent and _is_worker(pid)
    ]


def is_running(pid):
    """Whether a process lives; one that ended and that nobody asks after does not (Linux)."""
    return _status(pid)[:1] not in ([], ["Z"])


def _parent(pid):
    status = _status(pid)
    return int(status[1]) if status else None


def _status(pid):
    """State, parent and so on of a process; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _is_worker(pid):
    try:
        return b"launch.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def names_in(folder):
    """All that lies in a folder and below, hidden or not, even while others take it away."""
    return sorted(
        os.path.relpath(os.path.join(place, name), folder)
        for place, folders, files in os.walk(folder)
        for name in (*folders, *files)
    )
