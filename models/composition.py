"""Composes networks from a few choices that people can make: which parts, how wide, how deep.

Each choice has one entry here: the part it stands for, and how its arguments follow from width, depth and what the part
before it gives. Whoever adds a part to `build.py` adds an entry, and its name to `engine/requests/compose_network.py`,
which QGIS reads without torch; a test asks for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import torch

from .build import build, build_encoder, build_neck
from .carriers import Gives, Level, Levels, SequenceOf, TokensOf
from .errors import SpecError
from .objectives.build import CLASSES, LINES, VALUES, ObjectiveSetting, build_objective
from .spec import Argument, InputSpec, NetworkSpec, PartSpec
from .turn import DirectionBins

Arguments = Mapping[str, Argument]

WIDEST = 16
"""Channels at the coarsest levels, in widths: more would be nearly all of the network's weights."""

EXTRAS = frozenset({"elevation_m", "orientation"})
"""What batches of training chips may hold beside images and targets, see `objectives.objective.Batch`."""

LACKING: Mapping[str, str] = {
    "advection": "a velocity for each pixel and the time between values",
    "heat": "a diffusivity and the time between values",
}
"""Objectives for which training chips lack something: they are there for trainings that one writes in Python."""

HELD = (CLASSES, VALUES)
"""What training chips hold for each pixel; networks of lines learn from two classes."""


@dataclass(frozen=True)
class Choices:
    """What a person chooses.

    Attributes:
        inputs: What the network reads.
        encoder: Name of the encoder.
        necks: Names of the necks in order; `None`: those that lead from the encoder to the head.
        head: Name of the head.
        fusion: Name of the fusion of several inputs.
        classes: Number of classes, of values or of bands that the network gives.
        width: Channels of the finest level.
        depth: Number of levels, or of layers.
    """

    inputs: tuple[InputSpec, ...]
    encoder: str
    necks: tuple[str, ...] | None
    head: str
    fusion: str = "early"
    classes: int = 2
    width: int = 32
    depth: int = 4

    def widths(self, levels: int) -> tuple[int, ...]:
        """Channels of each level, fine to coarse: twice those of the level before, up to `WIDEST` times the width."""
        return tuple(self.width * min(2**level, WIDEST) for level in range(levels))


@dataclass(frozen=True)
class Entry:
    """How a choice becomes a part.

    Attributes:
        part: Name of the part in `build.py`.
        arguments: Its arguments; for a neck it is asked with what the part before it gives as well. What does not fit
            is left for the part to refuse.
    """

    part: str
    arguments: Callable[..., Arguments]


# --- Encoders ----------------------------------------------------------------------------------------------------

PATCH_PX = 8
"""Side of the square that becomes a token."""

WINDOW = 8
"""Side of the windows of attention, in tokens."""

EFFICIENT_STAGES = {1: 1, 2: 2, 3: 3, 4: 5, 5: 7}
"""Stages that the efficient encoder needs for a number of levels: some keep the size."""


def _convolutions(choices: Choices) -> Arguments:
    """Two blocks for each level."""
    return {"widths": choices.widths(choices.depth), "depths": (2,) * choices.depth}


def _dilated(choices: Choices) -> Arguments:
    """From the third level on, blocks are dilated instead of halving the size."""
    dilations = tuple(max(1, 2 ** (level - 1)) if level > 1 else 1 for level in range(choices.depth))
    return {**_convolutions(choices), "dilations": dilations}


def _efficient(choices: Choices) -> Arguments:
    if choices.depth not in EFFICIENT_STAGES:
        raise SpecError(
            "The efficient encoder gives at most {most} levels, the depth is {depth}. Choose a smaller depth.",
            most=max(EFFICIENT_STAGES),
            depth=choices.depth,
        )
    return {"stages": EFFICIENT_STAGES[choices.depth]}


def _transformer(choices: Choices, window: int) -> Arguments:
    """As many channels as a U-Net has where a value stands for as much ground."""
    channels = choices.widths(PATCH_PX.bit_length())[-1]
    return {
        "patch": PATCH_PX,
        "width": channels,
        "depth": choices.depth,
        "heads": heads(channels),
        "window": window,
    }


