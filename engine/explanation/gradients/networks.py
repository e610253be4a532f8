"""Rebuilds the network of a model file in torch, and makes sure that it says what the file says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from ....models.errors import SpecError
from ....models.rebuild import rebuild
from ...errors import ModelError
from ...library.card import ModelCard
from ...network import Network
from ...tiles.superpixels import region_inputs
from ..prediction import by_input, output_of
from .from_onnx import OnnxNetwork

MOST = 1e-5
"""What the rebuilt network may differ by from its file; of outputs beyond 1 as a share of the largest."""

MOST_OF_HALVES = 1e-2
"""The same where the file rounds to 16-bit floats, three digits, on the way."""


class Differentiable(nn.Module):
    """A network as a function of one tensor that holds the channels of all its inputs.

    Args:
        network: Takes one tensor for each input, as the card lays them out, and what it reads of regions behind them.
        card: Its card.
        graph: Regions and adjacency `(1, …)` of the image, for networks over regions.
        most: What it may differ by from its file.
    """

    def __init__(self, network: nn.Module, card: ModelCard, graph: Sequence[Tensor], most: float = MOST) -> None:
        super().__init__()
        self.network = network
        self.card = card
        self.most = most
        self._splits = [wants.channels for wants in card.inputs]
        self._graph = tuple(graph)

    def forward(self, image: Tensor) -> Tensor:
        """Map `(images, channels, rows, cols)` to the output on the same pixels, `(images, outputs, rows, cols)`."""
        parts = [
            part if wants.layout == "NCHW" else part.permute(0, 2, 3, 1)
            for wants, part in zip(self.card.inputs, torch.split(image, self._splits, dim=1))
        ]
        # contiguous: some kernels read expanded tensors as if they were not
        graph = [each.expand(len(image), *each.shape[1:]).contiguous() for each in self._graph]
        output: Tensor = self.network(*parts, *graph)
        said = self.card.output
        if output.ndim < 4:
            are_apart = output.ndim == 3 and said.lone and said.layout == "NCHW" and len(output) == len(image)
            if len(image) > 1 and not are_apart:  # it has no axis for images
                return torch.cat([self(each) for each in torch.split(image, 1)])
            if output.ndim == 3 and said.layout == "NHWC":
                output = output.permute(2, 0, 1)
            output = output[:, None] if are_apart else output.reshape(1, -1, *output.shape[-2:])
        elif said.layout == "NHWC":
            output = output.permute(0, 3, 1, 2)
        if said.ratio < 1:
            times = said.ratio.denominator
            output = output.repeat_interleave(times, 2).repeat_interleave(times, 3)
        return functional.pad(output, (said.margin_px,) * 4) if said.margin_px else output


def differentiable(model: onnx.ModelProto, card: ModelCard, image: NDArray[np.float32], name: str) -> Differentiable:
    """The network of a file: from its parts where the card names them, else operation by operation.

    Args:
        model: What the file holds.
        card: Its card.
        image: `(channels, rows, cols)`: what regions are cut from.
        name: What the file is called.

    Raises:
        ModelError: It cannot be rebuilt.
    """
    if card.precision == "int8":
        raise ModelError(
            "{path} is quantised to int8, and steps have no gradient. Use the file it was made from, or one of the "
            "methods occlusion, lime, shap and featureablation.",
            path=name,
        )
    network: nn.Module
    if card.network_spec:
        arrays = {entry.name: numpy_helper.to_array(entry) for entry in model.graph.initializer}
        try:
            network = rebuild(card.network_spec, arrays)
        except SpecError as error:
            raise ModelError(
                "The network in {path} cannot be rebuilt from its card: {reason} Use one of the methods occlusion, "
                "lime, shap and featureablation, which run the file as it is.",
                path=name,
                reason=str(error),
            ) from error
    else:
        network = OnnxNetwork(model, card.output.name, name)
    graph: tuple[Tensor, ...] = ()
    if card.regions:
        graph = tuple(torch.from_numpy(each)[None] for each in region_inputs(by_input(image, card), card.regions))
    most = MOST_OF_HALVES if isinstance(network, OnnxNetwork) and network.has_halves else MOST
    return Differentiable(network.eval().requires_grad_(False), card, graph, most)


def check_same(rebuilt: Differentiable, network: Network, image: NDArray[np.float32]) -> float:
    """Hold a rebuilt network against its file at fp32 on an image, `(channels, rows, cols)`.

    Returns:
        The largest difference, of outputs beyond 1 as a share of the largest output.

    Raises:
        ModelError: They differ by more than they may.
    """
    exact = network if network.precision == "fp32" else network.at_fp32()
    expected = output_of(exact, image)
    if exact is not network:
        exact.close()
    with torch.no_grad():
        found = rebuilt(torch.from_numpy(image)[None].to(device_of(rebuilt)))[0].cpu().numpy()
    difference = _difference(found, expected)
    if not difference <= rebuilt.most:
        raise ModelError(
            "The network in {path}, rebuilt to be differentiated, differs from its file by {difference:.2g}, more than "
            "{most:g}: its gradients would explain another network. Use one of the methods occlusion, lime, shap and "
            "featureablation, which run the file as it is.",
            path=str(network.path),
            difference=difference,
            most=rebuilt.most,
        )
    return difference


def _difference(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """The largest difference of two outputs, of those beyond 1 as a share of the largest; infinite between shapes."""
    if found.shape != expected.shape:
        return float("inf")
    known = np.isfinite(expected)
    largest = max(1.0, np.abs(expected[known]).max(initial=0))
    return float(np.abs(found - expected)[known].max(initial=0) / largest)


def device_of(network: nn.Module) -> torch.device:
    """Where a network computes."""
    for tensor in (*network.parameters(), *network.buffers()):
        return tensor.device
    return torch.device("cpu")
