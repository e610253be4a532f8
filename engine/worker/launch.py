"""The script that QGIS starts: loads the plugin's root as the package `terraloom` and becomes the worker."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def load_root() -> None:
    """Make the plugin importable as `terraloom`, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(
        "terraloom", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT} is not a package")
    module = importlib.util.module_from_spec(spec)
    sys.modules["terraloom"] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    load_root()
    importlib.import_module("terraloom.engine.worker.child").main()
