"""What a user is promised of events in a series: where, when, fronts that move, dates, alignment, refusals."""

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from onnx import helper
from rasterio.warp import Resampling, calculate_default_transform, reproject
from scipy.ndimage import gaussian_filter, map_coordinates
from terraloom.engine.errors import CancelledError, InputError, ModelError
from terraloom.engine.jobs import detect_events
from terraloom.engine.library.installed import BUNDLED
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_scale
from terraloom.engine.requests.detect_events import DetectEvents, EventTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.series_alignment import aligned

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "glacier"

GLACIER = ("Ice and land", "Sea", "Calving front")
FLOOD = ("Dry", "Flooded")
PIXEL_M = 30.0
ENDINGS = {"polygons": "gpkg", "front": "gpkg"}


def titled(document, titles):
    """A card whose classes are called so."""
    for entry, title in zip(document["properties"]["mlm:output"][0]["classification:classes"], titles, strict=True):
        entry["title"] = title
    return document


def model_of(path, titles=GLACIER, dates=1):
    """A network whose bands are the scores of its classes; of several dates, those of one date are one class's."""
    names = tuple(f"b{n}" for n in range(len(titles) // dates))
    document = titled(toys.card(names, len(titles)), titles)
    if dates > 1:
        document["properties"]["mlm:input"][0]["terraloom:days"] = [10 * number for number in range(dates)]
    return toys.save(path, [helper.make_node("Identity", ["image"], ["output"])], {}, len(titles), document)


def glacier(row, shape=(120, 100), columns=(20, 80), turned=0):
    """Scores of sea above a row, ice below it, and a front between them; turned by quarters against the clock."""
    scores = np.full((3, *shape), -4, np.float32)
    scores[1, :row] = 4
    scores[0, row:] = 4
    scores[2, row - 2 : row + 3, slice(*columns)] = 9
    return np.rot90(scores, turned, (1, 2)).copy()


def flood(*windows, shape=(60, 80)):
    """Scores of a flood in some windows."""
    scores = np.stack([np.full(shape, 3), np.full(shape, -3)]).astype(np.float32)
    for rows, columns in windows:
        scores[:, rows, columns] *= -1
    return scores


def series(tmp_path, *dates, **profile):
    """A raster for each date, a month apart."""
    profile = {"pixel": PIXEL_M, **profile}
    return [
        toys.raster(tmp_path / f"scene_2020-{month:02}-01.tif", values, **profile)
        for month, values in enumerate(dates, start=1)
    ]


def detect(tmp_path, rasters, event, model, wants=("output", "date_raster"), progress=None, more=None, **run):
    """Run the job; gives the outputs and the outcome."""
    targets = {name: str(tmp_path / f"{name}.{ENDINGS.get(name, 'tif')}") for name in wants}
    request = DetectEvents(
        NetworkRun(tuple(map(str, rasters)), str(model), **run), EventTargets(**targets), event, **(more or {})
    )
    outcome = detect_events.run(request, progress or Silent())
    return {name: Path(path) for name, path in targets.items()}, outcome


def layer(path):
    """Attributes by name, and shapes."""
    told, _, shapes, columns = pyogrio.raw.read(path, layer=path.stem)
    return dict(zip(told["fields"], columns, strict=True)), shapely.from_wkb(shapes)


class Listening(Silent):
    """Remembers what was said."""

    def __init__(self):
        self.logged, self.warnings = [], []

    def log(self, text, **values):
        self.logged.append(text.format(**values))

    def warn(self, text, **values):
        self.warnings.append(text.format(**values))


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
@pytest.mark.parametrize(("rows", "moved"), [((40, 50, 60), -300), ((60, 50, 40), 300)], ids=["retreat", "advance"])
def test_fronts_are_lines_that_tell_how_far_they_have_moved(tmp_path, turned, rows, moved):
    """Rows grow away from the sea, whichever way the picture is turned."""
    made, outcome = detect(
        tmp_path,
        series(tmp_path, *(glacier(row, turned=turned) for row in rows)),
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        wants=("front",),
    )
    columns, lines = layer(made["front"])
    assert columns["date"].tolist() == list(np.array(["2020-01-01", "2020-02-01", "2020-03-01"], "datetime64[D]"))
    assert columns["length_m"] == pytest.approx(60 * PIXEL_M, abs=6 * PIXEL_M)
    assert columns["moved_m"] == pytest.approx([0, moved, 2 * moved], abs=0.2 * PIXEL_M)
    assert outcome.metrics["moved_m"] == pytest.approx(2 * moved, abs=0.2 * PIXEL_M)
    assert columns["confidence"].min() > 0.9 and not columns["bridged"].any()
    if turned == 0:
        across = shapely.get_coordinates(lines[0])[:, 1]
        assert across == pytest.approx(5_000_000 - PIXEL_M * (rows[0] + 0.5), abs=0.2 * PIXEL_M)


def test_the_map_tells_what_became_sea_and_when(tmp_path):
    rasters = series(tmp_path, glacier(40), glacier(50), glacier(50), glacier(60))
    made, outcome = detect(
        tmp_path,
        rasters,
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        ("output", "date_raster", "polygons", "probability"),
    )
    what, when = toys.read(made["output"])[0], toys.read(made["date_raster"])[0]
    assert [what[row, 50] for row in (20, 45, 55, 80)] == [1, 2, 2, 0]
    assert [when[row, 5] for row in (20, 45, 55)] == [20200101, 20200201, 20200401]
    assert when.mask[80:].all()
    columns, shapes = layer(made["polygons"])
    assert columns["date"].tolist() == list(np.array(["2020-02-01", "2020-04-01"], "datetime64[D]"))
    assert columns["area_m2"] == pytest.approx(1000 * PIXEL_M**2)
    assert set(columns["event"]) == {"glacierfront"} and columns["confidence"].min() > 0.9
    assert shapely.area(shapes) == pytest.approx(1000 * PIXEL_M**2)
    assert outcome.metrics["new_hectares"] == pytest.approx(
        {"2020-01-01": 0, "2020-02-01": 90, "2020-03-01": 0, "2020-04-01": 90}
    )
    with rasterio.open(made["probability"]) as dataset:
        assert dataset.descriptions == ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")
        assert dataset.read()[:, 55, 5] == pytest.approx([0, 0, 0, 1], abs=0.01)


def test_ice_that_comes_is_told_apart(tmp_path):
    made, _ = detect(
        tmp_path, series(tmp_path, glacier(60), glacier(40)), "glacierfront", model_of(tmp_path / "m.onnx")
    )
    assert [toys.read(made["output"])[0][row, 50] for row in (20, 50, 80)] == [1, 3, 0]


def test_a_flood_is_dated_by_the_first_image_that_shows_it(tmp_path):
    early, late = (slice(5, 15), slice(5, 25)), (slice(30, 50), slice(40, 60))
    scenes = [flood(early), flood(early, late), flood()]
    scenes[0][:, 55:] = scenes[1][:, 55:] = scenes[2][:, 55:] = -9999
    scenes[0][:, 30:40, 40:60] = -9999  # clouds hide where the flood may have been before
    made, outcome = detect(
        tmp_path,
        series(tmp_path, *scenes, nodata=-9999),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        ("output", "date_raster", "polygons"),
    )
    what, when = toys.read(made["output"])[0], toys.read(made["date_raster"])[0]
    assert (what[early] == 1).all() and (what[late] == 1).all() and what[20, 30] == 0
    assert (when[early] == 20200101).all() and (when[late] == 20200201).all()
    assert what.mask[55:].all() and when.mask[20, 30]
    assert outcome.metrics["hectares"] == pytest.approx((200 + 400) * PIXEL_M**2 / 1e4)
    assert sorted(layer(made["polygons"])[0]["area_m2"]) == pytest.approx([200 * PIXEL_M**2, 400 * PIXEL_M**2])


def test_two_dates_at_once_are_dated_by_the_later(tmp_path):
    """What the second date has more of than the first is the change."""
    calm, up = np.zeros((40, 40), np.float32), np.zeros((40, 40), np.float32)
    up[10:20, 10:20] = 5
    model = model_of(tmp_path / "m.onnx", ("No change", "Change"), dates=2)
    made, outcome = detect(tmp_path, series(tmp_path, calm - 1, calm - 1.5, up - 1.5, up - 2), "change", model)
    when = toys.read(made["date_raster"])[0]
    assert (when[10:20, 10:20] == 20200301).all()
    assert when.mask[0, 0] and outcome.metrics["dates"] == ["2020-02-01", "2020-03-01", "2020-04-01"]
    with pytest.raises(InputError, match="reads 2 dates at once; SERIES has 1"):
        detect(tmp_path, series(tmp_path, calm), "change", model)


def test_inputs_before_and_after_are_dates_too(tmp_path):
    document = titled(toys.card(("b0",), 2), ("No landslide", "Landslide"))
    first = document["properties"]["mlm:input"][0]
    document["properties"]["mlm:input"] = [{**first, "name": "before"}, {**first, "name": "after"}]
    path = tmp_path / "m.onnx"
    two_inputs(path, document)
    before, after = np.zeros((20, 20), np.float32), np.full((20, 20), -1, np.float32)
    after[5:9, 5:9] = 1
    made, _ = detect(tmp_path, series(tmp_path, before, after), "landslide", path, ("output",))
    assert toys.read(made["output"])[0].sum() == 16


def two_inputs(path, document):
    """A network that puts two inputs of one band side by side."""
    import onnx

    ports = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", 1, "h", "w"]) for name in ("before", "after")
    ]
    graph = helper.make_graph(
        [helper.make_node("Concat", ["before", "after"], ["output"], axis=1)],
        "toy",
        ports,
        [helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))


@pytest.mark.parametrize("bands", [1, 2])
def test_a_model_of_several_sensors_reads_the_one_that_there_is_now_and_before(tmp_path, bands):
    """Radar has one band and optical two; what is not given is nothing at all."""
    document = titled(toys.card(("b0",), 2), ("Not flooded", "Flooded"))
    first = document["properties"]["mlm:input"][0]
    scaling = first["value_scaling"]
    document["properties"]["mlm:input"] = [
        {**first, "name": name, "bands": names, "value_scaling": scaling * len(names), "terraloom:optional": True}
        for name, names in (
            ("optical", ["b0", "b1"]),
            ("sar", ["vv"]),
            ("optical_before", ["b0", "b1"]),
            ("sar_before", ["vv"]),
        )
    ]
    path = four_inputs(tmp_path / "m.onnx", document)
    before, after = (np.full((bands, 20, 20), value, np.float32) for value in (2, 1))
    after[:, 5:9, 5:9] = 3
    made, outcome = detect(tmp_path, series(tmp_path, before, after), "flood", path, ("output", "date_raster"))
    assert toys.read(made["output"])[0].sum() == 16
    assert (toys.read(made["date_raster"])[0][5:9, 5:9] == 20200201).all()
    with pytest.raises(InputError, match="here they count for every date"):
        detect(tmp_path, series(tmp_path, before, after), "flood", path, scale=parse_scale("2.*=3"))


def four_inputs(path, document):
    """A network that adds up the first bands of both sensors, before and now, as scores of dry and flooded."""
    import onnx

    channels = {"optical": 2, "sar": 1, "optical_before": 2, "sar_before": 1}
    ports = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", count, "h", "w"])
        for name, count in channels.items()
    ]
    nodes = []
    for when in ("_before", ""):
        nodes.append(helper.make_node("ReduceMax", [f"optical{when}"], [f"o{when}"], axes=[1], keepdims=1))
        nodes.append(helper.make_node("Add", [f"o{when}", f"sar{when}"], [f"sum{when}"]))
    nodes.append(helper.make_node("Concat", ["sum_before", "sum"], ["output"], axis=1))
    output = helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "toy", ports, [output])
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))
    return path


