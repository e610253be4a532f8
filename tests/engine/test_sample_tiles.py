"""Tiles of images calibrate a network and judge what its variant loses, in figures worked out by hand."""

import numpy as np
import pytest
import toys
from optimising import FIELDS, image
from terraloom.engine.decoding import ClassDecoder
from terraloom.engine.errors import InputError
from terraloom.engine.legend import Legend
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import BandScale
from terraloom.engine.speed.agreement import Tally, compare_maps, relative_rmse
from terraloom.engine.tiles.sample_tiles import SampleTile, sample_tiles
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]

# Tiles


def wants(**fields):
    return read_card_of(toys.card(("b0", "b1"), 3, **{**FIELDS, **fields})).inputs[0]


def read_card_of(document):
    from terraloom.engine.library.card import ModelCard

    return ModelCard.from_document(document)


def test_tiles_lie_apart_hold_data_and_are_scaled(tmp_path):
    picture = image(tmp_path / "image.tif", nodata=0)
    tiles = sample_tiles((picture,), (), wants(), 16, ((), ()), 4, Silent())
    assert {tile.values.shape for tile in tiles} == {(2, 64, 64)} and len(tiles) == 4
    assert all(tile.known.mean() >= 0.5 for tile in tiles)
    raw = (toys.read(picture).data.astype(np.float32) - 60) / 20
    windows = np.lib.stride_tricks.sliding_window_view(raw, (64, 64), axis=(1, 2))[0, ::64, ::64].reshape(-1, 64, 64)
    places = {int(np.abs(windows - np.where(tile.known, tile.values[0], -3)).sum((1, 2)).argmin()) for tile in tiles}
    assert len(places) == 4


def test_labels_on_another_grid_are_the_nearest(tmp_path):
    coarse = np.arange(30 * 34).reshape(30, 34) % 3
    truth = toys.raster(tmp_path / "truth.tif", coarse.astype(np.uint8), pixel=10.0)
    picture = image(tmp_path / "image.tif")
    fine = coarse.repeat(10, 0).repeat(10, 1)
    blocks = fine[:256, :256].reshape(2, 128, 2, 128).swapaxes(1, 2).reshape(-1, 128, 128)
    tiles = sample_tiles((picture,), (truth,), wants(), 16, ((), ()), 4, Silent())
    assert len(tiles) == 4
    for tile in tiles:
        assert (np.asarray(tile.labels) == blocks).all((1, 2)).any()


def test_each_image_has_the_labels_that_stand_in_its_place(tmp_path):
    images, labels = (
        [toys.raster(tmp_path / f"{name}{n}.tif", np.full((bands, 128, 128), value, np.uint8)) for n, value in both]
        for name, bands, both in (("image", 2, ((0, 80), (1, 160))), ("truth", 1, ((0, 0), (1, 2))))
    )
    tiles = sample_tiles(images, labels, wants(), 16, ((), ()), 8, Silent())
    assert {(round(tile.values.mean() * 20 + 60), int(tile.labels.max())) for tile in tiles} == {(80, 0), (160, 2)}


@pytest.mark.parametrize(("low", "high"), [(0, 60000), (118, 150)], ids=["16 bit", "hazy"])
def test_images_are_stretched_as_for_a_map(tmp_path, low, high):
    values = np.random.default_rng(0).uniform(low, high, (2, 128, 128)).astype(np.uint16)
    picture = toys.raster(tmp_path / "image.tif", values)
    known = wants(**{"terraloom:value_range": [0, 255], "terraloom:stretch": [20, 220]})
    heard = Recorder()
    tiles = sample_tiles((picture,), (), known, 16, ((), ()), 4, heard)
    found = np.concatenate([tile.values.ravel() for tile in tiles]) * 20 + 60
    np.testing.assert_allclose(np.percentile(found, (2, 98)), (20, 220), atol=2)
    assert sum("They are brought there" in line for line in heard.logs) == 1
    given = (BandScale(1, "*", 1.0, 0.0),)
    unchanged = sample_tiles((picture,), (), known, 16, ((), given), 4, Silent())
    assert np.percentile(np.stack([tile.values for tile in unchanged]) * 20 + 60, 50) > 120, "SCALE has the last word"


def test_images_that_hold_too_little_are_refused(tmp_path):
    with pytest.raises(InputError, match="too little data"):
        sample_tiles((image(tmp_path / "i.tif", rows=70, columns=70),), (), wants(), 16, ((), ()), 8, Silent())


