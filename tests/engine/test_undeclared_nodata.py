"""Values that nobody declared as nodata are told of before a network learns from them."""

import numpy as np
from chip_making import make, noise, quilt, raster
from listening import Heard
from pretraining_cases import ground, spec, wanted, write
from terraloom.engine.chips.undeclared_nodata import NodataWatch
from terraloom.engine.jobs import pretrain_encoder


def warned_of(*chips, bands=("b1", "b2")):
    watch, told = NodataWatch("image", bands), Heard()
    for chip in chips:
        watch.feed(np.ma.MaskedArray(chip, np.zeros(np.shape(chip), bool)))
    watch.tell(told)
    return told.warnings


def test_a_patch_far_from_all_else_is_told_of_wherever_it_is_met():
    plain = noise(2, 32, 32, "float32") + 1000
    holed = plain.copy()
    holed[:, :4, :4] = -9999
    for chips in ((plain, holed), (holed, plain), (holed, holed), (np.full_like(plain, -9999), plain)):
        (told,) = warned_of(*chips)
        assert "the values of b1, b2 are exactly -9999, far from all others" in told
    high = plain.copy()
    high[1, 5:9] = 65535
    (told,) = warned_of(plain, high)
    assert "the values of b2 are exactly 65535" in told


def test_what_is_masked_or_usual_is_no_hole():
    plain = noise(2, 32, 32, "float32") + 1000
    lone = plain.copy()
    lone[0, 0, 0] = 9000  # one bright roof
    saturated = np.minimum(plain, 1150)
    mask = np.zeros((2, 32, 32))
    mask[:, :3] = 1
    slope = np.random.default_rng(0).gamma(0.5, 4, (2, 32, 32)).round(1)
    assert not warned_of(plain) and not warned_of(plain, lone, plain)
    assert not warned_of(saturated)
    assert not any(warned_of(each, bands=("b1",)) for each in (mask, slope, np.zeros((2, 8, 8))))
    watch, told = NodataWatch("image", ("b1", "b2")), Heard()
    holed = np.where(np.arange(32) < 9, -9999, plain)
    watch.feed(np.ma.masked_equal(holed, -9999))
    watch.tell(told)
    assert not told.warnings


def test_black_borders_are_told_of_but_not_in_single_bands_and_series():
    black = noise(2, 32, 32)
    black[:, :5] = 0
    (told,) = warned_of(black)
    assert "About 16 % of input image is 0 in all bands" in told
    assert not warned_of(black[:1] // 2, bands=("b1",)) and not warned_of(black, bands=("b1",))


def test_codes_and_derived_bands_are_no_holes():
    rng = np.random.default_rng(0)
    codes = rng.choice([4, 5, 6], (1, 32, 32)).astype(float)
    rare = codes.copy()
    rare[:, :6, :6] = 11
    assert not warned_of(codes, rare, bands=("scl",))
    water = rng.uniform(size=(32, 32)) < 0.3
    forest = ~water & (rng.uniform(size=(32, 32)) < 0.3)
    assert not warned_of(np.stack([water, forest]).astype(float))


def test_training_chips_tell_of_both(tmp_path):
    values = noise(3, 96, 96, "int16") + 2000
    values[:, 10:30, 10:30] = -9999
    truth, told = raster(tmp_path / "truth.tif", quilt(96, 96)), Heard()
    make(tmp_path, told, inputs=((raster(tmp_path / "image.tif", values),),), labels=(truth,), chip_px=16)
    assert any("the values of b1, b2, b3 are exactly -9999" in line for line in told.warnings)
    (tmp_path / "declared").mkdir()
    declared, told = raster(tmp_path / "declared.tif", values, nodata=-9999), Heard()
    make(tmp_path / "declared", told, inputs=((declared,),), labels=(truth,), chip_px=16)
    assert not any("exactly" in line for line in told.warnings)
    values[values < 0] = 0
    (tmp_path / "black").mkdir()
    black, told = raster(tmp_path / "black.tif", values), Heard()
    make(tmp_path / "black", told, inputs=((black,),), labels=(truth,), chip_px=16)
    assert any("is 0 in all bands, and its file does not say that 0 is nodata" in line for line in told.warnings)


def test_pretraining_tells_of_it(tmp_path):
    values = (1000 + 200 * ground(96, 320)[:2]).astype(np.float32)
    values[:, 20:30, ::7] = -9999
    told = Heard()
    request = wanted(tmp_path, ((write(tmp_path / "a.tif", values),),), spec=spec(tmp_path, "image"), epochs=1)
    pretrain_encoder.run(request, told)
    assert any("are exactly -9999, far from all others" in line for line in told.warnings)
