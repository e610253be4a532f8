"""The masked term: a network's encoder learns to tell hidden patches of an image from those that it sees."""

from __future__ import annotations

from torch import Tensor

from ..build import Network
from ..encoders.vit import ViTEncoder
from ..errors import MisfitError
from ..masked_autoencoder import MaskedAutoencoder, hide_at_random
from .objective import Batch
from .seen import Seen

HIDDEN = 0.75
"""Share of the patches that are hidden (He and others 2022, arXiv 2111.06377, figure 5)."""

WIDTH, DEPTH, HEADS = 64, 2, 4
"""Of the decoder, which is thrown away: a small one does (table 1 there)."""


class Masked:
    """Masked autoencoding of the first input.

    Attributes:
        parts: The autoencoder; its encoder is the network's own.
    """

    def __init__(self, network: Network) -> None:
        """Set the term up.

        Args:
            network: A network of one input, whose encoder is a vision transformer without windows.
        """
        encoder = network.encoder
        if not isinstance(encoder, ViTEncoder):
            raise MisfitError(
                "Masked autoencoding leaves hidden patches out, which only the encoder 'vit' can do, with window = 0 "
                "and positions = 'waves'; the network has the encoder '{encoder}'. Build it with that encoder, or "
                "learn by contrast.",
                encoder=network.spec.encoder.name,
            )
        self.parts = MaskedAutoencoder(encoder, WIDTH, DEPTH, HEADS)

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch, a scalar: 1 is what the mean of each patch would cost."""
        return self.error(seen.batch)

    def error(self, batch: Batch) -> Tensor:
        """Mean squared error over hidden patches, each scaled by its own deviation; a scalar."""
        (image,) = batch.inputs[:1]
        patch = self.parts.patch
        tokens = (image.shape[-2] // patch) * (image.shape[-1] // patch)
        error: Tensor = self.parts.loss(image, hide_at_random(len(image), tokens, HIDDEN))
        return error
