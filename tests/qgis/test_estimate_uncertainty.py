"""Uncertainty from QGIS: the dialog's values reach the worker, figures and styled maps come back."""

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProject
from radar_scenes import SIDE_PX, radar

pytest_plugins = ["real_worker"]

FLOOD = str(Path(__file__).resolve().parents[2] / "models" / "bundled" / "flood-s1s2" / "model.onnx")

FIGURES = {
    **{"mean_entropy": 0.25, "mean_mutual_information": 0.1, "mean_confidence": 0.9, "aurc": 0.05, "aurc_low": 0.03},
    "unfamiliar_share": 0.5,
}


@pytest.fixture
def asked(stand_in):
    return stand_in("estimate_uncertainty", FIGURES)


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("estimateuncertainty").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded, feedback.errors
        return results

    return start


@pytest.fixture
def networks(tmp_path):
    """Files that stand for two networks."""
    paths = [tmp_path / name for name in ("a.onnx", "b.onnx")]
    for path in paths:
        path.write_bytes(b"not a network")
    return [str(path) for path in paths]


def test_defaults_ask_the_installed_model_once(run, asked, make_raster):
    results = run(INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")
    (request,) = asked.requests
    assert Path(request.run.model).parent.name == "stub-landuse"
    assert (request.method, request.further_models, request.samples, request.seed) == ("entropy", (), 20, 0)
    assert not request.truth.path and not request.targets.report
    assert results["MEAN_ENTROPY"] == 0.25 and results["MEAN_MUTUAL_INFORMATION"] == 0.1 and results["AURC"] == 0.05
    assert results["AURC_LOW"] == 0.03 and "AURC_HIGH" not in results  # of few pixels it is not known
    assert results["UNFAMILIAR_SHARE"] == 0.5


def test_parameters_of_an_ensemble_become_a_request(run, asked, make_raster, make_polygons, networks, tmp_path):
    places = {"OUTPUT": str(tmp_path / "u.tif"), "REPORT": str(tmp_path / "u.html")}
    source, truth = make_raster(), make_polygons("truth.gpkg")
    given = {"TEST_TIME_AUGMENTATION": "flips", "TILE_SIZE": 64, "SEED": 0, "SAMPLES": 20}  # as the dialog leaves them
    results = run(
        INPUT=source,
        MODEL_FILES=networks,
        METHOD="ensemble",
        REFERENCE=truth,
        CLASS_FIELD="class",
        **given,
        **places,
    )
    (request,) = asked.requests
    assert (request.run.model, request.further_models) == (networks[0], (networks[1],))
    assert (request.run.turns, request.run.tile_size, request.seed, request.samples) == ("flips", 64, 0, 20)
    assert (request.truth.path, request.truth.class_field, request.truth.is_raster) == (truth, "class", False)
    assert {name: results[name] for name in places} == places


def test_draws_and_seed_of_mcdropout_become_a_request(run, asked, make_raster, networks, monkeypatch):
    from terraloom.engine.environment import state

    monkeypatch.setattr(state, "problem", lambda tier: None)
    given = {"METHOD": "mcdropout", "MODEL_FILES": networks[:1], "SEED": 3, "SAMPLES": 7}
    run(INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT", **given)
    (request,) = asked.requests
    assert (request.method, request.seed, request.samples) == ("mcdropout", 3, 7)
    assert (request.run.model, request.further_models) == (networks[0], ())


def test_images_of_sensors_are_handed_on_as_for_explaining(run, asked, make_raster):
    radar, before = make_raster("sar.tif"), make_raster("before.tif")
    run(SAR=[radar], OPTICAL_BEFORE=[before], SAR_UNIT="linear", MODEL_FILES=FLOOD, OUTPUT="TEMPORARY_OUTPUT")
    run(INPUT=[radar], OUTPUT="TEMPORARY_OUTPUT")
    fused, plain = asked.requests
    assert (fused.run.inputs, fused.run.further_inputs) == ((), ((radar,), (before,), ()))
    assert (plain.run.inputs, plain.run.further_inputs) == ((radar,), ())
    assert (fused.sar_unit, plain.sar_unit) == ("linear", "")


def test_a_raster_may_be_the_reference(run, asked, make_raster):
    asked.figures = {"mean_entropy": 0.25}
    results = run(INPUT=make_raster(), REFERENCE=make_raster("truth.tif", bands=1), REPORT="TEMPORARY_OUTPUT")
    (request,) = asked.requests
    assert request.truth.is_raster and request.truth.path.endswith("truth.tif") and not request.truth.class_field
    assert request.targets.report.endswith(".html") and not request.targets.output
    assert results.keys() == {"REPORT", "MEAN_ENTROPY"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"METHOD": "ensemble"}, "METHOD is ensemble, which needs two models or more"),
        ({"MODEL_FILES": "{networks}"}, "METHOD is entropy, which asks one model, and MODEL_FILES holds 2"),
        ({"MODEL_FILES": "none.onnx"}, "There is no model file none.onnx. Check MODEL_FILES."),
        ({"METHOD": "mcdropout"}, "The packages for learning are not installed"),
        ({"METHOD": "mcdropout", "PRECISION": "bf16"}, "PRECISION is bf16"),
        ({"SAMPLES": 7}, "METHOD is entropy, for which SAMPLES would do nothing"),
        ({"METHOD": "tta", "SEED": 3}, "METHOD is tta, for which SEED would do nothing"),
        (
            {"METHOD": "ensemble", "MODEL_FILES": "{networks}", "SEED": 3, "SAMPLES": 7},
            "METHOD is ensemble, for which SAMPLES, SEED would do nothing",
        ),
        ({"REFERENCE": "none.gpkg"}, "REFERENCE is none.gpkg, which QGIS cannot open"),
        ({"REFERENCE": "{polygons}"}, "CLASS_FIELD is empty"),
        ({"REFERENCE": "{polygons}", "CLASS_FIELD": "kind"}, "no such field. It has fid, class."),
        ({"CLASS_FIELD": "class"}, "there is no REFERENCE"),
        ({"REFERENCE": "{polygons}", "CLASS_FIELD": "class", "OUTPUT": "{polygons}"}, "cannot be written as"),
        ({"REFERENCE": "{raster}", "OUTPUT": "{raster}"}, "is also an input"),
        ({"OUTPUT": None}, "No result is asked for"),
        ({"INPUT": None}, "There is no input raster"),
        ({"SAR": "{raster}"}, "INPUT and SAR are both given"),
        ({"INPUT": None, "INPUT_2": "{raster}", "SAR_BEFORE": "{raster}"}, "INPUT_2 and SAR_BEFORE are both given"),
        ({"SAR_UNIT": "db"}, "SAR_UNIT is db, which is read for SAR and SAR_BEFORE alone"),
        ({"INPUT": None, "SAR": "{raster}", "OUTPUT": "{raster}"}, "is also an input"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(
    algorithm, context, asked, make_raster, make_polygons, networks, given, words
):
    stand_ins = {
        "{networks}": networks,
        "{polygons}": make_polygons("truth.gpkg"),
        "{raster}": make_raster("truth.tif", bands=1),
    }
    parameters = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT", **given}
    parameters = {
        name: stand_ins.get(value, value) if isinstance(value, str) else value for name, value in parameters.items()
    }
    accepted, sentence = algorithm("estimateuncertainty").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_an_installed_model_without_dropout_is_refused_at_once(algorithm, context, asked, make_raster, monkeypatch):
    from terraloom.engine.environment import state

    monkeypatch.setattr(state, "problem", lambda tier: None)
    parameters = {"INPUT": make_raster(), "METHOD": "mcdropout", "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = algorithm("estimateuncertainty").checkParameterValues(parameters, context)
    assert not accepted and "stub-landuse has no dropout" in sentence


def test_uncertainty_is_estimated(front_door, samples, tmp_path):
    """With the real worker: turns of a network that looks at single pixels agree; polygons tell the risk."""
    values = {
        "INPUT": samples / "image.tif",
        "MODEL_FILES": samples / "segment.onnx",
        "METHOD": "tta",
        "TILE_SIZE": 100,
        "OUTPUT": tmp_path / "u.tif",
        "REPORT": tmp_path / "u.html",
    }
    ended = front_door.run("terraloom:estimateuncertainty", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    made = gdal.Open(results["OUTPUT"])
    bands = [made.GetRasterBand(number) for number in (1, 2, 3)]
    assert [band.GetDescription() for band in bands] == ["entropy", "mutual information", "confidence"]
    entropy, disagreement, confidence = (band.ReadAsArray() for band in bands)
    assert results["MEAN_ENTROPY"] == pytest.approx(float(entropy.mean()), abs=1e-5)
    assert disagreement.max() < 1e-5 and np.isfinite(confidence).all() and confidence.min() > 1 / 3 - 1e-6
    assert results["MEAN_MUTUAL_INFORMATION"] == pytest.approx(0, abs=1e-5)
    assert "How to read it" in (tmp_path / "u.html").read_text("utf-8")


def test_radar_alone_is_enough_for_the_flood_model(front_door, tmp_path):
    """In decibels, before and after: 64 columns are flooded, sure but at the shores."""
    given = {
        "SAR": radar(tmp_path / "S1_20240605.tif", 96),
        "SAR_BEFORE": radar(tmp_path / "S1_20240524.tif", 32),
        "MODEL": "flood-s1s2",
        "METHOD": "tta",
        "OUTPUT": tmp_path / "u.tif",
        "REPORT": tmp_path / "u.html",
    }
    ended = front_door.run("terraloom:estimateuncertainty", given, ["--json"])
    assert ended.code == 0, ended.complained
    entropy, disagreement, confidence = gdal.Open(str(tmp_path / "u.tif")).ReadAsArray()
    assert entropy.shape == (SIDE_PX, SIDE_PX) and disagreement.min() > -1e-6
    assert entropy[:, 130:].mean() < entropy[:, 92:100].mean() and confidence[:, 130:].mean() > 0.9
    page = (tmp_path / "u.html").read_text("utf-8")
    assert page.count('src="data:image/png;base64,') == 4 and "Values of the radar images" in page


def softmax(scores):
    """Probability per class of `(classes, rows, cols)`."""
    raised = np.exp(scores - scores.max(axis=0))
    return raised / raised.sum(axis=0)


def entropy_of(probability):
    """Entropy over that of three classes that are as probable, `(rows, cols)`."""
    return -(probability * np.log(np.maximum(probability, 1e-30))).sum(axis=0) / np.log(3)


def test_an_ensemble_disagrees_as_it_does_by_hand(front_door, samples, tmp_path):
    """Two networks whose scores are the bands of the image, one of which is milder."""
    values = {
        "INPUT": samples / "image.tif",
        "MODEL_FILES": [samples / "segment.onnx", samples / "milder.onnx"],
        "METHOD": "ensemble",
        "TILE_SIZE": 100,
        "OUTPUT": tmp_path / "u.tif",
        "REPORT": tmp_path / "u.html",
    }
    ended = front_door.run("terraloom:estimateuncertainty", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    scores = gdal.Open(str(samples / "image.tif")).ReadAsArray().astype(float)
    said = softmax(scores), softmax(scores / 30)
    entropy = entropy_of((said[0] + said[1]) / 2)
    disagreement = entropy - (entropy_of(said[0]) + entropy_of(said[1])) / 2
    found = gdal.Open(results["OUTPUT"]).ReadAsArray()
    np.testing.assert_allclose(found[0], entropy, atol=1e-4)
    np.testing.assert_allclose(found[1], disagreement, atol=1e-4)
    assert results["MEAN_MUTUAL_INFORMATION"] == pytest.approx(disagreement.mean(), abs=1e-4)
    assert disagreement.mean() > 0.02
    page = (tmp_path / "u.html").read_text("utf-8")
    assert page.count('src="data:image/png;base64,') == 4
    assert "Only milder.onnx was calibrated, segment.onnx was not" in page


def test_a_copy_is_no_further_model(front_door, samples, tmp_path):
    copy = tmp_path / "copy.onnx"
    copy.write_bytes((samples / "segment.onnx").read_bytes())
    values = {"INPUT": samples / "image.tif", "METHOD": "ensemble", "OUTPUT": tmp_path / "u.tif"}
    ended = front_door.run("terraloom:estimateuncertainty", {**values, "MODEL_FILES": [samples / "segment.onnx", copy]})
    assert ended.code != 0 and "are the same model, byte for byte" in ended.said + ended.complained
    assert list(tmp_path.iterdir()) == [copy]


@pytest.fixture(scope="module")
def with_dropout(write_with_worker, tmp_path_factory):
    """Folder of a network with dropout and an image for it; skips where the packages for learning are missing."""
    from terraloom.engine.environment import state

    problem = state.problem("learn")
    if problem is not None:
        pytest.skip(str(problem))
    folder = tmp_path_factory.mktemp("dropout")
    write_with_worker("dropout_toys.py", folder)
    return folder


def test_draws_with_dropout_disagree_and_come_again_with_their_seed(front_door, with_dropout, tmp_path):
    given = {"INPUT": with_dropout / "series.tif", "MODEL_FILES": with_dropout / "series.onnx", "METHOD": "mcdropout"}
    found = []
    for number, seed in enumerate((3, 3, 4)):
        target = tmp_path / f"{number}.tif"
        values = {**given, "SAMPLES": 4, "SEED": seed, "OUTPUT": target}
        ended = front_door.run("terraloom:estimateuncertainty", values, ["--json"])
        assert ended.code == 0, ended.complained
        found.append(gdal.Open(str(target)).ReadAsArray())
        disagreement = json.loads(ended.said)["results"]["MEAN_MUTUAL_INFORMATION"]
        assert disagreement == pytest.approx(float(found[-1][1].mean()), abs=1e-5) and disagreement > 0.01
    np.testing.assert_array_equal(found[0], found[1])
    assert not np.allclose(found[0], found[2])


def test_models_of_unlike_classes_are_refused_by_the_worker(front_door, samples, tmp_path):
    from terraloom.engine.library.installed import BUNDLED

    files = [samples / "segment.onnx", BUNDLED / "landuse-vhr" / "model.onnx"]
    values = {"INPUT": samples / "image.tif", "MODEL_FILES": files, "METHOD": "ensemble", "OUTPUT": tmp_path / "u.tif"}
    ended = front_door.run("terraloom:estimateuncertainty", values)
    assert ended.code != 0 and "the classes of toy are not those of landuse-vhr" in ended.said + ended.complained
    assert list(tmp_path.iterdir()) == []


def test_the_map_appears_in_its_style(in_qgis, load_results, samples, tmp_path):
    """Coloured by entropy from 0 to 1, named after the image."""
    parameters = {"INPUT": str(samples / "image.tif"), "MODEL_FILES": [str(samples / "segment.onnx")]}
    load_results("terraloom:estimateuncertainty", {**parameters, "OUTPUT": str(tmp_path / "u.tif")})
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "Uncertainty: image" and layer.bandCount() == 2
    renderer = layer.renderer()
    assert renderer.type() == "singlebandpseudocolor" and renderer.band() == 1
    assert (renderer.classificationMin(), renderer.classificationMax()) == (0, 1)
