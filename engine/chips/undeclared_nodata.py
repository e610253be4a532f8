"""Finds values in chips and tiles that look like nodata nobody declared: they spoil what is learnt of all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..progress import Progress
from ..values.dubious_values import MUCH_BLACK
from .chip_writer import BandStatistics
from .unlabelled_ground import Chunks

ENOUGH = 0.001
"""Share of a band's values that one must have: of -9999 in reflectances so few double the standard deviation."""

CODES = 32
"""Values that a band of codes or counts has at most: where one of those is rare in every chip, it is no nodata."""

FAR = 3.0
"""Standard deviations of all others between a value and the nearest of them."""


class NodataWatch:
    """Looks at the known values of one input as they are cut, and then tells of what looks odd.

    Args:
        name: Of the input.
        bands: Names of its bands, of one date.
    """

    def __init__(self, name: str, bands: Sequence[str]) -> None:
        self._name, self._bands = name, bands
        self._lows, self._highs = [_End(-1) for _ in bands], [_End(1) for _ in bands]
        self._others = [BandStatistics(1) for _ in bands]
        self._counts = np.zeros(len(bands), np.int64)
        self._distinct: list[set[float]] = [set() for _ in bands]
        self._pixels = self._black = self._dark = 0

    def feed(self, values: np.ma.MaskedArray) -> None:
        """Take in a chip or tile, `(dates * bands, rows, cols)`; masked pixels do not count."""
        if len(values) == len(self._bands) > 1:  # as for maps: no rain, no slope and no water are 0 as well
            known = ~np.ma.getmaskarray(values).any(axis=0)
            self._pixels += int(np.count_nonzero(known))
            black = known & ~values.data.any(axis=0)
            self._black += int(np.count_nonzero(black))
            self._dark += int(np.count_nonzero(known & ~black & ~values.data.all(axis=0)))
        by_band = values.reshape(-1, len(self._bands), values[0].size)
        for band in range(len(self._bands)):
            found = by_band[:, band].compressed().astype(np.float64)
            if not len(found):
                continue
            self._counts[band] += len(found)
            if len(self._distinct[band]) <= CODES:
                self._distinct[band].update(np.unique(found).tolist())
            low, high = found.min(), found.max()
            between = np.ma.masked_where((found == low) | (found == high), found)
            self._others[band].feed(between[np.newaxis, np.newaxis])
            for end, value in ((self._lows[band], low), (self._highs[band], high)):
                end.feed(value, int(np.count_nonzero(found == value)))

    def tell(self, progress: Progress) -> None:
        """Warn of ground that is 0 in all bands, and of values that many pixels have, far from all others."""
        share = self._black / max(1, self._pixels)
        if MUCH_BLACK <= share < 1 and self._dark < self._black:  # masks and slopes are 0 in one band as often
            progress.warn(
                "About {percent:.0f} % of input {name} is 0 in all bands, and its file does not say that 0 is nodata. "
                "If nothing was seen there, it is learnt as if it were ground: assign the nodata value 0 first "
                "(Raster > Conversion > Translate), and run this again.",
                percent=100 * share,
                name=self._name,
            )
            return
        odd: dict[float, dict[str, float]] = {}
        for band, name in enumerate(self._bands):
            if len(self._distinct[band]) <= CODES:
                continue
            for end in (self._lows[band], self._highs[band]):
                share = end.count / max(1, self._counts[band])
                if share >= ENOUGH and end.is_far_from(self._others[band]):
                    odd.setdefault(end.value, {})[name] = share
        for value, shares in odd.items():
            progress.warn(
                "In {name}, {percent:.2g} % of the values of {bands} are exactly {value:g}, far from all others. If "
                "that stands for nothing, it spoils what is learnt of the image: assign it as the nodata value first "
                "(Raster > Conversion > Translate), and run this again.",
                name=self._name,
                percent=100 * max(shares.values()),
                bands=", ".join(shares),
                value=value,
            )


def watched(tiles: Iterable[Chunks], watches: Sequence[NodataWatch]) -> Iterator[Chunks]:
    """Tiles as they come; the watch of each input sees them."""
    for chunks in tiles:
        for watch, chunk in zip(watches, chunks):
            watch.feed(chunk)
        yield chunks


class _End:
    """The lowest (sign -1) or highest (1) value of a band, how often it occurs, and the nearest that ends a chip."""

    def __init__(self, sign: int) -> None:
        self._sign = sign
        self.value, self._next, self.count = -sign * np.inf, -sign * np.inf, 0

    def feed(self, value: float, count: int) -> None:
        """Take in the end of one chip."""
        if value == self.value:
            self.count += count
        elif self._sign * value > self._sign * self.value:
            self.value, self._next, self.count = value, self.value, count
        elif self._sign * value > self._sign * self._next:
            self._next = value

    def is_far_from(self, others: BandStatistics) -> bool:
        """Whether it lies far from all others, which are no single value."""
        within = others.highest[0] if self._sign > 0 else others.lowest[0]
        nearest = max(self._sign * self._next, self._sign * within)
        return bool(others.squares[0] > 0 and self._sign * self.value - nearest > FAR * others.std[0])
