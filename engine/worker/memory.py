"""Measures the most memory that this process has held since a job began."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

M_MMAP_THRESHOLD, LARGE_BYTES = -3, 2**20
"""What glibc's mallopt calls the size from which arrays count as large, and that size."""


def reset_peak() -> None:
    """Start measuring anew, where the system can (Linux); elsewhere the peak is the whole process's."""
    if sys.platform == "linux":
        try:
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            return  # Not allowed in some containers.


def give_back_freed_memory() -> None:
    """From now on have large arrays come from the system and go back to it when they are freed (Linux with glibc).

    Otherwise arrays of up to 32 MB stay in a heap that gets full of holes.
    """
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libc.so.6").mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        except OSError:
            return  # Another C library, which does as it does.


def peak_mb() -> int:
    """The most memory held, in megabytes of 1,000,000 bytes."""
    if sys.platform == "linux":
        # Not getrusage: its figure starts at the size of QGIS, from which this process was split off.
        return _megabytes(_status_bytes("VmHWM"))
    if sys.platform == "win32":
        return _megabytes(_peak_bytes_windows())
    import resource

    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def resident_mb() -> int:
    """The memory held now, in such megabytes; where the system does not tell (macOS, Windows), the most held so far."""
    return _megabytes(_status_bytes("VmRSS")) if sys.platform == "linux" else peak_mb()


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
