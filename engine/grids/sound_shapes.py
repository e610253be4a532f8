"""Turns geometries as vector files hold them into shapes that can be worked with, and tells which cannot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

POLYGONS, COLLECTION = (3, 6), 7
"""How shapely numbers polygons, alone and several in one feature, and mixtures of anything."""


@dataclass(frozen=True)
class Unusable:
    """How many features of a layer cannot be used, by why.

    Args:
        missing: They have no geometry, or an empty one.
        broken: Theirs cannot be mended: a ring that is open, for example, no area, or a corner at infinity.
        other: Theirs is sound, but of another kind than is asked for.
    """

    missing: int = 0
    broken: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.missing + self.broken + self.other

    def __add__(self, more: Unusable) -> Unusable:
        return Unusable(self.missing + more.missing, self.broken + more.broken, self.other + more.other)


@dataclass(frozen=True)
class SoundShapes:
    """The geometries of a layer, as far as they can be worked with.

    Args:
        shapes: Their shapes, valid where they are sound, `(features,)`.
        sound: Which can be worked with, `(features,)`.
        missing: Which features have no geometry, or an empty one, `(features,)`.
    """

    shapes: NDArray[np.object_]
    sound: NDArray[np.bool_]
    missing: NDArray[np.bool_]

    def unusable(self, usable: NDArray[np.bool_]) -> Unusable:
        """Why the others than those that are used cannot be."""
        counts = self.missing, ~self.sound & ~self.missing, self.sound & ~usable
        return Unusable(*(int(np.count_nonzero(each)) for each in counts))


def sound_shapes(geometries: NDArray[np.object_] | None) -> SoundShapes:
    """Mend a file's geometries (WKB), and tell those that are missing from those that are beyond mending."""
    shapes = shapes_of(geometries)
    missing = np.array([each is None for each in (() if geometries is None else geometries)], bool)
    missing |= shapely.is_empty(shapes)
    sound = placed(shapes)
    shapes[sound] = mended(shapes[sound])
    sound &= ~shapely.is_empty(shapes)
    return SoundShapes(shapes, sound, missing)


def shapes_of(geometries: NDArray[np.object_] | None) -> NDArray[np.object_]:
    """Shapes of a file's geometries (WKB); `None` for what is missing or none, such as a ring that is open."""
    if geometries is None:
        return np.zeros(0, object)
    with np.errstate(invalid="ignore"):  # NaN as a coordinate
        shapes: NDArray[np.object_] = shapely.from_wkb(geometries, on_invalid="ignore")
    return shapes


def placed(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which shapes lie somewhere with every corner: not those that are missing or empty, at infinity or nowhere."""
    corners, owners = shapely.get_coordinates(shapes, return_index=True)
    found = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    found[owners[~np.isfinite(corners).all(axis=1)]] = False
    return np.asarray(found)


def mended(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Valid shapes of those that are placed. Of polygons areas alone stay, and nothing where there is none.

    A torn polygon may leave lines and points, which would be burnt as pixels; collections keep theirs.
    """
    kinds, valid = shapely.get_type_id(shapes), shapes.copy()
    areal = np.isin(kinds, (*POLYGONS, COLLECTION))
    valid[areal] = shapely.make_valid(shapes[areal])
    torn = np.isin(kinds, POLYGONS) & ~np.isin(shapely.get_type_id(valid), POLYGONS)
    valid[torn] = [_areas(shape) for shape in valid[torn]]
    return valid


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry; empty where it holds none."""
    parts = shapely.get_parts(shapely.get_parts(shape))  # of collections too
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == POLYGONS[0]])
