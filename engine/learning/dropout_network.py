"""A trained network whose dropout stays on: each draw leaves out other features, and so says something else.

After Gal and Ghahramani 2016 (Dropout as a Bayesian approximation, arXiv 1506.02142, equation 6). Deviation: a draw
leaves out the same channels at all pixels, so that it is one network, drawn once, for the whole image: tiles join
exactly, and the map has no grain. Where a pixel is read by itself, as by `pixel_series`, each pixel's distribution is
the same as with features drawn for every pixel anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..library.card import ModelCard
from ..library.dropout import no_dropout
from ..network import Network
from ..tiles.superpixels import region_inputs
from ..uncertainty.members import Say, class_probabilities
from .device import cpu_threads, training_device
from .network_errors import network_errors
from .torch_network import open_torch_network

KINDS = (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)

Values = NDArray[np.float32]


class SharedDropout(nn.Module):
    """Leaves out channels, the same at all pixels, as the draw says that stands in `seed`.

    Attributes:
        share: How many of the channels are left out, 0–1; the others are raised by as much.
        seed: Where chance begins for this draw and this place in the network.
    """

    def __init__(self, share: float) -> None:
        """Begin with a draw of its own."""
        super().__init__()
        self.share = share
        self.seed = 0

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, ...)` to the same shape."""
        chance = torch.Generator().manual_seed(self.seed)
        kept = torch.rand(x.shape[:2], generator=chance) >= self.share
        scale = (kept.to(x.dtype) / (1 - self.share)).to(x.device)
        return x * scale.reshape(*x.shape[:2], *(1,) * (x.dim() - 2))


class DropoutNetwork:
    """A network of ours in torch, with dropout; see `tile_network.Runs`.

    Args:
        of: The same network as it runs for maps; its session is let go.
        device: `auto`, `cpu` or `cuda:N`.
        threads: Threads on the processor; 0: as many as torch takes.
        seed: Where chance begins.

    Raises:
        ModelError: It was not trained with Terraloom, has no dropout, or the device is not there.
    """

    precision = "fp32"

    def __init__(self, of: Network, device: str, threads: int, seed: int) -> None:
        self.card: ModelCard = of.card
        self.sha256, self.fixed_px = of.sha256, of.fixed_px
        self._bytes_per_px = of.bytes_per_px(at_most=True)
        self._device = training_device(device)
        self._threads, self._seed = threads, seed
        network, _ = open_torch_network(Path(of.path))
        self._places = _share_dropout(network)
        if not self._places:
            raise no_dropout(of.card)
        self._network: nn.Module | None = network.to(self._device)
        of.close()

    @property
    def provider(self) -> str:
        """What really runs it."""
        return f"torch {torch.__version__} on {self._device}"

    def bytes_per_px(self, at_most: bool) -> float:
        """Memory for each pixel of a tile: about what onnxruntime takes at most."""
        return self._bytes_per_px

    @property
    def gives_back(self) -> bool:
        """Torch gives back what it likes."""
        return False

    def close(self) -> None:
        """Let go of the weights."""
        self._network = None

    def draws(self, count: int) -> list[Say]:
        """What each of so many draws says."""
        return [partial(self._say, number) for number in range(count)]

    def _say(self, number: int, values: Sequence[Values]) -> Values:
        """The probability per class that a draw gives for a tile, `(classes, rows, cols)`."""
        if self._network is None:
            raise ValueError("the network was closed")
        for place, dropout in enumerate(self._places):
            state = np.random.SeedSequence((self._seed, number, place)).generate_state(2)
            dropout.seed = int(state[0]) << 31 | int(state[1]) >> 1  # 63 bits
        arrays: list[NDArray[np.generic]] = [np.ascontiguousarray(value)[np.newaxis] for value in values]
        if self.card.regions:
            arrays += [array[np.newaxis] for array in region_inputs(values, self.card.regions)]
        with torch.inference_mode(), cpu_threads(self._threads), network_errors():
            output: Tensor = self._network(*(torch.from_numpy(array).to(self._device) for array in arrays))
        return class_probabilities(output[0].float().cpu().numpy(), self.card)


def _share_dropout(network: nn.Module) -> list[SharedDropout]:
    """Put shared dropout in the place of each that leaves something out; the order is that of the modules."""
    places = []
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, KINDS) and child.p > 0:
                places.append(SharedDropout(child.p))
                setattr(parent, name, places[-1])
    return places
