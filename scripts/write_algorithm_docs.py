"""Writes docs/algorithms.md from the algorithms themselves, so it cannot differ from them. Runs in QGIS's Python."""

import argparse
import itertools
import os
import runpy
import sys
import tempfile
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "algorithms.md"


def main():
    """Write the page, or, with --check, fail where it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as empty:
        os.environ["TERRALOOM_HOME"] = empty  # models of this user's do not count
        text = page()
    application.exitQgis()
    if arguments.check:
        sys.exit(0 if PAGE.read_text("utf-8") == text else f"{PAGE} is out of date: run {Path(__file__).name}.")
    PAGE.write_text(text, "utf-8")


def page():
    """The whole page, once the plugin is loaded as `terraloom`."""
    from terraloom.processing_provider.provider import TerraloomProvider

    registry, provider = QgsApplication.processingRegistry(), TerraloomProvider()
    registry.addProvider(provider)
    provider.refreshAlgorithms()  # now that chains find their steps in the registry
    try:
        return page_of(sorted(provider.algorithms(), key=lambda algorithm: (algorithm.groupId(), algorithm.name())))
    finally:
        registry.removeProvider(provider)


def page_of(algorithms):
    """The whole page of some algorithms, which are sorted by group."""
    sections = "\n".join(section(algorithm) for algorithm in algorithms)
    return (
        "# Algorithms\n\n"
        "Written by `scripts/write_algorithm_docs.py` from the algorithms themselves. "
        "Ids and parameter names never change; on the command line they are used as they stand here.\n\n"
        f"{contents(algorithms)}\n\n{sections}"
    )


def contents(algorithms):
    """A line for each group of the toolbox, with links to its algorithms, which are sorted by group."""
    return "\n".join(
        f"- **{group}**: " + ", ".join(f"[{each.displayName()}](#{each.name()})" for each in members)
        for group, members in itertools.groupby(algorithms, key=lambda algorithm: algorithm.group())
    )


def section(algorithm):
    """One algorithm: what it does, its parameters and results, and what it gives beside them."""
    is_chain = isinstance(algorithm, QgsProcessingModelAlgorithm)
    what = algorithm.helpContent()["ALG_DESC"] if is_chain else algorithm.shortHelpString()
    rows = "\n".join(
        row(definition)
        for definition in algorithm.parameterDefinitions()
        if not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagHidden
    )
    return (
        f"## {algorithm.name()}\n\n**{algorithm.displayName()}** (`terraloom:{algorithm.name()}`)\n\n"
        f"{what}\n\n"
        f"| Parameter | What it is | Default |\n|---|---|---|\n{rows}\n{'' if is_chain else figures(algorithm)}"
    )


def figures(algorithm):
    """What an algorithm gives beside the results that it is asked for, as a table; empty where there is nothing."""
    asked = {definition.name() for definition in algorithm.parameterDefinitions()}
    given = [output for output in algorithm.outputDefinitions() if output.name() not in asked]
    rows = "".join(f"| `{output.name()}` | {output.description()} |\n" for output in given)
    return f"\n| Output | What it is |\n|---|---|\n{rows}" if rows else ""


def row(definition):
    """One parameter as a table row; what is advanced or optional says so."""
    flags = definition.flags()
    marks = [
        word
        for flag, word in (
            (QgsProcessingParameterDefinition.Flag.FlagOptional, "optional"),
            (QgsProcessingParameterDefinition.Flag.FlagAdvanced, "advanced"),
        )
        if flags & flag
    ]
    text = definition.description() + (f" ({', '.join(marks)})" if marks else "")
    if definition.help():
        text += f". {definition.help().partition(chr(10))[0]}"  # titles of models are left to the dialog
    if isinstance(definition, QgsProcessingParameterEnum) and definition.options():
        text += " One of: " + ", ".join(f"`{option}`" for option in definition.options()) + "."
    default = definition.defaultValue()
    shown = "" if default in (None, "", []) else f"`{default}`"
    return f"| `{definition.name()}` | {text.replace(chr(10), ' ').replace('|', '/')} | {shown} |"


if __name__ == "__main__":
    main()
