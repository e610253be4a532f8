"""Networks that suit a task, for who does not want to compose one: from what chips hold to a spec and objectives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .errors import SpecError
from .spec import InputSpec, NetworkSpec, PartSpec

UNET_WIDTHS = (16, 32, 64, 96)
CLASSES = {"cross_entropy": 1.0, "dice": 1.0}
LANDSLIDES = {"cross_entropy": 1.0, "dice": 0.5, "tversky": 0.5}
LINES = {"cross_entropy": 1.0, "soft_iou": 1.0, "orientation": 0.5, "cldice": 0.5}

DIRECTIONS = 18
"""Bins of 10° that a network of lines tells directions in."""

OF_SERIES = ("timeseries", "timecontext", "landslide")
"""The presets that read series of images; the others read single ones."""

SPARES_INPUTS = "available"
"""The fusion whose networks can do without some of their inputs."""

INPUT_DROP_SHARE = 0.25
"""So that no sensor is leant on alone, and maps can be made where one is missing (ModDrop, Neverova 2016)."""


@dataclass(frozen=True)
class Preset:
    """What is trained, and for what.

    Attributes:
        spec: The network.
        objectives: Weight of each objective by name.
        learning_rate: Highest learning rate of AdamW.
        input_drop_share: Probability of each input of several to be hidden from the network as it learns.
    """

    spec: NetworkSpec
    objectives: Mapping[str, float]
    learning_rate: float = 2e-3
    input_drop_share: float = 0.0


def preset(
    name: str, inputs: Sequence[InputSpec], classes: int, variables: int, own: NetworkSpec | None = None
) -> Preset:
    """The preset of a name.

    Args:
        name: One of `PRESETS`, or `auto`: by what the inputs and targets are.
        inputs: What the network reads.
        classes: Number of classes; 0: the targets are values.
        variables: Values for each pixel, where they are.
        own: A network instead of the preset's; of the preset, its objectives and learning rate are left.
    """
    if name == "auto":
        name = "lines" if own is not None and own.head.name == "line" else _suitable(inputs, classes)
    if name not in PRESETS:
        raise SpecError("There is no preset '{name}'; there are: auto, {known}.", name=name, known=", ".join(PRESETS))
    for_values = name in ("regression", "translation")
    if for_values != (classes == 0):
        raise SpecError(
            "The preset '{name}' is for {wanted}, the training chips hold {found}.",
            name=name,
            wanted="values" if for_values else "classes",
            found="classes" if classes else "values",
        )
    if name == "lines" and classes != 2:
        raise SpecError(
            "The preset 'lines' is for two classes, the background and the lines; the training chips hold {found}. "
            "Make chips whose LEGEND has two classes, the first of them the background.",
            found=classes,
        )
    if own is not None:
        chosen = PRESETS[name](tuple(inputs), classes or variables)
        return replace(chosen, spec=own, input_drop_share=_drop_share(own))
    is_series = any(each.days for each in inputs)
    if (name in OF_SERIES) != is_series:
        raise SpecError(
            "The preset '{name}' is for {wanted}, the training chips hold {found}. {advice}",
            name=name,
            wanted="series of images" if name in OF_SERIES else "single images",
            found="a series" if is_series else "single images",
            advice=_instead(is_series, classes),
        )
    return PRESETS[name](tuple(inputs), classes or variables)


def _instead(is_series: bool, classes: int) -> str:
    """What to do with chips that a preset is not for."""
    if not is_series:
        return "Choose auto."
    if classes:
        return "Choose timeseries or timecontext."
    return "Compose a network of a series, with the head regression."


def _suitable(inputs: Sequence[InputSpec], classes: int) -> str:
    if not classes:
        return "regression"
    if any(each.days for each in inputs):
        return "timeseries"
    return "fusion" if len(inputs) > 1 else "landcover"


def _unet(widths: Sequence[int]) -> tuple[PartSpec, PartSpec]:
    encoder = PartSpec("unet", {"widths": tuple(widths), "depths": (2,) * len(widths)})
    return encoder, PartSpec("unet", {"widths": tuple(widths[:-1])})


def _classes(count: int) -> PartSpec:
    return PartSpec("segmentation", {"classes": count})


def _landcover(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net of four levels, 0.3 M weights: objects and their surroundings up to some 50 px."""
    encoder, neck = _unet(UNET_WIDTHS)
    return Preset(NetworkSpec(inputs, encoder, (neck,), _classes(classes)), CLASSES)


