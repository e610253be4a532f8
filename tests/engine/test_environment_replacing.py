"""What cannot be deleted at once neither hides why a set-up failed nor costs the environment there was."""

import shutil

import pytest
from terraloom.engine.environment import replacing
from terraloom.engine.environment.replacing import recover, replaced
from terraloom.engine.environment.state import RECORD
from terraloom.engine.errors import SetupError


@pytest.fixture
def folder(tmp_path):
    """A complete environment."""
    made = tmp_path / "home" / "environment"
    made.mkdir(parents=True)
    (made / RECORD).write_text("old")
    return made


@pytest.fixture
def held(monkeypatch):
    """Has the file `held` deleted as little as Windows deletes files in use."""
    real = shutil.rmtree

    def rmtree(path, ignore_errors=False):
        if not (path / "held").exists():
            real(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(replacing.shutil, "rmtree", rmtree)
    monkeypatch.setattr(replacing, "PAUSES_S", (0.0, 0.0))


def fail_in(folder):
    with replaced(folder):
        (folder / "held").touch()
        raise SetupError("The proxy refuses the installer.")


def test_a_file_in_use_does_not_keep_the_old_one_from_coming_back(folder, held):
    with pytest.raises(SetupError, match="The proxy refuses"):
        fail_in(folder)
    assert (folder / RECORD).read_text() == "old"
    with pytest.raises(SetupError, match="The proxy refuses"):
        fail_in(folder)
    assert (folder / RECORD).read_text() == "old"
    assert len(list(folder.parent.iterdir())) == 3, "what is in use lies beside it"


def test_what_was_in_use_is_cleared_away_later(folder, held, monkeypatch):
    with pytest.raises(SetupError):
        fail_in(folder)
    monkeypatch.undo()
    recover(folder)
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("tries", [2, 99])
def test_a_folder_that_cannot_be_moved_is_waited_for_and_never_hides_the_cause(folder, held, monkeypatch, tries):
    real, left = type(folder).rename, [tries]

    def rename(path, target):
        if (path / "held").exists() and left[0]:
            left[0] -= 1
            raise PermissionError(13, "in use")
        return real(path, target)

    monkeypatch.setattr(type(folder), "rename", rename)
    with pytest.raises(SetupError, match="The proxy refuses"):
        fail_in(folder)
    assert (folder / RECORD).exists() == (tries == 2)
    left[0] = 0
    recover(folder)
    assert (folder / RECORD).read_text() == "old"


def test_an_old_one_that_cannot_be_deleted_does_not_keep_the_next_from_being_replaced(folder, held):
    (folder / "held").touch()
    for text in ("new", "newer"):
        with replaced(folder):
            (folder / RECORD).write_text(text)
        assert (folder / RECORD).read_text() == text


def test_no_path_becomes_longer_than_it_was(folder, held):
    for mishap in (None, "held"):
        with pytest.raises(KeyError), replaced(folder):
            names = [beside.name for beside in folder.parent.iterdir()]
            (folder / (mishap or "free")).touch()
            raise KeyError
        names += [beside.name for beside in folder.parent.iterdir()]
        assert len(names) == (4 if mishap else 3) and max(map(len, names)) == len(folder.name)
