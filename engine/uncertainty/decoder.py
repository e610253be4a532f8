"""Turns what members say together into the bands of an uncertainty map, and into the class that they choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..decoding import ClassDecoder
from ..legend import Legend
from ..library.card import ModelCard
from .measures import entropy

ENTROPY, MUTUAL_INFORMATION, CONFIDENCE = "entropy", "mutual information", "confidence"


def band_names(several: bool) -> tuple[str, ...]:
    """The bands of an uncertainty map; members must be several to disagree."""
    return (ENTROPY, MUTUAL_INFORMATION, CONFIDENCE) if several else (ENTROPY, CONFIDENCE)


@dataclass(frozen=True)
class UncertaintyDecoder:
    """Decodes what `measures.combine` gives.

    Args:
        card: What the members have in common.
        legend: Its classes.
        several: Whether there are several members.
    """

    directions: ClassVar[tuple[int, int] | None] = None

    card: ModelCard
    legend: Legend
    several: bool

    @property
    def chooser(self) -> ClassDecoder:
        """What chooses the class from mean probabilities; of pixels that a map leaves without one, the likeliest."""
        output = replace(self.card.output.choosing, lone=self.card.output.lone or self.card.lines is not None)
        return ClassDecoder(output, self.legend, ("classes", "confidence"), averaged=True)

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean probabilities and mutual information: that is what may be averaged over tiles."""
        return output

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """`values`: the bands of `band_names`, `(bands, rows, cols)`; `classes`: the values chosen, `(rows, cols)`."""
        probability = measured[:-1]
        chosen = self.chooser.layers(probability)
        disagreement = (measured[-1],) if self.several else ()
        return {
            "values": np.stack([entropy(probability), *disagreement, chosen["confidence"]]),
            "classes": chosen["classes"],
        }
