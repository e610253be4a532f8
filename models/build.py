"""From a network spec to a network: encoder, neck and head, each chosen from one written-out dict."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from .carriers import Level
from .encoders.unet import UNetEncoder
from .errors import MisfitError, SpecError
from .heads.regression import RegressionHead
from .heads.segmentation import SegmentationHead
from .necks.unet_decoder import UNetDecoder
from .spec import NetworkSpec, PartSpec

ENCODERS: Mapping[str, Callable[..., Any]] = {"unet": UNetEncoder}
NECKS: Mapping[str, Callable[..., Any]] = {"unet": UNetDecoder}
HEADS: Mapping[str, Callable[..., Any]] = {"segmentation": SegmentationHead, "regression": RegressionHead}


class Network(nn.Module):
    """Encoder, neck and head in a row.

    Attributes:
        bands: Number of bands of the image.
        stride: Height and width of the image must be multiples of this, in pixels.
        receptive_radius_px: Largest distance of an input pixel that matters for an output pixel.
        global_operations: Names of operations that see the whole image; without any, tiles join exactly.
    """

    def __init__(
        self, bands: int, encoder: nn.Module, neck: nn.Module, head: nn.Module, stride: int, output: Level
    ) -> None:
        """Put the parts together; they have checked each other when they were built.

        Args:
            bands: Number of bands of the image.
            encoder: From image to pyramid.
            neck: From pyramid to one feature map.
            head: From feature map to the output.
            stride: Stride of the coarsest features, in pixels.
            output: What the head states about its output.
        """
        super().__init__()
        self.encoder = encoder
        self.neck = neck
        self.head = head
        self.bands = bands
        self.stride = stride
        self.receptive_radius_px = output.radius_px
        self.global_operations = output.global_operations

    def forward(self, image: Tensor) -> Tensor:
        """Map `(B, bands, H, W)` to logits or values `(B, outputs, H, W)`."""
        if not torch.onnx.is_in_onnx_export():
            self._check(image)  # the exporter would take the sizes it sees for fixed ones
        output: Tensor = self.head(self.neck(self.encoder(image)))
        return output

    def _check(self, image: Tensor) -> None:
        _, bands, height, width = image.shape
        if bands != self.bands or height % self.stride or width % self.stride:
            raise MisfitError(
                "The image has {bands} bands and {height} × {width} px; the network takes {expected} bands "
                "and multiples of {stride} px. Pad the image at right and bottom.",
                bands=bands,
                height=height,
                width=width,
                expected=self.bands,
                stride=self.stride,
            )


def build(spec: NetworkSpec) -> Network:
    """Build the network that a spec describes, with freshly initialised weights."""
    encoder = _build_part("encoder", ENCODERS, spec.encoder, spec.bands)
    neck = _build_part("neck", NECKS, spec.neck, encoder.levels)
    head = _build_part("head", HEADS, spec.head, neck.level)
    stride = max(level.stride_px for level in encoder.levels)
    return Network(spec.bands, encoder, neck, head, stride, head.level)


def _build_part(family: str, parts: Mapping[str, Callable[..., Any]], spec: PartSpec, source: object) -> Any:
    if spec.name not in parts:
        raise SpecError(
            "The network spec names the {family} '{name}'; there are: {known}.",
            family=family,
            name=spec.name,
            known=", ".join(parts),
        )
    part = parts[spec.name]
    try:
        inspect.signature(part).bind(source, **spec.arguments)
    except TypeError as error:
        raise SpecError(
            "The {family} '{name}' cannot be built from its arguments: {reason}.",
            family=family,
            name=spec.name,
            reason=error,
        ) from error
    return part(source, **spec.arguments)
