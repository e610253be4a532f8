"""Uncertainty of models that fuse sensors: their order, units and gaps, members that fuse the same, and the page."""

import numpy as np
import pytest
import sensors
import toys
from listening import Heard
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.requests.fuse_sar_optical import SENSORS
from uncertain_maps import bands_of, estimate

REVERSED = tuple(reversed(SENSORS))


def of_sensors(tmp_path, model, files, progress=None, sar_unit="auto", **given):
    """The bands of the map of the images that are given, and what the job tells."""
    first, *further = ((str(files[name]),) if name in files else () for name in SENSORS)
    given = {"further_inputs": tuple(further), "sar_unit": sar_unit, **given}
    outcome = estimate(tmp_path, model, first, progress, **given)
    return bands_of(outcome.outputs["output"]) if "output" in outcome.outputs else {}, outcome.metrics


def probability(values):
    """Of both classes, by hand."""
    second = 1 / (1 + np.exp(-2 * sensors.scores(values)))
    return np.stack([1 - second, second])


def normalised(p):
    return -(p * np.log(np.maximum(p, 1e-30))).sum(axis=0) / np.log(2)


@pytest.mark.parametrize("names", [SENSORS, REVERSED])
@pytest.mark.parametrize("given", [("sar", "sar_before"), ("sar",), SENSORS])
def test_what_is_there_is_measured_in_whatever_order_the_model_reads_it(tmp_path, names, given):
    values, files = sensors.images(tmp_path)
    model = sensors.network(tmp_path / "m.onnx", names)
    there = {name: files[name] for name in given}
    found, metrics = of_sensors(tmp_path, model, there, tile_size=16)
    said = probability({name: values[name] for name in given})
    np.testing.assert_allclose(found["entropy"], normalised(said), atol=1e-4)
    np.testing.assert_allclose(found["confidence"], said.max(axis=0), atol=1e-5)
    assert metrics["mean_entropy"] == pytest.approx(normalised(said).mean(), abs=1e-4)


@pytest.mark.parametrize("said", ["auto", "given"])
@pytest.mark.parametrize("unit", ["db", "linear"])
def test_decibels_and_powers_are_as_unsure_as_eight_bits(tmp_path, unit, said):
    values, files = sensors.images(tmp_path)
    model = sensors.network(tmp_path / "m.onnx")
    expected, _ = of_sensors(tmp_path, model, {"sar": files["sar"]}, name="bits")
    decibels = values["sar"].astype(np.float32) / 10.2 - 25
    array = decibels if unit == "db" else 10 ** (decibels / 10)
    given = {"sar": toys.raster(tmp_path / "raw.tif", array)}
    heard = Heard()
    found, _ = of_sensors(tmp_path, model, given, heard, sar_unit=unit if said == "given" else "auto")
    np.testing.assert_allclose(found["confidence"], expected["confidence"], atol=2e-4)
    told = {"db": "decibels", "linear": "powers (linear)"}[unit]
    assert f"SAR: the values are taken for {told}." in heard.logs
    assert "Not given, and told to the network as lacking: OPTICAL, OPTICAL_BEFORE, SAR_BEFORE." in heard.logs
    assert not heard.warnings


def test_only_images_from_before_are_warned_of(tmp_path):
    _, files = sensors.images(tmp_path)
    heard = Heard()
    of_sensors(tmp_path, sensors.network(tmp_path / "m.onnx"), {"sar_before": files["sar_before"]}, heard)
    assert "Only images from before are given: no event can be seen in them. Add OPTICAL or SAR." in heard.warnings


def test_the_map_covers_what_any_image_from_after_shows(tmp_path):
    values, files = sensors.images(tmp_path)
    half = toys.raster(tmp_path / "half.tif", values["optical"][:, :, :20])
    found, _ = of_sensors(tmp_path, sensors.network(tmp_path / "m.onnx"), {"optical": half, "sar": files["sar"]})
    assert found["entropy"].shape == (48, 48) and np.isfinite(found["entropy"]).all()


