"""Tiles that recipes draw for training stay true: labels turn with images, and what is hidden is nowhere to be seen."""

import numpy as np
import pytest
import torch
from scipy.ndimage import binary_erosion, gaussian_filter
from terraloom.engine.learning.line_directions import direction_bins
from terraloom.recipes import road_tiles
from terraloom.recipes.flood_tiles import INPUTS, FloodImage, FloodLight, FloodTiles, standardised
from terraloom.recipes.images import scaled
from terraloom.recipes.photo_tiles import Augmentation
from terraloom.recipes.road_tiles import DIRECTIONS, IGNORE, RoadImage, RoadTiles

SAME = Augmentation((1, 1), (1, 1), (0, 0), (1, 1), 0, 0, (0, 0))
SAME_FLOOD = FloodLight(**dict.fromkeys(FloodLight.__dataclass_fields__, 0.0))
"""The light stays as it is."""

SLANT_DEG = 20
"""Neither a turn nor a mirror leads to the same direction again."""


@pytest.fixture(scope="module")
def roads():
    """Parallel roads, white on black, that rise to the right."""
    rows, columns = np.mgrid[:160, :160]
    slant = np.radians(SLANT_DEG)
    road = (rows * np.cos(slant) + columns * np.sin(slant)) % 40 < 7
    labels = np.stack([road.astype(np.uint8), direction_bins(road, DIRECTIONS.count, DIRECTIONS.first_deg)])
    return RoadImage("roads", torch.from_numpy(np.stack([255 * road.astype(np.uint8)] * 3)), torch.from_numpy(labels))


def drawn_roads(roads, batch=48):
    """Values, roads and bins of tiles, in which roads may be half as large as in the image, or twice."""
    tiles = RoadTiles([(1.0, [roads])], 96, (0.6, 2.0), SAME, batch)
    drawn = tiles(torch.Generator().manual_seed(0))
    return drawn.inputs[0].numpy(), drawn.target.numpy(), drawn.extras["orientation"][:, 0].numpy()


def direction_deg(band, where):
    """Where parallel lines lead, as their light there has it: upwards from the direction of the columns, 0 to 180."""
    down, along = (slope[where] for slope in np.gradient(band))
    across = np.degrees(0.5 * np.arctan2(-2 * (along * down).sum(), (along**2 - down**2).sum()))
    return (across + 90) % 180


def test_road_tiles_tell_the_directions_that_their_roads_have(roads):
    """However they are cut out, enlarged, turned and mirrored."""
    seen = set()
    for image, road, bins in zip(*drawn_roads(roads), strict=True):
        known = binary_erosion(bins != IGNORE)  # so that what is beyond the edge of a scene is no slope
        true = direction_deg(image[0], known)
        told = DIRECTIONS.first_deg + (bins[bins != IGNORE] + 0.5) * 180 / DIRECTIONS.count
        told, counts = np.unique(told, return_counts=True)
        mostly = told[counts.argmax()]
        assert counts.max() > 0.7 * counts.sum() and abs((mostly - true + 90) % 180 - 90) < 5  # the ends are ragged
        assert ((image[0] > image.mean()) == (road == 1))[known].mean() > 0.85
        seen.add(round(float(mostly)))
    assert seen == {SLANT_DEG, 90 - SLANT_DEG, 90 + SLANT_DEG, 180 - SLANT_DEG}


def test_beyond_the_edge_of_a_scene_road_tiles_know_no_roads(roads, monkeypatch):
    monkeypatch.setattr(road_tiles, "EDGES", 1.0)
    monkeypatch.setattr(road_tiles, "FILLINGS", (127 / 255,))
    images, labels, bins = drawn_roads(roads)
    beyond = (images == scaled(torch.full((1, 3, 1, 1), 127.0)).numpy()).all(axis=1)
    assert beyond.any(axis=(1, 2)).mean() > 0.9 and 0.1 < beyond.mean() < 0.3
    assert not labels[beyond].any() and (bins[beyond] == IGNORE).all()


@pytest.fixture(scope="module")
def flood():
    """A flood that every band shows bright."""
    flooded = gaussian_filter(np.random.default_rng(0).normal(size=(120, 120)), 8) > 0
    bands = sum(each.bands for each in INPUTS)
    return FloodImage(
        1, torch.from_numpy(np.stack([60 + 140 * flooded] * bands).astype(np.uint8)), torch.tensor(flooded)
    )


def test_flood_labels_turn_with_all_images_and_hidden_ones_show_nothing(flood):
    drawn = FloodTiles([flood], 64, (0.6, 1.5), 64, SAME_FLOOD)(torch.Generator().manual_seed(0))
    flooded, there = drawn.target == 1, []
    for image in drawn.inputs:
        there.append((image != 0).flatten(1).all(dim=1))
        assert not image[~there[-1]].any()
        agree = ((image > 0) == flooded[:, None])[there[-1]]
        assert agree.float().mean(dim=(1, 2, 3)).min() > 0.9
    assert (there[0] | there[1]).all(), "an image of after the flood always stays"
    hidden = 1 - torch.stack(there).float().mean(dim=1)
    assert ((0.05 < hidden) & (hidden < 0.6)).all()


def test_of_nearly_hidden_floods_one_image_of_after_stays():
    tiles, generator = FloodTiles([], hidden=(0.9, 0.9, 1.0, 1.0)), torch.Generator().manual_seed(0)
    found = {tuple(tiles.drawn(generator)) for _ in range(200)}
    assert found == {(True, False, False, False), (False, True, False, False), (True, True, False, False)}


def test_in_any_light_and_under_clouds_flood_tiles_are_numbers_within_the_scale(flood):
    drawn = FloodTiles([flood], 64, (0.85, 1.3), 32)(torch.Generator().manual_seed(1))
    low, high = (float(standardised(torch.full((1, 8, 1, 1), value))[0].max()) for value in (0.0, 255.0))
    assert all(image.isfinite().all() and image.min() >= low and image.max() <= high for image in drawn.inputs)
    optical = drawn.inputs[0]
    lacking = (optical == 0).all(dim=1)
    assert (lacking.any(dim=(1, 2)) & ~lacking.all(dim=(1, 2))).any(), "some clouds hide a part"
