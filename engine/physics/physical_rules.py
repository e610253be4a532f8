"""Judges a map by laws of nature, window by window: what each of them reads, and what it says of the pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window, intersection

from ..classes.class_raster import ClassReader
from ..grids.grid import Grid
from ..grids.ground import M2_PER_HECTARE, steps_m
from ..images.mosaic_reader import MosaicReader
from .magnitudes import Magnitudes
from .residuals import Flags, Floats, advection_residual, neighbouring_pairs, range_residual, water_level_residual

LATTICE = 33
"""Places along a row where the steps on the ground are measured; between them they hardly bend."""

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""No land lies lower, not even the shore of the Dead Sea, or higher."""


@dataclass(frozen=True)
class Judgement:
    """What a rule says of a window.

    Args:
        residual: `(bands, rows, cols)`, NaN where the rule says nothing.
        judged: The pixels that could violate the rule, and so count in the figures; of the same shape.
        counts: Sums over the window that the figures need beside.
    """

    residual: Floats
    judged: Flags
    counts: Mapping[str, float] = field(default_factory=dict)


class PhysicalRule(Protocol):
    """One rule on one map."""

    grid: Grid

    @property
    def bands(self) -> tuple[str, ...]:
        """What each band of the residual is."""

    @property
    def bands_held(self) -> int:
        """Bands of numbers that are in memory at once for a window."""

    def judge(self, window: Window) -> Judgement:
        """Judge a window of the map's grid. What is said of a pixel does not depend on the window."""

    def term(self, figures: Magnitudes, counts: Mapping[str, float]) -> float:
        """L_physics of the whole map, as the objective of a training has it."""

    def facts(self, counts: Mapping[str, float]) -> dict[str, Any]:
        """Figures of this rule only, in JSON's terms."""


class WaterLevelRule:
    """Water does not stand above dry ground beside it.

    Args:
        grid: Grid of the map.
        classes: The map's classes.
        water: Values of those that are water, with their names.
        elevation_m: One band of elevation.
    """

    bands = ("height above dry neighbours in m",)
    bands_held = 12

    def __init__(self, grid: Grid, classes: ClassReader, water: Mapping[int, str], elevation_m: MosaicReader) -> None:
        self.grid = grid
        self._classes, self._water, self._elevation_m = classes, dict(water), elevation_m
        self._areas_m2 = grid.row_areas_m2

    def judge(self, window: Window) -> Judgement:
        """Heights of water above its dry neighbours."""
        framed = _Frame(window, self.grid)
        classes, known = self._classes.read(framed.inside)
        elevation_m = framed.put(self._elevation_m.known(framed.inside)[0], np.nan)
        is_water = np.isin(classes, list(self._water))
        wet, dry = framed.put(known & is_water, False), framed.put(known & ~is_water, False)
        residual, shore = water_level_residual(wet, dry, elevation_m)
        here, inner = wet[1:-1, 1:-1], elevation_m[1:-1, 1:-1]
        rows = slice(int(window.row_off), int(window.row_off + window.height))
        counts = {
            "wet": int(here.sum()),
            "wet_m2": float(here.sum(axis=1) @ self._areas_m2[rows]),
            "without_elevation": int((here & np.isnan(residual)).sum()),
            "no_land": int(((inner < LOWEST_M) | (inner > HIGHEST_M)).sum()),
            "pairs": neighbouring_pairs((wet | dry) & ~np.isnan(elevation_m)),
        }
        return Judgement(residual[np.newaxis], shore[np.newaxis], counts)

    def term(self, figures: Magnitudes, counts: Mapping[str, float]) -> float:
        """Mean over pairs of neighbours."""
        return figures.total / counts["pairs"] if counts["pairs"] else np.nan

    def facts(self, counts: Mapping[str, float]) -> dict[str, Any]:
        """How much water there is."""
        return {
            "water_classes": list(self._water.values()),
            "wet_pixels": counts["wet"],
            "wet_ha": counts["wet_m2"] / M2_PER_HECTARE,
            "wet_pixels_without_elevation": counts["without_elevation"],
            "pixels_of_impossible_elevation": counts["no_land"],
        }


class RangeRule:
    """Values lie in a range.

    Args:
        values: The map.
        bands: What its bands are.
        minimum: Least value that can be; `None`: any.
        maximum: Largest value that can be; `None`: any.
    """

    def __init__(
        self, values: MosaicReader, bands: tuple[str, ...], minimum: float | None, maximum: float | None
    ) -> None:
        self.grid = values.grid
        self.bands = bands
        self.bands_held = 5 * len(bands)
        self._values, self._minimum, self._maximum = values, minimum, maximum

    def judge(self, window: Window) -> Judgement:
        """Distances from the range."""
        found = self._values.read(window).values
        infinite = int(np.count_nonzero(np.isinf(found.data) & ~np.isin(found.data, list(self._values.nodata))))
        minimum, maximum = (_as_exact_as(found.dtype, bound) for bound in (self._minimum, self._maximum))
        values: Floats = np.ma.filled(found.astype(np.float64), np.nan)
        residual = range_residual(values, minimum, maximum)
        below = 0 if minimum is None else int(np.count_nonzero(values < minimum))
        above = 0 if maximum is None else int(np.count_nonzero(values > maximum))
        return Judgement(residual, ~np.isnan(residual), {"below": below, "above": above, "infinite": infinite})

    def term(self, figures: Magnitudes, counts: Mapping[str, float]) -> float:
        """Mean distance from the range."""
        return figures.mean

    def facts(self, counts: Mapping[str, float]) -> dict[str, Any]:
        """The range, and on which side values leave it."""
        return {"minimum": self._minimum, "maximum": self._maximum, **counts}


