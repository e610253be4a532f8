"""From a torch network to an ONNX file that gives the same numbers and keeps the names of all weights.

Names stay so that the torch network can be rebuilt from the file. Hence nothing is folded or fused here;
the runtime does that when it loads the file.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from .build import Network

OPSET = 17
OUTPUT_NAME = "logits"
GRAPH_NAMES = ("regions", "adjacency")


def input_names(network: Network) -> tuple[str, ...]:
    """Names of the ONNX inputs, in the order in which the network takes them."""
    return tuple(each.name for each in network.spec.inputs) + (GRAPH_NAMES if network.regions else ())


def has_fixed_size(network: Network) -> bool:
    """Whether the file takes images of one size only, as networks do that see the whole image."""
    return bool(network.global_operations)


def export_onnx(network: Network, path: Path, side_px: int = 256) -> None:
    """Write the network as ONNX, with batch size, height and width left open, or the batch alone.

    The tracing exporter is used: it writes one file, needs no further package, and suits networks without
    control flow. What it bakes in would show at another shape, so callers compare at a second one.

    Args:
        network: The network; exported as it is in evaluation mode.
        path: File to write.
        side_px: Height and width of the images, where the network sees them whole (`has_fixed_size`).
    """
    was_training = network.training
    network.eval()
    # Parts stay in evaluation mode. The mark on the whole alone keeps the exporter from merging weights
    # that happen to be equal, which would lose the name of one.
    network.training = True
    fixed = has_fixed_size(network)
    # Twice the stride and not square, so that no length can be mistaken for another.
    size = (side_px, side_px) if fixed else (2 * network.stride, 3 * network.stride)
    names = input_names(network)
    axes = {0: "batch"} if fixed else {0: "batch", 2: "height", 3: "width"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            network,
            network.blank(1, *size),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=list(names),
            output_names=[OUTPUT_NAME],
            dynamic_axes={name: axes for name in (*names, OUTPUT_NAME)},
            # Keeps batch normalisation apart from the convolution before it.
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
        )
    network.train(was_training)