@pytest.mark.parametrize(
    ("stride_px", "fixed_px", "expected"),
    [
        (14, None, (126, 126)),
        (96, None, (96, 96)),
        (600, None, None),
        (16, (100, 90), (100, 90)),
        (1, (224, 224), None),
    ],
)
def test_tiles_are_of_a_size_that_the_network_takes(tmp_path, stride_px, fixed_px, expected):
    picture = image(tmp_path / "image.tif")
    if expected is None:
        size = "600 x 600" if fixed_px is None else "224 x 224"
        with pytest.raises(InputError, match=f"at least two tiles of {size} px"):
            sample_tiles((picture,), (), wants(), stride_px, ((), ()), 4, Silent(), fixed_px)
        return
    tiles = sample_tiles((picture,), (), wants(), stride_px, ((), ()), 4, Silent(), fixed_px)
    assert {tile.values.shape[1:] for tile in tiles} == {expected}


# Figures


def test_mean_iou_counts_the_classes_that_the_truth_has():
    legend = Legend.from_document(toys.card(classes=3)["properties"]["mlm:output"][0]["classification:classes"])
    counted = Tally(legend)
    truth, said = np.array([[0, 0, 1, 1, 9]]), np.array([[0, 1, 1, 1, 2]], np.uint8)
    counted.add(truth, said, np.array([[True, True, True, True, True]]))
    assert counted.pixels == 4, "9 is no class"
    assert counted.mean_iou == pytest.approx((1 / 2 + 2 / 3) / 2)


def loss_without_labels(first, second):
    """Loss where an original and its variant give class 1 these numbers for a row of pixels, and class 0 the rest."""
    card = read_card_of(toys.card(classes=2, activation="none"))
    pair = tuple(np.array([[1 - np.array(shares)], [shares]], np.float32) for shares in (first, second))
    tile = SampleTile(np.zeros((1, 1, 4), np.float32), np.ones((1, 4), bool), None)
    return compare_maps([pair], [tile], ClassDecoder(card.output, card.legend, {"classes"}), 1.0).loss


def lost(pixels):
    """Loss where so much of one of two pixels of a class becomes the other class, of which there are two as well."""
    return 100 * (1 - ((2 - pixels) / 2 + 2 / (2 + pixels)) / 2)


def test_without_labels_a_change_costs_as_much_as_the_original_was_sure():
    assert loss_without_labels([0, 0, 1, 1], [0, 0, 1, 0.4]) == pytest.approx(lost(1))
    assert loss_without_labels([0, 0, 1, 0.6], [0, 0, 1, 0.4]) == pytest.approx(lost(0.2), abs=1e-4)
    assert loss_without_labels([0, 0, 1, 0.6], [0, 0, 1, 1]) == 0, "it changes no class"


def test_numbers_that_are_no_probabilities_are_taken_for_sure():
    assert loss_without_labels([-2, -2, 3, 0.6], [-2, -2, 3, 0.4]) == pytest.approx(lost(1))


CERTAIN = np.array([[1, 0, 0, 1], [0, 1, 1, 0]], np.float32)[:, np.newaxis]
"""What a network that is sure says of four pixels: class 0, 1, 1 and 0."""


def compared(first, second, labels=None):
    card = read_card_of(toys.card(classes=2, activation="none"))
    truth = None if labels is None else np.ma.MaskedArray(np.array([labels]))
    tile = SampleTile(np.zeros((1, 1, 4), np.float32), np.ones((1, 4), bool), truth)
    return compare_maps([(first, second)], [tile], ClassDecoder(card.output, card.legend, {"classes"}), 1.0)


def test_against_labels_that_do_not_fit_no_less_is_lost_than_without_them():
    everywhere = np.repeat(np.array([0, 1], np.float32), 4).reshape(2, 1, 4)
    assert compared(CERTAIN, everywhere, [0, 1, 1, 0]).loss == pytest.approx(75)
    unfit, without = compared(CERTAIN, everywhere, [1, 2, 2, 1]), compared(CERTAIN, everywhere)
    assert unfit.loss == pytest.approx(without.loss) and "hardly ever right by these labels" in unfit.measure


@pytest.mark.parametrize("labels", [None, [0, 1, 1, 0]], ids=["no labels", "labels"])
def test_pixels_without_a_number_agree_in_nothing(labels):
    """Of two pixels that have one, one changes its class; the other two are a margin that the output lacks."""
    first, second = CERTAIN.copy(), CERTAIN[..., [1, 1, 1, 1]]
    first[..., 2:] = second[..., 2:] = np.nan
    assert compared(first, second, labels).loss == pytest.approx(75)


def test_a_variant_that_gives_no_number_somewhere_loses_all():
    broken = CERTAIN.copy()
    broken[:, 0, 2] = np.nan
    assert compared(CERTAIN, CERTAIN).loss == 0
    assert compared(CERTAIN, broken).loss == compared(CERTAIN, broken, [0, 1, 1, 0]).loss == np.inf


def test_relative_rmse_is_that_of_known_numbers():
    values = np.array([[[0.0, 2.0, 4.0, np.nan]]], np.float32)
    tile = SampleTile(values, np.ones((1, 4), bool), None)
    assert relative_rmse([(values, values)], [tile]) == 0
    assert relative_rmse([(values, values + 1)], [tile]) == pytest.approx(1 / np.std([0, 2, 4]))