def _as_exact_as(dtype: np.dtype[Any], bound: float | None) -> float | None:
    """A bound as values of this type are written: 0.1 in 32 bits is a little more than 0.1 in 64."""
    return float(dtype.type(bound)) if bound is not None and np.issubdtype(dtype, np.floating) else bound


class AdvectionRule:
    """What flows with a velocity only changes its place: ∂u/∂t + v · ∇u = 0.

    Args:
        fields: u, one band for each time.
        times: How many.
        velocity_m_s: Two bands on the same grid: to the east and to the north.
        step_s: Time between two bands.
    """

    def __init__(self, fields: MosaicReader, times: int, velocity_m_s: MosaicReader, step_s: float) -> None:
        self.grid = fields.grid
        self.bands = tuple(f"band {number} to {number + 1}" for number in range(1, times))
        self.bands_held = 3 * times + 16
        self._fields, self._velocity_m_s, self._step_s = fields, velocity_m_s, step_s

    def judge(self, window: Window) -> Judgement:
        """Residuals between successive times."""
        framed = _Frame(window, self.grid)
        fields = [framed.put(band, np.nan) for band in self._fields.known(framed.inside)]
        velocity_px_s = self._velocity_px_s(window)
        residual = np.stack(
            [
                advection_residual(before, after, velocity_px_s, self._step_s)
                for before, after in zip(fields[:-1], fields[1:])
            ]
        )
        return Judgement(residual, ~np.isnan(residual))

    def term(self, figures: Magnitudes, counts: Mapping[str, float]) -> float:
        """Mean square."""
        return figures.mean_square

    def facts(self, counts: Mapping[str, float]) -> dict[str, Any]:
        """The step."""
        return {"step_s": self._step_s}

    def _velocity_px_s(self, window: Window) -> Floats:
        """Velocity along columns and along rows, in pixels each second, `(2, rows, cols)`."""
        east, north = self._velocity_m_s.known(window)
        (across_e, across_n), (down_e, down_n) = _steps_over(self.grid, window)
        with np.errstate(divide="ignore", invalid="ignore"):
            area = across_e * down_n - across_n * down_e
            velocity = np.stack([east * down_n - north * down_e, across_e * north - across_n * east]) / area
        return np.where(np.isfinite(velocity), velocity, np.nan)  # no step on the ground: beyond what the map can show


class _Frame:
    """A window with a frame of one pixel, which may lie beyond the grid, where nothing is known."""

    def __init__(self, window: Window, grid: Grid) -> None:
        around = Window(window.col_off - 1, window.row_off - 1, window.width + 2, window.height + 2)
        self.inside = intersection(around, grid.window)
        top, left = self.inside.row_off - around.row_off, self.inside.col_off - around.col_off
        self._beyond = (
            (int(top), int(around.height - self.inside.height - top)),
            (int(left), int(around.width - self.inside.width - left)),
        )

    def put(self, values: NDArray[Any], unknown: float | bool) -> NDArray[Any]:
        """Values of `inside` with what is missing of the frame, `(rows + 2, cols + 2)`."""
        return np.pad(values, self._beyond, constant_values=unknown)


def _steps_over(grid: Grid, window: Window) -> tuple[Floats, Floats]:
    """Where a pixel across and a pixel down lead from each pixel of a window, in metres: `(2, rows, cols)` each.

    Measured on a lattice of the whole grid, so that the window does not matter, and between its places along a line.
    """
    places = min(grid.width, LATTICE)
    lattice = np.linspace(0.5, grid.width - 0.5, places)
    rows = window.row_off + np.arange(int(window.height)) + 0.5
    columns = window.col_off + np.arange(int(window.width)) + 0.5
    at_rows, at_places = np.repeat(rows, places), np.tile(lattice, len(rows))
    right = np.clip(np.searchsorted(lattice, columns), 1, max(1, places - 1))
    right, left = np.minimum(right, places - 1), np.maximum(right - 1, 0)
    span = np.where(right > left, lattice[right] - lattice[left], 1)
    weight = (columns - lattice[left]) / span

    def between(steps: Floats) -> Floats:
        known = steps.reshape(2, len(rows), places)
        found: Floats = known[..., left] + (known[..., right] - known[..., left]) * weight
        return found

    across, down = steps_m(grid.crs, grid.transform, at_places, at_rows)
    return between(across), between(down)