def test_dates_on_other_grids_come_to_that_of_the_first(tmp_path):
    model = model_of(tmp_path / "m.onnx", FLOOD)
    window = (slice(20, 40), slice(20, 50))
    first = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M)
    fine = np.kron(flood(window), np.ones((1, 3, 3), np.float32))
    wider = np.pad(fine, ((0, 0), (30, 30), (45, 45)), mode="edge")
    place = Affine(10, 0, 500_000 - 450, 0, -10, 5_000_000 + 300)
    second = toys.raster(tmp_path / "b_20200201.tif", wider, transform=place)
    made, _ = detect(tmp_path, [first, second], "flood", model, ("output", "date_raster"))
    with rasterio.open(first) as image, rasterio.open(made["output"]) as found:
        assert (found.transform, found.shape, found.crs) == (image.transform, image.shape, image.crs)
        values = found.read(1)
    expected = np.zeros((60, 80), bool)
    expected[window] = True
    assert ((values == 1) == expected).all()


def test_an_extent_counts_for_every_date(tmp_path):
    extent = Extent(500_000, 5_000_000 - 30 * PIXEL_M, 500_000 + 40 * PIXEL_M, 5_000_000, toys.UTM)
    window = (slice(20, 40), slice(20, 50))
    made, outcome = detect(
        tmp_path,
        series(tmp_path, flood(), flood(window)),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        extent=extent,
    )
    assert toys.read(made["output"]).shape == (1, 30, 40)
    assert outcome.metrics["hectares"] == pytest.approx(10 * 20 * PIXEL_M**2 / 1e4)


