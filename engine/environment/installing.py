"""Installs the locked packages of a tier and of extras with pip, tells how far it is, and why it failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import SetupError
from ..progress import Progress
from . import lock
from .commands import Cancelled, CommandFailed, run

LAST_LINES = 12

MANNER = ("--disable-pip-version-check", "--no-input", "--no-user", "--progress-bar=off", "--only-binary=:all:")
"""How pip is to go about it: it asks nothing, and compiles nothing on the user's machine."""

FETCHES = ("Collecting ", "Processing ", "Requirement already satisfied: ")
"""How lines of pip begin that stand for one package each."""

UNREACHABLE = (
    "failed to establish a new connection",
    "failed to resolve",
    "name resolution",
    "name or service not known",
    "getaddrinfo",
    "connection aborted",
    "connection reset",
    "connectionreseterror",
    "remote end closed",
    "timed out",
    "timeout",
)
"""What pip, of one version or another, says in small letters where the index cannot be reached."""

NOTHING_THERE = "(from versions: none)"
"""All that pip says of pages that are no index: those that want a sign-in, refuse or fail."""

FETCHED = 0.8
"""Share of the work that is done when all packages are fetched and pip begins to unpack them."""


def install(
    python: Path,
    tier: str,
    extras: Sequence[str],
    wheels: str,
    variables: Mapping[str, str],
    progress: Progress,
    is_cancelled: Cancelled,
) -> None:
    """Install the packages of a tier and of extras into the environment of `python`.

    Args:
        python: The environment's interpreter.
        tier: `run` or `learn`.
        extras: Of `lock.EXTRAS`.
        wheels: Folder of wheels to take them from instead of the index; empty: pip's configured index.
        variables: Environment variables, proxies and pip's own included.
        progress: Told each line of pip.
        is_cancelled: Asked several times a second.

    Raises:
        SetupError: pip failed.
        CancelledError: The user asked to stop.
    """
    source = ["--no-index", "--find-links", wheels] if wheels else []
    command = [str(python), "-I", "-m", "pip", "install", *MANNER, *source]
    for name in (tier, *extras):
        command += ["-r", str(lock.requirements_file(name))]
    meter = Meter(len(lock.versions(tier, extras)), progress)
    try:
        run(command, variables, is_cancelled, meter.hear)
    except CommandFailed as error:
        raise explain(error.lines, wheels) from error


class Meter:
    """Reads from pip's lines how far it is.

    Args:
        count: How many packages there are.
        progress: Told so.
    """

    def __init__(self, count: int, progress: Progress) -> None:
        self._count = count
        self._progress = progress
        self._seen = 0

    def hear(self, line: str) -> None:
        """Take in one line."""
        self._progress.log("pip: {line}", line=line)
        if line.startswith(FETCHES):
            self._seen += 1
            self._progress.update(FETCHED * min(1.0, self._seen / self._count))
        elif line.startswith("Installing collected packages"):
            self._progress.update(FETCHED)


def explain(lines: Sequence[str], wheels: str) -> SetupError:
    """Say why pip failed, from what it said last."""
    last_words = "\n".join(lines[-LAST_LINES:])
    words = "\n".join(lines).lower()

    def said(*marks: str) -> bool:
        return any(mark in words for mark in marks)

    if said("no space left", "not enough space", "disk quota"):
        return SetupError(
            "The disk is full. Free some space (run needs {run} GB, learn {learn} GB), or set TERRALOOM_HOME to "
            "a folder on another disk. pip's last words:\n{last_words}",
            **lock.DISK_GB,
            last_words=last_words,
        )
    if said("proxyerror", "407 proxy", "tunnel connection failed", "proxy authentication"):
        return SetupError(
            "The proxy refuses the installer. Check Settings > Options > Network in QGIS, or install from "
            "a folder of wheels (WHEELS). pip's last words:\n{last_words}",
            last_words=last_words,
        )
    if said("sslerror", "certificate_verify_failed", "certificate verify failed"):
        return SetupError(
            "The connection is not trusted, as happens behind a proxy that inspects traffic. Set PIP_CERT to "
            "your organisation's certificate file, or install from a folder of wheels (WHEELS). "
            "pip's last words:\n{last_words}",
            last_words=last_words,
        )
    others_there = said("(from versions: ") and (not said(NOTHING_THERE) or said("downloading ", "using cached "))
    if others_there and not wheels and not said(*UNREACHABLE):
        return SetupError(
            "The package index has a package in no build for this system or this Python. Give a Python of your own "
            "that has the packages as INTERPRETER. pip's last words:\n{last_words}",
            last_words=last_words,
        )
    if said(*UNREACHABLE) or (not wheels and said(NOTHING_THERE)):
        return SetupError(
            "The package index cannot be reached. Check the network, or install from a folder of wheels "
            "(WHEELS). pip's last words:\n{last_words}",
            last_words=last_words,
        )
    if wheels and said("no matching distribution", "could not find a version"):
        return SetupError(
            "The folder of wheels {wheels} is incomplete for this Python and system. pip's last words:\n{last_words}",
            wheels=wheels,
            last_words=last_words,
        )
    return SetupError(
        "The packages cannot be installed. pip's last words:\n{last_words}",
        last_words=last_words,
    )
