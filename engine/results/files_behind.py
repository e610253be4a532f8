"""Finds the file of this machine from which GDAL or QGIS reads what a name of theirs means."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

FILE, VRT = "file:", "vrt://"
"""How addresses of local files begin, and what has GDAL read parts of a raster as one of its own."""

ARCHIVE = re.compile(r"/vsi(?:zip|tar|gzip|7z|rar)/")
"""What GDAL's names of what lies in archives begin with; they may stand within each other."""

PART = re.compile(r"/vsisubfile/[^,]*,")
"""What stands before a file of which GDAL reads a part."""

QUOTED = re.compile(r'\w{2,}:[^"]*"([^"]+)"')
"""A file in a name such as `NETCDF:"rain.nc":sum`."""

MOST_PARTS = 8
"""Names of GDAL have fewer colons; what has more is a text of its own, such as XML."""

DRIVE = re.compile(r"/[A-Za-z]:")
"""How the path in an address begins on Windows."""


def file_behind(name: str) -> str:
    """The file that is read, an archive where it lies in one; the name itself where no file of this machine is found.

    Args:
        name: A path, or a name such as `GPKG:maps.gpkg:table`, `/vsizip/scenes.zip/a.tif`, `vrt://a.tif?bands=1`,
            `file:///data/a.tif` and `maps.gpkg|layername=roads`.
    """
    if os.path.lexists(name):
        return name
    plain = name.partition("|")[0]
    inner = _inner(plain)
    if inner is not None:
        return file_behind(inner)
    if ARCHIVE.match(plain):
        return _archive(ARCHIVE.sub("", plain, count=1).replace("{", "").replace("}", "")) or name
    parts = plain.split(":")
    if len(parts) > MOST_PARTS:
        return plain
    for first in range(1, len(parts)):
        for last in range(len(parts), first, -1):  # names of drives have a colon too
            part = ":".join(parts[first:last])
            found = file_behind(part) if part.startswith("/vsi") else part
            if os.path.isfile(found):
                return found
    return plain


def _inner(name: str) -> str | None:
    """A name within another; `None`: there is none."""
    if name.lower().startswith(FILE):
        path = unquote(urlsplit(name).path)
        return path[1:] if DRIVE.match(path) else path
    if name.lower().startswith(VRT):
        return name[len(VRT) :].partition("?")[0]
    if part := PART.match(name):
        return name[part.end() :]
    if quoted := QUOTED.match(name):
        return quoted[1]
    archive = ARCHIVE.match(name)
    if archive and ARCHIVE.match("/" + name[archive.end() :].lstrip("{/")):
        return "/" + name[archive.end() :].lstrip("{/")
    return None


def _archive(path: str) -> str:
    """The file that a path in an archive leads into; empty where there is none."""
    return next((str(place) for place in (Path(path), *Path(path).parents) if place.is_file()), "")
