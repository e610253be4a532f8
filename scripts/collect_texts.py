"""Collects what users read into a Qt translation file, keeping the translations it already holds.

    python scripts/collect_texts.py              update every i18n/terraloom_*.ts
    python scripts/collect_texts.py --check      say if one is out of date, and change nothing

Texts are those in `tr("…")`, the templates of errors, log lines, warnings, phrases and report rows, and what chains are
called. The files are read with `ast`: nothing is imported and no tool of Qt is needed. A text that has none yet is
listed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = "Terraloom"
FOLDERS = ("plugin", "processing_provider", "engine", "models")
SAYING = ("tr", "log", "warn", "tell", "Phrase")
IN_CHAINS = ("model_name", "description")


def texts() -> list[str]:
    """All texts, in the order of files and lines, each once."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            calls = ast.walk(ast.parse(path.read_text("utf-8")))
            for call in sorted((node for node in calls if isinstance(node, ast.Call)), key=lambda c: c.lineno):
                found.update(dict.fromkeys(_texts_of(call)))
    for path in sorted((ROOT / "resources" / "modeler").glob("*.model3")):
        options = [*ElementTree.parse(path).iter("Option")]  # noqa: S314 - our own file
        helps = [each for option in options if option.get("name") == "help" for each in option]
        read = (each.get("value") for each in options if each.get("name") in IN_CHAINS or each in helps)
        found.update(dict.fromkeys(text for text in read if text))
    return list(found)


def _texts_of(call: ast.Call) -> Iterator[str]:
    """The literal texts that a call shows to the user."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    first = call.args[:1]
    if name == "Row":
        first = [*first, *call.args[3:4], *(word.value for word in call.keywords if word.arg == "mend")]
    elif not (name in SAYING or name.endswith("Error")):
        return
    for argument in first:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
            yield argument.value


def translations(path: Path) -> dict[str, str]:
    """What a file already translates."""
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).iter("message")  # noqa: S314 - our own file
    pairs = ((message.findtext("source"), message.findtext("translation")) for message in messages)
    return {source: translated for source, translated in pairs if source and translated}


def render(language: str, known: dict[str, str]) -> str:
    """Write all texts as a .ts file in a language."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    _indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ElementTree.tostring(root, "unicode")


def _indent(element: ElementTree.Element, level: int = 0) -> None:
    """Set each element on a line of its own, as Qt's tools do."""
    if not len(element):
        return
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        _indent(child, level + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * level


def main() -> int:
    """Update or check each file."""
    stale = []
    for path in sorted((ROOT / "i18n").glob("terraloom_*.ts")):
        known = translations(path)
        for text in texts():
            if text not in known:
                print(f"{path.name} lacks: {text}")
        rendered = render(path.stem.partition("_")[2], known) + "\n"
        if path.read_text("utf-8") == rendered:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(rendered, "utf-8")
    print("out of date: " + ", ".join(stale) if stale else "up to date")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
