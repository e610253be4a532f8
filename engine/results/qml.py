"""Writes QGIS's style files, so that a result looks right wherever it is opened. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from colorsys import hsv_to_rgb
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml  # nosec B405 - XML is written here, never read

from ..legend import Legend, LegendEntry

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
"""Five stops of matplotlib's default colour ramp: even steps to the eye, also in grey and to the colour-blind."""

DIVERGING = (
    (-1.0, "#2166ac", 255),
    (-0.5, "#4393c3", 200),
    (-0.15, "#92c5de", 90),
    (0.0, "#f7f7f7", 0),
    (0.15, "#f4a582", 90),
    (0.5, "#d6604d", 200),
    (1.0, "#b2182b", 255),
)
"""Stops of a ramp around 0: share of the highest value, colour (ColorBrewer's RdBu), and how opaque it is, 0–255."""

OUTSIDE_POLYGONS = "8"
"""How QGIS numbers the placement of labels beside polygons (`QgsPalLayerSettings.Placement`)."""

MISSED_COLOUR, SPURIOUS_COLOUR = "#CC3311", "#EE7733"
"""Of lines that a network lacks and of those that it made up."""

DARK, LIGHT, CASING_MM = "35,23,9,255", "255,255,255,200", 0.25
"""Colours and width of casings, by which lines are seen on any image."""

LEVELS = {"line": "1", "marker": "0", "fill": "0"}
"""Whether a layer of a symbol is drawn of all features before the next one: else casings cut lines that they join."""

HUES = 12
"""Stops of a hue circle."""

DATE_TEXT = "format_date(\"date\", 'yyyy-MM-dd')"
"""The expression by which features of a date are told apart."""

LABELLED_MM = "4"
"""Smaller objects go without a label until one zooms in."""

SymbolLayers = Sequence[tuple[str, dict[str, str]]]
"""What a symbol consists of, from below: classes of QGIS and their settings."""


