"""One worker stays warm; a busy, dead or outdated one is not handed out again."""

import os
import signal
import threading

import pytest
from terraloom.engine.errors import CancelledError, InputError, WorkerError
from terraloom.engine.progress import Silent
from terraloom.engine.worker import client
from terraloom.engine.worker.pool import Pool
from terraloom.tests.engine.worker_harness import PYTHON, STUB, Listener, is_gone, never
from terraloom.tests.engine.worker_stub import Misbehave


@pytest.fixture
def pool():
    pool = Pool(STUB)
    yield pool
    pool.shut_down()


def pid_of_a_job(pool, python=PYTHON):
    return pool.run_task(python, "misbehave", Misbehave("behave"), Silent(), never).metrics["pid"]


def test_the_next_job_finds_the_worker_warm(pool):
    assert pid_of_a_job(pool) == pid_of_a_job(pool)


def test_a_job_that_fails_leaves_the_worker_warm(pool):
    pid = pid_of_a_job(pool)
    with pytest.raises(InputError):
        pool.run_task(PYTHON, "misbehave", Misbehave("refuse"), Silent(), never)
    assert pid_of_a_job(pool) == pid


def test_a_dead_worker_is_replaced(pool):
    pid = pid_of_a_job(pool)
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    assert pid_of_a_job(pool) != pid


def test_a_worker_that_dies_at_work_is_replaced(pool):
    pid = pid_of_a_job(pool)
    with pytest.raises(WorkerError):
        pool.run_task(PYTHON, "misbehave", Misbehave("leave"), Silent(), never)
    assert pid_of_a_job(pool) != pid


def test_another_python_gets_another_worker(pool, tmp_path):
    pid = pid_of_a_job(pool)
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nexec {PYTHON} "$@"\n')
    other.chmod(0o755)
    assert pid_of_a_job(pool, other) != pid
    assert is_gone(pid)


def test_a_worker_from_before_an_update_of_the_plugin_is_replaced(pool, tmp_path, monkeypatch):
    """It would mix the modules that it holds with the new files."""
    metadata = tmp_path / "metadata.txt"
    metadata.write_text("version=1.0")
    monkeypatch.setattr(client, "METADATA", metadata)
    pid = pid_of_a_job(pool)
    assert pid_of_a_job(pool) == pid
    metadata.write_text("version=1.0.1")
    monkeypatch.setattr(client, "VERSION", "the old one")
    with pytest.raises(WorkerError, match="QGIS holds version the old one, .* Restart QGIS"):
        pid_of_a_job(pool)
    assert is_gone(pid)


def test_two_jobs_at_once_get_two_workers_and_one_stays(pool):
    pid = pid_of_a_job(pool)
    first, stop = Listener(), threading.Event()
    pids = []

    def run_until_stopped():
        with pytest.raises(CancelledError):
            pool.run_task(PYTHON, "misbehave", Misbehave("cooperate"), first, stop.is_set)

    thread = threading.Thread(target=run_until_stopped)
    thread.start()
    try:
        assert first.begun.wait(30)
        pids.append(pid_of_a_job(pool))
    finally:
        stop.set()
        thread.join()
    assert pids[0] != pid
    assert is_gone(pid), "the second to come back is let go"
    assert pid_of_a_job(pool) == pids[0]


def test_shutting_down_ends_the_warm_worker(pool):
    pid = pid_of_a_job(pool)
    pool.shut_down()
    assert is_gone(pid)
    assert pid_of_a_job(pool) != pid


def test_a_worker_busy_at_shut_down_is_not_kept(pool):
    first, stop = Listener(), threading.Event()

    def run_until_stopped():
        with pytest.raises(CancelledError):
            pool.run_task(PYTHON, "misbehave", Misbehave("cooperate"), first, stop.is_set)

    thread = threading.Thread(target=run_until_stopped)
    thread.start()
    assert first.begun.wait(30)
    pool.shut_down()
    stop.set()
    thread.join()
    assert pool._warm is None
