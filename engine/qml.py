"""Writes QGIS's style files, so that a result looks right wherever it is opened. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree as Xml  # nosec B405 - XML is written here, never read

from .legend import Legend, LegendEntry

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
"""Five stops of matplotlib's default colour ramp: even steps to the eye, also in grey and to the colour-blind."""

OUTSIDE_POLYGONS = "8"
"""How QGIS numbers the placement of labels beside polygons (`QgsPalLayerSettings.Placement`)."""

LABELLED_MM = "4"
"""Smaller objects go without a label until one zooms in."""


def write_class_style(path: Path, legend: Legend) -> None:
    """Style a class raster: each value in its colour, with its name."""
    root, pipe = _raster_style()
    renderer = Xml.SubElement(pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1")
    palette = Xml.SubElement(renderer, "colorPalette")
    for entry in legend.entries:
        Xml.SubElement(
            palette, "paletteEntry", value=str(entry.value), label=entry.name, color=entry.colour, alpha="255"
        )
    _write(path, root)


def write_ramp_style(path: Path, low: float, high: float) -> None:
    """Style the first band of a raster of measurements: a continuous ramp from `low` to `high`."""
    root, pipe = _raster_style()
    renderer = Xml.SubElement(
        pipe,
        "rasterrenderer",
        type="singlebandpseudocolor",
        band="1",
        opacity="1",
        alphaBand="-1",
        classificationMin=str(low),
        classificationMax=str(high),
    )
    shader = Xml.SubElement(Xml.SubElement(renderer, "rastershader"), "colorrampshader")
    shader.attrib.update(
        colorRampType="INTERPOLATED",
        classificationMode="1",
        clip="0",
        minimumValue=str(low),
        maximumValue=str(high),
    )
    for index, colour in enumerate(VIRIDIS):
        value = low + (high - low) * index / (len(VIRIDIS) - 1)
        Xml.SubElement(shader, "item", value=str(value), label=f"{value:.3g}", color=colour, alpha="255")
    _write(path, root)


def write_picture_style(path: Path, ranges: Sequence[tuple[float, float]]) -> None:
    """Style the first three bands of a raster as red, green and blue, each stretched from its low to its high value."""
    root, pipe = _raster_style()
    renderer = Xml.SubElement(pipe, "rasterrenderer", type="multibandcolor", opacity="1", alphaBand="-1")
    renderer.attrib.update(redBand="1", greenBand="2", blueBand="3", nodataColor="")
    for colour, (low, high) in zip(("red", "green", "blue"), ranges):
        stretch = Xml.SubElement(renderer, f"{colour}ContrastEnhancement")
        for name, value in (("minValue", low), ("maxValue", high), ("algorithm", "StretchToMinimumMaximum")):
            Xml.SubElement(stretch, name).text = str(value)
    _write(path, root)


def polygon_style(legend: Legend, field: str) -> str:
    """Style polygons by the class value in `field`: the class's colour, thin outline of the same."""

    def fill(entry: LegendEntry) -> dict[str, str]:
        red, green, blue = entry.rgb
        return {
            "color": f"{red},{green},{blue},170",
            "style": "solid",
            "outline_color": f"{red * 2 // 3},{green * 2 // 3},{blue * 2 // 3},255",
            "outline_style": "solid",
            "outline_width": "0.15",
            "outline_width_unit": "MM",
        }

    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    _categorise(root, legend, field, fill)
    return _text(root)


def detection_style(legend: Legend) -> str:
    """Style detected objects: outlines in the colour of the class, and name and score on what is large enough."""

    def outline(entry: LegendEntry) -> dict[str, str]:
        red, green, blue = entry.rgb
        return {
            "color": f"{red},{green},{blue},0",
            "style": "solid",  # though nothing is seen of it, a click within finds the object
            "outline_color": f"{red},{green},{blue},255",
            "outline_style": "solid",
            "outline_width": "0.5",
            "outline_width_unit": "MM",
        }

    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling", labelsEnabled="1")
    _categorise(root, legend, "class", outline)
    settings = Xml.SubElement(Xml.SubElement(root, "labeling", type="simple"), "settings")
    text = Xml.SubElement(
        settings,
        "text-style",
        fieldName="name || ' ' || format_number(score, 2)",
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        textColor="0,0,0,255",
        textOpacity="1",
    )
    Xml.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
        bufferOpacity="1",
    )
    Xml.SubElement(settings, "placement", placement=OUTSIDE_POLYGONS, dist="0.5", distUnits="MM")
    Xml.SubElement(settings, "rendering", drawLabels="1", minFeatureSize=LABELLED_MM)
    return _text(root)


def _categorise(root: Xml.Element, legend: Legend, field: str, fill: Callable[[LegendEntry], dict[str, str]]) -> None:
    """Give polygons a symbol for each class value in `field`, filled and outlined as `fill` says."""
    renderer = Xml.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=field, symbollevels="0", enableorderby="0"
    )
    categories, symbols = Xml.SubElement(renderer, "categories"), Xml.SubElement(renderer, "symbols")
    for index, entry in enumerate(legend.entries):
        Xml.SubElement(
            categories,
            "category",
            symbol=str(index),
            value=str(entry.value),
            type="integer",
            label=entry.name,
            render="true",
        )
        symbol = Xml.SubElement(symbols, "symbol", type="fill", name=str(index), alpha="1", clip_to_extent="1")
        layer = Xml.SubElement(symbol, "layer", {"class": "SimpleFill"}, enabled="1", locked="0")
        settings = Xml.SubElement(layer, "Option", type="Map")
        for name, value in fill(entry).items():
            Xml.SubElement(settings, "Option", type="QString", name=name, value=value)


def _raster_style() -> tuple[Xml.Element, Xml.Element]:
    """The frame of a raster's style: its root, and the pipe that takes the renderer."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    pipe = Xml.SubElement(root, "pipe")
    return root, pipe


def _write(path: Path, root: Xml.Element) -> None:
    path.write_text(_text(root), encoding="utf-8")


def _text(root: Xml.Element) -> str:
    Xml.indent(root)
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(root, encoding="unicode") + "\n"
    )
