"""Turns class maps into one small picture for a model card: side by side, in the legend's colours, as a palette PNG."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile
from terraloom.engine.errors import InputError, OutputError
from terraloom.engine.legend import Legend
from terraloom.engine.pages.card_pictures import UNLABELLED

GAP = (255, 255, 255)
GAP_PX = 12
SIDE_PX = 420
MOST_BYTES = 60_000
MOST_CLASSES = 254
"""With two more colours a palette is full."""


def write_class_picture(
    path: Path,
    maps: Sequence[NDArray[Any]],
    legend: Legend,
    side_px: int = SIDE_PX,
    most_bytes: int = MOST_BYTES,
) -> None:
    """Write class maps side by side, such as labels at the left and a map at the right.

    Large maps are thinned, by the class that most pixels of each square have; small ones are enlarged by a whole
    number.

    Args:
        path: The PNG file.
        maps: `(rows, cols)` of one shape: values of the legend; any other value is drawn as unlabelled.
        legend: The classes.
        side_px: The longer side of each map in the picture, at most.
        most_bytes: How large the file may be: maps are thinned further until it fits.

    Raises:
        InputError: The maps differ in shape, or are not `(rows, cols)`.
        OutputError: No thinning makes the file small enough.
    """
    shapes = {each.shape for each in maps}
    if len(shapes) != 1 or any(len(shape) != 2 or not all(shape) for shape in shapes):
        raise InputError(
            "A picture shows class maps of one shape (rows, columns) side by side; these have {shapes}.",
            shapes=", ".join(str(each.shape) for each in maps) or "no map",
        )
    if len(legend.entries) > MOST_CLASSES:
        raise InputError(
            "The legend has {found} classes; a picture has colours for {most}.",
            found=len(legend.entries),
            most=MOST_CLASSES,
        )
    numbered = [_numbered(each, legend) for each in maps]
    longest = max(numbered[0].shape)
    colours = (*(entry.rgb for entry in legend.entries), UNLABELLED, GAP)
    for step in range(-(-longest // side_px), longest + 1):
        shown = [_majority(each, step, len(colours) - 1) for each in numbered]
        png = _png(_side_by_side(shown, len(colours) - 1, side_px), colours)
        if len(png) <= most_bytes:
            path.write_bytes(png)
            return
    raise OutputError(
        "{name} needs more than {most} bytes however much its maps are thinned. Allow more.",
        name=path.name,
        most=most_bytes,
    )


def _numbered(values: NDArray[Any], legend: Legend) -> NDArray[np.uint8]:
    """The place of each pixel's class in the legend; of other values, the number of classes."""
    numbers = np.full(values.shape, len(legend.entries), np.uint8)
    for number, value in enumerate(legend.values):
        numbers[values == value] = number
    return numbers


def _majority(numbers: NDArray[np.uint8], step: int, kinds: int) -> NDArray[np.uint8]:
    """The number that most pixels of each square of `step` pixels have; of several, the lowest."""
    if step == 1:
        return numbers
    rows, cols = (-size % step for size in numbers.shape)
    padded = np.pad(numbers, ((0, rows), (0, cols)), mode="edge")
    squares = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    most = np.full((squares.shape[0], squares.shape[2]), -1)
    chosen = np.zeros(most.shape, np.uint8)
    for number in range(kinds):
        count = (squares == number).sum(axis=(1, 3))
        chosen[count > most] = number
        most = np.maximum(most, count)
    return chosen


def _side_by_side(maps: Sequence[NDArray[np.uint8]], gap: int, side_px: int) -> NDArray[np.uint8]:
    """The maps from left to right with a gap between them, enlarged where there is room."""
    times = max(1, side_px // max(maps[0].shape))
    between = np.full((maps[0].shape[0] * times, GAP_PX), gap, np.uint8)
    parts: list[NDArray[np.uint8]] = []
    for each in maps:
        parts += [between, each.repeat(times, axis=0).repeat(times, axis=1)]
    return np.concatenate(parts[1:], axis=1)


def _png(pixels: NDArray[np.uint8], colours: Sequence[tuple[int, int, int]]) -> bytes:
    """A PNG file of colour numbers `(rows, cols)`."""
    rows, cols = pixels.shape
    with warnings.catch_warnings(), MemoryFile() as memory:
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with memory.open(driver="PNG", width=cols, height=rows, count=1, dtype="uint8", zlevel=9) as dataset:
            dataset.write(pixels, 1)
            dataset.write_colormap(1, {number: (*colour, 255) for number, colour in enumerate(colours)})
        return bytes(memory.read())
