"""A model of two dates too maps the ground of the series' first raster, whatever part of it the others show."""

import numpy as np
import pytest
import rasterio
import sensors
import toys
from affine import Affine
from event_scenes import FLOOD, detect, model_of, titled
from listening import Heard
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError
from terraloom.engine.events import event_series

WET = (slice(10, 20), slice(10, 30))
PIXEL_M = 10.0


@pytest.fixture
def model(tmp_path):
    """Flooded is what is bright on the two dates of a sensor, either of which may be missing."""
    path = sensors.network(tmp_path / "toy.onnx")
    copy_with_card(path, titled(read_card(path).document, FLOOD), path)
    return path


def dated(tmp_path, *rasters):
    """A raster for each date: 8 bits, bright where it is wet, with its first column and row and its pixel size."""
    paths = []
    for number, (values, (column, row), pixel) in enumerate(rasters, start=1):
        place = Affine(pixel, 0, 500_000 + column * PIXEL_M, 0, -pixel, 5_000_000 - row * PIXEL_M)
        paths.append(toys.raster(tmp_path / f"sar_2020010{number}.tif", values, transform=place))
    return paths


def image(shape=(40, 60), wet=None):
    """An image of radar in 8 bits."""
    values = np.full(shape, 100, np.uint8)
    if wet is not None:
        values[wet] = 250
    return values


@pytest.mark.parametrize(
    "second",
    [
        (image((40, 30), WET), (0, 0), PIXEL_M),
        (image((50, 90), (slice(15, 25), slice(25, 45))), (-15, -5), PIXEL_M),
        (np.kron(image((40, 30), WET), np.ones((2, 2), np.uint8)), (0, 0), PIXEL_M / 2),
        (image((20, 15), (slice(5, 10), slice(5, 15))), (0, 0), 2 * PIXEL_M),
    ],
    ids=["smaller", "wider", "finer", "coarser"],
)
def test_the_map_lies_on_the_first_raster(tmp_path, model, second):
    rasters = dated(tmp_path, (image(), (0, 0), PIXEL_M), second)
    made, _ = detect(tmp_path, rasters, "flood", model)
    with rasterio.open(rasters[0]) as first, rasterio.open(made["output"]) as found:
        assert (found.transform, found.shape, found.crs) == (first.transform, first.shape, first.crs)
        what = found.read(1, masked=True)
    shown = np.zeros((40, 60), bool)
    shown[:, : min(60, second[0].shape[1] * int(second[2]) // int(PIXEL_M) + second[1][0])] = True
    assert np.array_equal(~np.ma.getmaskarray(what), shown)
    wet = np.zeros((40, 60), bool)
    wet[WET] = True
    differs = (what.filled(0) == 1) != wet
    assert not differs.any() or (second[2] > PIXEL_M and differs.sum() <= 60), "but for the edges of coarser pixels"


def test_dates_after_the_second_are_mapped_where_only_they_show_the_ground(tmp_path, model):
    """Here the image before shows the other half, without which the model can do."""
    heard = Heard()
    rasters = dated(
        tmp_path,
        (image(), (0, 0), PIXEL_M),
        (image((40, 30)), (0, 0), PIXEL_M),
        (image((40, 30), WET), (30, 0), PIXEL_M),
    )
    made, _ = detect(tmp_path, rasters, "flood", model, progress=heard)
    what, when = (toys.read(made[name])[0] for name in ("output", "date_raster"))
    assert what.shape == (40, 60) and not np.ma.getmaskarray(what).any()
    late = np.zeros((40, 60), bool)
    late[10:20, 40:60] = True
    assert np.array_equal(what == 1, late) and (when[late] == 20200103).all()


def two_dates_needed(tmp_path, as_series):
    """A network that needs both dates: as one series, or as inputs of which the later one stands first in its card."""
    if as_series:
        return model_of(tmp_path / "m.onnx", FLOOD, dates=2)
    path = sensors.network(tmp_path / "m.onnx", ("sar", "sar_before"), optional=False)
    copy_with_card(path, titled(read_card(path).document, FLOOD), path)
    return path


@pytest.mark.parametrize("as_series", [True, False])
def test_dates_that_a_model_needs_and_that_lie_apart_are_found_before_the_network_runs(
    tmp_path, monkeypatch, as_series
):
    monkeypatch.setattr(event_series, "predict", lambda *_: pytest.fail("the network ran"))
    left, right = (image((40, 30)), (0, 0), PIXEL_M), (image((40, 30)), (30, 0), PIXEL_M)
    rasters = dated(tmp_path, (image(), (0, 0), PIXEL_M), left, right)
    with pytest.raises(InputError, match=r"2020-01-03 \(.*\) is refused. Date 2 of the series .*03.tif. does not over"):
        detect(tmp_path, rasters, "flood", two_dates_needed(tmp_path, as_series))


def test_the_map_lies_on_the_first_raster_where_the_card_names_the_later_date_first(tmp_path):
    rasters = dated(tmp_path, (image(), (0, 0), PIXEL_M), (image((40, 30), WET), (0, 0), PIXEL_M))
    made, _ = detect(tmp_path, rasters, "flood", two_dates_needed(tmp_path, as_series=False))
    what = toys.read(made["output"])[0]
    assert what.shape == (40, 60) and what.mask[:, 30:].all() and not what.mask[:, :30].any()
