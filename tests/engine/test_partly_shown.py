"""Pixels that lack some of their bands, and have others, are told of: what the network says there is guesswork."""

import numpy as np
import pytest
import toys
from maps import apply
from terraloom.engine.progress import Silent
from terraloom.engine.requests.network_run import Extent


class Listening(Silent):
    """Keeps what is warned of."""

    def __init__(self):
        self.warned = []

    def warn(self, template, **values):
        self.warned.append(template.format(**values))


def lacking(rows, cols, *lacks):
    """An image of two bands, 1 everywhere but where 0 stands for no value: `(band, window)` each."""
    values = np.ones((2, rows, cols), np.float32)
    for band, *window in lacks:
        values[(band, *window)] = 0
    return values


def warnings_over(tmp_path, values, **run):
    listening = Listening()
    image = toys.raster(tmp_path / "in.tif", values, nodata=0)
    apply(tmp_path, toys.identity(tmp_path / "m.onnx", bands=2), image, progress=listening, **run)
    return [told for told in listening.warned if "lack some of their bands" in told]


@pytest.mark.parametrize("tile_size", [0, 64])
def test_pixels_that_lack_some_bands_are_told(tmp_path, tile_size):
    part = (slice(0, 80), slice(90, 100))  # 800 of 10,000 - 1,000 px
    nowhere = (slice(90, 100), slice(None))
    values = lacking(100, 100, (1, *part), (0, *nowhere), (1, *nowhere))
    (told,) = warnings_over(tmp_path, values, tile_size=tile_size)
    assert told.startswith("8.9% of the pixels lack some of their bands, and have others")
    assert "set another" in told


def test_a_few_dark_pixels_are_not_told(tmp_path):
    assert not warnings_over(tmp_path, lacking(100, 100, (1, 5, slice(0, 9))))
    assert warnings_over(tmp_path, lacking(100, 100, (1, 5, slice(0, 10))))


def test_pixels_that_lack_all_bands_are_none_of_them(tmp_path):
    gone = (slice(0, 50), slice(None))
    assert not warnings_over(tmp_path, lacking(100, 100, (0, *gone), (1, *gone)))


def test_only_what_is_of_interest_counts(tmp_path):
    values = lacking(100, 100, (1, slice(0, 50), slice(None)))
    lower = Extent(500_000, 5_000_000 - 100, 500_100, 5_000_000 - 50, toys.UTM)
    assert not warnings_over(tmp_path, values, extent=lower)
