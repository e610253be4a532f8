"""Rasters of results are coloured so that what was found is seen, and the image under the rest."""

from xml.etree import ElementTree

import numpy as np
import pytest
import toys
from maps import apply, one_hot
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.results.qml import polygon_style, write_class_style, write_diverging_style, write_ramp_style


def elements(style, kind):
    """The elements of a kind in a style file."""
    return ElementTree.parse(style).iter(kind)  # noqa: S314 - our own file


@pytest.mark.parametrize(
    ("names", "transparent"),
    [
        (("Background", "Road"), "Background"),
        (("Background", "Road", "House"), "Background"),
        (("_background", "Road"), "_background"),
        (("no_landslide", "landslide"), "no_landslide"),
        (("Flooded", "Not flooded"), "Not flooded"),
        (("Without flooded", "Flooded"), "Without flooded"),
        (("Un-changed", "Changed"), "Un-changed"),
        (("Forest", "Dry forest"), None),
        (("No landslide", "Landslide"), "No landslide"),
        (("Non-forest", "Forest"), "Non-forest"),
        (("Non-irrigated arable land", "Rice"), None),
        (("No-till cropland", "Cropland"), None),
        (("Not flooded", "Flooded", "Unsure"), None),
        (("Never-flooded rice", "Water"), None),
        (("Dry grass", "Northern heath"), None),
    ],
)
def test_what_is_but_the_rest_is_transparent(tmp_path, names, transparent):
    """A name that begins with no or not may be that of a thing."""
    legend = Legend(tuple(LegendEntry(number, name, "#112233") for number, name in enumerate(names)))
    write_class_style(tmp_path / "m.qml", legend)
    shown = {entry.get("label"): entry.get("alpha") for entry in elements(tmp_path / "m.qml", "paletteEntry")}
    assert shown == {name: "0" if name == transparent else "255" for name in names}


def test_whatever_a_name_holds_its_styles_can_be_read(tmp_path):
    legend = Legend((LegendEntry(0, "Wood & <\x0bwater>\n\ud800", "#112233"), LegendEntry(1, "Ödland ", "#445566")))
    write_class_style(tmp_path / "m.qml", legend)
    shown = [entry.get("label") for entry in elements(tmp_path / "m.qml", "paletteEntry")]
    assert shown == ["Wood & < water>", "Ödland "] == list(legend.names)


def test_polygons_of_the_rest_have_an_outline_only():
    legend = Legend((LegendEntry(0, "Not flooded", "#112233"), LegendEntry(1, "Flooded", "#445566")))
    style = polygon_style(legend, "class")
    assert "17,34,51,0" in style and "17,34,51,170" not in style and "68,85,102,170" in style


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((0, 102.916206), (0, 103)),
        ((1 / 3, 1), (0.333, 1)),
        ((1234.5678, 1236.7891), (1234.57, 1236.79)),
        ((-0.0004, 1.376709), (0, 1.38)),
        ((2.5, 2.5), (2.5, 2.5)),
    ],
)
def test_ends_of_ramps_are_short(tmp_path, ends, told):
    """QGIS writes them beside the ramp with all digits that they have."""
    write_ramp_style(tmp_path / "m.qml", *ends)
    (shown,) = elements(tmp_path / "m.qml", "colorrampshader")
    assert (shown.get("minimumValue"), shown.get("maximumValue")) == tuple(str(float(end)) for end in told)
    items = [float(item.get("value")) for item in shown]
    assert (items[0], items[-1]) == told


def test_a_ramp_around_zero_is_short_and_even(tmp_path):
    write_diverging_style(tmp_path / "m.qml", 1, 145.25058)
    (shown,) = elements(tmp_path / "m.qml", "colorrampshader")
    assert (shown.get("minimumValue"), shown.get("maximumValue")) == ("-145.0", "145.0")


def test_values_without_bound_have_a_style_too(tmp_path):
    """They are worth hours of work, which no colour may end."""
    write_ramp_style(tmp_path / "ramp.qml", 0.0, np.inf)
    write_diverging_style(tmp_path / "around.qml", 1, np.inf)
    for style in ("ramp.qml", "around.qml"):
        (shown,) = elements(tmp_path / style, "colorrampshader")
        assert shown.get("maximumValue") == "inf"


@pytest.mark.parametrize(("titles", "band"), [(("Not flooded", "Flooded"), "2"), (("Water", "Land"), "1")])
def test_of_probabilities_that_of_the_first_thing_is_shown(tmp_path, titles, band):
    document = toys.card(("b0", "b1"), 2)
    for entry, title in zip(document["properties"]["mlm:output"][0]["classification:classes"], titles, strict=True):
        entry["title"] = title
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 2, document)
    source = toys.raster(tmp_path / "in.tif", one_hot(np.random.default_rng(0).integers(0, 2, (20, 20)), 2))
    made = apply(tmp_path, model, source, wants=("probabilities",))["probabilities"]
    (shown,) = elements(made.with_suffix(".qml"), "rasterrenderer")
    assert shown.get("band") == band
