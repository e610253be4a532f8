"""Runs the network over the scene and feeds what it says to the mosaic, strip by strip.

A thread reads and scales the next tile, another decodes and writes the last one, and the network computes between.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from .decoding import Decoder
from .images.mosaic_reader import RasterChunk
from .library.card import DETECTION
from .progress import Progress
from .results.journal import Journal, let_go
from .scene import Scene
from .tiles.blending import Blender
from .tiles.mosaic import Layer, Mosaic, regrid
from .tiles.pipeline import WriteBehind, read_ahead
from .tiles.tiling import Strip, Tile
from .tiles.turns import in_turns

NETWORK_SHARE = 0.9
"""Part of a job's progress that the network takes; the rest is writing."""

PARTLY = 0.001
"""Share of pixels that lack some of their bands from which on it is told; a few dark ones equal the nodata value."""

CHECK_SECONDS = 2.0
"""How often the inputs are held against what they were when they were opened."""


@dataclass(frozen=True)
class Reading:
    """What was read for a tile.

    Args:
        values: What the network gets of each input, `(bands, rows, cols)`.
        known: Where the tile's write window shows something that is of interest, `(rows, cols)`. Of results that are
            warped back, where it shows anything: they are masked on their own grid.
        partly_px: Pixels among these of which some input lacks some bands, and has others.
    """

    values: list[NDArray[np.float32]]
    known: NDArray[np.bool_]
    partly_px: int = 0


@dataclass
class Shown:
    """How much of what was read lacks some of its bands, in pixels.

    Args:
        px: All that show something of interest.
        partly_px: Those of which some input lacks some bands, and has others.
    """

    px: int = 0
    partly_px: int = 0

    def add(self, reading: Reading) -> None:
        """Count a tile."""
        self.px += int(reading.known.sum())
        self.partly_px += reading.partly_px

    def tell(self, progress: Progress) -> None:
        """Warn where that is more than a few pixels."""
        share = self.partly_px / max(1, self.px)
        if share >= PARTLY:
            progress.warn(
                "{share:.1%} of the pixels lack some of their bands, and have others; for what is lacking the network "
                "took the mean: doubt the result there unless the model learnt from such gaps. Where the nodata value "
                "is one that is measured as well, set another; else cut the images to where all their bands are.",
                share=share,
            )


@dataclass
class Throughput:
    """What the network did.

    Args:
        raster_px: Pixels it computed, halos and overlaps not counted.
        network_px: Pixels that went through it.
        network_s: Seconds it took.
        elapsed_s: Seconds from the first tile to the last.
        mute_px: Pixels for which it gave no number.
        shown: What was read for it.
    """

    raster_px: int = 0
    network_px: int = 0
    network_s: float = 0.0
    elapsed_s: float = 0.0
    mute_px: int = 0
    shown: Shown = field(default_factory=Shown)

    @property
    def px_per_s(self) -> float:
        """Pixels of the raster in a second."""
        return self.raster_px / max(self.elapsed_s, 1e-9)

    @property
    def metrics(self) -> dict[str, float]:
        """What an outcome tells of it."""
        return {
            "mpx_per_s": self.px_per_s / 1e6,
            "network_px": self.network_px,
            "network_s": self.network_s,
            "predicting_s": self.elapsed_s,
        }


def predict(scene: Scene, layers: Mapping[str, Layer], decoder: Decoder, progress: Progress) -> Throughput:
    """Fill the layers.

    Args:
        scene: What was opened.
        layers: The rasters to be made, by the names that the decoder gives.
        decoder: Turns the network's output into values for each layer.
        progress: Is told after each tile.
    """
    journal = scene.journal(layers)
    strips = scene.strips(journal, progress)
    first = journal.strips - _overlapping(strips, journal.strips)
    tiles, number = (sum(len(strip.tiles) for strip in part) for part in (strips, strips[:first]))
    if journal.strips:
        progress.log("Resumed: {done} of {total} tiles were there already.", done=number, total=tiles)
    origin = int(scene.area.col_off), int(scene.area.row_off)
    begin = checked = time.monotonic()
    done = Throughput()
    with (
        Mosaic(scene.working_grid, origin, layers, scene.ratio, journal.kept, bool(journal.strips)) as mosaic,
        WriteBehind() as writer,
        closing(read_ahead(_steps(strips, first), lambda step: read_tile(scene, step.tile))) as steps,
    ):
        join = (_Blending if scene.blends else _Joining)(scene, decoder, mosaic, done)
        for step, reading in steps:
            if reading is not None:
                done.shown.add(reading)
                core = _measure(scene, step.tile, reading, decoder, done)
                writer.submit(partial(_add, scene, join, step.tile, core, reading.known))
            if step.ends is not None:
                writer.submit(partial(_finish, join, step.ends, mosaic, journal, step.number))
            number += 1
            done.elapsed_s = time.monotonic() - begin
            progress.update(NETWORK_SHARE * number / max(1, tiles), done.px_per_s / 1e6)
            if time.monotonic() - checked > CHECK_SECONDS:
                scene.check_unchanged()
                checked = time.monotonic()
        writer.settle()
    done.elapsed_s = time.monotonic() - begin
    scene.check_unchanged()
    progress.log("The network mapped {speed:.2f} Mpx/s.", speed=done.px_per_s / 1e6)
    done.shown.tell(progress)
    if done.mute_px:
        progress.warn(
            "In {count} pixels the network gave no number; there the result holds nothing.", count=done.mute_px
        )
    return done


