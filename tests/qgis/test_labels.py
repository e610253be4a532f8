"""Labels fit into dialogs, say the same thing by the same words, and stand where they are looked for."""

import re

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition
from terraloom.processing_provider import texts
from terraloom.processing_provider.algorithm import group_name

MOST, MOST_ADVANCED = 53, 51
"""Characters that a dialog of QGIS's default size shows without scrolling sideways; the advanced box is indented."""


@pytest.fixture
def labelled(provider):
    """Of every parameter: algorithm, name, its flags, and its label in English and in German."""
    provider.refreshAlgorithms()  # chains read their files
    german = texts.translations("de")
    found = []
    for offered in provider.algorithms():
        made = QgsApplication.processingRegistry().createAlgorithmById(offered.id())
        for definition in made.parameterDefinitions():
            label = definition.description()
            found.append((made.id(), definition.name(), definition.flags(), (label, german[label])))
    return found


def test_labels_fit_into_the_dialogs(labelled):
    for algorithm, parameter, flags, labels in labelled:
        ending = " [optional]" if flags & QgsProcessingParameterDefinition.Flag.FlagOptional else ""
        most = MOST_ADVANCED if flags & QgsProcessingParameterDefinition.Flag.FlagAdvanced else MOST
        for label in labels:
            assert len(label + ending) <= most, (algorithm, parameter, label)


@pytest.mark.parametrize("parameter", ["CLASS_FIELD", "NAME", "RESUME", "THREADS"])
def test_what_is_the_same_has_one_label(labelled, parameter):
    assert len({labels for _, name, _, labels in labelled if name == parameter}) == 1


def test_units_stand_in_brackets(labelled):
    spelt_out = re.compile(r"\b[Ii]n (metres|pixels|MB|m/s|Metern|Pixeln)\b")
    for algorithm, parameter, _, labels in labelled:
        assert not any(spelt_out.search(label) for label in labels), (algorithm, parameter, labels)


def test_texts_call_algorithms_by_their_titles(provider):
    ids = "|".join(each.name() for each in provider.algorithms())
    assert [text for text in texts.translations("de") if re.search(rf"\b({ids})\b", text)] == []


def test_no_label_is_the_name_of_a_group(labelled):
    """The group “Map” says what is done there, and so does its German."""
    groups = {group_name(group) for group in ("setup", "map", "explain", "learn", "verify", "models")}
    assert not groups & {label for *_, (label, _) in labelled}


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("applymodel", "INPUT_4", "BANDS"),
        ("estimateuncertainty", "INPUT_4", "OPTICAL"),
        ("estimateuncertainty", "SAR_UNIT", "BANDS"),
        ("explainprediction", "SAR_UNIT", "METHOD"),
        ("explanationquality", "SAR_UNIT", "METHOD"),
        ("explainprediction", "INPUT_4", "OPTICAL"),
        ("explanationquality", "INPUT_4", "OPTICAL"),
        ("explainprediction", "BASELINE", "BASELINE_VALUE"),
        ("explainprediction", "WINDOW", "REGION"),
        ("maketrainingchips", "TARGET", "IGNORE"),
    ],
)
def test_what_is_read_stands_before_how(algorithm, name, first, then):
    names = [each.name() for each in algorithm(name).parameterDefinitions()]
    assert names.index(first) == names.index(then) - 1


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("explainprediction", "BASELINE_VALUE"),
        ("explanationquality", "BASELINE_VALUE"),
        ("maketrainingchips", "SPLIT_FIELD"),
        ("maketrainingchips", "SPLIT_LAYER"),
    ],
)
def test_what_another_choice_asks_for_is_not_hidden(algorithm, name, parameter):
    definition = algorithm(name).parameterDefinition(parameter)
    assert not definition.flags() & definition.Flag.FlagAdvanced


@pytest.mark.parametrize("name", ["segmentlanduse", "detectevents"])
def test_models_have_their_titles_in_the_tooltip_each_on_a_line(has_dialog, algorithm, name):
    definition = algorithm(name).parameterDefinition("MODEL")
    lines = definition.toolTip().split("<br>") if has_dialog else definition.help().split("\n")
    assert has_dialog or "<br>" not in definition.help(), "the command line knows no HTML"
    for model in set(definition.options()) - {"auto"}:
        assert any(line.startswith(f"{model}: ") for line in lines)


@pytest.mark.parametrize("name", ["assessaccuracy", "checkphysics", "comparenetworks", "explanationquality"])
def test_figures_for_programs_are_made_when_asked_for(algorithm, name):
    made = algorithm(name)
    names = [each.name() for each in made.parameterDefinitions()]
    assert not made.parameterDefinition("METRICS").createByDefault()
    assert "REPORT" not in names or names.index("METRICS") == names.index("REPORT") + 1


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("extractroads", "roads"),
        ("fusesaroptical", "flood"),
        ("detectevents", "events"),
        ("checkenvironment", "check"),
        ("applymodel", "models"),
        ("segmentlanduse", "map"),
    ],
)
def test_the_toolbox_shows_the_picture_of_the_menu(algorithm, name, picture):
    assert algorithm(name).svgIconPath().endswith(f"{picture}.svg")
