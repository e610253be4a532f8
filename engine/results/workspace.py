"""Keeps unfinished results out of sight: each is made in a hidden folder beside its place and moved there at the end.

The folder's name follows from the result's, so whoever outlives a job (the client, a dying worker) can clear it away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from ..errors import FULL_DISK, OutputError
from ..progress import Progress
from .aside import aside_folder, bring_back, refuse_misleading
from .belongings import UNSTYLED, names_beside, replaced_names
from .files_behind import file_behind
from .journal import NAME as JOURNAL
from .journal import STATE
from .occupancy import MARK, is_occupied, leave, occupy, remove
from .refusals import LONGEST_NAME_BYTES, refuse_full_folder, refuse_replacing_others, refuse_unusable

RESERVED = (JOURNAL, STATE, MARK)
"""Names of what is no result in the hidden folders: there what a run is resumed from, and who makes it; in that of an
earlier result the names of the new one's files, once they are about to be moved into place."""

Mark = tuple[object, ...]
"""What tells a file from others."""


class Workspace:
    """The results of one job while they are unfinished.

    Args:
        targets: Where the results shall lie.
        sources: What the job reads; see `protect`.
        resume: Whether what an interrupted run left is taken up, and what this one leaves is kept if it has a journal.
        folders: Those of the targets that are folders: nothing lies beside them, and none that holds something is
            replaced.

    Raises:
        OutputError: Two targets are the same, one would damage an input, or one cannot be written.
    """

    def __init__(
        self,
        targets: Iterable[str],
        sources: Iterable[str] = (),
        resume: bool = False,
        folders: Iterable[str] = (),
    ) -> None:
        self._resume = resume
        self._targets = tuple(Path(target) for target in targets)
        self._folders = frozenset(Path(folder) for folder in folders)
        self._refuse_clashes()
        self.protect(sources)
        for target in self._targets:
            if target.name.casefold() in RESERVED:
                raise OutputError("{path} is a name that Terraloom keeps for itself. Choose another.", path=str(target))
            if target in self._folders:
                refuse_full_folder(target)
            else:
                refuse_unusable(target)

    def __enter__(self) -> Workspace:
        begun: list[Path] = []
        try:
            for target in self._targets:
                _begin(target, self._resume)
                begun.append(target)
        except OutputError:
            remove_partials(begun)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        remove_partials(self._targets)

    def protect(self, paths: Iterable[str]) -> None:
        """Make sure that no result would replace one of these files, or what lies beside it and belongs to it.

        Args:
            paths: What is read, by paths or names of GDAL's. Call this again with every file of a dataset once it is
                open: a VRT hides its sources.

        Raises:
            OutputError: A result would.
        """
        own = {mark: target for target in self._targets for mark in _marks(target)}
        taken = {
            (_number(target.parent), name.casefold()): (target, name)
            for target in self._targets
            for name in self._replaced_names(target)
        }
        for source in (Path(file_behind(path)) for path in paths):
            for mark in _marks(source) & own.keys():
                raise OutputError("{path} is an input. Choose another name for the result.", path=str(own[mark]))
            folder = _number(source.parent)
            for name in (source.name, *names_beside(source)):
                if (folder, name.casefold()) in taken:
                    target, replaced = taken[folder, name.casefold()]
                    raise OutputError(
                        "The result {path} would replace {file}, which belongs to the input {source}. "
                        "Choose another name for the result.",
                        path=str(target),
                        file=replaced,
                        source=str(source),
                    )

    def place(self, target: str) -> Path:
        """Where to make a result: in its hidden folder, under its own name."""
        path = Path(target)
        return partial_folder(path) / path.name

    def scratch(self, target: str, name: str) -> Path:
        """Where to make what a result needs on the way: `publish` does away with it."""
        return partial_folder(Path(target)) / name

    def finish(self, progress: Progress) -> None:
        """Publish, after the last moment to cancel: from here on the results are the user's."""
        progress.update(1.0)
        self.publish()

    def publish(self) -> None:
        """Move all results into place, or none: what they replace is set aside and comes back on any failure.

        Raises:
            OutputError: A target is in use, a folder was filled meanwhile, or a file of others would be replaced.
        """
        self._refuse_what_came_meanwhile()
        with ExitStack() as undoing:
            for target in self._targets:
                for name in self._replaced_names(target):
                    if os.path.lexists(target.parent / name):
                        _move(target.parent / name, aside_folder(target) / name, target, undoing)
            for target in self._targets:
                own = self._replaced_names(target)
                made = _file_last(partial_folder(target), target)
                if made and not any(path.name == target.name for path in made):
                    raise OutputError(
                        "{path} cannot be written under this name: the library that writes it made {found} of it. "
                        "Choose a simpler name.",
                        path=str(target),
                        found=made[0].name,
                    )
                coming = [path for path in made if path.name in own]  # all else served the making
                _announce(target, coming)
                for path in coming:
                    _move(path, target.parent / path.name, target, undoing)
            undoing.pop_all()
        for target in self._targets:
            shutil.rmtree(aside_folder(target), ignore_errors=True)
            remove(partial_folder(target))

    def _refuse_what_came_meanwhile(self) -> None:
        """Refuse to replace what is no earlier result."""
        for target in self._targets:
            if target in self._folders:
                refuse_full_folder(target)
            elif os.path.isdir(target):
                raise OutputError("{path} is a folder. Choose another name for the result.", path=str(target))
            else:
                refuse_replacing_others(target)

    def _refuse_clashes(self) -> None:
        """Refuse two targets that are one file, or would be where upper and lower case count the same."""
        seen: set[Mark] = set()
        styles: set[Mark] = set()
        for target in self._targets:
            if _marks(target) & seen:
                raise OutputError("Two results have the name {path}. Choose different names.", path=str(target))
            seen |= _marks(target)
            if target.suffix.lower() in UNSTYLED or target in self._folders:
                continue
            style = target.with_suffix(".qml")
            if _marks(style) & styles:
                raise OutputError(
                    "Two results would share the style file {path}. Choose different names, or .gpkg for polygons.",
                    path=str(style),
                )
            styles |= _marks(style)

    def _replaced_names(self, target: Path) -> list[str]:
        """What a new result replaces: a folder only itself."""
        return [target.name] if target in self._folders else replaced_names(target)


