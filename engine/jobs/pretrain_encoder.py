"""Pre-train an encoder: from images without labels to weights that a training starts from."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ...models.training import TrainingRecord
from .. import VERSION
from ..chips.chip_set import ChipInput
from ..chips.places import Bands, Place, find_places
from ..chips.source_states import check_states, states_of
from ..chips.undeclared_nodata import NodataWatch, watched
from ..chips.unlabelled_ground import divide, draw_tiles, lay_tiles
from ..errors import InputError
from ..images.transparency import warn_of_transparency
from ..learning.device import cpu_threads, training_device
from ..learning.network_errors import network_errors
from ..learning.pretrained_weights import documents_of, write_weights
from ..learning.pretraining import NAMES, Pretraining, prepare
from ..learning.pretraining_report import Judged, pretraining_page
from ..learning.resumption import TrainingState
from ..learning.retrieval import HiddenError, Retrieval, judge
from ..learning.tile_store import TileBatches, TileStore
from ..learning.training_run import learn, settings_of, steps_of
from ..outcome import Outcome
from ..progress import Part, Progress
from ..requests.pretrain_encoder import PretrainEncoder
from ..results.workspace import Workspace

LEARNING_RATE = 1e-3
"""Highest learning rate where it is left open."""

HELD_OUT_TILES = 256
"""Most tiles to judge by: their regions are looked up among each other."""

FEW_TILES = 20
"""Fewer held-out tiles are warned of."""

FIGURES = {
    "recall_1": "recall@1",
    "recall_1_before": "recall@1 before training",
    "recall_5": "recall@5",
    "choices": "tiles to choose from",
    "hidden_error": "error of hidden patches",
    "hidden_error_before": "error of hidden patches before training",
}
"""What people call figures."""

READ, TRAINED = 0.05, 0.95
"""Where the progress bar stands when the tiles are read, and when the encoder is trained."""


@dataclass(frozen=True)
class Tiles:
    """The tiles by what they are for.

    Attributes:
        learning: What is learnt from.
        held_out: What is judged by.
        inputs: What the values of each input are like.
    """

    learning: TileStore
    held_out: TileStore
    inputs: tuple[ChipInput, ...]


def run(request: PretrainEncoder, progress: Progress) -> Outcome:
    """Draw tiles, let the encoder learn, judge it on held-out ground, keep its weights."""
    with (
        Workspace(request.outputs, request.sources, request.resume) as workspace,
        TemporaryDirectory(ignore_cleanup_errors=True) as scratch,  # on Windows, mapped files stay till the worker ends
        cpu_threads(request.threads),
    ):
        places, bands = find_places(request.inputs, (), (), None, every_image=True)
        for paths in request.inputs:
            warn_of_transparency(paths, progress)
        counts = [len(each.names) for each in bands]
        pretraining = prepare(request, counts)
        _check_room(request, sum(counts), Path(scratch))
        device = training_device(request.device)
        files = states_of(path for paths in request.inputs for path in paths)
        workspace.protect(files)
        tiles = _gather(request, places, bands, Path(scratch), progress)
        check_states(files)
        pretraining = pretraining.knowing(tiles.inputs)
        made = workspace.place(request.checkpoint)
        state = TrainingState(made.parent, _description(request, pretraining, files), request.resume)
        for module in (pretraining.network, pretraining.term.parts):
            module.to(device)
        before = _judge(pretraining, request, tiles, READ, progress)
        record = _train(pretraining, request, tiles, state, progress)
        judged = Judged(before, _judge(pretraining, request, tiles, TRAINED, progress), len(tiles.held_out))
        pretraining.network.cpu()
        figures = _figures(judged)
        write_weights(made, pretraining.weights, _facts(request, pretraining, tiles, record, figures))
        if request.report:
            page = pretraining_page(request, pretraining, tiles.inputs, len(tiles.learning), record, judged)
            workspace.place(request.report).write_text(page, encoding="utf-8")
        workspace.finish(progress)
    for name, value in figures.items():
        progress.log("On held-out ground: {name} {value:.4g}.", name=FIGURES.get(name, name), value=value)
    outputs = {"checkpoint": request.checkpoint, "report": request.report}
    return Outcome({name: path for name, path in outputs.items() if path}, figures)


def _check_room(request: PretrainEncoder, bands: int, scratch: Path) -> None:
    """Refuse tiles that the disk has no room for: a disk that is full ends the worker without a word.

    Raises:
        InputError: It has none.
    """
    needed = (request.tiles + HELD_OUT_TILES) * bands * request.tile_px**2 * np.dtype(np.float32).itemsize
    free = shutil.disk_usage(scratch).free
    if needed > free:
        raise InputError(
            "The tiles take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in "
            "{folder}. Choose fewer TILES or a smaller TILE_SIZE.",
            needed=needed / 1e9,
            free=free / 1e9,
            folder=str(scratch.parent),
        )


def _gather(
    request: PretrainEncoder, places: Sequence[Place], bands: Sequence[Bands], scratch: Path, progress: Progress
) -> Tiles:
    """Draw the tiles to learn from, and lay those that are held out.

    Raises:
        InputError: There is no room for them, or no data.
    """
    read = {path for place in places for dates in place.inputs for paths in dates for path in paths}
    unread = sum(path not in read for paths in request.inputs for path in paths)
    if unread:
        progress.warn(
            "{count} images show no ground that those of the other sensor show and are left out.", count=unread
        )
    chance, reading = np.random.default_rng(request.seed), Part(progress, 0.0)
    ground = divide(places, request.tile_px, chance, reading)
    counts, side_px = [len(each.names) for each in bands], request.tile_px
    watches = [NodataWatch(name, each.names) for name, each in zip(NAMES, bands)]

    def store(name: str, tiles: Any, most: int) -> TileStore:
        folder = scratch / name
        folder.mkdir()
        kept = TileStore(watched(tiles, watches), most, counts, side_px, folder)
        if not len(kept):
            raise InputError(
                "No tile of {side} px in which all images hold data was found, be it to learn from or to judge by. "
                "Choose a smaller TILE_SIZE, or images with less nodata.",
                side=side_px,
            )
        return kept

    learning = store(
        "learning",
        draw_tiles(places, ground.learning, side_px, request.tiles, chance, reading),
        request.tiles,
    )
    held_out = store(
        "held_out", lay_tiles(places, ground.held_out, side_px, HELD_OUT_TILES, chance, reading), HELD_OUT_TILES
    )
    if len(learning) < request.tiles:
        progress.warn(
            "{found} tiles were found in place of {wanted}: elsewhere too much is nodata.",
            found=len(learning),
            wanted=request.tiles,
        )
    if len(held_out) < FEW_TILES:
        progress.warn(
            "Only {count} tiles are held out: how good the encoder is can hardly be told. Give more ground, or a "
            "smaller TILE_SIZE.",
            count=len(held_out),
        )
    for watch in watches:
        watch.tell(progress)
    inputs = learning.told(NAMES[: len(bands)], [each.names for each in bands])
    for tiles in (learning, held_out):
        tiles.standardise(inputs)
    progress.update(READ)
    return Tiles(learning, held_out, inputs)


def _train(
    pretraining: Pretraining, request: PretrainEncoder, tiles: Tiles, state: TrainingState, progress: Progress
) -> TrainingRecord:
    """Let the encoder learn, with what serves that alone; the rest of the network stays as it is."""
    device = training_device(request.device)
    steps = steps_of(len(tiles.learning), request.batch_size, request.epochs)
    settings = settings_of(steps, request.learning_rate or LEARNING_RATE, device, request.seed)
    progress.log(
        "Pre-training {weights} weights on {device}, {steps} steps of {size} tiles; method: {method}.",
        weights=sum(value.numel() for value in pretraining.weights.values()),
        device=str(device),
        steps=steps,
        size=min(request.batch_size, len(tiles.learning)),
        method=request.method,
    )
    with network_errors():
        return learn(
            pretraining.network,
            pretraining.objective,
            TileBatches(tiles.learning, request.batch_size, pretraining.augmentation),
            settings,
            state,
            Part(progress, READ, TRAINED - READ),
            device,
        )


def _judge(
    pretraining: Pretraining, request: PretrainEncoder, tiles: Tiles, done: float, progress: Progress
) -> Retrieval | HiddenError:
    """How good the encoder is on held-out ground."""
    return judge(pretraining, tiles.held_out, request.seed, lambda: progress.update(done))


def _figures(judged: Judged) -> dict[str, float]:
    """What is handed back in numbers."""
    before, after = judged.before, judged.after
    if isinstance(after, HiddenError):
        known = {"hidden_error": after.value}
        return {**known, "hidden_error_before": before.value} if isinstance(before, HiddenError) else known
    figures = {"recall_1": after.recall(1), "recall_5": after.recall(5), "choices": float(after.choices)}
    return {**figures, "recall_1_before": before.recall(1)} if isinstance(before, Retrieval) else figures


def _description(request: PretrainEncoder, pretraining: Pretraining, files: dict[str, Any]) -> dict[str, Any]:
    """Everything that the weights depend on, by the name of the parameter."""
    return {
        "version": VERSION,
        "INPUT": [request.inputs, hashlib.sha256(json.dumps(sorted(files.items())).encode()).hexdigest()],
        "SPEC": pretraining.network.spec.to_dict(),
        "METHOD": request.method,
        "TILES": request.tiles,
        "TILE_SIZE": request.tile_px,
        "EPOCHS": request.epochs,
        "LEARNING_RATE": request.learning_rate,
        "BATCH_SIZE": request.batch_size,
        "SEED": request.seed,
    }


def _facts(
    request: PretrainEncoder,
    pretraining: Pretraining,
    tiles: Tiles,
    record: TrainingRecord,
    figures: dict[str, float],
) -> dict[str, Any]:
    """What the file of weights tells of itself."""
    return {
        "version": VERSION,
        "method": request.method,
        "network": pretraining.network.spec.to_dict(),
        "inputs": documents_of(tiles.inputs),
        "tiles": len(tiles.learning),
        "tile_px": request.tile_px,
        "steps": record.best_step,
        "batch_size": min(request.batch_size, len(tiles.learning)),
        "learning_rate": request.learning_rate or LEARNING_RATE,
        "seed": request.seed,
        "held_out": figures,
    }
