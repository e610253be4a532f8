"""Labels of every kind become classes or values of pixels."""

from collections import Counter

import numpy as np
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from chip_making import (
    EAST,
    NORTH,
    PIXEL,
    box,
    features,
    make,
    noise,
    put_together,
    quilt,
    raster,
    read,
    refused,
    window_of,
)
from listening import Heard
from rasterio.features import rasterize
from rasterio.warp import transform
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.errors import InputError
from terraloom.engine.requests.make_training_chips import ClassStyle, VectorSource


def test_texts_are_numbered_in_order_and_features_come_from_another_system(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    shapes = [box(4, 4, 10, 20), box(40, 30, 12, 12), box(20, 44, 8, 8)]
    for number, crs in enumerate((toys.UTM, "EPSG:3035")):
        brought = [
            shapely.transform(
                shapely.segmentize(shape, 5),
                lambda points, crs=crs: np.column_stack(transform(toys.UTM, crs, points[:, 0], points[:, 1])),
            )
            for shape in shapes
        ]
        source = features(tmp_path / f"{number}.gpkg", brought, crs, kind=["water", "forest", "cloud"])
        (tmp_path / str(number)).mkdir()
        told = Heard()
        chips = make(
            tmp_path / str(number),
            told,
            inputs=((image,),),
            features=VectorSource(source, "", "kind"),
            ignored=("cloud",),
            styles=(ClassStyle("forest", "Wood", "#123456"),),
            chip_px=32,
        )
        labels, _ = put_together(chips, (64, 64))
        expected = np.full((64, 64), IGNORE, np.uint8)
        expected[4:24, 4:14], expected[30:42, 40:52] = 3, 2
        assert (labels == expected).all()
        assert [(entry.value, entry.name, entry.colour) for entry in chips.legend.entries][0] == (2, "Wood", "#123456")
        assert chips.legend.names == ("Wood", "water")
        assert any("brought to the reference system" in line for line in told.logs) == bool(number)


def test_points_and_lines_become_pixels(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    points = [shapely.Point(EAST + 10 * PIXEL + 3, NORTH - 20 * PIXEL - 3), shapely.Point(EAST + 405, NORTH - 305)]
    source = features(tmp_path / "points.gpkg", points, code=[4, 0])
    chips = make(tmp_path, inputs=((image,),), features=VectorSource(source, "", "code"), chip_px=32)
    labels, often = put_together(chips, (64, 64))
    assert often.sum() == 2 and labels[20, 10] == 4 and labels[30, 40] == 0
    line = features(
        tmp_path / "line.gpkg", [shapely.LineString([(EAST, NORTH - 55), (EAST + 640, NORTH - 55)])], code=[9]
    )
    (tmp_path / "line").mkdir()
    chips = make(tmp_path / "line", inputs=((image,),), features=VectorSource(line, "", "code"), chip_px=32)
    labels, _ = put_together(chips, (64, 64))
    assert (labels[5] == 9).all() and (labels != IGNORE).sum() == 64


def test_label_rasters_keep_their_numbers_and_colours_and_come_from_another_grid(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    coarse = quilt(32, 32, 4)
    coarse[:4] = 77  # nodata
    truth = raster(tmp_path / "truth.tif", coarse, nodata=77, pixel=2 * PIXEL)
    told = Heard()
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32, ignored=("2",))
    labels, _ = put_together(chips, (64, 64))
    fine = np.kron(coarse, np.ones((2, 2), np.uint8))
    assert (labels == np.where(np.isin(fine, (2, 77)), IGNORE, fine)).all()
    assert chips.legend.values == (1, 3)
    assert any("nearest label" in line for line in told.logs)
    painted = tmp_path / "painted.tif"
    with rasterio.open(
        painted,
        "w",
        "GTiff",
        64,
        64,
        1,
        dtype="uint8",
        crs=toys.UTM,
        transform=Affine(PIXEL, 0, EAST, 0, -PIXEL, NORTH),
    ) as dataset:
        dataset.write(quilt(64, 64), 1)
        dataset.write_colormap(1, {1: (255, 0, 0), 2: (0, 255, 0), 3: (0, 0, 255)})
    (tmp_path / "2").mkdir()
    chips = make(tmp_path / "2", inputs=((image,),), labels=(str(painted),), chip_px=32)
    assert [entry.colour for entry in chips.legend.entries] == ["#FF0000", "#00FF00", "#0000FF"]


def test_numbers_that_cannot_be_class_values_are_renumbered(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", np.choose(quilt(64, 64) - 1, (112, 311, 512)).astype(np.int16))
    told = Heard()
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32)
    labels, _ = put_together(chips, (64, 64))
    assert (labels == quilt(64, 64)).all()
    assert chips.legend.values == (1, 2, 3) and chips.legend.names == ("112", "311", "512")
    assert any("cannot be class values" in line for line in told.logs)


def test_images_without_a_place_find_their_labels_by_name(tmp_path):
    images, truth = [], []
    for folder in ("images", "labels"):
        (tmp_path / folder).mkdir()
    for number in range(6):
        images.append(raster(tmp_path / "images" / f"{number}.tif", noise(1, 32, 40, seed=number), crs=None))
        truth.append(raster(tmp_path / "labels" / f"{number}.tif", np.full((32, 40), number, np.uint8), crs=None))
    chips = make(tmp_path, inputs=(tuple(images),), labels=tuple(reversed(truth)), chip_px=32, split="none")
    assert chips.resolution_m is None
    for chip in chips.chips:
        (value,) = chip.pixels
        cut = read(chips.image_file(chip, chips.inputs[0]))[0]
        whole = noise(1, 32, 40, seed=int(value))[0]
        assert (cut == whole[:, :32]).all() or (cut == whole[:, 8:]).all()
    assert Counter(chip.block.split()[0] for chip in chips.chips) == {str(number): 2 for number in range(6)}


def test_values_are_kept_as_they_are(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    target = noise(2, 64, 64, "float32", 5)
    target[0, :10, :10] = np.nan
    truth = raster(tmp_path / "truth.tif", target)
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16, target="values")
    assert chips.legend is None and chips.target.bands == ("b1", "b2")
    seen = np.zeros((64, 64), bool)
    training = []
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        with rasterio.open(chips.label_file(chip)) as dataset:
            assert dataset.dtypes == ("float32", "float32") and np.isnan(dataset.nodata)
            cut = dataset.read()
        known = ~np.isnan(cut).any(axis=0)
        seen[row : row + 16, column : column + 16] |= known
        assert (cut[:, known] == target[:, row : row + 16, column : column + 16][:, known]).all()
        assert chip.pixels == {"value": known.sum()}
        if chip.split == "train":
            training.append(cut[:, known])
    assert (seen == ~np.isnan(target[0])).all()
    assert chips.target.mean == pytest.approx(np.concatenate(training, axis=1).astype(float).mean(axis=1))


def test_labels_of_another_size_are_refused_where_one_has_no_place(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 32, 32), crs=None)
    truth = raster(tmp_path / "truth.tif", quilt(32, 35), crs=None)
    refused(tmp_path, InputError, "35 x 32 pixels, and .* has 32 x 32", inputs=((image,),), labels=(truth,))


@pytest.mark.parametrize(("offset", "pixel"), [((0, 0), PIXEL), ((0.25, 0.25), 2 * PIXEL)], ids=["same", "other grid"])
@pytest.mark.parametrize("kind", ["alpha", "NaN"])
def test_labels_are_unknown_where_alpha_is_0_or_a_value_is_no_number(tmp_path, offset, pixel, kind):
    """On the images' own pixels as on others."""
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    side = int(64 * PIXEL / pixel) + 1
    classes = np.full((side, side), 3)
    classes[: side // 2, ::2] = 2
    known = np.arange(side)[:, np.newaxis] >= side // 2
    path = tmp_path / "labels.tif"
    if kind == "alpha":
        bands = np.stack([classes, np.broadcast_to(255 * known, classes.shape)]).astype(np.uint8)
    else:
        bands = np.where(known, classes, np.nan)[np.newaxis].astype(np.float32)
    place = Affine(pixel, 0, EAST + offset[0] * pixel, 0, -pixel, NORTH - offset[1] * pixel)
    shape = {"width": side, "height": side, "count": len(bands), "dtype": bands.dtype, "photometric": "minisblack"}
    alpha = "YES" if kind == "alpha" else "NO"
    with rasterio.open(path, "w", "GTiff", crs=toys.UTM, transform=place, alpha=alpha, **shape) as dataset:
        dataset.write(bands)
    chips = make(tmp_path, inputs=((image,),), labels=(str(path),), chip_px=16)
    labels, _ = put_together(chips, (64, 64))
    assert set(np.unique(labels)) == {3, IGNORE} and chips.legend.values == (3,)
    assert (labels[36:] == 3).all() and (labels[:28] == IGNORE).all()


@pytest.mark.parametrize("dtype", ["int64", "uint64", "int32"])
def test_whole_numbers_of_any_size_come_from_another_grid(tmp_path, dtype):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    coarse = quilt(32, 32, 4)
    truth = raster(tmp_path / "truth.tif", coarse.astype(dtype), pixel=2 * PIXEL)
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    labels, _ = put_together(chips, (64, 64))
    assert (labels == np.kron(coarse, np.ones((2, 2), np.uint8))).all()


def test_ground_that_two_images_show_counts_once_which_is_told(tmp_path):
    images = [raster(tmp_path / f"{name}.tif", noise(1, 64, 64), offset=(x, 0)) for name, x in (("a", 0), ("b", 32.5))]
    shapes = features(tmp_path / "f.gpkg", [box(0, 0, 96, 64)], kind=["field"])
    told = Heard()
    given = dict(features=VectorSource(shapes, "", "kind"), chip_px=16, split="none")
    chips = make(tmp_path, told, inputs=(tuple(images),), **given)
    once = sum(chips.pixels(chips.chips).values())
    assert 64 * 64 + 64 * 31 <= once <= 64 * 64 + 64 * 33
    (line,) = [line for line in told.logs if "do not count a second time" in line]
    assert 64 * 31 <= int(line.split()[0]) <= 64 * 33


@pytest.mark.parametrize(("nothing", "dtype"), [(-9999, "float32"), (0.1, "float32"), (250, "uint8")])
def test_measurements_that_do_not_count_are_left_out(tmp_path, nothing, dtype):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    target = np.random.default_rng(5).integers(3, 99, (1, 64, 64)).astype(dtype)
    target[:, :, :32] = nothing
    truth = raster(tmp_path / "truth.tif", target)
    given = dict(labels=(truth,), chip_px=16, target="values", ignored=(str(nothing), "-77777"), split="none")
    chips = make(tmp_path, inputs=((image,),), **given)
    assert sum(chip.pixels["value"] for chip in chips.chips) == 64 * 32
    assert 3 <= chips.target.lowest[0] <= chips.target.highest[0] < 99


@pytest.mark.parametrize(("ignored", "left"), [("cloud", 0), ("2", 0), ("1.7", 1), ("clouds", 1)])
def test_labels_that_do_not_count_may_be_named_as_qgis_names_them(tmp_path, ignored, left):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64).clip(1, 2))
    told = Heard()
    styles = (ClassStyle("1", "ground", "#123456"), ClassStyle("2", "cloud", "#ffffff"))
    given = dict(labels=(truth,), styles=styles, ignored=(ignored,), chip_px=16)
    chips = make(tmp_path, told, inputs=((image,),), **given)
    assert len(chips.legend.entries) == 1 + left
    missing = [line for line in told.warnings if "IGNORE names clouds" in line and "2 (cloud)" in line]
    assert bool(missing) == (ignored == "clouds")


