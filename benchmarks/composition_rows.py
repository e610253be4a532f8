"""The compositions that are held against each other: parts, objectives and seeds of each, by the set it is trained on.

Widths and depths are those that `composenetwork` gives for a width of 16 and a depth of 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from terraloom.models.composition import Choices, compose
from terraloom.models.presets import CLASSES
from terraloom.models.spec import InputSpec, NetworkSpec

WIDTH, DEPTH = 16, 4
DUBAI, FLOODS, TRANSLATION = "dubai", "floods", "translation"

PHOTOGRAPH = InputSpec(3)
DATES = InputSpec(4, "series", (0, 30))
"""Radar and a composite of three optical bands, before and after. The files carry no dates; the days stand for any."""

STACKED = InputSpec(8, "series")
"""The same tensor without saying that it is a series."""

RADAR = InputSpec(1)

LEARNING_RATE = {DUBAI: 2e-3, FLOODS: 2e-3, TRANSLATION: 1e-3}
"""Those of the presets, the same for every row of a set."""


@dataclass(frozen=True)
class Row:
    """One composition.

    Attributes:
        key: What it is called in the lines of JSON.
        group: The set that it is trained on.
        name: What it is called in the table.
        parts: Encoder and necks, as they are written in `composenetwork`.
        spec: The network.
        objectives: Weight of each term.
        ramped: Terms that come in little by little.
        seeds: One training each.
        has_seen_photographs: Whether its encoder starts from weights of ImageNet.
    """

    key: str
    group: str
    name: str
    parts: str
    spec: NetworkSpec
    objectives: Mapping[str, float]
    ramped: tuple[str, ...] = ()
    seeds: tuple[int, ...] = (0,)
    has_seen_photographs: bool = False


def rows() -> tuple[Row, ...]:
    """All of them; the first of each set is its yardstick."""
    return (*_single_images(), *_over_time(), *_generation())


def _single_images() -> tuple[Row, ...]:
    """Five classes of very-high-resolution photographs."""

    def row(key: str, name: str, encoder: str, necks: str, **more: object) -> Row:
        spec = _spec(PHOTOGRAPH, encoder, necks, "segmentation", 5)
        return Row(key, DUBAI, name, f"{encoder}, {necks}", spec, CLASSES, **more)  # type: ignore[arg-type]

    return (
        row("cnn", "CNN (yardstick)", "unet", "unet", seeds=(0, 1)),
        row("residual", "residual", "resnet", "fpn"),
        row("atrous", "residual, dilated", "resnet_dilated", "aspp+fpn"),
        row("windows", "CNN + attention in windows", "unet", "attention_windows+unet"),
        row("attention", "CNN + global attention", "unet", "attention+unet"),
        row("transformer", "transformer in windows", "vit_windows", "tokens_to_pyramid+fpn"),
        row("graph", "CNN + graph over superpixels", "unet", "unet+region_graph"),
        row("efficient", "small efficient encoder", "efficient", "fpn"),
        row("imagenet", "the same, from ImageNet", "efficient", "fpn", has_seen_photographs=True),
    )


def _over_time() -> tuple[Row, ...]:
    """Floods out of a series of two dates."""

    def row(key: str, name: str, encoder: str, necks: str, source: InputSpec = DATES, **more: object) -> Row:
        spec = _spec(source, encoder, necks, "segmentation", 2)
        objectives = more.pop("objectives", CLASSES)
        return Row(key, FLOODS, name, f"{encoder}, {necks}", spec, objectives, **more)  # type: ignore[arg-type]

    with_moments = {**CLASSES, "moments": 1.0}
    return (
        row("cnn", "CNN on stacked dates (yardstick)", "unet", "unet", STACKED, seeds=(0, 1)),
        row("mean", "CNN, mean over time", "unet", "over_time_mean+unet"),
        row("convlstm", "recurrent: ConvLSTM", "unet", "over_time_convlstm+unet"),
        row("convgru", "recurrent: ConvGRU", "unet", "over_time_convgru+unet"),
        row("utae", "temporal attention (U-TAE)", "utae", "over_time+utae"),
        row(
            "moments",
            "physics-informed: PhyCell + moments",
            "unet",
            "over_time_phycell+unet",
            objectives=with_moments,
            ramped=("moments",),
        ),
        row("phycell", "the same without moments", "unet", "over_time_phycell+unet"),
    )


def _generation() -> tuple[Row, ...]:
    """An optical image out of a radar image."""

    def row(key: str, name: str, objectives: Mapping[str, float], seeds: tuple[int, ...]) -> Row:
        spec = _spec(RADAR, "unet", "unet", "regression", 3)
        return Row(key, TRANSLATION, name, "unet, unet", spec, objectives, seeds=seeds)

    return (
        row("l1", "CNN, L1 alone (yardstick)", {"l1": 1.0}, (0, 1)),
        row("adversarial", "adversarial, weight 0.01 (preset)", {"l1": 1.0, "adversarial": 0.01}, (0, 1)),
        row("adversarial-strong", "adversarial, weight 0.1", {"l1": 1.0, "adversarial": 0.1}, (0,)),
    )


def _spec(source: InputSpec, encoder: str, necks: str, head: str, outputs: int) -> NetworkSpec:
    names = tuple(necks.split("+"))
    return compose(Choices((source,), encoder, names, head, classes=outputs, width=WIDTH, depth=DEPTH))
