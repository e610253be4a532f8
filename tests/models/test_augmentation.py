"""Labels go where their pixels go, and light changes leave labels alone."""

import math
from dataclasses import replace

import pytest
import torch
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation, Bearing, Strength, hide_inputs
from terraloom.models.errors import SpecError
from terraloom.models.objectives.objective import Batch
from terraloom.models.objectives.seen import Seen
from terraloom.models.objectives.targets import FromTeacher
from terraloom.models.spec import InputSpec
from terraloom.models.turn import DirectionBins, Turn
from torch import nn

SEEDS = range(20)


def chance(seed):
    return torch.Generator().manual_seed(seed)


ROWS = COLS = 12


def batch_of(inputs, **extras):
    """Inputs whose every pixel carries its own number in the first band of each date, as the target does."""
    numbers = torch.arange(1.0, ROWS * COLS + 1).reshape(ROWS, COLS)
    images = []
    for source in inputs:
        image = torch.randn(4, source.channels, ROWS, COLS, generator=chance(source.channels))
        image[:, :: source.bands] = numbers
        images.append(image)
    return Batch(tuple(images), numbers.long().expand(4, -1, -1), extras)


SERIES = InputSpec(3, "series", (0, 5, 30))
OPTICAL, SAR = InputSpec(4, "optical"), InputSpec(2, "sar")


def varied(inputs, strength, batch, seed=0, **others):
    return BatchAugmentation(tuple(inputs), strength, **others)(batch, chance(seed))


