"""Knows what belongs to a file, a result or an input, by its name."""

from __future__ import annotations

from pathlib import Path

UNSTYLED = (".gpkg", ".csv", ".html", ".json", ".onnx", ".safetensors")
"""Endings of results that need no `.qml` beside them."""

NETWORK = ".onnx"
"""Ending of inputs that are no layers: nothing beside them is theirs."""

RASTER_SIDES = (".aux.xml", ".ovr", ".msk", ".msk.ovr")
"""What GDAL keeps beside a file, appended to its name."""

APPENDED = {".gpkg": ("-wal", "-shm", "-journal"), ".shp": (".xml",)}
"""The same for files of one ending only."""

SHARING_STEM = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".idm", ".ind", ".ain", ".aih"),
    ".csv": (".csvt",),
}
"""What lies beside files of one ending under their name with another ending."""


def replaced_names(target: Path) -> list[str]:
    """What a new result replaces: the file first, then its style and all that tells of the old file's content."""
    return [target.name, *_style(target), *_side_names(target)]


def names_of_others_too(target: Path) -> list[str]:
    """Which of these may be another file's, or a file of its own as `roads.dbf`: those without its whole name."""
    return [*_style(target), *_sharing_stem(target)]


def names_beside(source: Path) -> list[str]:
    """What belongs to an input; a style file that is not there yet as well, since QGIS would take it for its own.

    So would we a page on a network that has the name of GeoAI's or Esri's description of it.
    """
    if source.suffix.lower() == NETWORK:
        return [f"{source.name}.json", f"{source.stem}.emd"]
    return [f"{source.stem}.qml", *_side_names(source)]


def _side_names(path: Path) -> list[str]:
    """What GDAL, QGIS and SQLite may keep beside a file."""
    appended = (*RASTER_SIDES, *APPENDED.get(path.suffix.lower(), ()))
    return [path.name + more for more in appended] + _sharing_stem(path)


def _sharing_stem(path: Path) -> list[str]:
    """Those of its parts that lie beside a file under its name with another ending."""
    return [path.stem + other for other in SHARING_STEM.get(path.suffix.lower(), ())]


def _style(path: Path) -> list[str]:
    """The style file of a result."""
    return [] if path.suffix.lower() in UNSTYLED else [f"{path.stem}.qml"]
