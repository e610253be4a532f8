"""Becomes a worker like `engine/worker/launch.py` does, but with a task of the tests' own."""

import importlib
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()
    child = importlib.import_module("terraloom.engine.worker.child")
    tasks = importlib.import_module("terraloom.engine.worker.tasks")
    stub = importlib.import_module("terraloom.tests.engine.worker_stub")
    child.main({"misbehave": tasks.Task(stub.Misbehave, stub.__name__)})
