"""Splits share no ground, hold every class where they can, and say where they cannot."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from chip_making import box, features, make, noise, quilt, quilted, raster, read, refused, window_of
from listening import Heard
from rasterio.windows import Window
from terraloom.engine.chips.chip_layout import Lattice, Size, choose_size, deal, lay_chips, shares_of
from terraloom.engine.chips.chip_set import IGNORE, MANIFEST, SPLITS
from terraloom.engine.errors import InputError
from terraloom.engine.requests.make_training_chips import VectorSource

LANDSAT = Path(__file__).resolve().parents[3] / "shared" / "data" / "landsat_nc"


@pytest.fixture
def scene(tmp_path):
    return quilted(tmp_path)


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
    told = Heard()
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


@pytest.mark.parametrize(("chip_px", "warned"), [(64, True), (16, False)])
def test_ground_that_training_chips_show_of_other_groups_is_told_of(tmp_path, chip_px, warned):
    """The groups meet in the middle of the second of four large chips, and between two small ones."""
    image = raster(tmp_path / "image.tif", noise(1, 64, 256))
    truth = raster(tmp_path / "truth.tif", quilt(64, 256))
    shapes = [box(0, 0, 96, 64), box(96, 0, 96, 64), box(192, 0, 64, 64)]
    source = features(tmp_path / "f.gpkg", shapes, split=["train", "validation", "test"])
    told = Heard()
    group = dict(groups=VectorSource(source, "", "split"), split="field")
    make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=chip_px, **group)
    # Of three chips that judge, one is the second.
    assert any(line.startswith("33 % of the ground that chips for") for line in told.warnings) == warned
    assert warned or not any("shown by training chips too" in line for line in told.warnings)


def test_a_field_of_splits_and_other_things_is_refused(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 64, 96))
    truth = raster(tmp_path / "truth.tif", quilt(64, 96))
    source = features(tmp_path / "f.gpkg", [box(0, 0, 40, 64), box(40, 0, 40, 64)], split=["train", "holdout"])
    given = dict(inputs=((image,),), labels=(truth,), groups=VectorSource(source, "", "split"), split="field")
    refused(tmp_path, InputError, r"names splits \(train\) and other things \(holdout\)", **given, chip_px=16)


def test_classes_that_cannot_be_judged_are_named(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 96, 96))
    classes = quilt(96, 96)
    classes[:5, :5] = 9
    truth = raster(tmp_path / "truth.tif", classes)
    told = Heard()
    chips = make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=16)
    assert any(line.startswith("In one block only") and "9" in line for line in told.warnings)
    assert all(chip.split == "train" for chip in chips.chips if "9" in chip.pixels)
    balance = json.loads((chips.folder / MANIFEST).read_text())["balance"]
    assert balance["test"]["9"] == 0 and balance["train"]["9"] == 25
    assert any("9: 1 blocks, 25 px train, 0 px validation, 0 px test" in line for line in told.logs)


def test_one_chip_is_said_to_be_too_few(tmp_path):
    image = raster(tmp_path / "image.tif", noise(1, 32, 32))
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    told = Heard()
    make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=32)
    assert any("only one chip" in line for line in told.warnings)


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


def test_classes_that_only_small_images_show_are_classes_too(tmp_path):
    """Automatic sizes begin with one that the small image does not hold."""
    images = tuple(raster(tmp_path / f"{side}.tif", noise(1, side, side), offset=(side, 0)) for side in (200, 40))
    large = raster(tmp_path / "large.tif", quilt(200, 200, classes=2), offset=(200, 0))
    small = raster(tmp_path / "small.tif", np.full((40, 40), 7, np.uint8), offset=(40, 0))
    chips = make(tmp_path, inputs=(images,), labels=(large, small))
    assert chips.legend.values == (1, 2, 7) and all(chip.pixels for chip in chips.chips)
    (tmp_path / "alone").mkdir()
    shapes = features(tmp_path / "f.gpkg", [box(40, 0, 20, 40), box(60, 0, 20, 40)], kind=[1, 2])
    alone = make(tmp_path / "alone", inputs=(images,), features=VectorSource(shapes, "", "kind"))
    assert sum(alone.pixels(alone.chips).values()) == 40 * 40


def test_images_smaller_than_the_chosen_chip_are_told_of(tmp_path):
    """Automatic sizes go down to 32 px, which all of these hold."""
    sides = (640, 50, 40)
    images = tuple(raster(tmp_path / f"{side}.tif", noise(1, side, side), offset=(7 * side, 0)) for side in sides)
    truth = tuple(raster(tmp_path / f"t{side}.tif", quilt(side, side), offset=(7 * side, 0)) for side in sides)
    told = Heard()
    chips = make(tmp_path, told, inputs=(images,), labels=truth)
    assert chips.chip_px == 128
    assert "2 images are smaller than a chip of 128 px and are left out." in told.warnings


@pytest.mark.parametrize("chip_px", [0, 128])
def test_an_image_that_is_left_out_hides_no_ground_of_others(tmp_path, chip_px):
    small = raster(tmp_path / "small.tif", noise(1, 60, 60), offset=(100.4, 100.4))
    large = raster(tmp_path / "large.tif", noise(1, 640, 640))
    truth = raster(tmp_path / "truth.tif", quilt(640, 640))
    chips = make(tmp_path, inputs=((small, large),), labels=(truth,), chip_px=chip_px)
    assert chips.chip_px == 128 and sum(chips.pixels(chips.chips).values()) == 640 * 640


def test_sparse_polygons_of_a_landsat_scene_reach_every_split(tmp_path):
    """Of its seven classes one lies in a single polygon."""
    if not LANDSAT.is_dir():
        pytest.skip("no shared data")
    told = Heard()
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
