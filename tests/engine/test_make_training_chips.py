"""Training chips show what images and labels show there, in splits that share no ground, or say what is wrong."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from rasterio.warp import transform
from rasterio.windows import Window
from terraloom.engine.chip_layout import Lattice, Size, choose_size, deal, lay_chips, shares_of
from terraloom.engine.chip_set import IGNORE, MANIFEST, SPLITS, ChipSet
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.jobs import make_training_chips
from terraloom.engine.progress import Silent
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.engine.requests.make_training_chips import ClassStyle, MakeTrainingChips, VectorSource
from terraloom.engine.requests.network_run import Extent

EAST, NORTH, PIXEL = 500_000, 5_000_000, 10.0
LANDSAT = Path(__file__).resolve().parents[3] / "shared" / "data" / "landsat_nc"


class Told(Silent):
    """Keeps what is said."""

    def __init__(self):
        self.logs, self.warnings = [], []

    def log(self, template, **values):
        self.logs.append(template.format(**values))

    def warn(self, template, **values):
        self.warnings.append(template.format(**values))


class Stopping(Silent):
    """Cancels after some asking."""

    def __init__(self, calls):
        self.left = calls

    def update(self, fraction, mpx_per_s=None):
        self.left -= 1
        if self.left < 0:
            raise CancelledError()


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


@pytest.fixture
def scene(tmp_path):
    """An image of 3 bands and its class raster, 90 x 100 px: no multiple of any chip."""
    values, classes = noise(3, 90, 100), quilt(90, 100)
    return raster(tmp_path / "image.tif", values), raster(tmp_path / "truth.tif", classes), values, classes


def test_every_labelled_pixel_comes_once_and_images_are_cut_where_labels_are(scene, tmp_path):
    image, truth, values, classes = scene
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    labels, often = put_together(chips, classes.shape)
    assert (labels == classes).all() and (often == 1).all()
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        cut = read(chips.image_file(chip, chips.inputs[0]))
        assert cut.dtype == values.dtype and cut.shape == (3, 32, 32)
        assert (cut.data == values[:, row : row + 32, column : column + 32]).all()
    assert sum(sum(chip.pixels.values()) for chip in chips.chips) == classes.size
    assert chips.resolution_m == pytest.approx(PIXEL, rel=1e-3)
    assert chips.inputs[0].bands == ("b1", "b2", "b3")


def test_splits_share_no_ground_and_are_near_their_shares(scene, tmp_path):
    image, truth, _, classes = scene
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16, stride_px=8, validation_share=0.25)
    shown = {split: np.zeros(classes.shape, bool) for split in SPLITS}
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        shown[chip.split][row : row + 16, column : column + 16] = True
    assert (sum(shown.values()).astype(int) <= 1).all()
    assert shown["validation"].mean() == pytest.approx(0.25, abs=0.06)
    assert shown["test"].mean() == pytest.approx(0.2, abs=0.06)
    splits = {}
    for chip in chips.chips:
        assert splits.setdefault(chip.block, chip.split) == chip.split


def test_training_chips_overlap_by_their_stride_and_no_others_do(scene, tmp_path):
    image, truth, _, classes = scene
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16, stride_px=8, block_px=48)
    often = {split: np.zeros(classes.shape, int) for split in SPLITS}
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        own = read(chips.label_file(chip)).filled(IGNORE)[0] != IGNORE
        often[chip.split][row : row + 16, column : column + 16] += own
    assert often["train"].max() >= 4
    assert often["validation"].max() == often["test"].max() == 1


def test_a_seed_tells_the_splits(scene, tmp_path):
    image, truth, *_ = scene

    def splits(name, seed):
        (tmp_path / name).mkdir()
        chips = make(tmp_path / name, inputs=((image,),), labels=(truth,), chip_px=16, seed=seed)
        return {chip.block: chip.split for chip in chips.chips}

    assert splits("a", 1) == splits("b", 1) != splits("c", 2)


def test_statistics_are_those_of_training_pixels(tmp_path):
    values = noise(2, 96, 96, "float32")
    values[0, 10:20, 10:20] = np.nan
    values[1, 40:50, :] = -9999
    image = raster(tmp_path / "image.tif", values, nodata=-9999)
    truth = raster(tmp_path / "truth.tif", quilt(96, 96))
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16)
    images = [read(chips.image_file(chip, chips.inputs[0])) for chip in chips.of("train")]
    source = chips.inputs[0]
    for band in range(2):
        known = np.concatenate([np.ma.masked_invalid(cut[band]).compressed() for cut in images]).astype(float)
        figures = source.mean[band], source.std[band], source.lowest[band], source.highest[band]
        assert figures == pytest.approx((known.mean(), known.std(), known.min(), known.max()), rel=1e-9)
    labels, often = put_together(chips, (96, 96))
    unknown = np.isnan(values[0]) | (values[1] == -9999)
    assert (labels[unknown] == IGNORE).all() and (often[~unknown] == 1).all()


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
        told = Told()
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
    told = Told()
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
    told = Told()
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32)
    labels, _ = put_together(chips, (64, 64))
    assert (labels == quilt(64, 64)).all()
    assert chips.legend.values == (1, 2, 3) and chips.legend.names == ("112", "311", "512")
    assert any("cannot be class values" in line for line in told.logs)


def test_further_inputs_lie_on_the_grid_of_the_first(tmp_path):
    optical = raster(tmp_path / "optical.tif", noise(3, 64, 64, "uint8"))
    radar = np.kron(noise(1, 32, 24, "float32")[0], np.ones((2, 2), np.float32))
    sar = raster(tmp_path / "sar.tif", radar, nodata=0)
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    told = Told()
    chips = make(tmp_path, told, inputs=((optical,), (sar,)), labels=(truth,), names=("optical", "sar"), chip_px=16)
    assert [source.name for source in chips.inputs] == ["optical", "sar"]
    labels, _ = put_together(chips, (64, 64))
    assert (labels[:, 48:] == IGNORE).all() and (labels[:, :48] == quilt(64, 64)[:, :48]).all()
    assert any("1024 labelled pixels (25.0 %) do not count" in line for line in told.logs)
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        cut = read(chips.image_file(chip, chips.inputs[1]))[0]
        known = min(16, 48 - column)
        assert (cut[:, :known] == radar[row : row + 16, column : column + known]).all()


def test_a_series_is_cut_date_by_date(tmp_path):
    dates = ["2020-01-01", "2020-01-17", "2020-03-01"]
    values = [noise(2, 64, 64, "int16", seed) for seed in range(3)]
    values[1][:, :8, :8] = -1
    values[0][:, :4, :4] = values[2][:, :4, :4] = -1
    series = tuple(raster(tmp_path / f"ndvi_{date}.tif", each, nodata=-1) for date, each in zip(dates, values))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    chips = make(tmp_path, series=series, labels=(truth,), chip_px=16)
    (source,) = chips.inputs
    assert (source.name, source.bands, source.days) == ("series", ("b1", "b2"), (0, 16, 60))
    assert source.dates == tuple(dates)
    chip = next(chip for chip in chips.chips if window_of(chips, chip) == (0, 0))
    cut = read(chips.image_file(chip, source))
    assert (cut.filled(-1) == np.concatenate(values)[:, :16, :16]).all()
    labels, _ = put_together(chips, (64, 64))
    assert (labels[:4, :4] == IGNORE).all()  # no date knows it
    assert (labels[4:8, 4:8] == quilt(64, 64)[4:8, 4:8]).all()  # one date does not
    (tmp_path / "given").mkdir()
    given = ("2021-05-01", "2021-05-02", "2021-05-04")
    chips = make(tmp_path / "given", series=series, labels=(truth,), chip_px=16, dates=given)
    assert (chips.inputs[0].days, chips.inputs[0].dates) == ((0, 1, 3), given)


def test_a_series_without_dates_counts_them(tmp_path):
    series = tuple(raster(tmp_path / f"{name}.tif", noise(1, 32, 32)) for name in "abc")
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    chips = make(tmp_path, series=series, labels=(truth,), chip_px=16)
    assert (chips.inputs[0].days, chips.inputs[0].dates) == ((0, 1, 2), ())


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


def test_field_deals_by_its_values(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 128))
    shapes = [box(16 * number, 8, 16, 40) for number in range(8)]
    kinds = ["field", "wood"] * 4
    places = [f"place {number // 2}" for number in range(8)]
    source = features(tmp_path / "f.gpkg", shapes, kind=kinds, place=places)
    label, group = VectorSource(source, "", "kind"), VectorSource(source, "", "place")
    chips = make(tmp_path, inputs=((image,),), features=label, groups=group, split="field", chip_px=16)
    assert {chip.block for chip in chips.chips} == set(places)
    splits = {}
    for chip in chips.chips:
        column, _ = window_of(chips, chip)
        assert chip.block == places[column // 16]
        assert splits.setdefault(chip.block, chip.split) == chip.split
    assert set(splits.values()) == set(SPLITS)


def test_field_may_name_the_splits_and_lie_in_other_polygons(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 96))
    truth = raster(tmp_path / "truth.tif", quilt(64, 96))
    shapes = [box(0, 0, 40, 64), box(40, 0, 16, 64), box(56, 0, 30, 64)]
    source = features(tmp_path / "f.gpkg", shapes, split=["Training", "val", "test"])
    told = Told()
    group = VectorSource(source, "", "split")
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), groups=group, split="field", chip_px=16)
    labels = {split: np.zeros((64, 96), int) for split in SPLITS}
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        own = read(chips.label_file(chip)).filled(IGNORE)[0] != IGNORE
        labels[chip.split][row : row + 16, column : column + 16] += own
    assert (labels["train"][:, :40] == 1).all() and labels["train"].sum() == 40 * 64
    assert (labels["validation"][:, 40:56] == 1).all() and labels["validation"].sum() == 16 * 64
    assert (labels["test"][:, 56:86] == 1).all() and labels["test"].sum() == 30 * 64
    assert any("640 labelled pixels belong to no value of SPLIT_FIELD" in line for line in told.warnings)


def test_ground_that_two_grids_show_counts_once(tmp_path):
    first = raster(tmp_path / "first.tif", noise(1, 64, 64))
    second = raster(tmp_path / "second.tif", noise(1, 64, 64), offset=(32.5, 0))
    source = features(tmp_path / "f.gpkg", [box(0, 0, 200, 64)], code=[1])
    chips = make(tmp_path, inputs=((first, second),), features=VectorSource(source, "", "code"), chip_px=16)
    assert sum(sum(chip.pixels.values()) for chip in chips.chips) == 64 * 64 + 64 * 32


def test_an_extent_bounds_the_chips(scene, tmp_path):
    image, truth, *_ = scene
    part = Extent(EAST + 200, NORTH - 800, EAST + 800, NORTH - 200, toys.UTM)
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16, extent=part)
    _, often = put_together(chips, (150, 170))
    assert often.sum() == 60 * 60 and often[20:80, 20:80].all()


def test_classes_that_cannot_be_judged_are_named(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 96, 96))
    classes = quilt(96, 96)
    classes[:5, :5] = 9
    truth = raster(tmp_path / "truth.tif", classes)
    told = Told()
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=16)
    assert any(line.startswith("In one block only") and "9" in line for line in told.warnings)
    assert all(chip.split == "train" for chip in chips.chips if "9" in chip.pixels)
    balance = json.loads((chips.folder / MANIFEST).read_text())["balance"]
    assert balance["test"]["9"] == 0 and balance["train"]["9"] == 25
    assert any("9: 1 blocks, 25 px train, 0 px validation, 0 px test" in line for line in told.logs)


def test_one_chip_is_said_to_be_too_few(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 32, 32))
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    told = Told()
    make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32)
    assert any("only one chip" in line for line in told.warnings)


def test_footprints_tell_split_and_classes(scene, tmp_path):
    image, truth, *_ = scene
    path = tmp_path / "footprints.gpkg"
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32, footprints=str(path))
    meta, _, outlines, columns = pyogrio.raw.read(path, layer="footprints")
    table = dict(zip(meta["fields"], columns))
    assert list(table["split"]) == [chip.split for chip in chips.chips]
    assert list(table["px_2"]) == [chip.pixels.get("2", 0) for chip in chips.chips]
    for chip, outline in zip(chips.chips, shapely.from_wkb(outlines)):
        assert outline.equals(box(*window_of(chips, chip), 32, 32))
    assert "validation" in pyogrio.raw.read(path, layer="layer_styles")[3][5][0]


def refused(tmp_path, kind, words, **request):
    """The job ends with a sentence and leaves nothing."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(kind, match=words):
        make_training_chips.run(MakeTrainingChips(str(tmp_path / "chips"), **request), Silent())
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_work_is_refused_with_advice(scene, tmp_path):
    image, truth, values, classes = scene
    given = {"inputs": ((image,),), "labels": (truth,)}
    refused(tmp_path, InputError, "91 px, but the largest image has only 90 px", **given, chip_px=91)
    refused(tmp_path, InputError, r"No pixel .* IGNORE \(1, 2, 3\)", **given, ignored=("1", "2", "3"))
    refused(tmp_path, InputError, "Turn colours into numbers", inputs=((image,),), labels=(image,))
    fractions = raster(tmp_path / "fractions.tif", classes + np.float32(0.5))
    refused(tmp_path, InputError, "hold fractions, for example", inputs=((image,),), labels=(fractions,))
    many = raster(tmp_path / "many.tif", np.arange(9000).reshape(90, 100).astype(np.int32))
    refused(tmp_path, InputError, "254 at most", inputs=((image,),), labels=(many,))
    far = raster(tmp_path / "far.tif", classes, offset=(5000, 0))
    refused(tmp_path, InputError, "does not overlap", inputs=((image,),), labels=(far,))
    refused(
        tmp_path,
        InputError,
        "does not overlap",
        inputs=((image,), (raster(far, values, offset=(5000, 0)),)),
        labels=(truth,),
    )
    shapes = features(tmp_path / "far.gpkg", [box(9000, 0, 5, 5)], kind=["wood"])
    refused(tmp_path, InputError, "No pixel .* overlap", inputs=((image,),), features=VectorSource(shapes, "", "kind"))
    refused(
        tmp_path, InputError, "no such field. It has kind", inputs=((image,),), features=VectorSource(shapes, "", "no")
    )
    wanted = {"features": VectorSource(shapes, "", "kind"), "target": "values"}
    refused(tmp_path, InputError, "must be a field of numbers", inputs=((image,),), **wanted)
    late = tuple(raster(tmp_path / f"{day}.tif", values) for day in ("2020-02-01", "2020-01-01"))
    refused(tmp_path, InputError, "order of their dates", series=late, labels=(truth,))
    two = raster(tmp_path / "two.tif", values[:2])
    refused(tmp_path, InputError, "must be alike", inputs=((image, two),), labels=(truth,))


