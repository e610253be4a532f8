"""Puts the rasters in a folder in the folder's place."""

from __future__ import annotations

import os
from typing import Any

from ..engine.errors import InputError

RASTER_ENDINGS = (".tif", ".tiff", ".jp2", ".vrt", ".img", ".png", ".jpg", ".jpeg", ".webp")
"""What counts as a raster in a folder of scenes."""


def entries_of(value: Any) -> list[Any]:
    """What a parameter of several layers holds, one after another; of several sources a model makes lists in a list."""
    if not isinstance(value, (list, tuple)):
        return [value]
    return [entry for each in value for entry in entries_of(each)]


def with_folders_opened(parameters: dict[str, Any], name: str) -> dict[str, Any]:
    """The parameters with each folder among the rasters replaced by the rasters in it, in the order of their names.

    Raises:
        InputError: There is no raster in a folder.
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
