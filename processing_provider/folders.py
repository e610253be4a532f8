"""Puts the rasters in a folder in the folder's place."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import Any

from ..engine.errors import InputError

RASTER_ENDINGS = (".tif", ".tiff", ".jp2", ".vrt", ".img", ".png", ".jpg", ".jpeg", ".webp")
"""What counts as a raster in a folder of scenes."""

METADATA = ("MTD_MSI*.xml", "manifest.safe")
"""What a product of Sentinel says of itself, what GDAL opens first."""


def entries_of(value: Any) -> list[Any]:
    """What a parameter of several layers holds, one after another; of several sources a model makes lists in a list."""
    if not isinstance(value, (list, tuple)):
        return [value]
    return [entry for each in value for entry in entries_of(each)]


def with_folders_opened(parameters: dict[str, Any], name: str) -> dict[str, Any]:
    """The parameters with each folder among the rasters replaced by the rasters in it, in the order of their names.

    Raises:
        InputError: There is no raster in a folder, or it is a product whose rasters are previews.
    """
    given = entries_of(parameters.get(name))
    if not any(isinstance(entry, str) and os.path.isdir(entry) for entry in given):
        return parameters
    opened: list[Any] = []
    for entry in given:
        opened += _rasters_in(entry) if isinstance(entry, str) and os.path.isdir(entry) else [entry]
    return {**parameters, name: opened}


def _rasters_in(folder: str) -> list[str]:
    """The raster files in a folder, by their endings."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(
            "The folder {folder} cannot be read: {reason}. Choose another.", folder=folder, reason=str(error.strerror)
        ) from error
    _check_no_product(folder, [entry.name for entry in entries])
    found = [
        entry.path
        for entry in entries
        if entry.is_file() and entry.name.lower().endswith(RASTER_ENDINGS) and not entry.name.startswith(".")
    ]
    if not found:
        raise InputError(
            "The folder {folder} holds no raster ({endings}). Choose another.",
            folder=folder,
            endings=", ".join(RASTER_ENDINGS),
        )
    return found


def _check_no_product(folder: str, names: list[str]) -> None:
    """Refuse a product of Sentinel: the rasters beside its metadata are previews, its bands lie deeper.

    Raises:
        InputError: It says which file QGIS opens.
    """
    metadata = [name for pattern in METADATA for name in names if fnmatchcase(name, pattern)]
    if metadata or folder.rstrip(os.sep).lower().endswith(".safe"):
        raise InputError(
            "The folder {folder} is a product of Sentinel, not a folder of rasters: its bands lie in files of their "
            "own, of several pixel sizes. Open {metadata} in QGIS, and choose the layer with the bands that the model "
            "reads, or join their files first (GDAL: Build virtual raster, each file in a band of its own).",
            folder=folder,
            metadata=metadata[0] if metadata else METADATA[0],
        )
