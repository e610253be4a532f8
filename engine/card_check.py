"""Holds a job, its settings and its image against the model's card, and refuses what does not suit it."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import InputError, ModelError
from .grid import Grid
from .ground import on_earth, pixel_size_m
from .library.card import DETECTION, ModelCard
from .library.installed import installed_models
from .progress import Progress
from .requests.network_run import NetworkRun

COARSE, HOPELESS = 2.0, 20.0
"""How many times coarser than the model's pixels an image may be before the user is warned, or refused."""


def check_task(card: ModelCard, tasks: Sequence[str]) -> None:
    """Refuse models of tasks the job cannot do.

    Raises:
        ModelError: It is one.
    """
    if card.task not in tasks:
        raise ModelError(
            "{model} is a model for {task}; here run models for {known}.",
            model=card.model_id,
            task=card.task,
            known=" or ".join(tasks),
        )


def check_settings(card: ModelCard, run: NetworkRun, fixed: bool) -> None:
    """Refuse what would have no effect on this model, or a wrong one; `fixed`: it takes tiles of one size only.

    Raises:
        ModelError: It names the parameters.
    """
    detects = card.task == DETECTION
    idle = {
        "RESUME": detects and run.resume,
        "TEST_TIME_AUGMENTATION": detects and run.turns != "none",
        "TILE_SIZE": run.tile_size and fixed,
    }
    if any(idle.values()):
        raise ModelError(
            "{model} is a model for {task}{sizes}, where {parameters} would do nothing. Leave that as it was.",
            model=card.model_id,
            task=card.task,
            sizes=" with tiles of one size" if fixed else "",
            parameters=", ".join(name for name, said in idle.items() if said),
        )
    if card.lines and run.turns != "none":
        raise ModelError(
            "TEST_TIME_AUGMENTATION is {turns}, but {model} tells directions, which must not be averaged over turned "
            "images. Set it to none.",
            turns=run.turns,
            model=card.model_id,
        )


def check_pixels(raster: Grid, card: ModelCard, progress: Progress) -> None:
    """Warn of an image much coarser than the pixels the model was trained on: it does not show what it looks for.

    Raises:
        InputError: It is so coarse that a map would be worth nothing.
    """
    wants = card.inputs[0]
    if raster.crs is None or not on_earth(raster.crs) or wants.resolution_m is None:
        return
    size = max(pixel_size_m(raster.crs, raster.transform, raster.width, raster.height))
    coarsest = wants.resolution_range_m[1] if wants.resolution_range_m else wants.resolution_m
    told: dict[str, str | float] = {"size": size, "model": card.model_id, "wanted": coarsest}
    others = ", ".join(_made_for(size, card))
    if size > HOPELESS * coarsest and others:
        raise InputError(
            "The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. "
            "Choose a finer image, or a model that was made for such pixels: {others}.",
            **told,
            others=others,
        )
    if size > HOPELESS * coarsest:
        raise InputError(
            "The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. "
            "Choose a finer image or another model.",
            **told,
        )
    if size > COARSE * coarsest:
        progress.warn(
            "The pixels of the image are {size:.3g} m wide; {model} was trained on {wanted:g} m or finer. "
            "Do not expect much of the map.",
            **told,
        )
        if others:
            progress.warn(
                "Made for such pixels, if it is what you look for: {others} (“Show model information” tells what each "
                "maps).",
                others=others,
            )


def _made_for(size_m: float, card: ModelCard) -> list[str]:
    """The other installed models of the same task that take pixels of a size as they are."""
    alike = (model.card for model in installed_models((card.task,)) if len(model.card.inputs) == len(card.inputs))
    ranges = {other.model_id: other.inputs[0].resolution_range_m or (0.0, 0.0) for other in alike}
    return [model_id for model_id, (least, most) in ranges.items() if least <= size_m <= most]
