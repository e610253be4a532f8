"""Damage that GDAL only notes is told to the user, of each kind once; what is harmless is not."""

import numpy as np
import pytest
import rasterio
import toys
from listening import Heard
from terraloom.engine.worker.client import Worker
from terraloom.engine.worker.damage import damage_told
from terraloom.tests.engine.worker_harness import PYTHON, STUB, Listener, never
from terraloom.tests.engine.worker_stub import Misbehave

NOISE = np.random.default_rng(0).integers(0, 255, (256, 256)).astype(np.uint8)


def told(path):
    heard = Heard()
    with damage_told(heard), rasterio.open(path) as dataset:
        for row in range(0, 256, 64):
            dataset.read(window=((row, row + 64), (0, 256)))
    rasterio.open(path).read()  # nobody listens any more
    return heard.warnings


@pytest.mark.parametrize(("compress", "words"), [("jpeg", "JPEG"), ("packbits", "PackBitsDecode")])
def test_a_damaged_tile_is_warned_of_once(tmp_path, compress, words):
    path = tmp_path / "in.tif"
    toys.raster(path, NOISE, compress=compress, tiled=True, blockxsize=64, blockysize=64)
    assert told(path) == []
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 200] = b"\x7f" * 200
    path.write_bytes(content)
    warned = told(path)
    assert warned and all("An image may be damaged" in line and words in line for line in warned)
    assert len(set(warned)) == len(warned) and "CPLE" not in str(warned)


def test_a_worker_passes_on_what_is_noted_of_damage_and_nothing_harmless():
    worker, listener = Worker(PYTHON, STUB), Listener()
    worker.start(never)
    worker.run("misbehave", Misbehave("read_a_damaged_image"), listener, never)
    worker.close()
    (warned,) = listener.warnings
    assert warned.startswith("An image may be damaged") and "wrong in places: JPEGLib:Premature end" in warned
