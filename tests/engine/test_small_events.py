"""MIN_AREA leaves areas of an event out that are smaller on all dates together, of every result alike."""

import numpy as np
import pytest
import toys
from affine import Affine
from event_scenes import FLOOD, PIXEL_M, detect, flood, layer, model_of, series
from listening import Heard

WANTS = ("output", "date_raster", "polygons", "probability")
PIXEL_M2 = PIXEL_M**2
SPECK, LAKE, EARLY, LATE = "speck", "lake", "early", "late"
AREAS = {
    SPECK: ((slice(3, 4), slice(2, 5)), "2020-01-01"),  # 3 pixels
    LAKE: ((slice(505, 520), slice(4, 6)), "2020-02-01"),  # 30, over the border of two strips
    EARLY: ((slice(30, 31), slice(2, 5)), "2020-01-01"),  # 3
    LATE: ((slice(31, 32), slice(2, 4)), "2020-02-01"),  # 2 more beside them
}
"""Where it floods, and when first."""


@pytest.fixture
def found(tmp_path):
    """Gives what is found with a MIN_AREA; the last two columns are known on no date."""
    scenes = []
    for last in ("2020-01-01", "2020-02-01"):
        scenes.append(flood(*(place for place, day in AREAS.values() if day <= last), shape=(1100, 12)))
        scenes[-1][:, :, 10:] = -9999
    rasters, model = series(tmp_path, *scenes, nodata=-9999), model_of(tmp_path / "m.onnx", FLOOD)

    def run(min_area_m2, progress=None):
        return detect(tmp_path, rasters, "flood", model, WANTS, progress, {"min_area_m2": min_area_m2})

    return run


@pytest.mark.parametrize(
    ("pixels", "left"),
    [
        (0, {SPECK, LAKE, EARLY, LATE}),
        (1, {SPECK, LAKE, EARLY, LATE}),
        (3, {SPECK, LAKE, EARLY, LATE}),
        (4, {LAKE, EARLY, LATE}),
        (6, {LAKE}),
        (31, set()),
    ],
)
def test_areas_that_are_smaller_are_left_out_of_all_but_the_probability(found, pixels, left):
    made, outcome = found(pixels * PIXEL_M2)
    what, when = toys.read(made["output"])[0], toys.read(made["date_raster"])[0]
    sizes, days = [], {"2020-01-01": 0, "2020-02-01": 0}
    for name, (place, day) in AREAS.items():
        assert (what[place] == (name in left)).all() and not what.mask[place].any()
        if name in left:
            assert (when[place] == int(day.replace("-", ""))).all()
            sizes.append(what[place].size * PIXEL_M2)
            days[day] += sizes[-1] / 1e4
        else:
            assert when.mask[place].all()
    assert what.mask[:, 10:].all() and (what == 1).sum() == (~when.mask).sum() == round(sum(sizes) / PIXEL_M2)
    assert sorted(layer(made["polygons"])[0]["area_m2"]) == pytest.approx(sorted(sizes))
    assert outcome.metrics["areas"] == len(sizes)
    assert outcome.metrics["new_hectares"] == pytest.approx(days)
    assert outcome.metrics["hectares"] == pytest.approx(sum(days.values()))
    assert (toys.read(made["probability"])[0][AREAS[SPECK][0]] > 0.9).all(), "it is what the network says"


def test_what_is_left_out_is_told(found):
    heard = Heard()
    found(4 * PIXEL_M2, heard)
    assert "Areas smaller than MIN_AREA that are left out: 1, 0.27 ha in all." in heard.logs


def test_a_dem_is_held_against_what_is_left(tmp_path):
    """A speck of flood on a hill, and a lake in a hollow."""
    speck, lake = (slice(3, 5), slice(3, 5)), (slice(20, 40), slice(20, 40))
    heights_m = np.full((60, 80), 10, np.float32)
    heights_m[speck], heights_m[lake] = 20, 5
    dem = toys.raster(tmp_path / "dem.tif", heights_m, pixel=PIXEL_M)
    rasters, model = series(tmp_path, flood(speck, lake)), model_of(tmp_path / "m.onnx", FLOOD)
    for min_area_m2, violating in ((0, True), (5 * PIXEL_M2, False)):
        more = {"dem": dem, "min_area_m2": min_area_m2}
        assert (detect(tmp_path, rasters, "flood", model, more=more)[1].metrics["violating_share"] > 0) == violating


def test_areas_in_degrees_are_those_of_their_rows(tmp_path):
    """Between 60° and 49° north, where pixels are 0.62 to 0.81 km² large: sums are those of the polygons."""
    lake, speck = (slice(1000, 1010), slice(2, 6)), (slice(3, 4), slice(2, 4))
    degrees = {"crs": "EPSG:4326", "transform": Affine(0.01, 0, 11, 0, -0.01, 60)}
    rasters = series(tmp_path, flood(lake, speck, shape=(1100, 12)), **degrees)
    for smallest_m2, count in ((0, 2), (3e6, 1)):
        more = {"min_area_m2": smallest_m2}
        made, outcome = detect(
            tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", FLOOD), ("polygons",), more=more
        )
        areas_m2 = layer(made["polygons"])[0]["area_m2"]
        assert len(areas_m2) == count
        assert outcome.metrics["hectares"] == pytest.approx(areas_m2.sum() / 1e4)
        assert outcome.metrics["hectares"] > 40 * 79
