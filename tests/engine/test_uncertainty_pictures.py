"""The page of an uncertainty map shows it: image, classes and measures on the same pixels, in their layers' colours."""

import base64
import re

import numpy as np
import pytest
import rasterio
import sensors
import toys
from rasterio.io import MemoryFile
from terraloom.engine.jobs import estimate_uncertainty
from terraloom.engine.pages.page_pictures import ramped
from terraloom.engine.progress import Silent
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, UncertaintyTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.results.qml import VIRIDIS
from terraloom.engine.tiles import windows
from uncertain_maps import estimate, scores_of

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")

IMAGE, CLASSES, ENTROPY, DISAGREEMENT = "The image", "The class that was chosen", "Entropy", "Mutual information"
WHITE = (255, 255, 255)


def pictures_in(path):
    """The pictures of a page by the first words of their captions, each `(3, rows, cols)`."""
    found = {}
    for data, caption in re.findall(r'<img src="data:image/png;base64,([^"]+)"[^>]* alt="([^":]+)', path.read_text()):
        with MemoryFile(base64.b64decode(data)) as memory, memory.open(driver="PNG") as dataset:
            found[caption] = dataset.read().astype(int)
    return found


def rgb(colour):
    return tuple(bytes.fromhex(colour.lstrip("#")))


def test_image_classes_and_entropy_are_shown_in_the_colours_of_the_layers(tmp_path):
    """Left a sure pixel of class 0, right an unsure one of class 1; above them nothing."""
    scores = scores_of(*[(1 - 2e-6, 1e-6, 1e-6)] * 10, *[(0.333, 0.334, 0.333)] * 10).repeat(20, axis=1)
    scores += 20  # so that the mean of the card, which stands for nodata, is darker than all of it
    scores[:, :5] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("report",))
    drawn = pictures_in(tmp_path / "u.html")
    assert list(drawn) == [IMAGE, CLASSES, ENTROPY]
    for caption, left, right in (
        (CLASSES, rgb(toys.COLOURS[0]), rgb(toys.COLOURS[1])),
        (ENTROPY, rgb(VIRIDIS[0]), rgb(VIRIDIS[-1])),
    ):
        picture = drawn[caption]
        assert picture.shape == (3, 400, 400) and tuple(picture[:, 0, 0]) == tuple(picture[:, 99, 399]) == WHITE
        np.testing.assert_allclose(
            picture[:, 100:, :200], np.reshape(left, (3, 1, 1)) + np.zeros((1, 300, 200)), atol=1
        )
        np.testing.assert_allclose(
            picture[:, 100:, 200:], np.reshape(right, (3, 1, 1)) + np.zeros((1, 300, 200)), atol=1
        )
    image = drawn[IMAGE]
    assert image.shape == (3, 400, 400) and tuple(image[:, 99, 0]) == WHITE
    assert image[0, 200, 0] > image[1, 200, 0] and (image[:, 200, 0] != image[:, 200, 399]).all()
    page = (tmp_path / "u.html").read_text()
    where = page[page.index("<h2>Where") : page.index("<h2>How unsure")]
    assert "Class 0" in where and "Class 1" in where and "Class 2" not in where  # which no pixel has


@pytest.mark.parametrize("held", [windows.HELD_NUMBERS, 3000])
def test_pictures_are_thinned_window_by_window_to_one_pixel_of_each_square(tmp_path, monkeypatch, held):
    values = np.random.default_rng(1).normal(size=(2, 450, 610)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    monkeypatch.setattr(windows, "HELD_NUMBERS", held)
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    estimate(tmp_path, model, source, wants=("output", "report"), method="tta", turns="flips")
    drawn = pictures_in(tmp_path / "u.html")
    assert list(drawn) == [IMAGE, CLASSES, ENTROPY, DISAGREEMENT]
    with rasterio.open(tmp_path / "u.tif") as dataset:
        entropy, disagreement, _ = dataset.read()[:, ::2, ::2]
    high = float(np.percentile(disagreement, 98))
    assert (
        high > 0.01 and f"Mutual information: dark 0, yellow {high:.2g} and more" in (tmp_path / "u.html").read_text()
    )
    np.testing.assert_array_equal(drawn[ENTROPY], ramped(entropy, 1.0))
    np.testing.assert_array_equal(drawn[DISAGREEMENT], ramped(disagreement, high))
    shade = drawn[IMAGE][0].astype(float)  # two bands make a grey picture of the first
    assert np.corrcoef(shade.ravel(), np.clip(values[0, ::2, ::2], -2, 2).ravel())[0, 1] > 0.99


def test_of_an_extent_the_image_shows_no_more(tmp_path):
    values = np.random.default_rng(4).normal(size=(3, 60, 70)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    extent = Extent(500_020, 4_999_950, 500_060, 4_999_990, toys.UTM)
    estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("report",), extent=extent)
    drawn = pictures_in(tmp_path / "u.html")
    assert drawn[IMAGE].shape == drawn[ENTROPY].shape == (3, 400, 400)
    shade = drawn[IMAGE][1, ::10, ::10].astype(float)
    assert np.corrcoef(shade.ravel(), np.clip(values[1, 10:50, 20:60], -2, 2).ravel())[0, 1] > 0.99


def test_members_that_agree_are_drawn_dark_all_over(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(2).normal(size=(3, 30, 40)).astype(np.float32))
    estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("report",), method="tta")
    drawn = pictures_in(tmp_path / "u.html")[DISAGREEMENT]
    np.testing.assert_allclose(drawn, np.reshape(rgb(VIRIDIS[0]), (3, 1, 1)) + 0 * drawn, atol=1)


