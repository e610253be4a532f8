"""Tiles are as large as there is room for, and never larger; what lies on disk is decoded once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import conftest
import numpy as np
import pytest
import rasterio
import toys
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rasterio.windows import Window
from terraloom.engine.backends import openvino_backend
from terraloom.engine.errors import InputError
from terraloom.engine.memory.memory_plan import CACHE_MB, LARGEST_TILE_PX, Load, budget_mb, plan_memory
from terraloom.engine.prediction import read_tile
from terraloom.engine.progress import Silent
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.scene import Scene
from terraloom.engine.tiles.stored_blocks import Blocks
from terraloom.engine.tiles.tiling import BLOCK_PX, UNIT_PX, Reach, Tiling


def largest_px(tiling):
    """Pixels of the largest tile that goes through the network."""
    return max(tile.read.width * tile.read.height for strip in tiling for tile in strip.tiles)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    width=st.integers(1, 60_000),
    height=st.integers(1, 60_000),
    halo=st.just(0) | st.integers(0, 300),
    stride=st.sampled_from([1, 16]),
    network=st.floats(0, 5000),
    bands=st.integers(1, 12),
    channels=st.integers(1, 30),
    room_mb=st.floats(200, 20_000),
    block=st.sampled_from([(256, 256), (1024, 512), (1, 10**6), (16, 10**6)]),
    whole_blocks=st.booleans(),
)
@example(308, 720, 0, 1, 25_433, 3, 5, 334.5, (512, 512), False)  # cores rounded up to 16 px
@example(5000, 5000, 100, 16, 6000, 10, 5, 600, (512, 512), False)  # a full cache leaves no room
@example(5000, 5000, 100, 16, 6000, 10, 5, 650, (512, 512), False)
@example(5000, 5000, 104, 16, 2700.8, 3, 5, 708.096, (512, 512), True)  # exactly enough, but for rounding
def test_what_is_planned_fits(width, height, halo, stride, network, bands, channels, room_mb, block, whole_blocks):
    load = Load(network, 4 * bands, 4 * channels, 4 * channels + 8, 3 * bands)
    area, reach = Window(0, 0, width, height), Reach(stride, halo)
    blocks = Blocks((height, width), (block[0], min(block[1], width)), 3 * bands)
    least = BLOCK_PX if whole_blocks else 64
    try:
        plan = plan_memory(area, reach, load, blocks, room_mb, 0, whole_blocks)
    except InputError:
        assert (least + 2 * halo + stride) ** 2 * load.per_tile_px > (room_mb * 0.97 - CACHE_MB - 1) * 1e6
        return
    rows, columns = plan.tile_px
    tiling = Tiling(width, height, area, reach, plan.tile_px, plan.block_tiles, plan.alike)
    assert largest_px(tiling) * load.per_tile_px + plan.cache_bytes <= room_mb * 1e6
    assert max(plan.tile_px) <= LARGEST_TILE_PX
    assert rows % UNIT_PX == 0 and (rows % BLOCK_PX == 0 or rows < 4 * BLOCK_PX)
    assert not whole_blocks or (rows % BLOCK_PX == 0 and columns % BLOCK_PX == 0)
    assert plan.block_tiles >= 1


def test_the_size_that_is_asked_for_is_taken():
    blocks = Blocks((5000, 5000), (256, 256), 6)
    plan = plan_memory(Window(0, 0, 5000, 5000), Reach(16, 96), Load(500, 12, 20, 28, 6), blocks, 2000, 700)
    assert plan.tile_px == (700, 700)


def test_too_little_memory_is_said_with_how_much_is_missing():
    blocks = Blocks((5000, 5000), (256, 256), 6)
    with pytest.raises(InputError, match="MAX_MEMORY_MB leaves no room.*about [0-9]+ MB more"):
        plan_memory(Window(0, 0, 5000, 5000), Reach(16, 96), Load(500, 12, 20, 28, 6), blocks, 60)


@pytest.mark.parametrize("room_mb", [-100, 60, 300, 500])
@pytest.mark.parametrize(("halo", "whole_blocks"), [(100, False), (16, True)])
def test_what_is_missing_is_enough_and_no_more(room_mb, halo, whole_blocks):
    arguments = Window(0, 0, 20_000, 20_000), Reach(16, halo), Load(6000, 12, 20, 28, 30)
    blocks = Blocks((20_000, 20_000), (512, 512), 30)
    with pytest.raises(InputError) as refused:
        plan_memory(*arguments, blocks, room_mb, 0, whole_blocks)
    needed = refused.value.values["needed"]
    assert needed > 0
    plan_memory(*arguments, blocks, room_mb + needed, 0, whole_blocks)
    with pytest.raises(InputError):
        plan_memory(*arguments, blocks, room_mb + needed - 2, 0, whole_blocks)


@pytest.mark.parametrize("asked_px", [0, 64, 100])
def test_the_cache_takes_no_room_that_tiles_need(asked_px):
    area, reach, load = Window(0, 0, 20_000, 20_000), Reach(16, 100), Load(6000, 12, 20, 28, 30)
    plan = plan_memory(area, reach, load, Blocks((20_000, 20_000), (512, 512), 30), 680, asked_px)
    assert plan.tile_px == (asked_px, asked_px) if asked_px else min(plan.tile_px) >= 64
    tiling = Tiling(20_000, 20_000, area, reach, plan.tile_px, plan.block_tiles, plan.alike)
    assert largest_px(tiling) * load.per_tile_px + plan.cache_bytes <= 680e6


def test_the_users_word_counts():
    assert budget_mb(768) == 768
    assert 1024 <= budget_mb(0) <= 4096


@pytest.mark.parametrize(("halo", "side"), [(0, 512), (2, 512), (16, 1024), (96, 2304)])
def test_tiles_of_small_halos_are_small(halo, side):
    blocks = Blocks((32_256, 32_256), (256, 256), 3)
    plan = plan_memory(Window(0, 0, 32_256, 32_256), Reach(1, halo), Load(100, 12, 20, 28, 3), blocks, 4000)
    assert plan.tile_px == (side, side)


@pytest.mark.parametrize(("fields", "halo"), [({}, 0), ({"terraloom:resolution_m": 0.8}, 2)])
def test_results_look_around_themselves_only_where_they_are_warped_back(tmp_path, fields, halo):
    source = toys.raster(tmp_path / "in.tif", np.ones((40, 50), np.float32), pixel=0.5)
    model = toys.identity(tmp_path / "m.onnx", **fields)
    with Scene(NetworkRun((source,), str(model)), ("regression",), Silent()) as scene:
        assert scene.warps_back == bool(halo)
        assert scene.reach.halo_px == halo


@pytest.mark.parametrize(("room_mb", "overhead"), [(3700, 1.20), (590, 1.45)])
def test_neither_memory_nor_halos_grow_with_the_raster(room_mb, overhead):
    load, reach = Load(268 * (2 if room_mb > 1000 else 1.1), 12, 20, 28, 3), Reach(16, 96)
    planned = {}
    for side in (4096, 8192, 16_384):
        area = Window(0, 0, side, side)
        plan = plan_memory(area, reach, load, Blocks((side, side), (512, 512), 3), room_mb)
        tiling = Tiling(side, side, area, reach, plan.tile_px, plan.block_tiles, alike=True)
        planned[side] = largest_px(tiling) * load.per_tile_px + plan.cache_bytes
        assert tiling.network_px / side**2 <= overhead
    assert max(planned.values()) <= 1.10 * planned[4096]


RUN = """
import json, sys
sys.path[:0] = [{tests!r}, {tests!r} + "/engine"]
import conftest
from maps import apply
from pathlib import Path
from terraloom.engine.backends import openvino_backend
from terraloom.engine.progress import Silent
from terraloom.engine.worker.memory import peak_mb

