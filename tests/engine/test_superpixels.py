"""Regions of a tile, and which of them touch: what networks over regions read."""

import numpy as np
import onnxruntime
import pytest
import torch
from scipy import ndimage
from terraloom.engine.library.rules import RegionRules
from terraloom.engine.tiles.superpixels import adjacency_of, cut_regions, region_inputs
from terraloom.models.blocks.region_pooling import pool_regions, unpool_regions
from terraloom.models.build import build
from terraloom.models.carriers import Graph, Level
from terraloom.models.export import export_onnx, input_names
from terraloom.models.necks.region_graph import RegionGraph
from terraloom.models.spec import NetworkSpec, PartSpec


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


@torch.no_grad()
def test_regions_that_coarse_features_miss_say_nothing_to_their_neighbours():
    """Region 2 holds no pixel in the middle of a feature; what it touches is as if it were not there."""
    regions = torch.zeros(1, 16, 16, dtype=torch.int64)
    regions[:, :, 8:] = 1
    regions[:, :2, 7:9] = 2
    torch.manual_seed(0)
    neck, x = RegionGraph(Level(2, stride_px=4, alignment_px=4), 3, width=4).eval(), torch.randn(1, 2, 4, 4)
    without = torch.zeros(1, 3, 3)
    without[:, :2, :2] = 0.5
    expected = neck(x, Graph(regions, without))
    torch.testing.assert_close(neck(x, Graph(regions, torch.full((1, 3, 3), 1 / 3))), expected)


@torch.no_grad()
def test_networks_over_coarse_regions_run_from_their_file_and_in_64_bits(tmp_path):
    encoder = PartSpec("resnet", {"widths": (4, 6), "depths": (1, 1), "stem_stride": 2})
    necks = PartSpec("fpn", {"width": 4}), PartSpec("region_graph", {"regions": 40, "width": 4})
    torch.manual_seed(0)
    network = build(NetworkSpec.for_image(2, encoder, necks, PartSpec("segmentation", {"classes": 3}))).eval()
    image = textured(32, 32, bands=2)
    regions, _ = region_inputs([image], RegionRules(39))
    regions[0, 0] = 39  # of the four pixels of a feature the last one counts
    inputs = [torch.from_numpy(each)[None] for each in (image, regions, adjacency_of(regions, 40))]
    expected = network(*inputs)

    export_onnx(network, tmp_path / "network.onnx", side_px=32)
    session = onnxruntime.InferenceSession(tmp_path / "network.onnx", providers=["CPUExecutionProvider"])
    feeds = dict(zip(input_names(network), (each.numpy() for each in inputs), strict=True))
    torch.testing.assert_close(torch.from_numpy(session.run(None, feeds)[0]), expected, atol=1e-5, rtol=0)

    exact = network.double()(inputs[0].double(), *inputs[1:])
    assert exact.dtype == torch.float64
    torch.testing.assert_close(exact.float(), expected, atol=1e-4, rtol=0)
