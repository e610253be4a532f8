"""Holds a network, a job, its settings and its image against the model's card, and refuses what does not suit it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..backends.backend import Port
from ..errors import InputError, ModelError
from ..grids.grid import Grid
from ..library.card import DETECTION, ModelCard
from ..library.installed import installed_models, outdone_by
from ..library.rules import ADJACENCY, GRAPH_INPUTS
from ..progress import Progress
from ..requests.network_run import NetworkRun
from ..requests.words import refuse_idle_for

COARSE, HOPELESS = 2.0, 20.0
"""How many times coarser than the model's pixels an image may be before the user is warned, or refused."""


def check_network(path: Path, card: ModelCard, ports: Sequence[Port]) -> None:
    """Refuse a network whose inputs are not those that its card names.

    Raises:
        ModelError: They do not belong together.
    """
    if card.regions:
        ports = _without_graph(path, ports, card.regions.most)
    if len(ports) != len(card.inputs):
        raise ModelError(
            "{path} reads {found} inputs, its card names {expected}. "
            "The file is damaged or its card belongs to another model.",
            path=str(path),
            found=len(ports),
            expected=len(card.inputs),
        )
    for port, want in zip(ports, card.inputs):
        bands = port.shape[-1 if want.layout == "NHWC" else -3] if len(port.shape) >= 3 else None
        if bands is not None and bands != want.channels:
            raise ModelError(
                "The network in {path} reads {found} bands, its card says {expected} ({names}). "
                "The file is damaged or its card belongs to another model.",
                path=str(path),
                found=bands,
                expected=want.channels,
                names=", ".join(want.band_names),
            )
        batch = port.shape[0] if len(port.shape) == 4 else None
        if len(port.shape) not in (3, 4) or (card.detection and batch not in (None, 1)):
            raise ModelError(
                "{path} takes arrays of the shape {shape}; tiles go in one at a time. "
                "Export it with a batch of 1 or of any size.",
                path=str(path),
                shape=" x ".join("?" if size is None else str(size) for size in port.shape),
            )


def _without_graph(path: Path, ports: Sequence[Port], most: int) -> list[Port]:
    """The inputs that are images; those that hold the regions and which of them touch must be there too.

    Raises:
        ModelError: They are not, or are made for another number of regions.
    """
    found = {port.name: port.shape for port in ports if port.name in GRAPH_INPUTS}
    if tuple(found) != GRAPH_INPUTS or found[ADJACENCY][-1] not in (None, most):
        raise ModelError(
            "The card of {path} says that the network reads {most} regions; its inputs are {found}. "
            "The file is damaged or its card belongs to another model.",
            path=str(path),
            most=most,
            found=", ".join(f"{port.name} {port.shape}" for port in ports),
        )
    return [port for port in ports if port.name not in GRAPH_INPUTS]


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


def check_settings(card: ModelCard, run: NetworkRun, fixed_px: tuple[int, int] | None) -> None:
    """Refuse what would have no effect on this model, or a wrong one.

    Args:
        card: The model's.
        run: What is asked for.
        fixed_px: Rows and columns of the only tile that it takes; `None`: any.

    Raises:
        ModelError: It names the parameters.
    """
    detects = card.task == DETECTION
    idle = {
        "RESUME": detects and run.resume,
        "TEST_TIME_AUGMENTATION": detects and run.turns != "none",
        "TILE_SIZE": fixed_px is not None and run.tile_size not in (0, card.only_px),
    }
    refuse_idle_for(card, idle, " with tiles of one size" if fixed_px else "")
    check_turns(card, run.turns, fixed_px)


def check_turns(card: ModelCard, turns: str, fixed_px: tuple[int, int] | None) -> None:
    """Refuse quarter turns of tiles that are not square, where a model takes no others.

    Raises:
        ModelError: It says which turns to choose.
    """
    if fixed_px and fixed_px[0] != fixed_px[1] and turns == "rotations":
        raise ModelError(
            "{model} takes tiles of {rows} x {columns} px only, which cannot be turned by a quarter. Set "
            "TEST_TIME_AUGMENTATION to flips.",
            model=card.model_id,
            rows=fixed_px[0],
            columns=fixed_px[1],
        )


def check_pixels(raster: Grid, card: ModelCard, progress: Progress) -> None:
    """Warn of an image much coarser than the pixels the model was trained on: it does not show what it looks for.

    Raises:
        InputError: It is so coarse that a map would be worth nothing.
    """
    wants = card.inputs[0]
    if wants.resolution_m is None or (size_m := raster.pixel_m) is None:
        return
    size = max(size_m)
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


def tell_outdone(path: Path, progress: Progress) -> None:
    """Warn where a model of the user's own has the name of this one, which an update may have brought."""
    for other in outdone_by(path):
        progress.warn(
            "The model {model} that comes with Terraloom is used. Yours of that name, in {folder}, cannot be chosen: "
            "bring it among your models under another NAME with “Import a model”, or remove its folder.",
            model=other.card.model_id,
            folder=str(other.onnx.parent),
        )


def _made_for(size_m: float, card: ModelCard) -> list[str]:
    """The other installed models of the same task that take pixels of a size as they are."""
    alike = (model.card for model in installed_models((card.task,)) if len(model.card.inputs) == len(card.inputs))
    ranges = {other.model_id: other.inputs[0].resolution_range_m or (0.0, 0.0) for other in alike}
    return [model_id for model_id, (least, most) in ranges.items() if least <= size_m <= most]
