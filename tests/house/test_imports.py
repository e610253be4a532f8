"""Each room imports only what the house's rules allow it: the table of the design, read from the code itself."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STDLIB = sys.stdlib_module_names
STAGES = {
    "affine",
    "google",
    "numpy",
    "onnx",
    "onnxruntime",
    "pyogrio",
    "rasterio",
    "scipy",
    "shapely",
    "skimage",
    "networkx",
    "openvino",
    "distributed",
}
PLAIN = (
    "engine.errors",
    "engine.chips.chip_set",
    "engine.images.dates",
    "engine.environment",
    "engine.results.aside",
    "engine.results.belongings",
    "engine.results.files_behind",
    "engine.results.journal",
    "engine.legend",
    "engine.library",
    "engine.results.occupancy",
    "engine.outcome",
    "engine.phrases",
    "engine.progress",
    "engine.results.qml",
    "engine.results.refusals",
    "engine.requests",
    "engine.worker",
    "engine.results.workspace",
)
"""Rooms of the engine that need nothing but the standard library, so that QGIS can use them too."""

RULES = {
    # room: (foreign packages, own rooms)
    "plugin": ({"qgis", "processing"}, ("plugin", "processing_provider", "engine.environment", "engine.library")),
    "processing_provider": ({"qgis", "processing", "osgeo"}, ("processing_provider", *PLAIN)),  # osgeo is QGIS's own
    **{room: (set(), PLAIN) for room in PLAIN},
    "engine/__init__.py": (set(), ()),
    "engine": (STAGES, ("engine",)),
    "engine/jobs": (STAGES | {"torch"}, ("engine", "models")),
    "engine/explanation/gradients": (STAGES | {"torch", "captum"}, ("engine", "models")),
    "engine/learning": (STAGES | {"torch", "safetensors", "sklearn"}, ("engine", "models")),
    "models": ({"torch"}, ("models",)),
    "__init__.py": (set(), ("plugin",)),
}


def files():
    tracked = [ROOT / "__init__.py"]
    for room in ("plugin", "processing_provider", "engine", "models"):
        tracked += sorted((ROOT / room).rglob("*.py"))
    return [path.relative_to(ROOT) for path in tracked]


def rule_for(path):
    """The rule of the innermost room that has one."""
    candidates = [path, path.with_suffix(""), *path.parents]
    for place in candidates:
        for name in (place.as_posix(), place.as_posix().replace("/", ".")):
            if name in RULES:
                return RULES[name]
    raise AssertionError(f"no rule for {path}")


def imported(path):
    """(foreign package or None, own room or None) of every import in a file, inside functions too."""
    package = path.parent.parts
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0], None
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            module = (*base, *(node.module or "").split(".")) if node.module else base
            for alias in node.names:
                full = (*module, alias.name)
                is_module = (ROOT.joinpath(*full).with_suffix(".py")).exists() or ROOT.joinpath(*full).is_dir()
                yield None, ".".join(full if is_module else module)


def breaches(path, foreign, own):
    for package, room in imported(path):
        if package is not None and package not in STDLIB and package not in foreign:
            yield f"{path} imports {package}"
        if room is not None and not in_rooms(room, own):
            yield f"{path} imports {room}"


def in_rooms(room, own):
    """Whether a module lies in one of the rooms. `engine` itself, its version number, is everybody's."""
    return room == "engine" or any(room == allowed or room.startswith(allowed + ".") for allowed in own)


@pytest.mark.parametrize("path", files(), ids=str)
def test_imports_stay_in_the_house_rules(path):
    assert list(breaches(path, *rule_for(path))) == []


def test_a_breach_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "bad.py").write_text("import torch\nfrom ..engine.images.rasters import Rasters\n")
    assert list(breaches(Path("plugin/bad.py"), {"qgis"}, ("plugin",))) == [
        "plugin/bad.py imports torch",
        "plugin/bad.py imports engine.images.rasters",
    ]


def test_torch_is_not_imported_by_stages():
    for path in files():
        if path.parts[0] == "engine" and path.parts[1] not in ("jobs", "learning") and "gradients" not in path.parts:
            assert not {"torch", "captum"} & {package for package, _ in imported(path)}, path


def test_what_judges_lines_shares_no_code_with_what_makes_them():
    for path in files():
        for judged, judge in (("lines", "line_comparison"), ("line_comparison", "lines")):
            if path.parts[:2] == ("engine", judged):
                assert not [name for _, name in imported(path) if in_rooms(name or "", (f"engine.{judge}",))], path
    truth = Path("benchmarks/truth_graphs.py")
    assert {package for package, _ in imported(truth)} <= STDLIB | {"networkx", "numpy", "shapely", "skimage"}


def test_root_module_holds_nothing_but_the_class_factory():
    tree = ast.parse((ROOT / "__init__.py").read_text("utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    others = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.Expr))]
    assert names == ["classFactory"] and others == []
