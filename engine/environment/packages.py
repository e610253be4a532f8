"""Asks a Python which packages of a tier and of extras it holds, by importing them there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import SetupError
from . import lock
from .commands import Cancelled, CommandFailed, run

MODULES: Mapping[str, Mapping[str, str]] = {
    "run": {
        "numpy": "numpy",
        "onnx": "onnx",
        "onnxruntime": "onnxruntime",
        "rasterio": "rasterio",
        "pyogrio": "pyogrio",
        "shapely": "shapely",
        "scipy": "scipy.ndimage",
        "scikit-image": "skimage",
        "networkx": "networkx",
    },
    "learn": {
        "torch": "torch",
        "captum": "captum.attr",
        "safetensors": "safetensors",
        "scikit-learn": "sklearn",
        "cleanlab": "cleanlab",
        "matplotlib": "matplotlib",
        "onnxscript": "onnxscript",
    },
    "openvino": {
        "openvino": "openvino",
    },
}
"""What our code imports of each tier and extra, by the package that brings it."""

OLDEST_PYTHON = (3, 10)
"""What the worker's own code needs; an environment of the user's may be older than those we make."""

SAFE_TORCH = (2, 6)
"""Before it, `weights_only=True` did not keep weights from running programs of whoever made them (CVE-2025-32434)."""

QUESTION = """
import importlib, importlib.metadata, json, sys
sys.modules["openvino_telemetry"] = None  # else OpenVINO tells its makers that it is imported
def version_of(package, module):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:  # another build has a name of its own: onnxruntime-gpu
        builds = importlib.metadata.packages_distributions().get(module.partition(".")[0], ())
        if not builds:
            raise
        return importlib.metadata.version(builds[0])
versions, faults = {}, {}
for package, module in json.loads(sys.argv[1]).items():
    try:
        importlib.import_module(module)
        versions[package] = version_of(package, module)
    except Exception as error:
        faults[package] = f"{type(error).__name__}: {error}"
python = ".".join(map(str, sys.version_info[:3]))
print(json.dumps({"python": python, "versions": versions, "faults": faults}))
"""


@dataclass(frozen=True)
class Holdings:
    """What a Python holds of a tier and of extras.

    Args:
        python: Its version, for example `3.11.7`.
        versions: Version of each package that can be imported.
        faults: Why each other one cannot.
    """

    python: str
    versions: dict[str, str]
    faults: dict[str, str]


def inquire(python: Path, tier: str, extras: Collection[str], is_cancelled: Cancelled) -> Holdings:
    """Import the packages of the tier and of the extras in that Python and see.

    Raises:
        SetupError: It does not run, or crashes while importing.
    """
    names = [name for name in lock.TIERS if lock.covers(tier, name)] + [name for name in lock.EXTRAS if name in extras]
    modules = {package: module for name in names for package, module in MODULES[name].items()}
    try:
        lines = run([python, "-I", "-c", QUESTION, json.dumps(modules)], os.environ, is_cancelled)
        return Holdings(**json.loads(lines[-1]))
    except (CommandFailed, LookupError, ValueError, TypeError) as error:
        raise SetupError(
            "{python} cannot import the packages: {reason}", python=str(python), reason=str(error)[-300:]
        ) from error


def require_all(holdings: Holdings) -> None:
    """Check that no package is missing, broken or older than the locked one by a major version, and torch is safe.

    Raises:
        SetupError: Some are; all are named.
    """
    locked = lock.versions(lock.TIERS[-1], lock.EXTRAS)
    short = [f"{package} ({fault})" for package, fault in holdings.faults.items()]
    if tuple(map(int, holdings.python.split("."))) < OLDEST_PYTHON:
        short.append(f"python ({holdings.python} is too old)")
    short += [
        f"{package} ({version} is too old, {locked[package]} is wanted)"
        for package, version in holdings.versions.items()
        if int(version.partition(".")[0]) < int(locked[package].partition(".")[0])
    ]
    if short:
        raise SetupError("These packages are missing or unfit: {packages}.", packages="; ".join(short))
    torch = holdings.versions.get("torch", "")
    if torch and tuple(map(int, re.findall(r"\d+", torch)[:2])) < SAFE_TORCH:
        raise SetupError(
            "This Python has torch {version}, in which weights that come from others can run programs "
            "(CVE-2025-32434). Install torch {wanted} or later there.",
            version=torch,
            wanted=".".join(map(str, SAFE_TORCH)),
        )


def differing(holdings: Holdings) -> dict[str, str]:
    """Packages whose version is another than the locked one, builds such as `+cpu` and packages not locked aside."""
    locked = lock.versions(lock.TIERS[-1], lock.EXTRAS)
    return {
        package: version
        for package, version in holdings.versions.items()
        if version.partition("+")[0] != locked.get(package, version)
    }