def _localcontext(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net of five levels, 0.8 M weights: for classes that only their surroundings tell apart (Pešek 2024)."""
    encoder, neck = _unet((*UNET_WIDTHS, 128))
    return Preset(NetworkSpec(inputs, encoder, (neck,), _classes(classes)), {"dice": 1.0, "cross_entropy": 0.5})


def _urbangreen(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net of six levels, 1.4 M weights: for kinds of urban green that what lies around them tells apart.

    It learns by Dice alone, as Pešek 2024 (10.1016/j.rsase.2024.101238) does. Untested on such labels: none are public.
    """
    encoder, neck = _unet((*UNET_WIDTHS, 128, 128))
    return Preset(NetworkSpec(inputs, encoder, (neck,), _classes(classes)), {"dice": 1.0})


def _fewlabels(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net of two levels, 95 k weights: little to learn, for few labelled pixels on one scene."""
    encoder, neck = _unet((32, 64))
    return Preset(NetworkSpec(inputs, encoder, (neck,), _classes(classes)), {"cross_entropy": 1.0})


def _fusion(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net whose inputs have an encoder each, joined by what is there; it learns to do without any one of them."""
    encoder, neck = _unet(UNET_WIDTHS)
    spec = NetworkSpec(inputs, encoder, (neck,), _classes(classes), PartSpec(SPARES_INPUTS))
    return Preset(spec, CLASSES, input_drop_share=_drop_share(spec))


def _drop_share(spec: NetworkSpec) -> float:
    """How often inputs are hidden: never where there is one alone, or where the network cannot do without any."""
    return INPUT_DROP_SHARE if len(spec.inputs) > 1 and spec.fusion.name == SPARES_INPUTS else 0.0


def _timeseries(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """Attention over the dates of each pixel, without a look at its neighbours (L-TAE, Garnot 2020)."""
    encoder = PartSpec("pixel_series", {"method": "attention", "dropout": 0.3})
    return Preset(NetworkSpec(inputs, encoder, (), _classes(classes)), {"cross_entropy": 1.0})


def _timecontext(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net for each date, joined by attention over the dates (U-TAE, Garnot and Landrieu 2021)."""
    encoder, neck = _unet(UNET_WIDTHS)
    necks = (PartSpec("over_time", {"method": "attention"}), neck)
    return Preset(NetworkSpec(inputs, encoder, necks, _classes(classes)), CLASSES)


def _landslide(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """U-TAE, 0.8 M weights: what changed between dates, with 65 px around it (Garnot and Landrieu 2021).

    Of networks over dates none did better on floods (docs/compositions.md). Landslides are rare: what is missed costs
    more than what is found in vain (Tversky). Untested on real labels.
    """
    widths = (16, 32, 64, 128)
    encoder, neck = PartSpec("utae", {"widths": widths}), PartSpec("utae", {"widths": widths[:-1]})
    necks = (PartSpec("over_time", {"method": "attention"}), neck)
    return Preset(NetworkSpec(inputs, encoder, necks, _classes(classes)), LANDSLIDES)


def _lines(inputs: tuple[InputSpec, ...], classes: int) -> Preset:
    """A U-Net of five levels, the finest of the image's own size, 0.8 M weights: for roads, rivers, field boundaries.

    It tells where lines run and in which direction (Batra 2019), and gaps in them cost what they cost (clDice).
    """
    encoder, neck = _unet((*UNET_WIDTHS, 128))
    return Preset(NetworkSpec(inputs, encoder, (neck,), PartSpec("line", {"bins": DIRECTIONS})), LINES)


def _regression(inputs: tuple[InputSpec, ...], variables: int) -> Preset:
    """A U-Net that gives values."""
    encoder, neck = _unet(UNET_WIDTHS)
    return Preset(NetworkSpec(inputs, encoder, (neck,), PartSpec("regression", {"variables": variables})), {"l1": 1.0})


def _translation(inputs: tuple[InputSpec, ...], variables: int) -> Preset:
    """A U-Net that draws one sensor's image from another's, judged by a critic as well (Isola 2017)."""
    plain = _regression(inputs, variables)
    return Preset(plain.spec, {"l1": 1.0, "adversarial": 0.01}, learning_rate=1e-3)


PRESETS: Mapping[str, Callable[[tuple[InputSpec, ...], int], Preset]] = {
    "landcover": _landcover,
    "localcontext": _localcontext,
    "urbangreen": _urbangreen,
    "fewlabels": _fewlabels,
    "fusion": _fusion,
    "timeseries": _timeseries,
    "timecontext": _timecontext,
    "landslide": _landslide,
    "lines": _lines,
    "regression": _regression,
    "translation": _translation,
}