def test_a_band_that_is_nowhere_known_is_named(tmp_path):
    values = noise(3, 32, 32, "float32")
    values[1] = np.nan
    image = raster(tmp_path / "image.tif", values)
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    refused(tmp_path, InputError, "Band b2 of image holds no value", inputs=((image,),), labels=(truth,))


def test_labels_of_another_size_are_refused_where_one_has_no_place(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 32, 32), crs=None)
    truth = raster(tmp_path / "truth.tif", quilt(32, 35), crs=None)
    refused(tmp_path, InputError, "35 x 32 pixels, and .* has 32 x 32", inputs=((image,),), labels=(truth,))


def test_a_folder_that_holds_something_is_left_alone(scene, tmp_path):
    image, truth, *_ = scene
    (tmp_path / "chips").mkdir()
    make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=64)  # an empty one will do
    refused(tmp_path, OutputError, "not an empty folder", inputs=((image,),), labels=(truth,))


def test_files_that_share_the_folder_s_name_are_left_alone(tmp_path):
    image = raster(tmp_path / "chips.tif", noise(1, 64, 64))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    (tmp_path / "chips.qml").write_text("style of the image")
    make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    assert (tmp_path / "chips.qml").read_text() == "style of the image"


@pytest.mark.parametrize("calls", [0, 2, 8])
def test_a_cancelled_run_leaves_nothing(scene, tmp_path, calls):
    image, truth, *_ = scene
    before = sorted(tmp_path.rglob("*"))
    request = MakeTrainingChips(
        str(tmp_path / "chips"), inputs=((image,),), labels=(truth,), chip_px=32, footprints=str(tmp_path / "f.gpkg")
    )
    with pytest.raises(CancelledError):
        make_training_chips.run(request, Stopping(calls))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"inputs": ()}, "There is no image"),
        ({"labels": ()}, "There are no labels"),
        ({"chip_px": 4}, "between 8 and 4096"),
        ({"stride_px": -1}, "cannot be negative"),
        ({"chip_px": 64, "block_px": 32}, "less than a chip"),
        ({"split": "random"}, "must be one of spatialblocks, field, none"),
        ({"split": "field"}, "SPLIT_FIELD is empty"),
        ({"validation_share": 0.5, "test_share": 0.5}, "less than 1"),
        ({"names": ("a", "b")}, "takes 1 different names"),
        ({"names": ("a-b",)}, "hold letters, digits and _ only"),
        ({"series": ("a.tif",)}, "a series has at least two"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-01",)}, "DATES has 1 dates"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-01", "May")}, "May, which is no date"),
        ({"series": ("a.tif", "b.tif"), "dates": ("2020-01-02", "2020-01-01")}, "does not rise"),
    ],
)
def test_requests_check_themselves(given, words):
    with pytest.raises(InputError, match=words):
        MakeTrainingChips("chips", **{"inputs": (("a.tif",),), "labels": ("b.tif",), **given})


