"""Reads the `.emd` of a model package of Esri, as far as it is a description. The Python code it names is never run."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any

from ..errors import ModelError
from ..library.card import SEGMENTATION
from .claims import Claims, Entries, read_sidecar

EMD = "*.[eE][mM][dD]"

PIXEL_CLASSIFIERS = ("ImageClassification", "PixelClassification")
"""Values of ModelType that stand for a class for each pixel."""


def claims(path: Path) -> Claims | None:
    """What an `.emd` beside a network says of it; `None` where none names it as its ModelFile.

    Raises:
        ModelError: The `.emd` is damaged.
    """
    for place in sorted(path.parent.glob(EMD), key=lambda place: (place.stem != path.stem, place)):
        try:
            entries = read_sidecar(place)
        except ModelError:
            if _is_alike(place.stem, path.stem):
                raise
            continue  # another model's
        if _is_alike(_model_file(entries), path.name):
            return _claims(entries, place)
    return None


def unread(path: Path) -> tuple[str, str] | None:
    """An `.emd` that has the name of a network but names another file as its ModelFile, and that file; `None`: none.

    To be asked where `claims` finds nothing.
    """
    for place in path.parent.glob(EMD):
        if _is_alike(place.stem, path.stem):
            return place.name, _model_file(read_sidecar(place)) or "-"
    return None


def _model_file(entries: Entries) -> str:
    """The name of the network that an `.emd` belongs to; empty where it names none."""
    return PureWindowsPath(str(entries.value("ModelFile") or "")).name


def _is_alike(one: str, other: str) -> bool:
    """Whether two names are those of one file on Windows, where such packages are made."""
    return one.casefold() == other.casefold()


def _claims(entries: Entries, place: Path) -> Claims:
    bands = _raster_bands(entries)
    names, colours = _classes(entries)
    return Claims(
        origin="Esri",
        title=place.stem,
        task=SEGMENTATION if entries.text("ModelType") in PIXEL_CLASSIFIERS else "",
        classes=(names,) if names else (),
        colours=colours,
        bands=tuple(f"b{band}" for band in bands),
        raster_bands=bands,
        tile_px=entries.size("ImageHeight") if entries.value("ImageHeight") == entries.value("ImageWidth") else None,
        limits=_limits(entries),
    )


def _raster_bands(entries: Entries) -> tuple[int, ...]:
    """Numbers of the raster's bands that are read, which an `.emd` counts from 0."""
    bands = entries.numbers("ExtractBands")
    if any(band < 0 or band != int(band) for band in bands):
        raise entries.error("ExtractBands", "a list of whole numbers from 0")
    return tuple(int(band) + 1 for band in bands)


def _classes(entries: Entries) -> tuple[dict[int, str], dict[int, str]]:
    """Names and colours by raster value."""
    found = entries.value("Classes")
    if found is None:
        return {}, {}
    try:
        names = {int(entry["Value"]): str(entry["Name"]) for entry in found}
        colours = {int(entry["Value"]): _hex(entry["Color"]) for entry in found if entry.get("Color")}
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise entries.error("Classes", "a list of Value, Name and Color") from error
    return dict(sorted(names.items())), colours


def _hex(colour: Any) -> str:
    """Red, green and blue, 0–255, as `RRGGBB`."""
    red, green, blue = (int(part) for part in colour)
    return bytes((red, green, blue)).hex().upper()


def _limits(entries: Entries) -> tuple[str, ...]:
    """What ArcGIS would do and is not done here."""
    limits = []
    if "InferenceFunction" in entries:
        limits.append(
            "Its InferenceFunction, a Python program, is never run: what it does to values before and after the "
            "network is not done."
        )
    if "DataRange" in entries:
        limits.append(f"Its DataRange is {entries.value('DataRange')}; give MEAN and STD where values need scaling.")
    return tuple(limits)
