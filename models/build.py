"""From a network spec to a network: fusion, encoder, necks and head, each chosen from one written-out dict."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from .carriers import EmbeddingOf, Gives, Graph, Level
from .encoders.efficient import EfficientEncoder
from .encoders.over_dates import OverDates
from .encoders.phydnet import PhyDNet
from .encoders.pixel_series import PixelSeries
from .encoders.resnet import ResNetEncoder
from .encoders.unet import UNetEncoder
from .encoders.utae import UTAEEncoder
from .encoders.vit import ViTEncoder
from .errors import MisfitError, SpecError
from .fusions.available import AvailableFusion
from .fusions.cross import CrossFusion
from .fusions.early import EarlyFusion
from .fusions.late import LateFusion
from .fusions.middle import MiddleFusion
from .fusions.shallow import ShallowFusion
from .heads.classification import ClassificationHead
from .heads.line import LineHead
from .heads.reconstruction import ReconstructionHead
from .heads.regression import RegressionHead
from .heads.segmentation import SegmentationHead
from .necks.align_dates import AlignDates
from .necks.aspp import ASPPNeck
from .necks.attention import AttentionNeck
from .necks.fpn import FPN
from .necks.over_time import over_time
from .necks.pooled import Pooled
from .necks.region_graph import RegionGraph
from .necks.tokens_to_pyramid import TokensToPyramid
from .necks.unet_decoder import UNetDecoder
from .necks.utae_decoder import UTAEDecoder
from .spec import InputSpec, NetworkSpec, PartSpec

Parts = Mapping[str, Callable[..., Any]]

FUSIONS: Parts = {
    "early": EarlyFusion,
    "shallow": ShallowFusion,
    "middle": MiddleFusion,
    "available": AvailableFusion,
    "cross": CrossFusion,
    "late": LateFusion,
}

ENCODERS: Parts = {
    "unet": UNetEncoder,
    "resnet": ResNetEncoder,
    "efficient": EfficientEncoder,
    "vit": ViTEncoder,
    "utae": UTAEEncoder,
}
"""Take the number of bands of a single image; a series passes through them date by date."""

SERIES_ENCODERS: Parts = {"pixel_series": PixelSeries, "phydnet": PhyDNet}
"""Take the `InputSpec` of a series, all dates at once."""

NECKS: Parts = {
    "unet": UNetDecoder,
    "fpn": FPN,
    "tokens_to_pyramid": TokensToPyramid,
    "attention": AttentionNeck,
    "aspp": ASPPNeck,
    "pooled": Pooled,
    "over_time": over_time,
    "align": AlignDates,
    "utae": UTAEDecoder,
}

GRAPH_NECKS: Parts = {"region_graph": RegionGraph}
"""Necks whose `forward` takes a `Graph` of the image's regions beside the features."""

HEADS: Parts = {
    "segmentation": SegmentationHead,
    "regression": RegressionHead,
    "line": LineHead,
    "classification": ClassificationHead,
    "reconstruction": ReconstructionHead,
}


