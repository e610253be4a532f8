"""A worker holds what its job needs, and no more."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import toys
from maps import one_hot

ROOT = Path(__file__).resolve().parents[2]

MAP = """
import importlib.util, json, sys
launch = importlib.util.spec_from_file_location("launch", sys.argv[1])
module = importlib.util.module_from_spec(launch)
launch.loader.exec_module(module)
module.load_root()
from terraloom.engine.jobs import apply_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun
raster, model, targets = sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
apply_model.run(ApplyModel(NetworkRun((raster,), model, device="cpu"), ClassTargets(**targets)), Silent())
print(json.dumps(sorted(sys.modules)))
"""


def loaded_for(tmp_path, **targets):
    """The modules that a fresh process has loaded when it has made a map."""
    raster = toys.raster(tmp_path / "in.tif", one_hot(np.indices((20, 30)).sum(axis=0) % 3))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    targets = {name: str(tmp_path / file) for name, file in targets.items()}
    command = [sys.executable, "-c", MAP, str(ROOT / "engine" / "worker" / "launch.py"), raster, str(model)]
    told = subprocess.run([*command, json.dumps(targets)], capture_output=True, text=True, check=True).stdout
    assert all(Path(target).is_file() for target in targets.values())
    return set(json.loads(told.splitlines()[-1]))


def test_a_raster_needs_no_library_of_vectors_or_tables(tmp_path):
    assert not loaded_for(tmp_path, output="classes.tif") & {"pyogrio", "pandas", "pyarrow", "skimage", "torch"}


def test_polygons_are_written_by_the_library_that_is_loaded_for_them(tmp_path):
    assert {"pyogrio", "skimage"} <= loaded_for(tmp_path, polygons="areas.gpkg")
