"""A phrase is its English, and reaches QGIS as template and values, phrases within phrases too."""

import copy

from terraloom.engine.phrases import Phrase, packed, unpacked
from terraloom.engine.worker.protocol import Note, decode, encode

SAID = Phrase("Left out: {count} of {name}.", count=Phrase("{number:,} lines", number=1234), name="{roads}")


def test_a_phrase_is_its_english():
    assert SAID == "Left out: 1,234 lines of {roads}." and f"{SAID}" == SAID


def test_phrases_reach_the_other_side_whole():
    sent = Note("{caution}", packed({"caution": SAID, "share": 0.5}))
    values = unpacked(decode(encode(sent)).values)
    assert values == {"caution": SAID, "share": 0.5}
    assert (values["caution"].template, values["caution"].values) == (SAID.template, SAID.values)
    assert values["caution"].values["count"].values == {"number": 1234}


def test_a_copy_is_a_phrase_too():
    assert copy.deepcopy(SAID) == SAID and copy.deepcopy(SAID).template == SAID.template
