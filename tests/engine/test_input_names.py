"""What training chips may call an input, a composed network may too, and nothing else."""

import pytest
from terraloom.engine.errors import InputError
from terraloom.engine.requests.compose_network import ComposedInput, parse_inputs
from terraloom.engine.requests.input_names import TAKEN
from terraloom.engine.requests.make_training_chips import MakeTrainingChips
from terraloom.models.export import GRAPH_NAMES, OUTPUT_NAME


def chips(name):
    return MakeTrainingChips("chips", inputs=(("a.tif",),), labels=("b.tif",), names=(name,))


def test_the_names_taken_are_those_that_networks_are_exported_with():
    assert TAKEN == (*GRAPH_NAMES, OUTPUT_NAME)


@pytest.mark.parametrize("name", ["optical", "S1_vv", "x"])
def test_both_take_it(name):
    assert chips(name).input_names == (name,)
    assert parse_inputs(f"{name}=4", f"{name}=0,5") == (ComposedInput(name, 4, (0, 5)),)


@pytest.mark.parametrize("name", ["sentinel-1", "2020", "_x", "größe", "a.b", "regions", "adjacency", "logits"])
def test_both_refuse_it(name):
    with pytest.raises(InputError, match="letters, digits and _ only"):
        chips(name)
    with pytest.raises(InputError, match="letters, digits and _ only"):
        parse_inputs(f"{name}=4", "")
