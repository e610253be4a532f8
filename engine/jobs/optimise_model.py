"""Optimise a model: from a network of 32-bit floats to a faster variant that is as good on the user's images."""

from __future__ import annotations

import copy
import math
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from ..backends import openvino_backend
from ..backends.onnxruntime_backend import OnnxruntimeBackend
from ..cards.card_in_file import copy_with_card
from ..cards.foreign_cards import ReadModel, read_model
from ..chips.chip_set import MANIFEST, ChipSet
from ..chips.chip_tiles import chip_tiles
from ..errors import ModelError
from ..foreign.network_file import load
from ..foreign.outside_weights import load_weights
from ..images.urls import file_name
from ..library.card import ModelCard
from ..network import Network
from ..outcome import Outcome
from ..progress import Part, Progress
from ..requests.card_fields import CardFields
from ..requests.optimise_model import TASKS, OptimiseModel, suits
from ..results.workspace import Workspace
from ..speed.agreement import Comparison, compare
from ..speed.quantisation import RANGED, find_ranges, prepare, quantise, sparings
from ..speed.sensitivity import finer_sparings
from ..tiles.sample_tiles import SampleTile, sample_tiles

TILES = 32
"""How many tiles are cut from the images: half of them to find ranges, half to test with. Of chips as many pixels."""

WORTH = 1.1
"""How much faster a variant must be to be worth its file."""


@dataclass(frozen=True)
class Variant:
    """A faster network.

    Args:
        path: Its file.
        spared: Layers that stay as they are.
    """

    path: Path
    spared: tuple[str, ...] = ()


def run(request: OptimiseModel, progress: Progress) -> Outcome:
    """Write the first variant that is good enough, from the fastest to the most precise."""
    manifest = (str(Path(request.chips) / MANIFEST),) if request.chips else ()
    sources = (request.model, *request.calibration, *request.labels, *manifest)
    with Workspace(request.outputs, sources) as workspace, tempfile.TemporaryDirectory() as folder:
        _check(read_model(Path(request.model)), request.model)  # before one of int8 is refused as it opens
        original = Network(Path(request.model), CardFields(), "cpu", "fp32", request.threads, progress)
        card = original.card
        ranging, testing = (_tiles_of_chips if request.chips else _tiles_of_images)(request, original, progress)
        found: list[Comparison] = []
        for variant in _variants(request, card, ranging, Path(folder), progress):
            _write_card(variant, card, {"terraloom:precision": request.precision})
            optimised = Network(variant.path, CardFields(), "cpu", request.precision, request.threads, progress)
            found.append(compare(original, optimised, testing, _part(progress, len(found))))
            _tell(variant, found[-1], progress)
            if found[-1].loss <= request.max_loss:
                break
        else:
            raise _refusal(request, min(found, key=lambda comparison: comparison.loss))
        _write_card(variant, card, _facts(request, original.sha256, variant, found[-1]))
        shutil.move(variant.path, workspace.place(request.output))
        workspace.finish(progress)
    progress.log(
        "The optimised model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models with "
        "“Import a model”.",
        path=request.output,
    )
    if found[-1].speedup < WORTH:
        progress.warn(
            "It is only {speedup:.2f} times as fast as the original on this computer, whose processor does not gain "
            "from {precision}: here the original does as well.",
            speedup=found[-1].speedup,
            precision=request.precision,
        )
    return Outcome({"output": request.output}, {"loss": found[-1].loss, "speedup": found[-1].speedup})


def _tiles_of_images(
    request: OptimiseModel, network: Network, progress: Progress
) -> tuple[list[SampleTile], list[SampleTile]]:
    """Tiles to find ranges with and tiles to test with, cut out of the images."""
    card, choices = network.card, (request.bands, request.scale)
    tiles = sample_tiles(
        request.calibration, request.labels, card.inputs[0], card.stride_px, choices, TILES, progress, network.fixed_px
    )
    progress.log("{count} tiles were cut from the images; half of them are kept to test with.", count=len(tiles))
    return tiles[::2], tiles[1::2]


def _tiles_of_chips(
    request: OptimiseModel, network: Network, progress: Progress
) -> tuple[list[SampleTile], list[SampleTile]]:
    """The same of training chips."""
    tiles = chip_tiles(ChipSet.from_folder(Path(request.chips)), network, TILES, progress)
    progress.log(
        "{ranging} chips of the split {split} set ranges, {testing} others test.",
        ranging=len(tiles.ranging),
        testing=len(tiles.testing),
        split=tiles.split,
    )
    if tiles.split == "train":
        progress.warn(
            "There are no validation or test chips. If the model has learnt from these, it may lose more elsewhere "
            "than is measured on them."
        )
    return tiles.ranging, tiles.testing


