"""Messages survive the way through a line of JSON."""

import pytest
from terraloom.engine.worker.protocol import (
    Advance,
    Cancel,
    Failure,
    Hello,
    Job,
    Note,
    Result,
    Unintelligible,
    decode,
    encode,
)

ONE_OF_EACH = [
    Hello(1, "0.1.0"),
    Job(3, "apply_model", {"run": {"inputs": ["a\nb.tif", "ü.tif"]}}),
    Cancel(3),
    Advance(0.25, None),
    Advance(0.5, 1.5),
    Note("{count} tiles", {"count": 3}, warning=True),
    Result({"OUTPUT": "/maps/a.tif"}, {"share": [0.5, None], "name": "Straße"}),
    Failure({"kind": "InputError", "template": "No {x}.", "values": {"x": 1}}, "Traceback …\n"),
]


@pytest.mark.parametrize("message", ONE_OF_EACH, ids=lambda message: type(message).__name__)
def test_what_is_written_is_read_again(message):
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode(line) == message


@pytest.mark.parametrize(
    "line",
    [
        b"Python 3.11\n",
        b"[]\n",
        b"3\n",
        b"{}\n",
        b'{"message": "Shout"}\n',
        b'{"message": "Cancel"}\n',
        b"\xff\n",
    ],
)
def test_anything_else_is_unintelligible(line):
    with pytest.raises(Unintelligible):
        decode(line)
