"""What the modeler hands over otherwise than dialogs do: steps without results, inputs of several sources."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProject,
    QgsVectorLayer,
)
from terraloom.engine.library.installed import find_model
from terraloom.engine.outcome import Outcome
from terraloom.engine.worker import pool

PLACE = {"POINT": "500001,5699998 [EPSG:32631]", "METHOD": "occlusion"}


def install(home, name, *classes, **properties):
    """Put a model into a home: the stub's card with other classes."""
    card = json.loads((home / "models" / "stub-landuse" / "card.json").read_text())
    card["id"] = name
    card["properties"] |= properties
    card["properties"]["mlm:output"][0]["classification:classes"] = [
        {"value": value, "name": title} for value, title in enumerate(classes)
    ]
    folder = home / "models" / name
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"not a network")
    (folder / "card.json").write_text(json.dumps(card))


@pytest.fixture
def given(home, make_raster, tmp_path):
    """What each step is given: files, or models that are installed."""
    install(home, "own-flood", "dry", "flooded")
    install(home, "own-glacier", "ice", "sea", "front")
    detecting = {"mlm:tasks": ["object-detection"], "terraloom:detection": {}}
    install(home, "own-detector", "tree", "roof", **detecting)
    lines = {"type": "LineString", "coordinates": [[3.0, 51.4], [3.1, 51.5]]}
    roads = tmp_path / "roads.geojson"
    features = [{"type": "Feature", "properties": {}, "geometry": lines}]
    roads.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    files = {name: make_raster(f"{name}_2020-0{month}-01.tif") for month, name in enumerate("abc", 1)}
    return {**files, "series": [files["a"], files["b"]], "roads": str(roads)}


def test_a_file_gives_figures_whatever_it_is_for(algorithm, stand_in, given, context, feedback, tmp_path):
    """TASK had to be set for a detector, and was refused where the file says itself what it is for."""
    own = tmp_path / "own.onnx"
    own.write_bytes(b"not a network")
    worker = stand_in("apply_model", {"objects": 3})
    asked = {"INPUT": given["a"], "MODEL_FILE": str(own)}
    results, succeeded = algorithm("applymodel").run(asked, context, feedback, catchExceptions=False)
    assert succeeded and results == {"OBJECTS": 3}
    request = worker.requests[-1]
    for task, made in (("object-detection", "areas"), ("regression", "output")):
        card = find_model("stub-landuse").card
        assert list(request.targets_of(replace(card, task=task)).made) == [made]


@pytest.mark.parametrize(
    ("name", "task", "figure", "made", "parameters"),
    [
        ("segmentlanduse", "segment_land_use", "AREA_HA", "output", {"INPUT": "a"}),
        ("applymodel", "apply_model", "AREA_HA", "output", {"INPUT": "a", "MODEL": "stub-landuse"}),
        ("applymodel", "apply_model", "OBJECTS", "areas", {"INPUT": "a", "MODEL": "own-detector"}),
        ("detectevents", "detect_events", "EVENT_AREAS", "polygons", {"SERIES": "series", "EVENT": "flood"}),
        ("detectevents", "detect_events", "MOVED_M", "front", {"SERIES": "series", "EVENT": "glacierfront"}),
        ("estimateuncertainty", "estimate_uncertainty", "MEAN_ENTROPY", "output", {"INPUT": "a"}),
        ("explainprediction", "explain_prediction", "SIMILARITY", "report", {"INPUT": "a", **PLACE}),
        ("explanationquality", "explanation_quality", "INFIDELITY", "metrics", {"INPUT": "a", **PLACE}),
        ("checkphysics", "check_physics", "MEAN_RESIDUAL", "metrics", {"PREDICTION": "a", "DEM": "b"}),
        ("comparenetworks", "compare_networks", "APLS", "metrics", {"PREDICTION": "roads", "REFERENCE": "roads"}),
        (
            "reportevidence",
            "report_evidence",
            "UNSURE_SHARE",
            "report",
            {"PREDICTION": "a", "UNCERTAINTY": "b", "IMAGE": "c"},
        ),
    ],
)
def test_a_step_that_only_gives_figures_runs(
    provider, stand_in, given, context, feedback, name, task, figure, made, parameters
):
    made_by_step = provider.algorithm(name)
    told_as = {each.output: each.told_as or each.output.lower() for each in made_by_step.figures()}
    worker = stand_in(task, {told_as[figure]: 0.25})
    step = QgsProcessingModelChildAlgorithm(f"terraloom:{name}")
    step.setChildId("step")
    for parameter, value in parameters.items():
        source = QgsProcessingModelChildParameterSource.fromStaticValue(given.get(value, value))
        step.addParameterSources(parameter, [source])
    model = QgsProcessingModelAlgorithm("figures", "test")
    model.addChildAlgorithm(step)
    results, succeeded = model.run({}, context, feedback, catchExceptions=False)
    assert succeeded, feedback.errors
    (request,) = worker.requests
    assert [place.split(".")[-2].rpartition("/")[2] for place in request.outputs] == [made.upper()]
    assert results["CHILD_RESULTS"]["step"] == {figure: 0.25}, "and nothing that nobody asked for"
    assert not context.layersToLoadOnCompletion()
    assert any("the figures are all that is kept" in told for told in feedback.infos)


