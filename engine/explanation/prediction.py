"""Settles what is explained: what the network predicts at a place, which class counts, and over which pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..decoding import ClassDecoder
from ..errors import InputError, ModelError
from ..library.card import SEGMENTATION, ModelCard
from ..network import Network
from ..progress import Progress
from ..requests.explain_prediction import PREDICTED, Method, Question
from ..scene import Scene
from ..tiles.tiling import Tile
from .class_scores import ClassScores
from .location import Location
from .target import Target, class_number
from .view import View, held_by, read_view, tile_round
from .window_memory import check_room

AROUND_PX = 128
"""How far from the place the predicted region is followed."""

EVEN = 0.5
"""Probability from which on a line counts as one, where the card says none."""


@dataclass(frozen=True)
class Prediction:
    """What is explained.

    Args:
        view: The part of the image that matters.
        target: The pixels that count, and the class of each.
        region: The same pixels, `(rows, cols)` of the view.
        name: The class that is explained; of pixels of several classes, what they are.
        score: What the network says of it: the mean over the pixels.
        scores: The same of every class, `(classes,)`.
        predicted: How many of the pixels are predicted as the class; all of them where there are no classes.
    """

    view: View
    target: Target
    region: NDArray[np.bool_]
    name: str
    score: float
    scores: NDArray[np.float64]
    predicted: int


def check_question(question: Question, card: ModelCard) -> None:
    """Refuse a question that a model has no answer to.

    Raises:
        InputError: A region is asked for of a model that tells no classes.
    """
    if question.region == PREDICTED and card.legend is None:
        raise InputError(
            "REGION is predicted, and {model} predicts values and no classes, which have no region. Set REGION to "
            "location.",
            model=card.model_id,
        )


def predict_at(
    scene: Scene,
    question: Question,
    methods: Sequence[Method],
    location: Location,
    reads: ClassScores,
    progress: Progress,
) -> Prediction:
    """Settle what is explained at a location.

    Args:
        scene: What was opened.
        question: What is asked.
        methods: What explains it; the place must leave each of them the memory that it needs.
        location: Where.
        reads: What is read of the network's output.
        progress: Is told where the predicted region is cut off.

    Raises:
        InputError: The image shows nothing there, the class is unknown, no pixel there is predicted as it, or there is
            too little memory.
    """
    core = location.core
    view = _look(scene, core, methods)
    place = location.mask(view.tile.read)
    if not (place & view.known).any():
        raise InputError("The place to be explained lies where the image holds no data. Choose another.")
    place &= view.known
    output = output_of(scene.network, view.image)
    classes = predicted_classes(output, reads)
    wanted = class_number(question.target_class, reads.names, scene.card.legend)
    number = int(np.bincount(classes[place]).argmax()) if wanted is None else wanted
    if question.region == PREDICTED:
        wider = _grown(view.tile, scene)
        running = [method for method in methods if not method.differentiates]  # the others find what follows small
        view = _look(scene, wider, running)
        output = output_of(scene.network, view.image)
        classes = predicted_classes(output, reads)
        whole = _region(view, location, classes == number, reads.names[number])
        if _touches_edge(whole, wider, scene):
            progress.log(
                "The predicted region reaches beyond the {rows} x {cols} px within which it is followed; so far it is "
                "explained.",
                rows=int(wider.height),
                cols=int(wider.width),
            )
        core = _window_of(whole, view)
        view = _look(scene, core, methods)
        output = output_of(scene.network, view.image)
        classes = predicted_classes(output, reads)
        place = _moved(whole, core, wider, view)
    target = Target.of(place, np.full(place.shape, number, np.int64))
    scores = reads(target.take(output))[:, 0].mean(axis=1, dtype=np.float64)
    if not np.isfinite(scores[number]):
        raise ModelError(
            "What {model} says of this place is no number, so nothing explains it. Look at its map there, and at what "
            "the image holds.",
            model=scene.card.model_id,
        )
    predicted = np.count_nonzero(classes[place] == number) if scene.card.legend is not None else len(target)
    return Prediction(view, target, place, reads.names[number], float(scores[number]), scores, int(predicted))


def output_of(network: Network, image: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a network gives for all its channels in one array, `(outputs, rows, cols)`."""
    return network(by_input(image, network.card))


