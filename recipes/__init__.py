"""Recipes of the bundled models, each made again from labelled images; loads the repository root as `terraloom`."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if "terraloom" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "terraloom", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT} does not hold the plugin")
    module = importlib.util.module_from_spec(spec)
    sys.modules["terraloom"] = module
    spec.loader.exec_module(module)
