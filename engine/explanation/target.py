"""Says which number is explained: the scores of classes, summed over the pixels of a region.

So do captum's wrappers for segmentation (captum tutorial "Semantic segmentation"): which pixels and which class of each
are counted is settled on the image as it is, and stays while the image is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..classes.class_names import plain
from ..errors import InputError
from ..legend import Legend


@dataclass(frozen=True)
class Target:
    """Pixels of a window, and the class that counts at each.

    Args:
        rows: Row of each pixel, `(pixels,)`.
        cols: Column of each pixel, `(pixels,)`.
        classes: Number of the class whose score counts there, `(pixels,)`.
    """

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    classes: NDArray[np.int64]

    @classmethod
    def of(cls, region: NDArray[np.bool_], classes: NDArray[np.int64]) -> Target:
        """The pixels of a region.

        Args:
            region: `(rows, cols)` of the window.
            classes: Number of the class that counts in each pixel, `(rows, cols)`.
        """
        rows, cols = np.nonzero(region)
        return cls(rows, cols, classes[rows, cols])

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """What an array says at the pixels, `(channels, 1, pixels)` of `(channels, rows, cols)`."""
        return values[:, self.rows, self.cols][:, np.newaxis]

    def total(self, scores: NDArray[np.float32]) -> float:
        """The sum over the pixels, of scores `(classes, 1, pixels)`."""
        return float(scores[self.classes, 0, np.arange(len(self))].sum(dtype=np.float64))


def class_number(text: str, names: Sequence[str], legend: Legend | None) -> int | None:
    """The number of the class that TARGET_CLASS means, by its name or its value on maps; `None`: none is named.

    Raises:
        InputError: The model has no such class.
    """
    if not text:
        return None
    found = [number for number, name in enumerate(names) if plain(name) == plain(text)]
    if not found and legend is not None:
        found = [number for number, value in enumerate(legend.values) if str(value) == text]
    if len(found) != 1:
        values = legend.values if legend else ("",) * len(names)
        raise InputError(
            "TARGET_CLASS is {found}; the model has {known}. Give a name or value of these, or leave it empty for what "
            "is predicted.",
            found=text,
            known=", ".join(f"{name} ({value})" if value != "" else name for name, value in zip(names, values)),
        )
    return found[0]
