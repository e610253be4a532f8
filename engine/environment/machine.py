"""Measures what this computer offers: free disk, memory, a graphics card."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path


def free_disk_gb(folder: Path) -> float:
    """Free space where `folder` is or will be, in gigabytes."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(there).free / 1e9


def memory_gb() -> float:
    """Memory of the computer, in gigabytes."""
    if sys.platform == "win32":
        status = _MemoryStatus(dwLength=ctypes.sizeof(_MemoryStatus))
        ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.ullTotalPhys) / 1e9
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def has_nvidia_card() -> bool:
    """Whether NVIDIA's driver is installed, as it is where there is such a card."""
    return shutil.which("nvidia-smi") is not None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = [
        ("dwLength", ctypes.c_uint32),
        ("dwMemoryLoad", ctypes.c_uint32),
        ("ullTotalPhys", ctypes.c_uint64),
        *((f"rest{number}", ctypes.c_uint64) for number in range(6)),
    ]
