"""Explains an extent and writes what was found: a coarse raster, a table and a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from ..mosaic import Layer
from ..outputs import finish_attributions
from ..progress import Progress
from ..workspace import Workspace
from . import checks
from .importance import Importance, over_tiles, write_importance
from .near import whole_of
from .over_extent import ExtentFound, cell_side, explain_extent
from .pictures import colours_of, overlaid, picture, shown_channels
from .report import Shown, explanation_page
from .report import Told as Page
from .sanity import check_randomised
from .settings import Effort, coarser
from .subject import Subject, known_figures, tell_checks
from .target import class_number
from .tile_sum import names_of, write_cells

EXPLAINED, CHECKED = 0.8, 0.95
"""Where the progress bar stands when all tiles are explained, and when one of them is checked."""


def explain_extent_of(subject: Subject, workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Explain the extent of a request and write what it asks for; gives the figures."""
    request, scene, targets = subject.request, subject.scene, subject.request.targets
    beside = next(iter(targets.made.values()))
    working = workspace.scratch(beside, "sums.working.tif")
    explainer = subject.explainer(scene.network)
    wanted = class_number(request.question.target_class, subject.reads.names, scene.card.legend)
    sums, found, joint, effort = explain_extent(
        scene,
        explainer,
        subject.baseline,
        subject.reads,
        request.method,
        wanted,
        subject.groups,
        shown_channels(subject.channels),
        working,
        progress,
        EXPLAINED,
    )
    name = "What is predicted" if wanted is None else subject.reads.names[wanted]
    if not found.tiles:
        progress.warn("The image holds no data within the extent, so there is nothing to explain.")
    rows = (
        over_tiles(np.stack(found.means), np.stack(found.sums), subject.groups, found.basis, request.method.seed)
        if found.tiles
        else []
    )
    cells = workspace.scratch(beside, "cells.working.tif")
    side = cell_side(scene, request.method, len(subject.channels))
    names = names_of([group.name for group in subject.groups[: len(subject.channels)]], joint)
    high = write_cells(sums, scene.grid.part(scene.area), side, Layer(cells, names, "float32", np.nan), joint)
    told, alike = _checked(subject, found, effort, workspace, progress)
    tell_checks(told, progress)
    if targets.table:
        write_importance(workspace.place(targets.table), rows)
    if targets.report:
        content = _page(subject, found, rows, told, name, _total(cells), (side, high), effort)
        workspace.place(targets.report).write_text(explanation_page(content), encoding="utf-8")
    if targets.output:
        finish_attributions(cells, workspace.place(targets.output), len(names), high, subject.tags)
    for path in (working, cells):
        path.unlink(missing_ok=True)
    figures: dict[str, Any] = {"explained_class": name, "similarity": alike, "tiles": found.tiles}
    if rows:
        best = max(rows[: len(subject.channels)], key=lambda row: row.share)
        figures |= {"first_band": best.group.name, "first_share": best.share}
    return known_figures(figures)


def _checked(
    subject: Subject, found: ExtentFound, effort: Effort, workspace: Workspace, progress: Progress
) -> tuple[list[checks.Check], float]:
    """Check the tile in the middle, where a page is wanted."""
    report, method = subject.request.targets.report, subject.request.method
    if not report or found.sample is None:
        return [], float("nan")
    view, target = found.sample
    explainer = subject.explainer(subject.scene.network)
    alike = check_randomised(
        explainer,
        subject.request.run,
        workspace.scratch(report, "shuffled.onnx"),
        (view.image, subject.baseline(view.image), target, view.known),
        whole_of(view.known),
        coarser(method, effort),
        method.seed,
        lambda share: progress.update(EXPLAINED + (CHECKED - EXPLAINED) * share),
    )
    return [replace(checks.randomisation(alike), name="Changes with the weights (one tile)")], alike


def _total(cells: Any) -> NDArray[np.float32]:
    """The total of the cells, its last band, `(rows, cols)`."""
    with rasterio.open(cells) as dataset:
        values: NDArray[np.float32] = dataset.read(dataset.count)
    return values


def _page(
    subject: Subject,
    found: ExtentFound,
    rows: list[Importance],
    told: list[checks.Check],
    name: str,
    total: NDArray[np.float32],
    scale: tuple[int, float],
    effort: Effort,
) -> Page:
    """What the page tells."""
    side, high = scale
    photograph = colours_of(found.thumbnail, np.isfinite(found.thumbnail).all(axis=0))
    down, across = (
        np.minimum(np.arange(size) * found.step // side, cells - 1)
        for size, cells in zip(photograph.shape[1:], total.shape)
    )
    attribution = total[down[:, np.newaxis], across]
    alone = overlaid(np.full_like(photograph, 255), attribution, high)
    title = subject.title
    return Page(
        title=f"What decides over the extent? {name}",
        method=subject.request.method.name,
        figures=[
            ("Tiles", str(found.tiles), "explained one by one and added up"),
            ("Cells", f"{side} px", "mean magnitude of what their pixels add"),
        ],
        cautions=[],
        pictures=[
            Shown(picture(photograph, None, "The image"), "The image"),
            Shown(picture(overlaid(photograph, attribution, high), None, "Attribution"), f"{title}: where it matters"),
            Shown(picture(alone, None, "Attribution"), "The same without the image"),
        ],
        rows=rows,
        checks=told,
        settings=subject.settings(effort, {}),
        over="tiles drawn anew" if found.tiles > 1 else "",
    )
