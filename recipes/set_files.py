"""Finds the files of a labelled set; a set without any is refused, as its figures would be missing without a word."""

from __future__ import annotations

from pathlib import Path


def files_of(folder: Path, pattern: str) -> list[Path]:
    """The files of a set, by name.

    Raises:
        SystemExit: There are none.
    """
    found = sorted(folder.glob(pattern))
    if not found:
        raise SystemExit(
            f"{folder} holds no {pattern}. benchmarks/README.md tells where the sets come from and how they lie; "
            "name their folder with --data."
        )
    return found
