"""What cannot work is refused before it starts, in a sentence that says what to change."""

import os
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsProperty,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import NULL
from terraloom.engine.errors import OutputError
from terraloom.processing_provider.outputs import check_folder


@pytest.fixture
def refusal(algorithm, worker, context, make_raster):
    """The sentence with which segmentlanduse refuses the given parameters; empty where it accepts them."""
    source = make_raster()

    def ask(**parameters):
        given = {"INPUT": source, "MODEL": "stub-landuse", "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
        accepted, sentence = algorithm("segmentlanduse").checkParameterValues(given, context)
        assert accepted == (not sentence)
        return sentence

    return ask


def test_the_plain_case_is_accepted(refusal, tmp_path):
    assert refusal() == ""
    assert refusal(OUTPUT=str(tmp_path / "map.tif"), AREAS=str(tmp_path / "areas.gpkg")) == ""
    assert refusal(OUTPUT=QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT")) == ""
    assert refusal(AREAS=str(tmp_path / "areas.csv"), POLYGONS=str(tmp_path / "areas.shp")) == ""


@pytest.mark.parametrize("name", ["applymodel", "segmentlanduse"])
def test_the_first_installed_model_is_the_default(algorithm, worker, context, make_raster, name):
    given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"}
    assert algorithm(name).checkParameterValues(given, context)[0]


def test_an_unknown_model_is_named_with_those_installed(refusal):
    sentence = refusal(MODEL="urban")
    assert "urban" in sentence and "stub-landuse" in sentence


def test_without_any_model_a_file_is_asked_for(refusal, home):
    (home / "models" / "stub-landuse" / "model.onnx").unlink()
    assert "MODEL_FILE" in refusal(MODEL=None)


def test_model_file_must_be_there_and_onnx(refusal, tmp_path):
    assert "none.onnx" in refusal(MODEL_FILE=str(tmp_path / "none.onnx"))
    text = tmp_path / "model.txt"
    text.write_text("")
    assert ".onnx" in refusal(MODEL_FILE=str(text))


def test_a_model_file_of_another_form_is_told_the_way_to_onnx(refusal, tmp_path):
    kept = tmp_path / "model.pt"
    kept.write_text("")
    assert "Export it with torch.onnx.export" in refusal(MODEL_FILE=str(kept))


def test_an_emd_is_taken_for_the_network_that_it_names(refusal, tmp_path):
    (tmp_path / "m.onnx").write_bytes(b"")
    emd = tmp_path / "m.emd"
    emd.write_text('{"ModelFile": "m.onnx"}')
    assert refusal(MODEL_FILE=str(emd)) == ""
    emd.write_text('{"ModelFile": "m.pth"}')
    assert "where its ModelFile is a network in ONNX form" in refusal(MODEL_FILE=str(emd))
    package = tmp_path / "m.dlpk"
    package.write_bytes(b"")
    assert "Unpack it" in refusal(MODEL_FILE=str(package))


def test_model_file_overrides_an_unknown_model(refusal, home):
    onnx = home / "models" / "stub-landuse" / "model.onnx"
    assert refusal(MODEL=None, MODEL_FILE=str(onnx)) == ""
    assert refusal(MODEL="urban", MODEL_FILE=str(onnx)) == "", "as in a model of the modeler that outlives its network"


def test_an_input_that_is_no_raster(refusal, tmp_path, make_polygons):
    assert "none.tif" in refusal(INPUT=str(tmp_path / "none.tif"))
    assert "mask.gpkg" in refusal(INPUT=[make_polygons()])
    assert "at least one" in refusal(INPUT=[])


@pytest.fixture
def odd_layers(tmp_path, make_polygons):
    """Layers, held as objects, that no raster can be read of; the last can be read by nobody here."""
    return [
        QgsRasterLayer(str(tmp_path / "gone.tif"), "gone"),
        QgsVectorLayer(make_polygons("areas.gpkg"), "areas", "ogr"),
        QgsVectorTileLayer(f"type=xyz&url=file://{tmp_path}/%7Bz%7D/%7Bx%7D/%7By%7D.pbf", "tiled"),
    ]


def test_a_layer_that_is_no_raster_is_not_passed_over(refusal, make_raster, load_raster, odd_layers):
    sound = load_raster(make_raster("sound.tif"))
    assert refusal(INPUT=[sound]) == ""
    for layer in odd_layers:
        for given in (layer, [layer], [sound, layer]):
            assert f"{layer.name()}, which QGIS cannot open as a raster" in refusal(INPUT=given)


def test_labels_that_are_no_layer_of_labels_are_not_passed_over(
    algorithm, worker, context, make_raster, load_raster, odd_layers, tmp_path
):
    sound, (gone, _, tiled) = load_raster(make_raster("sound.tif")), odd_layers
    given = {"INPUT": sound, "FOLDER": str(tmp_path / "chips")}
    for layer, words in ((gone, "gone, which QGIS cannot open"), (tiled, "tiled, which is neither a raster nor")):
        for labels in (layer, [sound, layer]):
            accepted, said = algorithm("maketrainingchips").checkParameterValues({**given, "LABELS": labels}, context)
            assert not accepted and words in said


@pytest.mark.parametrize("name", ["assessaccuracy", "estimateuncertainty"])
def test_a_reference_of_no_use_is_refused_by_its_name(
    algorithm, worker, context, feedback, make_raster, odd_layers, name
):
    source, (gone, _, tiled) = make_raster(), odd_layers
    given = {"assessaccuracy": {"MAP": source}, "estimateuncertainty": {"INPUT": source, "MODEL": "stub-landuse"}}
    for layer, words in ((gone, "gone, which QGIS cannot open"), (tiled, "tiled, which is neither a raster nor")):
        asked = {**given[name], "REFERENCE": layer, "CLASS_FIELD": "class", "REPORT": "TEMPORARY_OUTPUT"}
        accepted, said = algorithm(name).checkParameterValues(asked, context)
        assert not accepted and words in said


def test_an_output_that_is_an_input(refusal, make_raster, tmp_path):
    source = make_raster("same.tif")
    assert "also an input" in refusal(INPUT=source, OUTPUT=source)
    link = tmp_path / "link.tif"
    link.symlink_to(source)
    assert "also an input" in refusal(INPUT=source, CONFIDENCE=str(link))


@pytest.mark.parametrize("name", ["GTIFF_DIR:1:{}", "vrt://{}?bands=1", "{}|option:NUM_THREADS=2"])
def test_an_output_that_is_the_file_of_an_input_of_another_name(refusal, make_raster, load_raster, name):
    source = make_raster("same.tif")
    assert "also an input" in refusal(INPUT=load_raster(name.format(source)), OUTPUT=source)


def test_an_output_that_is_the_mask(refusal, make_polygons):
    mask = make_polygons()
    assert "also an input" in refusal(MASK=mask, POLYGONS=mask)


def test_an_output_that_would_replace_what_is_of_no_earlier_result(refusal, tmp_path):
    style = tmp_path / "map.qml"
    style.write_text("of map.shp")
    sentence = refusal(OUTPUT=str(tmp_path / "map.tif"))
    assert "would replace map.qml, which belongs to no earlier result" in sentence
    assert refusal(POLYGONS=str(tmp_path / "map.gpkg")) == ""
    (tmp_path / "map.tif").touch()
    assert refusal(OUTPUT=str(tmp_path / "map.tif")) == ""


def test_two_outputs_in_one_file(refusal, tmp_path):
    same = str(tmp_path / "same.tif")
    sentence = refusal(OUTPUT=same, CONFIDENCE=same)
    assert "OUTPUT" in sentence and "CONFIDENCE" in sentence


def test_no_output_at_all(refusal):
    assert "No result is asked for" in refusal(OUTPUT=None)


def test_a_folder_that_is_not_there(refusal, tmp_path):
    assert "does not exist" in refusal(OUTPUT=str(tmp_path / "none" / "map.tif"))


def test_a_folder_that_may_not_be_written_to(refusal, tmp_path, monkeypatch):
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path and may(path, mode))
    assert "may not write" in refusal(OUTPUT=str(tmp_path / "map.tif"))


@pytest.mark.parametrize(("name", "file"), [("OUTPUT", "map.jpg"), ("POLYGONS", "areas.csv"), ("AREAS", "areas.shp")])
def test_file_types_that_are_not_written(refusal, tmp_path, name, file):
    sentence = refusal(**{name: str(tmp_path / file)})
    assert file in sentence and "ends in" in sentence


@pytest.mark.parametrize(("name", "file"), [("REPORT", "page.tif"), ("CARD", "card.gpkg")])
def test_pages_and_figures_get_names_by_which_they_are_known(algorithm, worker, context, tmp_path, name, file):
    accepted, sentence = algorithm("modelinfo").checkParameterValues({name: str(tmp_path / file)}, context)
    assert not accepted and f"{file}; it must be a name that ends in ." in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [("BANDS", "red"), ("BANDS", "red=x"), ("SCALE", "red=x"), ("DEVICE", "gpu"), ("GRID", "x")],
)
def test_miswritten_settings(refusal, name, value):
    assert name in refusal(**{name: value})


