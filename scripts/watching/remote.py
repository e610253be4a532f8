"""Puts a small local file (a VRT) in front of a remote raster: Processing takes only paths of files from text."""

from __future__ import annotations

import subprocess  # nosec B404 - programs are started as lists, without a shell
from pathlib import Path

from .child import RunError
from .scenes import dates

PROGRAM = "gdal_translate"
PATIENCE_S = 120.0
"""For the header of a raster; no pixels are read."""


def local_stand_in(source: str, folder: Path) -> str:
    """Make a VRT of a raster that GDAL fetches from elsewhere, named as it is, since its name may hold its date.

    Raises:
        RunError: The raster cannot be reached, or GDAL's program is missing.
    """
    folder.mkdir(parents=True)
    stand_in = folder / f"{Path(dates.name_at(source)).stem or 'scene'}.vrt"
    command = [PROGRAM, "-q", "-of", "VRT", source, str(stand_in)]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)  # nosec B603
    except FileNotFoundError:
        raise RunError(f"Remote scenes need GDAL's program {PROGRAM} (package gdal-bin). Install it.") from None
    except subprocess.TimeoutExpired:
        raise RunError(f"{source} did not answer within {PATIENCE_S:g} s.") from None
    if ended.returncode:
        raise RunError(f"{source} cannot be opened. {' '.join(ended.stderr.split())}".strip())
    return str(stand_in)
