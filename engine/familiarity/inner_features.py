"""Turns a tile into a few numbers on what a network sees in it: mean and spread of its features, early and late.

Late features tell what the network takes the ground for; early ones tell of light, colour and texture, which later
layers forget where the training taught them to. The network's file stays as it is; a copy in memory gives the features
instead of its output.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper

from ..backends.backend import thread_count, unrunnable
from ..backends.onnxruntime_backend import CPU, SPINNING, UNLOADABLE, UNRUNNABLE
from ..errors import ModelError

MOST_THREADS = 2
"""Looking at a few tiles is not worth more."""


EARLY = 4
"""What the convolution of this number reads counts as early: the first features of half the image's resolution in
U-Nets of two convolutions a level."""


def names_of_features(path: Path) -> tuple[str, ...]:
    """The names, inside an ONNX file, of early features and of those that the last convolution before the output reads.

    Raises:
        ModelError: There is no such convolution, or it reads the image itself.
    """
    graph = onnx.load(str(path), load_external_data=False).graph
    makers = {name: node for node in graph.node for name in node.output}
    name = graph.output[0].name
    while name in makers and makers[name].op_type != "Conv":
        name = next(iter(makers[name].input), "")  # layers behind it shape or scale what it gives
    late = makers[name].input[0] if name in makers else ""
    if late not in makers:
        raise ModelError(
            "{path} has no features before a last convolution; how familiar an image is cannot be told by it.",
            path=str(path),
        )
    reading = [node.input[0] for node in graph.node if node.op_type == "Conv"]
    early = [source for source in reading[EARLY - 1 : EARLY] if source in makers]
    return tuple(dict.fromkeys((*early, late)))


def computes(path: Path, tensors: Sequence[str]) -> bool:
    """Whether an ONNX file computes arrays of all these names."""
    graph = onnx.load(str(path), load_external_data=False).graph
    return {*tensors} <= {name for node in graph.node for name in node.output}


class InnerFeatures:
    """A network up to the features that are wanted, always on the processor.

    Args:
        path: The `.onnx` file.
        tensors: Names of features in it, each `(1, features, rows, cols)`.
        threads: Threads, of which it takes two at most; 0: all cores.

    Raises:
        ModelError: The network cannot be run so far.
    """

    def __init__(self, path: Path, tensors: Sequence[str], threads: int) -> None:
        self._tensors = list(tensors)
        model = onnx.load(str(path))
        del model.graph.output[:]
        model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in tensors)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(thread_count(threads), MOST_THREADS)
        options.enable_cpu_mem_arena = False  # what it took is free again when the map begins
        options.add_session_config_entry("session.intra_op.allow_spinning", SPINNING)
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=[CPU])
        except UNLOADABLE as error:
            raise ModelError(
                "The features {tensors} that the card of {path} names cannot be computed: {reason}.",
                tensors=", ".join(tensors),
                path=str(path),
                reason=str(error),
            ) from error
        self._names = [entry.name for entry in self._session.get_inputs()]

    def __call__(self, values: Sequence[NDArray[np.float32]], known: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Describe a tile.

        Args:
            values: For each input `(bands, rows, cols)`, scaled; rows and columns are multiples of the stride.
            known: Where they show something, `(rows, cols)`; only that counts.

        Returns:
            Of each array the mean of each feature, then the standard deviation of each, `(2 * features,)` in all. Both
            as roots, with the sign of the mean, since features have long tails.

        Raises:
            ModelError: The network cannot be run on it, or its features are no maps.
        """
        feeds = {name: np.ascontiguousarray(value[np.newaxis]) for name, value in zip(self._names, values)}
        try:
            found = self._session.run(self._tensors, feeds)
        except UNRUNNABLE as error:
            raise unrunnable(feeds, error) from error
        return np.concatenate([self._described(name, maps, known) for name, maps in zip(self._tensors, found)])

    def _described(self, name: str, features: NDArray[Any], known: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Roots of means and deviations over what is known, `(2 * features,)`."""
        if features.ndim != 4:
            raise ModelError(
                "The features {tensor} are an array of shape {found}; they must be maps, (1, features, rows, cols).",
                tensor=name,
                found=str(features.shape),
            )
        rows, columns = (_centres(size, of) for size, of in zip(features.shape[2:], known.shape))
        pixels = features[0][:, known[np.ix_(rows, columns)]].astype(float)  # (features, pixels)
        moments = np.concatenate([pixels.mean(axis=1), pixels.std(axis=1)])
        return np.asarray(np.sign(moments) * np.sqrt(np.abs(moments)))


def _centres(size: int, of: int) -> NDArray[np.int_]:
    """The pixels under the centres of the cells of a coarser map.

    Args:
        size: Cells along a side.
        of: Pixels along it.
    """
    return (2 * np.arange(size) + 1) * of // (2 * size)
