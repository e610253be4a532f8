"""Train a model: from training chips to a scored network with its card, in a file and in the user's library."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch import nn

from ...models.augmentation import STRENGTHS, BatchAugmentation
from ...models.build import Network, build
from ...models.complexity import count_parameters
from ...models.export import export_onnx
from ...models.objectives.build import build_objective
from ...models.training import TrainingRecord, Validation
from .. import VERSION
from ..cards.card_in_file import copy_with_card
from ..chips.chip_set import MANIFEST, SPLITS, ChipSet
from ..errors import InputError, ModelError, OutputError
from ..familiarity.familiarity import CARD_KEY
from ..learning.band_roles import bearings, visible_bands
from ..learning.baseline import PixelForest, ValueForests
from ..learning.batches import Batches, region_rules
from ..learning.card_of_training import card_of, spares_inputs
from ..learning.chip_store import ChipStore, channels, target_bands
from ..learning.device import cpu_threads, training_device
from ..learning.evaluation import Check, confusion, direction_error_deg, mean_iou, value_figures
from ..learning.export_check import check_export
from ..learning.familiar_ground import familiar_ground
from ..learning.held_out import LEVEL, HeldOut, called, score_classes
from ..learning.initial_weights import Targets, take_weights
from ..learning.network_errors import network_errors
from ..learning.plan import WEIGHTED, TrainingPlan, make_plan, objective_setting
from ..learning.pretrained_weights import warn_of_other_units
from ..learning.resumption import TrainingState, weights_mark
from ..learning.spec_in_file import write_checkpoint
from ..learning.temperature import temperature_of
from ..learning.training_report import training_page
from ..learning.training_run import learn, settings_of
from ..library.card import ModelCard
from ..library.installed import NETWORK
from ..library.shelf import CARD, SOURCE_HASH, Slot, check_name, free_name
from ..outcome import Outcome
from ..phrases import Phrase
from ..progress import Part, Progress, Remembered
from ..requests.train_model import TrainModel
from ..results.workspace import Workspace
from ..verification.accuracy import assess

AVERAGING = 0.98
"""Of the weights: about the last fifty steps count; in less than five hundred, about the last tenth of them."""

UNEVEN = 5.0
"""How many times the spread of one variable may be that of another before the other is hardly learnt."""

READ, TRAINED = 0.05, 0.85
"""Where the progress bar stands when the chips are read, and when the network is trained."""


@dataclass(frozen=True)
class Splits:
    """The chips by what they are for.

    Attributes:
        train: What is learnt from.
        validation: What tells when to stop, and how sure the network is; `None`: there are none.
        test: What tells how good it is; `None`: there are none.
    """

    train: ChipStore
    validation: ChipStore | None
    test: ChipStore | None

    @property
    def judge(self) -> tuple[str, ChipStore]:
        """The most trustworthy chips there are for scores, and what they are."""
        if self.test:
            return "test", self.test
        return ("validation", self.validation) if self.validation else ("train", self.train)


def run(request: TrainModel, progress: Progress) -> Outcome:
    """Train, score, export, and put the model into the library; where that fails at the end, it is in OUTPUT."""
    chips = ChipSet.from_folder(Path(request.chips))
    source_sha256 = hashlib.sha256((chips.folder / MANIFEST).read_bytes()).hexdigest()
    model_id = _name(request, source_sha256)
    if (Path(request.library) / model_id).is_dir():
        progress.warn(
            "{model} is among your models already, learnt from these chips. The new one will take its place; to keep "
            "both, choose another NAME.",
            model=model_id,
        )
    with (
        Workspace(request.outputs, request.sources, request.resume) as workspace,
        Slot(Path(request.library) / model_id, source_sha256) as slot,
        TemporaryDirectory(ignore_cleanup_errors=True) as scratch,  # on Windows, mapped files stay till the worker ends
        cpu_threads(request.threads),
    ):
        plan = make_plan(request, chips, progress)
        training_device(request.device)  # refused before chips are read
        _check_room(chips, plan, Path(scratch))
        warn_of_other_units(plan.initial, chips.inputs, progress)
        splits = _read(chips, plan, Path(scratch), progress)
        made = workspace.place(request.output)
        state = TrainingState(made.parent, _description(request, plan, source_sha256), request.resume)
        network = _start(request, plan, splits.train, progress)
        record = _train(network, request, plan, splits, state, progress)
        held_out = _judge(network, request, plan, splits, progress)
        temperature = temperature_of(network, splits.validation, request.seed, _asking(progress))
        facts = _facts(request, chips, plan, record)
        card = card_of(model_id, network, chips, facts, held_out, temperature, splits.train.factor)
        card.document["properties"][SOURCE_HASH] = source_sha256
        export_onnx(network, made, chips.chip_px)
        check_export(network, splits.train, made, _asking(progress), progress)
        familiar = familiar_ground(network, splits.train, made, _asking(progress), progress)
        if familiar is not None:
            card.document["properties"][CARD_KEY] = familiar.to_document()
        copy_with_card(made, card.document, made)
        if request.report:
            page = training_page(card, record, held_out, network, splits.judge[1], _asking(progress))
            workspace.place(request.report).write_text(page, encoding="utf-8")
        if request.checkpoint:
            write_checkpoint(state.file, plan.spec, workspace.place(request.checkpoint))
        workspace.finish(progress)
        is_placed = _put(card, request.output, slot, progress)
    return _outcome(request, model_id if is_placed else "", held_out, progress)


def _name(request: TrainModel, source_sha256: str) -> str:
    """What the model is called: as the user says, or a name that is free."""
    if not request.name:
        return free_name(Path(request.library), request.wanted_id, source_sha256)
    check_name(Path(request.library) / request.wanted_id, source_sha256)
    return request.wanted_id


def _check_room(chips: ChipSet, plan: TrainingPlan, scratch: Path) -> None:
    """Refuse chips that the disk has no room for: a disk that is full ends the worker without a word.

    Raises:
        InputError: It has none.
    """
    pixels = len(chips.chips) * chips.chip_px**2
    labels = 1 if chips.legend else 4 * target_bands(chips)
    needed = pixels * (4 * sum(map(channels, chips.inputs)) + labels + bool(plan.supplies.directions))
    free = shutil.disk_usage(scratch).free
    if needed > free:
        raise InputError(
            "The chips take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in "
            "{folder}. Make room there, or fewer chips.",
            needed=needed / 1e9,
            free=free / 1e9,
            folder=str(scratch.parent),
        )


def _read(chips: ChipSet, plan: TrainingPlan, scratch: Path, progress: Progress) -> Splits:
    """Bring the chips of each split into arrays on disk; those that tell nothing are left out or refused."""

    def store(split: str, factor: float | None = None) -> ChipStore:
        folder = scratch / split
        folder.mkdir()
        return ChipStore(chips, chips.of(split), folder, progress, factor, plan.supplies.directions)

    train = store("train")
    train.check_learnable()
    spreads = [spread for spread in chips.target.std if spread > 0] if chips.target else []
    if spreads and max(spreads) > UNEVEN * min(spreads):
        progress.warn(
            "One variable of the labels spreads {times:.0f} times as far as another, which will hardly be learnt: "
            "bring them to like spreads first (with the raster calculator, for example), or train a model for each.",
            times=max(spreads) / min(spreads),
        )

    def judges(split: str) -> ChipStore | None:
        found = store(split, train.factor) if chips.of(split) else None
        if found is None or found.labelled.any():
            return found
        progress.warn(
            "No pixel of the {split} chips is labelled: the training goes on as if there were no such chips. Make the "
            "chips with another SEED to have labels in each split.",
            split=split,
        )
        return None

    splits = Splits(train, judges("validation"), judges("test"))
    progress.update(READ)
    return splits


def _start(request: TrainModel, plan: TrainingPlan, store: ChipStore, progress: Progress) -> Network:
    """The network before it learns from the chips."""
    torch.manual_seed(request.seed)
    network = build(plan.spec)
    if len(store.middle):
        network.head.start_at(torch.from_numpy(store.middle).float())
    if plan.initial:
        classes = store.chip_set.legend.names if store.chip_set.legend else ()
        targets = Targets(classes, store.factor)
        take_weights(network, plan.initial, progress, visible_bands(store.chip_set.inputs), targets)
    progress.log(
        "Training a network of {parameters} weights on {device}, {steps} steps of {size} chips; objectives: "
        "{objectives}.",
        parameters=count_parameters(network),
        device=str(training_device(request.device)),
        steps=plan.steps,
        size=min(request.batch_size, len(store)),
        objectives=", ".join(f"{name} x {weight:g}" for name, weight in plan.objectives.items()),
    )
    return network


def _train(
    network: Network,
    request: TrainModel,
    plan: TrainingPlan,
    splits: Splits,
    state: TrainingState,
    progress: Progress,
) -> TrainingRecord:
    """Let the network learn; with validation chips it ends with the weights that did best on them."""
    store = splits.train
    device = training_device(request.device)
    settings = settings_of(plan.steps, plan.learning_rate, device, request.seed, AVERAGING)
    augment = BatchAugmentation(
        plan.spec.inputs,
        STRENGTHS[request.augment],
        visible=visible_bands(store.chip_set.inputs),
        input_drop_share=plan.input_drop_share,
        directions=plan.supplies.directions,
        bearings=bearings(store.chip_set.inputs),
    )
    setting = replace(objective_setting(network, plan), visible=augment.visible, bearings=augment.bearings)
    told = Remembered(Part(progress, READ, TRAINED - READ))
    with network_errors():
        record = learn(
            network,
            build_objective(plan.objectives, setting),
            Batches(
                store,
                request.batch_size,
                augment,
                region_rules(network),
                plan.supplies.elevation,
                each_once="contrastive" in plan.objectives,
            ),
            settings,
            state,
            told,
            device,
            _validation(network, request, splits.validation, settings.checkpoint_every, told),
        )
    network.cpu()
    if record.stopped_early:
        progress.log("Stopped early: the best score was reached on step {step}.", step=record.best_step)
    return record


def _validation(
    network: Network, request: TrainModel, store: ChipStore | None, every: int, told: Remembered
) -> Validation | None:
    """How the validation chips are scored while the network learns; the bar stays where it is."""
    if store is None:
        return None

    def score(_: nn.Module) -> float:
        if store.chip_set.legend:
            name, found = called("miou"), mean_iou(network, store, told.ask)
        else:
            figures = value_figures(network, store, told.ask)
            known = "r2" in figures
            name, found = (called("r2"), figures["r2"]) if known else (Phrase("negative RMSE"), -figures["rmse"])
        told.log("Validation: {name} {score:.4f}.", name=name, score=found)
        return found

    return Validation(score, every, request.patience)


def _judge(network: Network, request: TrainModel, plan: TrainingPlan, splits: Splits, progress: Progress) -> HeldOut:
    """Score the network on the chips that are most to be trusted, beside the forest."""
    split, store = splits.judge
    check = _asking(progress)
    threads = torch.get_num_threads()
    if request.baseline:
        progress.log("A random forest on single pixels is trained for comparison.")
    if request.baseline and split == "train":
        progress.log(
            "It is judged on the chips that it has learnt from, which it knows nearly by heart: that it does better or "
            "worse than the network means nothing."
        )
    if not store.chip_set.legend:
        theirs = ValueForests(splits.train, request.seed, threads).figures(store, check) if request.baseline else None
        return HeldOut(split, values=value_figures(network, store, check), forest_values=theirs)
    forest = PixelForest(splits.train, request.seed, threads).confusion(store, check) if request.baseline else None
    found = score_classes(split, confusion(network, store, check), forest, request.seed)
    spared = store.chip_set.inputs if spares_inputs(network, plan.input_drop_share) else ()
    return replace(
        found,
        direction_error_deg=direction_error_deg(network, store, check),
        without={
            source.name: assess(confusion(network, store, check, hidden), LEVEL, request.seed)
            for hidden, source in enumerate(spared)
        },
    )


def _asking(progress: Progress) -> Check:
    """Lets the user stop what tells no progress of its own."""
    return lambda: progress.update(TRAINED)


def _description(request: TrainModel, plan: TrainingPlan, source_sha256: str) -> dict[str, Any]:
    """Everything that the weights depend on, by the name of the parameter."""
    return {
        "version": VERSION,
        "CHIPS": source_sha256,
        "PRESET, SPEC": [plan.spec.to_dict(), plan.input_drop_share],
        "OBJECTIVES": dict(plan.objectives),
        "LEARNING_RATE": plan.learning_rate,
        "EPOCHS": request.epochs,
        "CLASS_WEIGHTS": plan.class_weights,
        "BATCH_SIZE": request.batch_size,
        "AUGMENT": request.augment,
        "PATIENCE": request.patience,
        "SEED": request.seed,
        "LABEL_SMOOTHING": request.label_smoothing,
        "ELEVATION": request.elevation,
        "WATER_CLASSES": request.water,
        "TEACHER": weights_mark(Path(request.teacher)) if request.teacher else "",
        "INITIAL": weights_mark(plan.initial) if plan.initial else "",
    }


def _facts(request: TrainModel, chips: ChipSet, plan: TrainingPlan, record: TrainingRecord) -> dict[str, Any]:
    """What the card tells of the training."""
    counts = {split: len(chips.of(split)) for split in SPLITS}
    return {
        "name": chips.folder.name,
        "chips": counts,
        "chip_px": chips.chip_px,
        "objectives": dict(plan.objectives),
        "steps": plan.steps,
        "best_step": record.best_step,
        "stopped_early": record.stopped_early,
        "learning_rate": plan.learning_rate,
        "batch_size": min(request.batch_size, counts["train"]),
        "augmentation": request.augment,
        "class_weights": request.class_weights if WEIGHTED & plan.objectives.keys() and chips.legend else "none",
        **plan.supplies.facts(chips),
        **({"input_drop_share": plan.input_drop_share} if plan.input_drop_share else {}),
        "seed": request.seed,
        "initial": Path(request.initial).name,
    }


def _put(card: ModelCard, output: str, slot: Slot, progress: Progress) -> bool:
    """Put what was learnt among the user's models; gives whether that was possible, and says why it was not."""
    try:
        with slot.filling() as folder:
            shutil.copyfile(output, folder / NETWORK)
            (folder / CARD).write_text(json.dumps(card.document, indent=2, ensure_ascii=False), encoding="utf-8")
    except (ModelError, OutputError) as error:
        progress.warn(error.template, **error.values)
        progress.warn(
            "So the model is in {output}, but not among your models. Import a model brings it there.", output=output
        )
        return False
    return True


def _outcome(request: TrainModel, model_id: str, held_out: HeldOut, progress: Progress) -> Outcome:
    """What is handed back, with the model's name where it has come to the library; the figures are told too."""
    for name, value in held_out.figures.items():
        progress.log("On the {split} chips: {name} {value:.4f}.", split=held_out.split, name=called(name), value=value)
    for caution in held_out.cautions:
        progress.warn("{caution}", caution=caution)
    if model_id:
        progress.log("The model is now among your models as {model}.", model=model_id)
    files = {"output": request.output, "checkpoint": request.checkpoint, "report": request.report}
    return Outcome(
        {name: path for name, path in files.items() if path},
        {**({"model": model_id} if model_id else {}), "split": held_out.split, **held_out.figures},
    )
