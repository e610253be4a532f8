"""Finds out what images belong together: places, each on a grid of its own, and any window of them in all inputs.

Images that touch and whose pixels fall on one grid are one place, taken as a mosaic. Any other image is a place by
itself, as is every image that has no place on earth; what belongs to such an image (its other inputs, its labels) has
the same size, and is told by its name or by its order. Where every image counts, those of one ground are no mosaic but
a place each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid, crs_name, mosaic_grid, window_of
from ..grids.overlap import joined, near, of_one_ground, shared
from ..images.mosaic_reader import MosaicReader
from ..images.rasters import Rasters
from ..images.urls import file_name
from ..progress import Progress
from ..requests.network_run import Extent
from .looked_at import Files, Raster, check_types, look


@dataclass(frozen=True)
class Place:
    """One piece of ground, or one image.

    Args:
        name: Of its first file.
        grid: The grid of its chips.
        area: The part of the grid that is asked for.
        inputs: Files by input and date; an image has one date.
        labels: Files of its labels; none where they are features.
    """

    name: str
    grid: Grid
    area: Window
    inputs: tuple[tuple[Files, ...], ...]
    labels: Files = ()


@dataclass(frozen=True)
class Bands:
    """What the rasters of one input hold.

    Args:
        names: Of the bands of one date.
        nodata: What stands for nothing; `None`: no value, or a different one in each band.
    """

    names: tuple[str, ...]
    nodata: float | None


@dataclass(frozen=True)
class PlaceReader:
    """A place whose files are open.

    Args:
        place: The place.
        readers: By input and date.
    """

    place: Place
    readers: tuple[tuple[MosaicReader, ...], ...]

    def read(self, window: Window) -> list[np.ma.MaskedArray]:
        """A window of each input, `(dates * bands, rows, cols)`, masked where nothing is known."""
        chunks = []
        for dates in self.readers:
            parts = [reader.read(window).values for reader in dates]
            masks = [np.ma.getmaskarray(part) for part in parts]
            values = np.concatenate([part.data for part in parts])
            chunks.append(np.ma.MaskedArray(values, np.concatenate(masks)))
        return chunks

    def known(self, chunks: Sequence[np.ma.MaskedArray]) -> NDArray[np.bool_]:
        """Pixels that every input knows, `(rows, cols)`: an image in all its bands, a series in all bands of a date."""
        known = np.ones(chunks[0].shape[1:], bool)
        for dates, chunk in zip(self.readers, chunks):
            by_date = ~np.ma.getmaskarray(chunk).reshape(len(dates), -1, *chunk.shape[1:])
            known &= by_date.all(axis=1).any(axis=0)
        return known


@contextmanager
def opened(place: Place) -> Iterator[PlaceReader]:
    """Open the files of a place for as long as the context lasts."""
    with ExitStack() as stack:
        readers: list[list[MosaicReader]] = []
        for dates in place.inputs:
            readers.append([])
            for paths in dates:
                rasters = stack.enter_context(Rasters(paths))
                # Without a place it lies pixel for pixel on the others of its size, wherever they are.
                grid = place.grid if rasters.grid.crs is not None else rasters.grid
                readers[-1].append(rasters.on(grid, rasters.bands))
        yield PlaceReader(place, tuple(map(tuple, readers)))


def find_places(
    inputs: Sequence[Files], series: Files, labels: Files, extent: Extent | None, every_image: bool = False
) -> tuple[list[Place], tuple[Bands, ...]]:
    """Sort files into places.

    Args:
        inputs: Raster files of each input; with a series, of the further ones.
        series: Rasters of the dates of the first input; empty: it is an image.
        labels: Rasters of labels; empty: they are features.
        extent: What is asked for; `None`: all.
        every_image: Whether images of one ground, as those of several dates, are a place each, with the images of other
            inputs in turn, in the order given; else the first of each input hides the others.

    Returns:
        The places that lie in the extent, with what overlaps them, and the bands of each input.

    Raises:
        InputError: Rasters of one input are not alike, something does not fit together, or nothing overlaps.
    """
    looked = [look(files) for files in ((series, *inputs) if series else inputs)]
    for rasters in looked[bool(series) :]:
        check_types(rasters)
    truth = look(labels, alike=False)
    first, further = looked[0], looked[1:]
    if series:
        groups = [first]
    else:
        apart = any(not raster.placed for rasters in (*further, truth) for raster in rasters)
        layers = _layers(first) if every_image else [first]
        groups = [[raster] for raster in first] if apart else [group for layer in layers for group in _grouped(layer)]
    images = [group[0] for group in groups]
    grids = [group[0].grid if series else mosaic_grid([raster.grid for raster in group]) for group in groups]
    alike = of_one_ground(grids) if every_image else [set[int]()] * len(grids)
    beside = [_Beside(rasters, grids) for rasters in (*further, truth)]
    places: list[Place] = []
    names: set[str] = set()
    for number, (group, grid) in enumerate(zip(groups, grids)):
        dates = tuple((raster.path,) for raster in group) if series else (tuple(raster.path for raster in group),)
        others = [_belonging(rasters, images, number, grid, "image") for rasters in beside[:-1]]
        area = _area(grid, extent)
        if area is None or not all(others):
            continue
        own_labels = _belonging(beside[-1], images, number, grid, "label") if truth else ()
        if own_labels or not truth:
            name = Path(file_name(group[0].path)).stem
            if name in names:
                name = f"{name} ({number + 1})"
            names.add(name)
            turn = sum(other < number for other in alike[number])
            for files in _in_turn(others, further, turn, len(alike[number]) + 1) if every_image else [others]:
                places.append(Place(name, grid, area, (dates, *((each,) for each in files)), own_labels))
    if not places:
        raise _nothing_overlaps(images[0], truth, further, extent)
    return places, tuple(Bands(_band_names(rasters[0].band_names), rasters[0].nodata) for rasters in looked)


def warn_of_hidden(places: Sequence[Place], progress: Progress) -> None:
    """Name the images of which nothing comes into any chip, as earlier ones of the mosaic lie over them."""
    told: set[str] = set()
    for paths in (paths for place in places for dates in place.inputs for paths in dates if len(paths) > 1):
        with Rasters(paths) as rasters:
            told.update(rasters.hidden)
    for path in sorted(told):
        progress.warn(
            "Nothing of {path} shows: another raster that was chosen before it lies over all of it. Leave one of "
            "the two out, or choose them in another order.",
            path=path,
        )


def _grouped(rasters: Sequence[Raster]) -> list[list[Raster]]:
    """Rasters that touch each other and whose pixels fall on one grid together; others each by itself."""
    grids = [raster.grid for raster in rasters]
    touching = [
        [other for other in others if other < number and _adjoin(rasters[number], rasters[other])]
        for number, others in enumerate(near(grids, grids))
    ]
    return [[rasters[number] for number in group] for group in joined(touching)]


def _layers(rasters: Sequence[Raster]) -> list[list[Raster]]:
    """Rasters in layers: those of one ground lie in one each, in their order."""
    alike = of_one_ground([raster.grid for raster in rasters])
    layers: list[list[int]] = []
    for number, others in enumerate(alike):
        free = next((layer for layer in layers if others.isdisjoint(layer)), None)
        if free is None:
            layers.append([number])
        else:
            free.append(number)
    return [[rasters[number] for number in layer] for layer in layers]


def _in_turn(others: Sequence[Files], rasters: Sequence[Sequence[Raster]], turn: int, turns: int) -> list[list[Files]]:
    """The files of the other inputs of a place, those in front whose turn it is; the rest shows in their gaps.

    Args:
        others: Files by input.
        rasters: What they are.
        turn: Which of the places of one ground it is, from 0.
        turns: How many those are. Where the others have more layers, it has several turns, so that each is in front.
    """
    own = ([raster for raster in of_input if raster.path in files] for files, of_input in zip(others, rasters))
    layers = list(map(_layers, own))
    found = []
    for each in range(turn, max([turns, *map(len, layers)]), turns):
        fronts = [each % len(of_input) for of_input in layers]
        ordered = [[*of_input[front:], *of_input[:front]] for of_input, front in zip(layers, fronts)]
        found.append([tuple(raster.path for layer in of_input for raster in layer) for of_input in ordered])
    return found


def _adjoin(raster: Raster, other: Raster) -> bool:
    """Whether two rasters lie on one grid and overlap or touch there."""
    offset = other.grid.offset(raster.grid) if raster.placed and other.placed else None
    if offset is None:
        return False
    column, row = offset
    across = -raster.grid.width <= column <= other.grid.width
    return across and -raster.grid.height <= row <= other.grid.height


class _Beside:
    """Rasters of another input, or of the labels, by where they lie and by name.

    Args:
        rasters: The rasters.
        grids: Those of the images.
    """

    def __init__(self, rasters: Sequence[Raster], grids: Sequence[Grid]) -> None:
        numbers = near(grids, [raster.grid for raster in rasters])
        self.around = [[rasters[each] for each in by_image] for by_image in numbers]
        self._loose = {False: rasters, True: [raster for raster in rasters if not raster.placed]}
        self._stems: dict[str, list[Raster]] = {}
        for raster in rasters:
            self._stems.setdefault(_stem(raster), []).append(raster)

    def loose(self, image: Raster) -> Sequence[Raster]:
        """Those that may belong to an image wherever they lie."""
        return self._loose[image.placed]

    def of_same_name(self, image: Raster) -> Raster | None:
        """The one of them that is named like the image, whatever the ending and the folder."""
        same = [raster for raster in self._stems.get(_stem(image), ()) if not (image.placed and raster.placed)]
        return same[0] if len(same) == 1 else None


def _stem(raster: Raster) -> str:
    return Path(raster.path).stem.casefold()


def _belonging(rasters: _Beside, images: Sequence[Raster], number: int, grid: Grid, kind: str) -> Files:
    """The files of another input, or of the labels, that belong to the image of some number.

    Those with a place on earth are found by overlap, the others by name or order.

    Raises:
        InputError: They cannot be told apart, or the one found has another size.
    """
    placed = [raster.path for raster in rasters.around[number] if shared(grid, raster.grid)]
    if placed:
        return tuple(placed)
    loose = rasters.loose(images[number])
    if not loose:
        return ()
    found = rasters.of_same_name(images[number]) or (loose[number] if len(loose) == len(images) else None)
    if found is None:
        raise InputError(
            "There are {images} images and {rasters} rasters ({first}, …) that have no place on earth, and none is "
            "named like {image}. Give one for each image, in the same order or with the same names.",
            images=len(images),
            rasters=len(loose),
            first=Path(loose[0].path).name,
            image=Path(images[number].path).stem,
        )
    if (found.grid.width, found.grid.height) != (grid.width, grid.height):
        raise InputError(
            "{kind} {path} has {width} x {height} pixels, and {image} has {image_width} x {image_height}. One of them "
            "has no place on earth, so they must be of one size. Choose another, leave the pair out, or assign the "
            "coordinate reference system.",
            kind=kind.capitalize(),
            path=found.path,
            width=found.grid.width,
            height=found.grid.height,
            image=images[number].path,
            image_width=grid.width,
            image_height=grid.height,
        )
    return (found.path,)


def _area(grid: Grid, extent: Extent | None) -> Window | None:
    """The part of a grid that is asked for, or `None` where that is nothing."""
    if extent is None:
        return grid.window
    try:
        return window_of(grid, extent)
    except InputError:
        return None


def _nothing_overlaps(
    image: Raster, truth: Sequence[Raster], further: Sequence[Sequence[Raster]], extent: Extent | None
) -> InputError:
    """Say what lies where no image is."""
    if extent is not None:
        return InputError(
            "No image shows anything of the extent together with its labels and its other inputs. Choose one that "
            "overlaps them all."
        )
    elsewhere = next((rasters[0] for rasters in (truth, *further) if rasters and rasters[0].placed), image)
    return InputError(
        "{path} ({crs}, {left:.6g} to {right:.6g}, {bottom:.6g} to {top:.6g}) does not overlap {image} ({image_crs}). "
        "Check the coordinate reference systems, or choose rasters of one place.",
        path=elsewhere.path,
        crs=crs_name(elsewhere.grid),
        left=elsewhere.grid.bounds.left,
        right=elsewhere.grid.bounds.right,
        bottom=elsewhere.grid.bounds.bottom,
        top=elsewhere.grid.bounds.top,
        image=image.path,
        image_crs=crs_name(image.grid),
    )


def _band_names(found: tuple[str, ...]) -> tuple[str, ...]:
    """Names of bands as the rasters tell them where those mean something, else `b1`, `b2` and so on."""
    meaningless = {"", "undefined", "gray", "grey", "palette"}
    if len(set(found)) == len(found) and not meaningless & set(found):
        return found
    return tuple(f"b{number}" for number in range(1, len(found) + 1))
