"""What is installed, shipped and promised outside the code."""

import configparser
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 25_000_000


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
    rooms = ("plugin", "processing_provider", "engine", "models", "resources", "i18n")
    shipped = [path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in shipped if path.suffix != ".pyc") < LIMIT_BYTES
