"""Starts processes that can be ended with all their descendants, and ends them."""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404 - programs are started as lists, without a shell
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from .variables import PATIENT, clean


def start(
    command: Sequence[str],
    variables: Mapping[str, str],
    stdin: int,
    stdout: int,
    stderr: int,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a process as head of a group of its own, without a console window or QGIS's variables.

    Args:
        command: Program and arguments.
        variables: Environment variables, cleaned before they are handed on.
        stdin: As in `subprocess.Popen`, like the next two. Other children never inherit these pipes.
        stdout: See `stdin`.
        stderr: See `stdin`.
        descriptors: What else it inherits; not on Windows.

    Raises:
        OSError: The program cannot be started.
    """
    own_group: dict[str, Any] = {"start_new_session": True, "pass_fds": tuple(descriptors)}
    if sys.platform == "win32":
        own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return subprocess.Popen(  # noqa: S603 # nosec B603 - interpreters the user chose or we installed
        list(command), env={**PATIENT, **clean(variables)}, stdin=stdin, stdout=stdout, stderr=stderr, **own_group
    )


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process that `start` started, and its descendants, whatever they do; wait until it is gone."""
    if process.returncode is not None:
        return  # Its number may already be that of a stranger.
    try:
        if sys.platform == "win32":
            taskkill = os.path.join(os.environ.get("SystemRoot", r"C:\Windows"), "System32", "taskkill.exe")
            subprocess.run(  # noqa: S603 # nosec B603 - a part of Windows, and none that lies in the current folder
                [taskkill, "/T", "/F", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
            process.kill()  # taskkill may have been refused
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        process.kill()  # The group is gone; macOS refuses where its head has died but was not waited for.
    process.wait()