@pytest.mark.parametrize(
    ("target", "first", "second"), [("classes", (1, np.uint8), (300, np.int16)), ("values", (3, np.int16), (0.7, "f4"))]
)
def test_label_rasters_of_several_types_keep_their_numbers(tmp_path, target, first, second):
    image = raster(tmp_path / "image.tif", noise(1, 32, 64))
    one = raster(tmp_path / "one.tif", np.full((32, 32), *first), nodata=0)
    other = raster(tmp_path / "other.tif", np.full((32, 32), *second), nodata=0, offset=(32, 0))
    given = dict(labels=(one, other), target=target, chip_px=32, split="none")
    chips = make(tmp_path, inputs=((image,),), **given)
    if target == "classes":
        assert chips.legend.names == ("1", "300")
        of_one, of_other = chips.legend.values
        labels, _ = put_together(chips, (32, 64))
        assert of_one != of_other and (labels == np.repeat([of_one, of_other], 32)).all()
    else:
        assert [read(chips.label_file(chip)).max() for chip in chips.chips] == [3, np.float32(0.7)]


def test_whole_numbers_that_measure_are_not_rounded_on_another_grid(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    coarse = np.tile(np.arange(32), (32, 1))
    told = {}
    for dtype in ("uint8", "float32"):
        (tmp_path / dtype).mkdir()
        truth = raster(tmp_path / f"{dtype}.tif", coarse.astype(dtype), pixel=2 * PIXEL)
        given = dict(labels=(truth,), target="values", chip_px=64, split="none")
        chips = make(tmp_path / dtype, inputs=((image,),), **given)
        told[dtype] = read(chips.label_file(chips.chips[0]))
    assert (told["uint8"] == told["float32"]).all() and (told["uint8"] % 1 != 0).any()


def test_measurements_that_are_stored_otherwise_are_refused(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64).astype(np.int16))
    with rasterio.open(truth, "r+") as dataset:
        dataset.scales = (0.01,)
    make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    (tmp_path / "values").mkdir()
    given = dict(labels=(truth,), target="values", chip_px=32)
    refused(tmp_path / "values", InputError, "multiplied by 0.01", inputs=((image,),), **given)


