"""Opens what only GDAL has names for: rasters in archives, in databases, and parts of files that hold several."""

from __future__ import annotations

import os
import re

from qgis.core import QgsProcessingContext, QgsRasterLayer

from ..engine.errors import InputError

OF_GDAL = re.compile(r"/vsi\w+/.+|[A-Z][A-Z0-9_]+:.+")
"""Names such as `/vsizip/scenes.zip/a.tif`, `GPKG:maps.gpkg:table` and `NETCDF:"rain.nc":sum`."""

IN_ARCHIVE = re.compile(r"(/vsi(?:zip|tar|gzip|7z|rar)/)([^/{].*)")
IN_FILE = re.compile(r'([A-Z][A-Z0-9_]+:(?:[A-Z0-9_]+:)?"?)([^:"]+)(.*)')
"""What stands before a file, the file, and what follows."""

MOST_NAMED = 6
"""How many rasters of a file are named."""


def opened_by_gdal(text: str, context: QgsProcessingContext) -> QgsRasterLayer | None:
    """The raster that GDAL knows by a text which QGIS's Processing does not understand; `None`: there is none.

    Processing finds it by the same text from then on: the context keeps it.

    Raises:
        InputError: The text names a file of several rasters.
    """
    if not (OF_GDAL.fullmatch(text) or os.path.isfile(text)):
        return None
    layer = QgsRasterLayer(text, _name_of(text), "gdal")
    if layer.isValid():
        context.temporaryLayerStore().addMapLayer(layer)
        return layer
    held = layer.dataProvider().subLayers() if layer.dataProvider() else []
    if held:
        names = [each.partition("!!::!!")[0] for each in held]
        raise InputError(
            "{path} holds several rasters and no bands of its own. Choose one of them: {names}",
            path=text,
            names=", ".join(names[:MOST_NAMED] + ["…"] * (len(names) > MOST_NAMED)),
        )
    return None


def _name_of(text: str) -> str:
    """What a layer is called: the table or variable, else the file without its ending."""
    return os.path.splitext(re.split(r'[/\\:"]+', text.rstrip('/:"'))[-1])[0]


def absolute(source: str) -> str:
    """A name by which another process finds the same, whatever its folder: of a file, or of an archive's content."""
    if os.path.exists(source):
        return os.path.abspath(source)
    archived = IN_ARCHIVE.fullmatch(source)
    if archived and os.path.exists(archived[2].split("/")[0]):
        return archived[1] + os.path.abspath(archived[2])
    part = IN_FILE.fullmatch(source)
    if part and os.path.isfile(part[2]):
        return part[1] + os.path.abspath(part[2]) + part[3]
    return source
