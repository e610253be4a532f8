"""Says how far tiles lie from those that a network was trained on, by what the network computes inside of them.

A network is as sure of itself on images of another kind as on its own, so its confidence does not tell them apart; its
features do. Their distribution over tiles is taken for a normal one, and a tile is as far as its Mahalanobis distance,
after Lee et al. 2018 (A simple unified framework for detecting out-of-distribution samples, arXiv 1807.03888, sections
2.1 and 2.2, where early layers help as well). Deviations: one distribution instead of one for each class, since a tile
shows several; all layers in one; features in units of their spread, a covariance that is shrunk, and of that only the
main directions, so that it fits into a card; and a limit from places that were held out one after the other, since a
map is wanted of places that are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError

CARD_KEY = "terraloom:familiarity"
"""The property of a model card that holds it."""

TILE_PX = 256
"""Side of the tiles that are looked at, where no other is said."""

SHARE = 0.95
"""Share of the held-out tiles that lie within the limit. At 0.99 a few tiles of open sea set it, so high that nothing
lay beyond but noise; a scene is judged by many tiles, of which one in twenty may be odd."""

SHRINKAGE = 0.01
"""How much of the covariance gives way to that of features that have nothing to do with each other. From 0.003 to 0.03
it makes no difference."""

MOST_DIRECTIONS = 12
"""Directions in which tiles vary that are kept; in the others they are taken to vary alike. From 8 to 32 it makes no
difference."""

FLATTEST = 1e-3
"""A feature that hardly varies is taken to vary by this share of what the liveliest one does."""

DIGITS = 4

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Familiarity:
    """The tiles that a network was trained on, as a normal distribution of their features.

    Args:
        tensors: Names of the arrays inside the ONNX file that features are taken from.
        mean: Mean of each feature, `(features,)`.
        scale: Standard deviation of each feature, `(features,)`.
        directions: In which scaled features vary most, unit vectors, `(directions, features)`.
        variances: How much they do there, `(directions,)`.
        rest: How much they do in any other direction.
        limit: Squared distance for each feature, see `distances`, beyond which a tile is unfamiliar.
        tiles: How many tiles it was fitted on.
        groups: From how many places they are.
        tile_px: Side of the tiles; larger ones hold more of the ground's variety.
    """

    tensors: tuple[str, ...]
    mean: Values
    scale: Values
    directions: Values
    variances: Values
    rest: float
    limit: float
    tiles: int
    groups: int
    tile_px: int = TILE_PX

    def __post_init__(self) -> None:
        count = len(self.mean)
        shapes = self.mean.shape, self.scale.shape, self.directions.shape, self.variances.shape
        parts = (self.mean, self.scale, self.directions, self.variances, np.array([self.rest, self.limit]))
        positive = min((*self.scale, *self.variances, self.rest, self.limit, self.tile_px), default=0) > 0
        expected = (count,), (count,), (len(self.variances), count), (len(self.variances),)
        finite = all(np.isfinite(part).all() for part in parts)
        if not (self.tensors and count and shapes == expected and positive and finite):
            raise ModelError(
                "What the model card says in {key} cannot be: {features} features, {directions} directions, limit "
                "{limit:g}. Use the model as it was published.",
                key=CARD_KEY,
                features=count,
                directions=len(self.variances),
                limit=self.limit,
            )

    def distances(self, features: Values) -> Values:
        """Squared Mahalanobis distance of tiles, over the number of features: about 1 for tiles of the training.

        Args:
            features: `(tiles, features)`.

        Returns:
            `(tiles,)`.

        Raises:
            ModelError: The network has other features than the card says.
        """
        if np.shape(features)[1:] != self.mean.shape:
            raise ModelError(
                "The model card says in {key} what {expected} features are usually like; the network has {found}. The "
                "card belongs to another network; import the model again.",
                key=CARD_KEY,
                expected=len(self.mean),
                found=np.shape(features)[-1],
            )
        scaled = (np.asarray(features, float) - self.mean) / self.scale
        along = scaled @ self.directions.T
        across = np.maximum((scaled**2).sum(axis=1) - (along**2).sum(axis=1), 0)
        return np.asarray(((along**2 / self.variances).sum(axis=1) + across / self.rest) / len(self.mean))

    def unfamiliar(self, features: Values) -> NDArray[np.bool_]:
        """Which tiles lie beyond the limit, `(tiles,)`; those of which a feature is no number do."""
        return np.asarray(~(self.distances(features) <= self.limit))

    @classmethod
    def from_document(cls, document: Any) -> Familiarity:
        """Read what a card says.

        Raises:
            ModelError: A field is missing or makes no sense.
        """
        try:
            features = len(document["mean"])
            return cls(
                tensors=tuple(map(str, document["tensors"])),
                mean=np.array(document["mean"], float),
                scale=np.array(document["scale"], float),
                directions=np.array(document["directions"], float).reshape(-1, features),
                variances=np.array(document["variances"], float),
                rest=float(document["rest"]),
                limit=float(document["limit"]),
                tiles=int(document["tiles"]),
                groups=int(document["groups"]),
                tile_px=int(document.get("tile_px", TILE_PX)),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "What the model card says in {key} cannot be read: {reason}. Use the model as it was published.",
                key=CARD_KEY,
                reason=f"{type(error).__name__} {error}",
            ) from error

    def to_document(self) -> dict[str, Any]:
        """Describe it in JSON's terms, for the card."""
        return {
            "tensors": list(self.tensors),
            "mean": self.mean.tolist(),
            "scale": self.scale.tolist(),
            "directions": self.directions.tolist(),
            "variances": self.variances.tolist(),
            "rest": self.rest,
            "limit": self.limit,
            "tiles": self.tiles,
            "groups": self.groups,
            "tile_px": self.tile_px,
        }


