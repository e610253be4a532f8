"""Why pip failed is told from what it says, with what to do about it."""

import pytest
from terraloom.engine.environment.installing import explain

NONE = (
    "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)",
    "ERROR: No matching distribution found for numpy==2.4.6",
)


@pytest.mark.parametrize(
    "cause",
    [
        "NameResolutionError(\"HTTPSConnection(host='pypi.org', port=443): Failed to resolve 'pypi.org' "
        '([Errno -2] Name or service not known)")',
        "NewConnectionError('<pip.HTTPSConnection>: Failed to establish a new connection: [Errno 111] refused')",
        "ProtocolError('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
        "ProtocolError('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
    ],
)
def test_a_connection_that_fails_is_told_with_wheels_and_without(cause):
    for wheels in ("", "/wheels"):
        assert "index cannot be reached" in str(explain([f"WARNING: Retrying after: {cause}", *NONE], wheels))


def test_an_index_of_which_nothing_comes_cannot_be_reached():
    """All that is said of pages that refuse, fail or want a sign-in."""
    assert "index cannot be reached" in str(explain(NONE, wheels=""))
    assert "folder of wheels /wheels is incomplete" in str(explain(NONE, wheels="/wheels"))


@pytest.mark.parametrize(
    "lines",
    [
        ("ERROR: Could not find a version that satisfies the requirement onnxruntime==1.31.1 (from versions: 1.23.2)",),
        ("Collecting networkx==3.6.1", "  Downloading networkx-3.6.1-py3-none-any.whl.metadata (6.8 kB)", *NONE),
        ("Collecting networkx==3.6.1", "  Using cached networkx-3.6.1-py3-none-any.whl.metadata (6.8 kB)", *NONE),
    ],
)
def test_a_system_without_a_build_is_told_apart_from_an_index_that_cannot_be_reached(lines):
    told = str(explain(lines, wheels=""))
    assert "no build for this system or this Python" in told and "INTERPRETER" in told
    assert "folder of wheels /wheels is incomplete" in str(explain(lines, wheels="/wheels"))
    retried = "WARNING: Retrying after: ReadTimeoutError('Read timed out.')"
    assert "index cannot be reached" in str(explain((retried, *NONE), wheels=""))