def test_a_model_of_the_modeler_hears_the_same(algorithm, worker, context, feedback, make_raster, tmp_path):
    given = {"INPUT": make_raster(), "MODEL": "urban", "OUTPUT": str(tmp_path / "map.tif")}
    _, succeeded = algorithm("segmentlanduse").run(given, context, feedback)
    assert not succeeded
    assert any("stub-landuse" in error for error in feedback.errors)
    assert worker.tasks == []


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("segmentlanduse", {"PRECISION": "fp17"}, "fp17; it must be one of auto, fp32"),
        ("setupenvironment", {"EXTRAS": "openvino,cuda"}, "cuda; it must be one of openvino"),
        ("setupenvironment", {"EXTRAS": ["cuda"]}, "cuda; it must be one of openvino"),
        ("segmentlanduse", {"SEAMS": 2}, "SEAMS is 2; it must be one of auto, exact, blend"),
        ("segmentlanduse", {"SEAMS": QgsProperty.fromExpression("'none'")}, "SEAMS is none; it must be one of auto"),
    ],
)
def test_a_word_that_is_not_known_is_never_taken_for_the_default(
    algorithm, worker, context, feedback, make_raster, tmp_path, name, given, words
):
    given = {"INPUT": make_raster(), "OUTPUT": str(tmp_path / "map.tif"), **given}
    _, succeeded = algorithm(name).run(given, context, feedback)  # as a step of a model: nothing is asked before
    assert not succeeded and worker.tasks == []
    assert any(words in error for error in feedback.errors)


