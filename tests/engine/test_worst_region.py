"""The region that is called the worst is so for more than a pixel, and by what it can be compared."""

import numpy as np
import pytest
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
