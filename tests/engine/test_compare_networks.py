"""Two layers of lines become figures, a page and layers, whatever their systems; and no odd layer is a crash."""

import base64
import json
import re

import numpy as np
import pyogrio
import pytest
import shapely
from rasterio.warp import transform
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.jobs import compare_networks
from terraloom.engine.line_comparison import apls, line_graph
from terraloom.engine.progress import Silent
from terraloom.engine.requests.compare_networks import CompareNetworks
from terraloom.engine.requests.documents import from_document, to_document
from terraloom.tests.engine.environment_fakes import Recorder

EAST, NORTH = 500_000, 5_700_000
TOWN = [
    *[[(0, y), (200, y), (400, y)] for y in (0, 100, 200)],
    *[[(x, 0), (x, 100), (x, 200)] for x in (0, 200, 400)],
]
"""Two by two blocks; the lines run through the junctions, as in OpenStreetMap."""


def layer(path, lines, crs="EPSG:32631", kind="LineString", east=EAST, north=NORTH):
    """A file of lines, or of other shapes, given in metres of UTM zone 31 from a corner."""
    shapes = [shapely.LineString(line) if isinstance(line, list) else line for line in lines]

    def place(points):
        points = points + (east, north)
        return np.column_stack(transform("EPSG:32631", crs, *points.T)) if crs else points

    geometry = [None if shape is None else shapely.transform(shape, place).wkb for shape in shapes]
    pyogrio.raw.write(
        path,
        geometry=np.array(geometry, object),
        field_data=[np.arange(len(shapes))],
        fields=["number"],
        geometry_type=kind,
        crs=crs or None,
    )
    return str(path)


@pytest.fixture
def compared(tmp_path):
    """Compares two layers and returns the figures, the page and the layers of what differs."""

    def compare(prediction, reference, progress=None, **more):
        places = {name: str(tmp_path / file) for name, file in PLACES.items()}
        request = CompareNetworks(prediction, reference, **places, **more)
        outcome = compare_networks.run(from_document(CompareNetworks, to_document(request)), progress or Silent())
        assert outcome.outputs == places
        told = json.loads((tmp_path / "m.json").read_text("utf-8"))
        assert told["relaxed"]["f1"] == pytest.approx(outcome.metrics["f1"], abs=1e-6)
        told["page"] = (tmp_path / "r.html").read_text("utf-8")
        for name in ("missed", "spurious"):
            meta, _, shapes, (lengths,) = pyogrio.raw.read(places[name], layer=name)
            told[name], told[f"{name}_crs"] = shapely.from_wkb(shapes), meta["crs"]
            assert meta["geometry_type"] == "LineString" and meta["fields"].tolist() == ["length_m"]
            assert lengths.sum() == pytest.approx(told["length_m"][name], abs=1e-4)
        return told

    return compare


PLACES = {"report": "r.html", "metrics": "m.json", "missed": "missed.gpkg", "spurious": "spurious.fgb"}


def test_equal_networks_agree_in_everything(tmp_path, compared):
    both = layer(tmp_path / "a.gpkg", TOWN)
    told = compared(both, both)
    assert told["apls"]["total"] == told["topo"]["f1"] == told["relaxed"]["f1"] == told["length_ratio"] == 1
    assert told["components"] == {"reference": 1, "prediction": 1, "ratio": 1}
    assert not len(told["missed"]) and not len(told["spurious"]) and told["cautions"] == []
    assert told["length_m"]["reference"] == 6 * 200 + 6 * 100 + 600 - 600


