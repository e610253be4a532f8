"""Cleans the environment variables that our own Python inherits: what is meant for QGIS misleads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

MISLEADING = frozenset({"PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH", "__PYVENV_LAUNCHER__"})
"""Variables that name QGIS's own data or interpreter; those that begin with PYTHON go as well."""

PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads of OpenMP sleep while they wait for each other: where they span beside other work, a step of training over
small chips took nine times the processor's time (timed by hand). Whoever sets it otherwise is heeded."""

SCRATCH = "TERRALOOM_SCRATCH"
"""Variable that names the folder for what a worker's jobs make and throw away: whoever outlives it clears that away."""

SEARCH_PATHS = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")

PRIVATE_ROOTS = ("OSGEO4W_ROOT", "QGIS_PREFIX_PATH", "APPDIR")
"""Variables that name the folder of a QGIS that came as a bundle."""

SHARED_ROOTS = frozenset(map(Path, ("/", "/usr", "/usr/local")))
"""Where a distribution's QGIS lies among everything else: nothing in here is QGIS's alone."""


def clean(variables: Mapping[str, str]) -> dict[str, str]:
    """Leave out what is QGIS's own: Python's, PROJ's, GDAL's variables, and its folders in search paths."""
    roots = _qgis_roots(variables)
    kept = {
        name: value
        for name, value in variables.items()
        if name not in MISLEADING and not name.upper().startswith("PYTHON")
    }
    for name in SEARCH_PATHS:
        if name in kept:
            kept[name] = os.pathsep.join(
                entry for entry in kept[name].split(os.pathsep) if entry and not _lies_in(Path(entry), roots)
            )
    return kept


def _qgis_roots(variables: Mapping[str, str]) -> list[Path]:
    """The folders that belong to QGIS alone: OSGeo4W's, a private prefix, an AppImage, a macOS bundle."""
    named = [Path(variables[name]) for name in PRIVATE_ROOTS if variables.get(name)]
    bundles = [folder for folder in Path(sys.executable).parents if folder.suffix == ".app"]
    return [root for root in named + bundles if root not in SHARED_ROOTS]


def _lies_in(folder: Path, roots: list[Path]) -> bool:
    return any(root == folder or root in folder.parents for root in roots)
