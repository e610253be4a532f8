"""What a Python of the user's own holds is told apart: builds that count as a package, and versions that do not do."""

import sys
from contextlib import nullcontext

import pytest
from terraloom.engine.environment import packages
from terraloom.engine.errors import SetupError
from terraloom.tests.engine.environment_fakes import fake_program, never


@pytest.mark.parametrize(
    ("version", "safe"), [("2.5.1+cu121", False), ("2.0.0", False), ("2.6.0", True), ("2.10.0a0+git1", True)]
)
def test_a_torch_that_runs_what_is_hidden_in_weights_is_not_adopted(version, safe):
    words = r"torch .*, in which weights .* can run programs .* Install torch 2\.6 or later there"
    with nullcontext() if safe else pytest.raises(SetupError, match=words):
        packages.require_all(packages.Holdings("3.11.7", {"torch": version}, {}))


@pytest.mark.parametrize("build", ["onnxruntime_gpu", "onnxruntime_directml"])
@pytest.mark.parametrize(
    ("version", "trouble"), [("1.31.1", None), ("0.9", r"onnxruntime \(0.9 is too old, .* wanted\)")]
)
def test_a_build_for_graphics_cards_counts_as_the_package(tmp_path, monkeypatch, build, version, trouble):
    monkeypatch.setattr(packages, "MODULES", {"run": {"onnxruntime": "onnxruntime"}})
    info = tmp_path / f"{build}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {build.replace('_', '-')}\nVersion: {version}\n")
    (info / "top_level.txt").write_text("onnxruntime\n")
    (tmp_path / "onnxruntime.py").touch()
    only_these = f'shift; PYTHONPATH={tmp_path} exec {sys.executable} -S "$@"'  # without -I, and site-packages
    python = fake_program(tmp_path / "python", only_these)
    holdings = packages.inquire(python, "run", (), never)
    assert (holdings.versions, holdings.faults) == ({"onnxruntime": version}, {})
    if trouble is None:
        packages.require_all(holdings)
    else:
        with pytest.raises(SetupError, match=trouble):
            packages.require_all(holdings)
