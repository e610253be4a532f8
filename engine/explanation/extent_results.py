"""Explains an extent and writes what was found: a coarse raster, a table and a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from ..pages.page_pictures import SIDE_PX, Shown, colours_of, picture
from ..progress import Progress
from ..requests.explain_prediction import GRADIENT_SHAP, INTEGRATED
from ..results.outputs import finish_attributions
from ..results.workspace import Workspace
from ..tiles.mosaic import Layer
from ..tiles.tiling import steps
from . import checks
from .extent_cutting import Cutting, cut_extent
from .importance import Importance, over_tiles, write_importance
from .near import whole_of
from .over_extent import ExtentFound, explain_extent
from .pictures import overlaid
from .randomised_check import check_randomised
from .report import Told as Page
from .report import explanation_page
from .settings import effort_of_check
from .subject import Subject, known_figures, tell_checks
from .target import class_number
from .tile_sum import names_of, write_cells

EXPLAINED, CHECKED = 0.8, 0.95
"""Where the progress bar stands when all tiles are explained, and when one of them is checked."""


def explain_extent_of(subject: Subject, workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Explain the extent of a request and write what it asks for; gives the figures."""
    request, scene, targets = subject.request, subject.scene, subject.request.targets
    beside = next(iter(targets.made.values()))
    working, cells = (workspace.scratch(beside, f"{name}.working.tif") for name in ("sums", "cells"))
    wanted = class_number(request.question.target_class, subject.reads.names, scene.card.legend)
    name = subject.reads.usual if wanted is None else subject.reads.names[wanted]
    cutting = cut_extent(scene, request.method, len(subject.channels))
    found = explain_extent(subject, cutting, wanted, working, progress, EXPLAINED)
    rows = _rows(subject, found, progress)
    names = names_of([group.name for group in subject.groups[: len(subject.channels)]], found.joint)
    layer = Layer(cells, names, "float32", np.nan)
    high = write_cells(found.sums, scene.grid.part(scene.area), cutting.cell_px, layer, found.joint)
    told, alike = _checked(subject, cutting, found, workspace, progress)
    tell_checks(told, progress)
    if targets.table:
        write_importance(workspace.place(targets.table), rows, subject.tags)
    if targets.report:
        content = _page(subject, cutting, found, rows, told, name, _total(cells), high)
        workspace.place(targets.report).write_text(explanation_page(content), encoding="utf-8")
    if targets.output:
        place = workspace.place(targets.output)
        finish_attributions(cells, place, len(names), high, subject.tags, is_signed=False)
    for path in (working, cells):
        path.unlink(missing_ok=True)
    figures: dict[str, Any] = {"explained_class": name, "similarity": alike, "tiles": found.tiles}
    if request.method.name in (INTEGRATED, GRADIENT_SHAP):
        figures["delta"] = found.missed
    if rows:
        best = max(rows[: len(subject.channels)], key=lambda row: row.share)
        figures |= {"first_band": best.group.name, "first_share": best.share}
    return known_figures(figures)


def _rows(subject: Subject, found: ExtentFound, progress: Progress) -> list[Importance]:
    """How much each band, input and date counts over all tiles."""
    if not found.tiles:
        progress.warn("The image holds no data within the extent, so there is nothing to explain.")
        return []
    magnitudes, sums = np.stack(found.magnitudes), np.stack(found.totals)
    return over_tiles(magnitudes, sums, found.pixels, subject.groups, found.basis)


def _checked(
    subject: Subject, cutting: Cutting, found: ExtentFound, workspace: Workspace, progress: Progress
) -> tuple[list[checks.Check], float]:
    """Check whether tiles add up, and where a page is wanted, whether the map of the one in the middle changes."""
    report, method = subject.request.targets.report, subject.request.method
    add_up = method.name in (INTEGRATED, GRADIENT_SHAP) and found.tiles > 0
    told = [checks.completeness_of_tiles(found.missed, found.differences)] if add_up else []
    if not report or found.sample is None:
        return told, float("nan")
    view, target = found.sample
    alike = check_randomised(
        subject.explainer(subject.scene.network),
        subject.request.run,
        workspace.scratch(report, "shuffled.onnx"),
        (view.image, view.without(subject.baseline), target, view.known),
        whole_of(view.known),
        effort_of_check(method, cutting.effort, *view.known.shape),
        method.seed,
        lambda share: progress.update(EXPLAINED + (CHECKED - EXPLAINED) * share),
    )
    return [*told, replace(checks.randomisation(alike), name="Changes with the weights (one tile)")], alike


def _total(cells: Path) -> NDArray[np.float32]:
    """The total of the cells, its last band, `(rows, cols)`, no finer than a picture of it."""
    with rasterio.open(cells) as dataset:
        size = tuple(min(length, SIDE_PX) for length in dataset.shape)
        values: NDArray[np.float32] = dataset.read(dataset.count, out_shape=size)
    return values


def _page(
    subject: Subject,
    cutting: Cutting,
    found: ExtentFound,
    rows: list[Importance],
    told: list[checks.Check],
    name: str,
    total: NDArray[np.float32],
    high: float,
) -> Page:
    """What the page tells."""
    photograph = colours_of(found.thumbnail, np.asarray(np.isfinite(found.thumbnail).all(axis=0)))
    area = subject.scene.area
    down, across = (
        np.minimum(
            (np.arange(size) * found.step * cells / (steps(int(px), cutting.cell_px) * cutting.cell_px)), cells - 1
        ).astype(int)
        for size, cells, px in zip(photograph.shape[1:], total.shape, (area.height, area.width))
    )
    attribution = total[down[:, np.newaxis], across]
    alone = overlaid(np.full_like(photograph, 255), attribution, high)
    counted = "each pixel counts with its own class" if name == "what is predicted" else "counts in every pixel"
    return Page(
        title="What decides over the extent?",
        method=subject.request.method.name,
        figures=[
            ("Explained", name, counted),
            ("Tiles", str(found.tiles), "explained one by one and added up"),
            ("Cells", f"{cutting.cell_px} px", "mean magnitude of what their pixels add"),
        ],
        cautions=[],
        pictures=[
            Shown(picture(photograph, None, "The image"), "The image"),
            Shown(picture(overlaid(photograph, attribution, high), None, "Attribution"), f"{subject.title}"),
            Shown(picture(alone, None, "Attribution"), "The same without the image"),
        ],
        rows=rows,
        checks=told,
        settings=subject.settings(cutting.effort, {}, f"{found.asked:,} over all tiles" if found.asked else ""),
        over="tiles (Student's t)" if found.tiles > 1 else "",
        not_drawn="they are over tiles, and there is no more than one",
        is_signed=False,
    )
