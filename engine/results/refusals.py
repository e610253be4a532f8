"""Refuses places where a result cannot go, could not be read, or would do away with something else."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from ..errors import OutputError
from .aside import aside_folder
from .belongings import names_of_others_too

LAYERS, SIGNS = (".gpkg", ".shp", ".geojson", ".fgb", ".csv"), (";", "|")
"""Endings of vector files, and the signs that end a file's name where layers are named."""

CODED_SIGN = re.compile("%[0-9A-Fa-f]{2}")
"""What SQLite decodes in the path of a GeoPackage that QGIS opens."""

SHAPEFILE = ".shp"
"""Ending that GDAL writes in small letters, whatever the name that it is given."""

LONGEST_NAME_BYTES = 255
"""What file systems allow; the hidden folders beside a result have longer names than it."""

HELD_IN_GEOPACKAGE = (
    "SELECT (SELECT count(*) FROM gpkg_contents WHERE table_name NOT IN ('layer_styles', 'qgis_projects'))"
    " + (SELECT count(*) FROM sqlite_master WHERE name = 'qgis_projects')"
)
"""Asks how many layers and tables there are, but for that in which QGIS keeps styles; that of projects counts."""


def refuse_replacing_others(target: Path) -> None:
    """Refuse a name under which something lies that may be another file's: no earlier result is there to have it.

    Raises:
        OutputError: It names the file.
    """
    if os.path.lexists(target) or os.path.isdir(aside_folder(target)):
        return
    for name in names_of_others_too(target):
        if os.path.lexists(target.parent / name):
            raise OutputError(
                "The result {path} would replace {file}, which belongs to no earlier result of this name: there is "
                "none. Choose another name for the result, or move or delete that file.",
                path=str(target),
                file=name,
            )


def refuse_losing_layers(target: Path) -> None:
    """Refuse the name of a GeoPackage that holds more than a layer: a result has one, and replaces the whole file.

    Raises:
        OutputError: It tells how much there is.
    """
    if target.suffix.lower() != ".gpkg" or not os.path.isfile(target):
        return
    try:
        with closing(sqlite3.connect(f"{target.absolute().as_uri()}?immutable=1", uri=True)) as tables:
            (count,) = tables.execute(HELD_IN_GEOPACKAGE).fetchone()
    except sqlite3.Error:
        return  # none, or what is left of one
    if count > 1:
        raise OutputError(
            "{path} is a GeoPackage that holds {count} layers, tables or projects, and the result would replace all of "
            "them. Choose another name.",
            path=str(target),
            count=count,
        )


def refuse_unusable(target: Path) -> None:
    """Refuse a target that is a folder, under no name for a layer, or a GeoPackage that another program writes into."""
    _refuse_misread(target)
    if len(os.fsencode(aside_folder(target).name)) > LONGEST_NAME_BYTES:
        raise OutputError("The name of {path} is too long. Choose a shorter one.", path=str(target))
    if os.path.isdir(target):
        raise OutputError("{path} is a folder. Choose another name for the result.", path=str(target))
    refuse_losing_layers(target)
    log = f"{target}-wal"
    if target.suffix.lower() == ".gpkg" and os.path.isfile(log) and os.path.getsize(log):
        raise OutputError(
            "{path} is open in another program, or edited in QGIS, and the last changes still lie in {log}. "
            "Close it there, save the edits, or choose another name.",
            path=str(target),
            log=os.path.basename(log),
        )


def _refuse_misread(target: Path) -> None:
    """Refuse a name that GDAL would cut, that QGIS would decode, or that comes out in small letters."""
    if target.suffix.lower() in LAYERS and (any(sign in str(target) for sign in SIGNS) or _lies_in_archive(target)):
        raise OutputError(
            "{path} cannot be a layer's file: programs take what follows on ;, | or ! in a name for something else. "
            "Choose a name without them.",
            path=str(target),
        )
    if target.suffix.lower() == ".gpkg" and (coded := CODED_SIGN.search(str(target))):
        raise OutputError(
            "{path} cannot be a GeoPackage: QGIS takes {found} in the name of a file or folder for the code of another "
            "sign, and would not find it. Choose a name without %.",
            path=str(target),
            found=coded[0],
        )
    if target.suffix != SHAPEFILE == target.suffix.lower():
        raise OutputError(
            "{path} would be written with an ending in small letters. Choose a name that ends in {ending}.",
            path=str(target),
            ending=SHAPEFILE,
        )


def _lies_in_archive(target: Path) -> bool:
    """Whether pyogrio takes what stands before a ! for an archive; on a drive of Windows only where it is one."""
    on_drive = sys.platform == "win32" and target.drive.endswith(":")
    return (".zip!" in str(target).lower()) if on_drive else "!" in str(target)


def refuse_full_folder(target: Path) -> None:
    """Refuse a target for a folder that holds something, or is a file."""
    if os.path.isfile(target) or (os.path.isdir(target) and any(target.iterdir())):
        raise OutputError(
            "{path} is not an empty folder, and nothing in it will be replaced. Choose a new folder, or delete what is "
            "in this one.",
            path=str(target),
        )
