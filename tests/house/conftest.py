"""A bench for the watcher of scenes."""

import pytest
from watch_bench import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    (made.program / "hang").unlink(missing_ok=True)  # lets go of stubs that a failed test left behind
