"""How images of sensors are brought to a model's values, with clouds or in other units, and what is told of them."""

import numpy as np
import pytest
import rasterio
import sensors
import toys
from listening import Heard
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import fuse_sar_optical
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.sensors.sensor_values import with_values
from terraloom.engine.values.clouds import without_clouds
from terraloom.engine.values.unlike import Values, with_an_offset

WANTS = ModelInput("optical", tuple(Band(name, 100, 50) for name in ("swir", "nir", "red")), (0, 255), stretch=(8, 110))
SHAPE = 64, 64


def fuse(folder, model, files, heard, **fields):
    """The map of some sensors."""
    first, *further = ((str(files[name]),) if name in files else () for name in SENSORS)
    targets = ClassTargets(output=str(folder / "flood.tif"))
    run = NetworkRun(first, str(model), tuple(further), threads=1, **fields)
    fuse_sar_optical.run(FuseSarOptical(run, targets), heard)
    return toys.read(targets.output)[0]


def ground(middle, spread=0.2, shape=SHAPE, seed=0):
    """Reflectance x 10000 about these values, a band each, `(bands, rows, cols)`."""
    light = np.random.default_rng(seed).normal(1, spread, (len(middle), *shape)).clip(0.3, 2)
    return (np.array(middle)[:, np.newaxis, np.newaxis] * light).round()


def flat(*images):
    """Their pixels, `(bands, pixels)`."""
    return np.concatenate([image.reshape(len(image), -1) for image in images], axis=1)


LAND = ground((1800, 2500, 700))
WATER = ground((60, 120, 300), shape=(24, 64))
CLOUD = ground((4500, 7000, 6500), spread=0.1, shape=(16, 64))
DESERT = ground((4500, 3800, 2800), spread=0.15)


@pytest.mark.parametrize("share", [0.06, 0.25, 0.45])
@pytest.mark.parametrize("unit", [1, 1e-4])
def test_clouds_are_told_from_land_and_water(share, unit):
    land = flat(LAND, WATER)
    many = round(share * land.shape[1] / (1 - share) / 64)
    cloud = flat(ground((4500, 7000, 6500), spread=0.05, shape=(many, 64)))
    kept = without_clouds(np.concatenate([cloud, land], axis=1) * unit, WANTS)
    np.testing.assert_array_equal(*(np.sort(values, axis=1) for values in (kept, land * unit)))


@pytest.mark.parametrize(
    "image",
    [
        flat(LAND),
        flat(LAND, WATER),
        flat(DESERT),
        flat(DESERT, LAND[:, :40]),
        flat(WATER, WATER, WATER, DESERT[:, :40]),  # desert beside the sea is all the land there is
        flat(WATER, WATER, WATER, ground((1200, 2000, 1100), shape=(24, 64))),
        flat(ground((1000, 7000, 8500)), LAND),  # snow is dark in the short-wave infrared
        flat(LAND, ground((3500, 3600, 3000), shape=(1, 64))),  # a few bright roofs
        np.zeros((3, 50)),
        np.zeros((3, 0)),
        np.concatenate([flat(LAND), np.full((3, 900), 65535.0)], axis=1),  # undeclared nodata is refused elsewhere
        flat(LAND) / 20,  # the model's own unit
        flat(LAND, CLOUD)[:1],
    ],
)
def test_what_is_no_cloud_keeps_its_say(image):
    assert without_clouds(image, WANTS) is image


@pytest.mark.parametrize("dates", [("optical", "optical_before"), ("optical",)])
def test_clouds_do_not_darken_the_rest_of_the_map(tmp_path, dates):
    model = sensors.network(tmp_path / "toy.onnx")
    land = ground((1800, 700))
    given = {name: toys.raster(tmp_path / f"{name}.tif", land.astype(np.uint16)) for name in dates}
    silent, heard = Heard(), Heard()
    clear = fuse(tmp_path, model, given, silent)
    cloudy = land.copy()
    cloudy[:, :16] = CLOUD[:2]
    given["optical"] = toys.raster(tmp_path / "cloudy.tif", cloudy.astype(np.uint16))
    found = fuse(tmp_path, model, given, heard)
    assert 0.1 < (clear == 1).mean() < 0.9
    assert (found[16:] == clear[16:]).mean() > 0.97
    told = [text for text in heard.warnings if "taken for clouds" in text]
    assert len(told) == 1 and f"About {25 / len(dates):.0f} %" in told[0]
    assert not [text for text in silent.warnings if "clouds" in text]


