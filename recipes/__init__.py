"""Recipes of the bundled models, each made again from labelled images; loads the repository root as `terraloom`."""

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if "terraloom" not in sys.modules:
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()
