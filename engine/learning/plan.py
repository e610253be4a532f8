"""Decides what is trained, from the request and the chips: the network and its objectives. Refuses bad input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...models.build import Network, build
from ...models.errors import ModelError as PartError
from ...models.presets import preset
from ...models.spec import InputSpec, NetworkSpec
from ..chip_set import ChipSet
from ..errors import InputError, ModelError
from ..progress import Progress
from ..requests.spec_file import parse_objectives, read_spec
from ..requests.train_model import TrainModel
from .chip_store import channels

STEPS = 1000
"""Steps of a training whose epochs are left open."""


@dataclass(frozen=True)
class TrainingPlan:
    """What is trained, for what, and for how long.

    Args:
        spec: The network.
        objectives: Weight of each objective by name.
        learning_rate: Highest learning rate.
        steps: Number of batches.
        class_weights: Weight of each class's pixels; empty: the targets are values.
    """

    spec: NetworkSpec
    objectives: Mapping[str, float]
    learning_rate: float
    steps: int
    class_weights: tuple[float, ...]


def make_plan(request: TrainModel, chips: ChipSet, variables: int, progress: Progress) -> TrainingPlan:
    """Decide, and tell what the user should know of the chips.

    Args:
        request: What is asked for.
        chips: The training chips.
        variables: Bands of the targets, where they are values.
        progress: Is told.

    Raises:
        InputError: The chips cannot be learnt from, or do not suit the network.
        ModelError: The network cannot be built.
    """
    _check_chips(chips, progress)
    inputs = tuple(InputSpec(len(each.bands), each.name, each.days) for each in chips.inputs)
    classes = len(chips.legend.entries) if chips.legend else 0
    with network_errors():
        chosen = preset(request.preset, inputs, classes, variables)
    spec, objectives = chosen.spec, dict(chosen.objectives)
    if request.spec:
        file = read_spec(Path(request.spec))
        with network_errors():
            spec = NetworkSpec.from_dict(file.network)
        objectives = dict(file.objectives) or objectives
    objectives = parse_objectives(request.objectives) or objectives
    with network_errors():
        _check_network(build(spec), chips, inputs, classes or variables)
    per_epoch = -(-len(chips.of("train")) // request.batch_size)
    return TrainingPlan(
        spec,
        objectives,
        request.learning_rate or chosen.learning_rate,
        per_epoch * request.epochs or STEPS,
        _class_weights(chips, request.class_weights) if classes else (),
    )


class network_errors:
    """Turns the errors of networks into the engine's, which QGIS can word."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Turn the error."""
        if isinstance(error, PartError):
            raise ModelError(error.template, **{name: _plain(value) for name, value in error.values.items()}) from error


def _plain(value: object) -> str | int | float:
    return value if isinstance(value, (int, float)) else str(value)


def _check_chips(chips: ChipSet, progress: Progress) -> None:
    """Refuse chips that nothing can be learnt from, and warn of those from which little can."""
    train = chips.of("train")
    if len(train) == 1:
        progress.warn("There is a single training chip: the network will know one place only.")
    if not chips.of("validation"):
        progress.warn(
            "No chips are kept for validation: training does not stop early, the network is not calibrated, and "
            "nothing is known of how good it is elsewhere."
        )
    if chips.legend is None:
        return
    pixels = chips.pixels(train)
    names = {str(entry.value): entry.name for entry in chips.legend.entries}
    missing = [names[value] for value, count in pixels.items() if not count]
    if len(names) - len(missing) < 2:
        raise InputError(
            "The training chips hold pixels of {count} class(es) only. A network needs two to tell apart: check the "
            "labels, or make the chips with another split.",
            count=len(names) - len(missing),
        )
    if missing:
        progress.warn(
            "No training chip holds {classes}: the network cannot learn that. Make the chips with another SEED or a "
            "smaller BLOCK_SIZE, or leave such classes out.",
            classes=", ".join(missing),
        )
    for value, name in names.items():
        blocks = {chip.block for chip in chips.chips if chip.pixels.get(value)}
        if len(blocks) == 1 and value in pixels and pixels[value]:
            progress.warn(
                "All pixels of {name} lie in one block of ground: it cannot be told whether the network knows it "
                "elsewhere.",
                name=name,
            )


def _check_network(network: Network, chips: ChipSet, inputs: tuple[InputSpec, ...], outputs: int) -> None:
    """Refuse a network that does not fit the chips."""
    found = ", ".join(f"{each.name} ({each.channels} channels)" for each in network.spec.inputs)
    expected = ", ".join(f"{each.name} ({channels(each)} channels)" for each in chips.inputs)
    if [each.channels for each in network.spec.inputs] != [each.channels for each in inputs]:
        raise InputError(
            "The network reads {found}, the training chips have {expected}. Compose a network for these inputs.",
            found=found,
            expected=expected,
        )
    if network.gives.channels != outputs:
        raise InputError(
            "The network gives {found} values for each pixel, the training chips need {expected}. Change its head.",
            found=network.gives.channels,
            expected=outputs,
        )
    if chips.chip_px % network.stride:
        below = chips.chip_px // network.stride * network.stride
        raise InputError(
            "The training chips are {side} px wide, the network takes multiples of {stride} px. Make chips of {advice} "
            "px.",
            side=chips.chip_px,
            stride=network.stride,
            advice=below or network.stride,
        )


def _class_weights(chips: ChipSet, way: str) -> tuple[float, ...]:
    """Weight of each class, 1 in the mean over pixels: 1, or falling with its pixels or their root; 0 without any."""
    counts = np.array(list(chips.pixels(chips.of("train")).values()), float)
    power = {"none": 0.0, "sqrt": 0.5, "balanced": 1.0}[way]
    weights = np.where(counts > 0, np.maximum(counts, 1.0) ** -power, 0.0)
    weights *= counts.sum() / (weights * counts).sum()
    return tuple(map(float, weights))
