"""What is installed, shipped and promised outside the code."""

import ast
import configparser
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 25_000_000
TOLD = ("README.md", "metadata.txt", "docs/algorithms.md", "plugin/settings_page.py", "processing_provider/algorithms")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib comes with Python 3.11")
def test_editable_install_names_every_package():
    import tomllib

    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    rooms = (path.parent for room in ("engine", "models") for path in (ROOT / room).rglob("__init__.py"))
    assert sorted(named) == sorted(["terraloom", *(".".join(("terraloom", *r.relative_to(ROOT).parts)) for r in rooms)])


def test_one_version_everywhere():
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    assert re.search(rf'^VERSION = "{version}"$', (ROOT / "engine" / "__init__.py").read_text("utf-8"), re.M)
    assert re.search(rf'^version = "{version}"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)


def test_metadata_has_what_the_plugin_repository_asks_for():
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    wanted = "name description version qgisMinimumVersion author email about tracker repository hasProcessingProvider"
    assert [key for key in wanted.split() if not general.get(key)] == []
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.22", "4.99")
    assert general["hasProcessingProvider"] == "yes"


def test_bundled_models_stay_small():
    models = sorted((ROOT / "models" / "bundled").glob("*/model.onnx"))
    assert models
    assert all(path.stat().st_size < 4_100_000 for path in models)


@pytest.fixture(scope="session")
def packed(tmp_path_factory):
    """The plugin's zip."""
    folder = tmp_path_factory.mktemp("zip")
    subprocess.run([sys.executable, ROOT / "scripts" / "package.py", "--folder", folder], check=True)
    (made,) = folder.glob("terraloom-*.zip")
    return made


def test_zip_is_one_small_folder_with_what_qgis_needs(packed):
    assert packed.stat().st_size < LIMIT_BYTES
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"terraloom"}
    needed = "__init__.py metadata.txt LICENSE models/bundled/landuse-vhr/model.onnx plugin/plugin.py".split()
    needed += ["resources/legends/urban-green.qml", "resources/legends/landslide.qml"]
    assert {f"terraloom/{name}" for name in [*needed, *pictures_of_models()]} <= set(names)
    assert not [name for name in names if "/tests/" in name or name.endswith((".pyc", ".sh"))]


def pictures_of_models():
    """The pictures that the cards of bundled models name."""
    for card in (ROOT / "models" / "bundled").glob("*/card.json"):
        for entry in json.loads(card.read_text("utf-8"))["properties"].get("terraloom:pictures", ()):
            yield f"models/bundled/{card.parent.name}/{entry['file']}"


def test_zip_passes_the_checks_of_the_plugin_repository(packed, tmp_path):
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)  # our own zip, made a moment ago

    def run(*command):
        return subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True)

    bandit = run("bandit", "-q", "-r", "terraloom", "-f", "json")
    assert json.loads(bandit.stdout)["results"] == []
    secrets = run("detect_secrets", "scan", "--all-files", "terraloom")
    assert json.loads(secrets.stdout)["results"] == {}
    # Slices of sums have a space before their colon, as PEP 8 says and E203 does not.
    style = run("flake8", "--max-line-length", "120", "--extend-ignore", "E203", "terraloom")
    assert (style.returncode, style.stdout) == (0, ""), style.stderr


def told():
    """What users read of the environment, by file."""
    for place in (ROOT / name for name in TOLD):
        for path in place.glob("*.py") if place.is_dir() else (place,):
            yield path, path.read_text("utf-8")


def test_users_are_told_the_size_that_was_measured():
    measured = re.search(r"run \d+ s and (\d+) MB", (ROOT / "docs/decisions/0003-environment.md").read_text("utf-8"))
    sizes = {path.name: int(size) for path, text in told() for size in re.findall(r"about (\d+) MB", text)}
    assert set(sizes) == {"README.md", "metadata.txt", "algorithms.md", "setup_environment.py"}
    assert {abs(size - int(measured[1])) < 10 for size in sizes.values()} == {True}


def test_users_are_told_the_pythons_that_the_lock_is_for():
    suitable = constant("engine/environment/interpreters.py", "SUITABLE")
    spans = {span for _, text in told() for span in re.findall(r"Python (3\.\d+) to (3\.\d+)", text)}
    assert spans == {tuple(f"{major}.{minor}" for major, minor in (suitable[0], suitable[-1]))}


def constant(path, name):
    """The value of a constant, read without importing its module."""
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{path} has no {name}")


def test_what_is_offered_as_a_vector_file_is_what_the_worker_writes():
    offered = [constant("processing_provider/outputs.py", f"{kind}_EXTENSIONS") for kind in ("VECTOR", "TABLE")]
    assert {f".{ending}" for endings in offered for ending in endings} == set(
        constant("engine/results/vectors.py", "DRIVERS")
    )