def test_where_features_overlap_the_last_in_the_layer_shows_and_it_is_told(tmp_path):
    """The spatial index of a GeoPackage gives features in an order of its own."""
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    corners = np.random.default_rng(0).integers(0, 500, (3000, 2))
    shapes = [box(0, 0, 64, 64), *(box(int(column), int(row), 6, 6) for row, column in corners)]
    path = features(tmp_path / "f.gpkg", shapes, kind=[1] + [2] * 3000)
    grid = Affine(PIXEL, 0, EAST, 0, -PIXEL, NORTH)
    expected = rasterize(zip(shapes, [1] + [2] * 3000), out_shape=(64, 64), transform=grid)
    told = Heard()
    chips = make(tmp_path, told, inputs=((image,),), features=VectorSource(path, "", "kind"), chip_px=32)
    assert (put_together(chips, (64, 64))[0] == expected).all()
    (line,) = [line for line in told.warnings if "lie in several features of LABELS" in line]
    assert line.startswith(f"{(expected == 2).sum()} labelled pixels ({(expected == 2).mean():.1%}".replace("%", " %"))


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (np.array([2**53, 2**53 + 1]), ("9007199254740992", "9007199254740993")),
        (np.array([1e300, 2.0]), ("1e+300", "2")),
        (np.array(["2020-01-01", "NaT"], "datetime64[D]"), ("2020-01-01",)),
    ],
    ids=["large", "huge", "no date"],
)
def test_classes_are_called_as_the_attributes_say(tmp_path, values, names):
    image = raster(tmp_path / "image.tif", noise(1, 32, 64))
    path = features(tmp_path / "f.gpkg", [box(0, 0, 32, 32), box(32, 0, 32, 32)], kind=values)
    chips = make(tmp_path, inputs=((image,),), features=VectorSource(path, "", "kind"), chip_px=32)
    assert chips.legend.names == names
    assert [sum(chip.pixels.values()) for chip in chips.chips] == [32 * 32] * len(names)


