"""Tiles to learn from and to judge by are drawn on ground of their own, with data, from all sensors."""

import numpy as np
from pretraining_cases import PIXEL_M, ground, spec, two_sensors, wanted, write
from terraloom.engine.chips.places import find_places
from terraloom.engine.chips.unlabelled_ground import divide, draw_tiles, lay_tiles
from terraloom.engine.jobs import pretrain_encoder
from terraloom.engine.progress import Silent
from terraloom.tests.listening import Heard


def tiles_of(inputs, side_px=16, wanted_tiles=30, seed=0):
    places, _ = find_places(inputs, (), (), None)
    chance = np.random.default_rng(seed)
    split = divide(places, side_px, chance, Silent())
    drawn = list(draw_tiles(places, split.learning, side_px, wanted_tiles, chance, Silent()))
    return split, drawn, list(lay_tiles(places, split.held_out, side_px, 64, chance, Silent()))


def test_tiles_follow_the_seed_and_keep_to_their_ground(tmp_path):
    columns = np.tile(np.arange(320, dtype=np.float32), (2, 64, 1))
    inputs = ((write(tmp_path / "columns.tif", columns),),)
    split, drawn, laid = tiles_of(inputs)
    same, other = tiles_of(inputs)[1], tiles_of(inputs, seed=1)[1]
    assert len(drawn) == 30 and all((a[0] == b[0]).all() for a, b in zip(drawn, same, strict=True))
    assert not all((a[0] == b[0]).all() for a, b in zip(drawn, other, strict=True))
    seen = max(tile[0].max() for tile in drawn)
    kept = min(tile[0].min() for tile in laid)
    assert seen < kept and 220 <= kept <= 280
    places = [(float(tile[0][0, 0, 0])) for tile in laid]
    assert len(laid) == 4 * len(set(places)) and all((place - kept) % 16 == 0 for place in places)
    assert len(split.held_out) == 1


def test_tiles_without_data_are_skipped_and_the_strip_lies_where_data_is(tmp_path):
    values = 1 + ground(64, 320)[:2].astype(np.float32)
    values[:, :, 200:] = -9999
    values[:, :20, :] = -9999
    inputs = ((write(tmp_path / "holes.tif", values, nodata=-9999),),)
    _, drawn, laid = tiles_of(inputs, wanted_tiles=40)
    assert len(drawn) == 40 and laid
    assert all(np.ma.getmaskarray(tile[0]).mean() <= 0.1 for tile in (*drawn, *laid))


def test_of_many_images_whole_ones_are_held_out(tmp_path):
    files = []
    for number in range(10):
        image = np.full((1, 32, 32), number, np.float32)
        files.append(write(tmp_path / f"{number}.tif", image, left=500000.0 + 10000 * number))
    split, drawn, laid = tiles_of((tuple(files),))
    held_out = {number for number, _ in split.held_out}
    assert len(held_out) == 2 and held_out.isdisjoint(number for number, _ in split.learning)
    assert {float(tile[0].max()) for tile in drawn}.isdisjoint(float(tile[0].max()) for tile in laid)


def test_the_second_sensor_is_brought_to_the_grid_of_the_first(tmp_path):
    first = write(tmp_path / "fine.tif", np.tile(np.arange(128, dtype=np.float32), (1, 64, 1)))
    coarse = np.tile(np.arange(64, dtype=np.float32) * 2 + 0.5, (1, 32, 1))
    second = write(tmp_path / "coarse.tif", coarse, pixel_m=2 * PIXEL_M)
    _, drawn, laid = tiles_of(((first,), (second,)))
    for tile in (*drawn, *laid):
        inside = (slice(None), slice(None), slice(2, -2))
        assert np.abs(tile[0][inside] - tile[1][inside]).max() < 0.51


def test_what_is_left_out_and_what_cannot_be_relied_on_is_told(tmp_path):
    first, second = two_sensors(tmp_path, rows=48, cols=128)
    away = write(tmp_path / "away.tif", np.ones((2, 96, 96), np.float32), left=900000.0)
    tiny = write(tmp_path / "tiny.tif", np.ones((2, 8, 8), np.float32), left=480000.0)
    heard = Heard()
    request = wanted(tmp_path, ((*first, away, tiny), (*second, tiny)), method="crossmodal", epochs=1, tiles=20,
                     spec=spec(tmp_path, "a", "b"))  # fmt: skip
    pretrain_encoder.run(request, heard)
    assert "1 images show no ground that those of the other sensor show" in heard.text
    assert "1 images are smaller than a tile of 16 px" in heard.text
    assert "Only " in heard.text and "can hardly be told" in heard.text
