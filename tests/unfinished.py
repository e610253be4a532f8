"""Files of results, old and new, and runs that are killed between two moves of them."""

import os
from pathlib import Path

from terraloom.engine.results import workspace


class Killed(BaseException):
    """Stands for the end of the process: nothing runs after it."""


def write(*names, text="old"):
    for name in names:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)


def contents():
    """All files below the folder, with what is in them."""
    return {str(path): path.read_text() for path in Path().rglob("*") if path.is_file()}


def killed_at(monkeypatch, moves, work):
    """Do something that is killed before a move of a file; gives whether it was."""
    real, done = os.replace, []

    def replace(source, place):
        if len(done) == moves:
            raise Killed
        done.append(place)
        real(source, place)

    with monkeypatch.context() as patching:
        patching.setattr(workspace.os, "replace", replace)
        patching.setattr(workspace.ExitStack, "__exit__", lambda *_: None)
        try:
            work()
        except Killed:
            return True
    return False
