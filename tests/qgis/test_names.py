"""What our code imports from QGIS, and the enumerators that it names, exist in the QGIS at hand."""

import ast
import importlib
from functools import reduce
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("plugin", "processing_provider", "scripts", "tests/qgis")


def imported(tree):
    """What a file takes from QGIS's packages, by the name that it has there."""
    return {
        entry.asname or entry.name: getattr(importlib.import_module(node.module), entry.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.")
        for entry in node.names
    }


def dotted(node):
    """`["Qt", "Key", "Key_A"]` for `Qt.Key.Key_A`; empty for anything but names."""
    if isinstance(node, ast.Name):
        return [node.id]
    before = dotted(node.value) if isinstance(node, ast.Attribute) else []
    return [*before, node.attr] if before else []


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_exist(folder):
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert paths
    for path in paths:
        tree = ast.parse(path.read_text("utf-8"))
        known = imported(tree)
        for chain in map(dotted, ast.walk(tree)):
            if len(chain) > 1 and chain[0] in known:
                reduce(getattr, chain[1:3], known[chain[0]])
