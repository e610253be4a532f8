"""Pixels of which no class is as probable as the user wants stay without one, and are told of."""

import foreign_toys
import numpy as np
import pyogrio
import pytest
import shapely
import toys
from calibrating import calibrated, make_chips
from explanations import explain, point
from listening import Heard
from maps import apply
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.classes.areas import UNSURE_NAME
from terraloom.engine.decoding import ClassDecoder
from terraloom.engine.errors import CancelledError
from terraloom.engine.events.event_decoding import EventDecoder
from terraloom.engine.jobs import import_model, segment_land_use
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.import_model import ImportModel
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse
from terraloom.engine.results.workspace import partial_folder
from terraloom.engine.speed.agreement import compare
from terraloom.engine.tiles.sample_tiles import SampleTile
from uncertain_maps import Stopping, bands_of, estimate, scores_of

SURE, UNSURE, OTHER = (0.1, 0.7, 0.2), (0.2, 0.45, 0.35), (0.8, 0.15, 0.05)
WANTED = CardFields(threshold=0.6)
MAPS = ("output", "confidence", "probabilities", "polygons", "areas")


def names_as(path, *names, threshold=None):
    """A network whose bands are the scores of classes with these names; a threshold is the card's own."""
    document = toys.card(tuple(f"b{number}" for number in range(len(names))), len(names))
    output = document["properties"]["mlm:output"][0]
    for entry, name in zip(output["classification:classes"], names):
        entry["title"] = name
    if threshold:
        output["terraloom:threshold"] = threshold
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    return toys.save(path, nodes, {}, len(names), document)


def table(path):
    """The rows of a table, by name."""
    read = pyogrio.raw.read(path)
    columns = dict(zip(read[0]["fields"].tolist(), read[3]))
    return {
        name: (int(columns["class"][row]), int(columns["pixels"][row]), float(columns["share"][row]))
        for row, name in enumerate(columns["name"].tolist())
    }


@pytest.mark.parametrize("turns", ["none", "flips"])
def test_unsure_pixels_have_no_class(tmp_path, turns):
    source, heard = toys.raster(tmp_path / "in.tif", scores_of(SURE, UNSURE, OTHER, UNSURE)), Heard()
    model = names_as(tmp_path / "m.onnx", "Water", "Land", "Town")
    made = apply(tmp_path, model, source, wants=MAPS, card=WANTED, turns=turns, progress=heard)
    found = toys.read(made["output"])[0]
    assert found.fill_value == 255 and found.tolist() == [[1, None, 0, None]]
    np.testing.assert_allclose(toys.read(made["confidence"])[0], [[0.7, 0.45, 0.8, 0.45]], atol=1e-5)
    np.testing.assert_allclose(toys.read(made["probabilities"])[:, 0].T, [SURE, UNSURE, OTHER, UNSURE], atol=1e-5)
    outlines = shapely.from_wkb(pyogrio.raw.read(made["polygons"], layer="polygons")[2])
    assert sorted(shape.area for shape in outlines) == [1, 1]
    assert table(made["areas"]) == {
        "Water": (0, 1, pytest.approx(0.25, rel=1e-3)),
        "Land": (1, 1, pytest.approx(0.25, rel=1e-3)),
        "Town": (2, 0, 0),
        UNSURE_NAME: (255, 2, pytest.approx(0.5, rel=1e-3)),
    }
    assert "No class reaches the threshold: 0.00 ha, 50.0 %" in heard.logs


def test_what_has_no_data_is_not_unsure(tmp_path):
    scores = np.tile(scores_of(UNSURE, SURE), (1, 5, 2))
    scores[:, :2] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    model = names_as(tmp_path / "m.onnx", "Water", "Land", "Town")
    rows = table(apply(tmp_path, model, source, wants=("areas",), card=WANTED)["areas"])
    assert rows["Land"][1] == rows[UNSURE_NAME][1] == 6


def test_on_the_grid_of_the_image_too(tmp_path):
    """There as well each pixel has a class, or is unsure."""
    values = np.random.default_rng(3).normal(size=(3, 60, 70)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.7)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    made = apply(tmp_path, model, source, wants=("output", "areas"), card=CardFields(threshold=0.5))
    found, rows = toys.read(made["output"])[0], table(made["areas"])
    assert found.shape == (60, 70) and 0 < rows[UNSURE_NAME][1] == found.mask.sum() < 4200
    assert sum(pixels for _, pixels, _ in rows.values()) == 4200


