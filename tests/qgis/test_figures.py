"""Figures beside files: those that the worker knows become outputs, under one convention."""

import ast
import inspect
import math
import re
from functools import cache
from pathlib import Path

import pytest
from terraloom.engine.outcome import Outcome
from terraloom.processing_provider.figures import Figure, known_values
from terraloom.tests.qgis.test_contract import NAMES

ENGINE = Path(__file__).resolve().parents[2] / "engine"


def test_a_figure_is_what_the_worker_tells_under_its_own_name_or_another():
    figures = (
        Figure("OA", "Overall accuracy"),
        Figure("SHARE", "Share", "share_of_speed"),
        Figure("N", "", is_word=True),
    )
    assert known_values(figures, {"oa": 0.0, "share_of_speed": 0.5, "n": "red", "more": 1}) == {
        "OA": 0.0,
        "SHARE": 0.5,
        "N": "red",
    }


@pytest.mark.parametrize("told", [{}, {"oa": None}, {"oa": math.nan}])
def test_what_is_unknown_is_no_output(told):
    assert known_values((Figure("OA", "Overall accuracy"),), told) == {}


def test_numbers_and_words_are_outputs_of_their_kind():
    number, word = Figure("OA", "Overall accuracy").definition(), Figure("BAND", "Band", is_word=True).definition()
    assert (number.type(), number.name(), number.description()) == ("outputNumber", "OA", "Overall accuracy")
    assert (word.type(), word.name()) == ("outputString", "BAND")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_is_declared_is_handed_out(algorithm, name):
    made = algorithm(name)
    told = {figure.told_as or figure.output.lower(): number for number, figure in enumerate(made.figures(), 1)}
    handed = made.results_of(Outcome(metrics={**told, "more": 0}))
    assert handed == {figure.output: number for number, figure in enumerate(made.figures(), 1)}
    kinds = {definition.name(): definition.type() for definition in made.outputDefinitions()}
    for figure in made.figures():
        assert kinds[figure.output] == ("outputString" if figure.is_word else "outputNumber")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_is_declared_is_told_by_the_job(algorithm, name):
    """Or by the algorithm itself. Else a typing error is an output that never holds anything."""
    made = algorithm(name)
    source = Path(inspect.getsourcefile(type(made)))
    told = {key for file in with_imports(ENGINE / "jobs" / source.name) for key in keys_in(file)}
    for figure in made.figures():
        key = figure.told_as or figure.output.lower()
        assert figure.output in keys_in(source) or any(re.fullmatch(each, key) for each in told), figure.output


def with_imports(path, seen=None):
    """A file of the engine, and all that it imports from the engine; nothing where there is none."""
    seen = set() if seen is None else seen
    if path.is_file() and ENGINE in path.parents and path not in seen:
        seen.add(path)
        for imported in imports_of(path):
            with_imports(imported, seen)
    return seen


@cache
def imports_of(path):
    """Where the modules that a file imports would be."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            module = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            found += [module.with_suffix(".py"), *(module / f"{alias.name}.py" for alias in node.names)]
    return found


@cache
def keys_in(path):
    """Patterns of the keys under which something is put, and of the fields that dataclasses are turned into."""
    keys, fields = [], []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Dict):
            are_labels = all(isinstance(value, ast.Constant) for value in node.values)
            keys += [] if are_labels else node.keys
        elif isinstance(node, ast.DictComp):
            keys.append(node.key)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            keys.append(node.slice)
        elif isinstance(node, ast.ClassDef):
            fields += [line.target.id for line in node.body if isinstance(line, ast.AnnAssign)]
    return {*fields, *filter(None, map(pattern_of, keys))}


def pattern_of(key):
    """What a key is like, `.+` for what is put into it; empty where it says nothing by itself."""
    parts = key.values if isinstance(key, ast.JoinedStr) else [key]
    texts = [part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else None for part in parts]
    return "".join(".+" if text is None else re.escape(text) for text in texts) if any(texts) else ""
