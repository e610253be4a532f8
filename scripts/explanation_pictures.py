"""Draws the pictures of explanations and uncertainty in the documentation from what take_pictures.sh has made.

Runs in the worker's Python. Floods are drawn without their images, which may not be shown: attributions alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from rasterio.windows import Window

SIDE_PX, GAP_PX, TITLE_PX = 300, 10, 16
AROUND_PX = 120
"""Side of what is shown round a place, on the pixels of the model."""

AGAINST, NOTHING, FOR = (5, 113, 176), (255, 255, 255), (178, 24, 43)
SURE, BETWEEN, UNSURE = (68, 1, 84), (33, 145, 140), (253, 231, 37)
INPUTS = {"optical": "Optical", "sar": "Radar", "optical_before": "Optical, before", "sar_before": "Radar, before"}

Picture = NDArray[np.uint8]
"""`(rows, columns, 3)`."""


def main() -> None:
    """Read the arguments and draw what there is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=Path, required=True, help="folder of the demo's images")
    parser.add_argument("--results", type=Path, required=True, help="folder of attributions and uncertainties")
    parser.add_argument("--pictures", type=Path, required=True)
    for place in ("road", "trees", "flood"):
        parser.add_argument(f"--{place}", required=True, help="where it was explained, as LOCATION")
    options = parser.parse_args()
    las_vegas, rotterdam = options.samples / "road_mask_input.tif", options.samples / "ms1.tif"
    explained = [
        explained_row(las_vegas, (1, 1, 1), options.results / "why_road.tif", options.road),
        explained_row(rotterdam, (3, 2, 1), options.results / "why_vegetation.tif", options.trees),
    ]
    save(grid(explained), options.pictures / "explaining.png")
    unsure = [options.results / f"unsure_{name}.tif" for name in ("landuse", "roads")]
    panels = [seen(las_vegas, (1, 1, 1), unsure[0]), *map(entropy, unsure)]
    save(grid([panels]), options.pictures / "uncertainty.png")
    floods = [options.results / f"why_flood{name}.tif" for name in ("", "_under_clouds")]
    if all(flood.exists() for flood in floods):
        save(grid([which_sensor(flood, options.flood) for flood in floods]), options.pictures / "which-sensor.png")
    else:
        print("Without floods to explain, which-sensor.png stays as it is.")


def explained_row(image: Path, bands: Sequence[int], attribution: Path, place: str) -> list[Picture]:
    """The image round a place, the attribution over it, and the attribution alone."""
    with rasterio.open(attribution) as dataset:
        window = around(dataset, place)
        total = square(dataset.read(dataset.count, window=window, boundless=True))
    ground = seen(image, bands, attribution, window)
    weight = strength(total)[..., np.newaxis]
    pale = ground.mean(axis=2, keepdims=True) * 0.5 + 110
    over = pale * (1 - weight) + diverging(total) * weight
    return [marked(ground), marked(over.astype(np.uint8)), diverging(total)]