def test_the_scale_that_is_told_of_two_dates_makes_the_same_map(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    bright, dark = ground((1800, 700)), ground((500, 900), seed=1)
    given = {
        "optical": toys.raster(tmp_path / "after.tif", dark.astype(np.uint16)),
        "optical_before": toys.raster(tmp_path / "before.tif", bright.astype(np.uint16)),
    }
    heard, silent = Heard(), Heard()
    automatic = fuse(tmp_path, model, given, heard)
    (told,) = (text for text in heard.warnings if "SCALE = " in text)
    assert "The values of the inputs optical, optical_before lie" in told
    scale = told.partition("SCALE = ")[2].split()[0].rstrip(".")
    assert [entry.partition("=")[0] for entry in scale.split(";")] == ["*", "3.*"] and "to *=1;3.*=1 if" in told
    np.testing.assert_array_equal(fuse(tmp_path, model, given, silent, scale=parse_scale(scale)), automatic)
    assert silent.warnings == []


def test_dates_of_different_units_are_refused(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    land = ground((1800, 700))
    deep = toys.raster(tmp_path / "deep.tif", land.astype(np.uint16))
    eight = toys.raster(tmp_path / "eight.tif", (land / 20).astype(np.uint8))
    for after, before in ((deep, eight), (eight, deep)):
        given = {"optical": after, "optical_before": before}
        with pytest.raises(InputError, match=r"about 1\d\d, those of optical\w* about 2\d\d\d: they are of different"):
            fuse(tmp_path, model, given, Silent())
    fuse(tmp_path, model, given, Silent(), scale=parse_scale("*=1;3.*=0.05"))


@pytest.mark.parametrize(("after", "before", "told"), [(1000, 0, "optical"), (0, 1000, "optical_before"), (0, 0, "")])
def test_an_offset_of_one_date_alone_is_told(tmp_path, after, before, told):
    model, heard = sensors.network(tmp_path / "toy.onnx"), Heard()
    given = {
        name: toys.raster(tmp_path / f"{name}.tif", (ground(middle) + added).astype(np.uint16))
        for name, middle, added in (("optical", (900, 500), after), ("optical_before", (1800, 700), before))
    }
    fuse(tmp_path, model, given, heard)
    assert [text.split()[4] for text in heard.warnings if "1000 is added" in text] == [told] * bool(told)


@pytest.mark.parametrize(
    ("plain", "raised", "is_told"),
    [
        (60, 1060, True),
        (350, 1100, True),
        (350, 1040, False),
        (60, 1380, False),
        (900, 1100, False),
        (7300, 8300, False),  # numbers of Landsat's products
    ],
)
def test_an_offset_is_about_1000_above_what_land_begins_at(plain, raised, is_told):
    images = [Values("raised", raised, 9000, True), Values("plain", plain, 9000, True)]
    found = with_an_offset(images)
    assert (found and tuple(image.name for image in found)) == (("plain", "raised") if is_told else None)


def test_borders_of_0_are_neither_clouds_nor_ground():
    land = flat(LAND, WATER)
    cloud = flat(ground((4500, 7000, 6500), spread=0.05, shape=(32, 64)))
    kept = without_clouds(np.concatenate([cloud, land, np.zeros((3, 9000))], axis=1), WANTS)
    np.testing.assert_array_equal(*(np.sort(values, axis=1) for values in (kept, land)))


def test_the_share_of_clouds_is_that_of_what_is_shown(tmp_path):
    cloudy, heard = ground((1800, 700)), Heard()
    cloudy[:, :16] = CLOUD[:2]
    cloudy[:, :, :16] = 0
    given = {"optical": toys.raster(tmp_path / "cloudy.tif", cloudy.astype(np.uint16))}
    fuse(tmp_path, sensors.network(tmp_path / "toy.onnx"), given, heard)
    (told,) = (text for text in heard.warnings if "taken for clouds" in text)
    assert told.startswith("About 25 % of what")


@pytest.mark.parametrize("unit", ["db", "linear", "scaled"])
def test_radar_that_is_0_at_its_border_is_told_of(tmp_path, unit):
    model = sensors.network(tmp_path / "toy.onnx")
    decibels = np.random.default_rng(0).normal(-12, 3, (1, 48, 48)).astype(np.float32)
    values = {"db": decibels, "linear": 10 ** (decibels / 10), "scaled": decibels * 10 + 250}[unit]
    for border, told in ((0, 0), (5, 1)):
        values[:, :, :border] = 0
        heard = Heard()
        fuse(tmp_path, model, {"sar": toys.raster(tmp_path / "sar.tif", values)}, heard)
        assert sum("About 10 % of SAR is exactly 0" in text for text in heard.warnings) == told


def test_the_unit_of_radar_is_told_by_what_it_shows_and_that_nothing_tells_it(tmp_path):
    values = np.zeros((1, 1000, 1000), np.float32)
    values[:, 300:340, 300:340] = -12
    model, wants = sensors.network(tmp_path / "toy.onnx"), "Nothing was found in SAR"
    for name, shown in (("some", values), ("none", values * 0)):
        heard = Heard()
        run = NetworkRun(
            (), str(model), ((str(toys.raster(tmp_path / f"{name}.tif", shown, nodata=0)),), (), ()), threads=1
        )
        card = read_card(model)
        scales = with_values(run, card, "auto", heard).scale
        assert [(scale.input, scale.decibels) for scale in scales] == [(2, False)] * (name == "some")
        assert any(wants in text for text in heard.warnings) == (name == "none")
    said = Heard()
    with_values(run, card, "db", said)
    assert not any(wants in text for text in said.warnings)


@pytest.mark.parametrize(
    ("names", "bands", "told"),
    [
        (("B4", "B12"), "", "red = 1 (b4), green = 2 (b12)"),
        (("B4", "B12"), "red=1;green=2", ""),
        (("Band 1", "band_02"), "", ""),
        (("Red", "other"), "", ""),
        ((None, "B3"), "", ""),
        (None, "", ""),
    ],
)
def test_bands_that_are_taken_in_their_order_whatever_they_are_called_are_told(tmp_path, names, bands, told):
    model, heard = sensors.network(tmp_path / "toy.onnx"), Heard()
    path = toys.raster(tmp_path / "a.tif", ground((180, 70)).clip(1, 255).astype(np.uint8))
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = names or (None, None)
    fuse(tmp_path, model, {"optical": path}, heard, bands=parse_bands(bands))
    assert [text for text in heard.warnings if "in their order" in text and told in text] == [
        text for text in heard.warnings if "knows none of the names" in text
    ]
    assert any("knows none of the names" in text for text in heard.warnings) == bool(told)