def test_what_is_made_for_the_figures_alone_does_not_stay(
    algorithm, monkeypatch, worker, context, feedback, make_raster
):
    """A map of a whole image would lie in QGIS's temporary folder until QGIS ends."""
    made = []

    def answers(python, task, request, progress, is_cancelled):
        (place,) = map(Path, request.outputs)
        made.extend([place, place.with_suffix(".qml"), place.with_name(f"{place.name}.aux.xml")])
        for file in made:
            file.write_text("made")
        return Outcome({"output": str(place)}, {})

    monkeypatch.setattr(pool, "run_task", answers)
    _, succeeded = algorithm("segmentlanduse").run({"INPUT": make_raster()}, context, feedback, catchExceptions=False)
    assert succeeded and len(made) == 3 and not any(file.exists() for file in made)


def test_a_step_that_only_gives_figures_has_nothing_to_resume(algorithm, worker, context, feedback, make_raster):
    """It was told of a temporary file, which nobody had asked for."""
    asked = {"INPUT": make_raster(), "RESUME": True}
    _, succeeded = algorithm("segmentlanduse").run(asked, context, feedback)
    assert not succeeded and not worker.requests
    (told,) = feedback.errors
    assert "no result is asked for" in told and "Set RESUME to false, or ask for OUTPUT" in told
    assert "temporary" not in told


def test_rasters_of_several_sources_are_all_looked_at(algorithm, worker, context, feedback, make_raster, tmp_path):
    """A model makes lists in a list of them, of which QGIS takes those that it can open."""
    west, clip = make_raster("west.tif"), make_raster("clip.tif")
    asked = {"INPUT": [[west, str(tmp_path / "gone.tif")], clip], "OUTPUT": "TEMPORARY_OUTPUT"}
    _, succeeded = algorithm("segmentlanduse").run(asked, context, feedback)
    assert not succeeded and "gone.tif, which QGIS cannot open as a raster" in feedback.errors[0]
    folder = tmp_path / "scenes"
    folder.mkdir()
    inner = make_raster("scenes/east.tif")
    asked["INPUT"] = [[west, str(folder)], clip]
    _, succeeded = algorithm("segmentlanduse").run(asked, context, feedback, catchExceptions=False)
    assert succeeded and worker.request.run.inputs == (west, inner, clip)


def test_selected_labels_among_several_sources_stay_selected(
    algorithm, stand_in, context, feedback, make_raster, make_polygons, tmp_path
):
    layer = QgsVectorLayer(make_polygons(), "labels", "ogr")
    QgsProject.instance().addMapLayer(layer, False)
    layer.selectByIds([1])
    selected = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    asked = {"INPUT": make_raster(), "LABELS": [[selected]], "CLASS_FIELD": "class", "FOLDER": str(tmp_path / "chips")}
    worker = stand_in("make_training_chips", {})
    _, succeeded = algorithm("maketrainingchips").run(asked, context, feedback, catchExceptions=False)
    QgsProject.instance().clear()
    assert succeeded and QgsVectorLayer(worker.requests[0].features.path).featureCount() == 1
