"""What is said of networks and forests on chips rests on the chips' own pixels, in the unit of the training."""

import math
import tracemalloc
from types import SimpleNamespace

import numpy as np
import pytest
import rasterio
import torch
from terraloom.engine.learning import baseline
from terraloom.engine.learning.chip_store import ChipStore, statistics_of
from terraloom.engine.learning.evaluation import outputs, value_figures
from terraloom.engine.learning.held_out import score_classes
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


class Shown(torch.nn.Module):
    """Gives what its image shows, in the unit of the training."""

    regions = 0

    def __init__(self, factor):
        super().__init__()
        self.factor = torch.nn.Parameter(torch.tensor(factor))

    def forward(self, image):
        return image / self.factor


class Kept:
    """A store of values, whose images show what a network shall say of them, both `(chips, variables, rows, cols)`."""

    chip_set, classes = SimpleNamespace(legend=None), 0
    factor = 2.0

    def __init__(self, targets, said):
        self.targets, self.images, self.variables = targets, (said,), targets.shape[1]

    def __len__(self):
        return len(self.targets)

    @property
    def figures(self):
        return value_figures(Shown(self.factor), self, lambda: None)


@pytest.mark.parametrize(
    ("side_px", "sizes"),
    [(16, [8, 8, 1]), (256, [8, 8, 1]), (300, [5, 5, 5, 2]), (512, [2] * 8 + [1]), (800, [1] * 17)],
)
def test_of_large_chips_fewer_are_judged_at_once(side_px, sizes):
    """As many pixels, so that the size of a training's batches bounds its memory."""
    network, chips = Shown(Kept.factor), np.zeros((17, 1, side_px, side_px), np.float32)
    said = list(outputs(network, Kept(chips, chips), lambda: None))
    assert [len(each.output) for each in said] == sizes
    assert np.array_equal(np.concatenate([each.numbers for each in said]), np.arange(17))


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


def test_figures_of_values_are_those_by_hand():
    """Two chips of 0, 1, … 48: of one the network says twice the value, of the other the value."""
    targets = np.arange(49, dtype=np.float32).reshape(1, 1, 7, 7).repeat(2, axis=0)
    figures = Kept(targets, targets * np.array([2, 1], np.float32).reshape(2, 1, 1, 1)).figures
    mean_square = 48 * 97 / 6  # of 0 … 48, and of the errors of the first chip
    assert figures["rmse"] == pytest.approx(math.sqrt(mean_square / 2))
    assert figures["psnr_db"] == pytest.approx(10 * math.log10(48**2 / (mean_square / 2)))
    assert figures["r2"] == pytest.approx(1 - 49 * mean_square / (2 * 49 * (mean_square - 24**2)))
    variance, first, second = 49 * 50 / 12, (0.01 * 48) ** 2, (0.03 * 48) ** 2  # of the one window; its constants
    likeness = (2 * 24 * 48 + first) * (2 * 2 * variance + second)
    likeness /= (24**2 + 48**2 + first) * (variance + 4 * variance + second)
    assert figures["ssim"] == pytest.approx((likeness + 1) / 2, rel=1e-5)


@pytest.mark.parametrize("value", [7.0, 0.1, 5.1])
def test_of_values_that_are_all_the_same_an_error_is_told_and_no_share_of_what_varies(value, monkeypatch):
    """0.1 and 5.1 are no binary fractions: sums of them are rounded, and seem to vary."""
    targets = np.full((3, 1, 10, 10), value, np.float32)
    assert Kept(targets, targets + 1).figures == {"rmse": pytest.approx(1, rel=1e-5)}
    monkeypatch.setattr(baseline, "VALUE_TREES", 2)
    forests = baseline.ValueForests(Kept(targets + np.arange(3).reshape(3, 1, 1, 1), targets), seed=0, threads=1)
    assert forests.figures(Kept(targets, targets), lambda: None).keys() == {"rmse"}
    assert statistics_of(targets, 1).std == [1], "what is divided by it stays as it is"


def test_values_are_read_and_judged_chip_by_chip(tmp_path):
    """They are mapped from disk, and may be more than memory holds."""
    targets, said = (
        np.lib.format.open_memmap(tmp_path / name, mode="w+", dtype=np.float32, shape=(300, 2, 48, 48))
        for name in ("targets.npy", "said.npy")
    )
    targets[:] = np.random.default_rng(0).normal(1000, 5, targets.shape)
    targets[:, 0, :2] = np.nan
    targets[:, 1] += 300
    said[:] = targets + 1
    tracemalloc.start()
    try:
        by_variable, together = statistics_of(targets, 2), statistics_of(targets, 1)
        figures = Kept(targets, said).figures
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < targets.nbytes / 4
    assert by_variable.mean == pytest.approx(np.nanmean(targets, axis=(0, 2, 3), dtype=np.float64), rel=1e-9)
    assert together.std[0] == pytest.approx(np.nanstd(targets, dtype=np.float64), rel=1e-9)
    assert figures["r2"] == pytest.approx(1 - 1 / 25, abs=1e-3)


def test_a_forest_of_many_pixels_counts_them_without_a_list_of_them(monkeypatch):
    """A list of the places of all pixels would take more than the values themselves."""
    targets = np.random.default_rng(0).normal(size=(300, 1, 64, 64)).astype(np.float32)
    monkeypatch.setattr(baseline, "VALUE_TREES", 1)
    monkeypatch.setattr(baseline, "MOST_VALUES", 1000)
    tracemalloc.start()
    try:
        baseline.ValueForests(Kept(targets, targets), seed=0, threads=1)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < targets.nbytes


def test_the_gain_has_an_interval_only_where_draws_of_labelled_blocks_differ():
    perfect, wrong = np.array([[50, 0], [0, 50]]), np.array([[30, 20], [20, 30]])
    empty = np.zeros((2, 2), int)
    for blocks in ((perfect, perfect, perfect), (perfect, empty, empty)):
        forest = [wrong if block.any() else empty for block in blocks]
        gain = score_classes("test", np.stack(blocks), np.stack(forest), seed=0).gain
        assert gain.value > 0.3 and math.isnan(gain.low) and math.isnan(gain.high)
    network, forest = np.stack([perfect, wrong, perfect]), np.stack([wrong, wrong, perfect])
    gain = score_classes("test", network, forest, seed=0).gain
    assert gain.low < gain.value < gain.high
    with_empty = (np.concatenate([each, [empty]]) for each in (network, forest))
    assert score_classes("test", *with_empty, seed=0).gain == gain
