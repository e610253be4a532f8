"""From weights by name to an objective: each name stands for one term, chosen from one written-out dict."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from torch import nn

from ..augmentation import Bearing
from ..blocks.discriminator import Discriminator
from ..blocks.phycell import PhyCell, physics_loss
from ..build import Network
from ..errors import SpecError
from ..losses.absolute_error import AbsoluteError
from ..losses.adversarial import GAMES, NON_SATURATING
from ..losses.binary_cross_entropy import BinaryCrossEntropy
from ..losses.cldice import ClDice
from ..losses.cross_entropy import CrossEntropy
from ..losses.dice import Dice
from ..losses.distillation import Distillation
from ..losses.focal import Focal
from ..losses.huber import Huber
from ..losses.info_nce import InfoNCE
from ..losses.lovasz import Lovasz
from ..losses.orientation import Orientation
from ..losses.soft_iou import SoftIoU
from ..losses.squared_error import SquaredError
from ..losses.tversky import Tversky
from ..spec import InputSpec
from .adversarial import Adversarial
from .contrastive import Contrastive, feature_channels
from .physics import Advection, Heat, WaterLevel
from .ramp import Ramp, no_ramp
from .targets import Comparison, FromTeacher, OnDirection, OnMask, OnOutput
from .weighted_sum import Loss, WeightedSum, WeightedTerm

CLASSES = "classes"
IMAGE_CLASSES = "classes of whole images"
LINES = "lines"
VALUES = "values"
TASK_OF_HEAD = {
    "segmentation": CLASSES,
    "classification": IMAGE_CLASSES,
    "line": LINES,
    "regression": VALUES,
    "reconstruction": VALUES,
}
"""What networks with these heads say."""

CRITIC_WIDTHS = (32, 64, 128)
"""Of the critic that is built where none is given: each of its logits sees 34 × 34 px."""


@dataclass(frozen=True)
class ObjectiveSetting:
    """What the terms need to know.

    Attributes:
        task: What the network says: classes (a lone logit is that of a mask), classes of whole images, lines (the
            mask's logit, then those of direction) or values.
        inputs: What the network reads.
        outputs: Channels of its output.
        steps: Number of all steps.
        features: Channels of its encoder's coarsest features; 0: the network has no encoder.
        has_phycell: Whether a `PhyCell` is among its parts.
        ignore_label: Label of pixels that do not count; of values it is NaN.
        class_weights: Weight of each class's pixels, of a mask outside and inside; empty: all 1.
        label_smoothing: Share of the target that cross entropy spreads over all classes.
        visible: Numbers of the red, green and blue bands by the name of the input, see `BatchAugmentation`.
        bearings: Bands that hold directions, by the name of the input.
        extras: Names of the extras that batches have.
        wet_classes: Numbers of the classes that are water.
        spacing_m: Side of a pixel.
        step_s: Time between two of the network's values, where they are successive times.
        diffusivity_m2_s: Diffusivity of what the network's values are.
        teacher: Network to learn from; it reads the same inputs.
        critic: Network that judges, see `Adversarial`; where there is none, a small one is built.
        game: Which adversarial losses; one of `losses.adversarial.GAMES`.
    """

    task: str
    inputs: tuple[InputSpec, ...]
    outputs: int
    steps: int
    features: int = 0
    has_phycell: bool = False
    ignore_label: int = 255
    class_weights: tuple[float, ...] = ()
    label_smoothing: float = 0.0
    visible: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    bearings: Mapping[str, tuple[Bearing, ...]] = field(default_factory=dict)
    extras: frozenset[str] = frozenset()
    wet_classes: tuple[int, ...] = ()
    spacing_m: float | None = None
    step_s: float | None = None
    diffusivity_m2_s: float | None = None
    teacher: nn.Module | None = None
    critic: nn.Module | None = None
    game: str = NON_SATURATING

    def __post_init__(self) -> None:
        """Refuse what is of no known kind, or does not go with the number of outputs."""
        known = tuple(dict.fromkeys(TASK_OF_HEAD.values()))
        if self.task not in known:
            raise SpecError(
                "There is no objective for '{task}'; networks say: {known}.", task=self.task, known=", ".join(known)
            )
        if self.game not in GAMES:
            raise SpecError(
                "There is no adversarial game '{game}'; there are: {known}.", game=self.game, known=", ".join(GAMES)
            )
        if self.task != VALUES and self.class_weights and len(self.class_weights) != self.classes:
            raise SpecError(
                "There are {weights} class weights for {classes} classes. Give one for each class.",
                weights=len(self.class_weights),
                classes=self.classes,
            )

    @property
    def classes(self) -> int:
        """Number of classes that labels tell apart: 2 of a mask."""
        return 2 if self.task == LINES or self.outputs == 1 else self.outputs

    @property
    def weights(self) -> tuple[float, ...]:
        """Weight of each class."""
        return self.class_weights or (1.0,) * self.classes

    @property
    def has_lone_logit(self) -> bool:
        """Whether labels are compared with one logit, that of a mask."""
        return self.task == LINES or self.outputs == 1

    @classmethod
    def of(cls, network: Network, steps: int) -> ObjectiveSetting:
        """What a network tells of itself; `dataclasses.replace` adds the rest."""
        gives: Any = network.encoder.gives
        return cls(
            TASK_OF_HEAD[network.spec.head.name],
            network.spec.inputs,
            network.gives.channels,
            steps,
            features=feature_channels(gives),
            has_phycell=any(isinstance(part, PhyCell) for part in network.modules()),
        )

    def need(self, name: str, **values: object) -> None:
        """Refuse a term that lacks something: values by what they are called in a sentence."""
        missing = [each.replace("_", " ") for each, value in values.items() if not value]
        if missing:
            raise SpecError(
                "The objective '{name}' needs {missing}, which this training does not have. Leave it out or give that.",
                name=name,
                missing=" and ".join(missing),
            )


@dataclass(frozen=True)
class TermEntry:
    """How a term is built.

    Attributes:
        make: Builds the term, or refuses what does not suit it.
        tasks: What networks may say that it can score.
        is_physics: Whether it comes in little by little, see `Ramp`.
    """

    make: Callable[[ObjectiveSetting], Loss]
    tasks: tuple[str, ...]
    is_physics: bool = False


def build_objective(weights: Mapping[str, float], setting: ObjectiveSetting) -> WeightedSum:
    """Build the weighted sum of some terms.

    Args:
        weights: Weight of each term by its name in `TERMS`; of a law of physics α.
        setting: What the terms need to know.

    Raises:
        SpecError: A name is unknown, a weight is no positive number, or a term does not suit the network or the data.
    """
    if not weights:
        raise SpecError("Training needs at least one objective; there are: {known}.", known=", ".join(TERMS))
    return WeightedSum({name: _term(name, weight, setting) for name, weight in weights.items()})


def _term(name: str, weight: float, setting: ObjectiveSetting) -> WeightedTerm:
    if name not in TERMS:
        raise SpecError("There is no objective '{name}'; there are: {known}.", name=name, known=", ".join(TERMS))
    if not (math.isfinite(weight) and weight > 0):
        raise SpecError("The objective '{name}' has the weight {weight}; it must be above 0.", name=name, weight=weight)
    entry = TERMS[name]
    if setting.task not in entry.tasks:
        raise SpecError(
            "The objective '{name}' scores {suited}, the network gives {task}. Choose one of: {known}.",
            name=name,
            suited=" or ".join(entry.tasks),
            task=setting.task,
            known=", ".join(each for each, other in TERMS.items() if setting.task in other.tasks),
        )
    return WeightedTerm(entry.make(setting), weight, Ramp(setting.steps) if entry.is_physics else no_ramp)


def _scored(setting: ObjectiveSetting, loss: Comparison) -> Loss:
    """A loss between labels and the logits that stand for them."""
    return OnMask(loss) if setting.task == LINES else OnOutput(loss)


def _cross_entropy(setting: ObjectiveSetting) -> Loss:
    if setting.has_lone_logit:
        outside, inside = setting.weights
        return _scored(setting, BinaryCrossEntropy(setting.ignore_label, (outside, inside), setting.label_smoothing))
    return _scored(setting, CrossEntropy(setting.ignore_label, setting.weights, setting.label_smoothing))


def _cldice(setting: ObjectiveSetting) -> Loss:
    if setting.classes != 2:
        raise SpecError(
            "The objective 'cldice' scores one kind of line against the rest; the network has {classes} classes.",
            classes=setting.classes,
        )
    return _scored(setting, ClDice(setting.ignore_label))


def _orientation(setting: ObjectiveSetting) -> Loss:
    setting.need("orientation", the_orientation_of_lines="orientation" in setting.extras)
    return OnDirection(Orientation(setting.ignore_label, setting.outputs - 1))


def _contrastive(setting: ObjectiveSetting) -> Loss:
    setting.need("contrastive", an_encoder=setting.features)
    term = Contrastive(setting.inputs, setting.features, InfoNCE())
    term.know(setting.visible, setting.bearings)
    return term


def _distillation(setting: ObjectiveSetting) -> Loss:
    setting.need("distillation", a_teacher=setting.teacher)
    return FromTeacher(_given(setting.teacher), Distillation())


def _adversarial(setting: ObjectiveSetting) -> Loss:
    channels = sum(each.channels for each in setting.inputs)
    critic = setting.critic or Discriminator(channels, setting.outputs, CRITIC_WIDTHS)
    return Adversarial(critic, len(setting.inputs), setting.game)


def _moments(setting: ObjectiveSetting) -> Loss:
    setting.need("moments", a_PhyCell=setting.has_phycell)
    return lambda seen: physics_loss(seen.network)


def _water_level(setting: ObjectiveSetting) -> Loss:
    setting.need(
        "waterlevel",
        elevation="elevation_m" in setting.extras,
        classes_that_are_water=setting.wet_classes or setting.outputs == 1,
    )
    return WaterLevel(setting.wet_classes)


def _advection(setting: ObjectiveSetting) -> Loss:
    setting.need(
        "advection",
        several_successive_values=setting.outputs > 1,
        a_velocity="velocity_m_s" in setting.extras,
        the_size_of_a_pixel=setting.spacing_m,
        the_time_between_values=setting.step_s,
    )
    return Advection(_given(setting.spacing_m), _given(setting.step_s))


def _heat(setting: ObjectiveSetting) -> Loss:
    setting.need(
        "heat",
        several_successive_values=setting.outputs > 1,
        a_diffusivity=setting.diffusivity_m2_s,
        the_size_of_a_pixel=setting.spacing_m,
        the_time_between_values=setting.step_s,
    )
    return Heat(_given(setting.diffusivity_m2_s), _given(setting.spacing_m), _given(setting.step_s))


Value = TypeVar("Value")


def _given(value: Value | None) -> Value:
    """A value that `ObjectiveSetting.need` has made sure of."""
    if value is None:
        raise SpecError("An objective lacks a value that it needs.")
    return value


PIXELS = (CLASSES, LINES)
LABELS = (*PIXELS, IMAGE_CLASSES)
ALL = (*LABELS, VALUES)

TERMS: Mapping[str, TermEntry] = {
    "cross_entropy": TermEntry(_cross_entropy, LABELS),
    "focal": TermEntry(lambda given: _scored(given, Focal(given.ignore_label, given.weights)), LABELS),
    "dice": TermEntry(lambda given: _scored(given, Dice(given.ignore_label)), PIXELS),
    "tversky": TermEntry(lambda given: _scored(given, Tversky(given.ignore_label)), PIXELS),
    "soft_iou": TermEntry(lambda given: _scored(given, SoftIoU(given.ignore_label)), PIXELS),
    "lovasz": TermEntry(lambda given: _scored(given, Lovasz(given.ignore_label)), PIXELS),
    "cldice": TermEntry(_cldice, PIXELS),
    "orientation": TermEntry(_orientation, (LINES,)),
    "l1": TermEntry(lambda given: OnOutput(AbsoluteError()), (VALUES,)),
    "l2": TermEntry(lambda given: OnOutput(SquaredError()), (VALUES,)),
    "huber": TermEntry(lambda given: OnOutput(Huber()), (VALUES,)),
    "adversarial": TermEntry(_adversarial, (VALUES,)),
    "contrastive": TermEntry(_contrastive, ALL),
    "distillation": TermEntry(_distillation, (CLASSES, IMAGE_CLASSES)),
    "waterlevel": TermEntry(_water_level, (CLASSES,), is_physics=True),
    "advection": TermEntry(_advection, (VALUES,), is_physics=True),
    "heat": TermEntry(_heat, (VALUES,), is_physics=True),
    "moments": TermEntry(_moments, ALL),
}
