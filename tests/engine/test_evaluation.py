"""What is said of networks and forests on chips rests on the chips' own pixels, in the unit of the training."""

import numpy as np
import pytest
import rasterio
import torch
from terraloom.engine.learning import baseline
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.evaluation import value_figures
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips, write_values


class TwiceTheFirstBand(torch.nn.Module):
    """Gives what `write_values` wrote: 200 + 40 z, divided by the factor of the training chips."""

    regions = 0

    def __init__(self, factor):
        super().__init__()
        self.factor = torch.nn.Parameter(torch.tensor(factor))

    def forward(self, image):
        return (200 + 40 * image[:, :1]) / self.factor


def test_values_are_judged_in_the_unit_of_the_training(tmp_path):
    """Test chips whose values spread far less than those of the training: a network that is right is right."""
    chips = write_values(tmp_path / "chips")
    for chip in chips.of("test"):
        for path, middle in ((chips.image_file(chip, chips.inputs[0]), 100), (chips.label_file(chip), 200)):
            with rasterio.open(path, "r+") as dataset:
                values = dataset.read(1)
                dataset.write(middle + 0.1 * (values - middle), 1)
    stores = {}
    for split in ("train", "test"):
        (tmp_path / split).mkdir()
        factor = stores["train"].factor if stores else None
        stores[split] = ChipStore(chips, chips.of(split), tmp_path / split, Silent(), factor)
    network = TwiceTheFirstBand(stores["train"].factor)
    figures = value_figures(network, stores["test"], lambda: None)
    assert figures["r2"] == pytest.approx(1, abs=1e-6)
    assert figures["rmse"] == pytest.approx(0, abs=1e-3)


def test_forests_of_values_are_judged_in_their_own_unit_and_around_gaps(tmp_path, monkeypatch):
    """A value that follows from a band is told well; noise is not, and each value is learnt where it is known."""
    chips = write_values(tmp_path / "chips")
    monkeypatch.setattr(baseline, "MOST_VALUES", 400)
    monkeypatch.setattr(baseline, "VALUE_TREES", 20)
    store = ChipStore(chips, chips.of("train"), tmp_path, Silent())
    told = baseline.ValueForests(store, seed=0, threads=1).figures(store, lambda: None)
    assert told["r2"] > 0.97 and told["rmse"] == pytest.approx((1 - told["r2"]) ** 0.5 * np.nanstd(store.targets), 1e-3)
    noise = np.random.default_rng(0).normal(1000, 50, store.targets.shape).astype(np.float32)
    known = ~np.isnan(store.targets)
    noise[known] = np.nan  # no pixel has both values
    store.targets[:, :, 8:] = np.nan
    noise[:, :, 8:] = np.random.default_rng(1).normal(1000, 50, noise[:, :, 8:].shape)
    store.targets = np.concatenate([store.targets, noise], axis=1)
    told = baseline.ValueForests(store, seed=0, threads=1).figures(store, lambda: None)
    of_noise = np.count_nonzero(~np.isnan(noise)) / np.count_nonzero(~np.isnan(store.targets))
    assert told["rmse"] == pytest.approx(50 * of_noise**0.5, rel=0.2), "all of the error is in the noise"


def test_a_forest_learns_from_a_sample_and_is_judged_on_every_labelled_pixel(tmp_path, monkeypatch):
    chips = write_chips(tmp_path / "chips")
    monkeypatch.setattr(baseline, "MOST_PIXELS", 100)
    monkeypatch.setattr(baseline, "TREES", 10)
    store = ChipStore(chips, chips.of("train"), tmp_path, Silent())
    counts = baseline.PixelForest(store, seed=0, threads=1).confusion(store, lambda: None)
    labelled = [[chip.pixels["1"], chip.pixels["2"]] for chip in chips.of("train")]
    assert counts.sum(axis=2).tolist() == labelled, "by block and true class"
    assert counts.trace(axis1=1, axis2=2).sum() > 0.98 * counts.sum(), "single pixels tell these classes"
