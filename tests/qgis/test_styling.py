"""Result layers: in an order in which none hides another, and under names that people read, those of chains too."""

from pathlib import Path

import pytest
from osgeo import ogr
from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)
from terraloom.engine.library import installed
from terraloom.engine.outcome import Outcome
from terraloom.engine.worker import pool
from terraloom.processing_provider.styling import ORDERS_ITSELF

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "bundled"
OURS = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22"><pipe><rasterrenderer type="multibandcolor" redBand="1" opacity="1" alphaBand="-1"/></pipe></qgis>
"""


@pytest.fixture(autouse=True)
def worker(home, make_raster, make_polygons, monkeypatch):
    """Stands in for the worker of the bundled models: makes each file that is wanted, and tells figures given to it."""

    def run(python, task, request, progress, is_cancelled):
        for path in request.targets.made.values():
            if path.endswith(".tif"):
                make_raster(path, bands=1)
                Path(path).with_suffix(".qml").write_text(OURS)
            elif path.endswith(".gpkg"):
                make_polygons(path)
                ogr.Open(path, 1).ExecuteSQL("ALTER TABLE square ADD COLUMN confidence REAL DEFAULT 0.5")
        return Outcome(request.targets.made, figures)

    monkeypatch.setattr(installed, "BUNDLED", BUNDLED)
    monkeypatch.setattr(pool, "run_task", run)
    figures = {}
    return figures


def shown():
    """Names of the layers, from above."""
    return [node.layer().name() for node in QgsProject.instance().layerTreeRoot().findLayers()]


@pytest.mark.parametrize("files", ["abc", "cba"])
def test_points_lie_above_lines(algorithm, load_results, make_raster, tmp_path, files):
    lines, points, raster = (str(tmp_path / f"{file}.{kind}") for file, kind in zip(files, ("gpkg", "gpkg", "tif")))
    results = {"OUTPUT": lines, "NODES": points, "PROBABILITY": raster}
    load_results(algorithm("extractroads"), {"INPUT": make_raster(), **results})
    assert shown() == ["Nodes: image", "Centrelines: image", "Probability of roads: image"]


def test_lines_lie_above_areas_and_all_are_named_after_their_series(algorithm, load_results, make_raster, tmp_path):
    series = [make_raster(f"scene_2020-0{month}-01.tif") for month in (1, 2)]
    results = {name: str(tmp_path / f"{name}.gpkg") for name in ("POLYGONS", "FRONT")}
    given = {"SERIES": series, "EVENT": "glacierfront"}
    load_results(algorithm("detectevents"), {**given, **results, "OUTPUT": str(tmp_path / "map.tif")})
    series = "scene_2020-01-01 – scene_2020-02-01"
    assert shown() == [f"{name}: {series}" for name in ("Glacier fronts", "Event areas", "Event map")]


@pytest.mark.parametrize(("figures", "name"), [({"objects": 2}, "Objects"), ({}, "Class polygons")])
def test_polygons_of_any_model_are_called_what_they_are(
    algorithm, worker, load_results, make_raster, tmp_path, figures, name
):
    worker |= figures
    results = {"OUTPUT": str(tmp_path / "map.tif"), "POLYGONS": str(tmp_path / "areas.gpkg")}
    load_results(algorithm("applymodel"), {"INPUT": make_raster(), **results})
    assert shown() == [f"{name}: image", "Prediction: image"]


@pytest.mark.parametrize("files", ["abc", "cba"])
def test_results_of_a_chain_are_named_and_ordered_like_those_of_one_algorithm(
    algorithm, provider, load_results, make_raster, load_raster, tmp_path, files
):
    provider.refreshAlgorithms()
    kinds = {"segment:AREAS": "gpkg", "segment:MAP": "tif", "explain:EXPLANATION": "tif"}
    places = {name: str(tmp_path / f"{file}.{kinds[name]}") for name, file in zip(kinds, files)}
    source = load_raster(make_raster(), "Rotterdam")
    load_results(algorithm("explaintheleastcertain"), {"INPUT": [source], **places})
    assert shown() == ["Land-use polygons: Rotterdam", "Land use: Rotterdam", "Attribution: Rotterdam"]


def test_a_chain_runs_though_nobody_wants_the_results_of_its_last_step(
    algorithm, provider, context, feedback, make_raster, tmp_path
):
    """Their step, asked for nothing, would end the chain after the map was made."""
    provider.refreshAlgorithms()
    given = {"INPUT": [make_raster()], "segment:AREAS": str(tmp_path / "areas.gpkg")}
    chain = algorithm("explaintheleastcertain")
    assert chain.checkParameterValues(given, context) == (True, "")
    results, succeeded = chain.run(given, context, feedback)
    assert succeeded, feedback.errors
    assert results["segment:AREAS"] == given["segment:AREAS"] and not results.get("explain:EXPLANATION_REPORT")


def test_a_chain_leaves_the_layers_of_other_steps_their_names(provider, context, feedback, make_raster, make_polygons):
    """One of them may be called like a result of the chain's own."""
    provider.refreshAlgorithms()
    model = QgsProcessingModelAlgorithm("outer", "test")
    given = QgsProcessingModelChildParameterSource.fromStaticValue
    steps = {
        "first": ("native:buffer", {"INPUT": make_polygons("drawn.gpkg"), "DISTANCE": 1}, {"MAP": "OUTPUT"}),
        "chain": ("terraloom:explaintheleastcertain", {"INPUT": make_raster()}, {"Unsure": "segment:AREAS"}),
    }
    for identifier, (name, parameters, outputs) in steps.items():
        step = QgsProcessingModelChildAlgorithm(name)
        step.setChildId(identifier)
        for parameter, value in parameters.items():
            step.addParameterSources(parameter, [given(value)])
        made = {label: QgsProcessingModelOutput(label, label) for label in outputs}
        for label, output in made.items():
            output.setChildId(identifier)
            output.setChildOutputName(outputs[label])
        step.setModelOutputs(made)
        if identifier == "chain":
            step.setDependencies([QgsProcessingModelChildDependency("first")])
        model.addChildAlgorithm(step)
    model.updateDestinationParameters()
    places = {
        definition.name(): QgsProcessingOutputLayerDefinition(QgsProcessing.TEMPORARY_OUTPUT, QgsProject.instance())
        for definition in model.destinationParameterDefinitions()
    }
    _, succeeded = model.run(places, context, feedback, catchExceptions=False)
    assert succeeded, feedback.errors
    loaded = [details.name for details in context.layersToLoadOnCompletion().values()]
    assert len(loaded) == 2 and "MAP" in loaded
    context.setLayersToLoadOnCompletion({})


