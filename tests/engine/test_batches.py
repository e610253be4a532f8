"""Batches are drawn from all there is, and show nothing twice at a time to what tells it apart."""

from itertools import combinations

import numpy as np
import pytest
import torch
from terraloom.engine.errors import CancelledError
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.batches import Batches
from terraloom.engine.learning.tile_store import TileBatches, TileStore
from terraloom.engine.progress import Silent
from terraloom.tests.chips import write_chips
from terraloom.tests.training_runs import asked


def as_they_are(batch, _):
    return batch


@pytest.fixture
def tiles(tmp_path):
    """Ten tiles that hold their number."""
    numbered = (np.ma.MaskedArray(np.full((1, 4, 4), number, np.float32)) for number in range(10))
    return TileStore([[tile] for tile in numbered], 10, [1], 4, tmp_path)


def test_no_tile_is_twice_in_a_batch_and_all_are_drawn_alike(tiles):
    draw, generator = TileBatches(tiles, 4, as_they_are), torch.Generator().manual_seed(0)
    drawn = [draw(generator).inputs[0][:, 0, 0, 0].long() for _ in range(500)]
    assert all(len(set(numbers.tolist())) == 4 for numbers in drawn)
    counts = torch.cat(drawn).bincount()
    assert len(counts) == 10 and 150 < counts.min() and counts.max() < 250
    assert len(TileBatches(tiles, 32, as_they_are)(generator).inputs[0]) == 10


def test_tiles_follow_from_the_generator_alone(tiles):
    """A training that is resumed has the generator's state, and nothing else of what was drawn."""
    draw, generator = TileBatches(tiles, 4, as_they_are), torch.Generator().manual_seed(0)
    draw(generator)
    state, after = generator.get_state(), draw(generator).inputs[0]
    resumed = TileBatches(tiles, 4, as_they_are)(torch.Generator().set_state(state)).inputs[0]
    assert torch.equal(resumed, after)


def test_an_objective_that_tells_chips_apart_is_shown_none_twice(tmp_path, monkeypatch):
    seen = []

    class Recorded(Batches):
        def __call__(self, generator):
            if len(seen) == 10:
                raise CancelledError
            batch = super().__call__(generator)
            seen.append(any(torch.equal(*pair) for pair in combinations(batch.inputs[0], 2)))
            return batch

    monkeypatch.setattr(train_model, "Batches", Recorded)
    write_chips(tmp_path / "chips")
    request = asked(tmp_path, objectives="cross_entropy=1;contrastive=0.1", augment="none", baseline=False)
    with pytest.raises(CancelledError):
        train_model.run(request, Silent())
    assert not any(seen)
