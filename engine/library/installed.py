"""Finds the models a user can choose: the bundled ones first, then those in the user's own library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..environment.locations import home
from ..errors import ModelError
from .card import ModelCard

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled"


@dataclass(frozen=True)
class InstalledModel:
    """A model on this machine: its network and its card."""

    onnx: Path
    card: ModelCard


def installed_models(task: str | None = None) -> list[InstalledModel]:
    """List the models of one task (all where `task` is `None`), bundled first.

    A folder counts as a model when it holds `model.onnx` and a readable `card.json`.
    """
    models = []
    for shelf in (BUNDLED, home() / "models"):
        for folder in sorted(shelf.iterdir()) if shelf.is_dir() else ():
            onnx, card_file = folder / "model.onnx", folder / "card.json"
            if not (onnx.is_file() and card_file.is_file()):
                continue
            card = ModelCard.from_file(card_file)
            if task is None or card.task == task:
                models.append(InstalledModel(onnx, card))
    return models


def find_model(model_id: str, task: str | None = None) -> InstalledModel:
    """Find one installed model.

    Raises:
        ModelError: No model of that name and task is installed.
    """
    models = installed_models(task)
    for model in models:
        if model.card.model_id == model_id:
            return model
    raise ModelError(
        "There is no model {model} for this task. Installed are: {known}.",
        model=model_id,
        known=", ".join(model.card.model_id for model in models) or "-",
    )
