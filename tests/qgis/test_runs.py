"""What reaches the worker, and what comes back to QGIS."""

import gc
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterExtent,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsProject,
)
from terraloom.engine import VERSION
from terraloom.engine.errors import CancelledError, InputError, WorkerError
from terraloom.engine.requests.card_fields import CardFields
from terraloom.processing_provider.feedback import FeedbackProgress


@pytest.fixture
def run(algorithm, worker, context, feedback):
    def run(name, **parameters):
        results, succeeded = algorithm(name).run(parameters, context, feedback, catchExceptions=False)
        assert succeeded
        return results

    return run


def test_parameters_become_a_request(run, worker, make_raster, make_polygons, tmp_path):
    first, second = make_raster("a.tif"), make_raster("b.tif", left=500004)
    results = run(
        "segmentlanduse",
        INPUT=[first, second],
        MIN_AREA=12.5,
        SMOOTH=0.75,
        EXTENT="500000,500002,5699998,5700000 [EPSG:32631]",
        MASK=make_polygons(),
        BANDS="red=3",
        SCALE="*=0.5",
        GRID="model",
        TILE_SIZE=256,
        DEVICE="cpu",
        THREADS=2,
        OUTPUT=str(tmp_path / "map.tif"),
        POLYGONS=str(tmp_path / "polygons.gpkg"),
    )
    asked = worker.request
    assert worker.tasks == ["segment_land_use"]
    assert asked.run.inputs == (first, second)
    assert Path(asked.run.model).name == "model.onnx"
    assert (asked.generalisation.min_area_m2, asked.generalisation.smooth_m) == (12.5, 0.75)
    assert (asked.run.extent.left, asked.run.extent.top, asked.run.extent.crs) == (
        500000,
        5700000,
        "EPSG:32631",
    )
    assert asked.run.mask == str(tmp_path / "mask.gpkg")
    assert (asked.run.grid, asked.run.tile_size, asked.run.device, asked.run.threads) == (
        "model",
        256,
        "cpu",
        2,
    )
    assert asked.run.bands[0].raster_band == 3 and asked.run.scale[0].factor == 0.5
    assert asked.targets.made.keys() == {"output", "polygons"}
    assert results["OUTPUT"] == str(tmp_path / "map.tif")
    assert results["POLYGONS"] == str(tmp_path / "polygons.gpkg")
    assert "CONFIDENCE" not in results


