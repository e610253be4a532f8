"""Finds out what class values mean: names and colours from the files that lie with a raster, or from a style file.

Names stand in GDAL's `.aux.xml` (class names, or an attribute table), in a virtual raster itself, or in QGIS's `.qml`.
rasterio reads none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as Xml  # nosec B405 - see `_root`
from xml.parsers import expat  # nosec B407 - see `_root`

from ..errors import InputError
from ..requests.named_value import NamedValue

VALUE, RED, GREEN, BLUE = ("5", "6", "7", "8")
NAME, LEAST = "2", "3"
"""What GDAL calls the uses of columns in an attribute table (`GDALRATFieldUsage`); `LEAST` starts a range."""


@dataclass(frozen=True)
class ClassNames:
    """Names and colours by value.

    Args:
        names: Name of each value that has one; a number alone is none, as colour tables give one to every value.
        colours: Colour of each value that has one, as `#rrggbb`.
    """

    names: Mapping[int, str]
    colours: Mapping[int, str]

    @property
    def values(self) -> tuple[int, ...]:
        """The values that are spoken of, in order."""
        return tuple(sorted({*self.names, *self.colours}))

    def name(self, value: int) -> str:
        """The name of a value, else the value itself."""
        return self.names.get(value, str(value))

    def value_of(self, text: str) -> int | None:
        """The value that a text names, whatever its case and spaces; `None`: none.

        Raises:
            InputError: Several values share the name.
        """
        found = [value for value, name in self.names.items() if plain(name) == plain(text)]
        if len(found) > 1:
            raise InputError(
                "The class {name} stands for several values of the map: {values}. Give each a name of its own, or use "
                "a CLASS_FIELD of numbers.",
                name=text,
                values=", ".join(map(str, found)),
            )
        return found[0] if found else None


def plain(text: str) -> str:
    """A name as it is compared: whatever its case, and its spaces, hyphens and underscores alike."""
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def class_names(path: str, shown: Iterable[NamedValue] = ()) -> ClassNames:
    """What the values of a class raster mean.

    Args:
        path: What GDAL opens.
        shown: What the user sees in QGIS, which counts more than what lies in files.
    """
    found = list(shown)
    for side, read in (
        (Path(path + ".aux.xml"), _of_pam),
        (Path(path), _of_pam),
        (Path(path).with_suffix(".qml"), _of_style),
    ):
        if side.suffix.lower() in (".xml", ".vrt", ".qml") and side.is_file():
            found += read(_root(side))
    return _gathered(found)


def names_in_style(path: str) -> ClassNames:
    """What a style file of QGIS says of class values: the palette of a raster, else the categories of a vector layer.

    Raises:
        InputError: It cannot be read, or names no whole numbers.
    """
    root = _root(Path(path))
    found = list(_of_style(root)) or list(_of_categories(root))
    if not found:
        raise InputError(
            "{path} names no classes. A legend is the style of a raster with paletted or unique values, or of a "
            "categorised vector layer, whose values are whole numbers. Style a layer so, and save its style as a QGIS "
            "style file.",
            path=path,
        )
    return _gathered(found)


def _gathered(found: Sequence[NamedValue]) -> ClassNames:
    """Names and colours, of which the first of each value counts."""
    names = {each.value: each.name for each in reversed(found) if each.name and each.name != str(each.value)}
    colours = {each.value: each.colour for each in reversed(found) if each.colour}
    return ClassNames(dict(sorted(names.items())), colours)


def _root(path: Path) -> Xml.Element:
    """The root of an XML file, in whichever encoding it says that it has.

    Raises:
        InputError: It cannot be read, or defines entities, by which a small file can become a huge one.
    """
    try:
        written = path.read_bytes()
        check = expat.ParserCreate()
        check.EntityDeclHandler = _refuse_entity
        check.Parse(written, True)
        return Xml.fromstring(written)  # noqa: S314 # nosec B314 - one with entities does not come this far
    except (OSError, ValueError, LookupError, expat.ExpatError, Xml.ParseError) as error:
        raise InputError(
            "{path} cannot be read: {reason}. Mend it or take it away; it holds the names of the classes.",
            path=str(path),
            reason=str(error),
        ) from error


def _refuse_entity(*_: object) -> NoReturn:
    raise ValueError("it defines entities")


def _of_pam(root: Xml.Element) -> Iterator[NamedValue]:
    """Class names and attribute table of the first band, as GDAL keeps them."""
    band = next((each for each in root if each.tag.endswith("RasterBand") and each.get("band") == "1"), None)
    if band is None:
        return
    for value, category in enumerate(band.findall("CategoryNames/Category")):
        yield NamedValue(value, (category.text or "").strip())
    table = band.find("GDALRasterAttributeTable")
    if table is None:
        return
    uses = [field.findtext("Usage", "") for field in table.findall("FieldDefn")]
    places = {use: number for number, use in reversed(list(enumerate(uses)))}  # the first column of each use
    value_place, name_place = places.get(VALUE, places.get(LEAST)), places.get(NAME)
    for row in table.findall("Row"):
        cells = [(cell.text or "").strip() for cell in row.findall("F")]
        if value_place is not None and name_place is not None and len(cells) == len(uses):
            number = _whole(cells[value_place])
            if number is not None:
                yield NamedValue(number, cells[name_place], _rgb([cells[places[use]] for use in _colours(places)]))


def _of_style(root: Xml.Element) -> Iterator[NamedValue]:
    """The entries of a palette, as QGIS keeps them."""
    for entry in root.findall(".//rasterrenderer[@type='paletted']/colorPalette/paletteEntry"):
        number = _whole(entry.get("value", ""))
        if number is not None:
            yield NamedValue(number, entry.get("label", "").strip(), _hex(entry.get("color", "")))


def _of_categories(root: Xml.Element) -> Iterator[NamedValue]:
    """The categories of a vector layer, as QGIS keeps them, with the colours of their symbols."""
    renderer = root.find("./renderer-v2[@type='categorizedSymbol']")
    if renderer is None:
        return
    symbols = {symbol.get("name"): symbol for symbol in renderer.findall("symbols/symbol")}
    for category in renderer.findall("categories/category"):
        number, symbol = _whole(category.get("value", "")), symbols.get(category.get("symbol"))
        if number is not None:
            colour = "" if symbol is None else _symbol_colour(symbol)
            yield NamedValue(number, category.get("label", "").strip(), colour)


def _symbol_colour(symbol: Xml.Element) -> str:
    """The colour of a symbol's lowest layer; QGIS 3.22 may write `prop` for what is `Option` since."""
    for path, key in (("layer/Option/Option", "name"), ("layer/prop", "k")):
        told = {option.get(key): option.get("value", option.get("v", "")) for option in reversed(symbol.findall(path))}
        text = told.get("color") or told.get("line_color") or ""
        if text:
            return _rgb(text.split(",")[:3])
    return ""


def _colours(places: Mapping[str, int]) -> tuple[str, ...]:
    """The uses that hold red, green and blue, where all three are there."""
    return (RED, GREEN, BLUE) if {RED, GREEN, BLUE} <= places.keys() else ()


def _rgb(cells: list[str]) -> str:
    """A colour of three numbers from 0 to 255, or empty."""
    numbers = [number for number in map(_whole, cells) if number is not None and 0 <= number <= 255]
    return "#" + bytes(numbers).hex() if len(numbers) == 3 else ""


def _hex(text: str) -> str:
    """A colour `#rrggbb`, or empty where it is written otherwise."""
    return text.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else ""


def _whole(text: str) -> int | None:
    """A whole number, or `None` where the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
