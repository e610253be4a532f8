"""What a refusal advises for BANDS and SCALE can be given as it stands, however the algorithm numbers the inputs."""

import re

import numpy as np
import pytest
import rasterio
import sensors
import toys
from event_scenes import FLOOD, detect, titled
from listening import Heard
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError, from_document, to_document
from terraloom.engine.jobs import fuse_sar_optical
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun


def image(path, bands, most=255):
    """Random values of a few bands that nothing names."""
    values = np.random.default_rng(len(str(path))).integers(1, most, (bands, 24, 24), np.uint16)
    return toys.raster(path, values, photometric="MINISBLACK")


def advice(refusal, name):
    """What it says of BANDS or SCALE, as a user reads it."""
    read = str(from_document(to_document(refusal.value)))
    return re.search(rf"{name} = (\S+)$", read)[1]


def fuse(tmp_path, names, given, progress=None, **run):
    """Run Fuse SAR and optical with a model of some sensors."""
    model = sensors.network(tmp_path / "toy.onnx", names)
    first, *further = ((given[name],) if name in given else () for name in SENSORS)
    request = FuseSarOptical(
        NetworkRun(first, str(model), tuple(further), **run), ClassTargets(output=str(tmp_path / "map.tif"))
    )
    fuse_sar_optical.run(request, progress or Heard())


@pytest.mark.parametrize("names", [("sar", "sar_before"), ("optical_before", "sar_before", "sar", "optical")])
def test_advice_numbers_the_sensors_whatever_the_order_of_the_model(tmp_path, names):
    given = {"sar": image(tmp_path / "sar.tif", 2, 3000), "sar_before": image(tmp_path / "before.tif", 2, 3000)}
    bands, scale = "", ""
    prefixes = [f"{SENSORS.index(name) + 1}." for name in names if name in given]
    for name in (name for name in names if name in given):
        with pytest.raises(InputError) as refusal:
            fuse(tmp_path, names, given, bands=parse_bands(bands))
        bands += f";{advice(refusal, 'BANDS')}"
        assert bands.endswith(f";{name}.vv=1")
        assert "expects a single band (vv); the layer has 2 (1: gray, 2: undefined)" in str(refusal.value)
        assert f"another layer for input {name}," in str(refusal.value)
    with pytest.raises(InputError) as refusal:
        fuse(tmp_path, names, given, bands=parse_bands("sar.hh=1"))
    assert str(refusal.value).endswith(" as in sar_before.vv=1.")
    for prefix in prefixes:
        with pytest.raises(InputError) as refusal:
            fuse(tmp_path, names, given, bands=parse_bands(bands), scale=parse_scale(scale))
        scale += f";{advice(refusal, 'SCALE')}"
        assert f"set SCALE to {prefix}*=1;" in str(refusal.value) and f";{prefix}*=" in scale
    fuse(tmp_path, names, given, bands=parse_bands(bands), scale=parse_scale(scale))
    assert (tmp_path / "map.tif").is_file()


def test_warnings_and_bands_that_the_model_does_not_have_are_told_in_numbers_of_sensors_too(tmp_path):
    given = {name: image(tmp_path / f"{name}.tif", 1) for name in ("sar", "sar_before")}
    with rasterio.open(given["sar_before"], "r+") as dataset:
        dataset.scales = (0.5,)
    heard = Heard()
    fuse(tmp_path, ("sar", "sar_before"), given, heard)
    assert any("set SCALE = 4.*=0.5; if it was not, 4.*=1." in text for text in heard.warnings)
    with pytest.raises(InputError, match="SCALE names band vh of input 4"):
        fuse(tmp_path, ("sar", "sar_before"), given, scale=parse_scale("4.vh=2"))


@pytest.mark.parametrize(
    ("names", "found", "example"),
    [
        (("sar", "optical", "sar_before", "optical_before"), 3, "red=1;green=2"),
        (("optical", "sar", "optical_before", "sar_before"), 1, ""),
    ],
)
def test_advice_on_a_series_has_no_number(tmp_path, names, found, example):
    path = sensors.network(tmp_path / "toy.onnx", names, stretched=False)
    copy_with_card(path, titled(read_card(path).document, FLOOD), path)
    series = [image(tmp_path / f"scene_2020010{number}.tif", found, 3000) for number in (1, 2)]
    if example:
        with pytest.raises(InputError) as refusal:
            detect(tmp_path, series, "flood", path)
        assert advice(refusal, "BANDS") == example
    with pytest.raises(InputError, match=r"set SCALE to \*=1;") as refusal:
        detect(tmp_path, series, "flood", path, bands=parse_bands(example))
    scale = parse_scale(advice(refusal, "SCALE"))
    detect(tmp_path, series, "flood", path, bands=parse_bands(example), scale=scale)
