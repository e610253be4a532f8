"""Holds what a network says of chips against their targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from skimage.metrics import structural_similarity
from torch import Tensor

from ...models.build import Network
from ..chips.chip_set import IGNORE
from ..verification.accuracy import Confusion
from .batches import batch_of, region_rules, with_regions
from .chip_store import ChipStore, statistics_of
from .line_directions import NONE
from .network_for_chips import tells_lines

WINDOW_PX = 7
"""Side of the windows in which images are held against each other."""

CHIPS, USUAL_PX = 8, 256
"""So many chips go through the network at once where their side is no longer than that; of larger ones as many pixels,
so that scoring does not ask for more memory than a training by small batches."""

Check = Callable[[], None]


@dataclass(frozen=True)
class Said:
    """What a network says of some chips.

    Attributes:
        numbers: Which chips of the store.
        inputs: What went in.
        output: What came out, `(chips, outputs, chip_px, chip_px)`.
    """

    numbers: NDArray[np.int64]
    inputs: tuple[Tensor, ...]
    output: Tensor


def at_once(side_px: int) -> int:
    """How many chips of some side go through a network at once."""
    return max(1, min(CHIPS, CHIPS * USUAL_PX**2 // side_px**2))


def outputs(
    network: Network,
    store: ChipStore,
    check: Check,
    chips: NDArray[np.int64] | None = None,
    hidden: int | None = None,
) -> Iterator[Said]:
    """What the network says of chips, a few at a time.

    Args:
        network: In any mode; it is left in the one it was in.
        store: The chips.
        check: Called once for each batch; raises where the user wants to stop.
        chips: Numbers of those that are asked for; `None`: all.
        hidden: Number of an input, from 0, that the network does without; `None`: it sees all.
    """
    wanted = np.arange(len(store)) if chips is None else chips
    was_training, rules = network.training, region_rules(network)
    device, count = next(network.parameters()).device, at_once(store.images[0].shape[-1])
    network.eval()
    with torch.no_grad():
        for start in range(0, len(wanted), count):
            check()
            numbers = wanted[start : start + count]
            images = [
                torch.zeros_like(image) if place == hidden else image
                for place, image in enumerate(batch_of(store, numbers).inputs)
            ]
            inputs = with_regions(tuple(images), rules)
            said = network(*(each.to(device) for each in inputs)).float().cpu()
            yield Said(numbers, inputs, said)
    network.train(was_training)


def class_logits(network: Network, output: Tensor) -> Tensor:
    """Logits of the classes, `(..., classes, rows, cols)`, of what a network of classes or lines says.

    The lone logit of lines becomes that of two classes whose softmax is its sigmoid.
    """
    if not tells_lines(network):
        return output
    lines = output[..., :1, :, :]
    return torch.cat((torch.zeros_like(lines), lines), dim=-3)


def confusion(network: Network, store: ChipStore, check: Check, hidden: int | None = None) -> NDArray[np.int64]:
    """Pixels by block, true and predicted class, `(blocks, classes, classes)`; `hidden` as for `outputs`."""
    size = store.classes
    counts = np.zeros((store.blocks.max() + 1, size, size), np.int64)
    for said in outputs(network, store, check, hidden=hidden):
        predicted = class_logits(network, said.output).argmax(dim=1).numpy()
        for number, classes in zip(said.numbers, predicted, strict=True):
            truth = store.targets[number]
            valid = truth != IGNORE
            counts[store.blocks[number]] += Confusion.measure(truth[valid], classes[valid], size).counts
    return counts


def mean_iou(network: Network, store: ChipStore, check: Check) -> float:
    """Mean IoU over all chips of the classes that they have, 0–1."""
    return float(Confusion(confusion(network, store, check).sum(axis=0)).mean_iou)


def direction_error_deg(network: Network, store: ChipStore, check: Check) -> float:
    """Mean angle between the likeliest bin of direction and that of the labels, near lines; NaN where none is.

    Args:
        network: Tells lines.
        store: Chips with directions.
        check: See `outputs`.
    """
    if store.directions is None:
        return math.nan
    total, pixels = 0.0, 0
    for said in outputs(network, store, check):
        truth = store.directions[said.numbers]
        known = truth != NONE
        bins = said.output.shape[1] - 1
        apart = np.abs(said.output[:, 1:].argmax(dim=1).numpy()[known] - truth[known].astype(np.int64))
        total += float(np.minimum(apart, bins - apart).sum()) * 180 / bins
        pixels += int(known.sum())
    return total / pixels if pixels else math.nan


def value_figures(network: Network, store: ChipStore, check: Check) -> dict[str, float]:
    """How good values are over all chips and variables: `r2` (at most 1), `rmse`, `psnr_db` and `ssim`.

    PSNR takes the range of the targets for its peak; SSIM (Wang et al. 2004, doi 10.1109/TIP.2003.819861) is the mean
    over chips with a window of 7 px, and left out where chips are smaller or targets have gaps. Where targets do not
    vary, RMSE is all there is.

    Args:
        network: Gives values divided by the factor of the store.
        store: The chips.
        check: See `outputs`.
    """
    told = statistics_of(store.targets, store.variables)
    span = float(told.highest.max() - told.lowest.min())
    whole = int(told.count.sum()) == store.targets.size and store.targets.shape[-1] >= WINDOW_PX
    squares = np.zeros(store.variables)
    likenesses = []
    for said in outputs(network, store, check):
        truth, values = store.targets[said.numbers], said.output.numpy() * store.factor
        squares += np.nansum((truth - values) ** 2, axis=(0, 2, 3))
        if whole and span:
            likenesses += [
                structural_similarity(a, b, win_size=WINDOW_PX, channel_axis=0, data_range=span)
                for a, b in zip(truth, values, strict=True)
            ]
    rmse = math.sqrt(squares.sum() / told.count.sum())
    figures = {
        "r2": explained(squares, told.squares),
        "rmse": rmse,
        "psnr_db": 20 * math.log10(span / max(rmse, 1e-12)) if span else math.nan,
        "ssim": float(np.mean(likenesses)) if likenesses else math.nan,
    }
    return {name: value for name, value in figures.items() if not math.isnan(value)}


def explained(squares: NDArray[np.float64], total: NDArray[np.float64]) -> float:
    """The coefficient of determination, the mean over variables: one in large numbers says nothing of the others.

    NaN where no variable varies: there is nothing to explain.

    Args:
        squares: Sum of squared errors of each variable.
        total: Sum of squared differences from its mean; 0 where nothing is known of it or it does not vary.
    """
    told = total > 0
    return float(np.mean(1 - squares[told] / total[told])) if told.any() else math.nan


def sample_logits(
    network: Network, store: ChipStore, most: int, seed: int, check: Check
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Logits `(pixels, classes)` and classes `(pixels,)` of at most so many labelled pixels, evenly over the chips."""
    rng = np.random.default_rng(seed)
    share = max(1, most // len(store))
    logits, classes = [], []
    for said in outputs(network, store, check):
        for number, of_chip in zip(said.numbers, class_logits(network, said.output), strict=True):
            labels = store.targets[number].ravel()
            chosen = np.flatnonzero(labels != IGNORE)
            if len(chosen) > share:
                chosen = rng.choice(chosen, share, replace=False)
            logits.append(of_chip.flatten(1).numpy()[:, chosen].T)
            classes.append(labels[chosen].astype(np.int64))
    return np.concatenate(logits), np.concatenate(classes)
