"""The chains that come along know their steps, have plain names, and lead from labels to an assessed map."""

import json
import re
import sys
from pathlib import Path

import pytest
from front_door import RUN_S, wait
from osgeo import gdal, osr
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingModelAlgorithm, QgsVectorLayer
from terraloom.engine.environment import lock, state
from terraloom.processing_provider.provider import MODELER

pytest_plugins = ["real_worker"]

FILES = sorted(MODELER.glob("*.model3"))
ASKED_FOR = {("report", "REPORT")}
"""Results without which their step refuses what the chain gives it."""


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def chain(request, provider):
    made = QgsProcessingModelAlgorithm()
    assert made.fromFile(str(request.param))
    return made


def test_steps_are_ours_and_take_what_they_are_given(chain):
    steps = chain.childAlgorithms()
    assert len(steps) > 1
    for step in steps.values():
        algorithm = step.algorithm()
        assert algorithm is not None, step.algorithmId()
        known = {definition.name() for definition in algorithm.parameterDefinitions()}
        assert set(step.parameterSources()) <= known
        required = {
            definition.name()
            for definition in algorithm.parameterDefinitions()
            if not definition.flags() & definition.Flag.FlagOptional
            and definition.defaultValue() is None
            and not definition.isDestination()
        }
        assert required <= set(step.parameterSources()), step.description()


def test_every_result_comes_from_an_output_of_its_step(chain):
    results = [output for step in chain.childAlgorithms().values() for output in step.modelOutputs().values()]
    assert results
    for output in results:
        algorithm = chain.childAlgorithm(output.childId()).algorithm()
        assert algorithm.outputDefinition(output.childOutputName()) is not None


def test_what_a_later_step_takes_cannot_be_left_out(chain):
    steps = chain.childAlgorithms().values()
    sources = [source for step in steps for given in step.parameterSources().values() for source in given]
    taken = {(source.outputChildId(), source.outputName()) for source in sources}
    results = [output for step in steps for output in step.modelOutputs().values()]
    needed = [output for output in results if (output.childId(), output.childOutputName()) in taken | ASKED_FOR]
    assert needed
    for output in results:
        assert output.isMandatory() == (output in needed), output.name()


def test_the_provider_offers_them(provider):
    provider.refreshAlgorithms()
    names = [algorithm.name() for algorithm in provider.algorithms()]
    assert FILES
    for path in FILES:
        assert names.count(path.stem) == 1
        offered = provider.algorithm(path.stem)
        assert offered.outputDefinitions(), "its results are not known: it was read before its steps"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_names_are_plain_and_what_people_read_is_not(provider, path):
    provider.refreshAlgorithms()
    ours = {
        algorithm.groupId(): algorithm.group() for algorithm in provider.algorithms() if algorithm.name() != path.stem
    }
    made = QgsApplication.processingRegistry().createAlgorithmById(f"terraloom:{path.stem}")
    assert re.fullmatch("[a-z]+", made.name()) and made.id() == f"terraloom:{made.name()}"
    assert " " in made.displayName() and made.displayName()[0].isupper()
    assert (made.groupId(), made.group()) in ours.items()
    assert not made.icon().isNull()
    for definition in made.parameterDefinitions():
        assert re.fullmatch("([a-z]+:)?[A-Z_]+", definition.name())
        assert definition.description()[0].isupper() and definition.description() != definition.name()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_maps_come_before_areas_and_pages_and_all_is_explained(algorithm, provider, path):
    provider.refreshAlgorithms()
    made = algorithm(path.stem)
    results = [each for each in made.parameterDefinitions() if each.isDestination()]
    kinds = [("raster", "vector").index(kind) if kind in ("raster", "vector") else 2 for kind in map(kind_of, results)]
    assert results[0].name().endswith(":MAP") and kinds == sorted(kinds)
    outputs = [each.name() for each in made.outputDefinitions() if ":" in each.name()]
    assert {each.name() for each in results} <= set(outputs) and len(outputs) == len(set(outputs))
    for definition in made.parameterDefinitions():
        assert definition.help() or kind_of(definition) in ("raster", "file"), definition.name()


def kind_of(definition):
    return definition.type().removesuffix("Destination")


def test_from_labels_to_an_assessed_map_in_one_go(front_door, samples, own_library, tmp_path):
    """With the real worker: four runs in one."""
    results = {
        "train:MODEL": tmp_path / "mine.onnx",
        "train:TRAINING_REPORT": tmp_path / "training.html",
        "map:MAP": tmp_path / "map.tif",
        "assess:ACCURACY_REPORT": tmp_path / "accuracy.html",
    }
    given = {
        "INPUT": samples / "image.tif",
        "LABELS": samples / "labels.gpkg",
        "CLASS_FIELD": "kind",
        "REFERENCE": samples / "reference.gpkg",
        "REFERENCE_FIELD": "kind",
        "CHIP_SIZE": 32,
        "EPOCHS": 2,
        "NAME": "Field or soil",
    }
    process = front_door.start("terraloom:trainmapassess", {**given, **results}, ["--json"], own_library)
    ended = wait(process, 4 * RUN_S)
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    assert {name: told["results"][name] for name in results} == {name: str(path) for name, path in results.items()}
    assert all(path.stat().st_size for path in results.values())
    assert (Path(own_library["TERRALOOM_HOME"]) / "models" / "field-or-soil" / "card.json").is_file()
    (accuracy,) = re.findall(r"Overall accuracy ([\d.]+) %", "\n".join(told["log"]["info"]))
    assert float(accuracy) > 90


