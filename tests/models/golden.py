"""Finds the numbers of official implementations beside the repository, and reads them."""

from pathlib import Path

import pytest
from safetensors.torch import load_file

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"


def golden(method, name):
    """The tensors of one file by name; skips the test where the file is missing."""
    path = GOLDEN / method / f"{name}.safetensors"
    if not path.exists():
        pytest.skip(f"the reference numbers {path.name} of {method} are not beside the repository")
    return load_file(path)


def renamed(weights, pairs):
    """The weights with the beginnings of their names exchanged, by the first pair that matches."""
    found = {}
    for name, value in weights.items():
        for old, new in pairs:
            if name.startswith(old):
                found[new + name[len(old) :]] = value
                break
        else:
            raise AssertionError(f"no place for the weight {name}")
    return found