def _check(found: ReadModel, path: str) -> None:
    """Refuse what cannot be optimised."""
    card = found.card
    is_quantised = any(node.op_type.endswith("QuantizeLinear") for node in found.model.graph.node)
    if suits(card) and not is_quantised:
        return
    if card.task not in TASKS or len(card.inputs) > 1:
        raise ModelError(
            "{model} is a model for {task} and reads {inputs} image(s). This version optimises networks for classes, "
            "values and lines of one image only: use the model as it is.",
            model=card.model_id,
            task=card.task,
            inputs=len(card.inputs),
        )
    if card.inputs[0].is_series or card.regions:
        raise ModelError(
            "{model} reads {kind}. Only networks of one image and its pixels can be optimised in this version.",
            model=card.model_id,
            kind="a series of images" if card.inputs[0].is_series else "the regions of an image",
        )
    raise ModelError(
        "{path} is optimised already ({precision}). Use the file it was made from.",
        path=path,
        precision="int8" if is_quantised else card.precision,
    )


def _variants(
    request: OptimiseModel, card: ModelCard, tiles: Sequence[SampleTile], folder: Path, progress: Progress
) -> Iterator[Variant]:
    """The variants to try, from the fastest to the most precise; each is made when the one before was not enough."""
    if request.precision == "bf16":  # the weights stay as they are: OpenVINO rounds them
        yield Variant(_whole(Path(request.model), folder / "bf16.onnx"))
        return
    prepared = folder / "prepared.onnx"
    prepare(_whole(Path(request.model), folder / "whole.onnx"), prepared, request.model)
    values = [_as_taken(card, tile) for tile in tiles]
    ranges = find_ranges(prepared, values, progress)
    quick = sparings(prepared)
    waiting = Part(progress, _begun(len(quick)))
    finer = finer_sparings(prepared, ranges, values, waiting)  # takes its time, and is asked for only if need be
    for number, spared in enumerate(chain(quick, finer)):
        path = folder / f"int8-{number}.onnx"
        quantise(prepared, ranges, spared, path)
        yield Variant(path, spared)


def _begun(number: int) -> float:
    """Progress of the job when a variant is tried, from 0: nobody knows how many there will be."""
    return 1 - (1 - RANGED) * 0.5**number


def _part(progress: Progress, number: int) -> Part:
    """Progress of trying a variant: half of what is left."""
    return Part(progress, _begun(number), _begun(number + 1) - _begun(number))


def _whole(source: Path, target: Path) -> Path:
    """A copy of a network with all of its weights inside."""
    model = load(source)
    load_weights(model, source)
    onnx.save(model, str(target))
    return target


def _as_taken(card: ModelCard, tile: SampleTile) -> NDArray[np.float32]:
    """A tile with its axes in the network's order, in a batch of one."""
    values = tile.values if card.inputs[0].layout == "NCHW" else np.moveaxis(tile.values, 0, -1)
    return np.ascontiguousarray(values[np.newaxis])


def _write_card(variant: Variant, card: ModelCard, facts: dict[str, Any]) -> None:
    """Put the original's card into a variant's file, with what is different."""
    document = copy.deepcopy(card.document)
    document["properties"].update(facts)
    copy_with_card(variant.path, document, variant.path)


def _facts(request: OptimiseModel, source_sha256: str, variant: Variant, found: Comparison) -> dict[str, Any]:
    """What the card of the result says beyond that of the original; of files, their names only."""
    return {
        "terraloom:precision": request.precision,
        "terraloom:optimised": {
            "from_sha256": source_sha256,
            "loss": round(found.loss, 3),
            "loss_measure": found.measure,
            "agreement": None if math.isnan(found.agreement) else round(found.agreement, 2),
            "speedup": round(found.speedup, 2),
            "calibration": [file_name(path) for path in request.calibration],
            "chips": Path(request.chips).resolve().name if request.chips else None,
            "labels": [file_name(path) for path in request.labels],
            "layers_left_at_fp32": list(variant.spared),
            "library": OnnxruntimeBackend.library if request.precision == "int8" else openvino_backend.library(),
        },
    }


def _tell(variant: Variant, found: Comparison, progress: Progress) -> None:
    """Report a variant."""
    progress.log(
        "{layers} layers left at fp32: loss {loss:.2f} {measure}, {speedup:.2f} times as fast.",
        layers=len(variant.spared),
        loss=found.loss,
        measure=found.measure,
        speedup=found.speedup,
    )
    if not math.isnan(found.agreement):
        progress.log(
            "Its map agrees with that of the fp32 network to {agreement:.1f} % (mean IoU).", agreement=found.agreement
        )
    if not math.isnan(found.turned_deg):
        progress.log("Directions of lines differ by {degrees:.2f} degrees on average.", degrees=found.turned_deg)


def _refusal(request: OptimiseModel, best: Comparison) -> ModelError:
    """Why nothing was written."""
    return ModelError(
        "At {precision} the model loses {loss:.2f} {measure}, more than MAX_LOSS = {limit:g}. Nothing was written. "
        "Choose another PRECISION, raise MAX_LOSS, or give images that are more like those it was trained on, with "
        "LABELS if there are any.",
        precision=request.precision,
        loss=best.loss,
        measure=best.measure,
        limit=request.max_loss,
    )
