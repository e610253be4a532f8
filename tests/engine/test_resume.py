"""A run that is killed goes on where it stopped, and its result is the same, bit for bit."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import conftest
import foreign_toys
import numpy as np
import pyogrio
import pytest
import shapely
import toys
from maps import apply
from terraloom.engine import scene as scene_module
from terraloom.engine.errors import CancelledError, ModelError, OutputError
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.results.workspace import partial_folder
from terraloom.engine.scene import Scene
from terraloom.engine.tiles.mosaic import Layer
from terraloom.engine.tiles.tiling import BLOCK_PX

TILES, TILES_OF_STRIP = 20, 4
"""Of the job below: 1200 x 800 px in tiles of 256 px."""

RUN = """
import sys, time
sys.path[:0] = [{tests!r}, {tests!r} + "/engine"]
import conftest
from maps import apply
from pathlib import Path
from terraloom.engine.backends import openvino_backend
from terraloom.engine.progress import Silent

openvino_backend.is_installed = lambda: False

class Telling(Silent):
    updates = 0

    def log(self, template, **values):
        if template.startswith("Resumed"):
            print("resumed", values["done"], flush=True)

    def update(self, fraction, mpx_per_s=None):
        print("tile", flush=True)
        self.updates += 1
        while self.updates == {stops_after}:  # until it is killed
            time.sleep(0.01)