def test_a_request_survives_the_way_to_the_worker():
    request = MakeTrainingChips(
        "chips",
        inputs=(("a.tif", "b.tif"), ("c.tif",)),
        features=VectorSource("d.gpkg", "layer", "kind"),
        styles=(ClassStyle("1", "Wood", "#123456"),),
        extent=Extent(0, 0, 1, 1, toys.UTM),
    )
    assert from_document(MakeTrainingChips, json.loads(json.dumps(to_document(request)))) == request


def test_each_class_is_dealt_to_every_split_where_it_can_be():
    random = np.random.default_rng(0)
    for seed in range(20):
        blocks = {
            number: {
                value: int(random.integers(1, 50)) for value in random.choice(6, random.integers(1, 4), replace=False)
            }
            for number in range(24)
        }
        blocks[99] = {7: 5}
        dealt = deal(blocks, shares_of(0.2, 0.2), seed)
        assert dealt.keys() == blocks.keys()
        for value in range(6):
            its = {dealt[key] for key, counts in blocks.items() if value in counts}
            assert "train" in its and len(its) == 3
        assert dealt[99] == "train"


def test_nothing_is_dealt_to_a_split_without_a_share():
    blocks = {number: {1: 10} for number in range(20)}
    assert Counter(deal(blocks, shares_of(0.0, 0.25), 0).values()) == {"train": 15, "test": 5}


