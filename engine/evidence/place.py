"""Opens a map and what is held against it, at one place, and reads all of it window by window on the map's pixels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window

from ..classes.beside import check_beside
from ..classes.class_names import ClassNames, class_names, plain
from ..classes.class_raster import ClassRaster, ClassReader
from ..errors import InputError
from ..grids.grid import Grid, window_of
from ..grids.overlap import overlap
from ..images.mosaic_reader import MosaicReader
from ..images.rasters import Rasters
from ..requests.check_physics import UNITS
from ..requests.report_evidence import ReportEvidence
from ..results.tags import EXPLAINED_CLASS, FEATURES, PARAMETERS, SHA256
from .findings import Floats, Layers

BANDS = {"attribution": "total", "uncertainty": "confidence"}
"""The band that is read of what has several, by its name."""

FROM = {
    "attribution": "OUTPUT of “Explain a prediction”",
    "uncertainty": "OUTPUT of “Estimate uncertainty” and CONFIDENCE of a map",
}

OTHER = ("confidence", "entropy", "mutual information", "total")
"""Bands by which a raster is known to hold no residuals."""

MOST_CONFIDENCE = 1 + 1e-4
"""1, and what warping may add to it."""

COARSER = 1.5
"""How many times as wide as those of attributions the map's pixels may be."""


@dataclass(frozen=True)
class Residuals:
    """What a raster of residuals says of itself.

    Args:
        rule: The rule; empty: not known.
        unit: Unit of the residuals; empty: not known.
        prediction: The map that it was made of; empty: not known.
        tolerance: The tolerance of the check; `None`: not known.
    """

    rule: str = ""
    unit: str = ""
    prediction: str = ""
    tolerance: float | None = None


