"""Makes images with labels and chips of them, and puts the chips together again."""

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from terraloom.engine.chips.chip_set import IGNORE, ChipSet
from terraloom.engine.jobs import make_training_chips
from terraloom.engine.progress import Silent
from terraloom.engine.requests.make_training_chips import MakeTrainingChips

EAST, NORTH, PIXEL = 500_000, 5_000_000, 10.0


def raster(path, values, crs=toys.UTM, nodata=None, offset=(0, 0), pixel=PIXEL):
    """A GeoTIFF of `(bands, rows, cols)`; `offset` in pixels from the corner that all share."""
    values = np.asarray(values)
    values = values[np.newaxis] if values.ndim == 2 else values
    place = Affine(pixel, 0, EAST + offset[0] * pixel, 0, -pixel, NORTH - offset[1] * pixel)
    profile = {"crs": crs, "transform": place} if crs else {}
    with rasterio.open(
        path,
        "w",
        "GTiff",
        values.shape[2],
        values.shape[1],
        values.shape[0],
        dtype=values.dtype,
        nodata=nodata,
        **profile,
    ) as dataset:
        dataset.write(values)
    return str(path)


def features(path, shapes, crs=toys.UTM, **columns):
    """A GeoPackage of shapes with attributes."""
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, object)),
        field_data=[np.array(values) for values in columns.values()],
        fields=list(columns),
        geometry_type=shapes[0].geom_type,
        crs=crs,
        driver="GPKG",
    )
    return str(path)


def box(column, row, width, height):
    """A rectangle of pixels."""
    left, top = EAST + column * PIXEL, NORTH - row * PIXEL
    return shapely.box(left, top - height * PIXEL, left + width * PIXEL, top)


def noise(bands, rows, columns, dtype="uint16", seed=1):
    return np.random.default_rng(seed).integers(1, 200, (bands, rows, columns)).astype(dtype)


def quilt(rows, columns, square=10, classes=3, seed=2):
    """Squares of classes from 1."""
    coarse = np.random.default_rng(seed).integers(1, classes + 1, (-(-rows // square), -(-columns // square)))
    return np.kron(coarse, np.ones((square, square)))[:rows, :columns].astype(np.uint8)


def make(folder, progress=None, **request):
    """Run the job; the chips lie in `folder/chips`."""
    target = folder / "chips"
    outcome = make_training_chips.run(MakeTrainingChips(str(target), **request), progress or Silent())
    assert outcome.outputs["folder"] == str(target)
    assert not list(folder.glob(".*"))
    chips = ChipSet.from_folder(target)
    assert outcome.metrics["chips"] == len(chips.chips)
    return chips


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read(masked=True)


def window_of(chips, chip):
    """Where a chip lies on the grid that tests share."""
    with rasterio.open(chips.label_file(chip)) as dataset:
        return round((dataset.transform.c - EAST) / PIXEL), round((NORTH - dataset.transform.f) / PIXEL)


def put_together(chips, shape):
    """Labels of all chips where they belong, and how often each pixel is labelled."""
    labels, often = np.full(shape, IGNORE, np.uint8), np.zeros(shape, int)
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        own = read(chips.label_file(chip)).filled(IGNORE)[0]
        area = slice(row, row + chips.chip_px), slice(column, column + chips.chip_px)
        labels[area] = np.where(own != IGNORE, own, labels[area])
        often[area] += own != IGNORE
    return labels, often


def quilted(tmp_path):
    """An image of 3 bands and its class raster, 90 x 100 px: no multiple of any chip."""
    values, classes = noise(3, 90, 100), quilt(90, 100)
    return raster(tmp_path / "image.tif", values), raster(tmp_path / "truth.tif", classes), values, classes


def refused(tmp_path, kind, words, **request):
    """The job ends with a sentence and leaves nothing."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(kind, match=words):
        make_training_chips.run(MakeTrainingChips(str(tmp_path / "chips"), **request), Silent())
    assert sorted(tmp_path.rglob("*")) == before
