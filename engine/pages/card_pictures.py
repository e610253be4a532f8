"""Finds the pictures of class maps that a model card names and that lie beside the model."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ..library.card import ModelCard

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 1_000_000
"""Larger files would make a report that is slow to open."""

WIDEST_PX = 900
"""A page is not much wider."""

UNLABELLED = (217, 217, 217)
"""The colour of pixels whose value the legend does not have."""


@dataclass(frozen=True)
class CardPicture:
    """A picture.

    Args:
        title: What it shows.
        says: What to see on it.
        png: The file's content.
    """

    title: str
    says: str
    png: bytes

    @property
    def width_px(self) -> int:
        """How wide it is, at most as wide as a page."""
        return min(int(struct.unpack(">I", self.png[16:20])[0]), WIDEST_PX)

    def to_html(self) -> str:
        """The picture and its caption, inside the page."""
        data = base64.b64encode(self.png).decode()
        caption = f"<b>{escape(self.title)}</b>" + (f"<br>{escape(self.says)}" if self.says else "")
        return (
            f'<p><img src="data:image/png;base64,{data}" width="{self.width_px}" '
            f'alt="{escape(self.title)}"></p>\n<p class="caption">{caption}</p>'
        )


def pictures_beside(card: ModelCard, folder: Path) -> tuple[CardPicture, ...]:
    """The pictures of a card (`terraloom:pictures`) that lie in a folder; a model that was copied alone has none."""
    return tuple(_found(card.document["properties"].get("terraloom:pictures"), folder))


def _found(entries: Any, folder: Path) -> Iterator[CardPicture]:
    for entry in entries if isinstance(entries, list) else ():
        name = str(entry.get("file", "")) if isinstance(entry, dict) else ""
        # The card may come from anywhere: it names files beside it, never a way to others.
        if not name or "/" in name or "\\" in name or not (folder / name).is_file():
            continue
        path = folder / name
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        if content.startswith(SIGNATURE) and len(content) > 24:
            yield CardPicture(str(entry.get("title") or path.stem), str(entry.get("says") or ""), content)