class Network(nn.Module):
    """Encoder, necks and head in a row.

    Attributes:
        spec: What it was built from.
        stride: Height and width of the image must be multiples of this, in pixels.
        receptive_radius_px: Largest distance of an input pixel that matters for an output pixel.
        global_operations: Names of operations that see the whole image; without any, tiles join exactly.
        gives: What the head states about its output.
        regions: How many regions the graph of an image has at most, which it then needs beside the images; 0: none.
    """

    def __init__(self, spec: NetworkSpec, encoder: nn.Module, necks: Sequence[nn.Module], head: Any) -> None:
        """Put the parts together; they have checked each other when they were built.

        Args:
            spec: What the network is built from.
            encoder: From images to features.
            necks: From features to what the head takes; one that takes a graph is in `GRAPH_NECKS`.
            head: From features to the output.
        """
        super().__init__()
        self.spec = spec
        self.encoder = encoder
        self.neck = necks[0] if len(necks) == 1 else nn.ModuleList(necks)
        self.head = head
        self.gives: Level | EmbeddingOf = head.gives
        seen = head.gives.level if isinstance(head.gives, EmbeddingOf) else head.gives
        self.stride = seen.alignment_px
        self.receptive_radius_px = seen.radius_px
        self.global_operations = seen.global_operations
        self.regions: int = max((int(getattr(neck, "regions", 0)) for neck in necks), default=0)

    def blank(self, batch: int, rows: int, cols: int) -> tuple[Tensor, ...]:
        """Inputs of this size that are 0 throughout; the graph is one region."""
        device = next(self.parameters()).device
        images = [torch.zeros(batch, each.channels, rows, cols, device=device) for each in self.spec.inputs]
        if not self.regions:
            return tuple(images)
        adjacency = torch.zeros(batch, self.regions, self.regions, device=device)
        adjacency[:, 0, 0] = 1
        return (*images, torch.zeros(batch, rows, cols, dtype=torch.int64, device=device), adjacency)

    def forward(self, *inputs: Tensor) -> Tensor:
        """Map images to the output.

        Args:
            *inputs: One `(B, channels, H, W)` for each input of the spec, in its order; for networks over regions
                `regions` `(B, H, W)` and `adjacency` `(B, N, N)` as well.

        Returns:
            Logits or values `(B, outputs, H, W)`, or `(B, outputs)` of a head that says one thing of the image.
        """
        images = inputs[: len(self.spec.inputs)]
        if not torch.onnx.is_in_onnx_export():
            self._check(inputs)  # the exporter would take the sizes it sees for fixed ones
        graph = Graph(*inputs[len(images) :]) if self.regions else None
        x = self.encoder(images[0]) if len(images) == 1 else self.encoder(images)
        necks = self.neck if isinstance(self.neck, nn.ModuleList) else (self.neck,)
        for part, neck in zip(self.spec.necks, necks, strict=True):
            x = neck(x, graph) if part.name in GRAPH_NECKS else neck(x)
        output: Tensor = self.head(x)
        return output

    def _check(self, inputs: Sequence[Tensor]) -> None:
        expected = len(self.spec.inputs) + (2 if self.regions else 0)
        if len(inputs) != expected:
            raise MisfitError(
                "The network takes {expected} inputs and was given {found}.", expected=expected, found=len(inputs)
            )
        for image, source in zip(inputs, self.spec.inputs, strict=False):
            _, channels, height, width = image.shape
            if channels != source.channels or height % self.stride or width % self.stride:
                raise MisfitError(
                    "The image has {bands} bands and {height} × {width} px; the network takes {expected} bands "
                    "and multiples of {stride} px. Pad the image at right and bottom.",
                    bands=channels,
                    height=height,
                    width=width,
                    expected=source.channels,
                    stride=self.stride,
                )


def build(spec: NetworkSpec) -> Network:
    """Build the network that a spec describes, with freshly initialised weights."""
    encoder = build_encoder(spec.inputs, spec.encoder, spec.fusion)
    necks = []
    gives = encoder.gives
    for part in spec.necks:
        necks.append(build_neck(part, gives))
        gives = necks[-1].gives
    return Network(spec, encoder, necks, _build_part("head", HEADS, spec.head, gives))


def build_encoder(inputs: Sequence[InputSpec], encoder: PartSpec, fusion: PartSpec) -> Any:
    """Build what turns the inputs into features: the encoder, or the fusion of several with theirs."""

    def encode(source: InputSpec) -> Any:
        if encoder.name in SERIES_ENCODERS:
            return _build_part("encoder", SERIES_ENCODERS, encoder, source)
        if source.days:
            return OverDates(source, encode)
        return _build_part("encoder", {**ENCODERS, **SERIES_ENCODERS}, encoder, source.bands)

    return encode(inputs[0]) if len(inputs) == 1 else _build_part("fusion", FUSIONS, fusion, inputs, encode)


def build_neck(neck: PartSpec, gives: Gives) -> Any:
    """Build a neck over what the part before it gives."""
    return _build_part("neck", {**NECKS, **GRAPH_NECKS}, neck, gives)


def _build_part(family: str, parts: Parts, spec: PartSpec, *sources: object) -> Any:
    if spec.name not in parts:
        raise SpecError(
            "The network spec names the {family} '{name}'; there are: {known}.",
            family=family,
            name=spec.name,
            known=", ".join(parts),
        )
    part = parts[spec.name]
    try:
        inspect.signature(part).bind(*sources, **spec.arguments)
    except TypeError as error:
        raise SpecError(
            "The {family} '{name}' cannot be built from its arguments: {reason}.",
            family=family,
            name=spec.name,
            reason=error,
        ) from error
    try:
        return part(*sources, **spec.arguments)
    except (TypeError, ValueError, RuntimeError, ArithmeticError, LookupError) as error:  # as Python and torch say it
        raise SpecError(
            "The {family} '{name}' cannot be built from {arguments}: {reason}. Check their values.",
            family=family,
            name=spec.name,
            arguments=", ".join(f"{name} = {value!r}" for name, value in spec.arguments.items()) or "no arguments",
            reason=error,
        ) from error
