"""A worker ends with QGIS, and what it was making is cleared away, even while native code holds Python's lock."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terraloom.engine.results.journal import NAME
from terraloom.engine.results.occupancy import leave, occupy
from terraloom.engine.worker.guardian import JOURNAL
from terraloom.tests.engine.worker_harness import PATIENCE_S, is_gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the guardian watches a pipe")

ROOT = Path(__file__).resolve().parents[2]

WORKER = """
import ctypes, json, os, runpy, sys
from pathlib import Path
root, told, *locked = sys.argv[1:]
runpy.run_path(root + "/engine/worker/launch.py")["load_root"]()
from terraloom.engine.worker.guardian import Guardian
from terraloom.engine.results.occupancy import occupy
guardian = Guardian(os.dup(0))
assert all(map(occupy, map(Path, locked)))
for folders in json.loads(told):
    guardian.mind(folders)
print(guardian._process.pid, flush=True)
ctypes.PyDLL(None).sleep(60)
"""


@pytest.fixture
def start():
    """Starts a worker that says what it makes and then holds the lock; returns it and its guardian's number."""
    started = []

    def start(*told, locked=()):
        listed = json.dumps([[str(folder) for folder in folders] for folders in told])
        command = [sys.executable, "-c", WORKER, str(ROOT), listed, *map(str, locked)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)
        started.append(process)
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()


@pytest.fixture
def folders(tmp_path):
    """Two folders of unfinished results."""
    made = tmp_path / "first", tmp_path / "second"
    for folder in made:
        folder.mkdir()
        (folder / "half").write_text("")
    return made


def test_the_guardian_knows_a_journal():
    assert JOURNAL == NAME  # it is a script that imports nothing of ours


def test_worker_and_files_go_when_qgis_does(start, folders):
    worker, guardian = start(folders)
    worker.stdin.close()
    worker.wait(PATIENCE_S)
    assert is_gone(guardian)
    assert not any(folder.exists() for folder in folders)


def test_only_what_is_made_now_is_cleared_away(start, folders):
    worker, guardian = start([folders[0]], [folders[1]])
    worker.stdin.close()
    assert is_gone(guardian)
    assert [folder.exists() for folder in folders] == [True, False]


def test_a_run_that_can_be_resumed_is_kept(start, folders):
    (folders[0] / NAME).write_text("{}")
    worker, guardian = start(folders)
    worker.stdin.close()
    assert is_gone(guardian)
    assert [folder.exists() for folder in folders] == [True, False]


def test_what_another_run_makes_is_kept(start, folders):
    """A second QGIS asked for the same result and was killed before the worker could refuse it."""
    assert occupy(folders[0])
    try:
        worker, guardian = start(folders)
        worker.stdin.close()
        assert is_gone(guardian)
        assert [folder.exists() for folder in folders] == [True, False]
    finally:
        leave(folders[0])


def test_what_the_worker_itself_had_locked_is_cleared_away(start, folders):
    worker, guardian = start(folders, locked=folders)
    worker.stdin.close()
    assert is_gone(guardian)
    assert not any(folder.exists() for folder in folders)


def test_messages_are_not_the_end_of_qgis(start, folders):
    worker, guardian = start(folders)
    worker.stdin.write(b"a message\n" * 100)
    worker.stdin.flush()
    time.sleep(0.5)
    assert worker.poll() is None
    worker.stdin.close()
    assert is_gone(guardian)


def test_the_guardian_ends_with_the_worker_and_leaves_the_rest_to_qgis(start, folders):
    worker, guardian = start(folders)
    worker.kill()
    worker.wait()
    assert is_gone(guardian)
    assert all(folder.exists() for folder in folders)
