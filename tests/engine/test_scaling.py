"""Values reach the network as it was trained on them: by what the user says of bands, or they are refused."""

import re
from dataclasses import replace

import numpy as np
import pytest
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.images.mosaic_reader import RasterChunk
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.values.scaling import check_range, choose_scaling

RGB = ModelInput("image", tuple(Band(name, 100, 50) for name in ("red", "green", "blue")), (0, 255))


def test_scaling_joins_the_users_with_the_cards():
    values = np.ma.masked_array(np.full((3, 2, 2), 1000, np.uint16), mask=False)
    values[:, 0, 0] = np.ma.masked
    scaling = choose_scaling(RGB, parse_scale("*=0.1;blue=0.2,10"))
    scaled = np.full((3, 2, 2), np.nan, np.float32)
    scaling.apply(RasterChunk(values, Window(0, 0, 2, 2)), scaled)
    np.testing.assert_allclose(scaled[:, 1, 1], [0, 0, (1000 * 0.2 + 10 - 100) / 50], atol=1e-6)
    assert (scaled[:, 0, 0] == 0).all()


def test_what_is_said_of_a_band_counts_more_than_what_is_said_of_all():
    for text in ("*=0.1;blue=0.2,10", "blue=0.2,10;*=0.1"):
        assert choose_scaling(RGB, parse_scale(text)).gain.ravel() == pytest.approx([0.1 / 50, 0.1 / 50, 0.2 / 50])


@pytest.mark.parametrize("text", ["red=db,1", "red=db,1;green=db,1", "red=db,1;*=2", "*=db,1;red=2"])
def test_decibels_of_some_bands_only_are_refused(text):
    with pytest.raises(InputError, match="brings some bands of input 1 to decibels"):
        choose_scaling(RGB, parse_scale(text))


def test_decibels_of_all_bands_may_be_said_one_by_one():
    assert choose_scaling(RGB, parse_scale("red=db,1;green=db,2;blue=db,3")).decibels


def test_powers_beyond_the_range_of_decibels_are_cut_to_it():
    """No 8 bits of an image hold what a power of 0, or the echo of a bridge, would come to."""
    radar = ModelInput("image", (Band("vv", 0, 1),), (0, 255))
    powers = np.ma.masked_array(np.array([[[0, 1e3, 10**-1.25]]], np.float32), mask=False)
    scaled = np.empty((1, 1, 3), np.float32)
    choose_scaling(radar, parse_scale("*=db,10.2,255")).apply(RasterChunk(powers, Window(0, 0, 3, 1)), scaled)
    assert scaled.ravel() == pytest.approx([0, 255, 255 - 127.5], abs=1e-3)


@pytest.mark.parametrize("parse", [parse_bands, parse_scale])
def test_a_band_that_is_named_twice_is_refused(parse):
    with pytest.raises(InputError, match="names 1.red twice. Give it one value"):
        parse("red=3;green=1;1.red=2")
    assert len(parse("red=3;2.red=2")) == 2, "of two inputs"


@pytest.mark.parametrize("low_high", [(0, 255), (3, 180), (10, 300), (0, 20)])
def test_values_of_the_models_unit_pass(low_high):
    check_range(np.linspace(*low_high, 300).reshape(3, 100), RGB)


@pytest.mark.parametrize(
    ("low_high", "scale"),
    [
        ((0, 10_000), r"\*=0\.0257"),
        ((0, 1), r"\*=255$"),
        ((0, 0.9), r"\*=255$"),
        ((0, 0.25), r"\*=10\d\d"),
        ((-25, 0), r"\*=10\.\d+,25\d"),
        ((0, 2047), r"\*=0\.12"),
    ],
)
def test_values_of_another_unit_are_refused_with_a_scale_that_mends_it(low_high, scale):
    sample = np.linspace(*low_high, 300).reshape(1, 300)
    with pytest.raises(InputError, match=scale) as refusal:
        check_range(sample, RGB)
    mend = parse_scale(str(refusal.value).rpartition("SCALE = ")[2])[0]
    check_range(sample * mend.factor + mend.offset, RGB)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (np.linspace(-26, -4, 300), "SCALE = 2.*=7.72727,255"),
        (10 ** (np.linspace(-26, -4, 300) / 10), "SCALE = 2.*=db,7.72727,255"),
    ],
    ids=["decibels", "powers"],
)
def test_radar_is_advised_the_line_of_the_card_and_not_its_percentiles(values, scale):
    radar = ModelInput("sar", (Band("vv", 127.5, 128),), (0, 255), decibels=(-33, 0))
    with pytest.raises(InputError, match=re.escape(scale) + "$"):
        check_range(values.reshape(1, -1), radar, 2)
    (mend,) = parse_scale(scale.rpartition(" = ")[2])
    assert (mend.input, mend.decibels) == (2, "db" in scale)