def _phydnet(choices: Choices) -> Arguments:
    """As many images ahead as the values asked for make up; the memories are of the paper's proportion."""
    steps = -(-choices.classes // choices.inputs[0].bands)
    return {"steps": steps, "width": choices.width, "memories": (4 * choices.width,) * 2}


def _pixels(method: str) -> Callable[[Choices], Arguments]:
    return lambda choices: {"method": method, "width": 2 * choices.width}


ENCODERS: Mapping[str, Entry] = {
    "unet": Entry("unet", _convolutions),
    "resnet": Entry("resnet", _convolutions),
    "resnet_dilated": Entry("resnet", _dilated),
    "efficient": Entry("efficient", _efficient),
    "vit": Entry("vit", lambda choices: _transformer(choices, window=0)),
    "vit_windows": Entry("vit", lambda choices: _transformer(choices, window=WINDOW)),
    "utae": Entry("utae", lambda choices: {"widths": choices.widths(choices.depth)}),
    "pixel_attention": Entry("pixel_series", _pixels("attention")),
    "pixel_gru": Entry("pixel_series", _pixels("gru")),
    "pixel_lstm": Entry("pixel_series", _pixels("lstm")),
    "pixel_convolution": Entry("pixel_series", _pixels("convolution")),
    "phydnet": Entry("phydnet", _phydnet),
}


# --- Necks -------------------------------------------------------------------------------------------------------

REGIONS = 256
"""Regions of an image at most."""


def _decoder(choices: Choices, gives: Gives) -> Arguments:
    """One width for each level but the coarsest."""
    return {"widths": choices.widths(max(0, len(_levels(gives)) - 1))}


def _pyramid_of_tokens(choices: Choices, gives: Gives) -> Arguments:
    """Levels from half the image's size to the tokens' own."""
    stride_px = gives.level.stride_px if isinstance(gives, TokensOf) else 1
    return {"widths": choices.widths(max(1, stride_px.bit_length() - 1))}


def _attention(window: int) -> Callable[[Choices, Gives], Arguments]:
    def arguments(choices: Choices, gives: Gives) -> Arguments:
        return {"heads": heads(_coarsest(choices, gives)), "depth": 2, "window": window}

    return arguments


def _over_time(method: str) -> Callable[[Choices, Gives], Arguments]:
    return lambda choices, gives: {"method": method}


def _nothing(*_: object) -> Arguments:
    return {}


NECKS: Mapping[str, Entry] = {
    "unet": Entry("unet", _decoder),
    "fpn": Entry("fpn", lambda choices, gives: {"width": choices.width}),
    "utae": Entry("utae", _decoder),
    "tokens_to_pyramid": Entry("tokens_to_pyramid", _pyramid_of_tokens),
    "attention": Entry("attention", _attention(window=0)),
    "attention_windows": Entry("attention", _attention(window=WINDOW)),
    "aspp": Entry("aspp", lambda choices, gives: {"width": _coarsest(choices, gives)}),
    "region_graph": Entry("region_graph", lambda choices, gives: {"regions": REGIONS, "width": choices.width}),
    "align": Entry("align", _nothing),
    "over_time": Entry("over_time", _over_time("attention")),
    "over_time_convlstm": Entry("over_time", _over_time("convlstm")),
    "over_time_convgru": Entry("over_time", _over_time("convgru")),
    "over_time_convlstm_attention": Entry("over_time", _over_time("convlstm_attention")),
    "over_time_phycell": Entry("over_time", _over_time("phycell")),
    "over_time_mean": Entry("over_time", _over_time("mean")),
    "over_time_max": Entry("over_time", _over_time("max")),
    "over_time_last": Entry("over_time", _over_time("last")),
    "pooled": Entry("pooled", _nothing),
}

# --- Heads and fusions -------------------------------------------------------------------------------------------

HEADS: Mapping[str, Entry] = {
    "segmentation": Entry("segmentation", lambda choices: {"classes": choices.classes}),
    "regression": Entry("regression", lambda choices: {"variables": choices.classes}),
    "line": Entry("line", _nothing),
    "classification": Entry("classification", lambda choices: {"classes": choices.classes}),
    "reconstruction": Entry("reconstruction", lambda choices: {"bands": choices.classes}),
}

FUSIONS: Mapping[str, Entry] = {
    "early": Entry("early", _nothing),
    "middle": Entry("middle", _nothing),
    "shallow": Entry("shallow", _nothing),
    "available": Entry("available", _nothing),
    "cross": Entry("cross", _nothing),
    "late": Entry("late", _nothing),
}


def compose(choices: Choices) -> NetworkSpec:
    """The spec of the network that is chosen.

    Raises:
        ModelError: Parts do not fit together; it names both sides.
    """
    encoder = _part("encoder", ENCODERS, choices.encoder, choices)
    fusion = _part("fusion", FUSIONS, choices.fusion, choices)
    with torch.device("meta"):  # shapes alone: nothing is computed, and no memory taken
        gives: Gives = build_encoder(choices.inputs, encoder, fusion).gives
        necks = []
        for name in fitting_necks(choices, gives) if choices.necks is None else choices.necks:
            necks.append(_part("neck", NECKS, name, choices, gives))
            gives = build_neck(necks[-1], gives).gives
    head = _part("head", HEADS, choices.head, choices)
    return NetworkSpec(choices.inputs, encoder, tuple(necks), head, fusion)


def check_objectives(spec: NetworkSpec, weights: Mapping[str, float]) -> None:
    """Refuse objectives that a network cannot be trained for on any training chips; the rest depends on the chips.

    Raises:
        ModelError: One is unknown, does not suit what the network says, or needs what no training chips hold.
    """
    if not weights:
        return
    for name in weights:
        if name in LACKING:
            raise SpecError(
                "The objective '{name}' needs {missing}, which training chips do not hold: “Train a model” cannot "
                "supply it. Leave it out.",
                name=name,
                missing=LACKING[name],
            )
    with torch.device("meta"):
        network = build(spec)
        with_all_data = replace(ObjectiveSetting.of(network, steps=1), extras=EXTRAS, wet_classes=(0,), teacher=network)
        build_objective(weights, with_all_data)
        if with_all_data.task == LINES:
            DirectionBins.of_lines(with_all_data.outputs - 1)  # refuses bins that training could not turn
    if with_all_data.task not in (*HELD, LINES):
        raise SpecError(
            "The network gives {found}, training chips hold {known} of pixels: “Train a model” cannot train it. Leave "
            "the objectives out, or choose another head.",
            found=with_all_data.task,
            known=" or ".join(HELD),
        )


def fitting_necks(choices: Choices, gives: Gives) -> tuple[str, ...]:
    """Names of the necks that lead from what an encoder gives to what the head takes."""
    for_dates = ("over_time",) if isinstance(gives, SequenceOf) else ()
    if choices.head == "classification":
        return (*for_dates, "pooled")
    if isinstance(gives, TokensOf):
        return ("tokens_to_pyramid", "unet")
    strides = [level.stride_px for level in _levels(gives)]
    if len(strides) < 2:
        return for_dates
    halving = all(coarse == 2 * fine for fine, coarse in pairwise(strides))
    return (*for_dates, ("utae" if choices.encoder == "utae" else "unet") if halving else "fpn")


def heads(channels: int) -> int:
    """Heads of an attention: of 32 channels each, or the next number that divides the channels."""
    return next(count for count in range(max(1, channels // 32), 0, -1) if channels % count == 0)


def _levels(gives: Gives) -> Levels:
    """The feature maps among what a part gives; none where it gives something else."""
    if isinstance(gives, SequenceOf):
        return gives.levels
    if isinstance(gives, Level):
        return (gives,)
    return gives if isinstance(gives, tuple) else ()


def _coarsest(choices: Choices, gives: Gives) -> int:
    """Channels of the coarsest feature map."""
    levels = _levels(gives)
    return levels[-1].channels if levels else choices.width


def _part(family: str, entries: Mapping[str, Entry], name: str, *circumstances: object) -> PartSpec:
    if name not in entries:
        raise SpecError(
            "There is no {family} '{name}'; there are: {known}.", family=family, name=name, known=", ".join(entries)
        )
    entry = entries[name]
    return PartSpec(entry.part, entry.arguments(*circumstances))