@pytest.mark.parametrize(("given", "asked"), [({}, None), ({"THRESHOLD": 0}, 0), ({"THRESHOLD": 0.6}, 0.6)])
def test_a_threshold_is_asked_for_where_it_is_set(run, worker, make_raster, given, asked):
    run("segmentlanduse", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT", **given)
    assert worker.request.run.card == CardFields(threshold=asked)


@pytest.mark.parametrize("name", ["segmentlanduse", "modelinfo"])
def test_the_log_names_the_version_once(run, worker, feedback, make_raster, name):
    given = {
        "segmentlanduse": {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"},
        "modelinfo": {"REPORT": "TEMPORARY_OUTPUT"},
    }
    run(name, **given[name])
    assert feedback.infos.count(f"Terraloom {VERSION}") == 1


def test_a_model_file_that_is_a_link_goes_by_its_own_name(run, worker, make_raster, tmp_path):
    (tmp_path / "4c1f").write_bytes(b"")
    link = tmp_path / "model.onnx"
    link.symlink_to("4c1f")
    run("applymodel", INPUT=make_raster(), MODEL_FILE=str(link), OUTPUT="TEMPORARY_OUTPUT")
    assert worker.request.run.model == str(link), "what describes it lies beside the link"


def test_how_the_network_is_to_run_becomes_part_of_the_request(run, worker, make_raster):
    run(
        "applymodel",
        INPUT=make_raster(),
        SEAMS="blend",
        MAX_MEMORY_MB=900,
        PRECISION="bf16",
        TEST_TIME_AUGMENTATION="flips",
        OVERLAP=0.0,
        OUTPUT="TEMPORARY_OUTPUT",
    )
    asked = worker.request.run
    assert (asked.seams, asked.max_memory_mb, asked.precision, asked.turns) == ("blend", 900, "bf16", "flips")
    assert asked.card.said == {"overlap": 0.0}
    run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")
    asked = worker.request.run
    assert (asked.seams, asked.max_memory_mb, asked.precision, asked.turns) == ("auto", 0, "auto", "none")
    assert asked.card.said == {}


def test_what_the_set_up_is_asked_for_reaches_it(run, monkeypatch, tmp_path):
    from terraloom.engine.environment.report import Report, Row
    from terraloom.engine.worker import pool
    from terraloom.processing_provider.algorithms import setup_environment

    asked = []
    monkeypatch.setattr(pool, "shut_down", lambda: None)
    monkeypatch.setattr(setup_environment, "create", lambda *given: asked.append(given) or Report((Row("Done."),)))
    given = {"INTERPRETER": "/usr/bin/python3", "WHEELS": str(tmp_path), "REPAIR": True, "REPORT": "TEMPORARY_OUTPUT"}
    run("setupenvironment", TIER="learn", EXTRAS=["openvino"], **given)
    run("setupenvironment", REPORT="TEMPORARY_OUTPUT")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "python").touch()
    run("setupenvironment", INTERPRETER="./python", REPORT="TEMPORARY_OUTPUT")
    assert asked[2][2] == str(tmp_path / "python"), "QGIS may be started in another folder next time"
    assert asked[0][:5] == ("learn", ["openvino"], "/usr/bin/python3", str(tmp_path), True)
    assert asked[1][:5] == ("run", [], "", "", False)


def test_defaults_ask_for_the_whole_image(run, worker, make_raster):
    run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")
    asked = worker.request.run
    assert asked.extent is None and asked.mask == "" and asked.bands == () and asked.grid == "input"
    assert asked.device == "auto" and asked.threads == 0 and asked.tile_size == 0


def test_an_extent_without_reference_system_is_that_of_the_image(run, worker, make_raster):
    run("applymodel", INPUT=make_raster(), EXTENT="500000,500002,5699998,5700000", OUTPUT="TEMPORARY_OUTPUT")
    assert worker.request.run.extent.crs == "EPSG:32631"


def test_an_extent_keeps_a_reference_system_of_its_own(run, worker, make_raster):
    run("applymodel", INPUT=make_raster(), EXTENT="2.9,3.1,51.4,51.5 [EPSG:4326]", OUTPUT="TEMPORARY_OUTPUT")
    assert worker.request.run.extent.crs == "EPSG:4326"


def test_progress_and_log_reach_the_user(run, feedback, make_raster):
    run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")
    assert "The stub does apply_model." in feedback.infos
    assert any("1.25 Mpx/s" in text for text in feedback.texts)


def test_the_time_left_is_told_once_the_pace_is_known(feedback, monkeypatch):
    clock = iter((100.0, 101.0, 110.0, 120.0))
    monkeypatch.setattr("terraloom.processing_provider.feedback.time.monotonic", lambda: next(clock))
    progress = FeedbackProgress(feedback)
    for share in (0.5, 0.51, 0.6, 0.75):  # it was resumed: the first half counts in no pace
        progress.update(share, 2.0)
    progress.update(0.8)
    assert feedback.texts[:2] == ["50 % done, 2.00 Mpx/s", "51 % done, 2.00 Mpx/s"]
    assert feedback.texts[2:] == ["60 % done, 2.00 Mpx/s, 40 s left", "75 % done, 2.00 Mpx/s, 20 s left"]


def test_errors_of_the_worker_are_worded(run, worker, make_raster):
    worker.error = InputError("The model expects {expected} bands; the layer has {found}.", expected=4, found=3)
    with pytest.raises(QgsProcessingException, match="expects 4 bands; the layer has 3"):
        run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")


def test_errors_are_translated(run, worker, make_raster, monkeypatch):
    from terraloom.processing_provider import texts

    monkeypatch.setattr(texts, "tr", {"It died: {tail}": "Er starb: {tail}"}.get)
    worker.error = WorkerError("It died: {tail}", tail="{not a place}")
    with pytest.raises(QgsProcessingException, match="Er starb: {not a place}"):
        run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")


def test_a_cancelled_run_raises(run, worker, feedback, make_raster):
    feedback.cancel()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run("applymodel", INPUT=make_raster(), OUTPUT="TEMPORARY_OUTPUT")
    worker.error = CancelledError()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run("modelinfo", REPORT="TEMPORARY_OUTPUT")


def test_model_information(run, worker, tmp_path):
    results = run("modelinfo", MODEL="stub-landuse", CARD=str(tmp_path / "card.json"))
    assert results == {"CARD": str(tmp_path / "card.json")}
    assert worker.request.report == ""


def test_layers_load_with_style_and_name(algorithm, worker, load_results, make_raster, load_raster):
    source = load_raster(make_raster(), "Rotterdam")
    load_results("terraloom:segmentlanduse", {"INPUT": [source], "OUTPUT": "TEMPORARY_OUTPUT"})
    gc.collect()
    (layer,) = QgsProject.instance().mapLayersByName("Land use: Rotterdam")
    assert [entry.label for entry in layer.renderer().classes()] == ["water", "land"]


def test_a_style_that_the_user_chose_for_an_output_stays(
    algorithm, worker, load_results, make_raster, load_raster, tmp_path, monkeypatch
):
    from processing.gui.RenderingStyles import RenderingStyles

    source = load_raster(make_raster(bands=1), "Rotterdam")
    chosen = str(tmp_path / "chosen.qml")
    source.saveNamedStyle(chosen)
    assert source.renderer().type() == "singlebandgray"
    monkeypatch.setattr(RenderingStyles, "styles", {"terraloom:segmentlanduse": {"OUTPUT": chosen}})
    load_results("terraloom:segmentlanduse", {"INPUT": [source], "OUTPUT": "TEMPORARY_OUTPUT"})
    (layer,) = QgsProject.instance().mapLayersByName("Land use: Rotterdam")
    assert layer.renderer().type() == "singlebandgray"


@pytest.mark.parametrize("names", ["abcd", "dcba", "cadb"])
def test_layers_load_in_one_order_whatever_their_files_are_called(
    algorithm, worker, load_results, make_raster, load_raster, tmp_path, names
):
    """Features above rasters, the map above what goes with it, and nothing between them."""
    kinds = {"CONFIDENCE": "tif", "PROBABILITIES": "tif", "OUTPUT": "tif", "POLYGONS": "gpkg"}
    places = {kind: str(tmp_path / f"{name}.{kinds[kind]}") for kind, name in zip(kinds, names)}
    source = load_raster(make_raster(), "Rotterdam")
    load_results("terraloom:segmentlanduse", {"INPUT": [source], **places})
    shown = [node.layer().source().split("|")[0] for node in QgsProject.instance().layerTreeRoot().findLayers()]
    wanted = [places[kind] for kind in ("POLYGONS", "OUTPUT", "CONFIDENCE", "PROBABILITIES")]
    assert shown == wanted
    assert len(QgsProject.instance().mapLayers()) == 5


def test_relative_paths_count_from_the_folder_that_qgis_is_in(
    algorithm, worker, load_results, make_raster, make_polygons, tmp_path, monkeypatch
):
    """A warm worker may be in another: it was started where QGIS was then."""
    make_raster("image.tif")
    make_polygons("mask.gpkg")
    monkeypatch.chdir(tmp_path)
    given = {"INPUT": "image.tif", "MASK": "mask.gpkg", "OUTPUT": "map.tif", "POLYGONS": "areas.gpkg"}
    results = load_results("terraloom:segmentlanduse", given)
    request = worker.request
    assert request.targets.made == {"output": str(tmp_path / "map.tif"), "polygons": str(tmp_path / "areas.gpkg")}
    assert request.run.inputs == (str(tmp_path / "image.tif"),) and request.run.mask == str(tmp_path / "mask.gpkg")
    assert results["OUTPUT"] == "map.tif", "models find the layer by the name that QGIS gave"
    (layer,) = QgsProject.instance().mapLayersByName("map")
    assert [entry.label for entry in layer.renderer().classes()] == ["water", "land"]


def test_a_map_and_its_polygons_may_share_a_name(algorithm, worker, load_results, make_raster, tmp_path):
    worker.polygon_style = "class"
    places = {"OUTPUT": str(tmp_path / "map.tif"), "POLYGONS": str(tmp_path / "map.gpkg")}
    load_results("terraloom:segmentlanduse", {"INPUT": make_raster(), **places})
    (raster,) = QgsProject.instance().mapLayersByName("Land use: image")
    (polygons,) = QgsProject.instance().mapLayersByName("Land-use polygons: image")
    assert [entry.label for entry in raster.renderer().classes()] == ["water", "land"]
    assert polygons.renderer().classAttribute() == "class"


@pytest.fixture
def chain(algorithm, worker):
    """A model of the modeler: clip, segment, dissolve."""
    model = QgsProcessingModelAlgorithm("chain", "test")
    model.addModelParameter(QgsProcessingParameterRasterLayer("IMAGE"), QgsProcessingModelParameter("IMAGE"))
    model.addModelParameter(QgsProcessingParameterExtent("PLACE"), QgsProcessingModelParameter("PLACE"))
    source = QgsProcessingModelChildParameterSource

    def child(identifier, algorithm_id, **parameters):
        made = QgsProcessingModelChildAlgorithm(algorithm_id)
        made.setChildId(identifier)
        for name, value in parameters.items():
            made.addParameterSources(name, [value])
        model.addChildAlgorithm(made)
        return made

    child(
        "clip",
        "gdal:cliprasterbyextent",
        INPUT=source.fromModelParameter("IMAGE"),
        PROJWIN=source.fromModelParameter("PLACE"),
    )
    segment = child("segment", "terraloom:segmentlanduse", INPUT=source.fromChildOutput("clip", "OUTPUT"))
    wanted = {"LANDUSE": "OUTPUT", "SHAPES": "POLYGONS"}
    outputs = {}
    for label, name in wanted.items():
        output = QgsProcessingModelOutput(label, label)
        output.setChildOutputName(name)
        output.setChildId("segment")
        outputs[label] = output
    segment.setModelOutputs(outputs)
    model.setChildAlgorithm(segment)
    dissolve = child(
        "dissolve",
        "native:dissolve",
        INPUT=source.fromChildOutput("segment", "POLYGONS"),
        FIELD=source.fromStaticValue("class"),
    )
    output = QgsProcessingModelOutput("DISSOLVED", "Dissolved")
    output.setChildOutputName("OUTPUT")
    output.setChildId("dissolve")
    dissolve.setModelOutputs({"DISSOLVED": output})
    model.setChildAlgorithm(dissolve)
    model.updateDestinationParameters()
    return model


def destination(model, output):
    """What a model calls an output of its own: QGIS 3.22 puts the step's name before it."""
    names = [definition.name() for definition in model.destinationParameterDefinitions()]
    return next(name for name in names if name.lower().endswith(output))


def test_a_model_chains_clip_segment_dissolve(chain, worker, context, feedback, make_raster, tmp_path):
    saved = str(tmp_path / "chain.model3")
    assert chain.toFile(saved)
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(saved)
    results, succeeded = model.run(
        {
            "IMAGE": make_raster(),
            "PLACE": "500000,500002,5699998,5700000 [EPSG:32631]",
            destination(model, "landuse"): str(tmp_path / "landuse.tif"),
            destination(model, "shapes"): str(tmp_path / "shapes.gpkg"),
            destination(model, "dissolved"): QgsProcessing.TEMPORARY_OUTPUT,
        },
        context,
        feedback,
        catchExceptions=False,
    )
    assert succeeded
    assert worker.tasks == ["segment_land_use"]
    (clipped,) = map(gdal.Open, worker.request.run.inputs)
    assert (clipped.RasterXSize, clipped.RasterYSize) == (4, 4), "2 m of pixels of 0.5 m, not the whole image"
    assert worker.request.targets.polygons.endswith("shapes.gpkg")
    (dissolved,) = (value for name, value in results.items() if name.lower().endswith("dissolved"))
    layer = QgsProcessingUtils.mapLayerFromString(dissolved, context)
    assert sorted(feature["class"] for feature in layer.getFeatures()) == [0, 1]


def test_results_of_a_model_are_styled(chain, worker, load_results, make_raster, tmp_path):
    load_results(
        chain,
        {
            "IMAGE": make_raster(),
            "PLACE": "500000,500002,5699998,5700000 [EPSG:32631]",
            destination(chain, "landuse"): str(tmp_path / "landuse.tif"),
            destination(chain, "shapes"): str(tmp_path / "shapes.gpkg"),
            destination(chain, "dissolved"): QgsProcessing.TEMPORARY_OUTPUT,
        },
    )
    gc.collect()
    (layer,) = QgsProject.instance().mapLayersByName("LANDUSE")
    assert [entry.label for entry in layer.renderer().classes()] == ["water", "land"]


def test_the_check_reports_even_without_an_environment(empty_home, provider, context, feedback, tmp_path):
    page = tmp_path / "report.html"
    made = QgsApplication.processingRegistry().createAlgorithmById("terraloom:checkenvironment")
    results, succeeded = made.run({"REPORT": str(page)}, context, feedback, catchExceptions=False)
    assert succeeded
    assert results["PROBLEMS"] == 1
    assert "Set up environment" in page.read_text()


def test_the_check_asks_the_worker(run, worker, tmp_path):
    results = run("checkenvironment", REPORT=str(tmp_path / "report.html"))
    assert worker.tasks == ["check_environment"]
    assert results["PROBLEMS"] == 0
    page = (tmp_path / "report.html").read_text()
    assert "onnxruntime 1" in page and f"Terraloom {VERSION} in QGIS {Qgis.QGIS_VERSION} on " in page


def test_the_check_reports_a_worker_that_does_not_start(run, worker):
    worker.error = WorkerError("It died: {tail}", tail="<libgomp>")
    assert run("checkenvironment", REPORT="TEMPORARY_OUTPUT")["PROBLEMS"] == 1