def test_no_strength_changes_nothing():
    batch = batch_of([OPTICAL, SAR])
    assert all(
        torch.equal(*pair) for pair in zip(varied([OPTICAL, SAR], STRENGTHS["none"], batch).inputs, batch.inputs)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_inputs_dates_maps_and_targets_turn_together(seed):
    numbers = torch.arange(1, ROWS * COLS + 1).reshape(1, 1, ROWS, COLS).expand(4, -1, -1, -1)
    batch = batch_of([OPTICAL, SERIES], elevation_m=numbers.float())
    adjacency = torch.rand(4, ROWS, COLS, generator=chance(9))
    batch = Batch((*batch.inputs, numbers[:, 0], adjacency), batch.target, batch.extras)
    turned = varied([OPTICAL, SERIES], STRENGTHS["geometric"], batch, seed)
    optical, series, regions, same = turned.inputs
    for image in (optical[:, 0], series[:, 0], series[:, 3], series[:, 6], turned.extras["elevation_m"][:, 0], regions):
        assert torch.equal(image.long(), turned.target)
    assert torch.equal(same, adjacency), "which regions touch does not turn"
    seen = {tuple(tile.flatten().tolist()) for tile in turned.target}
    assert len(seen) > 1, "each tile turns its own way"


def test_rectangles_keep_their_shape_and_labels_of_tiles_stay():
    batch = Batch((torch.randn(6, 4, 8, 12),), torch.arange(6))
    turned = varied([OPTICAL], STRENGTHS["geometric"], batch)
    assert turned.inputs[0].shape == (6, 4, 8, 12) and torch.equal(turned.target, torch.arange(6))
    assert not torch.equal(turned.inputs[0], batch.inputs[0])


def line(angle_deg):
    """Pixels of a line through the middle of a square, its angle growing from right to up."""
    rows, cols = torch.meshgrid(torch.arange(-20, 21), torch.arange(-20, 21), indexing="ij")
    angle = math.radians(angle_deg)
    across = cols * math.sin(angle) + rows * math.cos(angle)  # rows grow downwards
    along = cols * math.cos(angle) - rows * math.sin(angle)
    return (across.abs() < 0.8) & (along > 0)


def angle_of(pixels):
    """The angle of such a line, 0–360°."""
    rows, cols = torch.nonzero(pixels).float().mean(dim=0).sub(20).tolist()
    return math.degrees(math.atan2(-rows, cols)) % 360


@pytest.mark.parametrize(
    "period_deg, count, first_deg", [(180, 18, 0.0), (360, 36, 0.0), (180, 18, -5.0), (360, 8, -22.5)]
)
@pytest.mark.parametrize("angle_deg", [17, 63, 101, 172, 222, 344])
def test_directions_turn_with_their_lines(period_deg, count, first_deg, angle_deg):
    bins = DirectionBins(count, period_deg, first_deg)

    def bin_of(angle):
        return int((angle - first_deg) % period_deg / (period_deg / count))

    pixels = line(angle_deg)
    labels = torch.where(pixels, bin_of(angle_deg), 255).to(torch.uint8)
    for quarters in range(4):
        for mirrored in (False, True):
            way = Turn(quarters, mirrored)
            turned_pixels, turned = way.values(pixels), way.bins(labels, bins)
            expected = angle_of(turned_pixels)
            found = set(turned[turned_pixels].tolist())
            assert turned.dtype == torch.uint8 and set(turned[~turned_pixels].tolist()) == {255}
            assert len(found) == 1
            centre = first_deg + (found.pop() + 0.5) * period_deg / count
            away = (centre - expected + period_deg / 2) % period_deg - period_deg / 2
            assert abs(away) <= period_deg / count / 2 + 1.5, "the bin holds the angle measured, give or take a pixel"


def test_bins_turn_within_a_batch_and_only_where_they_are_known():
    extras = {"orientation": torch.full((4, 1, ROWS, COLS), 3)}
    turned = varied(
        [OPTICAL], STRENGTHS["geometric"], batch_of([OPTICAL], **extras), directions=DirectionBins(8)
    ).extras["orientation"]
    assert set(turned.unique().tolist()) <= {3, 7, 4, 0} and len(turned.unique()) > 1
    with pytest.raises(SpecError, match="known which angles"):
        varied([OPTICAL], STRENGTHS["geometric"], batch_of([OPTICAL], **extras))
    with pytest.raises(SpecError, match=r"9 bins over 180° .* Take a multiple of 2 bins"):
        DirectionBins(9)


def test_vectors_turn_with_the_map():
    """Of a field that points away from the middle, every turn does so too."""
    rows, cols = torch.meshgrid(torch.arange(-3.0, 4), torch.arange(-3.0, 4), indexing="ij")
    away = torch.stack([cols, rows])
    for quarters in range(4):
        for mirrored in (False, True):
            torch.testing.assert_close(Turn(quarters, mirrored).vectors(away), away)
    spin = torch.stack([rows, -cols])  # turns against the clock: mirrored, with it
    torch.testing.assert_close(Turn(1, False).vectors(spin), spin)
    torch.testing.assert_close(Turn(0, True).vectors(spin), -spin)


LIGHT_ONLY = {name: replace(STRENGTHS[name], turns=False) for name in ("light", "strong")}


@pytest.mark.parametrize("strength", LIGHT_ONLY.values(), ids=LIGHT_ONLY)
def test_light_leaves_targets_alone_and_is_the_generators(strength):
    batch = batch_of([OPTICAL, SERIES])
    first, again = (varied([OPTICAL, SERIES], strength, batch, seed=3) for _ in range(2))
    other = varied([OPTICAL, SERIES], strength, batch, seed=4)
    assert torch.equal(first.target, batch.target)
    for one, same, else_, before in zip(first.inputs, again.inputs, other.inputs, batch.inputs):
        assert torch.equal(one, same) and not torch.equal(one, else_) and not torch.equal(one, before)


def test_values_are_never_clamped():
    batch = Batch((1000 * torch.randn(4, 2, ROWS, COLS, generator=chance(0)),), torch.zeros(4, ROWS, COLS).long())
    image = varied([SAR], replace(LIGHT_ONLY["strong"], blur_share=0, band_drop_share=0), batch).inputs[0]
    assert image.abs().max() > 2000 and image.min() < -2000


def test_gain_and_offset_are_by_tile_band_and_date():
    """Each date and band of a tile is changed in a straight line of its own, within the strength."""
    strength = Strength(gain=0.2, band_gain=0.1, date_gain=0.05, offset=0.3, band_offset=0.1, date_offset=0.05)
    batch = batch_of([SERIES])
    before, after = batch.inputs[0], varied([SERIES], strength, batch).inputs[0]
    factors = (after[..., 0, 1] - after[..., 0, 0]) / (before[..., 0, 1] - before[..., 0, 0])
    shifts = after[..., 0, 0] - factors * before[..., 0, 0]
    torch.testing.assert_close(after, factors[..., None, None] * before + shifts[..., None, None], atol=1e-3, rtol=1e-4)
    assert len(factors.unique()) == factors.numel() and len(shifts.unique()) == shifts.numel()
    assert (factors - 1).abs().max() <= 0.35 and shifts.abs().max() <= 0.46
    by_date = factors.view(4, 3, 3)
    assert ((by_date - by_date.mean(dim=1, keepdim=True)).abs() <= 0.1).all(), "dates differ little"


def test_pixels_without_data_stay_without():
    batch = batch_of([SERIES])
    batch.inputs[0][:, 3:6, 2:5, 2:5] = 0  # the second date
    image = varied([SERIES], replace(STRENGTHS["strong"], turns=False, blur_share=1), batch).inputs[0]
    assert not image[:, 3:6, 2:5, 2:5].any()
    assert image[:, :3, 2:5, 2:5].any() and image[:, 3:6, 6:, 6:].any()


def test_a_lost_band_is_its_mean_on_all_dates():
    image = varied([SERIES], Strength(band_drop_share=1), batch_of([SERIES])).inputs[0].view(4, 3, 3, ROWS, COLS)
    lost = ~image.flatten(3).any(dim=3)  # (tiles, dates, bands)
    assert (lost.sum(dim=2) == 1).all() and torch.equal(lost[:, :1].expand_as(lost), lost)
    lone = InputSpec(1)
    assert torch.equal(
        varied([lone], Strength(band_drop_share=1), batch_of([lone])).inputs[0], batch_of([lone]).inputs[0]
    )


@pytest.mark.parametrize("seed", range(4))
def test_neither_noise_nor_grey_nor_blur_fills_a_lost_band(seed):
    strength = replace(STRENGTHS["strong"], band_drop_share=1, grey_share=1, blur_share=1)
    image = varied([OPTICAL], strength, batch_of([OPTICAL]), seed, visible={"optical": (2, 1, 0)}).inputs[0]
    assert (image.flatten(2).any(dim=2).sum(dim=1) == 3).all()
    assert (image.flatten(2).std(dim=2).sort(dim=1).values[:, 1:] > 0.1).all(), "the others are seen"


def test_only_visible_bands_become_grey():
    batch = batch_of([OPTICAL, SAR])
    strength = Strength(grey_share=1)
    optical, sar = varied([OPTICAL, SAR], strength, batch, visible={"optical": (2, 1, 0)}).inputs
    mean = batch.inputs[0][:, :3].mean(dim=1)
    for band in range(3):
        torch.testing.assert_close(optical[:, band], mean)
    assert torch.equal(optical[:, 3], batch.inputs[0][:, 3]) and torch.equal(sar, batch.inputs[1])
    assert torch.equal(varied([OPTICAL], strength, batch).inputs[0], batch.inputs[0]), "what is visible was not said"


def bearing_of(pixels):
    """The compass bearing of a line from the middle of a square, 0–360° clockwise from up."""
    return (90 - angle_of(pixels)) % 360


@pytest.mark.parametrize("bearing_deg", [20, 75, 130, 250, 340])
def test_bearings_turn_with_their_slopes(bearing_deg):
    pixels = line(90 - bearing_deg)
    degrees = torch.where(pixels, float(bearing_deg), -1.0)  # flat ground has none
    for quarters in range(4):
        for mirrored in (False, True):
            way = Turn(quarters, mirrored)
            turned_pixels, turned = way.values(pixels), way.bearings(way.values(degrees))
            (found,) = turned[turned_pixels].unique().tolist()
            away = (found - bearing_of(turned_pixels) + 180) % 360 - 180
            assert abs(away) <= 1.5 and turned[~turned_pixels].unique().tolist() == [-1.0]


@pytest.mark.parametrize("bearing_deg", [0.0, 360.0])
def test_north_is_a_bearing_whatever_the_band_was_standardised_by(bearing_deg):
    mean, std = 100 * torch.rand(1000, generator=chance(0)) + 100, 50 * torch.rand(1000, generator=chance(1)) + 50
    degrees = (bearing_deg - mean) / std * std + mean
    assert not torch.equal(degrees, torch.full_like(degrees, bearing_deg)), "or nothing is shown"
    turned = Turn(1, False).bearings(degrees)
    torch.testing.assert_close(turned, torch.full_like(turned, 270.0), atol=1e-3, rtol=0)


@pytest.mark.parametrize("seed", SEEDS)
def test_bands_of_bearings_turn_and_have_no_light(seed):
    """Each tile is a fan whose every pixel faces away from the middle: it does so still, on every date."""
    rows, cols = torch.meshgrid(torch.arange(-3.5, 4), torch.arange(-3.5, 4), indexing="ij")
    away = torch.rad2deg(torch.atan2(cols, -rows)) % 360
    mean, std = 180.0, 90.0
    image = torch.randn(4, 9, 8, 8, generator=chance(1))
    image[:, 1::3] = (away - mean) / std
    image[:, :, 3, 4] = 0  # no data
    batch = Batch((image,), torch.arange(64).reshape(8, 8).expand(4, -1, -1))
    aspect = {"series": (Bearing(1, mean, std),)}
    strength = replace(STRENGTHS["strong"], band_drop_share=1.0)
    turned = varied([SERIES], strength, batch, seed, bearings=aspect)
    known = (turned.target != 3 * 8 + 4)[:, None].expand(-1, 3, -1, -1)
    found = turned.inputs[0][:, 1::3] * std + mean
    distance = (found - away + 180) % 360 - 180
    assert distance[known].abs().max() < 1e-3
    assert not turned.inputs[0][:, 1::3][~known].any(), "what has no data has no bearing"
    plain_turn = varied([SERIES], strength, batch, seed).inputs[0]
    others = [band for band in range(9) if band % 3 != 1]
    assert torch.equal(turned.inputs[0][:, others], plain_turn[:, others]), "other bands are varied as without"


@pytest.mark.parametrize("seed", range(4))
def test_an_unknown_bearing_stays_unknown_where_other_bands_are_known(seed):
    image = torch.ones(8, 2, 4, 4)
    image[:, 1] = 0
    found = varied([SAR], STRENGTHS["strong"], Batch((image,), torch.zeros(8, 4, 4)), seed,
                   bearings={SAR.name: (Bearing(1, 170.0, 100.0),)})  # fmt: skip
    assert not found.inputs[0][:, 1].any()


def test_hidden_inputs_leave_at_least_one():
    images = [torch.ones(2000, 1, 1, 1), torch.ones(2000, 2, 1, 1), torch.ones(2000, 1, 1, 1)]
    hidden = [image[:, 0, 0, 0] == 0 for image in hide_inputs(images, 0.5, chance(0))]
    assert not torch.stack(hidden).all(dim=0).any()
    shares = [each.float().mean().item() for each in hidden]
    assert shares == pytest.approx([0.5 - 0.125 / 3] * 3, abs=0.04)
    batch = batch_of([OPTICAL, SAR])
    hidden = varied([OPTICAL, SAR], STRENGTHS["none"], batch, input_drop_share=1.0).inputs
    assert all((optical == 0).all() != (sar == 0).all() for optical, sar in zip(*hidden))


def test_a_teacher_sees_what_is_hidden_from_the_network():
    batch, seen = batch_of([OPTICAL, SAR]), []

    class Seeing(nn.Module):
        def forward(self, *inputs):
            seen.append(inputs)
            return inputs[0]

    hidden = varied([OPTICAL, SAR], STRENGTHS["none"], batch, input_drop_share=0.5)
    assert not all(torch.equal(*pair) for pair in zip(hidden.inputs, batch.inputs, strict=True))
    network = Seeing()
    FromTeacher(Seeing(), torch.sub)(Seen(network, hidden.to(torch.device("cpu")), 1))
    for pair in zip(seen, (hidden.inputs, batch.inputs), strict=True):
        assert all(torch.equal(*images) for images in zip(*pair, strict=True))


def test_hiding_leaves_an_input_that_holds_data_where_another_is_all_nodata():
    images = [torch.ones(200, 3, 4, 4), torch.ones(200, 2, 4, 4)]
    images[0][:150] = 0
    hidden = hide_inputs(images, 0.5, chance(0))
    assert sum(image.flatten(1).any(dim=1) for image in hidden).all()
    assert (hidden[1][150:].flatten(1) == 0).any(), "where both hold data, each is hidden at times"
