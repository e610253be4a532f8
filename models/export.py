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
INPUT_NAME = "image"
OUTPUT_NAME = "logits"


def export_onnx(network: Network, path: Path) -> None:
    """Write the network as ONNX, with batch size, height and width left open.

    The tracing exporter is used: it writes one file, needs no further package, and suits networks without
    control flow. What it bakes in would show at another shape, so callers compare at a second one.

    Args:
        network: The network; exported as it is in evaluation mode.
        path: File to write.
    """
    was_training = network.training
    network.eval()
    # Parts stay in evaluation mode. The mark on the whole alone keeps the exporter from merging weights
    # that happen to be equal, which would lose the name of one.
    network.training = True
    # Twice the stride and not square, so that no length can be mistaken for another.
    example = torch.zeros(1, network.bands, 2 * network.stride, 3 * network.stride)
    axes = {0: "batch", 2: "height", 3: "width"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            network,
            (example,),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=[INPUT_NAME],
            output_names=[OUTPUT_NAME],
            dynamic_axes={INPUT_NAME: axes, OUTPUT_NAME: axes},
            # Keeps batch normalisation apart from the convolution before it.
            training=torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=False,
        )
    network.train(was_training)
