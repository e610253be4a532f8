"""Decides what is trained, from the request and the chips: the network and its objectives. Refuses bad input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ...models.build import Network, build
from ...models.composition import check_objectives
from ...models.objectives.build import ObjectiveSetting, build_objective
from ...models.presets import preset
from ...models.spec import NetworkSpec
from ..chips.chip_set import IGNORE, ChipSet
from ..errors import InputError
from ..progress import Progress
from ..requests.pretrain_encoder import ENDING
from ..requests.spec_file import parse_objectives
from ..requests.train_model import TrainModel
from .chip_store import target_bands
from .initial_weights import check_initial, initial_file
from .network_errors import network_errors
from .network_for_chips import (
    check_head,
    check_network,
    check_size,
    continued,
    inputs_of,
    tells_lines,
    with_inputs_of,
    with_suited_head,
)
from .spec_in_file import learnt_network, spec_in
from .supplies import Supplies, gather_supplies
from .training_run import steps_of

WEIGHTED = frozenset(("cross_entropy", "focal"))
"""Objectives that weigh classes."""


@dataclass(frozen=True)
class TrainingPlan:
    """What is trained, for what, and for how long.

    Args:
        spec: The network.
        objectives: Weight of each objective by name.
        learning_rate: Highest learning rate.
        steps: Number of batches.
        class_weights: Weight of each class's pixels; empty: the targets are values.
        initial: File of weights to begin with; `None`: from chance.
        supplies: What single objectives need beside images and labels.
        input_drop_share: Probability of each input of several to be hidden from the network as it learns.
    """

    spec: NetworkSpec
    objectives: Mapping[str, float]
    learning_rate: float
    steps: int
    class_weights: tuple[float, ...]
    initial: Path | None
    supplies: Supplies = Supplies()
    input_drop_share: float = 0.0


def make_plan(request: TrainModel, chips: ChipSet, progress: Progress) -> TrainingPlan:
    """Decide, and tell what the user should know of the chips.

    Args:
        request: What is asked for.
        chips: The training chips.
        progress: Is told.

    Raises:
        InputError: The chips cannot be learnt from, or do not suit the network.
        ModelError: The network cannot be built, or not be trained for the objectives.
    """
    _check_chips(chips, progress)
    classes = len(chips.legend.entries) if chips.legend else 0
    outputs = classes or target_bands(chips)
    file = spec_in(Path(request.spec)) if request.spec else None
    initial = initial_file(request.initial)
    with network_errors():
        own = with_inputs_of(chips, NetworkSpec.from_dict(file.network), progress) if file else None
        if file is None and request.preset == "auto" and initial is not None:
            own = _that_of_initial(initial, chips, outputs, progress)
        if own is not None:
            check_head(chips, own)
        chosen = preset(request.preset, inputs_of(chips), classes, outputs, own)
    spec, objectives = chosen.spec, dict(file.objectives if file and file.objectives else chosen.objectives)
    plan = TrainingPlan(
        spec,
        parse_objectives(request.objectives) or objectives,
        request.learning_rate or chosen.learning_rate,
        steps_of(len(chips.of("train")), request.batch_size, request.epochs),
        _class_weights(chips, request.class_weights) if classes else (),
        initial,
        input_drop_share=chosen.input_drop_share if request.augment != "none" else 0.0,
    )
    with network_errors():
        network = build(spec)
        check_network(chips, network, outputs)
        check_objectives(spec, plan.objectives)
        check_initial(network, request.initial)
        plan = replace(plan, supplies=gather_supplies(request, chips, plan.objectives, network, progress))
        objective = build_objective(plan.objectives, objective_setting(network, plan))
        check_size(network, objective.critic, chips.chip_px, min(request.batch_size, len(chips.of("train"))))
    if tells_lines(network) or "cldice" in plan.objectives:
        _tell_of_lines(chips, progress)
    if tells_lines(network) and not plan.supplies.directions:
        progress.warn(
            "Without the objective orientation the network does not learn in which direction lines run. Add it to "
            "OBJECTIVES where directions matter, as for bridging gaps."
        )
    if request.class_weights not in ("none", TrainModel.class_weights) and not WEIGHTED & plan.objectives.keys():
        progress.warn(
            "CLASS_WEIGHTS is {way}, and none of the objectives ({objectives}) weighs classes. Those that do are "
            "{weighing}.",
            way=request.class_weights,
            objectives=", ".join(plan.objectives),
            weighing=" and ".join(sorted(WEIGHTED)),
        )
    return plan


def objective_setting(network: Network, plan: TrainingPlan) -> ObjectiveSetting:
    """What the objectives of a training need to know."""
    return replace(
        ObjectiveSetting.of(network, plan.steps),
        ignore_label=IGNORE,
        class_weights=plan.class_weights,
        **plan.supplies.to_setting(),
    )


def _that_of_initial(initial: Path, chips: ChipSet, outputs: int, progress: Progress) -> NetworkSpec | None:
    """The network whose weights are begun with, where the file tells it and it can learn from the chips; is told."""
    learnt = learnt_network(initial)
    if learnt is None:
        return None
    if initial.suffix.lower() == ENDING:
        learnt = with_suited_head(chips, learnt)
    own = continued(chips, learnt, outputs, progress)
    if own is None:
        progress.log(
            "The network of {name} is for other inputs or other labels than the training chips: PRESET auto chooses "
            "one for these.",
            name=initial.name,
        )
    else:
        progress.log("PRESET is auto: the network is that of {name}, which learns on.", name=initial.name)
    return own


def _check_chips(chips: ChipSet, progress: Progress) -> None:
    """Refuse chips that nothing can be learnt from, and warn of those from which little can."""
    train = chips.of("train")
    if not train:
        raise InputError(
            "None of the chips in {folder} is for training. Make them again with smaller shares for validation and "
            "test.",
            folder=str(chips.folder),
        )
    if len(train) == 1:
        progress.warn("There is a single training chip: the network will know one place only.")
    if not chips.of("validation"):
        progress.warn(
            "No chips are kept for validation: training does not stop early, the network is not calibrated, and "
            "nothing is known of how good it is elsewhere."
        )
    if len({chip.block for chip in chips.of("validation")}) == 1:
        progress.warn(
            "All validation chips lie in one block of ground: when training stops, and how sure the network is, follow "
            "what is special there. Make the chips with a larger VALIDATION_SHARE or a smaller BLOCK_SIZE, or train "
            "without validation and early stopping (VALIDATION_SHARE = 0)."
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


def _tell_of_lines(chips: ChipSet, progress: Progress) -> None:
    """Tell which class is taken for lines, and what looks as if it were not meant so."""
    background, lines = chips.legend.names if chips.legend else ("", "")
    progress.log(
        "{lines} is taken for the lines, {background} for all that is none.", lines=lines, background=background
    )
    around, inside = chips.pixels(chips.of("train")).values()
    if inside > around:
        progress.warn(
            "{lines}, which is taken for the lines, has more pixels than {background}. The second class of LEGEND must "
            "be that of the lines: if it is the other way round, change the class values and make the chips again.",
            lines=lines,
            background=background,
        )


def _class_weights(chips: ChipSet, way: str) -> tuple[float, ...]:
    """Weight of each class, 1 in the mean over pixels: 1, or falling with its pixels or their root; 0 without any."""
    counts = np.array(list(chips.pixels(chips.of("train")).values()), float)
    power = {"none": 0.0, "sqrt": 0.5, "balanced": 1.0}[way]
    weights = np.where(counts > 0, np.maximum(counts, 1.0) ** -power, 0.0)
    weights *= counts.sum() / (weights * counts).sum()
    return tuple(map(float, weights))
