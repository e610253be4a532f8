"""The region that is called the worst is so for more than a pixel, and by what it can be compared."""

import json

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from listening import Heard
from terraloom.engine.jobs import assess_accuracy
from terraloom.engine.requests.assess_accuracy import AssessAccuracy
from terraloom.engine.verification.accuracy import assess
from terraloom.engine.verification.accuracy_report import accuracy_page
from terraloom.engine.verification.assessment import Assessment

RIGHT, HALF = np.array([[400, 20], [20, 400]]), np.array([[300, 120], [120, 300]])
ONE_WRONG, FORESTLESS = np.array([[0, 1], [0, 0]]), np.array([[0, 0], [300, 500]])


def assessment(kind="blocks", **tables):
    regions = {name: assess(np.stack([table] * 2)) for name, table in tables.items()}
    whole = assess(np.stack(list(tables.values())))
    return Assessment("m.tif", "r.tif", kind, ("Forest", "Water"), (1, 2), ("", ""), whole, regions, block_px=16)


def test_a_region_of_a_wrong_pixel_is_not_the_worst():
    found = assessment(north=RIGHT, south=HALF, islet=ONE_WRONG)
    assert found.worst_region == "south"
    page = accuracy_page(found)
    assert "worst in <b>south</b>" in page
    assert "Regions with less than 100 pixels of the reference may be worst by chance, and are not compared." in page
    assert "may be worst by chance" not in accuracy_page(assessment(north=RIGHT, south=HALF))


def test_without_two_regions_of_enough_reference_none_is_the_worst():
    found = assessment(north=RIGHT, islet=ONE_WRONG)
    assert found.worst_region is None and "worst in" not in accuracy_page(found)


@pytest.mark.parametrize(("south", "warns"), [(HALF, False), (FORESTLESS, True)])
def test_regions_whose_references_have_other_classes_are_told(south, warns):
    """A mean over one class is held against a mean over two."""
    found = assessment(north=RIGHT, south=south)
    assert any("has other classes in one region than in another" in caution for caution in found.cautions) == warns


def test_regions_without_a_polygon_are_told_and_cost_no_other(tmp_path):
    """Figures lacked a region whose polygon is broken, without a word."""
    made, truth = (toys.raster(tmp_path / name, np.tile(np.uint8([1, 2]), (40, 20))) for name in ("m.tif", "t.tif"))
    left, bottom, right, top = 500_000, 4_999_960, 500_040, 5_000_000
    line = shapely.Polygon([(left, top), (right, top), (left, top), (left, top)])
    shapes = [shapely.box(left, bottom, right, top).wkb, None, line.wkb, shapely.box(left, bottom, right, top).wkb]
    data = {"geometry": np.array(shapes, object), "field_data": [np.array(["north", "none", "flat", None], object)]}
    pyogrio.raw.write(tmp_path / "r.gpkg", **data, fields=["place"], geometry_type="Polygon", crs=toys.UTM)
    places = {"regions": str(tmp_path / "r.gpkg"), "region_field": "place", "metrics": str(tmp_path / "m.json")}
    heard = Heard()
    assess_accuracy.run(AssessAccuracy(map=made, reference=truth, reference_is_raster=True, **places), heard)
    assert "2 features of REGIONS have no polygon that can be used and do not count." in heard.warnings
    assert any("1 features of REGIONS have a broken geometry" in each for each in heard.warnings)
    assert "1 features of REGIONS have no name in REGION_FIELD and do not count." in heard.warnings
    found = json.loads((tmp_path / "m.json").read_text())["regions"]
    assert list(found) == ["north"] and found["north"]["count"] == 1600
