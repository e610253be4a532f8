"""In QGIS, refusals and help say what the dialog calls parameters; the command line gets the names alone."""

import pytest
from terraloom.processing_provider.parameter_labels import help_for_dialogs, with_labels

THRESHOLD = "Lower THRESHOLD or MIN_LENGTH; THRESHOLDS, DEVICE and length may stay."


@pytest.fixture
def definitions(algorithm):
    asked = algorithm("extractroads")
    yield asked.parameterDefinitions()  # they are gone with the algorithm


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


def test_help_has_labels_in_place_of_names(has_dialog, algorithm):
    said = algorithm("maketrainingchips").shortHelpString()
    assert ("With “Labels are” = values the labels" in said) == has_dialog
    assert ("With TARGET = values the labels" in said) == (not has_dialog)
    assert ("“Images of input 2” to “Images of input 4”" in said) == has_dialog


def test_help_of_a_chain_has_them_too(has_dialog, provider, algorithm):
    provider.refreshAlgorithms()
    said = algorithm("trainmapassess").shortHelpString()
    assert ("under “Name of the model”." if has_dialog else "under NAME.") in said


@pytest.mark.parametrize("titled", ["as in “Fuse SAR and optical”", "wie in „SAR und Optik fusionieren“"])
def test_titles_in_help_stay(has_dialog, algorithm, titled):
    asked = algorithm("fusesaroptical")
    said = help_for_dialogs(f"SAR {titled}; SAR_BEFORE", asked.parameterDefinitions())
    labelled = f"“Radar image (SAR), after” {titled}; “Radar image (SAR), before”"
    assert said == (labelled if has_dialog else f"SAR {titled}; SAR_BEFORE")


def test_a_list_in_help_is_one_paragraph(has_dialog, algorithm):
    between = "<br>" if has_dialog else "\n"
    assert f"1: nothing against it{between}2: unsure{between}3: has" in algorithm("reportevidence").shortHelpString()