def test_turns_of_several_images_are_members(tmp_path):
    """A network that looks at single pixels says the same in all turns, if its images are turned together."""
    values, files = sensors.images(tmp_path)
    given = {name: files[name] for name in ("sar", "sar_before")}
    found, _ = of_sensors(tmp_path, sensors.network(tmp_path / "m.onnx"), given, method="tta", tile_size=16)
    said = probability({name: values[name] for name in given})
    np.testing.assert_allclose(found["confidence"], said.max(axis=0), atol=1e-5)
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-5)


def test_models_that_fuse_the_same_sensors_are_an_ensemble(tmp_path):
    values, files = sensors.images(tmp_path)
    models = [
        sensors.network(tmp_path / f"{number}.onnx", **{"terraloom:temperature": number}) for number in (1.0, 3.0)
    ]
    given = {name: values[name] for name in ("sar", "sar_before")}
    there = {name: files[name] for name in given}
    ensemble = {"method": "ensemble", "further_models": (str(models[1]),)}
    found, _ = of_sensors(tmp_path, models[0], there, **ensemble)
    second = [1 / (1 + np.exp(-2 * sensors.scores(given) / temperature)) for temperature in (1.0, 3.0)]
    mean = np.mean([np.stack([1 - each, each]) for each in second], axis=0)
    np.testing.assert_allclose(found["entropy"], normalised(mean), atol=1e-4)
    assert found["mutual information"].max() > 0.001


def test_models_that_fuse_other_sensors_are_none(tmp_path):
    """Radar of one date is no radar of another, though the bands are called the same."""
    _, files = sensors.images(tmp_path)
    one = sensors.network(tmp_path / "1.onnx", ("sar", "sar_before"))
    ensemble = {
        "method": "ensemble",
        "further_models": (str(sensors.network(tmp_path / "2.onnx", ("sar_before", "sar"))),),
    }
    with pytest.raises(ModelError, match="the sensors of toy are not those of toy: sar, sar_before against sar_before"):
        of_sensors(tmp_path, one, {"sar": files["sar"]}, **ensemble)


def test_draws_of_a_model_without_dropout_are_refused(tmp_path):
    _, files = sensors.images(tmp_path)
    with pytest.raises(ModelError, match="toy has no dropout"):
        of_sensors(tmp_path, sensors.network(tmp_path / "m.onnx"), {"sar": files["sar"]}, method="mcdropout")


def test_what_the_model_does_not_read_is_refused(tmp_path):
    _, files = sensors.images(tmp_path)
    model = sensors.network(tmp_path / "m.onnx", ("optical", "sar"))
    with pytest.raises(InputError, match="does not read SAR_BEFORE, only OPTICAL, SAR"):
        of_sensors(tmp_path, model, {"sar": files["sar"], "sar_before": files["sar_before"]})
    plain = toys.bands_as_classes(tmp_path / "plain.onnx")
    with pytest.raises(InputError, match="reads image, which is none of OPTICAL, SAR, .* Give its images as INPUT"):
        of_sensors(tmp_path, plain, {"sar": files["sar"]})


def test_bands_are_advised_under_the_name_that_the_user_has_for_the_input(tmp_path):
    """The second input of the model is SAR_BEFORE, whose number in BANDS is 4."""
    _, files = sensors.images(tmp_path)
    model = sensors.network(tmp_path / "m.onnx", ("sar", "sar_before"))
    both = toys.raster(tmp_path / "both.tif", np.random.default_rng(1).integers(1, 255, (2, 48, 48), np.uint8))
    with pytest.raises(InputError, match=r"for example BANDS = sar_before\.vv=1"):
        of_sensors(tmp_path, model, {"sar": files["sar"], "sar_before": both})


def test_the_page_names_all_images_and_their_unit(tmp_path):
    _, files = sensors.images(tmp_path)
    given = {name: files[name] for name in ("sar", "sar_before")}
    of_sensors(tmp_path, sensors.network(tmp_path / "m.onnx", REVERSED), given, wants=("report",))
    page = (tmp_path / "u.html").read_text("utf-8")
    assert "sar.tif, sar_before.tif" in page and "<td>Values of the radar images</td>" in page