def fit(tensors: Sequence[str], features: Values, groups: Sequence[Any]) -> Familiarity:
    """Fit the distribution to tiles of the training, and the limit to how far places lie from all others.

    Each place counts the same, however many tiles it has.

    Args:
        tensors: Where the features come from.
        features: `(tiles, features)`.
        groups: The place of each tile, `(tiles,)`: two at least.

    Raises:
        ValueError: There are fewer places, or a feature is no number.
    """
    features = np.asarray(features, float)
    places, of = np.unique(np.asarray(groups), return_inverse=True)
    if len(places) < 2 or len(of) != len(features) or not np.isfinite(features).all():
        raise ValueError(f"{len(features)} tiles from {len(places)} places: known tiles of two places are needed")
    weights = 1 / np.bincount(of)[of]
    far = np.empty(len(features))
    for place in range(len(places)):
        others = of != place
        rest = _fit(tensors, features[others], weights[others], 1.0, len(places) - 1)
        far[~others] = rest.distances(features[~others])
    return _fit(tensors, features, weights, _quantile(far, weights, SHARE), len(places))


def fit_familiarity(path: Path, tiles: Sequence[NDArray[np.float32]], groups: Sequence[Any]) -> Familiarity:
    """Fit to tiles that a network of one image was trained on; `to_document` of it goes into the card, as `CARD_KEY`.

    Args:
        path: The `.onnx` file, whose last convolution gives the scores of the classes.
        tiles: As the network gets them, scaled, `(bands, rows, cols)`; of the size that runs look at, 256 x 256 px.
        groups: The place of each, so that neighbours do not vouch for each other: two at least, better five.

    Raises:
        ModelError: The network has no features before its last convolution.
        ValueError: The tiles are from fewer than two places.
    """
    from .inner_features import InnerFeatures, names_of_features  # only here: the rest needs numpy alone

    tensors = names_of_features(path)
    inner = InnerFeatures(path, tensors, threads=0)
    return fit(tensors, np.stack([inner([tile], np.ones(tile.shape[1:], bool)) for tile in tiles]), groups)


def _fit(tensors: Sequence[str], features: Values, weights: Values, limit: float, groups: int) -> Familiarity:
    """The distribution of weighted tiles, in numbers as short as a card wants them."""
    mean = np.average(features, axis=0, weights=weights)
    spread = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=weights))
    scale = np.maximum(spread, max(FLATTEST * spread.max(), np.finfo(np.float32).tiny))
    scaled = (features - mean) / scale
    covariance = (scaled * weights[:, np.newaxis]).T @ scaled / weights.sum()
    variances, vectors = np.linalg.eigh(covariance)
    variances = (1 - SHRINKAGE) * variances[::-1].clip(0) + SHRINKAGE
    kept = min(MOST_DIRECTIONS, len(mean))
    return Familiarity(
        tensors=tuple(tensors),
        mean=_short(mean),
        scale=_short(scale),
        directions=vectors.T[::-1][:kept].round(DIGITS),
        variances=_short(variances[:kept]),
        rest=float(_short(variances[kept:].mean() if kept < len(mean) else variances[-1])),
        limit=float(_short(limit)),
        tiles=len(features),
        groups=groups,
    )


def _quantile(values: Values, weights: Values, share: float) -> float:
    """The smallest value that a share of the weight lies at or below."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, share)), len(values) - 1)])


def _short(values: Any) -> Values:
    """Numbers with as many digits as tell."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in np.ravel(values)]).reshape(np.shape(values))