def test_words_may_come_from_expressions_or_be_left_to_the_default(
    algorithm, worker, context, feedback, make_raster, tmp_path
):
    words = {"SEAMS": QgsProperty.fromExpression("'exact'"), "GRID": NULL, "PRECISION": ""}
    given = {"INPUT": make_raster(), "MODEL": "stub-landuse", "OUTPUT": str(tmp_path / "map.tif"), **words}
    _, succeeded = algorithm("segmentlanduse").run(given, context, feedback)
    assert succeeded, feedback.errors
    assert worker.request.run.seams == "exact" and worker.request.run.grid == "input"


@pytest.mark.parametrize(
    ("name", "value"),
    [("MODEL_FILES", ["a.onnx"]), ("input", "image.tif"), ("NO_SUCH", 0)],
    ids=["of another algorithm", "in small letters", "of none"],
)
def test_a_parameter_that_the_algorithm_does_not_have_is_named(refusal, name, value):
    sentence = refusal(**{name: value})
    assert f"{name} is no parameter of terraloom:segmentlanduse" in sentence
    assert "qgis_process help terraloom:segmentlanduse" in sentence


def test_a_parameter_that_the_algorithm_does_not_have_may_be_empty(refusal):
    assert refusal(MODEL_FILES=None) == ""


def test_an_extent_where_none_is_asked_for_does_not_take_qgis_down(algorithm, worker, context, make_raster):
    """QGIS reads the reference system of an extent without looking whether there is such a parameter."""
    given = {"INPUT": make_raster(), "POINT": "500001,5699999", "EXTENT": "500000,500001,5699999,5700000"}
    accepted, sentence = algorithm("explanationquality").checkParameterValues(given, context)
    assert not accepted and "EXTENT is no parameter of terraloom:explanationquality" in sentence


def test_a_model_file_where_several_are_asked_for_is_not_passed_over(algorithm, worker, context, make_raster):
    given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT", "MODEL_FILE": "mine.onnx"}
    accepted, sentence = algorithm("estimateuncertainty").checkParameterValues(given, context)
    assert not accepted and "MODEL_FILE is no parameter of terraloom:estimateuncertainty" in sentence


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"MEAN": "abc"}, "MEAN has the entry abc, which is no number"),
        (
            {"CONFIDENCE_THRESHOLD": 0.4},
            "stub-landuse is a model for semantic-segmentation, where CONFIDENCE_THRESHOLD",
        ),
    ],
)
def test_what_is_said_of_a_model_is_checked_before_it_starts(algorithm, worker, context, make_raster, given, words):
    given = {"INPUT": make_raster(), "MODEL": "stub-landuse", "OUTPUT": "TEMPORARY_OUTPUT", **given}
    accepted, sentence = algorithm("applymodel").checkParameterValues(given, context)
    assert not accepted and words in sentence


