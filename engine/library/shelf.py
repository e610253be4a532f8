"""Puts a model into the user's library: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ModelError, OutputError
from ..results.workspace import partial_folder
from .card import ModelCard
from .installed import NETWORK, installed_models

CARD = "card.json"
SOURCE_HASH = "terraloom:source_sha256"
"""Property of a card: the hash of the file that the model was imported from."""


def check_name(folder: Path, source_sha256: str) -> None:
    """Refuse a name that another model has; one that came from the same file may be replaced.

    Raises:
        ModelError: Another model has it.
    """
    same = [model for model in installed_models() if model.card.model_id.casefold() == folder.name.casefold()]
    bundled = any(model.onnx.parent.parent != folder.parent for model in same)
    if bundled or (os.path.lexists(folder) and _source(folder) != source_sha256):
        raise ModelError(
            "There is a model {model} already. Choose another NAME, or remove {folder} first.",
            model=folder.name,
            folder=str(same[0].onnx.parent if same else folder),
        )


def free_name(library: Path, wanted: str, source_sha256: str) -> str:
    """The wanted name, with a number behind it where another model has it."""
    for name in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000))):
        try:
            check_name(library / name, source_sha256)
        except ModelError:
            continue
        return name
    return wanted


@contextmanager
def place_for(folder: Path) -> Iterator[Path]:
    """A hidden folder in which a model is made. At the end it is moved to `folder`, file by file if that is there.

    Raises:
        OutputError: The library cannot be written to.
    """
    made = partial_folder(folder) / folder.name
    try:
        shutil.rmtree(made.parent, ignore_errors=True)
        made.mkdir(parents=True)
        yield made
        if folder.is_dir():
            for name in (NETWORK, CARD):
                os.replace(made / name, folder / name)
        else:
            os.rename(made, folder)
    except OSError as error:
        raise OutputError(
            "The model cannot be written to {folder}: {reason}. Close programs that use it, or set TERRALOOM_HOME to "
            "a folder that you may write to.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        shutil.rmtree(made.parent, ignore_errors=True)


def _source(folder: Path) -> str:
    """The hash of the file that a model was imported from; empty where that is not known."""
    try:
        return str(ModelCard.from_file(folder / CARD).document["properties"].get(SOURCE_HASH, ""))
    except ModelError:
        return ""
