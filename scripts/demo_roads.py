"""Lays the roads of the demo over the image: a QGIS project and a picture in four parts. Runs in QGIS's Python."""

import argparse
import sys
from pathlib import Path

from demo_map import MM, SIDE_MM, add_label, add_map, metric_crs, square_extent, stretch
from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

GAP_MM = 10
TOP_MM = 18


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
        for name in ("probability", "direction"):
            project.layerTreeRoot().findLayer(layers[name].id()).setItemVisibilityChecked(False)
        project.write(str(arguments.folder / f"{arguments.name}_roads.qgz"))
        picture = draw(project, layers, arguments.name, arguments.folder / f"{arguments.name}_roads.png")
        print(f"Picture of the roads: {picture}")
    finally:
        layers = None
        project.clear()
        application.exitQgis()


def load(image, bands, folder, name):
    """Open the image and the results; the results carry their styles with them."""
    layers = {
        "image": QgsRasterLayer(str(image), "Image"),
        "probability": QgsRasterLayer(str(folder / f"{name}_road_probability.tif"), "Probability of roads"),
        "direction": QgsRasterLayer(str(folder / f"{name}_road_direction.tif"), "Direction of roads"),
        "roads": QgsVectorLayer(str(folder / f"{name}_roads.gpkg"), "Roads", "ogr"),
        "nodes": QgsVectorLayer(str(folder / f"{name}_nodes.gpkg"), "Nodes", "ogr"),
    }
    for key, layer in layers.items():
        if not layer.isValid():
            sys.exit(f"The layer {key} of {name} cannot be opened.")
    stretch(layers["image"], dict(entry.split("=") for entry in bands.split(";")))
    return layers


def draw(project, layers, name, path):
    """Set image, probability, direction and network side by side, two by two, and export them."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    height_mm = 2 * (SIDE_MM + TOP_MM)
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(2 * SIDE_MM + 3 * GAP_MM, height_mm, MM))
    extent = square_extent(project, layers["image"])
    parts = (
        (f"{name.replace('_', ' ').title()}: image", [layers["image"]]),
        ("Probability of roads", [layers["probability"]]),
        ("Direction of roads, as hue", [layers["direction"]]),
        ("Network, by terraloom:extractroads", [layers["nodes"], layers["roads"], layers["image"]]),
    )
    for number, (title, shown) in enumerate(parts):
        left_mm = GAP_MM + number % 2 * (SIDE_MM + GAP_MM)
        down_mm = number // 2 * (SIDE_MM + TOP_MM - GAP_MM + 5)
        add_map(layout, shown, extent, left_mm, down_mm)
        add_label(layout, title, left_mm, down_mm)
    if not QgsLayoutExporter(layout).renderPageToImage(0, dpi=110).save(str(path)):
        sys.exit(f"{path} could not be written.")
    return path


if __name__ == "__main__":
    main()
