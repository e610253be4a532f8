"""PhyDNet: the next images of a series, by an equation that is learned and a memory for what it does not explain.

After Le Guen and Thome 2020 (arXiv 2003.01460, section 3 and the official code, `EncoderRNN`). The physical branch
(PhyCell) and the residual one (ConvLSTM) each have an encoder and a decoder of their own, within an encoder and a
decoder that both share; what they say is added up. Deviations by default: batch normalisation, where the paper has
group normalisation, which looks at the whole image; the physical state begins with the first date in place of zeros;
values are not squeezed into 0–1 by a sigmoid. And always: a head stands behind, so that the images fed back for further
steps are not those that are compared with the truth, as they are there, but what the head makes these of; in training,
too, nothing but the network's own images is fed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..blocks.conv_lstm import ConvLSTMCell
from ..blocks.conv_lstm import State as Memory
from ..blocks.dates import at_least_two
from ..blocks.normed_convolution import Double, NormedConvolution
from ..blocks.norms import Norm, norm_of
from ..blocks.phycell import PhyCell
from ..carriers import Level
from ..errors import SpecError
from ..spec import InputSpec

State = tuple[Tensor, tuple[Memory, ...]]
"""State of the PhyCell, and of each ConvLSTM layer, all at a quarter of the image's size."""


class PhyDNet(nn.Module):
    """Reads a series of images and gives those that follow at the same spacing.

    Attributes:
        gives: The images that follow, `steps * bands` channels at stride 1.
    """

    def __init__(
        self,
        source: InputSpec,
        steps: int = 1,
        width: int = 32,
        memories: Sequence[int] = (128, 128),
        kernel: int = 7,
        groups: int = 0,
    ) -> None:
        """Build encoders, cells and decoders.

        Args:
            source: The series, of at least 2 dates.
            steps: Number of images to give. Each lengthens the reach by that of the whole network.
            width: Channels at half the image's size; there are twice as many at a quarter.
            memories: Channels of the ConvLSTM layers before the last, which has `2 * width`.
            kernel: Size of the PhyCell's kernels, odd.
            groups: Groups of the group normalisation, which looks at the whole image; 0: batch normalisation.
        """
        super().__init__()
        at_least_two(source.dates, "The encoder 'phydnet'")
        if steps < 1:
            raise SpecError("The encoder 'phydnet' is to give {steps} images. Give at least 1.", steps=steps)
        self.dates = source.dates
        self.steps = steps
        norm = norm_of(groups)
        image, inner = Level(source.bands), Level(2 * width, stride_px=4)
        self.encoder = _chain(image, ((width, 2), (width, 1), (2 * width, 2)), norm)
        self.physics_encoder = _chain(inner, ((2 * width, 1), (2 * width, 1)), norm)
        self.residual_encoder = _chain(inner, ((2 * width, 1), (2 * width, 1)), norm)
        self.physics = PhyCell(2 * width, kernel, norm_of(kernel if groups else 0))
        channels = (2 * width, *memories, 2 * width)
        self.memories = nn.ModuleList(
            ConvLSTMCell(entering, hidden) for entering, hidden in zip(channels, channels[1:], strict=False)
        )
        self.physics_decoder = _chain(inner, ((2 * width, 1), (2 * width, 1)), norm)
        self.residual_decoder = _chain(inner, ((2 * width, 1), (2 * width, 1)), norm)
        double = Double(inner, width, norm, nn.LeakyReLU(0.2), kernel=3)
        self.decoder = nn.Sequential(double, NormedConvolution(double.gives, width, norm, nn.LeakyReLU(0.2)))
        self.painter = nn.ConvTranspose2d(width, source.bands, 3, 2, padding=1, output_padding=1)
        self.gives = self._given(image)

    def forward(self, image: Tensor) -> Tensor:
        """Map `(B, T * bands, H, W)` to the images that follow, `(B, steps * bands, H, W)`."""
        batch, channels, height, width = image.shape
        encoded = self.encoder(image.reshape(batch * self.dates, channels // self.dates, height, width))
        dated = encoded.reshape(batch, self.dates, *encoded.shape[1:])
        state = self.advance(dated[:, 0], None)
        for date in range(1, self.dates):
            state = self.advance(dated[:, date], state)
        images = [self.paint(state)]
        for _ in range(self.steps - 1):
            state = self.advance(self.encoder(images[-1]), state)
            images.append(self.paint(state))
        return torch.cat(images, dim=1)

    def advance(self, encoded: Tensor, state: State | None) -> State:
        """The states behind one more date.

        Args:
            encoded: The date behind the shared encoder, `(B, 2 * width, H / 4, W / 4)`.
            state: The states before it; `None`: there is no date before.
        """
        observed = self.physics_encoder(encoded)
        physics = observed if state is None else self.physics(observed, state[0])
        x = self.residual_encoder(encoded)
        memories = []
        for index, cell in enumerate(self.memories):
            memories.append(cell(x, None if state is None else state[1][index]))
            x = memories[-1][0]
        return physics, tuple(memories)

    def paint(self, state: State) -> Tensor:
        """The image that follows, `(B, bands, H, W)`."""
        physics, memories = state
        both = self.physics_decoder(physics) + self.residual_decoder(memories[-1][0])
        image: Tensor = self.painter(self.decoder(both))
        return image

    def _given(self, image: Level) -> Level:
        """Follow the reach through all dates and steps."""
        frame, given = image, image
        physics: Level | None = None
        memories: list[Level | None] = [None] * len(self.memories)
        for date in range(self.dates + self.steps - 1):
            encoded = _behind(self.encoder, frame)
            observed = _behind(self.physics_encoder, encoded)
            physics = observed if physics is None else self.physics.behind(observed, physics)
            x = _behind(self.residual_encoder, encoded)
            cells: Iterable[Any] = self.memories
            for index, cell in enumerate(cells):
                memories[index] = x = cell.behind(x, memories[index])
            if date >= self.dates - 1:
                both = _behind(self.physics_decoder, physics).met(_behind(self.residual_decoder, x))
                frame = _behind(self.decoder, both).enlarged(2)
                given = given.met(frame)
        return Level(
            self.steps * image.channels,
            before_px=given.before_px,
            after_px=given.after_px,
            global_operations=given.global_operations,
            alignment_px=given.alignment_px,
        )


def _chain(source: Level, convolutions: Sequence[tuple[int, int]], norm: Norm) -> nn.Sequential:
    """Convolutions of so many channels and such a stride, one after the other."""
    chain = nn.Sequential()
    level = source
    for channels, stride in convolutions:
        block = NormedConvolution(level, channels, norm, nn.LeakyReLU(0.2), stride)
        chain.append(block)
        level = block.gives
    return chain


def _behind(chain: Iterable[Any], level: Level) -> Level:
    for block in chain:
        level = block.behind(level)
    return level