def test_what_is_missing_and_made_up_is_told_and_drawn(tmp_path, compared):
    found = [*TOWN[:-1], [(200, 200), (200, 350)]]
    told = compared(layer(tmp_path / "p.gpkg", found), layer(tmp_path / "r.gpkg", TOWN))
    (missed_one, missed_other), (spurious,) = told["missed"], told["spurious"]
    assert missed_one.bounds[0] == missed_other.bounds[0] == EAST + 400
    assert spurious.bounds == pytest.approx((EAST + 200, NORTH + 203, EAST + 200, NORTH + 350), abs=0.01)
    assert told["relaxed"]["recall"] == pytest.approx(1 - (200 - 4 * 3) / 1800, abs=1e-5)
    assert told["relaxed"]["precision"] == pytest.approx(1 - 147 / 1750, abs=1e-5)
    assert told["length_ratio"] == pytest.approx(1750 / 1800) and told["spacing_m"] == 50
    assert told["apls"]["reference_onto_prediction"]["control_points_without_place"] == 2
    assert "How to read it" in told["page"] and "http" not in told["page"].replace("http://www.w3.org", "")
    drawing = base64.b64decode(re.search(r"svg\+xml;base64,([^\"]+)", told["page"])[1]).decode()
    red, orange = (re.search(f'<path d="([^"]*)" fill="none" stroke="{colour}"', drawing)[1] for colour in COLOURS)
    assert red.count("m") == 2 and orange.count("m") == 1


COLOURS = "#CC3311", "#EE7733"


@pytest.mark.parametrize("spacing_m", [50, 100])
@pytest.mark.parametrize("within_m", [4, 6])
def test_lines_aside_count_up_to_snap_and_buffer_and_control_points_lie_a_spacing_apart(
    tmp_path, compared, within_m, spacing_m
):
    """A straight road of 400 m is predicted 5 m aside."""
    aside, road = ([[(0, y), (400, y)]] for y in (5, 0))
    files = layer(tmp_path / "p.gpkg", aside), layer(tmp_path / "r.gpkg", road)
    snapped = compared(*files, snap_m=within_m, buffer_m=9, spacing_m=spacing_m)
    buffered = compared(*files, snap_m=9, buffer_m=within_m, spacing_m=spacing_m)
    is_met = within_m > 5
    assert snapped["apls"]["total"] == buffered["relaxed"]["f1"] == is_met
    assert buffered["apls"]["total"] == snapped["relaxed"]["f1"] == 1
    for way in ("reference_onto_prediction", "prediction_onto_reference"):
        points = snapped["apls"][way]
        assert points["control_points"] == 1 + 400 / spacing_m
        assert points["control_points_without_place"] == (0 if is_met else points["control_points"])


def test_the_prediction_is_brought_to_the_reference(tmp_path, compared):
    """Degrees, Web Mercator and metres: the same figures, and layers in the reference's system."""
    found = [*TOWN[:-1], [(200, 200), (200, 350)]]
    systems = ("EPSG:32631", "EPSG:32631"), ("EPSG:4326", "EPSG:32631"), ("EPSG:3857", "EPSG:4326")
    told = [
        compared(
            layer(tmp_path / f"p{number}.gpkg", found, crs=own),
            layer(tmp_path / f"r{number}.gpkg", TOWN, crs=other),
        )
        for number, (own, other) in enumerate(systems)
    ]
    for each, (_, other) in zip(told, systems):
        assert each["measured_in"] == "EPSG:32631" and each["missed_crs"] == each["spurious_crs"] == other
        assert each["apls"]["total"] == pytest.approx(told[0]["apls"]["total"], abs=1e-5)
        assert each["relaxed"] == pytest.approx(told[0]["relaxed"], abs=1e-4)
        assert each["topo"]["f1"] == pytest.approx(told[0]["topo"]["f1"], abs=1e-3)
    (spurious,) = told[2]["spurious"]
    x, y = transform("EPSG:4326", "EPSG:32631", *spurious.xy)
    assert (x[0], max(y)) == pytest.approx((EAST + 200, NORTH + 350), abs=0.01)


def test_without_a_reference_system_units_are_metres(tmp_path, compared):
    both = layer(tmp_path / "a.gpkg", TOWN, crs="")
    told = compared(both, both)
    assert told["measured_in"] is None and told["length_m"]["reference"] == 1800


def raw_layer(path, lines, crs):
    """A file of lines given in the units that they have."""
    shapes = np.array([shapely.LineString(line).wkb for line in lines], object)
    pyogrio.raw.write(path, geometry=shapes, field_data=[], fields=[], geometry_type="LineString", crs=crs)
    return str(path)


