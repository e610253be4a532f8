"""What does not come into the chips as it was meant to is named: labels, images, splits, and odd labels."""

import struct

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from chip_making import EAST, NORTH, PIXEL, box, features, make, noise, put_together, quilt, raster, refused
from listening import Heard
from rasterio.warp import transform
from terraloom.engine.chips import label_raster
from terraloom.engine.errors import InputError
from terraloom.engine.requests.make_training_chips import VectorSource


def told(tmp_path, name="made", **request):
    heard = Heard()
    (tmp_path / name).mkdir()
    plain = {"inputs": ((raster(tmp_path / f"{name} image.tif", noise(2, 96, 96)),),), "chip_px": 16}
    return make(tmp_path / name, heard, **plain | request), heard


def test_features_that_are_lost_are_counted_and_their_classes_named(tmp_path):
    shapes = [box(2, 2, 60, 60), box(70, 2, 20, 80), box(500, 2, 9, 9), box(3.6, 80.6, 0.3, 0.3), box(10, 70, 9, 9)]
    codes = np.array([1, 2, 3, 4, np.nan])
    kinds = np.array(["wood", "field", "quarry", "well", None], object)
    source = features(tmp_path / "f.gpkg", [*shapes, None], kind=[*kinds, "wood"], code=[*codes, 1])
    for name, lost in (("kind", "quarry, well"), ("code", "3, 4")):
        _, heard = told(tmp_path, name, features=VectorSource(source, "", name))
        assert f"1 features of LABELS have nothing in {name} and do not count." in heard.warnings
        assert "1 features of LABELS have no geometry and do not count." in heard.warnings
        assert any(f"No pixel shows 2 of the labels in {name}: {lost}. " in line for line in heard.warnings)
    _, heard = told(tmp_path, "ignored", features=VectorSource(source, "", "kind"), ignored=("quarry", "well"))
    assert not any("No pixel shows" in line for line in heard.warnings)


def ring(*corners):
    """A polygon of one ring as a file may hold it, whether that is one or not; corners in columns and rows."""
    points = b"".join(struct.pack("<dd", EAST + x * PIXEL, NORTH - y * PIXEL) for x, y in corners)
    return struct.pack("<BIII", 1, 3, 1, len(corners)) + points


def layer(path, geometries, crs=toys.UTM):
    data = {"geometry": np.array(geometries, object), "field_data": [np.arange(len(geometries))], "fields": ["kind"]}
    pyogrio.raw.write(path, **data, geometry_type="Unknown", crs=crs, driver="GPKG")
    return VectorSource(str(path), "", "kind")


NONE = (
    ring((24, 24), (28, 24), (28, 28), (24, 28)),  # open
    ring((24, 24), (28, 24)),
    ring((24, 24), (28, 24), (32, 24), (24, 24)),  # without area
    ring((24, 24), (np.inf, np.inf), (28, 28), (24, 24)),
    ring((24, 24), (28, 24), (np.nan, np.nan), (24, 24)),
    struct.pack("<BII", 1, 2, 1) + struct.pack("<dd", EAST + 250, NORTH - 250),  # a line of one place
    struct.pack("<BII", 1, 2, 2) + struct.pack("<4d", EAST + 250, NORTH - 250, np.inf, 0),
)


@pytest.mark.parametrize("crs", [toys.UTM, None], ids=["by place", "all"])
def test_features_that_are_none_cost_no_other_and_are_counted(tmp_path, monkeypatch, crs):
    monkeypatch.setattr(label_raster, "AT_ONCE", 2)
    squares = [box(2, 2, 20, 90).wkb, box(60, 2, 20, 90).wkb, box(40, 2, 10, 10).wkb]
    source = layer(tmp_path / "f.gpkg", [*squares, *NONE], crs)
    chips, heard = told(tmp_path, features=source)
    assert chips.pixels(chips.chips) == {"0": 1800, "1": 1800, "2": 100}
    assert any("7 features of LABELS have a geometry that cannot be used" in line for line in heard.warnings)
    assert not any("have no geometry" in line for line in heard.warnings)
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    source = layer(tmp_path / "none.gpkg", NONE, crs)
    refused(tmp_path, InputError, r"none\.gpkg has no geometries", inputs=((image,),), features=source, chip_px=16)


def test_features_without_geometry_are_told_from_those_with_a_broken_one(tmp_path, monkeypatch):
    monkeypatch.setattr(label_raster, "AT_ONCE", 2)
    empty = shapely.from_wkt("POLYGON EMPTY").wkb
    source = layer(tmp_path / "f.gpkg", [box(2, 2, 20, 90).wkb, None, NONE[0], empty, *NONE[1:3], None])
    _, heard = told(tmp_path, features=source)
    assert "3 features of LABELS have no geometry and do not count." in heard.warnings
    assert any("3 features of LABELS have a geometry that cannot be used" in line for line in heard.warnings)


@pytest.mark.parametrize("crs", [toys.UTM, "EPSG:3035"])
def test_a_spike_is_no_label(tmp_path, crs):
    """It would be burnt as a line of one pixel's width."""
    spiked = ring((4, 4), (8, 4), (8, 6), (40, 6.3), (8, 6), (8, 8), (4, 8), (4, 4))
    collection = shapely.GeometryCollection([box(4, 40, 4, 4), shapely.LineString(box(10, 50, 5, 5).exterior.coords)])
    shapes = np.array([shapely.from_wkb(spiked), collection], object)
    if crs != toys.UTM:
        shapes = shapely.transform(shapes, lambda corners: np.column_stack(transform(toys.UTM, crs, *corners.T)))
    chips, _ = told(tmp_path, features=layer(tmp_path / "f.gpkg", shapely.to_wkb(shapes), crs), split="none")
    labels, _ = put_together(chips, (96, 96))
    expected = np.zeros((96, 96), bool)
    expected[4:8, 4:8] = True
    assert np.array_equal(labels == 0, expected) and (labels == 1).sum() > 16


