"""Grey images, three bands out of many, and pixels far finer or coarser than the model's give a map, or advice."""

import conftest
import numpy as np
import pytest
import rasterio
import samples
import toys
from listening import Heard
from maps import apply, refused
from rasterio.enums import ColorInterp
from terraloom.engine.errors import InputError
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.values.bands import choose_bands, warn_of_names
from terraloom.engine.values.dubious_values import warn_of_black

LANDUSE = conftest.ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx"
RGB = ModelInput("image", tuple(Band(name, 100, 50) for name in ("red", "green", "blue")), (0, 255))
GREY = {"terraloom:value_range": [0, 255], "terraloom:grey_allowed": True}


class Listening(Heard):
    """Sorts the warnings."""

    @property
    def of_grey(self):
        return [text for text in self.warnings if "is grey" in text]

    @property
    def of_black(self):
        return [text for text in self.warnings if "is 0 in all bands" in text]

    @property
    def of_unit(self):
        return [text for text in self.warnings if "SCALE = " in text]

    @property
    def of_pixels(self):
        return [text for text in self.warnings if "landuse-vhr was trained on 1 m or finer" in text]


def grey(rows=96, columns=128):
    """An image of 8 bits without colours, all of which it uses."""
    values = samples.landscape(rows, columns).mean(axis=0)
    low, high = np.percentile(values, (2, 98))
    return np.clip(6 + (values - low) * 240 / (high - low), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("factor", [1, 257])
def test_a_lone_band_feeds_all_and_it_is_told(tmp_path, factor):
    lone = toys.raster(tmp_path / "lone.tif", grey().astype(np.uint16 if factor > 1 else np.uint8) * factor, pixel=0.5)
    three = toys.raster(tmp_path / "three.tif", np.stack([grey()] * 3), pixel=0.5)
    heard, too = Listening(), Listening()
    made = toys.read(apply(tmp_path, LANDUSE, lone, progress=heard)["output"])
    assert len(heard.of_grey) == 1 and "red, green, blue" in heard.of_grey[0]
    assert len(heard.of_unit) == (factor > 1)
    expected = toys.read(apply(tmp_path, LANDUSE, three, progress=too)["output"])
    assert too.of_grey == heard.of_grey and too.of_unit == []
    assert (made == expected).mean() > (0.9 if factor > 1 else 0.9999)


def test_colours_are_not_taken_for_grey(tmp_path):
    source = toys.raster(tmp_path / "in.tif", samples.landscape(64, 64), pixel=0.5)
    heard = Listening()
    apply(tmp_path, LANDUSE, source, progress=heard)
    assert heard.of_grey == heard.of_unit == heard.of_pixels == []
    apply(tmp_path, LANDUSE, source, progress=heard, bands=parse_bands("red=2;green=2;blue=2"))
    assert len(heard.of_grey) == 1


@pytest.mark.parametrize(
    ("black_cols", "declared", "warnings"), [(40, {}, 1), (2, {}, 0), (40, {"nodata": 0}, 0), (128, {}, 0)]
)
def test_ground_that_was_not_seen_is_told_of(tmp_path, black_cols, declared, warnings):
    values = np.clip(samples.landscape(96, 128), 1, None)
    values[:, :, :black_cols] = 0
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5, **declared)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 255]})
    heard = Listening()
    apply(tmp_path, model, source, progress=heard)
    assert len(heard.of_black) == warnings
    assert all("About 31 % of input image is 0 in all bands" in text for text in heard.of_black)


def test_zeros_of_a_single_band_are_measurements(tmp_path):
    wants = ModelInput("rain", (Band("rain", 0, 1),), (0, 255))
    heard = Listening()
    warn_of_black(np.zeros((1, 9)) + np.arange(9) % 2, wants, heard)
    assert heard.warnings == []


def test_a_lone_band_is_refused_with_advice_where_the_card_does_not_allow_it(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 255]})
    source = toys.raster(tmp_path / "in.tif", grey())
    refused(tmp_path, InputError, r"expects 3 bands .*BANDS = b0=1;b1=1;b2=1", model, source)
    heard = Listening()
    apply(tmp_path, model, source, progress=heard, bands=parse_bands("b0=1;b1=1;b2=1"))
    assert len(heard.of_grey) == 1