def test_the_least_certain_area_is_explained_and_none_below_the_smallest(front_door, samples, tmp_path):
    """With what is left out left out: a default that does not reach its step would let in specks of a pixel."""
    results = {
        "segment:AREAS": tmp_path / "areas.gpkg",
        "explain:EXPLANATION": tmp_path / "why.tif",
        "explain:EXPLANATION_REPORT": tmp_path / "why.html",
    }
    process = front_door.start("terraloom:explaintheleastcertain", {"INPUT": samples / "image.tif", **results})
    ended = wait(process, 2 * RUN_S)
    assert ended.code == 0, ended.complained
    areas = QgsVectorLayer(str(tmp_path / "areas.gpkg|layername=areas"))
    told = [(feature["confidence"], feature) for feature in areas.getFeatures()]
    assert len(told) > 1 and min(feature["area_m2"] for _, feature in told) >= 50
    least = min(told, key=lambda each: each[0])[1]
    page = (tmp_path / "why.html").read_text("utf-8")
    assert least["name"] in page and (tmp_path / "why.tif").stat().st_size
    pixels = round(least["area_m2"] / 0.25)
    assert re.search(rf"\b{pixels}\b", page.replace(",", "")), f"{pixels} pixels are not what was explained"


def test_where_no_flood_is_mapped_the_map_stays_and_it_is_said(front_door, tmp_path):
    """An explanation of nothing would end the chain with an error about a layer that the user never chose."""
    radar = tmp_path / "radar.tif"
    data = gdal.GetDriverByName("GTiff").Create(str(radar), 64, 64, 1)
    data.SetGeoTransform((500000, 10, 0, 5000000, 0, -10))
    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    data.SetProjection(system.ExportToWkt())
    data.WriteRaster(0, 0, 64, 64, bytes(150 + number % 17 for number in range(64 * 64)))
    data = None
    results = {
        "flood:MAP": tmp_path / "map.tif",
        "flood:AREAS": tmp_path / "areas.gpkg",
        "explain:EXPLANATION": tmp_path / "why.tif",
        "explain:EXPLANATION_REPORT": tmp_path / "why.html",
    }
    process = front_door.start("terraloom:whichsensordecided", {"SAR": radar, **results}, ["--json"])
    ended = wait(process, RUN_S)
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    texts = [text for kind in told["log"].values() for text in kind]  # an error to QGIS 3.22, a warning to later ones
    assert "No flood was mapped, so nothing is explained." in texts
    assert (tmp_path / "map.tif").stat().st_size and not (tmp_path / "why.tif").exists()
    assert "explain:EXPLANATION" not in told["results"]


@pytest.fixture
def offered(provider, home):
    provider.refreshAlgorithms()

    def find(name):
        return QgsApplication.processingRegistry().createAlgorithmById(f"terraloom:{name}")

    return find


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ({"flood:MAP": "m.tif", "explain:EXPLANATION": "m.tif"}, "are the same file, .*m.tif. Give each"),
        ({"flood:MAP": "m.tif", "explain:EXPLANATION": "sar.tif"}, "explain:EXPLANATION is .*also an input"),
        ({"flood:MAP": "m.tif", "explain:EXPLANATION": "no/e.tif"}, "no, which does not exist"),
        ({"flood:MAP": "m.png"}, "flood:MAP cannot be written as m.png"),
    ],
)
def test_results_that_would_harm_something_are_refused_before_the_first_step(
    offered, make_raster, tmp_path, outputs, words
):
    """Each step would refuse its own, after minutes, and the last might replace an input of the first."""
    radar = make_raster("sar.tif")
    given = {"SAR": radar, **{name: str(tmp_path / file) for name, file in outputs.items()}}
    able, why = offered("whichsensordecided").checkParameterValues(given, QgsProcessingContext())
    assert not able and re.search(words, why)
    fine = {"SAR": radar, "flood:MAP": str(tmp_path / "m.tif"), "flood:AREAS": str(tmp_path / "a.gpkg")}
    assert offered("whichsensordecided").checkParameterValues(fine, QgsProcessingContext())[0]


