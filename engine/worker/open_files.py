"""Lets a worker hold as many files open as the system allows: mosaics of many scenes hold more than programs may."""

from __future__ import annotations

import sys

SURE = 10240
"""What macOS allows at most, even where it names no limit."""


def allow_many() -> None:
    """Raise the limit of files open at a time as far as this process may."""
    if sys.platform == "win32":
        return  # files of libraries have no such limit there
    import resource

    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in (most, SURE):
        if given == resource.RLIM_INFINITY or 0 <= limit <= given:
            return
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
        except (ValueError, OSError):
            continue
        return
