"""Report evidence: from a map and what is known of it to where that does not fit together, as a page and a raster."""

from __future__ import annotations

import json
from typing import Any

from ..evidence.figures import figures_of
from ..evidence.findings import FINE, legend_of
from ..evidence.gathering import Gathered, gather
from ..evidence.place import EvidencePlace
from ..evidence.report import Evidence, evidence_page
from ..images.rasters import cache_blocks
from ..images.urls import file_name
from ..legend import NODATA, Legend
from ..outcome import Outcome
from ..progress import Progress
from ..requests.report_evidence import ReportEvidence
from ..results.outputs import finish_classes
from ..results.tags import tags_of
from ..results.workspace import Workspace
from ..tiles.mosaic import Layer, create

CACHE_BYTES = 128 * 2**20
"""Decoded blocks that GDAL keeps: windows share those at their edges."""

GATHERED = 0.85
"""Share of the work that comes before the raster is written as it stays."""


def run(request: ReportEvidence, progress: Progress) -> Outcome:
    """Hold the map against what is known of it and write what the request asks for."""
    targets = request.targets
    with Workspace(request.outputs, request.sources) as workspace, cache_blocks(CACHE_BYTES):
        with EvidencePlace(request) as place:
            workspace.protect(place.files)
            found, legend = _gather(request, place, workspace, progress)
            place.check_unchanged()
            figures = figures_of(request, found.tally, place.names, legend, place.grid)
            evidence = Evidence(
                request,
                found,
                place.names,
                legend,
                place.grid,
                place.residuals(),
                place.models(),
                place.on_other_pixels(),
            )
        if targets.report:
            workspace.place(targets.report).write_text(evidence_page(evidence), encoding="utf-8")
        if targets.metrics:
            text = json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
            workspace.place(targets.metrics).write_text(text, encoding="utf-8")
        _tell(evidence, figures, progress)
        workspace.finish(progress)
    return Outcome(targets.made, figures)


def _gather(
    request: ReportEvidence, place: EvidencePlace, workspace: Workspace, progress: Progress
) -> tuple[Gathered, Legend]:
    """Go through the place, and make the raster of findings where it is wanted."""
    output = request.targets.output
    if not output:
        found = gather(request, place, None, progress, 1.0)
        return found, _legend(request, found)
    working = workspace.scratch(output, "findings.working.tif")
    with create(Layer(working, ("finding",), "uint8", NODATA), place.grid) as target:
        found = gather(request, place, target, progress, GATHERED)
    legend = _legend(request, found)
    finish_classes(working, workspace.place(output), legend, tags_of(request), clear=FINE)
    return found, legend


def _legend(request: ReportEvidence, found: Gathered) -> Legend:
    """What may be found with what is given."""
    return legend_of(request.beside, found.tally.bounds.explained is not None, found.tally.by_finding)


def _tell(evidence: Evidence, figures: dict[str, Any], progress: Progress) -> None:
    """Say what was found, and what to be careful with."""
    if not figures["pixels"]:
        progress.warn(
            "{name} holds no class at this place, so there is nothing to report. Choose another EXTENT, or a map that "
            "covers it.",
            name=file_name(evidence.request.prediction),
        )
        return
    for caution in evidence.cautions:
        progress.warn("{caution}", caution=caution)
    for each in figures["findings"]:
        if each["hectares"] is None:
            progress.log(
                "{name}: {share:.1f} % of {count} pixels.",
                name=each["name"],
                share=100 * each["share"],
                count=figures["pixels"],
            )
        else:
            progress.log(
                "{name}: {share:.1f} % of {count} pixels, {hectares:.2f} ha.",
                name=each["name"],
                share=100 * each["share"],
                count=figures["pixels"],
                hectares=each["hectares"],
            )