class Telling(Silent):
    tiles = 0

    def log(self, template, **values):
        if template.startswith("The network runs on"):
            self.provider = values["provider"]

    def update(self, fraction, mpx_per_s=None):
        self.tiles += 1

if {library!r} == "onnxruntime":
    openvino_backend.is_installed = lambda: False
told = Telling()
run = dict(max_memory_mb={limit_mb}, precision={precision!r}, threads=1)
apply(Path({folder!r}), {model!r}, {source!r}, wants=("output", "confidence"), progress=told, **run)
status = Path("/proc/self/status").read_text()
kilobytes = int(status.split("VmHWM:")[1].split()[0])
print(json.dumps([told.provider, told.tiles, kilobytes * 1024 / 1e6, peak_mb()]))
"""


@pytest.mark.any_backend
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(
    ("library", "precision", "limit_mb"), [("onnxruntime", "fp32", 280), ("OpenVINO", "bf16", 350)]
)
def test_a_limit_is_kept_by_a_whole_job(tmp_path, library, precision, limit_mb):
    if library == "OpenVINO" and not (openvino_backend.is_installed() and "BF16" in openvino_backend.abilities()):
        pytest.skip("no OpenVINO that computes with bf16")
    values = np.broadcast_to(np.linspace(1, 250, 1400).astype(np.uint8), (3, 1400, 1400))
    source = toys.raster(tmp_path / "in.tif", values)
    model = toys.random_network(tmp_path / "m.onnx", 0, bands=3, mean=100.0, std=50.0)
    code = RUN.format(
        tests=str(conftest.ROOT / "tests"),
        library=library,
        folder=str(tmp_path),
        model=str(model),
        source=source,
        limit_mb=limit_mb,
        precision=precision,
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert not found.returncode, found.stderr
    provider, tiles, held_mb, told_mb = json.loads(found.stdout.splitlines()[-1])
    assert provider.startswith("OpenVINO") == (library == "OpenVINO")
    assert 0.7 * limit_mb < held_mb <= limit_mb
    assert tiles > 4
    assert held_mb <= told_mb < held_mb + 2


# Blocks


def noise(path, width, height, **profile):
    """A raster of which each part packs alike, so that what is read of its file tells what is decoded."""
    values = np.random.default_rng(0).integers(98, 102, (3, height, width), dtype=np.uint8)
    settings = {
        "driver": "GTiff",
        "count": 3,
        "dtype": "uint8",
        "interleave": "pixel",
        "compress": "DEFLATE",
        **profile,
    }
    with rasterio.open(
        path, "w", width=width, height=height, crs=toys.UTM, transform=rasterio.Affine(0.5, 0, 5e5, 0, -0.5, 5e6),
        zlevel=1, **settings,
    ) as dataset:  # fmt: skip
        dataset.write(values)
    return str(path)


def bytes_read():
    """What this process has read of files so far."""
    return int(Path("/proc/self/io").read_text().split("rchar: ")[1].split()[0])


def times_read(scene, source):
    """How often the bytes of a file are read while every tile is."""
    before = bytes_read()
    for strip in scene.tiling(scene.plan.tile_px, scene.plan.block_tiles):
        for tile in strip.tiles:
            assert read_tile(scene, tile) is not None
    return (bytes_read() - before) / os.path.getsize(source)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(
    ("layout", "times"), [({"blockysize": 1}, 1.02), ({"tiled": True, "blockxsize": 256, "blockysize": 256}, 1.3)]
)
def test_nothing_but_halos_is_decoded_twice(tmp_path, layout, times):
    source = noise(tmp_path / "in.tif", 16_000, 1300, **layout)
    model = toys.random_network(tmp_path / "m.onnx", 0, bands=3, mean=100.0, std=50.0)
    with Scene(NetworkRun((source,), str(model)), ("semantic-segmentation",), Silent()) as scene:
        strips = list(scene.tiling(scene.plan.tile_px, scene.plan.block_tiles))
        assert len(strips) > 1 and len(strips[0].tiles) > 1
        found = times_read(scene, source)
    assert 0.5 < found < times  # a part was read before, as a sample


def test_lines_are_told_of_where_memory_has_no_room_for_them():
    blocks = Blocks((20_000, 60_000), (1, 60_000), 20)
    arguments = Window(0, 0, 60_000, 20_000), Reach(16, 96), Load(300, 40, 20, 28, 20), blocks
    short, roomy = plan_memory(*arguments, 500), plan_memory(*arguments, 4000)
    assert short.decodes_again and not roomy.decodes_again
    assert roomy.block_tiles * roomy.tile_px[1] >= 60_000
    assert roomy.cache_bytes >= (roomy.tile_px[0] + 2 * 96) * 60_000 * 20
