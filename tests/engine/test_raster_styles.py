"""Rasters of results are coloured so that what was found is seen, and the image under the rest."""

from xml.etree import ElementTree

import numpy as np
import pytest
import toys
from maps import apply, one_hot
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.qml import polygon_style, write_class_style


def elements(style, kind):
    """The elements of a kind in a style file."""
    return ElementTree.parse(style).iter(kind)  # noqa: S314 - our own file


@pytest.mark.parametrize(
    ("name", "alpha"),
    [
        ("Background", "0"),
        ("Not flooded", "0"),
        ("No landslide", "0"),
        ("Non-forest", "0"),
        ("Flooded", "255"),
        ("Northern heath", "255"),
        ("Dry grass", "255"),
        ("Ice and land", "255"),
    ],
)
def test_what_is_but_the_rest_is_transparent(tmp_path, name, alpha):
    write_class_style(tmp_path / "m.qml", Legend((LegendEntry(0, name, "#112233"), LegendEntry(1, "Thing", "#445566"))))
    first, second = elements(tmp_path / "m.qml", "paletteEntry")
    assert (first.get("label"), first.get("alpha"), second.get("alpha")) == (name, alpha, "255")


def test_polygons_of_the_rest_have_an_outline_only():
    legend = Legend((LegendEntry(0, "Not flooded", "#112233"), LegendEntry(1, "Flooded", "#445566")))
    style = polygon_style(legend, "class")
    assert "17,34,51,0" in style and "17,34,51,170" not in style and "68,85,102,170" in style


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
