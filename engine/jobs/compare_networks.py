"""Compare line networks: from two layers of lines to figures, as a page and as JSON, and to what differs as layers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.coords import BoundingBox
from rasterio.crs import CRS

from ..errors import InputError
from ..line_comparison.apls import Rules
from ..line_comparison.comparison import PREDICTION, REFERENCE, Comparison, compare
from ..line_comparison.comparison_report import ComparedLayers, comparison_document, comparison_page
from ..line_comparison.reading import LineLayer, brought, metric_crs, put_back, read_lines, scale_error
from ..line_comparison.relaxed import Beyond
from ..outcome import Outcome
from ..phrases import Phrase
from ..progress import Progress
from ..requests.compare_networks import CompareNetworks
from ..results.qml import MISSED_COLOUR, SPURIOUS_COLOUR, difference_style
from ..results.tags import tags_of
from ..results.vectors import keep_style, refuse_losing_crs, write_table
from ..results.workspace import Workspace

OFF = 0.01
"""Where lengths are off by more than this share, it is told."""


def run(request: CompareNetworks, progress: Progress) -> Outcome:
    """Hold the prediction against the reference and write what the request asks for."""
    with Workspace(request.outputs, request.sources) as workspace:
        reference = read_lines(request.reference, request.reference_layer)
        crs = metric_crs(reference)
        bounds = BoundingBox(*shapely.total_bounds(reference.lines))
        refuse_losing_crs(reference.crs, bounds, request.missed, request.spurious)
        prediction = read_lines(request.prediction, request.prediction_layer)
        true, judged = brought(reference, crs), brought(prediction, crs)
        _check_overlap(true, judged, request)
        rules = Rules(spacing_m=request.spacing_m, snap_m=request.snap_m)
        compared = compare(true, judged, request.buffer_m, rules, progress.update)
        layers = _layers(request, reference, prediction, crs, true, judged)
        cautions = (*layers.cautions, *compared.cautions)
        for caution in cautions:
            progress.warn("{caution}", caution=caution)
        _write(request, workspace, compared, layers, reference, crs)
        workspace.finish(progress)
    progress.log(
        "APLS {apls}, F1 {f1}, TOPO {topo}, length ratio {ratio}.",
        apls=f"{compared.apls.total:.3f}",
        f1=f"{compared.f1:.3f}",
        topo=f"{compared.topo.f1:.3f}",
        ratio=f"{compared.length_ratio:.3f}",
    )
    wanted = {name: getattr(request, name) for name in ("report", "metrics", "missed", "spurious")}
    return Outcome({name: path for name, path in wanted.items() if path}, _figures(compared))


def _check_overlap(true: NDArray[np.object_], judged: NDArray[np.object_], request: CompareNetworks) -> None:
    """Refuse layers of different ground.

    Raises:
        InputError: The rectangles around the two are farther apart than anything could be matched, or one has no place.
    """
    if not len(true):
        raise InputError(
            "No line of REFERENCE has a place in its own coordinate reference system. Assign the system that the layer "
            "is in."
        )
    if not len(judged):
        raise InputError(
            "No line of PREDICTION has a place where REFERENCE lies. Compare layers of the same ground, and check the "
            "coordinate reference systems of both."
        )
    one, other = (shapely.box(*shapely.total_bounds(lines)) for lines in (true, judged))
    apart_m = float(shapely.distance(one, other))
    if apart_m > max(request.buffer_m, request.snap_m):
        raise InputError(
            "PREDICTION and REFERENCE do not overlap: they lie {distance} km apart. Compare layers of the same ground, "
            "and check the coordinate reference systems of both.",
            distance=f"{apart_m / 1000:,.2f}",
        )


def _layers(
    request: CompareNetworks,
    reference: LineLayer,
    prediction: LineLayer,
    crs: CRS | None,
    true: NDArray[np.object_],
    judged: NDArray[np.object_],
) -> ComparedLayers:
    """What the report says of the layers, beside the figures."""
    cautions = []
    for name, layer, lines in ((REFERENCE, reference, true), (PREDICTION, prediction, judged)):
        if layer.left_out:
            cautions.append(
                Phrase(
                    "Left out: {count:,} of the features of {name}, which hold no line.",
                    count=int(layer.left_out),
                    name=name,
                )
            )
        if layer.broken:
            cautions.append(
                Phrase(
                    "{count:,} of the features of {name} have a broken geometry (of a single corner, for example, or "
                    "with one at infinity). Mend or delete them.",
                    count=layer.broken,
                    name=name,
                )
            )
        if len(lines) < len(layer.lines):
            cautions.append(
                Phrase(
                    "Left out: {count:,} of the lines of {name}, which have no place in the reference system in "
                    "which lengths are measured. Check its own.",
                    count=len(layer.lines) - len(lines),
                    name=name,
                )
            )
    if crs is None:
        cautions.append(Phrase("The layers have no place on Earth, so their units count as metres."))
    error = scale_error(crs, true)
    if error > OFF:
        cautions.append(
            Phrase(
                "The network is so wide that lengths at its border are off by {percent:.0f} %. Compare smaller parts.",
                percent=100 * float(error),
            )
        )
    return ComparedLayers(
        reference=request.reference_name or reference.name,
        prediction=request.prediction_name or prediction.name,
        buffer_m=request.buffer_m,
        snap_m=request.snap_m,
        spacing_m=request.spacing_m,
        system="" if crs is None else crs.to_string(),
        cautions=tuple(cautions),
    )


def _write(
    request: CompareNetworks,
    workspace: Workspace,
    compared: Comparison,
    layers: ComparedLayers,
    reference: LineLayer,
    crs: CRS | None,
) -> None:
    """Make the results that are asked for."""
    if request.report:
        workspace.place(request.report).write_text(comparison_page(compared, layers), encoding="utf-8")
    if request.metrics:
        document = json.dumps(comparison_document(compared, layers), indent=2, ensure_ascii=False, allow_nan=False)
        workspace.place(request.metrics).write_text(document + "\n", encoding="utf-8")
    for target, found, colour in (
        (request.missed, compared.missed, MISSED_COLOUR),
        (request.spurious, compared.spurious, SPURIOUS_COLOUR),
    ):
        if target:
            _write_lines(workspace.place(target), found, crs, reference, colour, tags_of(request))


def _write_lines(
    path: Path, found: Beyond, crs: CRS | None, reference: LineLayer, colour: str, tags: Mapping[str, str]
) -> None:
    """Write the lines in which two networks differ, in the reference's own system, the longest first."""
    order = np.argsort(-found.lengths, kind="stable")
    lines = put_back(found.pieces[order], crs, reference)
    columns = {"length_m": found.lengths[order]}
    write_table(path, columns, shapely.to_wkb(lines), reference.crs, "LineString", tags)
    keep_style(path, difference_style(colour))


def _figures(compared: Comparison) -> dict[str, float]:
    """The main figures, to branch on."""
    return {
        "apls": compared.apls.total,
        "topo_f1": compared.topo.f1,
        "precision": compared.precision,
        "recall": compared.recall,
        "f1": compared.f1,
        "length_ratio": compared.length_ratio,
        "components_ratio": compared.components_ratio,
    }
