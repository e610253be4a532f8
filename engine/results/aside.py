"""Keeps an earlier result in a hidden folder while a new one takes its place, and brings it back from there.

Folders may come from others with all that is hidden in them: only what a result replaces is moved, and links are left.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from ..errors import OutputError
from .belongings import replaced_names
from .journal import NAME as JOURNAL


def aside_folder(target: Path) -> Path:
    """The hidden folder of an earlier result while it is being replaced."""
    return target.parent / f".{target.name}.terraloom-old"


def refuse_misleading(hidden: Path, target: Path) -> None:
    """Refuse to use what has the name of a hidden folder and is none: a link would lead to files that are not ours.

    Raises:
        OutputError: It names the file or link.
    """
    if os.path.islink(hidden) or os.path.isfile(hidden):
        raise OutputError(
            "{hidden} is a link or a file; the result {path} needs a hidden folder of that name while it is made. "
            "Delete it, or choose another name for the result.",
            hidden=str(hidden),
            path=str(target),
        )


def bring_back(target: Path) -> None:
    """Give an earlier result its place back where a kill came before the new one was there.

    The file itself goes first and comes last, the old one and the new: where it stands, all of it stands. Else what
    lies beside it is the new one's where that was announced, and the old one's where it was not.
    """
    aside = aside_folder(target)
    if os.path.islink(aside):
        return
    if os.path.isdir(aside) and not os.path.lexists(target):
        try:
            for new in _announced(target):
                new.unlink(missing_ok=True)
            (aside / JOURNAL).unlink(missing_ok=True)  # from here on what lies there may be the old one's again
            for name in reversed(replaced_names(target)):
                if os.path.lexists(aside / name):
                    os.replace(aside / name, target.parent / name)
        except OSError:
            return  # Somebody holds one of the files: the next run tries again.
    shutil.rmtree(aside, ignore_errors=True)


def _announced(target: Path) -> list[Path]:
    """Where files of a new result may lie already: nowhere where a kill came before that was noted."""
    try:
        names = json.loads((aside_folder(target) / JOURNAL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return []
    return [target.parent / name for name in replaced_names(target) if isinstance(names, list) and name in names]
