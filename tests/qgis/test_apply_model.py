"""Applying a detector as its dialog does: polygons are asked for, and a map by itself."""

import json

import pytest
from qgis.core import QgsProcessingOutputLayerDefinition
from terraloom.engine.library.installed import find_model
from terraloom.engine.outcome import Outcome


@pytest.fixture
def given(home, make_raster):
    """A detector among the models, and the parameters that choose it."""
    card = json.loads((home / "models" / "stub-landuse" / "card.json").read_text())
    card["id"] = "stub-detector"
    card["properties"] |= {"mlm:tasks": ["object-detection"], "terraloom:detection": {}}
    folder = home / "models" / "stub-detector"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"not a network")
    (folder / "card.json").write_text(json.dumps(card))
    return {"INPUT": make_raster(), "MODEL": "stub-detector", "OUTPUT": "TEMPORARY_OUTPUT"}


class Detecting:
    """Stands in for the worker: leaves a spare map out, as the job does."""

    def __call__(self, python, task, request, progress, is_cancelled):
        return Outcome(request.targets_of(find_model("stub-detector", ("object-detection",)).card).made, {"objects": 3})


def test_a_map_that_nobody_named_is_left_out_and_not_loaded(algorithm, given, context, feedback, monkeypatch, tmp_path):
    from terraloom.engine.worker import pool

    monkeypatch.setattr(pool, "run_task", Detecting())
    found = str(tmp_path / "found.gpkg")
    asked = {**given, "POLYGONS": found}
    for name in ("OUTPUT", "POLYGONS"):
        asked[name] = QgsProcessingOutputLayerDefinition(asked[name], context.project())
    results, succeeded = algorithm("applymodel").run(asked, context, feedback, catchExceptions=False)
    assert succeeded and results["POLYGONS"] == found and results["OBJECTS"] == 3 and "OUTPUT" not in results
    assert list(context.layersToLoadOnCompletion()) == [found]


def test_layers_of_other_steps_are_loaded_all_the_same(algorithm, given, context, feedback, monkeypatch, tmp_path):
    from terraloom.engine.worker import pool

    monkeypatch.setattr(pool, "run_task", lambda *_: Outcome({"output": str(tmp_path / "map.tif")}, {}))
    project, places = context.project(), [str(tmp_path / name) for name in ("map.tif", "found.gpkg")]
    wanted, found = (QgsProcessingOutputLayerDefinition(place, project) for place in places)
    step = {"INPUT": given["INPUT"], "MODEL": "stub-landuse", "OUTPUT": wanted}
    algorithm("segmentlanduse").run(step, context, feedback, catchExceptions=False)
    monkeypatch.setattr(pool, "run_task", Detecting())
    algorithm("applymodel").run({**given, "POLYGONS": found}, context, feedback, catchExceptions=False)
    assert sorted(context.layersToLoadOnCompletion()) == sorted(places)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "gives POLYGONS only"),
        ({"POLYGONS": "TEMPORARY_OUTPUT", "OUTPUT": "map.tif"}, "gives POLYGONS only"),
        ({"POLYGONS": "TEMPORARY_OUTPUT", "MIN_AREA": 5}, "MIN_AREA would do nothing"),
        ({"POLYGONS": "TEMPORARY_OUTPUT"}, ""),
    ],
)
def test_what_an_installed_detector_does_not_give_is_refused_before_it_starts(
    algorithm, given, context, tmp_path, changes, words, without_window
):
    if "OUTPUT" in changes:
        changes = {**changes, "OUTPUT": str(tmp_path / "map.tif")}
    accepted, sentence = algorithm("applymodel").checkParameterValues({**given, **changes}, context)
    assert accepted == (not words) and words in sentence