@pytest.mark.parametrize(("length", "stride"), [(64, 32), (70, 32), (95, 32), (33, 32), (32, 32)])
def test_own_parts_of_chips_divide_a_block(length, stride):
    often = np.zeros((length, length), int)
    for chip in lay_chips(Window(5, 7, length, length), 32, stride):
        assert 5 <= chip.window.col_off and chip.window.col_off + 32 <= 5 + length
        often[chip.own.row_off - 7 :, chip.own.col_off - 5 :][: chip.own.height, : chip.own.width] += 1
    assert (often == 1).all()


def test_blocks_divide_an_area_and_hold_a_chip():
    lattice = Lattice(Window(3, 4, 489, 443), Size(64, 64))
    widths, heights = np.diff(lattice.columns), np.diff(lattice.rows)
    assert widths.sum() == 489 and heights.sum() == 443
    assert (widths[:-1] == 64).all() and (heights[:-1] == 64).all()
    assert 64 <= widths[-1] < 128 and 64 <= heights[-1] < 128


def test_chips_shrink_until_there_are_blocks_enough():
    few = {number: {1: 9, 2: 9} for number in range(6)}
    many = {number: {1: 9, 2: 9} for number in range(24)}
    assert choose_size({Size(256, 256): few, Size(128, 128): many, Size(64, 64): many}) == Size(128, 128)
    assert choose_size({Size(256, 256): few, Size(128, 128): {0: {1: 9, 2: 9}}}) == Size(256, 256)


def test_sparse_polygons_of_a_landsat_scene_reach_every_split(tmp_path):
    """Of its seven classes one lies in a single polygon."""
    if not LANDSAT.is_dir():
        pytest.skip("no shared data")
    told = Told()
    chips = make(
        tmp_path,
        told,
        inputs=((str(LANDSAT / "landsat_multiband.tif"),),),
        features=VectorSource(str(LANDSAT / "landsat96_polygons.shp"), "", "label"),
    )
    assert chips.chip_px == 64
    for split in SPLITS:
        absent = {
            chips.legend.names[chips.legend.values.index(int(value))]
            for value, count in chips.pixels(chips.of(split)).items()
            if not count
        }
        assert absent == (set() if split == "train" else {"agriculture"})
    assert "In one block only, and thus in one split: agriculture" in " ".join(told.warnings)
