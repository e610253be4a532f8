"""Masked autoencoding: most of an image is hidden, and a transformer learns to tell it from the rest, without labels.

After He et al. 2022 (MAE, arXiv 2111.06377): only visible tokens pass through the encoder; a small decoder, thrown away
afterwards, gets their features and a learnt token for each hidden place.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .blocks.positions import waves
from .blocks.transformer import transformer_blocks
from .carriers import Level
from .encoders.vit import ViTEncoder
from .errors import MisfitError, SpecError


@dataclass(frozen=True)
class Hiding:
    """Which tokens of each image are hidden.

    Attributes:
        visible: Numbers of the tokens that stay, in any order, `(B, kept)`.
        hidden: 1 for hidden tokens, 0 for visible ones, `(B, N)`.
    """

    visible: Tensor
    hidden: Tensor


def hide_at_random(batch: int, tokens: int, share: float, generator: torch.Generator | None = None) -> Hiding:
    """Hide the same share of the tokens of each image, each choice as likely as any other (section 3, "Masking").

    Args:
        batch: Number of images.
        tokens: Number of tokens of an image.
        share: Share of tokens to hide, 0–1; one at least stays, and one at least is hidden.
        generator: Where chance comes from; None: torch's own.
    """
    if tokens < 2 or not 0 < share < 1:
        raise SpecError(
            "A share of {share} of {tokens} tokens cannot be hidden. Choose a share between 0 and 1, and images of "
            "two patches at least.",
            share=share,
            tokens=tokens,
        )
    kept = min(max(round(tokens * (1 - share)), 1), tokens - 1)
    visible = torch.rand(batch, tokens, generator=generator).argsort(dim=1)[:, :kept]
    return Hiding(visible, torch.ones(batch, tokens).scatter(1, visible, 0.0))


class MaskedAutoencoder(nn.Module):
    """A `ViTEncoder` with a small decoder that gives back the values of all patches.

    Attributes:
        encoder: The encoder to train.
        patch: Height and width of a patch, in pixels.
    """

    def __init__(self, encoder: ViTEncoder, width: int, depth: int, heads: int) -> None:
        """Build the decoder.

        Args:
            encoder: The encoder; its tokens must look everywhere, and know their place each by itself.
            width: Channels of the decoder's tokens, a multiple of 4.
            depth: Number of the decoder's transformer blocks.
            heads: Number of heads of each of its attentions.
        """
        super().__init__()
        if encoder.window or encoder.places_by_neighbours:
            raise MisfitError(
                "Masked autoencoding hides tokens, so they can neither be in windows nor learn their place from "
                "neighbours. Build the encoder 'vit' with window = 0 and positions = 'waves'."
            )
        self.encoder = encoder
        self.patch = encoder.patch
        self.enter = nn.Linear(encoder.gives.level.channels, width)
        self.hidden_token = nn.Parameter(0.02 * torch.randn(width))
        self.blocks = nn.Sequential(*transformer_blocks(Level(width), depth, heads))
        self.norm = nn.LayerNorm(width)
        self.values = nn.Linear(width, encoder.bands * self.patch**2)

    def forward(self, image: Tensor, hiding: Hiding) -> Tensor:
        """Tell the values of all patches from the visible ones.

        Args:
            image: `(B, bands, H, W)`, H and W multiples of the patch.
            hiding: Which of its `H / patch * W / patch` tokens, row by row, are hidden.

        Returns:
            Values `(B, N, bands * patch ** 2)`, laid out as by `patches`.
        """
        grid = self.encoder.embed(image)
        batch, rows, cols, channels = grid.shape
        places = hiding.visible.to(grid.device)[:, :, None]
        visible = grid.flatten(1, 2).gather(1, places.expand(-1, -1, channels))  # (B, kept, C)
        known = self.enter(self.encoder.look(visible))  # (B, kept, width)
        width = known.shape[2]
        all_hidden = self.hidden_token.to(known.dtype).expand(batch, rows * cols, width)
        tokens = all_hidden.scatter(1, places.expand(-1, -1, width), known)
        positions = waves(rows, cols, width, tokens).flatten(2).transpose(1, 2)  # (1, N, width)
        values: Tensor = self.values(self.norm(self.blocks(tokens + positions)))
        return values

    def loss(self, image: Tensor, hiding: Hiding) -> Tensor:
        """Mean squared error over the hidden patches alone, a scalar.

        Each patch of the target has its own mean taken away and is divided by its own deviation, which He et al. found
        to give better features (section 4.1, "Reconstruction target").
        """
        target = patches(image, self.patch)
        mean, variance = target.mean(2, keepdim=True), target.var(2, keepdim=True)
        wanted = (target - mean) / (variance + 1e-6).sqrt()
        error: Tensor = (self(image, hiding) - wanted).square().mean(2)  # (B, N)
        hidden = hiding.hidden.to(error.device)
        return (error * hidden).sum() / hidden.sum()


def patches(image: Tensor, side: int) -> Tensor:
    """The values of squares that do not overlap, row by row, `(B, N, C * side ** 2)`."""
    return functional.unfold(image, side, stride=side).transpose(1, 2)
