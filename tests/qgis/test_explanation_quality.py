"""Judging explanations from QGIS: the dialog's values reach the worker, and figures and pages come back."""

import json

import pytest
from osgeo import ogr, osr

pytest_plugins = ["real_worker"]

UTM = "EPSG:32631"
FIGURES = {"deletion_auc": 0.25, "insertion_auc": 0.75, "randomisation": 0.5, "infidelity_share": 0.125, "places": 2}


@pytest.fixture
def asked(stand_in):
    return stand_in("explanation_quality", FIGURES)


@pytest.fixture
def run(algorithm, context, feedback, tmp_path):
    def start(**given):
        parameters = {"METRICS": str(tmp_path / "q.json"), **given}
        made = algorithm("explanationquality")
        accepted, sentence = made.checkParameterValues(parameters, context)
        assert accepted, sentence
        results, succeeded = made.run(parameters, context, feedback, catchExceptions=False)
        assert succeeded, feedback.errors
        return results

    return start


def test_parameters_become_a_request_and_figures_come_back(run, asked, make_raster, make_polygons, tmp_path):
    source, page = make_raster(), str(tmp_path / "q.html")
    results = run(
        INPUT=[source],
        LOCATION=make_polygons(),
        TARGET_CLASS="Water",
        SCORE="logit",
        METHOD=["lime", "occlusion"],
        MEASURES=["deletion", "infidelity"],
        BASELINE="blur",
        SAMPLES=40,
        SEED=7,
        REPORT=page,
    )
    (request,) = asked.requests
    assert request.run.inputs == (source,) and request.question.place.layer
    assert (request.question.target_class, request.question.score) == ("Water", "logit")
    assert [each.name for each in request.methods] == ["lime", "occlusion"]
    assert all((each.baseline, each.samples, each.seed) == ("blur", 40, 7) for each in request.methods)
    assert request.measures == ("deletion", "infidelity")
    assert results == {
        "METRICS": str(tmp_path / "q.json"),
        "REPORT": page,
        "DELETION_AUC": 0.25,
        "INSERTION_AUC": 0.75,
        "RANDOMISATION": 0.5,
        "INFIDELITY": 0.125,
    }


def test_one_method_may_be_a_word_and_all_measures_are_usual(run, asked, make_raster):
    run(INPUT=[make_raster()], LOCATION=f"500001,5699998 [{UTM}]", METHOD="shap")
    (request,) = asked.requests
    assert [each.name for each in request.methods] == ["shap"] and len(request.measures) == 5
    assert request.question.place.point == (500001, 5699998)
    run(INPUT=[make_raster()], POINT=f"500001,5699998 [{UTM}]")
    assert [each.name for each in asked.requests[1].methods] == ["occlusion"]


def test_images_of_sensors_are_handed_on_as_for_explaining(run, asked, make_raster):
    radar, before = make_raster("sar.tif"), make_raster("before.tif")
    run(SAR=[radar], OPTICAL_BEFORE=[before], SAR_UNIT="linear", POINT=f"500001,5699998 [{UTM}]")
    run(INPUT=[radar], POINT=f"500001,5699998 [{UTM}]")
    fused, plain = asked.requests
    assert (fused.run.inputs, fused.run.further_inputs) == ((), ((radar,), (before,), ()))
    assert (fused.sar_unit, plain.sar_unit) == ("linear", "")


def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, make_raster, tmp_path):
    def refused(words, **given):
        parameters = {"METRICS": str(tmp_path / "q.json"), "INPUT": [make_raster()], **given}
        accepted, sentence = algorithm("explanationquality").checkParameterValues(parameters, context)
        assert not accepted and words in sentence, sentence
        assert asked.requests == []

    point = f"500001,5699998 [{UTM}]"
    refused("judged at places")
    refused("INPUT and SAR are both given", POINT=point, SAR=[make_raster()])
    refused("INPUT_2 and SAR are both given", POINT=point, INPUT=None, INPUT_2=[make_raster()], SAR=[make_raster()])
    refused("SAR_UNIT is linear, which is read for SAR", POINT=point, SAR_UNIT="linear")
    refused("There is no input raster", POINT=point, INPUT=None)
    refused("which needs the packages for learning", POINT=point, METHOD=["occlusion", "saliency"])
    refused("WINDOW would do nothing", POINT=point, METHOD=["saliency"], WINDOW=4)
    refused("BASELINE is value", POINT=point, BASELINE="value")
    refused("BASELINE would do nothing", POINT=point, METHOD=["saliency"], MEASURES=["maxsensitivity"], BASELINE="blur")
    refused("Choose METRICS, REPORT or both", POINT=point, METRICS="")


def test_places_are_judged_by_the_real_worker(front_door, samples, tmp_path):
    """Two measures at two points of the made-up landscape, with the bundled model."""
    places = tmp_path / "places.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(places))
    world = osr.SpatialReference()
    world.ImportFromEPSG(32631)
    layer = source.CreateLayer("places", world, ogr.wkbPoint)
    for x, y in ((500090, 4999980), (500040, 4999950)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
        layer.CreateFeature(feature)
    del feature, layer, source
    values = {
        "INPUT": samples / "image.tif",
        "MODEL": "landuse-vhr",
        "LOCATION": places,
        "METHOD": ["occlusion"],
        "MEASURES": ["deletion", "randomisation"],
        "METRICS": tmp_path / "q.json",
        "REPORT": tmp_path / "q.html",
    }
    ended = front_door.run("terraloom:explanationquality", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    figures = json.loads((tmp_path / "q.json").read_text("utf-8"))
    assert [each["method"] for each in figures["methods"]] == ["occlusion"]
    for each in figures["methods"]:
        assert each["deletion_auc"]["places"] == 2 and 0 <= each["randomisation"]["mean"] <= 1
    assert results["DELETION_AUC"] == pytest.approx(figures["methods"][0]["deletion_auc"]["mean"])
    assert "MAX_SENSITIVITY" not in results
    page = (tmp_path / "q.html").read_text("utf-8")
    assert "Occlusion" in page and "Places" in page and "Random order" in page
