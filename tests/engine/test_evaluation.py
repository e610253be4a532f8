"""What is said of a network on chips: its values in their own unit, whichever chips it is judged on."""

import pytest
import rasterio
import torch
from terraloom.engine.learning.chip_store import ChipStore
from terraloom.engine.learning.evaluation import value_figures
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_values


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
