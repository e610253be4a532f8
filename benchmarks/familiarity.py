"""Measures how often a model takes images for unfamiliar: of places it was not fitted on, and of quite other kinds.

    python -m benchmarks.familiarity --data FOLDER     (in the worker's environment, with pillow)

FOLDER holds the sets `dubai`, `amazon`, `massroads` and `ombria`. What the model is used to is fitted on all places of
Dubai but one, in turns, and held against that place: as it is, and spoilt in several ways. The other sets are held
against a fit on all places. One line of JSON for each kind of scene: the share of tiles beyond the limit, the share of
scenes (images) of which more than half are, so that a run would warn, and the median distance over the limit.

The model has seen all places in its training, so that even those held out are more familiar than a new one will be.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.familiarity.familiarity import Familiarity, fit
from terraloom.engine.familiarity.inner_features import InnerFeatures, names_of_features
from terraloom.engine.familiarity.plausibility import MOST_LIKELY_WRONG, TILE_PX
from terraloom.engine.library.card import ModelCard
from terraloom.engine.values.scaling import choose_scaling

from recipes.set_files import files_of

from . import ROOT

Pixels = NDArray[np.uint8]
"""An image, `(bands, rows, cols)`."""

HAZE = 0.5
"""Share of the light that is white."""


def resized(pixels: Pixels, times: float) -> Pixels:
    """The same ground in more or fewer pixels."""
    picture = Image.fromarray(pixels.transpose(1, 2, 0))
    size = tuple(max(1, round(side * times)) for side in picture.size)
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC)).transpose(2, 0, 1)


SPOILT: dict[str, Callable[[Pixels], Pixels]] = {
    "as it is": lambda pixels: pixels,
    "brightness x 0.3": lambda pixels: (pixels * 0.3).astype(np.uint8),
    "haze 50 %": lambda pixels: (pixels * (1 - HAZE) + 255 * HAZE).astype(np.uint8),
    "bands reversed": lambda pixels: pixels[::-1],
    "pixels 4 times finer": lambda pixels: resized(pixels[:, : pixels.shape[1] // 2, : pixels.shape[2] // 2], 4),
    "pixels 4 times coarser": lambda pixels: resized(pixels, 0.25),
}


@dataclass
class Count:
    """What was found of one kind of scene: squared distances over the limit, an array for each scene."""

    scenes: list[NDArray[np.float64]] = field(default_factory=list)

    def line(self, name: str) -> dict[str, object]:
        """As it is printed."""
        every = np.concatenate(self.scenes)
        warned = [np.mean(scene > 1) > MOST_LIKELY_WRONG for scene in self.scenes]
        return {
            "scene": name,
            "scenes": len(self.scenes),
            "tiles": len(every),
            "tiles_beyond": round(float(np.mean(every > 1)), 3),
            "scenes_warned": round(float(np.mean(warned)), 3),
            "median_distance_over_limit": round(float(np.median(every)), 2),
        }


class Looker:
    """Describes some tiles of an image."""

    def __init__(self, model: Path, card: ModelCard, threads: int, most: int) -> None:
        self.tensors = names_of_features(model)
        self._inner = InnerFeatures(model, self.tensors, threads)
        self._scaling = choose_scaling(card.inputs[0], ())
        self._most = most

    def __call__(self, pixels: Pixels) -> NDArray[np.float64]:
        """`(tiles, features)`: of whole tiles side by side, evenly taken."""
        rows, columns = (range(0, side - TILE_PX + 1, TILE_PX) for side in pixels.shape[1:])
        places = [(row, column) for row in rows for column in columns]
        chosen = np.linspace(0, len(places) - 1, min(self._most, len(places))).round().astype(int)
        known = np.ones((TILE_PX, TILE_PX), bool)
        found = []
        for number in chosen:
            row, column = places[number]
            tile = pixels[:, row : row + TILE_PX, column : column + TILE_PX]
            found.append(self._inner([(tile * self._scaling.gain + self._scaling.bias).astype(np.float32)], known))
        return np.stack(found) if found else np.empty((0, 0))


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the sets")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx")
    parser.add_argument("--tiles", type=int, default=6, help="tiles of an image that the fit is made from")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    begun_s = time.process_time()
    card = read_card(options.model)
    looker = Looker(options.model, card, options.threads, options.tiles)
    places = read_places(options.data / "dubai" / "images")
    own = {place: [looker(pixels) for pixels in images] for place, images in places.items()}
    everywhere = fitted(looker.tensors, own)
    scenes: dict[str, Count] = {}

    def count(name: str, familiarity: Familiarity, features: NDArray[np.float64]) -> None:
        if len(features):
            distances = familiarity.distances(features) / familiarity.limit
            scenes.setdefault(name, Count()).scenes.append(distances)

    few = Looker(options.model, card, options.threads, max(1, options.tiles // 3))
    for place, images in places.items():
        others = fitted(looker.tensors, {other: found for other, found in own.items() if other != place})
        for features in own[place]:
            count(f"Dubai, place {place} held out", others, features)
            count("Dubai, as it is", others, features)
        for name, spoil in SPOILT.items():
            for pixels in images[::3] if name != "as it is" else ():
                count(f"Dubai, {name}", others, few(spoil(pixels)))
    for name, pixels in foreign(options.data):
        count(name, everywhere, few(pixels))
    for name, found in scenes.items():
        print(json.dumps(found.line(name)))
    size = len(json.dumps(everywhere.to_document()))
    print(
        json.dumps(
            {
                "fitted_on": everywhere.tiles,
                "limit": everywhere.limit,
                "features": len(everywhere.mean),
                "card_bytes": size,
                "cpu_s": round(time.process_time() - begun_s, 1),
            }
        )
    )


def read_places(folder: Path) -> dict[str, list[Pixels]]:
    """The images of each place, by the number in their names."""
    places: dict[str, list[Pixels]] = {}
    for path in files_of(folder, "tile*_*.jpg"):
        places.setdefault(path.stem[len("tile") :].split("_")[0], []).append(read(path))
    return places


def read(path: Path) -> Pixels:
    """An image as red, green and blue."""
    return np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1)


def fitted(tensors: Sequence[str], places: dict[str, list[NDArray[np.float64]]]) -> Familiarity:
    """What tiles of some places are like."""
    features = {place: np.concatenate([part for part in parts if len(part)]) for place, parts in places.items()}
    groups = [place for place, found in features.items() for _ in found]
    return fit(tensors, np.concatenate(list(features.values())), groups)


def foreign(data: Path) -> Iterator[tuple[str, Pixels]]:
    """Images that have nothing to do with Dubai, and the name of their kind."""
    for path in files_of(data / "massroads" / "images", "*.webp")[::3]:
        yield "Massachusetts, aerial, 1 m", read(path)
    for path in files_of(data / "amazon" / "images", "*.tiff")[::3]:
        yield "Amazon, Sentinel-2, 10 m", read(path)
    for path in files_of(data / "ombria" / "test" / "s2_after", "*.webp")[::6]:
        yield "OMBRIA, Sentinel-2, false colours, 10 m", read(path)
    for path in files_of(data / "ombria" / "test" / "s1_after", "*.webp")[::6]:
        yield "OMBRIA, radar, 10 m", read(path)
    rng = np.random.default_rng(0)
    for _ in range(6):
        yield "Noise", rng.integers(0, 256, (3, 2 * TILE_PX, TILE_PX), np.uint8)
    for level in (0, 64, 128, 255):
        yield "One colour", np.full((3, TILE_PX, TILE_PX), level, np.uint8)


if __name__ == "__main__":
    main()
