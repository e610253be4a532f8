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
