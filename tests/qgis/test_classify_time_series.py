"""The algorithm that classifies time series: what it offers, asks for and refuses."""

import json

import pytest


@pytest.fixture
def series_model(home):
    """A model of three dates beside the one of single images."""
    card = json.loads((home / "models" / "stub-landuse" / "card.json").read_text())
    card["id"] = "stub-series"
    card["properties"]["mlm:input"][0]["terraloom:days"] = [0, 10, 40]
    folder = home / "models" / "stub-series"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"not a network")
    (folder / "card.json").write_text(json.dumps(card))
    return folder / "model.onnx"


@pytest.fixture
def made(series_model, algorithm):
    return algorithm("classifytimeseries")


def test_only_models_of_series_are_offered(made, algorithm):
    assert made.parameterDefinition("MODEL").options() == ["stub-series"]
    assert algorithm("applymodel").parameterDefinition("MODEL").options() == ["stub-landuse", "stub-series"]


def test_its_parameters_and_results_are_those_of_the_contract(made):
    names = {definition.name() for definition in made.parameterDefinitions()}
    assert {"SERIES", "MODEL", "MODEL_FILE", "EXTENT", "MASK", "BANDS", "SCALE", "SEAMS", "RESUME"} <= names
    assert {"MIN_AREA", "SMOOTH", "THRESHOLD"} <= names
    results = {definition.name(): definition.createByDefault() for definition in made.destinationParameterDefinitions()}
    beside = ("POLYGONS", "AREAS", "CONFIDENCE", "PROBABILITIES")
    assert results == {"OUTPUT": True, **dict.fromkeys(beside, False)}
    assert "INPUT" not in names


def test_the_dates_become_a_request_in_their_order(
    made, worker, series_model, make_raster, tmp_path, context, feedback
):
    dates = [make_raster(f"{name}.tif") for name in "cab"]
    results, succeeded = made.run(
        {"SERIES": dates, "MODEL": "stub-series", "OUTPUT": str(tmp_path / "map.tif"), "BANDS": "red=3"},
        context,
        feedback,
        catchExceptions=False,
    )
    assert succeeded and results["OUTPUT"] == str(tmp_path / "map.tif")
    assert worker.tasks == ["classify_time_series"]
    assert worker.request.run.inputs == tuple(dates)
    assert worker.request.run.model == str(series_model)
    assert worker.request.run.bands[0].raster_band == 3


def test_what_makes_a_readable_map_reaches_the_worker(made, worker, make_raster, tmp_path, context, feedback):
    files = {name: str(tmp_path / f"{name.lower()}.gpkg") for name in ("POLYGONS", "AREAS")}
    given = {"SERIES": [make_raster()], "MODEL": "stub-series", **files, "MIN_AREA": 250, "SMOOTH": 12.5}
    made.run({**given, "THRESHOLD": 0.6}, context, feedback, catchExceptions=False)
    asked = worker.request
    assert (asked.generalisation.min_area_m2, asked.generalisation.smooth_m) == (250, 12.5)
    assert asked.run.card.threshold == 0.6
    assert asked.targets.made == {name.lower(): path for name, path in files.items()}
    made.run(given, context, feedback, catchExceptions=False)
    assert worker.request.run.card.threshold is None


def test_it_asks_as_other_class_maps_do(made, algorithm):
    """Ids, labels, help and order of what is not its own are those of *Segment land use*."""
    own = {"INPUT", "SERIES", "MODEL", "OUTPUT"}
    asked, there = (
        [
            (each.name(), each.help(), each.name() in ("POLYGONS", "AREAS") or each.description())
            for each in of.parameterDefinitions()
            if each.name() not in own
        ]
        for of in (made, algorithm("segmentlanduse"))
    )
    assert asked == there


def test_a_folder_stands_for_its_rasters_by_name(made, worker, make_raster, tmp_path, context, feedback):
    folder = tmp_path / "dates"
    folder.mkdir()
    dates = [make_raster(f"dates/{name}.tif") for name in ("2020-02-01", "2020-01-01", "2020-03-01")]
    parameters = {"SERIES": [str(folder)], "MODEL": "stub-series", "OUTPUT": "TEMPORARY_OUTPUT"}
    assert made.checkParameterValues(parameters, context)[0]
    made.run(parameters, context, feedback, catchExceptions=False)
    assert worker.request.run.inputs == tuple(sorted(dates))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"MODEL": "stub-landuse"}, "There is no model stub-landuse for this task. Installed are: stub-series"),
        ({"SERIES": []}, "no input raster"),
        ({"OUTPUT": ""}, "No result is asked for"),
        ({"SMOOTH": 5}, "SMOOTH is 5 m, but no POLYGONS are asked for"),
        ({"SERIES": ["/nowhere.tif"]}, "SERIES is /nowhere.tif, which QGIS cannot open"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(made, worker, make_raster, context, changes, words):
    parameters = {"SERIES": [make_raster()], "MODEL": "stub-series", "OUTPUT": "TEMPORARY_OUTPUT", **changes}
    able, said = made.checkParameterValues(parameters, context)
    assert not able and words in said
    assert worker.tasks == []


def test_without_an_installed_model_a_file_will_do(home, algorithm, worker, make_raster, tmp_path, context, feedback):
    made = algorithm("classifytimeseries")
    assert made.parameterDefinition("MODEL").options() == []
    parameters = {"SERIES": [make_raster()], "OUTPUT": "TEMPORARY_OUTPUT"}
    able, said = made.checkParameterValues(parameters, context)
    assert not able and "No model is installed for this task" in said
    (tmp_path / "own.onnx").write_bytes(b"")
    made.run({**parameters, "MODEL_FILE": str(tmp_path / "own.onnx")}, context, feedback, catchExceptions=False)
    assert worker.request.run.model == str(tmp_path / "own.onnx")
