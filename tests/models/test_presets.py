"""A preset is refused in words that can be followed where it does not suit what the chips hold."""

from dataclasses import replace

import pytest
from terraloom.models.build import build
from terraloom.models.errors import SpecError
from terraloom.models.presets import OF_SERIES, PRESETS, preset
from terraloom.models.spec import InputSpec, PartSpec

IMAGE, SERIES = InputSpec(3), InputSpec(2, "series", (0, 10, 30))
OF_VALUES = ("regression", "translation")
CLASSES = dict.fromkeys(PRESETS, 4) | dict.fromkeys(OF_VALUES, 0) | {"lines": 2}


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_what_a_preset_is_for_is_built_and_the_rest_refused_with_advice(name):
    mine, other = (SERIES, IMAGE) if name in OF_SERIES else (IMAGE, SERIES)
    classes, variables = CLASSES[name], 0 if CLASSES[name] else 2
    outputs = 19 if name == "lines" else classes or variables
    assert build(preset(name, (mine,), classes, variables).spec).gives.channels == outputs
    with pytest.raises(SpecError, match=f"'{name}' is for .* the training chips hold"):
        preset(name, (other,), classes, variables)
    with pytest.raises(SpecError, match="values"):
        preset(name, (mine,), 0 if classes else 4, 0 if variables else 4)


@pytest.mark.parametrize("name", sorted(PRESETS.keys() - set(OF_VALUES)))
def test_the_advice_leads_to_a_preset_that_takes_the_chips(name):
    other, advised = (IMAGE, "auto") if name in OF_SERIES else (SERIES, "timeseries")
    with pytest.raises(SpecError, match=f"Choose {advised}"):
        preset(name, (other,), CLASSES[name], 0)
    assert preset(advised, (other,), 4, 0)


def test_lines_are_told_from_one_background():
    for classes in (1, 3):
        with pytest.raises(SpecError, match=rf"'lines' is for two classes, .* hold {classes}\. Make chips whose"):
            preset("lines", (IMAGE,), classes, 0)


def test_a_network_of_lines_has_the_objectives_of_lines():
    own = preset("lines", (IMAGE,), 2, 0).spec
    assert preset("auto", (IMAGE,), 2, 0, own) == preset("lines", (IMAGE,), 2, 0)
    assert preset("auto", (IMAGE,), 2, 0).spec.head.name == "segmentation"


def test_inputs_are_hidden_where_there_are_several_that_a_network_can_do_without():
    """A network that reads one image alone would be called able to do without it, and scored on nothing."""
    terrain = InputSpec(1, "terrain")
    assert preset("fusion", (IMAGE, terrain), 4, 0).input_drop_share > 0
    alone = preset("fusion", (IMAGE,), 4, 0)
    assert alone.input_drop_share == 0 == preset("landcover", (IMAGE,), 4, 0, alone.spec).input_drop_share
    both = preset("fusion", (IMAGE, terrain), 4, 0).spec
    for fusion, hides in (("middle", False), ("available", True)):
        own = replace(both, fusion=PartSpec(fusion))
        assert (preset("fusion", (IMAGE, terrain), 4, 0, own).input_drop_share > 0) is hides
