"""Finds the scenes of a watched folder or of a STAC list, in the order of time."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
REMOTE = {"http": "/vsicurl/http://", "https": "/vsicurl/https://", "s3": "/vsis3/", "gs": "/vsigs/"}
"""How GDAL opens what lies elsewhere, by the scheme of its URL."""


def _load(room: str, name: str) -> ModuleType:
    """A module of the engine that needs no other; the plugin's folder may have any name."""
    spec = importlib.util.spec_from_file_location(f"terraloom_{name}", ROOT / "engine" / room / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


dates, urls = _load("images", "dates"), _load("requests", "secrets_in_texts")


@dataclass(frozen=True, order=True)
class Scene:
    """One scene; scenes sort by time, then by name.

    Args:
        when: Day, or time in UTC, as ISO text.
        name: What its results are called.
        source: What the algorithm is given: a path, or a URL as GDAL opens it.
        mark: Tells this version of it from others: size and time of change of a file, `updated` of a remote item.
    """

    when: str
    name: str
    source: str
    mark: str

    @property
    def shown(self) -> str:
        """The source as it is written down and known again: without what lets one in, which is new each time."""
        return str(urls.without_secrets(self.source))


class BadItemError(ValueError):
    """An item of a list names no scene; the others may."""


BAD = (ValueError, TypeError, AttributeError, OverflowError)
"""What an item raises that is not made as STAC has it: texts where lists belong, times before time began."""


def scenes_in_folder(folder: Path, pattern: str, is_dated: bool) -> tuple[list[Scene], list[str]]:
    """The files of a folder that match a pattern, and what is wrong with others.

    Hidden ones are left out: programs that copy use such names. A file and links to it are one scene, which is called
    as the file is.

    Args:
        folder: The folder.
        pattern: Which files of it are scenes.
        is_dated: Whether the algorithm is told the days: then the time of a file, which may be that of its copy, will
            not do.

    Raises:
        OSError: The folder is not there or cannot be read, of which a search says nothing.
    """
    os.scandir(folder).close()
    found: dict[str, Scene] = {}
    problems = []
    for path in sorted(folder.glob(pattern), key=lambda path: (path.is_symlink(), path)):
        source = os.path.realpath(path)  # of links that lead to each other, pathlib raises
        if source in found:
            continue
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        state = None if hidden else _state(path)
        if state:
            named = dates.moment_in_name(path.name)
            if is_dated and not named:
                problems.append(f"{path} waits: its name tells no date, and the algorithm needs it. Rename the file.")
                continue
            when = named or datetime.fromtimestamp(state.st_mtime, timezone.utc).isoformat()
            found[source] = Scene(when, path.stem, source, _mark(state))
    return sorted(found.values()), sorted(problems)


def scenes_in_list(path: Path, asset: str) -> tuple[list[Scene], list[str]]:
    """The scenes of a STAC ItemCollection, of a list of items or of one item, and what is wrong with other items.

    Of items of one scene the one that was updated last counts, or else the first.

    Args:
        path: The JSON file.
        asset: Which asset of each item is the scene.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no such list, perhaps because it is being written.
        RecursionError: It is nested too deeply.
    """
    document = json.loads(path.read_text("utf-8"))
    items = document.get("features", [document]) if isinstance(document, dict) else document
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("it holds no list of STAC items")
    found: dict[str, tuple[str, Scene]] = {}
    problems = []
    if _has_next_page(document):
        problems.append(f"{path} is one page of several (links, next): items of the others are not mapped. Join them.")
    for number, item in enumerate(items, 1):
        try:
            scene = _scene_of_item(item, asset, path.resolve().parent)
            updated = _updated(item)
            if scene.shown not in found or found[scene.shown][0] < updated:
                found[scene.shown] = updated, scene
        except BAD as problem:
            problems.append(urls.without_secrets(f"Item {item.get('id', number)} of {path} waits: {problem}."))
    return sorted(scene for _, scene in found.values()), problems


def _has_next_page(document: Any) -> bool:
    """Whether a list is one page of the answer to a search."""
    links = document.get("links") if isinstance(document, dict) else None
    return isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links)


def mark_of(source: str) -> str:
    """What tells this version of a file from others; empty where there is no file."""
    state = _state(Path(source))
    return _mark(state) if state else ""


def is_remote(source: str) -> bool:
    """Whether GDAL fetches it from elsewhere, so that nothing can be said of size and time."""
    return source.startswith("/vsi")


def _mark(state: os.stat_result) -> str:
    return f"{state.st_size} bytes, {state.st_mtime_ns} ns"


def _state(path: Path) -> os.stat_result | None:
    """Size, times and so on of a file; `None` where there is none, or none any more."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state if stat.S_ISREG(state.st_mode) else None


def _scene_of_item(item: dict[str, Any], asset: str, base: Path) -> Scene:
    """The scene of an item.

    Raises:
        BadItemError: There is none, or not yet.
    """
    assets, properties = item.get("assets") or {}, item.get("properties") or {}
    href = (assets.get(asset) or {}).get("href")
    if not href:
        raise BadItemError(f"it has no asset {asset}, but {', '.join(assets) or 'none at all'}")
    source = _opened_by_gdal(href, base)
    mark = f"updated {properties.get('updated', 'never')}" if is_remote(source) else mark_of(source)
    if not mark:
        raise BadItemError(f"there is no file {source} yet")
    source.encode()  # what is no text cannot be written down
    name = re.sub(r"[^\w.-]+", "_", str(item.get("id") or Path(dates.name_at(source)).stem)).strip("._")
    return Scene(_time_of_item(properties), name or "scene", source, mark)


def _opened_by_gdal(href: str, base: Path) -> str:
    """What GDAL opens; relative paths count from the list's own folder."""
    scheme, separator, rest = href.partition("://")
    if href.startswith("/vsi"):
        return href
    if not separator:
        return os.path.realpath(base / href)
    if scheme == "file":
        return unquote(urlsplit(href).path)
    if scheme not in REMOTE:
        raise BadItemError(f"{href} is neither a path nor one of {', '.join(REMOTE)}")
    return REMOTE[scheme] + rest


def _time_of_item(properties: dict[str, Any]) -> str:
    """`datetime`, or where it is null the end of the span: then all of the scene had been seen."""
    text = properties.get("datetime") or properties.get("end_datetime") or properties.get("start_datetime")
    if not text:
        raise BadItemError("it has no datetime")
    try:
        return _in_utc(str(text))
    except (ValueError, OverflowError):
        raise BadItemError(f"its datetime is {text}, which is none") from None


def _updated(item: dict[str, Any]) -> str:
    """When an item was last updated; empty where that is not told."""
    try:
        return _in_utc(str(item["properties"].get("updated")))
    except (ValueError, OverflowError):
        return ""


def _in_utc(text: str) -> str:
    """A time as ISO text in UTC, which sorts by time.

    Raises:
        ValueError: It is none.
        OverflowError: In UTC it lies before the first year or after the last.
    """
    # Python 3.9 reads neither Z nor fractions of other than three or six digits.
    plain = re.sub(r"\.(\d+)", lambda digits: "." + digits[1][:6].ljust(6, "0"), text.upper().replace("Z", "+00:00"))
    moment = datetime.fromisoformat(plain)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).isoformat()