def write_class_style(path: Path, legend: Legend, clear: int | None = None) -> None:
    """Style a class raster: each value in its colour, with its name; `clear`, or else the rest, is transparent."""
    clear = legend.rest if clear is None else clear
    root, pipe = _raster_style()
    renderer = Xml.SubElement(pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1")
    palette = Xml.SubElement(renderer, "colorPalette")
    for entry in legend.entries:
        alpha = "0" if entry.value == clear else "255"
        Xml.SubElement(
            palette, "paletteEntry", value=str(entry.value), label=entry.name, color=entry.colour, alpha=alpha
        )
    _write(path, root)


def write_ramp_style(path: Path, low: float, high: float, band: int = 1) -> None:
    """Style a band of a raster of measurements: a continuous ramp from `low` to `high`."""
    root, pipe = _raster_style()
    low, high = _rounded(low, high - low), _rounded(high, high - low)
    stops = [low + (high - low) * index / (len(VIRIDIS) - 1) for index in range(len(VIRIDIS))]
    _shade(pipe, [(value, f"{value:.3g}", colour) for value, colour in zip(stops, VIRIDIS)], band=band)
    _write(path, root)


def write_hue_style(path: Path) -> None:
    """Style the first band of a raster of directions of lines, 0–180°: as hue, which returns to where it began."""
    colours = [_hex(hsv_to_rgb(step / HUES, 0.85, 0.95)) for step in range(HUES + 1)]
    root, pipe = _raster_style()
    stops = [(180 * step / HUES, f"{180 * step / HUES:g}°", colour) for step, colour in enumerate(colours)]
    shader = _shade(pipe, stops)
    Xml.SubElement(shader, "rampLegendSettings", useContinuousLegend="0")  # of a bar only the ends have labels
    _write(path, root)


def write_diverging_style(path: Path, band: int, high: float, is_signed: bool = True) -> None:
    """Style a band of values around 0: blue below, red above, the clearer the farther from it, and nothing at 0.

    Of values without a sign there is nothing below.
    """
    root, pipe = _raster_style()
    high = _rounded(high, high)
    shown = [stop for stop in DIVERGING if is_signed or stop[0] >= 0]
    stops = [(share * high, f"{share * high:.3g}", colour) for share, colour, _ in shown]
    _shade(pipe, stops, [alpha for _, _, alpha in shown], band)
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


def write_date_style(path: Path, days: Sequence[date]) -> None:
    """Style a raster of dates as yyyymmdd: each in a colour of its own, from the first to the last."""
    root, pipe = _raster_style()
    renderer = Xml.SubElement(pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1")
    palette = Xml.SubElement(renderer, "colorPalette")
    for day, colour in zip(days, _ramp(len(days))):
        Xml.SubElement(
            palette, "paletteEntry", value=day.strftime("%Y%m%d"), label=day.isoformat(), color=colour, alpha="255"
        )
    _write(path, root)


def date_polygon_style(days: Sequence[date]) -> str:
    """Style polygons by their field `date`: from the first to the last."""

    def fill(colour: str) -> SymbolLayers:
        settings = {"color": _components(colour, 190), "style": "solid", "outline_color": _components(colour)}
        return [("SimpleFill", {**settings, "outline_width": "0.15", "outline_width_unit": "MM"})]

    return _by_date(days, "fill", fill)


def date_line_style(days: Sequence[date]) -> str:
    """Style lines by their field `date`: from the first to the last, with a light casing."""
    return _by_date(days, "line", lambda colour: _cased(_components(colour), LIGHT, 0.7))


def polygon_style(legend: Legend, field: str) -> str:
    """Style polygons by the class value in `field`: the class's colour with a thin outline; the rest has no fill."""

    def fill(entry: LegendEntry) -> dict[str, str]:
        red, green, blue = entry.rgb
        return {
            "color": f"{red},{green},{blue},{0 if entry.value == legend.rest else 170}",
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


def line_style() -> str:
    """Style centrelines: orange with a dark casing, so that they are seen on light and on dark images."""
    return _single("line", _cased("255,176,0,255", DARK, 0.6))


def difference_style(colour: str) -> str:
    """Style lines in which two networks differ: in one colour with a light casing, seen on maps and on images."""
    return _single("line", _cased(_components(colour), LIGHT, 0.8))


def node_style() -> str:
    """Style the nodes of a network: small dots, white with a dark rim."""
    dot = {"name": "circle", "color": "255,255,255,255", "outline_color": DARK, "outline_width": "0.3"}
    return _single("marker", [("SimpleMarker", {**dot, "size": "1.4", "size_unit": "MM", "outline_width_unit": "MM"})])


def _cased(colour: str, casing: str, width_mm: float) -> SymbolLayers:
    """A line in a colour over a wider one."""
    shared = {"capstyle": "round", "joinstyle": "round", "line_style": "solid", "line_width_unit": "MM"}
    widths = (casing, width_mm + 2 * CASING_MM), (colour, width_mm)
    return [("SimpleLine", {"line_color": each, "line_width": f"{width:g}", **shared}) for each, width in widths]


def _by_date(days: Sequence[date], kind: str, layers_of: Callable[[str], SymbolLayers]) -> str:
    """A style with a symbol for each date; `layers_of` gives the layers of the symbol of a colour, from below."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = Xml.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=DATE_TEXT, symbollevels=LEVELS[kind], enableorderby="0"
    )
    categories, symbols = Xml.SubElement(renderer, "categories"), Xml.SubElement(renderer, "symbols")
    for index, (day, colour) in enumerate(zip(days, _ramp(len(days)))):
        text = day.isoformat()
        Xml.SubElement(categories, "category", symbol=str(index), value=text, type="string", label=text, render="true")
        symbol = Xml.SubElement(symbols, "symbol", type=kind, name=str(index), alpha="1", clip_to_extent="1")
        _add_layers(symbol, layers_of(colour))
    return _text(root)


def _ramp(count: int) -> list[str]:
    """Colours from the first of `VIRIDIS` to its last; a single one is from the middle: the first is dark."""
    stops = [_shares(colour) for colour in VIRIDIS]
    colours = []
    for number in range(count):
        place = (len(stops) - 1) * (number / (count - 1) if count > 1 else 0.5)
        lower = min(int(place), len(stops) - 2)
        low, high = stops[lower], stops[lower + 1]
        red, green, blue = (one + (other - one) * (place - lower) for one, other in zip(low, high))
        colours.append(_hex((red, green, blue)))
    return colours


def _shares(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rrggbb`, 0–1."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _components(colour: str, alpha: int = 255) -> str:
    """`#rrggbb` as QGIS's symbols have it."""
    return ",".join(str(value) for value in (*bytes.fromhex(colour[1:]), alpha))


def _single(kind: str, layers: SymbolLayers) -> str:
    """A style with one symbol for all features, its layers from below."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = Xml.SubElement(root, "renderer-v2", type="singleSymbol", symbollevels=LEVELS[kind], enableorderby="0")
    symbol = Xml.SubElement(
        Xml.SubElement(renderer, "symbols"), "symbol", type=kind, name="0", alpha="1", clip_to_extent="1"
    )
    _add_layers(symbol, layers)
    return _text(root)


def _add_layers(symbol: Xml.Element, layers: SymbolLayers) -> None:
    """Give a symbol its layers, each on a level of its own; see `LEVELS`."""
    for level, (name, values) in enumerate(layers):
        layer = Xml.SubElement(symbol, "layer", {"class": name, "pass": str(level)}, enabled="1", locked="0")
        settings = Xml.SubElement(layer, "Option", type="Map")
        for key, value in values.items():
            Xml.SubElement(settings, "Option", type="QString", name=key, value=value)


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
        _add_layers(symbol, [("SimpleFill", fill(entry))])


def _shade(
    pipe: Xml.Element, stops: Sequence[tuple[float, str, str]], alphas: Sequence[int] = (), band: int = 1
) -> Xml.Element:
    """Give a band of a raster colours between stops: value, label, colour; opaque unless `alphas` says how much.

    Gives the shader, for settings of its legend.
    """
    low, high = stops[0][0], stops[-1][0]
    renderer = Xml.SubElement(
        pipe,
        "rasterrenderer",
        type="singlebandpseudocolor",
        band=str(band),
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
    for (value, label, colour), alpha in zip(stops, alphas or (255,) * len(stops)):
        Xml.SubElement(shader, "item", value=str(value), label=label, color=colour, alpha=str(alpha))
    return shader


def _rounded(value: float, span: float) -> float:
    """An end of a ramp to three digits of what it spans: QGIS writes the ends beside it with all that they have."""
    if not 0 < span < math.inf:
        return value
    return round(value, 2 - math.floor(math.log10(span))) + 0.0  # never -0.0


def _raster_style() -> tuple[Xml.Element, Xml.Element]:
    """The frame of a raster's style: its root, and the pipe that takes the renderer."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    pipe = Xml.SubElement(root, "pipe")
    return root, pipe


def _hex(rgb: tuple[float, float, float]) -> str:
    """A colour of shares 0–1 as #RRGGBB."""
    return "#" + "".join(f"{round(255 * share):02x}" for share in rgb)


def _write(path: Path, root: Xml.Element) -> None:
    path.write_text(_text(root), encoding="utf-8")


def _text(root: Xml.Element) -> str:
    Xml.indent(root)
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(root, encoding="unicode") + "\n"
    )
