"""A preset is refused in words that can be followed where it does not suit what the chips hold."""

import pytest
from terraloom.models.build import build
from terraloom.models.errors import SpecError
from terraloom.models.presets import OF_SERIES, PRESETS, preset
from terraloom.models.spec import InputSpec

IMAGE, SERIES = InputSpec(3), InputSpec(2, "series", (0, 10, 30))
OF_VALUES = ("regression", "translation")


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_what_a_preset_is_for_is_built_and_the_rest_refused_with_advice(name):
    mine, other = (SERIES, IMAGE) if name in OF_SERIES else (IMAGE, SERIES)
    classes, variables = (0, 2) if name in OF_VALUES else (4, 0)
    assert build(preset(name, (mine,), classes, variables).spec).gives.channels == (classes or variables)
    with pytest.raises(SpecError, match=f"'{name}' is for .* the training chips hold"):
        preset(name, (other,), classes, variables)
    with pytest.raises(SpecError, match="values"):
        preset(name, (mine,), 4 - classes, 4 - variables)


@pytest.mark.parametrize("name", sorted(PRESETS.keys() - set(OF_VALUES)))
def test_the_advice_leads_to_a_preset_that_takes_the_chips(name):
    other, advised = (IMAGE, "auto") if name in OF_SERIES else (SERIES, "timeseries")
    with pytest.raises(SpecError, match=f"Choose {advised}"):
        preset(name, (other,), 4, 0)
    assert preset(advised, (other,), 4, 0)
