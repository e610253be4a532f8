"""Turns whatever a job raises into an error that the user can act on; used in the worker, where it arose."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import InputError, OutputError, SetupError, TerraloomError, WorkerError

MEMORY_MARKS = (
    "bad_alloc",
    "memoryerror",
    "failed to allocate",
    "can't allocate memory",
    "cannot allocate memory",
    "out of memory",
)
"""How Python, native libraries and the systems word that memory ran out, in lower case."""

DISK_MARKS = ("no space left", "disk is full", "disk full", "disk quota")
"""How GDAL, SQLite and the systems word that a disk is full."""

LARGE_MARK, OPEN_MARK = "file too large", "too many open files"
"""How the systems word that a disk takes no file as large, and that no more files can be open at a time."""

WRITE_MARKS = ("write error", "write failed", "error writing", "tiffappendtostrip")
"""How GDAL words that the system took no more data, without saying why."""

PLACE_MARKS = (
    "failed to transform",
    "invalid latitude",
    "invalid longitude",
    "invalid coordinate",
    "latitude or longitude exceeded limits",
    "outside of projection domain",
    "point outside of",
)
"""How GDAL and PROJ word that coordinates cannot be in a reference system."""

FULL_BYTES = 16 * 1024**2
"""A disk with less than this is taken for the cause of an unexpected fault."""


def explain(error: Exception, outputs: Sequence[Path]) -> TerraloomError:
    """Say what a job's exception means for the user.

    Args:
        error: What the job raised.
        outputs: What it was asked to write; call this before the unfinished ones are cleared away.
    """
    words = " ".join(f"{link}" for link in _chain(error)).lower()
    if OPEN_MARK in words:  # files that cannot be opened for this are sound
        return InputError(
            "More files would be open at a time than the system allows. Take fewer images at a time, combine them to a "
            "virtual raster first (gdalbuildvrt), or raise the limit (ulimit -n).",
        )
    if isinstance(error, TerraloomError):
        return error
    if isinstance(error, ImportError):
        return SetupError(
            'The environment of Terraloom is damaged or incomplete: {reason}. Run "Set up environment" with REPAIR.',
            reason=str(error),
        )
    if isinstance(error, MemoryError) or any(mark in words for mark in MEMORY_MARKS):
        return WorkerError(
            "Memory ran out: {reason}. Choose a smaller TILE_SIZE or extent (or BATCH_SIZE, for a training), leave out "
            "polygons, or close other programs.",
            reason=str(error) or type(error).__name__,
        )
    if LARGE_MARK in words:
        return OutputError(
            "The disk of {folder} takes no file as large as this: FAT, for example, takes 4 GB at most. Choose a "
            "folder on another disk, or a smaller extent.",
            folder=str(outputs[0].parent if outputs else Path.cwd()),
        )
    full = _full_folder(error, words, outputs)
    if full:
        return OutputError("The disk of {folder} is full. Free some space, or choose another folder.", folder=full)
    if any(mark in words for mark in WRITE_MARKS):
        return OutputError(
            "Writing into {folder} failed: its disk is full or not there any more. "
            "Free some space, or choose another folder.",
            folder=str(outputs[0].parent if outputs else Path.cwd()),
        )
    if any(mark in words for mark in PLACE_MARKS):
        return InputError(
            "Coordinates have no place in the coordinate reference system that they are said to be in: {reason}. Check "
            "the reference systems of the inputs (metres taken for degrees, or degrees in the wrong order?).",
            reason=str(error),
        )
    return WorkerError(
        "An unexpected fault, which is worth reporting: {type}: {reason}",
        type=type(error).__name__,
        reason=str(error),
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _full_folder(error: Exception, words: str, outputs: Sequence[Path]) -> str:
    """The folder whose disk is full, or nothing where that is not the matter."""
    full = [link for link in _chain(error) if getattr(link, "errno", None) in (errno.ENOSPC, errno.EDQUOT)]
    for named in (getattr(link, "filename", None) for link in full):
        if isinstance(named, (str, bytes)):
            return str(Path(os.fsdecode(named)).parent)
    is_said = bool(full) or any(mark in words for mark in DISK_MARKS)
    fullest = min(filter(os.path.isdir, {path.parent for path in outputs}), key=_free_bytes, default=None)
    if fullest is not None and _free_bytes(fullest) < FULL_BYTES:
        return str(fullest)
    if is_said or any(mark in words for mark in WRITE_MARKS):
        temporary = Path(tempfile.gettempdir())  # results are not all that is written
        if os.path.isdir(temporary) and _free_bytes(temporary) < FULL_BYTES:
            return str(temporary)
    return str(fullest or Path.cwd()) if is_said else ""


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