@dataclass(frozen=True)
class _Step:
    """One tile of the work; the last of a strip names the strip."""

    number: int
    tile: Tile
    ends: Strip | None


def _steps(strips: Sequence[Strip], first: int) -> Iterator[_Step]:
    """The tiles from a strip on; strips are numbered from 1."""
    for number, strip in enumerate(strips[first:], start=first + 1):
        for tile in strip.tiles:
            yield _Step(number, tile, strip if tile is strip.tiles[-1] else None)


def _overlapping(strips: Sequence[Strip], done: int) -> int:
    """How many of the finished strips reach into what is not finished: those that are blended with it."""
    if not 0 < done < len(strips):
        return 0
    place = strips[done].write
    count = 0
    while count < done:
        before = strips[done - count - 1]
        same_block = before.write.col_off == place.col_off
        if not same_block or all(tile.write.row_off + tile.write.height <= place.row_off for tile in before.tiles):
            break
        count += 1
    return count


class _Joining:
    """Cores side by side, each fed as soon as it is known. Runs in the writer's thread."""

    def __init__(self, scene: Scene, decoder: Decoder, mosaic: Mosaic, done: Throughput) -> None:
        self._times, self._decoder, self._mosaic, self._done = scene.ratio, decoder, mosaic, done

    def add(self, tile: Tile, measured: NDArray[np.float32], known: NDArray[np.bool_]) -> None:
        """Feed the core of a tile."""
        self.feed(tile.write, measured, known)

    def finish(self, strip: Strip, wanted: bool) -> None:
        """Nothing is left to do."""

    def feed(self, place: Window, measured: NDArray[np.float32], known: NDArray[np.bool_]) -> None:
        """Decode what is known and feed it, without the pixels for which there is no number."""
        finite = np.ones_like(known)
        if not _all_finite(measured):
            finite = np.asarray(np.isfinite(measured).all(axis=0))
            if self._times > 1:  # a pixel of the image is mute where one of those made of it is
                of_pixels = finite.reshape(known.shape[0], self._times, known.shape[1], self._times)
                finite = np.asarray(of_pixels.all(axis=(1, 3)))
            self._done.mute_px += int((known & ~finite).sum())
        self._done.raster_px += known.size
        self._mosaic.feed(place, self._decoder.layers(measured), known & finite)


class _Blending(_Joining):
    """Overlapping tiles, averaged; rows are fed when no further tile reaches them."""

    def __init__(self, scene: Scene, decoder: Decoder, mosaic: Mosaic, done: Throughput) -> None:
        super().__init__(scene, decoder, mosaic, done)
        self._blender = Blender(scene.card.overlap, self._times)

    def add(self, tile: Tile, measured: NDArray[np.float32], known: NDArray[np.bool_]) -> None:
        """Add a tile to what is averaged."""
        self._blender.add(tile, measured, known)

    def finish(self, strip: Strip, wanted: bool) -> None:
        """Feed the rows that are finished, unless an earlier run did."""
        measured, known = self._blender.take(strip.write)
        if wanted and known.any():
            self.feed(strip.write, measured, known)


def _add(scene: Scene, join: _Joining, tile: Tile, core: NDArray[np.float32], known: NDArray[np.bool_]) -> None:
    """Pass on what the network says of a tile."""
    join.add(tile, core, known)
    scene.asks.give_back(core)


def _finish(join: _Joining, strip: Strip, mosaic: Mosaic, journal: Journal, number: int) -> None:
    """End a strip, and note it where the run can be resumed."""
    is_new = number > journal.strips
    join.finish(strip, is_new)
    if journal.kept and is_new:
        mosaic.seal()
        replace(journal, strips=number).write()


