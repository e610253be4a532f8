"""QGIS's process stays clean and quick: the provider brings nothing heavy into it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import runpy, sys
from qgis.core import QgsApplication
before = set(sys.modules)
app = QgsApplication([], False)
app.initQgis()
runpy.run_path({conftest!r})
from terraloom import classFactory
plugin = classFactory(None)
plugin.initProcessing()
assert QgsApplication.processingRegistry().algorithmById("terraloom:segmentlanduse")
print(*sorted(name for name in set(sys.modules) - before if "." not in name))
plugin.unload()
app.exitQgis()
"""


def test_nothing_heavy_enters_qgis():
    script = SCRIPT.format(conftest=str(ROOT / "tests" / "conftest.py"))
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(told.stdout.split())
    heavy = {"torch", "onnx", "onnxruntime", "rasterio", "pyogrio", "shapely", "scipy", "skimage", "numpy"}
    assert not loaded & heavy
    assert "terraloom" in loaded
