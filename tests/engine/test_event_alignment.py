"""Images of a series that lie beside the first are moved back onto it."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import toys
from affine import Affine
from event_scenes import FLOOD, PIXEL_M, detect, model_of, series
from listening import Heard
from rasterio.warp import Resampling, calculate_default_transform, reproject
from scipy.ndimage import gaussian_filter, map_coordinates
from terraloom.engine.events.series_alignment import aligned
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.progress import Silent


@pytest.fixture(scope="module")
def ground():
    """Something to see from above, smooth enough to be read between pixels."""
    rng = np.random.default_rng(5)
    fine = gaussian_filter(rng.normal(size=(340, 360)), 2)
    fields = gaussian_filter(rng.normal(size=(340, 360)), 14) > 0
    return fine / fine.std() + 3 * gaussian_filter(fields.astype(float), 1)


def seen_from(ground, columns, rows, shape=(260, 280)):
    """A scene whose content lies so many pixels beside its place."""
    places = np.mgrid[: shape[0], : shape[1]] + 40.0
    return map_coordinates(ground, [places[0] - rows, places[1] - columns], order=3).astype(np.float32)


@pytest.mark.parametrize("shift", [(1.37, -0.82), (-4.6, 7.25), (0.4, 0.3), (0.0, 0.0)], ids=str)
def test_a_planted_shift_is_recovered_and_undone(tmp_path, ground, shift):
    """In other light, with noise and a corner without data."""
    still = seen_from(ground, 0, 0)
    other = (
        40
        + 0.7 * np.sqrt(np.abs(seen_from(ground, *shift) + 12))
        + np.random.default_rng(1).normal(size=still.shape) / 50
    )
    other[:20, :30] = -9999
    rasters = [
        toys.raster(tmp_path / "a_20200101.tif", np.stack([still, -still]), pixel=PIXEL_M),
        toys.raster(
            tmp_path / "b_20200201.tif", np.stack([other, -other]).astype(np.float32), pixel=PIXEL_M, nodata=-9999
        ),
    ]
    told = Heard()
    made, outcome = detect(
        tmp_path,
        rasters,
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        ("probability",),
        told,
        {"align": True},
    )
    (found,) = outcome.metrics["shifts_px"].values()
    assert found == pytest.approx([-shift[0], -shift[1]], abs=0.3)
    metres = PIXEL_M * np.hypot(*shift)
    (said,) = [text for text in told.logs if "beside the first" in text]
    assert float(said.split(" m, ")[0].split()[-1]) == pytest.approx(metres, abs=0.3 * PIXEL_M)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["a_20200101.tif", "b_20200201.tif", "m.onnx", made["probability"].name, "probability.qml"]
    )


def test_what_is_aligned_is_mapped_where_it_belongs(tmp_path, ground):
    """Bright ground is flooded on both dates: moved back, the second flood lies on the first."""

    def scene(*shift):
        bright = seen_from(ground, *shift) - 1.5
        return np.stack([-bright, bright])

    model = model_of(tmp_path / "m.onnx", FLOOD)
    rasters = series(tmp_path, scene(0, 0), scene(4, -3))
    new = {}
    for align in (False, True):
        _, outcome = detect(tmp_path, rasters, "flood", model, more={"align": align})
        new[align] = outcome.metrics["new_hectares"]["2020-02-01"] / outcome.metrics["new_hectares"]["2020-01-01"]
    assert new[False] > 0.15 and new[True] < 0.02


def test_shifts_are_told_by_date_whatever_the_files_are_called(tmp_path, ground):
    """As scenes are that have a folder each, and files called after their bands."""
    rasters, days = [], ("2020-01-01", "2020-02-01", "2020-03-01")
    for day, shift in zip(days, ((0, 0), (3, 0), (0, -2)), strict=True):
        (tmp_path / day).mkdir()
        still = seen_from(ground, *shift, shape=(120, 140))
        rasters.append(toys.raster(tmp_path / day / "B04.tif", np.stack([still, -still]), pixel=PIXEL_M))
    more = {"align": True, "dates": days}
    _, outcome = detect(tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", FLOOD), more=more)
    shifts = outcome.metrics["shifts_px"]
    assert list(shifts) == list(days[1:])
    assert [*shifts.values()] == [pytest.approx([-3, 0], abs=0.1), pytest.approx([0, 2], abs=0.1)]


def test_what_has_nothing_in_common_is_left_where_it_is(tmp_path, ground):
    noise = np.random.default_rng(3).normal(size=(2, 260, 280)).astype(np.float32)
    still = seen_from(ground, 0, 0)
    told = Heard()
    _, outcome = detect(
        tmp_path,
        series(tmp_path, np.stack([still, -still]), noise),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        progress=told,
        more={"align": True},
    )
    assert outcome.metrics["shifts_px"] == {}
    assert any("could not be aligned" in text for text in told.warnings)


@pytest.mark.parametrize(("columns", "is_found"), [(18, True), (25, False)])
def test_what_lies_farther_off_than_images_do_is_taken_for_another_place(tmp_path, ground, columns, is_found):
    rasters = [
        toys.raster(tmp_path / name, seen_from(ground, *shift), pixel=PIXEL_M)
        for name, shift in (("a_20200101.tif", (0, 0)), ("b_20200201.tif", (columns, 0)))
    ]
    told, days = Heard(), (date(2020, 1, 1), date(2020, 2, 1))
    _, figures = aligned(tuple(rasters), days, lambda name: tmp_path / name, told)
    assert len(figures["shifts_px"]) == is_found
    assert any("could not be aligned" in text for text in told.warnings) != is_found


def test_a_shift_is_undone_in_another_coordinate_system_too(tmp_path, ground):
    """A scene in degrees whose place is off by 2.3 columns and -1.6 rows of the first one's pixels."""
    still = seen_from(ground, 0, 0)
    first = toys.raster(tmp_path / "a_20200101.tif", still, pixel=PIXEL_M)
    with rasterio.open(first) as image:
        off = Affine.translation(2.3 * PIXEL_M, 1.6 * PIXEL_M) @ image.transform
        bounds = rasterio.transform.array_bounds(*still.shape, off)
        place, width, height = calculate_default_transform(image.crs, "EPSG:4326", *still.shape[::-1], *bounds)
        degrees = np.full((height, width), -9999, np.float32)
        told = {"src_transform": off, "src_crs": image.crs, "dst_transform": place, "dst_crs": "EPSG:4326"}
        reproject(still, degrees, resampling=Resampling.cubic, dst_nodata=-9999, **told)
    second = toys.raster(tmp_path / "b_20200201.tif", degrees, crs="EPSG:4326", transform=place, nodata=-9999)
    for expected in ([-2.3, 1.6], [0, 0]):
        days = date(2020, 1, 1), date(2020, 2, 1)
        lying, figures = aligned((first, second), days, lambda name: tmp_path / name, Silent())
        assert list(figures["shifts_px"].values()) == [pytest.approx(expected, abs=0.1)]
        second = lying[second]