@pytest.fixture(scope="module")
def ground():
    """Something to see from above, smooth enough to be read between pixels."""
    rng = np.random.default_rng(5)
    fine = gaussian_filter(rng.normal(size=(340, 360)), 2)
    fields = gaussian_filter(rng.normal(size=(340, 360)), 14) > 0
    return fine / fine.std() + 3 * gaussian_filter(fields.astype(float), 1)


def seen_from(ground, columns, rows, shape=(260, 280)):
    """A scene whose content lies so many pixels beside its place."""
    places = np.mgrid[: shape[0], : shape[1]] + 40.0
    return map_coordinates(ground, [places[0] - rows, places[1] - columns], order=3).astype(np.float32)


@pytest.mark.parametrize("shift", [(1.37, -0.82), (-4.6, 7.25), (0.4, 0.3), (0.0, 0.0)], ids=str)
def test_a_planted_shift_is_recovered_and_undone(tmp_path, ground, shift):
    """In other light, with noise and a corner without data."""
    still = seen_from(ground, 0, 0)
    other = (
        40
        + 0.7 * np.sqrt(np.abs(seen_from(ground, *shift) + 12))
        + np.random.default_rng(1).normal(size=still.shape) / 50
    )
    other[:20, :30] = -9999
    rasters = [
        toys.raster(tmp_path / "a_20200101.tif", np.stack([still, -still]), pixel=PIXEL_M),
        toys.raster(
            tmp_path / "b_20200201.tif", np.stack([other, -other]).astype(np.float32), pixel=PIXEL_M, nodata=-9999
        ),
    ]
    told = Listening()
    made, outcome = detect(
        tmp_path,
        rasters,
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        ("probability",),
        told,
        {"align": True},
    )
    (found,) = outcome.metrics["shifts_px"].values()
    assert found == pytest.approx([-shift[0], -shift[1]], abs=0.3)
    metres = PIXEL_M * np.hypot(*shift)
    (said,) = [text for text in told.logged if "beside the first" in text]
    assert float(said.split(" m, ")[0].split()[-1]) == pytest.approx(metres, abs=0.3 * PIXEL_M)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["a_20200101.tif", "b_20200201.tif", "m.onnx", made["probability"].name, "probability.qml"]
    )


