"""A worker does its job and stops when asked; whatever befalls it is told, with nothing left behind."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from terraloom.engine import VERSION
from terraloom.engine.errors import CancelledError, InputError, OutputError, SetupError, WorkerError
from terraloom.engine.results.workspace import partial_folder
from terraloom.engine.worker import client, processes
from terraloom.engine.worker.client import Worker
from terraloom.engine.worker.processes import kill_tree, start
from terraloom.engine.worker.protocol import PROTOCOL
from terraloom.tests.engine.worker_harness import PYTHON, STUB, Listener, comes_true, is_gone, never
from terraloom.tests.engine.worker_stub import Misbehave

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def worker():
    worker = Worker(PYTHON, STUB)
    worker.start(never)
    yield worker
    worker.kill()


def ask(worker, listener, act, is_cancelled=never, **fields):
    return worker.run("misbehave", Misbehave(act, **fields), listener, is_cancelled)


def test_a_job_tells_of_itself_and_hands_back_its_outcome(worker, listener, tmp_path):
    target = tmp_path / "map.tif"
    outcome = ask(worker, listener, "behave", output=str(target))
    assert outcome.outputs == {"OUTPUT": str(target)}
    assert outcome.metrics == {"pid": worker.pid}
    assert target.read_text() == "half"
    assert listener.fractions == [(0.5, 1.25)]
    assert listener.logs[0] == "3 tiles"
    assert listener.logs[-1].startswith("Peak memory of the worker: ")
    assert listener.warnings == ["careful"]


def test_stray_prints_do_not_reach_the_protocol(worker, listener):
    assert "false" not in ask(worker, listener, "print_a_lot").metrics
    assert ask(worker, listener, "behave").metrics == {"pid": worker.pid}


def test_progress_is_not_told_too_often(worker, listener):
    begun = time.monotonic()
    with pytest.raises(CancelledError):
        ask(worker, listener, "cooperate", is_cancelled=lambda: time.monotonic() > begun + 1)
    assert 1 <= len(listener.fractions) <= 10 * (time.monotonic() - begun) + 1


def test_the_environment_is_cleaned(listener, monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH"):
        monkeypatch.setenv(name, "/of/qgis")
    monkeypatch.setenv("QGIS_PREFIX_PATH", "/opt/qgis")
    monkeypatch.setenv("LD_LIBRARY_PATH", os.pathsep.join(["/opt/qgis/lib", "/opt/cuda/lib"]))
    monkeypatch.setenv("PATH", os.pathsep.join(["/opt/qgis/bin", "/usr/bin"]))
    worker = Worker(PYTHON, STUB)
    worker.start(never)
    seen = ask(worker, listener, "look_around").metrics
    worker.close()
    assert "/of/qgis" not in seen["variables"].values()
    assert seen["variables"]["LD_LIBRARY_PATH"] == "/opt/cuda/lib"
    assert seen["variables"]["PATH"] == "/usr/bin"
    assert seen["stdin is nothing"]
    assert seen["flags"] == 1


@pytest.mark.parametrize(("said", "heeded"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_that_wait_sleep_unless_the_user_says_otherwise(listener, monkeypatch, said, heeded):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    if said:
        monkeypatch.setenv("OMP_WAIT_POLICY", said)
    worker = Worker(PYTHON, STUB)
    worker.start(never)
    assert ask(worker, listener, "look_around").metrics["variables"]["OMP_WAIT_POLICY"] == heeded
    worker.close()


def test_a_job_that_listens_stops_when_asked_and_its_worker_lives_on(worker, listener, tmp_path):
    target = tmp_path / "map.tif"
    with pytest.raises(CancelledError):
        ask(worker, listener, "cooperate", listener.begun.is_set, output=str(target))
    assert list(tmp_path.iterdir()) == []
    assert worker.is_alive
    assert ask(worker, listener, "behave").metrics == {"pid": worker.pid}


def test_a_listener_that_raises_asks_the_job_to_stop_too(worker, listener):
    def refuse(fraction, mpx_per_s=None):
        raise CancelledError()

    listener.update = refuse
    with pytest.raises(CancelledError):
        ask(worker, listener, "cooperate")
    assert worker.is_alive


def test_a_cancel_that_comes_too_late_is_no_success_but_says_where_the_results_are(worker, listener, tmp_path):
    target = tmp_path / "map.tif"
    with pytest.raises(CancelledError) as caught:
        ask(worker, listener, "finish_anyway", listener.begun.is_set, output=str(target))
    assert str(caught.value) == f"Cancelled too late: the results were already in place: {target}"
    assert target.read_text() == "half"
    assert worker.is_alive


def test_a_cancel_too_late_for_a_job_without_files_is_a_plain_one(worker, listener):
    with pytest.raises(CancelledError, match="^Cancelled.$"):
        ask(worker, listener, "finish_anyway", listener.begun.is_set)


@pytest.mark.parametrize("act", ["sleep", "hold_the_interpreter"])
def test_a_job_that_does_not_listen_is_killed(worker, listener, tmp_path, act):
    pid, target = worker.pid, tmp_path / "map.tif"
    asked_at = []

    def is_cancelled():
        if listener.begun.is_set():
            asked_at.append(time.monotonic())
        return bool(asked_at)

    with pytest.raises(CancelledError):
        ask(worker, listener, act, is_cancelled, output=str(target))
    assert time.monotonic() - asked_at[0] < 5
    assert is_gone(pid)
    assert comes_true(lambda: not list(tmp_path.iterdir())), "the guardian clears away after the worker's end"
    assert not worker.is_alive


@pytest.mark.parametrize(
    ("text", "ends"),
    [("hang", pytest.raises(CancelledError)), ("die", pytest.raises(WorkerError)), ("end", nullcontext())],
    ids=["hang", "die", "end"],
)
def test_temporary_files_go_with_the_worker_that_made_them(worker, listener, text, ends):
    with ends:
        ask(worker, listener, "fill_a_temporary_folder", listener.begun.is_set if text == "hang" else never, text=text)
    folder = Path(listener.logs[0])
    assert folder.parent.parent == Path(tempfile.gettempdir())
    assert comes_true(lambda: not folder.parent.exists())


def test_killing_a_worker_takes_along_what_it_started(worker, listener):
    with pytest.raises(CancelledError):
        ask(worker, listener, "leave_a_child", listener.begun.is_set)
    assert is_gone(int(listener.logs[0]))


@pytest.mark.parametrize(
    ("act", "text", "sentence"),
    [
        ("die", str(int(signal.SIGKILL)), "most likely because memory ran out"),
        ("die", str(int(signal.SIGTERM)), "ended unexpectedly with exit code -15"),
        ("crash", "", "crashed inside a library (exit code -11)"),
        ("leave", "", "ended unexpectedly with exit code 7"),
    ],
)
def test_a_worker_that_dies_is_told_with_its_last_words(worker, listener, tmp_path, act, text, sentence):
    with pytest.raises(WorkerError) as caught:
        ask(worker, listener, act, output=str(tmp_path / "map.tif"), text=text)
    assert sentence in str(caught.value)
    if act == "die":
        assert str(caught.value).endswith("printed\nlast words")
    if act == "crash":
        assert "in crash" in str(caught.value), "the crash tells where it was"
    assert list(tmp_path.iterdir()) == []
    assert not worker.is_alive


def test_what_is_unfinished_goes_even_when_the_worker_cannot_be_killed(worker, listener, tmp_path, monkeypatch):
    def refuse(process):
        kill_tree(process)
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(client, "kill_tree", refuse)
    with pytest.raises(PermissionError):
        ask(worker, listener, "leave", output=str(tmp_path / "map.tif"))
    assert list(tmp_path.iterdir()) == []


def test_a_broken_pipe_is_closed_whatever_the_system_calls_it(worker, monkeypatch):
    class Pipe:
        def close(self):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(client, "_stdin", lambda process: Pipe())
    worker.kill()
    assert not worker.is_alive


def test_a_process_that_was_waited_for_is_not_signalled(monkeypatch):
    process = start([sys.executable, "-c", ""], os.environ, subprocess.DEVNULL, subprocess.DEVNULL, subprocess.DEVNULL)
    process.wait()
    monkeypatch.setattr(processes.os, "killpg", lambda *_: pytest.fail("a stranger may have the number by now"))
    kill_tree(process)


def test_windows_ends_processes_with_a_program_of_its_own(monkeypatch):
    """It would look for one in the current folder first."""
    started = []
    monkeypatch.setattr(processes.sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0, raising=False)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command[0]))
    monkeypatch.setenv("SystemRoot", os.path.join(os.sep, "Windows"))
    kill_tree(SimpleNamespace(returncode=None, pid=1, kill=int, wait=int))
    assert started == [os.path.join(os.sep, "Windows", "System32", "taskkill.exe")]


@pytest.mark.skipif(os.name == "nt", reason="groups are POSIX's")
def test_a_system_that_refuses_to_signal_the_group_of_the_dead_is_borne(monkeypatch):
    process = start([sys.executable, "-c", ""], os.environ, subprocess.DEVNULL, subprocess.DEVNULL, subprocess.DEVNULL)

    def refuse(group, number):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(processes.os, "killpg", refuse)
    kill_tree(process)
    assert process.returncode is not None


def test_a_worker_killed_from_outside_is_told(worker, listener, tmp_path):
    threading.Thread(target=lambda: (listener.begun.wait(30), os.kill(worker.pid, signal.SIGKILL))).start()
    with pytest.raises(WorkerError, match="memory ran out"):
        ask(worker, listener, "sleep", output=str(tmp_path / "map.tif"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", ["want_a_module", "lose_a_library"])
def test_a_missing_library_is_a_matter_of_the_environment(worker, listener, act):
    with pytest.raises(SetupError, match='Run "Set up environment" with REPAIR'):
        ask(worker, listener, act)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("memory", "Memory ran out: MemoryError. Choose a smaller TILE_SIZE"),
        ("native memory", "Memory ran out: .* Failed to allocate"),
        ("unexpected", "An unexpected fault.*: ZeroDivisionError: division by zero"),
    ],
)
def test_a_fault_is_told_and_the_worker_lives_on(worker, listener, tmp_path, text, sentence):
    with pytest.raises(WorkerError, match=sentence):
        ask(worker, listener, "fail", output=str(tmp_path / "map.tif"), text=text)
    assert list(tmp_path.iterdir()) == []
    assert any("Traceback" in log for log in listener.logs)
    assert ask(worker, listener, "behave").metrics == {"pid": worker.pid}


def test_a_worker_outlives_a_job_whose_result_has_no_place(worker, listener, tmp_path):
    with pytest.raises(WorkerError, match="An unexpected fault"):
        ask(worker, listener, "behave", output=str(tmp_path / ("n" * 300) / "inner" / "map.tif"))
    assert ask(worker, listener, "behave").metrics == {"pid": worker.pid}


def test_an_error_meant_for_the_user_crosses_as_it_is(worker, listener, tmp_path):
    with pytest.raises(InputError) as caught:
        ask(worker, listener, "refuse", output=str(tmp_path / "map.tif"))
    assert (caught.value.template, caught.value.values) == ("The layer has {found} bands.", {"found": 3})
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_is_not_json_is_told(worker, listener):
    with pytest.raises(WorkerError, match="TypeError: .*not JSON serializable"):
        ask(worker, listener, "return_no_json")
    assert worker.is_alive


def test_an_unknown_task_is_refused(worker, listener):
    with pytest.raises(WorkerError, match="knows no task knit"):
        worker.run("knit", Misbehave("behave"), listener, never)


def test_a_full_device_is_told_as_such(worker, listener):
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with pytest.raises(OutputError, match="The disk of .* is full"):
        ask(worker, listener, "fill_the_disk", text="/dev/full")


def launcher(folder, text):
    script = folder / "launch.py"
    script.write_text(text)
    return script


HELLO = 'print(\'{"message": "Hello", "protocol": %d, "version": "%s"}\', flush=True); input()'


@pytest.mark.parametrize(
    ("script", "kind", "sentence"),
    [
        (HELLO % (PROTOCOL + 1, VERSION), WorkerError, "Restart QGIS"),
        (HELLO % (PROTOCOL, "9.9"), WorkerError, "the worker is 9.9. Restart QGIS"),
        ("print('Welcome!'); input()", SetupError, 'unintelligible: "Welcome!"'),
        ("import time; time.sleep(60)", WorkerError, "did not answer within 1 seconds"),
        ("import no_such_module", SetupError, "cannot be loaded.*REPAIR(.|\n)*no_such_module"),
        ("raise SystemExit(3)", WorkerError, "exit code 3"),
        ("raise SystemExit(3)", WorkerError, "as it was starting.*REPAIR"),
    ],
)
def test_a_handshake_that_fails_says_why(tmp_path, script, kind, sentence):
    worker = Worker(PYTHON, launcher(tmp_path, script))
    with pytest.raises(kind, match=sentence):
        worker.start(never, timeout_s=1 if "sleep" in script else 60)
    assert not worker.is_alive


def test_temporary_files_that_have_no_room_anywhere_are_told(monkeypatch):
    def full():
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", full)
    with pytest.raises(SetupError, match="TMPDIR"):
        Worker(PYTHON, STUB)


def test_a_handshake_can_be_cancelled(tmp_path):
    worker = Worker(PYTHON, launcher(tmp_path, "import time; time.sleep(60)"))
    with pytest.raises(CancelledError):
        worker.start(lambda: True)
    assert not worker.is_alive


def test_a_python_that_cannot_start_says_why(tmp_path):
    plain_file = tmp_path / "python"
    plain_file.write_text("")
    for python, reason in ((plain_file, errno.EACCES), (tmp_path / "nowhere", errno.ENOENT)):
        with pytest.raises(SetupError) as caught:
            Worker(python, STUB).start(never)
        assert os.strerror(reason) in str(caught.value)
        assert str(python) in str(caught.value)


def test_a_worker_ends_when_it_is_let_go(worker, listener):
    pid = worker.pid
    worker.close()
    assert is_gone(pid)


QGIS = """
import runpy, sys, threading
from pathlib import Path
root, stub, target, act = sys.argv[1:]
runpy.run_path(root + "/engine/worker/launch.py")["load_root"]()
from terraloom.tests.engine.worker_stub import Misbehave
from terraloom.engine.progress import Silent
from terraloom.engine.worker import client, processes
from terraloom.engine.worker.client import Worker
from terraloom.engine.worker.processes import kill_tree, start
worker = Worker(Path(sys.executable), Path(stub))
worker.start(lambda: False)
class Loud(Silent):
    def log(self, template, **values):
        print(worker.pid, template.format(**values), flush=True)
other = Worker(Path(sys.executable), Path(stub))
other.start(lambda: False)
worker.run("misbehave", Misbehave(act, output=target, text="hang"), Loud(), lambda: False)
"""


def test_no_worker_outlives_a_qgis_that_is_killed(tmp_path):
    target = tmp_path / "map.tif"
    command = [sys.executable, "-c", QGIS, str(ROOT), str(STUB), str(target), "fill_a_temporary_folder"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as qgis:
        pid, temporary = qgis.stdout.readline().split()
        assert Path(temporary).is_dir()
        assert partial_folder(target).is_dir()
        qgis.kill()
    assert is_gone(int(pid))
    assert comes_true(lambda: not list(tmp_path.iterdir())), "the guardian clears away after the worker's end"
    assert comes_true(lambda: not Path(temporary).parent.exists())
