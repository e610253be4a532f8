"""No file of the building blocks can be forgotten: some example network or objective runs through each."""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from terraloom.models.build import build
from terraloom.models.objectives.build import build_objective
from terraloom.tests.models import examples, test_objectives

MODELS = Path(__file__).resolve().parents[2] / "models"
FAMILIES = ("blocks", "encoders", "fusions", "necks", "heads", "losses")
FILES = sorted(
    path.relative_to(MODELS).as_posix()
    for family in FAMILIES
    for path in (MODELS / family).glob("*.py")
    if path.name != "__init__.py"
)
ELSEWHERE = {"encoders/imagenet_weights.py": "test_efficientnet_weights.py"}
"""Files that are no part of a network, and the test that runs through them."""


@contextmanager
def called_into(files):
    """Takes note of the files of all functions that are called; importing a file is not calling into it."""

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.fixture(scope="module")
def reached():
    """The files of `models` that the examples of the contract tests run through."""
    files = set()
    with called_into(files), torch.no_grad():
        for spec in examples.networks().values():
            network = build(spec)
            network(*network.blank(2, 2 * network.stride, 2 * network.stride))
        for case in test_objectives.CASES:
            name, kind = case.values
            network, batch = test_objectives.toy(kind, test_objectives.output_of(kind)), test_objectives.batch_of(kind)
            build_objective({name: 1.0}, test_objectives.setting_of(kind, teacher=network)).losses(network, batch)
    return {Path(file).resolve() for file in files}


@pytest.mark.parametrize("file", FILES)
def test_some_example_runs_through_every_module(reached, file):
    if file in ELSEWHERE:
        assert Path(file).stem in (Path(__file__).parent / ELSEWHERE[file]).read_text()
    else:
        assert MODELS / file in reached, f"give models/{file} an example in tests/models/examples.py"
