"""Tells the user, before a map is made, where an image is unlike those that the model was trained on.

Needs a model card that says what it is used to (`familiarity.py`); others are run as they always were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..library.installed import installed_models
from ..progress import Progress
from ..scene import Scene
from .familiarity import CARD_KEY, TILE_PX, Familiarity
from .inner_features import InnerFeatures, computes

MOST_TILES = 12
MOST_PLACES = 64
"""How many tiles are looked at, and at how many places they are looked for."""

FULL = 0.5
"""Share of a tile's pixels that must be known."""

STEPS = 0.7548776662466927, 0.5698402909980532
"""Steps along two axes that fill a square evenly however many are taken: powers of the root of x³ = x + 1.

After Roberts 2018, The unreasonable effectiveness of quasirandom sequences (R2)."""

MOST_LIKELY_WRONG, PARTLY_WRONG = 0.5, 0.2
"""Beyond these shares of unfamiliar tiles the user is warned, or told."""


def unfamiliar_share(scene: Scene, progress: Progress) -> float | None:
    """Look at some tiles of a scene, and tell if too many are unlike those of the training.

    Args:
        scene: What was opened.
        progress: Is told; asked before each tile whether to stop.

    Returns:
        The share of tiles that are, 0–1; `None`: nobody knows, see `unfamiliar_tiles`.

    Raises:
        ModelError: What the card says makes no sense.
    """
    tiles = unfamiliar_tiles(scene, progress)
    if tiles is None:
        return None
    beyond, count = tiles
    _tell(beyond, count, scene.card.title, progress)
    return beyond / count


def unfamiliar_tiles(scene: Scene, progress: Progress) -> tuple[int, int] | None:
    """Look at some tiles of a scene.

    Args:
        scene: What was opened.
        progress: Is asked before each tile whether to stop.

    Returns:
        How many are unlike those of the training, and how many were looked at; `None` where the card is silent, the
        file is a variant that does not compute what the card speaks of and its original is not installed, or the scene
        shows too little.

    Raises:
        ModelError: What the card says makes no sense.
    """
    said = scene.card.document["properties"].get(CARD_KEY)
    if not said:
        return None
    familiarity = Familiarity.from_document(said)
    if scene.card.regions or any(wants.layout != "NCHW" for wants in scene.card.inputs):
        return None  # tiles go into such networks in another way than is known here
    path = _measured(scene, familiarity.tensors)
    if path is None:
        progress.log(
            "Whether the image is familiar to {model} is not looked at: this variant computes other numbers than the "
            "model that its card speaks of, which is not installed. Run that one over a part of the image to be told.",
            model=scene.card.title,
        )
        return None
    inner = InnerFeatures(path, familiarity.tensors, scene.network.threads)
    found = []
    for view in _views(scene, min(familiarity.tile_px, TILE_PX)):
        progress.update(0.0)
        found.append(inner(view.values, view.known))
    if not found:
        return None
    return int(familiarity.unfamiliar(np.stack(found)).sum()), len(found)


def _measured(scene: Scene, tensors: Sequence[str]) -> Path | None:
    """The network that the card speaks of: the scene's own, or of a variant the one it was made from, if installed.

    A quantised file may give the names to other numbers: its layers are merged with what follows.
    """
    if scene.card.precision != "int8" and computes(scene.network.path, tensors):
        return scene.network.path
    said = scene.card.document["properties"][CARD_KEY]
    for model in installed_models((), lambda card: card.precision != "int8"):
        if model.card.document["properties"].get(CARD_KEY) == said and computes(model.onnx, tensors):
            return model.onnx
    return None


def _tell(beyond: int, count: int, title: str, progress: Progress) -> None:
    """Warn of a map that is likely to be wrong, or mention that parts may be."""
    if beyond > MOST_LIKELY_WRONG * count:
        progress.warn(
            "{beyond} of {count} tiles that were looked at are unlike all that {model} was trained on, so the map is "
            "likely to be wrong, even where the model is sure. Check the order of the bands, SCALE and the pixel size "
            "against what the model reads (Show model information), and hold the map and its CONFIDENCE against the "
            "image. If the image is right, train a model on labels of your own.",
            beyond=beyond,
            count=count,
            model=title,
        )
    elif beyond > PARTLY_WRONG * count:
        progress.log(
            "{beyond} of {count} tiles that were looked at are unlike those that {model} was trained on. Hold the map "
            "and its CONFIDENCE against the image there.",
            beyond=beyond,
            count=count,
            model=title,
        )


@dataclass(frozen=True)
class _View:
    """A tile as the network gets it: for each input `(bands, rows, cols)`, and where it shows something."""

    values: list[NDArray[np.float32]]
    known: NDArray[np.bool_]


def _views(scene: Scene, side_px: int) -> Iterator[_View]:
    """Tiles spread over the area that is of interest, those left out that are mostly unknown."""
    count = 0
    for window in _windows(scene, side_px):
        view = _view(scene, window) if scene.interest.near(window, 0) else None
        if view is not None:
            yield view
            count += 1
        if count == MOST_TILES:
            return


def _windows(scene: Scene, side_px: int) -> Iterator[Window]:
    """Places on the scene's grid, side by side, in an order that is spread over the area from the first on.

    Args:
        scene: What was opened.
        side_px: Side of a tile, where the network takes any.
    """
    rows, columns = scene.network.fixed_px or (max(1, side_px // scene.card.stride_px) * scene.card.stride_px,) * 2
    tops = _origins(int(scene.area.row_off), int(scene.area.height), rows, scene.grid.height)
    lefts = _origins(int(scene.area.col_off), int(scene.area.width), columns, scene.grid.width)
    taken = set()
    for number in range(MOST_PLACES):
        down, right = ((0.5 + number * step) % 1 for step in STEPS)
        place = tops[int(down * len(tops))], lefts[int(right * len(lefts))]
        if place not in taken:
            taken.add(place)
            yield Window(place[1], place[0], columns, rows)


def _origins(start: int, length: int, size: int, end: int) -> list[int]:
    """Where tiles begin along one axis, from one end of the area to the other; on the image as far as they can be."""
    count = max(1, length // size)
    spare = length - size
    ideal = [start + spare * number // (count - 1) for number in range(count)] if count > 1 else [start + spare // 2]
    return [max(0, min(place, end - size)) for place in ideal]


def _view(scene: Scene, window: Window) -> _View | None:
    """Read and scale one tile of each input; what lies beyond the image is 0, the mean."""
    shape = int(window.height), int(window.width)
    on_image, place = scene.on_image(window)
    known = np.zeros(shape, bool)
    known[place] = True
    values, chunks = [], [source.reader.read(on_image) for source in scene.sources]
    shown = scene.valid(chunks)
    if shown is not None:
        known[place] &= shown
    for source, chunk in zip(scene.sources, chunks):
        scaled = np.zeros((len(source.bands), *shape), np.float32)
        source.scaling.apply(chunk, scaled[:, place[0], place[1]])
        values.append(scaled)
    return _View(values, known) if known.mean() >= FULL else None