def by_input(image: NDArray[np.float32], card: ModelCard) -> list[NDArray[np.float32]]:
    """An image that stacks the channels of all inputs, `(channels, rows, cols)`, as those of each input."""
    return np.split(image, np.cumsum([wants.channels for wants in card.inputs])[:-1])


def predicted_classes(output: NDArray[np.float32], reads: ClassScores) -> NDArray[np.int64]:
    """Number of the class that is predicted in each pixel, `(rows, cols)`; 0 for values."""
    card = reads.card
    if card.task == SEGMENTATION and card.legend is not None:
        values = ClassDecoder(card.output.choosing, card.legend, {"classes"}).layers(output)["classes"]
        order = np.zeros(256, np.int64)
        order[list(card.legend.values)] = np.arange(len(card.legend.values))
        return np.asarray(order[values])
    if card.legend is not None:
        line = ClassScores(card, "probability")(output)[1]
        return np.asarray(line >= (card.output.threshold or EVEN), np.int64)
    return np.zeros(output.shape[1:], np.int64)


def _look(scene: Scene, core: Window, methods: Sequence[Method]) -> View:
    """Read what counts for a core, where there is memory to explain it."""
    tile = tile_round(scene, core)
    for method in methods:
        check_room(scene.network, method, tile)
    return read_view(scene, tile)


def _grown(tile: Tile, scene: Scene) -> Window:
    """A core and what lies around it, as far as the predicted region is followed: no farther than a tile can hold."""
    core, most = tile.write, scene.grid.window
    if scene.blends or scene.reach.fixed_px is not None:
        most = held_by(scene, tile)
    left, top = max(most.col_off, core.col_off - AROUND_PX), max(most.row_off, core.row_off - AROUND_PX)
    right = min(most.col_off + most.width, core.col_off + core.width + AROUND_PX)
    bottom = min(most.row_off + most.height, core.row_off + core.height + AROUND_PX)
    return Window(left, top, right - left, bottom - top)


def _region(view: View, location: Location, predicted: NDArray[np.bool_], name: str) -> NDArray[np.bool_]:
    """The connected areas of a class that hold a pixel of the location, `(rows, cols)` of the core.

    Raises:
        InputError: There is none.
    """
    from scipy.ndimage import label

    rows, cols = view.tile.core
    place = location.mask(view.tile.read)[rows, cols]
    areas, _ = label((predicted & view.known)[rows, cols])
    touched = np.unique(areas[place])
    touched = touched[touched > 0]
    if not len(touched):
        raise InputError(
            "REGION is predicted, but no pixel of the place is predicted as {name}. Set REGION to location, or leave "
            "TARGET_CLASS empty.",
            name=name,
        )
    return np.asarray(np.isin(areas, touched))


def _touches_edge(region: NDArray[np.bool_], core: Window, scene: Scene) -> bool:
    """Whether a region goes on beyond the core, within the image."""
    return bool(
        (core.row_off > 0 and region[0].any())
        or (core.col_off > 0 and region[:, 0].any())
        or (core.row_off + core.height < scene.grid.height and region[-1].any())
        or (core.col_off + core.width < scene.grid.width and region[:, -1].any())
    )


def _window_of(region: NDArray[np.bool_], view: View) -> Window:
    """The window of the grid that holds a region of the view's core."""
    rows, cols = np.nonzero(region)
    core = view.tile.write
    return Window(core.col_off + cols.min(), core.row_off + rows.min(), np.ptp(cols) + 1, np.ptp(rows) + 1)


def _moved(region: NDArray[np.bool_], core: Window, wider: Window, view: View) -> NDArray[np.bool_]:
    """A region of a wider window, on another view of it."""
    top, left = int(core.row_off - wider.row_off), int(core.col_off - wider.col_off)
    made = np.zeros(view.known.shape, bool)
    made[view.tile.core] = region[top : top + int(core.height), left : left + int(core.width)]
    return made