apply(
    Path({folder!r}), {model!r}, {source!r}, resume=True, tile_size=256, wants=("output", "probabilities"),
    progress=Telling(),
)
"""


class StopsAt(Silent):
    """Asks to stop after so many updates; counts them."""

    def __init__(self, number):
        self.number, self.told, self.updates = number, [], 0

    def update(self, fraction, mpx_per_s=None):
        self.updates += 1
        if self.updates == self.number:
            raise CancelledError()

    def log(self, template, **values):
        self.told.append(template.format(**values))


@pytest.fixture
def job(tmp_path):
    values = np.random.default_rng(0).integers(1, 120, (2, 1200, 800)).astype(np.uint8)
    values[:, 400:560, 80:360] = 0
    source = toys.raster(tmp_path / "in.tif", values, nodata=0)
    model = toys.random_network(tmp_path / "m.onnx", 3, mean=40.0, std=25.0)
    (tmp_path / "made").mkdir()
    return tmp_path / "made", model, source


def once(tmp_path, model, source, wants):
    folder = tmp_path / "once"
    folder.mkdir()
    return {name: toys.read(path) for name, path in apply(folder, model, source, wants=wants).items()}


def test_a_cancelled_run_is_resumed_and_recomputes_one_strip_at_most(tmp_path, job):
    folder, model, source = job
    wants = ("output", "confidence", "probabilities")
    stopping = StopsAt(11)  # four tiles a strip, five strips
    with pytest.raises(CancelledError):
        apply(folder, model, source, resume=True, tile_size=64, wants=wants, progress=stopping)
    assert any("with RESUME it is 256 px" in told for told in stopping.told)
    left = partial_folder(folder / "output.tif")
    assert json.loads((left / "journal.json").read_text())["strips"] == 2
    assert not list(folder.glob("*.tif"))
    resumed = StopsAt(0)
    made = apply(folder, model, source, resume=True, tile_size=64, wants=wants, progress=resumed)
    assert any("8 of 20 tiles" in told for told in resumed.told)
    for name, expected in once(tmp_path, model, source, wants).items():
        np.testing.assert_array_equal(toys.read(made[name]).filled(), expected.filled())
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_tiles_for_which_there_is_no_more_memory_are_refused_and_what_is_cut_already_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(scene_module, "resident_mb", lambda: 100.0)
    values = np.random.default_rng(0).integers(1, 120, (2, 2400, 400)).astype(np.uint8)
    source = toys.raster(tmp_path / "in.tif", values)
    model = toys.random_network(tmp_path / "m.onnx", 3, mean=40.0, std=25.0)
    much, little, fresh = StopsAt(2), StopsAt(0), StopsAt(1)
    with pytest.raises(CancelledError):
        apply(tmp_path, model, source, resume=True, max_memory_mb=4000, progress=much)
    journal = partial_folder(tmp_path / "output.tif") / "journal.json"
    before = journal.read_text()
    with pytest.raises(OutputError, match="take about .* MB; this one may take 170. Set MAX_MEMORY_MB to") as caught:
        apply(tmp_path, model, source, resume=True, max_memory_mb=170, progress=little)
    needed = int(re.search(r"MAX_MEMORY_MB to (\d+)", str(caught.value))[1])
    assert 170 < needed <= 4000 and journal.read_text() == before
    (tmp_path / "fresh").mkdir()
    with pytest.raises(CancelledError):
        apply(tmp_path / "fresh", model, source, resume=True, max_memory_mb=170, progress=fresh)
    cut, cut_fresh = ([told for told in run.told if "Tiles of" in told] for run in (much, fresh))
    assert cut != cut_fresh and [told for told in little.told if "Tiles of" in told] == cut
    resumed = StopsAt(0)
    apply(tmp_path, model, source, resume=True, max_memory_mb=needed, progress=resumed)
    assert any("Resumed" in told for told in resumed.told)


@pytest.mark.parametrize(("overlap", "updates"), [(0.25, 20), (0.75, 100)])
def test_a_blended_run_is_resumed_with_the_tiles_that_reach_into_what_is_left(tmp_path, job, overlap, updates):
    folder, model, _ = job
    values = np.random.default_rng(1).integers(1, 120, (2, 600, 100)).astype(np.uint8)
    values[:, 240:300, 20:60] = 0
    source = toys.raster(tmp_path / "tall.tif", values, nodata=0)
    settings = {"seams": "blend", "tile_size": 64, "card": CardFields(overlap=overlap)}
    with pytest.raises(CancelledError):
        apply(folder, model, source, resume=True, wants=("probabilities",), progress=StopsAt(updates), **settings)
    journal = json.loads((partial_folder(folder / "probabilities.tif") / "journal.json").read_text())
    assert journal["strips"] > 2
    resumed = StopsAt(0)
    made = apply(folder, model, source, resume=True, wants=("probabilities",), progress=resumed, **settings)
    assert any(re.search("Resumed: [1-9]", told) for told in resumed.told)
    (tmp_path / "once").mkdir()
    expected = apply(tmp_path / "once", model, source, wants=("probabilities",), **settings)
    found, wanted = (toys.read(paths["probabilities"]).filled() for paths in (made, expected))
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize(("seams", "overlap"), [("exact", 0.0), ("blend", 0.25)])
def test_what_is_finished_are_whole_blocks(job, seams, overlap):
    """A kill tears the blocks that are being written, and no others."""
    _, model, source = job
    run = NetworkRun((source,), str(model), card=CardFields(overlap=overlap), seams=seams, tile_size=96, resume=True)
    with Scene(run, ("semantic-segmentation",), Silent()) as scene:
        strips = list(scene.tiling(scene.plan.tile_px, 1))
    assert len(strips) > 4
    for strip in strips:
        parts = [tile.write for tile in strip.tiles] if seams == "exact" else [strip.write]
        for part in parts:
            assert part.row_off % BLOCK_PX == 0 and part.col_off % BLOCK_PX == 0
            assert part.height % BLOCK_PX == 0 or part.row_off + part.height == 1200
            assert part.width % BLOCK_PX == 0 or part.col_off + part.width == 800


def test_tiles_too_small_for_a_block_cannot_be_resumed(tmp_path, job):
    folder, _, source = job
    model = toys.random_network(tmp_path / "fixed.onnx", 3, mean=40.0, std=25.0)
    network = toys.onnx.load(str(model))
    for axis in (2, 3):
        network.graph.input[0].type.tensor_type.shape.dim[axis].dim_value = 128
    toys.onnx.save(network, str(model))
    with pytest.raises(ModelError, match="blocks of 256 px.*Set RESUME to false"):
        apply(folder, model, source, resume=True)


def test_without_resume_nothing_is_left_and_what_was_left_goes(job):
    folder, model, source = job
    with pytest.raises(CancelledError):
        apply(folder, model, source, tile_size=64, progress=StopsAt(11))
    assert list(folder.iterdir()) == []
    with pytest.raises(CancelledError):
        apply(folder, model, source, resume=True, tile_size=64, progress=StopsAt(11))
    assert partial_folder(folder / "output.tif").is_dir()
    telling = StopsAt(0)
    apply(folder, model, source, tile_size=64, progress=telling)
    assert not any("Resumed" in told for told in telling.told)
    assert not partial_folder(folder / "output.tif").exists()


@pytest.mark.parametrize("change", ["parameters", "input", "model"])
def test_another_run_is_not_resumed(tmp_path, job, change):
    folder, model, source = job
    with pytest.raises(CancelledError):
        apply(folder, model, source, resume=True, tile_size=64, progress=StopsAt(11))
    settings = {"tile_size": 64}
    if change == "parameters":
        settings["grid"] = "model"
    elif change == "input":
        os.utime(source, (1, 1))
    else:
        model = toys.random_network(tmp_path / "m.onnx", 4, mean=40.0, std=25.0)
    with pytest.raises(OutputError, match="set RESUME to false") as caught:
        apply(folder, model, source, resume=True, **settings)
    named = {"parameters": "GRID input → model", "input": "inputs", "model": "model"}[change]
    assert f"other parameters ({named})." in str(caught.value)
    assert (partial_folder(folder / "output.tif") / "journal.json").is_file()


def test_what_differs_is_called_as_in_the_dialog(tmp_path, job):
    folder, model, source = job
    settings = {"resume": True, "seams": "blend", "tile_size": 64}
    with pytest.raises(CancelledError):
        apply(folder, model, source, card=CardFields(overlap=0.25), progress=StopsAt(20), **settings)
    with pytest.raises(OutputError, match="other parameters") as caught:
        apply(folder, model, source, card=CardFields(overlap=0.5), turns="flips", **settings)
    assert "(OVERLAP 0.25 → 0.5, TEST_TIME_AUGMENTATION none → flips, card)" in str(caught.value)
    names = set(NetworkRun(("in.tif",), "m.onnx").settings)
    assert names > {"BANDS", "BAND_NAMES", "RESOLUTION", "CONFIDENCE_THRESHOLD", "IOU_THRESHOLD", "THRESHOLD"}


def description(tmp_path, source, model, **run):
    """What a run is held against that goes on from an interrupted one."""
    asked = NetworkRun((str(source),), str(model), resume=True, **run)
    with Scene(asked, ("semantic-segmentation",), Silent()) as scene:
        return scene.journal({"classes": Layer(tmp_path / "classes.tif", ("class",), "uint8", 255)}).of


def test_another_mask_of_one_name_is_another_run(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((2, 40, 40), np.uint8))
    model = toys.random_network(tmp_path / "m.onnx", 3)
    mask, found = str(tmp_path / "mask.gpkg"), []
    for left in (500_000, 500_000, 500_020):
        shapes = shapely.to_wkb([shapely.box(left, 4_999_960, left + 20, 5_000_000)])
        pyogrio.raw.write(mask, shapes, [], [], geometry_type="Polygon", crs=toys.UTM)
        found.append(description(tmp_path, source, model, mask=mask))
    assert found[0] == found[1] != found[2]


def test_an_image_that_a_file_beside_it_moves_is_another(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((2, 40, 40), np.uint8))
    model = toys.random_network(tmp_path / "m.onnx", 3)
    before = description(tmp_path, source, model)
    Path(source + ".aux.xml").write_text("<PAMDataset><SRS>EPSG:32632</SRS></PAMDataset>")
    assert description(tmp_path, source, model) != before


@pytest.mark.parametrize(("what", "found"), [("provider", "CUDAExecutionProvider"), ("precision", "bf16")])
def test_what_runs_on_another_device_is_another_run(tmp_path, monkeypatch, what, found):
    """With DEVICE and PRECISION at auto as before; numbers differ in their last digits, which would show as seams."""
    source = toys.raster(tmp_path / "in.tif", np.ones((2, 40, 40), np.uint8))
    model = toys.random_network(tmp_path / "m.onnx", 3)
    before = description(tmp_path, source, model)
    monkeypatch.setattr(Network, what, found)
    assert description(tmp_path, source, model) != before


def test_a_card_that_a_file_beside_the_model_changes_is_another(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((3, 64, 64), np.uint8))
    model = foreign_toys.geoai(tmp_path / "m.onnx")
    before = description(tmp_path, source, model)
    beside = Path(f"{model}.json")
    beside.write_text(beside.read_text().replace('"blue"', '"other"'))
    assert description(tmp_path, source, model) != before


def test_killed_at_a_random_moment_it_gives_the_same_pixels_and_no_more_than_a_strip_is_lost(tmp_path, job):
    folder, model, source = job
    seed = int(np.random.default_rng().integers(2**32))
    print(f"The moments are drawn from the seed {seed}.")  # noqa: T201 - shown where the test fails
    rng = np.random.default_rng(seed)
    done = 0
    for last in (False, False, True):
        stops_after = 0 if last else int(rng.integers(TILES_OF_STRIP + 1, 10))
        code = RUN.format(
            tests=str(conftest.ROOT / "tests"),
            folder=str(folder),
            model=str(model),
            source=str(source),
            stops_after=stops_after,
        )
        told, error = killed(code, after_tiles=0 if last else stops_after - int(rng.integers(0, 3)), rng=rng)
        resumed = int(told[0].split()[1]) if told[0].startswith("resumed") else 0
        assert done - TILES_OF_STRIP <= resumed <= done + 1, error
        done = resumed + told.count("tile")
    assert (folder / "output.tif").is_file(), error
    for name, expected in once(tmp_path, model, source, ("output", "probabilities")).items():
        np.testing.assert_array_equal(toys.read(Path(folder) / f"{name}.tif").filled(), expected.filled())


def killed(code, after_tiles, rng):
    """Run a script, kill it a moment after it told of so many tiles (0: let it end); what it told, and its errors."""
    told = []
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            told.append(line.strip())
            if after_tiles and told.count("tile") == after_tiles:
                time.sleep(rng.uniform(0, 0.1))
                process.send_signal(signal.SIGKILL)
        error = process.stderr.read()
    assert process.returncode == (-signal.SIGKILL if after_tiles else 0), error
    return told, error
