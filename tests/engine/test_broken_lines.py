"""Lines that are none are told from features without any geometry."""

import json
import struct

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from listening import Heard
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import compare_networks
from terraloom.engine.requests.compare_networks import CompareNetworks

EAST, NORTH = 500_000, 5_000_000
WHOLE = shapely.LineString([(EAST, NORTH), (EAST + 400, NORTH)]).wkb
BROKEN = (
    struct.pack("<BIIdd", 1, 2, 1, EAST, NORTH),  # of a single corner
    shapely.LineString([(EAST, NORTH), (float("inf"), NORTH)]).wkb,
)


def layer(path, *geometries):
    data = {"geometry": np.array(geometries, object), "field_data": [], "fields": []}
    pyogrio.raw.write(path, **data, geometry_type="LineString", crs=toys.UTM)
    return str(path)


def test_broken_lines_are_told_from_features_without_a_shape(tmp_path):
    some, whole = layer(tmp_path / "some.gpkg", WHOLE, *BROKEN, None), layer(tmp_path / "whole.gpkg", WHOLE)
    compare_networks.run(CompareNetworks(some, whole, metrics=str(tmp_path / "m.json")), Heard())
    cautions = " ".join(json.loads((tmp_path / "m.json").read_text())["cautions"])
    assert "Left out: 3 of the features of the prediction, which hold no line." in cautions
    assert "2 of the features of the prediction have a broken geometry" in cautions


def test_layers_without_a_sound_line_are_refused_by_what_they_hold(tmp_path):
    whole = layer(tmp_path / "whole.gpkg", WHOLE)
    for name, held, words in (("broken", BROKEN, "a broken geometry"), ("empty", (None,), "out a shape")):
        request = CompareNetworks(layer(tmp_path / f"{name}.gpkg", *held), whole, metrics=str(tmp_path / "m.json"))
        with pytest.raises(InputError, match=f"{name}.gpkg holds no lines but features with ?{words}"):
            compare_networks.run(request, Heard())
