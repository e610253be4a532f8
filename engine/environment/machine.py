"""Measures what this computer offers: free disk, memory, a graphics card."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

OWN_GROUPS, GROUPS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
"""Where Linux tells which groups this process belongs to, as those of a container, and what groups may take."""


def free_disk_gb(folder: Path) -> float:
    """Free space where `folder` is or will be, in gigabytes; 0 where its drive is gone."""
    there = next((place for place in (folder, *folder.parents) if os.path.exists(place)), None)
    return shutil.disk_usage(there).free / 1e9 if there else 0.0


def memory_gb() -> float:
    """Memory of the computer, or of the container that this runs in where that is less, in gigabytes."""
    if sys.platform == "win32":
        status = _MemoryStatus(dwLength=ctypes.sizeof(_MemoryStatus))
        ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.ullTotalPhys) / 1e9
    return min([os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), *_limits_of_groups()]) / 1e9


def _limits_of_groups() -> list[int]:
    """The bytes that the groups of this process may take, and those that hold them; none where there is no limit."""
    found = []
    told = OWN_GROUPS.read_text().splitlines() if OWN_GROUPS.is_file() else []
    for _, kinds, path in (line.split(":", 2) for line in told):
        if not kinds:
            folder, name = GROUPS, "memory.max"
        elif "memory" in kinds.split(","):  # the first version of groups
            folder, name = GROUPS / "memory", "memory.limit_in_bytes"
        else:
            continue
        group = Path(path.lstrip("/"))
        for each in (group, *group.parents):
            with suppress(OSError, ValueError):  # a container does not see all of them; "max" is no limit
                found.append(int((folder / each / name).read_text()))
    return found


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