def test_that_units_count_as_metres_is_told(tmp_path, compared):
    both = layer(tmp_path / "a.gpkg", TOWN, crs="")
    assert any("their units count as metres" in caution for caution in compared(both, both)["cautions"])


def test_degrees_without_a_reference_system_are_refused(tmp_path):
    both = raw_layer(tmp_path / "a.gpkg", [[(8.4, 49.0), (8.41, 49.01)], [(8.41, 49.01), (8.9, 49.2)]], None)
    with pytest.raises(InputError, match="its coordinates look like degrees"):
        compare_networks.run(CompareNetworks(both, both, metrics=str(tmp_path / "m.json")), Silent())


def test_a_small_place_in_metres_without_a_reference_system_is_none_in_degrees(tmp_path, compared):
    both = raw_layer(tmp_path / "a.gpkg", [[(0, 0), (40, 0)], [(40, 0), (40, 60)]], None)
    assert compared(both, both)["length_m"]["reference"] == 100


@pytest.mark.parametrize(
    ("prediction", "reference", "words"),
    [
        ("EPSG:4326", "EPSG:32631", "No line of PREDICTION has a place"),
        ("EPSG:32631", "EPSG:4326", "No line of REFERENCE has a place in its own"),
        ("EPSG:4326", "EPSG:4326", "No line of REFERENCE has a place in its own"),
    ],
)
def test_metres_that_were_declared_to_be_degrees_are_refused(tmp_path, prediction, reference, words):
    lines = [[(EAST, NORTH), (EAST + 100, NORTH)]]
    files = (raw_layer(tmp_path / f"{number}.gpkg", lines, crs) for number, crs in enumerate((prediction, reference)))
    with pytest.raises(InputError, match=words):
        compare_networks.run(CompareNetworks(*files, metrics=str(tmp_path / "m.json")), Silent())


@pytest.mark.parametrize(
    ("crs", "words"),
    [("EPSG:25832", "is no place in its coordinate reference system EPSG:25832"), ("EPSG:3857", "none leads anywhere")],
)
def test_coordinates_beyond_their_system_are_refused(tmp_path, crs, words):
    both = raw_layer(tmp_path / "a.gpkg", [[(1e9, 1e9), (1.001e9, 1e9)]], crs)
    with pytest.raises(InputError, match=words):
        compare_networks.run(CompareNetworks(both, both, metrics=str(tmp_path / "m.json")), Silent())


@pytest.mark.parametrize("crs", ["IAU_2015:30110", "+proj=longlat +R=3396190"])
def test_lines_of_other_bodies_are_refused_on_either_side(tmp_path, crs):
    line = [[(1, 1), (2, 1)]]
    files = [raw_layer(tmp_path / "a.gpkg", line, "EPSG:4326"), raw_layer(tmp_path / "b.gpkg", line, crs)]
    for prediction, reference in (files, files[::-1], files[1:] * 2):
        with pytest.raises(InputError, match="to a place on Earth, as nothing does from those of the Moon"):
            compare_networks.run(CompareNetworks(prediction, reference, metrics=str(tmp_path / "m.json")), Silent())


def test_lines_without_a_place_are_left_out_and_counted(tmp_path, compared):
    """On the other side of the Earth UTM has none, and 95° is none at all."""
    xs, ys = transform("EPSG:32631", "EPSG:4326", [EAST, EAST + 400], [NORTH, NORTH])
    lines = [list(zip(xs, ys)), [(93, 0), (93, 1)], [(3, 94), (3, 95)]]
    told = compared(
        raw_layer(tmp_path / "p.gpkg", lines, "EPSG:4326"), layer(tmp_path / "r.gpkg", [[(0, 0), (400, 0)]])
    )
    assert told["relaxed"]["f1"] == 1 and told["length_m"]["prediction"] == pytest.approx(400, abs=0.01)
    assert any("2 of the lines of the prediction, which have no place" in caution for caution in told["cautions"])


