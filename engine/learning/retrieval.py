"""Judges a pre-trained encoder on ground that it has not met: is a region found again, is what is hidden told?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from ...models.objectives.contrastive import by_cell
from ...models.objectives.masked import Masked
from ...models.objectives.objective import Batch
from .evaluation import Check, at_once
from .pretraining import Pretraining
from .tile_store import TileStore

NEAREST = (1, 5)
"""Among how many of the likest regions the partner is looked for."""


@dataclass(frozen=True)
class Retrieval:
    """How often a region finds its partner, the same ground in the other view, among those of other held-out tiles.

    Only regions at the same place within their tiles are held against each other: the others are told apart by where in
    a tile they lie, whatever they show.

    Args:
        regions: How many regions look for their partner.
        choices: Among how many each does.
        forward: Recall at each of `NEAREST`, from the first view to the second, 0–1.
        backward: From the second to the first.
    """

    regions: int
    choices: int
    forward: tuple[float, ...]
    backward: tuple[float, ...]

    def recall(self, nearest: int) -> float:
        """Recall, the mean of both ways."""
        place = NEAREST.index(nearest)
        return (self.forward[place] + self.backward[place]) / 2


@dataclass(frozen=True)
class HiddenError:
    """How far what is hidden is told wrong.

    Args:
        value: Mean squared error, patches scaled by their own deviation: 1 is what the mean of each would be wrong by.
    """

    value: float


def recall(asking: NDArray[np.float32], answering: NDArray[np.float32], nearest: int) -> float:
    """Share of the regions whose partner, of the same tile, is among the likest by cosine.

    A partner must be liker than the others: where all vectors are one, nothing is found.

    Args:
        asking: Vectors of length 1 for each cell of the tiles, `(cells, tiles, C)`.
        answering: Those of the other view.
        nearest: How many of the likest count.
    """
    likeness = asking @ answering.swapaxes(1, 2)  # (cells, tiles, tiles)
    own = np.diagonal(likeness, axis1=1, axis2=2)[:, :, np.newaxis]
    before = (likeness >= own).sum(axis=2) - 1  # itself is no other
    return float((before < nearest).mean())


def judge(pretraining: Pretraining, store: TileStore, seed: int, check: Check) -> Retrieval | HiddenError:
    """Hold a network against held-out tiles.

    Args:
        pretraining: What has learnt, or is about to.
        store: Held-out tiles.
        seed: Start of the chance by which views are lit and patches hidden.
        check: Called once for each batch; raises where the user wants to stop.
    """
    term = pretraining.term
    with _judging(pretraining, seed):
        batches = _batches(pretraining, store, check)
        if isinstance(term, Masked):
            errors = [(float(term.error(batch)), len(batch.target)) for batch in batches]
            return HiddenError(sum(error * tiles for error, tiles in errors) / len(store))
        views: list[list[NDArray[np.float32]]] = [[], []]
        for batch in batches:
            for vectors, found in zip(term.compared(pretraining.network, batch), views, strict=True):
                found.append(torch.stack(by_cell(vectors, len(batch.target))).float().cpu().numpy())
    one, other = (np.concatenate(found, axis=1) for found in views)  # (cells, tiles, C)
    cells, tiles, _ = one.shape
    return Retrieval(
        cells * tiles,
        tiles,
        tuple(recall(one, other, nearest) for nearest in NEAREST),
        tuple(recall(other, one, nearest) for nearest in NEAREST),
    )


def _batches(pretraining: Pretraining, store: TileStore, check: Check) -> Iterator[Batch]:
    device, count = next(pretraining.network.parameters()).device, at_once(store.images[0].shape[-1])
    for start in range(0, len(store), count):
        check()
        yield store.batch(np.arange(start, min(start + count, len(store)))).to(device)


@contextmanager
def _judging(pretraining: Pretraining, seed: int) -> Iterator[None]:
    """Nothing learns within, and chance is the same each time and as before behind."""
    pretraining.network.eval()
    pretraining.term.parts.eval()
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield
