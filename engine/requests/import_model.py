"""Import a model: a network of another tool becomes one of the user's own library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..library.formats import check_format
from .card_fields import CardFields

LONGEST_NAME = 60
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself."""


@dataclass(frozen=True)
class ImportModel:
    """What is asked of `importmodel`.

    Args:
        file: The `.onnx` file.
        library: Folder that holds a folder for each model.
        name: Name of the model; empty: that of the file.
        fields: What its card lacks.
        report: HTML page for people; empty: none.
        card: The card as JSON; empty: none.
    """

    file: str
    library: str
    name: str = ""
    fields: CardFields = CardFields()
    report: str = ""
    card: str = ""

    def __post_init__(self) -> None:
        if not self.file:
            raise InputError("FILE is empty. Choose a network in ONNX form (.onnx).")
        check_format(Path(self.file))
        if not self.model_id:
            raise InputError("NAME is {found}; it needs at least one letter or digit.", found=self.name or self.file)

    @property
    def model_id(self) -> str:
        """The name as it is written in MODEL: safe as a folder's name everywhere."""
        return model_id_of(self.name or Path(self.file).stem)

    @property
    def folder(self) -> Path:
        """Where the model goes."""
        return Path(self.library) / self.model_id

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for, the model's folder first."""
        return tuple(path for path in (str(self.folder), self.report, self.card) if path)


def model_id_of(name: str) -> str:
    """A name as it is written in MODEL: safe as a folder's name everywhere; empty where nothing is left of it."""
    text = unicodedata.normalize("NFC", name).lower()
    safe = re.sub(r"[^\w.-]+", "-", text)[:LONGEST_NAME].strip("-._")
    return f"{safe}-model" if RESERVED.fullmatch(safe) else safe