@pytest.mark.parametrize(("shift", "is_moved"), [((0, -3), True), ((3, 0), True), ((0.05, 0.05), False)], ids=str)
def test_what_lies_beside_in_one_direction_only_is_moved_and_told_with_its_sign(tmp_path, ground, shift, is_moved):
    """Pixels are 30 m wide and 60 m high."""
    place, told = Affine(30, 0, 500_000, 0, -60, 5_000_000), Heard()
    rasters = [
        toys.raster(tmp_path / name, seen_from(ground, *beside), transform=place)
        for name, beside in (("a_20200101.tif", (0, 0)), ("b_20200201.tif", shift))
    ]
    lying, _ = aligned(rasters, (date(2020, 1, 1), date(2020, 2, 1)), lambda name: tmp_path / name, told)
    assert (lying[rasters[1]] != rasters[1]) == is_moved
    (said,) = re.findall(r"lies (\S+) columns and (\S+) rows beside the first, (\S+) m", told.text)
    metres = np.hypot(30 * shift[0], 60 * shift[1])
    assert [float(number) for number in said] == pytest.approx([*shift, metres], abs=0.05 * 60)
    assert [float(number) for number in said[:2]] == pytest.approx(shift, abs=0.05)


def test_a_virtual_raster_with_a_mask_is_moved(tmp_path, ground):
    """The paths in it are relative, and its copy lies elsewhere."""
    (tmp_path / "Übung").mkdir()
    first = toys.raster(tmp_path / "a_20200101.tif", seen_from(ground, 0, 0), pixel=PIXEL_M)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        file = toys.raster(tmp_path / "Übung" / "ä.tif", seen_from(ground, 3, 0), pixel=PIXEL_M)
        with rasterio.open(file, "r+") as dataset:
            mask = np.full(dataset.shape, 255, np.uint8)
            mask[:40] = 0
            dataset.write_mask(mask)
    second = str(tmp_path / "Übung" / "b_20200201.vrt")
    with rasterio.open(file) as dataset:
        rasterio.shutil.copy(dataset, second, driver="VRT")
    assert 'relativeToVRT="1">ä.tif<' in Path(second).read_text().partition("<MaskBand>")[2]
    lying, _ = aligned((first, second), (date(2020, 1, 1), date(2020, 2, 1)), lambda name: tmp_path / name, Silent())
    assert lying[second] != second
    with Rasters([second]) as before, Rasters([lying[second]]) as after:
        found, expected = (each.on(each.grid, (1,)).read(each.grid.window).values for each in (after, before))
    np.testing.assert_array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(expected))
    np.testing.assert_array_equal(found.compressed(), expected.compressed())
