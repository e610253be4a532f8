"""Finds the numbers of official implementations beside the repository, and reads them."""

from pathlib import Path

import pytest
from safetensors.torch import load_file

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"


def golden(method, name):
    """The tensors of one file by name; skips the test where no such numbers lie beside the repository at all."""
    if not GOLDEN.is_dir():
        pytest.skip("the reference numbers are not beside the repository")
    return load_file(GOLDEN / method / f"{name}.safetensors")


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
