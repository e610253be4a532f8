"""The Qt-facing code runs on Qt 5 and Qt 6: Qt comes through qgis.PyQt, enumerators carry their enumeration's name.

Whether the names exist in the QGIS at hand is for `tests/qgis/test_names.py` to see.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("plugin", "processing_provider", "scripts", "tests/qgis")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

NOT_ENUMERATORS = re.compile(r"QgsProcessing\.TEMPORARY_OUTPUT|Qgis\.QGIS_[A-Z_]+|QgsPalettedRasterRenderer\.Class")
QT_CLASS = re.compile(r"Qt|Qgis|Qgs[A-Z0-9]\w*|Q[A-Z]\w*")
PACKAGE = re.compile(r"qgis(\.PyQt)?")
GONE = frozenset(
    "QDesktopWidget QGLWidget QMatrix QRegExp QRegExpValidator QSound QTextCodec QWebPage QWebView "
    "exec_ fromTime_t globalPos setTabStopWidth setTime_t tabStopWidth toTime_t".split()
)
"""Of Qt 5; Qt 6 or its Python knows them no longer."""


@pytest.fixture(params=FILES, ids=lambda path: str(path.relative_to(ROOT)))
def tree(request):
    return ast.parse(request.param.read_text("utf-8"))


def test_qt_is_imported_through_qgis(tree):
    for node in ast.walk(tree):
        names = [entry.name for entry in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module)
        assert not [name for name in names if re.match(r"(PyQt\d|PySide\d|sip)\b", name)]


def test_classes_are_imported_by_name(tree):
    """`QtCore.Qt.AlignLeft` would slip past the test of enumerators."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not [entry.name for entry in node.names if entry.name.partition(".")[0] == "qgis"]
        if isinstance(node, ast.ImportFrom) and PACKAGE.fullmatch(node.module or ""):
            assert {entry.name for entry in node.names} <= {"sip"}


def test_enumerators_are_fully_scoped(tree):
    """`Qt.AlignLeft` is a name in capitals straight on a class; methods begin with a small letter."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            dotted = f"{node.value.id}.{node.attr}"
            if QT_CLASS.fullmatch(node.value.id) and node.attr[0].isupper() and not NOT_ENUMERATORS.fullmatch(dotted):
                scoped = any(isinstance(outer, ast.Attribute) and outer.value is node for outer in ast.walk(tree))
                assert scoped, f"line {node.lineno}: {dotted} lacks its enumeration"


def test_nothing_is_used_that_qt_6_gave_up(tree):
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {entry.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for entry in node.names}
    assert not used & GONE
