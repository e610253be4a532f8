"""Measures the most memory that this process has held since a job began."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable
from pathlib import Path

M_MMAP_THRESHOLD, LARGE_BYTES = -3, 2**20
"""What glibc's mallopt calls the size from which arrays count as large, and that size."""


class _Earlier:
    """The peak before Linux was last asked to measure anew within a job."""

    peak_bytes = 0


def reset_peak() -> None:
    """Start measuring anew, where the system can (Linux); elsewhere the peak is the whole process's."""
    _Earlier.peak_bytes = 0
    _measure_anew()


def peak_during(work: Callable[[], object]) -> int | None:
    """Bytes that some work takes at its peak, beyond what is held before; `None`: the system does not tell.

    The peak of the job, as `peak_mb` gives it, is not forgotten over it.
    """
    if sys.platform != "linux":
        return None
    _ask_glibc("malloc_trim", 0)  # else work would use again what is free and still held
    _Earlier.peak_bytes = max(_Earlier.peak_bytes, _status_bytes("VmHWM"))
    _measure_anew()
    before = _status_bytes("VmRSS")
    if _status_bytes("VmHWM") > before + LARGE_BYTES:
        return None
    work()
    return max(0, _status_bytes("VmHWM") - before)


def give_back_freed_memory() -> None:
    """From now on have large arrays come from the system and go back to it when they are freed (Linux with glibc).

    Otherwise arrays of up to 32 MB stay in a heap that gets full of holes.
    """
    _ask_glibc("mallopt", M_MMAP_THRESHOLD, LARGE_BYTES)


def peak_mb() -> int:
    """The most memory held, in megabytes of 1,000,000 bytes."""
    if sys.platform == "linux":
        # Not getrusage: its figure starts at the size of QGIS, from which this process was split off.
        return _megabytes(max(_Earlier.peak_bytes, _status_bytes("VmHWM")))
    if sys.platform == "win32":
        return _megabytes(_peak_bytes_windows())
    import resource

    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def resident_mb() -> int:
    """The memory held now, in such megabytes; where the system does not tell (macOS, Windows), the most held so far."""
    return _megabytes(_status_bytes("VmRSS")) if sys.platform == "linux" else peak_mb()


def _ask_glibc(function: str, *arguments: int) -> None:
    """Call a function of glibc, where Linux has it."""
    if sys.platform == "linux":
        try:
            getattr(ctypes.CDLL("libc.so.6"), function)(*arguments)
        except (OSError, AttributeError):
            return  # Another C library, which does as it does.


def _measure_anew() -> None:
    """Have Linux measure the peak from now on."""
    if sys.platform == "linux":
        try:
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            return  # Not allowed in some containers.


def _status_bytes(field: str) -> int:
    """What Linux says of this process's memory, where it says it."""
    found = re.search(rf"{field}:\s*(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def _megabytes(count: int) -> int:
    """Bytes in whole megabytes, rounded up: what is left of a limit is never told as too much."""
    return -(-count // 1_000_000)


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of the Windows API."""

    _fields_ = [
        ("cb", ctypes.c_uint32),
        ("PageFaultCount", ctypes.c_uint32),
        *((name, ctypes.c_size_t) for name in ("PeakWorkingSetSize", "WorkingSetSize")),
        *((f"quota{number}", ctypes.c_size_t) for number in range(6)),
    ]


def _peak_bytes_windows() -> int:
    if sys.platform != "win32":
        return 0
    counters = _Counters(cb=ctypes.sizeof(_Counters))
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32]
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return int(counters.PeakWorkingSetSize)
