"""Exceptions of libraries become sentences that say what to do."""

import errno
from collections import namedtuple

import pytest
from terraloom.engine.errors import InputError, OutputError, WorkerError
from terraloom.engine.worker import faults
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


LACK_OF_MEMORY = [
    "std::bad_alloc",
    "CUDA out of memory",
    "DefaultCPUAllocator: can't allocate memory",
    "Failed to allocate memory for requested buffer of size 4096",
    "OSError: [Errno 12] Cannot allocate memory",
    "MemoryError: Unable to allocate 3 GiB for an array",
]


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
