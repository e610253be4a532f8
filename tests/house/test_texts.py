"""The translation file holds every text that users read, and translations keep the places of their templates."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location("collect_texts", ROOT / "scripts" / "collect_texts.py")
collect_texts = importlib.util.module_from_spec(spec)
spec.loader.exec_module(collect_texts)


def test_texts_of_every_kind_are_collected(tmp_path, monkeypatch):
    folder = tmp_path / "engine"
    folder.mkdir()
    (folder / "a.py").write_text(
        'raise InputError("Bad {x}.", x=1)\n'
        'progress.log("Logged.")\nprogress.warn("Warned.")\ntell("Told.")\n'
        'Row("Found.", {}, PROBLEM, "Mend.")\nRow("Seen.", mend="Mend so.")\ntr("Label")\nother("not this")\n'
        'PARTS = {"a": Phrase("part {x}", x=1)}\n'
    )
    monkeypatch.setattr(collect_texts, "ROOT", tmp_path)
    said = ["Bad {x}.", "Logged.", "Warned.", "Told.", "Found.", "Mend.", "Seen.", "Mend so.", "Label", "part {x}"]
    assert collect_texts.texts() == said


def test_translations_survive_and_keep_their_places(tmp_path):
    known = {"Cancelled.": "Abgebrochen."}
    path = tmp_path / "terraloom_de.ts"
    path.write_text(collect_texts.render("de", known), "utf-8")
    assert collect_texts.translations(path) == known


def test_shipped_translations_fill_the_same_places():
    shipped = sorted((ROOT / "i18n").glob("terraloom_*.ts"))
    assert shipped
    for path in shipped:
        for source, translated in collect_texts.translations(path).items():
            assert set(re.findall(r"\{\w*", source)) == set(re.findall(r"\{\w*", translated)), source


def test_the_shipped_template_holds_what_users_read():
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "collect_texts.py", "--check"], capture_output=True, text=True
    )
    assert checked.returncode == 0, f"{checked.stdout}{checked.stderr} Run scripts/collect_texts.py."


def test_german_lacks_nothing():
    known = collect_texts.translations(ROOT / "i18n" / "terraloom_de.ts")
    assert [text for text in collect_texts.texts() if text not in known] == []