def test_what_is_aligned_is_mapped_where_it_belongs(tmp_path, ground):
    """Bright ground is flooded on both dates: moved back, the second flood lies on the first."""

    def scene(*shift):
        bright = seen_from(ground, *shift) - 1.5
        return np.stack([-bright, bright])

    model = model_of(tmp_path / "m.onnx", FLOOD)
    rasters = series(tmp_path, scene(0, 0), scene(4, -3))
    new = {}
    for align in (False, True):
        _, outcome = detect(tmp_path, rasters, "flood", model, more={"align": align})
        new[align] = outcome.metrics["new_hectares"]["2020-02-01"] / outcome.metrics["new_hectares"]["2020-01-01"]
    assert new[False] > 0.15 and new[True] < 0.02


def test_what_has_nothing_in_common_is_left_where_it_is(tmp_path, ground):
    noise = np.random.default_rng(3).normal(size=(2, 260, 280)).astype(np.float32)
    still = seen_from(ground, 0, 0)
    told = Listening()
    _, outcome = detect(
        tmp_path,
        series(tmp_path, np.stack([still, -still]), noise),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        progress=told,
        more={"align": True},
    )
    assert outcome.metrics["shifts_px"] == {}
    assert any("could not be aligned" in text for text in told.warnings)


def test_a_flood_uphill_is_told(tmp_path):
    """A slope to the east: a flood on its foot may be; half of one on its middle stands above dry ground."""
    slope = np.tile(np.arange(80, dtype=np.float32), (60, 1))
    dem = toys.raster(tmp_path / "dem.tif", slope, pixel=PIXEL_M)
    model = model_of(tmp_path / "m.onnx", FLOOD)
    shares = {}
    for name, columns in (("foot", slice(0, 10)), ("middle", slice(30, 40))):
        told = Listening()
        rasters = series(tmp_path, flood(), flood((slice(0, 60), columns)))
        _, outcome = detect(tmp_path, rasters, "flood", model, progress=told, more={"dem": dem})
        shares[name] = outcome.metrics["violating_share"]
        assert any("lie above it" in text for text in (told.warnings if shares[name] else told.logged))
    assert shares == {"foot": 0.0, "middle": pytest.approx(0.5)}


