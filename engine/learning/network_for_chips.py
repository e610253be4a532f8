"""Holds a network that somebody composed against the chips it is to learn from, and gives it their inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import nn

from ...models.build import Network
from ...models.objectives.build import CLASSES, LINES, TASK_OF_HEAD, VALUES
from ...models.spec import InputSpec, NetworkSpec, PartSpec
from ..chips.chip_set import ChipSet
from ..errors import InputError
from ..progress import Progress

COUNTS = {"segmentation": "classes", "regression": "variables", "reconstruction": "bands"}
"""The argument of each head that numbers its outputs; that of lines has none."""


def with_inputs_of(chips: ChipSet, spec: NetworkSpec, progress: Progress) -> NetworkSpec:
    """The spec with names and days as the chips have them: weights do not depend on those.

    Args:
        chips: The training chips.
        spec: The network, as it was composed.
        progress: Is told where names or days change.

    Raises:
        InputError: The network reads something else than the chips hold.
    """
    wanted = inputs_of(chips)
    if spec.inputs == wanted:
        return spec
    found, expected = (", ".join(map(_told, inputs)) for inputs in (spec.inputs, wanted))
    if _shapes(spec.inputs) != _shapes(wanted):
        raise InputError(
            "The network reads {found}, the training chips have {expected}. Compose a network for these inputs.",
            found=found,
            expected=expected,
        )
    if _in_another_order(spec.inputs, wanted):
        raise InputError(
            "The network reads {found}, the training chips have {expected}, in another order. Compose the network for "
            "the inputs in the order of the chips.",
            found=", ".join(each.name for each in spec.inputs),
            expected=", ".join(each.name for each in wanted),
        )
    progress.log(
        "The network was composed for {found}; it takes names and days from the training chips: {expected}.",
        found=found,
        expected=expected,
    )
    return replace(spec, inputs=wanted)


def continued(chips: ChipSet, learnt: NetworkSpec, outputs: int, progress: Progress) -> NetworkSpec | None:
    """A network that has learnt already, with the bands of the chips, and as many outputs as they have labels.

    Args:
        chips: The training chips.
        learnt: The network as it was.
        outputs: Number of classes, or of values for each pixel.
        progress: Is told where names or days change.

    Returns:
        `None`: it is for another number of inputs or another order of them, for series rather than single images, or
        says something else.
    """
    wanted = inputs_of(chips)
    if [bool(each.days) for each in learnt.inputs] != [bool(each.days) for each in wanted]:
        return None
    if _in_another_order(learnt.inputs, wanted) or TASK_OF_HEAD.get(learnt.head.name) not in _suited(chips):
        return None
    if _shapes(learnt.inputs) == _shapes(wanted):
        learnt = with_inputs_of(chips, learnt, progress)
    counted = COUNTS.get(learnt.head.name)
    head = replace(learnt.head, arguments={**learnt.head.arguments, counted: outputs}) if counted else learnt.head
    return replace(learnt, inputs=wanted, head=head)


def with_suited_head(chips: ChipSet, encoding: NetworkSpec) -> NetworkSpec:
    """The network of a pre-trained encoder with the usual head, where its own, which learnt nothing, does not suit.

    Args:
        chips: The training chips.
        encoding: The network as it was. One that says something of whole images stays: it has no map to go on from.
    """
    said, suited = TASK_OF_HEAD.get(encoding.head.name), _suited(chips)
    if said in suited or said not in (CLASSES, LINES, VALUES):
        return encoding
    return replace(encoding, head=PartSpec("segmentation" if suited[0] == CLASSES else "regression"))


def inputs_of(chips: ChipSet) -> tuple[InputSpec, ...]:
    """What a network for these chips reads."""
    return tuple(InputSpec(len(each.bands), each.name, each.days) for each in chips.inputs)


def check_head(chips: ChipSet, spec: NetworkSpec) -> None:
    """Refuse a head that says something else than the chips' labels do; lines are told by two classes.

    Raises:
        InputError: It does.
    """
    suited = _suited(chips)
    wanted = suited[0]
    found = TASK_OF_HEAD.get(spec.head.name, wanted)  # an unknown head is refused when the network is built
    if found == LINES and chips.legend and found not in suited:
        raise InputError(
            "The head {head} tells lines from all else, the training chips hold {count} classes: {names}. Make chips "
            "whose LEGEND has two classes, the first of them the background.",
            head=spec.head.name,
            count=len(chips.legend.entries),
            names=", ".join(chips.legend.names),
        )
    if found not in suited:
        raise InputError(
            "The head {head} gives {found}, the training chips hold {expected} of pixels. Compose a network with the "
            "head {advice}.",
            head=spec.head.name,
            found=found,
            expected=wanted,
            advice=" or ".join(name for name, task in TASK_OF_HEAD.items() if task in suited),
        )


def check_network(chips: ChipSet, network: Network, outputs: int) -> None:
    """Refuse a network whose output or stride does not suit the chips.

    Args:
        chips: The training chips.
        network: Built from a spec with the chips' inputs and a head for their labels.
        outputs: Number of classes, or of values for each pixel. A network of lines has its own: the mask and bins of
            direction.

    Raises:
        InputError: It does not.
    """
    if not tells_lines(network) and network.gives.channels != outputs:
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


def check_size(network: Network, critic: nn.Module | None, side_px: int, count: int) -> None:
    """Refuse chips of which too little is left within the network, or its critic, for it to learn.

    Args:
        network: As in `check_network`; it ends in training mode, and its running statistics are spoilt.
        critic: The network that judges it, if one does.
        side_px: Side of the chips.
        count: How many there are in a batch.

    Raises:
        InputError: They are too small.
    """
    inputs = network.blank(min(count, 2), side_px, side_px)
    for image in inputs[: len(network.spec.inputs)]:
        image[0] = 1  # an encoder of what is there may see a single tile of a batch, and of blank ones none
    try:
        with torch.no_grad():
            made = network.train()(*inputs)
            if critic is not None:
                critic(made, torch.cat(inputs[: len(network.spec.inputs)], dim=1))
    except (RuntimeError, ValueError) as error:  # normalisation of a single value, a kernel larger than the map
        raise InputError(
            "Chips of {side} px, {count} in a batch, are too small to learn from: too little of them is left within "
            "the network ({reason}). Make larger chips, choose a larger BATCH_SIZE, or a network with fewer levels.",
            side=side_px,
            count=count,
            reason=str(error),
        ) from error


def tells_lines(network: Network) -> bool:
    """Whether a network gives the logit of lines and those of their directions."""
    return TASK_OF_HEAD[network.spec.head.name] == LINES


def _suited(chips: ChipSet) -> tuple[str, ...]:
    """What a network may say of the chips, the usual first."""
    wanted = CLASSES if chips.legend else VALUES
    return (wanted, LINES) if chips.legend and len(chips.legend.entries) == 2 else (wanted,)


def _shapes(inputs: Sequence[InputSpec]) -> list[tuple[int, int]]:
    """Bands and dates of each input, 0 dates of a single image."""
    return [(each.bands, len(each.days)) for each in inputs]


def _in_another_order(inputs: Sequence[InputSpec], others: Sequence[InputSpec]) -> bool:
    """Whether both have the same names, but not in the same places."""
    names, theirs = ([each.name for each in those] for those in (inputs, others))
    return names != theirs and sorted(names) == sorted(theirs)


def _told(source: InputSpec) -> str:
    if not source.days:
        return f"{source.name} ({source.bands} bands)"
    return f"{source.name} ({source.bands} bands on the days {', '.join(map(str, source.days))})"
