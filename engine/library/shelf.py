"""Puts a model into the user's library: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import FULL_DISK, ModelError, OutputError
from ..results.aside import aside_folder, bring_back
from ..results.occupancy import is_occupied, occupy, remove
from ..results.workspace import partial_folder
from .card import ModelCard
from .installed import NETWORK, installed_models

CARD = "card.json"
SOURCE_HASH = "terraloom:source_sha256"
"""Property of a card: the hash of the file that the model was imported from."""

TRIES, WAIT_S = 5, 0.05
"""Another run that clears up may take a hidden folder away that is made and not yet held."""


def check_name(folder: Path, source_sha256: str) -> None:
    """Refuse a name that another model has; one that came from the same file may be replaced.

    Raises:
        ModelError: Another model has it.
    """
    same = [model for model in installed_models() if model.card.model_id.casefold() == folder.name.casefold()]
    bundled = any(model.onnx.parent.parent != folder.parent for model in same)
    if bundled:
        raise ModelError(
            "There is a model {model} already, which comes with Terraloom. Choose another NAME.", model=folder.name
        )
    if os.path.lexists(folder) and _source(folder) != source_sha256:
        raise ModelError(
            "There is a model {model} already. Choose another NAME, or remove {folder} first.",
            model=folder.name,
            folder=str(folder),
        )


def free_name(library: Path, wanted: str, source_sha256: str) -> str:
    """The wanted name, with a number behind it where another model has it, or another run makes one of that name."""
    for name in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000))):
        try:
            check_name(library / name, source_sha256)
        except ModelError:
            continue
        if not is_occupied(partial_folder(library / name)):
            return name
    return wanted


class Slot:
    """The slot of one model in the library, held against other runs while the model is made.

    Args:
        folder: Where the model is to lie.
        source_sha256: The hash of what it is made from: a model of the same may be replaced.

    Raises:
        OutputError: The library cannot be written to, or another run makes a model of this name.
    """

    def __init__(self, folder: Path, source_sha256: str) -> None:
        self._folder = folder
        self._source_sha256 = source_sha256
        self._hidden = partial_folder(folder)

    def __enter__(self) -> Slot:
        with self._writing():
            if not self._is_taken():
                raise OutputError(
                    "A model {model} is being made by another run at this moment. Wait until it is done, stop it, or "
                    "choose another NAME.",
                    model=self._folder.name,
                )
        bring_back(self._folder)
        self._clear_away_what_was_left()
        return self

    def __exit__(self, *_: object) -> None:
        remove(self._hidden)
        with suppress(OSError):
            self._folder.parent.rmdir()  # a library without models

    @contextmanager
    def filling(self) -> Iterator[Path]:
        """A hidden folder for the files of the model: at the end it comes to its place, whole or not at all.

        What else lies there, such as notes of the user, stays.

        Raises:
            OutputError: The library cannot be written to.
            ModelError: Another model has come by the name meanwhile.
        """
        made = self._hidden / self._folder.name
        with self._writing():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True)  # on a disk that knows no locks, another run may have taken the folder for left
            yield made
            check_name(self._folder, self._source_sha256)
            try:
                if os.path.lexists(self._folder):
                    self._copy_others(made)
                    aside = aside_folder(self._folder)
                    aside.mkdir(exist_ok=True)
                    os.rename(self._folder, aside / self._folder.name)
                os.rename(made, self._folder)
            finally:
                bring_back(self._folder)

    def _is_taken(self) -> bool:
        """Make the hidden folder and hold it, unless another run does."""
        for _ in range(TRIES):
            self._hidden.mkdir(parents=True, exist_ok=True)
            if occupy(self._hidden):
                return True
            time.sleep(WAIT_S)
        return False

    def _clear_away_what_was_left(self) -> None:
        """Do away with what killed runs left of other models: their hidden folders, which nobody holds any more."""
        library = self._folder.parent
        for hidden in library.glob(partial_folder(Path("*")).name):
            model = hidden.with_name(hidden.name[1 : -len(hidden.suffix)])
            if hidden != self._hidden and occupy(hidden):
                bring_back(model)
                remove(hidden)

    def _copy_others(self, made: Path) -> None:
        """Bring to the new model's folder what is no part of the old model."""
        own = str(self._folder)
        shutil.copytree(
            own, made, symlinks=True, ignore=lambda at, _: {NETWORK, CARD} if at == own else (), dirs_exist_ok=True
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Translates what the system says against writing to the library."""
        try:
            yield
        except OSError as error:
            if error.errno in FULL_DISK:
                raise OutputError(
                    "The model cannot be written to {folder}: {reason}. Free some space there, or set TERRALOOM_HOME "
                    "to a folder on another disk.",
                    folder=str(self._folder),
                    reason=error.strerror or str(error),
                ) from error
            raise OutputError(
                "The model cannot be written to {folder}: {reason}. Close programs that use it, or set TERRALOOM_HOME "
                "to a folder that you may write to.",
                folder=str(self._folder),
                reason=error.strerror or str(error),
            ) from error


def _source(folder: Path) -> str:
    """The hash of the file that a model was imported from; empty where that is not known."""
    try:
        return str(ModelCard.from_file(folder / CARD).document["properties"].get(SOURCE_HASH, ""))
    except ModelError:
        return ""