def test_sea_that_does_not_touch_the_front_is_no_sea(tmp_path):
    """A lake in the ice on the second date is none of the sea's; without a front nothing can be said of it."""
    lake = glacier(50)
    lake[1, 90:100, 30:50], lake[0, 90:100, 30:50] = 4, -4
    model = model_of(tmp_path / "m.onnx")
    made, outcome = detect(tmp_path, series(tmp_path, glacier(40), lake), "glacierfront", model)
    what = toys.read(made["output"])[0]
    assert what[95, 40] == 0 and what[45, 40] == 2
    assert outcome.metrics["hectares"] == pytest.approx(1000 * PIXEL_M**2 / 1e4)
    lake[2] = -4
    made, _ = detect(tmp_path, series(tmp_path, glacier(40), lake), "glacierfront", model)
    assert toys.read(made["output"])[0][95, 40] == 2


def test_a_date_without_a_front_is_told(tmp_path):
    told = Listening()
    ice = np.stack([np.full((120, 100), score, np.float32) for score in (4, -4, -4)])
    made, outcome = detect(
        tmp_path,
        series(tmp_path, glacier(40), ice),
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        ("front",),
        told,
    )
    assert len(layer(made["front"])[1]) == outcome.metrics["fronts"] == 1
    assert any("No front was found on 2020-02-01" in text for text in told.warnings)


def test_water_will_do_for_a_flood_and_is_told(tmp_path):
    told = Listening()
    model = model_of(tmp_path / "m.onnx", ("Land", "Water"))
    made, _ = detect(tmp_path, series(tmp_path, flood((slice(0, 9), slice(0, 9)))), "flood", model, progress=told)
    assert toys.read(made["output"])[0].sum() == 81
    assert any("knows water, not floods" in text for text in told.warnings)


