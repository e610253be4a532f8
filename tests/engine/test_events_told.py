"""What is said of the values of one date of a series stands under that date, and only what changes is said again."""

import numpy as np
import pytest
import sensors
import toys
from event_scenes import FLOOD, detect, titled
from listening import Heard
from onnx import helper
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError

FOR_ALL = "SCALE counts for all dates of SERIES."


def network(path, **card):
    """Two bands are the scores of dry and flooded ground."""
    card = {"terraloom:value_range": [0, 255], **card}
    document = titled(toys.card(("b0", "b1"), 2, **card), FLOOD)
    return toys.save(path, [helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)


def scenes(folder, *factors):
    """8-bit values of two bands on some dates, times a factor each."""
    values = np.random.default_rng(0).uniform(10, 245, (2, 40, 40))
    return [
        toys.raster(folder / f"s_2020010{number}.tif", (values * factor).astype(np.float32))
        for number, factor in enumerate(factors, start=1)
    ]


def test_a_warning_of_values_stands_under_its_date_and_says_once_that_scale_counts_for_all(tmp_path):
    model, heard = network(tmp_path / "m.onnx", **{"terraloom:stretch": [10, 245]}), Heard()
    detect(tmp_path, scenes(tmp_path, 1, 40, 40), "flood", model, progress=heard)
    (first, second, third) = (heard.texts.index(text) for text in heard.logs if text.startswith("Date "))
    stretched = [place for place, text in enumerate(heard.texts) if "with SCALE = " in text]
    assert first < second < stretched[0] < third < stretched[1] and len(stretched) == 2
    (told,) = (place for place, text in enumerate(heard.texts) if text.startswith(FOR_ALL))
    assert told == stretched[0] + 1


def test_a_single_date_has_no_others(tmp_path):
    model, heard = network(tmp_path / "m.onnx", **{"terraloom:stretch": [10, 245]}), Heard()
    detect(tmp_path, scenes(tmp_path, 40), "flood", model, progress=heard)
    assert any("with SCALE = " in text for text in heard.warnings)
    assert not any(text.startswith(FOR_ALL) for text in heard.warnings)


def test_a_refusal_that_advises_a_scale_says_so_as_well(tmp_path):
    heard = Heard()
    with pytest.raises(InputError, match="2020-01-02 .*is refused. The values of .* SCALE = "):
        detect(tmp_path, scenes(tmp_path, 1, 40), "flood", network(tmp_path / "m.onnx"), progress=heard)
    assert [text for text in heard.warnings if text.startswith(FOR_ALL)]


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (("db", "db", "db"), [["decibels"] * 2, []]),
        (("db", "linear", "linear"), [["decibels", "powers (linear)"], ["powers (linear)"]]),
        (("db", "db", "linear"), [["decibels"] * 2, ["powers (linear)"]]),
    ],
)
def test_the_unit_of_radar_is_told_again_where_it_is_another(tmp_path, units, told):
    """The network reads two dates at once: what was now becomes what was before."""
    model = sensors.network(tmp_path / "toy.onnx")
    copy_with_card(model, titled(read_card(model).document, FLOOD), model)
    decibels = np.random.default_rng(0).normal(-12, 3, (1, 40, 40)).astype(np.float32)
    rasters = [
        toys.raster(tmp_path / f"sar_2020010{number}.tif", decibels if unit == "db" else 10 ** (decibels / 10))
        for number, unit in enumerate(units, start=1)
    ]
    heard = Heard()
    detect(tmp_path, rasters, "flood", model, progress=heard)
    of_dates = heard.text.split("Date ")[1:]
    said = [[line.split("taken for ")[1] for line in text.split("\n") if "are taken for" in line] for text in of_dates]
    assert [[unit.rstrip(".") for unit in sorted(of_date)] for of_date in said] == told