class EvidencePlace:
    """The map and what is held against it. Use it as a context.

    Args:
        request: What is asked for.

    Raises:
        InputError: A file cannot be opened, has not the bands it must have, or does not lie on the map.
    """

    def __init__(self, request: ReportEvidence) -> None:
        self._request = request
        self._stack = ExitStack()
        self._opened: list[Rasters] = []
        with ExitStack() as opening:
            opening.callback(self._stack.close)
            self.map = self._stack.enter_context(ClassRaster(request.prediction))
            self._rasters = {name: self._open(name, (path,)) for name, path in request.beside.items()}
            self.window = self._window()
            self.grid: Grid = self.map.grid.part(self.window)
            self._classes = self.map.on(self.grid)
            self._counting = _counting(self._tags("attribution").get(FEATURES, ""))
            self._readers = {
                name: raster.on(self.grid, self._bands(name), "float32", self._way(name))
                for name, raster in self._rasters.items()
            }
            self._image = self._shown() if request.image else None
            opening.pop_all()

    def __enter__(self) -> EvidencePlace:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read."""
        return (*self.map.files, *(file for raster in self._opened for file in raster.files))

    @property
    def names(self) -> ClassNames:
        """Names and colours of the map's classes."""
        told = class_names(self._request.prediction, self._request.class_names)
        return ClassNames(told.names, {**self.map.colours, **told.colours})

    def read(self, window: Window) -> Layers:
        """All that is known of a window of the place."""
        layers = _layers(self._classes, self._readers, window)
        if self._counting is None or layers.attribution is None:
            return layers
        values, counts = self._counting
        places = np.searchsorted(values, layers.attribution).clip(0, len(values) - 1)
        return replace(layers, counts=counts[places])

    def image(self, window: Window) -> Floats | None:
        """Three bands of the image in a window, `(3, rows, cols)`, NaN where it shows nothing; `None`: no image."""
        return None if self._image is None else self._image.known(window, np.float32)

    def explained(self) -> int | None:
        """The map's value of the class that was explained; `None`: not known, or not of this map."""
        name = plain(self._tags("attribution").get(EXPLAINED_CLASS, ""))
        found = [value for value, each in self.names.names.items() if plain(each) == name]
        return found[0] if name and len(found) == 1 else None

    def attribution(self, window: Window) -> Floats:
        """The attributions in a window, `(rows, cols)`."""
        values: Floats = self._readers["attribution"].known(window, np.float32)[0]
        return values

    def residuals(self) -> Residuals:
        """What the raster of residuals says of itself."""
        made = _told(self._tags("residual").get(PARAMETERS, ""))
        rule, tolerance = str(made.get("rule", "")), made.get("tolerance")
        return Residuals(
            rule,
            UNITS[rule] if rule in UNITS else "",
            str(made.get("prediction", "")),
            float(tolerance) if isinstance(tolerance, (int, float)) else None,
        )

    def on_other_pixels(self) -> tuple[str, ...]:
        """Which rasters lie on other pixels than the map so that their values are spread or lost on the way to it.

        Residuals wherever pixels differ, as they are rare and steep; attributions where the map's pixels are coarser,
        as what speaks for and against then cancels.
        """
        found = []
        for name, raster in self._rasters.items():
            own = raster.grid
            if name == "residual" and self.map.grid.offset(own) is None:
                found.append(name)
            if name == "attribution" and own.crs == self.map.grid.crs and _side(self.map.grid) > COARSER * _side(own):
                found.append(name)
        return tuple(found)

    def models(self) -> dict[str, str]:
        """The hash of the model behind each raster that tells it, by name."""
        found = {name: self._tags(name).get(SHA256, "") for name in ("prediction", "attribution", "uncertainty")}
        return {name: mark for name, mark in found.items() if mark}

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened."""
        self.map.check_unchanged()
        for raster in self._opened:
            raster.check_unchanged()

    def _open(self, name: str, paths: tuple[str, ...]) -> Rasters:
        """A raster that lies on the map."""
        raster = self._stack.enter_context(Rasters(paths))
        check_beside(name.upper(), paths[0], raster.grid, self.map.grid)
        self._opened.append(raster)
        return raster

    def _shown(self) -> MosaicReader:
        """The bands of the image that make a picture."""
        image = self._open("image", self._request.image)
        return image.on(self.grid, image.bands[:3] if len(image.bands) >= 3 else image.bands[:1] * 3, "float32")

    def _window(self) -> Window:
        """The part of the map that is looked at."""
        if self._request.extent:
            return window_of(self.map.grid, self._request.extent)
        explained = self._rasters.get("attribution")
        under = overlap(self.map.grid, explained.grid) if explained else None
        return under or self.map.grid.window

    def _way(self, name: str) -> Resampling:
        """How a raster is brought to other pixels: between superpixels there is no value."""
        is_of_features = name == "attribution" and self._counting is not None
        return Resampling.nearest if is_of_features else Resampling.bilinear

    def _bands(self, name: str) -> tuple[int, ...]:
        """Which bands of a raster are read: the one that matters, of residuals all.

        Raises:
            InputError: It is not there.
        """
        raster = self._rasters[name]
        if name not in BANDS:
            self._check_residuals(raster)
            return raster.bands
        wanted = BANDS[name]
        found = [band for band, called in zip(raster.bands, raster.band_names) if called == wanted]
        if not found:
            raise InputError(
                "{name} is {path}, whose bands are {found}; one called {wanted} is read, as {source} has it. Choose "
                "such a raster.",
                name=name.upper(),
                path=getattr(self._request, name),
                found=", ".join(raster.band_names),
                wanted=wanted,
                source=FROM[name],
            )
        return (found[-1],)

    def _check_residuals(self, raster: Rasters) -> None:
        """Refuse what is known to be something else.

        Raises:
            InputError: A band is called so.
        """
        other = [called for called in raster.band_names if called in OTHER]
        if other:
            raise InputError(
                "RESIDUAL is {path}, which has a band called {found} and so holds no residuals. Choose the OUTPUT of "
                "“Check physical plausibility”.",
                path=self._request.residual,
                found=other[0],
            )

    def _tags(self, name: str) -> dict[str, str]:
        """What a raster tells of itself; nothing where it is not given."""
        path = getattr(self._request, name)
        if not path:
            return {}
        with rasterio.open(path) as dataset:
            tags: dict[str, str] = dataset.tags()
        return tags


def _layers(classes: ClassReader, readers: Mapping[str, MosaicReader], window: Window) -> Layers:
    """All that is known of a window."""
    values, known = classes.read(window)
    found: dict[str, Any] = {name: reader.known(window, np.float32) for name, reader in readers.items()}
    residual: Floats | None = None
    if "residual" in found:
        residual = np.fmax.reduce(found["residual"], axis=0)
    only = {name: found[name][0] if name in found else None for name in ("attribution", "uncertainty")}
    confidence: Floats = found["uncertainty"][0] if "uncertainty" in found else np.empty(0, np.float32)
    beyond = confidence[(confidence < 0) | (confidence > MOST_CONFIDENCE)]
    if beyond.size:
        raise InputError(
            "UNCERTAINTY has a confidence of {found:g}; it must lie between 0 and 1. Choose the OUTPUT of “Estimate "
            "uncertainty”, or CONFIDENCE of a map.",
            found=float(beyond[np.abs(beyond - 0.5).argmax()]),
        )
    return Layers(values, known, only["attribution"], only["uncertainty"], residual)


def _told(text: str) -> dict[str, Any]:
    """What a tag tells; nothing where it is no document of ours."""
    try:
        made = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def _counting(text: str) -> tuple[Floats, Floats] | None:
    """Values of attributions in order, and by how much pixels up to each count; `None`: each pixel is by itself."""
    try:
        told = sorted((float(value), float(count)) for value, count in _told(text).items())
    except (TypeError, ValueError):
        return None
    values, counts = np.array(told, np.float32).reshape(-1, 2).T
    return (values, counts) if told else None


def _side(grid: Grid) -> float:
    """Side of a pixel in map units."""
    return float(abs(grid.transform.determinant) ** 0.5)