def around(dataset: rasterio.DatasetReader, place: str) -> Window:
    """The square round a place that is given as to LOCATION: `x,y [EPSG:number]`."""
    x, y, crs = re.fullmatch(r"([^,]+),([^ ]+) \[(.+)\]", place).groups()
    ((x,), (y,)) = transform(crs, dataset.crs, [float(x)], [float(y)])
    row, column = dataset.index(x, y)
    return Window(column - AROUND_PX // 2, row - AROUND_PX // 2, AROUND_PX, AROUND_PX)


def seen(image: Path, bands: Sequence[int], onto: Path, window: Window | None = None) -> Picture:
    """The image on the pixels of a result, its values between the 2nd and the 98th percentile of the whole image."""
    with rasterio.open(image) as dataset, rasterio.open(onto) as result:
        low, high = np.percentile(dataset.read(), (2, 98))
        window = window or Window(0, 0, result.width, result.height)
        place = {"transform": result.window_transform(window), "width": window.width, "height": window.height}
        with WarpedVRT(dataset, crs=result.crs, resampling=Resampling.bilinear, **place) as warped:
            values = warped.read(list(bands)).astype(np.float64)
    lit = np.clip((values - low) / (high - low), 0, 1) * 255
    return np.stack([square(band, Image.Resampling.BICUBIC) for band in lit], axis=2).clip(0, 255).astype(np.uint8)


def entropy(path: Path) -> Picture:
    """The first band of an uncertainty, from dark (sure) to yellow."""
    with rasterio.open(path) as dataset:
        values = square(dataset.read(1), Image.Resampling.BICUBIC).clip(0, 1)
    stops = np.array([SURE, BETWEEN, UNSURE], float)
    return np.stack([np.interp(values, (0, 0.5, 1), stops[:, band]) for band in range(3)], axis=2).astype(np.uint8)


def which_sensor(path: Path, place: str) -> list[Picture]:
    """What each input says at a place, on plain ground, all in one scale of colours."""
    with rasterio.open(path) as dataset:
        of_inputs = [str(name).split(": ")[0] for name in dataset.descriptions]
        bands = np.nan_to_num(dataset.read(window=around(dataset, place), boundless=True))
    sums = {key: bands[[of_input == key for of_input in of_inputs]] for key in INPUTS}
    most = max(float(np.abs(each.sum(axis=0)).max()) for each in sums.values())
    all_of_it = sum(float(np.abs(each).sum()) for each in sums.values())
    return [
        titled(marked(diverging(square(each.sum(axis=0)), most)), f"{INPUTS[key]}: {share(each, all_of_it)}")
        for key, each in sums.items()
    ]


def share(bands: NDArray[np.float32], all_of_it: float) -> str:
    """Part of all attributions, in words."""
    return f"{np.abs(bands).sum() / all_of_it:.0%}" if len(bands) and bands.any() else "not given"


def square(values: NDArray[np.floating], way: Image.Resampling = Image.Resampling.NEAREST) -> NDArray[np.float32]:
    """Values in the size of a panel; what is missing is 0."""
    filled = Image.fromarray(np.nan_to_num(values).astype(np.float32))
    return np.asarray(filled.resize((SIDE_PX, SIDE_PX), way))


def strength(values: NDArray[np.float32], most: float = 0.0) -> NDArray[np.float32]:
    """Magnitudes, 0–1."""
    return np.minimum(np.abs(values) / (most or max(float(np.abs(values).max()), 1e-12)), 1)


def diverging(values: NDArray[np.float32], most: float = 0.0) -> Picture:
    """Red for, blue against, white where nothing matters."""
    weight = strength(values, most)[..., np.newaxis]
    far = np.where(values[..., np.newaxis] > 0, FOR, AGAINST)
    return (np.array(NOTHING) * (1 - weight) + far * weight).astype(np.uint8)


def marked(picture: Picture) -> Picture:
    """With a ring round the place, which lies at the middle."""
    image = Image.fromarray(picture)
    middle = SIDE_PX / 2
    ImageDraw.Draw(image).ellipse([middle - 7, middle - 7, middle + 7, middle + 7], outline=(240, 170, 0), width=2)
    return np.asarray(image)


def titled(picture: Picture, title: str) -> Picture:
    """With a frame, and words above."""
    image = Image.new("RGB", (SIDE_PX, SIDE_PX + TITLE_PX), "white")
    image.paste(Image.fromarray(picture), (0, TITLE_PX))
    draw = ImageDraw.Draw(image)
    draw.text((2, 2), title, fill="black")
    draw.rectangle([0, TITLE_PX, SIDE_PX - 1, SIDE_PX + TITLE_PX - 1], outline=(150, 150, 150))
    return np.asarray(image)


def grid(rows: Sequence[Sequence[Picture]]) -> Picture:
    """Panels side by side, rows below each other."""
    height, width = rows[0][0].shape[:2]
    columns = len(rows[0])
    size = len(rows) * (height + GAP_PX) - GAP_PX, columns * (width + GAP_PX) - GAP_PX
    whole = np.full((*size, 3), 255, np.uint8)
    for row, panels in enumerate(rows):
        for column, panel in enumerate(panels):
            top, left = row * (height + GAP_PX), column * (width + GAP_PX)
            whole[top : top + height, left : left + width] = panel
    return whole


def save(picture: Picture, path: Path) -> None:
    """Write a picture."""
    Image.fromarray(picture).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main()