@pytest.fixture
def labels_to_map(home, make_raster, make_polygons, tmp_path):
    """What “Train, map and assess” takes, in an environment with the packages for learning."""
    state.write(state.State(sys.executable, "3.11", "learn", lock.digest("learn")))
    return {
        "INPUT": make_raster(),
        "LABELS": make_polygons(),
        "CLASS_FIELD": "class",
        "REFERENCE": make_polygons("other.gpkg"),
        "REFERENCE_FIELD": "class",
        "train:MODEL": str(tmp_path / "mine.onnx"),
        "map:MAP": str(tmp_path / "map.tif"),
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"CLASS_FIELD": "kind"}, "CLASS_FIELD is kind, but the layer mask has no such field. It has fid, class."),
        ({"REFERENCE_FIELD": "kind"}, "REFERENCE_FIELD is kind, but the layer other has no such field"),
        ({"train:MODEL": "mine.txt"}, "train:MODEL is mine.txt; it must be a name that ends in .onnx"),
        ({"assess:ACCURACY_REPORT": "page.tif"}, "it must be a name that ends in .html"),
    ],
)
def test_what_a_later_step_would_refuse_is_refused_before_the_first(offered, labels_to_map, given, words):
    able, why = offered("trainmapassess").checkParameterValues({**labels_to_map, **given}, QgsProcessingContext())
    assert able == (not words) and words in why


def test_a_folder_of_rasters_is_taken_and_none_of_them_is_overwritten(offered, labels_to_map, make_raster, tmp_path):
    """As the tooltip of each image says; each step opens it itself."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    make_raster("scenes/a.tif")
    for given in (str(folder), [str(folder)]):
        asked = {**labels_to_map, "INPUT": given}
        assert offered("trainmapassess").checkParameterValues(asked, QgsProcessingContext()) == (True, "")
        asked["map:MAP"] = str(folder / "a.tif")
        able, why = offered("trainmapassess").checkParameterValues(asked, QgsProcessingContext())
        assert not able and "also an input" in why


@pytest.mark.parametrize(
    ("path", "name", "words"),
    [
        ("trainmapassess", "LABELS", "raster"),
        ("trainmapassess", "LABELS", "folder"),
        ("trainmapassess", "REFERENCE_FIELD", "raster"),
        ("trainmapassess", "CHIP_SIZE", "Automatic"),
        ("explaintheleastcertain", "INPUT", "extent"),
        ("explaintheleastcertain", "BANDS", "inputs"),
        ("explaintheleastcertain", "explain:EXPLANATION", "each band"),
        ("floodevidence", "DEM", "waterlevel"),
        ("floodevidence", "TOLERANCE", "per second"),
        ("floodevidence", "explain:EXPLANATION", "each band"),
        ("whichsensordecided", "explain:EXPLANATION", "alone"),
        ("trainmapassess", "NAME", "chips"),
    ],
)
def test_a_chain_explains_itself_without_promises_of_its_steps(offered, path, name, words):
    """Its own parameters take less than those of the steps that they are handed to."""
    made = offered(path)
    definition = made.parameterDefinition(name)
    assert definition.help() and words not in definition.help()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_there_is_a_command_that_runs_a_chain(offered, path, make_raster):
    """QGIS keeps it in its history, and tells none of a model whose file it does not know."""
    chain, image = offered(path.stem), str(make_raster())
    name = next(each for each in ("INPUT", "OPTICAL") if chain.parameterDefinition(each))
    command = chain.asPythonCommand({name: [image]}, QgsProcessingContext())
    assert command.startswith(f'processing.run("terraloom:{path.stem}"') and image in command


def test_a_chain_that_trains_asks_for_the_packages_for_learning_before_it_cuts_chips(
    without_window, offered, labels_to_map
):
    state.write(state.State(sys.executable, "3.11", "run", lock.digest("run")))
    able, why = offered("trainmapassess").checkParameterValues(labels_to_map, QgsProcessingContext())
    assert not able and "TIER = learn" in why and "terraloom:setupenvironment" in why
    assert offered("trainmapassess").canExecute() == (False, why)
    assert offered("whichsensordecided").canExecute() == (True, "")


def test_a_map_that_is_assessed_by_what_was_learnt_is_warned_of(offered, make_polygons, feedback):
    given = {"LABELS": make_polygons(), "REFERENCE": make_polygons()}
    chain = offered("trainmapassess")
    context = QgsProcessingContext()
    assert chain.prepareAlgorithm(given, context, feedback)
    assert any("better than those of any place" in text for text in feedback.warnings)
    feedback.warnings.clear()
    assert chain.prepareAlgorithm({**given, "REFERENCE": make_polygons("other.gpkg")}, context, feedback)
    assert not feedback.warnings


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_help_leads_to_the_chain(offered, path):
    chain = offered(path.stem)
    assert chain.tags() and chain.helpUrl().endswith(f"docs/algorithms.md#{path.stem}")
    assert f"\n## {path.stem}\n" in (MODELER.parents[1] / "docs" / "algorithms.md").read_text("utf-8")


def test_a_chain_is_found_by_what_its_steps_are_found_by(offered):
    assert {"model", "flood", "attribution", "dem"} <= set(offered("floodevidence").tags())
    assert "flood" not in offered("trainmapassess").tags()