def test_a_label_with_commas_can_be_ignored(tmp_path):
    shapes = [box(2, 2, 60, 20), box(2, 30, 60, 20), box(2, 60, 60, 20)]
    source = features(tmp_path / "f.gpkg", shapes, kind=["wood, mixed", "wood", "shrub, heath, moor"])
    chips, heard = told(
        tmp_path, features=VectorSource(source, "", "kind"), ignored=("wood", "mixed", "shrub", "heath", "moor")
    )
    assert chips.legend.names == ("wood",) and not any("IGNORE" in line for line in heard.warnings)


def test_names_that_differ_in_case_only_are_warned_of(tmp_path):
    shapes = [box(2, 2, 60, 20), box(2, 30, 60, 20), box(2, 60, 60, 20)]
    source = features(tmp_path / "f.gpkg", shapes, kind=["Wiese", "WIESE ", "Wald"])
    _, heard = told(tmp_path, features=VectorSource(source, "", "kind"))
    assert any("only in case, spaces, hyphens or underscores: “WIESE” = “Wiese”." in each for each in heard.texts)
    numbers = features(tmp_path / "n.gpkg", shapes, code=[-1, 1, 2])
    _, heard = told(tmp_path, "n", features=VectorSource(numbers, "", "code"))
    assert not any("differ only in case" in each for each in heard.texts)


def test_an_image_under_another_is_told_of(tmp_path):
    files = tuple(raster(tmp_path / name, noise(2, 96, 96)) for name in ("over.tif", "under.tif"))
    truth = raster(tmp_path / "truth.tif", quilt(96, 96))
    _, heard = told(tmp_path, inputs=(files,), labels=(truth,))
    assert any(f"Nothing of {files[1]} shows" in line for line in heard.warnings)


def test_a_stride_within_blocks_of_one_chip_is_told_of(tmp_path):
    truth = raster(tmp_path / "truth.tif", quilt(96, 96))
    _, heard = told(tmp_path, "blocks", labels=(truth,), stride_px=8)
    chips, _ = told(tmp_path, "none", labels=(truth,), stride_px=8, split="none")
    wider, _ = told(tmp_path, "wide", labels=(truth,), stride_px=8, block_px=48)
    assert any("set BLOCK_SIZE to 32 or more" in line for line in heard.warnings)
    assert len(chips.chips) > 36 and len(wider.of("train")) > 9
    assert not any("BLOCK_SIZE" in line for line in told(tmp_path, "plain", labels=(truth,))[1].warnings)


def test_splits_that_got_nothing_and_a_lone_class_are_warned_of(tmp_path):
    shapes = [box(32 * number, 0, 32, 96) for number in range(3)]
    source = features(tmp_path / "f.gpkg", shapes, kind=["a", "b", "c"], place=["x", "y", "z"])
    groups = dict(features=VectorSource(source, "", "kind"), groups=VectorSource(source, "", "place"), split="field")
    chips, heard = told(tmp_path, **groups)
    assert len(chips.of("train")) == len(chips.chips)
    for split in ("validation", "test"):
        assert any(f"No chip is for {split}, though 20 % of the labels should be" in line for line in heard.warnings)
    assert not any("BLOCK_SIZE" in line for line in heard.warnings)  # which this split refuses
    away = [*shapes, box(500, 0, 32, 32)]
    source = features(tmp_path / "s.gpkg", away, kind=["a", "b", "c", "a"], place=["train", "train", "test", "later"])
    groups = dict(features=VectorSource(source, "", "kind"), groups=VectorSource(source, "", "place"), split="field")
    assert not any("No chip is for" in line for line in told(tmp_path, "named", **groups)[1].warnings)
    lone = raster(tmp_path / "lone.tif", np.full((96, 96), 4, np.uint8))
    _, heard = told(tmp_path, "lone", labels=(lone,))
    assert any("All labels that count are of one class, 4" in line for line in heard.warnings)
    assert not any("No chip is for" in line for line in heard.warnings)


@pytest.mark.parametrize("target", ["classes", "values"])
def test_labels_that_are_the_image_are_warned_of(tmp_path, target):
    image = raster(tmp_path / "image.tif", noise(1, 96, 96))
    _, heard = told(tmp_path, inputs=((image,),), labels=(image,), target=target)
    assert any("is chosen as an image and as labels" in line for line in heard.warnings)


def test_labels_that_hardly_can_be_meant_are_warned_of(tmp_path):
    flat = raster(tmp_path / "flat.tif", np.full((96, 96), 2.5, np.float32))
    _, heard = told(tmp_path, "flat", labels=(flat,), target="values")
    assert any("one value in all training chips, 2.5" in line for line in heard.warnings)
    many = raster(tmp_path / "many.tif", noise(1, 96, 96, "uint8", seed=3))
    _, heard = told(tmp_path, "many", labels=(many,))
    assert any("different numbers (1 to 199), and each is learnt as a class" in line for line in heard.warnings)
