"""Figures beside files: those that the worker knows become outputs, under one convention."""

import math

import pytest
from terraloom.processing_provider.figures import Figure, known_values


def test_a_figure_is_what_the_worker_tells_under_its_own_name_or_another():
    figures = (
        Figure("OA", "Overall accuracy"),
        Figure("SHARE", "Share", "share_of_speed"),
        Figure("N", "", is_word=True),
    )
    assert known_values(figures, {"oa": 0.0, "share_of_speed": 0.5, "n": "red", "more": 1}) == {
        "OA": 0.0,
        "SHARE": 0.5,
        "N": "red",
    }


@pytest.mark.parametrize("told", [{}, {"oa": None}, {"oa": math.nan}])
def test_what_is_unknown_is_no_output(told):
    assert known_values((Figure("OA", "Overall accuracy"),), told) == {}


def test_numbers_and_words_are_outputs_of_their_kind():
    number, word = Figure("OA", "Overall accuracy").definition(), Figure("BAND", "Band", is_word=True).definition()
    assert (number.type(), number.name(), number.description()) == ("outputNumber", "OA", "Overall accuracy")
    assert (word.type(), word.name()) == ("outputString", "BAND")