def test_collections_that_cross_themselves_are_labels_as_polygons_are(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    west, north = transform(toys.UTM, "EPSG:4326", [EAST], [NORTH])
    corners = [(0, 0), (0.005, -0.004), (0.005, 0), (0, -0.004)]
    bowtie = shapely.Polygon([(west[0] + x, north[0] + y) for x, y in corners])
    counts = []
    for number, shape in enumerate((bowtie, shapely.GeometryCollection([bowtie]))):
        (tmp_path / str(number)).mkdir()
        path = features(tmp_path / f"{number}.gpkg", [shape], "EPSG:4326", kind=[1])
        source = VectorSource(path, "", "kind")
        chips = make(tmp_path / str(number), inputs=((image,),), features=source, chip_px=64)
        counts.append(chips.pixels(chips.chips)["1"])
    assert counts[0] == counts[1] > 500


def test_labels_past_180_are_found_as_they_are_told(tmp_path):
    past = Affine(1e-4, 0, 179.9968, 0, -1e-4, -16)  # the right half lies past it
    image = toys.raster(tmp_path / "image.tif", noise(1, 64, 64), "EPSG:4326", past)
    path = features(tmp_path / "a.gpkg", [shapely.box(-180, -16.0064, -179.9968, -16)], "EPSG:4326", kind=[1])
    chips = make(tmp_path, inputs=((image,),), features=VectorSource(path, "", "kind"), chip_px=64, split="none")
    assert chips.pixels(chips.chips)["1"] == 64 * 32


@pytest.mark.parametrize(
    ("classes", "given", "warned"),
    [
        ((0, 1, 255), {}, True),
        ((0, 1, 255), {"ignored": ("255",)}, False),
        ((0, 1, 255), {"styles": (ClassStyle("255", "cloud", "#ffffff"),)}, False),
        ((0, 0, 255), {}, False),  # a mask
        ((0, 120, 255), {}, True),
        ((0, 130, 255), {}, False),
        ((0, 1, 254), {}, False),
    ],
)
def test_255_far_from_other_labels_is_told_of(tmp_path, classes, given, warned):
    image = raster(tmp_path / "image.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", np.choose(quilt(64, 64) - 1, classes).astype(np.uint8))
    told = Heard()
    make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32, split="none", **given)
    assert any("set IGNORE to 255" in line for line in told.warnings) == warned
