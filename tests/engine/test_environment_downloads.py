"""What is downloaded lies below Terraloom's home, not where the system keeps small temporary files, and goes again."""

import pytest
from terraloom.engine.environment import commands, create, installing, lock
from terraloom.engine.environment.locations import downloads, environment_folder
from terraloom.engine.errors import SetupError
from terraloom.tests.engine.environment_fakes import Recorder, fake_program, fake_python, never


@pytest.fixture
def asked(tmp_path, own_home):
    """Sets an environment up with a Python that makes none, and gives what it saw."""
    seen = tmp_path / "seen"
    python = fake_python(tmp_path / "python", (3, 11, 1))
    lines = f'[ "$3" = venv ] && {{ echo "$TMPDIR" > {seen}; touch "$TMPDIR/wheel"; exit 3; }}; true'
    python.write_text(f"{python.read_text()}{lines}\n")

    def ask():
        with pytest.raises(SetupError, match="cannot make an environment"):
            create.create("run", (), str(python), "", False, {}, Recorder(), never)
        return seen.read_text().strip()

    return ask


def test_downloads_lie_beside_the_environment_and_go_at_the_end(asked, monkeypatch, tmp_path):
    (tmp_path / "small").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "small"))
    downloads().mkdir(parents=True)
    (downloads() / "of one that was killed").touch()
    assert asked().startswith(str(environment_folder().parent / "environ.tmp"))
    assert not downloads().exists()
    assert not list((tmp_path / "small").iterdir())


def test_other_programs_keep_theirs_where_the_variables_say(tmp_path):
    program = fake_program(tmp_path / "program", 'echo "$TMPDIR"')
    (said,) = commands.run([program], {"TMPDIR": str(tmp_path)}, never)
    assert said.startswith(str(tmp_path / "terraloom-"))
    (said,) = commands.run([program], {"TMPDIR": str(tmp_path / "gone")}, never)
    assert not said.startswith(str(tmp_path / "gone"))


def test_a_full_disk_is_told_with_what_each_tier_takes():
    told = str(installing.explain(["OSError: [Errno 28] No space left on device"], wheels=""))
    assert f"run needs 1 GB, learn {lock.DISK_GB['learn']} GB" in told
