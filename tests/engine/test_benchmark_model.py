"""Benchmarking a model tells figures that fit together, whatever the model gives, and leaves nothing else."""

import json
from types import SimpleNamespace

import foreign_toys
import numpy as np
import pytest
import rasterio
import toys
from terraloom.engine.errors import CancelledError, InputError, ModelError, OutputError
from terraloom.engine.jobs import benchmark_model
from terraloom.engine.library.card import ModelCard
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.benchmark_model import BenchmarkModel
from terraloom.engine.speed import speed_trial
from terraloom.engine.speed.made_up_image import make_image


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the job makes what nobody keeps."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))
    return made


def test_figures_fit_together_and_nothing_else_is_left(tmp_path, folder):
    model = toys.random_network(tmp_path / "m.onnx", seed=1)
    request = BenchmarkModel(str(model), str(tmp_path / "speed.json"), side_px=300, device="cpu", threads=1)
    outcome = benchmark_model.run(request, Silent())
    assert outcome.outputs == {"metrics": request.metrics}
    told = json.loads((tmp_path / "speed.json").read_text())
    assert told == outcome.metrics
    assert told["mpx_per_s"] * told["seconds"] == pytest.approx(0.09)
    share = told["halo_overhead"] * told["mpx_per_s"] / told["bare_mpx_per_s"]
    assert told["share_of_bare_speed"] == pytest.approx(share)
    assert (told["side_px"], told["tile_px"], told["maps"]) == (300, [300, 300], 3)
    assert (told["provider"], told["precision"]) == ("CPUExecutionProvider", "fp32")
    assert told["halo_overhead"] == 1 and told["peak_mb"] > 50
    assert list(folder.iterdir()) == []


def test_speeds_are_those_of_a_clock(tmp_path, folder, monkeypatch):
    """Of runs and of maps the median counts, and the first run of the network, which may be slow, does not."""
    clock = SimpleNamespace(now=100.0)
    runs, maps = iter([70, 2, 3, 2, 9]), iter([5, 4, 40])  # seconds

    def pass_time(seconds):
        clock.now += next(seconds)

    fake = SimpleNamespace(perf_counter=lambda: clock.now, monotonic=lambda: 0.0)
    monkeypatch.setattr(speed_trial, "time", fake)
    monkeypatch.setattr(speed_trial, "_map", lambda scene, folder, progress: pass_time(maps))
    monkeypatch.setattr(Network, "run", lambda network, values: pass_time(runs))
    model = toys.identity(tmp_path / "m.onnx")
    told = benchmark_model.run(BenchmarkModel(str(model), side_px=300, device="cpu"), Silent()).metrics
    assert (told["seconds"], told["maps"]) == (5, 3)
    assert told["mpx_per_s"] == pytest.approx(0.09 / 5)
    assert told["bare_mpx_per_s"] == pytest.approx(0.09 / 2.5)
    assert told["share_of_bare_speed"] == pytest.approx(2.5 / 5)


def test_values_need_no_file_and_models_of_another_task_run_too(tmp_path, folder):
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 10000], "terraloom:resolution_m": 10})
    outcome = benchmark_model.run(BenchmarkModel(str(model), side_px=256), Silent())
    assert outcome.outputs == {} and outcome.metrics["mpx_per_s"] > 0


@pytest.mark.parametrize("make", [toys.bands_as_lines, toys.bands_as_classes, foreign_toys.super_resolution])
def test_every_task_is_mapped_several_times_with_one_network(tmp_path, folder, make):
    """Maps let go of the network where one is made; these need it again."""
    make(tmp_path / "m.onnx")
    told = benchmark_model.run(BenchmarkModel(str(tmp_path / "m.onnx"), side_px=256, device="cpu"), Silent()).metrics
    assert told["maps"] == 3 and told["bare_mpx_per_s"] > 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "dtype", "low", "high"),
    [
        ({"terraloom:value_range": [0, 255]}, "uint8", 0, 255),
        ({"terraloom:value_range": [0, 10000]}, "uint16", 0, 10000),
        ({"terraloom:value_range": [-25, 5]}, "float32", -25, 5),
        ({"terraloom:value_range": [0, 1]}, "float32", 0, 1),
        ({"mean": 110.0, "std": 50.0}, "uint8", 10, 210),
        ({"mean": 0.3, "std": 0.2}, "float32", -0.1, 0.7),
    ],
)
def test_images_are_of_the_kind_that_the_model_reads(tmp_path, fields, dtype, low, high):
    card = ModelCard.from_document(toys.card(("red", "green"), **fields))
    make_image(tmp_path / "i.tif", card.inputs[0], 0.5, 700, Silent())
    with rasterio.open(tmp_path / "i.tif") as dataset:
        values = dataset.read().astype(float)
        assert dataset.dtypes == (dtype, dtype) and dataset.res == (0.5, 0.5)
    assert values.shape == (2, 700, 700)
    assert low - 1e-6 <= values.min() < low + 0.2 * (high - low) and high - 0.2 * (high - low) < values.max() <= high
    assert np.abs(np.diff(values)).mean() < 0.1 * (high - low)


@pytest.mark.parametrize("side_px", [0, 255, 40000])
def test_sizes_that_tell_nothing_are_refused(side_px):
    with pytest.raises(InputError, match="between 256 and 32768"):
        BenchmarkModel("m.onnx", side_px=side_px)


def test_a_disk_without_room_is_refused_before_work(tmp_path, folder, monkeypatch):
    model = toys.identity(tmp_path / "m.onnx")
    monkeypatch.setattr(benchmark_model, "free_disk_gb", lambda there: 0.1)
    with pytest.raises(OutputError, match="16384 x 16384 px.* 0.1 GB left.*smaller SIZE"):
        benchmark_model.run(BenchmarkModel(str(model), side_px=16384), Silent())
    assert list(folder.iterdir()) == []


def test_a_cancel_leaves_nothing(tmp_path, folder):
    class Stopping(Silent):
        def update(self, fraction, mpx_per_s=None):
            if fraction > 0.4:
                raise CancelledError()

    model = toys.identity(tmp_path / "m.onnx")
    with pytest.raises(CancelledError):
        benchmark_model.run(BenchmarkModel(str(model), str(tmp_path / "speed.json"), side_px=256), Stopping())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.onnx", "temporary"]
    assert list(folder.iterdir()) == []


def test_what_no_computer_has_is_refused_in_words(tmp_path, folder):
    model = toys.identity(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="DEVICE is tpu"):
        benchmark_model.run(BenchmarkModel(str(model), side_px=256, device="tpu"), Silent())
    with pytest.raises(InputError, match="PRECISION is fp8"):
        benchmark_model.run(BenchmarkModel(str(model), side_px=256, precision="fp8"), Silent())
