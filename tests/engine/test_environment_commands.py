"""A program the user waits for is heard line by line, stopped with all it started, and told of when it fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terraloom.engine.environment.commands import CommandFailed, program_named, run
from terraloom.engine.errors import CancelledError
from terraloom.engine.worker import launch, scratch
from terraloom.tests.engine.environment_fakes import fake_program, never
from terraloom.tests.engine.worker_harness import comes_true, is_gone


def test_lines_are_passed_on_as_they_come(tmp_path):
    heard = []
    program = fake_program(tmp_path / "program", "echo one", "echo two >&2", 'echo "$1"')
    assert run([program, "three"], os.environ, never, heard.append) == ["one", "two", "three"]
    assert heard == ["one", "two", "three"]


@pytest.mark.parametrize(("end", "lines"), [("exit 3", ("one",)), ("sleep 60", ("one", "no end after 1 s"))])
def test_a_failure_keeps_what_was_said(tmp_path, end, lines):
    with pytest.raises(CommandFailed) as caught:
        run([fake_program(tmp_path / "program", "echo one", end)], os.environ, never, timeout_s=1)
    assert caught.value.lines == lines


def test_a_program_in_the_current_folder_is_not_found(tmp_path, monkeypatch):
    """Windows looks there first; here a search path that names it stands for that."""
    program = fake_program(tmp_path / "uv", "echo one")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".")
    assert program_named("uv") is None and program_named("uv", os.curdir) is None
    assert program_named("uv", str(tmp_path)) == program


def test_a_program_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CommandFailed, match="No such file"):
        run([tmp_path / "nowhere"], os.environ, never)


def test_a_cancel_ends_what_the_program_started_too(tmp_path):
    heard = []
    program = fake_program(tmp_path / "program", "sleep 60 &", "echo $!", "wait")
    with pytest.raises(CancelledError):
        run([program], os.environ, lambda: bool(heard), heard.append)
    assert is_gone(int(heard[0]))


def test_temporary_files_of_a_program_that_is_cancelled_go_with_it(tmp_path):
    heard = []
    program = fake_program(tmp_path / "program", 'touch "$TMPDIR/left"', 'echo "$TMPDIR"', "sleep 60")
    with pytest.raises(CancelledError):
        run([program], os.environ, lambda: bool(heard), heard.append)
    assert os.path.basename(heard[0]).startswith("terraloom-") and not os.path.exists(heard[0])


def test_temporary_files_of_a_set_up_that_is_killed_are_cleared_away_by_the_next_worker(tmp_path):
    own, inner = tmp_path / "own", "echo $TMPDIR; sleep 3"
    script = (
        f"import os, runpy; runpy.run_path({launch.__file__!r})['load_root']();"
        "from terraloom.engine.environment.commands import run;"
        f"run(['/bin/sh', '-c', {inner!r}], os.environ, lambda: False, lambda line: print(line, flush=True))"
    )
    command = [sys.executable, "-c", script]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)})
    folder = Path(process.stdout.readline().strip())
    scratch.sweep(own)
    assert folder.parent == tmp_path and folder.exists()
    process.kill()
    process.communicate()
    scratch.sweep(own)
    assert folder.exists()  # what it started is still at work
    assert comes_true(lambda: scratch.sweep(own) or not folder.exists())
