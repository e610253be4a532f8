"""A run that is killed goes on where it stopped, and its result is the same, bit for bit."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import conftest
import numpy as np
import pytest
import toys
from maps import apply
from terraloom.engine.errors import CancelledError, OutputError
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.workspace import partial_folder

RUN = """
import sys
sys.path[:0] = [{tests!r}, {tests!r} + "/engine"]
import conftest
from pathlib import Path
from maps import apply
from terraloom.engine.backends import openvino_backend
openvino_backend.is_installed = lambda: False
apply(Path({folder!r}), {model!r}, {source!r}, resume=True, tile_size=64, wants=("output", "probabilities"))
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
    values = np.random.default_rng(0).integers(1, 120, (2, 300, 200)).astype(np.uint8)
    values[:, 100:140, 20:90] = 0
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
    left = partial_folder(folder / "output.tif")
    assert json.loads((left / "journal.json").read_text())["strips"] == 2
    assert not list(folder.glob("*.tif"))
    resumed = StopsAt(0)
    made = apply(folder, model, source, resume=True, tile_size=64, wants=wants, progress=resumed)
    assert any("8 of 20 tiles" in told for told in resumed.told)
    for name, expected in once(tmp_path, model, source, wants).items():
        np.testing.assert_array_equal(toys.read(made[name]).filled(), expected.filled())
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize(("overlap", "updates"), [(0.25, 18), (0.75, 60)])
def test_a_blended_run_is_resumed_with_the_tiles_that_reach_into_what_is_left(tmp_path, job, overlap, updates):
    folder, model, source = job
    settings = {"seams": "blend", "tile_size": 64, "card": CardFields(overlap=overlap)}
    with pytest.raises(CancelledError):
        apply(folder, model, source, resume=True, wants=("probabilities",), progress=StopsAt(updates), **settings)
    journal = json.loads((partial_folder(folder / "probabilities.tif") / "journal.json").read_text())
    assert journal["strips"] > 2
    made = apply(folder, model, source, resume=True, wants=("probabilities",), **settings)
    (tmp_path / "once").mkdir()
    expected = apply(tmp_path / "once", model, source, wants=("probabilities",), **settings)
    found, wanted = (toys.read(paths["probabilities"]).filled() for paths in (made, expected))
    np.testing.assert_array_equal(found, wanted)


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
    with pytest.raises(OutputError, match="set RESUME to false"):
        apply(folder, model, source, resume=True, **settings)
    assert (partial_folder(folder / "output.tif") / "journal.json").is_file()


def test_killed_at_a_random_moment_it_gives_the_same_pixels(tmp_path, job):
    folder, model, source = job
    code = RUN.format(tests=str(conftest.ROOT / "tests"), folder=str(folder), model=str(model), source=str(source))
    journal = partial_folder(folder / "output.tif") / "journal.json"
    killed = 0
    rng = np.random.default_rng()
    for attempt in range(6):
        with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as process:
            if attempt < 3:
                deadline = time.monotonic() + 60
                while not journal.is_file() and process.poll() is None and time.monotonic() < deadline:
                    time.sleep(0.002)
                time.sleep(rng.uniform(0, 0.15))
                process.send_signal(signal.SIGKILL)
            error = process.communicate(timeout=120)[1]
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, error
        killed += 1
    assert killed and (folder / "output.tif").is_file()
    for name, expected in once(tmp_path, model, source, ("output", "probabilities")).items():
        np.testing.assert_array_equal(toys.read(Path(folder) / f"{name}.tif").filled(), expected.filled())