def test_two_bands_are_not_three_even_where_grey_is_allowed(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", **GREY)
    source = toys.raster(tmp_path / "in.tif", np.stack([grey(), grey() // 2]))
    refused(tmp_path, InputError, "expects 3 bands .*has 2 ", model, source)


def test_an_alpha_band_does_not_make_a_grey_image_another(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", **GREY)
    source = toys.raster(tmp_path / "in.tif", np.stack([grey(), np.full_like(grey(), 255)]), alpha="yes")
    heard = Listening()
    apply(tmp_path, model, source, progress=heard)
    assert len(heard.of_grey) == 1


def test_a_grey_series_may_have_a_band_for_each_date(tmp_path):
    document = toys.card(("red", "nir"), 4, task="regression", activation="none", **GREY)
    (entry,) = document["properties"]["mlm:input"]
    entry["terraloom:days"] = [0, 10]
    entry["input"]["shape"] = [-1, 4, -1, -1]
    document["properties"]["mlm:output"][0]["terraloom:channels"] = list("abcd")
    same = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", same, {}, 4, document)
    dates = np.stack([grey(), grey() // 2])
    stacked = toys.raster(tmp_path / "all.tif", dates)
    heard = Listening()
    made = toys.read(apply(tmp_path, model, stacked, progress=heard)["output"])
    np.testing.assert_array_equal(made, dates[[0, 0, 1, 1]])
    assert len(heard.of_grey) == 1
    one_each = [toys.raster(tmp_path / f"{number}.tif", date) for number, date in enumerate(dates)]
    np.testing.assert_array_equal(toys.read(apply(tmp_path, model, *one_each)["output"]), made)


def described(path, *names, colours=None, **profile):
    """A raster whose bands hold their number times 40, with descriptions and colours."""
    count = len(names)
    values = np.full((count, 8, 8), 1, np.uint16) * (np.arange(count) + 1)[:, None, None].astype(np.uint16)
    path = toys.raster(path, values, photometric="MINISBLACK", **profile)
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = names
        if colours:
            dataset.colorinterp = [ColorInterp[colour] for colour in colours]
    return path


@pytest.mark.parametrize(
    ("names", "colours", "chosen"),
    [
        (("Blue", "Green", "Red", "NIR"), None, (3, 2, 1)),
        ((None,) * 4, ("blue", "green", "red", "undefined"), (3, 2, 1)),
        (("Band 1", "Band 2", "Band 3", "Band 4"), ("undefined", "blue", "green", "red"), (4, 3, 2)),
        (("blue", "green", "red", "nir"), ("red", "green", "blue", "undefined"), (3, 2, 1)),
        (("coastal_blue", "blue", "green_i", "green", "yellow", "red", "rededge", "nir"), None, (6, 4, 2)),
    ],
)
def test_red_green_and_blue_are_found_among_many(tmp_path, names, colours, chosen):
    with Rasters([described(tmp_path / "in.tif", *names, colours=colours)]) as rasters:
        assert choose_bands(rasters, RGB, ()) == chosen


def test_many_bands_that_do_not_say_what_they_are_are_listed(tmp_path):
    path = described(tmp_path / "in.tif", "B2", "B3", "B4", "B8")
    words = r"has 4 \(1: b2, 2: b3, 3: b4, 4: b8\).* BANDS = red=1;green=2;blue=3"
    with Rasters([path]) as rasters, pytest.raises(InputError, match=words):
        choose_bands(rasters, RGB, ())


def test_bands_that_say_what_they_are_keep_their_names_in_the_advice(tmp_path):
    """Of PlanetScope."""
    wants = ModelInput("optical", tuple(Band(name, 100, 50) for name in ("swir", "nir", "red")), (0, 255))
    path = described(tmp_path / "in.tif", "blue", "green", "red", "nir")
    with Rasters([path]) as rasters, pytest.raises(InputError, match=r"BANDS = 3\.swir=\?;3\.nir=4;3\.red=3$"):
        choose_bands(rasters, wants, (), 3)


def of(*names):
    return ModelInput("image", tuple(Band(name, 100, 50) for name in names), (0, 255))


OF_GDAL = ("B4, central wavelength 665 nm", "B3, central 560 nm", "B2, central 490 nm", "B8, central 842 nm")
SHOWN = ("red", "green", "blue", "undefined")


@pytest.mark.parametrize(
    ("names", "colours", "wants", "chosen", "words"),
    [
        (OF_GDAL, SHOWN, of("B02", "B03", "B04", "B08"), (3, 2, 1, 4), "told by a word in their names"),
        (("B4", "B3", "B2", "B8"), None, of("B02", "B03", "B04", "B08"), (3, 2, 1, 4), ""),
        (("B04", "B03", "B02", "B08"), None, of("B8", "B4"), (4, 1), ""),
        (OF_GDAL, SHOWN, of("blue", "green", "red", "nir"), (3, 2, 1, 4), "taken by the colours as which they are"),
        ((None,) * 4, SHOWN, of("blue", "green", "red", "nir"), (3, 2, 1, 4), ""),
        (OF_GDAL, SHOWN, of("nir", "red", "green", "swir"), (1, 2, 3, 4), "taken in their order"),
        (tuple("abcd"), ("blue", "green", "red", "undefined"), RGB, (3, 2, 1), "colours"),
        (("B02", "B03", "B04"), None, of("b1", "b2", "b3"), (1, 2, 3), "taken in their order"),
    ],
)
def test_codes_without_their_zeros_and_colours_go_before_a_mere_order(tmp_path, names, colours, wants, chosen, words):
    heard = Heard()
    with Rasters([described(tmp_path / "in.tif", *names, colours=colours)]) as rasters:
        bands = choose_bands(rasters, wants, ())
        warn_of_names(rasters, bands, wants, (), heard)
    assert bands == chosen
    assert words in heard.text if words else not heard.text


RADAR = ModelInput("sar", (Band("VV", 100, 50),), (0, 255))


@pytest.mark.parametrize(
    "names", [("Sigma0_VH_db", "Sigma0_VV_db"), ("S1A_IW_VH", "S1A_IW_VV"), ("Sigma0_VH", "VV2", "Ratio_VV_VH")]
)
def test_a_band_is_told_by_a_word_in_its_name(tmp_path, names):
    """Of SNAP, and of what others make of its products."""
    heard = Heard()
    with Rasters([described(tmp_path / "in.tif", *names)]) as rasters:
        bands = choose_bands(rasters, RADAR, ())
        warn_of_names(rasters, bands, RADAR, (), heard)
        assert bands == (2,) and not heard.warnings
        assert f"told by a word in their names: VV = 2 ({names[1].lower()})" in heard.text
        assert choose_bands(rasters, RADAR, parse_bands("VV=1")) == (1,)


@pytest.mark.parametrize(
    ("wants", "names", "words"),
    [
        (RADAR, ("Sigma0_VH", "Sigma0_VV", "Gamma0_VV"), r"BANDS = VV=\?$"),
        (RGB, ("Red_665", "Green_560", "NIR_842", "Pan"), r"BANDS = red=1;green=2;blue=\?$"),
        (RGB, ("S2_Red/Green", "S2_Green", "S2_Blue", "Red_edge"), r"BANDS = red=\?;green=2;blue=3$"),
        (RGB, ("Blue_475", "Green_560", "Red_edge_717", "NIR_842"), r"BANDS = red=\?;green=2;blue=1$"),
        (RADAR, ("Sigma0_VH", "Ratio_VV_VH"), r"BANDS = VV=\?$"),
        (RADAR, ("coherence_vv", "sigma0_vh"), r"BANDS = VV=\?$"),
        (RADAR, ("Sigma0_VH", "VV_std"), r"BANDS = VV=\?$"),
    ],
)
def test_words_that_do_not_settle_it_are_not_guessed_from(tmp_path, wants, names, words):
    with Rasters([described(tmp_path / "in.tif", *names)]) as rasters, pytest.raises(InputError, match=words):
        choose_bands(rasters, wants, ())


@pytest.mark.parametrize(("pixel", "step", "warns"), [(0.1, 1, False), (1.9, 1, False), (5.0, 4, True)])
def test_other_pixel_sizes_are_mapped_on_the_grid_of_the_image(tmp_path, pixel, step, warns):
    values = samples.landscape(192, 256)[:, ::step, ::step]
    source = toys.raster(tmp_path / "in.tif", values, pixel=pixel)
    heard = Listening()
    with rasterio.open(apply(tmp_path, LANDUSE, source, progress=heard)["output"]) as result:
        with rasterio.open(source) as given:
            assert (result.shape, result.transform, result.crs) == (given.shape, given.transform, given.crs)
        assert not np.ma.getmaskarray(result.read(masked=True)).any()
    assert len(heard.of_pixels) == warns
