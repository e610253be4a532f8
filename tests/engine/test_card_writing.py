"""A card that is written here is read back as it was meant."""

import json
from dataclasses import replace

import pytest
from terraloom.engine.errors import ModelError
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import LINES, REGRESSION, SEGMENTATION, ModelCard
from terraloom.engine.library.card_writing import InputFacts, NetworkFacts, Training, card_for
from terraloom.engine.library.rules import LineRules, RegionRules

LEGEND = Legend((LegendEntry(1, "Water", "#0000FF"), LegendEntry(7, "Bare land", "#CCAA88")))
OPTICAL = InputFacts("optical", ("red", "nir"), (10.0, 20.0), (2.0, 4.0), (0.0, 255.0), 10.0, (5.0, 20.0))
SERIES = InputFacts(
    "s", ("vv", "vh"), (1.0, 2.0), (1.0, 1.0), days=(0, 12, 30), dates=("2020-01-01", "2020-01-13", "2020-01-31")
)
NETWORK = NetworkFacts({"inputs": []}, stride_px=8, receptive_radius_px=40, tile_px=128)


def test_what_is_written_is_read():
    training = Training({"chips": 12}, {"accuracy": 0.5}, ("Only for tests.",), temperature=1.5)
    document = card_for("mine", SEGMENTATION, (OPTICAL, SERIES), NETWORK, LEGEND, (), training, "My model")
    card = ModelCard.from_json(json.dumps(document))
    assert (card.model_id, card.title, card.task, card.stride_px, card.receptive_radius_px) == (
        "mine",
        "My model",
        SEGMENTATION,
        8,
        40,
    )
    optical, series = card.inputs
    assert [(band.name, band.mean, band.std) for band in optical.bands] == [("red", 10, 2), ("nir", 20, 4)]
    assert (optical.value_range, optical.resolution_m, optical.resolution_range_m) == ((0, 255), 10, (5, 20))
    assert (series.days, series.dates, series.band_names, series.channels) == (
        (0, 12, 30),
        ("2020-01-01", "2020-01-13", "2020-01-31"),
        ("vv", "vh"),
        6,
    )
    assert card.legend == LEGEND and card.output.temperature == 1.5 and card.output.activation == "softmax"
    assert card.tile_px == 128 and card.regions is None and card.global_operations == ()
    assert document["properties"]["mlm:input"][1]["input"]["shape"] == [-1, 6, -1, -1]
    assert document["properties"]["terraloom:training_data"] == {"chips": 12}


def test_a_network_over_regions_says_how_they_are_made():
    network = NetworkFacts(
        {}, 1, 4, ("graph over regions",), tile_px=64, fixed_size=True, regions=RegionRules(50, 0.25)
    )
    document = card_for("mine", REGRESSION, (OPTICAL,), network, variables=("height",))
    card = ModelCard.from_document(document)
    assert card.regions == RegionRules(50, 0.25) and card.output.channels == ("height",)
    assert document["properties"]["mlm:input"][0]["input"]["shape"] == [-1, 2, 64, 64]
    assert document["properties"]["terraloom:regions"] == {"most": 50, "compactness": 0.25, "method": "slic"}


def test_a_network_of_lines_says_how_directions_are_told():
    network = replace(NETWORK, lines=LineRules(6, -15.0))
    training = Training(temperature=2.0)
    document = card_for("mine", LINES, (OPTICAL,), network, LEGEND, training=training)
    card = ModelCard.from_json(json.dumps(document))
    assert (card.task, card.lines, card.legend) == (LINES, LineRules(6, -15.0), LEGEND)
    assert (card.output.activation, card.output.threshold, card.output.temperature) == ("sigmoid", 0.5, 2.0)
    assert document["properties"]["mlm:output"][0]["result"]["shape"] == [-1, 7, -1, -1]
    with pytest.raises(ModelError, match="must have terraloom:lines"):
        card_for("mine", LINES, (OPTICAL,), NETWORK, LEGEND)


@pytest.mark.parametrize(
    ("words", "task", "source", "facts"),
    [
        ("no classes", SEGMENTATION, OPTICAL, {}),
        ("no classes", LINES, OPTICAL, {}),
        ("no variables", REGRESSION, OPTICAL, {}),
        ("2 bands, 1 means", REGRESSION, InputFacts("i", ("a", "b"), (0.0,), (1.0, 1.0)), {"variables": ("v",)}),
        ("positive", REGRESSION, InputFacts("i", ("a",), (0.0,), (0.0,)), {"variables": ("v",)}),
        ("do not rise", REGRESSION, InputFacts("i", ("a",), (0.0,), (1.0,), days=(3, 3)), {"variables": ("v",)}),
    ],
)
def test_what_cannot_be_is_refused(words, task, source, facts):
    with pytest.raises(ModelError, match=words):
        card_for("mine", task, (source,), NETWORK, **facts)
