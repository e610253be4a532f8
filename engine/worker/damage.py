"""Tells the user what GDAL only notes of damaged images: it reads on, and gives rubbish or nothing for the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ..progress import Progress
from ..requests.secrets_in_texts import without_secrets

MARKS = (
    "corrupt jpeg data",
    "premature end of jpeg",
    "to avoid buffer overrun",
    "not enough data",
    "due to lack of data",
)
"""How the libraries word that what they decode is damaged, in lower case; all else that they note is harmless."""


@contextmanager
def damage_told(progress: Progress) -> Iterator[None]:
    """Warn of damage that GDAL notes as long as the context lasts, of each kind once."""
    handler = _Handler(progress)
    logger = logging.getLogger("rasterio")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _Handler(logging.Handler):
    """Takes what rasterio passes on from GDAL."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.WARNING)
        self._progress = progress
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Warn of it, if it tells of damage and is new."""
        words = without_secrets(record.getMessage())
        kind = re.sub(r"\d+", "", words.lower())
        if kind not in self._told and any(mark in kind for mark in MARKS):
            self._told.add(kind)
            self._progress.warn(
                "An image may be damaged, and what was made of it wrong in places: {reason}. Compare the result with "
                "the image, and get a new copy of the file.",
                reason=re.sub(r"^CPLE_\w+( in )?:? ?", "", words).rstrip("."),
            )
