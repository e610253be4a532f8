"""Measures the memory that joining small areas and tracing polygons take for each pixel of a class raster.

Runs in the worker's environment. The engine warns of these figures beforehand (`engine/class_map.py`).
"""

import argparse
import importlib.util
import json
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=2000, help="rows and columns of the raster")
    side = parser.parse_args().side
    load_plugin()
    import numpy as np
    from affine import Affine
    from scipy.ndimage import zoom
    from terraloom.engine.generalise import absorb_small_areas
    from terraloom.engine.vectors import trace

    coarse = np.random.default_rng(0).random((side // 16 + 1, side // 16 + 1))
    classes = (zoom(coarse, 16, order=1)[:side, :side] * 5).astype(np.uint8)
    confidence = np.ones(classes.shape, np.float32)
    joining = peak_bytes(lambda: absorb_small_areas(classes, 80))
    tracing = peak_bytes(lambda: trace(classes, confidence, Affine.identity(), np.ones(side)))
    print(
        json.dumps(
            {"side_px": side, **{k: round(v / classes.size) for k, v in (("joining", joining), ("tracing", tracing))}}
        )
    )


def peak_bytes(work: Callable[[], object]) -> int:
    """Most memory that Python and numpy hold during some work, beyond what they held before."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def load_plugin() -> None:
    """Load the repository root as the package `terraloom`."""
    spec = importlib.util.spec_from_file_location(
        "terraloom", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["terraloom"] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    main()
