"""Each task is done by the job of its name, and each job is some task's."""

import importlib.util
from pathlib import Path

from terraloom.engine import jobs
from terraloom.engine.worker.tasks import TASKS


def test_each_task_has_a_job_and_each_job_a_task():
    for name, task in TASKS.items():
        assert task.job == f"terraloom.engine.jobs.{name}"
        assert task.request.__module__ == f"terraloom.engine.requests.{name}"
        assert importlib.util.find_spec(task.job), name
    files = {path.stem for path in Path(jobs.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(TASKS), "a module in engine/jobs/ is no task, or a task has none"
