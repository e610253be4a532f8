"""What an interrupted run left is taken up, or refused in words that can be followed; none is lost without a word."""

import json

import pytest
from terraloom.engine.errors import OutputError
from terraloom.engine.results.journal import NAME, Journal, find_journal


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / ".map.tif.terraloom"
    made.mkdir()
    return made


def of(version="1.0", **more):
    return json.dumps({"version": version, **more}, sort_keys=True)


def left(folder, of, without=()):
    """Leave a run of which nine strips are finished; without some of what its journal tells."""
    Journal((256, 512), 3, folder, of, 9, 700).write()
    (folder / "working.tif").write_text("hours of work")
    document = json.loads((folder / NAME).read_text())
    (folder / NAME).write_text(json.dumps({name: value for name, value in document.items() if name not in without}))


def test_a_run_is_found_as_it_was_left(folder):
    left(folder, of())
    assert find_journal(folder, of()) == Journal((256, 512), 3, folder, of(), 9, 700)


@pytest.mark.parametrize("without", [(), ("memory_mb",)], ids=["whole", "of fewer fields"])
def test_a_run_of_another_version_is_refused_with_what_can_be_done(folder, without):
    """It said to run it again with sixteen parameters, or was thrown away without a word."""
    left(folder, of("0.9", GRID="input"), without)
    with pytest.raises(OutputError) as caught:
        find_journal(folder, of("1.0", GRID="input", NEW=1))
    assert str(caught.value) == (
        "The interrupted run for map.tif was begun with version 0.9 of Terraloom, and version 1.0 cannot go on with "
        f"it. Set RESUME to false, or delete {folder}, to start anew."
    )


def test_another_run_is_known_where_its_journal_lacks_fields(folder):
    left(folder, of(GRID="input"), without=("memory_mb",))
    with pytest.raises(OutputError, match="other parameters \\(GRID input → model\\)"):
        find_journal(folder, of(GRID="model"))


@pytest.mark.parametrize("without", ["of", "tile_px", "memory_mb"])
def test_what_cannot_be_read_is_not_thrown_away(folder, without):
    left(folder, of(), without=(without,))
    with pytest.raises(OutputError, match=f"{NAME}, cannot be read. Set RESUME to false to start anew"):
        find_journal(folder, of())
    (folder / "working.tif").unlink()
    assert find_journal(folder, of()) is None
