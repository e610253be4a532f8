"""Notes in which state all files are that chips or tiles are made of, and tells one that was changed meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..images.rasters import Rasters
from ..images.source_files import check_unchanged, stamps_of

PARTS = ("-wal", "-journal")
"""Where SQLite keeps what is new in a GeoPackage, appended to its name; attributes of a Shapefile lie in its `.dbf`."""

States = dict[str, "tuple[float, int] | None"]
"""Time of change and size by file; `None` where nothing is known of them, or a change does not count."""


def states_of(rasters: Iterable[str]) -> States:
    """Every file that rasters are read from, those behind virtual ones included, with its state.

    Raises:
        InputError: A raster cannot be opened.
    """
    states: States = {}
    for path in dict.fromkeys(rasters):
        with Rasters([path]) as opened:
            states |= dict.fromkeys(opened.files) | opened.stamps
    return states


def states_of_layers(paths: Iterable[str]) -> States:
    """The same of vector files, once they were read: SQLite may tidy up a GeoPackage as it is read first."""
    states: States = {}
    for path in paths:
        parts = (*(path + part for part in PARTS), str(Path(path).with_suffix(".dbf")))
        states |= stamps_of((path, *filter(os.path.isfile, parts)))
    return states


def check_states(states: Mapping[str, tuple[float, int] | None]) -> None:
    """Make sure that files are still in the states that were noted.

    Raises:
        InputError: One was changed or deleted.
    """
    check_unchanged({path: state for path, state in states.items() if state is not None})
