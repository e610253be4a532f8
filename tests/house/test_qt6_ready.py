"""The Qt-facing code runs on Qt 5 and Qt 6: Qt comes through qgis.PyQt, enumerators carry their enumeration's name."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for folder in ("plugin", "processing_provider") for path in (ROOT / folder).rglob("*.py"))

NOT_ENUMERATORS = {"QgsProcessing.TEMPORARY_OUTPUT"}
QT_CLASS = re.compile(r"(Q[A-Z]\w+|Qgis|Qt)")


@pytest.fixture(params=FILES, ids=lambda path: str(path.relative_to(ROOT)))
def tree(request):
    return ast.parse(request.param.read_text("utf-8"))


def test_qt_is_imported_through_qgis(tree):
    for node in ast.walk(tree):
        names = [entry.name for entry in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module)
        assert not [name for name in names if re.match(r"(PyQt\d|PySide\d|sip)\b", name)]


def test_enumerators_are_fully_scoped(tree):
    """`Qt.AlignLeft` is a name in capitals straight on a class; methods begin with a small letter."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            dotted = f"{node.value.id}.{node.attr}"
            if QT_CLASS.fullmatch(node.value.id) and node.attr[0].isupper() and dotted not in NOT_ENUMERATORS:
                scoped = any(isinstance(outer, ast.Attribute) and outer.value is node for outer in ast.walk(tree))
                assert scoped, f"line {node.lineno}: {dotted} lacks its enumeration"


def test_exec_has_no_underscore(tree):
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "exec_"]
