"""Turns whatever a job raises into an error that the user can act on; used in the worker, where it arose."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import FULL_DISK, InputError, OutputError, SetupError, TerraloomError, WorkerError
from ..results.workspace import partial_folder

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

GONE = (errno.EIO, errno.ENODEV, errno.EROFS, errno.ESTALE)
"""What the systems say of a disk that is damaged, cannot be written to any more, or is not there any more."""

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
    if isinstance(error, ImportError) and f"{error.name}.".startswith("terraloom."):
        return WorkerError(
            "Terraloom's files were changed while QGIS was running: {reason}. Restart QGIS; if that does not help, "
            "install the plugin again.",
            reason=str(error),
        )
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
    lost = _lost(error, words, outputs)
    if lost is not None:
        return lost
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


def _lost(error: Exception, words: str, outputs: Sequence[Path]) -> OutputError | None:
    """What to say where a folder or a disk is not as it was, or nothing where that is not the matter."""
    gone = _gone_folder(words, outputs)
    if gone:
        return OutputError(
            "The folder {folder} was removed, renamed or unmounted while results were made in it. Start again, or "
            "choose another folder.",
            folder=gone,
        )
    lost = next((link for link in _chain(error) if isinstance(link, OSError) and link.errno in GONE), None)
    if lost is not None and isinstance(lost.filename, (str, bytes)):
        return OutputError(
            "{path} could not be read or written: {reason}. Its disk is damaged, write-protected or not there any "
            "more. Choose another folder, or copy the file to another disk.",
            path=os.fsdecode(lost.filename),
            reason=str(lost.strerror),
        )
    if lost is not None or any(mark in words for mark in WRITE_MARKS):
        return OutputError(
            "Writing into {folder} failed: its disk is full or not there any more. "
            "Free some space, or choose another folder.",
            folder=str(outputs[0].parent if outputs else Path.cwd()),
        )
    return None


def _gone_folder(words: str, outputs: Sequence[Path]) -> str:
    """The folder of a result that is not there any more, its hidden folder included, or nothing."""
    for path in outputs:
        hidden = partial_folder(path)
        if _is_gone(path.parent):
            return str(path.parent)
        if str(hidden).lower() in words and _is_gone(hidden):
            return str(hidden)
    return ""


def _is_gone(folder: Path) -> bool:
    """Whether there is no such folder; one that cannot be asked for, as its name is too long, was never there."""
    try:
        os.stat(folder)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ESTALE)
    return False


def _full_folder(error: Exception, words: str, outputs: Sequence[Path]) -> str:
    """The folder whose disk is full, or nothing where that is not the matter."""
    full = [link for link in _chain(error) if getattr(link, "errno", None) in FULL_DISK]
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