def test_a_style_that_the_user_chose_for_a_result_of_a_chain_stays(
    algorithm, provider, load_results, make_raster, load_raster, tmp_path, monkeypatch
):
    from processing.gui.RenderingStyles import RenderingStyles

    provider.refreshAlgorithms()
    chain, chosen = algorithm("explaintheleastcertain"), str(tmp_path / "chosen.qml")
    load_raster(make_raster(bands=1)).saveNamedStyle(chosen)
    monkeypatch.setattr(RenderingStyles, "styles", {chain.id(): {"segment:MAP": chosen}})
    places = {"segment:AREAS": "areas.gpkg", "segment:MAP": "map.tif", "explain:EXPLANATION": "why.tif"}
    places = {name: str(tmp_path / file) for name, file in places.items()}
    load_results(chain, {"INPUT": [str(tmp_path / "image.tif")], **places})
    styles = {layer.name(): layer.renderer().type() for layer in QgsProject.instance().mapLayers().values()}
    assert styles["Land use: image"] == "singlebandgray" and styles["Attribution: image"] == "multibandcolor"


@pytest.fixture
def window(layer_tree, qgis_iface, monkeypatch):
    """A layer tree that QGIS's window minds: what is loaded becomes current, and lies above what was current before."""
    bridge = QgsProject.instance().layerTreeRegistryBridge()

    def follow():
        row = max(layer_tree.currentIndex().row(), 0)
        bridge.setLayerInsertionPoint(QgsProject.instance().layerTreeRoot(), row)

    def choose(layers):
        layer_tree.setCurrentLayer(layers[0])

    layer_tree.selectionModel().currentChanged.connect(follow)
    bridge.addedLayersToLayerTree.connect(choose)
    monkeypatch.setattr(qgis_iface, "setActiveLayer", layer_tree.setCurrentLayer)
    yield layer_tree
    bridge.addedLayersToLayerTree.disconnect(choose)


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT >= ORDERS_ITSELF, reason="QGIS orders results itself")
@pytest.mark.parametrize("files", ["ab", "ba"])
def test_the_results_of_the_next_run_lie_above_those_of_the_last(
    algorithm, window, load_results, make_raster, tmp_path, files
):
    for name in ("first", "second"):
        image = make_raster(f"{name}.tif")
        results = {kind: str(tmp_path / f"{name} {file}.tif") for kind, file in zip(("OUTPUT", "CONFIDENCE"), files)}
        load_results(algorithm("segmentlanduse"), {"INPUT": image, **results})
        assert window.currentLayer().name() == f"Land use: {name}", "what comes next lies above it"
    assert shown() == ["Land use: second", "Confidence: second", "Land use: first", "Confidence: first"]
