"""Images that show one ground are all learnt from, and none of what is judged by is learnt from in another image."""

import json

import numpy as np
import pytest
import shapely
from pretraining_cases import PIXEL_M, ground, spec, two_sensors, wanted, write
from rasterio.warp import transform
from safetensors import safe_open
from terraloom.engine.chips.places import find_places
from terraloom.engine.chips.unlabelled_ground import divide, draw_tiles, lay_tiles
from terraloom.engine.errors import InputError
from terraloom.engine.jobs import pretrain_encoder
from terraloom.engine.progress import Silent
from terraloom.tests.listening import Heard

SIDE_PX = 16


def images(folder, count, shift_m=0.0, name="date", rows=48, cols=80, apart_m=0.0):
    """Images that hold their number, each moved east by a bit more."""
    return tuple(
        write(
            folder / f"{name}{number}.tif",
            np.full((1, rows, cols), number, np.float32),
            left=500000.0 + shift_m * number + apart_m * (number // 2),
        )
        for number in range(count)
    )


def divided(*inputs, seed=0):
    places, _ = find_places(inputs, (), (), None, every_image=True)
    chance = np.random.default_rng(seed)
    return places, divide(places, SIDE_PX, chance, Silent()), chance


def boxes(places, areas):
    return [shapely.box(*places[number].grid.part(window).bounds) for number, window in areas]


def seen(places, areas, chance, tiles=60):
    drawn = draw_tiles(places, areas, SIDE_PX, tiles, chance, Silent())
    return [tuple(float(values.mean()) for values in tile) for tile in drawn]


@pytest.mark.parametrize(("count", "shift_m"), [(2, 3.0), (6, 3.0), (6, 103.0), (3, 0.0)])
def test_no_ground_is_learnt_from_in_one_image_and_held_out_in_another(tmp_path, count, shift_m):
    places, split, _ = divided(images(tmp_path, count, shift_m))
    assert len(places) == count and {number for number, _ in split.learning} == set(range(count))
    learnt, judged = (boxes(places, areas) for areas in (split.learning, split.held_out))
    held_out = shapely.union_all(judged)
    assert shapely.union_all(learnt).intersection(held_out).area == 0
    assert held_out.area == pytest.approx(sum(box.area for box in judged)), "no ground is judged twice"
    whole = shapely.union_all(boxes(places, [(number, place.area) for number, place in enumerate(places)]))
    assert 0.1 < held_out.area / whole.area < 0.3


def test_images_of_one_ground_are_held_out_together(tmp_path):
    """Two dates of each of six grounds, on grids that lie beside each other's."""
    places, split, _ = divided(images(tmp_path, 12, 3.0, apart_m=10000.0))
    learnt, held_out = (
        {int(places[number].name.removeprefix("date")) // 2 for number, _ in areas}
        for areas in (split.learning, split.held_out)
    )
    assert len(places) == 12 and len(held_out) == 1 and learnt == set(range(6)) - held_out


def test_an_image_in_another_system_is_not_learnt_from_where_the_first_is_held_out(tmp_path):
    first = write(tmp_path / "a.tif", np.ones((1, 64, 160), np.float32))
    second = write(
        tmp_path / "b.tif", np.ones((1, 80, 160), np.float32), crs="EPSG:32630", left=916750.0, top=5717093.0
    )
    places, split, _ = divided((first, second))
    assert {number for number, _ in split.learning} == {0, 1}

    def in_degrees(areas):
        grids = [places[number].grid.part(window) for number, window in areas]
        shapes = [(grid.crs, shapely.segmentize(shapely.box(*grid.bounds), 100)) for grid in grids]
        return shapely.union_all([shapely.transform(box, degrees_from(crs)) for crs, box in shapes])

    def degrees_from(crs):
        return lambda points: np.transpose(transform(crs, "EPSG:4326", *points.T))

    learnt, judged = in_degrees(split.learning), in_degrees(split.held_out)
    assert learnt.intersection(judged).area < 1e-6 * judged.area


def test_every_date_of_a_ground_is_learnt_from(tmp_path):
    places, split, chance = divided(images(tmp_path, 4))
    assert {value for (value,) in seen(places, split.learning, chance)} == {0.0, 1.0, 2.0, 3.0}
    laid = list(lay_tiles(places, split.held_out, SIDE_PX, 64, chance, Silent()))
    assert len(laid) == 3, "tiles to judge by show no ground twice"


@pytest.mark.parametrize(("first", "second", "pairs"), [
    (3, 3, {(0, 0), (1, 1), (2, 2)}),
    (1, 3, {(0, 0), (0, 1), (0, 2)}),
    (3, 1, {(0, 0), (1, 0), (2, 0)}),
    (2, 3, {(0, 0), (1, 1), (0, 2)}),
])  # fmt: skip
def test_dates_of_two_sensors_are_met_in_their_order(tmp_path, first, second, pairs):
    inputs = images(tmp_path, first), images(tmp_path, second, name="radar")
    places, split, chance = divided(*inputs)
    assert set(seen(places, split.learning, chance)) == pairs


def test_tiles_of_a_mosaic_are_one_place_also_where_they_share_a_border(tmp_path):
    overlapping = images(tmp_path, 3, 70 * PIXEL_M)
    places, _, _ = divided(overlapping)
    assert len(places) == 1 and places[0].grid.width == 220


def test_gaps_of_a_date_of_the_second_sensor_are_filled_by_the_others(tmp_path):
    values = np.full((1, 48, 80), 7, np.float32)
    values[:, :, 40:] = np.nan
    radar = (write(tmp_path / "half.tif", values), write(tmp_path / "whole.tif", np.full_like(values, 9)))
    places, split, chance = divided(images(tmp_path, 1), radar)
    assert {value for _, value in seen(places, split.learning, chance, 200)} >= {7.0, 9.0}


def test_images_that_leave_no_ground_to_learn_from_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match="beside them, a strip of such tiles to judge"):
        divided(images(tmp_path, 3, 3.0, rows=20, cols=30))


def test_an_encoder_learns_from_several_dates_of_two_sensors(tmp_path):
    first, second = two_sensors(tmp_path, rows=48, cols=128)
    later = write(tmp_path / "later.tif", 5000 + ground(48, 128)[:2].astype(np.float32))
    heard = Heard()
    request = wanted(tmp_path, ((*first, later), second), method="crossmodal", epochs=1, tiles=40,
                     spec=spec(tmp_path, "a", "b"))  # fmt: skip
    pretrain_encoder.run(request, heard)
    with safe_open(request.checkpoint, "pt") as file:
        source, _ = json.loads(file.metadata()["terraloom"])["inputs"]
    assert source["mean"][0] == pytest.approx(3000, abs=500) and "left out" not in heard.text