def _all_finite(values: NDArray[np.float32]) -> bool:
    """Whether all are numbers, for sure; one that is none shows in the sum, which may also be too large to tell."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(values.sum()))


def _times(span: slice, ratio: int) -> slice:
    """Rows or columns of a tile, on its output."""
    return slice(span.start * ratio, span.stop * ratio)


def read_tile(scene: Scene, tile: Tile) -> Reading | None:
    """Read and scale one tile of each input; `None`: no result needs it."""
    if not scene.interest.near(tile.write, scene.reach_px):
        return None
    rows, columns = int(tile.read.height), int(tile.read.width)
    on_image, place = scene.on_image(tile.read)
    sticks_out = (on_image.height, on_image.width) != (rows, columns)
    valid: NDArray[np.bool_] | None = None  # everything
    if sticks_out:
        valid = np.zeros((rows, columns), bool)
        valid[place] = True
    values, chunks = [], [source.reader.read(on_image) for source in scene.sources]
    shown = scene.valid(chunks)
    if shown is not None:
        valid = np.ones((rows, columns), bool) if valid is None else valid
        valid[place] &= shown
        if not valid.any():
            return None
    for source, chunk in zip(scene.sources, chunks):
        scaled = scene.inputs.empty((len(source.bands), rows, columns))
        if sticks_out:
            scaled.fill(0)
        source.scaling.apply(chunk, scaled[:, place[0], place[1]])
        values.append(scaled)
    known = _known(scene, tile, valid)
    if known is None:
        return None
    return Reading(values, known, _partly_px(chunks, place, tile, known))


def _partly_px(chunks: Sequence[RasterChunk], place: tuple[slice, slice], tile: Tile, known: NDArray[np.bool_]) -> int:
    """How many known pixels of a tile's core lack some bands of an input of which they have others."""
    found = [partly for chunk in chunks if (partly := chunk.partly) is not None]
    if not found:
        return 0
    of_tile = np.zeros((int(tile.read.height), int(tile.read.width)), bool)
    of_tile[place] = np.logical_or.reduce(found)
    return int((of_tile[tile.core] & known).sum())


def _known(scene: Scene, tile: Tile, valid: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Where a tile's write window shows something that is of interest, `(rows, cols)`; `None`: nowhere.

    `valid` is where the tile shows anything, `(rows, cols)`; `None`: everywhere.
    """
    known: NDArray[np.bool_] = np.ones((int(tile.write.height), int(tile.write.width)), bool)
    if scene.is_masked and (not scene.warps_back or scene.card.task == DETECTION):
        # results that are warped back are masked on their own grid (objects are not)
        known = scene.interest.inside(tile.write)
    if valid is not None:
        known &= valid[tile.core]
    return known if known.any() else None


def _measure(scene: Scene, tile: Tile, reading: Reading, decoder: Decoder, done: Throughput) -> NDArray[np.float32]:
    """What the network says of a tile without its halo, averaged over turns where that is wanted."""

    def measure(values: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        output = scene.asks(values)
        measured = decoder.measure(output)
        if not np.may_share_memory(measured, output):
            scene.asks.give_back(output)
        return measured

    begin = time.monotonic()
    measured = in_turns(scene.turns, reading.values, measure, decoder.directions)
    done.network_s += time.monotonic() - begin
    done.network_px += int(np.prod(reading.values[0].shape[1:]))
    for values in reading.values:
        scene.inputs.give_back(values)
    rows, columns = (_times(span, scene.ratio) for span in tile.core)
    return measured[:, rows, columns]


def bring_to_result_grid(scene: Scene, layers: Mapping[str, Layer], progress: Progress) -> Mapping[str, Layer]:
    """Warp the layers to the grid of the results where the network ran on another, and mask them there."""
    if scene.result_mask is None:
        return layers
    brought, bare_px = {}, 0  # as many for each layer: all were fed together
    for name, layer in layers.items():
        target = replace(layer, path=layer.path.with_suffix(".grid.tif"))
        # classes hold nodata where the network is unsure, too; what tells that apart comes after them
        told_by = layers["unsure"].path if name == "classes" and "unsure" in layers else None
        bare_px = regrid(target, layer.path, scene.result_grid, scene.result_mask, told_by)
        let_go(layer.path)
        brought[name] = target
    warn_of_bare_pixels(bare_px, progress)
    return brought


def warn_of_bare_pixels(count: int, progress: Progress) -> None:
    """Say how many pixels of an image got no value from the model's grid."""
    if count:
        progress.warn(
            "{count} pixels of the image hold nothing in the result: no pixel of the model near them does. Where the "
            "image shows strips that are narrower than the model's pixels, choose a model of smaller ones; with GRID "
            "= model the result lies on the pixels that the model saw.",
            count=count,
        )


def warn_of_nothing(progress: Progress) -> None:
    """Say that the map is empty."""
    progress.warn(
        "Not a single pixel was mapped: the image has no data where a map was asked for, or no pixel lies with its "
        "centre in MASK. Look at the image, its nodata value, EXTENT and MASK."
    )