def test_the_scale_that_is_advised_is_that_of_the_input():
    with pytest.raises(InputError, match="values of input rgb lie between") as refusal:
        check_range(np.linspace(0, 10_000, 300).reshape(3, 100), replace(RGB, name="rgb"), 2)
    text = str(refusal.value)
    assert "set SCALE to 2.*=1;" in text
    (mend,) = parse_scale(text.rpartition("SCALE = ")[2])
    assert (mend.input, mend.factor) == (2, pytest.approx(255 / 9900, rel=1e-4))


def test_the_scale_of_the_file_is_advised_where_it_leads_to_the_models_unit():
    sample = np.linspace(1000, 11_000, 300).reshape(3, 100)
    stored, elsewhere, unlike = [(0.025, -25.0)] * 3, [(1e-4, -0.1)] * 3, [(0.025, -25.0)] * 2 + [(0.02, 0.0)]
    for scales, advised in (
        (stored, "SCALE = *=0.025,-25"),
        (unlike, "SCALE = red=0.025,-25;green=0.025,-25;blue=0.02"),
        (elsewhere, "SCALE = *=0.0233"),
    ):
        with pytest.raises(InputError, match=re.escape(advised)):
            check_range(sample, RGB, scales=scales)


def test_bands_that_scale_does_not_name_are_looked_at_all_the_same():
    sample = np.linspace(0, 10_000, 300).reshape(3, 100) * [[0.01], [1], [1]]
    given = parse_scale("red=2")
    with pytest.raises(InputError, match=r"set SCALE to red=2;green=1;blue=1.* SCALE = red=2;green=0.02\d+;blue=0.02"):
        check_range(sample, RGB, given=given)
    with pytest.raises(InputError, match=re.escape("SCALE = red=2;green=0.025;blue=0.025")):
        check_range(sample, RGB, scales=[(0.025, 0.0)] * 3, given=given)
    for enough in ("*=1", "red=2;green=1;blue=1"):
        check_range(sample, RGB, given=parse_scale(enough))
    check_range(sample * [[100], [0.02], [0.02]], RGB, given=given)
    with pytest.raises(InputError, match="SCALE names band rd"):
        check_range(sample, RGB, given=parse_scale("rd=2"))


def test_bands_that_scale_does_not_name_may_be_small_beside_those_it_names():
    terrain = ModelInput("image", tuple(Band(name, 0, 1) for name in ("elevation", "slope", "ndvi")), (-1, 3000))
    feet = np.linspace((0, 0, -1), (9800, 50, 1), 300).T
    check_range(feet, terrain, given=parse_scale("elevation=0.3048"))
    feet[1] *= 1000
    with pytest.raises(InputError, match="values of input image lie between") as refusal:
        check_range(feet, terrain, given=parse_scale("elevation=0.3048"))
    mend = str(refusal.value).rpartition("SCALE = ")[2]
    assert mend.startswith("elevation=0.3048;slope=0.06")
    scales = parse_scale(mend)
    check_range(feet * [[1], *([each.factor] for each in scales[1:])], terrain, given=scales[:1])


@pytest.mark.parametrize(("nothing", "share"), [(-9999, 1), (-9999, 0.3), (-9999, 0.015), (65535, 0.3)])
def test_values_that_look_like_nodata_are_named_and_not_scaled(nothing, share):
    count = round(share * 1000)
    sample = np.concatenate([np.full(count, nothing), np.linspace(20, 230, 1000 - count)]).reshape(1, -1).astype(float)
    with pytest.raises(InputError, match=f"{100 * share:.0f} % of the values are exactly {nothing}; .* nodata value"):
        check_range(sample, RGB)


@pytest.mark.parametrize("text", ["*=0", "*=nan", "*=inf", "*=1,nan", "*=db,0", "*=x", "*=1,2,3"])
def test_a_scale_that_leaves_nothing_of_the_values_is_refused(text):
    with pytest.raises(InputError, match="takes a factor that is not 0"):
        parse_scale(text)


@pytest.mark.parametrize("text", ["red", "red=", "=1", "red=x", "red=0", "red=²"])
def test_bands_of_another_form_are_refused(text):
    with pytest.raises(InputError, match="BANDS"):
        parse_bands(text)
