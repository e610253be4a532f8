"""A quick check of an explanation: with random weights in the network, its map must change.

Adebayo and others 2018 (arXiv 1810.03292). A map that stays shows the image or the network's build, not what it learnt.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper

from ..cards.card_in_file import save_with_card
from ..foreign.network_file import load
from ..foreign.outside_weights import load_weights
from ..library.card import ModelCard
from .attribution import Attribution

LEARNT = {
    "Conv": (1, 2),
    "ConvTranspose": (1, 2),
    "Gemm": (1, 2),
    "MatMul": (0, 1),
    "BatchNormalization": (1, 2, 3, 4),
    "InstanceNormalization": (1, 2),
    "LayerNormalization": (1, 2),
    "PRelu": (1,),
    "LSTM": (1, 2, 3),
    "GRU": (1, 2, 3),
}
"""Which inputs of which operations are weights."""

PASSED_ON = ("Identity", "Cast", "Transpose", "Reshape", "DequantizeLinear")
"""Operations behind which weights may lie, at their first input."""

CELLS = 32
"""Maps are compared on at most so many rows and columns."""

FAILS = 0.5
"""A map whose rank correlation with that of the random network reaches this has hardly changed."""

LEAST_CELLS = 8
"""Maps of fewer different values cannot be compared."""

RING_CELLS = 24
"""About so many cells make a ring."""


def write_randomised(path: Path, card: ModelCard, seed: int, made: Path, share: float = 1.0) -> None:
    """Write a copy of a model in which the numbers of each weight tensor are shuffled.

    Shuffled rather than drawn: sizes of activations stay what the network is used to, and variances stay positive.

    Args:
        path: The model.
        card: Its card, which goes into the copy.
        seed: Where chance begins.
        made: The copy.
        share: Part of the layers that are shuffled, from the head down, 0–1.
    """
    model = load(path)
    load_weights(model, path)
    layers = [node for node in model.graph.node if node.op_type in LEARNT]
    shuffled_layers = layers[len(layers) - math.ceil(share * len(layers)) :]
    makers = {name: node for node in model.graph.node for name in node.output}
    weights = {
        _stored_as(node.input[place], makers)
        for node in shuffled_layers
        for place in LEARNT[node.op_type]
        if place < len(node.input)
    }
    stored = {entry.name: entry for entry in model.graph.initializer} | {
        node.output[0]: attribute.t
        for node in model.graph.node
        if node.op_type == "Constant"
        for attribute in node.attribute
        if attribute.name == "value"
    }
    rng = np.random.default_rng(seed)
    for entry in (entry for name, entry in stored.items() if name in weights):
        values = numpy_helper.to_array(entry)
        shuffled = rng.permutation(values.reshape(-1)).reshape(values.shape)
        entry.CopyFrom(numpy_helper.from_array(np.asarray(shuffled, values.dtype), entry.name))
    save_with_card(model, card.document, made)


def _stored_as(name: str, makers: Mapping[str, NodeProto]) -> str:
    """The name under which weights are stored, of that by which a layer reads them."""
    while name in makers and makers[name].op_type in PASSED_ON:
        name = makers[name].input[0]
    return name


def similarity(
    one: NDArray[np.float32], other: NDArray[np.float32], known: NDArray[np.bool_], region: NDArray[np.bool_]
) -> float:
    """Rank correlation of two maps at equal distance from what is explained, 0–1; NaN where they hold too little.

    Any network looks most at what is near, so maps of all networks fade with distance, and towards the edge of the
    region as well. That must not count as alike: ranks are taken within rings round the region and in it. Nor does the
    sign count: a map that is turned upside down shows the same.

    Args:
        one: `(rows, cols)`.
        other: The same of the other network.
        known: Where the image shows something.
        region: What is explained.
    """
    from scipy.ndimage import distance_transform_edt

    cells = [_thinned(np.where(known, values, 0)) for values in (one, other)]
    distance = _thinned(distance_transform_edt(~region) - distance_transform_edt(region))  # below 0 within
    alike = (cells[0] != 0) | (cells[1] != 0)
    if min(len(np.unique(cell[alike])) for cell in cells) < LEAST_CELLS:
        return float("nan")
    order = np.argsort(distance[alike], kind="stable")
    rings = np.array_split(order, max(1, len(order) // RING_CELLS))
    ranks = [
        np.concatenate([_centred(cell[alike][ring]) for ring in rings]) for cell in cells
    ]  # what is left of a cell when others as far away are known
    sizes = [float(np.sqrt((each**2).sum())) for each in ranks]
    if min(sizes) == 0:
        return float("nan")
    return float(abs(ranks[0] @ ranks[1]) / (sizes[0] * sizes[1]))


def own_feature(found: Attribution, region: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The one feature that holds all of what is explained, `(rows, cols)`: it counts most in any network.

    That must not count as alike either, so it is left out of a comparison. Nothing where each pixel is a feature, or
    where what is explained lies in several.

    Args:
        found: The map of the network.
        region: What is explained.
    """
    values = np.unique(found.total[region])
    if found.parts is None or len(values) != 1:
        return np.zeros(region.shape, bool)
    return np.asarray(found.total == values[0])


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks of values, around 0."""
    ranks = _ranks(values)
    return np.asarray(ranks - ranks.mean())


def _thinned(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Means over squares, `(cells,)`; those at the far edges may be smaller."""
    side = max(1, -(-max(values.shape) // CELLS))
    rows, cols = (np.arange(0, size, side) for size in values.shape)
    sums = np.add.reduceat(np.add.reduceat(values.astype(np.float64), rows, axis=0), cols, axis=1)
    heights = np.diff([*rows, values.shape[0]])
    widths = np.diff([*cols, values.shape[1]])
    return np.asarray(sums / (heights[:, np.newaxis] * widths)).ravel()


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 0; equal values share their mean rank."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts + 1) / 2)[places.reshape(-1)])
