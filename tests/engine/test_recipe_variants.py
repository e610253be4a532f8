"""Held-out road images are varied as other sensors would show them, labels with them."""

import pytest
import torch
from terraloom.recipes import road_variants
from terraloom.recipes.road_scores import Said
from terraloom.recipes.road_tiles import IGNORE, RoadImage


@pytest.fixture
def image():
    """A vertical road of 10 px, dark on green."""
    road = torch.zeros(1, 60, 60, dtype=torch.uint8)
    road[..., 20:30] = 1
    colours = torch.where(
        road == 1, torch.tensor([40, 40, 40])[:, None, None], torch.tensor([50, 120, 30])[:, None, None]
    )
    return RoadImage("a", colours.to(torch.uint8), torch.cat((road, torch.full_like(road, IGNORE))))


@pytest.mark.parametrize(("size_m", "side", "first", "last"), [(0.5, 120, 40, 59), (2.0, 30, 10, 14)])
def test_pixels_of_another_size_show_the_same_ground(image, size_m, side, first, last):
    varied = road_variants.at_pixels_of(size_m)(image)
    assert varied.image.shape == (3, side, side)
    columns = varied.road[side // 2].nonzero().flatten()
    assert (columns.min(), columns.max()) == (first, last)
    assert (varied.image[1, :, first + 2 : last - 1] == 40).all(), "image and labels stay together"


def test_grey_images_have_three_equal_bands_of_the_same_light(image):
    varied = road_variants.in_grey(image)
    assert (varied.image[0] == varied.image[1]).all() and (varied.image[1] == varied.image[2]).all()
    assert varied.image[0, 0, 25] == 40 and varied.image[0, 0, 0] == round(0.299 * 50 + 0.587 * 120 + 0.114 * 30)
    assert varied.labels is image.labels


def test_what_is_said_in_all_turns_is_averaged_where_it_belongs(image):
    class OnlyUpright(torch.nn.Module):
        """Sees a road wherever it is dark, as long as the road runs up and down."""

        stride = 1

        def forward(self, values):
            dark = values.mean(dim=1, keepdim=True) < values.mean()
            upright = bool(dark[0, 0].all(dim=0).any())
            return torch.where(dark & upright, 20.0, -20.0).expand(-1, 19, -1, -1)

    said = Said.of(OnlyUpright(), image, "rotations")
    assert said.field.shape == (3, 60, 60)
    assert said.field[0, :, 20:30] == pytest.approx(0.5, abs=1e-6), "four of eight turns see it"
    assert said.field[0, :, :20] == pytest.approx(0, abs=1e-6)
    assert (said.logit[:, 20:30] == 20).all(), "the image as it is comes first"


def test_unknown_ground_counts_in_neither():
    logit, road = torch.tensor([[1.0, 1.0, -1.0, 2.0]]), torch.tensor([[1, 0, 1, IGNORE]])
    assert road_variants.overlap(logit, road) == (1, 3)
    assert road_variants.variant_table({"grey": road_variants.pooled([(1, 3), (2, 3)])}).endswith("| grey | 0.500 |\n")
