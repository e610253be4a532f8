"""A picture of class maps shows each class in its colour, what nobody labelled in grey, and stays small."""

import numpy as np
import pytest
import rasterio
from terraloom.engine.errors import InputError, OutputError
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.recipes.class_picture import GAP, GAP_PX, UNLABELLED, write_class_picture

LEGEND = Legend(
    (LegendEntry(1, "Water", "#2f7fc1"), LegendEntry(7, "Road", "#6e6e73"), LegendEntry(0, "Wood", "#4e9a47"))
)
COLOURS = {entry.value: entry.rgb for entry in LEGEND.entries}
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def colours_in(path):
    """The picture as `(rows, cols, 3)`; it must be one band with a palette."""
    with rasterio.open(path) as picture:
        assert (picture.driver, picture.count) == ("PNG", 1)
        palette = picture.colormap(1)
        return np.array([palette[number][:3] for number in range(len(palette))])[picture.read(1)]


def drawn(values):
    return np.array([[COLOURS.get(value, UNLABELLED) for value in row] for row in values.tolist()])


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float32"])
def test_pixels_keep_their_places_and_colours(tmp_path, dtype):
    labels, classes = np.random.default_rng(0).choice([0, 1, 7, 255], (2, 60, 50)).astype(dtype)
    write_class_picture(tmp_path / "p.png", [labels, classes], LEGEND, side_px=60)
    found = colours_in(tmp_path / "p.png")
    assert found.shape == (60, 50 + GAP_PX + 50, 3)
    assert np.array_equal(found[:, :50], drawn(labels))
    assert (found[:, 50:-50] == GAP).all()
    assert np.array_equal(found[:, -50:], drawn(classes))


def test_small_maps_are_enlarged_by_a_whole_number(tmp_path):
    classes = np.array([[0, 1], [7, 9], [1, 1]])
    write_class_picture(tmp_path / "p.png", [classes], LEGEND, side_px=10)
    assert np.array_equal(colours_in(tmp_path / "p.png"), drawn(classes.repeat(3, axis=0).repeat(3, axis=1)))


def test_large_maps_show_what_most_of_each_square_is(tmp_path):
    classes = np.zeros((7, 6), np.uint8)
    classes[:2, :3] = 7  # six of nine pixels
    classes[3:, 3:] = 200
    write_class_picture(tmp_path / "p.png", [classes], LEGEND, side_px=3)
    assert np.array_equal(colours_in(tmp_path / "p.png"), drawn(np.array([[7, 0], [0, 200], [0, 200]])))


def test_of_classes_that_are_as_frequent_the_first_of_the_legend_shows(tmp_path):
    write_class_picture(tmp_path / "p.png", [np.array([[0, 7], [7, 0]])], LEGEND, side_px=1)
    assert np.array_equal(colours_in(tmp_path / "p.png"), drawn(np.array([[7]])))


def test_a_map_that_does_not_compress_is_thinned_until_it_fits(tmp_path):
    noise = np.random.default_rng(0).choice([0, 1, 7], (900, 700))
    write_class_picture(tmp_path / "p.png", [noise, noise], LEGEND, side_px=900)
    assert 10_000 < (tmp_path / "p.png").stat().st_size <= 60_000
    with pytest.raises(OutputError, match="more than 10 bytes"):
        write_class_picture(tmp_path / "q.png", [noise[:20, :20]], LEGEND, most_bytes=10)
    assert [path.name for path in tmp_path.iterdir()] == ["p.png"]


@pytest.mark.parametrize("shapes", [(), ((3, 4), (4, 3)), ((2, 3, 4),), ((0, 4),)])
def test_maps_that_cannot_stand_side_by_side_are_refused(tmp_path, shapes):
    with pytest.raises(InputError, match="one shape"):
        write_class_picture(tmp_path / "p.png", [np.zeros(shape) for shape in shapes], LEGEND)


def test_a_legend_that_fills_the_palette_is_refused(tmp_path):
    legend = Legend(tuple(LegendEntry(value, str(value), "#000000") for value in range(255)))
    with pytest.raises(InputError, match="255 classes"):
        write_class_picture(tmp_path / "p.png", [np.zeros((3, 3))], legend)
