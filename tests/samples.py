"""Writes the rasters, shapes and networks that real runs are made of into a folder. Runs in the worker's Python."""

import sys
from pathlib import Path

import numpy as np
import pyogrio
import shapely
import toys

EAST, NORTH = 500_000, 5_000_000
"""Upper left corner of every raster of `toys`."""


def main(folder):
    """Write them all."""
    scene = landscape(192, 256)
    toys.raster(folder / "image.tif", scene, pixel=0.5)
    toys.raster(folder / "west.tif", scene[:, :, :128], pixel=0.5)
    east = toys.Affine(0.5, 0, EAST + 64, 0, -0.5, NORTH)
    toys.raster(folder / "east.tif", scene[:, :, 128:], transform=east)
    toys.raster(folder / "coarse.tif", scene[:, ::4, ::4], pixel=2.0)
    toys.raster(folder / "road.tif", road_through_woods(192, 256), pixel=0.5)
    shapes(folder / "mask.gpkg", [(10, 20, 50, 60)], number=[1])
    shapes(folder / "labels.gpkg", [(0, 0, 64, 96), (64, 0, 128, 96)], kind=["Field", "Soil"])
    shapes(folder / "reference.gpkg", [(2, 2, 30, 20), (100, 30, 126, 90)], kind=["Field", "Soil"])
    toys.raster(folder / "noise.tif", noise(3, 320, 320))
    toys.raster(folder / "speck.tif", noise(3, 40, 40))
    toys.raster(folder / "large.tif", noise(3, 1024, 1024), compress="deflate")
    toys.raster(folder / "one_band.tif", noise(1, 32, 32))
    toys.bands_as_classes(folder / "segment.onnx", classes=3)
    toys.bands_as_classes(folder / "milder.onnx", classes=3, **{"terraloom:temperature": 30.0})
    whole = (folder / "segment.onnx").read_bytes()
    (folder / "corrupt.onnx").write_bytes(whole[: len(whole) // 2])
    unknown = [toys.helper.make_node("Conjure", ["image"], ["output"])]
    toys.save(folder / "unknown_operator.onnx", unknown, {}, 3, toys.card(("b0", "b1", "b2")))
    same = [toys.helper.make_node("Identity", ["image"], ["output"])]
    toys.save(folder / "wrong_bands.onnx", same, {}, 3, toys.card(("b0", "b1", "b2", "b3")))
    toys.save(folder / "fronts.onnx", same, {}, 3, glacier_card())
    for day, row in (("2020-01-01", 40), ("2020-02-01", 50), ("2020-03-01", 60)):
        toys.raster(folder / f"glacier_{day}.tif", glacier(row), pixel=30.0)


def shapes(path, boxes, **column):
    """Polygons from left, top, right and bottom in metres from the upper left corner, with a column of attributes."""
    polygons = [shapely.box(EAST + left, NORTH - low, EAST + right, NORTH - top) for left, top, right, low in boxes]
    pyogrio.raw.write(
        path,
        geometry=np.array([polygon.wkb for polygon in polygons], object),
        field_data=[np.array(values) for values in column.values()],
        fields=list(column),
        geometry_type="Polygon",
        crs="EPSG:32631",
    )


def landscape(rows, columns):
    """What an aerial image looks like from afar, `(3, rows, cols)`, 0–255: field, soil, road, roofs, pond, grain."""
    y, x = np.mgrid[:rows, :columns]
    image = np.empty((3, rows, columns))
    image[:] = np.array([96, 118, 70])[:, None, None] + 12 * np.sin(y / 4)
    image[:, :, columns // 2 :] = np.array([178, 160, 130])[:, None, None]
    image[:, abs(y - x * 0.3 - 60) < 6] = np.array([105, 104, 103])[:, None]
    for row, column in ((20, 160), (20, 200), (120, 180), (150, 30)):
        image[:, row : row + 24, column : column + 22] = np.array([225, 221, 214])[:, None, None]
    image[:, (y - 150) ** 2 + (x - 100) ** 2 < 700] = np.array([42, 62, 82])[:, None]
    return np.clip(image + np.random.default_rng(3).normal(0, 5, image.shape), 0, 255).astype(np.uint8)


def road_through_woods(rows, columns):
    """A grey road 8 m wide through dark woods, 0.3 rows down for each column, `(3, rows, cols)`, 0–255."""
    y, x = np.mgrid[:rows, :columns]
    image = np.empty((3, rows, columns))
    image[:] = np.array([60, 75, 50])[:, None, None]
    image[:, abs(y - x * 0.3 - 60) < 8] = 130
    return np.clip(image + np.random.default_rng(3).normal(0, 8, image.shape), 0, 255).astype(np.uint8)


def glacier_card():
    """The card of a network whose bands are the scores of land, sea and front."""
    document = toys.card(("b0", "b1", "b2"))
    classes = document["properties"]["mlm:output"][0]["classification:classes"]
    for entry, title in zip(classes, ("Ice and land", "Sea", "Calving front")):
        entry["title"] = title
    return document


def glacier(row):
    """Scores of sea above a row, ice below it, and a front between them, `(3, rows, cols)`."""
    scores = np.full((3, 120, 100), -4, np.float32)
    scores[1, :row] = scores[0, row:] = 4
    scores[2, row - 2 : row + 3, 20:80] = 9
    return scores


def noise(bands, rows, columns):
    """Values that hardly compress and, as scores of classes, make as many areas as there can be."""
    return np.random.default_rng(5).normal(size=(bands, rows, columns)).astype(np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