@pytest.mark.parametrize("crs", ["EPSG:999999", " nothing "])
def test_an_extent_in_an_unknown_system_is_not_taken_for_one_in_the_images(refusal, crs):
    corners = "500000,500002,5699998,5700000"
    for extent in (f"{corners} [{crs}]", QgsProperty.fromExpression(f"'{corners}[{crs}]'")):
        assert f"EXTENT is in {crs.strip()}, a coordinate reference system that QGIS does" in refusal(EXTENT=extent)
    assert refusal(EXTENT=corners) == refusal(EXTENT=f"{corners} []") == refusal(EXTENT=f"{corners} [EPSG:32631]") == ""


@pytest.mark.parametrize("extent", ["0,1,0,1 [EPSG:32631]", "100,101,-1,1 [EPSG:4326]"])
def test_an_extent_beside_the_image_is_refused(refusal, extent):
    assert "The extent lies outside the input" in refusal(EXTENT=extent)


@pytest.mark.parametrize(
    "extent",
    ["500001,500003,5699998,5699999 [EPSG:32631]", "-180,180,-90,90 [EPSG:4326]", "3,3.1,51.4,51.5 [EPSG:4326]"],
)
def test_an_extent_that_holds_part_of_the_image_is_accepted(refusal, extent):
    assert refusal(EXTENT=extent) == ""


def test_a_mask_of_which_nothing_is_selected_is_refused_by_its_name(refusal, make_polygons):
    layer = QgsVectorLayer(make_polygons(), "fields", "ogr")
    QgsProject.instance().addMapLayer(layer, False)
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    assert "MASK is fields, which has no features" in refusal(MASK=chosen)
    layer.selectAll()
    assert refusal(MASK=chosen) == ""
    del layer
    QgsProject.instance().clear()


def test_wheels_that_are_not_there_are_refused(algorithm, context, tmp_path):
    given = {"TIER": "run", "WHEELS": str(tmp_path / "none")}
    accepted, sentence = algorithm("setupenvironment").checkParameterValues(given, context)
    assert not accepted and "none, which is not a folder" in sentence


def test_smoothing_without_polygons_is_refused(algorithm, worker, context, feedback, make_raster, tmp_path):
    given = {"INPUT": make_raster(), "MODEL": "stub-landuse", "SMOOTH": 2, "OUTPUT": str(tmp_path / "map.tif")}
    _, succeeded = algorithm("segmentlanduse").run(given, context, feedback)
    assert not succeeded and worker.tasks == []
    assert any("whose boundaries it smooths" in error for error in feedback.errors)
    accepted, sentence = algorithm("segmentlanduse").checkParameterValues(given, context)
    assert not accepted and "whose boundaries it smooths" in sentence


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="another user is needed who may not enter a folder")
def test_a_folder_that_may_not_be_entered_is_refused(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    os.seteuid(65534)
    try:
        with pytest.raises(OutputError, match="inner, which does not exist"):
            check_folder("OUTPUT", closed / "inner")
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["applymodel", "segmentlanduse", "modelinfo"])
def test_without_an_environment_one_sentence_says_what_mends_it(has_dialog, empty_home, provider, name):
    able, sentence = provider.algorithm(name).canExecute()
    assert not able
    assert "Set up environment" in sentence
    assert ("terraloom:setupenvironment" in sentence) == (not has_dialog)


def test_a_run_without_an_environment_says_the_same(without_window, algorithm, empty_home, context, feedback):
    made = algorithm("modelinfo")
    accepted, sentence = made.checkParameterValues({"REPORT": "TEMPORARY_OUTPUT"}, context)
    assert not accepted and "terraloom:setupenvironment" in sentence
    _, succeeded = made.run({"REPORT": "TEMPORARY_OUTPUT"}, context, feedback)
    assert not succeeded
    assert any("terraloom:setupenvironment" in error for error in feedback.errors)


def test_an_interpreter_needs_no_ending(algorithm, context, tmp_path):
    given = {"TIER": "run", "INTERPRETER": "/usr/bin/python"}
    assert algorithm("setupenvironment").checkParameterValues(given, context)[0]


def test_a_page_may_end_in_htm(algorithm, context, tmp_path):
    assert algorithm("checkenvironment").checkParameterValues({"REPORT": str(tmp_path / "page.htm")}, context)[0]


@pytest.mark.parametrize("name", ["setupenvironment", "checkenvironment"])
def test_set_up_can_always_run(empty_home, provider, name):
    assert provider.algorithm(name).canExecute()[0]
