"""Looks after the layers of a project whose files results replace: QGIS keeps the earlier files open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
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
    """Open a layer again; what lies beside its file stays, where GDAL leaves what it knew of the earlier one."""
    if not layer.isValid():  # its file had been lost
        layer.setDataSource(layer.source(), layer.name(), layer.providerType())
    elif isinstance(layer, QgsVectorLayer) and not layer.isEditable():
        layer.reload()
    elif isinstance(layer, QgsRasterLayer):
        told = beside.read_bytes() if beside.is_file() else None
        crs, place = layer.crs(), _place_of(layer)
        is_assigned = crs != layer.dataProvider().crs()
        layer.reload()
        if _place_of(layer) != place:  # the layer would go on lying where it did
            layer.setDataSource(layer.source(), layer.name(), layer.providerType())
            if is_assigned:
                layer.setCrs(crs)
        if told is not None:
            beside.write_bytes(told)
        else:
            beside.unlink(missing_ok=True)
    layer.triggerRepaint()


def _place_of(layer: QgsRasterLayer) -> tuple[QgsRectangle, QgsCoordinateReferenceSystem]:
    """Where its file says that a raster lies."""
    return layer.dataProvider().extent(), layer.dataProvider().crs()
