"""Runs a network over training chips and keeps what it says of the labelled pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..classes.class_raster import ClassRaster
from ..errors import InputError, ModelError
from ..grids.grid import ALIKE
from ..images.mosaic_reader import RasterChunk
from ..images.rasters import Rasters
from ..library.model_input import ModelInput
from ..network import Network
from ..progress import Progress
from ..values.scaling import Scaling, check_range, choose_scaling
from .chip_set import IGNORE, Chip, ChipInput, ChipSet

CHECKED = 16
"""So many chips are looked at to tell in which unit all are."""

CHECKED_PX = 2**16
"""Of so many pixels each at most."""


@dataclass(frozen=True)
class ChipScores:
    """What a network says of labelled pixels.

    Args:
        scores: Of each class, before any activation, `(pixels, classes)`.
        labels: Place of the true class, `(pixels,)`.
        blocks: Number of the block of ground, `(pixels,)`.
    """

    scores: NDArray[np.float32]
    labels: NDArray[np.int64]
    blocks: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)


class ChipReader:
    """Reads chips as a network wants them.

    Args:
        chip_set: The chips.
        network: The network.

    Raises:
        InputError: The chips have other inputs, bands, dates or pixels than the network reads.
    """

    def __init__(self, chip_set: ChipSet, network: Network) -> None:
        self._chip_set = chip_set
        self._pairs = [
            (source, wants, _band_order(source, wants), choose_scaling(wants, ()))
            for source, wants in _paired(chip_set.inputs, network.card.inputs)
        ]
        for _, wants, _, _ in self._pairs:
            _check_pixel_size(chip_set.resolution_m, wants)

    def check_values(self, chips: Sequence[Chip]) -> None:
        """Make sure that values are of the unit that the network was trained on, by some of the chips together.

        One by itself may show nothing but calm water or a cloud.

        Raises:
            InputError: They are not.
        """
        some = [chips[place] for place in sorted({*np.linspace(0, len(chips) - 1, CHECKED).round().astype(int)})]
        for source, wants, order, _ in self._pairs:
            chunks = [self._chunk(chip, source, order).values for chip in some]
            known = [values.data[:, ~np.ma.getmaskarray(values).any(axis=0)] for values in chunks]
            thinned = [part[:, :: 1 + part.shape[1] // CHECKED_PX] for part in known]
            values = np.concatenate(thinned, axis=1).astype(float)
            try:
                check_range(values, wants)
            except InputError as error:
                raise InputError(
                    "The values of input {name} of the chips lie between {low:g} and {high:g}, which is not what the "
                    "model was trained on. Make chips of images in the model's unit.",
                    name=source.name,
                    low=float(values.min()),
                    high=float(values.max()),
                ) from error

    def read(self, chip: Chip) -> tuple[list[NDArray[np.float32]], NDArray[np.bool_]]:
        """A chip's images.

        Returns:
            For each input of the network `(channels, rows, cols)`, scaled; and where any of them has data.
        """
        images, known = [], None
        for source, _, order, scaling in self._pairs:
            chunk = self._chunk(chip, source, order)
            image = np.empty(chunk.values.shape, np.float32)
            _scale(scaling, chunk, image)
            images.append(image)
            known = chunk.valid if known is None else known | chunk.valid
        if known is None:
            raise ModelError("The model reads no input.")
        return images, known

    def _chunk(self, chip: Chip, source: ChipInput, order: Sequence[int]) -> RasterChunk:
        """The raw values of one input."""
        with Rasters([str(self._chip_set.image_file(chip, source))]) as rasters:
            if len(rasters.bands) != len(order):
                raise InputError(
                    "{path} has {found} bands; the manifest of the chips says {expected}. Make the chips again.",
                    path=str(self._chip_set.image_file(chip, source)),
                    found=len(rasters.bands),
                    expected=len(order),
                )
            return rasters.on(rasters.grid, [place + 1 for place in order]).read(rasters.grid.window)


def score_chips(
    network: Network,
    chip_set: ChipSet,
    chips: Sequence[Chip],
    place_of: Callable[[int], int | None],
    most_pixels: int,
    progress: Progress,
    share: tuple[float, float] = (0.0, 1.0),
) -> ChipScores:
    """Run a network over chips.

    Args:
        network: A segmentation.
        chip_set: The folder's manifest.
        chips: Those to run over.
        place_of: Place of a class value of the chips among the network's classes; `None`: it has no such class.
        most_pixels: Of more labelled pixels, as many are drawn, the same share of each chip.
        progress: Is told how far it is.
        share: Progress at the beginning and at the end.

    Raises:
        InputError: The chips do not suit the network, hold no labelled pixel, or classes it does not have.
    """
    reader = ChipReader(chip_set, network)
    reader.check_values(chips)
    places = _places(chip_set, chips, place_of)
    labelled = sum(sum(chip.pixels.values()) for chip in chips)
    random = np.random.default_rng(0)
    blocks = {name: number for number, name in enumerate(sorted({chip.block for chip in chips}))}
    found: list[tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]] = []
    for number, chip in enumerate(chips):
        progress.update(share[0] + (share[1] - share[0]) * number / len(chips))
        with ClassRaster(str(chip_set.label_file(chip))) as raster:
            values, said = raster.on(raster.grid).read(raster.grid.window)
        images, known = reader.read(chip)
        if known.shape != values.shape:
            raise InputError(
                "{path} has other rows and columns than its image. Make the chips again.",
                path=str(chip_set.label_file(chip)),
            )
        counted = np.flatnonzero((said & known & (values != IGNORE)).ravel())
        if labelled > most_pixels:
            kept = max(1, round(len(counted) * most_pixels / labelled))
            counted = np.sort(random.permutation(counted)[:kept])
        if not len(counted):
            continue
        scores = two_channels(run_over(network, images)).reshape(network.channels, -1)[:, counted].T
        whole = np.isfinite(scores).all(axis=1)  # not where valid convolutions do not reach
        labels = places[values.ravel()[counted][whole]]
        found.append((scores[whole], labels, np.full(int(whole.sum()), blocks[chip.block], np.int64)))
    if not any(len(labels) for _, labels, _ in found):
        raise InputError("No labelled pixel of the chips has image data. Make chips of another place.")
    return ChipScores(*(np.concatenate(parts) for parts in zip(*found)))


def run_over(network: Network, images: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Run a network over images of any size, `(channels, rows, cols)`: padded to its stride, or in its fixed tiles.

    Returns:
        Its bare output, `(channels, rows, cols)`.
    """
    rows, columns = images[0].shape[1:]
    stride = network.card.stride_px
    side = network.fixed_px or (-(-rows // stride) * stride, -(-columns // stride) * stride)
    whole: NDArray[np.float32] | None = None
    for top in _starts(rows, side[0]):
        for left in _starts(columns, side[1]):
            tiles = [image[:, top : top + side[0], left : left + side[1]] for image in images]
            height, width = tiles[0].shape[1:]
            room = (0, 0), (0, side[0] - height), (0, side[1] - width)
            output = network([np.pad(tile, room) for tile in tiles])
            if output.shape[1:] != side:
                raise ModelError(
                    "The network gives {found} px for a tile of {side} px; only maps as fine as the image can be "
                    "calibrated.",
                    found=" x ".join(map(str, output.shape[1:])),
                    side=" x ".join(map(str, side)),
                )
            if whole is None:
                whole = np.empty((len(output), rows, columns), np.float32)
            whole[:, top : top + height, left : left + width] = output[:, :height, :width]
    if whole is None:
        raise ModelError("There is no image to run the network over.")
    return whole


def two_channels(output: NDArray[np.float32]) -> NDArray[np.float32]:
    """A single channel under a sigmoid as two under a softmax: the same probabilities."""
    return np.concatenate([np.zeros_like(output), output]) if len(output) == 1 else output


def _starts(length: int, side: int) -> Iterator[int]:
    """Where tiles begin that cover a length; the last ends with it."""
    for start in range(0, max(1, length), side):
        yield start if start + side <= length else max(0, length - side)


def _scale(scaling: Scaling, chunk: RasterChunk, image: NDArray[np.float32]) -> None:
    """Scale a chunk whose masked values may be anything, NaN included."""
    scaling.apply(chunk, image)
    image[~np.isfinite(image)] = 0


def _paired(sources: Sequence[ChipInput], wanted: Sequence[ModelInput]) -> Iterator[tuple[ChipInput, ModelInput]]:
    """Each input of the network with the chips' input of its name, or in order where no name fits.

    Raises:
        InputError: There are others.
    """
    by_name = {source.name: source for source in sources}
    if len(sources) != len(wanted):
        raise InputError(
            "The chips have {found} inputs ({found_names}); the model reads {expected} ({expected_names}). Choose "
            "chips that were made for it.",
            found=len(sources),
            found_names=", ".join(by_name),
            expected=len(wanted),
            expected_names=", ".join(wants.name for wants in wanted),
        )
    named = by_name.keys() == {wants.name for wants in wanted}
    for place, wants in enumerate(wanted):
        yield (by_name[wants.name] if named else sources[place]), wants


def _band_order(source: ChipInput, wants: ModelInput) -> list[int]:
    """Which channel of the chips feeds each channel of the network: by name where all names fit, else in order.

    Raises:
        InputError: There are more or fewer, or other dates.
    """
    dates = len(source.days) or 1
    if len(source.bands) != len(wants.bands) or dates != wants.times:
        raise InputError(
            "Input {name} of the chips has {bands} bands of {dates} dates; the model reads {wanted_bands} ({names}) of "
            "{wanted_dates}. Choose chips that were made for it.",
            name=source.name,
            bands=len(source.bands),
            dates=dates,
            wanted_bands=len(wants.bands),
            names=", ".join(wants.band_names),
            wanted_dates=wants.times,
        )
    own, wanted = [name.casefold() for name in source.bands], [name.casefold() for name in wants.band_names]
    same = sorted(own) == sorted(wanted) and len(set(own)) == len(own)
    order = [own.index(name) for name in wanted] if same else list(range(len(own)))
    return [date * len(own) + place for date in range(dates) for place in order]


def _check_pixel_size(resolution_m: float | None, wants: ModelInput) -> None:
    """Refuse chips that a map algorithm would resample first.

    Raises:
        InputError: Their pixels are of another size.
    """
    if resolution_m is None or wants.resolution_m is None:
        return
    low, high = wants.resolution_range_m or (wants.resolution_m, wants.resolution_m)
    if not low / ALIKE <= resolution_m <= high * ALIKE:
        raise InputError(
            "The chips have pixels of {found:g} m; the model works at {expected:g} m. Make chips at its pixel size.",
            found=resolution_m,
            expected=wants.resolution_m,
        )


def _places(chip_set: ChipSet, chips: Sequence[Chip], place_of: Callable[[int], int | None]) -> NDArray[np.int64]:
    """Place of each class value of the chips among the network's classes, by value, `(256,)`.

    Raises:
        InputError: Labelled pixels are of a class that the network does not have.
    """
    places = np.full(IGNORE + 1, -1, np.int64)
    unknown = []
    counts = chip_set.pixels(chips)
    for entry in chip_set.legend.entries if chip_set.legend else ():
        place = place_of(entry.value)
        if place is not None:
            places[entry.value] = place
        elif counts[str(entry.value)]:
            unknown.append(entry.name)
    if unknown:
        raise InputError(
            "The chips hold classes that the model does not have: {unknown}. Choose chips that were made for it.",
            unknown=", ".join(unknown),
        )
    return places
