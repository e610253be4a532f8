"""Finds the models a user can choose: the bundled ones first, then those in the user's own library."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..environment.locations import own_models
from ..errors import ModelError
from .card import ModelCard

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled"
FIRST = "landuse-vhr"
"""The bundled model that is offered first, and so is the default where it suits; the others follow by name."""

NETWORK = "model.onnx"


@dataclass(frozen=True)
class InstalledModel:
    """A model on this machine: its network and its card."""

    onnx: Path
    card: ModelCard


Suits = Callable[[ModelCard], bool]
"""Says of a card whether the model is one of those wanted."""


def any_model(card: ModelCard) -> bool:
    """Every model is wanted."""
    return True


def installed_models(tasks: Collection[str] = (), suits: Suits = any_model) -> list[InstalledModel]:
    """List the models of these tasks (of all where none is named) that suit, bundled first, then the user's own.

    Those that are unreadable are left out; of those of one name, so are all but the one whose folder is called so, or
    all but the first.
    """
    counting = _by_name().values()
    return [model for model, *_ in counting if (not tasks or model.card.task in tasks) and suits(model.card)]


def outdone_models() -> list[tuple[InstalledModel, InstalledModel]]:
    """The models that cannot be chosen because another one of their name counts, each with that one."""
    return [(other, counting) for counting, *others in _by_name().values() for other in others]


def outdone_by(onnx: Path) -> list[InstalledModel]:
    """The models of the user's own that cannot be chosen since this one, which comes with Terraloom, has their name."""
    return [other for other, counting in outdone_models() if counting.onnx == onnx and onnx.parent.parent == BUNDLED]


def unreadable_models() -> list[ModelError]:
    """Say what is wrong with each model that is on this machine but cannot be offered."""
    errors = []
    for card_file in _card_files():
        try:
            ModelCard.from_file(card_file)
        except ModelError as error:
            errors.append(error)
    return errors


def find_model(model_id: str, tasks: Collection[str] = (), suits: Suits = any_model) -> InstalledModel:
    """Find one installed model.

    Raises:
        ModelError: No model of that name is installed for these tasks.
    """
    models = installed_models(tasks, suits)
    for model in models:
        if model.card.model_id == model_id:
            return model
    if not models:
        raise ModelError("No model is installed for this task. Give a network of your own as MODEL_FILE.")
    raise ModelError(
        "There is no model {model} for this task. Installed are: {known}.",
        model=model_id or "-",
        known=", ".join(model.card.model_id for model in models),
    )


def _by_name() -> dict[str, list[InstalledModel]]:
    """The readable models of each name; the one that counts is the first: a copy of a folder still has the old name."""
    found: dict[str, list[InstalledModel]] = {}
    for card_file in _card_files():
        with suppress(ModelError):
            model = InstalledModel(card_file.with_name(NETWORK), _card(card_file))
            found.setdefault(model.card.model_id, []).append(model)
    for name, models in found.items():
        models.sort(key=lambda model: model.onnx.parent.name != name)
    return found


def _card(card_file: Path) -> ModelCard:
    """Read a card, once as long as its file stays the same: each algorithm that QGIS makes lists the models.

    Raises:
        ModelError: The file cannot be read or is no card.
    """
    try:
        found = card_file.stat()
    except OSError:
        return ModelCard.from_file(card_file)  # says which file it is
    return _card_of_state(card_file, (found.st_ino, found.st_size, found.st_mtime_ns))


@cache
def _card_of_state(card_file: Path, state: tuple[int, int, int]) -> ModelCard:
    """Read a card as it is at a state of its file."""
    return ModelCard.from_file(card_file)


def _card_files() -> Iterator[Path]:
    """The card of each model on this machine: a folder counts as one when it holds a network and a card."""
    for shelf in filter(os.path.isdir, (BUNDLED, own_models())):  # none that lies where one may not enter
        for card_file in sorted(shelf.glob("*/card.json"), key=lambda path: (path.parent.name != FIRST, path)):
            if card_file.with_name(NETWORK).is_file():
                yield card_file