def test_lines_too_short_to_lead_anywhere_are_refused(tmp_path):
    both = layer(tmp_path / "a.gpkg", [[(0, 0), (0.01, 0.01)], [(0.01, 0.01), (0.02, 0)]])
    with pytest.raises(InputError, match="The lines of REFERENCE are so short that none leads anywhere"):
        compare_networks.run(CompareNetworks(both, both, metrics=str(tmp_path / "m.json")), Silent())


def test_a_national_grid_in_feet_is_measured_in_metres(tmp_path, compared):
    """New York's state plane."""
    x, y = transform("EPSG:2263", "EPSG:4326", [980_000, 980_000], [200_000, 201_000])
    line = shapely.LineString(list(zip(x, y)))
    path = tmp_path / "feet.gpkg"
    feet = shapely.LineString([(980_000, 200_000), (980_000, 201_000)])
    pyogrio.raw.write(
        path,
        geometry=np.array([feet.wkb], object),
        field_data=[],
        fields=[],
        geometry_type="LineString",
        crs="EPSG:2263",
    )
    told = compared(str(path), str(path))
    assert line.length and told["measured_in"] == "EPSG:32618"
    assert told["length_m"]["reference"] == pytest.approx(304.8, rel=1e-3)


def test_parts_and_mixed_features_are_taken_apart(tmp_path, compared):
    parts = shapely.MultiLineString([[(0, 0), (100, 0)], [(100, 0), (100, 100)]])
    mixed = shapely.GeometryCollection([shapely.Point(3, 3), shapely.LineString([(0, 0), (0, 50)])])
    nothing = shapely.LineString([(7, 7), (7, 7)])
    path = layer(tmp_path / "a.gpkg", [parts, mixed, nothing, None, shapely.Point(1, 1)], kind="Unknown")
    told = compared(path, layer(tmp_path / "b.gpkg", [[(0, 50), (0, 0), (100, 0), (100, 100)]]))
    assert told["length_m"]["prediction"] == 250 and told["relaxed"]["f1"] == 1
    assert any("3 of the features of the prediction" in caution for caution in told["cautions"])


def test_what_a_reader_should_know_is_told(tmp_path, compared, monkeypatch):
    crossing = [[(0, 0), (400, 0)], [(200, -100), (200, 100)], [(0, 0), (400, 0)]]
    monkeypatch.setattr(apls, "LEAST_POINTS", 5)
    monkeypatch.setattr(apls, "WORK", 0)
    progress = Recorder()
    told = compared(
        layer(tmp_path / "p.gpkg", crossing), layer(tmp_path / "r.gpkg", [[(0, 0), (100, 0)]]), progress, buffer_m=0.5
    )
    for words in (
        "% of the prediction lies outside",
        "In 1 place lines of the prediction cross",
        "1 of the stretches of the prediction lay twice",
        "control points on the prediction 5 were drawn",
        "TOPO was computed with a tolerance of 1 m",
    ):
        assert any(words in caution for caution in told["cautions"]), words
        assert any(words in line for line in progress.logs), words
        assert words in told["page"]
    assert told["apls"]["prediction_onto_reference"]["control_points_used"] == 5


def test_lengths_that_are_off_are_told(tmp_path, compared):
    """Measured in the zone of its middle, a line over all of Europe is too long at both ends."""
    east = 20 * 70_000
    both = layer(tmp_path / "a.gpkg", [[(-east, 0), (0, 0)], [(0, 0), (east, 0)]])
    told = compared(both, both, spacing_m=10_000)
    assert any("lengths at its border are off by" in caution for caution in told["cautions"])


