"""Lays the results of the demo over the image: a QGIS project and a picture of the map. Runs in QGIS's Python."""

import argparse
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMultiBandColorRenderer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QFont

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
SIDE_MM = 110


def main():
    """Read the arguments, open QGIS without a window, make project and picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image", type=Path, required=True)
    parser.add_argument("--bands", default="", help="which band feeds which, as in red=3;green=2;blue=1")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--name", required=True)
    arguments = parser.parse_args()
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    try:
        layers = load(arguments.image, arguments.bands, arguments.folder, arguments.name)
        project.setCrs(metric_crs(layers["image"]))
        for layer in layers.values():
            project.addMapLayer(layer)  # later ones come to lie on top
        project.layerTreeRoot().findLayer(layers["confidence"].id()).setItemVisibilityChecked(False)
        project.layerTreeRoot().findLayer(layers["classes"].id()).setItemVisibilityChecked(False)
        project.write(str(arguments.folder / f"{arguments.name}.qgz"))
        picture = draw(project, layers, arguments.name, arguments.folder / f"{arguments.name}.png")
        print(f"Picture of the map: {picture}")
    finally:
        layers = None
        project.clear()
        application.exitQgis()


def load(image, bands, folder, name):
    """Open the image and the results; the results carry their styles with them."""
    layers = {
        "image": QgsRasterLayer(str(image), "Image"),
        "confidence": QgsRasterLayer(str(folder / f"{name}_confidence.tif"), "Confidence"),
        "classes": QgsRasterLayer(str(folder / f"{name}_landuse.tif"), "Land use (raster)"),
        "polygons": QgsVectorLayer(str(folder / f"{name}_landuse.gpkg"), "Land use", "ogr"),
    }
    for key, layer in layers.items():
        if not layer.isValid():
            sys.exit(f"The layer {key} of {name} cannot be opened.")
    stretch(layers["image"], dict(entry.split("=") for entry in bands.split(";")))
    layers["polygons"].setOpacity(0.65)
    return layers


def stretch(image, bands):
    """Show the bands that the model was given, from the 2nd to the 98th percentile."""
    numbers = [int(bands[colour]) for colour in ("red", "green", "blue")]
    if len(set(numbers)) == 1:
        renderer = QgsSingleBandGrayRenderer(image.dataProvider(), numbers[0])
    else:
        renderer = QgsMultiBandColorRenderer(image.dataProvider(), *numbers)
    image.setRenderer(renderer)
    image.setContrastEnhancement(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
        QgsRasterMinMaxOrigin.Limits.CumulativeCut,
    )


def metric_crs(image):
    """The image's own system, or the UTM zone it lies in where that one counts in degrees."""
    if not image.crs().isGeographic():
        return image.crs()
    centre = image.extent().center()
    zone = int((centre.x() + 180) // 6) + 1
    return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if centre.y() >= 0 else 32700) + zone}")


def draw(project, layers, name, path):
    """Set image and map side by side, with legend and scale, and export them."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(2 * SIDE_MM + 30, SIDE_MM + 50, MM))
    extent = square_extent(project, layers["image"])
    image_map = add_map(layout, [layers["image"]], extent, 10)
    add_map(layout, [layers["polygons"], layers["image"]], extent, SIDE_MM + 20)
    add_label(layout, f"{name.replace('_', ' ').title()}: image", 10)
    add_label(layout, "Land use, by terraloom:segmentlanduse", SIDE_MM + 20)

    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    tree = legend.model().rootGroup()
    tree.removeAllChildren()
    tree.addLayer(layers["polygons"])
    legend.setColumnCount(3)
    legend.setSplitLayer(True)
    QgsLegendRenderer.setNodeLegendStyle(tree.children()[0], QgsLegendStyle.Style.Hidden)
    legend.attemptMove(QgsLayoutPoint(SIDE_MM + 20, SIDE_MM + 22, MM))
    layout.addLayoutItem(legend)

    scale = QgsLayoutItemScaleBar(layout)
    scale.setLinkedMap(image_map)
    scale.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceMeters)
    scale.attemptMove(QgsLayoutPoint(10, SIDE_MM + 22, MM))
    layout.addLayoutItem(scale)

    if not QgsLayoutExporter(layout).renderPageToImage(0, dpi=110).save(str(path)):
        sys.exit(f"{path} could not be written.")
    return path


def square_extent(project, image):
    """The square around the image, in the project's system."""
    transform = QgsCoordinateTransform(image.crs(), project.crs(), project)
    extent = transform.transformBoundingBox(image.extent())
    side = max(extent.width(), extent.height())
    return QgsRectangle.fromCenterAndSize(extent.center(), side, side)


def add_map(layout, layers, extent, left_mm, down_mm=0):
    """Add a map of some layers, the first on top, under the heading at the same place."""
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(left_mm, down_mm + 18, MM))
    item.attemptResize(QgsLayoutSize(SIDE_MM, SIDE_MM, MM))
    item.setLayers(layers)
    item.setExtent(extent)
    item.setFrameEnabled(True)
    layout.addLayoutItem(item)
    return item


def add_label(layout, text, left_mm, down_mm=0):
    """Add a heading over a map."""
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    item.setFont(QFont("sans-serif", 12))
    item.attemptMove(QgsLayoutPoint(left_mm, down_mm + 8, MM))
    item.attemptResize(QgsLayoutSize(SIDE_MM, 9, MM))
    layout.addLayoutItem(item)


if __name__ == "__main__":
    main()