def test_a_map_of_unsure_pixels_only_is_no_map_of_nothing(tmp_path):
    source, heard = toys.raster(tmp_path / "in.tif", scores_of(UNSURE)), Heard()
    model = names_as(tmp_path / "m.onnx", "Water", "Land", "Town")
    apply(tmp_path, model, source, card=WANTED, progress=heard)
    assert "No class reaches the threshold: 0.00 ha, 100.0 %" in heard.logs
    assert not any("Not a single pixel" in text for text in heard.warnings)


def test_small_areas_neither_fill_nor_eat_them(tmp_path):
    pixels = np.array([OTHER] * 9 + [SURE] + [UNSURE] * 2 + [OTHER] * 12)
    scores = np.log(pixels.T.reshape(3, 4, 6)).astype(np.float32)
    run = NetworkRun(
        (toys.raster(tmp_path / "in.tif", scores),),
        str(names_as(tmp_path / "m.onnx", "Water", "Land", "Town")),
        card=WANTED,
    )
    targets = ClassTargets(output=str(tmp_path / "map.tif"), areas=str(tmp_path / "areas.gpkg"))
    segment_land_use.run(SegmentLandUse(run, targets, Generalisation(min_area_m2=5)), Silent())
    assert toys.read(targets.output)[0].tolist() == [[0] * 6, [0] * 4 + [None] * 2, [0] * 6, [0] * 6]
    rows = table(targets.areas)
    assert (rows["Water"][1], rows["Land"][1], rows[UNSURE_NAME][1]) == (22, 0, 2)


@pytest.mark.parametrize("names", [("Background", "Land", "Town"), ("Not flooded", "Flooded")])
def test_they_are_the_rest_where_that_is_the_first_class(tmp_path, names):
    """The most probable class of the pixel is the second."""
    unsure = UNSURE[: len(names)] if len(names) == 3 else (0.45, 0.55)
    source, heard = toys.raster(tmp_path / "in.tif", scores_of(unsure)), Heard()
    made = apply(tmp_path, names_as(tmp_path / "m.onnx", *names), source, wants=MAPS, card=WANTED, progress=heard)
    assert toys.read(made["output"])[0].tolist() == [[0]]
    np.testing.assert_allclose(toys.read(made["confidence"])[0], unsure[0], atol=1e-5)
    assert UNSURE_NAME not in table(made["areas"]) and "No class reaches" not in heard.text


def test_where_the_card_has_a_threshold_the_first_class_stands(tmp_path):
    """What the user says moves it."""
    source = toys.raster(tmp_path / "in.tif", scores_of(SURE, UNSURE))
    model = names_as(tmp_path / "m.onnx", "Water", "Land", "Town", threshold=0.5)
    for card, expected in (
        (CardFields(), [1, 0]),
        (CardFields(threshold=0.8), [0, 0]),
        (CardFields(threshold=0), [1, 1]),
    ):
        assert toys.read(apply(tmp_path, model, source, card=card)["output"])[0].tolist() == [expected]
    deepness = foreign_toys.segmentor(tmp_path / "d.onnx")
    assert not read_card(deepness, WANTED).output.leaves_unsure


def test_a_lone_channel_tells_its_class_from_the_threshold_on(tmp_path):
    document = toys.card(classes=2, activation="sigmoid")
    document["properties"]["mlm:output"][0]["result"]["shape"] = [-1, 1, -1, -1]
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    source = toys.raster(tmp_path / "in.tif", np.log(np.array([[1, 1.2, 3, 0.1]], np.float32)))
    made = apply(tmp_path, model, source, wants=("output", "areas"), card=WANTED)
    assert toys.read(made["output"])[0].tolist() == [[0, 0, 1, 0]]
    assert UNSURE_NAME not in table(made["areas"])


def test_a_model_that_is_imported_with_it_says_so_itself(tmp_path):
    path = foreign_toys.scores_only(tmp_path / "m.onnx")
    fields = CardFields(task="semantic-segmentation", classes=("a", "b", "c"), threshold=0.6)
    outcome = import_model.run(ImportModel(str(path), str(tmp_path / "models"), fields=fields), Silent())
    own = read_card(tmp_path / "models" / "m" / "model.onnx")
    assert own.output.leaves_unsure and own.output.threshold == 0.6
    assert read_card(path, fields).output.leaves_unsure
    moved = read_card(tmp_path / "models" / "m" / "model.onnx", CardFields(threshold=0.7)).output
    assert moved.leaves_unsure and moved.threshold == 0.7
    values = np.full((3, 9, 18), 120, np.uint8)
    values[:, :, :9] = np.reshape([250, 5, 5], (3, 1, 1))
    made = apply(tmp_path, outcome.outputs["model_file"], toys.raster(tmp_path / "in.tif", values))
    assert toys.read(made["output"])[0][4, [2, 15]].tolist() == [0, None]


