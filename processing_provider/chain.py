"""Offers a chain of our algorithms, as the graphical modeler has written it, among the algorithms themselves."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingModelAlgorithm

from .algorithm import group_name, icon, icon_path


class Chain(QgsProcessingModelAlgorithm):
    """A chain with a plain id: its name is that of its file, and what people read is the name that stands in it.

    Args:
        path: The `.model3` file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.is_read = self.fromFile(str(path))

    def createInstance(self):
        return Chain(self.path)

    def name(self):
        return self.path.stem

    def displayName(self):
        return super().name()

    def groupId(self):
        return super().group().lower()

    def group(self):
        return group_name(self.groupId())

    def icon(self):
        return icon(self.groupId())

    def svgIconPath(self):
        return icon_path(self.groupId())
