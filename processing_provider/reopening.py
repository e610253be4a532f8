"""Looks after the layers of a project whose files results replace: QGIS keeps the earlier files open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsVectorLayer,
)

from ..engine.errors import OutputError
from .feedback import is_main_thread
from .layers import source_path


def refuse_edited(targets: Mapping[str, str], project: QgsProject | None) -> None:
    """Refuse to replace a file whose layer is being edited in QGIS: the edits would be lost.

    Args:
        targets: Where results shall go, by name.
        project: The project; `None`: there is none.

    Raises:
        OutputError: It names the result and the layer.
    """
    for name, path in targets.items():
        for layer in layers_in(path, project):
            if isinstance(layer, QgsVectorLayer) and layer.isEditable():
                raise OutputError(
                    "{name} is {path}, and its layer {layer} is being edited. Save the edits and end editing, or "
                    "choose another name.",
                    name=name,
                    path=path,
                    layer=layer.name(),
                )


def layers_in(path: str, project: QgsProject | None) -> list[QgsMapLayer]:
    """The layers of a project that lie in a file; none outside QGIS's main thread, where they may not be touched."""
    if project is None or not is_main_thread():
        return []
    place, layers = os.path.realpath(path), project.mapLayers().values()
    return [layer for layer in layers if os.path.realpath(source_path(layer)) == place]


def show_anew(path: str, project: QgsProject | None) -> None:
    """Open the layers of a project again whose file a run has replaced; their styles stay."""
    for layer in layers_in(path, project):
        _open_again(layer, Path(f"{path}.aux.xml"))


def _open_again(layer: QgsMapLayer, beside: Path) -> None:
    """Open a layer again; what lies beside its file stays, where GDAL leaves what it knew of the earlier one.

    A reference system and nodata values that were set in QGIS stay, too.
    """
    crs = layer.crs()
    is_assigned = layer.isValid() and crs != layer.dataProvider().crs()
    if isinstance(layer, QgsVectorLayer) and layer.isValid():
        if layer.isEditable():
            return
        layer.reload()
        layer.setCrs(crs if is_assigned else layer.dataProvider().crs())
    elif isinstance(layer, QgsRasterLayer):
        told = beside.read_bytes() if beside.is_file() else None
        nodata = _nodata_of_the_user(layer)
        layer.setDataSource(layer.source(), layer.name(), layer.providerType())
        if is_assigned:
            layer.setCrs(crs)
        for band, (ranges, is_off) in list(nodata.items())[: layer.dataProvider().bandCount()]:
            layer.dataProvider().setUserNoDataValue(band, ranges)
            if is_off:
                layer.dataProvider().setUseSourceNoDataValue(band, False)
        if told is not None:
            beside.write_bytes(told)
        else:
            beside.unlink(missing_ok=True)
    else:  # its file had been lost
        layer.setDataSource(layer.source(), layer.name(), layer.providerType())
    layer.triggerRepaint()


def _nodata_of_the_user(layer: QgsRasterLayer) -> dict[int, tuple[list[QgsRasterRange], bool]]:
    """By band the values that were set in QGIS, and whether the file's own was switched off."""
    provider = layer.dataProvider()
    return {
        band: (
            provider.userNoDataValues(band),
            provider.sourceHasNoDataValue(band) and not provider.useSourceNoDataValue(band),
        )
        for band in range(1, provider.bandCount() + 1)
    }