@pytest.mark.parametrize("grid", ["input", "model"])
def test_where_the_model_wants_other_pixels_the_pictures_lie_on_those_of_the_map(tmp_path, grid):
    values = np.random.default_rng(3).normal(size=(3, 80, 80)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    estimate(tmp_path, model, source, wants=("output", "report"), grid=grid)
    drawn = pictures_in(tmp_path / "u.html")
    with rasterio.open(tmp_path / "u.tif") as dataset:
        entropy = dataset.read(1)
    assert entropy.shape == ((80, 80) if grid == "input" else (40, 40))
    times = 400 // len(entropy)
    expected = ramped(entropy, 1.0).repeat(times, axis=1).repeat(times, axis=2)
    np.testing.assert_array_equal(drawn[ENTROPY], expected)
    assert drawn[IMAGE].shape == drawn[CLASSES].shape == (3, 400, 400)
    shade = drawn[IMAGE][0, ::times, ::times].astype(float)
    shown = values[0] if grid == "input" else values[0].reshape(40, 2, 40, 2).mean(axis=(1, 3))
    assert np.corrcoef(shade.ravel(), shown.ravel())[0, 1] > 0.8  # warping mixes a pixel with its neighbours


def test_classes_finer_than_the_image_lie_on_the_same_ground(tmp_path):
    document = toys.card(("b0", "b1", "b2"), 3)
    document["properties"]["mlm:output"][0]["terraloom:ratio"] = "2"
    scales = {"scales": np.array([1, 1, 2, 2], np.float32)}
    nodes = [toys.helper.make_node("Resize", ["image", "", "scales"], ["output"], mode="nearest")]
    model = toys.save(tmp_path / "m.onnx", nodes, scales, 3, document)
    values = np.zeros((3, 40, 40), np.float32)
    values[1, :, 20:] = 9
    estimate(tmp_path, model, toys.raster(tmp_path / "in.tif", values), wants=("report",))
    drawn = pictures_in(tmp_path / "u.html")
    assert drawn[IMAGE].shape == drawn[CLASSES].shape == (3, 400, 400)
    right = np.arange(400) >= 200
    assert ((drawn[IMAGE][1] > 200) == right).all()
    assert ((drawn[CLASSES] == np.reshape(rgb(toys.COLOURS[1]), (3, 1, 1))).all(axis=0) == right).all()


def test_of_several_inputs_one_that_is_given_is_shown(tmp_path):
    model = sensors.network(tmp_path / "m.onnx", ("sar", "optical"))
    values, files = sensors.images(tmp_path)
    run = NetworkRun((), str(model), further_inputs=((files["optical"],),))
    request = EstimateUncertainty(run, UncertaintyTargets(report=str(tmp_path / "u.html")))
    estimate_uncertainty.run(request, Silent())
    shade = pictures_in(tmp_path / "u.html")[IMAGE][0, ::8, ::8].astype(float)
    assert np.corrcoef(shade.ravel(), values["optical"][0].ravel())[0, 1] > 0.99


def test_of_images_of_sensors_the_first_that_is_there_is_shown(tmp_path):
    model = sensors.network(tmp_path / "m.onnx")
    values, files = sensors.images(tmp_path)
    run = NetworkRun((), str(model), further_inputs=((files["sar"],), (), (files["sar_before"],)))
    request = EstimateUncertainty(run, UncertaintyTargets(report=str(tmp_path / "u.html")), sar_unit="auto")
    estimate_uncertainty.run(request, Silent())
    shade = pictures_in(tmp_path / "u.html")[IMAGE][0, ::8, ::8].astype(float)
    assert np.corrcoef(shade.ravel(), values["sar"][0].ravel())[0, 1] > 0.99


def test_of_a_map_that_holds_nothing_no_picture_is_shown(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.full((3, 20, 30), -99, np.float32), nodata=-99)
    estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("report",), method="tta")
    assert "The map holds no value" in (tmp_path / "u.html").read_text() and not pictures_in(tmp_path / "u.html")
