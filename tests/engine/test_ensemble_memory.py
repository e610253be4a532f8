"""Several models share the memory of one where they give it back, and keep to a limit together."""

import json
import subprocess
import sys

import conftest
import numpy as np
import pytest
import toys

LIMIT_MB = 450

RUN = """
import json, sys
sys.path[:0] = [{tests!r}, {tests!r} + "/engine"]
import conftest
from pathlib import Path
from terraloom.engine.backends import openvino_backend
from terraloom.engine.progress import Silent
from uncertain_maps import estimate

class Telling(Silent):
    def log(self, template, **values):
        if template.startswith("Tiles of"):
            self.tile_px = values["columns"]

openvino_backend.is_installed = lambda: False
told = Telling()
first, *further = {models!r}
asked = dict(method="ensemble", further_models=tuple(further)) if further else dict()
estimate(Path({folder!r}), first, {source!r}, progress=told, threads=1, max_memory_mb={limit_mb}, **asked)
status = Path("/proc/self/status").read_text()
print(json.dumps([told.tile_px, int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_an_ensemble_keeps_to_a_limit_in_tiles_nearly_as_large_as_one_models(tmp_path):
    values = np.broadcast_to(np.linspace(1, 250, 1400).astype(np.uint8), (3, 1400, 1400))
    source = toys.raster(tmp_path / "in.tif", values)
    models = [
        str(toys.random_network(tmp_path / f"{seed}.onnx", seed, bands=3, mean=100.0, std=50.0)) for seed in range(4)
    ]

    def run(members):
        code = RUN.format(
            tests=str(conftest.ROOT / "tests"), folder=str(tmp_path), models=members, source=source, limit_mb=LIMIT_MB
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
        assert not found.returncode, found.stderr
        return json.loads(found.stdout.splitlines()[-1])

    alone_px, _ = run(models[:1])
    together_px, held_mb = run(models)
    assert 0.6 * LIMIT_MB < held_mb <= LIMIT_MB
    assert alone_px >= together_px >= 0.7 * alone_px
