"""Benchmark a model: map an image that is made up as any other is mapped, and say how fast that went."""

from __future__ import annotations

import json
import platform
import tempfile
from pathlib import Path
from typing import Any

from ..cards.foreign_cards import read_card
from ..environment.machine import free_disk_gb
from ..errors import OutputError
from ..library.card import DETECTION, LINES, REGRESSION, SEGMENTATION, SUPER_RESOLUTION, ModelCard
from ..outcome import Outcome
from ..progress import Progress
from ..requests.benchmark_model import BenchmarkModel
from ..requests.network_run import NetworkRun
from ..results.workspace import Workspace
from ..scene import Scene
from ..speed.made_up_image import bytes_of, make_image
from ..speed.speed_trial import SpeedTrial, try_speed

TASKS = (SEGMENTATION, REGRESSION, SUPER_RESOLUTION, DETECTION, LINES)

RESULT_BYTES = 12
"""What a map takes on disk for a pixel and channel at most: unfinished, finished, with overviews."""


def run(request: BenchmarkModel, progress: Progress) -> Outcome:
    """Measure what the request asks for."""
    card = read_card(Path(request.model))
    with Workspace(request.outputs, (request.model,)) as workspace, tempfile.TemporaryDirectory() as folder:
        _check_room(card, request.side_px, Path(folder))
        first, *further = _make_images(card, request.side_px, Path(folder), progress)
        task = NetworkRun(
            (first,),
            request.model,
            further_inputs=tuple((image,) for image in further),
            device=request.device,
            precision=request.precision,
            threads=request.threads,
        )
        with Scene(task, TASKS, progress, once=False) as scene:
            found = try_speed(scene, Path(folder), progress)
            figures = _figures(scene, found, request.side_px)
        if request.metrics:
            workspace.place(request.metrics).write_text(json.dumps(figures, indent=2), encoding="utf-8")
        workspace.finish(progress)
    progress.log(
        "{speed:.2f} Mpx/s at {share:.0f} % of the bare network's speed; the worker held {memory} MB at most.",
        speed=found.mpx_per_s,
        share=100 * found.share_of_bare_speed,
        memory=found.peak_mb,
    )
    return Outcome({"metrics": request.metrics} if request.metrics else {}, figures)


def _check_room(card: ModelCard, side_px: int, folder: Path) -> None:
    """Refuse an image that the disk has no room for.

    Raises:
        OutputError: It has not.
    """
    channels = len(card.legend.entries) if card.legend else len(card.output.channels)
    results = RESULT_BYTES * channels * max(1, int(card.output.ratio)) ** 2 * side_px**2
    needed_gb = (sum(bytes_of(wants, side_px) for wants in card.inputs) + results) / 1e9
    free_gb = free_disk_gb(folder)
    if needed_gb > free_gb:
        raise OutputError(
            "An image of {side} x {side} px and its map take up to {needed:.1f} GB; {folder} has {free:.1f} GB left. "
            "Choose a smaller SIZE, or free some space.",
            side=side_px,
            needed=needed_gb,
            folder=str(folder.parent),
            free=free_gb,
        )


def _make_images(card: ModelCard, side_px: int, folder: Path, progress: Progress) -> list[str]:
    """An image for each input of the model, all on one grid, of the pixel size that it was trained for."""
    images = []
    for number, wants in enumerate(card.inputs, start=1):
        images.append(folder / f"image-{number}.tif")
        make_image(images[-1], wants, card.inputs[0].resolution_m or 1.0, side_px, progress)
    return list(map(str, images))


def _figures(scene: Scene, found: SpeedTrial, side_px: int) -> dict[str, Any]:
    """What is told, in JSON's terms."""
    return {
        "model": scene.card.model_id,
        "model_sha256": scene.network.sha256,
        "side_px": side_px,
        "mpx_per_s": found.mpx_per_s,
        "peak_mb": found.peak_mb,
        "share_of_bare_speed": found.share_of_bare_speed,
        "halo_overhead": found.halo_overhead,
        "seconds": found.seconds,
        "maps": found.maps,
        "bare_mpx_per_s": found.bare_px_per_s / 1e6,
        "tile_px": list(found.tile_px),
        "provider": scene.network.provider,
        "precision": scene.network.precision,
        "processor": platform.processor() or platform.machine(),
    }
