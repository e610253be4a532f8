"""Labels go where their pixels go, and light changes leave labels alone."""

import pytest
import torch
from terraloom.recipes.photo_tiles import Augmentation, cut_tile, turn

SEEDS = range(20)


def chance(seed):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def scene():
    """An 8-bit image whose every pixel shows its own label, 40 times."""
    labels = torch.randint(0, 6, (48, 64), generator=chance(0), dtype=torch.uint8)
    return (40 * labels).expand(3, -1, -1), labels


def test_turning_moves_labels_with_pixels():
    labels = torch.arange(36).reshape(6, 6)
    seen = set()
    for seed in range(60):
        image, turned = turn(labels[None].float(), labels, chance(seed))
        assert torch.equal(image[0].long(), turned)
        seen.add(tuple(turned.flatten().tolist()))
    assert len(seen) == 8, "there are eight ways to turn and mirror a square"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tile_at_its_own_scale_is_a_cut(scene, seed):
    image, labels = cut_tile(*scene, side_px=32, scale=(1.0, 1.0), generator=chance(seed))
    assert image.shape == (3, 32, 32)
    torch.testing.assert_close(image[0] * 255, 40.0 * labels)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rescaled_tile_keeps_labels_on_their_pixels(seed):
    """Of a black half and a white half, the border of image and labels stays the same."""
    labels = torch.zeros(96, 96, dtype=torch.uint8)
    labels[:, 48:] = 1
    image, cut = cut_tile((255 * labels)[None], labels, side_px=64, scale=(0.7, 2.0), generator=chance(seed))
    assert cut.dtype == torch.uint8
    disagreeing_columns = ((image[0] > 0.5) != cut.bool()).any(dim=0).sum()
    assert disagreeing_columns <= 1


def test_a_tile_larger_than_the_image_is_enlarged_from_what_there_is(scene):
    image, labels = cut_tile(*scene, side_px=80, scale=(0.5, 0.5), generator=chance(0))
    assert image.shape == (3, 80, 80)
    assert labels.shape == (80, 80)


@pytest.mark.parametrize("seed", SEEDS)
def test_values_stay_in_range_and_chance_is_the_generators(scene, seed):
    image, labels = cut_tile(*scene, side_px=32, scale=(0.5, 1.6), generator=chance(seed))
    varied, turned = Augmentation()(image, labels, chance(seed))
    again, _ = Augmentation()(image, labels, chance(seed))
    assert 0 <= varied.min() and varied.max() <= 1
    assert torch.equal(labels.flatten().sort().values, turned.flatten().sort().values)
    assert torch.equal(varied, again)


def test_grey_gives_all_bands_one_value():
    still = Augmentation(
        gain=(1, 1), band_gain=(1, 1), offset=(0, 0), gamma=(1, 1), grey_share=1, blur_share=0, noise=(0, 0)
    )
    image = torch.rand(3, 8, 8, generator=chance(0))
    varied, _ = still(image, torch.zeros(8, 8), chance(1))
    assert torch.equal(varied[0], varied[1]) and torch.equal(varied[0], varied[2])
    torch.testing.assert_close(varied[0].sort().values.sum(), image.mean(0).sum())