@pytest.mark.parametrize(
    ("prediction", "words"),
    [
        ("none.gpkg", "cannot be read"),
        ("empty.gpkg", "empty.gpkg is empty"),
        ("points.gpkg", "points.gpkg holds no lines but points"),
        ("dots.gpkg", "dots.gpkg holds no lines but lines without length"),
        ("far.gpkg", "do not overlap: they lie 9.60 km apart"),
        ("nowhere.gpkg", "nowhere.gpkg has no coordinate reference system"),
    ],
)
def test_layers_that_cannot_be_compared_are_refused(tmp_path, prediction, words):
    layer(tmp_path / "empty.gpkg", [])
    layer(tmp_path / "points.gpkg", [shapely.Point(1, 1)], kind="Point")
    layer(tmp_path / "dots.gpkg", [[(1, 1), (1, 1)]])
    layer(tmp_path / "far.gpkg", TOWN, east=EAST + 10_000)
    layer(tmp_path / "nowhere.gpkg", TOWN, crs="")
    reference = layer(tmp_path / "r.gpkg", TOWN)
    before = sorted(tmp_path.iterdir())
    request = CompareNetworks(str(tmp_path / prediction), reference, report=str(tmp_path / "report.html"))
    with pytest.raises(InputError, match=re.escape(words)):
        compare_networks.run(request, Silent())
    assert sorted(tmp_path.iterdir()) == before


def test_a_reference_without_a_system_is_refused(tmp_path):
    prediction, reference = layer(tmp_path / "p.gpkg", TOWN), layer(tmp_path / "r.gpkg", TOWN, crs="")
    with pytest.raises(InputError, match="p.gpkg has a coordinate reference system, but"):
        compare_networks.run(CompareNetworks(prediction, reference, metrics=str(tmp_path / "m.json")), Silent())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"buffer_m": -1}, "BUFFER is -1 m"),
        ({"snap_m": 0}, "SNAP is 0 m"),
        ({"spacing_m": float("nan")}, "SPACING is nan m"),
        ({"report": ""}, "No result is asked for"),
    ],
)
def test_requests_check_themselves(given, words):
    with pytest.raises(InputError, match=words):
        CompareNetworks(**{"prediction": "p", "reference": "r", "report": "x.html", **given})


def test_an_input_is_not_overwritten(tmp_path):
    path = layer(tmp_path / "a.gpkg", TOWN)
    with pytest.raises(OutputError, match="is an input"):
        compare_networks.run(CompareNetworks(path, path, missed=path), Silent())


def test_a_cancelled_run_leaves_nothing(tmp_path):
    both = layer(tmp_path / "a.gpkg", TOWN)
    before = sorted(tmp_path.iterdir())

    class Impatient(Silent):
        def update(self, fraction, mpx_per_s=None):
            if fraction > 0.5:
                raise CancelledError()

    with pytest.raises(CancelledError):
        compare_networks.run(CompareNetworks(both, both, report=str(tmp_path / "r.html")), Impatient())
    assert sorted(tmp_path.iterdir()) == before


def test_progress_only_grows(tmp_path, compared):
    both, progress = layer(tmp_path / "a.gpkg", TOWN), Recorder()
    compared(both, both, progress)
    assert progress.fractions == sorted(progress.fractions) and progress.fractions[-1] == 1
    assert any(line.startswith("APLS 1.000, F1 1.000, TOPO 1.000") for line in progress.logs)


def test_only_what_is_asked_for_is_made(tmp_path):
    both = layer(tmp_path / "a.gpkg", TOWN)
    outcome = compare_networks.run(CompareNetworks(both, both, missed=str(tmp_path / "missed.geojson")), Silent())
    assert outcome.outputs == {"missed": str(tmp_path / "missed.geojson")}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gpkg", "missed.geojson", "missed.qml"]


def test_places_rounded_to_degrees_still_meet(tmp_path, compared):
    """GeoJSON of six decimals: ends lie beside the lines on which they should end, by up to some centimetres."""
    assert line_graph.TOUCH_M == 0.1
    streets = [
        [(0, 0), (413, 57)],
        *[[(413 * share, 57 * share), (413 * share - 30, 57 * share + 200)] for share in SHARES],
    ]
    path = tmp_path / "a.geojson"
    shapes = [
        shapely.LineString(np.column_stack(transform("EPSG:32631", "EPSG:4326", *place(line)))) for line in streets
    ]
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": np.round(shape.coords, 6).tolist()},
        }
        for shape in shapes
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert compared(str(path), str(path))["components"]["reference"] == 1


SHARES = [0.1, 0.23, 0.5, 0.77, 0.91]


def place(line):
    return (np.array(line) + (EAST, NORTH)).T
