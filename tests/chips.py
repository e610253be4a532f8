"""Small sets of training chips on which something can be learnt, for the tests of all that reads such sets."""

import numpy as np
import rasterio
from rasterio.transform import from_origin
from terraloom.engine.chips.chip_set import IGNORE, MANIFEST, Chip, ChipInput, ChipSet
from terraloom.engine.legend import Legend, LegendEntry

LEGEND = Legend((LegendEntry(1, "Low", "#4477AA"), LegendEntry(2, "High", "#EE6677")))


def write_chips(
    folder, splits=("train",) * 6 + ("validation",) * 2 + ("test",) * 2, side_px=16, names=("image",), days=(), seed=0
):
    """Chips of two classes: `High` where the first band of each input is above its mean, in squares of 4 px.

    Each input has two bands for each date; a corner of each chip is not labelled.
    """
    rng = np.random.default_rng(seed)
    inputs = tuple(
        ChipInput(name, ("a", "b"), (100.0, 50.0), (20.0, 10.0), (40.0, 20.0), (160.0, 80.0), days) for name in names
    )
    chips = []
    for number, split in enumerate(splits):
        name = f"{number:06d}"
        field = rng.choice((-1.0, 1.0), (side_px // 4, side_px // 4)).repeat(4, axis=0).repeat(4, axis=1)
        labels = np.where(field > 0, 2, 1).astype(np.uint8)
        labels[:2, :2] = IGNORE
        for source in inputs:
            bands = [100 + 20 * field, 50 + 10 * rng.normal(size=field.shape)] * (len(days) or 1)
            write(folder / "images" / source.name / f"{name}.tif", np.stack(bands).astype(np.float32), number)
        write(folder / "labels" / f"{name}.tif", labels[np.newaxis], number, nodata=IGNORE)
        pixels = {str(value): int((labels == value).sum()) for value in (1, 2)}
        chips.append(Chip(name, split, f"{split}-{number}", pixels))
    chip_set = ChipSet(folder, side_px, 10.0, inputs, LEGEND, tuple(chips))
    (folder / MANIFEST).write_text(chip_set.to_json())
    return chip_set


def write_values(folder, side_px=16, **source):
    """The same chips with values for a target: twice the first band, unknown in a corner."""
    chip_set = write_chips(folder, side_px=side_px, **source)
    for chip in chip_set.chips:
        with rasterio.open(chip_set.image_file(chip, chip_set.inputs[0])) as dataset:
            values = 2 * dataset.read([1])  # of a series, of its first date
        values[:, :2, :2] = np.nan
        chip_set.label_file(chip).unlink()
        write(chip_set.label_file(chip), values, 0, nodata=np.nan)
    chips = tuple(Chip(chip.name, chip.split, chip.block, {"value": 252}) for chip in chip_set.chips)
    chip_set = ChipSet(folder, side_px, 10.0, chip_set.inputs, None, chips)
    (folder / MANIFEST).write_text(chip_set.to_json())
    return chip_set


ROADS = Legend((LegendEntry(0, "Background", "#F2EFE9"), LegendEntry(1, "Road", "#D7301F")))


def drawn_line(side_px, angle_deg, away_px=0.0, half_width_px=1.5):
    """A straight line through a square, `away_px` from its middle; angles grow from the columns upwards."""
    rows, cols = np.mgrid[:side_px, :side_px] - (side_px - 1) / 2
    angle = np.radians(angle_deg)
    return np.abs(cols * np.sin(angle) + rows * np.cos(angle) - away_px) <= half_width_px


GOLDEN_ANGLE_DEG = 111.25
"""Lines that lie so far from one another run in all directions evenly, however many there are."""


def write_lines(folder, splits=("train",) * 16 + ("validation",) * 3 + ("test",) * 5, side_px=32, days=(), seed=0):
    """Chips of two classes: a line across each, and every fourth another, brighter than the ground by twice its noise.

    A corner of each chip is not labelled.
    """
    rng = np.random.default_rng(seed)
    source = ChipInput("image", ("red", "nir"), (100.0, 50.0), (20.0, 10.0), (40.0, 20.0), (160.0, 80.0), days)
    chips = []
    for number, split in enumerate(splits):
        name = f"{number:06d}"
        labels = drawn_line(side_px, number * GOLDEN_ANGLE_DEG, rng.uniform(-0.2, 0.2) * side_px).astype(np.uint8)
        if number % 4 == 3:
            labels |= drawn_line(side_px, rng.uniform(0, 180))
        bands = [
            (100 + 30 * labels + 15 * rng.normal(size=labels.shape), 50 + 10 * rng.normal(size=labels.shape))
            for _ in range(len(days) or 1)
        ]
        labels[:4, :4] = IGNORE
        write(folder / "images" / "image" / f"{name}.tif", np.concatenate(bands).astype(np.float32), number, pixel_m=1)
        write(folder / "labels" / f"{name}.tif", labels[np.newaxis], number, nodata=IGNORE, pixel_m=1)
        pixels = {str(value): int((labels == value).sum()) for value in (0, 1)}
        chips.append(Chip(name, split, f"{split}-{number}", pixels))
    chip_set = ChipSet(folder, side_px, 1.0, (source,), ROADS, tuple(chips))
    (folder / MANIFEST).write_text(chip_set.to_json())
    return chip_set


def write(path, array, number, nodata=None, pixel_m=10):
    """A GeoTIFF, one chip east of the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bands, rows, cols = array.shape
    place = from_origin(500000 + number * cols * pixel_m, 5000000, pixel_m, pixel_m)
    profile = {"width": cols, "height": rows, "count": bands, "dtype": array.dtype, "nodata": nodata}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:32617", transform=place, **profile) as dataset:
        dataset.write(array)