@pytest.mark.parametrize(
    ("event", "titles", "words"),
    [
        ("flood", GLACIER, "none is flood"),
        ("glacierfront", ("Ice", "Sea"), "none is glacierfront"),
        ("change", ("No change", "Unchanged"), "none is change"),
        ("landslide", FLOOD, "none is landslide"),
    ],
)
def test_a_model_of_something_else_is_refused(tmp_path, event, titles, words):
    scene = np.zeros((len(titles), 20, 20), np.float32)
    with pytest.raises(ModelError, match=words):
        detect(tmp_path, series(tmp_path, scene), event, model_of(tmp_path / "m.onnx", titles))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"event": "earthquake"}, "EVENT is earthquake; it must be one of: flood, landslide, glacierfront, change"),
        ({"dem": "dem.tif", "event": "change"}, "EVENT is change, which makes no use of it"),
        ({"targets": EventTargets(front="f.gpkg")}, "FRONT is asked for, the line of a glacier's front"),
        ({"targets": EventTargets()}, "No result is asked for"),
        ({"dates": ("2020-01-01",)}, "DATES has 1 dates, but SERIES has 2 rasters"),
        ({"dates": ("2020-01-01", "March")}, "DATES has March, which is no date"),
        ({"dates": ("2020-02-01", "2020-01-01")}, r"b.tif \(2020-01-01\) comes after a.tif \(2020-02-01\)"),
        ({"dates": ()}, "The date of a.tif is not known"),
        ({"run": NetworkRun(("a.tif",), "m.onnx", resume=True), "dates": ("2020-01-01",)}, "RESUME is on"),
    ],
)
def test_what_cannot_be_is_refused_before_work_starts(changes, words):
    asked = {
        "run": NetworkRun(("a.tif", "b.tif"), "m.onnx"),
        "targets": EventTargets(output="o.tif"),
        "event": "flood",
        "dates": ("2020-01-01", "2020-02-01"),
    }
    with pytest.raises(InputError, match=words):
        DetectEvents(**{**asked, **changes})


def test_a_date_from_elsewhere_is_refused(tmp_path):
    here = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M)
    there = toys.raster(tmp_path / "b_20200201.tif", flood(), transform=Affine(30, 0, 900_000, 0, -30, 5_000_000))
    with pytest.raises(InputError, match="Date 2 of the series .* does not overlap the first"):
        detect(tmp_path, [here, there], "flood", model_of(tmp_path / "m.onnx", FLOOD))


def test_elevations_of_elsewhere_are_refused(tmp_path):
    there = Affine(30, 0, 900_000, 0, -30, 5_000_000)
    dem = toys.raster(tmp_path / "dem.tif", np.zeros((60, 80), np.float32), transform=there)
    with pytest.raises(InputError, match="does not overlap SERIES"):
        detect(tmp_path, series(tmp_path, flood()), "flood", model_of(tmp_path / "m.onnx", FLOOD), more={"dem": dem})


def test_a_model_of_other_pixels_and_a_map_in_degrees_give_metres_on_the_ground(tmp_path):
    """At 70° north a pixel of 0.001° x 0.0004° is 38 m wide and 45 m high; the model works at 60 m."""
    degrees = Affine(0.001, 0, -50.0, 0, -0.0004, 70.0)
    names = ("b0", "b1", "b2")
    document = titled(toys.card(names, 3, **{"terraloom:resolution_m": 60.0}), GLACIER)
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 3, document)
    scenes = [glacier(row, shape=(240, 200), columns=(30, 170)) for row in (100, 130)]
    made, _ = detect(
        tmp_path,
        series(tmp_path, *scenes, crs="EPSG:4326", transform=degrees),
        "glacierfront",
        model,
        ("front", "output", "date_raster"),
    )
    columns, lines = layer(made["front"])
    assert columns["moved_m"][1] == pytest.approx(-30 * 44.6, rel=0.03)
    assert columns["length_m"] == pytest.approx(140 * 38.2, rel=0.06)
    assert shapely.get_coordinates(lines[0])[:, 1].mean() == pytest.approx(70 - 0.0004 * 100.5, abs=0.0004)
    what = toys.read(made["output"])[0]
    assert what.shape == (240, 200) and [what[row, 100] for row in (50, 115, 200)] == [1, 2, 0]