def test_a_run_that_is_resumed_counts_them_all(tmp_path):
    values = np.random.default_rng(0).normal(size=(3, 1200, 260)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    settings = {"wants": ("output", "areas"), "card": CardFields(threshold=0.5), "tile_size": 256}
    (tmp_path / "once").mkdir()
    once = apply(tmp_path / "once", model, source, **settings)
    with pytest.raises(CancelledError):
        apply(tmp_path, model, source, resume=True, progress=Stopping(0.5), **settings)
    assert (partial_folder(tmp_path / "output.tif") / "journal.json").is_file()
    heard = Heard()
    made = apply(tmp_path, model, source, resume=True, progress=heard, **settings)
    assert any(text.startswith("Resumed") for text in heard.logs)
    np.testing.assert_array_equal(toys.read(made["output"]).filled(), toys.read(once["output"]).filled())
    assert table(made["areas"]) == table(once["areas"]) and table(made["areas"])[UNSURE_NAME][1] > 1000


def test_what_asks_for_the_class_of_each_pixel_takes_the_most_probable_one(tmp_path):
    """An estimate of uncertainty, and an explanation."""
    source = toys.raster(tmp_path / "in.tif", scores_of(SURE, UNSURE, OTHER))
    model = names_as(tmp_path / "m.onnx", "Water", "Land", "Town")
    outcome = estimate(tmp_path, model, source, card=WANTED)
    np.testing.assert_allclose(bands_of(outcome.outputs["output"])["confidence"], [[0.7, 0.45, 0.8]], atol=1e-5)
    fields = CardFields(task="semantic-segmentation", classes=("a", "b", "c"), threshold=0.99)
    own = import_model.run(
        ImportModel(str(foreign_toys.scores_only(tmp_path / "n.onnx")), str(tmp_path / "models"), fields=fields),
        Silent(),
    )
    values = np.broadcast_to(np.array([100, 130, 120], np.uint8)[:, None, None], (3, 12, 12))
    source = toys.raster(tmp_path / "grey.tif", values)
    _, figures = explain(tmp_path, own.outputs["model_file"], source, place=point(5, 5), name="occlusion")
    assert figures["explained_class"] == "b" and figures["explained_score"] < 0.99


def test_variants_are_compared_by_the_most_probable_class(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    network = Network(model, CardFields(threshold=0.6), "cpu", "fp32", 1, Silent())
    scores = np.random.default_rng(0).normal(size=(3, 20, 20)).astype(np.float32)
    found = compare(network, network, [SampleTile(scores, np.ones((20, 20), bool), None)], Silent())
    assert (found.agreement, found.loss) == (100, 0)


def test_calibration_is_that_of_the_most_probable_class(tmp_path):
    """Confidence is its probability, whether a map shows it or not."""
    folder = make_chips(tmp_path / "chips", ["validation"] * 4 + ["test"] * 4)
    document = toys.card(("b0", "b1", "b2"))
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    plain = toys.save(tmp_path / "m.onnx", nodes, {}, 3, document)
    document["properties"]["mlm:output"][0] |= {"terraloom:threshold": 0.9, "terraloom:unsure_is_nodata": True}
    unsure = toys.save(tmp_path / "n.onnx", nodes, {}, 3, document)
    assert calibrated(tmp_path, plain, folder).metrics == calibrated(tmp_path, unsure, folder).metrics
    assert "not changed by a temperature" in (tmp_path / "report.html").read_text()


def test_an_event_is_not_seen_where_a_map_would_leave_it_open():
    scores = np.random.default_rng(3).normal(size=(3, 20, 30)).astype(np.float32)
    output = ModelOutput(activation="softmax", threshold=0.5, unsure_is_nodata=True)
    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477aa") for value in range(3)))
    shown = ClassDecoder(output, legend, {"classes"}).layers(scores)["classes"]
    decoder = EventDecoder(output, (0, 2))
    seen = decoder.layers(decoder.measure(scores))["seen"]
    np.testing.assert_array_equal(seen == 1, np.isin(shown, (0, 2)))
    assert 0 < seen.sum() < (shown != 1).sum()
