"""Exceptions of libraries become sentences that say what to do."""

import errno
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from terraloom.engine.errors import InputError, OutputError, WorkerError
from terraloom.engine.results.workspace import partial_folder
from terraloom.engine.worker import faults, open_files
from terraloom.engine.worker.faults import explain
from terraloom.engine.worker.obituary import explain_death

Usage = namedtuple("Usage", "total used free")


def write_error():
    """What rasterio raises on a full disk: the cause is not named."""
    error = OSError("Write failed. See previous exception for details.")
    error.__cause__ = RuntimeError("TIFFAppendToStrip:Write error at scanline 348")
    return error


def test_a_write_error_on_a_full_disk_is_a_full_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 4096))
    told = explain(write_error(), [tmp_path / "map.tif"])
    assert isinstance(told, OutputError)
    assert str(told).startswith(f"The disk of {tmp_path} is full.")


def test_a_write_error_is_known_after_the_unfinished_result_has_made_room_again(tmp_path, monkeypatch):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(10**12, 0, 10**12))
    told = explain(write_error(), [tmp_path / "map.tif"])
    assert isinstance(told, OutputError)
    assert str(told).startswith(f"Writing into {tmp_path} failed: its disk is full or not there any more.")


def test_another_fault_on_a_roomy_disk_is_not_blamed_on_it(tmp_path, monkeypatch):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(10**12, 0, 10**12))
    assert isinstance(explain(OSError("Read failed."), [tmp_path / "map.tif"]), WorkerError)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/data/scratch.tif"),
        RuntimeError("failed to execute insert : database or disk is full"),
    ],
    ids=["system", "sqlite"],
)
def test_a_full_disk_is_known_by_its_words_too(error, tmp_path):
    told = explain(error, [tmp_path / "map.tif"])
    assert isinstance(told, OutputError)
    assert told.values["folder"] == ("/data" if isinstance(error, OSError) else str(tmp_path))


def test_the_disk_that_is_full_is_the_one_that_is_blamed(tmp_path, monkeypatch):
    """Results lie on one that is roomy, temporary files on one that is not."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(faults.tempfile, "gettempdir", lambda: str(temporary))
    monkeypatch.setattr(
        faults.shutil, "disk_usage", lambda folder: Usage(10**12, 0, 4096 if Path(folder) == temporary else 10**12)
    )
    for error in (write_error(), RuntimeError("database or disk is full"), OSError(errno.ENOSPC, "No space left")):
        assert explain(error, [tmp_path / "map.tif"]).values["folder"] == str(temporary)
    assert isinstance(explain(OSError("Read failed."), [tmp_path / "map.tif"]), WorkerError)


def test_a_named_file_tells_the_disk_wherever_it_stands_in_the_story(tmp_path, monkeypatch):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 4096))
    error = RuntimeError("cannot be kept")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device", "/data/scratch.tif")
    assert explain(error, [tmp_path / "map.tif"]).values["folder"] == "/data"


def test_a_file_that_is_too_large_for_its_disk(tmp_path):
    told = explain(OSError(errno.EFBIG, os.strerror(errno.EFBIG)), [tmp_path / "map.tif"])
    assert isinstance(told, OutputError) and f"disk of {tmp_path} takes no file as large" in str(told)


def test_too_many_open_files_are_not_the_fault_of_the_one_that_is_opened():
    error = InputError("{path} cannot be opened as a raster: {reason}.", path="a.tif", reason="a.tif")
    error.__cause__ = RuntimeError("a.tif: Too many open files")
    told = explain(error, [])
    assert isinstance(told, InputError) and "More files would be open at a time" in str(told)


def test_a_worker_may_hold_as_many_files_open_as_the_system_allows():
    resource = pytest.importorskip("resource")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    script = (
        f"import resource, runpy; resource.setrlimit(resource.RLIMIT_NOFILE, (64, {most}));"
        f"runpy.run_path({open_files.__file__!r})['allow_many']();"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert int(said) == most


def test_a_module_of_our_own_that_is_not_as_expected_is_no_matter_of_the_environment():
    """Installing gigabytes of packages anew would not help."""
    for statement in ("from terraloom.engine.errors import Newer", "import terraloom.engine.newer"):
        with pytest.raises(ImportError) as caught:
            exec(statement)  # noqa: S102 - what is imported is not there
        told = explain(caught.value, [])
        assert isinstance(told, WorkerError) and "Restart QGIS" in str(told) and "REPAIR" not in str(told)
    assert "REPAIR" in str(explain(ModuleNotFoundError("No module named 'numpy'", name="numpy"), []))


LACK_OF_MEMORY = [
    "std::bad_alloc",
    "CUDA out of memory",
    "DefaultCPUAllocator: can't allocate memory",
    "Failed to allocate memory for requested buffer of size 4096",
    "OSError: [Errno 12] Cannot allocate memory",
    "MemoryError: Unable to allocate 3 GiB for an array",
]


@pytest.mark.parametrize("name", ["EIO", "EROFS", "ENODEV", "ESTALE"])
def test_a_disk_that_fails_is_no_unexpected_fault_and_its_file_is_named(tmp_path, name):
    number = getattr(errno, name)
    told = explain(OSError(number, os.strerror(number), "/data/m.tif"), [tmp_path / "map.tif"])
    assert isinstance(told, OutputError)
    assert str(told).startswith(f"/data/m.tif could not be read or written: {os.strerror(number)}. Its disk")
    told = explain(OSError(number, os.strerror(number)), [tmp_path / "map.tif"])
    assert str(told).startswith(f"Writing into {tmp_path} failed")


def test_a_folder_of_results_that_is_gone_is_no_unexpected_fault(tmp_path):
    target = tmp_path / "there" / "map.tif"
    error = FileNotFoundError(errno.ENOENT, "No such file or directory", str(partial_folder(target) / "map.tif"))
    told = explain(error, [target])
    assert isinstance(told, OutputError) and str(told).startswith(f"The folder {target.parent} was removed, renamed")
    target.parent.mkdir()
    assert str(explain(error, [target])).startswith(f"The folder {partial_folder(target)} was removed, renamed")
    assert isinstance(explain(FileNotFoundError(errno.ENOENT, "No such file", "/other"), [target]), WorkerError)
    partial_folder(target).mkdir()
    assert isinstance(explain(error, [target]), WorkerError)


@pytest.mark.parametrize("words", LACK_OF_MEMORY)
def test_native_libraries_word_a_lack_of_memory_in_their_own_ways(words):
    assert str(explain(RuntimeError(words), [])).startswith("Memory ran out: ")


@pytest.mark.parametrize("words", LACK_OF_MEMORY)
def test_a_lack_of_memory_is_known_from_the_last_words_of_a_worker_too(words):
    assert "most likely because memory ran out" in str(explain_death(1, ["Traceback", words]))


@pytest.mark.parametrize(
    "words",
    [
        "Too many points (441 out of 441) failed to transform, unable to compute output bounds.",
        "PROJ: utm: Invalid latitude",
    ],
)
def test_coordinates_of_another_system_are_no_unexpected_fault(words):
    told = explain(RuntimeError(words), [])
    assert isinstance(told, InputError) and "Check the reference systems of the inputs" in str(told)