def partial_folder(target: Path) -> Path:
    """The hidden folder in which `target` is made: on the same disk, so that moving is atomic."""
    return target.parent / f".{target.name}.terraloom"


def remove_partials(targets: Iterable[Path]) -> None:
    """Clear away whatever is unfinished for these results, but for a run that can be resumed: it keeps a journal."""
    for target in targets:
        if len(os.fsencode(aside_folder(target).name)) > LONGEST_NAME_BYTES:
            continue  # nothing can have been made
        folder = partial_folder(target)
        if not occupy(folder) and is_occupied(folder):
            continue  # another run makes this result, and clears up itself
        bring_back(target)
        if os.path.isfile(folder / JOURNAL):
            leave(folder)
        else:
            remove(folder)


def can_be_resumed(targets: Iterable[Path]) -> bool:
    """Whether a run that was to make these results was interrupted, and what is finished of it was kept."""
    return any(os.path.isfile(partial_folder(target) / JOURNAL) for target in targets)


def _announce(target: Path, files: Iterable[Path]) -> None:
    """Note which files of a new result are about to be moved into place, all of the earlier one being set aside."""
    try:
        aside_folder(target).mkdir(exist_ok=True)
        (aside_folder(target) / JOURNAL).write_text(json.dumps([path.name for path in files]), encoding="utf-8")
    except OSError as error:
        raise _irreplaceable(target, error) from error


def _file_last(folder: Path, target: Path) -> list[Path]:
    """The files in a folder: what lies beside the target, then the target itself; nothing reserved."""
    files = [path for path in folder.iterdir() if path.name not in RESERVED]
    return sorted(files, key=lambda path: path.name == target.name)


def _begin(target: Path, resume: bool) -> None:
    """Make the hidden folder of a target: empty, or without the target itself if an interrupted run is resumed.

    Nothing in it is touched before the folder is ours.

    Raises:
        OutputError: Another run is making this result, or the folder cannot be made.
    """
    folder = partial_folder(target)
    for hidden in (folder, aside_folder(target)):
        refuse_misleading(hidden, target)
    try:
        folder.mkdir(exist_ok=True)
        if not occupy(folder):
            raise OutputError(
                "{path} is being made by another run at this moment. Wait until it is done, stop it, or choose another "
                "name.",
                path=str(target),
            )
        bring_back(target)
        taken_up = resume and (folder / JOURNAL).is_file()
        for path in list(folder.iterdir()):
            # What results are made from is taken up. They themselves, and overviews, may be half written.
            stays = taken_up and path.name not in replaced_names(target) and path.suffix != ".ovr"
            if (stays or path.name == MARK) and not path.is_symlink():
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    except OSError as error:
        leave(folder)
        _refuse_full_disk(error, target)
        raise OutputError(
            "{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error


def _move(source: Path, place: Path, target: Path, undoing: ExitStack) -> None:
    """Move a file for the sake of a target, and note how to take that back."""
    try:
        place.parent.mkdir(exist_ok=True)
        os.replace(source, place)
    except OSError as error:
        raise _irreplaceable(target, error) from error
    undoing.callback(os.replace, place, source)


def _irreplaceable(target: Path, error: OSError) -> OutputError:
    _refuse_full_disk(error, target)
    return OutputError(
        "{path} cannot be replaced: {reason}. Close the program that has it open or choose another name.",
        path=str(target),
        reason=error.strerror or str(error),
    )


def _refuse_full_disk(error: OSError, target: Path) -> None:
    """Tell a full disk as such: neither another folder of it nor a closed program helps."""
    if error.errno in FULL_DISK:
        raise OutputError(
            "The disk of {folder} is full. Free some space, or choose another folder.", folder=str(target.parent)
        ) from error


def _marks(path: Path) -> set[Mark]:
    """What a file is known by: its folder and its name whatever the case, and its own number where it exists."""
    return {(_number(path.parent), path.name.casefold()), _number(path)}


def _number(path: Path) -> Mark:
    """The number of a file or folder on its disk, the same however the path is written; else the path."""
    with suppress(OSError):
        status = os.stat(path)
        if status.st_ino:
            return status.st_dev, status.st_ino
    return (os.path.normcase(os.path.abspath(path)),)
