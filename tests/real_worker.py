"""Fixtures of tests with the real worker: they skip where there is no environment for it.

A plugin of pytest, named as such by the tests that use it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from front_door import MISLEADING, PROGRAMS, RUN_S, FrontDoor


@pytest.fixture(scope="session")
def worker_python():
    """The real worker's interpreter."""
    from terraloom.engine.environment import state
    from terraloom.engine.errors import SetupError

    try:
        return state.worker_python()
    except SetupError as error:
        pytest.skip(f"no environment for the worker: {error}")


@pytest.fixture(scope="session")
def write_with_worker(worker_python):
    """Has a script of this folder write into another, in the worker's Python."""

    def write(script, folder):
        told = subprocess.run(
            [str(worker_python), "-s", str(Path(__file__).with_name(script)), str(folder)],
            env={name: value for name, value in os.environ.items() if name not in MISLEADING},
            capture_output=True,
            text=True,
            timeout=RUN_S,
            check=False,
        )
        assert told.returncode == 0, told.stderr

    return write


@pytest.fixture(scope="session")
def samples(write_with_worker, tmp_path_factory):
    """Folder of the rasters, shapes and networks that `samples.py` writes."""
    folder = tmp_path_factory.mktemp("samples")
    write_with_worker("samples.py", folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def front_door(worker_python, tmp_path_factory):
    """qgis_process."""
    program = next(filter(os.path.exists, PROGRAMS), None)
    if program is None:
        pytest.skip("no qgis_process")
    return FrontDoor(program, tmp_path_factory.mktemp("qgis"))


@pytest.fixture
def own_library(worker_python, tmp_path):
    """Variables of a run that learns models nobody else sees: a home of this test's own, with the worker's packages."""
    from terraloom.engine.environment import state
    from terraloom.engine.environment.locations import environment_folder

    problem = state.problem("learn")
    if problem is not None:
        pytest.skip(str(problem))

    folder = tmp_path / "own home"
    folder.mkdir()
    (folder / "environment").symlink_to(environment_folder())
    return {"TERRALOOM_HOME": str(folder)}


@pytest.fixture
def processes():
    """Skips where running processes cannot be looked at."""
    if sys.platform != "linux":
        pytest.skip("processes are looked up in /proc")


@pytest.fixture(scope="module")
def in_qgis(worker_python, qgis_app, qgis_processing):
    """The provider inside this process, with the real worker, which stays warm for a whole module."""
    from qgis.core import QgsApplication, QgsProject
    from terraloom.processing_provider.provider import TerraloomProvider

    made = TerraloomProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsProject.instance().clear()
    QgsApplication.processingRegistry().removeProvider(made)
