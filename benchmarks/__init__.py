"""Measurements of the engine and of other ways to do its work; loads the repository root as the package `terraloom`."""

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if "terraloom" not in sys.modules:
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()
