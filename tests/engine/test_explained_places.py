"""What is explained: a point, polygons, the predicted region, wherever they lie."""

import re
import struct

import foreign_toys
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from explanations import EAST, NORTH, Listening, bands, explain, linear, point, shapes
from rasterio.crs import CRS
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.explanation import window_memory
from terraloom.engine.explanation.location import find_location, tell_of_left_out
from terraloom.engine.grids.grid import Grid
from terraloom.engine.requests.explain_prediction import (
    Place,
)
from terraloom.engine.requests.network_run import Extent


def test_probabilities_of_the_predicted_class_at_a_point(tmp_path):
    classes = np.zeros((30, 30), int)
    classes[8:20, 10:25] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 2
    model, source = toys.bands_as_classes(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", scores)
    _, figures = explain(tmp_path, model, source, place=point(10, 12), name="saliency")
    assert figures["explained_class"] == "Class 2"
    assert figures["explained_score"] == pytest.approx(np.exp(2) / (np.exp(2) + 2), rel=1e-4)
    _, figures = explain(
        tmp_path,
        model,
        source,
        place=point(10, 12),
        question={"target_class": "class 0", "score": "logit"},
        name="saliency",
    )
    assert (figures["explained_class"], figures["explained_score"]) == ("Class 0", 0)


def test_the_predicted_region_is_explained_as_a_whole(tmp_path):
    classes = np.zeros((40, 40), int)
    classes[8:20, 10:25] = 2
    classes[30:35, 30:35] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 4
    model, source = toys.bands_as_classes(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", scores)
    made, _ = explain(
        tmp_path,
        model,
        source,
        place=point(10, 12),
        question={"region": "predicted", "score": "logit"},
        name="saliency",
    )
    found, transform, _ = bands(made["output"])
    assert (transform.c, transform.f) == (EAST + 10, NORTH - 8)
    assert found["b2"].shape == (12, 15) and (found["b2"] == 1).all() and (found["b0"] == 0).all()
    with pytest.raises(InputError, match="no pixel of the place is predicted as Class 1"):
        question = {"region": "predicted", "target_class": "1"}
        explain(tmp_path, model, source, place=point(10, 12), question=question, name="saliency")


def test_polygons_and_points_of_a_layer_are_summed_over(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    box = shapely.box(EAST + 10, NORTH - 20, EAST + 14, NORTH - 17)  # rows 17–19, cols 10–13
    made, _ = explain(tmp_path, model, source, place=shapes(tmp_path / "a.gpkg", [box]), name="saliency")
    found, _, _ = bands(made["output"])
    expected = np.zeros((2, 5, 6), np.float32)
    for row in range(3):
        for col in range(4):
            expected[:, row : row + 3, col : col + 3] += weight
    np.testing.assert_allclose(found["red"], np.abs(expected[0]), atol=1e-5)
    tiny = shapely.box(EAST + 10.1, NORTH - 20.3, EAST + 10.2, NORTH - 20.2)
    place = shapes(tmp_path / "b.gpkg", [tiny, shapely.Point(EAST + 12.5, NORTH - 20.5)])
    made, _ = explain(tmp_path, model, source, place=place, name="saliency", wants=("output",))
    expected = np.zeros((2, 3, 5), np.float32)
    expected[:, :, :3] += weight
    expected[:, :, 2:] += weight
    np.testing.assert_allclose(bands(made["output"])[0]["nir"], np.abs(expected[1]), atol=1e-5)


def square_of_a_class(tmp_path, side, first, size, **fields):
    """An image on which class 2 is a square, and a network of one tile of 64 px, on a lattice of 16 px."""
    classes = np.zeros((side, side), int)
    classes[first : first + size, first : first + size] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 4
    fields = {"stride": 16, "terraloom:global_operations": ["mean"], "terraloom:tile_px": 64, **fields}
    return toys.bands_as_classes(tmp_path / "m.onnx", **fields), toys.raster(tmp_path / "in.tif", scores)


def polygon(tmp_path, first, size, pixel=1.0):
    """A square from a row and column on."""
    start, end = first * pixel, (first + size) * pixel
    return shapes(tmp_path / "a.gpkg", [shapely.box(EAST + start, NORTH - end, EAST + end, NORTH - start)])


@pytest.mark.parametrize("first", [16, 28, 29, 32, 141])
def test_the_one_tile_of_a_network_holds_all_of_the_place(tmp_path, first):
    model, source = square_of_a_class(tmp_path, 199, first, 52)
    heard = Listening()
    given = {"place": polygon(tmp_path, first, 52), "name": "saliency", "wants": ("output",), "progress": heard}
    if first in (29, 141):  # 13 px behind where a tile begins: 1 px past its end
        with pytest.raises(InputError, match="52 x 52 px large; no tile of 64 x 64 px.*begin every 16 px") as refused:
            explain(tmp_path, model, source, **given)
        assert refused.value.values["stride"] == 16
    else:
        explain(tmp_path, model, source, **given)
        assert any("over 2704 pixels; the network sees 64 x 64 px" in text for text in heard.logs)


def test_a_tile_of_fixed_size_holds_the_place_with_what_the_network_sees_around_it(tmp_path):
    model = foreign_toys.fixed_size(tmp_path / "m.onnx", 64)
    values = np.random.default_rng(0).integers(0, 255, (3, 199, 199)).astype(np.uint8)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    given = {"name": "occlusion", "samples": 4, "wants": ("table",)}
    _, figures = explain(tmp_path, model, source, place=polygon(tmp_path, 50, 62, 0.5), **given)
    assert figures
    with pytest.raises(InputError, match="63 x 63 px large; no tile of 64 x 64 px"):
        explain(tmp_path, model, source, place=polygon(tmp_path, 50, 63, 0.5), **given)
    extent = Extent(EAST, NORTH - 99, EAST + 99, NORTH, toys.UTM)
    _, figures = explain(tmp_path, model, source, extent=extent, **given)
    assert figures["tiles"] == 7**2


def test_the_predicted_region_is_followed_as_far_as_one_tile_goes(tmp_path):
    heard = Listening()
    model, source = square_of_a_class(tmp_path, 199, 90, 10)
    given = {"question": {"region": "predicted"}, "name": "saliency", "wants": ("output",), "progress": heard}
    explain(tmp_path, model, source, place=point(95, 95), **given)
    assert any("over 100 pixels" in text for text in heard.logs)
    assert not any("reaches beyond" in text for text in heard.logs)
    model, source = square_of_a_class(tmp_path, 199, 20, 160)
    explain(tmp_path, model, source, place=point(95, 95), **given)
    assert any("over 4096 pixels" in text for text in heard.logs)
    assert any("reaches beyond the 64 x 64 px within which it is followed" in text for text in heard.logs)


def test_a_regression_has_no_predicted_region(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source, heard = toys.raster(tmp_path / "in.tif", values), Listening()
    with pytest.raises(InputError, match="REGION is predicted, and toy predicts values and no classes"):
        question = {"region": "predicted"}
        explain(tmp_path, model, source, place=Place(layer="nowhere.gpkg"), question=question, progress=heard)


def test_a_predicted_region_that_memory_has_no_room_for_is_refused(tmp_path, monkeypatch):
    """The point alone would have room; the region is looked at before it is explained."""
    monkeypatch.setattr(window_memory, "room_px", lambda network, method: 50.0**2)
    model, source = square_of_a_class(tmp_path, 199, 60, 90, **{"terraloom:global_operations": [], "stride": 1})
    given = {"place": point(95, 95), "name": "saliency", "wants": ("output",)}
    explain(tmp_path, model, source, **given)
    with pytest.raises(InputError, match="takes 90 x 90 px, for which saliency needs more memory"):
        explain(tmp_path, model, source, question={"region": "predicted"}, **given)


def test_pixels_that_are_predicted_as_another_class_are_told_of(tmp_path):
    """Of a polygon the most frequent class is explained, over all of its pixels."""
    classes = np.zeros((30, 30), int)
    classes[:, 10:] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 2
    model, source = toys.bands_as_classes(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", scores)
    place = shapes(tmp_path / "a.gpkg", [shapely.box(EAST + 8, NORTH - 10, EAST + 18, NORTH)])
    for question, told in (
        ({}, "80 of 100 pixels are predicted as Class 2; its score is summed over all of them."),
        (
            {"target_class": "Class 1"},
            "0 of 100 pixels are predicted as Class 1; its score is summed over all of them.",
        ),
        ({"region": "predicted"}, ""),
    ):
        heard = Listening()
        made, _ = explain(tmp_path, model, source, place=place, question=question, name="saliency", progress=heard)
        assert [text for text in heard.logs if "predicted as" in text] == ([told] if told else [])
        page = made["report"].read_text("utf-8")
        assert ("of them are predicted as" in page) == bool(told)
        region, number = question.get("region", "location"), question.get("target_class", "what is predicted")
        for name, value in (("REGION", region), ("TARGET_CLASS", number)):
            assert re.search(rf"\({name}\)</t.>\s*<td[^>]*>{value}<", page)


def test_places_outside_the_image_are_told_of(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source, heard = toys.raster(tmp_path / "in.tif", values), Listening()
    inside, outside, edge = (shapely.Point(EAST + column, NORTH - 5.5) for column in (5.5, 400, 50))
    place = shapes(tmp_path / "a.gpkg", [inside, outside, edge])
    explain(tmp_path, model, source, place=place, name="occlusion", wants=("table",), progress=heard)
    assert heard.warnings == ["Left out, since they lie outside the image: 2 of 3 places."]
    with pytest.raises(InputError, match="lies outside the image"):
        explain(tmp_path, model, source, place=shapes(tmp_path / "b.gpkg", [outside, edge]))


def test_a_table_without_geometries_is_no_place(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source, table = toys.raster(tmp_path / "in.tif", values), tmp_path / "names.csv"
    table.write_text("name,kind\na,1\n")
    with pytest.raises(InputError, match=r"names\.csv, which holds neither points nor polygons"):
        explain(tmp_path, model, source, place=Place(layer=str(table)))


def test_a_place_in_another_reference_system_is_found(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    east, north = rasterio.warp.transform(toys.UTM, "EPSG:4326", [EAST + 20.5], [NORTH - 10.5])
    here = Place(point=(east[0], north[0]), crs="EPSG:4326")
    made, _ = explain(tmp_path, model, source, place=here, name="saliency", wants=("output",))
    assert bands(made["output"])[1] @ (0, 0) == (EAST + 19, NORTH - 9)


def test_on_an_image_in_degrees_a_place_counts_in_degrees_and_the_map_in_metres(tmp_path):
    model, _ = linear(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    values = np.random.default_rng(0).uniform(-1, 1, (2, 60, 60)).astype(np.float32)
    degrees = toys.Affine(1e-5, 0, 3.0, 0, -1e-5, 45.0)
    source = toys.raster(tmp_path / "in.tif", values, crs="EPSG:4326", transform=degrees)
    found = []
    for crs in ("", "EPSG:4326"):
        here = Place(point=(3.0003, 44.9997), crs=crs)
        made, _ = explain(tmp_path, model, source, place=here, name="saliency", wants=("output",))
        found.append(bands(made["output"]))
    (first, transform, crs), (second, _, _) = found
    np.testing.assert_array_equal(first["total"], second["total"])
    assert crs == toys.UTM and transform.a == pytest.approx(1, rel=0.05)
    rows_, cols = first["total"].shape
    ((x, y),) = [transform @ (cols / 2, rows_ / 2)]
    (east,), (north,) = rasterio.warp.transform(crs, "EPSG:4326", [x], [y])
    assert (east, north) == pytest.approx((3.0003, 44.9997), abs=3e-5)


def test_the_page_tells_height_and_width_of_what_it_shows(tmp_path):
    """At 60° north a pixel in degrees is half as wide as high."""
    model, _ = linear(tmp_path / "m.onnx", radius=30)
    values = np.random.default_rng(0).normal(size=(2, 100, 100)).astype(np.float32)
    degrees = toys.Affine(1e-4, 0, 10, 0, -1e-4, 60)
    source = toys.raster(tmp_path / "in.tif", values, crs="EPSG:4326", transform=degrees)
    here = Place(point=(10.00505, 59.99495), crs="EPSG:4326")
    made, _ = explain(tmp_path, model, source, place=here, name="occlusion", wants=("report",))
    shown = re.search(r"The image, 61 x 61 px \((\d+) x (\d+) m\)", made["report"].read_text("utf-8"))
    assert [float(each) for each in shown.groups()] == pytest.approx([680, 340], rel=0.01)


def test_nodata_stays_nodata_and_is_no_place(tmp_path, values):
    values[:, :10] = -99
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values, nodata=-99)
    made, _ = explain(tmp_path, model, source, place=point(10, 25), name="saliency")
    total = bands(made["output"])[0]["total"]
    assert np.isnan(total[0]).all() and np.isfinite(total[1:]).all()
    with pytest.raises(InputError, match="holds no data"):
        explain(tmp_path, model, source, place=point(3, 25), name="saliency")
    with pytest.raises(InputError, match="outside the image"):
        explain(tmp_path, model, source, place=point(300, 25), name="saliency")


def test_what_shap_tells_adds_up_with_what_lies_farther(tmp_path):
    """Of a saturated score near and far can stand in for each other: what lies farther has its share all the same."""
    weight = np.full((1, 2, 33, 33), 0.05, np.float32)
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["sum"], pads=[16] * 4),
        toys.helper.make_node("Sigmoid", ["sum"], ["output"]),
    ]
    document = toys.card(("red", "nir"), 1, radius=16, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    source = toys.raster(tmp_path / "in.tif", np.ones((2, 40, 40), np.float32))
    given = {"place": point(20, 20), "name": "shap", "baseline": "value", "baseline_value": "0"}
    made, figures = explain(tmp_path, model, source, **given)
    page = made["report"].read_text("utf-8")
    checked = re.search(r"Completeness</td>.*?missed \S+ of (\S+) \((\S+) %\)", page, re.S)
    assert float(checked[1]) == pytest.approx(figures["explained_score"] - figures["baseline_score"], rel=1e-2)
    assert float(checked[2]) < 0.1 and "delta" not in figures
    rest = float(re.search(r"What lies farther</td>\s*<td[^>]*>adds (\S+) to the score", page)[1])
    total = bands(made["output"])[0]["total"]
    values = np.unique(total[total != 0])  # of the superpixels, each of which fills many pixels
    assert 0.03 < rest < 0.4 and rest + values.sum() == pytest.approx(0.5, abs=0.01)
    assert "as long as these are there" in page and "With a WINDOW all that the network sees is looked at." in page


@pytest.mark.parametrize("by_band", [False, True])
def test_the_page_says_how_often_occlusion_asked(tmp_path, values, by_band):
    """As windows come to lie on what is looked at, they are more than SAMPLES says, or fewer."""
    weight = np.exp(-((np.mgrid[-16:17, -16:17] / 4) ** 2).sum(axis=0) / 2)[None, None].repeat(2, axis=1)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[16] * 4)]
    document = toys.card(("red", "nir"), 1, radius=16, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight.astype(np.float32)}, 2, document)
    source = toys.raster(tmp_path / "in.tif", np.abs(values) + 1)
    given = {"baseline": "value", "baseline_value": "0", "samples": 64, "by_band": by_band}
    made, _ = explain(tmp_path, model, source, place=point(20, 25), name="occlusion", **given)
    total = bands(made["output"])[0]["total"]
    found = re.search(r"\(SAMPLES\)</td>\s*<td[^>]*>([^<]+)<", made["report"].read_text("utf-8"))
    assert int(found[1]) == len(np.unique(total[total != 0])) * (1 + by_band) != 64


def test_over_an_extent_the_page_says_how_often_all_of_its_tiles_asked(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx", radius=4)
    source, extent = (
        toys.raster(tmp_path / "in.tif", values),
        Extent(EAST + 10, NORTH - 30, EAST + 40, NORTH - 10, toys.UTM),
    )
    made, _ = explain(tmp_path, model, source, extent=extent, name="occlusion", window_px=10, wants=("report",))
    found = re.search(r"\(SAMPLES\)</td>\s*<td[^>]*>(\d+) over all tiles<", made["report"].read_text("utf-8"))
    assert int(found[1]) == 4 * 5  # 2 x 3 windows, and those that the network sees around them


def test_of_a_regression_values_are_told_however_small(tmp_path, values):
    """Metres are no probability, and three thousandths of one are not nothing."""
    model, weight = linear(tmp_path / "m.onnx")
    source, heard = toys.raster(tmp_path / "in.tif", values / 1000), Listening()
    made, figures = explain(tmp_path, model, source, place=point(20, 25), name="occlusion", progress=heard)
    page, score = made["report"].read_text("utf-8"), f"{figures['explained_score']:.3g}"
    assert 1e-4 < abs(figures["explained_score"]) < 0.02 and f">{score}<" in page and f"value; value {score}" in page
    assert "value, summed over the pixels" in page and "robability" not in page
    assert any(f"value is explained, {score} on average" in text for text in heard.logs)


def test_a_place_past_180_is_found_as_it_is_told():
    past = Grid(CRS.from_epsg(4326), Affine(0.01, 0, 179, 0, -0.01, -16), 200, 100)
    found = find_location(Place(point=(-179.495, -16.505), crs="EPSG:4326"), past, past.crs)
    assert found.core == Window(150, 50, 1, 1)


def test_features_that_are_none_are_counted_and_the_others_keep_their_numbers(tmp_path):
    def ring(*corners):
        """A polygon as a file may hold it, whether its ring is one or not."""
        points = b"".join(struct.pack("<dd", EAST + x, NORTH - y) for x, y in corners)
        return struct.pack("<BIII", 1, 3, 1, len(corners)) + points

    odd = [
        ring((1, 1), (5, 1), (5, 5), (1, 4)),
        ring((1, 1), (5, 1)),
        ring((1, 1), (5, 1), (9, 1), (1, 1)),
        ring((1, 1), (np.nan, np.nan), (5, 5), (1, 1)),
        ring((1, 1), (np.inf, 1), (5, 5), (1, 1)),
    ]
    grid = Grid(CRS.from_user_input(toys.UTM), Affine(1, 0, EAST, 0, -1, NORTH), 30, 30)
    square = shapely.box(EAST + 2, NORTH - 6, EAST + 6, NORTH - 2).wkb
    for name, geometries in {"some": [*odd, square], "none": odd}.items():
        place, shapes = str(tmp_path / f"{name}.gpkg"), np.array(geometries, object)
        pyogrio.raw.write(place, shapes, [], [], geometry_type="Polygon", crs=toys.UTM)
    found = find_location(Place(layer=str(tmp_path / "some.gpkg")), grid, grid.crs)
    assert found.numbers.tolist() == [6] and found.shapeless == 5
    assert found.mask(found.core).sum() == 16
    with pytest.raises(InputError, match="none.gpkg, which holds neither points nor polygons"):
        find_location(Place(layer=str(tmp_path / "none.gpkg")), grid, grid.crs)


def test_places_that_are_missing_broken_and_of_another_kind_are_told_apart(tmp_path):
    grid, heard = Grid(CRS.from_user_input(toys.UTM), Affine(1, 0, EAST, 0, -1, NORTH), 30, 30), Listening()
    flat, line = (
        kind([(EAST, NORTH), (EAST + 9, NORTH), (EAST, NORTH)]) for kind in (shapely.Polygon, shapely.LineString)
    )
    geometries = [None, flat.wkb, flat.wkb, line.wkb, shapely.Point(EAST + 2.5, NORTH - 2.5).wkb]
    for name, some in {"some": geometries, "broken": geometries[:3]}.items():
        data = {"geometry": np.array(some, object), "field_data": [], "fields": []}
        pyogrio.raw.write(tmp_path / f"{name}.gpkg", **data, geometry_type="Unknown", crs=toys.UTM)
    tell_of_left_out(find_location(Place(layer=str(tmp_path / "some.gpkg")), grid, grid.crs), heard)
    left_out, missing, broken = heard.warnings
    assert left_out == "Left out, since they hold neither points nor polygons: 4 of 5 places."
    assert missing == "Of these places, 1 have no geometry at all."
    assert broken.startswith("Of these places, 2 have a broken geometry")
    with pytest.raises(InputError, match="polygons that can be used: 2 of its features have a broken geometry"):
        find_location(Place(layer=str(tmp_path / "broken.gpkg")), grid, grid.crs)
