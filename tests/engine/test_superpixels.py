"""Regions of a tile, and which of them touch: what networks over regions read."""

import numpy as np
import pytest
import torch
from scipy import ndimage
from terraloom.engine.library.rules import RegionRules
from terraloom.engine.superpixels import adjacency_of, cut_regions, region_inputs
from terraloom.models.blocks.region_pooling import pool_regions, unpool_regions


def textured(rows, cols, bands=4, seed=0):
    """Smooth fields with edges, about as varied as standardised images are."""
    rng = np.random.default_rng(seed)
    fields = [ndimage.gaussian_filter(rng.normal(size=(rows, cols)), 5) for _ in range(bands)]
    return np.stack([field / max(field.std(), 1e-9) + (field > 0) for field in fields]).astype(np.float32)


@pytest.mark.parametrize(("rows", "cols"), [(64, 64), (60, 40), (128, 31), (5, 7), (1, 1)])
@pytest.mark.parametrize("most", [1, 2, 10, 60])
@pytest.mark.parametrize("compactness", [0.05, 1.0, 20.0])
def test_there_are_never_more_regions_than_allowed(rows, cols, most, compactness):
    for values in (textured(rows, cols), np.random.default_rng(1).normal(size=(3, rows, cols)).astype(np.float32)):
        regions = cut_regions(values, RegionRules(most, compactness))
        assert regions.shape == (rows, cols) and regions.dtype == np.int64
        numbers = np.unique(regions)
        np.testing.assert_array_equal(numbers, np.arange(len(numbers)))
        assert len(numbers) <= most


def test_regions_are_connected_and_follow_edges():
    """A square of other values is cut along its sides: no region holds pixels of both."""
    values = np.zeros((5, 64, 64), np.float32)
    values[:, 18:45, 13:40] = 3
    values += np.random.default_rng(0).normal(scale=0.05, size=values.shape).astype(np.float32)
    regions = cut_regions(values, RegionRules(40))
    inside = set(np.unique(regions[18:45, 13:40]))
    outside = np.ones((64, 64), bool)
    outside[18:45, 13:40] = False
    assert not inside & set(np.unique(regions[outside]))
    assert all(ndimage.label(regions == number)[1] == 1 for number in np.unique(regions))


@pytest.mark.parametrize("repeats", [1, 7])
def test_compactness_means_the_same_for_any_number_of_bands(repeats):
    values = textured(60, 60)
    np.testing.assert_array_equal(
        cut_regions(np.tile(values, (repeats, 1, 1)), RegionRules(30)), cut_regions(values, RegionRules(30))
    )


def test_neighbours_are_those_that_share_a_side_and_shares_sum_to_one():
    regions = np.array([[0, 0, 1], [2, 2, 1], [2, 3, 3]])
    adjacency = adjacency_of(regions, 6)
    touch = np.array(
        [
            [1, 1, 1, 0, 0, 0],
            [1, 1, 1, 1, 0, 0],
            [1, 1, 1, 1, 0, 0],
            [0, 1, 1, 1, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
        ]
    )
    np.testing.assert_array_equal(adjacency > 0, touch > 0)
    np.testing.assert_allclose(adjacency.sum(axis=1), [1, 1, 1, 1, 0, 0], atol=1e-6)
    assert adjacency[0, 1] == pytest.approx(1 / 3) and adjacency[1, 3] == pytest.approx(1 / 4)


def test_all_images_of_a_network_count():
    flat = np.zeros((2, 40, 40), np.float32)
    edge = flat.copy()
    edge[:, :, 22:] = 4
    regions, adjacency = region_inputs([flat, edge], RegionRules(8))
    assert not set(np.unique(regions[:, :22])) & set(np.unique(regions[:, 22:]))
    assert adjacency.shape == (8, 8) and adjacency.dtype == np.float32


def test_pooling_gives_means_and_unpooling_gives_them_back():
    rng = np.random.default_rng(0)
    regions = rng.integers(0, 5, (2, 9, 11))
    regions[regions == 3] = 2  # a number without a region
    x = rng.normal(size=(2, 3, 9, 11)).astype(np.float32)
    nodes = pool_regions(torch.from_numpy(x), torch.from_numpy(regions), 5)
    for image in range(2):
        for number in (0, 1, 2, 4):
            expected = x[image][:, regions[image] == number].mean(axis=1)
            np.testing.assert_allclose(nodes[image, number], expected, atol=1e-6)
    assert (nodes[:, 3] == 0).all()
    back = unpool_regions(nodes, torch.from_numpy(regions)).numpy()
    np.testing.assert_allclose(back[1, :, 4, 5], nodes[1, regions[1, 4, 5]], atol=0)


def test_pooling_counts_right_where_features_are_halved():
    """bfloat16 stops counting at 256: means of large regions must not suffer."""
    x = torch.ones(1, 1, 64, 64, dtype=torch.bfloat16)
    nodes = pool_regions(x, torch.zeros(1, 64, 64, dtype=torch.int64), 2)
    assert nodes[0, 0, 0] == 1 and nodes[0, 1, 0] == 0
