"""Sensors that may be missing: every combination, units of radar, other grids, holes, and what is refused."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import rasterio
import sensors
import toys
from affine import Affine
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import apply_model, fuse_sar_optical
from terraloom.engine.library.card import SEGMENTATION
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.scene import Scene
from terraloom.engine.sensors.inputs import warn_of_days
from terraloom.engine.values.decibels import recognise

COMBINATIONS = [there for there in product((True, False), repeat=4) if any(there)]


class Heard(Silent):
    """Keeps what is told."""

    def __init__(self):
        self.said = []

    def log(self, template, **values):
        self.said.append(template.format(**values))

    def warn(self, template, **values):
        self.said.append("Warning: " + template.format(**values))


def fuse(folder, model, files, heard=None, dates=("",) * 4, unit="auto", **fields):
    first, *further = ((files[name],) if files.get(name) else () for name in SENSORS)
    run = NetworkRun(first, str(model), tuple(further), threads=1, **fields)
    targets = ClassTargets(output=str(folder / "flood.tif"), probabilities=str(folder / "probabilities.tif"))
    fuse_sar_optical.run(FuseSarOptical(run, targets, unit, dates), heard or Silent())
    return toys.read(targets.output)[0], toys.read(targets.probabilities)


@pytest.mark.parametrize("there", COMBINATIONS, ids=lambda there: "".join("01"[each] for each in there))
def test_every_combination_is_judged_by_what_is_there(tmp_path, there):
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    given = [name for name, is_there in zip(SENSORS, there, strict=True) if is_there]
    classes, probabilities = fuse(tmp_path, model, {name: files[name] for name in given}, tile_size=16)
    expected = sensors.scores({name: values[name] for name in given})
    np.testing.assert_array_equal(classes, expected > 0)
    np.testing.assert_allclose(probabilities[1], 1 / (1 + np.exp(-2 * expected)), rtol=0, atol=1e-5)


def test_without_any_image_there_is_a_sentence(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    with pytest.raises(InputError, match="There is no input raster"):
        fuse(tmp_path, model, {})


def test_a_hole_in_one_image_is_filled_by_the_others_and_a_hole_in_all_stays(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values, _ = sensors.images(tmp_path)
    values["optical"][:, :20] = 0
    values["sar"][:, 10:30] = 0
    files = {name: str(toys.raster(tmp_path / f"{name}.tif", values[name], nodata=0)) for name in ("optical", "sar")}
    classes, _ = fuse(tmp_path, model, files)
    lacking = {name: np.where(values[name] == 0, sensors.MEAN, values[name]) for name in files}
    expected = (sensors.scores(lacking) > 0).astype(np.uint8)
    assert np.ma.getmaskarray(classes)[10:20].all() and not np.ma.getmaskarray(classes)[20:].any()
    np.testing.assert_array_equal(np.delete(classes, np.s_[10:20], 0), np.delete(expected, np.s_[10:20], 0))


@pytest.mark.parametrize("side", [48, 24])
def test_what_only_images_from_before_show_stays_without_data(tmp_path, side):
    """On one grid, and where the image of now is coarser than the model's pixels."""
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    optical = values["optical"][:, :side, :side]
    optical[:, : side // 4] = 0
    hole = str(toys.raster(tmp_path / "hole.tif", optical, pixel=48 / side, nodata=0))
    classes, probabilities = fuse(tmp_path, model, {"optical": hole, "optical_before": files["optical_before"]})
    assert np.ma.getmaskarray(classes)[:12].all() and not np.ma.getmaskarray(classes)[12:].any()
    assert np.isnan(probabilities[:, :12].data).all()
    radar = {"optical": hole, "sar": files["sar"], "optical_before": files["optical_before"]}
    assert not np.ma.getmaskarray(fuse(tmp_path, model, radar)[0]).any()


@pytest.mark.parametrize(("other", "warned"), [("optical", True), ("sar_before", False)])
def test_without_an_image_from_before_rivers_and_lakes_are_warned_of(tmp_path, other, warned):
    heard, files = Heard(), sensors.images(tmp_path)[1]
    fuse(tmp_path, sensors.network(tmp_path / "toy.onnx"), {name: files[name] for name in ("sar", other)}, heard)
    assert any(text.endswith("Where there is one, add OPTICAL_BEFORE, SAR_BEFORE.") for text in heard.said) == warned


def test_an_image_of_now_that_covers_too_little_is_told(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    half = str(toys.raster(tmp_path / "half.tif", values["sar"][:, :24, :12], pixel=2.0))
    for others, words in (
        (("sar_before",), "; elsewhere the map has no data, for no other image is from after"),
        (("sar_before", "optical"), "; elsewhere the map is made of the other images"),
    ):
        heard = Heard()
        classes, _ = fuse(tmp_path, model, {"sar": half, **{name: files[name] for name in others}}, heard)
        assert [text for text in heard.said if "SAR covers" in text and words in text]
        assert np.ma.getmaskarray(classes)[:, 24:].all() == (len(others) == 1)


def test_decibels_and_powers_give_what_eight_bits_give(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    decibels = values["sar"].astype(np.float32) / 10.2 - 25
    expected = fuse(tmp_path, model, {"sar": files["sar"]})[1]
    for unit, array in (("db", decibels), ("linear", 10 ** (decibels / 10))):
        given = {"sar": str(toys.raster(tmp_path / f"{unit}.tif", array))}
        for said in ("auto", unit):
            heard = Heard()
            found = fuse(tmp_path, model, given, heard, unit=said)[1]
            np.testing.assert_allclose(found, expected, atol=2e-4)
            assert not [text for text in heard.said if "Warning: SAR_UNIT" in text]
            assert any("the values are taken for" in text for text in heard.said)
    wrong = Heard()
    fuse(tmp_path, model, {"sar": files["sar"]}, wrong, unit="db")
    assert any("look like scaled" in text for text in wrong.said)


@pytest.mark.parametrize(("names", "scale"), [(("sar",), "sar.*=1"), (("optical", "sar"), "2.*=1")])
def test_a_unit_of_radar_whose_values_scale_tells_is_refused(tmp_path, names, scale):
    model = sensors.network(tmp_path / "toy.onnx")
    _, files = sensors.images(tmp_path)
    with pytest.raises(InputError, match="SAR_UNIT is scaled, but SCALE says already"):
        fuse(tmp_path, model, {name: files[name] for name in names}, unit="scaled", scale=parse_scale(scale))
    assert not (tmp_path / "flood.tif").exists()


def test_a_unit_of_radar_that_is_not_there_changes_nothing_and_is_told(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    _, files = sensors.images(tmp_path)
    heard = Heard()
    given = {"optical": files["optical"]}
    found = fuse(tmp_path, model, given, heard, unit="scaled")[0]
    np.testing.assert_array_equal(found, fuse(tmp_path, model, given)[0])
    assert any("SAR_UNIT is scaled, but no radar image is given" in text for text in heard.said)


def test_before_and_after_are_stretched_alike(tmp_path):
    """Reflectance x 10000 of a scene that a flood has made dark: as if both were 8 bits of the same factor."""
    model = sensors.network(tmp_path / "toy.onnx")
    values, _ = sensors.images(tmp_path)
    values["optical"] = values["optical"] // 8  # alone it would be too dull to be left as it is
    given = {name: values[name] for name in ("optical", "optical_before")}
    eight_bits = {name: str(toys.raster(tmp_path / f"{name}.tif", array)) for name, array in given.items()}
    classes = fuse(tmp_path, model, eight_bits)[0]
    np.testing.assert_array_equal(classes, sensors.scores(given) > 0)
    deep = {
        name: str(toys.raster(tmp_path / f"deep_{name}.tif", array.astype(np.uint16) * 30))
        for name, array in given.items()
    }
    heard = Heard()
    found = fuse(tmp_path, model, deep, heard)[0]
    low, high = np.percentile(np.concatenate([array.reshape(2, -1) for array in given.values()], axis=1), (2, 98))
    factor = 235 / (high - low)
    alike = {name: ((array - low) * factor + 10).clip(0, 255) for name, array in given.items()}
    assert (found == (sensors.scores(alike) > 0)).mean() > 0.999
    assert sum("brought there" in text for text in heard.said) == 1


def test_images_of_another_unit_are_refused_alone_and_together_where_the_model_stretches_none(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx", stretched=False)
    values, _ = sensors.images(tmp_path)
    deep = {
        name: str(toys.raster(tmp_path / f"deep_{name}.tif", values[name].astype(np.uint16) * 30))
        for name in ("optical", "optical_before")
    }
    for names in (["optical"], ["optical_before"], ["optical", "optical_before"]):
        with pytest.raises(InputError, match="the model expects 0 to 255"):
            fuse(tmp_path, model, {name: deep[name] for name in names})


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        (np.random.default_rng(0).normal(-11, 5, 999), "db"),
        (10 ** (np.random.default_rng(0).normal(-11, 5, 999) / 10) - 0.001, "linear"),
        (np.random.default_rng(0).integers(0, 255, 999), "scaled"),
        (np.random.default_rng(0).integers(40, 4000, 999), "scaled"),
        (np.zeros(0), "scaled"),
        (np.zeros(99), "scaled"),
        (np.append(np.random.default_rng(0).normal(-11, 5, 499), np.zeros(999)), "db"),
        (np.append(10 ** (np.random.default_rng(0).normal(-11, 5, 499) / 10), np.zeros(999)), "linear"),
        (np.linspace(-3, 4, 999), "scaled"),
    ],
)
def test_units_are_recognised(values, unit):
    assert recognise(values[np.newaxis].astype(float)) == unit


def test_images_are_brought_to_the_finest(tmp_path):
    """The coarse one comes first; the map has the pixels of the fine one."""
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    coarse = np.full((2, 24, 24), 200, np.uint8)
    fine = toys.raster(tmp_path / "fine.tif", values["sar"])
    with rasterio.open(fine) as dataset:
        transform, crs = dataset.transform, dataset.crs
    profile = {"driver": "GTiff", "height": 24, "width": 24, "count": 2, "dtype": "uint8", "crs": crs}
    with rasterio.open(tmp_path / "coarse.tif", "w", transform=transform @ Affine.scale(2), **profile) as dataset:
        dataset.write(coarse)
    classes, _ = fuse(tmp_path, model, {"optical": str(tmp_path / "coarse.tif"), "sar": str(fine)})
    everywhere = np.full((2, 48, 48), 200, np.uint8)
    np.testing.assert_array_equal(classes, sensors.scores({"optical": everywhere, "sar": values["sar"]}) > 0)


def placed(path, values, pixel=1, columns=0, rows=0):
    """An image whose first pixel lies some map units to the east and south of where all others begin."""
    return str(toys.raster(path, values, transform=Affine(pixel, 0, 500_000 + columns, 0, -pixel, 5_000_000 - rows)))


def test_the_map_covers_all_that_images_from_after_show_in_the_pixels_of_the_finest(tmp_path):
    """The finest is from before, shows a part only, and begins within a pixel of the others."""
    model, heard = sensors.network(tmp_path / "toy.onnx"), Heard()
    rng = np.random.default_rng(0)
    before = rng.integers(1, 255, (2, 20, 30), np.uint8)
    wide = np.full((1, 24, 24), 150, np.uint8)
    files = {
        "optical_before": placed(tmp_path / "before.tif", before, columns=31, rows=11),
        "sar": placed(tmp_path / "sar.tif", wide, pixel=4),
        "sar_before": placed(tmp_path / "beyond.tif", wide, pixel=4, columns=48),
    }
    classes, _ = fuse(tmp_path, model, files, heard)
    around = np.full((2, 96, 96), sensors.MEAN, np.float32)
    around[:, 11:31, 31:61] = before
    given = {"optical_before": around, "sar": np.full((1, 96, 96), 150), "sar_before": np.full((1, 96, 96), 150.0)}
    given["sar_before"][:, :, :48] = sensors.MEAN
    np.testing.assert_array_equal(classes, sensors.scores(given) > 0)
    with rasterio.open(tmp_path / "flood.tif") as dataset:
        assert dataset.bounds == (500_000, 5_000_000 - 96, 500_096, 5_000_000)
    assert any("OPTICAL_BEFORE covers" in text for text in heard.said)


def test_where_only_images_from_before_are_given_the_map_covers_all_of_them(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values = np.full((1, 20, 20), 200, np.uint8)
    files = {"sar_before": placed(tmp_path / "sar.tif", values, columns=-10)}
    files["optical_before"] = placed(tmp_path / "optical.tif", np.repeat(values, 2, axis=0))
    classes, _ = fuse(tmp_path, model, files)
    assert classes.shape == (20, 30) and (classes == 1).all()


def test_an_extent_that_one_image_alone_shows_is_mapped_by_it_whichever_is_the_finest(tmp_path):
    model, heard = sensors.network(tmp_path / "toy.onnx"), Heard()
    values, files = sensors.images(tmp_path)
    files = {"optical": placed(tmp_path / "part.tif", values["optical"][:, :, :10]), "sar": files["sar"]}
    extent = Extent(500_024, 5_000_000 - 48, 500_048, 5_000_000, toys.UTM)
    classes, _ = fuse(tmp_path, model, files, heard, extent=extent)
    np.testing.assert_array_equal(classes, sensors.scores({"sar": values["sar"][:, :, 24:]}) > 0)
    assert any("OPTICAL covers 0 % of the area" in text for text in heard.said)


def test_images_that_lie_apart_and_extents_that_none_from_after_shows_are_refused(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    apart = {"optical": files["optical"], "sar": placed(tmp_path / "east.tif", values["sar"], columns=60)}
    with pytest.raises(InputError, match=r"OPTICAL \(.*optical.tif\) and SAR \(.*east.tif\) lie apart"):
        fuse(tmp_path, model, apart)
    apart["sar"] = toys.raster(tmp_path / "site.tif", values["sar"], crs='LOCAL_CS["site",UNIT["metre",1]]')
    with pytest.raises(InputError, match=r"OPTICAL \(.*optical.tif\) and SAR \(.*site.tif\) lie apart"):
        fuse(tmp_path, model, apart)
    finer = placed(tmp_path / "wide.tif", np.ones((1, 160, 160), np.uint8), pixel=0.5)
    extent = Extent(500_060, 5_000_000 - 70, 500_070, 5_000_000 - 60, toys.UTM)
    with pytest.raises(InputError, match="The extent lies outside the images from after the event"):
        fuse(tmp_path, model, {"sar": files["sar"], "sar_before": finer}, extent=extent)


def test_elsewhere_the_finest_image_alone_tells_what_is_mapped(tmp_path):
    """A series, too, lies on the grid of its first date."""
    model = sensors.network(tmp_path / "toy.onnx")
    fine = placed(tmp_path / "fine.tif", np.full((1, 20, 20), 200, np.uint8))
    wide = placed(tmp_path / "wide.tif", np.full((1, 20, 20), 200, np.uint8), pixel=4)
    with Scene(NetworkRun((), str(model), ((wide,), (), (fine,))), (SEGMENTATION,), Silent()) as scene:
        assert (scene.result_grid.width, scene.result_grid.height) == (20, 20)


def test_bands_and_scales_follow_the_sensors_whatever_the_order_of_the_model(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx", ("sar", "optical"))
    values, files = sensors.images(tmp_path)
    swapped = sensors.scores({"sar": values["sar"], "optical": values["optical"]})
    given = {name: files[name] for name in ("sar", "optical")}
    np.testing.assert_array_equal(fuse(tmp_path, model, given)[0], swapped > 0)
    halved = {"sar": values["sar"] * 0.5, "optical": values["optical"]}
    found = fuse(tmp_path, model, given, scale=parse_scale("2.*=0.5"))[0]
    np.testing.assert_array_equal(found, sensors.scores(halved) > 0)
    with pytest.raises(InputError, match="names input 3"):
        fuse(tmp_path, model, given, scale=parse_scale("3.*=0.5"))


def test_an_input_goes_by_its_name_as_well_as_by_its_number(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx", ("sar", "optical"))
    values, files = sensors.images(tmp_path)
    wanted = sensors.scores({"sar": values["sar"] * 0.5, "optical": values["optical"]}) > 0
    given, scale = {name: files[name] for name in ("sar", "optical")}, parse_scale("sar.*=0.5")
    for bands in ("2.vv=1", "sar.vv=1", "SAR.vv=1;optical.red=1;optical.green=2"):
        np.testing.assert_array_equal(fuse(tmp_path, model, given, scale=scale, bands=parse_bands(bands))[0], wanted)
    run = NetworkRun((files["sar"],), str(model), ((files["optical"],),), scale=scale)
    targets = ClassTargets(output=str(tmp_path / "map.tif"))
    apply_model.run(ApplyModel(replace(run, bands=parse_bands("optical.red=1;2.green=2;sar.vv=1")), targets), Silent())
    np.testing.assert_array_equal(toys.read(targets.output)[0], wanted)
    told = r"band red of input sar\. .* sar \(vv\); optical \(red, green\)\. .*optical\.red=1"
    with pytest.raises(InputError, match=told):
        apply_model.run(ApplyModel(replace(run, bands=parse_bands("red=1")), targets), Silent())
    with pytest.raises(InputError, match="BANDS names a band vv of input optical"):
        fuse(tmp_path, model, given, bands=parse_bands("vv=1"))


def test_what_a_model_does_not_read_or_cannot_do_without_is_refused(tmp_path):
    _, files = sensors.images(tmp_path)
    single = sensors.network(tmp_path / "single.onnx", ("optical", "sar"))
    with pytest.raises(InputError, match="does not read SAR_BEFORE"):
        fuse(tmp_path, single, files | {"optical_before": ""})
    strict = sensors.network(tmp_path / "strict.onnx", optional=False)
    with pytest.raises(InputError, match="needs the input sar,"):
        fuse(tmp_path, strict, {"optical": files["optical"]})
    other = toys.bands_as_classes(tmp_path / "other.onnx")
    with pytest.raises(ModelError, match="reads image"):
        fuse(tmp_path, other, {"optical": files["optical"]})
    assert not list(tmp_path.glob("flood*"))


def test_the_last_inputs_of_a_model_that_can_do_without_may_be_left_out_elsewhere_too(tmp_path):
    """“Apply a model” has inputs in order, and no empty ones behind the last."""
    _, files = sensors.images(tmp_path)
    model, heard = sensors.network(tmp_path / "toy.onnx", ("optical", "sar")), Heard()
    run, targets = NetworkRun((files["optical"],), str(model)), ClassTargets(output=str(tmp_path / "map.tif"))
    apply_model.run(ApplyModel(run, targets), heard)
    fused, _ = fuse(tmp_path, model, {"optical": files["optical"]})
    np.testing.assert_array_equal(toys.read(targets.output)[0], fused)
    assert any("told to the network as lacking: sar" in text for text in heard.said)
    strict = replace(run, model=str(sensors.network(tmp_path / "strict.onnx", ("optical", "sar"), optional=False)))
    with pytest.raises(InputError, match="reads 2 inputs"):
        apply_model.run(ApplyModel(strict, ClassTargets(output=str(tmp_path / "none.tif"))), heard)


def test_days_and_gaps_are_told(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    values, files = sensors.images(tmp_path)
    files["sar"] = str(toys.raster(tmp_path / "sar_20240520.tif", values["sar"][:, :, :24]))
    heard = Heard()
    fuse(tmp_path, model, files, heard, dates=("2024-05-01", "", "2024-05-01", ""))
    said = "\n".join(heard.said)
    assert "OPTICAL is of 2024-05-01 and SAR of 2024-05-20" in said
    assert "OPTICAL_BEFORE is of 2024-05-01 and OPTICAL of 2024-05-01, which is no later" in said
    assert "SAR covers 50 % of the area" in said
    only_before = Heard()
    fuse(tmp_path, model, {"sar_before": files["sar_before"]}, only_before)
    assert any("Only images from before" in text for text in only_before.said)


def test_gaps_within_an_image_are_told_where_others_fill_them(tmp_path):
    model, heard, alone = sensors.network(tmp_path / "toy.onnx"), Heard(), Heard()
    values, files = sensors.images(tmp_path)
    values["optical"][:, :, 12:] = 0
    files = {"optical": str(toys.raster(tmp_path / "gaps.tif", values["optical"], nodata=0)), "sar": files["sar"]}
    fuse(tmp_path, model, files, heard)
    assert [text for text in heard.said if "covers" in text] == [
        "Warning: OPTICAL covers 25 % of the area; elsewhere the map is made of the other images."
    ]
    fuse(tmp_path, model, {"optical": files["optical"]}, alone)
    assert not [text for text in alone.said if "covers" in text]


@pytest.mark.parametrize("before", ["optical_before", "sar_before"])
@pytest.mark.parametrize("after", ["optical", "sar"])
def test_an_image_from_before_that_is_no_older_than_one_from_after_is_told_of_whatever_the_sensors(before, after):
    days = {before: "2024-06-01", after: "2024-05-01"}
    request = FuseSarOptical(
        NetworkRun((), "m.onnx", (("a.tif",), (), ())),
        ClassTargets(output="o.tif"),
        dates=tuple(days.get(name, "") for name in SENSORS),
    )
    heard = Heard()
    warn_of_days(request, heard)
    assert [text for text in heard.said if "no later" in text] == [
        f"Warning: {before.upper()} is of 2024-06-01 and {after.upper()} of 2024-05-01, which is no later. "
        "Are they exchanged?"
    ]


@pytest.mark.parametrize(("day", "is_told"), [("2024-05-04", False), ("2024-05-05", True)])
def test_images_of_one_state_may_be_three_days_apart(day, is_told):
    given = (("a.tif",), ("b.tif",), (), ())
    run = NetworkRun(given[0], "m.onnx", given[1:])
    heard = Heard()
    warn_of_days(FuseSarOptical(run, ClassTargets(output="o.tif"), dates=("2024-05-01", day, "", "")), heard)
    assert any(f"OPTICAL is of 2024-05-01 and SAR of {day}" in text for text in heard.said) == is_told
