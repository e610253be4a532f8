"""Turns rasters that are no files (WMS, XYZ tiles, coverages of a server) into temporary GeoTIFFs.

Pictures of a map server come as red, green, blue and alpha at the pixel size asked for; data that has pixels
of its own comes as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsPointXY,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterFileWriter,
    QgsRasterInterface,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt

from ..engine.errors import CancelledError, InputError
from .texts import tr

LARGEST_PX = 100_000_000
"""More pixels than these are not asked of a server: 1,500 tiles of 256 x 256 pixels, 400 MB on disk."""


@dataclass(frozen=True)
class Rendering:
    """A raster that will be written, in the thread of the run, before the worker starts.

    Args:
        name: What the user calls the layer.
        provider: A copy of the layer's, free to be used in another thread.
        crs: Its reference system.
        extent: What is wanted of it, in that system.
        transforms: How QGIS transforms coordinates.
        path: The temporary GeoTIFF.
    """

    name: str
    provider: QgsRasterDataProvider
    crs: QgsCoordinateReferenceSystem
    extent: QgsRectangle
    transforms: QgsCoordinateTransformContext
    path: str


def check_bounded(layer: QgsRasterLayer) -> None:
    """Refuse a layer that has no end, unless an extent bounds it.

    Raises:
        InputError: It has none.
    """
    if not _has_pixels(layer.dataProvider()):
        raise InputError(
            "{layer} is no file but comes from a server that draws any part of the world. "
            "Set EXTENT to the part that you want.",
            layer=layer.name() or layer.source(),
        )


def plan(layer: QgsRasterLayer, wanted: QgsRectangle | None, transforms: QgsCoordinateTransformContext) -> Rendering:
    """Note what must be known of a layer to write it later, outside QGIS's main thread.

    Args:
        layer: A raster layer that is no file.
        wanted: The extent to write, in the layer's reference system; `None`: all of it.
        transforms: The project's.

    Raises:
        InputError: No extent is given for a layer that has no end, or it lies outside the layer.
    """
    if wanted is None:
        check_bounded(layer)
    extent = layer.extent() if wanted is None else layer.extent().intersect(wanted)
    if extent.isEmpty():
        raise InputError("The extent lies outside {layer}. Choose one that covers it.", layer=layer.name())
    path = QgsProcessingUtils.generateTempFilename("rendered.tif")
    name = layer.name() or layer.source()
    return Rendering(name, layer.dataProvider().clone(), layer.crs(), extent, transforms, path)


def write(rendering: Rendering, resolution_m: float | None, feedback: QgsProcessingFeedback) -> None:
    """Write the temporary GeoTIFF.

    Args:
        rendering: What to write.
        resolution_m: Pixel size on the ground for sources that have none of their own; `None`: not known.
        feedback: Told how far it is; where it is cancelled, writing stops.

    Raises:
        InputError: The pixel size is not known, there are too many pixels, or the server fails.
        CancelledError: The user asked to stop.
    """
    width, height = _pixel_size(rendering, resolution_m)
    extent = _on_pixel_edges(rendering, width, height)
    columns, rows = math.ceil(extent.width() / width - 1e-6), math.ceil(extent.height() / height - 1e-6)
    if columns * rows > LARGEST_PX:
        raise InputError(
            "{layer} comes from a server, and the extent would take {columns} x {rows} pixels of it; at most "
            "{limit} million are fetched. Choose a smaller extent, or save the layer to a file first.",
            layer=rendering.name,
            columns=columns,
            rows=rows,
            limit=LARGEST_PX // 1_000_000,
        )
    feedback.pushInfo(
        tr("{layer} is fetched from its server: {columns} x {rows} pixels.").format(
            layer=rendering.name, columns=columns, rows=rows
        )
    )
    whole = QgsRectangle(
        extent.xMinimum(),
        extent.yMaximum() - rows * height,
        extent.xMinimum() + columns * width,
        extent.yMaximum(),
    )
    _write(rendering, columns, rows, whole, feedback)
    if not _has_pixels(rendering.provider):
        _check_picture(rendering, feedback)


def metres_per_unit(
    crs: QgsCoordinateReferenceSystem, place: QgsPointXY, transforms: QgsCoordinateTransformContext
) -> tuple[float, float]:
    """Length on the ground of one map unit at a place, eastwards and northwards.

    It is not 1 where the units are degrees or feet, nor in Web Mercator away from the equator.
    """
    ruler = QgsDistanceArea()
    ruler.setSourceCrs(crs, transforms)
    ruler.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    half = 5e-5 if crs.isGeographic() else 0.5
    x, y = place.x(), place.y()
    return (
        ruler.measureLine(QgsPointXY(x - half, y), QgsPointXY(x + half, y)) / (2 * half),
        ruler.measureLine(QgsPointXY(x, y - half), QgsPointXY(x, y + half)) / (2 * half),
    )


def _has_pixels(provider: QgsRasterDataProvider) -> bool:
    """Whether a source has a pixel size of its own; a picture of a map server has not."""
    return bool(provider.capabilities() & QgsRasterInterface.Capability.Size) and provider.xSize() > 0


def _pixel_size(rendering: Rendering, resolution_m: float | None) -> tuple[float, float]:
    """Width and height of a pixel in map units: the source's own, or the model's."""
    if _has_pixels(rendering.provider):
        whole = rendering.provider.extent()
        return whole.width() / rendering.provider.xSize(), whole.height() / rendering.provider.ySize()
    if resolution_m is None:
        raise InputError(
            "{layer} comes from a server at any resolution, and the model states none. "
            "Save the layer to a file at the pixel size that the model needs.",
            layer=rendering.name,
        )
    across, up = metres_per_unit(rendering.crs, rendering.extent.center(), rendering.transforms)
    return resolution_m / across, resolution_m / up


def _on_pixel_edges(rendering: Rendering, width: float, height: float) -> QgsRectangle:
    """The extent, its left and upper edge moved outwards to the source's pixel edges, if it has such."""
    extent, whole = rendering.extent, rendering.provider.extent()
    if not _has_pixels(rendering.provider):
        return extent
    left, up = extent.xMinimum() - whole.xMinimum(), whole.yMaximum() - extent.yMaximum()
    return QgsRectangle(
        whole.xMinimum() + math.floor(left / width + 1e-6) * width,
        extent.yMinimum(),
        extent.xMaximum(),
        whole.yMaximum() - math.floor(up / height + 1e-6) * height,
    )