def test_a_mask_counts_for_every_date(tmp_path):
    """On the grid of the first date and on another one."""
    mask = tmp_path / "mask.gpkg"
    box = shapely.box(500_000, 5_000_000 - 60 * PIXEL_M, 500_000 + 30 * PIXEL_M, 5_000_000)
    pyogrio.raw.write(
        mask,
        geometry=np.array([box.wkb], object),
        field_data=[np.array([1])],
        fields=["n"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    first = toys.raster(tmp_path / "a_20200101.tif", flood((slice(0, 60), slice(0, 10))), pixel=PIXEL_M)
    fine = np.kron(flood((slice(0, 60), slice(0, 60))), np.ones((1, 2, 2), np.float32))
    second = toys.raster(tmp_path / "b_20200201.tif", fine, pixel=PIXEL_M / 2)
    made, outcome = detect(tmp_path, [first, second], "flood", model_of(tmp_path / "m.onnx", FLOOD), mask=str(mask))
    when = toys.read(made["date_raster"])[0]
    assert (when[:, :10] == 20200101).all() and (when[:, 10:30] == 20200201).all() and when.mask[:, 30:].all()
    assert toys.read(made["output"])[0].mask[:, 30:].all()


def test_a_run_that_is_stopped_leaves_nothing(tmp_path):
    """On the second date, when the first was mapped."""

    class Stop(Listening):
        def update(self, fraction, mpx_per_s=None):
            if any("Date 2" in text for text in self.logged):
                raise CancelledError()

    rasters = series(tmp_path, glacier(40), glacier(50))
    model = model_of(tmp_path / "m.onnx")
    there = sorted(tmp_path.rglob("*"))
    with pytest.raises(CancelledError):
        detect(tmp_path, rasters, "glacierfront", model, ("output", "front"), Stop(), {"align": True})
    assert sorted(tmp_path.rglob("*")) == there


@pytest.mark.skipif(not DATA.is_dir(), reason="the images of glaciers are not there")
def test_the_bundled_model_finds_the_fronts_of_its_training(tmp_path):
    """Two images of Kangerlussuaq, between which the ice went back; turned, as maps show it."""
    rasters, drawn = [], []
    for day, sensor in (("20000801", "B8"), ("20020807", "B8")):
        (image,) = (DATA / "images").glob(f"LE07_L1TP_230012_{day}_*_{sensor}_Subset.png")
        with rasterio.open(image) as pixels, rasterio.open(front_of(image)) as line:
            rasters.append(toys.raster(tmp_path / f"{day}.tif", np.rot90(pixels.read(1)), pixel=75.0))
            drawn.append(np.argwhere(np.rot90(line.read(1)) < 128)[:, ::-1] + 0.5)
    made, outcome = detect(tmp_path, rasters, "glacierfront", BUNDLED / "glacier-front" / "model.onnx", ("front",))
    columns, lines = layer(made["front"])
    assert outcome.metrics["fronts"] == 2 and columns["moved_m"][1] < -300
    for line, pixels in zip(lines, drawn, strict=True):
        places = shapely.points(pixels * (75, -75) + (500_000, 5_000_000))
        assert np.median(shapely.distance(places, line)) < 3 * 75


def front_of(image):
    """The drawn front of an image."""
    return DATA / "labels_1px" / image.name.replace("_Subset", "_Front")


def test_a_shift_is_undone_in_another_coordinate_system_too(tmp_path, ground):
    """A scene in degrees whose place is off by 2.3 columns and -1.6 rows of the first one's pixels."""
    still = seen_from(ground, 0, 0)
    first = toys.raster(tmp_path / "a_20200101.tif", still, pixel=PIXEL_M)
    with rasterio.open(first) as image:
        off = Affine.translation(2.3 * PIXEL_M, 1.6 * PIXEL_M) @ image.transform
        bounds = rasterio.transform.array_bounds(*still.shape, off)
        place, width, height = calculate_default_transform(image.crs, "EPSG:4326", *still.shape[::-1], *bounds)
        degrees = np.full((height, width), -9999, np.float32)
        told = {"src_transform": off, "src_crs": image.crs, "dst_transform": place, "dst_crs": "EPSG:4326"}
        reproject(still, degrees, resampling=Resampling.cubic, dst_nodata=-9999, **told)
    second = toys.raster(tmp_path / "b_20200201.tif", degrees, crs="EPSG:4326", transform=place, nodata=-9999)
    for expected in ([-2.3, 1.6], [0, 0]):
        lying, figures = aligned((first, second), lambda name: tmp_path / name, Silent())
        assert list(figures["shifts_px"].values()) == [pytest.approx(expected, abs=0.1)]
        second = lying[second]
