"""What the page tells of a map's values is true to the last digit that it prints."""

import numpy as np
import pytest
import toys
from terraloom.engine.legend import Legend
from terraloom.engine.uncertainty.summary import BARS, sum_up


@pytest.mark.parametrize("power", [1, 6])
def test_quantiles_and_bars_are_those_of_the_values(tmp_path, power):
    """Mutual information lies close to 0: bars of 0.02 would say nothing of its quantiles."""
    values = np.random.default_rng(0).random((2, 60, 70)).astype(np.float32) ** power
    path = toys.raster(tmp_path / "values.tif", values)
    summary = sum_up(path, ("entropy", "mutual information"), None, Legend(()), lambda: None)
    for number, band in enumerate(summary.bands):
        for share in (0.1, 0.5, 0.9):
            assert summary.quantile(band, share) == pytest.approx(
                np.quantile(values[number], share, method="inverted_cdf"), abs=1e-4
            )
        expected = np.histogram(values[number].astype(float), BARS, (0, 1))[0]
        assert abs(summary.histogram(band) - expected).sum() <= 2  # at the edge of two bars
        assert summary.mean(band) == pytest.approx(values[number].mean(dtype=float))


def test_members_that_agree_everywhere_have_no_spread(tmp_path):
    path = toys.raster(tmp_path / "values.tif", np.zeros((1, 20, 20), np.float32))
    summary = sum_up(path, ("mutual information",), None, Legend(()), lambda: None)
    assert f"{summary.quantile('mutual information', 0.9):.3f}" == "0.000"
