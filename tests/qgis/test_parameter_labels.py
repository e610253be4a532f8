"""In QGIS, refusals say what the dialog calls the parameters that they name; the command line gets the names alone."""

import pytest
from terraloom.processing_provider.parameter_labels import with_labels

THRESHOLD = "Lower THRESHOLD or MIN_LENGTH; THRESHOLDS, DEVICE and length may stay."


@pytest.fixture
def definitions(algorithm):
    asked = algorithm("extractroads")
    yield asked.parameterDefinitions()  # they are gone with the algorithm


@pytest.fixture(params=[True, False], ids=["dialog", "command line"])
def has_dialog(request, monkeypatch):
    monkeypatch.setattr("qgis.utils.iface", object() if request.param else None)
    return request.param


def test_labels_follow_where_there_is_a_dialog(has_dialog, definitions):
    said = with_labels(THRESHOLD, definitions)
    told = " In the dialog: MIN_LENGTH = “Shortest line (m)”."  # THRESHOLD and DEVICE are labelled like that
    assert said == THRESHOLD + (told if has_dialog else "")


def test_a_sentence_without_parameters_stays_as_it_is(has_dialog, definitions):
    assert with_labels("Memory ran out.", definitions) == "Memory ran out."


def test_a_refused_run_says_the_labels(has_dialog, algorithm, worker, context, make_raster):
    given = {"INPUT": make_raster(), "MODEL": "stub-landuse"}
    accepted, said = algorithm("segmentlanduse").checkParameterValues(given, context)
    assert not accepted and "Choose at least one output, for example OUTPUT." in said
    assert said.endswith(" In the dialog: OUTPUT = “Land use”.") == has_dialog


def test_inputs_that_do_not_suit_each_other_are_refused_with_their_labels(has_dialog, algorithm, context, make_raster):
    given = {"INPUT_3": make_raster("c.tif"), "INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, said = algorithm("applymodel").checkParameterValues(given, context)
    assert not accepted and "INPUT_3 is given, but INPUT_2 is empty. Fill the inputs in order." in said
    assert ("INPUT_3 = “Images of input 3”" in said) == has_dialog


def test_a_chain_refuses_with_the_labels_of_its_dialog(has_dialog, provider, algorithm, context, make_raster, tmp_path):
    provider.refreshAlgorithms()
    same = str(tmp_path / "same.tif")
    given = {"SAR": make_raster("sar.tif"), "flood:MAP": same, "explain:EXPLANATION": same}
    accepted, said = algorithm("whichsensordecided").checkParameterValues(given, context)
    assert not accepted and f"are the same file, {same}. Give each output a name of its own." in said
    assert ("In the dialog: " in said) == has_dialog