def _check_picture(rendering: Rendering, feedback: QgsProcessingFeedback) -> None:
    """Look how much of a picture is there: QGIS does not tell when a server leaves tiles unanswered."""
    from osgeo import gdal

    picture = gdal.Open(rendering.path)  # its bands live only as long as it does
    mean_alpha, _ = picture.GetRasterBand(4).ComputeBandStats(1)
    empty = 1 - mean_alpha / 255
    if empty == 1:
        raise InputError(
            "{layer} shows nothing within the extent. Check that its server answers, or choose another extent.",
            layer=rendering.name,
        )
    if empty > 0:
        feedback.pushWarning(
            tr("{share:.1%} of the picture of {layer} is empty; if that is not so in QGIS, run it again.").format(
                share=empty, layer=rendering.name
            )
        )


def _write(
    rendering: Rendering, columns: int, rows: int, extent: QgsRectangle, feedback: QgsProcessingFeedback
) -> None:
    """Let QGIS write the pixels block by block."""
    pipe = QgsRasterPipe()
    pipe.set(rendering.provider.clone())
    blocks = QgsRasterBlockFeedback()
    feedback.canceled.connect(blocks.cancel, Qt.ConnectionType.DirectConnection)
    if feedback.isCanceled():
        blocks.cancel()
    blocks.progressChanged.connect(feedback.setProgress, Qt.ConnectionType.DirectConnection)
    result = QgsRasterFileWriter(rendering.path).writeRaster(
        pipe, columns, rows, extent, rendering.crs, rendering.transforms, blocks
    )
    feedback.canceled.disconnect(blocks.cancel)
    if feedback.isCanceled():
        raise CancelledError("Cancelled.")
    if blocks.errors() or result != QgsRasterFileWriter.WriterError.NoError:
        raise InputError(
            "{layer} cannot be fetched from its server: {reason}. Try again, or save the layer to a file first.",
            layer=rendering.name,
            reason="; ".join(blocks.errors()[:3]) or str(result),
        )
