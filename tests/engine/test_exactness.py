"""The mosaic of tiles equals the result on the whole image, bit for bit."""

import tempfile
from pathlib import Path

import conftest
import numpy as np
import onnxruntime
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.windows import Window
from scipy.ndimage import zoom
from terraloom.engine import prediction
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.jobs import apply_model, extract_roads, fuse_sar_optical
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.fuse_sar_optical import SENSORS, FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.scene import Scene
from terraloom.engine.tiles.tiling import Reach, Tiling

MEAN, STD = 40.0, 25.0
CASES = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def mapped(folder, model, source, tile_px, **run):
    """Probabilities of the tiled way."""
    target = folder / "probabilities.tif"
    run = NetworkRun((source,), str(model), tile_size=tile_px, **run)
    apply_model.run(ApplyModel(run, ClassTargets(probabilities=str(target))), Silent())
    return toys.read(target)


def whole(model, values, stride):
    """Probabilities of the bare network on the whole image, padded at the right and bottom with the card's mean.

    Args:
        values: `(bands, rows, cols)`, masked.
    """
    bands, rows, columns = values.shape
    padded = np.zeros((1, bands, -(-rows // stride) * stride, -(-columns // stride) * stride), np.float32)
    gain, bias = np.float32(1 / STD), np.float32(-MEAN / STD)
    padded[0, :, :rows, :columns] = np.where(
        np.ma.getmaskarray(values), 0, values.data.astype(np.float32) * gain + bias
    )
    logits = onnxruntime.InferenceSession(str(model)).run(None, {"image": padded})[0][0, :, :rows, :columns]
    power = np.exp(logits - logits.max(axis=0))
    return power / power.sum(axis=0)


@CASES
@given(
    rows=st.integers(1, 150),
    columns=st.integers(1, 150),
    tile_px=st.sampled_from([16, 31, 64, 100]),
    levels=st.integers(0, 3),
    dilation=st.sampled_from([1, 2]),
    seed=st.integers(0, 2**16),
    holes=st.booleans(),
)
def test_tiles_equal_the_whole(rows, columns, tile_px, levels, dilation, seed, holes):
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 120, (2, rows, columns)).astype(np.int16)
    if holes:
        values[:, rng.random((rows, columns)) < 0.3] = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = toys.raster(folder / "in.tif", values, nodata=0)
        model = toys.random_network(folder / "m.onnx", seed, levels=levels, dilation=dilation, mean=MEAN, std=STD)
        result = mapped(folder, model, source, tile_px)
        masked = np.ma.masked_equal(values, 0)
        expected = whole(model, masked, 2**levels)
    known = ~np.ma.getmaskarray(masked).all(axis=0)
    np.testing.assert_array_equal(~np.ma.getmaskarray(result)[0], known)
    assert np.abs(result.data - expected)[:, known].max(initial=0) == 0


@CASES
@given(
    rows=st.integers(20, 120),
    columns=st.integers(20, 120),
    pixel_m=st.sampled_from([0.3, 0.45, 1.7]),
    geographic=st.booleans(),
    tile_px=st.sampled_from([33, 64]),
    seed=st.integers(0, 2**16),
)
def test_warped_tiles_equal_the_warped_whole(rows, columns, pixel_m, geographic, tile_px, seed):
    values = np.random.default_rng(seed).integers(1, 120, (2, rows, columns)).astype(np.uint8)
    values[:, 5:9, 3:12] = 0
    degree = pixel_m / 111_320
    where = {"crs": "EPSG:4326", "transform": Affine(degree, 0, 8.2, 0, -degree, 47.1)} if geographic else {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = toys.raster(folder / "in.tif", values, pixel=pixel_m, nodata=0, **where)
        model = toys.random_network(folder / "m.onnx", seed, mean=MEAN, std=STD, **{"terraloom:resolution_m": 0.8})
        result = mapped(folder, model, source, tile_px, grid="model")
        with Scene(NetworkRun((source,), str(model), grid="model"), ("semantic-segmentation",), Silent()) as scene:
            once = scene.sources[0].reader.read(scene.grid.window)
        expected = whole(model, once.values, 4)
    assert result.shape[1:] == once.values.shape[1:]
    np.testing.assert_array_equal(~np.ma.getmaskarray(result)[0], once.valid)
    assert once.valid.any()
    assert np.abs(result.data - expected)[:, once.valid].max() == 0


@pytest.mark.parametrize(
    "model", sorted((conftest.ROOT / "models" / "bundled").glob("*/model.onnx")), ids=lambda p: p.parent.name
)
@pytest.mark.parametrize("size", [(700, 330), (700, 41), (1, 700)])
def test_bundled_networks_are_exact(tmp_path, model, size, reads):
    card = read_card(model)
    assert max(size) > 2 * card.receptive_radius_px + 256  # some tiles of 128 px see neither end of the image
    pixel_m = card.inputs[0].resolution_m
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 255, (3, size[0] // 16 + 2, size[1] // 16 + 2)).astype(float)
    values = zoom(coarse, (1, 16, 16), order=1)[:, : size[0], : size[1]] + rng.normal(0, 9, (3, *size))
    source = toys.raster(tmp_path / "in.tif", values.clip(0, 255).astype(np.uint8), pixel=pixel_m, photometric="RGB")
    (tmp_path / "small").mkdir()
    (tmp_path / "large").mkdir()
    run = RUNS.get(model.parent.name, mapped)
    tiled = run(tmp_path / "small", model, source, 128)
    assert len({read.flatten() for read in reads}) > 3
    reads.clear()
    once = run(tmp_path / "large", model, source, 1024)
    assert len(reads) == 1
    np.testing.assert_array_equal(tiled, once)
    assert np.ptp(once) > (0.1 if run is mapped else 0.001)  # few roads and floods are seen in smooth noise


@pytest.fixture
def reads(monkeypatch):
    """The windows that are read for the network, one after the other."""
    windows, read_tile = [], prediction.read_tile

    def noted(scene, tile):
        windows.append(tile.read)
        return read_tile(scene, tile)

    monkeypatch.setattr(prediction, "read_tile", noted)
    return windows


def road_probability(folder, model, source, tile_px):
    """The probability of roads, mapped in tiles of a size."""
    target = folder / "probability.tif"
    run = NetworkRun((str(source),), str(model), tile_size=tile_px, device="cpu", grid="model")
    extract_roads.run(ExtractRoads(run, LineTargets(probability=str(target))), Silent())
    return toys.read(target)


def flood_probability(folder, model, source, tile_px):
    """The probability of a flood, mapped in tiles of a size; the optical image has a hole, one sensor is lacking."""
    values = np.asarray(toys.read(source))
    holed = values.copy()
    holed[:, 40:200, 20:90] = 0
    files = {
        "optical": toys.raster(folder / "optical.tif", holed, pixel=10, nodata=0),
        "sar": toys.raster(folder / "sar.tif", values[:1], pixel=10),
        "sar_before": toys.raster(folder / "sar_before.tif", values[1:2], pixel=10),
    }
    first, *further = ((files[name],) if name in files else () for name in SENSORS)
    run = NetworkRun(first, str(model), tuple(further), tile_size=tile_px, device="cpu")
    targets = ClassTargets(probabilities=str(folder / "flood.tif"))
    fuse_sar_optical.run(FuseSarOptical(run, targets, "scaled"), Silent())
    return toys.read(targets.probabilities)


RUNS = {"roads-aerial": road_probability, "flood-s1s2": flood_probability}
"""How models are run that do not read a single image or give no classes."""


@CASES
@given(
    rows=st.integers(5, 90),
    columns=st.integers(5, 90),
    geographic=st.booleans(),
    tile_px=st.sampled_from([1, 7, 16]),
    hole=st.integers(0, 60),
    masked=st.booleans(),
)
def test_results_warped_back_do_not_depend_on_the_tiles(rows, columns, geographic, tile_px, hole, masked):
    values = np.random.default_rng(rows).integers(1, 120, (2, rows, columns)).astype(np.uint8)
    values[:, hole : hole + 20] = 0
    degree = 0.45 / 111_320
    where = {"crs": "EPSG:4326", "transform": Affine(degree, 0, 8.2, 0, -degree, 47.1)} if geographic else {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = toys.raster(folder / "in.tif", values, pixel=0.45, nodata=0, **where)
        fields = {"terraloom:resolution_m": 1.6}
        model = toys.bands_as_classes(folder / "m.onnx", 2, mean=MEAN, std=STD, **fields)
        run = {}
        if masked:
            with rasterio.open(source) as dataset:
                left, bottom, right, top = dataset.bounds
                crs = dataset.crs
            corner = shapely.box(left, (bottom + top) / 2, left + (right - left) * 0.6, top)
            pyogrio.raw.write(
                folder / "mask.gpkg", shapely.to_wkb(np.array([corner])), [], [],
                geometry_type="Polygon", crs=crs.to_wkt(), driver="GPKG",
            )  # fmt: skip
            run["mask"] = str(folder / "mask.gpkg")
        tiled = mapped(folder, model, source, tile_px, **run)
        once = mapped(folder, model, source, 512, **run)
    np.testing.assert_array_equal(tiled.filled(-1), once.filled(-1))
    known = ~np.ma.getmaskarray(once)[0]
    assert not (known & (values[0] == 0)).any()
    if hole >= rows and not masked:
        assert known.all()


def test_a_halo_too_small_is_noticed(monkeypatch):
    """The comparison above can fail: with a radius that is a lie, and nobody who looks, tiles differ from the whole."""
    monkeypatch.setattr("terraloom.engine.cards.foreign_cards._as_the_graph_shows", lambda card, model: card)
    rng = np.random.default_rng(0)
    values = rng.integers(1, 120, (2, 90, 90)).astype(np.int16)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = toys.raster(folder / "in.tif", values)
        liar = toys.random_network(folder / "m.onnx", 0, mean=MEAN, std=STD, **{"terraloom:receptive_radius_px": 1})
        result = mapped(folder, liar, source, 16)
        expected = whole(liar, np.ma.masked_array(values), 4)
    assert np.abs(result.data - expected).max() > 1e-4


def test_a_card_that_lies_is_overruled_by_the_network():
    rng = np.random.default_rng(0)
    values = rng.integers(1, 120, (2, 90, 90)).astype(np.int16)
    lies = {"terraloom:receptive_radius_px": 1, "terraloom:stride_px": 1}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = toys.raster(folder / "in.tif", values)
        liar = toys.random_network(folder / "m.onnx", 0, mean=MEAN, std=STD, **lies)
        result = mapped(folder, liar, source, 16)
        expected = whole(liar, np.ma.masked_array(values), 4)
    assert np.abs(result.data - expected).max() == 0


@CASES
@given(
    width=st.integers(1, 300),
    height=st.integers(1, 300),
    stride=st.sampled_from([1, 2, 8, 32]),
    halo=st.integers(0, 100),
    tile_px=st.integers(1, 200),
    data=st.data(),
)
def test_plan_covers_the_area_once_and_reads_enough(width, height, stride, halo, tile_px, data):
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    area = Window(left, top, data.draw(st.integers(1, width - left)), data.draw(st.integers(1, height - top)))
    tile_px = max(tile_px, 1 + max(width, height) // 20)
    sizes, block_tiles, alike = (tile_px, tile_px + 3), data.draw(st.integers(1, 4)), data.draw(st.booleans())
    tiling = Tiling(width, height, area, Reach(stride, halo), sizes, block_tiles, alike)
    written = np.zeros((height, width), int)
    for strip in tiling:
        assert strip.write.width == sum(tile.write.width for tile in strip.tiles)
        assert {tile.write.row_off for tile in strip.tiles} == {strip.write.row_off}
    tiles = [tile for strip in tiling for tile in strip.tiles]
    assert tiling.network_px == sum(tile.read.width * tile.read.height for tile in tiles)
    for tile in tiles:
        written[tile.write.toslices()] += 1
        for offset, size, core, core_size, limit in (
            (tile.read.col_off, tile.read.width, tile.write.col_off, tile.write.width, width),
            (tile.read.row_off, tile.read.height, tile.write.row_off, tile.write.height, height),
        ):
            assert offset % stride == 0 and size % stride == 0
            assert offset <= max(0, core - halo)
            assert offset + size >= min(limit, core + core_size + halo)
            padded = -(-limit // stride) * stride
            if not alike:  # tiles of one size may read more than they need
                assert offset > core - halo - stride or offset == 0
                assert offset + size < core + core_size + halo + stride or offset + size == padded
            assert offset + size <= padded
    expected = np.zeros_like(written)
    expected[area.toslices()] = 1
    np.testing.assert_array_equal(written, expected)


@pytest.mark.parametrize("length", [4096, 8192, 16_384, 60_000])
def test_tiles_that_are_alike_take_the_same_memory(length):
    tiling = Tiling(length, length, Window(0, 0, length, length), Reach(16, 96), (2048, 2048), 99, alike=True)
    read = [tile.read for strip in tiling for tile in strip.tiles]
    assert len({(tile.width, tile.height) for tile in read}) == 1
    assert max(read[0].width, read[0].height) <= 2048 + 2 * 96
    plain = Tiling(length, length, Window(0, 0, length, length), Reach(16, 96), (2048, 2048), 99)
    assert tiling.network_px <= plain.network_px * 1.01


def test_unrectified_images_are_refused(tmp_path):
    path = tmp_path / "gcps.tif"
    corners = [rasterio.control.GroundControlPoint(r, c, 10 + c, 50 - r) for r in (0, 5) for c in (0, 5)]
    with rasterio.open(path, "w", driver="GTiff", width=5, height=5, count=1, dtype="uint8") as dataset:
        dataset.gcps = (corners, rasterio.crs.CRS.from_epsg(4326))
    with pytest.raises(InputError, match="not rectified"):
        Rasters([str(path)])
